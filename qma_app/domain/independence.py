"""Who may not audit or decide: whoever had a hand in what is to be judged, or holds no certificate for it on the day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from qma_app.domain.action import Action
from qma_app.domain.assessment import Assessment
from qma_app.domain.days import month_after, within_calendar
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import DealershipId, PersonId
from qma_app.domain.people import Person, Qualification, Role
from qma_app.domain.tie import Tie, TieKind
from qma_app.domain.visit import Visit
from qma_app.i18n import _, day_text

MONTHS: Final = 24
"""So long before the first audit day a tie still counts."""
_DAY: Final = timedelta(days=1)


class ConflictCode(StrEnum):
    """What stands against somebody."""

    COACHED = "coached"
    VISITED = "visited"
    ASSESSED = "assessed"
    OWNED_ACTIONS = "owned-actions"
    EMPLOYED = "employed"
    PAID = "paid"
    DECIDED_AND_AUDITED = "decided-and-audited"
    CERTIFICATE_MISSING = "certificate-missing"
    CERTIFICATE_LAPSES = "certificate-lapses"


@dataclass(frozen=True, kw_only=True, slots=True)
class Involvement:
    """A record that shows what somebody had to do with the dealership, named in words; None = from ever, or still.

    `words` name the record where it is printed (`visit 12 on 3 Mar 2026`), `id` is the record's own.
    """

    code: ConflictCode
    id: str
    words: str
    from_on: date | None = None
    until_on: date | None = None

    def touches(self, first: date, last: date) -> bool:
        """Whether any of it lies within these days, both included."""
        return (self.from_on is None or self.from_on <= last) and (
            self.until_on is None or first <= self.until_on
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class IndependenceFacts:
    """What is known of one person before they audit (or decide, by `role`) from `first_on` to `last_on`.

    `audit_days` are the days work is planned on, where they are known; else every day between counts. `other_part` are the
    records by which the person has the other part in this very audit: for a decision maker the audits in whose team they were,
    for an auditor the decisions they took on it. `needs_certificate` is False for experts and observers, who grade nothing.
    """

    person_id: PersonId
    name: str
    first_on: date
    last_on: date
    role: Role = Role.AUDITOR
    audit_days: tuple[date, ...] = ()
    involvements: tuple[Involvement, ...] = ()
    qualifications: tuple[Qualification, ...] = ()
    other_part: tuple[Involvement, ...] = ()
    needs_certificate: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Conflict:
    """One thing that stands against a person: the reason in words, the records in words and, in the same order, their ids."""

    code: ConflictCode
    person_id: PersonId
    reason: str
    records: tuple[str, ...] = ()
    record_ids: tuple[str, ...] = ()


def months_back(day: date, months: int = MONTHS) -> date:
    """The same day so many months earlier; the last day of a month that is too short for it."""
    return month_after(within_calendar(day), -months)


def window(first_on: date, last_on: date) -> tuple[date, date]:
    """The days in which a tie counts, both included: who was there on the very day 24 months before is not yet free."""
    return months_back(min(first_on, last_on)), max(first_on, last_on)


def conflicts(facts: IndependenceFacts) -> tuple[Conflict, ...]:
    """What stands against this person, one for each rule that is broken; none where they are free to do it."""
    first, last = window(facts.first_on, facts.last_on)
    found = []
    for code in ConflictCode:
        records = [one for one in facts.involvements if one.code is code and one.touches(first, last)]
        if code is ConflictCode.DECIDED_AND_AUDITED:
            records += facts.other_part
        if records:
            found.append(
                Conflict(
                    code=code,
                    person_id=facts.person_id,
                    reason=_reason(code, facts, first),
                    records=tuple(one.words for one in records),
                    record_ids=tuple(one.id for one in records),
                )
            )
    certificate = _certificate_conflict(facts) if facts.needs_certificate else None
    return (*found, certificate) if certificate is not None else tuple(found)


def uncovered_days(facts: IndependenceFacts) -> tuple[date, ...]:
    """The audit days on which no certificate of the role is valid; between unplanned days the first one of each gap."""
    first, last = sorted((facts.first_on, facts.last_on))
    held = [one for one in facts.qualifications if one.role is facts.role]
    if facts.audit_days:
        days = set(facts.audit_days)
    else:
        ends = (one.valid_until for one in held)
        days = {first, *(end + _DAY for end in ends if end is not None and first <= end < last)}
    return tuple(sorted(day for day in days if not any(one.is_valid_on(day) for one in held)))


def involvements_of(
    person: Person,
    dealership_id: DealershipId,
    *,
    engagements: Iterable[Engagement] = (),
    visits: Iterable[Visit] = (),
    assessments: Iterable[Assessment] = (),
    actions: Iterable[Action] = (),
    ties: Iterable[Tie] = (),
) -> tuple[Involvement, ...]:
    """What the records of a dealership tell of a person; they are expected to be of this dealership, save the ties.

    Earlier audits are none: whoever audited may audit again. Neither are visits called off, nor actions only proposed.
    """
    found = [_house(person)] if person.dealership_id == dealership_id else []
    found += [_coached(one) for one in engagements if one.coach_id == person.id]
    found += [_visited(one) for one in visits if one.coach_id == person.id and one.cancelled_on is None]
    found += [_assessed(one) for one in assessments if one.assessor_id == person.id and not one.is_audit]
    found += [_owned(one) for one in actions if one.owner_id == person.id and not one.is_proposal]
    found += [_tied(one) for one in ties if one.person_id == person.id and one.dealership_id == dealership_id]
    return tuple(found)


def _house(person: Person) -> Involvement:
    words = _("kept among the people of the dealership")
    if person.function:
        words = _("kept among the people of the dealership as {function}").format(function=person.function)
    return Involvement(code=ConflictCode.EMPLOYED, id=person.id, words=words)


def _coached(one: Engagement) -> Involvement:
    return Involvement(
        code=ConflictCode.COACHED,
        id=one.id,
        words=_("programme begun on {day}").format(day=day_text(one.started_on)),
        from_on=one.started_on,
        until_on=one.ended_on,
    )


def _visited(one: Visit) -> Involvement:
    words = _("visit {number} on {day}").format(number=one.number, day=day_text(one.day))
    return Involvement(code=ConflictCode.VISITED, id=one.id, words=words, from_on=one.day, until_on=one.day)


def _assessed(one: Assessment) -> Involvement:
    return Involvement(
        code=ConflictCode.ASSESSED,
        id=one.id,
        words=_("assessment {number} begun on {day}").format(number=one.number, day=day_text(one.started_on)),
        from_on=one.started_on,
        until_on=one.completed_on,
    )


def _owned(one: Action) -> Involvement:
    return Involvement(
        code=ConflictCode.OWNED_ACTIONS,
        id=one.id,
        words=_("action {action}").format(action=one.label),
        from_on=one.started_on,
        until_on=one.effective_on or one.dropped_on,
    )


def _tied(one: Tie) -> Involvement:
    code = {
        TieKind.COACHED: ConflictCode.COACHED,
        TieKind.OWNED_ACTIONS: ConflictCode.OWNED_ACTIONS,
        TieKind.EMPLOYED: ConflictCode.EMPLOYED,
        TieKind.PAID: ConflictCode.PAID,
    }[one.kind]
    return Involvement(
        code=code,
        id=one.id,
        words=": ".join(filter(None, (_span_words(one.from_on, one.until_on), one.words))),
        from_on=one.from_on,
        until_on=one.until_on,
    )


def _span_words(first: date | None, last: date | None) -> str:
    if first is not None and last is not None:
        return _("noted from {first} to {last}").format(first=day_text(first), last=day_text(last))
    if first is not None:
        return _("noted since {first}").format(first=day_text(first))
    if last is not None:
        return _("noted until {last}").format(last=day_text(last))
    return _("noted without days")


def _reason(code: ConflictCode, facts: IndependenceFacts, first: date) -> str:
    own_part = (
        _("{name} audited what is to be decided; somebody else decides.")
        if facts.role is Role.DECISION_MAKER
        else _("{name} decided on this audit; whoever decides does not audit.")
    )
    sentence = {
        ConflictCode.COACHED: _("{name} coached this dealership within 24 months (counted from {day})."),
        ConflictCode.VISITED: _(
            "{name} visited this dealership as its coach within 24 months (counted from {day})."
        ),
        ConflictCode.ASSESSED: _(
            "{name} rated this dealership for its coaching within 24 months (counted from {day})."
        ),
        ConflictCode.OWNED_ACTIONS: _(
            "{name} owned actions of this dealership within 24 months (counted from {day})."
        ),
        ConflictCode.EMPLOYED: _("{name} worked at this dealership within 24 months (counted from {day})."),
        ConflictCode.PAID: _("{name} was paid by this dealership within 24 months (counted from {day})."),
    }.get(code, own_part)
    return sentence.format(name=facts.name, day=day_text(first))


def _certificate_conflict(facts: IndependenceFacts) -> Conflict | None:
    held = [one for one in facts.qualifications if one.role is facts.role]
    if not held:
        return Conflict(
            code=ConflictCode.CERTIFICATE_MISSING, person_id=facts.person_id, reason=_missing_words(facts)
        )
    days = uncovered_days(facts)
    if not days:
        return None
    return Conflict(
        code=ConflictCode.CERTIFICATE_LAPSES,
        person_id=facts.person_id,
        reason=_("No certificate of {name} is valid on {days}.").format(
            name=facts.name, days=", ".join(map(day_text, days))
        ),
        records=tuple(map(_certificate_words, held)),
        record_ids=tuple(one.id for one in held),
    )


def _missing_words(facts: IndependenceFacts) -> str:
    return {
        Role.AUDITOR: _("{name} holds no auditor's certificate."),
        Role.DECISION_MAKER: _("{name} holds no certificate to decide."),
        Role.COACH: _("{name} holds no coach's certificate."),
    }[facts.role].format(name=facts.name)


def _certificate_words(one: Qualification) -> str:
    name = _("certificate {number}").format(number=one.number) if one.number else _("certificate")
    return ", ".join((name, *_validity(one)))


def _validity(one: Qualification) -> Sequence[str]:
    begins = [] if one.valid_from is None else [_("from {day}").format(day=day_text(one.valid_from))]
    ends = [] if one.valid_until is None else [_("until {day}").format(day=day_text(one.valid_until))]
    return begins + ends
