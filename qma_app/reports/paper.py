"""What a report of one assessment says, as plain values: everything is read here once, and drawing reads nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from qma_app.domain.action import Action
from qma_app.domain.assessment import Assessment
from qma_app.domain.cause import Cause
from qma_app.domain.dealership import Dealership, Site
from qma_app.domain.edition import Area, Checkpoint, Edition, Process
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence
from qma_app.domain.finding import Finding
from qma_app.domain.highlights import Highlight
from qma_app.domain.ids import AreaId
from qma_app.domain.intervals import Interval
from qma_app.domain.people import Person, Qualification
from qma_app.domain.ports import LogHead
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.result import AreaResult, ProcessResult, Result
from qma_app.domain.self_gap import AreaGap

if TYPE_CHECKING:
    from qma_app.reports.auditing.report_values import AuditPart


class EvidenceState(StrEnum):
    """Whether the stored file is what was taken in."""

    WHOLE = "whole"
    MISSING = "missing"
    CHANGED = "changed"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, kw_only=True, slots=True)
class Jpeg:
    """A picture that can go to paper as it is stored: its SHA-256, size in pixels, number of colour components."""

    digest: str
    width: int
    height: int
    components: int


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceEntry:
    """One line of the evidence register; `jpeg` is None for documents and for photos that cannot be shown."""

    label: str
    evidence: Evidence
    state: EvidenceState
    jpeg: Jpeg | None
    used_at: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckpointLine:
    """One checkpoint as it was rated.

    `outcome` is what counts: a checkpoint untouched when the assessment was completed is not seen (`is_untouched`). `before`
    is its last decided rating in an earlier assessment, `interval` the exact one of its sample.
    """

    checkpoint: Checkpoint
    rating: Rating | None
    outcome: Outcome
    is_untouched: bool
    before: Rating | None
    rated_by: str
    interval: Interval | None
    findings: tuple[str, ...]
    evidence: tuple[EvidenceEntry, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ProcessPart:
    """One process with its applicable checkpoints in the order of the standard."""

    process: Process
    result: ProcessResult
    lines: tuple[CheckpointLine, ...]


class FindingPlace(StrEnum):
    """Where a finding comes from, seen from this assessment; a good practice of before asks for nothing and counts as closed."""

    HERE = "here"
    EARLIER_OPEN = "earlier-open"
    EARLIER_CLOSED = "earlier-closed"


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingPart:
    """One finding as it is recorded (`finding`); `is_open` is how it stood when the assessment ended, never for a good practice.

    `roots` are its root causes, `actions` those agreed for it, both as they stand now.
    """

    finding: Finding
    place: FindingPlace
    is_open: bool
    is_overdue: bool
    checkpoint: Checkpoint | None
    raised_by: str
    raised_in: str
    evidence: tuple[EvidenceEntry, ...]
    roots: tuple[Cause, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PastLevel:
    """The level of an area in one assessment; it counts only when the area `is_rated`, None where it was not in the scope."""

    level: Fraction | None
    is_rated: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaPart:
    """One area of the scope with at least one checkpoint for this house (all may be set aside with a reason); `history` holds its level in each assessment so far."""

    area: Area
    result: AreaResult
    processes: tuple[ProcessPart, ...]
    remark: str
    findings: tuple[FindingPart, ...]
    history: tuple[PastLevel, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TrendStep:
    """The overall level of one assessment over the areas of this one; partial while an area is not rated in it."""

    label: str
    day: date
    level: Fraction | None
    is_partial: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ReopeningLine:
    """A reopening with the name of who did it."""

    at: datetime
    who: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AssessmentPaper:
    """Everything a report of one assessment shows.

    `labels` name the assessments of the areas' histories, this one last, `left_out` are areas of the scope in which nothing applies, `set_aside` ratings of checkpoints that do not apply any more, `shown_at` is the last change the report shows, `is_extract` that only a part of the
    assessment is shown, `has_coached` whether the assessor also worked as a coach of this programme, `self_gaps` how departments
    that assessed themselves differ from it. `audit` is what a guided audit says beyond its ratings.
    One that `is_trial` says so on every page; one that `is_final` is about to be signed, or was, and is no draft although its records are open;
    `key_fingerprint` is the SHA-256 of the certificate it is signed with.
    """

    dealership: Dealership
    sites: tuple[Site, ...]
    engagement: Engagement
    edition: Edition
    assessment: Assessment
    label: str
    assessor: Person | None
    qualification: Qualification | None
    coach: Person | None
    has_coached: bool
    result: Result
    areas: tuple[AreaPart, ...]
    left_out: tuple[Area, ...]
    strengths: tuple[Highlight, ...]
    gaps: tuple[Highlight, ...]
    labels: tuple[str, ...]
    trend: tuple[TrendStep, ...]
    findings: tuple[FindingPart, ...]
    evidence: tuple[EvidenceEntry, ...]
    reopenings: tuple[ReopeningLine, ...]
    set_aside: tuple[CheckpointLine, ...]
    log_head: LogHead
    shown_at: datetime
    is_sample: bool
    is_extract: bool
    self_gaps: tuple[AreaGap, ...] = ()
    audit: AuditPart | None = None
    is_trial: bool = False
    is_final: bool = False
    key_fingerprint: str = ""

    @property
    def is_draft(self) -> bool:
        if self.audit is not None:
            return not (self.is_final or self.audit.head.audit.is_signed)
        return self.assessment.is_open

    @property
    def span(self) -> tuple[date, date | None]:
        """The first and last day: of an audit those it was held on."""
        audit = self.audit.head.audit if self.audit is not None else None
        if audit is not None and audit.first_on is not None:
            return audit.first_on, audit.last_on
        return self.assessment.started_on, self.assessment.completed_on

    @property
    def is_whole_house(self) -> bool:
        """Whether every area of the standard is in the scope."""
        return len(self.assessment.scope) == len(self.edition.areas)

    def area(self, id: AreaId) -> AreaPart | None:
        """The part on an area, if something applies there."""
        return next((part for part in self.areas if part.area.id == id), None)

    def findings_at(self, place: FindingPlace) -> tuple[FindingPart, ...]:
        return tuple(part for part in self.findings if part.place is place)

    @property
    def lines(self) -> tuple[CheckpointLine, ...]:
        """All checkpoints in the order of the standard."""
        return tuple(line for area in self.areas for process in area.processes for line in process.lines)
