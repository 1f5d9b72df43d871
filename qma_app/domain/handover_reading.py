"""Writes the history of a programme for the next coach from what was recorded, so that nobody has to."""

from __future__ import annotations

from datetime import date

from qma_app.domain.action import Action
from qma_app.domain.days import within_calendar
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.finding_reading import findings_of_action
from qma_app.domain.handover import HandoverView, PhaseLine, PromiseLine, TriedLine, WhoLine, goes_over
from qma_app.domain.handover_story import open_conditions, story_of
from qma_app.domain.ids import EngagementId, PersonId
from qma_app.domain.people import Person
from qma_app.domain.phase_spans import phase_title
from qma_app.domain.plan_reading import PlanReading
from qma_app.domain.ports import Reader
from qma_app.domain.process_owner import ProcessOwner, processes_text
from qma_app.domain.promise import Promise, PromiseState
from qma_app.domain.spot import Spot
from qma_app.domain.standing import standing_result
from qma_app.domain.step_list import next_steps
from qma_app.domain.verification import Effect, Verification
from qma_app.domain.visit import Visit, VisitState
from qma_app.domain.wording import effect_title
from qma_app.i18n import _, day_text, level_text, ngettext, percent_text

STEPS_SHOWN = 10


def handover(reader: Reader, engagement_id: EngagementId, *, on: date) -> HandoverView:
    """Who is who, what was tried and whether it worked, what is promised and still open, and what comes next."""
    on = within_calendar(on)
    engagement = reader.get(Engagement, engagement_id)
    dealership = reader.get(Dealership, engagement.dealership_id)
    reading = PlanReading(reader, engagement_id, on=on)
    visits = sorted(reader.all(Visit, engagement_id=engagement_id), key=_visit_in_time)
    majors = [
        one
        for one in reader.all(Finding, engagement_id=engagement_id)
        if one.grade is FindingGrade.MAJOR and one.is_open
    ]
    promises = _open_promises(reader, engagement_id, on)
    return HandoverView(
        dealership=dealership,
        engagement=engagement,
        coach=_person(reader, engagement.coach_id),
        summary=_summary(reader, engagement, len(majors), promises, visits, on),
        people=_people(reader, engagement),
        story=story_of(reading),
        tried=_tried(reader, engagement_id, on),
        open_promises=promises,
        open_majors=tuple(sorted(majors, key=_finding_in_time)),
        next_steps=next_steps(reader, engagement_id, on=on)[:STEPS_SHOWN],
        phases=tuple(
            PhaseLine(
                title=phase_title(reading.edition, one.phase, one.wave),
                planned=one,
                open=open_conditions(reading.edition, one),
            )
            for one in reading.phases
        ),
        visits=tuple(visits),
    )


def _summary(
    reader: Reader,
    engagement: Engagement,
    majors: int,
    promises: tuple[PromiseLine, ...],
    visits: list[Visit],
    on: date,
) -> tuple[str, ...]:
    """A few sentences that can be read out loud."""
    result = standing_result(reader, engagement.id)
    said = [
        _("Month {month} of {months}, begun on {day}.").format(
            month=engagement.month_on(on), months=engagement.months, day=day_text(engagement.started_on)
        )
    ]
    if engagement.ended_on is not None:
        said.append(
            _("Ended on {day}: {reason}").format(
                day=day_text(engagement.ended_on), reason=engagement.ended_reason
            )
        )
    if result.overall is not None:
        words = _("Stands at {level} ({rated} of {count} areas are rated).")
        said.append(
            words.format(
                level=level_text(result.overall, 1), rated=result.rated_areas, count=result.counted_areas
            )
        )
    said += [_majors_words(majors), _promises_words(promises)]
    held = [one for one in visits if one.closed_at is not None and one.cancelled_on is None]
    begun = [one for one in visits if one.is_ahead and one.clock]
    ahead = [one for one in visits if one.state is VisitState.PLANNED and one.planned_on >= on]
    if held:
        words = ngettext(
            "{count} visit was held, the last one on {day}.",
            "{count} visits were held, the last one on {day}.",
            len(held),
        )
        said.append(words.format(count=len(held), day=day_text(held[-1].day)))
    for one in begun:
        words = _("Visit {number}, begun on {day}, is not closed yet.")
        said.append(words.format(number=one.number, day=day_text(one.day)))
    none = _("No further visit is planned.") if begun else _("No visit is planned.")
    words = _("The next visit is planned for {day}.")
    said.append(words.format(day=day_text(ahead[0].planned_on)) if ahead else none)
    going = sum(goes_over(one, engagement.coach_id) for one in visits)
    if going and engagement.is_running:
        words = ngettext(
            "{count} planned visit goes over to the next coach.",
            "{count} planned visits go over to the next coach.",
            going,
        )
        said.append(words.format(count=going))
    return tuple(said)


def _majors_words(majors: int) -> str:
    if not majors:
        return _("No major finding is open.")
    words = ngettext("{count} major finding is open.", "{count} major findings are open.", majors)
    return words.format(count=majors)


def _promises_words(promises: tuple[PromiseLine, ...]) -> str:
    count, late = len(promises), sum(one.state is PromiseState.LATE for one in promises)
    if not count:
        return _("No promise is open.")
    if count == late:
        words = ngettext("{count} promise is open and late.", "{count} promises are open, all late.", count)
    elif late:
        words = _("{count} promises are open, {late} of them late.")
    else:
        words = ngettext("{count} promise is open.", "{count} promises are open.", count)
    return words.format(count=count, late=late)


