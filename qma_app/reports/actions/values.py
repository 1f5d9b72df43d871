"""What papers of findings and actions say, as plain values: everything is read once, and drawing reads nothing more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from qma_app.domain.action import Action
from qma_app.domain.ageing import Ageing
from qma_app.domain.assessment import Assessment
from qma_app.domain.cause import Cause
from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Area, Checkpoint, Edition, KpiDefinition
from qma_app.domain.effect import Change
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import PhotoPair
from qma_app.domain.finding import Finding, FindingGrade, Sighting
from qma_app.domain.finding_state import FindingState, Obstacle
from qma_app.domain.money import MoneySum
from qma_app.domain.pareto import CauseCounts
from qma_app.domain.people import Person
from qma_app.domain.ports import LogHead
from qma_app.domain.reading import Reading
from qma_app.domain.verification import Verification
from qma_app.reports.paper import EvidenceEntry


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """Of which programme a paper speaks, and of which moment: `on` is the day what is late is judged by, `shown_at` the last change."""

    dealership: Dealership
    engagement: Engagement
    edition: Edition
    coach: Person | None
    on: date
    log_head: LogHead
    shown_at: datetime
    is_sample: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckPart:
    """One check of an effect: who made it, the checkpoint looked at, what its KPI figures say, and what it rests on."""

    verification: Verification
    who: str
    checkpoint: Checkpoint | None
    assessment: str
    kpi: KpiDefinition | None
    change: Change | None
    evidence: tuple[EvidenceEntry, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ServedFinding:
    """A finding an action serves, and which of its causes the action removes."""

    finding: Finding
    checkpoint: Checkpoint | None
    area: Area | None
    causes: tuple[Cause, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionPart:
    """One action as it stands.

    `owner` is how its owner is shown, `owner_key` the same for all actions of one person. Its `area` is that of the first
    finding it serves, None for the whole house. It `is_heavy` where it serves an open major or a critical checkpoint. `counted_in` is
    the number of the action that holds its money, `readings` the months of its KPI, where they are wanted.
    """

    action: Action
    owner: str
    owner_key: str
    area: Area | None
    served: tuple[ServedFinding, ...]
    checks: tuple[CheckPart, ...]
    priority: Fraction | None
    is_heavy: bool
    is_overdue: bool
    wants_check: bool
    counted_in: str
    from_checkpoint: Checkpoint | None
    kpi: KpiDefinition | None
    evidence: tuple[EvidenceEntry, ...] = ()
    readings: tuple[Reading, ...] = ()

    @property
    def is_settled(self) -> bool:
        return self.action.effective_on is not None

    @property
    def areas(self) -> tuple[Area, ...]:
        """Every area it works for."""
        own = (self.area,) if self.area else ()
        found = (*own, *(each.area for each in self.served if each.area))
        return tuple({area.id: area for area in found}.values())


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionGroup:
    """Actions under one heading, in the order in which they matter; `code` is "" for owners."""

    code: str
    title: str
    parts: tuple[ActionPart, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Totals:
    """How many actions are open, late, or wait for the look at their effect; findings and the days until one is closed."""

    open: int
    overdue: int
    to_verify: int
    settled: int
    findings_open: int
    findings_overdue: int
    median_days: int | None
    money: MoneySum


@dataclass(frozen=True, kw_only=True, slots=True)
class LooseFinding:
    """An open finding for which nothing is agreed yet."""

    finding: Finding
    checkpoint: Checkpoint | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanSheet:
    """A plan with pages of its own: of the programme, of an area, or `owner_key` set for the sheet of one person.

    A personal sheet has no causes and no ageing: they speak of other people's findings.
    """

    title: str
    totals: Totals
    groups: tuple[ActionGroup, ...]
    proposals: tuple[ActionPart, ...]
    dropped: tuple[ActionPart, ...]
    loose: tuple[LooseFinding, ...]
    causes: CauseCounts | None = None
    ageing: Ageing | None = None
    owner_key: str = ""

    @property
    def is_personal(self) -> bool:
        return bool(self.owner_key)

    @property
    def is_empty(self) -> bool:
        return not (self.groups or self.proposals or self.dropped or self.loose)


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanPaper:
    """An action plan: one sheet, or one for each owner."""

    frame: Frame
    sheets: tuple[PlanSheet, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SightingPart:
    """The same seen again: by whom, at which checkpoint, in which assessment."""

    sighting: Sighting
    who: str
    checkpoint: Checkpoint | None
    assessment: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PairPart:
    """A photo before and one after."""

    pair: PhotoPair
    before: EvidenceEntry
    after: EvidenceEntry


@dataclass(frozen=True, kw_only=True, slots=True)
class HistoryStep:
    """One step of the way of a finding, in words."""

    at: datetime
    who: str
    title: str
    detail: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingPaper:
    """Everything known of one finding; `names` holds by id who took evidence in, and what newer versions of it replace."""

    frame: Frame
    finding: Finding
    state: FindingState
    suggested: FindingGrade | None
    checkpoint: Checkpoint | None
    area: Area | None
    assessment: Assessment | None
    raised_in: str
    raised_by: str
    accepted_by: str
    is_overdue: bool
    sightings: tuple[SightingPart, ...]
    causes: tuple[Cause, ...]
    cause_words: tuple[str, ...]
    actions: tuple[ActionPart, ...]
    checks: tuple[CheckPart, ...]
    obstacles: tuple[Obstacle, ...]
    evidence: tuple[EvidenceEntry, ...]
    names: Mapping[str, str]
    pairs: tuple[PairPart, ...]
    history: tuple[HistoryStep, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DepartmentPaper:
    """The sheet for the wall of one department: the few actions that matter most now."""

    frame: Frame
    area: Area
    parts: tuple[ActionPart, ...]
    more: int
