"""What the records drawn for a checkpoint suggest: points, and the grade of a finding. The person at work decides."""

from __future__ import annotations

from fractions import Fraction

from qma_app.domain.edition import Checkpoint, ResultRules
from qma_app.domain.finding import FindingGrade
from qma_app.domain.rating import Sample

HEAVY = 3
"""The weight from which a requirement not met at all is a major."""


def suggested_points(sample: Sample, rules: ResultRules, is_critical: bool) -> int | None:
    """The points the share of conforming records speaks for; None before the first record is looked at.

    The share is over the records looked at. On a critical checkpoint a single failure caps the points.
    """
    if not sample.looked_at:
        return None
    share = Fraction(sample.conforming, sample.looked_at)
    points = max((rule.points for rule in rules.sample if share >= rule.share), default=0)
    return min(points, rules.critical_sample_cap) if is_critical and sample.failing else points


def suggested_grade(checkpoint: Checkpoint, points: int, *, critical_points: int = 8) -> FindingGrade:
    """How heavy a finding at these points would be; `critical_points` is the rule of the edition.

    Major: a critical checkpoint below its points, or nothing met of a heavy one. From 8 points an improvement, at 10 a good
    practice, anything else a minor.
    """
    if checkpoint.is_critical and points < critical_points:
        return FindingGrade.MAJOR
    if points == 0 and checkpoint.weight >= HEAVY:
        return FindingGrade.MAJOR
    if points >= 10:
        return FindingGrade.GOOD_PRACTICE
    return FindingGrade.IMPROVEMENT if points >= 8 else FindingGrade.MINOR
