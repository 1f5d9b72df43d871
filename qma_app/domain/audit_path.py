"""The path of an audit from its plan to the certificate: where it stands, what each step misses, and what must hold before it is signed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.audit_check import PathCheck
from qma_app.domain.audit_checks import (
    certificates_valid,
    closing_held,
    declared,
    independent,
    opening_held,
    team_named,
)
from qma_app.domain.audit_end_checks import certificate_follows, decided, outcome_words
from qma_app.domain.audit_plan_checks import plan_sent, scope_explained, timetable_made
from qma_app.domain.audit_state import LOOKS_BACK, AuditBefore, AuditState
from qma_app.domain.audit_work_checks import (
    evidence_there,
    is_looked_at,
    low_points_explained,
    rated,
    recommendation_given,
    remarked,
    replied,
    samples_drawn,
)
from qma_app.domain.spot import Spot
from qma_app.domain.wording import verdict_title
from qma_app.i18n import _

__all__ = [
    "AuditBefore",
    "AuditState",
    "PathCheck",
    "PathStep",
    "StepCode",
    "StepState",
    "before_signing",
    "current_step",
    "may_be_signed",
    "outcome_words",
    "path_of",
    "step_title",
]


class StepCode(StrEnum):
    """The steps in their order."""

    PLAN = "plan"
    OPENING = "opening"
    ON_SITE = "on-site"
    CLOSING = "closing"
    REPORT = "report"
    SIGN = "sign"
    DECISION = "decision"
    CERTIFICATE = "certificate"


class StepState(StrEnum):
    """Where a step stands; blocked: something stands against it that work on the step alone does not mend."""

    DONE = "done"
    CURRENT = "current"
    WAITING = "waiting"
    BLOCKED = "blocked"


@dataclass(frozen=True, kw_only=True, slots=True)
class PathStep:
    """One step with its state and title, a sentence on where it stands, and what it misses.

    `done` of `count` are its checkpoints on site and its checks elsewhere.
    """

    code: StepCode
    state: StepState
    title: str
    words: str
    done: int
    count: int
    missing: tuple[PathCheck, ...] = ()


def path_of(state: AuditState) -> tuple[PathStep, ...]:
    """The steps of this audit in their order; a pre-audit ends with its report, and after a surveillance nothing is granted.

    The first step that is neither done nor blocked is the current one. Nothing before a signature is asked for any more.
    """
    checked = [(code, _CHECKS[code](state)) for code in steps_of(state)]
    steps: list[PathStep] = []
    is_taken = False
    for code, checks in checked:
        missing = tuple(one for one in checks if not one.holds)
        step_state = _state_of(code, state, missing, is_taken=is_taken)
        is_taken = is_taken or step_state is StepState.CURRENT
        steps.append(_step(state, code, step_state, checks, missing))
    return tuple(steps)


def steps_of(state: AuditState) -> tuple[StepCode, ...]:
    """The steps this audit has."""
    codes = tuple(StepCode)
    if state.kind is AssessmentKind.PRE_AUDIT:
        return codes[: codes.index(StepCode.DECISION)]
    if state.kind in LOOKS_BACK and state.decision is None:
        return tuple(code for code in codes if code is not StepCode.DECISION)
    return codes


def current_step(steps: tuple[PathStep, ...]) -> PathStep | None:
    """The step at hand; None when all are done, or nothing but blocked ones is left."""
    return next((step for step in steps if step.state is StepState.CURRENT), None)


def before_signing(state: AuditState) -> tuple[PathCheck, ...]:
    """Everything that must hold before the report is signed, in the order in which it is worked off."""
    return (
        team_named(state),
        independent(state),
        certificates_valid(state),
        declared(state),
        opening_held(state),
        rated(state),
        low_points_explained(state),
        evidence_there(state),
        samples_drawn(state),
        closing_held(state),
        replied(state),
        remarked(state),
        recommendation_given(state),
    )


def may_be_signed(state: AuditState) -> bool:
    """Whether nothing stands against signing now."""
    return not state.audit.is_signed and all(check.holds for check in before_signing(state))


def step_title(code: StepCode) -> str:
    """The step's name on screen and paper."""
    return {
        StepCode.PLAN: _("Plan and sample"),
        StepCode.OPENING: _("Opening meeting"),
        StepCode.ON_SITE: _("On site"),
        StepCode.CLOSING: _("Closing meeting"),
        StepCode.REPORT: _("Report"),
        StepCode.SIGN: _("Sign and lock"),
        StepCode.DECISION: _("Decision"),
        StepCode.CERTIFICATE: _("Certificate"),
    }[code]


