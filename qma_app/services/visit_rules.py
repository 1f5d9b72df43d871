"""What holds for a visit whoever writes to it: signed minutes stay as they are, one visit runs at a time, days and times fit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import MAXYEAR, date, datetime, time
from typing import Final

from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AreaId, EngagementId, PersonId, VisitId
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.domain.promise import Promise
from qma_app.domain.visit import AgendaItem, Visit, VisitNote, VisitState
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text
from qma_app.services.happened import check_not_ended
from qma_app.services.visit_days import day_obstacles, free_day
from qma_app.storage.scopes import WritingScope

FIRST_TIME: Final = time(8, 30)
LAST_TIME: Final = time(16, 30)
"""When a visit begins and ends where nobody says otherwise."""
_YEARS_AHEAD: Final = 100


def writable_visit(reader: Reader, visit_id: VisitId) -> Visit:
    """The visit, if something about it may still be written; RuleBroken for one that was signed or called off."""
    visit = reader.get(Visit, visit_id)
    check_unsigned(visit)
    if visit.state is VisitState.CANCELLED:
        raise RuleBroken(
            _("Visit {number} was called off.").format(number=visit.number),
            code="visit.cancelled",
            way_out=_("Take it up again first."),
        )
    return visit


def check_unsigned(visit: Visit) -> None:
    """RuleBroken `visit.signed` where the minutes of a visit were signed: what was signed is not changed unseen."""
    if visit.is_signed:
        raise RuleBroken(
            _("The minutes of visit {number} are signed.").format(number=visit.number),
            code="visit.signed",
            way_out=_("Reopen the visit with a reason; it is then signed anew."),
        )


def check_times(starts_at: time, ends_at: time) -> None:
    """RuleBroken where a visit would end before it begins."""
    if ends_at <= starts_at:
        raise RuleBroken(
            _("The visit ends at {end}, not behind its start at {start}.").format(
                start=f"{starts_at:%H:%M}", end=f"{ends_at:%H:%M}"
            ),
            code="visit.times",
            way_out=_("Write an end behind the start, on the same day."),
        )


def checked_areas(reader: Reader, engagement: Engagement, areas: Collection[AreaId]) -> tuple[AreaId, ...]:
    """The areas in the order of the standard; RuleBroken for one that the edition does not have."""
    edition = reader.edition(engagement.edition)
    unknown = [area for area in areas if area not in edition.areas_by_id]
    if unknown:
        raise RuleBroken(
            _("{edition} has no area {areas}.").format(edition=edition.label, areas=", ".join(unknown)),
            code="visit.area",
            way_out=_("Choose areas of the edition: {codes}.").format(
                codes=", ".join(area.code for area in edition.areas)
            ),
        )
    return tuple(area.id for area in edition.areas if area.id in areas)


def check_day(
    reader: Reader, engagement: Engagement, day: date, *, but: VisitId | None, despite: bool
) -> None:
    """RuleBroken `visit.day` names what speaks against a day and the next free one; only what `despite` accepts is let pass."""
    if day < engagement.started_on:
        raise RuleBroken(
            _("{day} lies before the programme begins on {start}.").format(
                day=day_text(day), start=day_text(engagement.started_on)
            ),
            code="visit.before-start",
            way_out=_("Choose a later day, or correct the start of the programme."),
        )
    if day.year > MAXYEAR - _YEARS_AHEAD:
        raise RuleBroken(
            _("{day} is too far ahead.").format(day=day_text(day)),
            code="visit.too-late",
            way_out=_("Look at the year."),
        )
    check_not_ended(engagement, day, code="visit.after-end")
    obstacles = () if despite else day_obstacles(reader, engagement.id, day, but=but)
    if obstacles:
        free = _free_day(reader, engagement, day)
        raise RuleBroken(
            _("{day}: {reasons}.").format(
                day=day_text(day), reasons="; ".join(one.words.rstrip(".") for one in obstacles)
            ),
            code="visit.day",
            way_out=_("The next free day is {day}; or plan it all the same.").format(day=day_text(free))
            if free is not None
            else _("There is no free day near it: plan it all the same, or extend the programme."),
            day=day.isoformat(),
            free=free.isoformat() if free is not None else "",
            kinds=tuple(str(one.kind) for one in obstacles),
        )


def check_alone(reader: Reader, visit: Visit, coach_id: PersonId | None) -> None:
    """RuleBroken while the clock of another visit of the same coach runs."""
    for other in reader.all(Visit, closed_at=None, cancelled_on=None):
        is_same = other.coach_id == coach_id or coach_id is None
        if (
            other.id != visit.id
            and is_same
            and other.state is VisitState.RUNNING
            and _is_there(reader, other)
        ):
            raise RuleBroken(
                _("Visit {number} at {dealership} is still running.").format(
                    number=other.number, dealership=dealership_of(reader, other.engagement_id).name
                ),
                code="visit.other-runs",
                way_out=_("Pause or close it first."),
                visit=other.id,
            )


def check_within(engagement: Engagement, day: date) -> None:
    """RuleBroken where a visit would be held before its programme begins, as when the clock of the computer is wrong, or after it ended."""
    check_not_ended(engagement, day, code="visit.after-end")
    if day < engagement.started_on:
        raise RuleBroken(
            _("{day} lies before the programme begins on {start}.").format(
                day=day_text(day), start=day_text(engagement.started_on)
            ),
            code="visit.before-start",
            way_out=_("Check date and time of this computer, or correct the start of the programme."),
        )


def check_not_ahead(at: datetime | None, now: datetime) -> None:
    """RuleBroken for an instant that lies ahead."""
    if at is not None and at > now:
        raise RuleBroken(
            _("This time lies ahead."),
            code="visit.time",
            way_out=_("Write a time that has passed, or check the clock of this computer."),
        )


def check_person(reader: Reader, person_id: PersonId | None) -> None:
    """NotFound for somebody who is no person of the workspace."""
    if person_id is not None:
        reader.get(Person, person_id)


def running_visit(reader: Reader, *, coach_id: PersonId | None = None) -> Visit | None:
    """The visit whose clock runs, else the one paused last; of one coach if given. None where no visit is under way."""
    under_way = [
        visit
        for visit in reader.all(Visit, closed_at=None, cancelled_on=None)
        if visit.clock and (coach_id is None or visit.coach_id == coach_id) and _is_there(reader, visit)
    ]
    return max(
        under_way,
        key=lambda visit: (visit.state is VisitState.RUNNING, visit.clock[-1].begun),
        default=None,
    )


def drop_visit(work: WritingScope, visit: Visit) -> None:
    """Move a visit that never began to the bin with its agenda; notes and promises made for it stay, tied to no visit."""
    for item in work.all(AgendaItem, visit_id=visit.id):
        work.delete(item)
    for note in work.all(VisitNote, visit_id=visit.id):
        work.put(replace(note, visit_id=None))
    for promise in work.all(Promise, visit_id=visit.id):
        work.put(replace(promise, visit_id=None))
    work.delete(visit)


def next_visit_number(work: WritingScope, engagement_id: EngagementId) -> int:
    """The number of the next visit of a programme; those in the bin keep theirs."""
    numbers = [one.number for one in work.all(Visit, engagement_id=engagement_id)]
    numbers += [one.number for one in work.in_bin(Visit, engagement_id=engagement_id)]
    return max(numbers, default=0) + 1


def dealership_of(reader: Reader, engagement_id: EngagementId) -> Dealership:
    """The dealership of a programme."""
    return reader.get(Dealership, reader.get(Engagement, engagement_id).dealership_id)


def _free_day(reader: Reader, engagement: Engagement, near: date) -> date | None:
    try:
        return free_day(reader, engagement.id, near)
    except RuleBroken:
        return None


def _is_there(reader: Reader, visit: Visit) -> bool:
    """Whether programme and dealership of a visit are still there, not in the bin."""
    engagement = reader.find(Engagement, visit.engagement_id)
    return engagement is not None and reader.find(Dealership, engagement.dealership_id) is not None
