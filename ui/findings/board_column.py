"""One stage of the board: its name and count, and the cards that hang in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QListView, QStackedLayout, QVBoxLayout, QWidget

from qma_app import design
from qma_app.domain.action import Stage
from qma_app.domain.wording import stage_title
from qma_app.i18n import _
from ui import theme
from ui.findings.board_card import CardDelegate
from ui.models.findings_board import ActionCard, BoardColumnModel
from ui.widgets.labels import PlainLabel

_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def belongs_here(stage: Stage) -> str:
    """What an empty column is for."""
    return {
        Stage.PLAN: _("Agreed, not yet begun: who does what until when."),
        Stage.DO: _("Begun, not yet done."),
        Stage.CHECK: _("Done. Here it waits until somebody looks whether it worked."),
        Stage.ACT: _("Its effect was shown. Write it down as the new way of working."),
    }[stage]


class CardList(QListView):
    """Cards below one another, chosen and moved by keys or carried by the mouse.

    `stepped` is an arrow to the next column, `move_wanted` the same with Shift or Ctrl, each -1 or 1.
    """

    chosen = Signal(str)
    opened = Signal(str)
    stepped = Signal(int)
    move_wanted = Signal(str, int)
    carried = Signal(str, QPoint)
    dropped = Signal(str, QPoint)
    let_go = Signal()

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = BoardColumnModel(self)
        self._kept = ""
        self._pressed: QPoint | None = None
        self._carried = ""
        self.setModel(self.cards)
        self.setItemDelegate(CardDelegate(self))
        self.setAccessibleName(stage_title(stage))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.cards.modelAboutToBeReset.connect(self._keep)
        self.cards.modelReset.connect(self._restore)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.doubleClicked.connect(self._double_clicked)

    @property
    def current_id(self) -> str:
        """The action chosen here; "" when none is."""
        index = self.currentIndex()
        has_one = index.isValid() and self.selectionModel().isSelected(index)
        return self.cards.cards[index.row()].action.id if has_one else ""

    def select(self, action_id: str) -> bool:
        """Choose a card and bring it into view; False when it does not hang here."""
        row = self.cards.row_of(action_id)
        return row is not None and self.select_row(row)

    def select_row(self, row: int) -> bool:
        """Choose the card at a place, or the last one before it; False in an empty column."""
        index = self.cards.index(min(row, self.cards.rowCount() - 1))
        if not index.isValid():
            return False
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        return True

    def select_none(self) -> None:
        """Nothing is chosen here."""
        self.selectionModel().clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, id = event.key(), self.current_id
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key), 0)
        sign = {"<": -1, ">": 1}.get(event.text(), 0)
        if self._carried and key == Qt.Key.Key_Escape:
            self._end_carrying()
        elif sign and id:
            self.move_wanted.emit(id, sign)
        elif step and event.modifiers() & (_SHIFT | _CTRL):
            if id:
                self.move_wanted.emit(id, step)
        elif step:
            self.stepped.emit(step)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and id:
            self.opened.emit(id)
        elif event.text() and event.text().isprintable() and not event.modifiers() & _CTRL:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        at = event.position().toPoint()
        is_on_card = event.button() is Qt.MouseButton.LeftButton and self.indexAt(at).isValid()
        self._pressed = at if is_on_card else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        far = (event.position().toPoint() - self._pressed).manhattanLength()
        if not self._carried and far >= QApplication.startDragDistance():
            self._carried = self.current_id
        if self._carried:
            self.carried.emit(self._carried, event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        carried = self._carried
        self._end_carrying()
        if carried:
            self.dropped.emit(carried, event.globalPosition().toPoint())
        else:
            super().mouseReleaseEvent(event)

    def _end_carrying(self) -> None:
        self._pressed = None
        if self._carried:
            self._carried = ""
            self.let_go.emit()

    def _keep(self) -> None:
        self._kept = self.current_id

    def _restore(self) -> None:
        if self._kept:
            self.select(self._kept)

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self.cards.cards[current.row()].action.id)

    def _double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self.cards.cards[index.row()].action.id)


class BoardColumn(QWidget):
    """A stage with its cards, or a sentence on what belongs there; it lights up while a card is carried over it."""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = stage
        self._is_lit = False
        self.title = PlainLabel(stage_title(stage), role="strong")
        self.list = CardList(stage)
        self.nothing = PlainLabel(belongs_here(stage), role="small", tone="muted", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        side = theme.px(10)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.px(8))
        column.addWidget(self.title)
        self._parts = QStackedLayout()
        self._parts.addWidget(self.list)
        self._parts.addWidget(self.nothing)
        column.addLayout(self._parts, 1)

    def show_cards(self, cards: Sequence[ActionCard]) -> None:
        """Show these and count them."""
        self.list.cards.show_cards(cards)
        self.title.setText(f"{stage_title(self.stage)}  {len(cards)}")
        self._parts.setCurrentIndex(0 if cards else 1)

    def light(self, *, is_on: bool) -> None:
        """Show that a card would be dropped here."""
        if is_on != self._is_lit:
            self._is_lit = is_on
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.colour("accent" if self._is_lit else "raised"))
        painter.setBrush(look.colour("accent-tint" if self._is_lit else "raised"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), design.RADIUS_CARD, design.RADIUS_CARD)
