"""The end of an audit's report: every rule with its numbers, what is recommended, what the dealership objects to, and what follows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.audit_state import LOOKS_BACK
from qma_app.domain.certificate_dues import SURVEILLANCE_MONTHS, VALID_MONTHS
from qma_app.domain.edition import Edition
from qma_app.domain.finding import Finding, FindingGrade, Reply
from qma_app.domain.recommending import RuleNumbers
from qma_app.domain.result import Verdict
from qma_app.domain.wording import grade_title, reply_title, verdict_title
from qma_app.i18n import _, day_text, ngettext, number_text
from qma_app.reports.actions.blocks import plain_table
from qma_app.reports.auditing.report_values import AuditPart
from qma_app.reports.auditing.words import objection_lines
from qma_app.reports.blocks import Block, Together
from qma_app.reports.kit import Kit
from qma_app.reports.marks import Dot
from qma_app.reports.pages import CONTENT_WIDTH, HALF
from qma_app.reports.paper import AssessmentPaper
from qma_app.reports.principal.lines import bullets
from qma_app.reports.styles import CELL, CELL_NUMBER, CELL_QUIET, CELL_STRONG, FACT
from qma_app.reports.tables import Row, Table

_TITLE: Final = 104.0
_FIGURE: Final = 58.0


def rule_numbers_table(kit: Kit, rules: tuple[RuleNumbers, ...]) -> Table:
    """Each rule: whether it holds, what was reached, what is needed, and why."""
    rest = CONTENT_WIDTH - 12 - _TITLE - 2 * _FIGURE - 40
    rows = [
        Row(
            (
                Dot(holds=one.holds, line_height=12),
                kit.words(one.title, CELL_STRONG),
                kit.words("–" if one.reached is None else one.shown, CELL),
                kit.words(one.shown_needed, CELL),
                kit.words(one.reason, FACT),
            ),
            padding=3,
        )
        for one in rules
    ]
    titles = ("", _("Rule"), _("Reached"), _("Needed"), _("Why"))
    return Table((12, _TITLE, _FIGURE, _FIGURE, rest), rows, head=kit.head_row(titles))


def recommendation_line(edition: Edition, verdict: Verdict | None) -> str:
    """What the auditor recommends, never more."""
    if verdict is None:
        return _("No recommendation is given yet")
    return {
        Verdict.PASS: _("Auditor recommends: pass"),
        Verdict.CONDITIONAL: _(
            "Auditor recommends: pass once the majors are closed, within {days} days"
        ).format(days=edition.rules.conditional_days),
        Verdict.FAIL: _("Auditor recommends: no pass"),
    }[verdict]


def deadline_text(finding: Finding, edition: Edition) -> str:
    """Until when a finding is to be closed: the day agreed, else the rule for its grade."""
    if finding.due_on is not None:
        return day_text(finding.due_on)
    return {
        FindingGrade.MAJOR: _("within {days} days of the decision").format(
            days=edition.rules.conditional_days
        ),
        FindingGrade.MINOR: _("looked at in the next audit"),
    }.get(finding.grade, "")


def add_end(kit: Kit, paper: AssessmentPaper, audit: AuditPart) -> None:
    """Result, recommendation, objections, what follows."""
    kit.section(_("Recommendation"), below=HALF)
    record = audit.head.audit
    kit.lead(recommendation_line(paper.edition, record.recommendation))
    computed = audit.recommended.verdict
    rows = (
        (_("By the rules"), verdict_title(computed)),
        (_("Auditor's words"), record.recommendation_words),
        (_("Recommended by"), audit.recommended_by),
        (_("On"), day_text(record.recommended_at.astimezone().date()) if record.recommended_at else ""),
        (_("What it rests on"), ", ".join(_rests_on(paper, audit))),
        (_("What it is"), _("A recommendation to those who decide. This report is not a certificate, and nobody may use it as one.")),
    )  # fmt: skip
    kit.flow.add(kit.facts(rows, padding=2.6, where=_("recommendation")), before=4)
    kit.heading(_("The rules, one by one"), level=1)
    kit.flow.add(rule_numbers_table(kit, audit.recommended.rules), before=2)
    _add_replies(kit, paper)
    kit.heading(_("What follows"), level=1)
    kit.flow.add(bullets(kit, tuple(_following(paper, audit)), where=_("follow-up")), before=2)
    _add_deadlines(kit, paper)
    kit.heading(_("How to object"), level=1)
    kit.flow.add(bullets(kit, objection_lines(None)[1:], where=_("objection")), before=2)
    kit.heading(_("Signature"), level=1)
    lead = audit.head.lead
    kit.paragraph(
        _(
            "{name} signs this file electronically; the signature, the time and the data behind every figure lie in it. Whoever changes a single byte breaks it."
        ).format(name=lead.person.name if lead else _("The lead auditor")),
        CELL,
        before=0,
    )


def _rests_on(paper: AssessmentPaper, audit: AuditPart) -> Iterator[str]:
    """How much was looked at, so that nobody takes the recommendation for more than it is."""
    result, tally = paper.result, paper.result.tally
    yield _("{rated} of {count} areas rated").format(rated=result.rated_areas, count=result.counted_areas)
    yield _("{rated} of {count} applicable checkpoints rated").format(
        rated=number_text(tally.rated), count=number_text(tally.applicable)
    )
    unseen = tally.not_seen + (0 if paper.is_draft else tally.open)
    if unseen:
        yield ngettext("{count} not seen", "{count} not seen", unseen).format(count=number_text(unseen))
    drawn = sum(len(one.sample.drawn) for one in audit.samples)
    yield ngettext(
        "{count} sample with {records} records drawn",
        "{count} samples with {records} records drawn",
        len(audit.samples),
    ).format(count=number_text(len(audit.samples)), records=number_text(drawn))


def _add_deadlines(kit: Kit, paper: AssessmentPaper) -> None:
    """What is open of the findings that ask for something, with whose it is and until when."""
    findings = [
        part.finding
        for part in paper.findings
        if part.is_open and part.finding.grade is not FindingGrade.GOOD_PRACTICE
    ]
    if not findings:
        return
    rows: list[list[Block | None]] = [
        [
            kit.words(one.label, CELL_NUMBER),
            kit.words(
                _("{name}: {text}").format(name=grade_title(one.grade), text=one.statement),
                CELL,
                where=one.label,
            ),
            kit.words(one.owner or "–", CELL_QUIET, where=one.label),
            kit.words(deadline_text(one, paper.edition) or "–", CELL),
        ]
        for one in findings
    ]
    widths = (38.0, CONTENT_WIDTH - 38 - 2 * 92 - 30, 92.0, 92.0)
    titles = (_("No."), _("Finding"), _("Owner"), _("Due"))
    kit.flow.add(Together(plain_table(kit, titles, widths, rows), tall=200), before=8)


def _add_replies(kit: Kit, paper: AssessmentPaper) -> None:
    """What the dealership objects to, in its own words; then which findings it agreed with."""
    kit.heading(_("What the dealership says"), level=1)
    findings = [
        part.finding for part in paper.findings if part.finding.grade is not FindingGrade.GOOD_PRACTICE
    ]
    objected = [one for one in findings if one.reply is Reply.DISAGREED]
    if objected:
        rows: list[list[Block | None]] = [_objection(kit, one) for one in objected]
        half = (CONTENT_WIDTH - 38 - 90 - 30) / 2
        titles = (_("No."), _("Finding"), _("Objection"), _("By"))
        kit.flow.add(plain_table(kit, titles, (38, half, half, 90), rows), before=2)
    else:
        kit.paragraph(_("It objects to no finding."), CELL, before=0)
    agreed = ", ".join(one.label for one in findings if one.reply is Reply.AGREED)
    silent = ", ".join(one.label for one in findings if one.reply is None)
    said = [
        _("Agreed: {findings}.").format(findings=agreed) if agreed else "",
        _("Without a reply: {findings}.").format(findings=silent) if silent else "",
    ]
    kit.paragraph(" ".join(filter(None, said)), CELL_QUIET)


def _objection(kit: Kit, finding: Finding) -> list[Block | None]:
    by = ", ".join(
        filter(None, (finding.reply_by, day_text(finding.replied_on) if finding.replied_on else ""))
    )
    words = finding.reply_words or (reply_title(finding.reply) if finding.reply else "")
    return [
        kit.words(finding.label, CELL_NUMBER),
        kit.words(finding.statement, CELL, where=finding.label),
        kit.words(words, CELL, where=finding.label),
        kit.words(by or "–", CELL_QUIET, where=finding.label),
    ]


def _following(paper: AssessmentPaper, audit: AuditPart) -> Iterator[str]:
    """The rules for what comes next; no day is promised that hangs on a decision nobody took yet."""
    rules = paper.edition.rules
    kind = audit.head.assessment.kind
    if kind is AssessmentKind.PRE_AUDIT:
        yield _("A pre-audit ends with this report: nothing is decided on it.")
        return
    yield _("The decision is taken by somebody who was not in the audit team, on this signed report.")
    majors = sum(len(rule.records) for rule in audit.recommended.rules if rule.code == "majors")
    if majors:
        yield ngettext(
            "{count} major: closed and verified within {days} days of the decision.",
            "{count} majors: closed and verified within {days} days of the decision.",
            majors,
        ).format(count=majors, days=rules.conditional_days)
    if any(part.is_open and part.finding.grade is FindingGrade.MINOR for part in paper.findings):
        yield _("Minors are looked at again in the next audit.")
    if kind in LOOKS_BACK:
        yield _("The certificate that stands is confirmed, suspended or withdrawn by whoever decides.")
    elif audit.head.audit.recommendation is not Verdict.FAIL:
        first, second = SURVEILLANCE_MONTHS
        yield _(
            "Where a certificate is granted: surveillance {first} and {second} months after the decision, recertification before {whole} months are over."
        ).format(first=first, second=second, whole=VALID_MONTHS)
