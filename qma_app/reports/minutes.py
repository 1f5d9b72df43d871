"""The minutes of a visit: who was there, what was looked at and found, what was agreed, and the signatures under it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import BinaryIO

from qma_app.design import LIGHT
from qma_app.domain.ids import ActionId, EngagementId
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.domain.promise import Promise
from qma_app.domain.visit import Visit
from qma_app.domain.visit_reading import VisitView, visit_as_seen
from qma_app.domain.wording import visit_title
from qma_app.i18n import _
from qma_app.reports.actions.drawing import Part, draw_parts
from qma_app.reports.actions.reading import Programme
from qma_app.reports.document import PictureBytes
from qma_app.reports.evidence_register import register_of
from qma_app.reports.kit import Kit
from qma_app.reports.progress import Progress
from qma_app.reports.year.items import item_parts
from qma_app.reports.year.log_end import add_log_end
from qma_app.reports.year.meant import last_visit, visits_of
from qma_app.reports.year.minutes_ends import add_agreed, add_next, add_signing
from qma_app.reports.year.minutes_parts import (
    add_findings,
    add_head,
    add_items,
    add_notes,
    add_opening,
    add_people,
    add_pictures,
)
from qma_app.reports.year.promises import promise_lines, promises_of
from qma_app.reports.year.values import FindingLine, MinutesPaper, NotePart


def title() -> str:
    """What it is called in lists."""
    return _("Minutes of a visit")


def collect(
    reader: Reader,
    engagement_id: EngagementId,
    of: str | None = None,
    *,
    on: date,
    agreed: Collection[ActionId] = (),
    is_sample: bool = False,
    step: Callable[[float], None] = lambda _share: None,
) -> MinutesPaper:
    """The minutes of the visit of that number, else of the last closed one.

    What was late is judged by the day of the visit once it was held, so that minutes read the same on every day after. `agreed` are the
    actions known to be agreed at the visit.
    """
    visit = last_visit(reader, engagement_id, of)
    judged_on = visit.day if visit.clock else on
    programme = Programme(reader, engagement_id, on=judged_on, is_sample=is_sample)
    view = visit_as_seen(reader, visit.id, on=on, agreed=agreed)
    visits = visits_of(reader, engagement_id)
    notes = _notes(programme, view)
    findings = {one.id for one in view.findings} | {one.note.finding_id for one in notes}
    raised = [one for one in programme.findings if one.id in findings]
    coach = reader.find(Person, visit.coach_id, in_bin=True) if visit.coach_id else None
    later = sorted(
        # A visit held before its day, as this one may be, is not one that follows.
        (one for one in visits if one.cancelled_on is None and min(one.planned_on, one.day) > visit.day),
        key=_planned,
    )
    files = ((one, visit_title(visit)) for one in (*view.photos, *view.documents))
    return MinutesPaper(
        frame=programme.frame,
        visit=visit,
        coach=coach or programme.frame.coach,
        areas=view.areas,
        worked=view.worked,
        remarks=view.remarks,
        judged_on=judged_on,
        items=item_parts(programme, visit),
        notes=notes,
        findings=tuple(FindingLine(finding=one, checkpoint=programme.place(one)) for one in raised),
        actions=tuple(programme.part(one) for one in view.actions_agreed),
        opening=promise_lines(reader, _opening(reader, visits, view), on=judged_on),
        made=promise_lines(reader, _by_number(view.promises_made), on=judged_on),
        files=register_of(reader, files, step),
        next_visit=later[0] if later else None,
    )


def draw(paper: MinutesPaper, out: BinaryIO, *, pictures: PictureBytes, progress: Progress) -> None:
    """Write the minutes as a PDF; `pictures` gives the photos the paper names."""
    name = visit_title(paper.visit)

    def add(kit: Kit) -> None:
        add_head(kit, paper, title())
        add_people(kit, paper)
        add_opening(kit, paper)
        add_items(kit, paper)
        add_notes(kit, paper)
        add_findings(kit, paper)
        add_pictures(kit, paper)
        add_agreed(kit, paper)
        add_next(kit, paper)
        if not paper.is_called_off:
            add_signing(kit, paper)
        add_log_end(kit, paper.frame)

    marks = []
    if paper.is_called_off:
        marks.append((_("CALLED OFF"), LIGHT.bad))
    elif paper.is_draft:
        marks.append((_("DRAFT"), LIGHT.warn))
    part = Part(name=name, add=add)
    draw_parts(paper.frame, out, [part], title=title(), pictures=pictures, progress=progress, marks=marks)


def _notes(programme: Programme, view: VisitView) -> tuple[NotePart, ...]:
    labels = {finding.id: finding.label for finding in programme.findings}
    return tuple(
        NotePart(
            note=note,
            who=programme.name(note.noted_by),
            checkpoint=programme.checkpoint(note.checkpoint_id),
            finding=labels.get(note.finding_id, "") if note.finding_id else "",
        )
        for note in view.notes
    )


def _opening(reader: Reader, visits: Collection[Visit], view: VisitView) -> list[Promise]:
    """What was still open that morning, and what was settled since the visit before."""
    visit = view.visit
    held = [one.day for one in visits if one.clock and one.day < visit.day]
    since = max(held, default=date.min)
    due = {one.id for one in view.promises_due}
    found = []
    for promise in promises_of(reader, visit.engagement_id):
        settled = promise.broken_on or promise.kept_on
        is_news = settled is not None and since < settled < visit.day and promise.visit_id != visit.id
        if promise.id in due or is_news:
            found.append(promise)
    return sorted(found, key=_due)


def _by_number(promises: Collection[Promise]) -> list[Promise]:
    return sorted(promises, key=lambda one: (one.number, one.id))


def _due(promise: Promise) -> tuple[date, int]:
    return promise.due_on or date.max, promise.number


def _planned(visit: Visit) -> tuple[date, int]:
    return visit.planned_on, visit.number
