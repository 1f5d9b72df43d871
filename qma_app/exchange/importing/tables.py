"""A file as sheets of rows of cells: what every importer of tables reads, whatever the file was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from qma_app.i18n import _


class CellNote(StrEnum):
    """What is to be known of a cell beyond its text; empty for a plain one."""

    PLAIN = ""
    DATE = "date"
    FORMULA = "formula"
    NOT_COMPUTED = "not computed"
    ERROR = "error"
    REPEATED = "repeated"
    BEYOND = "beyond"


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of one cell as a person reads it; `column` counts from 1."""

    text: str
    column: int
    note: CellNote = CellNote.PLAIN

    @property
    def letters(self) -> str:
        """`B` for the second column."""
        return letters_of(self.column)


@dataclass(frozen=True, slots=True)
class Row:
    """The filled cells of one row, by column; cells of a merged range below its first are there as repeated."""

    number: int
    cells: Mapping[int, Cell]

    def text(self, column: int) -> str:
        """What stands in the column, or nothing."""
        cell = self.cells.get(column)
        return cell.text if cell and is_readable(cell) else ""

    def own_cells(self) -> Iterator[Cell]:
        """The cells that stand in the file itself, left to right."""
        return (cell for cell in self.cells.values() if cell.note is not CellNote.REPEATED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A sheet's name and its first rows, to recognise it by; `is_cut` where it has more."""

    name: str
    is_hidden: bool = False
    rows: tuple[Row, ...] = ()
    is_cut: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaf:
    """One value of a YAML file with the keys and places that lead to it."""

    path: tuple[str | int, ...]
    text: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class FirstLook:
    """What a file holds, as far as it takes to recognise it: sheets of a table, or the first values of a YAML file."""

    form: str
    name: str
    sheets: tuple[Sheet, ...] = ()
    leaves: tuple[Leaf, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of exactly that name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def is_readable(cell: Cell) -> bool:
    """Whether the cell holds something that can be taken."""
    return cell.note not in (CellNote.NOT_COMPUTED, CellNote.ERROR, CellNote.BEYOND)


def why_not_readable(cell: Cell) -> str:
    """Why a cell cannot be taken."""
    if cell.note is CellNote.NOT_COMPUTED:
        return _("a formula whose result is not in the file: open and save it in Excel")
    if cell.note is CellNote.ERROR:
        return _("Excel shows an error here")
    return _("it stands beyond the columns that are read")


def letters_of(column: int) -> str:
    """The letters Excel writes above a column: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_of(letters: str) -> int:
    """The number of a column; 0 where the letters are none."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            return 0
        number = number * 26 + ord(letter) - 64
    return number
