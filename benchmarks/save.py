"""One rating or note saved whole (row, search index, chained log entry), against the same statements in the bare driver.

    python benchmarks/save.py [CHECKPOINTS]

Two copies of one workspace get the same edits in turn: one through the use cases, the other by replaying, statement for
statement with the values recorded beforehand on a third copy, what the use cases sent to the database.
"""

from __future__ import annotations

import gc
import os
import random
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from measure import median, percentile, say

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AssessmentId, CheckpointId, RatingId
from qma_app.domain.rating import Rating
from qma_app.domain.standing import applicable_in
from qma_app.services.assessments import start_assessment
from qma_app.services.dealerships import add_dealership
from qma_app.services.ratings import rate_checkpoint, write_note
from qma_app.services.workspace import Workspace, create_workspace, open_workspace
from qma_app.storage import driver
from qma_app.storage.store import DATABASE

BEFORE = 10
"""Assessments rated before, so that tables and index have the size of a year's work."""
HOLD_P50, HOLD_P99, HOLD_MILLISECONDS, FAST_SYNC = 1.6, 2.5, 4.0, 3.0
NOTE = "Two of ten orders carry no price, the folder of the week before is complete; the advisor knows, order {}."
Edit = tuple[str, Callable[[Workspace], object]]
Statement = tuple[str, tuple[Any, ...]]


def fill(folder: Path) -> tuple[list[AssessmentId], list[CheckpointId]]:
    """A dealership with assessments behind it and new ones to rate."""
    with create_workspace(folder) as workspace:
        engagement = add_dealership(workspace, name="Autohaus Beispiel", country="DE").made(Engagement)
        assessments = [
            start_assessment(workspace, engagement_id=engagement.id, kind=AssessmentKind.PROGRESS).made(
                Assessment
            )
            for _number in range(BEFORE + 10)
        ]
        for assessment in assessments[:BEFORE]:
            with workspace.writing("benchmark.filled") as work:
                for place, checkpoint in enumerate(applicable_in(work, assessment)):
                    rating = Rating(
                        id=RatingId(work.new_id()),
                        assessment_id=assessment.id,
                        checkpoint_id=checkpoint,
                        note=NOTE.format(place),
                    )
                    work.put(rating.rated(8, at=work.at, by=None))
        with workspace.reading() as reader:
            checkpoints = list(applicable_in(reader, assessments[-1]))
    return [assessment.id for assessment in assessments[BEFORE:]], checkpoints


def edits(assessments: list[AssessmentId], checkpoints: list[CheckpointId], wanted: int) -> Iterator[Edit]:
    """What a coach does: rates a checkpoint, writes what she saw, thinks again."""
    places = [(assessment, checkpoint) for assessment in assessments for checkpoint in checkpoints][:wanted]
    for number, (assessment, checkpoint) in enumerate(places):
        note = NOTE.format(number)
        yield "rated", partial(_rate, assessment, checkpoint, (4, 6, 8, 10)[number % 4])
        yield "note written", partial(_note, assessment, checkpoint, note)
        yield "rated again", partial(_rate, assessment, checkpoint, (6, 8, 10, 4)[number % 4])


def _rate(assessment: AssessmentId, checkpoint: CheckpointId, points: int, workspace: Workspace) -> object:
    return rate_checkpoint(workspace, assessment, checkpoint, points=points)


def _note(assessment: AssessmentId, checkpoint: CheckpointId, text: str, workspace: Workspace) -> object:
    return write_note(workspace, assessment, checkpoint, text=text)


def repeatable(folder: Path) -> Workspace:
    """A workspace whose clock and ids are the same in every copy, and that has its edition at hand."""
    # Drawn beforehand: a clock and ids that cost no more than the real ones.
    chance, start = random.Random(5), datetime(2026, 11, 21, 8, tzinfo=UTC)
    instants = iter([start + timedelta(seconds=second) for second in range(60_000)])
    ids = iter([str(UUID(int=chance.getrandbits(128), version=4)) for _number in range(60_000)])
    workspace = open_workspace(folder, clock=partial(next, instants), new_id=partial(next, ids))
    with workspace.reading() as reader:
        reader.edition(reader.all(Engagement)[0].edition)
    return workspace


