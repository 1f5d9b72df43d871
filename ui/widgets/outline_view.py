"""The outline at the left: areas and processes with their progress, remembering what is unfolded."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from qma_app import design
from qma_app.domain.ids import AreaId, ProcessId
from qma_app.i18n import _
from ui import theme
from ui.models.checklist_outline import OutlineModel
from ui.widgets.icons import paint_icon

ROW = 34
Index = QModelIndex | QPersistentModelIndex


class OutlineView(QTreeView):
    """`opened` when a process is chosen, with whether the keyboard is to go to its checkpoints."""

    opened = Signal(object, bool)  # ProcessId, whether by click or Enter
    process_left_out = Signal(object)  # ProcessId: N on a process
    menu_wanted = Signal(object, QPoint)  # ProcessId or None
    unfolded_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = OutlineModel(self)
        self._is_showing = False
        self.setModel(self.tree)
        self.setItemDelegate(_OutlineDelegate(self))
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
        self.expanded.connect(self._unfolded)
        self.collapsed.connect(self._unfolded)

    @property
    def unfolded(self) -> frozenset[AreaId]:
        """The areas whose processes are shown."""
        found = set()
        for row in range(self.tree.rowCount()):
            index = self.tree.index(row, 0)
            area = self.tree.area_at(index)
            if area is not None and self.isExpanded(index):
                found.add(area.area.id)
        return frozenset(found)

    def unfold(self, areas: frozenset[AreaId]) -> None:
        """Show the processes of these areas, and of no other."""
        self._is_showing = True
        for row in range(self.tree.rowCount()):
            index = self.tree.index(row, 0)
            area = self.tree.area_at(index)
            self.setExpanded(index, area is not None and area.area.id in areas)
        self._is_showing = False

    def show_process(self, process_id: ProcessId | None) -> None:
        """Point at the process whose checkpoints are shown."""
        index = self.tree.index_of_process(process_id) if process_id is not None else QModelIndex()
        if index.isValid() and index != self.currentIndex():
            self._is_showing = True
            self.setExpanded(index.parent(), True)
            self.setCurrentIndex(index)
            self._is_showing = False
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        process = self.tree.process_at(current)
        if process is not None and not self._is_showing:
            self.opened.emit(process.process.id, False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        process, area = self.tree.process_at(index), self.tree.area_at(index)
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and process is not None:
            self.opened.emit(process.process.id, True)
        elif (
            is_plain
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
            and area is not None
        ):
            self.setExpanded(index, not self.isExpanded(index))
        elif is_plain and event.key() == Qt.Key.Key_N and process is not None:
            self.process_left_out.emit(process.process.id)
        elif is_plain and event.key() in _MOVING:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            return
        process = self.tree.process_at(index)
        if process is None:
            self.setExpanded(index, not self.isExpanded(index))
        else:
            self.opened.emit(process.process.id, True)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        process = self.tree.process_at(self.indexAt(self.viewport().mapFromGlobal(event.globalPos())))
        self.menu_wanted.emit(process.process.id if process is not None else None, event.globalPos())

    def _unfolded(self) -> None:
        if not self._is_showing:
            self.unfolded_changed.emit()


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


_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class _OutlineDelegate(QStyledItemDelegate):
    def __init__(self, view: OutlineView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(1, theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, tree = theme.current(), self._view.tree
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        is_area = tree.area_at(index) is not None
        is_current = bool(state & QStyle.StateFlag.State_Selected) and not is_area
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, area, state, is_current=is_current)
        left = area.left() + look.px(8)
        if is_area:
            chevron = "chevron-down" if self._view.isExpanded(index) else "chevron-right"
            side = look.px(14)
            paint_icon(painter, chevron, "muted", QRect(left, area.center().y() - side // 2, side, side))
        is_strong = is_current or (is_area and self._holds_current(index))
        ink = look.colour("accent" if is_current else "text")
        right = self._paint_progress(painter, area, index, is_strong=is_strong)
        words = QRect(left + look.px(19 if is_area else 11), area.top(), 0, area.height())
        painter.setFont(_font(is_strong=is_strong))
        number = tree.number(index)
        if number:
            width = painter.fontMetrics().horizontalAdvance(f"{_widest(number)} ") + look.px(2)
            words.setWidth(width)
            painter.setPen(look.colour("accent" if is_current else "muted"))
            painter.drawText(words, _LEFT, number)
            words.moveLeft(words.left() + width)
        words.setWidth(right - words.left() - look.px(6))
        painter.setPen(ink)
        text = painter.fontMetrics().elidedText(tree.title(index), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, _LEFT, text)
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

    def _paint_progress(self, painter: QPainter, area: QRect, index: Index, *, is_strong: bool) -> int:
        """Paints at the right end; gives where it begins."""
        look, tree = theme.current(), self._view.tree
        right = area.right() - look.px(9)
        text = tree.progress(index)
        if text:
            painter.setFont(look.font(design.SIZE_SMALL, "strong" if is_strong else "regular"))
            painter.setPen(look.colour("muted"))
            width = painter.fontMetrics().horizontalAdvance(text)
            painter.drawText(
                QRect(right - width, area.top(), width + 1, area.height()),
                Qt.AlignmentFlag.AlignVCenter,
                text,
            )
            right -= width + look.px(5)
        if tree.is_done(index):
            side = look.px(14)
            paint_icon(painter, "check", "ok", QRect(right - side, area.center().y() - side // 2, side, side))
            right -= side
        return right

    def _holds_current(self, index: Index) -> bool:
        current = self._view.currentIndex()
        return current.isValid() and current.parent().isValid() and current.parent().row() == index.row()


def _widest(number: str) -> str:
    """As wide as any number of the same length, so that titles stand below one another."""
    return "".join("0" if sign.isdecimal() else sign for sign in number)


def _font(*, is_strong: bool) -> QFont:
    return theme.current().font(design.SIZE_BODY, "strong" if is_strong else "regular")
