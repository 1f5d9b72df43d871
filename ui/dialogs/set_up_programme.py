"""Sets up a dealership with its programme in few steps: house, departments, people, agreement; only name and country are needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import EngagementId
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.i18n import _
from qma_app.services.setting_up import EngagementSetup, copy_setup, set_up_engagement
from qma_app.services.standards import newest_shipped_edition
from ui.dialogs.set_up_programme_agreement import AgreementStep
from ui.dialogs.set_up_programme_departments import DepartmentsStep
from ui.dialogs.set_up_programme_house import CopyChoice, HouseStep
from ui.dialogs.set_up_programme_people import PeopleStep
from ui.dialogs.set_up_steps import StepsDialog
from ui.workbench import Workbench

if TYPE_CHECKING:
    from ui.dialogs.new_dealership import NewDealership


@dataclass(frozen=True, kw_only=True, slots=True)
class _Offer:
    """What the dialog begins with."""

    copies: tuple[CopyChoice, ...]
    editions: tuple[Edition, ...]


class SetUpProgramme(StepsDialog):
    """A new dealership with everything its programme begins with; only name and country are needed."""

    step_of: ClassVar[Mapping[str, int]] = {
        "dealership": 0,
        "setup.staff": 0,
        "setup.area-reason": 1,
        "setup.nothing-left": 1,
        "setup.person-twice": 2,
        "setup.leader-twice": 2,
        "people": 2,
        "certificate": 3,
        "engagement": 3,
    }

    def __init__(
        self, parent: QWidget | None, workbench: Workbench, before: NewDealership | None = None
    ) -> None:
        super().__init__(parent, workbench, _("Set up a dealership"), accept=_("Create dealership"))
        offer = workbench.read(_offer)
        self.house = HouseStep(offer.copies)
        self.departments = DepartmentsStep(offer.editions[0])
        self.people = PeopleStep(workbench)
        self.agreement = AgreementStep(workbench, offer.editions)
        self.set_out(
            (
                (_("House"), self.house),
                (_("Departments"), self.departments),
                (_("People"), self.people),
                (_("Agreement"), self.agreement),
            )
        )
        self.house.copy_wanted.connect(self._copy)
        self.people.refused.connect(self.show_problem)
        if before is not None:
            self._take_over(before)
        self.said()
        self._show_step(0)

    @property
    def is_enough(self) -> bool:
        return self.house.is_enough

    def setup(self) -> EngagementSetup:
        """Everything said so far; ContentProblems where people do not hold."""
        house, agreement = self.house, self.agreement
        edition = agreement.chosen_edition
        return EngagementSetup(
            name=house.name.text(),
            country=house.country.code,
            region=house.region.currentData() or "",
            language=house.language.currentData() or "",
            city=house.city.text(),
            code=house.code.text(),
            site_name=house.site_name.text(),
            features=self.departments.features.chosen(),
            staff=house.staff_count,
            edition=edition.hash if agreement.edition.currentIndex() > 0 else None,
            coach=agreement.coach_id,
            started_on=agreement.started_on,
            months=agreement.month_count,
            left_out=self.departments.left_out,
            people=self.people.people(edition),
            officer_percent=agreement.officer_percent,
        )

    def store(self) -> Changes | None:
        return self._bench.do(set_up_engagement, self.setup())

    def accept(self) -> None:
        self.people.grid.flush()
        super().accept()

    def said(self) -> None:
        self.departments.blockSignals(True)
        self.departments.show_staff(self.house.staff_count)
        self.departments.blockSignals(False)
        self.agreement.show_officer(is_named=self.people.has_officer)
        super().said()

    def _take_over(self, before: NewDealership) -> None:
        self.house.name.setText(before.name)
        if before.country:
            self.house.show_country(before.country, "", "")
        self.house.city.setText(before.city)
        self.house.code.setText(before.code)
        self.house.staff.setValue(before.staff or 0)
        if before.features is not None:
            self.departments.show_setup(before.features, {})

    def _copy(self, engagement_id: EngagementId | None) -> None:
        """Fill in what another programme began with; name, town and people stay as typed."""
        if engagement_id is None:
            self.departments.show_setup(None, {})
            return
        setup = self._bench.read(copy_setup, engagement_id)
        self.house.show_country(setup.country, setup.region, setup.language)
        self.agreement.show_setup(setup.months, setup.coach, setup.edition)
        self.departments.show_setup(setup.features, setup.left_out)

    @classmethod
    def ask(
        cls, workbench: Workbench, parent: QWidget | None = None, before: NewDealership | None = None
    ) -> Changes | None:
        """What was stored; None when it was cancelled. `before` is what was typed on the quick way."""
        return cls(parent, workbench, before).ask_until_done()


def _offer(reader: Reader) -> _Offer:
    """The programmes to copy from, the newest of each dealership, and the editions there are, the newest shipped first."""
    newest = newest_shipped_edition()
    engagements = {
        one.dealership_id: one for one in sorted(reader.all(Engagement), key=lambda one: one.started_on)
    }
    copies = [
        CopyChoice(
            engagement_id=engagements[one.id].id, title=f"{one.name}, {one.city}" if one.city else one.name
        )
        for one in reader.all(Dealership)
        if one.archived_at is None and one.id in engagements
    ]
    hashes = dict.fromkeys(one.edition for one in reader.all(Engagement))
    return _Offer(
        copies=tuple(sorted(copies, key=lambda one: one.title.casefold())),
        editions=(newest, *(reader.edition(one) for one in hashes if one != newest.hash)),
    )
