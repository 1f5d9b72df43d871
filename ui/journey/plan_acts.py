"""What the buttons of the plan do: calendar, list of visits in Excel, a new visit, a plan, a gate."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from qma_app.domain.dealership import Dealership
from qma_app.domain.ids import DealershipId, EditionHash, EngagementId
from qma_app.domain.people import Person
from qma_app.i18n import _
from ui.files import nearest_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from qma_app.domain.engagement import Engagement
    from qma_app.domain.ports import Reader
    from qma_app.services.gates import ConditionView
    from qma_app.services.journey import JourneyView
    from qma_app.services.workspace import Workspace
    from ui.jobs import Progress
    from ui.workbench import Workbench


class PlanActs(QObject):
    """Each asks what it must in a dialog; services are fetched when they are first wanted."""

    def __init__(self, workbench: Workbench, page: QWidget) -> None:
        super().__init__(page)
        self._workbench = workbench
        self._page = page

    def make_plan(self) -> bool:
        """Look at a proposal and make it the plan."""
        from ui.journey.plan_making import MakePlan

        engagement = self._workbench.engagement
        return engagement is not None and MakePlan.ask(self._workbench, engagement.id, self._page)

    def accept_plan(self) -> None:
        """Note that the principal accepted the plan."""
        from ui.journey.plan_making import AcceptPlan

        engagement = self._workbench.engagement
        if engagement is not None:
            by = engagement.plan_accepted_by or self._workbench.read(_principal, engagement)
            AcceptPlan.ask(self._workbench, engagement.id, by, self._page)

    def plan_visit(self) -> None:
        """Plan one more visit."""
        from ui.dialogs.plan_visit import PlanVisit

        engagement = self._workbench.engagement
        if engagement is not None:
            PlanVisit.ask(self._workbench, engagement.id, self._page)

    def export_calendar(self, target: Path | None = None) -> None:
        """Write visits, milestones and what is due to a calendar file, at the place the user names."""
        here = self._workbench.dealership_id
        if here is None:
            return
        name = self._workbench.read(_calendar_name, DealershipId(here))
        target = target or self._ask_target(name, _("Calendar (*.ics)"))
        if target is not None:
            self._save(
                target, partial(_write_calendar, self._workbench.workspace, target, DealershipId(here))
            )

    def save_template(self, target: Path | None = None) -> None:
        """Write an empty list of visits to be filled in."""
        engagement = self._workbench.engagement
        target = target or self._ask_target(f"{_('Visits')}.xlsx", _("Excel (*.xlsx)"))
        if engagement is not None and target is not None:
            self._save(
                target, partial(_write_template, self._workbench.workspace, target, engagement.edition)
            )

    def save_list(self, target: Path | None = None) -> None:
        """Write the visits as they are planned; what is changed in the list can be taken in again."""
        engagement = self._workbench.engagement
        target = target or self._ask_target(f"{_('Visits')}.xlsx", _("Excel (*.xlsx)"))
        if engagement is not None and target is not None:
            self._save(target, partial(_write_list, self._workbench.workspace, target, engagement.id))

    def take_in_list(self, path: Path | None = None) -> None:
        """Take in a list of visits."""
        from ui.dialogs.visit_list import TakeInVisits

        engagement = self._workbench.engagement
        if engagement is not None:
            TakeInVisits.ask(self._workbench, engagement.id, path or None, self._page)

    def pass_gate(self, view: JourneyView) -> None:
        """Pass the gate ahead."""
        from ui.journey.gate_dialogs import PassGate

        if view.gate is not None:
            PassGate.ask(self._workbench, view.gate, self._page)

    def state_condition(self, view: JourneyView, condition: ConditionView) -> None:
        """State a condition of the gate ahead."""
        from ui.journey.gate_dialogs import StateCondition

        areas = tuple((bar.area_id, f"{bar.code} {bar.title}") for bar in view.areas)
        StateCondition.ask(self._workbench, condition, areas, self._page)

    def _save(self, target: Path, write: Callable[[Progress], Path]) -> None:
        self._workbench.jobs.run(
            _("Saving {name}").format(name=target.name),
            write,
            self._workbench.file_saved.emit,
            self._workbench.failed.emit,
        )

    def _ask_target(self, name: str, kind: str) -> Path | None:
        start = nearest_folder(self._workbench.settings.reports_folder) / name
        chosen, _kind = QFileDialog.getSaveFileName(self._page, _("Save"), str(start), kind)
        if not chosen:
            return None
        target = Path(chosen)
        return target if target.suffix else target.with_suffix(start.suffix)


def _write_calendar(
    workspace: Workspace, target: Path, dealership_id: DealershipId, _progress: Progress
) -> Path:
    from qma_app.services.calendars import write_calendar

    return write_calendar(workspace, target, dealership_id=dealership_id)


def _write_template(workspace: Workspace, target: Path, edition: EditionHash, _progress: Progress) -> Path:
    from qma_app.services.visit_lists import visit_template

    with workspace.reading() as reader:
        return visit_template(target, reader.edition(edition))


def _write_list(workspace: Workspace, target: Path, engagement_id: EngagementId, _progress: Progress) -> Path:
    from qma_app.services.visit_lists import write_visit_list

    with workspace.reading() as reader:
        return write_visit_list(reader, engagement_id, target)


def _calendar_name(reader: Reader, dealership_id: DealershipId) -> str:
    name = reader.get(Dealership, dealership_id).name
    words = "".join(letter if letter.isalnum() else "_" for letter in name).strip("_")
    return f"{words}_{_('calendar')}.ics"


def _principal(reader: Reader, engagement: Engagement) -> str:
    if engagement.principal_id is None:
        return ""
    return reader.get(Person, engagement.principal_id).name
