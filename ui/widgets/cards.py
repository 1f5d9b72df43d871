"""Cards: a titled surface, and rows in it that can be opened."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.labels import PlainLabel


class Card(QFrame):
    """A surface with an optional title, something at the title's right end, and `body` to fill."""

    def __init__(
        self, title: str = "", right: QWidget | str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(17, 14, 17, 16)
        column.setSpacing(8)
        self.title_label = PlainLabel(title, role="strong")
        if not title:  # shown by its parent: shown earlier it would be a window of its own
            self.title_label.hide()
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self.title_label, 1)
        if right is not None:
            self.set_right(right)
        if title or right is not None:
            column.addLayout(self._head)
        self.body = QVBoxLayout()
        self.body.setSpacing(0)
        column.addLayout(self.body, 1)

    def set_right(self, right: QWidget | str) -> None:
        """Put something at the right end of the title line, in place of what is there."""
        while self._head.count() > 1:
            old = self._head.takeAt(1)
            if old is not None and (widget := old.widget()) is not None:
                widget.deleteLater()
        self._head.addWidget(
            PlainLabel(right, role="small", tone="muted") if isinstance(right, str) else right
        )


class CardRow(QFrame):
    """One line of a card: `lead` widget, a title with a smaller line below, text or a widget at the right end, a fine line under it.

    With `is_link` the row takes the focus and `opened` is emitted on click, Enter and Space.
    """

    opened = Signal()

    def __init__(
        self,
        title: str,
        detail: str = "",
        right: str | QWidget = "",
        *,
        lead: QWidget | None = None,
        tone: str = "muted",
        is_strong: bool = False,
        is_link: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._is_link = is_link
        self.setProperty("link", is_link)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(12)
        if lead is not None:
            row.addWidget(lead)
        words = QVBoxLayout()
        words.setSpacing(1)
        self.title_label = PlainLabel(title, role="strong" if is_strong else "body", elide=True)
        words.addWidget(self.title_label)
        self.detail_label = PlainLabel(detail, role="small", tone="muted", elide=True)
        if not detail:
            self.detail_label.hide()
        words.addWidget(self.detail_label)
        row.addLayout(words, 1)
        if isinstance(right, QWidget):
            row.addWidget(right)
        elif right:
            row.addWidget(PlainLabel(right, role="body", tone=tone))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if is_link:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setAccessibleName(
                ", ".join(filter(None, (title, detail, right if isinstance(right, str) else "")))
            )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if (
            self._is_link
            and event.button() is Qt.MouseButton.LeftButton
            and self.rect().contains(event.position().toPoint())
        ):
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_link and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


def clear(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Take everything out of a layout, before it is filled anew."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner := item.layout(), QVBoxLayout | QHBoxLayout):
            clear(inner)


def rule() -> QFrame:
    """A fine horizontal line."""
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line
