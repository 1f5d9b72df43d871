"""The three columns in which an edition is read, and how they fold: outline, checkpoints, reader."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from qma_app import design
from ui import theme
from ui.settings import Settings
from ui.window_state import keep_splitter, restore_splitter

OUTLINE, READER = 286, 400
_NAME = "standards"


class ReadColumns(QSplitter):
    """Remembers how it was divided; in narrow windows the reader takes the place of the outline when it is called."""

    turned = Signal(bool)  # whether the reader is there for now only, and can be closed

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._settings = settings
        self.is_narrow = False
        self._is_called = False
        self._is_wanted = settings.flag("standards_reader", default=True)
        self._is_wide = False
        self._scale = theme.current().scale
        self.splitterMoved.connect(self._moved)

    @property
    def is_over(self) -> bool:
        """Whether the reader stands where the outline was."""
        return self.is_narrow and self._is_called

    @property
    def is_passing(self) -> bool:
        """Whether the reader is on screen only because it was called, and goes again when it is closed."""
        return self._is_called and (self.is_narrow or not self._is_wanted)

    def fill(self, left: QWidget, middle: QWidget, right: QWidget) -> None:
        """The three columns from left to right."""
        for place, widget in enumerate((left, middle, right)):
            self.addWidget(widget)
            self.setStretchFactor(place, 1 if place == 1 else 0)
            self.setCollapsible(place, False)
        self._left, self._middle, self._right = left, middle, right
        self._divide()
        restore_splitter(self, self._settings, _NAME)
        self._show()

    def toggle(self) -> None:
        """Show the reader where it is hidden, hide it where it is shown."""
        if self.is_narrow:
            self._is_called = not self._is_called
        else:
            self._is_wanted, self._is_called = self._right.isHidden(), False
            self._settings.put("standards_reader", self._is_wanted)
        self._show()

    def call(self) -> None:
        """Have the reader on screen for now."""
        self._is_called = True
        self._show()

    def release(self) -> None:
        """What it was called for is done."""
        self._is_called = False
        self._show()

    def show_left(self) -> None:
        """The search field must be seen."""
        if self.is_narrow:
            self.release()

    def make_room(self, *, is_wide: bool) -> None:
        """Two languages side by side need a wider reader."""
        if is_wide != self._is_wide and self._right.isVisible():
            self._is_wide = is_wide
            self._divide()
        self._is_wide = is_wide

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.window().width() < theme.px(design.FOLD_INSPECTOR_BELOW)
        if is_narrow != self.is_narrow:
            self.is_narrow = is_narrow
            self._is_called = False
            self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and theme.current().scale != self._scale:
            self._scale = theme.current().scale
            self._divide()

    def _divide(self) -> None:
        self._left.setMinimumWidth(theme.px(170))
        self._middle.setMinimumWidth(theme.px(300))
        self._right.setMinimumWidth(theme.px(280))
        reader = theme.px(READER)
        if self._is_wide:
            reader = max(reader, min(theme.px(620), (self.width() - theme.px(OUTLINE)) * 58 // 100))
        self.setSizes([theme.px(OUTLINE), max(300, self.width() - theme.px(OUTLINE) - reader), reader])

    def _show(self) -> None:
        self._left.setVisible(not self.is_over)
        is_shown = self._is_called or (self._is_wanted and not self.is_narrow)
        if is_shown == self._right.isHidden():
            self._right.setVisible(is_shown)
        self.turned.emit(self.is_passing)

    def _moved(self) -> None:
        keep_splitter(self, self._settings, _NAME)
