"""The standard as data: one dated edition with its scale, rules, areas, processes and checkpoints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from qma_app.domain.ids import AreaId, CheckpointId, EditionHash, ProcessId
from qma_app.errors import NotFound
from qma_app.i18n import _, content_language


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """One text of the standard in its languages; `texts` maps `en` to words and is never changed."""

    texts: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.in_language(content_language())

    def in_language(self, code: str, base: str = "en") -> str:
        """The words in `code`, else in the base language: never blank while there is any text."""
        return self.texts.get(code) or self.texts.get(base) or next(iter(self.texts.values()), "")

    def is_missing_in(self, code: str) -> bool:
        return not self.texts.get(code)

    def language_shown(self, code: str, base: str = "en") -> str:
        """The language of what `in_language` gives; "" where there is no text."""
        return next((one for one in (code, base, *self.texts) if self.texts.get(one)), "")

    @property
    def marked(self) -> str:
        """The text as papers show it: a fallback has its language behind it."""
        return f"{self}\N{NO-BREAK SPACE}[{self.fallback_mark}]" if self.is_fallback else str(self)

    @property
    def is_fallback(self) -> bool:
        """Whether the text stands in another language than the one it is read in, and has to be marked."""
        return bool(self.fallback_mark)

    @property
    def fallback_mark(self) -> str:
        """What marks a fallback on screen and paper: the language it is in (`EN`); "" where there is nothing to mark."""
        shown = self.language_shown(content_language())
        return "" if shown in ("", content_language()) else shown.upper()


class EditionStatus(StrEnum):
    DRAFT = "draft"
    RELEASED = "released"


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One step a rating can take, with its name (`mostly met`)."""

    points: int
    title: Text


@dataclass(frozen=True, kw_only=True, slots=True)
class SampleRule:
    """From `share` of conforming records on, a sample suggests `points`."""

    share: Fraction
    points: int


@dataclass(frozen=True, kw_only=True, slots=True)
class GradeRules:
    """Grade bounds and downgrades on exact levels (A, B, C): see methods of graded process audits.

    A from `a_from`, B from `b_from`; A falls to B when an area or process is below `a_element_floor`, a critical checkpoint has at most
    `b_critical_points` or any checkpoint has 0; any grade falls to C when an area is below `c_element_floor` or a critical one has 0.
    """

    a_from: int
    b_from: int
    a_element_floor: int
    c_element_floor: int
    b_critical_points: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ResultRules:
    """When a dealership passes: data of the edition, levels in percent."""

    pass_mark: int
    area_floor: int
    coverage: Fraction
    critical_points: int
    critical_sample_cap: int
    sample: tuple[SampleRule, ...]
    grades: GradeRules
    area_weights: Mapping[AreaId, int] = field(default_factory=dict)
    conditional_days: int = 90


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """Something of the edition with an id and a title: a feature, a role, a cause category, an origin."""

    id: str
    title: Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """In a programme of `length` months a phase runs from month `first` to month `last`, both included."""

    length: int
    first: int
    last: int


