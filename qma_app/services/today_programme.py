"""What Today adds once a programme is planned: the visit, its next steps, who is late, the effect so far, and the days ahead.

Today is what the program starts with: whatever only some programmes need is imported where they need it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from qma_app.domain.action import Action
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import Audit
from qma_app.domain.days import within_calendar
from qma_app.domain.edition import Area, Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding_state import action_is_overdue
from qma_app.domain.ids import AreaId, EngagementId
from qma_app.domain.next_step import NextStep
from qma_app.domain.plan import PlannedPhase
from qma_app.domain.ports import Reader
from qma_app.domain.reading import Reading
from qma_app.domain.target import Target
from qma_app.domain.visit import AgendaItem, Visit, VisitState
from qma_app.i18n import _
from qma_app.services.certificate_standings import certificate_of_house
from qma_app.services.next_steps import next_steps

if TYPE_CHECKING:
    from qma_app.domain.certificate_standing import CertificateStanding
    from qma_app.domain.month import Month
    from qma_app.services.targets import TargetLine

SOON: Final = timedelta(days=7)
"""A visit this close gives Today its title."""
FRAME: Final = "agenda:"
_WITH: Final = 3
_PRE_AUDIT: Final = "pre-audit"
"""The phase that is called after the kind of its assessment."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TodayStep:
    """A next step, or a point of the agenda of today's visit (`item`); `step` is None for a point typed by hand.

    `is_done` once it was ticked, here or on the agenda, `is_settled` where the records say so too; `outcome` is what came of it.
    """

    key: str
    title: str
    reason: str
    minutes: int
    step: NextStep | None
    item: AgendaItem | None = None
    is_done: bool = False
    is_settled: bool = False
    outcome: str = ""

    @property
    def rule(self) -> str:
        """The code of the rule that asks for it; empty for what was typed by hand."""
        return self.step.rule if self.step is not None else self.item.rule if self.item is not None else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class LateAction:
    """An action that should be done by now, with the area it is about where that is known."""

    action: Action
    area: Area | None
    days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Effect:
    """A target with how sure its newest value is: `margin` in its unit, None where nobody can say."""

    line: TargetLine
    margin: Fraction | None


@dataclass(frozen=True, kw_only=True, slots=True)
class TodayProgramme:
    """Everything from one reading.

    `visit` is the one under way, else the one of today, else the next within a week; `with_whom` who it is with. `steps` are those of
    today's visit in the order of its agenda, then everything else, most urgent first. `certificate` is the one of the dealership that counts.
    """

    visit: Visit | None
    areas: tuple[Area, ...]
    with_whom: tuple[str, ...]
    steps: tuple[TodayStep, ...]
    late: tuple[LateAction, ...]
    effects: tuple[Effect, ...]
    next_visit: Visit | None
    pre_audit_on: date | None
    audit_on: date | None
    certificate: CertificateStanding | None = None

    @property
    def waiting(self) -> tuple[NextStep, ...]:
        """The next steps nobody has ticked off, the most urgent first, whatever stands on an agenda."""
        steps = (one.step for one in self.steps if one.step is not None and not one.is_done)
        return tuple(sorted(steps, key=attrgetter("rank")))

    def is_todays(self, on: date) -> bool:
        """Whether the visit is under way or planned for this day."""
        visit = self.visit
        return visit is not None and (bool(visit.clock) or visit.planned_on == on)


