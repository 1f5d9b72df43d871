"""The agenda of a visit on one sheet: when what is looked at and why, what was promised, what to bring, who is asked to come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import BinaryIO

from qma_app.design import LIGHT
from qma_app.domain.ids import EngagementId, PersonId
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.domain.process_owner import ProcessOwner, processes_text
from qma_app.domain.visit import Visit
from qma_app.domain.visit_reading import visit_as_seen
from qma_app.domain.wording import visit_title
from qma_app.i18n import _
from qma_app.reports.actions.drawing import Part, draw_parts
from qma_app.reports.actions.reading import Programme
from qma_app.reports.document import PictureBytes
from qma_app.reports.kit import Kit
from qma_app.reports.progress import Progress
from qma_app.reports.year.agenda_sheet import AgendaSheet
from qma_app.reports.year.items import item_parts
from qma_app.reports.year.meant import next_visit
from qma_app.reports.year.people import roles_in
from qma_app.reports.year.promises import promise_lines
from qma_app.reports.year.values import AgendaPaper, AskedPerson


def title() -> str:
    """What it is called in lists."""
    return _("Agenda of a visit")


def collect(
    reader: Reader,
    engagement_id: EngagementId,
    of: str | None = None,
    *,
    on: date,
    is_sample: bool = False,
    step: Callable[[float], None] = lambda _share: None,
) -> AgendaPaper:
    """The agenda of the visit of that number, else of the next one; promises stand as on the day `on`."""
    visit = next_visit(reader, engagement_id, of, on=on)
    programme = Programme(reader, engagement_id, on=on, is_sample=is_sample)
    due = visit_as_seen(reader, visit.id, on=on).promises_due
    lines = promise_lines(reader, due, on=min(on, visit.day))
    edition = programme.edition
    step(1.0)
    return AgendaPaper(
        frame=programme.frame,
        visit=visit,
        coach=_coach(reader, visit.coach_id) or programme.frame.coach,
        areas=tuple(edition.areas_by_id[id] for id in visit.areas if id in edition.areas_by_id),
        items=item_parts(programme, visit),
        promises=tuple(line for line in lines if not line.is_settled),
        asked=_asked(reader, programme, visit),
    )


def draw(paper: AgendaPaper, out: BinaryIO, *, pictures: PictureBytes, progress: Progress) -> None:
    """Write the one page as a PDF."""
    name = visit_title(paper.visit)

    def add(kit: Kit) -> None:
        kit.flow.add(AgendaSheet(kit, paper), entry=kit.entry(name, 0, in_contents=False))

    marks = ((_("CALLED OFF"), LIGHT.bad),) if paper.is_called_off else ()
    part = Part(name=name, add=add, says_losses=True)
    draw_parts(paper.frame, out, [part], title=title(), pictures=pictures, progress=progress, marks=marks)


def _coach(reader: Reader, id: PersonId | None) -> Person | None:
    return reader.find(Person, id, in_bin=True) if id else None


def _asked(reader: Reader, programme: Programme, visit: Visit) -> tuple[AskedPerson, ...]:
    """The principal and the quality officer, who owns a process of the areas visited, and whoever is noted for the visit."""
    engagement, edition = programme.engagement, programme.edition
    why: dict[PersonId, list[str]] = {}
    for leader in (engagement.principal_id, engagement.officer_id):
        if leader:
            why.setdefault(leader, [])
    for owner in reader.all(ProcessOwner, engagement_id=engagement.id):
        process = edition.processes.get(owner.process_id)
        if owner.owner_id and process and process.id.split(".", 1)[0] in visit.areas:
            why.setdefault(owner.owner_id, []).append(process.number)
    for one in visit.participants:
        if one.person_id:
            why.setdefault(PersonId(one.person_id), [])
    roles = roles_in(engagement)
    found = []
    for id, numbers in why.items():
        person = reader.find(Person, id)
        if person is None or id == visit.coach_id:
            continue
        role = roles.get(id, "")
        reasons = [role if role.casefold() != person.function.strip().casefold() else ""]
        if numbers:
            reasons.append(_("owner of {processes}").format(processes=processes_text(sorted(numbers))))
        asked = " · ".join(filter(None, reasons))
        found.append(AskedPerson(name=person.name, function=person.function, why=asked))
    guests = [
        AskedPerson(name=one.name, function=one.function, why="")
        for one in visit.participants
        if not one.person_id
    ]
    return (*found, *guests)
