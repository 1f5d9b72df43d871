"""Management reviews: planned, held, what was said about each input, and decisions that become actions."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from qma_app.domain.action import Action
from qma_app.domain.review import Decision, ManagementReview
from tests.ui.answering import Answer
from tests.ui.journey_house import ENGAGEMENT, TODAY
from tests.ui.turning import back_in, press, turned_to
from ui.dialogs.decision import DecisionDialog
from ui.dialogs.review_day import HoldReview, ReviewDay
from ui.journey.reviews_view import ReviewsView
from ui.pages.journey import JourneyPage

pytest_plugins = ["tests.ui.journey_fixtures", "tests.ui.agreed_fixtures"]


@pytest.fixture
def view(page_agreed: JourneyPage) -> ReviewsView:
    return turned_to(page_agreed, ReviewsView)


def reviews(view: ReviewsView) -> list[ManagementReview]:
    with view.workbench.workspace.reading() as reader:
        return sorted(reader.all(ManagementReview, engagement_id=ENGAGEMENT), key=lambda one: one.number)


def decisions(view: ReviewsView) -> dict[str, Decision]:
    with view.workbench.workspace.reading() as reader:
        return {one.words: one for one in reader.all(Decision, engagement_id=ENGAGEMENT)}


def first_of(view: ReviewsView) -> None:
    """Turn to the review that was held."""
    view.list.select(reviews(view)[0].id)


def held(dialog: QDialog) -> None:
    assert isinstance(dialog, HoldReview)
    assert dialog.led_by.words.text() == "E. Beispiel"
    dialog.accept()


def test_the_next_review_stands_open_with_inputs_of_the_data(
    page_agreed: JourneyPage, view: ReviewsView
) -> None:
    assert page_agreed.head.title.text() == "Management review 2"
    assert "3 December 2026 · planned" in page_agreed.head.detail.text()
    first = view.desk.inputs.blocks[0]
    assert first.title.text() == "1  Actions from previous reviews"
    assert first.figures.text() == "Review before 30 Jun 2026 · Decisions 2 · Shown to be effective 0"
    assert len(view.desk.inputs.blocks) == 12
    assert not first.remark.isVisible()


def test_h_holds_it_with_who_was_expected(
    qtbot: QtBot, page_agreed: JourneyPage, view: ReviewsView, answer: Answer
) -> None:
    answer(held)
    press(qtbot, Qt.Key.Key_H)
    second = reviews(view)[1]
    assert (second.held_on, second.led_by) == (TODAY, "E. Beispiel")
    assert [one.name for one in second.participants] == ["E. Beispiel", "T. Probe"]
    assert view.desk.inputs.blocks[0].remark.isVisible()
    assert not view.hold_button.isVisible()
    assert view.paper_button.accessibleName() == "Minutes on paper"
    assert "led by E. Beispiel" in page_agreed.head.detail.text()


def test_what_is_said_about_an_input_is_stored_and_the_rest_stays(qtbot: QtBot, view: ReviewsView) -> None:
    first_of(view)
    block = next(one for one in view.desk.inputs.blocks if one.code == "context")
    assert block.remark.toPlainText() == "A second brand is talked about for spring."
    block.remark.setFocus()
    qtbot.keyClicks(block.remark, "And a new law. ")
    view.flush()
    review = reviews(view)[0]
    assert {one.input: one.words for one in review.remarks} == {
        "context": "And a new law. A second brand is talked about for spring.",
        "resources": "The quality officer gets one day more a month.",
    }
    assert review.conclusion.startswith("The programme helps")
    view.workbench.undo()
    assert reviews(view)[0].remarks[0].words == "A second brand is talked about for spring."


def test_somebody_more_was_there_and_somebody_was_not(qtbot: QtBot, view: ReviewsView) -> None:
    first_of(view)
    card = view.desk.people
    qtbot.keyClicks(card.who.words, "r. muster")
    qtbot.keyClick(card.who.words, Qt.Key.Key_Return)
    assert [one.name for one in reviews(view)[0].participants] == ["E. Beispiel", "T. Probe", "R. Muster"]
    card.removers[1].click()
    there = reviews(view)[0].participants
    assert [(one.name, one.function) for one in there] == [
        ("E. Beispiel", "Principal"),
        ("R. Muster", "Head of Service"),
    ]


def test_a_decision_is_written_down_by_keys(qtbot: QtBot, view: ReviewsView) -> None:
    first_of(view)
    card = view.desk.decisions
    card.what.setFocus()
    qtbot.keyClicks(card.what, "Train two advisors")
    qtbot.keyClicks(card.who.words, "R. Muster")
    qtbot.keyClicks(card.due.field, "+30")
    qtbot.keyClick(card.what, Qt.Key.Key_Return)
    made = decisions(view)["Train two advisors"]
    assert (made.owner, made.due_on, made.place) == ("R. Muster", date(2026, 12, 21), 3)
    assert (card.what.text(), card.what.hasFocus()) == ("", True)


def test_w_makes_a_decision_an_action_and_enter_opens_it(qtbot: QtBot, view: ReviewsView) -> None:
    first_of(view)
    rows = view.desk.decisions.list
    second = decisions(view)["Meet the parts supplier twice a year"]
    rows.focus(second.id)
    press(qtbot, Qt.Key.Key_W)
    with view.workbench.workspace.reading() as reader:
        action = next(one for one in reader.all(Action) if one.what == second.words)
    assert decisions(view)[second.words].action_id == action.id
    row = next(one for one in rows.rows if one.line.key == second.id)
    assert row.line.right == action.label
    with qtbot.waitSignal(view.going) as gone:
        press(qtbot, Qt.Key.Key_Return)
    assert (gone.args[0].page, gone.args[0].action_id) == ("findings", action.id)


def test_a_decision_is_edited_and_taken_out(qtbot: QtBot, view: ReviewsView, answer: Answer) -> None:
    def corrected(dialog: QDialog) -> None:
        assert isinstance(dialog, DecisionDialog)
        dialog.what.setPlainText("Meet the parts supplier every quarter")
        dialog.accept()

    first_of(view)
    rows = view.desk.decisions.list
    rows.focus(decisions(view)["Meet the parts supplier twice a year"].id)
    answer(corrected)
    press(qtbot, Qt.Key.Key_E)
    changed = decisions(view)["Meet the parts supplier every quarter"]
    back_in(qtbot, view)
    rows.focus(changed.id)
    with qtbot.waitSignal(view.workbench.deleted):
        press(qtbot, Qt.Key.Key_Delete)
    assert list(decisions(view)) == ["Hire a second tester for the workshop"]


def test_n_plans_the_next_one_a_quarter_later(qtbot: QtBot, view: ReviewsView, answer: Answer) -> None:
    def planned(dialog: QDialog) -> None:
        assert isinstance(dialog, ReviewDay)
        assert dialog.day.day == date(2027, 3, 3)
        dialog.accept()

    answer(planned)
    press(qtbot, Qt.Key.Key_N)
    assert [one.planned_on for one in reviews(view)][2] == date(2027, 3, 3)
    assert view.review is not None
    assert view.review.number == 3


def test_a_day_that_is_none_is_said_and_nothing_stored(
    qtbot: QtBot, view: ReviewsView, answer: Answer
) -> None:
    def wrong(dialog: QDialog) -> None:
        assert isinstance(dialog, ReviewDay)
        dialog.day.field.field.setText("32.13.")
        dialog.accept()
        assert "Type a day" in dialog._problem.text()
        dialog.reject()

    answer(wrong)
    press(qtbot, Qt.Key.Key_N)
    assert len(reviews(view)) == 2


def test_m_leads_to_its_paper(qtbot: QtBot, view: ReviewsView) -> None:
    with qtbot.waitSignal(view.going) as gone:
        press(qtbot, Qt.Key.Key_M)
    assert (gone.args[0].page, gone.args[0].view, gone.args[0].paper_of) == ("reports", "review", "2")


def test_delete_takes_a_review_away_and_undo_shows_it_again(qtbot: QtBot, view: ReviewsView) -> None:
    with qtbot.waitSignal(view.workbench.deleted):
        press(qtbot, Qt.Key.Key_Delete)
    assert [one.number for one in reviews(view)] == [1]
    view.workbench.undo()
    assert [one.number for one in reviews(view)] == [1, 2]


def test_without_a_review_one_key_plans_it(qtbot: QtBot, page_begun: JourneyPage, answer: Answer) -> None:
    view = turned_to(page_begun, ReviewsView)
    assert view.empty.button.hasFocus()
    assert page_begun.head.title.text() == "Management reviews"
    answer(lambda dialog: dialog.accept())
    press(qtbot, Qt.Key.Key_N)
    assert [one.number for one in reviews(view)] == [1]
    assert view.desk.people.nothing.isVisible()