def today_programme(reader: Reader, engagement_id: EngagementId, *, on: date) -> TodayProgramme:
    """The state of a programme on a day, as far as its records go."""
    on = within_calendar(on)
    engagement = reader.get(Engagement, engagement_id)
    edition = reader.edition(engagement.edition)
    ahead = sorted(
        (one for one in reader.all(Visit, engagement_id=engagement_id, closed_at=None) if one.is_ahead),
        key=lambda one: (one.planned_on, one.starts_at, one.number),
    )
    visit = _visit(ahead, on)
    steps = next_steps(reader, engagement_id, on=on)
    is_todays = visit is not None and (bool(visit.clock) or visit.planned_on == on)
    pre_audit_on, audit_on = _audit_days(reader, edition, engagement)
    return TodayProgramme(
        visit=visit,
        areas=_areas(edition, visit) if visit is not None else (),
        with_whom=_with_whom(reader, edition, visit) if visit is not None else (),
        steps=_steps(steps, _agenda(reader, visit) if visit is not None and is_todays else ()),
        late=_late(reader, edition, engagement_id, on),
        effects=_effects(reader, edition, engagement_id, on),
        next_visit=next((one for one in ahead if not one.clock and one.planned_on > on), None),
        pre_audit_on=pre_audit_on,
        audit_on=audit_on,
        certificate=certificate_of_house(reader, engagement.dealership_id, on=on),
    )


def visit_under_way(reader: Reader, engagement_id: EngagementId) -> Visit | None:
    """The visit of a programme whose clock runs, else one that is paused; None where there is none."""
    visits = reader.all(Visit, engagement_id=engagement_id, closed_at=None, cancelled_on=None)
    under_way = [one for one in visits if one.clock]
    running = [one for one in under_way if one.state is VisitState.RUNNING]
    return next(iter((*running, *under_way)), None)


def _visit(ahead: Sequence[Visit], on: date) -> Visit | None:
    under_way = [one for one in ahead if one.clock]
    running = [one for one in under_way if one.state is VisitState.RUNNING]
    soon = [one for one in ahead if not one.clock and on <= one.planned_on <= on + SOON]
    return next(iter((*running, *under_way, *soon)), None)


def _areas(edition: Edition, visit: Visit) -> tuple[Area, ...]:
    return tuple(area for area in edition.areas if area.id in visit.areas)


def _agenda(reader: Reader, visit: Visit) -> tuple[AgendaItem, ...]:
    from qma_app.domain.visit_reading import agenda_of

    return agenda_of(reader, visit.id)


def _with_whom(reader: Reader, edition: Edition, visit: Visit) -> tuple[str, ...]:
    """Who is there; before anybody is noted, who answers for the areas."""
    from qma_app.domain.visit_people import owners_at

    if visit.participants:
        return tuple(one.name for one in visit.participants[:_WITH])
    return tuple(
        _("{name} ({areas})").format(
            name=one.person.name, areas=", ".join(str(area.title) for area in one.areas)
        )
        for one in owners_at(reader, edition, visit)[:_WITH]
    )


def _steps(steps: Sequence[NextStep], items: Sequence[AgendaItem]) -> tuple[TodayStep, ...]:
    """The points of the agenda but its frame, then the steps that are not on it; what is ticked stands first in its part."""
    by_key = {step.key: step for step in steps}
    points = [item for item in items if not item.step.startswith(FRAME)]
    listed = {item.step for item in points if item.step}
    found = [
        TodayStep(
            key=item.step or f"item:{item.id}",
            title=item.title,
            reason=item.reason,
            minutes=item.minutes,
            step=by_key.get(item.step),
            item=item,
            is_done=item.done_at is not None
            or (item.step in by_key and by_key[item.step].ticked_on is not None),
            is_settled=item.done_at is not None and bool(item.rule) and item.step not in by_key,
            outcome=item.outcome,
        )
        for item in points
    ]
    found += [
        TodayStep(
            key=step.key,
            title=step.title,
            reason=step.reason,
            minutes=step.minutes,
            step=step,
            is_done=step.ticked_on is not None,
        )
        for step in steps
        if step.key not in listed
    ]
    return tuple(found)


