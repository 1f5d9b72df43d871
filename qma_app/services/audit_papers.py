"""What a paper along the path of an audit is about: one audit by its report's number, or one of its days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from qma_app.domain.assessment import Assessment
from qma_app.domain.audit import Audit
from qma_app.domain.certification import IssuedFile
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import DealershipId
from qma_app.domain.ports import Reader
from qma_app.domain.standing import current_engagement
from qma_app.domain.wording import kind_title
from qma_app.errors import NotFound
from qma_app.i18n import _, day_text
from qma_app.reports import AuditPaper
from qma_app.reports.progress import Progress
from qma_app.services.audit_planning import planning_table
from qma_app.services.audit_rules import audit_days
from qma_app.services.audit_standing import audit_state
from qma_app.services.audit_view import current_audit, list_audits
from qma_app.services.living_papers import Draw, LivingSubject
from qma_app.services.signed_papers import as_signed, issued_report_of
from qma_app.services.subjects import PaperChoice, dealership_meant
from qma_app.storage.scopes import ReadingScope


def audit_choices(reader: Reader, report: AuditPaper, engagement: Engagement) -> list[PaperChoice]:
    """The paper of each audit of the programme, the newest first."""
    return [
        PaperChoice(
            kind=report.key,
            title=report.title(),
            of=audit.label,
            label=_label(reader, audit),
            is_open=not audit.is_signed,
        )
        for audit in list_audits(reader, engagement.id)
    ]


def audit_subject(
    reader: Reader, report: AuditPaper, dealership_id: DealershipId | None, of: int | str | None
) -> LivingSubject:
    """The audit meant by `of` (its number, with `/2` behind it the second revision; a day for a paper by days), else the one under way."""
    dealership = dealership_meant(reader, dealership_id)
    engagement = current_engagement(reader, dealership.id)
    audit, day = _meant(reader, engagement, of, is_by_day=report.is_by_day)

    def read(reader: ReadingScope, on: date, is_sample: bool, progress: Progress) -> Draw:
        issued = issued_report_of(reader, reader.get(Assessment, audit.assessment_id))
        then = reader if issued is None else as_signed(reader, issued)
        paper = report.collect(
            then,
            audit.id,
            *((day,) if report.is_by_day else ()),
            on=on if issued is None else issued.issued_at.date(),
            is_sample=is_sample,
            step=progress.part(0.0, 0.1),
            **_told(reader, report, audit, on, issued),
        )
        return lambda out, pictures: report.draw(paper, out, pictures=pictures, progress=progress)

    name = " ".join([audit.label.replace("/", " "), *([day.isoformat()] if day else [])])
    return LivingSubject(dealership=dealership, name=name, read=read)


def audit_meant(reader: Reader, dealership_id: DealershipId | None, of: str | None) -> Audit:
    """The audit of that report's number, the newest revision unless `/1` says otherwise; left out, the one under way, else the last.

    NotFound lists those there are.
    """
    engagement = current_engagement(reader, dealership_meant(reader, dealership_id).id)
    return _meant(reader, engagement, of, is_by_day=False)[0]


def _told(
    reader: Reader, report: AuditPaper, audit: Audit, on: date, issued: IssuedFile | None
) -> Mapping[str, Any]:
    """What only services know, by the name of the argument."""
    if report.key == "audit-summary":
        return {"is_trial": issued is not None and issued.is_trial}
    if report.key != "audit-plan":
        return {}
    return {"conflicts": audit_state(reader, audit.id, on=on).conflicts, "table": planning_table(reader)}


def _meant(
    reader: Reader, engagement: Engagement, of: int | str | None, *, is_by_day: bool
) -> tuple[Audit, date | None]:
    every = list_audits(reader, engagement.id)
    wanted = str(of).strip() if of not in (None, "") else ""
    if not wanted:
        audit = current_audit(reader, engagement.id)
        if audit is not None:
            return audit, None
    number = wanted.upper()
    audit = next((one for one in every if one.label == number), None)
    audit = audit or next((one for one in every if one.number == number), None)
    if audit is not None:
        return audit, None
    if is_by_day and (day := _day(wanted)) is not None:
        audit = next((one for one in every if day in audit_days(one)), None)
        if audit is not None:
            return audit, day
    if not every:
        raise NotFound(_("No audit was begun yet."), code="audit.none", way_out=_("Begin an audit first."))
    raise NotFound(
        _("There is no audit {of}.").format(of=wanted),
        code="audit.unknown",
        way_out=_("Choose one of: {kinds}.").format(kinds=", ".join(one.label for one in every)),
        of=wanted,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _label(reader: Reader, audit: Audit) -> str:
    kind = kind_title(reader.get(Assessment, audit.assessment_id).kind)
    parts = [kind, audit.label]
    if audit.first_on is not None:
        parts.append(day_text(audit.first_on))
    return ", ".join(parts)
