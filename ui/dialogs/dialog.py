"""What all dialogs share: a title, room for fields, one row of buttons, and a place for what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from qma_app.errors import QmaError
from qma_app.i18n import _
from ui import theme
from ui.widgets.buttons import Button
from ui.widgets.labels import PlainLabel


class Dialog(QDialog):
    """Enter accepts, Esc goes back; subclasses fill `body` and offer a class method `ask`."""

    def __init__(
        self, parent: QWidget | None, title: str, detail: str = "", *, accept: str = "", width: int = 440
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(theme.px(width))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(PlainLabel(title, role="title"))
        if detail:
            column.addWidget(PlainLabel(detail, tone="muted", wrap=True))
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        column.addLayout(self.body, 1)
        self._problem = PlainLabel("", tone="bad", wrap=True)
        self._problem.setVisible(False)
        column.addWidget(self._problem)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        self.cancel_button = Button(_("Cancel") if accept else _("Close"))
        self.cancel_button.clicked.connect(self.reject)
        self.buttons.addWidget(self.cancel_button)
        self.accept_button = Button(accept or _("OK"), kind="primary")
        if not accept:  # shown by its parent: shown earlier it would be a window of its own
            self.accept_button.hide()
        self.accept_button.clicked.connect(self.accept)
        if accept:
            self.accept_button.setDefault(True)
        else:
            self.cancel_button.setDefault(True)
        self.buttons.addWidget(self.accept_button)
        column.addLayout(self.buttons)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button one stands on, above all Cancel; anywhere else the one that accepts."""
        held = self.focusWidget()
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and isinstance(held, QAbstractButton) and not held.isCheckable():
            held.click()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """As large as the words need in the type they are painted in, which is known from here on only."""
        super().showEvent(event)
        self._grow()

    def event(self, event: QEvent) -> bool:
        """Words and fields that come in later push nothing together."""
        is_handled = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest and self.isVisible():
            self._grow()
        return is_handled

    def _grow(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        width = max(self.width(), layout.totalMinimumSize().width())
        height = max(self.height(), layout.minimumHeightForWidth(width))
        if (width, height) != (self.width(), self.height()):
            room = self.screen().availableGeometry()
            self.resize(min(width, room.width()), min(height, room.height()))

    def show_problem(self, problem: QmaError | str) -> None:
        """Say what is missing, right above the buttons; empty takes it away."""
        self._problem.setText(str(problem))
        self._problem.setVisible(bool(str(problem)))


def field(name: str, widget: QWidget, hint: str = "") -> QWidget:
    """A field under its name, which is also what a screen reader calls it."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    caption = PlainLabel(name, role="caption")
    caption.setBuddy(widget)
    widget.setAccessibleName(name)
    column.addWidget(caption)
    column.addWidget(widget)
    if hint:
        widget.setAccessibleDescription(hint)
        column.addWidget(PlainLabel(hint, role="small", tone="muted", wrap=True))
    return box


def side_by_side(*widgets: QWidget) -> QHBoxLayout:
    """Fields in one line."""
    row = QHBoxLayout()
    row.setSpacing(12)
    for widget in widgets:
        row.addWidget(widget, 1, Qt.AlignmentFlag.AlignTop)
    return row
