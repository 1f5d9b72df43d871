"""Ready if audited today: the result to expect with its range, what stands in the way, and what to do this week."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Final

from qma_app.domain.applicability import applicable_checkpoints, premises_of
from qma_app.domain.edition import Checkpoint, Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.finding_reading import actions_of_finding
from qma_app.domain.finding_state import FindingState, state_of
from qma_app.domain.green import green_on_paper
from qma_app.domain.highlights import required_points
from qma_app.domain.ids import CheckpointId, EngagementId
from qma_app.domain.levels import Ratings, bounds_of, outcome_of, shown_level
from qma_app.domain.next_step import NextStep
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Outcome
from qma_app.domain.result import AreaResult, Result
from qma_app.domain.result_range import ResultRange, result_range
from qma_app.domain.scoring import score
from qma_app.domain.spot import Spot
from qma_app.domain.step_list import next_steps
from qma_app.domain.step_state import expired_evidence
from qma_app.i18n import _, level_text, ngettext

THIS_WEEK: Final = 3
LOOK_MINUTES: Final = 4
"""One checkpoint looked at and rated."""
LIFT_MINUTES: Final = 30
LIFT_POINTS: Final = 6
"""To bring a heavy checkpoint up one step (weight 3, two points) takes about half an hour of the coach's time."""
CRITICAL_MINUTES: Final = 45
_MAJOR_MINUTES: Final = {
    FindingState.SEEN: 60,
    FindingState.PLANNED: 45,
    FindingState.PLAN_ACCEPTED: 30,
    FindingState.TO_VERIFY: 15,
    FindingState.EFFECTIVE: 5,
}
_HELPING: Final = frozenset(
    {
        "critical",
        "rate",
        "complete",
        "assessment",
        "verify",
        "action-late",
        "major",
        "finding-close",
        "green",
        "evidence",
    }
)
"""The rules whose steps move the result itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Blocker:
    """One thing that stands between the house and a pass, and about how much of the coach's time it takes."""

    title: str
    why: str
    effort_minutes: int
    spot: Spot


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadinessView:
    """`result` is what the rules say of the standing; `expected`, `low`, `high` what an audit would find, see `result_range`.

    `would_pass`: True when it passes even at the low end and nothing blocks, False when it cannot pass as things are, None when it
    depends on what nobody has seen. `blockers` are the quickest first; `untouched` are the checkpoints nobody has decided.
    """

    result: Result
    expected: Fraction | None
    low: Fraction | None
    high: Fraction | None
    would_pass: bool | None
    verdict: str
    blockers: tuple[Blocker, ...]
    untouched: tuple[Checkpoint, ...]
    expired: tuple[Evidence, ...]
    this_week: tuple[NextStep, ...]


def readiness(
    reader: Reader,
    engagement_id: EngagementId,
    *,
    on: date,
    ratings: Ratings | None = None,
    steps: Sequence[NextStep] | None = None,
) -> ReadinessView:
    """How an audit on this day would end, as far as anybody can tell.

    The standing `ratings` and the next `steps` of the day are read, unless whoever asks has read them already.
    """
    engagement = reader.get(Engagement, engagement_id)
    edition = reader.edition(engagement.edition)
    applicable = applicable_checkpoints(edition, premises_of(reader, engagement.dealership_id))
    ratings = reader.standing(engagement_id) if ratings is None else ratings
    findings = reader.all(Finding, engagement_id=engagement_id, closed_on=None)
    result = score(edition, ratings, applicable, findings)
    green = green_on_paper(reader, engagement_id, on=on)
    found = result_range(edition, ratings, applicable, doubted={line.checkpoint.id for line in green})
    would_pass = _would_pass(edition, result, found)
    blockers = (
        *_majors(reader, findings),
        *_unmet(edition, result, findings),
        *_unknown(edition, result),
        *_unrated_areas(edition, result),
        *_low_areas(edition, result),
        *_overall(edition, result),
    )
    return ReadinessView(
        result=result,
        expected=found.expected,
        low=found.low,
        high=found.high,
        would_pass=would_pass,
        verdict=_verdict(edition, found, would_pass, len(blockers)),
        blockers=tuple(sorted(blockers, key=_by_effort)),
        untouched=_untouched(edition, ratings, applicable),
        expired=expired_evidence(reader, engagement_id, on=on),
        this_week=_this_week(next_steps(reader, engagement_id, on=on) if steps is None else steps),
    )


