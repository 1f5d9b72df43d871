"""What can be started from anywhere: new clients, who is working, capturing, papers, help."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from qma_app.domain.ids import DealershipId, PersonId
from qma_app.i18n import _
from ui.places import Place
from ui.session import Session
from ui.window import MainWindow

if TYPE_CHECKING:
    from qma_app.domain.engagement import Engagement
    from qma_app.domain.ports import Reader
    from qma_app.services.working import WorkerView
    from ui.dialogs.new_dealership import AreaChoice, NewDealership


class Errands(QObject):
    """Bound to keys, palette and buttons alike; each one asks what it needs and leaves the rest to the services."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._bench = window.workbench
        self._unfinished: NewDealership | None = None

    def new(self) -> None:
        """Ctrl+N: what is new on the page shown, else a new dealership."""
        page = self._window.current_page
        if page is None:
            self.new_dealership()
        else:
            page.new()

    def new_dealership(self) -> None:
        """Name and country, an area to begin with, and the checklist is open."""
        from qma_app.services.dealerships import add_dealership
        from ui.dialogs.new_dealership import NewDealershipDialog

        answer = NewDealershipDialog.ask(self._window, self._unfinished)
        if answer is None:
            return
        self._unfinished = answer
        came_from = self._bench.workspace.folder if self._bench.has_workspace else None
        if not self._session.ensure_own():
            return
        if answer.is_in_full:
            if not self.set_up_in_full(answer) and came_from is not None:
                # Nothing was made: back to the sample, if it was asked for there.
                self._session.open(came_from)
            return
        changes = self._bench.do(
            add_dealership,
            name=answer.name,
            country=answer.country,
            code=answer.code,
            city=answer.city,
            features=answer.features,
            staff=answer.staff,
        )
        if changes is None:
            return
        self._unfinished = None
        from qma_app.domain.dealership import Dealership

        self._bench.open_dealership(changes.made(Dealership).id)
        self.begin_baseline()

    def set_up_in_full(self, before: NewDealership) -> bool:
        """House, departments, people and agreement in one dialog; then the charter and the targets are next. False: it was left."""
        from qma_app.domain.dealership import Dealership
        from ui.dialogs.set_up_programme import SetUpProgramme

        changes = SetUpProgramme.ask(self._bench, self._window, before)
        if changes is None:
            return False
        self._unfinished = None
        dealership_id = changes.made(Dealership).id
        self._bench.open_dealership(dealership_id)
        self._window.go(Place(page="journey", dealership_id=dealership_id, view="agreement"))
        self._ask_once_who_is_working()
        return True

    def next_programme(self, dealership_id: str = "") -> None:
        """A further programme of a dealership whose last one ended, the one shown unless named; then its charter and targets are next."""
        from ui.dialogs.next_programme import NextProgramme

        wanted = dealership_id or self._bench.dealership_id
        if not wanted:
            return
        self._window.flush()
        if NextProgramme.ask(self._bench, DealershipId(wanted), self._window) is None:
            return
        self._bench.open_dealership(wanted)
        self._window.go(Place(page="journey", dealership_id=wanted, view="agreement"))

    def begin_baseline(self) -> None:
        """Choose an area and open the baseline there; without a choice Today is shown."""
        from qma_app.domain.assessment import Assessment, AssessmentKind
        from qma_app.services.assessments import start_assessment
        from ui.dialogs.new_dealership import FirstAreaDialog

        engagement = self._bench.engagement
        if engagement is None:
            return
        dealership_id = self._bench.dealership_id
        area = FirstAreaDialog.ask(self._window, self._bench.read(_area_choices, engagement))
        changes = None
        if area is not None:
            changes = self._bench.do(
                start_assessment, engagement_id=engagement.id, kind=AssessmentKind.BASELINE
            )
        if changes is None:
            self._window.go(Place(page="today", dealership_id=dealership_id))
        else:
            self._window.go(
                Place(
                    page="checklists",
                    dealership_id=dealership_id,
                    assessment_id=changes.made(Assessment).id,
                    area_id=area,
                )
            )
        self._ask_once_who_is_working()

    def edit_dealership(self) -> None:
        """Name, sites, features and programme of the dealership shown."""
        from ui.dialogs.edit_dealership import EditDealershipDialog

        if self._bench.dealership_id is not None:
            EditDealershipDialog.edit(self._window, self._bench)

    def who_is_working(self) -> None:
        """Name who is working, change it, or name nobody."""
        from qma_app.domain.people import Role
        from qma_app.services.engagements import change_engagement
        from qma_app.services.working import current_worker, start_working, stop_working, worker_choices
        from ui.dialogs.who_is_working import WhoIsWorkingDialog

        if not self._bench.has_workspace:
            return
        workspace, engagement = self._bench.workspace, self._bench.engagement
        choices = self._bench.read(worker_choices)
        if engagement is not None:
            # The first one is proposed: the coach of the programme shown, who may have been made a moment ago.
            choices = tuple(sorted(choices, key=partial(_is_other, engagement.coach_id)))
        answer = WhoIsWorkingDialog.ask(
            self._window, choices, current_worker(workspace), today=workspace.today()
        )
        if answer is None:
            return
        self._window.messages.dismiss()
        if not answer.name:
            self._bench.do(stop_working)
            return
        self._bench.do(
            start_working,
            name=answer.name,
            role=answer.role,
            number=answer.number,
            valid_until=answer.valid_until,
        )
        engagement = self._bench.engagement
        if engagement is not None and engagement.coach_id is None and answer.role is Role.COACH:
            worker = workspace.worker
            self._bench.do(change_engagement, engagement.id, coach_id=worker.person_id if worker else None)

    def quick_capture(self) -> None:
        """A note at the current place, or a finding, without leaving the screen."""
        from ui.capture import capture

        if self._bench.engagement is not None:
            capture(self._window, self._bench)

    def take_in_self_assessment(self) -> None:
        """Choose the workbook a department filled in, look at what it says, and take it in."""
        from qma_app.domain.assessment import Assessment
        from ui.dialogs.self_assessment import SelfAssessmentDialog, choose_workbook, taken_in_text

        if self._bench.engagement is None:
            return
        self._window.flush()
        path = choose_workbook(self._window, self._bench.settings)
        if path is None:
            return
        taken = SelfAssessmentDialog.ask(self._window, self._bench, path)
        if taken is None:
            return
        reading, changes = taken
        made = changes.made(Assessment)
        place = Place(
            page="checklists",
            dealership_id=self._bench.dealership_id,
            assessment_id=made.id,
            area_id=reading.area.id,
        )
        self._window.messages.tell(taken_in_text(reading, made), (_("Show"), partial(self._window.go, place)))

    def check_papers(self, papers: Sequence[Path] = ()) -> None:
        """Look whether signed papers are those that were issued; without any named they are chosen or dropped."""
        from ui.dialogs.verify_paper import VerifyPaper

        self._window.flush()
        VerifyPaper.tell(self._window, self._bench, papers)

    def preview_report(self) -> None:
        """Ctrl+P: the paper of the assessment or the visit looked at."""
        place = self._window.place()
        if self._bench.dealership_id is not None:
            self._window.go(
                Place(
                    page="reports",
                    dealership_id=self._bench.dealership_id,
                    assessment_id=place.assessment_id if place else None,
                    visit_id=place.visit_id if place else None,
                )
            )

    def save_elsewhere(self) -> None:
        """Ctrl+Shift+S: the paper shown goes where the user says."""
        place = self._window.place()
        if place is None or place.page != "reports":
            self.preview_report()
        page = self._window.current_page
        if page is not None:
            page.save_elsewhere()

    def next_area(self) -> None:
        """Ctrl+Tab: on to the next area with something open."""
        page = self._window.current_page
        if page is not None:
            page.next_area()

    def focus_search(self) -> None:
        """Ctrl+F: this screen's search, or the palette where a screen has none."""
        page = self._window.current_page
        if page is not None:
            page.focus_search()

    def undo(self) -> None:
        """Take the last step back, after what is being typed is stored."""
        self._window.flush()
        self._bench.undo()

    def redo(self) -> None:
        self._bench.redo()

    def show_settings(self) -> None:
        self._window.go_to_page("settings")

    def show_shortcuts(self) -> None:
        """F1: the keys of this screen and those that work anywhere."""
        from ui.dialogs.shortcuts_sheet import ShortcutsSheet
        from ui.keys import ANYWHERE

        page = self._window.current_page
        ShortcutsSheet.tell(
            self._window,
            page.title if page else "",
            page.shortcuts() if page else (),
            ANYWHERE,
        )

    def _ask_once_who_is_working(self) -> None:
        settings = self._bench.settings
        if self._bench.workspace.worker is None and not settings.flag("asked_who", default=False):
            settings.put("asked_who", value=True)
            self._window.messages.tell(
                _("Who is working? Papers and the change log name that person. You can also say it later."),
                (_("Say who is working"), self.who_is_working),
            )


def _is_other(coach_id: PersonId | None, worker: WorkerView) -> bool:
    from qma_app.domain.people import Role

    return worker.role is not Role.COACH or worker.person_id != coach_id


def _area_choices(reader: Reader, engagement: Engagement) -> tuple[AreaChoice, ...]:
    from collections import Counter

    from qma_app.domain.applicability import applicable_checkpoints, premises_of
    from ui.dialogs.new_dealership import AreaChoice

    edition = reader.edition(engagement.edition)
    applicable = applicable_checkpoints(edition, premises_of(reader, engagement.dealership_id))
    counts = Counter(edition.checkpoints[id].area_id for id in applicable)
    return tuple(
        AreaChoice(id=area.id, code=area.code, title=str(area.title), checkpoints=counts[area.id])
        for area in edition.areas
        if counts[area.id]
    )
