"""Turns ratings into levels, a verdict and a grade by the rules of an edition; everybody who shows a result asks here.

All arithmetic is exact: nothing is rounded before it is compared, and only `shown_level` makes a figure for people. The levels
alone, without sentences, come from `levels`; the rules are answered in `passing`, the grade in `grading`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from qma_app.domain.edition import Checkpoint, Edition, ResultRules
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.grading import grade_of
from qma_app.domain.ids import AreaId, CheckpointId
from qma_app.domain.levels import (
    Ratings,
    area_results,
    bounds_of,
    level_of,
    outcome_of,
    overall_of,
    points_of,
    shown_level,
    sum_of,
    tally_of,
)
from qma_app.domain.passing import Grounds, rule_answers, verdict_of
from qma_app.domain.rating import Outcome
from qma_app.domain.result import Result

__all__ = [
    "area_results",
    "bounds_of",
    "is_in_scope",
    "level_of",
    "overall_of",
    "score",
    "shown_level",
    "tally_of",
]


def score(
    edition: Edition,
    ratings: Ratings,
    applicable: Collection[CheckpointId],
    findings: Sequence[Finding] = (),
    *,
    scope: Sequence[AreaId] | None = None,
) -> Result:
    """What the rules of the edition say about these ratings; `scope` limits the areas (None: all).

    Ratings of checkpoints that do not apply are ignored. `Result.areas` holds each area of the scope in the order of the
    standard; one in which nothing applies has `applies` False and counts nowhere else. Open majors count whatever their
    checkpoint is rated now, but not those of an area outside the scope. `open_criticals` are critical checkpoints without
    points (untouched, not seen, or set aside without a reason): nobody knows them to be met, and no major stands for them
    that could be closed, so with one of them the verdict is a fail. The grade is None while an area that applies is not
    rated, since that area could still lower it.
    """
    areas = area_results(edition, ratings, applicable, scope=scope)
    counted = tuple(area for area in areas if area.applies)
    rated = sum(area.is_rated for area in counted)
    overall = overall_of(counted, edition.rules)
    points = _checkpoints_in_force(edition, ratings, applicable, scope)
    criticals = [point for point in points if point.is_critical]
    unmet = tuple(point for point in criticals if _is_unmet(point, ratings, edition.rules))
    unknown = tuple(point for point in criticals if points_of(ratings.get(point.id)) is None)
    rules = rule_answers(
        Grounds(
            edition=edition,
            areas=counted,
            overall=overall,
            criticals=len(criticals),
            unmet=unmet,
            unknown=unknown,
            majors=_open_majors(edition, findings, scope),
        )
    )
    is_whole = rated == len(counted)
    return Result(
        areas=areas,
        tally=sum_of(area.tally for area in areas),
        overall=overall,
        rated_areas=rated,
        counted_areas=len(counted),
        verdict=verdict_of(rules, is_critical_unknown=bool(unknown)),
        rules=rules,
        grade=None
        if overall is None or not is_whole
        else grade_of(edition, overall, counted, points, ratings),
        unmet_criticals=tuple(point.id for point in unmet),
        open_criticals=tuple(point.id for point in unknown),
    )


def _checkpoints_in_force(
    edition: Edition, ratings: Ratings, applicable: Collection[CheckpointId], scope: Sequence[AreaId] | None
) -> tuple[Checkpoint, ...]:
    applying = frozenset(applicable)
    return tuple(
        point
        for area in edition.areas
        if scope is None or area.id in scope
        for point in area.checkpoints()
        if point.id in applying and outcome_of(ratings.get(point.id)) is not Outcome.NOT_APPLICABLE
    )


def _is_unmet(checkpoint: Checkpoint, ratings: Ratings, rules: ResultRules) -> bool:
    points = points_of(ratings.get(checkpoint.id))
    return points is not None and points < rules.critical_points


def _open_majors(
    edition: Edition, findings: Sequence[Finding], scope: Sequence[AreaId] | None
) -> tuple[Finding, ...]:
    majors = (
        finding
        for finding in findings
        if finding.grade is FindingGrade.MAJOR and finding.is_open and is_in_scope(edition, finding, scope)
    )
    return tuple(sorted(majors, key=_number_of))


def is_in_scope(edition: Edition, finding: Finding, scope: Sequence[AreaId] | None) -> bool:
    """A finding at no checkpoint concerns the whole house, and so does one in an area the edition has no more."""
    if scope is None or finding.checkpoint_id is None:
        return True
    area = finding.checkpoint_id.split(".", 1)[0]
    return area in scope or area not in edition.areas_by_id


def _number_of(finding: Finding) -> tuple[int, str]:
    return finding.number, finding.id