def _would_pass(edition: Edition, result: Result, found: ResultRange) -> bool | None:
    """For certain, or None. What was rated is taken as seen; what was not decides only through its range."""
    rules = edition.rules
    answers = {answer.code: answer.holds for answer in result.rules}
    if found.low is None or found.high is None:
        return None
    cannot = (
        not answers["majors"]
        or bool(result.unmet_criticals)
        or found.high < rules.pass_mark
        or any(area.high < rules.area_floor for area in found.areas)
    )
    if cannot:
        return False
    is_sure = (
        not result.open_criticals
        and not result.is_partial
        and found.low >= rules.pass_mark
        and all(area.low >= rules.area_floor for area in found.areas)
    )
    return True if is_sure else None


def _verdict(edition: Edition, found: ResultRange, would_pass: bool | None, blockers: int) -> str:
    if found.expected is None:
        return _("Nothing is rated yet: nobody can tell.")
    bounds = bounds_of(edition.rules)
    expected, low, high = (shown_level(one, bounds) for one in (found.expected, found.low, found.high))
    if low == high:
        figures = _("{expected} expected").format(expected=expected)
    else:
        figures = _("{expected} expected, between {low} and {high}").format(
            expected=expected, low=low, high=high
        )
    if would_pass:
        return _("Ready: it would pass. {figures}.").format(figures=figures)
    if would_pass is None:
        return _("Too close to call: it depends on what nobody has seen. {figures}.").format(figures=figures)
    return ngettext(
        "Not ready: {count} thing stands in the way. {figures}.",
        "Not ready: {count} things stand in the way. {figures}.",
        blockers,
    ).format(count=blockers, figures=figures)


def _majors(reader: Reader, findings: Sequence[Finding]) -> list[Blocker]:
    return [
        Blocker(
            title=_("{label} · {words}").format(label=one.label, words=" ".join(one.statement.split())),
            why=_("A major finding is open."),
            effort_minutes=_MAJOR_MINUTES.get(
                state_of(one, actions_of_finding(reader, one.id)), LIFT_MINUTES
            ),
            spot=Spot(page="findings", finding_id=one.id),
        )
        for one in sorted(findings, key=_number)
        if one.grade is FindingGrade.MAJOR
    ]


def _unmet(edition: Edition, result: Result, findings: Sequence[Finding]) -> list[Blocker]:
    """Unmet criticals that no open major stands for."""
    known = {one.checkpoint_id for one in findings if one.grade is FindingGrade.MAJOR}
    points = (edition.checkpoints[id] for id in result.unmet_criticals if id not in known)
    return [
        Blocker(
            title=_("{number} · {statement}").format(number=one.number, statement=one.statement),
            why=_("A critical checkpoint is below {points} points.").format(
                points=edition.rules.critical_points
            ),
            effort_minutes=CRITICAL_MINUTES,
            spot=_spot(one),
        )
        for one in points
    ]


def _unknown(edition: Edition, result: Result) -> list[Blocker]:
    """Criticals without points, area by area."""
    by_area: dict[str, list[Checkpoint]] = {}
    for id in result.open_criticals:
        by_area.setdefault(edition.checkpoints[id].area_id, []).append(edition.checkpoints[id])
    return [
        Blocker(
            title=_("Rate the criticals of {area}").format(area=edition.areas_by_id[points[0].area_id].title),
            why=ngettext(
                "{count} critical checkpoint has no points.",
                "{count} critical checkpoints have no points.",
                len(points),
            ).format(count=len(points)),
            effort_minutes=LOOK_MINUTES * len(points),
            spot=_spot(points[0]),
        )
        for points in by_area.values()
    ]


