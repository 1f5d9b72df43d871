"""Begins an audit: its kind, its days, and the audit it looks back on."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.audit import Audit
from qma_app.domain.ids import AuditId, EngagementId
from qma_app.domain.wording import kind_title
from qma_app.i18n import _
from qma_app.services.audits import begin_audit, list_audits
from ui.audit.words import audit_words, days_words
from ui.dialogs.dialog import Dialog, field, side_by_side
from ui.widgets.date_edit import DateEdit
from ui.workbench import Workbench

KINDS: Final = (
    AssessmentKind.PRE_AUDIT,
    AssessmentKind.CERTIFICATION_AUDIT,
    AssessmentKind.FOLLOW_UP_AUDIT,
    AssessmentKind.SURVEILLANCE,
    AssessmentKind.RECERTIFICATION,
    AssessmentKind.SHORT_NOTICE,
)
_LOOKS_BACK: Final = (
    AssessmentKind.FOLLOW_UP_AUDIT,
    AssessmentKind.SURVEILLANCE,
    AssessmentKind.RECERTIFICATION,
)


class BeginAudit(Dialog):
    """What is missing is said above the buttons, in the words of whoever refuses it."""

    def __init__(self, parent: QWidget | None, workbench: Workbench, engagement_id: EngagementId) -> None:
        super().__init__(
            parent,
            _("Begin an audit"),
            _("The report gets its number now; team, areas and samples are planned next."),
            accept=_("Begin audit"),
        )
        self._bench, self._engagement_id = workbench, engagement_id
        self.audit_id: AuditId | None = None
        signed = [one for one in workbench.read(list_audits, engagement_id) if one.is_signed]
        self.kind = QComboBox()
        for kind in KINDS:
            self.kind.addItem(kind_title(kind), kind)
        self.kind.setCurrentIndex(KINDS.index(AssessmentKind.CERTIFICATION_AUDIT))
        self.kind.currentIndexChanged.connect(self._kind_changed)
        today = workbench.workspace.today()
        self.has_days = QCheckBox(_("The days are agreed"))
        self.has_days.setChecked(True)
        self.has_days.toggled.connect(self._days_toggled)
        self.first_on, self.last_on = DateEdit(today), DateEdit(today)
        self.first_on.dateChanged.connect(self._first_moved)
        self.follows = QComboBox()
        for audit in signed:
            line = f"{audit_words(audit)} · {days_words(audit.first_on, audit.last_on)}"
            self.follows.addItem(line, audit.id)
        self._follows_field = field(_("Looks back on"), self.follows)
        self.body.addWidget(field(_("Kind of audit"), self.kind))
        self.body.addWidget(self.has_days)
        self.body.addLayout(
            side_by_side(field(_("First day"), self.first_on), field(_("Last day"), self.last_on))
        )
        self.body.addWidget(self._follows_field)
        self._kind_changed()
        workbench.failed.connect(self.show_problem)
        self.kind.setFocus()

    @property
    def chosen_kind(self) -> AssessmentKind:
        return AssessmentKind(self.kind.currentData())

    def accept(self) -> None:
        """Begin it; what is refused is said here, and the dialog stays."""
        has_days = self.has_days.isChecked()
        self.show_problem("")
        changes = self._bench.do(
            begin_audit,
            self._engagement_id,
            self.chosen_kind,
            first_on=self.first_on.day if has_days else None,
            last_on=self.last_on.day if has_days else None,
            follows=self._followed(),
        )
        if changes is None:
            return
        self.audit_id = changes.made(Audit).id
        super().accept()

    def _followed(self) -> AuditId | None:
        found = self.follows.currentData()
        return AuditId(found) if found and self.chosen_kind in _LOOKS_BACK else None

    def _kind_changed(self) -> None:
        self._follows_field.setVisible(self.chosen_kind in _LOOKS_BACK and self.follows.count() > 0)
        self.show_problem("")

    def _days_toggled(self, is_on: bool) -> None:
        self.first_on.setEnabled(is_on)
        self.last_on.setEnabled(is_on)

    def _first_moved(self) -> None:
        if self.last_on.day < self.first_on.day:
            self.last_on.show_day(self.first_on.day)

    @classmethod
    def ask(
        cls, workbench: Workbench, engagement_id: EngagementId, parent: QWidget | None = None
    ) -> AuditId | None:
        """The audit that was begun; None when it was cancelled."""
        dialog = cls(parent, workbench, engagement_id)
        begun = dialog.audit_id if dialog.exec() else None
        workbench.failed.disconnect(dialog.show_problem)
        dialog.deleteLater()
        return begun
