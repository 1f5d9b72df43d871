"""What customers, staff and profit shall gain: agreed, locked with a date, and held against the figures from then on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from qma_app.domain.days import within_calendar
from qma_app.domain.edition import Direction, Edition, KpiDefinition
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import EngagementId, TargetId
from qma_app.domain.month import Month
from qma_app.domain.ports import Reader
from qma_app.domain.reading import Reading, reading_value
from qma_app.domain.record import Changes
from qma_app.domain.target import Gain, Target
from qma_app.domain.wording import unit_title
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text
from qma_app.services.kept_fields import check_by_hand, check_figure
from qma_app.services.workspace import Workspace

MONTHS_SHOWN: Final = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class TargetLine:
    """One target held against the readings of its KPI.

    `now` is the newest value up to the day asked for, that of `now_month`; `trend` has the twelve months that end with the day's
    month, None where nothing was read. `is_reached` is None where nothing was read, and for a KPI that is best within a band the
    edition does not bound.
    """

    target: Target
    kpi_title: str
    unit: str
    direction: Direction | None
    now: Fraction | None
    now_month: Month | None
    trend: tuple[Fraction | None, ...]
    is_reached: bool | None


def add_target(
    workspace: Workspace,
    engagement_id: EngagementId,
    *,
    gain: Gain,
    kpi: str,
    goal: Decimal,
    start: Decimal | None = None,
    due_on: date | None = None,
    words: str = "",
) -> Changes:
    """Agree a goal for a KPI of the edition; each KPI has one target at most. RuleBroken `targets.locked` once they are locked."""
    with workspace.writing("target.added") as work:
        engagement = check_unlocked(work.get(Engagement, engagement_id))
        target = Target(
            id=TargetId(work.new_id()),
            engagement_id=engagement_id,
            gain=gain,
            kpi=kpi,
            goal=goal,
            start=start,
            due_on=due_on,
            words=words.strip(),
        )
        work.put(_checked(work, engagement, target))
    return work.changes


def change_target(workspace: Workspace, target_id: TargetId, **fields: Any) -> Changes:
    """Correct a target that is not locked yet."""
    check_by_hand(fields, ())
    with workspace.writing("target.changed") as work:
        before = work.get(Target, target_id)
        engagement = check_unlocked(work.get(Engagement, before.engagement_id))
        work.put(_checked(work, engagement, replace(before, **fields)))
    return work.changes


def remove_target(workspace: Workspace, target_id: TargetId) -> Changes:
    """Take a target back that is not locked yet."""
    with workspace.writing("target.removed") as work:
        target = work.get(Target, target_id)
        check_unlocked(work.get(Engagement, target.engagement_id))
        work.delete(target)
    return work.changes


def lock_targets(workspace: Workspace, engagement_id: EngagementId, *, on: date) -> Changes:
    """From that day on the targets do not change. RuleBroken unless each of customers, staff and profit has one."""
    with workspace.writing("targets.locked") as work:
        engagement = check_unlocked(work.get(Engagement, engagement_id))
        if on > workspace.today():
            raise RuleBroken(
                _("{day} lies ahead.").format(day=day_text(on)),
                code="targets.day-ahead",
                way_out=_("Lock them on the day they are agreed."),
            )
        check_complete(work, engagement_id)
        work.put(replace(engagement, targets_locked_on=on))
    return work.changes


def check_complete(reader: Reader, engagement_id: EngagementId) -> None:
    """RuleBroken `targets.incomplete` unless each of customers, staff and profit has a target."""
    lacking = gains_without_target(reader, engagement_id)
    if lacking:
        raise RuleBroken(
            _("No target is agreed yet for: {gains}.").format(gains=", ".join(map(gain_title, lacking))),
            code="targets.incomplete",
            way_out=_("Agree at least one target each for customers, staff and profit."),
            gains=tuple(lacking),
        )


def gains_without_target(reader: Reader, engagement_id: EngagementId) -> tuple[Gain, ...]:
    """Those of customers, staff and profit for which nothing is agreed."""
    agreed = {target.gain for target in reader.all(Target, engagement_id=engagement_id)}
    return tuple(gain for gain in Gain if gain not in agreed)


def targets_view(reader: Reader, engagement_id: EngagementId, *, on: date) -> tuple[TargetLine, ...]:
    """The targets with what the figures say of them on a day: customers first, then staff, then profit."""
    on = within_calendar(on)
    edition = reader.edition(reader.get(Engagement, engagement_id).edition)
    found = reader.all(Target, engagement_id=engagement_id)
    order = list(Gain)
    return tuple(
        _line(reader, edition, target, on)
        for target in sorted(found, key=lambda one: (order.index(one.gain), one.kpi))
    )


def gain_title(gain: Gain) -> str:
    """Whose gain it is, in a word."""
    return {Gain.CUSTOMERS: _("customers"), Gain.STAFF: _("staff"), Gain.PROFIT: _("profit")}[gain]


def is_reached(kpi: KpiDefinition, value: Fraction, goal: Decimal) -> bool | None:
    """Whether a value meets a goal. In a band: whether it lies within the edition's bounds, widened to the goal; None without bounds."""
    if kpi.direction is Direction.HIGHER:
        return value >= Fraction(goal)
    if kpi.direction is Direction.LOWER:
        return value <= Fraction(goal)
    if kpi.range is None or not (kpi.range.least and kpi.range.most):
        return None
    bounds = [Fraction(kpi.range.least), Fraction(kpi.range.most), Fraction(goal)]
    return min(bounds) <= value <= max(bounds)


