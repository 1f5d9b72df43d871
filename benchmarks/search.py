"""Finding words in 50,000 notes while somebody types: the whole search against the bare full-text statement.

    python benchmarks/search.py [ROUNDS]

The floor runs the one FTS5 statement on the same database and gives the same rows; the search also looks whether a hit still
lives, where to jump, and what to call it.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

from measure import interleaved, median, percentile, say

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import DealershipId, RatingId
from qma_app.domain.rating import Rating
from qma_app.domain.standing import applicable_in
from qma_app.services.assessments import start_assessment
from qma_app.services.dealerships import add_dealership
from qma_app.services.searching import search
from qma_app.services.workspace import Workspace, create_workspace
from qma_app.storage import driver
from qma_app.storage.store import DATABASE

NOTES, DEALERSHIPS, LIMIT = 50_000, 10, 30
HOLD = 1.5
BARE = "SELECT rowid, text FROM search_text WHERE text MATCH ? ORDER BY rowid DESC LIMIT ?"
TYPED = ("price agreed", "customer waited", "order number 4711", "torque", "loan car", "Müller", "brake", "signature missing")
_WORDS = (
    "order price agreed customer waited signature missing workshop brake torque loan car number advisor called date "
    "promised invoice parts stock tyre battery lamp photo board meeting team test drive handover keys walk round "
    "seen again nothing open closed done late early twice without Müller Köln estimate approved phone mail"
).split()  # fmt: skip


def note(chance: random.Random, number: int) -> str:
    """Some 12 words, one of them a number that stands nowhere else."""
    return " ".join(chance.choices(_WORDS, k=11)) + f" {number}"


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