@dataclass(frozen=True, kw_only=True, slots=True)
class GateCondition:
    """What must hold before a phase is left: `check` names how it is computed, `at_least` or `at_most` its bound."""

    id: str
    check: str
    title: Text
    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Phase:
    """One stretch of an engagement, when it lies and what its gate asks."""

    id: str
    title: Text
    purpose: Text = field(default_factory=Text)
    spans: tuple[Span, ...] = ()
    gate: tuple[GateCondition, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportedArea:
    """One area as the published model counts them, made of areas of this standard."""

    id: str
    title: Text
    areas: tuple[AreaId, ...]


class Direction(StrEnum):
    """Which way a KPI is better."""

    HIGHER = "higher"
    LOWER = "lower"
    BAND = "band"


@dataclass(frozen=True, kw_only=True, slots=True)
class KpiRange:
    """Where a target may start: bounds as decimals in text, where they come from, what else the source says."""

    source: Text
    least: str = ""
    most: str = ""
    note: Text = field(default_factory=Text)


@dataclass(frozen=True, kw_only=True, slots=True)
class KpiDefinition:
    """How a KPI is computed and read: `numerator` / `denominator` x `factor` in `unit` for a ratio, else as `calculation` says."""

    code: str
    title: Text
    purpose: Text
    numerator: Text
    calculation: str
    unit: str
    direction: Direction
    rhythm: str
    area: AreaId
    denominator: Text = field(default_factory=Text)
    factor: int = 1
    range: KpiRange | None = None
    remark: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class KpiGroup:
    """The KPIs of one perspective: customers, staff, profit or process."""

    perspective: str
    title: Text
    kpis: tuple[KpiDefinition, ...]
    remark: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffCondition:
    """`{staff: ">= 10"}`: `sign` is one of >= > <= < =."""

    sign: str
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SampleSpec:
    """How many of what to draw."""

    size: int
    of: Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Impact:
    """Effect on customers, staff and profit: 0 none to 3 strong."""

    cx: int
    ex: int
    profit: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Checkpoint:
    """One thing to check; `id` is the full stable id (`service.repair-order.price-agreed`), `when` holds features that must all hold."""

    id: CheckpointId
    number: str
    weight: int
    is_critical: bool
    statement: Text
    guidance: Text
    evidence: Text
    failure: Text
    actions: tuple[Text, ...]
    impact: Impact
    sample: SampleSpec | None = None
    clauses: tuple[str, ...] = ()
    kpis: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    when_staff: tuple[StaffCondition, ...] = ()
    replaces: tuple[CheckpointId, ...] = ()
    remark: str = ""

    @property
    def area_id(self) -> AreaId:
        return AreaId(self.id.split(".", 1)[0])

    @property
    def process_id(self) -> ProcessId:
        return ProcessId(self.id.rsplit(".", 1)[0])


@dataclass(frozen=True, kw_only=True, slots=True)
class Process:
    """One process of an area; `id` is the full id (`service.repair-order`), `owner` a role of the edition."""

    id: ProcessId
    number: str
    title: Text
    purpose: Text
    owner: str
    checkpoints: tuple[Checkpoint, ...]
    remark: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """One department with its processes; `code` is what numbers begin with (SRV)."""

    id: AreaId
    code: str
    title: Text
    processes: tuple[Process, ...]
    remark: str = ""

    def checkpoints(self) -> Iterator[Checkpoint]:
        """All checkpoints in the order of the standard."""
        for process in self.processes:
            yield from process.checkpoints


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One dated version of a standard; `hash` names its content and is the key it is stored under."""

    hash: EditionHash
    standard: str
    version: str
    status: EditionStatus
    title: Text
    languages: tuple[str, ...]
    scale: tuple[Step, ...]
    rules: ResultRules
    phases: tuple[Phase, ...]
    features: tuple[Named, ...]
    roles: tuple[Named, ...]
    cause_categories: tuple[Named, ...]
    origins: tuple[Named, ...]
    areas: tuple[Area, ...]
    reported_under: tuple[ReportedArea, ...] = ()
    kpi_groups: tuple[KpiGroup, ...] = ()
    remark: str = ""

    @property
    def label(self) -> str:
        """`Dealer Quality Standard 2026.1`"""
        return f"{self.title} {self.version}"

    @property
    def points(self) -> tuple[int, ...]:
        """The steps of the scale, lowest first."""
        return tuple(step.points for step in self.scale)

    @cached_property
    def checkpoints(self) -> Mapping[CheckpointId, Checkpoint]:
        """Every checkpoint by id, in the order of the standard."""
        return {checkpoint.id: checkpoint for area in self.areas for checkpoint in area.checkpoints()}

    @cached_property
    def processes(self) -> Mapping[ProcessId, Process]:
        return {process.id: process for area in self.areas for process in area.processes}

    @cached_property
    def areas_by_id(self) -> Mapping[AreaId, Area]:
        return {area.id: area for area in self.areas}

    @cached_property
    def kpis(self) -> Mapping[str, KpiDefinition]:
        """Every KPI by its code; empty in an edition without definitions."""
        return {kpi.code: kpi for group in self.kpi_groups for kpi in group.kpis}

    def checkpoint(self, id: CheckpointId) -> Checkpoint:
        """The checkpoint of that id; NotFound if this edition has none."""
        try:
            return self.checkpoints[id]
        except KeyError:
            raise NotFound(
                _("{edition} has no checkpoint {id}.").format(edition=self.label, id=id),
                code="edition.checkpoint-unknown",
                way_out=_("Choose a checkpoint of this edition."),
                checkpoint=id,
            ) from None

    def process(self, id: ProcessId) -> Process:
        """The process of that id; NotFound if this edition has none."""
        try:
            return self.processes[id]
        except KeyError:
            raise NotFound(
                _("{edition} has no process {id}.").format(edition=self.label, id=id),
                code="edition.process-unknown",
                way_out=_("Choose a process of this edition."),
                process=id,
            ) from None

    def step_title(self, points: int) -> str:
        """What the scale calls these points."""
        return next((str(step.title) for step in self.scale if step.points == points), str(points))
