"""All that the rules of the next step look at, as plain values: the same state gives the same steps, whoever read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from qma_app.domain.action import Action
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import Audit
from qma_app.domain.certification import DecisionOutcome
from qma_app.domain.charter import Charter
from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence
from qma_app.domain.finding import Finding
from qma_app.domain.ids import (
    ActionId,
    AreaId,
    AssessmentId,
    CertificateId,
    CheckpointId,
    FindingId,
    ProcessId,
    VisitId,
)
from qma_app.domain.month import Month
from qma_app.domain.people import Person, Qualification
from qma_app.domain.plan import PlannedArea, PlannedPhase
from qma_app.domain.promise import Promise, SponsorCheck
from qma_app.domain.review import ManagementReview
from qma_app.domain.target import Target
from qma_app.domain.visit import Visit

if TYPE_CHECKING:
    from qma_app.domain.certificate_life import CertificateLife


@dataclass(frozen=True, kw_only=True, slots=True)
class GateCheck:
    """One condition of a gate as it was computed; `holds` None = nobody can tell yet, `is_said`: somebody's word may answer it.

    `areas` are those it waits for.
    """

    check: str
    title: str
    holds: bool | None
    figures: str = ""
    is_said: bool = False
    areas: tuple[AreaId, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class CurrentGate:
    """The gate of the phase the programme is in."""

    phase: PlannedPhase
    title: str
    checks: tuple[GateCheck, ...]

    @property
    def is_open(self) -> bool:
        """Whether every condition holds."""
        return all(check.holds is True for check in self.checks)


@dataclass(frozen=True, kw_only=True, slots=True)
class ProcessProgress:
    """How far a process has come in the open assessment; `criticals` counts its critical checkpoints nobody has decided."""

    process_id: ProcessId
    area_id: AreaId
    decided: int
    total: int
    criticals: int
    next_checkpoint: CheckpointId | None = None

    @property
    def is_begun(self) -> bool:
        return self.decided > 0

    @property
    def left(self) -> int:
        return self.total - self.decided


@dataclass(frozen=True, kw_only=True, slots=True)
class LastLevel:
    """How a process stood when it was last assessed."""

    level: Fraction
    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenAssessment:
    """The assessment that is being made (a self-assessment is not the coach's)."""

    assessment: Assessment
    processes: tuple[ProcessProgress, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingWork:
    """An open finding with what is agreed for it; `seen_on` is the last day it was seen."""

    finding: Finding
    actions: tuple[Action, ...] = ()
    has_cause: bool = False
    seen_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class UnsignedVisit:
    """A visit whose minutes nobody has signed."""

    id: VisitId
    number: int
    held_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class GreenSpot:
    """A checkpoint that stands as met although something speaks against it since then."""

    checkpoint_id: CheckpointId
    points: int
    rated_on: date
    findings: tuple[str, ...] = ()
    failed: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditWork:
    """An audit led along its path, in its newest revision, with what was decided on it.

    `kind` is that of the audit before where it follows up a surveillance. `certificate` is the number of the one granted on it, or
    of the one it looks after; `is_followed` once nothing is left to be done after its signature.
    """

    audit: Audit
    kind: AssessmentKind
    outcome: DecisionOutcome | None = None
    decided_on: date | None = None
    certificate: str = ""
    is_followed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificateWork:
    """The certificate that counts, where it stands, and the audit it was granted on."""

    id: CertificateId
    number: str
    assessment_id: AssessmentId | None
    life: CertificateLife


@dataclass(frozen=True, kw_only=True, slots=True)
class EngagementState:
    """One programme on one day. What is settled is left out: nothing has to be done about it.

    `completed` are the completed assessments, self-assessments left out, oldest first; `ahead` the visits that are neither closed nor called
    off; `prepared` those of them that have an agenda; `last_visit_on` the day of the last one held. `read_kpis` are the KPIs somebody still
    writes down, `read_last_month` those of them that have the figures of the month before `on`. `applicable` counts the checkpoints that
    apply by area; `owned` the processes with owner and description. `levels` tell how untouched processes at hand stood before.
    `check_days` are those agreed for checks of actions that were planned and not made yet, the last one of each. `new_points` are the checkpoints by area that apply now and did not when the area was last assessed, since the house was another.
    `open_assessment` is never that of an audit led along its path: those are `audits`.
    """

    on: date
    engagement: Engagement
    edition: Edition
    coach: Person | None = None
    certificates: tuple[Qualification, ...] = ()
    charter: Charter | None = None
    targets: tuple[Target, ...] = ()
    phases: tuple[PlannedPhase, ...] = ()
    gate: CurrentGate | None = None
    planned_areas: tuple[PlannedArea, ...] = ()
    applicable: Mapping[AreaId, int] = field(default_factory=dict)
    processes: tuple[ProcessId, ...] = ()
    owned: frozenset[ProcessId] = frozenset()
    completed: tuple[Assessment, ...] = ()
    open_assessment: OpenAssessment | None = None
    levels: Mapping[ProcessId, LastLevel] = field(default_factory=dict)
    new_points: Mapping[AreaId, tuple[CheckpointId, ...]] = field(default_factory=dict)
    ahead: tuple[Visit, ...] = ()
    prepared: frozenset[VisitId] = frozenset()
    unsigned: UnsignedVisit | None = None
    last_visit_on: date | None = None
    findings: tuple[FindingWork, ...] = ()
    actions: tuple[Action, ...] = ()
    areas_of_actions: Mapping[ActionId, AreaId] = field(default_factory=dict)
    findings_of_actions: Mapping[ActionId, FindingId] = field(default_factory=dict)
    check_days: Mapping[ActionId, date] = field(default_factory=dict)
    read_kpis: tuple[str, ...] = ()
    read_last_month: frozenset[str] = frozenset()
    promises: tuple[Promise, ...] = ()
    sponsor_checks: tuple[SponsorCheck, ...] = ()
    reviews: tuple[ManagementReview, ...] = ()
    expired: tuple[Evidence, ...] = ()
    green: tuple[GreenSpot, ...] = ()
    audits: tuple[AuditWork, ...] = ()
    certificate: CertificateWork | None = None

    @property
    def last_month(self) -> Month:
        """The last whole month before the day."""
        return Month.of(self.on).plus(-1)

    @property
    def is_audited(self) -> bool:
        """Whether an audit is led along its path: what belongs to it is the auditor's, and no assessment is begun beside it."""
        return any(not one.audit.is_signed for one in self.audits)

    @property
    def has_baseline(self) -> bool:
        return any(one.kind is AssessmentKind.BASELINE for one in self.completed)

    @property
    def left_out(self) -> frozenset[AreaId]:
        """The areas the programme leaves out."""
        return frozenset(one.area_id for one in self.planned_areas if one.is_left_out)

    @property
    def visit_at_hand(self) -> Visit | None:
        """The visit under way, else the next one within two weeks."""
        near = [one for one in self.ahead if one.clock or 0 <= (one.planned_on - self.on).days <= 14]
        return min(near, key=_soonest, default=None)

    @property
    def areas_at_hand(self) -> frozenset[AreaId]:
        """What is worked on now: the areas of the visit at hand, and those whose time in the plan it is."""
        visit = self.visit_at_hand
        running = {
            one.area_id
            for one in self.planned_areas
            if one.starts_on is not None
            and one.ends_on is not None
            and one.starts_on <= self.on <= one.ends_on
        }
        return frozenset(running | set(visit.areas if visit else ())) - self.left_out

    def asks_now(self, check: str, *, ahead: int = 0) -> bool:
        """Whether the gate with this check is the next one, was passed or, with `ahead`, comes so many phases later.

        Without a plan or without such a gate: yes.
        """
        asking = {phase.id for phase in self.edition.phases if any(one.check == check for one in phase.gate)}
        places = [one.place for one in self.phases if one.phase in asking]
        if not places or self.gate is None:
            return True
        return min(places) <= self.gate.phase.place + ahead


def _soonest(visit: Visit) -> tuple[bool, date, int]:
    return not visit.clock, visit.planned_on, visit.number