def _line(reader: Reader, edition: Edition, target: Target, on: date) -> TargetLine:
    kpi = edition.kpis.get(target.kpi)
    readings = reader.all(Reading, engagement_id=target.engagement_id, kpi=target.kpi)
    values = {
        one.month: value
        for one in readings
        if kpi is not None
        and one.month <= Month.of(on)
        and (value := reading_value(kpi, one.numerator, one.denominator)) is not None
    }
    newest = max(values, default=None)
    now = values[newest] if newest is not None else None
    first = Month.of(on).plus(1 - MONTHS_SHOWN)
    return TargetLine(
        target=target,
        kpi_title=f"{target.kpi} {kpi.title}" if kpi else target.kpi,
        unit=unit_title(kpi.unit) if kpi else "",
        direction=kpi.direction if kpi else None,
        now=now,
        now_month=newest,
        trend=tuple(values.get(first.plus(place)) for place in range(MONTHS_SHOWN)),
        is_reached=is_reached(kpi, now, target.goal) if kpi is not None and now is not None else None,
    )


def check_unlocked(engagement: Engagement) -> Engagement:
    """The programme, if its targets may still be changed; RuleBroken `targets.locked` otherwise."""
    if engagement.targets_locked_on is not None:
        raise RuleBroken(
            _("The targets were locked on {day} and do not change any more.").format(
                day=day_text(engagement.targets_locked_on)
            ),
            code="targets.locked",
            way_out=_("Say in the management review what turned out otherwise."),
        )
    return engagement


def _checked(reader: Reader, engagement: Engagement, target: Target) -> Target:
    edition = reader.edition(engagement.edition)
    if target.kpi not in edition.kpis:
        raise RuleBroken(
            _("{edition} has no KPI {code}.").format(edition=edition.label, code=target.kpi),
            code="target.kpi-unknown",
            way_out=_("Choose a KPI of the edition."),
        )
    others = reader.all(Target, engagement_id=engagement.id, kpi=target.kpi)
    if any(other.id != target.id for other in others):
        raise RuleBroken(
            _("There is a target for {code} already.").format(code=target.kpi),
            code="target.twice",
            way_out=_("Change that one instead."),
        )
    check_figure("goal", target.goal)
    check_figure("start", target.start)
    if target.due_on is not None and target.due_on < engagement.started_on:
        raise RuleBroken(
            _("The target would be due on {due}, before the programme starts on {start}.").format(
                due=day_text(target.due_on), start=day_text(engagement.started_on)
            ),
            code="target.days",
            way_out=_("Choose a day within the programme."),
        )
    return target
