"""The step of the decision: who may take it, what it names, how a condition runs out or is settled, and appeals."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.audit import Audit
from qma_app.domain.certification import Appeal, CertificationDecision, DecisionOutcome
from qma_app.domain.people import Role
from qma_app.domain.result import Verdict
from qma_app.services.deciding import raise_appeal
from tests.services.certified import DECIDED, Certified
from tests.ui.answering import Answer
from tests.ui.audit.decided import Certify, Show
from tests.ui.looking import rich_labels, small_targets, unnamed_controls
from ui.audit.appeal_dialogs import AnswerAppeal, RaiseAppeal
from ui.audit.decide_dialog import DecideDialog, SettleDialog
from ui.audit.decision_view import DecisionView
from ui.audit.digest_row import grouped
from ui.widgets.labels import PlainLabel

pytest_plugins = ["tests.ui.audit.decided_fixtures"]


def view_of(show: Show, certified: Certified) -> DecisionView:
    view = show(DecisionView, certified)
    assert isinstance(view, DecisionView)
    return view


def words_of(view: DecisionView) -> str:
    QApplication.processEvents()  # what was added to a card is shown in the next turn
    return "\n".join(one.text() for one in view.findChildren(PlainLabel) if one.isVisibleTo(view))


def granted(dialog: QDialog) -> None:
    assert isinstance(dialog, DecideDialog)
    dialog.outcomes[DecisionOutcome.GRANTED].click()
    dialog.accept()


def test_every_rule_stands_there_with_its_numbers_beside_the_report_that_is_decided_on(
    show: Show, certified: Certified
) -> None:
    view = view_of(show, certified)
    said = words_of(view)
    assert view.recommended.verdict.text() == "pass"
    assert "Overall level" in said
    assert "100.0%, 80% needed" in said
    assert "1 of 1" in said
    assert certified.audit.number in said
    assert view.report.digest.digest == certified.report.digest
    assert view.report.digest.label.text().split() == [
        certified.report.digest[at : at + 4] for at in range(0, 64, 4)
    ]


def test_the_digest_is_copied_without_its_blanks(show: Show, certified: Certified) -> None:
    view = view_of(show, certified)
    view.report.digest.copy_button.click()
    assert QGuiApplication.clipboard().text() == certified.report.digest


def test_a_decision_maker_decides_and_the_decision_names_the_report(
    show: Show, certified: Certified, answer: Answer
) -> None:
    view = view_of(show, certified)
    answer(granted)
    view.decision.decide_button.click()
    (decision,) = certified.house.all(CertificationDecision)
    assert (decision.outcome, decision.decided_by) == (DecisionOutcome.GRANTED, certified.decider.id)
    assert view.decision.state.text() == "granted"
    assert dict(view.decision.facts.shown) == {
        "Decided on": "30 Jun 2027",
        "Decided by": "Dirk Decider",
        "On the report with SHA-256": grouped(certified.report.digest),
    }
    assert not view.decision.decide_button.isVisibleTo(view)
    assert not view.workbench.can_undo


def test_an_auditor_sees_who_may_decide_and_why_nobody_else(show: Show, certified: Certified) -> None:
    certified.work_as(certified.auditor, Role.AUDITOR)
    view = view_of(show, certified)
    assert not view.decision.decide_button.isVisibleTo(view)
    assert view.decision.why_not.text() == (
        "Dora Auditor is working as Auditor. Only a decision maker decides: change who is working."
    )
    assert {"Dirk Decider", "Olga Other"} <= set(words_of(view).splitlines())
    wanted: list[bool] = []
    view.workbench.wanted_worker_change.connect(lambda: wanted.append(True))
    view.decision.switch_button.click()
    assert wanted == [True]


def test_nothing_better_than_the_recommendation_can_be_chosen(
    show: Show, certify: Certify, answer: Answer
) -> None:
    failed = certify(Verdict.FAIL)
    view = view_of(show, failed)

    def looked_at(dialog: QDialog) -> None:
        assert isinstance(dialog, DecideDialog)
        is_open = {outcome: button.isEnabled() for outcome, button in dialog.outcomes.items()}
        assert is_open == {
            DecisionOutcome.GRANTED: False,
            DecisionOutcome.CONDITIONAL: False,
            DecisionOutcome.REFUSED: True,
        }
        assert not dialog.accept_button.isEnabled()
        dialog.reject()

    answer(looked_at)
    view.decide()
    assert failed.house.all(CertificationDecision) == ()


def test_deciding_less_without_words_is_refused_in_the_dialog_and_can_be_mended_there(
    show: Show, certified: Certified, answer: Answer
) -> None:
    view = view_of(show, certified)

    def refused(dialog: QDialog) -> None:
        assert isinstance(dialog, DecideDialog)
        dialog.outcomes[DecisionOutcome.REFUSED].click()
        dialog.accept()
        assert dialog.isVisible()
        assert "needs a reason" in dialog._problem.text()
        dialog.words.setPlainText("The house was sold last week.")
        dialog.accept()

    answer(refused)
    view.decide()
    (decision,) = certified.house.all(CertificationDecision)
    assert decision.words == "The house was sold last week."
    assert view.decision.words.text() == decision.words


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (0, "90 days left, until 28 Sept 2027"),
        (89, "1 day left, until 28 Sept 2027"),
        (90, "today is the last day"),
        (91, "overdue since 28 Sept 2027"),
    ],
)
def test_a_conditional_decision_counts_its_days_down(
    show: Show, conditional: Certified, after: int, said: str
) -> None:
    conditional.decide(DecisionOutcome.CONDITIONAL)
    conditional.on(DECIDED + timedelta(days=after))
    view = view_of(show, conditional)
    assert view.majors.left.text() == said
    assert view.majors.count.text() == "0 of 1 closed"
    assert [row.line.right for row in view.majors.list.rows] == ["open"]
    assert not view.majors.settle_button.isVisibleTo(view)


def test_an_auditor_begins_the_follow_up_and_is_led_to_its_plan(show: Show, conditional: Certified) -> None:
    conditional.decide(DecisionOutcome.CONDITIONAL)
    conditional.work_as(conditional.auditor, Role.AUDITOR)
    view = view_of(show, conditional)
    places: list[object] = []
    view.going.connect(places.append)
    view.majors.follow_button.click()
    (follow_up,) = (one for one in conditional.house.all(Audit) if one.follows == conditional.audit_id)
    assert [(one.page, one.view, one.assessment_id) for one in places] == [  # type: ignore[attr-defined]  # a Place
        ("audit", "plan", follow_up.assessment_id)
    ]
    assert view.majors.follow_words.text() == f"Follow-up {follow_up.number} is under way."
    assert not view.majors.follow_button.isVisibleTo(view)


def test_a_signed_follow_up_settles_the_condition(show: Show, conditional: Certified, answer: Answer) -> None:
    conditional.grant(DecisionOutcome.CONDITIONAL)
    conditional.house.clock.put(DECIDED + timedelta(days=59))
    conditional.close_majors()
    conditional.audit_again(
        AssessmentKind.FOLLOW_UP_AUDIT, DECIDED + timedelta(days=60), follows=conditional.audit_id
    )
    view = view_of(show, conditional)
    assert view.majors.count.text() == "1 of 1 closed"

    def settled(dialog: QDialog) -> None:
        assert isinstance(dialog, SettleDialog)
        dialog.accept()
        assert not dialog.isVisible(), dialog._problem.text()

    answer(settled)
    view.majors.settle_button.click()
    assert view.decision.state.text() == "granted"
    assert "Before that: granted on condition on 30 Jun 2027 by Dirk Decider" in words_of(view)
    assert not view.majors.isVisibleTo(view)


def test_an_appeal_is_taken_down_and_answered_by_somebody_without_a_part(
    show: Show, certified: Certified, answer: Answer
) -> None:
    decision = certified.decide()
    view = view_of(show, certified)

    def raised(dialog: QDialog) -> None:
        assert isinstance(dialog, RaiseAppeal)
        dialog.who.set_text("Paula Principal")
        dialog.against.setCurrentIndex(1)
        dialog.words.setPlainText("The level is that of another house.")
        dialog.accept()

    def answered(dialog: QDialog) -> None:
        assert isinstance(dialog, AnswerAppeal)
        dialog.words.setPlainText("It is.")
        dialog.outcomes[next(iter(dialog.outcomes))].click()
        dialog.accept()

    answer(raised)
    view.appeals.raise_button.click()
    (appeal,) = certified.house.all(Appeal)
    assert (appeal.decision_id, appeal.raised_by) == (decision.id, "Paula Principal")
    certified.work_as(certified.other)
    view.refresh()
    answer(answered)
    view.answer_appeal(appeal.id)
    assert "It is." in words_of(view)
    assert view.decision.decide_button.isVisibleTo(view)


def test_every_control_has_a_name_and_room(show: Show, conditional: Certified) -> None:
    conditional.decide(DecisionOutcome.CONDITIONAL)
    raise_appeal(
        conditional.workspace,
        conditional.audit_id,
        raised_by="Paula Principal",
        words="<b>We</b> do not agree.",
    )
    view = view_of(show, conditional)
    QApplication.processEvents()
    assert unnamed_controls(view) == []
    assert small_targets(view) == []
    assert rich_labels(view) == []
