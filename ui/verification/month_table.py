"""The plain table of months: typed cell by cell, pasted from a spreadsheet, walked by keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from qma_app.i18n import _
from ui import theme
from ui.models.readings_model import Fault, Index, Part, ReadingsModel

_WIDTHS = {Part.MONTH: 108, Part.NUMERATOR: 200, Part.DENOMINATOR: 170, Part.VALUE: 100}


class MonthTable(QTableView):
    """Letters, F2 or Enter write in a cell, Tab goes on to the next one, Del takes months out, Ctrl+V pastes, Ctrl+Z goes back.

    `refused` carries what is wrong with a pasted table that was left out.
    """

    refused = Signal(object)
    pasted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.readings = ReadingsModel(self)
        self.setModel(self.readings)
        self.setItemDelegate(_CellDelegate(self))
        self.setAccessibleName(_("Months"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setDefaultSectionSize(theme.px(36))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setMinimumSectionSize(theme.px(60))
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._place = (0, 0)
        self.readings.modelAboutToBeReset.connect(self._keep_place)
        self.readings.modelReset.connect(self._fit)

    def go_to(self, fault: Fault) -> None:
        """Put the cursor into a cell that is to be mended."""
        index = self.readings.index(fault.row, self.readings.parts.index(fault.part))
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_end(self) -> None:
        """Put the cursor into the empty row."""
        self.setCurrentIndex(self.readings.index(self.readings.rowCount() - 1, 0))
        self.scrollToBottom()

    def paste(self) -> None:
        """Take what is on the clipboard: months, or the text of one cell."""
        text = QGuiApplication.clipboard().text()
        index = self.currentIndex()
        if not text.strip():
            return
        if not self.readings.is_table(text):
            if index.isValid() and self.readings.flags(index) & Qt.ItemFlag.ItemIsEditable:
                self.readings.setData(index, text)
            return
        problems = self.readings.paste(text)
        if problems:
            self.refused.emit(problems)
        else:
            self.pasted.emit()

    def remove(self) -> None:
        """Take the months of the chosen cells out."""
        rows = sorted({index.row() for index in (*self.selectedIndexes(), self.currentIndex())})
        column = max(0, self.currentIndex().column())
        if self.readings.remove(rows):
            self.setCurrentIndex(self.readings.index(min(rows[0], self.readings.rowCount() - 1), column))

    def event(self, event: QEvent) -> bool:
        # The dialog has no undo of its own, the window behind it has: these keys are meant for the table.
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.readings.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.readings.redo()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            index = self.currentIndex()
            if index.isValid() and self.readings.flags(index) & Qt.ItemFlag.ItemIsEditable:
                self.edit(index)
        else:
            super().keyPressEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """From cell to cell the computed value is stepped over."""
        index = super().moveCursor(action, modifiers)
        steps = (QAbstractItemView.CursorAction.MoveNext, QAbstractItemView.CursorAction.MovePrevious)
        if action in steps and index.isValid() and self.readings.parts[index.column()] is Part.VALUE:
            shift = 1 if action is QAbstractItemView.CursorAction.MoveNext else -1
            return index.siblingAtColumn(index.column() + shift)
        return index

    def _keep_place(self) -> None:
        index = self.currentIndex()
        self._place = (max(0, index.row()), max(0, index.column()))

    def _fit(self) -> None:
        head = self.horizontalHeader()
        for place, part in enumerate(self.readings.parts):
            if part in _WIDTHS:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Fixed)
                self.setColumnWidth(place, theme.px(_WIDTHS[part]))
            else:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        row = min(self._place[0], self.readings.rowCount() - 1)
        column = min(self._place[1], self.readings.columnCount() - 1)
        self.setCurrentIndex(self.readings.index(row, column))


class _CellDelegate(QStyledItemDelegate):
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        field = QLineEdit(parent)
        model = index.model()
        if isinstance(model, ReadingsModel):
            field.setAccessibleName(model.title_of(model.parts[index.column()]))
        return field

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(1, 1, -1, -1))


def _is_ours(event: QKeyEvent) -> bool:
    keys = (QKeySequence.StandardKey.Paste, QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
    return any(event.matches(one) for one in keys)
