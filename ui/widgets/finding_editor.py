"""The panel in which a finding is read and written; every field stores itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import CheckpointId
from qma_app.domain.wording import grade_title
from qma_app.i18n import _, day_text
from ui.findings.attachments import Attachments
from ui.findings.checkpoint_field import CheckpointField, choices_of
from ui.findings.closing import ClosingSection
from ui.findings.date_field import DateField
from ui.findings.detail import FindingDetail, Surroundings
from ui.findings.grade_picker import GradePicker
from ui.findings.growing_note import GrowingNote
from ui.findings.owner_field import OwnerField
from ui.places import Place
from ui.widgets.buttons import Button, IconButton
from ui.widgets.cards import rule
from ui.widgets.chips import Chip
from ui.widgets.finding_delegate import GRADE_TONES
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import LineEdit
from ui.workbench import Workbench

Texts = GrowingNote | LineEdit | OwnerField


class FindingEditor(QWidget):
    """Shows one finding, or an empty form that becomes one with its first words."""

    raised = Signal(str)  # the id of a finding that was just raised here
    delete_wanted = Signal(str)
    close_wanted = Signal()  # the panel, not the finding
    going = Signal(object)  # Place

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._detail: FindingDetail | None = None
        self._around: Surroundings | None = None
        self._draft: Finding | None = None
        self._texts: dict[str, Texts] = {}
        self._build_head()
        self._build_fields()
        self._lay_out()

    @property
    def finding_id(self) -> str:
        """The finding shown; "" for a new one and for none."""
        return self._detail.finding.id if self._detail else ""

    @property
    def is_new(self) -> bool:
        return self._draft is not None

    def _build_head(self) -> None:
        self.grade_chip = Chip("")
        self.label = PlainLabel("", role="strong")
        self.found = PlainLabel("", role="small", tone="muted", elide=True)
        self.found.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.jump = Button("", kind="link")
        self.jump.clicked.connect(self._go_to_checkpoint)
        self.close_panel = IconButton("x", _("Close panel"), keys="Esc")
        self.close_panel.clicked.connect(self.close_wanted)

    def _build_fields(self) -> None:
        self.statement = GrowingNote(_("What was found"), placeholder=_("What was found, in one sentence"), least=1)
        self.statement.setProperty("role", "lead")
        self.grade = GradePicker()
        self.grade.picked.connect(self._grade_picked)
        self.grade_reason = LineEdit(_("Reason for the grade"), placeholder=_("Reason for the grade"))
        self.suggestion = PlainLabel("", role="small", tone="muted", wrap=True)
        self.checkpoint = CheckpointField()
        self.checkpoint.picked.connect(self._checkpoint_picked)
        self.requirement = GrowingNote(_("Requirement"), placeholder=_("What should be so"), least=1)
        self.evidence = GrowingNote(_("Evidence"), placeholder=_("What was seen, where, how often"))
        self.attachments = Attachments(self.workbench)
        self.owner = OwnerField()
        self.due_on = DateField(_("Due"), placeholder=_("4 Dec or +14"))
        self.seen_on = DateField(_("Found on"))
        self.place = LineEdit(_("Where it was found"), placeholder=_("Desk, bay, file"))
        self.closing = ClosingSection()
        self.delete_button = Button(_("Delete finding"), kind="quiet", icon_name="trash-2")
        self.delete_button.clicked.connect(self._delete)
        self._texts = {
            "statement": self.statement,
            "grade_reason": self.grade_reason,
            "requirement": self.requirement,
            "evidence": self.evidence,
            "owner": self.owner,
            "place": self.place,
        }
        for name, text in self._texts.items():
            text.settled.connect(partial(self._write, name))
            text.left.connect(self.workbench.close_step)
        for name, day in (("due_on", self.due_on), ("seen_on", self.seen_on)):
            day.settled.connect(partial(self._write, name))
        self.closing.note_settled.connect(partial(self._write, "closing_note"))
        self.closing.note_left.connect(self.workbench.close_step)
        self.closing.close_wanted.connect(self._close_finding)
        self.closing.reopen_wanted.connect(self._reopen_finding)

    def _lay_out(self) -> None:
        content = QWidget()
        content.setObjectName("surface")
        column = QVBoxLayout(content)
        column.setContentsMargins(20, 16, 20, 20)
        column.setSpacing(5)
        head = QHBoxLayout()
        head.setSpacing(8)
        for widget, stretch in ((self.grade_chip, 0), (self.label, 0), (self.found, 1), (self.jump, 0), (self.close_panel, 0)):
            head.addWidget(widget, stretch)
        column.addLayout(head)
        column.addSpacing(4)
        column.addWidget(self.statement)
        column.addSpacing(9)
        column.addWidget(self.grade)
        column.addWidget(self.suggestion)
        column.addWidget(self.grade_reason)
        self._add(column, _("Requirement"), self.checkpoint, self.requirement)
        self._add(column, _("Evidence"), self.evidence, self.attachments)
        column.addSpacing(9)
        column.addLayout(self._pairs())
        column.addSpacing(12)
        column.addWidget(rule())
        column.addSpacing(8)
        column.addWidget(self.closing)
        self.closing.buttons.addWidget(self.delete_button)
        column.addStretch(1)
        self.sheet = QScrollArea()
        self.sheet.setWidgetResizable(True)
        self.sheet.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sheet.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sheet.setWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.sheet)

    def _add(self, column: QVBoxLayout, name: str, *widgets: QWidget) -> None:
        column.addSpacing(9)
        column.addWidget(PlainLabel(name, role="caption"))
        for widget in widgets:
            column.addWidget(widget)

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

    def show_surroundings(self, around: Surroundings) -> None:
        """The people, checkpoints and open assessment to choose from."""
        if self._around is None or self._around.edition is not around.edition:
            self.checkpoint.show_choices(choices_of(around.edition))
        if self._around is None or self._around.people != around.people:
            self.owner.show_people(around.people)
        self._around = around

    def show_detail(self, detail: FindingDetail) -> None:
        """Show a finding; a field in which something unsaved is typed on the same finding is left alone."""
        is_same = detail.finding.id == self.finding_id
        if not is_same:
            self.flush()
        self._detail, self._draft = detail, None
        self._fill(detail.finding, is_same=is_same)
        self._show_head(detail)
        self.attachments.show_detail(detail)
        self.closing.show_finding(detail.finding, is_same=is_same)
        for widget in (self.closing, self.delete_button, self.attachments):
            widget.setVisible(True)
        if not is_same:
            self.sheet.verticalScrollBar().setValue(0)

    def begin_new(self, finding: Finding) -> None:
        """An empty form with what is known already; it becomes a finding with its statement."""
        self.flush()
        self._detail, self._draft = None, finding
        self._fill(finding, is_same=False)
        self.grade_chip.setVisible(False)
        self.label.setText(_("New finding"))
        self.found.setText(_("stored with its first words"))
        self.jump.setVisible(False)
        self.grade_reason.setVisible(False)
        self.suggestion.setVisible(False)
        for widget in (self.closing, self.delete_button, self.attachments):
            widget.setVisible(False)
        self.sheet.verticalScrollBar().setValue(0)
        self.statement.setFocus()

    def show_nothing(self) -> None:
        """No finding is shown any more; a draft without a statement is stored under the best words it has."""
        self.flush()
        if self._draft is not None:
            self._keep_draft()
        self._detail, self._draft = None, None

    def flush(self) -> None:
        """Store what is typed."""
        for field in (*self._texts.values(), self.due_on, self.seen_on, self.closing.note):
            field.flush()

    def _fill(self, finding: Finding, *, is_same: bool) -> None:
        today = self.workbench.workspace.today()
        for name, text in self._texts.items():
            if not (is_same and text.is_pending):
                text.set_text(getattr(finding, name))
        for name, day in (("due_on", self.due_on), ("seen_on", self.seen_on)):
            if not (is_same and day.is_pending):
                day.show_day(getattr(finding, name), today)
        self.grade.show_grade(finding.grade)
        self.checkpoint.show_checkpoint(finding.checkpoint_id)

    def _show_head(self, detail: FindingDetail) -> None:
        finding = detail.finding
        self.grade_chip.say(grade_title(finding.grade), GRADE_TONES[finding.grade])
        self.grade_chip.setVisible(True)
        self.label.setText(finding.label)
        day = _("found {day}").format(day=day_text(finding.seen_on)) if finding.seen_on else ""
        self.found.setText(" · ".join(filter(None, (day, detail.assessment_label))))
        self.jump.setVisible(detail.checkpoint is not None)
        if detail.checkpoint is not None:
            self.jump.say(detail.checkpoint.number)
            self.jump.setAccessibleName(_("Go to checkpoint {number}").format(number=detail.checkpoint.number))
        departs = detail.suggested is not None and detail.suggested is not finding.grade
        self.grade_reason.setVisible(departs)
        self.suggestion.setVisible(departs)
        if departs and detail.suggested is not None:
            words = _("The points suggest {grade}. Say why it is {other}:")
            self.suggestion.setText(words.format(grade=grade_title(detail.suggested), other=grade_title(finding.grade)))

    def _write(self, field: str, value: str | date | FindingGrade | None) -> None:
        if self._draft is not None:
            self._draft = replace(self._draft, **{field: value})  # type: ignore[arg-type]  # the field's own value
            if field == "statement" and str(value).strip():
                self._raise(self._draft)
            return
        if self._detail is None or not self._is_writable(field, value):
            return
        from qma_app.services.findings import change_finding

        fields: dict[str, Any] = {field: value}
        finding_id = self._detail.finding.id
        if self.workbench.do(change_finding, finding_id, merge_key=f"finding {finding_id} {field}", **fields) is None:
            self._keep_unsaved(field)

    def _is_writable(self, field: str, value: object) -> bool:
        """An empty statement is not stored: it waits while somebody types, and goes back to what it was when left."""
        if field != "statement" or str(value).strip() or self._detail is None:
            return True
        if self.statement.hasFocus():
            self.statement.keep_unsaved()
        else:
            self.statement.set_text(self._detail.finding.statement)
            self.workbench.told.emit(_("A finding needs a statement; the one before stands again."))
        return False

    def _keep_unsaved(self, field: str) -> None:
        text = self.closing.note if field == "closing_note" else self._texts.get(field)
        if text is not None:
            text.keep_unsaved()
        elif self._detail is not None:
            self._fill(self._detail.finding, is_same=False)

    def _raise(self, draft: Finding) -> None:
        from qma_app.services.findings import raise_finding

        changes = self.workbench.do(
            raise_finding,
            engagement_id=draft.engagement_id,
            assessment_id=draft.assessment_id,
            checkpoint_id=draft.checkpoint_id,
            grade=draft.grade,
            statement=draft.statement,
            requirement=draft.requirement,
            evidence=draft.evidence,
            place=draft.place,
            owner=draft.owner,
            seen_on=draft.seen_on,
            due_on=draft.due_on,
        )
        if changes is None:
            self.statement.keep_unsaved()
            return
        self._draft = None
        self.raised.emit(changes.made(Finding).id)

    def _keep_draft(self) -> None:
        """Words typed without a statement make a finding too: nothing typed is lost."""
        draft = self._draft
        if draft is None:
            return
        words = next((text for text in (draft.evidence, draft.requirement if not draft.checkpoint_id else "", draft.place) if text.strip()), "")
        if words:
            self._raise(replace(draft, statement=words.strip().splitlines()[0]))

    def _grade_picked(self, grade: FindingGrade) -> None:
        self._write("grade", grade)

    def _checkpoint_picked(self, checkpoint_id: CheckpointId | None) -> None:
        """The statement of the checkpoint becomes the requirement where nobody wrote another one."""
        self.checkpoint.show_checkpoint(checkpoint_id)
        finding = self._draft or (self._detail.finding if self._detail else None)
        if finding is None or self._around is None or finding.checkpoint_id == checkpoint_id:
            return
        self.requirement.flush()
        fields: dict[str, Any] = {"checkpoint_id": checkpoint_id}
        if self.requirement.toPlainText().strip() in ("", self._words_of(finding.checkpoint_id)):
            fields["requirement"] = self._words_of(checkpoint_id)
        if self._draft is not None:
            self._draft = replace(self._draft, **fields)
            self.requirement.set_text(self._draft.requirement)
            return
        from qma_app.services.findings import change_finding

        self.workbench.do(change_finding, finding.id, **fields)

    def _words_of(self, checkpoint_id: CheckpointId | None) -> str:
        point = self._around.edition.checkpoints.get(checkpoint_id) if self._around and checkpoint_id else None
        return f"{point.number} {point.statement}" if point else ""

    def _close_finding(self, note: str) -> None:
        from qma_app.services.findings import close_finding

        if self._detail is not None:
            self.workbench.close_step()
            self.workbench.do(close_finding, self._detail.finding.id, note=note)

    def _reopen_finding(self) -> None:
        from qma_app.services.findings import reopen_finding

        if self._detail is not None:
            self.workbench.do(reopen_finding, self._detail.finding.id)

    def _delete(self) -> None:
        if self._detail is not None:
            self.delete_wanted.emit(self._detail.finding.id)

    def _go_to_checkpoint(self) -> None:
        detail = self._detail
        if detail is None or detail.checkpoint is None:
            return
        self.going.emit(
            Place(
                page="checklists",
                dealership_id=self.workbench.dealership_id,
                assessment_id=detail.assessment.id if detail.assessment else None,
                area_id=detail.checkpoint.area_id,
                process_id=detail.checkpoint.process_id,
                checkpoint_id=detail.checkpoint.id,
            )
        )
