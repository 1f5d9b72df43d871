"""The words and tones of what is decided after an audit, the same on every card and in every dialog."""

from __future__ import annotations

from datetime import date

from qma_app.domain.certificate_life import LifeState
from qma_app.domain.certification import (
    Appeal,
    AppealOutcome,
    CertificateEvent,
    CertificateStep,
    DecisionOutcome,
)
from qma_app.domain.people import Role
from qma_app.domain.recommending import RuleNumbers
from qma_app.domain.result import Verdict
from qma_app.domain.wording import role_title
from qma_app.i18n import _, day_text, ngettext
from ui.audit.decision_reading import DecisionDesk, days_left

VERDICT_TONES = {Verdict.PASS: "ok", Verdict.CONDITIONAL: "warn", Verdict.FAIL: "bad"}
OUTCOME_TONES = {
    DecisionOutcome.GRANTED: "ok",
    DecisionOutcome.CONDITIONAL: "warn",
    DecisionOutcome.REFUSED: "bad",
}
LIFE_TONES = {
    LifeState.NOT_YET: "neutral",
    LifeState.VALID: "ok",
    LifeState.CONDITIONAL: "warn",
    LifeState.SUSPENDED: "bad",
    LifeState.WITHDRAWN: "bad",
    LifeState.EXPIRED: "neutral",
}

_COUNTED = ("areas-rated", "criticals")


def outcome_title(outcome: DecisionOutcome) -> str:
    """What was decided in a word or two."""
    return {
        DecisionOutcome.GRANTED: _("granted"),
        DecisionOutcome.CONDITIONAL: _("granted on condition"),
        DecisionOutcome.REFUSED: _("refused"),
    }[outcome]


def outcome_meaning(outcome: DecisionOutcome, days: int) -> str:
    """What follows from it."""
    if outcome is DecisionOutcome.CONDITIONAL:
        return ngettext(
            "Conditional: the majors are closed and looked at again within {days} day.",
            "Conditional: the majors are closed and looked at again within {days} days.",
            days,
        ).format(days=days)
    if outcome is DecisionOutcome.GRANTED:
        return _("Grant: a certificate for three years follows.")
    return _("Refuse: no certificate is issued on this audit.")


def rule_figures(rule: RuleNumbers) -> str:
    """What was reached and what is needed: `85.4 of 80`."""
    if rule.code == "majors":
        return rule.shown
    if rule.code in _COUNTED:
        return _("{done} of {count}").format(done=rule.shown, count=rule.shown_needed)
    return _("{reached}, {needed} needed").format(reached=rule.shown, needed=rule.shown_needed)


def countdown_words(due_on: date, on: date) -> str:
    """How long there still is for the majors."""
    left, day = days_left(due_on, on), day_text(due_on)
    if left > 0:
        words = ngettext("{count} day left, until {day}", "{count} days left, until {day}", left)
        return words.format(count=left, day=day)
    if left == 0:
        return _("today is the last day")
    return _("overdue since {day}").format(day=day)


def why_not_deciding(desk: DecisionDesk) -> str:
    """Why whoever is working cannot decide now; empty where they can."""
    if not desk.audit.is_signed:
        return _("The report is not signed yet: what is decided on is the signed report.")
    if desk.report is None:
        return _("The signed report is not here; restore the backup that holds it.")
    if not desk.deciders:
        return _("Nobody here is certified to decide: note the certificate of a decision maker under People.")
    if desk.decides_now:
        return "" if desk.outcomes else _("The report recommends nothing: it needs a new revision.")
    worker = desk.worker
    if worker is None:
        return _("Nobody is named as working. A decision maker decides: say who is working.")
    name = desk.name_of(worker.person_id)
    if worker.role is not Role.DECISION_MAKER:
        return _("{name} is working as {role}. Only a decision maker decides: change who is working.").format(
            name=name, role=role_title(worker.role)
        )
    own = next((one for one in desk.deciders if one.person.id == worker.person_id), None)
    reasons = " ".join(one.reason for one in own.conflicts) if own is not None else ""
    return _(
        "{name} cannot decide on this audit. {reasons} Somebody else does: change who is working."
    ).format(name=name, reasons=reasons)


def appeal_state(appeal: Appeal) -> tuple[str, str]:
    """Where an appeal stands in a word, and its tone."""
    if appeal.outcome is None:
        return _("open"), "warn"
    return {
        AppealOutcome.UPHELD: (_("upheld"), "ok"),
        AppealOutcome.REJECTED: (_("rejected"), "neutral"),
    }[appeal.outcome]


def step_title(step: CertificateStep) -> str:
    """What happened to a certificate."""
    return {
        CertificateStep.CONFIRMED: _("confirmed"),
        CertificateStep.SUSPENDED: _("suspended"),
        CertificateStep.RESTORED: _("restored"),
        CertificateStep.WITHDRAWN: _("withdrawn"),
    }[step]


def event_words(event: CertificateEvent, name: str) -> str:
    """What happened, when and by whom: `12 Mar 2028 · suspended · E. Beispiel`."""
    return " · ".join(filter(None, (day_text(event.on), step_title(event.step), name)))


def step_button(step: CertificateStep) -> str:
    """The step as a button says it."""
    return {
        CertificateStep.CONFIRMED: _("Confirm…"),
        CertificateStep.SUSPENDED: _("Suspend…"),
        CertificateStep.RESTORED: _("Restore…"),
        CertificateStep.WITHDRAWN: _("Withdraw…"),
    }[step]
