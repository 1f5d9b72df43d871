"""The names of kinds, grades, roles and outcomes as people read them, the same on screen and paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qma_app.domain.action import Stage
from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.evidence import Consent, EvidenceKind
from qma_app.domain.finding import Elsewhere, FindingGrade, Reply
from qma_app.domain.finding_state import FindingState
from qma_app.domain.people import Role
from qma_app.domain.promise import PromiseState
from qma_app.domain.rating import Outcome
from qma_app.domain.record import Record
from qma_app.domain.result import Verdict
from qma_app.domain.review import ManagementReview
from qma_app.domain.target import Gain
from qma_app.domain.verification import Effect, VerificationKind
from qma_app.domain.visit import Visit, VisitState
from qma_app.i18n import _, ngettext

if TYPE_CHECKING:  # every start reads these names, and needs neither gates nor steps
    from qma_app.domain.gate_answers import Tone
    from qma_app.domain.step_rules.step import StepKind


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
        "Sighting": _("sighting"),
        "Cause": _("cause"),
        "Action": _("action"),
        "ActionLink": _("use of an action"),
        "Verification": _("verification"),
        "Reading": _("KPI reading"),
        "PhotoPair": _("pair of photos"),
        "ClosingDay": _("closing time"),
        "Target": _("target"),
        "Charter": _("charter"),
        "PlannedPhase": _("planned phase"),
        "PlannedArea": _("planned area"),
        "GateStatement": _("statement for a gate"),
        "ProcessOwner": _("process owner"),
        "Visit": _("visit"),
        "AgendaItem": _("agenda item"),
        "VisitNote": _("note"),
        "Promise": _("promise"),
        "SponsorCheck": _("sponsor check"),
        "ManagementReview": _("management review"),
        "Decision": _("decision"),
        "StepMark": _("mark on a next step"),
        "Audit": _("audit"),
        "AuditSlot": _("line of an audit's timetable"),
        "AuditSample": _("drawn sample"),
        "AuditLook": _("how the auditor looked"),
        "Tie": _("tie to a dealership"),
        "Seal": _("seal of a signed audit"),
        "CertificationDecision": _("decision on a certificate"),
        "Appeal": _("appeal"),
        "Certificate": _("certificate"),
        "Signer": _("signer"),
        "IssuedFile": _("issued file"),
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
        AssessmentKind.FOLLOW_UP_AUDIT: _("Follow-up audit"),
        AssessmentKind.RECERTIFICATION: _("Recertification audit"),
        AssessmentKind.SHORT_NOTICE: _("Short-notice audit"),
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


def stage_title(stage: Stage) -> str:
    """The stage's name on screen and paper."""
    return {Stage.PLAN: _("Plan"), Stage.DO: _("Do"), Stage.CHECK: _("Check"), Stage.ACT: _("Act")}[stage]


def state_title(state: FindingState) -> str:
    """How far a finding has come, in words."""
    return {
        FindingState.SEEN: _("seen"),
        FindingState.PLANNED: _("planned"),
        FindingState.PLAN_ACCEPTED: _("plan accepted, effect not yet shown"),
        FindingState.TO_VERIFY: _("to verify"),
        FindingState.EFFECTIVE: _("effect shown"),
        FindingState.CLOSED: _("closed"),
    }[state]


def reply_title(reply: Reply) -> str:
    """What the dealership says, in a word."""
    return {Reply.AGREED: _("agreed"), Reply.DISAGREED: _("disagreed")}[reply]


def elsewhere_title(elsewhere: Elsewhere) -> str:
    """What came out when the same was looked for in other places."""
    return {Elsewhere.NOT_FOUND: _("looked, not found"), Elsewhere.FOUND: _("found elsewhere too")}[elsewhere]


def effect_title(effect: Effect) -> str:
    """What a check showed, in a word."""
    return {
        Effect.EFFECTIVE: _("effective"),
        Effect.NOT_SHOWN: _("not shown"),
        Effect.WORSE: _("worse"),
    }[effect]


def verification_title(kind: VerificationKind) -> str:
    """How an effect is checked."""
    return {
        VerificationKind.SAMPLE: _("Sample"),
        VerificationKind.KPI: _("KPI before and after"),
        VerificationKind.LOOK: _("Looking again"),
        VerificationKind.DOCUMENT: _("Document"),
    }[kind]


def consent_title(consent: Consent) -> str:
    """Whether the people in a photo may be shown."""
    return {
        Consent.NOBODY: _("nobody to be recognised"),
        Consent.GIVEN: _("consent given"),
        Consent.REFUSED: _("consent refused"),
    }[consent]


def evidence_kind_title(kind: EvidenceKind) -> str:
    """What a piece of evidence is."""
    return {EvidenceKind.PHOTO: _("photo"), EvidenceKind.DOCUMENT: _("document")}[kind]


def gain_title(gain: Gain) -> str:
    """Whose gain a target is."""
    return {Gain.CUSTOMERS: _("Customers"), Gain.STAFF: _("Staff"), Gain.PROFIT: _("Profit")}[gain]


def visit_title(visit: Visit) -> str:
    """`Visit 7`"""
    return _("Visit {number}").format(number=visit.number)


def visit_state_title(state: VisitState) -> str:
    """Where a visit stands."""
    return {
        VisitState.PLANNED: _("planned"),
        VisitState.RUNNING: _("under way"),
        VisitState.PAUSED: _("paused"),
        VisitState.CLOSED: _("closed"),
        VisitState.CANCELLED: _("called off"),
    }[state]


def review_title(review: ManagementReview) -> str:
    """`Management review 2`"""
    return _("Management review {number}").format(number=review.number)


def promise_state_title(state: PromiseState) -> str:
    """Where a promise stands, in a word or two."""
    return {
        PromiseState.OPEN: _("open"),
        PromiseState.LATE: _("late"),
        PromiseState.KEPT: _("kept"),
        PromiseState.KEPT_LATE: _("kept late"),
        PromiseState.BROKEN: _("broken"),
    }[state]


def tone_title(tone: Tone) -> str:
    """How the condition of a gate stands, in a word."""
    return {"ok": _("holds"), "open": _("open"), "late": _("late"), "unknown": _("not known")}[tone]


def step_kind_title(kind: StepKind) -> str:
    """What somebody does for a next step."""
    return {
        "rate": _("Rate"),
        "verify": _("Verify"),
        "call": _("Call"),
        "enter": _("Enter"),
        "decide": _("Decide"),
        "plan": _("Plan"),
        "prepare": _("Prepare"),
    }[kind]


def unit_title(unit: str) -> str:
    """The unit of a KPI as people write it."""
    return {
        "percent": "%",
        "cars": _("cars"),
        "count": _("number"),
        "days": _("days"),
        "hours": _("hours"),
        "hours-per-order": _("hours per order"),
        "index": _("index"),
        "minutes": _("minutes"),
        "money": _("money"),
        "money-per-hour": _("money per hour"),
        "per-hundred": _("per 100"),
        "per-thousand": _("per 1,000"),
        "per-million": _("per million"),
        "per-year": _("per year"),
        "points": _("points"),
        "ratio": _("ratio"),
        "stars": _("stars"),
    }.get(unit, unit.replace("-", " "))
