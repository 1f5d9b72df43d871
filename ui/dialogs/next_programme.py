"""Begins a further programme of a dealership whose last one has ended: what goes on, what it offers now, and what is agreed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from qma_app.domain.ids import DealershipId
from qma_app.domain.record import Changes
from qma_app.i18n import _
from qma_app.services.areas_left_out import areas_left_out
from qma_app.services.setting_up import begin_engagement
from ui.dialogs.set_up_programme_agreement import AgreementStep
from ui.dialogs.set_up_programme_departments import DepartmentsStep
from ui.dialogs.set_up_programme_taken_over import TakenOverStep, read_before
from ui.dialogs.set_up_steps import StepsDialog
from ui.workbench import Workbench


class NextProgramme(StepsDialog):
    """The set-up window without the house, which is there: everything is filled in with what the programme before had."""

    step_of: ClassVar[Mapping[str, int]] = {
        "setup.area-reason": 1,
        "setup.nothing-left": 1,
        "setup.features-of-sites": 1,
        "certificate": 2,
        "engagement": 2,
    }

    def __init__(self, parent: QWidget | None, workbench: Workbench, dealership_id: DealershipId) -> None:
        before = workbench.read(read_before, dealership_id)
        title = _("Next programme of {name}").format(name=before.dealership.name)
        super().__init__(parent, workbench, title, accept=_("Begin programme"))
        self._before = before
        self.taken_over = TakenOverStep(before)
        self.departments = DepartmentsStep(before.editions[0])
        self.agreement = AgreementStep(workbench, before.editions, asks_percent=False)
        self.set_out(
            (
                (_("Taken over"), self.taken_over),
                (_("Departments"), self.departments),
                (_("Agreement"), self.agreement),
            )
        )
        self.departments.show_sites(before.sites)
        self.departments.show_staff(before.premises.staff)
        known = before.editions[0].areas_by_id
        left_out = workbench.read(areas_left_out, before.engagement.id)
        self.departments.show_setup(
            before.premises.features, {id: words for id, words in left_out.items() if id in known}
        )
        self.agreement.show_setup(before.engagement.months, before.engagement.coach_id, None)
        self.said()
        self._show_step(0)

    def store(self) -> Changes | None:
        edition, started_on = self.agreement.chosen_edition, self.agreement.started_on
        assert started_on is not None  # `accept` took the day typed
        return self._bench.do(
            begin_engagement,
            self._before.dealership.id,
            edition=edition.hash if self.agreement.edition.currentIndex() > 0 else None,
            started_on=started_on,
            months=self.agreement.month_count,
            coach_id=self.agreement.coach_id,
            copy_from=self._before.engagement.id if self.taken_over.goes_on.isChecked() else None,
            features=self.departments.features.chosen() if self._before.sites == 1 else None,
            left_out=self.departments.left_out,
        )

    @classmethod
    def ask(
        cls, workbench: Workbench, dealership_id: DealershipId, parent: QWidget | None = None
    ) -> Changes | None:
        """What was stored; None when it was cancelled."""
        return cls(parent, workbench, dealership_id).ask_until_done()
