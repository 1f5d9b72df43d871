"""The panel in which a finding is read and written; every field stores itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from qma_app.domain.action import Action, ActionLink
from qma_app.domain.cause import Cause
from qma_app.domain.evidence import EvidenceLink, PhotoPair
from qma_app.domain.finding import Finding, Sighting
from qma_app.domain.ids import CheckpointId, FindingId
from qma_app.domain.reading import Reading
from qma_app.domain.record import Changes
from qma_app.domain.verification import Verification
from qma_app.i18n import _
from ui.findings.action_form import ActionForm
from ui.findings.checkpoint_field import choices_of
from ui.findings.detail import FindingDetail, Surroundings, read_detail
from ui.findings.drafting import raise_draft, sight_draft, words_of_draft
from ui.findings.fields import FindingFields
from ui.findings.finding_writer import FindingWriter
from ui.findings.reading_order import set_reading_order
from ui.places import Place
from ui.workbench import Workbench


class FindingEditor(QWidget):
    """Shows one finding, or an empty form that becomes one with its first words; an action of it opens in its place."""

    raised = Signal(str)  # the id of a finding that was just raised here
    delete_wanted = Signal(str)
    close_wanted = Signal()  # the panel, not the finding
    going = Signal(object)  # Place
    action_wanted = Signal(str)  # the id of the action that is now shown; "" back at the finding

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._detail: FindingDetail | None = None
        self._around: Surroundings | None = None
        self._draft: Finding | None = None
        self._new_id = ""  # raised here and still being typed: older ones like it are offered
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self.views = QStackedWidget(self)
        whole.addWidget(self.views)
        self.sheet = QScrollArea(self.views)
        self.fields = FindingFields(workbench, self.sheet.viewport())
        self.writer = FindingWriter(workbench, self.fields)
        self.sheet.setWidgetResizable(True)
        self.sheet.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sheet.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sheet.setWidget(self.fields)
        self.form = ActionForm(workbench, self.views)
        self.views.addWidget(self.sheet)
        self.views.addWidget(self.form)
        self._connect()

    def _connect(self) -> None:
        fields = self.fields
        fields.changed.connect(self._write)
        fields.left.connect(self.workbench.close_step)
        fields.checkpoint.picked.connect(self._checkpoint_picked)
        fields.closing.close_wanted.connect(self._close_finding)
        fields.closing.reopen_wanted.connect(self._reopen_finding)
        fields.delete_button.clicked.connect(self._delete)
        fields.head.jump.clicked.connect(self._go_to_checkpoint)
        fields.head.close_panel.clicked.connect(self.close_wanted)
        fields.statement.textChanged.connect(self._look_for_twins)
        fields.twins.open_wanted.connect(self._go_to_finding)
        fields.twins.again_wanted.connect(self._seen_again)
        fields.action_part.opened.connect(self.show_action)
        self.form.back.connect(self.show_finding_again)
        self.form.finding_wanted.connect(self._go_to_finding)
        self.workbench.changed.connect(self._changed)

    @property
    def finding_id(self) -> str:
        """The finding shown; "" for a new one and for none."""
        return self._detail.finding.id if self._detail else ""

    @property
    def action_id(self) -> str:
        """The action shown whole; "" while the finding is shown."""
        return self.form.action_id if self.views.currentWidget() is self.form else ""

    @property
    def is_new(self) -> bool:
        return self._draft is not None

    def show_surroundings(self, around: Surroundings) -> None:
        """The people, checkpoints and open assessment to choose from."""
        if self._around is None or self._around.edition is not around.edition:
            self.fields.checkpoint.show_choices(
                choices_of(around.edition),
                tuple(choice for one in around.editions[1:] for choice in choices_of(one)),
            )
        if self._around is None or self._around.people != around.people:
            self.fields.owner.show_people(around.people)
            self.form.show_people(around.people)
        self._around = around

    def show_detail(self, detail: FindingDetail) -> None:
        """Show a finding; a field in which something unsaved is typed on the same finding is left alone."""
        is_same = detail.finding.id == self.finding_id
        if not is_same:
            self.show_nothing()
            if detail.finding.id != self._new_id:
                self._new_id = ""
                self.fields.twins.end()
                self.fields.fold_as_chosen()
                self.fields.ask_for_reason(detail)
        self._detail = detail
        self.fields.show_finding(detail.finding, self.workbench.workspace.today(), is_same=is_same)
        self.fields.show_detail(detail)
        self._show_action_anew(detail)
        if not is_same:
            self.sheet.verticalScrollBar().setValue(0)

    def begin_new(self, finding: Finding) -> None:
        """An empty form with what is known already; it becomes a finding with its statement."""
        self.show_nothing()
        self._draft = finding
        self._new_id = ""
        self.fields.grading.settle(finding.grade, None)
        self.fields.show_finding(finding, self.workbench.workspace.today(), is_same=False)
        self.fields.head.show_new()
        self.fields.unfold_for_new()
        self.fields.show_stored_parts(is_stored=False)
        self.fields.twins.begin(finding.engagement_id)
        self.sheet.verticalScrollBar().setValue(0)
        self.take_focus()

    def show_nothing(self) -> None:
        """No finding is shown any more; a draft without a statement is stored under the best words it has."""
        self.flush()
        if self._detail is not None:
            self.writer.give_up_waiting(self._detail)
        if self.views.currentWidget() is self.form:
            self._turn_to_finding()
        draft, self._detail, self._draft = self._draft, None, None
        if draft is not None and (words := words_of_draft(draft)):
            raise_draft(self.workbench, replace(draft, statement=words))

    def show_action(self, action_id: str) -> None:
        """Open an action of the finding shown, in its place."""
        detail = self._detail
        serving = detail.serving(action_id) if detail is not None else None
        if detail is None or serving is None:
            return
        self.fields.flush()
        self.form.show_action(detail, serving)
        self.views.setCurrentWidget(self.form)
        set_reading_order(self.form)
        self.form.take_focus()
        self.action_wanted.emit(action_id)

    def show_finding_again(self) -> None:
        """Back from an action to its finding; the keyboard goes to the action's card."""
        action_id = self.form.action_id
        self._turn_to_finding()
        card = self.fields.action_part.card_of(action_id)
        if card is not None:
            card.setFocus(Qt.FocusReason.OtherFocusReason)
            self.sheet.ensureWidgetVisible(card)
        else:
            self.take_focus()
        self.action_wanted.emit("")

    def _turn_to_finding(self) -> None:
        self.form.forget()
        self.views.setCurrentWidget(self.sheet)

    def _show_action_anew(self, detail: FindingDetail) -> None:
        if self.views.currentWidget() is not self.form:
            return
        serving = detail.serving(self.form.action_id)
        if serving is None:
            self.show_finding_again()
        else:
            self.form.show_action(detail, serving)

    def flush(self) -> None:
        """Store what is typed."""
        self.fields.flush()
        self.form.flush()

    def take_focus(self) -> None:
        """The keyboard goes to what was found."""
        self.fields.statement.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self, changes: Changes) -> None:
        """What belongs to the finding shown is read again, whoever changed it."""
        belongs = (Cause, Action, ActionLink, Verification, Sighting, Reading, PhotoPair, EvidenceLink)
        if self._detail is None or not changes.touches(*belongs):
            return
        detail = self.workbench.read(read_detail, FindingId(self.finding_id))
        if detail is not None:
            self.show_detail(detail)

    def _write(self, field: str, value: object) -> None:
        if self._draft is not None:
            self._draft = replace(self._draft, **{field: value})  # type: ignore[arg-type]  # the field's own value
            if field == "statement" and str(value).strip():
                self._begin_finding(self._draft)
        elif self._detail is not None:
            self.writer.write(self._detail, field, value)

    def _begin_finding(self, draft: Finding) -> None:
        """The first words of the form: from here on it is a finding like any other."""
        finding_id = raise_draft(self.workbench, draft)
        if finding_id is None:
            self.fields.statement.keep_unsaved()
            return
        self._draft = None
        self._new_id = finding_id
        self.raised.emit(finding_id)
        self._look_for_twins()

    def _look_for_twins(self) -> None:
        twins = self.fields.twins
        if not twins.is_looking or not (self._draft or self._new_id):
            return
        finding = self._draft or (self._detail.finding if self._detail else None)
        twins.typed(
            self.fields.statement.toPlainText(), finding.checkpoint_id if finding else None, self._new_id
        )

    def _seen_again(self, older_id: str) -> None:
        """What was typed becomes a sighting of an older finding; the new one goes away."""
        self.flush()
        detail, draft = self._detail, self._draft
        typed = draft or (detail.finding if detail is not None else None)
        if typed is None:
            return
        if draft is not None:
            typed = replace(draft, statement=self.fields.statement.toPlainText())
        photos = tuple(one.evidence for one in detail.attachments if one.is_own) if detail else ()
        is_stored = draft is None
        own_words = self._words_of(typed.checkpoint_id)
        if not sight_draft(
            self.workbench, typed, FindingId(older_id), own_words, photos, is_stored=is_stored
        ):
            return
        self._draft, self._new_id = None, ""
        self.fields.twins.end()
        self.workbench.told.emit(_("Noted as seen again."))
        self._go_to_finding(older_id)

    def _go_to_finding(self, finding_id: str) -> None:
        self.going.emit(
            Place(page="findings", dealership_id=self.workbench.dealership_id, finding_id=finding_id)
        )

    def _checkpoint_picked(self, checkpoint_id: CheckpointId | None) -> None:
        """The statement of the checkpoint becomes the requirement where nobody wrote another one."""
        finding = self._draft or (self._detail.finding if self._detail else None)
        if finding is None or finding.checkpoint_id == checkpoint_id:
            return
        self.fields.checkpoint.show_checkpoint(checkpoint_id)
        self.fields.requirement.flush()
        fields: dict[str, Any] = {"checkpoint_id": checkpoint_id}
        if self.fields.requirement.toPlainText().strip() in ("", self._words_of(finding.checkpoint_id)):
            fields["requirement"] = self._words_of(checkpoint_id)
        if self._draft is not None:
            self._draft = replace(self._draft, **fields)
            self.fields.requirement.set_text(self._draft.requirement)
            self._look_for_twins()
            return
        from qma_app.services.findings import change_finding

        self.workbench.do(change_finding, finding.id, **fields)

    def _words_of(self, checkpoint_id: CheckpointId | None) -> str:
        point = self._around.checkpoint(checkpoint_id) if self._around else None
        return f"{point.number} {point.statement}" if point else ""

    def _close_finding(self, note: str) -> None:
        from qma_app.services.findings import close_finding

        if self._detail is not None:
            self.workbench.close_step()
            finding = self._detail.finding
            if self.workbench.do(close_finding, finding.id, note=note) is not None:
                self.workbench.told.emit(_("{label} is closed.").format(label=finding.label))

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
