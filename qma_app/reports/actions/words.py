"""Sentences about actions and checks: dates, figures, money and what follows from them, the same on every paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from qma_app.domain.action import Action, Stage
from qma_app.domain.edition import KpiDefinition
from qma_app.domain.money import MoneySum
from qma_app.domain.month import Month
from qma_app.domain.reading import Reading
from qma_app.domain.verification import UsedReading
from qma_app.domain.wording import unit_title
from qma_app.i18n import _, day_text, exact_number_text, ngettext, number_text, percent_text, unit_text
from qma_app.reports.actions.values import ActionPart, Frame, ServedFinding
from qma_app.reports.wording import short_hash

PERCENT = "percent"


def house_line(frame: Frame) -> str:
    """The dealership as people name it: name, city, code."""
    place = ", ".join(filter(None, (frame.dealership.name, frame.dealership.city)))
    return " · ".join(filter(None, (place, frame.dealership.code)))


def moment_line(frame: Frame) -> str:
    """Of which programme and which day a paper speaks, and where the change log stood."""
    parts = [
        frame.edition.label,
        _("programme since {day}").format(day=day_text(frame.engagement.started_on)),
        _("as of {day}").format(day=day_text(frame.on)),
        _("log head {hash}").format(hash=short_hash(frame.log_head.hash)) + " …",
    ]
    return " · ".join(parts)


def money_text(amount: Decimal) -> str:
    """An amount of money: whole, or with two places."""
    return number_text(amount, 0 if amount == amount.to_integral_value() else 2)


def figure_text(value: Decimal | None, unit: str) -> str:
    """A figure with its unit; "" for none."""
    if value is None:
        return ""
    return unit_text(exact_number_text(value), unit)


def month_text(month: Month) -> str:
    """`Mar 2026`"""
    return day_text(month.first_day, "MMM y")


def months_text(first: Month | None, last: Month | None) -> str:
    """One month, or from a month to a month; "" where both are open."""
    if first is None or last is None or first == last:
        only = first or last
        return month_text(only) if only else ""
    return _("{first} to {last}").format(first=month_text(first), last=month_text(last))


def due_line(part: ActionPart) -> str:
    """How an action stands with its day."""
    action = part.action
    if action.is_dropped or action.is_proposal:
        return _("wished by {day}").format(day=day_text(action.due_on)) if action.due_on else ""
    if action.effective_on is not None:
        return _("effect shown {day}").format(day=day_text(action.effective_on))
    if action.done_on is not None:
        if part.wants_check:
            return _("done, effect to be checked now")
        checked = action.checked_from
        return _("done, check from {day}").format(day=day_text(checked)) if checked else _("done")
    if action.due_on is None:
        return _("no date yet")
    if part.is_overdue:
        return _("was due {day}").format(day=day_text(action.due_on))
    return _("due {day}").format(day=day_text(action.due_on))


def stage_days(action: Action) -> tuple[tuple[Stage, str], ...]:
    """The four steps with the day each was reached."""
    check_from = action.checked_from
    check = _("done {day}").format(day=day_text(action.done_on)) if action.done_on else ""
    if not check and check_from:
        check = _("check from {day}").format(day=day_text(check_from))
    return (
        (Stage.PLAN, _("due {day}").format(day=day_text(action.due_on)) if action.due_on else ""),
        (Stage.DO, _("started {day}").format(day=day_text(action.started_on)) if action.started_on else ""),
        (Stage.CHECK, check),
        (
            Stage.ACT,
            _("shown {day}").format(day=day_text(action.effective_on)) if action.effective_on else "",
        ),
    )


def unit_of(part: ActionPart) -> str:
    """The unit of its figures: its own, else that of its KPI."""
    return part.action.unit or (unit_title(part.kpi.unit) if part.kpi else "")


def problem_line(part: ActionPart) -> str:
    """The problem with its figure."""
    figure = figure_text(part.action.problem_figure, unit_of(part))
    return ": ".join(filter(None, (part.action.problem, figure)))


def goal_line(part: ActionPart) -> str:
    """The goal with its figure."""
    figure = figure_text(part.action.goal_figure, unit_of(part))
    return ": ".join(filter(None, (part.action.goal, figure)))


def kpi_line(code: str, kpi: KpiDefinition | None) -> str:
    """`C15 Contact within a day`"""
    return f"{code} {kpi.title}" if kpi else code


def value_line(part: ActionPart) -> str:
    """The values 1 to 5, the confidence, and the priority that follows."""
    action = part.action
    said = [
        text.format(value=value)
        for text, value in (
            (_("customers {value}"), action.cx),
            (_("staff {value}"), action.ex),
            (_("profit {value}"), action.profit),
            (_("effort {value}"), action.effort),
        )
        if value is not None
    ]
    if action.confidence is not None:
        said.append(_("confidence {percent}").format(percent=percent_text(str(action.confidence))))
    if part.priority is not None:
        said.append(_("priority {value}").format(value=number_text(part.priority, 2)))
    return " · ".join(said)


def money_line(part: ActionPart) -> str:
    """What it brings in a year, whose word stands behind it, and where it is counted."""
    action = part.action
    said = [
        text.format(amount=money_text(amount))
        for text, amount in (
            (_("low {amount}"), action.money_low),
            (_("likely {amount}"), action.money_likely),
            (_("high {amount}"), action.money_high),
        )
        if amount is not None
    ]
    if part.counted_in:
        said.append(_("counted in {action}").format(action=part.counted_in))
    if action.money_confirmed_by or action.money_confirmed_on:
        said.append(_confirmed(action.money_confirmed_by, action.money_confirmed_on))
    elif said and not part.counted_in:
        said.append(_("not yet confirmed by anybody"))
    return " · ".join(said)


def _confirmed(by: str, on: date | None) -> str:
    if by and on:
        return _("confirmed by {name} on {day}").format(name=by, day=day_text(on))
    if on:
        return _("confirmed on {day}").format(day=day_text(on))
    return _("confirmed by {name}").format(name=by)


def money_sentences(money: MoneySum) -> Iterator[str]:
    """What a sum is made of: how many actions, what was left out, what nobody confirmed."""
    count = len(money.counted)
    yield ngettext("Counted over {count} action.", "Counted over {count} actions.", count).format(count=count)
    if money.left_out:
        labels = _labels(money.left_out)
        yield _("Left out as counted elsewhere: {labels}.").format(labels=labels)
    if money.unconfirmed:
        labels = _labels(money.unconfirmed)
        yield _("Not yet confirmed by anybody: {labels}.").format(labels=labels)


def _labels(actions: Sequence[Action]) -> str:
    return ", ".join(sorted(one.label for one in actions))


def served_line(served: ServedFinding) -> str:
    """A finding an action serves, and the cause it removes there."""
    finding = served.finding
    where = served.checkpoint.number if served.checkpoint else ""
    head = " · ".join(filter(None, (finding.label, where)))
    if not finding.statement:
        return f"{head}  {served.checkpoint.statement.marked}" if served.checkpoint else head
    said = f"{head}  {finding.statement}"
    if finding.closed_on is not None:
        said += f" ({_('closed {day}').format(day=day_text(finding.closed_on))})"
    if served.causes:
        words = "; ".join(_("“{text}”").format(text=cause.words) for cause in served.causes)
        said += " " + _("Removes the cause {words}.").format(words=words)
    return said


def reading_text(reading: UsedReading | Reading) -> str:
    """`Mar 2026 12 / 80`, with the note to it."""
    value = exact_number_text(reading.numerator)
    if reading.denominator is not None:
        value = f"{value} / {exact_number_text(reading.denominator)}"
    note = f" ({reading.note})" if isinstance(reading, Reading) and reading.note else ""
    return f"{month_text(reading.month)} {value}{note}"
