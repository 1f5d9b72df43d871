"""What became of every cell of an imported file: taken, changed or left out, and where to or why."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from qma_app.exchange.importing.names import quoted
from qma_app.exchange.importing.tables import Cell, CellNote, Row, is_readable, letters_of, why_not_readable
from qma_app.i18n import _


class Fate(IntEnum):
    TAKEN = 0
    CHANGED = 1
    LEFT_OUT = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One cell: where it stood, what became of it. `target` is where it went (`SER-01.2`), `detail` what as, how or why."""

    sheet: str
    row: int
    column: str
    fate: Fate
    target: str
    detail: str
    found: str

    @property
    def place(self) -> str:
        """`Sheet Service, B7`; for a YAML file `line 7, objects.framework.name`."""
        if self.sheet:
            return _("Sheet {sheet}, {column}{row}").format(
                sheet=self.sheet, column=self.column, row=self.row
            )
        return _("line {row}, {column}").format(row=self.row, column=self.column)

    def __str__(self) -> str:
        match self.fate:
            case Fate.TAKEN:
                return f"{self.place}: {self.target} {self.detail}".rstrip()
            case Fate.CHANGED:
                return (
                    _("{place}: changed ({how}) {target}")
                    .format(place=self.place, how=self.detail, target=self.target)
                    .rstrip()
                )
        return _("{place}: {found} left out: {why}").format(
            place=self.place, found=self.found, why=self.detail
        )


@dataclass(slots=True)
class RowFates:
    """The cells of one row that wait for their fate; each gets exactly one, the first that is given."""

    sheet: str
    number: int
    open: dict[str, Cell]
    _ledger: ImportLedger

    def waits(self, column: int) -> bool:
        """Whether there is a cell in that column that has no fate yet."""
        return letters_of(column) in self.open

    def taken(self, column: int | str, target: str, detail: str) -> None:
        """The cell went to `target` as `detail`: unchanged, unless it was a date or a formula in the file."""
        cell = self.open.get(letters_of(column) if isinstance(column, int) else column)
        if cell is not None and cell.note is CellNote.DATE:
            self._close(column, Fate.CHANGED, target, _("a date, written as text"))
        elif cell is not None and cell.note is CellNote.FORMULA:
            self._close(column, Fate.CHANGED, target, _("the result of a formula"))
        else:
            self._close(column, Fate.TAKEN, target, detail)

    def changed(self, column: int | str, target: str, how: str) -> None:
        """The cell went to `target`, but not as it stood."""
        self._close(column, Fate.CHANGED, target, how)

    def left_out(self, column: int | str, why: str) -> None:
        """The cell is not in the result."""
        self._close(column, Fate.LEFT_OUT, "", why)

    def leave_out_rest(self, why: str) -> None:
        """No cell that still waits is in the result."""
        for column in list(self.open):
            self._close(column, Fate.LEFT_OUT, "", why)

    def take_rest(self, target: str, detail: str) -> None:
        """Every cell that still waits went to `target`."""
        for column in list(self.open):
            self.taken(column, target, detail)

    def _close(self, column: int | str, fate: Fate, target: str, detail: str) -> None:
        key = letters_of(column) if isinstance(column, int) else column
        cell = self.open.pop(key, None)
        if cell is not None:
            self._ledger.enter(self.sheet, self.number, key, fate, target, detail, cell.text)


@dataclass(kw_only=True, slots=True)
class Spot:
    """One cell or value that says something: where it stands, as what it was read, how it was changed."""

    fates: RowFates
    column: int | str
    what: str
    how: str = ""
    language: str = ""

    def settle(self, target: str) -> None:
        """It went there."""
        if self.how:
            self.fates.changed(self.column, target, self.how)
        else:
            self.fates.taken(self.column, target, self.what)


