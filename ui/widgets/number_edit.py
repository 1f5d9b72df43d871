"""A whole number to type or step."""

from __future__ import annotations

from PySide6.QtWidgets import QSpinBox, QWidget

from ui import theme


class NumberEdit(QSpinBox):
    """Stands in its field like text does: the style sheet's padding does not reach into Qt's own spin boxes."""

    def __init__(self, parent: QWidget | None = None, *, least: int = 0, most: int = 9_999) -> None:
        super().__init__(parent)
        self.setRange(least, most)
        self.lineEdit().setTextMargins(theme.px(9), 0, 0, 0)
