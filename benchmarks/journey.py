"""What Journey reads for the sample's programme of 18 months, against the same statements bare.

    python benchmarks/journey.py [ROUNDS]

The floor is every statement the reading sends, sent again through bare sqlcipher3 with all rows fetched, the ratings with all their
fields as every other record: the records behind the screen. Journey itself takes four fields of a rating, decodes the rows, computes levels after each
assessment, the state of each area, the gate, the course and its forecast. The second line is for those who work on it: against the very
statements it sends, with the four fields. Painting is not in either; it stands on both sides of what the screen must hold.
"""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from measure import interleaved, median, say

from qma_app.domain.engagement import Engagement
from qma_app.domain.plan import PlannedPhase
from qma_app.domain.rating import Rating
from qma_app.services.journey import journey
from qma_app.services.planning import make_plan, propose_plan
from qma_app.services.sample import make_sample
from qma_app.services.workspace import Workspace, open_workspace
from qma_app.storage import driver
from qma_app.storage.rows import row_form
from qma_app.storage.store import DATABASE

HOLD = 2.5


def programme_in(workspace: Workspace) -> Engagement:
    """The sample's first programme, with a plan."""
    with workspace.reading() as reader:
        engagement = reader.all(Engagement)[0]
        has_plan = bool(reader.all(PlannedPhase, engagement_id=engagement.id))
        plan = propose_plan(reader, engagement.id, on=engagement.started_on - timedelta(days=1))
    if not has_plan:
        make_plan(workspace, engagement.id, plan)
    return engagement


def read(workspace: Workspace, engagement: Engagement) -> None:
    """What showing the page reads."""
    with workspace.reading() as reader:
        journey(reader, engagement.id, on=workspace.today())


def statements_of(workspace: Workspace, engagement: Engagement) -> list[str]:
    """Every statement the reading sends, with its values."""
    sent: list[str] = []
    connection = workspace.store._take_reader()
    connection.set_trace_callback(sent.append)
    workspace.store._give_back(connection)
    read(workspace, engagement)
    connection.set_trace_callback(None)
    return [one for one in sent if one.startswith("SELECT")]


def with_whole_ratings(statements: list[str]) -> list[str]:
    """The statements with every field of a rating instead of a few."""
    whole = row_form(Rating).select
    return [
        whole + one[one.index(" WHERE ") :] if 'FROM "ratings"' in one and "WHERE" in one else one
        for one in statements
    ]


def read_bare(cursor: Any, statements: list[str]) -> None:
    """The same rows from the driver."""
    cursor.execute("BEGIN")
    for one in statements:
        cursor.execute(one).fetchall()
    cursor.execute("ROLLBACK")


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with tempfile.TemporaryDirectory() as folder:
        make_sample(Path(folder) / "w").close()
        with open_workspace(Path(folder) / "w") as workspace:
            engagement = programme_in(workspace)
            read(workspace, engagement)
            sent = statements_of(workspace, engagement)
            with closing(driver.connect(workspace.folder / DATABASE, workspace.keys.database)) as connection:
                cursor = connection.cursor()
                is_held = True
                for name, statements in (
                    ("read Journey / its records bare", with_whole_ratings(sent)),
                    ("read Journey / its own statements bare (to look at)", sent),
                ):
                    mine, floor = interleaved(
                        partial(read, workspace, engagement),
                        partial(read_bare, cursor, statements),
                        rounds=rounds,
                        clock=time.process_time,
                    )
                    note = f"{median(mine) * 1e3:.2f} ms against {median(floor) * 1e3:.2f} ms cpu, {len(statements)} statements"
                    is_right = say(name, median(mine) / median(floor), HOLD, note=note)
                    is_held &= is_right or statements is sent
    return 0 if is_held else 1


if __name__ == "__main__":
    sys.exit(main())