@dataclass(slots=True)
class ImportLedger:
    """Every filled cell that was met, in the order of their fates; `close` before reading it.

    Twenty bytes a cell beside the texts: a sheet of 20,000 rows has a quarter of a million of them.
    """

    notes: list[str] = field(default_factory=list)
    skipped_sheets: dict[str, str] = field(default_factory=dict)
    met: int = 0
    _waiting: list[RowFates] = field(default_factory=list)
    _sheets: list[str] = field(default_factory=list)
    _at_sheet: array[int] = field(default_factory=lambda: array("I"))
    _at_row: array[int] = field(default_factory=lambda: array("I"))
    _fates: array[int] = field(default_factory=lambda: array("B"))
    _columns: list[str] = field(default_factory=list)
    _targets: list[str] = field(default_factory=list)
    _details: list[str] = field(default_factory=list)
    _found: list[str] = field(default_factory=list)
    _known: dict[str, str] = field(default_factory=dict)

    def row(self, sheet: str, row: Row) -> RowFates:
        """The cells of a row, of which those that cannot be read are left out at once."""
        cells = {self._kept(cell.letters): cell for cell in row.own_cells()}
        fates = self._begin(sheet, row.number, cells)
        for column, cell in list(cells.items()):
            if not is_readable(cell):
                fates.left_out(column, why_not_readable(cell))
        return fates

    def value(self, line: int, path: str, text: str) -> RowFates:
        """One value of a YAML file."""
        return self._begin("", line, {path: Cell(text, 0)})

    def _begin(self, sheet: str, number: int, cells: dict[str, Cell]) -> RowFates:
        self.met += len(cells)
        fates = RowFates(sheet, number, cells, self)
        self._waiting.append(fates)
        if len(self._waiting) > 1000:
            self._waiting = [row for row in self._waiting if row.open]
        return fates

    def enter(
        self, sheet: str, row: int, column: str, fate: Fate, target: str, detail: str, text: str
    ) -> None:
        """Write down the fate of one cell."""
        if not self._sheets or self._sheets[-1] != sheet:
            self._sheets.append(sheet)
        self._at_sheet.append(len(self._sheets) - 1)
        self._at_row.append(row)
        self._fates.append(fate)
        self._columns.append(column)
        self._targets.append(target)
        self._details.append(self._kept(detail))
        self._found.append("" if fate is Fate.TAKEN else quoted(text))

    def close(self, why: str) -> None:
        """Whatever still waits is left out for this reason."""
        for row in self._waiting:
            row.leave_out_rest(why)
        self._waiting.clear()

    def entries(self, fate: Fate | None = None) -> Iterator[Entry]:
        """All cells, or those of one fate, in the order in which they were decided."""
        for place, known in enumerate(self._fates):
            if fate is None or known == fate:
                yield Entry(
                    sheet=self._sheets[self._at_sheet[place]],
                    row=self._at_row[place],
                    column=self._columns[place],
                    fate=Fate(known),
                    target=self._targets[place],
                    detail=self._details[place],
                    found=self._found[place],
                )

    def count(self, fate: Fate) -> int:
        """How many cells had this fate."""
        return self._fates.count(fate)

    def rows(self) -> dict[tuple[str, int], Fate]:
        """The fate of each row: left out only where nothing of it was taken, taken only where nothing was changed or left out."""
        found: dict[tuple[str, int], set[int]] = {}
        for place, fate in enumerate(self._fates):
            key = (self._sheets[self._at_sheet[place]], self._at_row[place])
            found.setdefault(key, set()).add(fate)
        return {
            key: Fate(next(iter(fates))) if len(fates) == 1 else Fate.CHANGED for key, fates in found.items()
        }

    def reasons(self) -> Counter[str]:
        """Why cells were left out, with how many of each."""
        return Counter(
            detail for detail, fate in zip(self._details, self._fates, strict=True) if fate == Fate.LEFT_OUT
        )

    def _kept(self, text: str) -> str:
        """One object for equal texts."""
        return self._known.setdefault(text, text)
