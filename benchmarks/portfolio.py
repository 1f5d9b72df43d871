"""All dealerships on one page from the rollup, against the one bare statement that would count the same from the ratings.

    python benchmarks/portfolio.py [DEALERSHIPS [ASSESSMENTS]]

One dealership is made through the use cases, the others are copies of its rows; their rollups are filled as for a workspace of an
older version. The statement leaves weights, applicability and everything beside the levels out, so it does less than the page.
"""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from measure import interleaved, median, say

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.engagement import Engagement
from qma_app.domain.rating import Rating
from qma_app.domain.standing import applicable_in
from qma_app.services.assessments import complete_assessment, start_assessment
from qma_app.services.dealerships import add_dealership
from qma_app.services.portfolio import PortfolioView, portfolio
from qma_app.services.ratings import rate_checkpoint
from qma_app.services.workspace import Workspace, create_workspace
from qma_app.storage import driver
from qma_app.storage.store import DATABASE

DEALERSHIPS, ASSESSMENTS, ROUNDS, EDITS = 30, 10, 15, 240
ON = date(2027, 6, 1)
PARENTS = {
    "dealerships": (),
    "sites": ("dealership_id",),
    "engagements": ("dealership_id",),
    "assessments": ("engagement_id",),
    "ratings": ("assessment_id",),
}
COUNTED = """
WITH latest AS (
    SELECT a.engagement_id AS programme, r.checkpoint_id AS checkpoint, r.points AS points, max(a.number)
    FROM assessments a JOIN ratings r ON r.assessment_id = a.id
    WHERE a.deleted_at IS NULL AND r.deleted_at IS NULL AND a.kind <> 'self-assessment'
        AND r.outcome IN ('rated', 'not-applicable')
    GROUP BY 1, 2
)
SELECT programme, substr(checkpoint, 1, instr(checkpoint, '.') - 1), sum(points), count(points), count(*)
FROM latest GROUP BY 1, 2
"""


def fill(workspace: Workspace, assessments: int) -> Assessment:
    """One dealership with completed assessments; the newest is still open and given back."""
    engagement = add_dealership(workspace, name="Autohaus Beispiel", country="DE").made(Engagement)
    for number in range(assessments):
        assessment = start_assessment(
            workspace, engagement_id=engagement.id, kind=AssessmentKind.PROGRESS
        ).made(Assessment)
        with workspace.writing("benchmark.filled") as work:
            for place, checkpoint in enumerate(applicable_in(work, assessment)):
                rating = Rating(id=work.new_id(), assessment_id=assessment.id, checkpoint_id=checkpoint)  # type: ignore[arg-type]
                work.put(rating.rated((4, 6, 8, 10)[(place + number) % 4], at=work.at, by=None))
        if number < assessments - 1:
            complete_assessment(workspace, assessment.id)
    return assessment


def copy_rows(cursor: Any, copies: int) -> None:
    """The rows of the first dealership again and again, with ids of their own."""
    cursor.execute("BEGIN IMMEDIATE")
    for table, parents in PARENTS.items():
        names = [row[1] for row in cursor.execute(f"PRAGMA table_info({table})")]
        taken = ", ".join(
            f"\"{name}\" || '~' || ?1" if name == "id" or name in parents else f'"{name}"' for name in names
        )
        mine = ", ".join(f'"{name}"' for name in names)
        cursor.executemany(
            f"INSERT INTO {table} ({mine}) SELECT {taken} FROM {table} WHERE instr(id, '~') = 0",
            [(str(copy),) for copy in range(1, copies)],
        )
    cursor.execute("COMMIT")


def page(workspace: Workspace) -> PortfolioView:
    with workspace.reading() as reader:
        return portfolio(reader, on=ON)


def counted(cursor: Any) -> list[tuple[Any, ...]]:
    cursor.execute("BEGIN")
    rows: list[tuple[Any, ...]] = cursor.execute(COUNTED).fetchall()
    cursor.execute("COMMIT")
    return rows


def save_milliseconds(workspace: Workspace, assessment: Assessment) -> float:
    """The median of some ratings saved in a workspace of this size."""
    with workspace.reading() as reader:
        checkpoints = applicable_in(reader, assessment)
    times = []
    for number in range(EDITS):
        start = time.perf_counter()
        rate_checkpoint(
            workspace, assessment.id, checkpoints[number % len(checkpoints)], points=(6, 8)[number % 2]
        )
        times.append(time.perf_counter() - start)
    return median(times[EDITS // 4 :]) * 1e3  # the first ones warm up


def main(dealerships: int, assessments: int) -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "w"
        with create_workspace(folder) as workspace:
            newest = fill(workspace, assessments)
            alone = save_milliseconds(workspace, newest)
            with closing(workspace.store._writer.cursor()) as cursor:
                copy_rows(cursor, dealerships)
            start = time.perf_counter()
            workspace.store.fill_rollups()
            took = time.perf_counter() - start
            among_all = save_milliseconds(workspace, newest)
            with workspace.reading() as reader:
                ratings = reader.counts()["ratings"]
            key = workspace.keys.database
            with closing(driver.connect(folder / DATABASE, key)) as connection:
                cursor = connection.cursor()
                ours, bare = interleaved(partial(page, workspace), partial(counted, cursor), rounds=ROUNDS)
                areas = len(counted(cursor))
            view = page(workspace)
    print(
        f"{dealerships} dealerships, {ratings} ratings; rollups filled in {took:.1f} s;"
        f" {len(view.lines)} lines, {areas} areas counted"
    )
    mine, theirs = median(ours) * 1e3, median(bare) * 1e3
    held = say("portfolio / counting in bare SQL", mine / theirs, 1.0, note=f"{mine:.1f} ms, {theirs:.1f} ms")
    held &= say("portfolio, each dealership", mine / dealerships, 1.0, unit="ms")
    held &= say("rating saved among all / alone", among_all / alone, 1.3, note=f"{among_all:.2f} ms")
    return 0 if held and len(view.lines) == dealerships else 1


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:3]]
    sys.exit(main(*(given + [DEALERSHIPS, ASSESSMENTS][len(given) :])))
