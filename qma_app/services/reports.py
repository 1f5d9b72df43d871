"""Making reports of what is known, as PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from qma_app.domain.assessment import Assessment
from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Area, Process
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AreaId, DealershipId, ProcessId
from qma_app.domain.lineage import lineage_of
from qma_app.domain.ports import Reader
from qma_app.domain.standing import (
    current_engagement,
    edition_of_assessment,
    list_assessments,
)
from qma_app.errors import NotFound, RuleBroken
from qma_app.i18n import _, in_language
from qma_app.reports import REPORTS, AreaReport, LivingReport, Report
from qma_app.reports.progress import Progress
from qma_app.services.living_papers import LivingRecords, living_choices, living_records, living_subject
from qma_app.services.subjects import (
    PaperChoice,
    area_choices,
    area_meant,
    choice_of,
    day_of,
    dealership_meant,
    file_name,
    newest_of,
    no_such_area,
    process_meant,
)
from qma_app.services.workspace import Workspace
from qma_app.storage.atomic_files import atomic_file

Heard = Callable[[float], bool]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Subject:
    """What a report is about: an assessment, or of one assessment a single area."""

    dealership: Dealership
    assessment: Assessment
    area: Area | None

    @property
    def areas(self) -> tuple[AreaId, ...] | None:
        return None if self.area is None else (self.area.id,)


@dataclass(frozen=True, kw_only=True, slots=True)
class _AreaSubject:
    """What a paper without an assessment is about: an area, or a process of it."""

    dealership: Dealership
    engagement: Engagement
    area: Area | None
    process: Process | None

    @property
    def about(self) -> AreaId | ProcessId:
        if self.process is not None:
            return self.process.id
        assert self.area is not None
        return self.area.id

    @property
    def name(self) -> str:
        if self.process is not None:
            return f"{self.process.number} {self.process.title}"
        assert self.area is not None
        return str(self.area.title)


def report_choices(reader: Reader, dealership_id: DealershipId) -> tuple[PaperChoice, ...]:
    """Every report of a dealership's programme: of each assessment, the newest first, of each area and process, and of its findings and actions."""
    engagement = current_engagement(reader, dealership_id)
    assessments = list_assessments(reader, engagement.id)
    choices: list[PaperChoice] = []
    records: LivingRecords | None = None
    for report in REPORTS:
        if isinstance(report, AreaReport):
            choices += area_choices(reader, engagement, report.key, report.title(), with_processes=True)
        elif isinstance(report, LivingReport):
            records = records or living_records(reader, engagement)
            choices += living_choices(report, records)
        else:
            choices += [
                choice_of(report.key, report.title(), assessment)
                for assessment in reversed(assessments)
                if report.suits(assessment.kind)
            ]
    return tuple(choices)


def make_report(
    workspace: Workspace,
    kind: str,
    *,
    dealership_id: DealershipId | None = None,
    of: int | str | None = None,
    by: str = "",
    language: str = "en",
    on: date | None = None,
    target: Path,
    progress: Heard | None = None,
) -> Path:
    """Write a report to `target`, whole or not at all, and give its path back; what stood there before is replaced.

    `of` is the number of the assessment or the code of an area (for a sheet on that area alone): the newest completed one, else
    the newest, if left out. A paper without an assessment is about the area or process `of` names (`SRV`, `SRV-04`); an action plan
    about nothing (the whole programme), an area, `owner:NAME` or `owners`, listed `by` area or owner; a sheet about a finding (`F-014`) or
    an area. The dealership may be left out where there is only one or in a sample. `on` is the day what is overdue
    is judged by: today if left out. `progress` hears the share done (0 to 1) and stops everything by answering False (ReportTrouble
    `report.cancelled`). Nothing is written to the workspace.
    """
    report = _report(kind)
    with in_language(language), atomic_file(target) as file:
        _write(workspace, report, file, dealership_id=dealership_id, of=of, by=by, on=on, progress=progress)
    return target


def report_bytes(
    workspace: Workspace,
    kind: str,
    *,
    dealership_id: DealershipId | None = None,
    of: int | str | None = None,
    by: str = "",
    language: str = "en",
    on: date | None = None,
    progress: Heard | None = None,
) -> bytes:
    """The same report for the preview, byte for byte what `make_report` writes."""
    report = _report(kind)
    out = BytesIO()
    with in_language(language):
        _write(workspace, report, out, dealership_id=dealership_id, of=of, by=by, on=on, progress=progress)
    return out.getvalue()


def report_name(
    reader: Reader,
    kind: str,
    *,
    dealership_id: DealershipId | None = None,
    of: int | str | None = None,
    language: str = "en",
) -> str:
    """A file name people recognise: `Autohaus_Beispiel_Service_A3_2026-11-21.pdf`.

    The department stands in it when the report is about one alone, else what the report is called; the day is that of completion,
    or of the last change in an open assessment.
    """
    report = _report(kind)
    with in_language(language):
        if isinstance(report, AreaReport):
            about = _area_subject(reader, dealership_id, of)
            return file_name(".pdf", about.dealership.name, report.title(), about.name)
        if isinstance(report, LivingReport):
            living = living_subject(reader, report, dealership_id, of)
            parts = [living.dealership.name, report.title(), *([living.name] if living.name else [])]
            return file_name(".pdf", *parts)
        subject = _subject(reader, report, dealership_id, of)
        return file_name(
            ".pdf",
            subject.dealership.name,
            _department(reader, report, subject),
            f"A{subject.assessment.number}",
            day_of(reader, subject.assessment).isoformat(),
        )


