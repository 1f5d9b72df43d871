"""What an audit report owes its readers beyond figures: aim, criteria, method, who audited, and for whose eyes it is."""

from __future__ import annotations

from qma_app.i18n import _, ngettext
from qma_app.reports.kit import Kit
from qma_app.reports.paper import AssessmentPaper
from qma_app.reports.wording import areas_line, assessor_line, days_text, dealer_line, edition_line


def add_about_audit(kit: Kit, paper: AssessmentPaper) -> None:
    """One page in front of the areas."""
    kit.section(_("About this audit"))
    kit.flow.add(
        kit.facts(
            (
                (_("Aim"), _("To find out whether the dealership meets the standard, and to recommend a decision to those who decide on the certificate.")),
                (_("Criteria"), edition_line(paper.edition)),
                (_("Audited"), dealer_line(paper)),
                (_("Areas"), areas_line(paper)),
                (_("Dates"), days_text(paper.assessment.started_on, paper.assessment.completed_on)),
                (_("Auditor"), assessor_line(paper)),
                (_("Independence"), _independence(paper)),
                (_("Method"), _("Talks with staff, watching the work, and looking at records drawn as samples. Only what can be verified counts as evidence; each finding names the requirement, what was seen and what is missing.")),
                (_("Samples"), _samples(paper)),
                (_("Findings"), _("Major: a requirement is missing or failed so far that the result is in doubt, or a critical checkpoint is not met. Minor: a single lapse. Improvement: no requirement is broken. Good practice: worth copying.")),
                (_("Follow-up"), _("Majors are closed with evidence within {days} days; minors are looked at again at the next assessment.").format(days=paper.edition.rules.conditional_days)),
                (_("Recommendation"), _("The auditor recommends. Somebody else decides, and the certificate is dated from that decision.")),
                (_("For"), _("The dealership, its coach, and those who decide. Names and photos in this report are not passed on to others.")),
            ),
            padding=5,
        ),
        before=2,
    )  # fmt: skip


def _independence(paper: AssessmentPaper) -> str:
    if paper.assessor is None:
        return _("The auditor is not recorded.")
    if paper.has_coached:
        return _("The auditor also worked as a coach of this programme: this audit is not independent.")
    return _(
        "In this workspace the auditor is recorded neither as coach nor as assessor of an earlier coaching assessment of this programme."
    )


def _samples(paper: AssessmentPaper) -> str:
    samples = [line.rating.sample for line in paper.lines if line.rating and line.rating.sample]
    drawn = sum(len(sample.records) for sample in samples)
    if not drawn:
        return _("No records were drawn.")
    seen = sum(sample.looked_at for sample in samples)
    return ngettext(
        "{drawn} records drawn at {count} checkpoint, {seen} looked at; annex A lists them.",
        "{drawn} records drawn at {count} checkpoints, {seen} looked at; annex A lists them.",
        len(samples),
    ).format(drawn=drawn, count=len(samples), seen=seen)
