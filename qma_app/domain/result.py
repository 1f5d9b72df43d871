"""What scoring answers: levels, coverage, verdict and grade, each with its reason and the records behind it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from qma_app.domain.ids import AreaId, CheckpointId, ProcessId


class Verdict(StrEnum):
    """What the rules of the edition say."""

    PASS = "pass"
    CONDITIONAL = "conditional"
    FAIL = "fail"


class Grade(StrEnum):
    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """Counts over some checkpoints: `applicable` excludes those marked not applicable; `rated` carry points."""

    applicable: int
    rated: int
    not_applicable: int
    not_seen: int
    weighted_points: int
    weight: int

    @property
    def level(self) -> Fraction | None:
        """Percent of the points that could be had over the rated checkpoints; None while none is rated."""
        return Fraction(10 * self.weighted_points, self.weight) if self.weight else None

    @property
    def coverage(self) -> Fraction:
        """Rated share of the applicable checkpoints, by count; 1 where none applies."""
        return Fraction(self.rated, self.applicable) if self.applicable else Fraction(1)

    @property
    def open(self) -> int:
        """Applicable checkpoints with neither points nor a not-seen mark."""
        return self.applicable - self.rated - self.not_seen


@dataclass(frozen=True, kw_only=True, slots=True)
class ProcessResult:
    process_id: ProcessId
    tally: Tally


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaResult:
    """`is_rated`: coverage reaches the rule of the edition; `applies`: at least one checkpoint is applicable."""

    area_id: AreaId
    tally: Tally
    processes: tuple[ProcessResult, ...]
    is_rated: bool

    @property
    def applies(self) -> bool:
        return self.tally.applicable > 0

    @property
    def level(self) -> Fraction | None:
        return self.tally.level


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleAnswer:
    """One rule of the edition: whether it holds, why, and the ids of the records or areas behind it.

    `code` is one of overall, areas-rated, area-floor, criticals, majors. `reason` is a translated sentence with the figures.
    """

    code: str
    holds: bool
    reason: str
    records: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class GradeAnswer:
    """The grade, and for each downgrade its reason."""

    grade: Grade
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """The score of one assessment, or of the standing; `overall` is None until an area is rated."""

    areas: tuple[AreaResult, ...]
    tally: Tally
    overall: Fraction | None
    rated_areas: int
    counted_areas: int
    verdict: Verdict
    rules: tuple[RuleAnswer, ...]
    grade: GradeAnswer | None
    unmet_criticals: tuple[CheckpointId, ...]
    open_criticals: tuple[CheckpointId, ...]

    @property
    def is_partial(self) -> bool:
        """True while an area that applies is not rated: shown as "n of m areas", cannot pass."""
        return self.rated_areas < self.counted_areas

    def area(self, area_id: AreaId) -> AreaResult | None:
        return next((area for area in self.areas if area.area_id == area_id), None)