def _plan(state: AuditState) -> tuple[PathCheck, ...]:
    """What was not planned before it began is not asked for afterwards."""
    ahead = () if state.audit.opening is not None else (timetable_made(state), plan_sent(state))
    return (
        team_named(state),
        scope_explained(state),
        independent(state),
        certificates_valid(state),
        declared(state),
        *ahead,
        samples_drawn(state, looked_at=False),
    )


def _opening(state: AuditState) -> tuple[PathCheck, ...]:
    return (opening_held(state),)


def _on_site(state: AuditState) -> tuple[PathCheck, ...]:
    return rated(state), low_points_explained(state), evidence_there(state), samples_drawn(state)


def _closing(state: AuditState) -> tuple[PathCheck, ...]:
    return closing_held(state), replied(state)


def _report(state: AuditState) -> tuple[PathCheck, ...]:
    return remarked(state), recommendation_given(state)


def _sign(state: AuditState) -> tuple[PathCheck, ...]:
    audit = state.audit
    if audit.signed_at is not None:
        return (PathCheck(code="signed", holds=True, words=_("Signed and locked.")),)
    open_checks = tuple(check for check in before_signing(state) if not check.holds)
    spot = Spot(page="audit", view=StepCode.SIGN)
    signed = PathCheck(
        code="signed", holds=False, words=_("The report is not signed yet."), records=(audit.id,), where=spot
    )
    return (*open_checks, signed)


def _decision(state: AuditState) -> tuple[PathCheck, ...]:
    return (decided(state),)


def _certificate(state: AuditState) -> tuple[PathCheck, ...]:
    return (certificate_follows(state),)


_BEFORE: Final = (StepCode.PLAN, StepCode.OPENING, StepCode.ON_SITE, StepCode.CLOSING, StepCode.REPORT)
_AFTER: Final = (StepCode.DECISION, StepCode.CERTIFICATE)
_CHECKS: Final[Mapping[StepCode, Callable[[AuditState], tuple[PathCheck, ...]]]] = {
    StepCode.PLAN: _plan,
    StepCode.OPENING: _opening,
    StepCode.ON_SITE: _on_site,
    StepCode.CLOSING: _closing,
    StepCode.REPORT: _report,
    StepCode.SIGN: _sign,
    StepCode.DECISION: _decision,
    StepCode.CERTIFICATE: _certificate,
}


def _state_of(
    code: StepCode, state: AuditState, missing: tuple[PathCheck, ...], *, is_taken: bool
) -> StepState:
    if not missing or (code in _BEFORE and state.audit.is_signed):
        return StepState.DONE
    if code in _AFTER and not state.audit.is_signed:
        return StepState.WAITING
    if any(check.is_hard for check in missing):
        return StepState.BLOCKED
    return StepState.WAITING if is_taken else StepState.CURRENT


def _step(
    state: AuditState,
    code: StepCode,
    step_state: StepState,
    checks: tuple[PathCheck, ...],
    missing: tuple[PathCheck, ...],
) -> PathStep:
    is_done = step_state is StepState.DONE
    done, count = len(checks) - len(missing), len(checks)
    if code is StepCode.ON_SITE:
        done, count = sum(is_looked_at(state, one) for one in state.to_rate), len(state.to_rate)
    elif code is StepCode.SIGN and not is_done:
        all_checks = before_signing(state)
        done, count = sum(one.holds for one in all_checks), len(all_checks)
    return PathStep(
        code=code,
        state=step_state,
        title=step_title(code),
        words=_words(state, code, checks, missing, is_done=is_done, figures=(done, count)),
        done=done,
        count=count,
        missing=() if is_done else missing,
    )


def _words(
    state: AuditState,
    code: StepCode,
    checks: tuple[PathCheck, ...],
    missing: tuple[PathCheck, ...],
    *,
    is_done: bool,
    figures: tuple[int, int],
) -> str:
    if code is StepCode.ON_SITE:
        return _("{done} of {count}").format(done=figures[0], count=figures[1])
    if code is StepCode.REPORT and is_done and state.audit.recommendation is not None:
        return _("recommendation: {verdict}").format(verdict=verdict_title(state.audit.recommendation))
    if is_done:
        return checks[0].words if len(checks) == 1 else _("Complete.")
    return missing[0].words
