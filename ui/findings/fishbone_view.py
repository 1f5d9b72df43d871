"""The tree of whys as a fishbone: small in the panel, large in a window of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from qma_app.design import Palette
from qma_app.domain.cause import Cause
from qma_app.i18n import _
from ui import theme
from ui.dialogs.dialog import Dialog
from ui.widgets.drawing_painter import PIXELS_PER_POINT, DrawingView


class FishboneView(DrawingView):
    """As high as the causes need at its width."""

    def __init__(self, parent: QWidget | None = None, *, height: int = 190, grows: bool = True) -> None:
        super().__init__(_("Fishbone of the causes"), parent, height=height)
        self._grows = grows
        if grows:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._causes: tuple[Cause, ...] = ()
        self._statement = ""
        self._categories: Mapping[str, str] = {}

    def show_causes(
        self, causes: Sequence[Cause], statement: str, categories: Mapping[str, str], words: str
    ) -> None:
        """Draw these causes; `words` say the same to those who do not see it."""
        shown = (tuple(causes), statement, dict(categories))
        if shown != (self._causes, self._statement, self._categories):
            self._causes, self._statement, self._categories = shown
            self.show_chart(self._fishbone, words)

    def _draw(self) -> None:
        super()._draw()
        if self._drawing is None or not self._grows:
            return
        height = ceil(self._drawing.height * PIXELS_PER_POINT)
        if height != self._height:
            self._height = height
            self.updateGeometry()

    def _fishbone(self, width: float, height: float, palette: Palette) -> Any:
        # reportlab costs a tenth of a second, which the first paint must not pay.
        from qma_app.charts.fishbone import fishbone

        return fishbone(
            self._causes,
            self._statement,
            {**self._categories, "": _("no category")},
            width=width,
            height=0.0 if self._grows else height,
            palette=palette,
        )


class FishboneDialog(Dialog):
    """The drawing as large as the screen allows."""

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent, title)
        self.view = FishboneView(height=360, grows=False)
        self.body.addWidget(self.view, 1)
        room = parent.window().size()
        self.resize(
            QSize(max(theme.px(720), room.width() * 9 // 10), max(theme.px(480), room.height() * 8 // 10))
        )

    @classmethod
    def show_large(
        cls,
        parent: QWidget,
        title: str,
        causes: Sequence[Cause],
        statement: str,
        categories: Mapping[str, str],
        words: str,
    ) -> None:
        """Show the fishbone until it is closed."""
        dialog = cls(parent, title)
        dialog.view.show_causes(causes, statement, categories, words)
        dialog.exec()
        dialog.deleteLater()
