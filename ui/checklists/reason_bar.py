"""Asks for a reason right at the checkpoint: the usual one is filled in, Enter confirms, Esc goes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from qma_app import design
from qma_app.i18n import _
from ui import theme
from ui.widgets.buttons import Button
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import PlainLabel

Answer = Callable[[str], object]


class ReasonBar(QWidget):
    """Lies over its parent below the thing it asks about; `closed` when it is done, with an answer or without."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._answer: Answer | None = None
        self._suggestions: tuple[str, ...] = ()
        self._buttons: list[Button] = []
        self.question = PlainLabel("", role="strong", wrap=True)
        self.field = QLineEdit()
        self.field.setAccessibleName(_("Reason"))
        self.confirm = Button(_("Confirm"), kind="primary", keys="Return")
        self.confirm.clicked.connect(self._confirm)
        self.field.textChanged.connect(self._check)
        self.field.returnPressed.connect(self._confirm)
        self._choices = QWidget()
        self._flow = FlowLayout(self._choices)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.field, 1)
        line.addWidget(self.confirm)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        for part in (self.question,):
            column.addWidget(part)
        column.addLayout(line)
        column.addWidget(self._choices)
        self.setVisible(False)

    def ask(self, question: str, suggestions: Sequence[str], below: QRect, answer: Answer) -> None:
        """Show the question below a rectangle of the parent (above it where there is no room)."""
        self._answer, self._suggestions = answer, tuple(suggestions)
        self.question.setText(question)
        self._offer()
        self.field.setText(self._suggestions[0] if self._suggestions else "")
        self.field.selectAll()
        self._check()
        self._place(below)
        self.setVisible(True)
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def host(self) -> QWidget:
        """What it lies over."""
        parent = self.parentWidget()
        assert parent is not None
        return parent

    def dismiss(self) -> None:
        """Go back without an answer."""
        if self.isVisible():
            self._answer = None
            self.setVisible(False)
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._cycle(1 if event.key() == Qt.Key.Key_Down else -1)
        # Nothing typed here may reach the page behind: there each key is a rating.
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and self.isVisible():
            self.resize(self.width(), self.heightForWidth(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("control_edge"), 1))
        painter.setBrush(look.colour("raised"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), design.RADIUS_CARD, design.RADIUS_CARD)

    def _offer(self) -> None:
        self._flow.clear()
        self._buttons = []
        for place, text in enumerate(self._suggestions, 1):
            # An ampersand in somebody's words is not the mark of a key.
            button = Button(text.replace("&", "&&"))
            button.setAccessibleName(text)
            button.setShortcut(QKeySequence(f"Alt+{place}"))
            button.setToolTip(QKeySequence(f"Alt+{place}").toString(QKeySequence.SequenceFormat.NativeText))
            button.clicked.connect(self._chosen)
            self._buttons.append(button)
            self._flow.addWidget(button)
            button.setVisible(True)

    def _chosen(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button) and sender in self._buttons:
            self.field.setText(self._suggestions[self._buttons.index(sender)])
            self._confirm()

    def _cycle(self, by: int) -> None:
        if self._suggestions:
            text = self.field.text()
            place = self._suggestions.index(text) if text in self._suggestions else -1 if by > 0 else 0
            self.field.setText(self._suggestions[(place + by) % len(self._suggestions)])
            self.field.selectAll()

    def _check(self) -> None:
        self.confirm.setEnabled(bool(self.field.text().strip()))

    def _confirm(self) -> None:
        text, answer = self.field.text().strip(), self._answer
        if not text or answer is None:
            return
        self._answer = None
        self.setVisible(False)
        answer(text)
        self.closed.emit()

    def _place(self, below: QRect) -> None:
        parent = self.host
        width = min(below.width(), parent.width()) - 2 * theme.px(8)
        self.resize(width, 10)
        layout = self.layout()
        height = layout.heightForWidth(width) if layout is not None else self.sizeHint().height()
        top = below.bottom() + theme.px(2)
        if top + height > parent.height():
            top = max(0, below.top() - height - theme.px(2))
            if top == 0 and below.top() < height:
                top = max(0, parent.height() - height)
        self.setGeometry(below.left() + theme.px(8), top, width, height)
