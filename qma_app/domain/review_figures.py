"""Figures for a management review as they were on a day: KPIs held against their targets, and levels assessment by assessment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.edition import Direction, Edition, KpiDefinition
from qma_app.domain.ids import EngagementId
from qma_app.domain.levels import bounds_of, shown_level
from qma_app.domain.month import Month
from qma_app.domain.ports import Reader
from qma_app.domain.reading import Reading, reading_value
from qma_app.domain.result import Result
from qma_app.domain.standing import assessment_result, list_assessments
from qma_app.domain.target import Gain, Target
from qma_app.domain.wording import unit_title
from qma_app.i18n import _, day_text, exact_number_text, number_text, unit_text

Values = Mapping[str, Sequence[tuple[Month, Fraction]]]
"""The values of each KPI up to a day, in the order of the months."""


def values_up_to(reader: Reader, engagement_id: EngagementId, edition: Edition, on: date) -> Values:
    """What was read of each KPI of the edition, up to the last month that was over on a day."""
    found: dict[str, list[tuple[Month, Fraction]]] = {}
    last = Month.of(on) if (on + timedelta(days=1)).day == 1 else Month.of(on).plus(-1)
    readings = sorted(reader.all(Reading, engagement_id=engagement_id), key=lambda one: one.month)
    for reading in readings:
        kpi = edition.kpis.get(reading.kpi)
        if kpi is None or reading.month > last:
            continue
        value = reading_value(kpi, reading.numerator, reading.denominator)
        if value is not None:
            found.setdefault(reading.kpi, []).append((reading.month, value))
    return found


def target_line(edition: Edition, target: Target, values: Values) -> str:
    """A target with the newest value of its KPI, and whether it is reached where that can be said."""
    kpi = edition.kpis.get(target.kpi)
    title = f"{target.kpi} {kpi.title}" if kpi is not None else target.kpi
    goal = with_unit(kpi, exact_number_text(target.goal))
    known = values.get(target.kpi, ())
    if kpi is None or not known:
        return _("{kpi}: goal {goal}, not read yet").format(kpi=title, goal=goal)
    month, value = known[-1]
    said = _("{kpi}: {value} in {month}, goal {goal}").format(
        kpi=title, value=with_unit(kpi, _figure(value, known)), month=_month_text(month), goal=goal
    )
    is_there = reached(kpi, value, target.goal)
    if is_there is None:
        return said
    return f"{said} ({_('reached') if is_there else _('not reached')})"


def reached(kpi: KpiDefinition, value: Fraction, goal: Decimal) -> bool | None:
    """Whether a value is as good as a goal; None for a KPI that is best within a band."""
    match kpi.direction:
        case Direction.HIGHER:
            return value >= Fraction(goal)
        case Direction.LOWER:
            return value <= Fraction(goal)
    return None


def kpi_line(kpi: KpiDefinition, known: Sequence[tuple[Month, Fraction]]) -> str:
    """The newest value of a KPI, and that of a year before where there is one."""
    month, value = known[-1]
    before = next((old for when, old in known if when == month.plus(-12)), None)
    said = _("{kpi}: {value} in {month}").format(
        kpi=f"{kpi.code} {kpi.title}", value=with_unit(kpi, _figure(value, known)), month=_month_text(month)
    )
    if before is None:
        return said
    return _("{said}, a year before {before}").format(
        said=said, before=with_unit(kpi, _figure(before, known))
    )


def targets_of(reader: Reader, engagement_id: EngagementId) -> tuple[Target, ...]:
    """The targets: customers first, then staff, then profit."""
    order = list(Gain)
    found = reader.all(Target, engagement_id=engagement_id)
    return tuple(sorted(found, key=lambda one: (order.index(one.gain), one.kpi)))


def completed_up_to(reader: Reader, engagement_id: EngagementId, on: date) -> tuple[Assessment, ...]:
    """The assessments completed by a day, the newest first; self-assessments are the house's own and left out."""
    return tuple(
        one
        for one in reversed(list_assessments(reader, engagement_id))
        if one.kind is not AssessmentKind.SELF_ASSESSMENT
        and one.completed_on is not None
        and one.completed_on <= on
    )


def level_lines(reader: Reader, edition: Edition, assessments: Sequence[Assessment]) -> tuple[str, ...]:
    """Each area with its newest level and the one before, from these assessments, the newest first."""
    bounds = bounds_of(edition.rules)
    wanted = {area.id for area in edition.areas}
    levels: dict[str, list[Fraction]] = {}
    for assessment in assessments:
        missing = {id for id in wanted if len(levels.get(id, ())) < 2}
        if not missing & set(assessment.scope):
            continue
        for result in assessment_result(reader, assessment).areas:
            if result.area_id in missing and result.level is not None:
                levels.setdefault(result.area_id, []).append(result.level)
    lines = []
    for area in edition.areas:
        known = levels.get(area.id, [])
        if known:
            now = shown_level(known[0], bounds)
            said = f"{area.code} {area.title}: {now}"
            if len(known) > 1:
                said = _("{said}, before {before}").format(said=said, before=shown_level(known[1], bounds))
            lines.append(said)
    return tuple(lines)


def overall_text(edition: Edition, result: Result) -> str:
    """The overall level, with how many areas it rests on where some are not rated."""
    said = shown_level(result.overall, bounds_of(edition.rules))
    if not result.is_partial:
        return said
    return _("{level} ({rated} of {all} areas)").format(
        level=said, rated=result.rated_areas, all=result.counted_areas
    )


def with_unit(kpi: KpiDefinition | None, figure: str) -> str:
    """A figure with the unit of its KPI."""
    return unit_text(figure, unit_title(kpi.unit) if kpi is not None else "")


def _figure(value: Fraction, known: Sequence[tuple[Month, Fraction]]) -> str:
    """With a decimal for each value of a KPI, or for none of them."""
    return number_text(value, 0 if all(one.denominator == 1 for _month, one in known) else 1)


def _month_text(month: Month) -> str:
    """`October 2026`"""
    return day_text(month.first_day, "MMMM y")
