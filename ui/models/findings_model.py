"""The findings as a Qt table that filters and sorts by itself and changes only the rows touched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qma_app.domain.wording import grade_title, stage_title
from qma_app.i18n import _, day_text, ngettext
from qma_app.services.findings_listing import FindingLine
from ui.models.findings_rows import Column, FindingRow, FindingRows, RowFilter
from ui.widgets.labels import plain_tip

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX: Final = QModelIndex()
ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole)


def column_title(column: Column) -> str:
    """The head of a column."""
    return {
        Column.NUMBER: _("No."),
        Column.GRADE: _("Grade"),
        Column.STATEMENT: _("Finding"),
        Column.PROCESS: _("Process"),
        Column.OWNER: _("Owner"),
        Column.DUE: _("Due"),
        Column.STAGE: _("PDCA"),
    }[column]


def due_text(row: FindingRow) -> str:
    """The day it is due, with its year where that is not the one it is shown in; "closed" for what is settled."""
    if not row.is_open:
        return _("closed")
    due = row.due_on
    if due is None:
        return ""
    return day_text(due, _("d MMM") if due.year == row.today.year else _("d MMM yy"))


def stage_text(row: FindingRow) -> str:
    """Where its least advanced action stands; nothing moves for a good practice without one."""
    if row.is_open and not row.wants_work and row.line.stage is None:
        return "–"
    return stage_title(row.stage)


def statement_text(row: FindingRow) -> str:
    """What was found, on one line."""
    return " ".join(row.line.statement.split())


def marks_text(row: FindingRow) -> str:
    """How often it came back and was seen again, in words; "" where neither."""
    words = []
    if count := row.line.reopened:
        words.append(ngettext("reopened {count} time", "reopened {count} times", count).format(count=count))
    if count := row.line.sightings:
        words.append(
            ngettext("seen again {count} time", "seen again {count} times", count).format(count=count)
        )
    return ", ".join(words)


class FindingsModel(QAbstractTableModel):
    """The rows a filter lets through in the order of a column; the newest first until another is chosen.

    Another filter or order shows everything anew (a reset); the table keeps its selection over it.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: FindingRows | None = None
        self._filter = RowFilter()
        self._column, self._is_descending = Column.NUMBER, True
        self._order: list[int] = []
        self._places: dict[str, int] | None = None

    @property
    def rows(self) -> FindingRows | None:
        """All findings, whatever the filter; None before anything was read."""
        return self._rows

    @property
    def row_filter(self) -> RowFilter:
        return self._filter

    @property
    def places(self) -> Sequence[int]:
        """The places of the findings shown, among all of them."""
        return self._order

    def count(self) -> int:
        """How many findings there are, whatever the filter."""
        return len(self._rows.lines) if self._rows is not None else 0

    def show_rows(self, rows: FindingRows) -> None:
        """Show other findings altogether."""
        self._rows = rows
        self._reset()

    def show_only(self, row_filter: RowFilter) -> None:
        """Change what is let through."""
        if row_filter != self._filter:
            self._filter = row_filter
            self._reset()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """As a click on the head asks for it."""
        wanted = Column(column), order is Qt.SortOrder.DescendingOrder
        if column >= 0 and wanted != (self._column, self._is_descending):
            self._column, self._is_descending = wanted
            self._reset()

    def put(self, line: FindingLine) -> None:
        """A finding was raised, changed or taken out of the bin."""
        if self._rows is None:
            return
        before = self._rows.place_of(line.id)
        old = self.row_of(line.id)
        self._rows.put(line)
        if before is None and (new := self._rows.place_of(line.id)) is not None:
            self._take([place + (place >= new) for place in self._order])
        self._follow(line.id, old)

    def take_out(self, finding_id: str) -> None:
        """A finding went to the bin."""
        gone = self._rows.place_of(finding_id) if self._rows is not None else None
        if self._rows is None or gone is None:
            return
        row = self.row_of(finding_id)
        order = [place - (place > gone) for place in self._order if place != gone]
        if row is not None:
            self.beginRemoveRows(_NO_INDEX, row, row)
        self._rows.take_out(finding_id)
        self._take(order)
        if row is not None:
            self.endRemoveRows()

    def row_at(self, row: int) -> FindingRow | None:
        """What stands in a row shown; None where there is none."""
        if self._rows is None or not 0 <= row < len(self._order):
            return None
        return self._rows.row(self._order[row])

    def row_of(self, finding_id: str) -> int | None:
        """The row a finding is shown in; None where the filter hides it."""
        if self._places is None:
            lines = self._rows.lines if self._rows is not None else []
            self._places = {lines[place].id: row for row, place in enumerate(self._order)}
        return self._places.get(finding_id)

    def is_open(self, finding_id: str) -> bool:
        """Whether a finding is here, shown or not, and not settled."""
        place = self._rows.place_of(finding_id) if self._rows is not None else None
        return self._rows is not None and place is not None and self._rows.lines[place].closed_on is None

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = Column(index.column())
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return _TEXTS[column](row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(column, row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column_title(column)}: {_spoken(column, row)}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return column_title(Column(section)) if role == Qt.ItemDataRole.DisplayRole else None

    def _reset(self) -> None:
        self.beginResetModel()
        self._take(self._shown())
        self.endResetModel()

    def _shown(self) -> list[int]:
        if self._rows is None:
            return []
        return self._rows.shown(self._filter, self._column, is_descending=self._is_descending)

    def _take(self, order: list[int]) -> None:
        self._order, self._places = order, None

    def _follow(self, finding_id: str, old: int | None) -> None:
        """Bring one row where it now belongs, or in, or out; all others keep theirs."""
        order = self._shown()
        place = self._rows.place_of(finding_id) if self._rows is not None else None
        new = order.index(place) if place in order else None
        if old is None and new is None:
            self._take(order)
        elif old is None and new is not None:
            self.beginInsertRows(_NO_INDEX, new, new)
            self._take(order)
            self.endInsertRows()
        elif old is not None and new is None:
            self.beginRemoveRows(_NO_INDEX, old, old)
            self._take(order)
            self.endRemoveRows()
        elif old is not None and new is not None:
            if old != new:
                self.beginMoveRows(_NO_INDEX, old, old, _NO_INDEX, new + 1 if new > old else new)
                self._take(order)
                self.endMoveRows()
            self._take(order)
            self._touched(new)

    def _touched(self, row: int | None) -> None:
        if row is not None:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))


