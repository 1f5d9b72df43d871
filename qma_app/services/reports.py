"""Making reports of what is known, as PDF."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from qma_app.domain.certification import Signer
from qma_app.domain.ids import DealershipId
from qma_app.domain.ports import Reader
from qma_app.domain.standing import (
    current_engagement,
    list_assessments,
)
from qma_app.errors import NotFound
from qma_app.i18n import _, in_language, spoken_language
from qma_app.i18n import language as spoken
from qma_app.reports import REPORTS, AnyReport, AreaReport, AuditPaper, LivingReport, ProgrammeReport
from qma_app.reports.progress import Progress
from qma_app.services.assessed_papers import area_subject, assessment_subject, department_name
from qma_app.services.audit_papers import audit_choices, audit_subject
from qma_app.services.living_papers import (
    LivingRecords,
    LivingSubject,
    living_choices,
    living_records,
    living_subject,
)
from qma_app.services.signed_papers import as_signed, issued_report_of
from qma_app.services.subjects import (
    PaperChoice,
    area_choices,
    choice_of,
    day_of,
    dealership_meant,
    file_name,
)
from qma_app.services.workspace import Workspace
from qma_app.services.year_papers import year_choices, year_subject
from qma_app.storage.atomic_files import atomic_file

Heard = Callable[[float], bool]


def report_choices(reader: Reader, dealership_id: DealershipId) -> tuple[PaperChoice, ...]:
    """Every report of a dealership's programme: of each assessment, the newest first, of each area and process, of its findings and actions, and of its visits."""
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
        elif isinstance(report, ProgrammeReport):
            choices += year_choices(reader, report, engagement)
        elif isinstance(report, AuditPaper):
            choices += audit_choices(reader, report, engagement)
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
    language: str | None = None,
    on: date | None = None,
    target: Path,
    progress: Heard | None = None,
    is_trial: bool = False,
) -> Path:
    """Write a report to `target`, whole or not at all, and give its path back; what stood there before is replaced.

    `of` is the number of the assessment or the code of an area (for a sheet on that area alone): the newest completed one, else
    the newest, if left out. A paper without an assessment is about the area or process `of` names (`SRV`, `SRV-04`); an action plan
    about nothing (the whole programme), an area, `owner:NAME` or `owners`, listed `by` area or owner; a sheet about a finding (`F-014`) or
    an area; the papers of an audit about it (`R-2027-0093`, a day for a wrap-up); agenda and minutes about a visit (its number; left out, the next and the last closed one). Without `language` it is the dealership's, else
    the one in force. The dealership may be left out where there is only one or in a sample. `on` is the day what is overdue
    is judged by: today if left out. `progress` hears the share done (0 to 1) and stops everything by answering False (ReportTrouble
    `report.cancelled`). `is_trial` puts TRIAL across every page of the report of an assessment or audit, as one that is signed with a
    key for trial needs; other papers are never signed. That of a signed audit is read as it stood when it was signed. Nothing is written to the workspace.
    """
    report = _report(kind)
    with _spoken(workspace, dealership_id, language), atomic_file(target) as file:
        _write(
            workspace,
            report,
            file,
            dealership_id=dealership_id,
            of=of,
            by=by,
            on=on,
            progress=progress,
            is_trial=is_trial,
        )
    return target


def report_bytes(
    workspace: Workspace,
    kind: str,
    *,
    dealership_id: DealershipId | None = None,
    of: int | str | None = None,
    by: str = "",
    language: str | None = None,
    on: date | None = None,
    progress: Heard | None = None,
    is_trial: bool = False,
) -> bytes:
    """The same report for the preview, byte for byte what `make_report` writes."""
    report = _report(kind)
    out = BytesIO()
    with _spoken(workspace, dealership_id, language):
        _write(
            workspace,
            report,
            out,
            dealership_id=dealership_id,
            of=of,
            by=by,
            on=on,
            progress=progress,
            is_trial=is_trial,
        )
    return out.getvalue()


