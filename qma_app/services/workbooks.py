"""Making Excel workbooks of what is known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from qma_app.domain.assessment import Assessment
from qma_app.domain.dealership import Dealership
from qma_app.domain.ids import DealershipId
from qma_app.domain.ports import Reader
from qma_app.domain.standing import current_engagement, list_assessments
from qma_app.domain.wording import kind_title
from qma_app.errors import NotFound, RuleBroken
from qma_app.exchange import WORKBOOKS, WorkbookKind
from qma_app.exchange.file_names import clean_name
from qma_app.i18n import _, day_text, in_language
from qma_app.services.workspace import Workspace
from qma_app.storage.atomic_files import atomic_file

Progress = Callable[[float], object]
_LONGEST_PART = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkbookChoice:
    """A workbook that can be made: of which kind, of which assessment (`of`), and how lists show it."""

    kind: str
    title: str
    of: int
    label: str
    is_open: bool


def workbook_choices(reader: Reader, dealership_id: DealershipId) -> tuple[WorkbookChoice, ...]:
    """Every workbook of a dealership's programme, the newest assessment first."""
    assessments = list_assessments(reader, current_engagement(reader, dealership_id).id)
    return tuple(
        WorkbookChoice(
            kind=kind.key,
            title=kind.title(),
            of=assessment.number,
            label=_("{number} {kind}, {day}").format(
                number=assessment.number,
                kind=kind_title(assessment.kind),
                day=day_text(assessment.completed_on or assessment.started_on),
            ),
            is_open=assessment.is_open,
        )
        for kind in WORKBOOKS
        for assessment in reversed(assessments)
    )


def make_workbook(
    workspace: Workspace,
    kind: str,
    *,
    dealership_id: DealershipId | None = None,
    of: int | str | None = None,
    language: str = "en",
    target: Path,
    progress: Progress | None = None,
) -> Path:
    """Write a workbook to `target`, whole or not at all, and give its path back; what stood there before is replaced.

    `of` is the number of the assessment: the newest completed one, else the newest, if left out. The dealership may be left out
    where there is only one or in a sample. `progress` hears the share done (0 to 1) and stops everything by answering False
    (ReportTrouble `workbook.cancelled`) or by raising.
    """
    maker = _kind(kind)
    with in_language(language):
        with workspace.reading() as reader:
            dealership = _dealership(reader, dealership_id)
            book = maker.collect(reader, _assessment(reader, dealership, of).id)
        with atomic_file(target) as file:
            maker.write(book, file, progress)
    return target


def workbook_name(
    reader: Reader,
    kind: str,
    *,
    dealership_id: DealershipId | None = None,
    of: int | str | None = None,
    language: str = "en",
) -> str:
    """A file name people recognise: `Autohaus_Beispiel_Assessment_workbook_A2_2026-11-21.xlsx`.

    The day is that of completion, or of the last change in an open assessment.
    """
    maker = _kind(kind)
    with in_language(language):
        dealership = _dealership(reader, dealership_id)
        assessment = _assessment(reader, dealership, of)
        changed = reader.log_head().at
        day = assessment.completed_on or (changed.astimezone().date() if changed else assessment.started_on)
        parts = (dealership.name, maker.title(), f"A{assessment.number}", day.isoformat())
        return clean_name("_".join(_name_part(part) for part in parts) + ".xlsx")


def _name_part(text: str) -> str:
    """A part of a file name: letters and digits of any script, everything else one underscore or hyphen."""
    plain = unicodedata.normalize("NFC", text).encode("utf-8", "ignore").decode()
    return re.sub(r"[^\w-]+", "_", plain).strip("_-")[:_LONGEST_PART].rstrip("_-") or _("workbook")


def _kind(key: str) -> WorkbookKind:
    for kind in WORKBOOKS:
        if kind.key == key:
            return kind
    raise NotFound(
        _("There is no workbook “{kind}”.").format(kind=key),
        code="workbook.unknown",
        way_out=_("Choose one of: {kinds}.").format(kinds=", ".join(kind.key for kind in WORKBOOKS)),
        kind=key,
    )


def _dealership(reader: Reader, dealership_id: DealershipId | None) -> Dealership:
    if dealership_id is not None:
        return reader.get(Dealership, dealership_id)
    known = [dealership for dealership in reader.all(Dealership) if dealership.archived_at is None]
    if not known:
        raise NotFound(_("This workspace holds no dealership yet."), code="dealership.none")
    if len(known) > 1 and not known[0].is_sample:
        raise RuleBroken(
            _("There are {count} dealerships here.").format(count=len(known)),
            code="dealership.ambiguous",
            way_out=_("Say which: {codes}.").format(codes=", ".join(each.code for each in known)),
        )
    return known[0]


def _assessment(reader: Reader, dealership: Dealership, of: int | str | None) -> Assessment:
    assessments = list_assessments(reader, current_engagement(reader, dealership.id).id)
    if not assessments:
        raise NotFound(
            _("{dealership} has no assessment yet.").format(dealership=dealership.name),
            code="assessment.none",
            way_out=_("Start one first."),
        )
    if of is None:
        completed = [assessment for assessment in assessments if not assessment.is_open]
        return (completed or list(assessments))[-1]
    wanted = str(of).strip().removeprefix("A")
    for assessment in assessments:
        if str(assessment.number) == wanted:
            return assessment
    raise NotFound(
        _("{dealership} has no assessment {number}.").format(dealership=dealership.name, number=of),
        code="assessment.unknown",
        way_out=_("Choose one of: {numbers}.").format(
            numbers=", ".join(str(assessment.number) for assessment in assessments)
        ),
        number=str(of),
    )
