"""Files that come from outside or go there, one format a module."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from qma_app.i18n import _

if TYPE_CHECKING:
    from qma_app.domain.ids import AssessmentId
    from qma_app.domain.ports import Reader
    from qma_app.exchange.workbook.columns import Progress


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkbookKind:
    """One kind of Excel workbook: `collect` reads, `write` draws what was read; both in the language in force."""

    key: str
    title: Callable[[], str]
    collect: Callable[[Reader, AssessmentId], Any]
    write: Callable[[Any, BinaryIO, Progress | None], None]


def _assessment_title() -> str:
    return _("Assessment workbook")


def _collect_assessment(reader: Reader, assessment_id: AssessmentId) -> Any:
    from qma_app.exchange import assessment_workbook

    return assessment_workbook.collect(reader, assessment_id)


def _write_assessment(book: Any, file: BinaryIO, progress: Progress | None) -> None:
    from qma_app.exchange import assessment_workbook

    assessment_workbook.write(book, file, progress=progress)


WORKBOOKS = (
    WorkbookKind(
        key="assessment", title=_assessment_title, collect=_collect_assessment, write=_write_assessment
    ),
)
"""Every workbook that can be made; a new one is a module and a line here."""
