"""The report of an audit: what was audited and how, what the auditor recommends, and everything it rests on."""

from __future__ import annotations

from typing import BinaryIO

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.wording import kind_title
from qma_app.i18n import _
from qma_app.reports.auditing.report_about import add_about
from qma_app.reports.auditing.report_alike import add_alike
from qma_app.reports.auditing.report_before import add_audit_before, add_revision
from qma_app.reports.auditing.report_conduct import add_conduct
from qma_app.reports.auditing.report_end import add_end, recommendation_line
from qma_app.reports.auditing.report_samples import add_samples
from qma_app.reports.auditing.report_values import AuditPart
from qma_app.reports.collecting import collect_assessment
from qma_app.reports.document import PictureBytes
from qma_app.reports.drawing import draw_paper
from qma_app.reports.kit import Kit
from qma_app.reports.pages import HALF
from qma_app.reports.paper import AssessmentPaper
from qma_app.reports.progress import Progress
from qma_app.reports.sections.about_audit import add_about_audit
from qma_app.reports.sections.areas import add_areas
from qma_app.reports.sections.beside_coach import add_beside_coach
from qma_app.reports.sections.checkpoints import add_checkpoints
from qma_app.reports.sections.cover import add_cover
from qma_app.reports.sections.development import add_development
from qma_app.reports.sections.findings import add_findings
from qma_app.reports.sections.record import add_record
from qma_app.reports.sections.reported import add_reported
from qma_app.reports.sections.scoring_rules import add_scoring_rules
from qma_app.reports.sections.signatures import add_signatures
from qma_app.reports.sections.summary import add_summary
from qma_app.reports.wording import days_text, recommendation_sentence

collect = collect_assessment


def title() -> str:
    """What the report is called in lists."""
    return _("Audit report")


def suits(kind: AssessmentKind) -> bool:
    """Only audits end with a recommendation."""
    return kind.is_audit


def draw(paper: AssessmentPaper, out: BinaryIO, *, pictures: PictureBytes, progress: Progress) -> None:
    """Write the report as a PDF; `pictures` gives the photos the paper names."""
    heading = _("{kind} report").format(kind=kind_title(paper.assessment.kind))
    audit = paper.audit
    if audit is None:
        verdict = recommendation_sentence(paper)
    else:
        verdict = recommendation_line(paper.edition, audit.head.audit.recommendation)
    audited = _("audited {days}").format(days=days_text(*paper.span))

    def cover(kit: Kit) -> None:
        add_cover(kit, paper, title=heading, verdict=verdict, remarks=(audited, _standing_of(paper)))

    def guided_body(kit: Kit, audit: AuditPart) -> None:
        add_summary(kit, paper, verdict=verdict)
        add_revision(kit, audit)
        add_about(kit, paper, audit)
        add_conduct(kit, paper, audit)
        add_audit_before(kit, paper, audit)
        add_development(kit, paper)
        add_reported(kit, paper, below=HALF)
        add_areas(kit, paper, shows_before=False, below=HALF)
        shown = add_findings(kit, paper)
        add_samples(kit, audit)
        add_alike(kit, paper, audit)
        add_end(kit, paper, audit)
        add_checkpoints(kit, paper, shown=shown)
        add_scoring_rules(kit, paper, below=HALF)
        add_record(kit, paper, below=HALF)

    def body(kit: Kit) -> None:
        if audit is not None:
            guided_body(kit, audit)
            return
        add_summary(kit, paper, verdict=verdict)
        add_about_audit(kit, paper)
        add_development(kit, paper)
        add_reported(kit, paper)
        add_beside_coach(kit, paper)
        add_areas(kit, paper, shows_before=False)
        shown = add_findings(kit, paper)
        add_signatures(kit, paper, verdict=verdict)
        add_checkpoints(kit, paper, shown=shown)
        add_scoring_rules(kit, paper)
        add_record(kit, paper)

    draw_paper(paper, out, title=heading, cover=cover, body=body, pictures=pictures, progress=progress)


def _standing_of(paper: AssessmentPaper) -> str:
    """What a recommendation is worth; nothing is promised that hangs on a decision nobody took yet."""
    if paper.assessment.kind is AssessmentKind.PRE_AUDIT:
        return _("nothing is decided on a pre-audit")
    return _("somebody who did not audit decides, and later")