def _late(reader: Reader, edition: Edition, engagement_id: EngagementId, on: date) -> tuple[LateAction, ...]:
    overdue = [one for one in reader.all(Action, engagement_id=engagement_id) if action_is_overdue(one, on)]
    found = []
    for action in sorted(overdue, key=lambda one: (one.due_on or on, one.number)):
        days = (on - action.due_on).days if action.due_on is not None else 0
        found.append(LateAction(action=action, area=_area_of(reader, edition, action), days=days))
    return tuple(found)


def _area_of(reader: Reader, edition: Edition, action: Action) -> Area | None:
    from qma_app.domain.finding_reading import findings_of_action

    checkpoint = action.from_checkpoint
    if checkpoint is None:
        findings = findings_of_action(reader, action.id)
        checkpoint = next((one.checkpoint_id for one in findings if one.checkpoint_id is not None), None)
    return edition.areas_by_id.get(AreaId(checkpoint.split(".", 1)[0])) if checkpoint is not None else None


def _effects(reader: Reader, edition: Edition, engagement_id: EngagementId, on: date) -> tuple[Effect, ...]:
    """The targets that have a figure."""
    if not reader.all(Target, engagement_id=engagement_id):
        return ()
    from qma_app.services.targets import targets_view

    return tuple(
        Effect(line=line, margin=_margin(reader, edition, line))
        for line in targets_view(reader, engagement_id, on=on)
        if line.now is not None
    )


def _margin(reader: Reader, edition: Edition, line: TargetLine) -> Fraction | None:
    """Half of Wilson's interval of the newest month, for a KPI that counts cases of all cases."""
    from qma_app.domain.effect import is_share
    from qma_app.domain.intervals import wilson_interval

    kpi = edition.kpis.get(line.target.kpi)
    if kpi is None or line.now_month is None or not is_share(kpi):
        return None
    reading = _reading(reader, line, line.now_month)
    if reading is None or reading.denominator is None:
        return None
    hits, count = reading.numerator, reading.denominator
    if not _are_counts(hits, count):
        return None
    interval = wilson_interval(int(hits), int(count))
    return Fraction(interval.high - interval.low) / 2 * kpi.factor


def _reading(reader: Reader, line: TargetLine, month: Month) -> Reading | None:
    found = reader.all(Reading, engagement_id=line.target.engagement_id, kpi=line.target.kpi, month=month)
    return next(iter(found), None)


def _are_counts(hits: Decimal, count: Decimal) -> bool:
    return 0 <= hits <= count and count > 0 and hits % 1 == 0 and count % 1 == 0


def _audit_days(reader: Reader, edition: Edition, engagement: Engagement) -> tuple[date | None, date | None]:
    """The end of the pre-audit and the beginning of the audit as planned, as long as their gates are ahead.

    An audit that was begun and is not opened yet goes before the plan, by its own first day.
    """
    planned_pre, planned = _planned_days(reader, edition, engagement)
    begun = reader.fields(
        Audit, ("first_on", "assessment_id"), engagement_id=engagement.id, opening=None, signed_at=None
    )
    days = {id: first_on for first_on, id in begun if first_on is not None}
    if not days:
        return planned_pre, planned
    kinds = dict(reader.fields(Assessment, ("id", "kind"), id=frozenset(days)))
    pre = [days[id] for id, kind in kinds.items() if kind is AssessmentKind.PRE_AUDIT]
    audits = [days[id] for id, kind in kinds.items() if kind is not AssessmentKind.PRE_AUDIT]
    return min(pre, default=planned_pre), min(audits, default=planned)


def _planned_days(
    reader: Reader, edition: Edition, engagement: Engagement
) -> tuple[date | None, date | None]:
    ahead = [one for one in reader.all(PlannedPhase, engagement_id=engagement.id) if not one.is_passed]
    if not ahead:
        return None, None
    from qma_app.domain.phase_spans import audit_phase

    audit = audit_phase(edition)
    before = (one.ends_on for one in ahead if one.phase == _PRE_AUDIT)
    then = (one.starts_on for one in ahead if audit is not None and one.phase == audit.id)
    return max(before, default=None), min(then, default=None)
