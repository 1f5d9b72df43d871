"""The end of a finding: what was seen to be settled, closing it, and opening it again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.finding import Finding
from qma_app.domain.finding_state import Obstacle
from qma_app.i18n import _, day_text
from ui.findings.growing_note import GrowingNote
from ui.widgets.buttons import Button
from ui.widgets.labels import PlainLabel


class ClosingSection(QWidget):
    """While open: the note and a button; once closed: when, the note as it was written, and a way back."""

    note_settled = Signal(str)
    note_left = Signal()
    close_wanted = Signal(str)
    reopen_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.caption = PlainLabel(_("What was seen to be settled"), role="caption")
        self.note = GrowingNote(
            _("What was seen to be settled"), placeholder=_("Needed to close the finding"), least=1
        )
        self.note.settled.connect(self.note_settled)
        self.note.left.connect(self.note_left)
        self.note.textChanged.connect(self._check)
        self.obstacles_title = PlainLabel(_("Before it can be closed"), role="caption")
        self.obstacles = PlainLabel("", role="small", wrap=True)
        self._has_obstacles = False
        self._is_open = True
        self.close_button = Button(_("Close finding"))
        self.close_button.clicked.connect(self._close)
        self.closed_on = PlainLabel("", role="strong", tone="ok")
        self.closing_note = PlainLabel("", wrap=True, selectable=True)
        self.reopen_button = Button(_("Reopen"), icon_name="rotate-ccw")
        self.reopen_button.clicked.connect(self.reopen_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        for widget in (
            self.obstacles_title,
            self.obstacles,
            self.caption,
            self.note,
            self.closed_on,
            self.closing_note,
        ):
            column.addWidget(widget)
        column.addSpacing(3)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(6)
        self.buttons.addWidget(self.close_button)
        self.buttons.addWidget(self.reopen_button)
        self.buttons.addStretch(1)
        column.addLayout(self.buttons)

    def show_finding(self, finding: Finding, *, is_same: bool) -> None:
        """Show its end; a note that is being typed on the same finding is left alone."""
        if not (is_same and self.note.is_pending):
            self.note.set_text(finding.closing_note)
        is_open = self._is_open = finding.is_open
        for widget in (self.closed_on, self.closing_note, self.reopen_button):
            widget.setVisible(not is_open)
        if finding.closed_on is not None:
            self.closed_on.setText(_("Closed {day}").format(day=day_text(finding.closed_on)))
        self.closing_note.setText(finding.closing_note)
        self._check()

    def show_obstacles(self, obstacles: Sequence[Obstacle]) -> None:
        """What must be done first, instead of a button that cannot be pressed."""
        self._has_obstacles = bool(obstacles)
        self.obstacles.setText("\n".join(f"• {one.words}" for one in obstacles))
        self._check()

    def _check(self) -> None:
        note = self.note.toPlainText().strip()
        can_close = self._is_open and not self._has_obstacles
        self.obstacles_title.setVisible(self._is_open and self._has_obstacles)
        self.obstacles.setVisible(self._is_open and self._has_obstacles)
        self.caption.setVisible(can_close or (self._is_open and bool(note)))
        self.note.setVisible(can_close or (self._is_open and bool(note)))
        self.close_button.setVisible(can_close)
        self.close_button.setEnabled(can_close and bool(note))
        self.close_button.setToolTip("" if note else _("Write what was seen to be settled, then close."))

    def _close(self) -> None:
        self.note.flush()
        self.close_wanted.emit(self.note.toPlainText())
