"""A small table to type people into: Tab goes on, Enter begins the next person, and a piece of a spreadsheet can be pasted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from qma_app.i18n import _
from qma_app.services.people_lists import PersonRow, PersonWords, pasted_people
from ui import theme
from ui.widgets.icons import paint_icon

Index = QModelIndex | QPersistentModelIndex
_FIELDS: Final = ("name", "function", "email", "phone", "processes")
_NAME, _FUNCTION = 0, 1
PRINCIPAL, OFFICER = len(_FIELDS), len(_FIELDS) + 1
_SHARES: Final = (5, 5, 6, 4, 4)


@dataclass(frozen=True, kw_only=True, slots=True)
class TypedPerson:
    """One row as it stands in the table."""

    words: PersonWords
    is_principal: bool
    is_officer: bool


class _TickDelegate(QStyledItemDelegate):
    """A tick in the middle of its cell, as the boxes of the window look."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, area = theme.current(), option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, look.colour("accent-tint"))
        side = look.px(16)
        box = QRectF(area.center().x() - side / 2 + 0.5, area.center().y() - side / 2 + 0.5, side, side)
        is_on = _is_on(index)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("accent" if is_on else "control_edge"), 1))
        painter.setBrush(look.colour("accent" if is_on else "surface"))
        painter.drawRoundedRect(box, 4, 4)
        if is_on:
            paint_icon(painter, "check", "on_accent", box.adjusted(2, 2, -2, -2))
        painter.restore()

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        if event.type() is not QEvent.Type.MouseButtonRelease:
            return False
        turned = Qt.CheckState.Unchecked if _is_on(index) else Qt.CheckState.Checked
        here = model.index(index.row(), index.column())
        return model.setData(here, turned, Qt.ItemDataRole.CheckStateRole)


def _is_on(index: Index) -> bool:
    return Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked


