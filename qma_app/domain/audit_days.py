"""How many auditor days an audit needs, worked out from staff and risk so that nobody has to argue from nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from math import ceil
from typing import Final

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.planning_table import (
    DEFAULT_TABLE,
    KindShare,
    PlanningTable,
    RiskShare,
    TableRow,
    check_table,
    risk_title,
    table_from_json,
    table_statement,
    table_to_json,
)
from qma_app.errors import RuleBroken
from qma_app.i18n import _, exact_number_text, ngettext, number_text, percent_text

__all__ = [
    "DEFAULT_TABLE",
    "AreasDays",
    "DaysProposal",
    "KindShare",
    "PlanningTable",
    "RiskShare",
    "TableRow",
    "check_table",
    "days_problems",
    "effective_staff",
    "plan_days",
    "risk_title",
    "table_from_json",
    "table_statement",
    "table_to_json",
]

MOST_REDUCTION: Final = Fraction(3, 10)
"""Risks take away no more than this share of the days of the table."""
ON_SITE_LEAST: Final = Fraction(4, 5)
"""So much of the days is spent at the dealership."""
HOURS: Final = 8
"""The hours of an auditor day; travelling is not among them."""
_HALF: Final = Decimal("0.5")
_HUNDREDTH: Final = Decimal("0.01")


@dataclass(frozen=True, kw_only=True, slots=True)
class AreasDays:
    """The rough figure beside the table: auditor days when each area is given its minutes."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class DaysProposal:
    """What the planning table says. `exact` is never rounded; `days` and `on_site_least` are it in hundredths, rounded up.

    `half_days` is what a planner is shown: up to the next half day. `lines` tell how it came about.
    """

    table_days: Decimal
    exact: Fraction
    days: Decimal
    half_days: Decimal
    on_site_least: Decimal
    areas_days: AreasDays | None
    lines: tuple[str, ...]


def effective_staff(
    full_time: int, part_time_hours: Sequence[Decimal | int], full_week: Decimal | int
) -> int:
    """Full-time equivalents: part-timers by their weekly hours. A part of a person counts as one, so no step is missed."""
    if full_time < 0 or full_week <= 0 or any(hours < 0 for hours in part_time_hours):
        raise _broken_staff()
    hours = sum(map(Fraction, part_time_hours), Fraction())
    return full_time + ceil(hours / Fraction(full_week))


def plan_days(
    staff: int,
    risks: Sequence[str],
    table: PlanningTable,
    kind: AssessmentKind,
    *,
    areas: int = 0,
    majors: int = 0,
) -> DaysProposal:
    """The days of an audit of this kind for so many full-time equivalents; `majors` matter to a follow-up alone.

    RuleBroken for a staff below 1 or beyond the table, and for a risk that is not in it. A risk named twice counts once.
    """
    row = _row_for(staff, table)
    lines = [
        ngettext(
            "{staff} full-time equivalent: {days} days for a first audit.",
            "{staff} full-time equivalents: {days} days for a first audit.",
            staff,
        ).format(staff=staff, days=exact_number_text(row.days))
    ]
    exact = (
        _for_majors(majors, table, lines)
        if kind is AssessmentKind.FOLLOW_UP_AUDIT
        else Fraction(row.days) * _with_risks(risks, table, lines) * _with_kind(kind, table, lines)
    )
    on_site = exact * ON_SITE_LEAST
    lines.append(
        _(
            "That makes {days} days of {hours} hours, {on_site} of them on site at least ({share}); travelling is not counted."
        ).format(
            days=number_text(exact, 2),
            hours=HOURS,
            on_site=number_text(on_site, 2),
            share=_percent(ON_SITE_LEAST),
        )
    )
    rough = _by_areas(areas, table, lines)
    lines.append(table_statement())
    return DaysProposal(
        table_days=row.days,
        exact=exact,
        days=_up_to(exact, _HUNDREDTH),
        half_days=_up_to(exact, _HALF),
        on_site_least=_up_to(on_site, _HUNDREDTH),
        areas_days=rough,
        lines=tuple(lines),
    )


