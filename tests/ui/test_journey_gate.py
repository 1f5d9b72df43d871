"""The gate ahead lists its conditions with figures, leads to their records, takes statements and is passed with a reason that stays."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from qma_app.domain.plan import GateStatement
from qma_app.domain.spot import Spot
from tests.ui.answering import Answer
from tests.ui.journey_house import DEALERSHIP, ENGAGEMENT
from ui.dialogs.dialog import Dialog
from ui.journey.gate_dialogs import PassGate, StateCondition
from ui.journey.gate_passed import PassedGate
from ui.journey.plan_view import PlanView
from ui.pages.journey import JourneyPage
from ui.places import place_of
from ui.widgets.buttons import Button
from ui.widgets.labels import PlainLabel

pytest_plugins = ["tests.ui.journey_fixtures"]

RECORDS = "records"


def row_of(plan: PlanView, id: str) -> int:
    return next(place for place, row in enumerate(plan.gate.rows) if row.condition.id == id)


def accept(dialog: QDialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Return)


def test_each_condition_says_its_figures_and_whether_it_holds(plan: PlanView) -> None:
    names = [row.accessibleName() for row in plan.gate.rows]
    assert names == [
        "Every area of the finished waves stands at 75 or above., open, 3 of 7",
        "Records of at least eight weeks show that the new way is used., open, 0 of 7",
        "No major finding is older than 60 days., overdue, 1 open",
        "A management review was held within the last 92 days., open, none held",
    ]
    assert plan.gate.title_label.text() == "To leave Improve, wave 2 · until 9 Jan 2027"


def test_enter_on_a_condition_leads_to_its_record(qtbot: QtBot, plan: PlanView) -> None:
    row = plan.gate.rows[row_of(plan, "no-old-majors")]
    row.setFocus()
    with qtbot.waitSignal(plan.going) as gone:
        qtbot.keyClick(row, Qt.Key.Key_Return)
    assert gone.args[0].page == "findings"
    assert gone.args[0].finding_id


def test_several_records_are_offered_in_a_menu(qtbot: QtBot, plan: PlanView) -> None:
    row = plan.gate.rows[row_of(plan, "wave-level")]
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text()[:3] for action in menu.actions()] == ["MGT", "UCS", "MKT", "HRM"]
    with qtbot.waitSignal(plan.going) as gone:
        menu.actions()[3].trigger()
    menu.close()
    assert gone.args[0].area_id == "people"


def test_arrows_walk_the_conditions(qtbot: QtBot, plan: PlanView) -> None:
    plan.show_gate()
    assert plan.gate.rows[0].hasFocus()
    qtbot.keyClick(plan.gate.rows[0], Qt.Key.Key_Down)
    assert plan.gate.rows[1].hasFocus()
    qtbot.keyClick(plan.gate.rows[1], Qt.Key.Key_Up)
    assert plan.gate.rows[0].hasFocus()


def test_a_step_about_the_gate_leads_into_its_card_and_the_next_look_at_the_plan_does_not(
    page: JourneyPage, plan: PlanView
) -> None:
    page.go(place_of(Spot(page="journey", view="gate"), DEALERSHIP))
    page.take_focus()
    assert page.view == "plan"
    focused = QApplication.focusWidget()
    assert focused is not None
    assert plan.gate.isAncestorOf(focused)
    page.take_focus()
    assert plan.timeline.hasFocus()


def test_a_condition_without_records_is_stated_and_the_statement_taken_back(
    qtbot: QtBot, plan: PlanView, answer: Answer
) -> None:
    def state(dialog: QDialog) -> None:
        assert isinstance(dialog, StateCondition)
        dialog.weeks.setValue(9)
        accept(dialog)
        assert dialog._problem.text().startswith("A statement needs words.")
        QTest.keyClicks(dialog.words, "Ten files of each desk")
        dialog.accept_button.click()

    def take_back(dialog: QDialog) -> None:
        texts = [label.text() for label in dialog.findChildren(PlainLabel)]
        assert any("9 weeks · Ten files of each desk" in text for text in texts)
        back = next(button for button in dialog.findChildren(Button) if button.property("statement"))
        back.click()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    row = plan.gate.rows[row_of(plan, RECORDS)]
    answer(state, take_back)
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Return)
    _choose_last(qtbot)
    assert plan.gate.rows[row_of(plan, RECORDS)].condition.figures == "7 of 7"
    assert plan.window().focusWidget() is plan.gate.rows[row_of(plan, RECORDS)]
    plan.gate.open(plan.gate.rows[row_of(plan, RECORDS)].condition)
    with plan.workbench.workspace.reading() as reader:
        assert reader.all(GateStatement, engagement_id=ENGAGEMENT) == ()
    assert plan.gate.rows[row_of(plan, RECORDS)].condition.figures == "0 of 7"


def _choose_last(qtbot: QtBot) -> None:
    """The last line of the menu that is open, where there is one."""
    menu = QApplication.activePopupWidget()
    if isinstance(menu, QMenu):
        action = menu.actions()[-1]
        menu.close()
        action.trigger()


def test_g_passes_the_gate_only_with_a_reason_and_both_stay_to_be_read(
    qtbot: QtBot, plan: PlanView, answer: Answer
) -> None:
    def pass_it(dialog: QDialog) -> None:
        assert isinstance(dialog, PassGate)
        assert dialog.focusWidget() is dialog.reason
        assert not dialog.accept_button.isEnabled()
        QTest.keyClicks(dialog.reason, "The rest is settled in wave 3")
        accept(dialog)

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, PassedGate)
        texts = " ".join(label.text() for label in dialog.findChildren(PlainLabel))
        assert "The rest is settled in wave 3" in texts
        assert "No major finding is older than 60 days. (1 open)" in texts
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    answer(pass_it, read)
    qtbot.keyClick(plan.timeline, Qt.Key.Key_G)
    assert plan.gate.title_label.text().startswith("To leave Improve, wave 3")
    assert "Improve, wave 2" in plan.gate._kept.text()
    passed = plan.timeline.rows[0].pieces[4]
    assert (passed.mark, passed.is_movable) == ("!", False)
    plan.open(passed)
    plan.workbench.undo()
    assert plan.gate.title_label.text().startswith("To leave Improve, wave 2")


def test_a_day_ahead_is_refused_in_words(plan: PlanView, answer: Answer) -> None:
    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, PassGate)
        QTest.keyClicks(dialog.reason, "in good time")
        dialog.day.show_day(dialog.day.day.replace(year=2027))
        accept(dialog)
        assert isinstance(dialog, Dialog)
        assert "lies ahead" in dialog._problem.text()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    answer(look)
    plan.pass_gate()
    assert plan.gate.title_label.text().startswith("To leave Improve, wave 2")
