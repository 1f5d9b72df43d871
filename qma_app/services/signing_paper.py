"""The report of an audit as it is going to be signed, and the data that travel in it: drawn as if the audit were signed already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from io import BytesIO

from qma_app.domain.assessment import Assessment
from qma_app.domain.audit import Audit
from qma_app.domain.audit_content import AuditContent, HeadContent, content_bytes, differences, printed_words
from qma_app.domain.audit_content_making import content_of
from qma_app.domain.audit_path import before_signing
from qma_app.domain.audit_state import AuditState
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence, EvidenceLink
from qma_app.domain.ids import AuditId, PersonId
from qma_app.domain.ports import LogHead, Reader
from qma_app.domain.standing import premises_in
from qma_app.errors import QmaError, ReportTrouble, RuleBroken
from qma_app.i18n import _, in_language, ngettext, spoken_language
from qma_app.i18n import language as spoken
from qma_app.reports import REPORTS, Report
from qma_app.reports.paper import AssessmentPaper
from qma_app.reports.progress import Progress
from qma_app.services.audit_rules import check_unsigned
from qma_app.services.audit_standing import audit_state
from qma_app.services.foreseen import Foreseen
from qma_app.services.paper_words import words_missing
from qma_app.services.workspace import Workspace

Heard = Callable[[float], bool]
_NAMED = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class UnsignedReport:
    """A report drawn and not signed: the PDF, its data, and the two records as they stand once it is signed.

    `head` is the end of the change log printed in it. The same state of an audit gives the same `pdf` and `content`.
    """

    pdf: bytes = field(repr=False)
    content: bytes = field(repr=False)
    audit: Audit
    assessment: Assessment
    dealership: Dealership
    head: LogHead
    language: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Read:
    """All that is read before drawing, at one moment."""

    paper: AssessmentPaper
    content: AuditContent
    audit: Audit
    assessment: Assessment
    dealership: Dealership
    head: LogHead
    language: str


def unsigned_report(
    workspace: Workspace,
    audit_id: AuditId,
    *,
    at: datetime,
    by: PersonId,
    language: str | None = None,
    is_trial: bool = False,
    fingerprint: str = "",
    progress: Heard | None = None,
) -> UnsignedReport:
    """Draw the report of an audit as signed by `by` at that moment; RuleBroken `audit.not-ready` names what is still missing.

    `fingerprint` is that of the key it will be signed with. Without `language` it is that of the audit, else the dealership's. ReportTrouble where what is printed is not what is attached.
    """
    told = Progress(progress)
    with workspace.reading() as reader:
        read = _read(
            workspace,
            reader,
            audit_id,
            at=at,
            by=by,
            language=language,
            is_trial=is_trial,
            fingerprint=fingerprint,
            told=told,
        )
    out = BytesIO()
    with in_language(read.language):
        _audit_report().draw(
            read.paper,
            out,
            pictures=workspace.store.evidence.get,
            progress=Progress(told.heard_within(0.1, 0.95)),
        )
    pdf = out.getvalue()
    missing = words_missing(pdf, printed_words(read.content))
    if missing:
        raise _not_the_same(", ".join(missing[:_NAMED]))
    told.part(0.95, 1.0)(1.0)
    return UnsignedReport(
        pdf=pdf,
        content=content_bytes(read.content),
        audit=read.audit,
        assessment=read.assessment,
        dealership=read.dealership,
        head=read.head,
        language=read.language,
    )


def check_ready(state: AuditState) -> None:
    """RuleBroken `audit.not-ready` with each thing that must be there before the report is signed."""
    missing = [check for check in before_signing(state) if not check.holds]
    if missing:
        raise RuleBroken(
            ngettext(
                "The report cannot be signed yet, one thing is missing: {missing}",
                "The report cannot be signed yet, {count} things are missing: {missing}",
                len(missing),
            ).format(count=len(missing), missing=" · ".join(check.words for check in missing)),
            code="audit.not-ready",
            way_out=_("Follow the steps of the audit: each leads to what it misses."),
            checks=tuple(check.code for check in missing),
        )


def _read(
    workspace: Workspace,
    reader: Reader,
    audit_id: AuditId,
    *,
    at: datetime,
    by: PersonId,
    language: str | None,
    is_trial: bool,
    fingerprint: str,
    told: Progress,
) -> _Read:
    state = audit_state(reader, audit_id, on=workspace.today())
    check_unsigned(state.audit)
    check_ready(state)
    _check_evidence_there(reader, state)
    engagement = reader.get(Engagement, state.audit.engagement_id)
    dealership = reader.get(Dealership, engagement.dealership_id)
    language = language or spoken_language(state.audit.language or dealership.language or spoken())
    audit = replace(state.audit, signed_at=at, signed_by=by)
    assessment = _ended(reader, state, at=at, today=at.astimezone().date())
    foreseen = Foreseen(reader, audit, assessment)
    with in_language(language):
        paper = _audit_report().collect(
            foreseen,
            assessment.id,
            on=workspace.today(),
            is_sample=workspace.is_sample,
            step=told.part(0.0, 0.1),
        )
        head = reader.log_head()
        content = _content(reader, state, dealership, head, language=language, is_trial=is_trial)
    wrong = differences(content)
    if wrong:
        raise _not_the_same(", ".join(one.what for one in wrong[:_NAMED]))
    return _Read(
        paper=replace(paper, is_trial=is_trial, is_final=True, key_fingerprint=fingerprint),
        content=content,
        audit=audit,
        assessment=assessment,
        dealership=dealership,
        head=head,
        language=language,
    )


def _ended(reader: Reader, state: AuditState, *, at: datetime, today: date) -> Assessment:
    """The assessment as completed on the last day of the audit, with its edition named."""
    assessment = replace(state.assessment, edition=state.edition.hash)
    if not assessment.is_open:
        return assessment
    last = min(state.audit.last_on or today, today)
    return assessment.completed(
        at=at, on=max(assessment.started_on, last), premises=premises_in(reader, assessment)
    )


def _content(
    reader: Reader,
    state: AuditState,
    dealership: Dealership,
    head: LogHead,
    *,
    language: str,
    is_trial: bool,
) -> AuditContent:
    audit, basis, edition = state.audit, state.basis, state.edition
    before = reader.get(Audit, audit.revises) if audit.revises is not None else None
    told = HeadContent(
        number=audit.number,
        revision=audit.revision,
        revises=before.number if before is not None else "",
        kind=state.kind.value,
        language=language,
        standard=str(edition.title),
        edition=edition.version,
        edition_hash=edition.hash,
        dealership=dealership.name,
        dealership_code=dealership.code,
        first_on=audit.first_on.isoformat() if audit.first_on else "",
        last_on=audit.last_on.isoformat() if audit.last_on else "",
        lead_auditor=state.name_of(audit.lead_id) if audit.lead_id else "",
        log_seq=head.seq,
        log_hash=head.hash,
        is_trial=is_trial,
    )
    return content_of(
        told,
        basis.edition,
        basis.ratings,
        basis.applicable,
        basis.findings,
        state.recommended.result,
        recommendation=audit.recommendation.value if audit.recommendation else "",
        samples=state.samples,
        evidence=frozenset(file.digest for file in _shown(reader, state)),
    )


def _shown(reader: Reader, state: AuditState) -> tuple[Evidence, ...]:
    """Every file shown at a checkpoint or a finding of the audit."""
    links = reader.all(EvidenceLink, assessment_id=state.assessment.id)
    findings = frozenset(one.id for one in state.standing_findings)
    if findings:
        links += reader.all(EvidenceLink, finding_id=findings)
    files = (reader.find(Evidence, id) for id in dict.fromkeys(link.evidence_id for link in links))
    return tuple(file for file in files if file is not None)


def _check_evidence_there(reader: Reader, state: AuditState) -> None:
    """RuleBroken `signing.evidence-gone` where a file whose SHA-256 the report would name is not there, or is another one."""
    gone = []
    for file in _shown(reader, state):
        try:
            reader.evidence_bytes(file.digest)
        except QmaError:
            gone.append(file.name)
    if gone:
        raise RuleBroken(
            ngettext(
                "{count} file that shows what was found is missing or damaged: {names}",
                "{count} files that show what was found are missing or damaged: {names}",
                len(gone),
            ).format(count=len(gone), names=", ".join(gone[:_NAMED]) + (" …" if len(gone) > _NAMED else "")),
            code="signing.evidence-gone",
            way_out=_("Take the file in again or restore it from a backup, or remove it where it is shown."),
            files=tuple(gone),
        )


def _audit_report() -> Report:
    return next(report for report in REPORTS if isinstance(report, Report) and report.key == "audit")


def _not_the_same(what: str) -> ReportTrouble:
    return ReportTrouble(
        _("What the report prints is not what its data give: {what}.").format(what=what),
        code="signing.contents-differ",
        way_out=_("Nothing was signed. Draw the report again; if it stays so, ask for help."),
        found=what,
    )
