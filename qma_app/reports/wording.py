"""Sentences several sections share: results, dates, counts, people."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from qma_app.design import LIGHT, points_colour
from qma_app.domain.edition import Edition, EditionStatus
from qma_app.domain.finding import FindingGrade
from qma_app.domain.levels import bounds_of, shown_level
from qma_app.domain.passing import no_level_sentence
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.result import Verdict
from qma_app.domain.wording import outcome_title, role_title
from qma_app.i18n import _, day_text, ngettext, number_text, percent_text
from qma_app.reports.paper import AssessmentPaper, FindingPart

GRADE_COLOURS = {
    FindingGrade.MAJOR: LIGHT.bad,
    FindingGrade.MINOR: LIGHT.warn,
    FindingGrade.IMPROVEMENT: LIGHT.accent,
    FindingGrade.GOOD_PRACTICE: LIGHT.ok,
}
_SHORT_NAME = 32
"""Letters of the longest name that is kept on one line."""


def level_shown(edition: Edition, level: Fraction | None) -> str:
    """A level on its own side of every bound of the edition."""
    return shown_level(level, bounds_of(edition.rules))


def days_text(first: date, last: date | None) -> str:
    """One day, or from a day to a day."""
    if last is None or last == first:
        return day_text(first)
    return _("{first} to {last}").format(first=day_text(first), last=day_text(last))


def dealer_line(paper: AssessmentPaper) -> str:
    """The dealership as people name it: name, city, code."""
    dealership = paper.dealership
    place = ", ".join(filter(None, (dealership.name, dealership.city)))
    return " · ".join(filter(None, (place, dealership.code)))


def assessor_title(paper: AssessmentPaper) -> str:
    """Whether the assessor worked as auditor or coach."""
    return _("Auditor") if paper.assessment.kind.is_audit else _("Assessor")


def assessor_line(paper: AssessmentPaper) -> str:
    """Who assessed, with the certificate behind it."""
    if paper.assessor is None:
        return _("not recorded")
    parts = [paper.assessor.name]
    held = paper.qualification
    if held is not None:
        parts.append(
            _("{role}, certificate {number}").format(role=role_title(held.role), number=held.number)
            if held.number
            else role_title(held.role)
        )
        if held.valid_until is not None:
            parts.append(_("valid until {day}").format(day=day_text(held.valid_until)))
        if not held.is_valid_on(paper.assessment.started_on):
            parts.append(_("not valid on the first day"))
    return " · ".join(parts)


def rated_mark(paper: AssessmentPaper) -> str:
    """`DRAFT · 41 of 96 rated`"""
    tally = paper.result.tally
    return _("DRAFT · {rated} of {count} rated").format(rated=tally.rated, count=tally.applicable)


def result_sentence(paper: AssessmentPaper) -> str:
    """What the rules say of this assessment, in words a principal reads once; of an extract they say nothing."""
    if paper.is_extract:
        return _("An extract: whether it is a pass is said of the whole assessment alone")
    if paper.result.overall is None:
        return no_level_sentence(paper.result.tally)
    verdict = {
        Verdict.PASS: _("By the rules: pass"),
        Verdict.CONDITIONAL: _("By the rules: conditional, only majors stand in the way"),
        Verdict.FAIL: _("By the rules: not passed"),
    }[paper.result.verdict]
    return _("{verdict}, as far as rated").format(verdict=verdict) if paper.is_draft else verdict


def recommendation_sentence(paper: AssessmentPaper) -> str:
    """What the auditor recommends to whoever decides."""
    if paper.result.overall is None:
        return no_level_sentence(paper.result.tally)
    if paper.is_draft:
        return _("No recommendation yet: the audit is open")
    return {
        Verdict.PASS: _("Auditor recommends: pass"),
        Verdict.CONDITIONAL: _(
            "Auditor recommends: pass once the majors are closed, within {days} days"
        ).format(days=paper.edition.rules.conditional_days),
        Verdict.FAIL: _("Auditor recommends: no pass"),
    }[paper.result.verdict]


def result_colour(paper: AssessmentPaper) -> str:
    """The ink of the big figure: by the verdict, or by the level alone for a draft or an extract."""
    overall, rules = paper.result.overall, paper.edition.rules
    if overall is None:
        return LIGHT.muted
    if paper.is_draft or paper.is_extract:
        return (
            LIGHT.ok
            if overall >= rules.pass_mark
            else LIGHT.warn
            if overall >= rules.area_floor
            else LIGHT.bad
        )
    return {Verdict.PASS: LIGHT.ok, Verdict.CONDITIONAL: LIGHT.warn, Verdict.FAIL: LIGHT.bad}[
        paper.result.verdict
    ]


def areas_line(paper: AssessmentPaper) -> str:
    """The areas of the scope."""
    if paper.is_whole_house:
        return ngettext(
            "{count} area, the whole standard", "all {count} areas of the standard", len(paper.edition.areas)
        ).format(count=len(paper.edition.areas))
    return ", ".join(str(paper.edition.areas_by_id[id].title) for id in paper.assessment.scope)


def edition_line(edition: Edition) -> str:
    """The edition, and that it is a draft when it is one."""
    if edition.status is EditionStatus.DRAFT:
        return _("{edition} (draft edition)").format(edition=edition.label)
    return edition.label


def findings_remark(parts: tuple[FindingPart, ...]) -> str:
    """`1 major, 2 minor`: what is open of the findings that ask for something."""
    said = []
    majors = sum(part.is_open and part.finding.grade is FindingGrade.MAJOR for part in parts)
    minors = sum(part.is_open and part.finding.grade is FindingGrade.MINOR for part in parts)
    if majors:
        said.append(ngettext("{count} major", "{count} majors", majors).format(count=majors))
    if minors:
        said.append(ngettext("{count} minor", "{count} minors", minors).format(count=minors))
    return ", ".join(said)


def rating_chip(edition: Edition, rating: Rating | None, outcome: Outcome) -> tuple[str, str, str | None]:
    """Figure, word and colour of a rating; without colour where there are no points."""
    if outcome is Outcome.RATED and rating is not None and rating.points is not None:
        points = rating.points
        colour = points_colour(points, edition.points) if points in edition.points else None
        return str(points), edition.step_title(points), colour
    figure = {Outcome.NOT_APPLICABLE: "–", Outcome.NOT_SEEN: "?"}.get(outcome, "")
    return figure, outcome_title(outcome), None


def percent(share: float) -> str:
    """A share as a percentage with one decimal."""
    return percent_text(number_text(Fraction(share).limit_denominator(10**9) * 100, 1))


def unbroken(name: str) -> str:
    """A short name whose words stay on one line; a long one as it is."""
    return name.replace(" ", "\N{NO-BREAK SPACE}") if len(name) <= _SHORT_NAME else name


def short_hash(digest: str) -> str:
    """The first twelve digits in groups, for people to compare by eye."""
    return " ".join(digest[at : at + 4] for at in range(0, 12, 4))


def grouped_hash(digest: str) -> str:
    """A whole SHA-256 in groups of eight."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
