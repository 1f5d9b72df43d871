"""What can be done with a visit from its head, by keys and from the palette."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from qma_app.domain.ids import VisitId
from qma_app.domain.ports import Reader
from qma_app.domain.visit import Participant, Visit, VisitState
from qma_app.i18n import _, day_text
from ui.visit.reading import Desk
from ui.visit.visit_papers import VisitPapers
from ui.workbench import Workbench


class VisitActs(QObject):
    """Each asks what it must; `going` leads to a paper."""

    going = Signal(object)  # Place

    def __init__(self, workbench: Workbench, page: QWidget) -> None:
        super().__init__(page)
        self._bench, self._page = workbench, page
        self.papers = VisitPapers(workbench, self)

    def plan(self) -> VisitId | None:
        """Plan one more visit; which one it became."""
        from ui.dialogs.plan_visit import PlanVisit

        engagement = self._bench.engagement
        changes = PlanVisit.ask(self._bench, engagement.id, self._page) if engagement is not None else None
        return changes.made(Visit).id if changes is not None else None

    def prepare(self, visit: Visit) -> None:
        """Make the agenda anew, keeping what was ticked and typed; its sheet and the calendar are saved."""
        from qma_app.services.visits import prepare_visit

        if self._bench.do(prepare_visit, visit.id) is not None:
            self.papers.save_agenda(visit)

    def start_or_pause(self, visit: Visit) -> None:
        """Start the clock, stop it, or let it go on."""
        from qma_app.services.visits import pause_visit, resume_visit, start_visit

        if visit.state is VisitState.PLANNED:
            expected = visit.participants or self._bench.read(_expected, visit)
            started = self._bench.do(start_visit, visit.id, participants=expected)
            if started is not None and visit.planned_on > self._bench.workspace.today():
                self._bench.told.emit(
                    _("Visit {number} was planned for {day} and is held today. Undo takes that back.").format(
                        number=visit.number, day=day_text(visit.planned_on)
                    )
                )
        elif visit.state is VisitState.RUNNING:
            self._bench.do(pause_visit, visit.id)
        elif visit.state is VisitState.PAUSED:
            self._bench.do(resume_visit, visit.id)

    def close(self, desk: Desk) -> None:
        """Close it with somebody; then its minutes are shown."""
        from ui.dialogs.close_visit import CloseVisit

        if CloseVisit.ask(self._page, self._bench, desk):
            self.going.emit(self.papers.minutes_place(desk.visit))

    def show_paper(self, visit: Visit) -> None:
        """Its minutes; before it began its agenda."""
        if visit.state is not VisitState.CANCELLED:
            self.going.emit(
                self.papers.minutes_place(visit) if visit.clock else self.papers.agenda_place(visit)
            )

    def more_for(self, visit: Visit) -> tuple[tuple[str, str], ...]:
        """What is done seldom, with its words."""
        found = [("plan", _("Plan another visit…"))]
        if visit.state is VisitState.PLANNED:
            found += [
                ("change", _("Change day and areas…")),
                ("agenda", _("Agenda on paper")),
                ("cancel", _("Call it off…")),
                ("delete", _("Delete")),
            ]
        elif visit.is_ahead:
            found += [
                ("change", _("Change times and areas…")),
                ("prepare", _("Make the agenda anew")),
                ("agenda", _("Agenda on paper")),
            ]
        elif visit.state is VisitState.CLOSED:
            found += [("reopen", _("Reopen…"))]
        else:
            found += [("take-up", _("It takes place after all")), ("delete", _("Delete"))]
        return tuple(found)

    def do_more(self, name: str, visit: Visit) -> None:
        """What was chosen there."""
        acts = {
            "change": self.change,
            "agenda": self._show_agenda,
            "cancel": self.cancel,
            "delete": self.delete,
            "prepare": self.prepare,
            "reopen": self.reopen,
            "take-up": self._take_up,
        }
        if name == "plan":
            self.plan()
        elif name in acts:
            acts[name](visit)

    def change(self, visit: Visit) -> None:
        """Another day, other times or areas."""
        from ui.dialogs.plan_visit import PlanVisit

        PlanVisit.ask(self._bench, visit.engagement_id, self._page, visit=visit)

    def cancel(self, visit: Visit) -> None:
        """It does not take place; the reason is kept."""
        from qma_app.services.visits import cancel_visit
        from ui.dialogs.reason import ReasonDialog

        reason = ReasonDialog.ask(
            self._page,
            _("Call off visit {number}").format(number=visit.number),
            _("It stays readable and keeps its number."),
            accept=_("Call it off"),
            suggestions=(_("The coach is ill"), _("The dealership asked for another day")),
        )
        if reason is not None:
            self._bench.do(cancel_visit, visit.id, reason=reason)

    def delete(self, visit: Visit) -> None:
        """Into the bin; one that has begun is refused in words."""
        from qma_app.services.visits import delete_visit

        if self._bench.do(delete_visit, visit.id) is not None:
            self._bench.deleted.emit(_("Visit {number} was deleted.").format(number=visit.number))

    def reopen(self, visit: Visit) -> None:
        """Correct a closed one; its signatures go, the reason stays in the minutes."""
        from qma_app.services.visits import reopen_visit
        from ui.dialogs.reason import ReasonDialog

        reason = ReasonDialog.ask(
            self._page,
            _("Reopen visit {number}").format(number=visit.number),
            _("Its signatures go, and the minutes say when and why it was reopened."),
            accept=_("Reopen"),
        )
        if reason is not None:
            self._bench.do(reopen_visit, visit.id, reason=reason)

    def _show_agenda(self, visit: Visit) -> None:
        self.going.emit(self.papers.agenda_place(visit))

    def _take_up(self, visit: Visit) -> None:
        from qma_app.services.visits import take_up_visit

        self._bench.do(take_up_visit, visit.id, despite=True)


def _expected(reader: Reader, visit: Visit) -> tuple[Participant, ...]:
    from qma_app.domain.visit_people import expected_at

    return expected_at(reader, visit)
