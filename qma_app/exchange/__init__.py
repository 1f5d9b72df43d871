"""Files that come from outside or go there, one format a module."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO

from qma_app.i18n import _

if TYPE_CHECKING:
    from qma_app.domain.ids import AreaId, AssessmentId, EngagementId
    from qma_app.domain.ports import Reader
    from qma_app.exchange.workbook.columns import Progress


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkbookKind:
    """One kind of Excel workbook: `collect` reads, `write` draws what was read; both in the language in force."""

    key: str
    title: Callable[[], str]
    collect: Callable[[Reader, AssessmentId], Any]
    write: Callable[[Any, BinaryIO, Progress | None], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaWorkbookKind:
    """A kind of workbook about one area of a programme, whatever was assessed."""

    key: str
    title: Callable[[], str]
    collect: Callable[[Reader, EngagementId, AreaId], Any]
    write: Callable[[Any, BinaryIO, Progress | None], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanWorkbookKind:
    """A kind of workbook about a programme's findings and actions: all of them, or those of an area or an owner."""

    key: str
    title: Callable[[], str]
    collect: Callable[[Reader, EngagementId, str | None], Any]
    write: Callable[[Any, BinaryIO, Progress | None], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class YearWorkbookKind:
    """A kind of workbook about the coaching year of a programme, as it stands on a day."""

    key: str
    title: Callable[[], str]
    collect: Callable[[Reader, EngagementId, date], Any]
    write: Callable[[Any, BinaryIO, Progress | None], None]


AnyWorkbookKind = WorkbookKind | AreaWorkbookKind | PlanWorkbookKind | YearWorkbookKind


def _assessment_title() -> str:
    return _("Assessment workbook")


def _collect_assessment(reader: Reader, assessment_id: AssessmentId) -> Any:
    from qma_app.exchange import assessment_workbook

    return assessment_workbook.collect(reader, assessment_id)


def _write_assessment(book: Any, file: BinaryIO, progress: Progress | None) -> None:
    from qma_app.exchange import assessment_workbook

    assessment_workbook.write(book, file, progress=progress)


def _self_title() -> str:
    return _("Self-assessment workbook")


def _collect_self(reader: Reader, engagement_id: EngagementId, area_id: AreaId) -> Any:
    from qma_app.exchange.self_assessment import writing

    return writing.collect(reader, engagement_id, area_id)


def _write_self(book: Any, file: BinaryIO, progress: Progress | None) -> None:
    from qma_app.exchange.self_assessment import writing

    writing.write(book, file, progress=progress)


def _plan_title() -> str:
    return _("Action plan workbook")


def _collect_plan(reader: Reader, engagement_id: EngagementId, of: str | None) -> Any:
    from qma_app.exchange.action_workbook.collecting import collect

    return collect(reader, engagement_id, of)


def _write_plan(book: Any, file: BinaryIO, progress: Progress | None) -> None:
    from qma_app.exchange.action_workbook import writing

    writing.write(book, file, progress=progress)


def _programme_title() -> str:
    return _("Programme workbook")


def _collect_programme(reader: Reader, engagement_id: EngagementId, on: date) -> Any:
    from qma_app.exchange.programme_workbook.collecting import collect

    return collect(reader, engagement_id, on)


def _write_programme(book: Any, file: BinaryIO, progress: Progress | None) -> None:
    from qma_app.exchange.programme_workbook import writing

    writing.write(book, file, progress=progress)


WORKBOOKS: tuple[AnyWorkbookKind, ...] = (
    WorkbookKind(
        key="assessment", title=_assessment_title, collect=_collect_assessment, write=_write_assessment
    ),
    AreaWorkbookKind(key="self-assessment", title=_self_title, collect=_collect_self, write=_write_self),
    PlanWorkbookKind(key="actions", title=_plan_title, collect=_collect_plan, write=_write_plan),
    YearWorkbookKind(
        key="programme", title=_programme_title, collect=_collect_programme, write=_write_programme
    ),
)
"""Every workbook that can be made; a new one is a module and a line here."""
