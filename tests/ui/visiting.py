"""The invented dealership with visits, promises, people and an agenda, for tests of Today and of the visits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qma_app.domain.ids import AreaId, PersonId, VisitId
from qma_app.domain.promise import Promise
from qma_app.domain.visit import AgendaItem, Visit
from qma_app.domain.visit_reading import agenda_of
from qma_app.services.engagements import change_engagement
from qma_app.services.process_owners import name_owners
from qma_app.services.promises import make_promise
from qma_app.services.visits import add_item, plan_visit, start_visit
from tests.builders import an_id
from tests.ui.showroom import ENGAGEMENT, TODAY
from ui.workbench import Workbench

PRINCIPAL, SERVICE_MANAGER = "R. Muster", "E. Beispiel"
LATER = date(2026, 12, 15)
SERVICE, PARTS = AreaId("service"), AreaId("parts")


@dataclass(frozen=True)
class Visited:
    """A workbench whose dealership is visited today, and once more in December."""

    bench: Workbench
    today: VisitId
    later: VisitId
    promise: Promise

    def visit(self, id: VisitId | None = None) -> Visit:
        with self.bench.workspace.reading() as reader:
            return reader.get(Visit, id or self.today)

    def items(self) -> tuple[AgendaItem, ...]:
        with self.bench.workspace.reading() as reader:
            return agenda_of(reader, self.today)


def a_visited_programme(bench: Workbench, *, is_running: bool = False) -> Visited:
    """Two visits, a promise that is late, three points on the agenda; with `is_running` the first visit has begun."""
    workspace = bench.workspace
    person = {name: PersonId(an_id(name)) for name in (PRINCIPAL, SERVICE_MANAGER)}
    bench.do(change_engagement, ENGAGEMENT, principal_id=person[PRINCIPAL])
    with workspace.reading() as reader:
        edition = reader.edition(bench.engagement.edition) if bench.engagement else None
    assert edition is not None
    owners = {
        process.id: person[SERVICE_MANAGER]
        for area in edition.areas
        if area.id == SERVICE
        for process in area.processes
    }
    bench.do(name_owners, ENGAGEMENT, owners)
    first = plan_visit(workspace, ENGAGEMENT, planned_on=TODAY, areas=(SERVICE, PARTS), despite=True).made(
        Visit
    )
    later = plan_visit(workspace, ENGAGEMENT, planned_on=LATER).made(Visit)
    promise = make_promise(
        workspace,
        ENGAGEMENT,
        what="Two hours a week for the quality officer",
        who=PRINCIPAL,
        made_on=date(2026, 9, 1),
        due_on=date(2026, 11, 1),
    ).made(Promise)
    for title in ("Opening", "Walk the workshop", "Closing"):
        add_item(workspace, first.id, title, minutes=20)
    if is_running:
        start_visit(workspace, first.id)
    bench.forget_undo()
    return Visited(bench=bench, today=first.id, later=later.id, promise=promise)
