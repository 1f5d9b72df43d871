"""Begins, completes, reopens, corrects and discards assessments; what can be taken back is done at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.ids import AssessmentId
from qma_app.i18n import _, ngettext
from ui.checklists.assessment_button import assessment_title
from ui.checklists.assessment_dialog import AssessmentDialog
from ui.checklists.reading import area_choices
from ui.checklists.sheet import Sheet
from ui.checklists.showing import Showing
from ui.dialogs.reason import ReasonDialog
from ui.workbench import Workbench


class AssessmentDesk:
    """Each answers what is to be shown afterwards, or None when nothing changed."""

    def __init__(self, workbench: Workbench, parent: QWidget) -> None:
        self._workbench = workbench
        self._parent = parent

    def start_baseline(self) -> AssessmentId | None:
        """The first assessment, over every area in which something applies."""
        from qma_app.services.assessments import start_assessment

        engagement = self._workbench.engagement
        if engagement is None:
            return None
        changes = self._workbench.do(
            start_assessment, engagement_id=engagement.id, kind=AssessmentKind.BASELINE
        )
        return changes.made(Assessment).id if changes else None

    def start(self, *, has_baseline: bool) -> AssessmentId | None:
        """Ask for kind and areas, and begin."""
        from qma_app.services.assessments import start_assessment

        engagement = self._workbench.engagement
        if engagement is None:
            return None
        areas = self._workbench.read(area_choices, engagement, self._workbench.settings.content_language)
        kind = AssessmentKind.PROGRESS if has_baseline else AssessmentKind.BASELINE
        choice = AssessmentDialog.ask_new(self._parent, areas, kind, self._workbench.workspace.today())
        if choice is None:
            return None
        changes = self._workbench.do(
            start_assessment,
            engagement_id=engagement.id,
            kind=choice.kind,
            scope=choice.scope,
            started_on=choice.started_on,
        )
        return changes.made(Assessment).id if changes else None

    def complete(self, sheet: Sheet) -> None:
        """Close it for writing, and say what was left; undo or reopening opens it again."""
        from qma_app.services.assessments import complete_assessment

        left = len(sheet.rows) - sheet.decided
        if self._workbench.do(complete_assessment, sheet.assessment.id) is None:
            return
        said = _("{assessment} is completed.").format(assessment=assessment_title(sheet, sheet.assessment))
        if left:
            counted = ngettext(
                "{count} unrated checkpoint counts as not seen.",
                "{count} unrated checkpoints count as not seen.",
                left,
            ).format(count=left)
            said = f"{said} {counted}"
        self._workbench.told.emit(said)

    def reopen(self, sheet: Sheet) -> None:
        """Open a completed one again; the reason is kept for ever."""
        from qma_app.services.assessments import reopen_assessment

        reason = ReasonDialog.ask(
            self._parent,
            _("Reopen this assessment?"),
            _("It can be changed again. The reason stays with it and in the change log."),
            accept=_("Reopen"),
            suggestions=(_("A rating was entered wrongly"), _("Evidence came later")),
        )
        if reason is not None:
            self._workbench.do(reopen_assessment, sheet.assessment.id, reason=reason)

    def correct(self, sheet: Sheet) -> None:
        """Mend kind, areas or date of an open one."""
        from qma_app.services.assessments import correct_assessment

        areas = self._workbench.read(
            area_choices, sheet.engagement, self._workbench.settings.content_language, sheet.assessment
        )
        choice = AssessmentDialog.ask_correction(self._parent, areas, sheet.assessment)
        if choice is not None:
            self._workbench.do(
                correct_assessment,
                sheet.assessment.id,
                kind=choice.kind,
                scope=choice.scope,
                started_on=choice.started_on,
            )

    def discard(self, sheet: Sheet) -> None:
        """Move one that was started by mistake to the bin; Undo stands beside the message."""
        from qma_app.services.assessments import discard_assessment

        if self._workbench.do(discard_assessment, sheet.assessment.id) is not None:
            said = _("{assessment} is in the bin.").format(
                assessment=assessment_title(sheet, sheet.assessment)
            )
            self._workbench.deleted.emit(said)


class AssessmentDeeds(QObject):
    """The same for the assessment that is open: `begun` carries a new one to be shown, `done` follows all others."""

    begun = Signal(object)  # AssessmentId
    done = Signal()

    def __init__(
        self, desk: AssessmentDesk, showing: Showing, flush: Callable[[], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._showing = showing
        self._flush = flush

    def start(self) -> None:
        """Ask, and begin another one."""
        self._begun(self._desk.start(has_baseline=self._showing.sheet is not None))

    def start_baseline(self) -> None:
        """Begin the first one."""
        self._begun(self._desk.start_baseline())

    def complete(self) -> None:
        """Close the open one, with what is still being typed in it."""
        self._do(self._desk.complete)

    def reopen(self) -> None:
        """Open it again."""
        self._do(self._desk.reopen)

    def correct(self) -> None:
        """Mend kind, areas or date."""
        self._do(self._desk.correct)

    def discard(self) -> None:
        """Move it to the bin."""
        self._do(self._desk.discard)

    def _begun(self, id: AssessmentId | None) -> None:
        if id is not None:
            self.begun.emit(id)

    def _do(self, deed: Callable[[Sheet], object]) -> None:
        if self._showing.sheet is not None:
            self._flush()
            deed(self._showing.sheet)
            self.done.emit()
