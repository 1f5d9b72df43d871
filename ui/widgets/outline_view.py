"""The outline at the left: areas and processes with their progress, remembering what is unfolded."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from qma_app import design
from qma_app.domain.ids import AreaId, ProcessId
from ui import theme
from ui.models.area_tree import Index
from ui.models.checklist_outline import OutlineModel
from ui.widgets.area_tree_view import AreaTreeDelegate, AreaTreeView
from ui.widgets.icons import paint_icon

ROW = 34


class OutlineView(AreaTreeView):
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
        self.setItemDelegate(_OutlineDelegate(self, self.tree, row=ROW))
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

    def took_key(self, key: Qt.Key, index: Index) -> bool:
        process = self.tree.process_at(index)
        is_enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if process is None and (is_enter or key == Qt.Key.Key_Space):
            self.turn(index)
        elif process is not None and is_enter:
            self.opened.emit(process.process.id, True)
        elif process is not None and key == Qt.Key.Key_N:
            self.process_left_out.emit(process.process.id)
        else:
            return False
        return True

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            return
        process = self.tree.process_at(index)
        if process is None:
            self.turn(index)
        else:
            self.opened.emit(process.process.id, True)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        process = self.tree.process_at(self.indexAt(self.viewport().mapFromGlobal(event.globalPos())))
        self.menu_wanted.emit(process.process.id if process is not None else None, event.globalPos())

    def _unfolded(self) -> None:
        if not self._is_showing:
            self.unfolded_changed.emit()


class _OutlineDelegate(AreaTreeDelegate):
    _tree: OutlineModel

    def is_chosen(self, index: Index) -> bool:
        return not self._tree.is_area(index)

    def holds_chosen(self, index: Index) -> bool:
        current = self._view.currentIndex()
        return current.isValid() and current.parent().isValid() and current.parent().row() == index.row()

    def paint_end(self, painter: QPainter, area: QRect, index: Index, *, is_strong: bool) -> int:
        """The progress, and a tick where everything is decided."""
        look, tree = theme.current(), self._tree
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
