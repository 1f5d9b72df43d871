"""The outline of an edition at the left: its areas and processes, with counts and where a language is incomplete."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from qma_app import design
from qma_app.domain.ids import AreaId, ProcessId
from qma_app.i18n import _
from ui import theme
from ui.models.standards_outline import Branch, StandardsOutlineModel
from ui.widgets.chips import chip_size, paint_chip
from ui.widgets.icons import paint_icon

ROW = 32
Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_MOVING = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)


class StandardsOutline(QTreeView):
    """`opened` when an area or process is chosen, with whether the keyboard is to go to its checkpoints."""

    opened = Signal(object, object, bool)  # AreaId, ProcessId or None, whether by click or Enter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = StandardsOutlineModel(self)
        self._is_showing = False
        self.setModel(self.tree)
        self.setItemDelegate(_Delegate(self))
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

    def show_branch(self, area_id: AreaId | None, process_id: ProcessId | None) -> None:
        """Point at what the list shows; without an area at nothing."""
        index = self.tree.index_of(area_id, process_id) if area_id is not None else QModelIndex()
        self._is_showing = True
        if index.isValid():
            if index.parent().isValid():
                self.setExpanded(index.parent(), True)
            self.setCurrentIndex(index)
        else:
            self.selectionModel().clear()
        self._is_showing = False
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if not self._is_showing:
            self._open(current, is_entered=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self._open(index, is_entered=True)
        elif is_plain and event.key() == Qt.Key.Key_Space and index.isValid():
            self.setExpanded(index, not self.isExpanded(index))
        elif is_plain and event.key() in _MOVING:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: object) -> None:
        super().mouseReleaseEvent(event)  # type: ignore[arg-type]  # Qt hands over a QMouseEvent
        index = self.currentIndex()
        branch = self.tree.branch(index)
        if branch is not None and branch.process is None:
            self.setExpanded(index, not self.isExpanded(index))
        self._open(index, is_entered=True)

    def _open(self, index: Index, *, is_entered: bool) -> None:
        branch = self.tree.branch(index)
        if branch is not None:
            process_id = branch.process.id if branch.process is not None else None
            self.opened.emit(branch.area.id, process_id, is_entered)


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: StandardsOutline) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(1, theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        branch = self._view.tree.branch(index)
        if branch is None:
            return
        look, area = theme.current(), QRect(option.rect)
        state: QStyle.StateFlag = option.state
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, area, state, is_current=is_current)
        left = area.left() + look.px(8)
        if branch.process is None:
            chevron = "chevron-down" if self._view.isExpanded(index) else "chevron-right"
            side = look.px(14)
            paint_icon(painter, chevron, "muted", QRect(left, area.center().y() - side // 2, side, side))
        ink = "accent" if is_current else "text"
        right = self._paint_count(painter, area, branch, is_strong=is_current)
        words = QRect(left + look.px(19 if branch.process is None else 11), area.top(), 0, area.height())
        painter.setFont(look.font(design.SIZE_BODY, "strong" if is_current else "regular"))
        number = self._view.tree.number(branch)
        if number:
            width = painter.fontMetrics().horizontalAdvance("ABC-00 ") + look.px(2)
            words.setWidth(width)
            painter.setPen(look.colour("accent" if is_current else "muted"))
            painter.drawText(words, _LEFT, number)
            words.moveLeft(words.left() + width)
        words.setWidth(right - words.left() - look.px(6))
        painter.setPen(look.colour(ink))
        title = self._view.tree.title(branch)
        painter.drawText(
            words, _LEFT, painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, words.width())
        )
        painter.restore()

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

    def _paint_count(self, painter: QPainter, area: QRect, branch: Branch, *, is_strong: bool) -> int:
        """The count at the right end, a chip with the incomplete language before it; gives where it begins."""
        look = theme.current()
        right = area.right() - look.px(9)
        painter.setFont(look.font(design.SIZE_SMALL, "strong" if is_strong else "regular"))
        painter.setPen(look.colour("muted"))
        text = str(branch.count)
        width = painter.fontMetrics().horizontalAdvance(text)
        painter.drawText(
            QRect(right - width, area.top(), width + 1, area.height()), Qt.AlignmentFlag.AlignVCenter, text
        )
        right -= max(width, painter.fontMetrics().horizontalAdvance("00")) + look.px(5)
        for language in branch.lacking[:2]:
            words = f"{language.upper()} –"
            size = chip_size(words)
            chip = QRectF(
                right - size.width(), area.center().y() - size.height() / 2, size.width(), size.height()
            )
            paint_chip(painter, chip, words, "warn")
            right -= size.width() + look.px(3)
        return right
