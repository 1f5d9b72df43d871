"""The kinds of papers: what each is about, and the two steps in which it is made, read then draw."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, BinaryIO, Protocol

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.ids import AreaId, AssessmentId, EngagementId, FindingId, ProcessId
from qma_app.domain.ports import Reader
from qma_app.reports.actions.planning import PlanScope
from qma_app.reports.actions.values import DepartmentPaper, FindingPaper, HistoryStep, PlanPaper
from qma_app.reports.blank_checklist.paper import ChecklistPaper
from qma_app.reports.document import PictureBytes
from qma_app.reports.paper import AssessmentPaper
from qma_app.reports.progress import Progress


class Collect(Protocol):
    """Reads everything a report shows."""

    def __call__(
        self,
        reader: Reader,
        assessment_id: AssessmentId,
        *,
        on: date,
        areas: tuple[AreaId, ...] | None = ...,
        is_sample: bool = ...,
        step: Callable[[float], None] = ...,
    ) -> AssessmentPaper: ...


class Draw(Protocol):
    """Writes what was read as a PDF."""

    def __call__(
        self, paper: AssessmentPaper, out: BinaryIO, *, pictures: PictureBytes, progress: Progress
    ) -> None: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """One kind of report: its key on the command line, its title, which assessments it suits, and its two steps.

    One that `may_be_extract` also makes sense on a single area of an assessment.
    """

    key: str
    title: Callable[[], str]
    suits: Callable[[AssessmentKind], bool]
    may_be_extract: bool
    collect: Collect
    draw: Draw


class CollectBlank(Protocol):
    """Reads everything a paper on an area or process shows."""

    def __call__(
        self,
        reader: Reader,
        engagement_id: EngagementId,
        about: AreaId | ProcessId,
        *,
        is_sample: bool = ...,
        step: Callable[[float], None] = ...,
    ) -> ChecklistPaper: ...


class DrawBlank(Protocol):
    """Writes what was read as a PDF."""

    def __call__(self, paper: ChecklistPaper, out: BinaryIO, *, progress: Progress) -> None: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaReport:
    """A kind of paper about an area or a process, whatever was assessed: it needs a programme, but no assessment."""

    key: str
    title: Callable[[], str]
    collect: CollectBlank
    draw: DrawBlank


class CollectPlan(Protocol):
    """Reads an action plan of a programme."""

    def __call__(
        self,
        reader: Reader,
        engagement_id: EngagementId,
        scope: PlanScope,
        *,
        on: date,
        is_sample: bool = ...,
        step: Callable[[float], None] = ...,
    ) -> PlanPaper: ...


class DrawPlan(Protocol):
    """Writes what was read as a PDF."""

    def __call__(
        self, paper: PlanPaper, out: BinaryIO, *, pictures: PictureBytes, progress: Progress
    ) -> None: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanReport:
    """A kind of paper about the actions of a programme, of an area in it or of an owner."""

    key: str
    title: Callable[[], str]
    collect: CollectPlan
    draw: DrawPlan


class CollectFinding(Protocol):
    """Reads everything of one finding; `history` comes from the change log."""

    def __call__(
        self,
        reader: Reader,
        finding_id: FindingId,
        *,
        on: date,
        history: Sequence[HistoryStep] = ...,
        is_sample: bool = ...,
        step: Callable[[float], None] = ...,
    ) -> FindingPaper: ...


class DrawFinding(Protocol):
    """Writes what was read as a PDF."""

    def __call__(
        self, paper: FindingPaper, out: BinaryIO, *, pictures: PictureBytes, progress: Progress
    ) -> None: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingReport:
    """A kind of paper about one finding."""

    key: str
    title: Callable[[], str]
    collect: CollectFinding
    draw: DrawFinding


class CollectDepartment(Protocol):
    """Reads what hangs on the wall of an area."""

    def __call__(
        self,
        reader: Reader,
        engagement_id: EngagementId,
        area_id: AreaId,
        *,
        on: date,
        is_sample: bool = ...,
        step: Callable[[float], None] = ...,
    ) -> DepartmentPaper: ...


class DrawDepartment(Protocol):
    """Writes what was read as a PDF."""

    def __call__(
        self, paper: DepartmentPaper, out: BinaryIO, *, pictures: PictureBytes, progress: Progress
    ) -> None: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class DepartmentReport:
    """A kind of paper for the wall of one area."""

    key: str
    title: Callable[[], str]
    collect: CollectDepartment
    draw: DrawDepartment


LivingReport = PlanReport | FindingReport | DepartmentReport
"""Papers about findings and actions as they stand: they need a programme, and change from day to day."""


class About(StrEnum):
    """What of a programme a paper is about: the whole of it, one visit ahead or held, one management review."""

    PROGRAMME = "programme"
    NEXT_VISIT = "next-visit"
    LAST_VISIT = "last-visit"
    REVIEW = "review"


CollectProgramme = Callable[..., Any]
"""Reads a paper of a programme: `collect(reader, engagement_id, of, *, on, is_sample, step)`.

`of` is the number of a visit or review, the one wanted next if left out. What no Reader can tell (the change log, what a service works
out) comes as further arguments by name.
"""


class DrawProgramme(Protocol):
    """Writes what was read as a PDF."""

    def __call__(self, paper: Any, out: BinaryIO, *, pictures: PictureBytes, progress: Progress) -> None: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class ProgrammeReport:
    """A kind of paper of the coaching year: about the programme, one of its visits or one of its reviews."""

    key: str
    title: Callable[[], str]
    about: About
    collect: CollectProgramme
    draw: DrawProgramme


class CollectAudit(Protocol):
    """Reads a paper of an audit: `collect(reader, audit_id, *, on, is_sample, step)`; one by days takes the day behind the id."""

    def __call__(self, *about: Any, **how: Any) -> Any: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditPaper:
    """A kind of paper along the path of an audit; one that `is_by_day` may be about a single day of it."""

    key: str
    title: Callable[[], str]
    collect: CollectAudit
    draw: DrawProgramme
    is_by_day: bool = False


AnyReport = Report | AreaReport | LivingReport | ProgrammeReport | AuditPaper