class _Recorder:
    """Stands in for the writing connection and notes each statement with its values."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.statements: list[Statement] = []

    def cursor(self) -> _RecordingCursor:
        return _RecordingCursor(self._connection.cursor(), self.statements)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


class _RecordingCursor:
    def __init__(self, cursor: Any, statements: list[Statement]) -> None:
        self._cursor, self._statements = cursor, statements

    def execute(self, sql: str, values: Any = ()) -> Any:
        self._statements.append((sql, tuple(values)))
        return self._cursor.execute(sql, values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


def record(folder: Path, wanted: list[Edit]) -> list[list[Statement]]:
    """What each edit sends to the database."""
    with repeatable(folder) as workspace:
        recorder = _Recorder(workspace.store._writer)
        workspace.store._writer = recorder  # type: ignore[assignment]
        taken = []
        for _name, edit in wanted:
            recorder.statements.clear()
            edit(workspace)
            taken.append(list(recorder.statements))
    return taken


def replay(cursor: Any, statements: list[Statement]) -> None:
    """The same statements with the same values, and nothing else."""
    for sql, values in statements:
        cursor.execute(sql, values)
        if sql.startswith("SELECT"):
            cursor.fetchall()


def measure(
    workspace: Workspace, cursor: Any, wanted: list[Edit], recorded: list[list[Statement]]
) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Seconds of each edit both ways, by what it was; the first tenth warms up."""
    ours: dict[str, list[float]] = defaultdict(list)
    bare: dict[str, list[float]] = defaultdict(list)
    gc.collect()
    gc.disable()
    for number, ((name, edit), statements) in enumerate(zip(wanted, recorded, strict=True)):
        calls = [
            (ours, partial(edit, workspace)),
            (bare, partial(replay, cursor, statements)),
        ]
        for times, call in calls if number % 2 else reversed(calls):
            start = time.perf_counter()
            call()
            took = time.perf_counter() - start
            if number > len(wanted) // 10:
                times[name].append(took)
    gc.enable()
    return ours, bare


def sync_milliseconds(folder: Path) -> float:
    """How long this disk takes to make 4 KB durable, in the middle of twenty times."""
    times = []
    with (folder / "sync.bin").open("wb") as file:
        for _turn in range(20):
            file.write(bytes(4096))
            file.flush()
            start = time.perf_counter()
            os.fsync(file.fileno())
            times.append(time.perf_counter() - start)
    return median(times) * 1e3


def main() -> int:
    count_ = int(sys.argv[1]) if len(sys.argv) > 1 else 1400
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        assessments, checkpoints = fill(folder / "first")
        wanted = list(edits(assessments, checkpoints, count_))
        for copy in ("recorded", "bare"):
            shutil.copytree(folder / "first", folder / copy)
        recorded = record(folder / "recorded", wanted)
        sync = sync_milliseconds(folder)
        with repeatable(folder / "first") as workspace:
            key = workspace.keys.database
            with closing(driver.connect(folder / "bare" / DATABASE, key)) as connection:
                ours, bare = measure(workspace, connection.cursor(), wanted, recorded)
                same = _head(connection.cursor()) == _head(workspace.store._writer.cursor())
    print(
        f"{len(wanted)} edits; an fsync of 4 KB takes {sync:.2f} ms; both ended at the same log entry: {same}"
    )
    return 0 if report(ours, bare, sync) and same else 1


def _head(cursor: Any) -> object:
    return cursor.execute("SELECT seq, hash FROM change_log ORDER BY seq DESC LIMIT 1").fetchone()


def report(ours: dict[str, list[float]], bare: dict[str, list[float]], sync: float) -> bool:
    is_held = True
    for name, mine in ours.items():
        floor = bare[name]
        p50, p99 = median(mine), percentile(mine, 0.99)
        note = f"{p50 * 1e3:.2f} ms against {median(floor) * 1e3:.2f} ms"
        is_held &= say(f"{name}, p50 / bare statements", p50 / median(floor), HOLD_P50, note=note)
        note = f"{p99 * 1e3:.2f} ms against {percentile(floor, 0.99) * 1e3:.2f} ms"
        is_held &= say(f"{name}, p99 / bare statements", p99 / percentile(floor, 0.99), HOLD_P99, note=note)
        if sync < FAST_SYNC:
            is_held &= say(f"{name}, p50", p50 * 1e3, HOLD_MILLISECONDS, unit="ms")
    return is_held


if __name__ == "__main__":
    sys.exit(main())
