"""Which papers and workbooks can be made, how one is asked for, and making it beside the window."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qma_app.domain.assessment import Assessment
from qma_app.domain.dealership import Dealership
from qma_app.domain.ids import AssessmentId, DealershipId
from qma_app.domain.ports import Reader
from qma_app.domain.standing import current_engagement, list_assessments
from qma_app.errors import ReportTrouble
from qma_app.i18n import _
from ui.jobs import Progress

if TYPE_CHECKING:
    from qma_app.services.workspace import Workspace

WORKBOOK = "workbook:"
"""Stands before the kind of a workbook, so that papers and workbooks share one list."""

SELF_ASSESSMENT = f"{WORKBOOK}self-assessment"
"""The workbook that is handed out empty and comes back filled in."""

LIVING = ("actions", "finding", "department")
"""Papers on findings and actions as they stand now."""

YEAR = ("charter", "agenda", "minutes", "review", "principal", "quick-wins", "handover")
"""Papers of the coaching year: about the programme, a visit or a management review."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One paper that can be made; `kind` begins with `WORKBOOK` for a workbook.

    `of` is the number of its assessment; a paper without one is about an area or process (`SRV`, `SRV-04`), a finding (`F-014`), a visit
    or review (its number as text), or what an action plan is about ("" for the whole programme).
    """

    kind: str
    title: str
    of: int | str
    label: str
    assessment_id: AssessmentId | None

    @property
    def about(self) -> str:
        """What it is about, as one key: the assessment, or the area or process."""
        return self.assessment_id or str(self.of)

    @property
    def is_workbook(self) -> bool:
        return self.kind.startswith(WORKBOOK)


@dataclass(frozen=True, kw_only=True, slots=True)
class Papers:
    """Everything the page offers, and the languages papers can be in."""

    choices: tuple[Choice, ...]
    assessments: tuple[Assessment, ...]
    languages: tuple[str, ...]
    head: str
    language: str = ""
    """That of the dealership's papers; "" = as set in the program."""

    def kinds(self) -> tuple[tuple[str, str], ...]:
        """Each kind with its title, in the order they are listed."""
        return tuple({choice.kind: choice.title for choice in self.choices}.items())

    def of_kind(self, kind: str) -> tuple[Choice, ...]:
        """The assessments a kind can be made of."""
        return tuple(choice for choice in self.choices if choice.kind == kind)

    def find(self, kind: str, about: str | None) -> Choice | None:
        """The choice of that kind about that assessment, area or process, else the first of the kind."""
        mine = self.of_kind(kind)
        return next((choice for choice in mine if choice.about == about), mine[0] if mine else None)

    def workbook_of(self, choice: Choice) -> Choice | None:
        """The workbook that says the same as a paper; of papers without an assessment or area only one of their own kind."""
        own = WORKBOOK + choice.kind
        mine = (one for one in self.choices if one.is_workbook and one.of == choice.of)
        return next((one for one in mine if choice.kind not in (*LIVING, *YEAR) or one.kind == own), None)

    def assessment(self, choice: Choice) -> Assessment | None:
        """The assessment a choice is about; None for a paper on an area or process."""
        return next(
            (assessment for assessment in self.assessments if assessment.id == choice.assessment_id), None
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """A paper to make; `head` is where the change log stood, since any change may change the paper."""

    choice: Choice
    dealership_id: DealershipId
    language: str
    head: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Built:
    """A paper in memory, how long it took and how many pages it has."""

    request: Request
    content: bytes
    seconds: float
    pages: int


def read_papers(reader: Reader, dealership_id: DealershipId) -> Papers:
    """What can be made for a dealership now."""
    from qma_app.services.reports import report_choices
    from qma_app.services.workbooks import workbook_choices

    engagement = current_engagement(reader, dealership_id)
    assessments = list_assessments(reader, engagement.id)
    ids: dict[int | str, AssessmentId] = {assessment.number: assessment.id for assessment in assessments}
    papers = [
        Choice(kind=one.kind, title=one.title, of=one.of, label=one.label, assessment_id=ids.get(one.of))
        for one in report_choices(reader, dealership_id)
    ]
    books = [
        Choice(
            kind=WORKBOOK + one.kind,
            title=one.title,
            of=one.of,
            label=one.label,
            assessment_id=ids.get(one.of),
        )
        for one in workbook_choices(reader, dealership_id)
    ]
    return Papers(
        choices=(*papers, *books),
        assessments=assessments,
        languages=reader.edition(engagement.edition).languages,
        head=reader.log_head().hash,
        language=reader.get(Dealership, dealership_id).language,
    )


def paper_name(reader: Reader, request: Request) -> str:
    """The file name people will recognise."""
    from qma_app.services.reports import report_name
    from qma_app.services.workbooks import workbook_name

    choice = request.choice
    if choice.is_workbook:
        return workbook_name(
            reader,
            choice.kind.removeprefix(WORKBOOK),
            dealership_id=request.dealership_id,
            of=choice.of,
            language=request.language,
        )
    return report_name(
        reader, choice.kind, dealership_id=request.dealership_id, of=choice.of, language=request.language
    )


def build_paper(workspace: Workspace, request: Request, progress: Progress) -> Built:
    """The paper byte for byte as it would be saved; nothing of it touches the disk."""
    from qma_app.services.reports import report_bytes
    from ui.reports_view.pdf_pages import page_count

    began = time.monotonic()
    content = report_bytes(
        workspace,
        request.choice.kind,
        dealership_id=request.dealership_id,
        of=request.choice.of,
        language=request.language,
        progress=_heard(progress),
    )

    return Built(
        request=request, content=content, seconds=time.monotonic() - began, pages=page_count(content)
    )


def save_paper(workspace: Workspace, request: Request, target: Path, progress: Progress) -> Path:
    """Write the paper or workbook to its place, whole or not at all."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReportTrouble(
            _("The folder {folder} cannot be made: {reason}.").format(
                folder=target.parent, reason=error.strerror or error
            ),
            code="report.folder",
            way_out=_("Choose another folder for reports in Settings, or save elsewhere with Ctrl+Shift+S."),
            folder=str(target.parent),
        ) from error
    return _made(workspace, request, target, progress)


def _heard(progress: Progress) -> Callable[[float], bool]:
    """The same progress as the services hear it; cancelling is raised through them."""

    def heard(share: float) -> bool:
        progress(share)
        return True

    return heard


def _made(workspace: Workspace, request: Request, target: Path, progress: Progress) -> Path:
    from qma_app.services.reports import make_report
    from qma_app.services.workbooks import make_workbook

    choice, heard = request.choice, _heard(progress)
    if choice.is_workbook:
        return make_workbook(
            workspace,
            choice.kind.removeprefix(WORKBOOK),
            dealership_id=request.dealership_id,
            of=choice.of,
            language=request.language,
            target=target,
            progress=heard,
        )
    return make_report(
        workspace,
        choice.kind,
        dealership_id=request.dealership_id,
        of=choice.of,
        language=request.language,
        target=target,
        progress=heard,
    )
