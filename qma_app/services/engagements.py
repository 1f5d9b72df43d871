"""The programme of a dealership: which edition it follows, since when, with whom, and how it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import MAXYEAR, date
from typing import Any, Final

from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import DealershipId, EngagementId, PersonId
from qma_app.domain.people import Person, Role
from qma_app.domain.plan import PlannedPhase
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.domain.visit import Visit
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text
from qma_app.services.certificates import check_certificate
from qma_app.services.kept_fields import check_by_hand
from qma_app.services.workspace import Workspace

_YEARS_AHEAD: Final = 100
_KEPT: Final = frozenset({"targets_locked_on", "ended_on", "ended_reason", "dealership_id"})


def change_engagement(workspace: Workspace, engagement_id: EngagementId, **fields: Any) -> Changes:
    """Correct start, length, coach or note; the edition is changed elsewhere.

    A new coach needs a certificate that counts today. Targets are locked and a programme is ended by use cases of their own.
    """
    if "edition" in fields:
        raise RuleBroken(
            _("The edition of a running programme is not corrected by hand."),
            code="engagement.edition-fixed",
            way_out=_("Go over to another edition with “Upgrade a programme”."),
        )
    check_by_hand(fields, _KEPT)
    if "months" in fields:
        check_months(fields["months"])
    with workspace.writing("engagement.changed") as work:
        before = work.get(Engagement, engagement_id)
        after = replace(before, **fields)
        if after.started_on != before.started_on:
            check_start(after.started_on)
        check_days_held(work, after)
        if after.coach_id is not None and after.coach_id != before.coach_id:
            check_certificate(work, after.coach_id, Role.COACH, workspace.today())
        if _leaders(after) != _leaders(before):
            _check_leaders(work, after)
        work.put(after)
    return work.changes


def extend_engagement(workspace: Workspace, engagement_id: EngagementId, months: int) -> Changes:
    """Agree a longer programme: `months` is its whole length from the start on. RuleBroken unless that is longer than before."""
    check_months(months)
    with workspace.writing("engagement.extended") as work:
        engagement = _running(work.get(Engagement, engagement_id))
        if months <= engagement.months:
            raise RuleBroken(
                _("The programme lasts {months} months already.").format(months=engagement.months),
                code="engagement.not-longer",
                way_out=_("Name the whole new length in months, counted from the start."),
                months=engagement.months,
            )
        work.put(replace(engagement, months=months))
    return work.changes


def end_engagement(workspace: Workspace, engagement_id: EngagementId, *, on: date, reason: str) -> Changes:
    """Stop a programme, at its goal or half-way; the reason stays with it. All it holds stays readable."""
    if not reason.strip():
        raise RuleBroken(
            _("Ending a programme needs a reason."),
            code="engagement.reason-missing",
            way_out=_("Write in one sentence why it ends."),
        )
    with workspace.writing("engagement.ended") as work:
        engagement = _running(work.get(Engagement, engagement_id))
        if on > workspace.today():
            raise RuleBroken(
                _("{day} lies ahead.").format(day=day_text(on)),
                code="engagement.end-ahead",
                way_out=_("End the programme on the day it ends, or on an earlier one."),
            )
        ended = replace(engagement, ended_on=on, ended_reason=reason.strip())
        check_days_held(work, ended)
        work.put(ended)
    return work.changes


def take_up_engagement(workspace: Workspace, engagement_id: EngagementId) -> Changes:
    """Go on with a programme that was ended; refused while another one of the dealership runs. One that runs stays as it is.

    Coach and leaders who left meanwhile do not come back with it.
    """
    with workspace.writing("engagement.taken-up") as work:
        engagement = work.get(Engagement, engagement_id)
        if not engagement.is_running:
            check_none_runs(work, engagement.dealership_id)
        work.put(_without_who_left(work, replace(engagement, ended_on=None, ended_reason="")))
    return work.changes


def name_leaders(
    workspace: Workspace,
    engagement_id: EngagementId,
    *,
    principal_id: PersonId | None,
    officer_id: PersonId | None,
    officer_percent: int | None,
) -> Changes:
    """Say who leads the house, who is its quality officer, and which share of the working time that one is given.

    All three are set as given, None = nobody or not known; both people belong to the dealership.
    """
    with workspace.writing("engagement.leaders-named") as work:
        engagement = replace(
            work.get(Engagement, engagement_id),
            principal_id=principal_id,
            officer_id=officer_id,
            officer_percent=officer_percent,
        )
        _check_leaders(work, engagement)
        work.put(engagement)
    return work.changes


def check_of_house(reader: Reader, person_id: PersonId, dealership_id: DealershipId) -> Person:
    """The person, if it belongs to the dealership; RuleBroken `person.other-house` otherwise."""
    person = reader.get(Person, person_id)
    if person.dealership_id != dealership_id:
        raise RuleBroken(
            _("{name} does not belong to this dealership.").format(name=person.name),
            code="person.other-house",
            way_out=_("Choose somebody of the house, or enter the person there first."),
            person=person_id,
        )
    return person


def check_none_runs(reader: Reader, dealership_id: DealershipId, *, but: EngagementId | None = None) -> None:
    """Raise RuleBroken `engagement.running` while a programme of the dealership runs, `but` aside."""
    every = reader.all(Engagement, dealership_id=dealership_id)
    if any(one.is_running and one.id != but for one in every):
        raise RuleBroken(
            _("A programme of this dealership is running."),
            code="engagement.running",
            way_out=_("End it first: a dealership has one programme at a time."),
        )


def check_months(months: int) -> None:
    """Raise RuleBroken for a length no programme has."""
    if not 1 <= months <= 60:
        raise RuleBroken(
            _("A programme lasts 1 to 60 months."),
            code="engagement.months",
            way_out=_("Usual lengths are 12, 18 and 24."),
        )


def check_start(started_on: date) -> None:
    """Raise RuleBroken for a start so late that no calendar holds what follows."""
    if started_on.year > MAXYEAR - _YEARS_AHEAD:
        raise RuleBroken(
            _("A programme cannot start in the year {year}.").format(year=started_on.year),
            code="engagement.start",
            way_out=_("Correct the start of the programme."),
            field="started_on",
        )


def check_percent(percent: int | None) -> None:
    """Raise RuleBroken for a share of working time that is none; None = not known."""
    if percent is not None and not 1 <= percent <= 100:
        raise RuleBroken(
            _("{percent} is no share of working time.").format(percent=percent),
            code="engagement.percent",
            way_out=_("Write 1 to 100 percent, or leave it empty."),
            percent=percent,
        )


def _without_who_left(reader: Reader, engagement: Engagement) -> Engagement:
    ids = (engagement.coach_id, engagement.principal_id, engagement.officer_id)
    coach_id, principal_id, officer_id = (
        id if id is not None and reader.find(Person, id) is not None else None for id in ids
    )
    return replace(
        engagement,
        coach_id=coach_id,
        principal_id=principal_id,
        officer_id=officer_id,
        officer_percent=engagement.officer_percent if officer_id is not None else None,
    )


def _running(engagement: Engagement) -> Engagement:
    if engagement.ended_on is not None:
        raise RuleBroken(
            _("This programme ended on {day}.").format(day=day_text(engagement.ended_on)),
            code="engagement.ended",
            way_out=_("Take it up again first."),
        )
    return engagement


def check_days_held(reader: Reader, engagement: Engagement) -> None:
    """RuleBroken unless the end lies behind the start, and what has happened between them."""
    if engagement.ended_on is not None and engagement.ended_on < engagement.started_on:
        raise RuleBroken(
            _("The programme would end on {end}, before its start on {start}.").format(
                end=day_text(engagement.ended_on), start=day_text(engagement.started_on)
            ),
            code="engagement.days",
            way_out=_("Choose an end on or after the start."),
        )
    days = [one.held_on for one in reader.all(Visit, engagement_id=engagement.id) if one.held_on]
    days += [one.passed_on for one in reader.all(PlannedPhase, engagement_id=engagement.id) if one.passed_on]
    last_on = engagement.ended_on or date.max
    outside = [day for day in sorted(days) if not engagement.started_on <= day <= last_on]
    if outside:
        raise RuleBroken(
            _("A visit was held or a gate passed on {day}, which would lie outside the programme.").format(
                day=day_text(outside[0])
            ),
            code="engagement.days-held",
            way_out=_("Choose days that leave it inside."),
            day=outside[0].isoformat(),
        )


def _leaders(engagement: Engagement) -> tuple[PersonId | None, PersonId | None, int | None]:
    return engagement.principal_id, engagement.officer_id, engagement.officer_percent


def _check_leaders(reader: Reader, engagement: Engagement) -> None:
    check_percent(engagement.officer_percent)
    if engagement.officer_percent is not None and engagement.officer_id is None:
        raise RuleBroken(
            _("A share of working time is given, but no quality officer."),
            code="engagement.officer-missing",
            way_out=_("Name the quality officer, or leave the share empty."),
        )
    for person_id in (engagement.principal_id, engagement.officer_id):
        if person_id is not None:
            check_of_house(reader, person_id, engagement.dealership_id)
