"""The grade of a finding with what the rating suggests: another one waits for its reason."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from qma_app.domain.finding import FindingGrade
from qma_app.domain.wording import grade_title
from qma_app.i18n import _
from ui import theme
from ui.findings.grade_picker import GradePicker
from ui.findings.section import INSET
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import LineEdit


class Grading(QWidget):
    """Four grades; where the one chosen is not the one suggested, a line asks why."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_waiting = False
        self.picker = GradePicker()
        self.suggestion = PlainLabel("", role="small", tone="muted", wrap=True)
        self.reason = LineEdit(_("Reason for the grade"), placeholder=_("Reason for the grade"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(INSET), theme.px(2), theme.px(INSET), theme.px(2))
        column.setSpacing(4)
        for widget in (self.picker, self.suggestion, self.reason):
            column.addWidget(widget)
        self.show_suggestion(FindingGrade.MINOR, None)

    def show_suggestion(self, stored: FindingGrade, suggested: FindingGrade | None) -> None:
        """Ask why where the grade is not the one the points suggest."""
        if self.is_waiting and self.picker.grade in (stored, suggested):
            self.is_waiting = False
        shown = self.picker.grade if self.is_waiting else stored
        departs = suggested is not None and suggested is not shown
        self.suggestion.setVisible(departs)
        self.reason.setVisible(departs)
        if suggested is not None and departs:
            words = (
                _("Not stored yet: the points suggest {grade}. Say why it is {other}:")
                if self.is_waiting
                else _("The points suggest {grade}. Say why it is {other}:")
            )
            self.suggestion.setText(words.format(grade=grade_title(suggested), other=grade_title(shown)))
            self.suggestion.set_tone("warn" if self.is_waiting else "muted")

    def wait(self, stored: FindingGrade, suggested: FindingGrade | None) -> None:
        """The grade chosen is not stored before its reason is written."""
        self.is_waiting = True
        self.show_suggestion(stored, suggested)

    def settle(self, stored: FindingGrade, suggested: FindingGrade | None) -> None:
        """The choice was stored, or given up: what is stored stands."""
        self.is_waiting = False
        self.picker.show_grade(stored)
        self.show_suggestion(stored, suggested)
