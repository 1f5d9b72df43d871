"""Who makes an audit and how it was held: the checks on team, independence, certificates, declarations and meetings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from qma_app.domain.audit import Meeting
from qma_app.domain.audit_check import (
    Lack,
    PathCheck,
    answer,
    at_person,
    at_step,
    listed,
)
from qma_app.domain.audit_state import AuditState
from qma_app.domain.independence import ConflictCode
from qma_app.domain.people import Qualification, Role
from qma_app.domain.spot import Spot
from qma_app.i18n import _, day_text, ngettext

_OF_CERTIFICATES: Final = (ConflictCode.CERTIFICATE_MISSING, ConflictCode.CERTIFICATE_LAPSES)


def team_named(state: AuditState) -> PathCheck:
    """A lead auditor, and the days of the audit."""
    audit = state.audit
    lacks = []
    if audit.lead_id is None:
        lacks.append(Lack(audit.id, _("lead auditor"), at_step("plan")))
    if audit.first_on is None or audit.last_on is None or audit.last_on < audit.first_on:
        lacks.append(Lack(audit.id, _("first and last day"), at_step("plan")))
    held = _("Lead auditor and days of the audit are set.")
    return answer("team", lacks, held, _("Still to be set: {names}.").format(names=listed(lacks)))


def independent(state: AuditState) -> PathCheck:
    """Nothing stands against anybody who grades; their certificates are asked apart."""
    graders = state.graders
    against = [
        one for one in state.conflicts if one.person_id in graders and one.code not in _OF_CERTIFICATES
    ]
    lacks = [
        Lack(
            id,
            _("{name}: {reason}").format(name=state.name_of(one.person_id), reason=one.reason),
            at_person(one.person_id),
        )
        for one in against
        for id in one.record_ids or (one.person_id,)
    ]
    held = ngettext(
        "The auditor is independent of this dealership.",
        "All {count} auditors are independent of this dealership.",
        len(graders),
    ).format(count=len(graders))
    missing = " ".join(
        dict.fromkeys(
            _("{name} is not independent: {reason}").format(
                name=state.name_of(one.person_id), reason=one.reason
            )
            for one in against
        )
    )
    return _of_graders("independence", state, lacks, held, missing, is_hard=bool(lacks))


def certificates_valid(state: AuditState) -> PathCheck:
    """Whoever grades holds an auditor's certificate on each day of the audit, from the first to the last."""
    first, last = state.audit.first_on, state.audit.last_on
    if first is None or last is None:
        spot = at_step("plan")
        words = _("The days of the audit are not set, so no certificate can be compared with them.")
        return PathCheck(code="certificates", holds=False, words=words, where=spot)
    lacks = []
    for person_id in state.graders:
        held = [
            one for one in state.qualifications if one.person_id == person_id and one.role is Role.AUDITOR
        ]
        day = first_day_without(held, first, last)
        if day is not None:
            name = _("{name} on {day}").format(name=state.name_of(person_id), day=day_text(day))
            lacks.append(Lack(person_id, name, at_person(person_id)))
    return _of_graders(
        "certificates",
        state,
        lacks,
        _("The auditors’ certificates are valid on each day of the audit."),
        _("No valid auditor’s certificate: {names}.").format(names=listed(lacks)),
        is_hard=bool(lacks),
    )


def declared(state: AuditState) -> PathCheck:
    """Whoever grades has declared how they stand to the dealership; every tie has words."""
    done = {
        one.person_id
        for one in state.audit.declarations
        if one.is_free or (one.words.strip() and all(tie.strip() for tie in one.ties))
    }
    lacks = [
        Lack(id, state.name_of(id), Spot(page="audit", view="plan", person_id=id))
        for id in state.graders
        if id not in done
    ]
    return _of_graders(
        "declarations",
        state,
        lacks,
        _("Everybody who grades has declared how they stand to the dealership."),
        _("No declaration yet, or a tie without words: {names}.").format(names=listed(lacks)),
    )


def opening_held(state: AuditState) -> PathCheck:
    """The opening meeting, with whoever sat in it."""
    held = _("The opening meeting was held, {count} attended.")
    return _meeting(
        "opening", state, state.audit.opening, held, _("The opening meeting is still to be held.")
    )


def closing_held(state: AuditState) -> PathCheck:
    """The closing meeting, with whoever sat in it, and not before the opening."""
    audit = state.audit
    check = _meeting(
        "closing",
        state,
        audit.closing,
        _("The closing meeting was held, {count} attended."),
        _("The closing meeting is still to be held."),
    )
    if check.holds and audit.opening and audit.closing and audit.closing.held_at < audit.opening.held_at:
        words = _("The closing meeting lies before the opening meeting.")
        return PathCheck(
            code="closing", holds=False, words=words, records=(audit.id,), where=at_step("closing")
        )
    return check


def first_day_without(held: Sequence[Qualification], first: date, last: date) -> date | None:
    """The first day from `first` to `last` that none of these certificates covers; None where each is covered."""
    day = first
    while day <= last:
        ends = [one.valid_until for one in held if one.is_valid_on(day)]
        if not ends:
            return day
        end = max(each or date.max for each in ends)
        if end >= last:
            return None
        day = end + timedelta(days=1)
    return None


def _meeting(code: str, state: AuditState, meeting: Meeting | None, held: str, not_yet: str) -> PathCheck:
    lack = Lack(state.audit.id, not_yet, at_step(code))
    if meeting is None:
        return answer(code, [lack], "", not_yet)
    attended = [one for one in meeting.attendees if one.name.strip()]
    if not attended:
        return answer(code, [lack], "", _("Nobody is written down who attended the meeting."))
    return answer(code, [], held.format(count=len(attended)), "")


def _of_graders(
    code: str, state: AuditState, lacks: Sequence[Lack], held: str, missing: str, *, is_hard: bool = False
) -> PathCheck:
    """A check on whoever grades cannot hold while nobody does."""
    if not state.graders:
        return PathCheck(code=code, holds=False, words=_("No auditor is named yet."), where=at_step("plan"))
    return answer(code, lacks, held, missing, is_hard=is_hard)
