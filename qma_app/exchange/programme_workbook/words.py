"""States and kinds of the coaching year, as the programme workbook words them."""

from __future__ import annotations

from qma_app.domain.gate_answers import Tone
from qma_app.domain.next_step import StepKind
from qma_app.domain.promise import Promise, PromiseState
from qma_app.domain.target import Gain
from qma_app.domain.visit import VisitState
from qma_app.i18n import _


def gain_title(gain: Gain) -> str:
    """Whose gain a target is."""
    return {Gain.CUSTOMERS: _("Customers"), Gain.STAFF: _("Staff"), Gain.PROFIT: _("Profit")}[gain]


def visit_state_title(state: VisitState) -> str:
    """Where a visit stands."""
    return {
        VisitState.PLANNED: _("planned"),
        VisitState.RUNNING: _("under way"),
        VisitState.PAUSED: _("paused"),
        VisitState.CLOSED: _("closed"),
        VisitState.CANCELLED: _("called off"),
    }[state]


def promise_label(promise: Promise) -> str:
    """`P-007`"""
    return f"P-{promise.number:03d}"


def promise_state_title(state: PromiseState) -> str:
    """Where a promise stands."""
    return {
        PromiseState.OPEN: _("open"),
        PromiseState.LATE: _("late"),
        PromiseState.KEPT: _("kept"),
        PromiseState.KEPT_LATE: _("kept late"),
        PromiseState.BROKEN: _("broken"),
    }[state]


def tone_title(tone: str) -> str:
    """How a condition stands; empty where the edition no longer asks it."""
    return {
        "": "",
        Tone.OK: _("holds"),
        Tone.OPEN: _("open"),
        Tone.LATE: _("late"),
        Tone.UNKNOWN: _("not known"),
    }[tone]


def step_kind_title(kind: StepKind) -> str:
    """What somebody does for a step."""
    return {
        StepKind.RATE: _("Rate"),
        StepKind.VERIFY: _("Verify"),
        StepKind.CALL: _("Call"),
        StepKind.ENTER: _("Enter"),
        StepKind.DECIDE: _("Decide"),
        StepKind.PLAN: _("Plan"),
        StepKind.PREPARE: _("Prepare"),
    }[kind]


def strokes_text(strokes: tuple[tuple[int, ...], ...]) -> str:
    """A signature as figures: `12,40 13,41; 80,20 81,22`, a semicolon where the pen was lifted."""
    return "; ".join(
        " ".join(f"{x},{y}" for x, y in zip(stroke[::2], stroke[1::2], strict=False)) for stroke in strokes
    )