def _unrated_areas(edition: Edition, result: Result) -> list[Blocker]:
    blockers = []
    for area in result.areas:
        if area.applies and not area.is_rated:
            missing = ceil(edition.rules.coverage * area.tally.applicable) - area.tally.rated
            blockers.append(
                Blocker(
                    title=_("Rate more of {area}").format(area=_title(edition, area)),
                    why=_("{rated} of {count} checkpoints are rated, {share} are needed.").format(
                        rated=area.tally.rated,
                        count=area.tally.applicable,
                        share=area.tally.rated + missing,
                    ),
                    effort_minutes=LOOK_MINUTES * max(1, missing),
                    spot=Spot(page="checklists", area_id=area.area_id),
                )
            )
    return blockers


def _low_areas(edition: Edition, result: Result) -> list[Blocker]:
    floor, bounds = edition.rules.area_floor, bounds_of(edition.rules)
    return [
        Blocker(
            title=_("Bring {area} to {floor}").format(
                area=_title(edition, area), floor=level_text(Fraction(floor))
            ),
            why=_("It stands at {level}.").format(level=shown_level(area.level, bounds)),
            effort_minutes=_lift(required_points(area.tally, floor)),
            spot=Spot(page="checklists", area_id=area.area_id),
        )
        for area in result.areas
        if area.is_rated and area.level is not None and area.level < floor
    ]


def _overall(edition: Edition, result: Result) -> list[Blocker]:
    """What the mean lacks, taken from the area that is furthest below: there most is to be had."""
    mark, weights = edition.rules.pass_mark, edition.rules.area_weights
    rated = [area for area in result.areas if area.is_rated and area.level is not None]
    if result.overall is None or result.overall >= mark or not rated:
        return []
    lowest = min(rated, key=_level)
    share = sum(weights.get(area.area_id, 1) for area in rated)
    lacking = (mark - result.overall) * share / weights.get(lowest.area_id, 1)
    return [
        Blocker(
            title=_("Bring the overall level to {mark}").format(mark=level_text(Fraction(mark))),
            why=_("It stands at {level}; most is to be had in {area}.").format(
                level=shown_level(result.overall, bounds_of(edition.rules)), area=_title(edition, lowest)
            ),
            effort_minutes=_lift(ceil(lacking * lowest.tally.weight / 10)),
            spot=Spot(page="checklists", area_id=lowest.area_id),
        )
    ]


def _lift(weighted_points: int) -> int:
    return LIFT_MINUTES * max(1, ceil(Fraction(weighted_points, LIFT_POINTS)))


def _untouched(
    edition: Edition, ratings: Ratings, applicable: Collection[CheckpointId]
) -> tuple[Checkpoint, ...]:
    return tuple(
        edition.checkpoints[id]
        for id in applicable
        if outcome_of(ratings.get(id)) in (Outcome.OPEN, Outcome.NOT_SEEN)
    )


def _this_week(steps: Sequence[NextStep]) -> tuple[NextStep, ...]:
    """The first that move the result, filled up with the first of the others."""
    waiting = [step for step in steps if step.ticked_on is None]
    helping = [step for step in waiting if step.rule in _HELPING]
    others = [step for step in waiting if step.rule not in _HELPING]
    return tuple((helping + others)[:THIS_WEEK])


def _spot(checkpoint: Checkpoint) -> Spot:
    return Spot(
        page="checklists",
        area_id=checkpoint.area_id,
        process_id=checkpoint.process_id,
        checkpoint_id=checkpoint.id,
    )


def _title(edition: Edition, area: AreaResult) -> str:
    return str(edition.areas_by_id[area.area_id].title)


def _by_effort(blocker: Blocker) -> tuple[int, str, str]:
    return blocker.effort_minutes, blocker.title, blocker.why


def _number(finding: Finding) -> int:
    return finding.number


def _level(area: AreaResult) -> Fraction:
    return area.level or Fraction()
