"""The outline of an edition at the left: its areas and processes, with counts and where a language is incomplete."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from qma_app import design
from qma_app.domain.ids import AreaId, ProcessId
from ui import theme
from ui.models.area_tree import Index
from ui.models.standards_outline import StandardsOutlineModel
from ui.widgets.area_tree_view import AreaTreeDelegate, AreaTreeView
from ui.widgets.chips import chip_size, paint_chip

ROW = 32


class StandardsOutline(AreaTreeView):
    """`opened` when an area or process is chosen, with whether the keyboard is to go to its checkpoints."""

    opened = Signal(object, object, bool)  # AreaId, ProcessId or None, whether by click or Enter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = StandardsOutlineModel(self)
        self._is_showing = False
        self.setModel(self.tree)
        self.setItemDelegate(_Delegate(self, self.tree, row=ROW))

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

    def took_key(self, key: Qt.Key, index: Index) -> bool:
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(index, is_entered=True)
        elif key == Qt.Key.Key_Space:
            self.turn(index)
        else:
            return False
        return True

    def mouseReleaseEvent(self, event: object) -> None:
        super().mouseReleaseEvent(event)  # type: ignore[arg-type]  # Qt hands over a QMouseEvent
        index = self.currentIndex()
        branch = self.tree.branch(index)
        if branch is not None and branch.process is None:
            self.turn(index)
        self._open(index, is_entered=True)

    def _open(self, index: Index, *, is_entered: bool) -> None:
        branch = self.tree.branch(index)
        if branch is not None:
            process_id = branch.process.id if branch.process is not None else None
            self.opened.emit(branch.area.id, process_id, is_entered)


class _Delegate(AreaTreeDelegate):
    _tree: StandardsOutlineModel

    def paint_end(self, painter: QPainter, area: QRect, index: Index, *, is_strong: bool) -> int:
        """The count, a chip with the incomplete language before it."""
        look, branch = theme.current(), self._tree.branch(index)
        right = area.right() - look.px(9)
        if branch is None:
            return right
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
