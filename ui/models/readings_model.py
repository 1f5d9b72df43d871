"""The months of one KPI while they are being typed: cells as written, what they mean, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from qma_app.domain.edition import KpiDefinition
from qma_app.domain.month import Month
from qma_app.domain.reading import MonthFigures, Reading, reading_value
from qma_app.i18n import _, language
from qma_app.services.readings import (
    CellProblem,
    NotRead,
    ReadingLine,
    figure_cell,
    figure_text,
    month_cell,
    parse_readings,
    read_lines,
)
from ui import theme
from ui.verification.words import month_words, value_words
from ui.widgets.icons import icon
from ui.widgets.labels import plain_tip

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX: Final = QModelIndex()
_STEPS_BACK: Final = 50
_MISSHAPEN: Final = ("readings.surplus", "readings.too-many")


class Part(Enum):
    """What a column holds."""

    MONTH = "month"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    VALUE = "value"
    NOTE = "note"


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingRow:
    """One month as it stands in the table."""

    month: str = ""
    numerator: str = ""
    denominator: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """A cell to be mended: where it stands and what to do."""

    row: int
    part: Part
    problem: CellProblem


class ReadingsModel(QAbstractTableModel):
    """Rows are kept as written until the whole table is clear; the last one is always empty, for the next month.

    `edited` comes after each change. Each change is one step of `undo`.
    """

    edited = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kpi: KpiDefinition | None = None
        self._has_denominator = False
        self._stored: tuple[MonthFigures, ...] = ()
        self._rows: tuple[ReadingRow, ...] = ()
        self._table = read_lines((), has_denominator=False)
        self._faults: tuple[Fault, ...] = ()
        self._past: list[tuple[ReadingRow, ...]] = []
        self._future: list[tuple[ReadingRow, ...]] = []

    @property
    def parts(self) -> tuple[Part, ...]:
        """The columns, from left to right."""
        return tuple(part for part in Part if self._has_denominator or part is not Part.DENOMINATOR)

    @property
    def rows(self) -> Sequence[ReadingRow]:
        """The rows that hold something."""
        return self._rows

    @property
    def faults(self) -> Sequence[Fault]:
        """What must be mended before anything is stored, from top to bottom."""
        return self._faults

    @property
    def months(self) -> Sequence[MonthFigures]:
        """What the table says; empty as long as there is a fault."""
        return self._table.months

    @property
    def removed(self) -> Sequence[Month]:
        """The months that are stored and no longer stand in the table."""
        kept = {one.month for one in self._table.months}
        return [one.month for one in self._stored if one.month not in kept]

    @property
    def is_changed(self) -> bool:
        """Whether the table says something else than what is stored, or cannot be read."""
        return bool(self._faults) or self._table.months != self._stored

    def show_readings(self, kpi: KpiDefinition | None, readings: Sequence[Reading]) -> None:
        """Show what is stored of a KPI; steps back begin anew."""
        self.beginResetModel()
        self._kpi = kpi
        # Readings that came without a number of cases go on as figures of their own.
        is_bare = bool(readings) and all(one.denominator is None for one in readings)
        self._has_denominator = kpi is not None and bool(kpi.denominator.texts) and not is_bare
        rows = [
            _row(
                MonthFigures(
                    month=one.month, numerator=one.numerator, denominator=one.denominator, note=one.note
                )
            )
            for one in sorted(readings, key=lambda one: one.month)
        ]
        self._past.clear()
        self._future.clear()
        self._read(tuple(rows))
        self._stored = self._table.months
        self.endResetModel()
        self.edited.emit()

    def write(self, row: int, part: Part, text: str) -> bool:
        """Write one cell; in the empty row with a figure first, the month after the last one is meant."""
        is_new = row == len(self._rows)
        before = ReadingRow() if is_new else self._rows[row]
        words = self._tidied(part, text)
        if getattr(before, part.value) == words:
            return False
        after = replace(before, **{part.value: words})
        if is_new and part is not Part.MONTH and (following := self._next_month()) is not None:
            after = replace(after, month=month_words(following))
        rows = [*self._rows, after] if is_new else [*self._rows[:row], after, *self._rows[row + 1 :]]
        self._change(tuple(rows))
        return True

    def paste(self, text: str) -> tuple[CellProblem, ...]:
        """Put in the months of a pasted table; a month that stands there gets the new figures.

        A cell that cannot be read stands there as it came, named among the faults. A table of another shape is left out
        altogether; what is wrong with it is given back.
        """
        table = parse_readings(text, has_denominator=self._has_denominator)
        misshapen = tuple(one for one in table.problems if one.code in _MISSHAPEN)
        if misshapen:
            return misshapen
        rows = list(self._rows)
        places = {figures.month: number - 1 for number, figures in self._table.read.items()}
        seen: set[Month] = set()
        for line in table.lines:
            figures = table.read.get(line.number)
            if figures is None:
                rows.append(
                    ReadingRow(
                        month=self._tidied(Part.MONTH, line.month),
                        numerator=self._tidied(Part.NUMERATOR, line.numerator),
                        denominator=self._tidied(Part.DENOMINATOR, line.denominator),
                        note=self._tidied(Part.NOTE, line.note),
                    )
                )
                continue
            place = None if figures.month in seen else places.get(figures.month)
            seen.add(figures.month)
            if place is None:
                rows.append(_row(figures))
            else:
                rows[place] = _row(figures, note=figures.note or rows[place].note)
        if table.lines:
            self._change(self._sorted(rows))
        return ()

    def is_table(self, text: str) -> bool:
        """Whether a text is meant for more than one cell."""
        if any(sign in text.rstrip("\r\n") for sign in "\t;\n\r"):
            return True
        return bool(parse_readings(text, has_denominator=self._has_denominator).months)

    def remove(self, rows: Sequence[int]) -> bool:
        """Take months out."""
        kept = tuple(row for place, row in enumerate(self._rows) if place not in set(rows))
        if len(kept) == len(self._rows):
            return False
        self._change(kept)
        return True

    def undo(self) -> bool:
        """One step back."""
        return self._travel(self._past, self._future)

    def redo(self) -> bool:
        """One step forth."""
        return self._travel(self._future, self._past)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() or self._kpi is None else len(self._rows) + 1

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.parts)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and self.parts[index.column()] is not Part.VALUE:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        return self.write(index.row(), self.parts[index.column()], str(value))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        part = self.parts[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(index.row(), part)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            is_figure = part in (Part.NUMERATOR, Part.DENOMINATOR, Part.VALUE)
            side = Qt.AlignmentFlag.AlignRight if is_figure else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        fault = next((one for one in self._faults if (one.row, one.part) == (index.row(), part)), None)
        if fault is None:
            is_quiet = role == Qt.ItemDataRole.ForegroundRole and part is Part.VALUE
            return theme.current().colour("muted") if is_quiet else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.current().colour("bad")
        if role == Qt.ItemDataRole.DecorationRole:
            return icon("circle-alert", "bad")
        said = f"{fault.problem.found}; {fault.problem.advice}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(said)
        return said if role == Qt.ItemDataRole.AccessibleDescriptionRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Vertical or not 0 <= section < len(self.parts):
            return None
        part = self.parts[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.title_of(part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.title_of(part))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            is_figure = part in (Part.NUMERATOR, Part.DENOMINATOR, Part.VALUE)
            side = Qt.AlignmentFlag.AlignRight if is_figure else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def title_of(self, part: Part) -> str:
        """A column by the words of the KPI."""
        kpi = self._kpi
        if kpi is not None and part is Part.NUMERATOR:
            return str(kpi.numerator)
        if kpi is not None and part is Part.DENOMINATOR:
            return str(kpi.denominator)
        return {Part.MONTH: _("Month"), Part.VALUE: _("Value"), Part.NOTE: _("Note")}.get(part, "")

    def _text(self, row: int, part: Part) -> str:
        if row >= len(self._rows):
            return ""
        if part is not Part.VALUE:
            return str(getattr(self._rows[row], part.value))
        figures = self._table.read.get(row + 1)
        return "" if figures is None or self._kpi is None else value_words(self._kpi, self._value(figures))

    def _value(self, figures: MonthFigures) -> Fraction | None:
        assert self._kpi is not None
        return reading_value(self._kpi, figures.numerator, figures.denominator)

    def _tidied(self, part: Part, text: str) -> str:
        """A cell that can be read in the one form we write; any other as it was typed."""
        words = " ".join(text.split())
        try:
            if part is Part.MONTH and words:
                month = month_cell(words)
                return month_words(month) if isinstance(month, Month) else words
            if part in (Part.NUMERATOR, Part.DENOMINATOR) and words:
                return _figure(figure_cell(words, may_be_percent=not self._has_denominator))
        except NotRead:
            return words
        return words

    def _next_month(self) -> Month | None:
        known = [figures.month for figures in self._table.read.values()]
        return max(known).plus(1) if known else None

    def _sorted(self, rows: Sequence[ReadingRow]) -> tuple[ReadingRow, ...]:
        """By month; what has none that can be read at the end."""

        def key(row: ReadingRow) -> tuple[bool, int, int]:
            try:
                month = month_cell(row.month)
            except NotRead:
                return True, 0, 0
            return (False, month.year, month.number) if isinstance(month, Month) else (True, 0, 0)

        return tuple(sorted(rows, key=key))

    def _change(self, rows: tuple[ReadingRow, ...]) -> None:
        self._past = [*self._past[-_STEPS_BACK:], self._rows]
        self._future.clear()
        self._show(rows)

    def _travel(self, source: list[tuple[ReadingRow, ...]], other: list[tuple[ReadingRow, ...]]) -> bool:
        if not source:
            return False
        other.append(self._rows)
        self._show(source.pop())
        return True

    def _show(self, rows: tuple[ReadingRow, ...]) -> None:
        """Take over other rows; where cells changed or the empty row was begun the cursor and its editor stay."""
        shown = len(self._rows)
        if len(rows) == shown + 1 and rows[:shown] == self._rows:
            # The empty row becomes a month, so another empty one comes below it.
            self.beginInsertRows(_NO_INDEX, shown + 1, shown + 1)
            self._rows = (*self._rows, ReadingRow())
            self.endInsertRows()
        if len(rows) == len(self._rows):
            self._read(rows)
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows), len(self.parts) - 1))
        else:
            self.beginResetModel()
            self._read(rows)
            self.endResetModel()
        self.edited.emit()

    def _read(self, rows: tuple[ReadingRow, ...]) -> None:
        self._rows = rows
        self._table = read_lines(
            [
                ReadingLine(
                    number=place,
                    month=row.month,
                    numerator=row.numerator,
                    denominator=row.denominator,
                    note=row.note,
                )
                for place, row in enumerate(rows, 1)
            ],
            has_denominator=self._has_denominator,
        )
        self._faults = tuple(
            Fault(row=problem.line - 1, part=self._part(problem.column), problem=problem)
            for problem in self._table.problems
        )

    def _part(self, column: int) -> Part:
        """The part a column of the written form stands for: there is no value in it."""
        written = [part for part in self.parts if part is not Part.VALUE]
        return written[min(max(column, 1), len(written)) - 1]


def _row(figures: MonthFigures, *, note: str | None = None) -> ReadingRow:
    return ReadingRow(
        month=month_words(figures.month),
        numerator=_figure(figures.numerator),
        denominator="" if figures.denominator is None else _figure(figures.denominator),
        note=figures.note if note is None else note,
    )


def _figure(value: Decimal) -> str:
    return figure_text(value, "," if language() == "de" else ".")
