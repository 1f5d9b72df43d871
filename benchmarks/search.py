"""Finding words in 50,000 notes while somebody types: the whole search against the bare full-text statement.

    python benchmarks/search.py [ROUNDS]

The floor runs the one FTS5 statement on the same database and puts its rows into the same form; the search also looks whether
a hit still lives, where to jump, and what to call it.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from measure import interleaved, median, percentile, say

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import DealershipId, RatingId
from qma_app.domain.rating import Rating
from qma_app.domain.standing import applicable_in, current_engagement
from qma_app.services.assessments import start_assessment
from qma_app.services.dealerships import add_dealership
from qma_app.services.searching import Hit, search
from qma_app.services.workspace import Workspace, create_workspace
from qma_app.storage import driver
from qma_app.storage.search import match_expression
from qma_app.storage.store import DATABASE

NOTES, DEALERSHIPS, LIMIT = 50_000, 10, 30
HOLD = 1.5
BARE = (
    "SELECT r.kind, r.record_id, t.text FROM search_text t CROSS JOIN search_rows r ON r.number = t.rowid"
    " WHERE t.text MATCH ? ORDER BY t.rowid DESC LIMIT ?"
)
BARE_IN_ONE = BARE.replace(" ORDER", " AND (r.engagement_id IS NULL OR r.engagement_id = ?) ORDER")
TYPED = (
    "price agreed",
    "customer waited",
    "order number 4711",
    "torque",
    "loan car",
    "Müller",
    "brake",
    "signature missing",
)
_WORDS = """
order price agreed customer waited signature missing workshop brake torque loan car number advisor called date
promised invoice parts stock tyre battery lamp photo board meeting team test drive handover keys walk round
seen again nothing open closed done late early twice without Müller Köln estimate approved phone mail
"""


def note(chance: random.Random, number: int) -> str:
    """Some 12 words, one of them a number that stands nowhere else."""
    return " ".join(chance.choices(_WORDS.split(), k=11)) + f" {number}"


def fill(workspace: Workspace, count: int) -> DealershipId:
    """So many notes over ten dealerships; gives the first of them."""
    chance = random.Random(7)
    dealerships, engagements = [], []
    for number in range(DEALERSHIPS):
        added = add_dealership(workspace, name=f"Autohaus Beispiel {number}", country="DE")
        engagements.append(added.made(Engagement))
        dealerships.append(engagements[-1].dealership_id)
    written = turn = 0
    while written < count:
        engagement = engagements[turn % DEALERSHIPS]
        assessment = start_assessment(
            workspace, engagement_id=engagement.id, kind=AssessmentKind.PROGRESS
        ).made(Assessment)
        with workspace.writing("benchmark.filled") as work:
            for checkpoint in applicable_in(work, assessment)[: count - written]:
                written += 1
                rating = Rating(
                    id=RatingId(work.new_id()),
                    assessment_id=assessment.id,
                    checkpoint_id=checkpoint,
                    note=note(chance, written),
                )
                work.put(rating.rated(8, at=work.at, by=None))
        turn += 1
    return dealerships[0]


def compare(name: str, mine: Callable[[str], object], bare: Callable[[str], object], rounds: int) -> bool:
    """Every beginning of what is typed, letter by letter, searched both ways in turn."""
    ours: list[float] = []
    floor: list[float] = []
    for text in TYPED:
        for length in range(2, len(text) + 1):
            one, other = interleaved(
                partial(mine, text[:length]), partial(bare, text[:length]), rounds=rounds
            )
            ours += one
            floor += other
    note = (
        f"p50 {median(ours) * 1e3:.2f} ms against {median(floor) * 1e3:.2f} ms; "
        f"p95 {percentile(ours, 0.95) * 1e3:.2f} ms"
    )
    return say(name, median(ours) / median(floor), HOLD, note=note)


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory() as folder, create_workspace(Path(folder) / "w") as workspace:
        dealership = fill(workspace, NOTES)
        with closing(driver.connect(workspace.folder / DATABASE, workspace.keys.database)) as connection:
            cursor = connection.cursor()

            def bare(text: str) -> object:
                rows = cursor.execute(BARE, (match_expression(text), LIMIT))
                return tuple(Hit(kind=kind, title=title, text=words) for kind, title, words in rows)

            def bare_in_one(text: str) -> object:
                rows = cursor.execute(BARE_IN_ONE, (match_expression(text), engagement, LIMIT))
                return tuple(Hit(kind=kind, title=title, text=words) for kind, title, words in rows)

            with workspace.reading() as reader:
                engagement = current_engagement(reader, dealership).id
            is_held = compare(
                "search in 50,000 notes as typed / bare FTS5",
                lambda text: search(workspace, text, limit=LIMIT),
                bare,
                rounds,
            )
            is_held &= compare(
                "search in one dealership of ten / bare FTS5",
                lambda text: search(workspace, text, dealership_id=dealership, limit=LIMIT),
                bare_in_one,
                rounds,
            )
    return 0 if is_held else 1


if __name__ == "__main__":
    sys.exit(main())
