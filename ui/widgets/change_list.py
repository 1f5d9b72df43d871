"""The list of changes at the upgrade desk, decided line by line or several at once with single keys."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from qma_app.domain.upgrade_proposals import Decision
from qma_app.i18n import _
from ui import theme
from ui.models.upgrade_model import ROW_ROLE, UpgradeModel
from ui.models.upgrade_rows import ChangeRow, GroupRow
from ui.widgets.upgrade_delegate import DECISION_WIDTH, PADDING

_KEYS: Final = {Qt.Key.Key_C: Decision.CARRY, Qt.Key.Key_A: Decision.ASK, Qt.Key.Key_Space: None}


_BACKWARDS: Final = (
    QAbstractItemView.CursorAction.MoveUp,
    QAbstractItemView.CursorAction.MovePrevious,
    QAbstractItemView.CursorAction.MovePageUp,
)


class ChangeList(QListView):
    """The changes; C carries, A asks again, Space changes over; several lines can be chosen with Shift."""

    decided = Signal(object)  # Decision, or None to change over

    def __init__(self, model: UpgradeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(_("Changes"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if key in _KEYS and plain:
            self.decided.emit(_KEYS[key])
            return
        super().keyPressEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """On to the next line that can be chosen: the heads of groups are stepped over."""
        index = super().moveCursor(action, modifiers)
        step = -1 if action in _BACKWARDS else 1
        while isinstance(index.data(ROW_ROLE), GroupRow):
            index = index.siblingAtRow(index.row() + step)
        return index if index.isValid() else self.currentIndex()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = index.data(ROW_ROLE) if index.isValid() else None
        edge = self.viewport().width() - theme.px(DECISION_WIDTH + PADDING)
        if isinstance(row, ChangeRow) and row.may_be_decided and event.position().x() >= edge:
            self.decided.emit(None)

    def keyboardSearch(self, search: str) -> None:
        """Letters decide; words are looked for in the filter."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