def report_name(
    reader: Reader,
    kind: str,
    *,
    dealership_id: DealershipId | None = None,
    of: int | str | None = None,
    language: str | None = None,
    on: date | None = None,
) -> str:
    """A file name people recognise: `Autohaus_Beispiel_Service_A3_2026-11-21.pdf`.

    The department stands in it when the report is about one alone, else what the report is called; the day is that of completion,
    or of the last change in an open assessment. `on` tells which visit comes next where none is named.
    """
    report = _report(kind)
    with in_language(language or _language_of(reader, dealership_id)):
        if isinstance(report, AreaReport):
            about = area_subject(reader, dealership_id, of)
            return file_name(".pdf", about.dealership.name, report.title(), about.name)
        if isinstance(report, LivingReport | ProgrammeReport | AuditPaper):
            living = _living(reader, report, dealership_id, of, "", on or reader.log_head().day or date.min)
            parts = [living.dealership.name, report.title(), *([living.name] if living.name else [])]
            return file_name(".pdf", *parts)
        subject = assessment_subject(reader, report, dealership_id, of)
        return file_name(
            ".pdf",
            subject.dealership.name,
            department_name(reader, report, subject),
            f"A{subject.assessment.number}",
            day_of(reader, subject.assessment).isoformat(),
        )


def _write(
    workspace: Workspace,
    report: AnyReport,
    out: BinaryIO,
    *,
    dealership_id: DealershipId | None,
    of: int | str | None,
    by: str,
    on: date | None,
    progress: Heard | None,
    is_trial: bool,
) -> None:
    """Read all at once, then draw without the database: photos come from their files, which never change."""
    told = Progress(progress)
    if isinstance(report, AreaReport):
        with workspace.reading() as reader:
            about = area_subject(reader, dealership_id, of)
            blank = report.collect(
                reader,
                about.engagement.id,
                about.about,
                is_sample=workspace.is_sample,
                step=told.part(0.0, 0.1),
            )
        report.draw(blank, out, progress=told)
        return
    if isinstance(report, LivingReport | ProgrammeReport | AuditPaper):
        day = on or workspace.today()
        with workspace.reading() as reader:
            living = _living(reader, report, dealership_id, of, by, day)
            draw = living.read(reader, day, workspace.is_sample, told)
        draw(out, workspace.store.evidence.get)
        return
    with workspace.reading() as reader:
        subject = assessment_subject(reader, report, dealership_id, of)
        issued = issued_report_of(reader, subject.assessment)
        then = reader if issued is None else as_signed(reader, issued)
        signer = None if issued is None else reader.find(Signer, issued.signer_id, in_bin=True)
        paper = report.collect(
            then,
            subject.assessment.id,
            on=on or workspace.today(),
            areas=subject.areas,
            is_sample=workspace.is_sample,
            step=told.part(0.0, 0.1),
        )
    paper = replace(
        paper,
        is_trial=is_trial if issued is None else issued.is_trial,
        key_fingerprint=signer.fingerprint if signer is not None else "",
    )
    report.draw(paper, out, pictures=workspace.store.evidence.get, progress=told)


def _living(
    reader: Reader,
    report: LivingReport | ProgrammeReport | AuditPaper,
    dealership_id: DealershipId | None,
    of: int | str | None,
    by: str,
    on: date,
) -> LivingSubject:
    if isinstance(report, ProgrammeReport):
        return year_subject(reader, report, dealership_id, of, on=on)
    if isinstance(report, AuditPaper):
        return audit_subject(reader, report, dealership_id, of)
    return living_subject(reader, report, dealership_id, of, by)


def _spoken(
    workspace: Workspace, dealership_id: DealershipId | None, language: str | None
) -> AbstractContextManager[None]:
    """Speak the language asked for, else the dealership's."""
    if language is None:
        with workspace.reading() as reader:
            language = _language_of(reader, dealership_id)
    return in_language(language)


def _language_of(reader: Reader, dealership_id: DealershipId | None) -> str:
    own = dealership_meant(reader, dealership_id).language
    return spoken_language(own) if own else spoken()


def _report(key: str) -> AnyReport:
    for report in REPORTS:
        if report.key == key:
            return report
    raise NotFound(
        _("There is no report “{kind}”.").format(kind=key),
        code="report.unknown",
        way_out=_("Choose one of: {kinds}.").format(kinds=", ".join(report.key for report in REPORTS)),
        kind=key,
    )
