"""The end of an audit as somebody does it in the window: report, signature, decision, certificate, and what can no longer be changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from qma_app.domain.audit import Audit, AuditLook
from qma_app.domain.audit_path import StepCode
from qma_app.domain.certification import CertificationDecision, DecisionOutcome, IssuedFile, IssuedKind
from qma_app.domain.finding import Finding
from qma_app.domain.people import Role
from qma_app.domain.rating import Rating
from qma_app.domain.result import Verdict
from qma_app.services.paper_verifying import PaperState
from tests.ui.audit.walk import KEY, AuditHands
from tests.ui.audit.walk_house import (
    AUDITOR,
    DECIDED,
    DECIDER,
    SETTLED,
    SIGNED,
)
from tests.ui.hands import CTRL
from ui.audit.certificate_view import CertificateView
from ui.audit.decide_dialog import DecideDialog, SettleDialog
from ui.audit.decision_view import DecisionView
from ui.audit.opening_view import OpeningView
from ui.audit.plan_view import PlanView
from ui.audit.report_view import ReportView
from ui.audit.sign_dialog import SignDialog
from ui.audit.sign_view import SignView
from ui.dialogs.issue_certificate import IssueCertificate
from ui.dialogs.verify_paper import VerifyPaper
from ui.pages.checklists import ChecklistsPage


def write_and_recommend(hands: AuditHands, verdict: Verdict, on: date = SIGNED) -> None:
    """Summary, a remark on each area, limits, and what the rules give is recommended."""
    hands.wait_until(on, 18)
    view = hands.turn_to(ReportView, KEY.Key_R)
    hands.write(view.words.summary, "The house works as the standard asks.")
    for place in range(view.words.area.count()):
        view.words.area.setFocus()
        hands.press(KEY.Key_Home)
        hands.press(KEY.Key_Down, times=place)
        hands.write(view.words.remark, f"Steady work, {place + 1}.")
    hands.write(view.paper_words.notes["limits"], "The paint shop was closed.")
    assert view.recommend.chosen is verdict, view.recommend.rules_say.text()
    hands.click(view.recommend.give_button)
    audit = hands.audit
    assert (audit.recommendation, audit.limits) == (verdict, "The paint shop was closed.")
    hands.rest()


def sign_it(hands: AuditHands) -> Path:
    """The key file and its passphrase are typed; the signed file is saved by itself."""
    view = hands.turn_to(SignView, KEY.Key_L)
    assert view.status() == "Ready to sign"

    def with_key(dialog: SignDialog) -> None:
        hands.use_key(dialog.key, hands.key_file(AUDITOR))
        hands.click(dialog.accept_button)

    hands.expect((SignDialog, with_key))
    saved = hands.save(lambda: hands.click(view.sign_button))
    assert hands.audit.is_signed
    return saved


def nothing_can_be_changed(hands: AuditHands) -> None:
    """Neither rating nor finding nor plan nor meeting takes what is typed after the signature."""
    before = [hands.all(kind) for kind in (Rating, Finding, Audit, AuditLook)]
    opening = hands.step(OpeningView, KEY.Key_O)
    assert opening.words.isReadOnly()
    hands.click(opening.words)
    hands.keys("Later words.")
    plan = hands.turn_to(PlanView, KEY.Key_P)
    for key in (KEY.Key_A, KEY.Key_I, KEY.Key_T, KEY.Key_U, KEY.Key_G):
        hands.press(key)
    assert not plan.timetable.propose_button.isVisible()
    hands.press(KEY.Key_3, CTRL)
    checklists = hands.window.current_page
    assert isinstance(checklists, ChecklistsPage)
    assert checklists.showing.context is not None
    assert checklists.showing.context.is_read_only
    for key in (KEY.Key_1, KEY.Key_F, KEY.Key_O, KEY.Key_Backspace):
        hands.press(key)
    hands.press(KEY.Key_Z, CTRL)
    assert before == [hands.all(kind) for kind in (Rating, Finding, Audit, AuditLook)]


def decide_it(hands: AuditHands, outcome: DecisionOutcome, words: str = "") -> None:
    """Somebody else sits down nine days later and decides on the signed report."""
    hands.clock.put(DECIDED, 9)
    hands.sit_down(Role.DECISION_MAKER, DECIDER, "D-1")
    hands.press(KEY.Key_7, CTRL)
    view = hands.walk_to(DecisionView, StepCode.DECISION)

    def deciding(dialog: DecideDialog) -> None:
        hands.click(dialog.outcomes[outcome])
        if words:
            hands.write(dialog.words, words)
        hands.click(dialog.accept_button)

    hands.expect((DecideDialog, deciding))
    hands.click(view.decision.decide_button)
    decision = hands.all(CertificationDecision)[-1]
    assert decision.outcome is outcome
    (report,) = hands.all(IssuedFile, audit_id=decision.audit_id, kind=IssuedKind.REPORT)
    assert decision.report_digest == report.digest


def certify_it(hands: AuditHands) -> Path:
    """The certificate is granted, signed with the decision maker's own key, and saved."""
    view = hands.turn_to(CertificateView, KEY.Key_E)
    hands.click(view.card.grant_button)
    hands.rest()

    def with_key(dialog: IssueCertificate) -> None:
        hands.use_key(dialog.key, hands.key_file(DECIDER))
        hands.click(dialog.accept_button)

    hands.expect((IssueCertificate, with_key))
    return hands.save(lambda: hands.click(view.card.issue_button))


def check_them(hands: AuditHands, *papers: Path) -> None:
    """Both papers are taken into the dialog, and both are genuine."""
    view = hands.step(CertificateView)

    def both(dialog: VerifyPaper) -> None:
        dialog.take(papers)
        hands.qtbot.waitUntil(lambda: len(dialog._verdicts) == len(papers), timeout=20_000)
        assert [one.state for one in dialog._verdicts.values()] == [PaperState.GENUINE] * len(papers)
        hands.press(KEY.Key_Escape)

    hands.expect((VerifyPaper, both))
    hands.click(view.register.check_button)


def settle_it(hands: AuditHands) -> None:
    """The decision maker sits down again and turns the conditional decision into a full one."""
    hands.clock.put(SETTLED, 9)
    hands.sit_down(Role.DECISION_MAKER, DECIDER, "D-1")
    hands.press(KEY.Key_7, CTRL)
    view = hands.walk_to(DecisionView, StepCode.DECISION)

    def settle(dialog: SettleDialog) -> None:
        hands.click(dialog.accept_button)

    hands.expect((SettleDialog, settle))
    hands.click(view.majors.settle_button)
    decision = hands.all(CertificationDecision)[-1]
    assert (decision.outcome, decision.decided_on) == (DecisionOutcome.GRANTED, SETTLED)
