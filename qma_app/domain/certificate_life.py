"""Where a certificate stands on a day, and what falls due while it lives: majors, surveillance, recertification."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from qma_app.domain.certificate_dues import (
    MAJORS_DAYS,
    Due,
    DueKind,
    DueState,
    due_title,
    dues_of,
    majors_due_on,
    settled_by,
    surveillance_due,
    valid_until,
)
from qma_app.domain.certification import Certificate, CertificateEvent, CertificateStep
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text

__all__ = [
    "MAJORS_DAYS",
    "CertificateLife",
    "Due",
    "DueKind",
    "DueState",
    "LifeState",
    "check_step",
    "due_title",
    "life",
    "life_title",
    "majors_due_on",
    "surveillance_due",
    "valid_until",
]


class LifeState(StrEnum):
    """Where a certificate stands."""

    NOT_YET = "not-yet"
    VALID = "valid"
    CONDITIONAL = "conditional"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"

    @property
    def may_be_shown(self) -> bool:
        """Whether the dealership may show the certificate."""
        return self in (LifeState.VALID, LifeState.CONDITIONAL)

    @property
    def is_over(self) -> bool:
        """Whether nothing brings it back."""
        return self in (LifeState.WITHDRAWN, LifeState.EXPIRED)


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificateLife:
    """A certificate on a day: `since` is the first day of its state, `until` the last day it can count.

    `reason` is what was written when it was suspended or withdrawn. `dues` is empty once it is over. What is overdue changes no
    state by itself: only a recorded event suspends.
    """

    state: LifeState
    on: date
    since: date
    until: date
    dues: tuple[Due, ...]
    words: str
    reason: str = ""

    @property
    def next_surveillance(self) -> Due | None:
        """The earliest surveillance that was not done, overdue or not; None when there is none left."""
        return next((one for one in self.open_dues if one.kind is DueKind.SURVEILLANCE), None)

    @property
    def open_dues(self) -> tuple[Due, ...]:
        """What is still to be done, earliest first."""
        return tuple(one for one in self.dues if one.state is not DueState.DONE)

    @property
    def overdue(self) -> tuple[Due, ...]:
        return tuple(one for one in self.dues if one.state is DueState.OVERDUE)


def life(
    certificate: Certificate,
    on: date,
    *,
    majors_days: int = MAJORS_DAYS,
    replaced_by: Certificate | None = None,
) -> CertificateLife:
    """Where a certificate stands on a day; later events do not count, and of two on one day the one written later wins.

    `majors_days` is what the edition's rules give a conditional one, `replaced_by` the certificate that takes its place: from the
    first day of that one this one is over. The first confirmation of a conditional certificate settles its condition; every other
    one counts for the earliest surveillance whose window has opened and which was not done.
    """
    events = _events_until(certificate, on)
    state, since, reason = _state(certificate, on, events, replaced_by)
    until = certificate.valid_until
    if replaced_by is not None:
        until = min(until, replaced_by.valid_from - timedelta(days=1))
    return CertificateLife(
        state=state,
        on=on,
        since=since,
        until=until,
        dues=() if state.is_over else dues_of(certificate, on, events, majors_days),
        words=_words(certificate, state, since, replaced_by),
        reason=reason,
    )


def check_step(
    certificate: Certificate,
    step: CertificateStep,
    on: date,
    reason: str,
    *,
    replaced_by: Certificate | None = None,
) -> None:
    """RuleBroken where that step cannot follow: twice the same, after the end, before what was recorded last, without a reason.

    `replaced_by` is the certificate that takes its place: from the first day of that one this one is over.
    """
    now = life(certificate, on, replaced_by=replaced_by)
    is_fit = {
        CertificateStep.CONFIRMED: not now.state.is_over,
        CertificateStep.SUSPENDED: not now.state.is_over and now.state is not LifeState.SUSPENDED,
        CertificateStep.RESTORED: now.state is LifeState.SUSPENDED,
        CertificateStep.WITHDRAWN: not now.state.is_over,
    }[step]
    if not is_fit:
        raise RuleBroken(
            _("Certificate {number}: {state}. This step cannot follow.").format(
                number=certificate.number, state=life_title(now.state)
            ),
            code="certificate.step-unfit",
            way_out=_("Choose a step that fits its state."),
            certificate=certificate.id,
            step=step.value,
            state=now.state.value,
        )
    last = max((event.on for event in certificate.events), default=certificate.decided_on)
    if on < max(last, certificate.decided_on):
        raise RuleBroken(
            _("The last step of certificate {number} was on {day}; none can lie before it.").format(
                number=certificate.number, day=day_text(max(last, certificate.decided_on))
            ),
            code="certificate.step-earlier",
            way_out=_("Give that day or a later one."),
            certificate=certificate.id,
        )
    if not reason.strip():
        raise RuleBroken(
            _("A reason is needed."),
            code="certificate.reason-missing",
            way_out=_("Write in a few words what it rests on."),
            certificate=certificate.id,
        )


def life_title(state: LifeState) -> str:
    """The state in a word or two, on screen and paper."""
    return {
        LifeState.NOT_YET: _("not valid yet"),
        LifeState.VALID: _("valid"),
        LifeState.CONDITIONAL: _("valid on condition"),
        LifeState.SUSPENDED: _("suspended"),
        LifeState.WITHDRAWN: _("withdrawn"),
        LifeState.EXPIRED: _("expired"),
    }[state]


def _events_until(certificate: Certificate, on: date) -> tuple[CertificateEvent, ...]:
    return tuple(sorted((event for event in certificate.events if event.on <= on), key=_day_of))


def _day_of(event: CertificateEvent) -> date:
    return event.on


def _state(
    certificate: Certificate,
    on: date,
    events: tuple[CertificateEvent, ...],
    replaced_by: Certificate | None,
) -> tuple[LifeState, date, str]:
    """The state, its first day, and the words of the event behind it; withdrawing is for good."""
    ends = [event for event in events if event.step is CertificateStep.WITHDRAWN]
    if ends:
        return LifeState.WITHDRAWN, ends[0].on, ends[0].reason
    if replaced_by is not None and replaced_by.valid_from <= on:
        return LifeState.EXPIRED, min(replaced_by.valid_from, certificate.valid_until + timedelta(days=1)), ""
    if certificate.valid_until < on:
        return LifeState.EXPIRED, certificate.valid_until + timedelta(days=1), ""
    turns = (CertificateStep.SUSPENDED, CertificateStep.RESTORED)
    last = next((event for event in reversed(events) if event.step in turns), None)
    if last is not None and last.step is CertificateStep.SUSPENDED:
        return LifeState.SUSPENDED, last.on, last.reason
    if on < certificate.valid_from:
        return LifeState.NOT_YET, certificate.decided_on, ""
    since = max(certificate.valid_from, last.on if last is not None else certificate.valid_from)
    if not certificate.is_conditional:
        return LifeState.VALID, since, ""
    settled = settled_by(certificate, events)
    if settled is None:
        return LifeState.CONDITIONAL, since, ""
    return LifeState.VALID, max(since, settled.on), ""


def _words(certificate: Certificate, state: LifeState, since: date, replaced_by: Certificate | None) -> str:
    if state is LifeState.EXPIRED and replaced_by is not None and replaced_by.valid_from <= since:
        return _("Replaced by {number} on {day}.").format(number=replaced_by.number, day=day_text(since))
    sentence = {
        LifeState.NOT_YET: _("Valid from {first} to {last}."),
        LifeState.VALID: _("Valid to {last}."),
        LifeState.CONDITIONAL: _("Valid to {last} on condition that the majors are closed in time."),
        LifeState.SUSPENDED: _("Suspended since {since}."),
        LifeState.WITHDRAWN: _("Withdrawn on {since}."),
        LifeState.EXPIRED: _("Expired after {last}."),
    }[state]
    return sentence.format(
        first=day_text(certificate.valid_from),
        last=day_text(certificate.valid_until),
        since=day_text(since),
    )
