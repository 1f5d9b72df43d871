"""A panel beside the page, or over it where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from qma_app.design import FOLD_INSPECTOR_BELOW
from ui import theme
from ui.findings.panel_edge import PanelEdge

_LEAST, _MOST = 380, 460


class Beside(QWidget):
    """Gives `main` the whole width, or what the panel leaves; the panel can be folded away only where it lies over `main`."""

    turned = Signal()  # beside became over, or the other way round

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held: tuple[QWidget, QWidget] | None = None
        self._edge = PanelEdge(self)
        self._is_wanted = False
        self._is_folded = False
        self._was_over = False

    def hold(self, main: QWidget, panel: QWidget) -> None:
        """Take the page and its panel; made with this as their parent they need not be styled again."""
        for widget in (main, panel):
            widget.setParent(self)
        self._held = main, panel
        self.lay_out()

    @property
    def is_over(self) -> bool:
        """Whether the panel lies over the page instead of beside it."""
        return self.window().width() < theme.px(FOLD_INSPECTOR_BELOW)

    @property
    def is_shown(self) -> bool:
        """Whether the panel is to be seen."""
        return self._is_wanted and not (self.is_over and self._is_folded)

    def want(self, *, is_wanted: bool) -> None:
        """There is something to show in the panel, or nothing."""
        self._is_wanted = is_wanted
        self.lay_out()

    def unfold(self) -> None:
        """Show the panel also where it covers the page."""
        self._is_folded = False
        self.lay_out()

    def fold(self) -> None:
        """Take the panel away where it covers the page."""
        self._is_folded = True
        self.lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.is_over != self._was_over:
            self._was_over = self.is_over
            self._is_folded = self.is_over
            self.turned.emit()
        self.lay_out()

    def lay_out(self) -> None:
        """Put everything in its place."""
        if self._held is None:
            return
        main, panel = self._held
        is_shown, is_over = self.is_shown, self.is_over
        width = min(theme.px(_MOST), max(theme.px(_LEAST), self.width() * 35 // 100)) if is_shown else 0
        main.setGeometry(0, 0, self.width() - (0 if is_over else width), self.height())
        panel.setGeometry(self.width() - width, 0, width, self.height())
        self._edge.lie_at(self.width() - width, self.height(), is_over=is_over)
        panel.setVisible(is_shown)
        self._edge.setVisible(is_shown)
        self._edge.raise_()
        panel.raise_()
