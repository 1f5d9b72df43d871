"""Verifying a change log of 100,000 entries, and finding each way of forging it.

    python benchmarks/change_log.py [ENTRIES]

The entries are ratings and notes as a coach writes them, made by the store's own writing scope in one transaction. A forger here
has the key and the program: she can compute hashes, but does not know what was printed on a report (the anchor).
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from measure import median, say

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import RatingId
from qma_app.domain.ports import LogHead
from qma_app.domain.rating import Rating
from qma_app.domain.standing import applicable_in
from qma_app.services.assessments import start_assessment
from qma_app.services.dealerships import add_dealership
from qma_app.services.workspace import Workspace, create_workspace
from qma_app.storage import change_log, driver
from qma_app.storage.scopes import WritingScope
from qma_app.storage.store import DATABASE

HOLD_SECONDS = 1.0
NOTE = "Two of ten orders carry no price, seen on order {}."


def fill(workspace: Workspace, count: int) -> None:
    """So many entries: each rates a checkpoint anew, every fifth also writes a note."""
    engagement = add_dealership(workspace, name="Autohaus Beispiel", country="DE").made(Engagement)
    ratings: list[Rating] = []
    for _number in range(5):
        started = start_assessment(workspace, engagement_id=engagement.id, kind=AssessmentKind.PROGRESS)
        assessment = started.made(Assessment)
        with workspace.reading() as reader:
            ratings += [
                Rating(
                    id=RatingId(workspace.store.new_id()),
                    assessment_id=assessment.id,
                    checkpoint_id=checkpoint,
                )
                for checkpoint in applicable_in(reader, assessment)
            ]
    with workspace.reading() as reader:
        known = reader.log_head().seq
    cursor = workspace.store._writer.cursor()
    cursor.execute("BEGIN IMMEDIATE")
    for number in range(count - known):
        place = number % len(ratings)
        at = workspace.clock()
        scope = WritingScope(workspace.store, cursor, what="rating.rated", at=at, who=None)
        rating = ratings[place].rated((4, 6, 8, 10)[number // len(ratings) % 4], at=at, by=None)
        ratings[place] = scope.put(replace(rating, note=NOTE.format(number)) if number % 5 == 0 else rating)
        scope.finish({})
    cursor.execute("COMMIT")


def forge_change(cursor: Any, seq: int) -> None:
    """Another value in the middle of an entry."""
    cursor.execute(
        "UPDATE change_log SET body = replace(body, '\"points\"', '\"Points\"') WHERE seq = ?", (seq,)
    )


def forge_deletion(cursor: Any, seq: int) -> None:
    """One entry taken out."""
    cursor.execute("DELETE FROM change_log WHERE seq = ?", (seq,))


def forge_swap(cursor: Any, seq: int) -> None:
    """Two neighbours in the other order."""
    for old, new in ((seq, -1), (seq + 1, seq), (-1, seq + 1)):
        cursor.execute("UPDATE change_log SET seq = ? WHERE seq = ?", (new, old))


def forge_append(cursor: Any, _seq: int) -> None:
    """One more entry behind the last, without knowing how hashes are made."""
    cursor.execute(
        "INSERT INTO change_log (seq, at, who, what, body, hash)"
        " SELECT seq + 1, at, who, what, body, hash FROM change_log ORDER BY seq DESC LIMIT 1"
    )


def forge_cut(cursor: Any, seq: int) -> None:
    """The tail cut off: what is left is a chain that holds."""
    cursor.execute("DELETE FROM change_log WHERE seq > ?", (seq,))


def forge_rewrite(cursor: Any, seq: int) -> None:
    """An entry changed and every hash behind it computed anew: a chain that holds, too."""
    rows = cursor.execute(
        "SELECT seq, body, hash FROM change_log WHERE seq >= ? ORDER BY seq", (seq - 1,)
    ).fetchall()
    previous = rows[0][2]
    for number, body, _hash in rows[1:]:
        if number == seq:
            body = body.replace('"points"', '"Points"')
        previous = change_log.entry_hash(previous, body)
        cursor.execute("UPDATE change_log SET body = ?, hash = ? WHERE seq = ?", (body, previous, number))


ATTACKS: tuple[tuple[str, Callable[[Any, int], None]], ...] = (
    ("changed", forge_change),
    ("deleted", forge_deletion),
    ("swapped", forge_swap),
    ("appended", forge_append),
    ("cut", forge_cut),
    ("rewritten", forge_rewrite),
)


def find_attacks(cursor: Any, anchor: LogHead) -> list[str]:
    """The attacks that are not found; each is tried and taken back."""
    missed = []
    for name, forge in ATTACKS:
        cursor.execute("BEGIN IMMEDIATE")
        forge(cursor, anchor.seq // 2)
        faults = change_log.verify_chain(cursor, anchors=[anchor])
        cursor.execute("ROLLBACK")
        print(f"  {name}: {faults[0].reason if faults else 'NOT FOUND'}")
        if not faults:
            missed.append(name)
    return missed


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder, create_workspace(Path(folder) / "w") as workspace:
        fill(workspace, count)
        with workspace.reading() as reader:
            anchor = reader.log_head()
            chain, whole = [], []
            for _round in range(5):
                start = time.perf_counter()
                faults = change_log.verify_chain(reader._cursor, anchors=[anchor])
                chain.append(time.perf_counter() - start)
                start = time.perf_counter()
                faults += reader.verify_log(anchor)
                whole.append(time.perf_counter() - start)
        with closing(driver.connect(workspace.folder / DATABASE, workspace.keys.database)) as connection:
            missed = find_attacks(connection.cursor(), anchor)
    note = f"with every record against it {median(whole):.2f} s"
    is_held = say(f"verify {anchor.seq:,} entries", median(chain), HOLD_SECONDS, unit="s", note=note)
    is_held &= say("attacks not found, of six", len(missed), 0, unit="")
    is_held &= say("faults found in the genuine log", len(faults), 0, unit="")
    return 0 if is_held else 1


if __name__ == "__main__":
    sys.exit(main())
