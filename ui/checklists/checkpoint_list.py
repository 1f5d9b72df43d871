"""The list of checkpoints a coach rates in: it holds the keyboard, and its cells can be clicked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyleOptionViewItem, QToolTip, QWidget

from qma_app import design
from qma_app.domain.ids import CheckpointId
from qma_app.domain.rating import Outcome
from qma_app.i18n import _
from qma_app.services.checklist import ChecklistRow
from ui import theme
from ui.checklists.card import CardContext
from ui.checklists.incoming import can_come_in
from ui.checklists.words import Words
from ui.models.checklist_rows import ChecklistModel, Index
from ui.widgets.checkpoint_delegate import CheckpointDelegate, Hit
from ui.widgets.labels import plain_tip

_MOVING = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)


class CheckpointList(QListView):
    """Keys other than those that move are left to the page, so that one map holds them all."""

    moved = Signal()  # another checkpoint is the current one
    cell_chosen = Signal(int)  # a cell of the current checkpoint was clicked
    dropped = Signal(object, object)  # QMimeData, CheckpointId it was dropped on
    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = ChecklistModel(self)
        self.cards = CheckpointDelegate(self.rows, self)
        self._pressed: tuple[Hit, QRect] | None = None
        self._drop_row = -1
        self._arriving = -1
        self._laid_out: tuple[int, ...] = ()
        self._option = QStyleOptionViewItem()
        self.setModel(self.rows)
        self.setItemDelegate(self.cards)
        self.setAccessibleName(_("Checkpoints"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.verticalScrollBar().setSingleStep(theme.px(40))

    def use(self, context: CardContext | None) -> None:
        """Paint with these words and rules; the rows are shown anew."""
        self.cards.use(context)
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def show_rows(
        self, rows: Sequence[ChecklistRow], words: Words, at: CheckpointId | None, *, has_headings: bool
    ) -> None:
        """Show other checkpoints, with one of them current: its larger card is laid out from the beginning."""
        places = (place for place, row in enumerate(rows) if row.checkpoint.id == at)
        self._arriving = next(places, -1)
        self.rows.show(rows, words, has_headings=has_headings)
        self._arriving = -1
        if at is not None:
            self.go_to(at)

    @property
    def current_id(self) -> CheckpointId | None:
        """The checkpoint that keys act on."""
        index = self.currentIndex()
        return self.rows.row_at(index.row()).checkpoint.id if index.isValid() else None

    def go_to(self, checkpoint_id: CheckpointId) -> bool:
        """Make a checkpoint the current one and show it; False when it is not in the list."""
        place = self.rows.place_of(checkpoint_id)
        if place is None:
            return False
        self.setCurrentIndex(self.rows.index(place))
        return True

    def step(self, by: int) -> bool:
        """Move up or down; False at the end."""
        place = self.currentIndex().row() + by
        if not 0 <= place < self.rows.rowCount():
            return False
        self.setCurrentIndex(self.rows.index(place))
        return True

    def card_rect(self) -> QRect:
        """Where the current card lies in the viewport."""
        index = self.currentIndex()
        card = self.cards.card_at(index.row()) if index.isValid() else None
        if card is None:
            return QRect()
        return card.frame.translated(QPointF(self.visualRect(index).topLeft())).toRect()

    def currentChanged(self, current: Index, previous: Index) -> None:
        if self.cards.current != current.row():
            self.cards.current = current.row()
            self.scheduleDelayedItemsLayout()
        super().currentChanged(current, previous)
        if current.isValid():
            self.executeDelayedItemsLayout()
            self.scrollTo(current)
        self.viewport().update()
        self.moved.emit()

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        # Qt lays the whole list out again; where no card changed its height, painting the touched rows is enough.
        if any(self._has_grown(place) for place in range(first.row(), last.row() + 1)):
            super().dataChanged(first, last, roles)
        else:
            QAbstractItemView.dataChanged(self, first, last, roles)

    def doItemsLayout(self) -> None:
        super().doItemsLayout()
        self._laid_out = self.cards.heights()

    def _has_grown(self, place: int) -> bool:
        # Qt asks the delegate for an item's rectangle, so the height that was laid out is known only here.
        height = self.cards.sizeHint(self._option, self.rows.index(place)).height()
        return place >= len(self._laid_out) or self._laid_out[place] != height

    def reset(self) -> None:
        super().reset()
        self.cards.current = self._arriving
        self.cards.hovered = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _MOVING and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            event.accept()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        hit = self._hit(event.position())
        if event.button() is Qt.MouseButton.LeftButton and hit is not None and hit.cell is not None:
            # The card grows when it becomes the current one: what counts is the cell that was under the pointer.
            at = event.position().toPoint()
            self._pressed = (hit, QRect(at, at).adjusted(-20, -20, 20, 20))
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if pressed is None or not pressed[1].contains(event.position().toPoint()):
            return
        hit = pressed[0]
        if hit.cell is not None and hit.row == self.currentIndex().row():
            self.cell_chosen.emit(hit.cell)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        # Two quick clicks on two cells are two ratings, not a double click.
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self._hit(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self.menu_wanted.emit(self.viewport().mapToGlobal(self.card_rect().center()))
            return
        index = self.indexAt(self.viewport().mapFromGlobal(event.globalPos()))
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu_wanted.emit(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_focus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_focus(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # The room of the scroll bar is kept free, so that cards do not change their width when it comes and goes.
        width = self.width() - self.verticalScrollBar().sizeHint().width()
        if width != self.cards.width:
            self.cards.width = width
            self.scheduleDelayedItemsLayout()
        super().resizeEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain_tip(self._tip(QPointF(event.pos()))), self.viewport())
            return True
        return super().viewportEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._may_drop() and can_come_in(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        row = self.indexAt(event.position().toPoint()).row()
        if self._may_drop() and row >= 0 and can_come_in(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()
        self._show_drop(row)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_drop(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self._show_drop(-1)
        if index.isValid() and self._may_drop():
            event.acceptProposedAction()
            self.setCurrentIndex(index)
            self.dropped.emit(event.mimeData(), self.rows.row_at(index.row()).checkpoint.id)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        index = self.rows.index(self._drop_row)
        card = self.cards.card_at(self._drop_row) if index.isValid() else None
        if card is not None:
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.current().colour("accent"), 2, Qt.PenStyle.DashLine))
            area = card.frame.translated(QPointF(self.visualRect(index).topLeft())).adjusted(2, 2, -2, -2)
            painter.drawRoundedRect(area, design.RADIUS_CARD, design.RADIUS_CARD)

    def _hit(self, at: QPointF) -> Hit | None:
        index = self.indexAt(at.toPoint())
        if not index.isValid():
            return None
        return Hit(
            index.row(), self.cards.cell_at(index.row(), at - QPointF(self.visualRect(index).topLeft()))
        )

    def _hover(self, hit: Hit | None) -> None:
        before = self.cards.hovered
        if hit == before:
            return
        self.cards.hovered = hit
        is_on_cell = hit is not None and hit.cell is not None
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if is_on_cell else Qt.CursorShape.ArrowCursor
        )
        for one in (before, hit):
            if one is not None:
                self.viewport().update(self.visualRect(self.rows.index(one.row)))

    def _tip(self, at: QPointF) -> str:
        hit, context = self._hit(at), self.cards.context
        if hit is None or hit.cell is None or context is None:
            return ""
        cell, row = context.cells[hit.cell], self.rows.row_at(hit.row)
        if cell.outcome is Outcome.RATED and cell.points is not None:
            text = _("{points}: {word} (key {key})").format(
                points=cell.points, word=context.words.step(cell.points), key=hit.cell + 1
            )
        else:
            text = _("not seen (U)") if cell.outcome is Outcome.NOT_SEEN else _("not applicable (N)")
        was_last = context.shows_last(row) and row.last is not None and row.last.points == cell.points
        return f"{text}\n{context.last_text(row)} (S)" if was_last and cell.points is not None else text

    def _may_drop(self) -> bool:
        return self.cards.context is not None and not self.cards.context.is_read_only

    def _show_drop(self, row: int) -> None:
        if row != self._drop_row:
            self._drop_row = row
            self.viewport().update()

    def _show_focus(self, has_focus: bool) -> None:
        self.cards.has_focus = has_focus
        self.viewport().update(self.visualRect(self.currentIndex()))
