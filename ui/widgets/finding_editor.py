"""The panel in which a finding is read and written; every field stores itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from qma_app.domain.finding import Finding
from qma_app.domain.ids import CheckpointId
from qma_app.i18n import _
from ui.findings.checkpoint_field import choices_of
from ui.findings.detail import FindingDetail, Surroundings
from ui.findings.fields import FindingFields
from ui.places import Place
from ui.workbench import Workbench


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
        self.fields = FindingFields(workbench)
        self.sheet = QScrollArea()
        self.sheet.setWidgetResizable(True)
        self.sheet.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sheet.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sheet.setWidget(self.fields)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.sheet)
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

    @property
    def finding_id(self) -> str:
        """The finding shown; "" for a new one and for none."""
        return self._detail.finding.id if self._detail else ""

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
        self._around = around

    def show_detail(self, detail: FindingDetail) -> None:
        """Show a finding; a field in which something unsaved is typed on the same finding is left alone."""
        is_same = detail.finding.id == self.finding_id
        if not is_same:
            self.show_nothing()
        self._detail = detail
        self.fields.show_finding(detail.finding, self.workbench.workspace.today(), is_same=is_same)
        self.fields.head.show_detail(detail)
        self.fields.show_suggestion(detail)
        self.fields.attachments.show_detail(detail)
        self.fields.show_stored_parts(is_stored=True)
        if not is_same:
            self.sheet.verticalScrollBar().setValue(0)

    def begin_new(self, finding: Finding) -> None:
        """An empty form with what is known already; it becomes a finding with its statement."""
        self.show_nothing()
        self._draft = finding
        self.fields.show_finding(finding, self.workbench.workspace.today(), is_same=False)
        self.fields.head.show_new()
        self.fields.show_suggestion(None)
        self.fields.show_stored_parts(is_stored=False)
        self.sheet.verticalScrollBar().setValue(0)
        self.take_focus()

    def show_nothing(self) -> None:
        """No finding is shown any more; a draft without a statement is stored under the best words it has."""
        self.flush()
        draft, self._detail, self._draft = self._draft, None, None
        if draft is not None and (words := _words_of_draft(draft)):
            self._raise(replace(draft, statement=words))

    def flush(self) -> None:
        """Store what is typed."""
        self.fields.flush()

    def take_focus(self) -> None:
        """The keyboard goes to what was found."""
        self.fields.statement.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write(self, field: str, value: object) -> None:
        if self._draft is not None:
            self._draft = replace(self._draft, **{field: value})  # type: ignore[arg-type]  # the field's own value
            if field == "statement" and str(value).strip():
                self._begin_finding(self._draft)
            return
        if self._detail is None or not self._is_writable(field, value):
            return
        from qma_app.services.findings import change_finding

        fields: dict[str, Any] = {field: value}
        finding_id = self._detail.finding.id
        if (
            self.workbench.do(change_finding, finding_id, merge_key=f"finding {finding_id} {field}", **fields)
            is not None
        ):
            return
        if field == "grade":
            self.fields.grade.show_grade(self._detail.finding.grade)
        self.fields.keep_unsaved(field)

    def _is_writable(self, field: str, value: object) -> bool:
        """An empty statement is not stored: it waits while somebody types, and goes back to what it was when left."""
        if field != "statement" or str(value).strip() or self._detail is None:
            return True
        if self.fields.statement.hasFocus():
            self.fields.statement.keep_unsaved()
        else:
            self.fields.statement.set_text(self._detail.finding.statement)
            self.workbench.told.emit(_("A finding needs a statement; the one before stands again."))
        return False

    def _begin_finding(self, draft: Finding) -> None:
        """The first words of the form: from here on it is a finding like any other."""
        finding_id = self._raise(draft)
        if finding_id is None:
            self.fields.statement.keep_unsaved()
            return
        self._draft = None
        self.raised.emit(finding_id)

    def _raise(self, draft: Finding) -> str | None:
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
        return None if changes is None else changes.made(Finding).id

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


def _words_of_draft(draft: Finding) -> str:
    """The first line of what was typed instead of a statement: nothing typed is lost; "" where nothing was."""
    own_requirement = "" if draft.checkpoint_id else draft.requirement
    typed = next(
        (text for text in (draft.statement, draft.evidence, own_requirement, draft.place) if text.strip()), ""
    )
    return typed.strip().splitlines()[0] if typed else ""
