"""The parts of a finding in their order, and nothing of storing them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from qma_app.domain.finding import Finding
from qma_app.i18n import _, day_text
from ui.findings.actions_part import ActionsPart
from ui.findings.attachments import Attachments
from ui.findings.cause_part import CausePart
from ui.findings.checkpoint_field import CheckpointField
from ui.findings.closing import ClosingSection
from ui.findings.correction_part import CorrectionPart
from ui.findings.date_field import DateField
from ui.findings.detail import FindingDetail, Holder
from ui.findings.figure_field import FigureField
from ui.findings.finding_head import FindingHead
from ui.findings.grading import Grading
from ui.findings.growing_note import GrowingNote
from ui.findings.history_part import HistoryPart
from ui.findings.owner_field import OwnerField
from ui.findings.pairs import Pairs
from ui.findings.reading_order import set_reading_order
from ui.findings.reply_part import ReplyPart
from ui.findings.section import INSET, Section
from ui.findings.sightings_part import SightingsPart
from ui.findings.twins import Twins
from ui.findings.typed_fields import TypedFields, captioned_grid
from ui.findings.verification_part import VerificationPart
from ui.widgets.buttons import Button
from ui.widgets.note_edit import LineEdit
from ui.workbench import Workbench


class FindingFields(TypedFields):
    """Every part of one finding; its record is a `Finding`."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        settings = workbench.settings
        self.head = FindingHead()
        self.statement = GrowingNote(
            _("What was found"), placeholder=_("What was found, in one sentence"), least=1, is_quiet=True
        )
        self.statement.setProperty("role", "lead")
        self.twins = Twins(workbench)
        self.grading = Grading()
        self.grade, self.suggestion, self.grade_reason = (
            self.grading.picker,
            self.grading.suggestion,
            self.grading.reason,
        )
        self.checkpoint = CheckpointField()
        self.requirement = GrowingNote(
            _("Requirement"), placeholder=_("What should be so"), least=1, is_quiet=True
        )
        self.evidence = GrowingNote(
            _("Evidence"), placeholder=_("What was seen, where, how often"), is_quiet=True, least=1
        )
        self.attachments = Attachments(workbench)
        self.pairs = Pairs()
        self.owner = OwnerField()
        self.due_on = DateField(_("Due"), placeholder=_("4 Dec or +14"))
        self.place = LineEdit(_("Where it was found"), placeholder=_("Desk, bay, file"))
        self.seen_on = DateField(_("Found on"))
        self.cost = FigureField(_("Cost a year"), placeholder=_("not known"), least=Decimal(0))
        self.sightings = SightingsPart(workbench)
        self.reply = ReplyPart(settings)
        self.correction = CorrectionPart(settings)
        self.cause_part = CausePart(workbench)
        self.action_part = ActionsPart(workbench)
        self.closing = ClosingSection()
        self.verification = VerificationPart(workbench, self.closing)
        self.history = HistoryPart(workbench)
        self.requirement_part = Section("requirement", _("Requirement and grade"), settings, is_open=False)
        self.evidence_part = Section("evidence", _("Evidence"), settings)
        self._requirement = ""
        self.facts_part = Section("facts", _("Who, when, where"), settings, is_open=False)
        self.delete_button = Button(_("Delete finding"), kind="quiet", icon_name="trash-2")
        self.texts = {
            "statement": self.statement,
            "grade_reason": self.grade_reason,
            "requirement": self.requirement,
            "evidence": self.evidence,
            "owner": self.owner,
            "place": self.place,
            "reply_words": self.reply.words,
            "reply_by": self.reply.by,
            "correction": self.correction.words,
            "elsewhere_words": self.correction.where,
        }
        self.days = {
            "due_on": self.due_on,
            "seen_on": self.seen_on,
            "replied_on": self.reply.on,
            "corrected_on": self.correction.on,
        }
        self.figures = {"cost": self.cost}
        self.stored_parts: tuple[QWidget, ...] = (
            self.attachments,
            self.sightings,
            self.reply,
            self.correction,
            self.cause_part,
            self.action_part,
            self.verification,
            self.history,
            self.delete_button,
        )
        self._order = QTimer(self)
        self._order.setSingleShot(True)
        self._order.setInterval(0)
        self._order.timeout.connect(self._set_order)
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self._connect_typed()
        self.grade.picked.connect(partial(self.changed.emit, "grade"))
        self.reply.picked.connect(partial(self.changed.emit, "reply"))
        self.correction.looked.connect(partial(self.changed.emit, "elsewhere"))
        notes = (
            self.statement,
            self.requirement,
            self.evidence,
            self.correction.words,
            self.reply.words,
            self.closing.note,
        )
        for note in notes:
            note.offered.connect(self.attachments.take_mime)
        self.pairs.opened.connect(self.attachments.open)
        self.closing.note_settled.connect(partial(self.changed.emit, "closing_note"))
        self.closing.note_left.connect(self.left)
        self.requirement_part.turned.connect(self._sum_up_requirement)
        for part in (self.cause_part, self.action_part):
            part.rearranged.connect(self._order.start)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 20)
        column.setSpacing(4)
        column.addWidget(self.head)
        column.addWidget(self.statement)
        column.addWidget(self.twins)
        self.requirement_part.body.addWidget(self.grading)
        self.requirement_part.add(self.checkpoint)
        self.requirement_part.body.addWidget(self.requirement)
        self.facts_part.body.addLayout(self._pairs())
        self.evidence_part.body.addWidget(self.evidence)
        self.evidence_part.add(self.attachments)
        self.evidence_part.add(self.pairs)
        for part in (
            self.requirement_part,
            self.facts_part,
            self.evidence_part,
            self.cause_part,
            self.action_part,
            self.verification,
            self.sightings,
            self.correction,
            self.reply,
            self.history,
        ):
            column.addWidget(part)
        column.addWidget(self.delete_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def _pairs(self) -> QGridLayout:
        """Who and until when; where and when it was found; what it costs."""
        grid = captioned_grid(
            (_("Owner"), self.owner),
            (_("Due"), self.due_on),
            (_("Where it was found"), self.place),
            (_("Found on"), self.seen_on),
            (_("Cost a year"), self.cost),
        )
        grid.setContentsMargins(INSET, 0, INSET, 0)
        grid.setHorizontalSpacing(12)
        return grid

    def show_finding(self, finding: Finding, today: date, *, is_same: bool) -> None:
        """Fill every field; one in which something unsaved is typed on the same finding is left alone."""
        self._show_typed(finding, today, is_same=is_same)
        if not (is_same and self.grading.is_waiting):
            self.grade.show_grade(finding.grade)
        self.checkpoint.show_checkpoint(finding.checkpoint_id)
        self.reply.show_finding(finding, is_same=is_same)
        self.correction.show_finding(finding, is_same=is_same)
        self.closing.show_finding(finding, is_same=is_same)
        self._show_summaries(finding)

    def _show_summaries(self, finding: Finding) -> None:
        """What a folded part holds."""
        due = _("due {day}").format(day=day_text(finding.due_on)) if finding.due_on else ""
        self.facts_part.show_filled(
            is_filled=True, summary=" · ".join(filter(None, (finding.owner, due, finding.place)))
        )
        self._requirement = finding.requirement
        self._sum_up_requirement()
        self.evidence_part.show_filled(is_filled=True, summary=finding.evidence)

    def ask_for_reason(self, detail: FindingDetail) -> None:
        """A grade that departs without a reason is not passed over."""
        finding = detail.finding
        if detail.suggested not in (None, finding.grade) and not finding.grade_reason.strip():
            self.requirement_part.unfold_for_now()

    def _sum_up_requirement(self) -> None:
        """A grade that waits for its reason does not disappear behind a folded line."""
        waiting = _("grade not stored yet") if self.grading.is_waiting else ""
        self.requirement_part.show_filled(
            is_filled=True, summary=waiting or self._requirement or _("none yet")
        )

    def unfold_for_new(self) -> None:
        """A new finding is written from top to bottom: what folds to one line over a stored one is open."""
        for part in (self.requirement_part, self.facts_part):
            part.unfold_for_now()

    def fold_as_chosen(self) -> None:
        """Another finding: each part as it was left last."""
        for part in (self.requirement_part, self.facts_part):
            part.fold_as_chosen()

    def show_detail(self, detail: FindingDetail) -> None:
        """Show the parts of a stored finding that hold more than its own fields."""
        self.head.show_detail(detail)
        self.grading.show_suggestion(detail.finding.grade, detail.suggested)
        finding = detail.finding
        self.attachments.show_holder(
            Holder(id=finding.id, label=finding.label, attachments=detail.attachments)
        )
        self.pairs.show_pairs(detail.pairs)
        self.cause_part.show_detail(detail)
        self.action_part.show_detail(detail)
        self.verification.show_detail(detail)
        self.history.show_finding(detail.finding.id)
        self.show_stored_parts(is_stored=True)
        self.sightings.show_detail(detail)
        self._order.start()

    def show_stored_parts(self, *, is_stored: bool) -> None:
        """Most parts need a finding that is stored."""
        for widget in self.stored_parts:
            widget.setVisible(is_stored)
        if not is_stored:
            self.pairs.hide()

    def keep_unsaved(self, name: str) -> None:
        """Storing failed: what is typed counts as new again."""
        if name == "closing_note":
            self.closing.note.keep_unsaved()
        else:
            super().keep_unsaved(name)

    def flush(self) -> None:
        """Give on everything that is typed."""
        super().flush()
        self.closing.note.flush()
        self.sightings.flush()
        self.cause_part.flush()
        self.action_part.flush()

    def _set_order(self) -> None:
        set_reading_order(self)
