"""The promise book: kept, late and broken by keys, and what the principal did in a quarter."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from qma_app.domain.promise import SPONSOR_ANSWERS, Promise, PromiseState, SponsorCheck
from qma_app.domain.spot import Spot
from qma_app.services.sponsoring import remove_sponsor_check
from tests.ui.answering import Answer
from tests.ui.journey_house import ENGAGEMENT, TODAY
from tests.ui.turning import back_in, press, turned_to
from ui.dialogs.promise import PromiseDialog
from ui.dialogs.settle_promise import SettlePromise
from ui.journey.promises_view import PromisesView
from ui.pages.journey import JourneyPage
from ui.places import Place, place_of

pytest_plugins = ["tests.ui.journey_fixtures", "tests.ui.agreed_fixtures"]


@pytest.fixture
def view(page_agreed: JourneyPage) -> PromisesView:
    return turned_to(page_agreed, PromisesView)


def promises(view: PromisesView) -> dict[str, Promise]:
    with view.workbench.workspace.reading() as reader:
        return {one.what: one for one in reader.all(Promise, engagement_id=ENGAGEMENT)}


def shown(view: PromisesView) -> list[tuple[str, ...]]:
    return [row.cells for row in view.promises.table.words.rows]


def checks(view: PromisesView) -> dict[str, SponsorCheck]:
    with view.workbench.workspace.reading() as reader:
        return {one.quarter: one for one in reader.all(SponsorCheck, engagement_id=ENGAGEMENT)}


def test_what_waits_stands_first_and_the_head_counts(page_agreed: JourneyPage, view: PromisesView) -> None:
    assert view.promises.table.hasFocus()
    assert [(row[0], row[3]) for row in shown(view)[:3]] == [
        ("Job descriptions for all process owners", "! 18 days late"),
        ("Signed holiday cover for the parts counter", "! 3 days late"),
        ("Send the sample of repair orders", "○ open"),
    ]
    assert page_agreed.head.detail.text() == (
        "6 kept, 1 kept late, 2 late, 1 broken · 60% kept in time · worse than in Q3 2026"
    )


def test_digits_show_late_and_settled_ones(qtbot: QtBot, view: PromisesView) -> None:
    press(qtbot, Qt.Key.Key_2)
    assert [row[1] for row in shown(view)] == ["T. Probe", "A. Vorlage"]
    press(qtbot, Qt.Key.Key_3)
    assert {row[3] for row in shown(view)} == {"✓ kept", "✓ kept late", "✗ broken"}
    assert view.promises.table.hasFocus()
    press(qtbot, Qt.Key.Key_1)
    assert len(shown(view)) == 5


def test_space_keeps_one_today_and_undo_opens_it_again(qtbot: QtBot, view: PromisesView) -> None:
    press(qtbot, Qt.Key.Key_Space)
    kept = promises(view)["Job descriptions for all process owners"]
    assert (kept.kept_on, kept.state_on(TODAY)) == (TODAY, PromiseState.KEPT_LATE)
    assert len(shown(view)) == 4
    assert view.promises.table.hasFocus()
    view.workbench.undo()
    assert promises(view)["Job descriptions for all process owners"].kept_on is None
    assert len(shown(view)) == 5


def test_k_keeps_with_words_and_b_breaks(qtbot: QtBot, view: PromisesView, answer: Answer) -> None:
    def said(dialog: QDialog) -> None:
        assert isinstance(dialog, SettlePromise)
        qtbot.keyClicks(dialog.outcome, "Eleven of twelve are written")
        qtbot.keyClick(dialog.outcome, Qt.Key.Key_Return)

    answer(said)
    press(qtbot, Qt.Key.Key_K)
    kept = promises(view)["Job descriptions for all process owners"]
    assert (kept.kept_on, kept.outcome) == (TODAY, "Eleven of twelve are written")
    back_in(qtbot, view)
    answer(said)
    press(qtbot, Qt.Key.Key_B)
    assert promises(view)["Signed holiday cover for the parts counter"].broken_on == TODAY


def test_a_settled_one_is_opened_again_by_space(qtbot: QtBot, view: PromisesView) -> None:
    press(qtbot, Qt.Key.Key_3)
    view.promises.show_promise(promises(view)["Call two unhappy customers a month"].id)
    press(qtbot, Qt.Key.Key_Space)
    assert promises(view)["Call two unhappy customers a month"].broken_on is None


def test_n_notes_a_promise_of_the_house(qtbot: QtBot, view: PromisesView, answer: Answer) -> None:
    def typed(dialog: QDialog) -> None:
        assert isinstance(dialog, PromiseDialog)
        qtbot.keyClicks(dialog.what, "Show every new tester to the whole team")
        qtbot.keyClicks(dialog.who.words, "R. Muster")
        qtbot.keyClicks(dialog.due.field, "+14")
        qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)

    answer(typed)
    press(qtbot, Qt.Key.Key_N)
    made = promises(view)["Show every new tester to the whole team"]
    assert (made.due_on, made.made_on, made.is_coachs) == (date(2026, 12, 5), TODAY, False)
    assert made.person_id is not None
    assert view.promises.promise is not None
    assert view.promises.promise.id == made.id


def test_a_promise_without_words_is_refused_and_the_dialog_stays(
    qtbot: QtBot, view: PromisesView, answer: Answer
) -> None:
    def empty(dialog: QDialog) -> None:
        assert isinstance(dialog, PromiseDialog)
        dialog.accept()
        assert dialog.isVisible()
        assert "needs words" in dialog._problem.text()
        dialog.reject()

    answer(empty)
    press(qtbot, Qt.Key.Key_N)
    assert len(promises(view)) == 13


def test_of_a_signed_paper_only_what_was_said_is_added(
    qtbot: QtBot, view: PromisesView, answer: Answer
) -> None:
    def added(dialog: QDialog) -> None:
        assert isinstance(dialog, PromiseDialog)
        assert not dialog.what.isEnabled()
        dialog.outcome.setPlainText("At all eight openings")
        dialog.accept()

    press(qtbot, Qt.Key.Key_3)
    charter = promises(view)["Ten minutes at each opening"]
    view.promises.show_promise(charter.id)
    answer(added)
    press(qtbot, Qt.Key.Key_Return)
    stored = promises(view)["Ten minutes at each opening"]
    assert (stored.outcome, stored.kept_on) == ("At all eight openings", charter.kept_on)


def test_delete_moves_it_to_the_bin(qtbot: QtBot, view: PromisesView) -> None:
    with qtbot.waitSignal(view.workbench.deleted):
        press(qtbot, Qt.Key.Key_Delete)
    assert "Job descriptions for all process owners" not in promises(view)


def test_t_shows_the_quarters_as_a_table_of_the_same_figures(qtbot: QtBot, view: PromisesView) -> None:
    assert view.trend.bars.accessibleDescription().startswith("Q1 2026: 1 of 1 kept in time, 100%")
    press(qtbot, Qt.Key.Key_T)
    assert view.trend.table.isVisible()
    assert view.trend.table.words.rows[0].cells == ("Q4 2026", "3", "1", "33%")
    press(qtbot, Qt.Key.Key_T)
    assert view.trend.bars.isVisible()


def test_the_sponsor_check_is_answered_by_keys(qtbot: QtBot, view: PromisesView) -> None:
    view.sponsor.take_focus()
    press(qtbot, Qt.Key.Key_1)
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_2)
    check = checks(view)["2026-Q4"]
    assert [check.answers()[name] for name in SPONSOR_ANSWERS[:3]] == [True, False, None]
    assert view.sponsor.pickers["attends_closing"].hasFocus()
    press(qtbot, Qt.Key.Key_3)
    assert checks(view)["2026-Q4"].attends_closing is None
    assert view.sponsor.pickers["attends_closing"].accessibleName() == (
        "Attends the closing of visits: Not looked at"
    )


def test_the_quarter_that_is_due_stays_until_it_is_answered(qtbot: QtBot, view: PromisesView) -> None:
    view.workbench.do(remove_sponsor_check, checks(view)["2026-Q3"].id)
    assert (str(view.sponsor.quarter), view.sponsor.state.text()) == ("2026-Q3", "due")
    view.sponsor.take_focus()
    press(qtbot, Qt.Key.Key_1)
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_1)
    check = checks(view)["2026-Q3"]
    assert (check.attends_opening, check.attends_closing) == (True, True)
    assert "2026-Q4" not in checks(view)


def test_what_was_missed_twice_is_red_with_words_to_say(view: PromisesView) -> None:
    red = [name for name, picker in view.sponsor.pickers.items() if picker.is_red]
    assert red == ["calls_customers"]
    assert view.sponsor.say.isVisible()
    assert "missed twice" in view.sponsor.pickers["calls_customers"].accessibleName()
    view.sponsor.pickers["calls_customers"].picked.emit(True)
    assert not view.sponsor.say.isVisible()


def test_a_quarter_before_is_looked_at_again(qtbot: QtBot, view: PromisesView) -> None:
    view.quarters.table.setFocus()
    view.quarters.table.select("2026-Q2")
    press(qtbot, Qt.Key.Key_Return)
    assert str(view.sponsor.quarter) == "2026-Q2"
    press(qtbot, Qt.Key.Key_1)
    assert checks(view)["2026-Q2"].holds_reviews is True
    assert str(view.sponsor.quarter) == "2026-Q2"


def test_the_quarter_that_runs_is_none_of_the_quarters_before(qtbot: QtBot, view: PromisesView) -> None:
    before = [row.key for row in view.quarters.table.words.rows]
    view.sponsor.take_focus()
    press(qtbot, Qt.Key.Key_1)
    assert "2026-Q4" in checks(view)
    assert [row.key for row in view.quarters.table.words.rows] == before


def test_few_promises_leave_no_empty_room_below_them(qtbot: QtBot, view: PromisesView) -> None:
    press(qtbot, Qt.Key.Key_2)
    table = view.promises.table
    qtbot.waitUntil(lambda: table.height() == table.maximumHeight())
    below = view.promises.height() - table.mapTo(view.promises, table.rect().bottomLeft()).y()
    assert below < 40
    assert view.trend.y() - view.promises.geometry().bottom() < 30


def test_words_on_a_quarter_are_stored_as_typed(qtbot: QtBot, view: PromisesView) -> None:
    view.sponsor.words.setFocus()
    qtbot.keyClicks(view.sponsor.words, "He asks for figures, not for dates")
    view.flush()
    assert checks(view)["2026-Q4"].words == "He asks for figures, not for dates"


def test_a_step_about_somebodys_promise_leads_to_it(page_agreed: JourneyPage, view: PromisesView) -> None:
    theirs = promises(view)["Walk the parts store together before the next visit"]
    page_agreed.go(Place(page="journey", view="promises", person_id=theirs.person_id))
    assert view.promises.promise is not None
    assert view.promises.promise.who == "R. Muster"


def test_without_promises_one_key_begins(qtbot: QtBot, page_begun: JourneyPage, answer: Answer) -> None:
    view = turned_to(page_begun, PromisesView)
    assert view.promises.empty.button.hasFocus()
    assert not view.trend.isVisible()
    answer(QDialog.reject)
    press(qtbot, Qt.Key.Key_N)
    assert page_begun.head.detail.text() == "No promise of the house was due yet"


def test_a_step_about_the_sponsor_leads_to_its_check(page_agreed: JourneyPage, view: PromisesView) -> None:
    """The promise book stays where everything else about promises begins."""
    for name, card in (("sponsor", view.sponsor), ("promises", view.promises)):
        page_agreed.go(place_of(Spot(page="journey", view=name), None))
        page_agreed.take_focus()
        focused = QApplication.focusWidget()
        assert focused is not None
        assert page_agreed.view == "promises"
        assert card.isAncestorOf(focused)
        assert not focused.visibleRegion().isEmpty()
