"""A list of 20,000 rows as a draft, as a user waits for it; the child's memory as rows grow; and openpyxl reading the same file.

python benchmarks/import_list.py [ROUNDS]
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import ROOT, interleaved, median, peak_megabytes, say

ROWS = 19_999
"""And one of headings: together the most that are read."""
HOLD_PEER, HOLD_MEMORY = 1.5, 1.15
HOLD_ROW = 2.0


def make(path: Path, count: int) -> None:
    """Invented requirements in six columns, every text different."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("List")
    sheet.append(["No.", "Area", "Process", "Question", "Guidance", "Weight"])
    for number in range(count):
        sheet.append(
            [
                number,
                f"Area {number // 1000}",
                f"Process {number // 50}",
                f"The price of order {number} was agreed with the customer before the work began.",
                f"Look at order {number} and two others of the same week.",
                number % 3 + 1,
            ]
        )
    book.save(path)


def only_read(path: Path, *, is_isolated: bool = False) -> int:
    """All rows, nothing made of them."""
    from qma_app.exchange.importing.reading import OutsideFile

    return sum(1 for _ in OutsideFile(path=path, is_isolated=is_isolated).rows(["List"]))


def peer(path: Path) -> int:
    """The same cells read by openpyxl's read-only mode."""
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
    return sum(1 for row in book["List"].iter_rows(values_only=True) if any(row))


def whole(path: Path) -> None:
    """The draft, through the child."""
    from qma_app.services.importing import import_standard

    found = import_standard(path, title="List", standard_id="list", version="2026.1")
    assert len(found.edition.checkpoints) > 0


def peak_of(path: Path) -> tuple[float, float]:
    """Megabytes that parent and child held at most while the rows were read."""
    done = subprocess.run(
        [sys.executable, __file__, "--peak", str(path)], check=True, capture_output=True, text=True, cwd=ROOT
    )
    parent, child = done.stdout.split()
    return float(parent), float(child)


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as folder:
        paths = {count: Path(folder) / f"{count}.xlsx" for count in (5_000, ROWS)}
        for count, path in paths.items():
            make(path, count)
        mine, theirs = interleaved(lambda: only_read(paths[ROWS]), lambda: peer(paths[ROWS]), rounds=rounds)
        is_held = say(
            "rows of 20,000 x 6 read / openpyxl read-only",
            median(mine) / median(theirs),
            HOLD_PEER,
            note=f"{median(mine):.2f} s against {median(theirs):.2f} s",
        )
        drafts, floors = interleaved(lambda: whole(paths[ROWS]), lambda: peer(paths[ROWS]), rounds=rounds)
        is_held &= say(
            "draft with ledger of 20,000 rows / openpyxl read-only",
            median(drafts) / median(floors),
            HOLD_ROW,
            note=f"{median(drafts):.2f} s against {median(floors):.2f} s",
        )
        peaks = {count: peak_of(path) for count, path in paths.items()}
    for place, who in enumerate(("parent", "child")):
        few, many = peaks[5_000][place], peaks[ROWS][place]
        note = f"5,000 rows {few:.0f} MB, 20,000 rows {many:.0f} MB"
        is_held &= say(f"memory of the {who}, 20,000 rows / 5,000", many / few, HOLD_MEMORY, note=note)
    return 0 if is_held else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peak"]:
        only_read(Path(sys.argv[2]), is_isolated=True)
        print(peak_megabytes(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
        sys.exit()
    sys.exit(main())
