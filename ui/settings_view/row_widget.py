"""One line of the settings page: words at the left, a control or buttons at the right, a fine line below."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.labels import PlainLabel


class SettingRow(QFrame):
    """Words and control share the width; long words take more lines."""

    def __init__(self, title: str, detail: str, *controls: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 10, 0, 10)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(PlainLabel(title, role="body"))
        self.detail = PlainLabel(detail, role="small", tone="muted", wrap=True)
        self.detail.setVisible(bool(detail))
        words.addWidget(self.detail)
        row.addLayout(words, 1)
        for control in controls:
            row.addWidget(control)
