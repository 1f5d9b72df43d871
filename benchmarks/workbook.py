"""A workbook of 20,000 rows and 15 columns: our writer against openpyxl's own write-only mode, and its memory as rows grow.

python benchmarks/workbook.py [ROUNDS]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from measure import ROOT, interleaved, median, peak_megabytes, say

ROWS = 20_000
HOLD_TIME, HOLD_MEMORY = 1.1, 1.1
Row = tuple[str | int | float | date | None, ...]


def rows(count: int) -> Iterator[Row]:
    """Invented ratings: words of everyday length, most of them different, numbers and a date."""
    for number in range(count):
        yield (
            f"SRV-{number % 40:02d}.{number % 9}",
            "Service",
            "Repair order",
            f"The price of order {number} was agreed with the customer before the work began.",
            f"service.repair-order.point-{number}",
            number % 3 + 1,
            "yes" if number % 11 == 0 else "",
            "rated",
            (0, 4, 6, 8, 10)[number % 5],
            "mostly met",
            f"Two of ten orders carry no price & no date (seen on order {number}).",
            10,
            0.783,
            date(2026, 11, number % 28 + 1),
            "Ada Sample",
        )


def bare(path: Path, count: int) -> None:
    """The floor: openpyxl's write-only mode, no look at all."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Ratings")
    for row in rows(count):
        sheet.append(row)
    book.save(path)


def ours(path: Path, count: int) -> None:
    """The same rows with header, filter, looks and safe words, put in place whole."""
    from qma_app.exchange.workbook.columns import Column, Meter, write_table
    from qma_app.exchange.workbook.file import WorkbookFile
    from qma_app.exchange.workbook.looks import COUNT, DAY, SHARE, TYPED
    from qma_app.storage.atomic_files import atomic_file

    looks = {5: COUNT, 8: COUNT, 11: COUNT, 12: SHARE, 13: DAY}
    columns = [
        Column[Row](
            title=f"Column {place}", width=14, look=looks.get(place, TYPED), value=lambda row, place=place: row[place]
        )
        for place in range(15)
    ]  # fmt: skip
    changed = datetime(2026, 11, 21, tzinfo=UTC)
    with atomic_file(path) as file, WorkbookFile(file, title="Ratings", changed_at=changed) as book:
        write_table(book, "Ratings", columns, rows(count), banner="Sample", meter=Meter(None, count))


def peak_of(count: int) -> float:
    """Megabytes a process of its own held at most while it wrote so many rows."""
    child = subprocess.run(
        [sys.executable, __file__, "--peak", str(count)], check=True, capture_output=True, text=True, cwd=ROOT
    )
    return float(child.stdout)


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        one, other = Path(folder) / "ours.xlsx", Path(folder) / "bare.xlsx"
        ours(one, 100)
        bare(other, 100)
        mine, floor = interleaved(
            lambda: ours(one, ROWS), lambda: bare(other, ROWS), rounds=rounds, clock=time.process_time
        )
    note = f"{median(mine):.2f} s against {median(floor):.2f} s of cpu"
    is_held = say(
        "workbook 20,000 x 15 / openpyxl write-only", median(mine) / median(floor), HOLD_TIME, note=note
    )
    peaks = {count: peak_of(count) for count in (5_000, 20_000, 80_000)}
    note = ", ".join(f"{count:,} rows {peak:.0f} MB" for count, peak in peaks.items())
    is_held &= say(
        "workbook memory, 80,000 rows / 5,000 rows", peaks[80_000] / peaks[5_000], HOLD_MEMORY, note=note
    )
    return 0 if is_held else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peak"]:
        with tempfile.TemporaryDirectory() as workshop:
            ours(Path(workshop) / "peak.xlsx", int(sys.argv[2]))
        print(peak_megabytes())
        sys.exit()
    sys.exit(main())
