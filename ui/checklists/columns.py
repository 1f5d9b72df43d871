"""The three columns of the page and how they fold: outline, checkpoints, inspector."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from qma_app import design
from qma_app.i18n import _
from ui import theme
from ui.checklists.assessment_button import AssessmentButton
from ui.checklists.banner import Banner
from ui.checklists.checkpoint_list import CheckpointList
from ui.checklists.process_head import ProcessHead
from ui.checklists.reason_bar import ReasonBar
from ui.settings import Settings
from ui.widgets.empty_state import EmptyState
from ui.widgets.evidence_strip import Thumbnail
from ui.widgets.inspector import Inspector
from ui.widgets.outline_view import OutlineView
from ui.window_state import keep_splitter, restore_splitter

OUTLINE, INSPECTOR = 250, 350
_NAME = "checklists"


class OutlineColumn(QWidget):
    """The open assessment, and its areas and processes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.assessment = AssessmentButton()
        self.outline = OutlineView()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 4, 8)
        column.setSpacing(6)
        column.addWidget(self.assessment)
        column.addWidget(self.outline, 1)


class FindField(QLineEdit):
    """Finds checkpoints by their words; Esc empties and leaves it, Enter and Down go to what was found."""

    left = Signal(bool)  # whether the search is over

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(_("Find in this assessment: number, words, notes"))
        self.setAccessibleName(_("Find checkpoints"))
        self.setVisible(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit(True)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit(False)
        else:
            super().keyPressEvent(event)


class CheckpointColumn(QWidget):
    """Head, banner and the list; where the filter finds nothing it says so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = ProcessHead()
        self.search = FindField()
        self.banner = Banner()
        self.list = CheckpointList()
        self.reason = ReasonBar(self.list)
        self.nothing = EmptyState(
            "circle-check", _("No checkpoint here matches the filter."), _("Show all checkpoints"), keys="Esc"
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 6, 0)
        column.setSpacing(10)
        top = QVBoxLayout()
        top.setContentsMargins(0, 0, 12, 0)
        top.setSpacing(8)
        for widget in (self.head, self.search, self.banner):
            top.addWidget(widget)
        column.addLayout(top)
        column.addWidget(self.stack, 1)

    def show_list(self, *, has_rows: bool) -> None:
        """The list, or that there is nothing in it."""
        self.stack.setCurrentWidget(self.list if has_rows else self.nothing)


class Columns(QSplitter):
    """Remembers how it was divided; the inspector folds in narrow windows and comes back when called."""

    inspector_shown = Signal(bool)

    def __init__(self, settings: Settings, thumbnail: Thumbnail, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._settings = settings
        self._is_wanted = settings.flag("checklists_inspector", default=True)
        self._is_narrow = False
        self._is_called = False
        self._scale = theme.current().scale
        self.left = OutlineColumn()
        self.middle = CheckpointColumn()
        self.inspector = Inspector(thumbnail)
        for place, widget in enumerate((self.left, self.middle, self.inspector)):
            self.addWidget(widget)
            self.setStretchFactor(place, 1 if place == 1 else 0)
            self.setCollapsible(place, False)
        self._divide()
        restore_splitter(self, settings, _NAME)
        self.splitterMoved.connect(self._moved)
        self._show()

    @property
    def is_inspector_shown(self) -> bool:
        return not self.inspector.isHidden()

    def toggle_inspector(self) -> None:
        """I: show it where it is hidden, hide it where it is shown."""
        if self._is_narrow:
            self._is_called = not self._is_called
        else:
            self._is_wanted = not self._is_wanted
            self._settings.put("checklists_inspector", self._is_wanted)
        self._show()

    def call_inspector(self) -> None:
        """Have it on screen for what is done in it now."""
        if not self.is_inspector_shown:
            self._is_called = True
            self._show()

    def release_inspector(self) -> None:
        """What it was called for is done."""
        if self._is_called:
            self._is_called = False
            self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and theme.current().scale != self._scale:
            self._scale = theme.current().scale
            self._divide()
            self._fold()

    def _divide(self) -> None:
        """As wide as their words need at the size of type in force."""
        self.left.setMinimumWidth(theme.px(150))
        self.middle.setMinimumWidth(theme.px(300))
        self.inspector.setMinimumWidth(theme.px(240))
        self.setSizes([theme.px(OUTLINE), 10_000, theme.px(INSPECTOR)])

    def _fold(self) -> None:
        is_narrow = self.window().width() < theme.px(design.FOLD_INSPECTOR_BELOW)
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._is_called = False
            self._show()

    def _show(self) -> None:
        # In a narrow window the checkpoints keep their room: the outline steps aside for the inspector.
        self.left.setVisible(not (self._is_narrow and self._is_called))
        is_shown = self._is_called or (self._is_wanted and not self._is_narrow)
        if is_shown == self.is_inspector_shown:
            return
        self.inspector.setVisible(is_shown)
        self.inspector_shown.emit(is_shown)

    def _moved(self) -> None:
        keep_splitter(self, self._settings, _NAME)
