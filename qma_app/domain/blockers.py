"""What stands between a house and a pass, and about how much of the coach's time each takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Final

from qma_app.domain.edition import Checkpoint, Edition
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.finding_reading import actions_of_finding
from qma_app.domain.finding_state import FindingState, state_of
from qma_app.domain.highlights import required_points
from qma_app.domain.levels import bounds_of, shown_level
from qma_app.domain.ports import Reader
from qma_app.domain.result import AreaResult, Result
from qma_app.domain.spot import Spot
from qma_app.i18n import _, level_text, ngettext

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Blocker:
    """One thing that stands between the house and a pass, and about how much of the coach's time it takes."""

    title: str
    why: str
    effort_minutes: int
    spot: Spot


def blockers_of(
    reader: Reader, edition: Edition, result: Result, findings: Sequence[Finding]
) -> tuple[Blocker, ...]:
    """The quickest first; `findings` are those open."""
    found = (
        *_majors(reader, findings),
        *_unmet(edition, result, findings),
        *_unknown(edition, result),
        *_unrated_areas(edition, result),
        *_low_areas(edition, result),
        *_overall(edition, result),
    )
    return tuple(sorted(found, key=_by_effort))


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