def _people(reader: Reader, engagement: Engagement) -> tuple[WhoLine, ...]:
    """Coach, principal, officer, owners with their processes, then everybody else of the house."""
    parts: dict[PersonId, list[str]] = {}
    named = (
        (engagement.coach_id, _("Coach")),
        (engagement.principal_id, _("Dealer principal")),
        (engagement.officer_id, _officer(engagement)),
    )
    for person_id, words in named:
        if person_id is not None:
            parts.setdefault(person_id, []).append(words)
    owned, stood_in = _owned(reader, engagement)
    for person_id, numbers in owned.items():
        parts.setdefault(person_id, []).append(
            _("owner of {processes}").format(processes=processes_text(numbers))
        )
    for person_id, numbers in stood_in.items():
        parts.setdefault(person_id, []).append(
            _("deputy for {processes}").format(processes=processes_text(numbers))
        )
    for person in reader.all(Person, dealership_id=engagement.dealership_id):
        parts.setdefault(person.id, [])
    found = ((_person(reader, id), words) for id, words in parts.items())
    return tuple(WhoLine(person=person, parts=tuple(words)) for person, words in found if person is not None)


def _officer(engagement: Engagement) -> str:
    if not engagement.officer_percent:
        return _("Quality officer")
    share = percent_text(str(engagement.officer_percent))
    return _("Quality officer, {share} of the time").format(share=share)


def _owned(
    reader: Reader, engagement: Engagement
) -> tuple[dict[PersonId, list[str]], dict[PersonId, list[str]]]:
    """The numbers of the processes each person owns, and of those in which somebody stands in; in the order of the standard."""
    known = {one.process_id: one for one in reader.all(ProcessOwner, engagement_id=engagement.id)}
    owned: dict[PersonId, list[str]] = {}
    stood_in: dict[PersonId, list[str]] = {}
    for process in reader.edition(engagement.edition).processes.values():
        owner = known.get(process.id)
        if owner is not None and owner.owner_id is not None:
            owned.setdefault(owner.owner_id, []).append(process.number)
        if owner is not None and owner.deputy_id is not None:
            stood_in.setdefault(owner.deputy_id, []).append(process.number)
    return owned, stood_in


def _tried(reader: Reader, engagement_id: EngagementId, on: date) -> tuple[TriedLine, ...]:
    """Everything that was done or checked, what worked first, in time; what was only planned was not tried."""
    made: dict[str, list[Verification]] = {}
    for one in reader.all(Verification, engagement_id=engagement_id):
        if one.is_made and one.action_id is not None and (one.verified_on or on) <= on:
            made.setdefault(one.action_id, []).append(one)
    lines = [
        _tried_line(reader, action, made.get(action.id, []))
        for action in reader.all(Action, engagement_id=engagement_id)
        if not action.is_proposal and (action.done_on or action.effective_on or made.get(action.id))
    ]
    return tuple(sorted(lines, key=_worked_first))


def _tried_line(reader: Reader, action: Action, checks: list[Verification]) -> TriedLine:
    last = max(checks, key=_checked, default=None)
    if last is not None and last.effect is not None:
        worked: bool | None = last.effect is Effect.EFFECTIVE
        words = f"{effect_title(last.effect)}: {last.words}" if last.words else effect_title(last.effect)
        day = last.verified_on
    elif action.effective_on is not None:
        worked, words, day = True, effect_title(Effect.EFFECTIVE), action.effective_on
    else:
        worked, words, day = None, _("done, effect not yet checked"), action.done_on
    return TriedLine(
        action=action,
        on=day,
        worked=worked,
        words=words,
        findings=tuple(one.label for one in findings_of_action(reader, action.id)),
        spot=Spot(page="findings", view="actions", action_id=action.id),
    )


def _open_promises(reader: Reader, engagement_id: EngagementId, on: date) -> tuple[PromiseLine, ...]:
    """Both sides' promises that are not settled, the first due first, those without a day last."""
    lines = (
        PromiseLine(promise=one, state=one.state_on(on))
        for one in reader.all(Promise, engagement_id=engagement_id)
    )
    waiting = (PromiseState.OPEN, PromiseState.LATE)
    return tuple(sorted((one for one in lines if one.state in waiting), key=_due_first))


def _person(reader: Reader, person_id: PersonId | None) -> Person | None:
    """Somebody who is in the bin by now is still named in a history."""
    return None if person_id is None else reader.find(Person, person_id, in_bin=True)


def _worked_first(line: TriedLine) -> tuple[int, date, int]:
    return (0 if line.worked else 2 if line.worked is None else 1), line.on or date.max, line.action.number


def _checked(check: Verification) -> tuple[date, int]:
    return check.verified_on or date.min, check.version


def _due_first(line: PromiseLine) -> tuple[date, int]:
    return line.promise.due_on or date.max, line.promise.number


def _visit_in_time(visit: Visit) -> tuple[date, int]:
    return visit.day, visit.number


def _finding_in_time(finding: Finding) -> tuple[date, int]:
    return finding.seen_on or date.min, finding.number
