"""Puts what the programme adds to Today into lines and titles; no widgets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from qma_app.domain.next_step import rule_of
from qma_app.domain.target import Gain
from qma_app.domain.visit import Visit, VisitState
from qma_app.i18n import _, day_text, exact_number_text, ngettext, number_text, unit_text
from qma_app.services.today_programme import Effect, LateAction, TodayProgramme, TodayStep
from ui.places import Place
from ui.today.step_row import Step
from ui.today.tick_row import TickLine
from ui.visit.words import (
    away_words,
    listed,
    minutes_words,
    times_words,
    visit_title,
    weekday_text,
    worked_words,
)

LATE_SHOWN = 2


def visit_headline(programme: TodayProgramme) -> str:
    """`Visit 9 — Service and Parts`; without a visit what the week is about."""
    if programme.visit is None:
        return _("This week")
    return visit_title(programme.visit, programme.areas)


def visit_line(programme: TodayProgramme, on: date, now: datetime) -> str:
    """The day, the times, how it stands, and with whom."""
    visit = programme.visit
    if visit is None:
        return ""
    with_whom = _("with {people}").format(people=listed(programme.with_whom)) if programme.with_whom else ""
    parts = [weekday_text(visit.day), _clock_words(visit, on, now), with_whom]
    return " · ".join(filter(None, parts))


def _clock_words(visit: Visit, on: date, now: datetime) -> str:
    if visit.state is VisitState.RUNNING:
        return _("under way for {worked}").format(worked=worked_words(visit.worked(now)))
    if visit.state is VisitState.PAUSED:
        return _("paused after {worked}").format(worked=worked_words(visit.worked(now)))
    times = _("on site {times}").format(times=times_words(visit))
    return times if visit.planned_on == on else f"{away_words(visit.planned_on, on)} · {times}"


def steps_title(programme: TodayProgramme, on: date) -> str:
    """What the list of steps is for."""
    return _("Next steps for this visit") if programme.is_todays(on) else _("Next steps this week")


def step_line(step: TodayStep) -> TickLine:
    """A step as a row; done ones say what was done."""
    strong, _sign, rest = step.title.partition(" · ")
    rule = rule_of(step.rule)
    return TickLine(
        key=step.key,
        strong=strong,
        rest=f"· {rest}" if rest else "",
        detail=step.outcome if step.is_done else step.reason,
        right=done_words(step) if step.is_done else minutes_words(step.minutes) if step.minutes else "",
        is_done=step.is_done,
        hint=rule.title if rule is not None else "",
    )


def done_words(step: TodayStep) -> str:
    """What was done, in a word; a tick alone says no more than that."""
    if not step.is_settled:
        return _("done")
    words = {
        "verify": _("verified"),
        "critical": _("rated"),
        "rate": _("rated"),
        "readings": _("entered"),
        "visit-prepare": _("prepared"),
        "gate-pass": _("passed"),
        "review": _("held"),
    }
    return words.get(step.rule, _("done"))


def sum_words(steps: Sequence[TodayStep]) -> str:
    """How much there is to do: on the agenda where there is one, else in all."""
    mine = [step for step in steps if step.item is not None] or steps
    waiting = [step for step in mine if not step.is_done]
    if not waiting:
        return ""
    count = ngettext("{count} step", "{count} steps", len(waiting)).format(count=len(waiting))
    return f"{count} · {minutes_words(sum(step.minutes for step in waiting))}"


def late_steps(late: Sequence[LateAction], dealership_id: str | None) -> tuple[Step, ...]:
    """The actions that are longest overdue."""
    return tuple(
        Step(
            strong=one.action.label,
            rest=" ".join(one.action.what.split()),
            detail=" · ".join(filter(None, (one.action.owner, str(one.area.title) if one.area else ""))),
            right=ngettext("{count} day", "{count} days", one.days).format(count=one.days),
            tone="bad",
            place=Place(page="findings", dealership_id=dealership_id, action_id=one.action.id, view="board"),
        )
        for one in late[:LATE_SHOWN]
    )


def gain_words(gain: Gain) -> str:
    """Whose gain a target is, as a title."""
    return {
        Gain.CUSTOMERS: _("Customer experience"),
        Gain.STAFF: _("Employees"),
        Gain.PROFIT: _("Profit"),
    }[gain]


def change_words(effect: Effect) -> str:
    """`31 → 52`, with the unit where it is short."""
    line = effect.line
    now = figure_words(line.now, line.unit)
    if line.target.start is None:
        return now
    return f"{_figure(line.target.start)} → {now}"


def figure_words(value: Fraction | None, unit: str) -> str:
    """A value with its unit where that is a sign."""
    if value is None:
        return "–"
    places = 0 if value.denominator == 1 or abs(value) >= 100 else 1
    text = number_text(value, places)
    return unit_text(text, unit) if len(unit) == 1 else text


def margin_words(effect: Effect) -> str:
    """`±4`; empty where nobody can say how sure the figure is."""
    if effect.margin is None:
        return ""
    places = 0 if effect.margin >= 1 else 1
    return f"±{number_text(effect.margin, places)}"


def effect_spoken(effect: Effect) -> str:
    """The line as a screen reader says it."""
    line = effect.line
    goal = _("goal {goal}").format(goal=_figure(line.target.goal))
    return ", ".join(
        filter(
            None,
            (gain_words(line.target.gain), line.kpi_title, change_words(effect), margin_words(effect), goal),
        )
    )


def effect_tip(effect: Effect) -> str:
    """What the row has no room for: the goal, its day, and the month of the newest value."""
    line = effect.line
    parts = [
        _("Goal {goal}").format(goal=unit_text(_figure(line.target.goal), line.unit)),
        _("until {day}").format(day=day_text(line.target.due_on)) if line.target.due_on else "",
        _("newest value of {month}").format(month=line.now_month) if line.now_month else "",
        {True: _("reached"), False: _("not reached yet"), None: ""}[line.is_reached],
    ]
    return " · ".join(filter(None, parts))


def audit_words(programme: TodayProgramme) -> str:
    """When pre-audit and audit are planned, and the certificate with what it asks for next."""
    parts = []
    if programme.pre_audit_on is not None:
        parts.append(_("Pre-audit by {day}").format(day=day_text(programme.pre_audit_on)))
    if programme.audit_on is not None:
        words = _("audit from {day}") if parts else _("Audit from {day}")
        parts.append(words.format(day=day_text(programme.audit_on)))
    held = programme.certificate
    if held is not None:
        parts.append(_("Certificate {state}").format(state=held.state_words))
        parts += filter(None, (held.next_words,))
    return " · ".join(parts).replace(" ", "\u00a0").replace("\u00a0·\u00a0", " · ")


def _figure(value: Decimal) -> str:
    return exact_number_text(value, 2)
