"""The audit on four pages for the principal: result by the rules, areas, findings with their days, and what the figures rest on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import BinaryIO

from qma_app.design import LIGHT
from qma_app.domain.agreement import AgreementResult
from qma_app.domain.agreement_reading import read_agreement
from qma_app.domain.finding import FindingGrade
from qma_app.domain.highlights import gaps, strengths
from qma_app.domain.ids import AuditId
from qma_app.domain.levels import outcome_of
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Outcome, Rating
from qma_app.i18n import _
from qma_app.reports.actions.drawing import Part, draw_parts
from qma_app.reports.auditing.reading import AuditRecords
from qma_app.reports.auditing.report_reading import read_sample
from qma_app.reports.auditing.summary_front import areas_page, result_page
from qma_app.reports.auditing.summary_rest import basis_page, findings_page
from qma_app.reports.auditing.summary_values import SummaryPaper
from qma_app.reports.document import PictureBytes
from qma_app.reports.kit import Kit
from qma_app.reports.progress import Progress

_GRADES = tuple(FindingGrade)


def title() -> str:
    """What it is called in lists."""
    return _("Summary of an audit")


def collect(
    reader: Reader,
    audit_id: AuditId,
    *,
    on: date,
    read_alike: AgreementResult | None = None,
    is_sample: bool = False,
    is_trial: bool = False,
    step: Callable[[float], None] = lambda _share: None,
) -> SummaryPaper:
    """The audit as it stands; `read_alike` is the agreement of coach and auditor, worked out from the records where it is left out.

    Before the closing meeting the agreement stays hidden, as it does on the screen. `is_trial` says that the report it sums up was
    signed with a key for trial.
    """
    records = AuditRecords(reader, audit_id, on=on, is_sample=is_sample)
    state, audit = records.state, records.audit
    step(0.5)
    found = read_agreement(reader, audit)
    alike = None if found is None else read_alike or found.result
    findings = sorted(
        state.basis.findings,
        key=lambda one: (_GRADES.index(one.grade), one.due_on or date.max, one.number),
    )
    step(1.0)
    return SummaryPaper(
        head=records.head,
        recommended=state.recommended,
        recommended_by=records.name(audit.recommended_by),
        findings=tuple(findings),
        samples=tuple(read_sample(records.state, one) for one in records.samples),
        agreement=alike,
        is_rated=all(_is_decided(state.ratings.get(point.id)) for point in state.to_rate),
        strengths=strengths(state.edition, state.basis.ratings, state.applicable),
        gaps=gaps(state.edition, state.basis.ratings, state.applicable),
        is_trial=is_trial,
    )


def draw(paper: SummaryPaper, out: BinaryIO, *, pictures: PictureBytes, progress: Progress) -> None:
    """Write the four pages as a PDF."""

    def add(kit: Kit) -> None:
        result_page(kit, paper, title())
        areas_page(kit, paper)
        findings_page(kit, paper)
        basis_page(kit, paper)

    marks = [] if paper.head.audit.is_signed else [(_("DRAFT"), LIGHT.warn)]
    if paper.is_trial:
        marks.append((_("TRIAL"), LIGHT.bad))
    part = Part(name=paper.head.audit.label, add=add)
    draw_parts(
        paper.head.frame, out, [part], title=title(), pictures=pictures, progress=progress, marks=marks
    )


def _is_decided(rating: Rating | None) -> bool:
    return outcome_of(rating) is not Outcome.OPEN
