"""What a certificate asks for while it counts: majors closed, surveillance, recertification; and that it is suspended or has expired."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.certificate_dues import Due, DueKind, DueState
from qma_app.domain.certificate_life import LifeState
from qma_app.domain.finding import FindingGrade
from qma_app.domain.spot import Spot
from qma_app.domain.step_rules.state import CertificateWork, EngagementState
from qma_app.domain.step_rules.step import NextStep, StepKind, Urgency, a_step, urgency_of
from qma_app.domain.step_rules.words import sentence
from qma_app.i18n import _, day_text, ngettext

MISSED_FOR: Final = timedelta(days=365)
"""So long an expired certificate is asked about."""


def steps_of_certificate(state: EngagementState, held: CertificateWork) -> Iterator[NextStep]:
    """Majors to be closed, surveillance and recertification whose time has come; a suspension; and that it has expired."""
    life = held.life
    if life.state is LifeState.EXPIRED and state.on - life.until <= MISSED_FOR and not state.is_audited:
        yield _of_certificate(
            held,
            "expired",
            kind=StepKind.DECIDE,
            urgency=Urgency.LATE,
            title=_("Agree on an audit · certificate {number} has expired").format(number=held.number),
            reason=_("It counted until {day}.").format(day=day_text(life.until)),
            due_on=life.until,
        )
    if life.state is LifeState.SUSPENDED:
        yield _of_certificate(
            held,
            "suspended",
            kind=StepKind.DECIDE,
            urgency=Urgency.BLOCKING,
            title=_("Restore or withdraw certificate {number}").format(number=held.number),
            reason=sentence(
                _("Suspended since {day}: {reason}").format(day=day_text(life.since), reason=life.reason)
            ),
        )
    under_way = {work.kind for work in state.audits if not work.is_followed}
    for due in life.open_dues:
        if due.state is not DueState.AHEAD and not _is_under_way(due, under_way):
            yield _due(state, held, due)


def _due(state: EngagementState, held: CertificateWork, due: Due) -> NextStep:
    title, reason = _due_words(state, held.number, due)
    return _of_certificate(
        held,
        f"{due.kind.value}:{due.number}",
        kind=StepKind.DECIDE if due.kind is DueKind.MAJORS else StepKind.PLAN,
        urgency=urgency_of(due.due_on, state.on),
        title=title,
        reason=reason,
        due_on=due.due_on,
        place=due.number,
    )


def _due_words(state: EngagementState, number: str, due: Due) -> tuple[str, str]:
    first, last = day_text(due.window_from), day_text(due.due_on)
    if due.kind is DueKind.MAJORS:
        title = _("Settle the majors certificate {number} depends on").format(number=number)
        return title, _majors_words(state, due)
    if due.kind is DueKind.RECERTIFICATION:
        title = _("Plan the recertification after certificate {number}").format(number=number)
        return title, _("The certificate counts until {last}.").format(last=last)
    title = _("Plan surveillance {place} of certificate {number}").format(place=due.number, number=number)
    if due.state is DueState.OVERDUE:
        return title, _("It was due on {last}.").format(last=last)
    return title, _("It counts from {first} to {last}.").format(first=first, last=last)


def _majors_words(state: EngagementState, due: Due) -> str:
    """By when, and how many are still open; with none open it is the follow-up that is missing."""
    count = sum(one.finding.grade is FindingGrade.MAJOR for one in state.findings)
    last = day_text(due.due_on)
    by = (
        _("They were to be closed and looked at again by {last}.").format(last=last)
        if due.state is DueState.OVERDUE
        else ngettext(
            "They are to be closed and looked at again by {last}, in {count} day.",
            "They are to be closed and looked at again by {last}, in {count} days.",
            (due.due_on - state.on).days,
        ).format(last=last, count=(due.due_on - state.on).days)
    )
    still = (
        ngettext("{count} major is open.", "{count} majors are open.", count).format(count=count)
        if count
        else _("None is open; the follow-up is to show it.")
    )
    return f"{by} {still}"


def _is_under_way(due: Due, kinds: set[AssessmentKind]) -> bool:
    """Whether an audit that answers for it was begun: that one asks for what is next."""
    answers = {
        DueKind.SURVEILLANCE: AssessmentKind.SURVEILLANCE,
        DueKind.RECERTIFICATION: AssessmentKind.RECERTIFICATION,
    }
    return answers.get(due.kind) in kinds


def _of_certificate(held: CertificateWork, what: str, *, urgency: Urgency, **fields: Any) -> NextStep:
    return a_step(
        urgency,
        key=f"certificate-due:{held.id}:{what}",
        rule="certificate-due",
        minutes=15,
        spot=Spot(page="audit", view="certificate", assessment_id=held.assessment_id),
        **fields,
    )
