"""The last two pages of the summary: findings with the days they are due, and what the figures rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import floor
from typing import Final

from qma_app.design import LIGHT
from qma_app.domain.agreement import GOAL, Agreement, AgreementResult
from qma_app.domain.certificate_dues import SURVEILLANCE_MONTHS, VALID_MONTHS
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.result import Verdict
from qma_app.domain.seeds import seed_text
from qma_app.domain.wording import grade_count, grade_title, reply_title
from qma_app.i18n import _, day_text, ngettext, number_text, percent_text
from qma_app.reports.auditing.fitting import fitted, titled
from qma_app.reports.auditing.summary_values import SamplePart, SummaryPaper
from qma_app.reports.auditing.words import objection_lines
from qma_app.reports.blocks import Block, Stack
from qma_app.reports.kit import Kit
from qma_app.reports.marks import Badge
from qma_app.reports.pages import CONTENT_HEIGHT, CONTENT_WIDTH
from qma_app.reports.principal.lines import bullets, clipped
from qma_app.reports.styles import CELL, CELL_NUMBER, CELL_QUIET, CELL_STRONG, QUIET, Align
from qma_app.reports.tables import Row, Table
from qma_app.reports.wording import GRADE_COLOURS
from qma_app.reports.year.log_end import add_log_end

_HEADING: Final = 40.0
_FOOT: Final = 44.0
"""The lines about the change log."""
_TITLED: Final = 34.0
"""The small heading over the samples, with the space around it."""


def findings_page(kit: Kit, paper: SummaryPaper) -> None:
    """Every finding by grade with its day, as many as the page holds."""
    kit.section(_("What was found"), may_follow=False)
    counts = Counter(one.grade for one in paper.findings)
    said = " · ".join(grade_count(grade, counts[grade]) for grade in FindingGrade if counts[grade])
    kit.flow.add(kit.words(said or _("Nothing was found."), CELL_STRONG))
    if paper.findings:
        room = CONTENT_HEIGHT - _HEADING - 24
        days = paper.head.frame.edition.rules.conditional_days
        listed: Block = _findings(kit, paper.findings, days, is_full=True)
        if listed.height(CONTENT_WIDTH) > room:
            listed = fitted(kit, paper.findings, lambda some: _findings(kit, some, days), room)
        kit.flow.add(listed, before=6)


def _findings(kit: Kit, findings: Sequence[Finding], days: int, *, is_full: bool = False) -> Block:
    """The findings with what the dealership says; where they are few, `is_full` adds what was seen, its own words and whose it is."""
    badges = [
        Badge(kit.setter, grade_title(one.grade), GRADE_COLOURS[one.grade], line_height=12)
        for one in findings
    ]
    wide = max((badge.width() for badge in badges), default=60.0)
    due = 104.0
    words = CONTENT_WIDTH - 38 - wide - due - 30
    rows = [
        Row(
            (
                kit.words(one.label, CELL_NUMBER),
                badge,
                Stack(
                    [
                        clipped(kit, one.statement, CELL, where=one.label, most=3),
                        *(
                            clipped(kit, said, CELL_QUIET, where=one.label, most=3)
                            for said in _about(one, is_full=is_full)
                        ),
                    ]
                ),
                kit.words(_due_and_owner(one, days, is_full=is_full), CELL_QUIET),
            ),
            padding=3,
            rule=LIGHT.line,
        )
        for one, badge in zip(findings, badges, strict=True)
    ]
    titles = (_("No."), _("Grade"), _("Finding"), _("Due"))
    return Table((38, wide, words, due), rows, head=kit.head_row(titles))


def due_text(finding: Finding, days: int) -> str:
    """Until when it is to be closed; a good practice and an improvement ask for no day."""
    if finding.closed_on is not None:
        return _("closed {day}").format(day=day_text(finding.closed_on))
    if finding.due_on is not None:
        return _("by {day}").format(day=day_text(finding.due_on))
    return {
        FindingGrade.MAJOR: _("within {days} days of the decision").format(days=days),
        FindingGrade.MINOR: _("looked at in the next audit"),
    }.get(finding.grade, "–")


def _about(finding: Finding, *, is_full: bool) -> Iterator[str]:
    number_of = _("{name}: {text}")
    if is_full and finding.evidence.strip():
        yield number_of.format(name=_("Seen"), text=finding.evidence)
    if finding.reply is not None:
        said = _("Dealership: {reply}").format(reply=reply_title(finding.reply))
        words = finding.reply_words.strip() if is_full else ""
        yield number_of.format(name=said, text=words) if words else said


def _due_and_owner(finding: Finding, days: int, *, is_full: bool) -> str:
    return "\n".join(filter(None, (due_text(finding, days), finding.owner if is_full else "")))


def basis_page(kit: Kit, paper: SummaryPaper) -> None:
    """Samples, agreement, what follows when, and how to object."""
    kit.section(_("What the figures rest on, and what follows"), may_follow=False)
    below: list[Block] = [
        titled(kit, _("Coach and auditor"), bullets(kit, agreement_lines(paper), where=_("agreement"))),
        titled(kit, _("What follows"), bullets(kit, follow_lines(paper), where=_("follow-up"))),
        titled(kit, _("How to object"), bullets(kit, objection_lines(None)[1:], where=_("objection"))),
    ]
    taken = sum(one.height(CONTENT_WIDTH) for one in below)
    room = CONTENT_HEIGHT - _HEADING - _FOOT - taken - _TITLED
    if paper.samples:
        listed = fitted(kit, paper.samples, lambda some: _samples(kit, some), room)
    else:
        listed = kit.words(_("No sample was drawn."), CELL_QUIET)
    kit.flow.add(titled(kit, _("Samples"), listed))
    for block in below:
        kit.flow.add(block)
    add_log_end(kit, paper.head.frame)


def _samples(kit: Kit, parts: Sequence[SamplePart]) -> Block:
    rows = [
        Row(
            (
                kit.words(one.checkpoint.number if one.checkpoint else "–", CELL_NUMBER),
                Stack(
                    [
                        kit.words(one.found.words, CELL),
                        kit.words(" ".join(one.says.sentences[:1]) if one.says else "", QUIET),
                    ]
                ),
                kit.words(
                    _("seed {seed}").format(seed=seed_text(one.sample.seed)), CELL_QUIET.aligned(Align.END)
                ),
            ),
            padding=2.6,
            rule=LIGHT.line,
        )
        for one in parts
    ]
    return Table((54, CONTENT_WIDTH - 54 - 110 - 20, 110), rows)


def agreement_lines(paper: SummaryPaper) -> list[str]:
    """How alike coach and auditor read the same checkpoints; that it is hidden before the closing."""
    found = paper.agreement
    if found is None:
        return [_("Shown after the closing meeting, so that neither looks at the other's ratings before.")]
    overall = found.overall
    if not overall.count or overall.raw is None:
        return [_("No checkpoint was rated by both.")]
    lines = [
        ngettext(
            "{count} checkpoint rated by both; {share} of them alike.",
            "{count} checkpoints rated by both; {share} of them alike.",
            overall.count,
        ).format(count=overall.count, share=percent_text(number_text(overall.raw * 100, 1))),
        _kappa_line(overall),
        _difference_line(overall),
    ]
    return [*filter(None, lines), *_widest(paper, found)]


def _kappa_line(overall: Agreement) -> str:
    if overall.weighted is None:
        return _("No kappa can be said: both gave the same points everywhere.")
    words = _("Weighted kappa {kappa}; from {goal} on two people are said to read alike.")
    # Truncated, so that no figure seems to reach the goal that does not.
    figure = number_text(_cut(overall.weighted), 3)
    return words.format(kappa=figure, goal=number_text(GOAL, 2))


def _cut(value: Fraction) -> Fraction:
    return Fraction(floor(value * 1000), 1000)


def _difference_line(overall: Agreement) -> str:
    if not overall.difference:
        return ""
    figure = number_text(abs(overall.difference), 2)
    if overall.difference > 0:
        return _("On average the coach gave {points} points more.").format(points=figure)
    return _("On average the coach gave {points} points less.").format(points=figure)


def _widest(paper: SummaryPaper, found: AgreementResult) -> list[str]:
    known = paper.head.frame.edition.checkpoints
    shown = [known[one.checkpoint_id].number for one in found.differently[:6] if one.checkpoint_id in known]
    return [_("Read most differently: {numbers}.").format(numbers=", ".join(shown))] if shown else []


def follow_lines(paper: SummaryPaper) -> list[str]:
    """What comes when; what counts from the decision is said so, since nothing is decided here."""
    rules = paper.head.frame.edition.rules
    # What the rules count: the findings and the critical checkpoints that are majors by themselves.
    majors = sum(len(rule.records) for rule in paper.recommended.rules if rule.code == "majors")
    lines = [_("The decision is taken by somebody who was not in the audit team, on the signed report.")]
    if majors:
        lines.append(
            ngettext(
                "{count} major: closed and verified within {days} days of the decision.",
                "{count} majors: closed and verified within {days} days of the decision.",
                majors,
            ).format(count=majors, days=rules.conditional_days)
        )
    due = sorted({one.due_on for one in paper.findings if one.due_on is not None and one.is_open})
    if due:
        lines.append(_("First day something is due: {day}.").format(day=day_text(due[0])))
    if paper.head.audit.recommendation is not Verdict.FAIL:
        first, second = SURVEILLANCE_MONTHS
        lines.append(
            _(
                "Where a certificate is granted: surveillance {first} and {second} months after the decision, recertification before {whole} months are over."
            ).format(first=first, second=second, whole=VALID_MONTHS)
        )
    return lines