def _write(
    workspace: Workspace,
    report: Report | AreaReport | LivingReport,
    out: BinaryIO,
    *,
    dealership_id: DealershipId | None,
    of: int | str | None,
    by: str,
    on: date | None,
    progress: Heard | None,
) -> None:
    """Read all at once, then draw without the database: photos come from their files, which never change."""
    told = Progress(progress)
    if isinstance(report, AreaReport):
        with workspace.reading() as reader:
            about = _area_subject(reader, dealership_id, of)
            blank = report.collect(
                reader,
                about.engagement.id,
                about.about,
                is_sample=workspace.is_sample,
                step=told.part(0.0, 0.1),
            )
        report.draw(blank, out, progress=told)
        return
    if isinstance(report, LivingReport):
        with workspace.reading() as reader:
            living = living_subject(reader, report, dealership_id, of, by)
            draw = living.read(reader, on or workspace.today(), workspace.is_sample, told)
        draw(out, workspace.store.evidence.get)
        return
    with workspace.reading() as reader:
        subject = _subject(reader, report, dealership_id, of)
        paper = report.collect(
            reader,
            subject.assessment.id,
            on=on or workspace.today(),
            areas=subject.areas,
            is_sample=workspace.is_sample,
            step=told.part(0.0, 0.1),
        )
    report.draw(paper, out, pictures=workspace.store.evidence.get, progress=told)


def _report(key: str) -> Report | AreaReport | LivingReport:
    for report in REPORTS:
        if report.key == key:
            return report
    raise NotFound(
        _("There is no report “{kind}”.").format(kind=key),
        code="report.unknown",
        way_out=_("Choose one of: {kinds}.").format(kinds=", ".join(report.key for report in REPORTS)),
        kind=key,
    )


def _area_subject(reader: Reader, dealership_id: DealershipId | None, of: int | str | None) -> _AreaSubject:
    dealership = dealership_meant(reader, dealership_id)
    engagement = current_engagement(reader, dealership.id)
    edition = reader.edition(engagement.edition)
    area = area_meant(edition, of)
    process = None if area else process_meant(edition, of)
    if area is None and process is None:
        raise no_such_area(edition, of)
    return _AreaSubject(dealership=dealership, engagement=engagement, area=area, process=process)


def _subject(
    reader: Reader, report: Report, dealership_id: DealershipId | None, of: int | str | None
) -> _Subject:
    dealership = dealership_meant(reader, dealership_id)
    engagement = current_engagement(reader, dealership.id)
    assessments = [each for each in list_assessments(reader, engagement.id) if report.suits(each.kind)]
    if not assessments:
        raise NotFound(
            _("{dealership} has no assessment for this report yet.").format(dealership=dealership.name),
            code="assessment.none",
            way_out=_("Start one first, or choose another report."),
        )
    wanted = "" if of is None else str(of).strip()
    by_number = {str(each.number): each for each in assessments}
    area = None
    if wanted and wanted.removeprefix("A") not in by_number:
        editions = lineage_of(reader, engagement.id).editions  # an area may be retired since
        known = (area_meant(reader.edition(each), wanted) for each in reversed(editions))
        area = next((each for each in known if each is not None), None)
        if area is None or not report.may_be_extract:
            raise _no_such(dealership, report, assessments, wanted, area)
        assessments = [each for each in assessments if area.id in each.scope]
        if not assessments:
            raise NotFound(
                _("No assessment of {dealership} covers {area}.").format(
                    dealership=dealership.name, area=area.title
                ),
                code="assessment.area-missing",
                way_out=_("Choose another area."),
            )
        wanted = ""
    chosen = by_number[wanted.removeprefix("A")] if wanted else newest_of(assessments)
    return _Subject(dealership=dealership, assessment=chosen, area=area)


def _no_such(
    dealership: Dealership, report: Report, assessments: list[Assessment], wanted: str, area: Area | None
) -> NotFound | RuleBroken:
    numbers = ", ".join(str(assessment.number) for assessment in assessments)
    if area is not None:
        return RuleBroken(
            _("“{report}” is about a whole assessment, not about {area} alone.").format(
                report=report.title(), area=area.title
            ),
            code="report.no-extract",
            way_out=_("Choose one of the assessments {numbers}.").format(numbers=numbers),
        )
    return NotFound(
        _("{dealership} has no assessment {number} for this report.").format(
            dealership=dealership.name, number=wanted
        ),
        code="assessment.unknown",
        way_out=_("Choose one of: {numbers}.").format(numbers=numbers),
        number=wanted,
    )


def _department(reader: Reader, report: Report, subject: _Subject) -> str:
    scope = subject.areas or subject.assessment.scope
    if len(scope) > 1:
        return report.title()
    area = edition_of_assessment(reader, subject.assessment).areas_by_id[scope[0]]
    return str(area.title) if report.may_be_extract else f"{report.title()} {area.title}"
