"""Puts the result of an audit and all it rests on into the data that travel inside its report."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from qma_app.domain.audit import AuditSample
from qma_app.domain.audit_content import (
    AreaContent,
    AuditContent,
    FindingContent,
    HeadContent,
    RatingContent,
    RuleContent,
    RulesContent,
    SampleContent,
)
from qma_app.domain.edition import Edition
from qma_app.domain.finding import Finding
from qma_app.domain.ids import CheckpointId
from qma_app.domain.levels import Ratings, bounds_of, outcome_of, points_of, shown_level
from qma_app.domain.result import Result
from qma_app.domain.scoring import is_in_scope


def content_of(
    head: HeadContent,
    edition: Edition,
    ratings: Ratings,
    applicable: Collection[CheckpointId],
    findings: Sequence[Finding],
    result: Result,
    *,
    recommendation: str,
    samples: Sequence[AuditSample] = (),
    evidence: Collection[str] = (),
) -> AuditContent:
    """The data of one audit; levels are exact and, beside it, as they are printed in the language of the day."""
    bounds = bounds_of(edition.rules)
    scope = [area.area_id for area in result.areas]
    points = [
        point for id in scope for point in edition.areas_by_id[id].checkpoints() if point.id in applicable
    ]
    return AuditContent(
        head=head,
        rules=RulesContent(
            pass_mark=edition.rules.pass_mark,
            area_floor=edition.rules.area_floor,
            coverage=str(edition.rules.coverage),
            critical_points=edition.rules.critical_points,
            most_points=max(edition.points),
            bounds=bounds,
        ),
        areas=tuple(
            AreaContent(
                id=area.area_id,
                code=edition.areas_by_id[area.area_id].code,
                title=str(edition.areas_by_id[area.area_id].title),
                weight=edition.rules.area_weights.get(area.area_id, 1),
                level="" if area.level is None else str(area.level),
                shown=shown_level(area.level, bounds),
                is_rated=area.applies and area.is_rated,
            )
            for area in result.areas
        ),
        ratings=tuple(
            RatingContent(
                checkpoint=point.id,
                number=point.number,
                area=point.area_id,
                weight=point.weight,
                is_critical=point.is_critical,
                outcome=outcome_of(ratings.get(point.id)).value,
                points=points_of(ratings.get(point.id)),
                reason=ratings[point.id].reason if point.id in ratings else "",
            )
            for point in points
        ),
        findings=tuple(
            FindingContent(
                number=finding.number,
                grade=finding.grade.value,
                checkpoint=finding.checkpoint_id or "",
                statement=finding.statement,
                is_open=finding.is_open,
                reply=finding.reply.value if finding.reply else "",
                reply_words=finding.reply_words,
            )
            for finding in sorted(findings, key=_number_of)
            if is_in_scope(edition, finding, scope)
        ),
        samples=tuple(_sample(sample, ratings) for sample in samples),
        answers=tuple(
            RuleContent(code=answer.code, holds=answer.holds, reason=answer.reason) for answer in result.rules
        ),
        overall="" if result.overall is None else str(result.overall),
        overall_shown=shown_level(result.overall, bounds),
        verdict=result.verdict.value,
        recommendation=recommendation,
        evidence=tuple(sorted(evidence)),
    )


def _sample(sample: AuditSample, ratings: Ratings) -> SampleContent:
    rating = ratings.get(sample.checkpoint_id)
    seen = rating.sample if rating is not None else None
    return SampleContent(
        checkpoint=sample.checkpoint_id,
        fingerprint=sample.fingerprint,
        population=sample.population,
        seed=sample.seed,
        drawn=tuple(record.place for record in sample.drawn),
        looked_at=seen.looked_at if seen else 0,
        conforming=seen.conforming if seen else 0,
    )


def _number_of(finding: Finding) -> tuple[int, str]:
    return finding.number, finding.id
