"""What stands where nothing is yet: one sentence, one button, one key."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.buttons import Button
from ui.widgets.icons import paint_icon
from ui.widgets.labels import PlainLabel


class Picture(QWidget):
    """A large icon on a round ground; decoration only."""

    def __init__(self, icon_name: str, parent: QWidget | None = None, *, size: int = 56) -> None:
        super().__init__(parent)
        self._icon, self._size = icon_name, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(self._size), theme.px(self._size))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().colour("accent-tint"))
        painter.drawEllipse(self.rect())
        inner = self.width() // 2
        paint_icon(
            painter,
            self._icon,
            "accent",
            QRect((self.width() - inner) // 2, (self.height() - inner) // 2, inner, inner),
        )


class EmptyState(QWidget):
    """Centred in the space given; `wanted` when the button or its key is pressed."""

    wanted = Signal()

    def __init__(
        self,
        icon_name: str,
        sentence: str,
        button: str = "",
        *,
        keys: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addStretch(2)
        column.addWidget(Picture(icon_name), 0, Qt.AlignmentFlag.AlignHCenter)
        self.sentence = PlainLabel(sentence, role="body", tone="muted", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.sentence)
        self.button = Button(button, kind="primary", keys=keys)
        self.button.clicked.connect(self.wanted)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.button.setVisible(bool(button))
        column.addStretch(3)
