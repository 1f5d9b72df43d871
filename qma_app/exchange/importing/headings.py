"""The row of headings of a list: which it is, and what stands in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from qma_app.exchange.importing.cleaning import cleaned
from qma_app.exchange.importing.fields import Meant, exact_meaning, meaning_of
from qma_app.exchange.importing.mapping import ColumnUse, Mapping
from qma_app.exchange.importing.names import closest, plain
from qma_app.exchange.importing.tables import CellNote, Row

SEARCHED: Final = 30
GUESSED: Final = 8
COMPARED: Final = 60
"""Comparing with all known words takes a millisecond: only so many cells of so many rows are worth it."""
LONGEST_HEADING: Final = 120
LONGEST_TITLE: Final = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Headings:
    """The headings of a sheet by column; a second of the same words is numbered."""

    row: int
    by_column: dict[int, str]

    def column_of(self, use: ColumnUse) -> tuple[int, bool]:
        """Where a column of a mapping stands now, 0 where it does not; and whether its heading was only one like it."""
        by_name = {plain(name): column for column, name in self.by_column.items()}
        wanted = plain(use.heading)
        if wanted in by_name:
            return by_name[wanted], False
        if use.heading and (like := closest(use.heading, self.by_column.values())):
            return by_name[plain(like)], True
        if use.column and not use.heading:
            return use.column, False
        return 0, False


def headings_of(row: Row) -> Headings:
    """The cells of a row as headings."""
    found: dict[int, str] = {}
    seen: dict[str, int] = {}
    for column, cell in row.cells.items():
        if cell.note is CellNote.BEYOND:
            continue
        words = cleaned(cell.text)[:LONGEST_HEADING]
        seen[plain(words)] = count = seen.get(plain(words), 0) + 1
        found[column] = words if count == 1 else f"{words} ({count})"
    return Headings(row=row.number, by_column=found)


def find_headings(rows: Sequence[Row]) -> tuple[Headings, int] | None:
    """The row with the most known headings among the first, and how sure that is; None where there is none."""
    return _find(rows[:SEARCHED], exact_meaning) or _find(rows[:GUESSED], meaning_of)


def _find(rows: Sequence[Row], meaning: Callable[[str], Meant]) -> tuple[Headings, int] | None:
    best: tuple[Headings, int] | None = None
    for row in rows:
        headings = headings_of(row)
        certainties: dict[tuple[str, str], int] = {}
        for words in list(headings.by_column.values())[:COMPARED]:
            meant = meaning(words)
            if meant.field:
                key = (meant.field, meant.language)
                certainties[key] = max(certainties.get(key, 0), meant.certainty)
        score = sum(certainties.values())
        is_heading = score >= 3 or (score >= 2 and len(row.cells) <= 2)
        if is_heading and (best is None or score > best[1]):
            best = headings, score
    return best


def reads_as_heading(text: str) -> bool:
    """Whether words alone in their row are the title of what follows: short, and no sentence."""
    return 1 < len(text.strip()) <= LONGEST_TITLE and not text.rstrip().endswith((".", "?", "!", ";"))


def fits(mapping: Mapping, headings: Headings) -> int:
    """How many columns of a mapping a sheet has; 0 unless its statement is among them."""
    found = [use for use in mapping.columns if headings.column_of(use)[0]]
    return len(found) if any(use.field == "statement" for use in found) else 0