class PeopleGrid(QTableWidget):
    """There is always an empty row at the end; who leads is guessed from the function until somebody ticks otherwise."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, len(_FIELDS) + 2, parent)
        self._is_filling = False
        self.setHorizontalHeaderLabels(
            [
                _("Name"),
                _("Function"),
                _("E-mail"),
                _("Phone"),
                _("Processes"),
                _("Principal"),
                _("Officer"),
            ]
        )
        self.setAccessibleName(_("People of the dealership"))
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setDefaultSectionSize(theme.px(34))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for column in (PRINCIPAL, OFFICER):
            self.setItemDelegateForColumn(column, _TickDelegate(self))
        self.itemChanged.connect(self._changed)
        self._add_row()

    def people(self) -> tuple[TypedPerson, ...]:
        """Every row, empty ones too, so that the number of a row is that of its place."""
        return tuple(self._person(row) for row in range(self.rowCount()))

    def count(self) -> int:
        """How many rows name somebody."""
        return sum(bool(self._text(row, _NAME)) for row in range(self.rowCount()))

    def add_people(self, people: Sequence[PersonWords]) -> None:
        """Put people below those who are there."""
        self._is_filling = True
        row = next((row for row in range(self.rowCount()) if self._is_empty(row)), self.rowCount())
        for place, words in enumerate(people, row):
            if place >= self.rowCount():
                self._add_row()
            for column, name in enumerate(_FIELDS):
                self._item(place, column).setText(getattr(words, name))
            self._guess(place)
        if not self._is_empty(self.rowCount() - 1):
            self._add_row()
        self._is_filling = False
        self.setCurrentCell(self.rowCount() - 1, _NAME)
        self.edited.emit()

    def remove_row(self) -> None:
        """Take the current row out."""
        row = self.currentRow()
        if 0 <= row < self.rowCount() - 1:
            self.removeRow(row)
            self.setCurrentCell(row, _NAME)
            self.edited.emit()

    def take_focus(self) -> None:
        self.setFocus(Qt.FocusReason.TabFocusReason)
        if self.currentRow() < 0:
            self.setCurrentCell(self.rowCount() - 1, _NAME)

    def flush(self) -> None:
        """Take in what is being typed in a cell."""
        if self.state() is QAbstractItemView.State.EditingState:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        box = max(theme.px(66), *(self._head_width(column) for column in (PRINCIPAL, OFFICER)))
        room = self.viewport().width() - 2 * box
        for column, share in enumerate(_SHARES):
            self.setColumnWidth(column, room * share // sum(_SHARES))
        for column in (PRINCIPAL, OFFICER):
            self.setColumnWidth(column, box)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste(QGuiApplication.clipboard().text())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.state() is QAbstractItemView.State.EditingState:
                return  # the field is about to be closed, and goes on by itself
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier or self._is_empty(self.currentRow()):
                event.ignore()  # nothing more to type: the dialog goes on
            else:
                self.setCurrentCell(self.currentRow() + 1, _NAME)
        elif event.key() == Qt.Key.Key_Delete:
            self._clear_cell()
        elif event.key() == Qt.Key.Key_Space and self.currentColumn() in (PRINCIPAL, OFFICER):
            item = self._item(self.currentRow(), self.currentColumn())
            is_on = item.checkState() is Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked)
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache and not self._is_empty(
            self.currentRow()
        ):
            self.setCurrentCell(self.currentRow() + 1, _NAME)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        # Past the last word of a row the next one begins: the ticks are reached by the arrows.
        if action is QAbstractItemView.CursorAction.MoveNext and self.currentColumn() >= PRINCIPAL - 1:
            return self.model().index(min(self.currentRow() + 1, self.rowCount() - 1), _NAME)
        return super().moveCursor(action, modifiers)

    def _paste(self, text: str) -> None:
        people = pasted_people(text)
        if people and ("\t" in text or "\n" in text.strip()):
            self.add_people(people)
        elif self.currentColumn() < PRINCIPAL:
            self._item(self.currentRow(), self.currentColumn()).setText(" ".join(text.split()))

    def _clear_cell(self) -> None:
        if 0 <= self.currentColumn() < PRINCIPAL:
            self._item(self.currentRow(), self.currentColumn()).setText("")

    def _changed(self, item: QTableWidgetItem) -> None:
        if self._is_filling:
            return
        self._is_filling = True
        if item.column() == _FUNCTION:
            self._guess(item.row())
        elif item.column() in (PRINCIPAL, OFFICER) and item.checkState() is Qt.CheckState.Checked:
            self._only(item.row(), item.column())
        if not self._is_empty(self.rowCount() - 1):
            self._add_row()
        self._is_filling = False
        self.edited.emit()

    def _guess(self, row: int) -> None:
        """Tick who leads by the function, where nobody is ticked yet."""
        said = PersonRow(place="", name="", function=self._text(row, _FUNCTION))
        for column, is_meant in ((PRINCIPAL, said.is_principal), (OFFICER, said.is_officer)):
            if is_meant and not any(self._is_ticked(other, column) for other in range(self.rowCount())):
                self._item(row, column).setCheckState(Qt.CheckState.Checked)

    def _only(self, row: int, column: int) -> None:
        for other in range(self.rowCount()):
            if other != row:
                self._item(other, column).setCheckState(Qt.CheckState.Unchecked)

    def _add_row(self) -> None:
        was_filling, self._is_filling = self._is_filling, True
        row = self.rowCount()
        self.insertRow(row)
        for column in range(self.columnCount()):
            item = QTableWidgetItem("")
            if column >= PRINCIPAL:
                item.setFlags(
                    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
                )
                item.setCheckState(Qt.CheckState.Unchecked)
            self.setItem(row, column, item)
        self._is_filling = was_filling

    def _person(self, row: int) -> TypedPerson:
        words = {name: self._text(row, column) for column, name in enumerate(_FIELDS)}
        return TypedPerson(
            words=PersonWords(**words),
            is_principal=self._is_ticked(row, PRINCIPAL),
            is_officer=self._is_ticked(row, OFFICER),
        )

    def _item(self, row: int, column: int) -> QTableWidgetItem:
        item = self.item(row, column)
        assert item is not None
        return item

    def _text(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return item.text().strip() if item is not None else ""

    def _is_ticked(self, row: int, column: int) -> bool:
        item = self.item(row, column)
        return item is not None and item.checkState() is Qt.CheckState.Checked

    def _is_empty(self, row: int) -> bool:
        return not any(self._text(row, column) for column in range(len(_FIELDS)))

    def _head_width(self, column: int) -> int:
        item = self.horizontalHeaderItem(column)
        words = item.text() if item is not None else ""
        return self.horizontalHeader().fontMetrics().horizontalAdvance(words) + theme.px(24)
