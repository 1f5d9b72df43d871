"""The fields of a finding in their order, and nothing of storing them."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.finding import Finding
from qma_app.domain.wording import grade_title
from qma_app.i18n import _, day_text
from ui.findings.attachments import Attachments
from ui.findings.checkpoint_field import CheckpointField
from ui.findings.closing import ClosingSection
from ui.findings.date_field import DateField
from ui.findings.detail import FindingDetail
from ui.findings.grade_picker import GradePicker
from ui.findings.growing_note import GrowingNote
from ui.findings.owner_field import OwnerField
from ui.widgets.buttons import Button, IconButton
from ui.widgets.cards import rule
from ui.widgets.chips import Chip
from ui.widgets.finding_delegate import GRADE_TONES
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import LineEdit
from ui.workbench import Workbench


class FindingHead(QWidget):
    """Which finding this is, where it was found, the way to its checkpoint and out of the panel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grade_chip = Chip("")
        self.label = PlainLabel("", role="strong")
        self.found = PlainLabel("", role="small", tone="muted", elide=True)
        self.found.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.jump = Button("", kind="link")
        self.close_panel = IconButton("x", _("Close panel"), keys="Esc")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.grade_chip)
        row.addWidget(self.label)
        row.addWidget(self.found, 1)
        row.addWidget(self.jump)
        row.addWidget(self.close_panel)

    def show_detail(self, detail: FindingDetail) -> None:
        """The head of a stored finding."""
        finding = detail.finding
        self.grade_chip.say(grade_title(finding.grade), GRADE_TONES[finding.grade])
        self.grade_chip.setVisible(True)
        self.label.setText(finding.label)
        day = _("found {day}").format(day=day_text(finding.seen_on)) if finding.seen_on else ""
        self.found.setText(" · ".join(filter(None, (day, detail.assessment_label))))
        self.jump.setVisible(detail.checkpoint is not None)
        if detail.checkpoint is not None:
            self.jump.say(detail.checkpoint.number)
            self.jump.setAccessibleName(
                _("Go to checkpoint {number}").format(number=detail.checkpoint.number)
            )

    def show_new(self) -> None:
        """The head of one that is not stored yet."""
        self.grade_chip.setVisible(False)
        self.label.setText(_("New finding"))
        self.found.setText(_("stored with its first words"))
        self.jump.setVisible(False)


