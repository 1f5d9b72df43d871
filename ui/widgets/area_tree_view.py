"""How an outline of areas and processes looks and moves, whatever stands at the right end of its rows."""

from __future__ import annotations

from abc import abstractmethod
from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from qma_app import design
from qma_app.i18n import _
from ui import theme
from ui.models.area_tree import AreaTreeModel, Index
from ui.widgets.icons import paint_icon

_MOVING: Final = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class AreaTreeView(QTreeView):
    """A flat tree without head and lines; keys it does not move by go on to the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Areas and processes"))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setTabKeyNavigation(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        index = self.currentIndex()
        if is_plain and index.isValid() and self.took_key(Qt.Key(event.key()), index):
            return
        if is_plain and event.key() in _MOVING:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def took_key(self, key: Qt.Key, index: Index) -> bool:
        """Whether a key without Ctrl, Alt or Shift did something with the row it is pressed on."""
        return False

    def turn(self, index: Index) -> None:
        """Fold an area, or unfold it."""
        self.setExpanded(index, not self.isExpanded(index))


class AreaTreeDelegate(QStyledItemDelegate):
    """Paints a row: chevron or number, title, and at the right end what the outline has to say."""

    def __init__(self, view: AreaTreeView, tree: AreaTreeModel, *, row: int) -> None:
        super().__init__(view)
        self._view, self._tree, self._row = view, tree, row

    @abstractmethod
    def paint_end(self, painter: QPainter, area: QRect, index: Index, *, is_strong: bool) -> int:
        """Paint what stands at the right end; give where it begins."""

    def is_chosen(self, index: Index) -> bool:
        """Whether a selected row stands out as the one whose checkpoints are shown."""
        return True

    def holds_chosen(self, index: Index) -> bool:
        """Whether an area is written strong because something in it is shown."""
        return False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(1, theme.px(self._row))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, area = theme.current(), QRect(option.rect)
        state: QStyle.StateFlag = option.state
        is_area = self._tree.is_area(index)
        is_current = bool(state & QStyle.StateFlag.State_Selected) and self.is_chosen(index)
        is_strong = is_current or (is_area and self.holds_chosen(index))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, area, state, is_current=is_current)
        left = area.left() + look.px(8)
        if is_area:
            chevron = "chevron-down" if self._view.isExpanded(index) else "chevron-right"
            side = look.px(14)
            paint_icon(painter, chevron, "muted", QRect(left, area.center().y() - side // 2, side, side))
        right = self.paint_end(painter, area, index, is_strong=is_strong)
        words = QRect(QPoint(left + look.px(19 if is_area else 11), area.top()), QSize(0, area.height()))
        painter.setFont(look.font(design.SIZE_BODY, "strong" if is_strong else "regular"))
        self._paint_words(painter, words, right, index, is_current=is_current)
        painter.restore()

    def _paint_words(
        self, painter: QPainter, words: QRect, right: int, index: Index, *, is_current: bool
    ) -> None:
        look, number = theme.current(), self._tree.number(index)
        if number:
            width = painter.fontMetrics().horizontalAdvance(f"{_widest(number)} ") + look.px(2)
            words.setWidth(width)
            painter.setPen(look.colour("accent" if is_current else "muted"))
            painter.drawText(words, _LEFT, number)
            words.moveLeft(words.left() + width)
        words.setWidth(right - words.left() - look.px(6))
        painter.setPen(look.colour("accent" if is_current else "text"))
        title = self._tree.title(index)
        painter.drawText(
            words, _LEFT, painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, words.width())
        )

    def _paint_ground(
        self, painter: QPainter, area: QRect, state: QStyle.StateFlag, *, is_current: bool
    ) -> None:
        look = theme.current()
        ground = "accent-tint" if is_current else "raised" if state & QStyle.StateFlag.State_MouseOver else ""
        has_ring = bool(state & QStyle.StateFlag.State_HasFocus) and self._view.hasFocus()
        if not ground and not has_ring:
            return
        painter.setPen(QPen(look.colour("focus"), 2) if has_ring else Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), design.RADIUS_CARD, design.RADIUS_CARD)


def _widest(number: str) -> str:
    """As wide as any number of the same length, so that titles stand below one another."""
    return "".join("0" if sign.isdecimal() else sign for sign in number)
