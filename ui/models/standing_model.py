"""Gives the table of Today its areas against assessments, announcing only the rows that became different."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from qma_app.i18n import _
from ui.widgets.labels import plain_tip

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX: Final = QModelIndex()


@dataclass(frozen=True, kw_only=True, slots=True)
class StandingColumn:
    """One assessment; `title` is the head of the column, `name` what is said of it aloud."""

    id: str
    title: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StandingRow:
    """One area: a level and its figure for each assessment, and where it stands now with the words for that.

    `own` is a short word on how the department sees itself (`Self +6`), shown behind the bar; `own_text` says it whole.
    `behind` are the codes of what the row is made of, shown behind the title; `behind_text` says it whole.
    """

    id: str
    title: str
    levels: tuple[Fraction | None, ...]
    figures: tuple[str, ...]
    standing: Fraction | None
    standing_text: str
    own: str = ""
    own_text: str = ""
    behind: str = ""
    behind_text: str = ""


class StandingModel(QAbstractTableModel):
    """Frozen rows; only those that became different are announced."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[StandingColumn, ...] = ()
        self.rows: tuple[StandingRow, ...] = ()

    def show_rows(self, columns: Sequence[StandingColumn], rows: Sequence[StandingRow]) -> None:
        """Show these; where areas and assessments are the same, only changed rows are painted again."""
        new_columns, new_rows = tuple(columns), tuple(rows)
        if new_columns == self.columns and [row.id for row in new_rows] == [row.id for row in self.rows]:
            touched = [place for place, row in enumerate(new_rows) if row != self.rows[place]]
            self.rows = new_rows
            for place in touched:
                self.dataChanged.emit(self.index(place, 0), self.index(place, self.columnCount() - 1))
            return
        self.beginResetModel()
        self.columns, self.rows = new_columns, new_rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns) + 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, place = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, place)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (row.title, self._spoken(row, place))))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(" · ".join(filter(None, (row.title, self._spoken(row, place)))))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        if section == 0:
            return ""
        return self.columns[section - 1].title if section <= len(self.columns) else _("to the pass mark")

    def is_bar(self, column: int) -> bool:
        """Whether a column holds the bar of the standing."""
        return column == len(self.columns) + 1

    def _text(self, row: StandingRow, place: int) -> str:
        if place == 0:
            return row.title
        if self.is_bar(place):
            return f"{row.standing_text} · {row.own}" if row.own else row.standing_text
        return row.figures[place - 1]

    def _spoken(self, row: StandingRow, place: int) -> str:
        if place == 0:
            return row.behind_text
        if self.is_bar(place):
            return " · ".join(filter(None, (row.standing_text, row.own_text)))
        return f"{self.columns[place - 1].name}: {row.figures[place - 1]}"
