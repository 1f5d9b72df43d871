"""The names of kinds, grades, roles and outcomes as people read them, the same on screen and paper."""

from __future__ import annotations

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.finding import FindingGrade
from qma_app.domain.people import Role
from qma_app.domain.rating import Outcome
from qma_app.domain.record import Record
from qma_app.domain.result import Verdict
from qma_app.i18n import _, ngettext


def record_title(kind: type[Record]) -> str:
    """What a kind of record is called in a sentence."""
    return {
        "Dealership": _("dealership"),
        "Site": _("site"),
        "Person": _("person"),
        "Qualification": _("qualification"),
        "Engagement": _("programme"),
        "Assessment": _("assessment"),
        "Rating": _("rating"),
        "Finding": _("finding"),
        "Evidence": _("evidence"),
        "EvidenceLink": _("use of evidence"),
        "Setting": _("setting"),
        "Upgrade": _("change of edition"),
    }.get(kind.__name__, _("record"))


def kind_title(kind: AssessmentKind) -> str:
    """The name of a kind on screen and paper."""
    return {
        AssessmentKind.BASELINE: _("Baseline"),
        AssessmentKind.PROGRESS: _("Progress assessment"),
        AssessmentKind.SELF_ASSESSMENT: _("Self-assessment"),
        AssessmentKind.PRE_AUDIT: _("Pre-audit"),
        AssessmentKind.CERTIFICATION_AUDIT: _("Certification audit"),
        AssessmentKind.SURVEILLANCE: _("Surveillance"),
    }[kind]


def grade_title(grade: FindingGrade) -> str:
    """The grade's name on screen and paper."""
    return {
        FindingGrade.MAJOR: _("major"),
        FindingGrade.MINOR: _("minor"),
        FindingGrade.IMPROVEMENT: _("improvement"),
        FindingGrade.GOOD_PRACTICE: _("good practice"),
    }[grade]


def grade_count(grade: FindingGrade, count: int) -> str:
    """So many findings of a grade, as a chip says it: `2 minor`."""
    words = {
        FindingGrade.MAJOR: ngettext("{count} major", "{count} major", count),
        FindingGrade.MINOR: ngettext("{count} minor", "{count} minor", count),
        FindingGrade.IMPROVEMENT: ngettext("{count} improvement", "{count} improvement", count),
        FindingGrade.GOOD_PRACTICE: ngettext("{count} good practice", "{count} good practice", count),
    }
    return words[grade].format(count=count)


def role_title(role: Role) -> str:
    """The role's name on screen."""
    return {Role.COACH: _("Coach"), Role.AUDITOR: _("Auditor"), Role.DECISION_MAKER: _("Decision maker")}[
        role
    ]


def outcome_title(outcome: Outcome) -> str:
    """How far a checkpoint has come."""
    return {
        Outcome.OPEN: _("not rated"),
        Outcome.RATED: _("rated"),
        Outcome.NOT_APPLICABLE: _("not applicable"),
        Outcome.NOT_SEEN: _("not seen"),
    }[outcome]


def verdict_title(verdict: Verdict) -> str:
    """What the rules say, in a word."""
    return {Verdict.PASS: _("pass"), Verdict.CONDITIONAL: _("conditional"), Verdict.FAIL: _("not passed")}[
        verdict
    ]
