"""A visit with everything that belongs to it, as screen and paper show it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from qma_app.domain.action import Action
from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Area
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence, EvidenceKind, EvidenceLink
from qma_app.domain.finding import Finding
from qma_app.domain.finding_state import agreed_actions
from qma_app.domain.ids import ActionId, EngagementId, VisitId
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.domain.promise import Promise
from qma_app.domain.visit import AgendaItem, Visit, VisitNote
from qma_app.i18n import _, day_text

_LONGEST_STRETCH: Final = timedelta(hours=16)


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitView:
    """One visit from one reading.

    `promises_due` opens the visit: what was undertaken before it and was open that morning, the first due first. `actions_agreed`
    were agreed or are due on the day of the visit, `findings` were seen on it. `starts` says for each point of the agenda when it begins
    by the clock of the dealership, None behind midnight. `worked` is how long the clock ran, `remarks` what is odd about it.
    """

    visit: Visit
    engagement: Engagement
    dealership: Dealership
    coach: Person | None
    areas: tuple[Area, ...]
    items: tuple[AgendaItem, ...]
    starts: tuple[time | None, ...]
    notes: tuple[VisitNote, ...]
    promises_due: tuple[Promise, ...]
    promises_made: tuple[Promise, ...]
    actions_agreed: tuple[Action, ...]
    findings: tuple[Finding, ...]
    photos: tuple[Evidence, ...]
    documents: tuple[Evidence, ...]
    worked: timedelta
    remarks: tuple[str, ...]

    @property
    def minutes_of_agenda(self) -> int:
        return sum(item.minutes for item in self.items)


def visit_as_seen(
    reader: Reader,
    visit_id: VisitId,
    *,
    on: date,
    now: datetime | None = None,
    agreed: Collection[ActionId] = (),
) -> VisitView:
    """The visit on a day; the clock of a running one is read at `now`, else at the last change of the workspace.

    `agreed` are the actions known to be agreed at the visit.
    """
    visit = reader.get(Visit, visit_id)
    engagement = reader.get(Engagement, visit.engagement_id)
    edition = reader.edition(engagement.edition)
    items = agenda_of(reader, visit_id)
    until = now or reader.log_head().at or (visit.clock[-1].begun if visit.clock else None)
    day = visit.day if visit.clock else max(visit.planned_on, on)
    actions = agreed_actions(reader.all(Action, engagement_id=engagement.id))
    findings = reader.all(Finding, engagement_id=engagement.id, seen_on=visit.day) if visit.clock else ()
    links = reader.all(EvidenceLink, visit_id=visit_id)
    tied = [reader.find(Evidence, id) for id in dict.fromkeys(link.evidence_id for link in links)]
    evidence = [one for one in tied if one is not None]
    promises = reader.all(Promise, engagement_id=engagement.id)
    return VisitView(
        visit=visit,
        engagement=engagement,
        dealership=reader.get(Dealership, engagement.dealership_id),
        coach=reader.find(Person, visit.coach_id) if visit.coach_id is not None else None,
        areas=tuple(area for area in edition.areas if area.id in visit.areas),
        items=items,
        starts=starts_of(visit, items),
        notes=tuple(sorted(reader.all(VisitNote, visit_id=visit_id), key=lambda one: one.noted_at)),
        promises_due=_opening(promises, visit, day),
        promises_made=tuple(one for one in promises if one.visit_id == visit_id),
        actions_agreed=tuple(
            one for one in actions if one.id in agreed or (visit.clock and one.due_on == visit.day)
        ),
        findings=findings,
        photos=tuple(one for one in evidence if one.kind is EvidenceKind.PHOTO),
        documents=tuple(one for one in evidence if one.kind is not EvidenceKind.PHOTO),
        worked=visit.worked(until) if until is not None else timedelta(),
        remarks=clock_remarks(visit, until) if until is not None else (),
    )


def visits_of(reader: Reader, engagement_id: EngagementId) -> tuple[Visit, ...]:
    """The visits of a programme, the earliest day first."""
    found = reader.all(Visit, engagement_id=engagement_id)
    return tuple(sorted(found, key=lambda one: (one.day, one.starts_at, one.number)))


def agenda_of(reader: Reader, visit_id: VisitId) -> tuple[AgendaItem, ...]:
    """The points of a visit's agenda in their order."""
    return tuple(sorted(reader.all(AgendaItem, visit_id=visit_id), key=lambda one: one.place))


def starts_of(visit: Visit, items: Sequence[AgendaItem]) -> tuple[time | None, ...]:
    """When each point begins, if all before it take the minutes they were given; None behind midnight."""
    minutes = visit.starts_at.hour * 60 + visit.starts_at.minute
    starts: list[time | None] = []
    for item in items:
        starts.append(time(minutes // 60, minutes % 60) if minutes < 24 * 60 else None)
        minutes += item.minutes
    return tuple(starts)


def clock_remarks(visit: Visit, until: datetime) -> tuple[str, ...]:
    """What is odd about the clock of a visit, in sentences: set back, run over night."""
    remarks = []
    for place, stretch in enumerate(visit.clock):
        ended = stretch.ended or until
        if ended < stretch.begun:
            remarks.append(
                _(
                    "The clock of this computer was set back during the visit: from {begun} to {ended} no time is counted."
                ).format(begun=clock_text(stretch.begun), ended=clock_text(ended))
            )
        elif ended - stretch.begun > _LONGEST_STRETCH:
            remarks.append(
                _("The clock has run without a pause since {day}, {begun}: say when the visit ended.").format(
                    day=day_text(stretch.begun.astimezone().date()), begun=clock_text(stretch.begun)
                )
            )
        before = visit.clock[place - 1].ended if place else None
        if before is not None and stretch.begun < before:
            remarks.append(
                _(
                    "The clock of this computer was set back in a pause: it ended at {begun}, before it began at {ended}."
                ).format(begun=clock_text(stretch.begun), ended=clock_text(before))
            )
    return tuple(remarks)


def clock_text(at: datetime) -> str:
    """The time of day on this computer: `16:10`."""
    return f"{at.astimezone():%H:%M}"


def _opening(promises: Sequence[Promise], visit: Visit, day: date) -> tuple[Promise, ...]:
    """What was undertaken before a visit and not settled before its day; what is settled on the day is talked about on it."""
    due = []
    for promise in promises:
        settled = promise.broken_on or promise.kept_on
        is_older = promise.made_on is None or promise.made_on <= day
        if promise.visit_id != visit.id and is_older and (settled is None or settled >= day):
            due.append(promise)
    return tuple(sorted(due, key=lambda one: (one.due_on or date.max, one.number)))