class FindingFields(QWidget):
    """`changed` carries the name of a field of `Finding` and its new value, `left` that a field was left."""

    changed = Signal(str, object)
    left = Signal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.head = FindingHead()
        self.statement = GrowingNote(
            _("What was found"), placeholder=_("What was found, in one sentence"), least=1
        )
        self.statement.setProperty("role", "lead")
        self.grade = GradePicker()
        self.suggestion = PlainLabel("", role="small", tone="muted", wrap=True)
        self.grade_reason = LineEdit(_("Reason for the grade"), placeholder=_("Reason for the grade"))
        self.checkpoint = CheckpointField()
        self.requirement = GrowingNote(_("Requirement"), placeholder=_("What should be so"), least=1)
        self.evidence = GrowingNote(_("Evidence"), placeholder=_("What was seen, where, how often"))
        self.attachments = Attachments(workbench)
        self.owner = OwnerField()
        self.due_on = DateField(_("Due"), placeholder=_("4 Dec or +14"))
        self.place = LineEdit(_("Where it was found"), placeholder=_("Desk, bay, file"))
        self.seen_on = DateField(_("Found on"))
        self.closing = ClosingSection()
        self.delete_button = Button(_("Delete finding"), kind="quiet", icon_name="trash-2")
        self.texts: dict[str, GrowingNote | LineEdit | OwnerField] = {
            "statement": self.statement,
            "grade_reason": self.grade_reason,
            "requirement": self.requirement,
            "evidence": self.evidence,
            "owner": self.owner,
            "place": self.place,
        }
        self.days = {"due_on": self.due_on, "seen_on": self.seen_on}
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        for name, text in self.texts.items():
            text.settled.connect(partial(self.changed.emit, name))
            text.left.connect(self.left)
        for name, day in self.days.items():
            day.settled.connect(partial(self.changed.emit, name))
        self.grade.picked.connect(partial(self.changed.emit, "grade"))
        for note in (self.statement, self.requirement, self.evidence, self.closing.note):
            note.offered.connect(self.attachments.take_mime)
        self.closing.note_settled.connect(partial(self.changed.emit, "closing_note"))
        self.closing.note_left.connect(self.left)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 20)
        column.setSpacing(5)
        column.addWidget(self.head)
        column.addSpacing(4)
        column.addWidget(self.statement)
        column.addSpacing(9)
        for widget in (self.grade, self.suggestion, self.grade_reason):
            column.addWidget(widget)
        for name, widgets in (
            (_("Requirement"), (self.checkpoint, self.requirement)),
            (_("Evidence"), (self.evidence, self.attachments)),
        ):
            column.addSpacing(9)
            column.addWidget(PlainLabel(name, role="caption"))
            for part in widgets:
                column.addWidget(part)
        column.addSpacing(9)
        column.addLayout(self._pairs())
        column.addSpacing(12)
        column.addWidget(rule())
        column.addSpacing(8)
        column.addWidget(self.closing)
        self.closing.buttons.addWidget(self.delete_button)
        column.addStretch(1)

    def _pairs(self) -> QGridLayout:
        """Who and until when; where and when it was found."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        fields: tuple[tuple[str, QWidget], ...] = (
            (_("Owner"), self.owner),
            (_("Due"), self.due_on),
            (_("Where it was found"), self.place),
            (_("Found on"), self.seen_on),
        )
        for number, (name, widget) in enumerate(fields):
            row, column = divmod(number, 2)
            grid.addWidget(PlainLabel(name, role="caption"), 3 * row, column)
            grid.addWidget(widget, 3 * row + 1, column)
        grid.setRowMinimumHeight(2, 5)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def show_finding(self, finding: Finding, today: date, *, is_same: bool) -> None:
        """Fill every field; one in which something unsaved is typed on the same finding is left alone."""
        for name, text in self.texts.items():
            if not (is_same and text.is_pending):
                text.set_text(getattr(finding, name))
        for name, day in self.days.items():
            if not (is_same and day.is_pending):
                day.show_day(getattr(finding, name), today)
        self.grade.show_grade(finding.grade)
        self.checkpoint.show_checkpoint(finding.checkpoint_id)
        self.closing.show_finding(finding, is_same=is_same)

    def show_suggestion(self, detail: FindingDetail | None) -> None:
        """Ask why where the grade is not the one the points suggest."""
        suggested = detail.suggested if detail is not None else None
        departs = detail is not None and suggested is not None and suggested is not detail.finding.grade
        self.suggestion.setVisible(departs)
        self.grade_reason.setVisible(departs)
        if departs and detail is not None and suggested is not None:
            words = _("The points suggest {grade}. Say why it is {other}:")
            self.suggestion.setText(
                words.format(grade=grade_title(suggested), other=grade_title(detail.finding.grade))
            )

    def show_stored_parts(self, *, is_stored: bool) -> None:
        """Closing, deleting and evidence need a finding that is stored."""
        for widget in (self.closing, self.delete_button, self.attachments):
            widget.setVisible(is_stored)

    def keep_unsaved(self, name: str) -> None:
        """Storing a text failed: it counts as new again."""
        text = self.closing.note if name == "closing_note" else self.texts.get(name)
        if text is not None:
            text.keep_unsaved()

    def flush(self) -> None:
        """Give on everything that is typed."""
        for text in self.texts.values():
            text.flush()
        for day in self.days.values():
            day.flush()
        self.closing.note.flush()
