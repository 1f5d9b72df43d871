"""What open findings ask for: somebody who settles them, a cause, a plan, and an end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.finding_state import agreed_actions, is_overdue
from qma_app.domain.ids import AreaId
from qma_app.domain.spot import Spot
from qma_app.domain.step_rules.state import EngagementState, FindingWork
from qma_app.domain.step_rules.step import NextStep, StepKind, StepRule, Urgency, a_step, urgency_of
from qma_app.domain.step_rules.words import late_text, owner_text, sentence
from qma_app.i18n import _

PLAN_WITHIN: Final = timedelta(days=14)


def plan_majors(state: EngagementState) -> Iterator[NextStep]:
    """A major without cause, action or accepted plan."""
    for work in state.findings:
        finding = work.finding
        if finding.grade is not FindingGrade.MAJOR:
            continue
        missing = tuple(_missing(work))
        if not missing:
            continue
        due = finding.seen_on + PLAN_WITHIN if finding.seen_on else None
        yield a_step(
            urgency_of(due, state.on, before=Urgency.BLOCKING),
            key=f"major:{finding.id}",
            rule="major",
            kind=StepKind.PLAN,
            title=_("Plan for major {label} · {words}").format(label=finding.label, words=_words(finding)),
            reason=sentence(_("Still missing: {parts}").format(parts=", ".join(missing))),
            minutes=10 * len(missing),
            spot=_spot(finding),
            due_on=due,
            place=finding.number,
        )


def give_each_an_owner(state: EngagementState) -> Iterator[NextStep]:
    """A major or minor that nobody has to settle, or by no day; agreed actions with both will do."""
    for work in state.findings:
        finding = work.finding
        if not finding.grade.wants_effect or _is_carried(work):
            continue
        missing = [words for words, value in _duties(finding) if not value]
        if not missing:
            continue
        yield a_step(
            Urgency.SOON,
            key=f"finding-owner:{finding.id}",
            rule="finding-owner",
            kind=StepKind.DECIDE,
            title=_("Agree who settles {label} · {words}").format(label=finding.label, words=_words(finding)),
            reason=sentence(_("Still missing: {parts}").format(parts=", ".join(missing))),
            minutes=5,
            spot=_spot(finding),
            place=finding.number,
        )


def ask_about_late_ones(state: EngagementState) -> Iterator[NextStep]:
    """Its day is over and no action carries it; late actions are asked about themselves."""
    for work in state.findings:
        finding = work.finding
        if not is_overdue(finding, state.on) or finding.due_on is None or agreed_actions(work.actions):
            continue
        days = (state.on - finding.due_on).days
        yield a_step(
            Urgency.LATE,
            key=f"finding-late:{finding.id}",
            rule="finding-late",
            kind=StepKind.CALL,
            title=_("Ask about {label} · {words}").format(label=finding.label, words=_words(finding)),
            reason=f"{late_text(days)} {owner_text(finding.owner)}",
            minutes=5,
            spot=_spot(finding),
            due_on=finding.due_on,
            place=finding.number,
        )


def close_what_works(state: EngagementState) -> Iterator[NextStep]:
    """Everything agreed was shown to work since the finding was last seen, and it is still open."""
    for work in state.findings:
        if not _works(work):
            continue
        finding = work.finding
        yield a_step(
            Urgency.DUE,
            key=f"finding-close:{finding.id}",
            rule="finding-close",
            kind=StepKind.DECIDE,
            title=_("Close {label} · {words}").format(label=finding.label, words=_words(finding)),
            reason=_("The effect of everything agreed was shown."),
            minutes=5,
            spot=_spot(finding),
            place=finding.number,
        )


def _works(work: FindingWork) -> bool:
    if work.finding.grade is FindingGrade.MAJOR and not work.has_cause:
        return False
    shown = [action.effective_on for action in agreed_actions(work.actions)]
    days = [day for day in shown if day is not None]
    return bool(days) and len(days) == len(shown) and (work.seen_on is None or max(days) >= work.seen_on)


def _missing(work: FindingWork) -> Iterator[str]:
    if not work.has_cause:
        yield _("its cause")
    if not agreed_actions(work.actions):
        yield _("an action")
    if work.finding.plan_accepted_on is None and not _is_done(work):
        yield _("an accepted plan")


def _is_done(work: FindingWork) -> bool:
    agreed = agreed_actions(work.actions)
    return bool(agreed) and all(action.done_on is not None for action in agreed)


def _is_carried(work: FindingWork) -> bool:
    agreed = agreed_actions(work.actions)
    return bool(agreed) and all(action.owner.strip() and action.due_on for action in agreed)


def _duties(finding: Finding) -> tuple[tuple[str, object], ...]:
    return ((_("an owner"), finding.owner.strip()), (_("a day"), finding.due_on))


def _words(finding: Finding) -> str:
    return " ".join(finding.statement.split())


def _spot(finding: Finding) -> Spot:
    area = finding.checkpoint_id.split(".", 1)[0] if finding.checkpoint_id else None
    return Spot(page="findings", finding_id=finding.id, area_id=AreaId(area) if area else None)


RULES: Final = (
    StepRule(code="major", apply=plan_majors),
    StepRule(code="finding-late", apply=ask_about_late_ones),
    StepRule(code="finding-close", apply=close_what_works),
    StepRule(code="finding-owner", apply=give_each_an_owner),
)