def days_problems(
    proposal: DaysProposal, days: Decimal, on_site: Decimal, reason: str = ""
) -> tuple[str, ...]:
    """What stands against the days agreed, in words: fewer than proposed without a reason, too little of it on site."""
    problems = []
    if days <= 0:
        problems.append(_("No day is agreed."))
    if Fraction(days) < proposal.exact and not reason.strip():
        problems.append(
            _("{days} days are fewer than the {proposed} of the planning table: a reason is needed.").format(
                days=exact_number_text(days), proposed=number_text(proposal.exact, 2)
            )
        )
    if Fraction(on_site) < Fraction(days) * ON_SITE_LEAST:
        problems.append(
            _("{on_site} of {days} days on site is less than {share}.").format(
                on_site=exact_number_text(on_site),
                days=exact_number_text(days),
                share=_percent(ON_SITE_LEAST),
            )
        )
    if on_site > days:
        problems.append(_("More days are planned on site than altogether."))
    return tuple(problems)


def _row_for(staff: int, table: PlanningTable) -> TableRow:
    check_table(table)
    if staff < 1:
        raise _broken_staff()
    row = next((row for row in table.rows if staff <= row.up_to), None)
    if row is None:
        raise RuleBroken(
            _("The planning table ends at {largest} staff; {staff} are given.").format(
                largest=table.largest, staff=staff
            ),
            code="audit-days.beyond-table",
            way_out=_("Add a row for larger houses to the planning table in the settings."),
            staff=staff,
            largest=table.largest,
        )
    return row


def _with_risks(risks: Sequence[str], table: PlanningTable, lines: list[str]) -> Fraction:
    """The share of the table's days that the risks leave."""
    known = {risk.code: risk for risk in table.risks}
    total = Fraction()
    for code in dict.fromkeys(risks):
        if code not in known:
            raise RuleBroken(
                _("The planning table knows no risk “{code}”.").format(code=code),
                code="audit-days.unknown-risk",
                way_out=_("Choose among the risks of the planning table, or add this one in the settings."),
                risk=code,
            )
        total += known[code].share
        lines.append(f"{risk_title(known[code])}: {_signed(known[code].share)}")
    if total < -MOST_REDUCTION:
        lines.append(
            _("Together {share}; no more than {most} is taken away.").format(
                share=_signed(total), most=_percent(MOST_REDUCTION)
            )
        )
    return 1 + max(total, -MOST_REDUCTION)


def _with_kind(kind: AssessmentKind, table: PlanningTable, lines: list[str]) -> Fraction:
    share = table.share_of(kind)
    if share != 1:
        lines.append(
            _("An audit of this kind takes {share} of a first one.").format(
                share=f"{share.numerator}/{share.denominator}"
            )
        )
    return share


def _for_majors(majors: int, table: PlanningTable, lines: list[str]) -> Fraction:
    lines.append(
        ngettext(
            "A follow-up goes by its majors: {count} major of {days} days, half a day at least.",
            "A follow-up goes by its majors: {count} majors of {days} days each, half a day at least.",
            majors,
        ).format(count=majors, days=exact_number_text(table.days_per_major))
    )
    return max(Fraction(_HALF), max(0, majors) * Fraction(table.days_per_major))


def _by_areas(areas: int, table: PlanningTable, lines: list[str]) -> AreasDays | None:
    if areas < 1:
        return None
    low, high = (areas * table.around * minutes / (60 * HOURS) for minutes in table.area_minutes)
    lines.append(
        ngettext(
            "Roughly beside it: {areas} area of {least} to {most} minutes, {around} times over for meetings, records and writing, makes {low} to {high} days.",
            "Roughly beside it: {areas} areas of {least} to {most} minutes each, {around} times over for meetings, records and writing, make {low} to {high} days.",
            areas,
        ).format(
            areas=areas,
            least=table.area_minutes[0],
            most=table.area_minutes[1],
            around=number_text(table.around, 0 if table.around.denominator == 1 else 1),
            low=number_text(low, 1),
            high=number_text(high, 1),
        )
    )
    return AreasDays(low=_up_to(low, _HUNDREDTH), high=_up_to(high, _HUNDREDTH))


def _up_to(value: Fraction, step: Decimal) -> Decimal:
    """The next multiple of the step that is no smaller."""
    return (ceil(value / Fraction(step)) * step).quantize(step, rounding=ROUND_CEILING)


def _percent(share: Fraction) -> str:
    return percent_text(number_text(share * 100, 0 if (share * 100).denominator == 1 else 1))


def _signed(share: Fraction) -> str:
    return ("+" if share > 0 else "−" if share < 0 else "") + _percent(abs(share))


def _broken_staff() -> RuleBroken:
    return RuleBroken(
        _("The number of staff cannot be reckoned with."),
        code="audit-days.staff",
        way_out=_("Give the staff in full-time equivalents, 1 or more; part-timers count by their hours."),
    )