def _tip(column: Column, row: FindingRow) -> str | None:
    if column is Column.STATEMENT:
        return plain_tip("\n".join(filter(None, (row.line.statement, marks_text(row)))))
    if column is Column.STAGE and row.has_late_work:
        return _("An action is overdue.")
    return None


def _spoken(column: Column, row: FindingRow) -> str:
    words = [_TEXTS[column](row) or _("none")]
    if column is Column.STATEMENT:
        words.append(marks_text(row))
    elif column is Column.DUE and row.is_overdue:
        words.append(_("overdue"))
    elif column is Column.STAGE and row.has_late_work:
        words.append(_("an action is overdue"))
    return ", ".join(filter(None, words))


def _label(row: FindingRow) -> str:
    return row.label


def _grade(row: FindingRow) -> str:
    return grade_title(row.grade)


def _process(row: FindingRow) -> str:
    return row.process_text


def _owner(row: FindingRow) -> str:
    return row.line.owner


_TEXTS: Final[dict[Column, Callable[[FindingRow], str]]] = {
    Column.NUMBER: _label,
    Column.GRADE: _grade,
    Column.STATEMENT: statement_text,
    Column.PROCESS: _process,
    Column.OWNER: _owner,
    Column.DUE: due_text,
    Column.STAGE: stage_text,
}
