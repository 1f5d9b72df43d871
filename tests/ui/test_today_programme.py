"""Today leads through the visit: its steps are done, ticked and put off by keys, and what was done stays in sight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from qma_app.domain.edition import Direction
from qma_app.domain.ids import EngagementId, TargetId
from qma_app.domain.month import Month
from qma_app.domain.step_mark import StepMark
from qma_app.domain.target import Gain, Target
from qma_app.domain.visit import VisitState
from qma_app.services.actions import plan_action
from qma_app.services.next_steps import next_steps
from qma_app.services.targets import TargetLine
from qma_app.services.today_programme import Effect
from qma_app.services.visits import change_visit, start_visit
from tests.ui.answering import Answer
from tests.ui.looking import rich_labels, small_targets, unnamed_controls
from tests.ui.showroom import ENGAGEMENT, TODAY
from tests.ui.visiting import LATER, SERVICE_MANAGER, Visited, a_visited_programme
from ui.dialogs.postpone_step import PostponeStepDialog
from ui.pages.today import TodayPage
from ui.places import Place
from ui.theme import ThemeKeeper
from ui.today.effect_card import EffectCard
from ui.today.steps_card import SHOWN
from ui.workbench import Workbench

pytest_plugins = ["tests.ui.showroom_fixtures"]


@pytest.fixture
def visited(showroom: Workbench) -> Visited:
    return a_visited_programme(showroom)


@pytest.fixture
def page(qtbot: QtBot, visited: Visited) -> Iterator[TodayPage]:
    page = TodayPage(visited.bench)
    qtbot.addWidget(page)
    page.resize(1230, 790)
    page.refresh()
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    visited.bench.changed.connect(page.apply_changes)
    page.take_focus()
    yield page
    visited.bench.changed.disconnect(page.apply_changes)


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def marks(visited: Visited) -> dict[str, StepMark]:
    with visited.bench.workspace.reading() as reader:
        return {mark.step: mark for mark in reader.all(StepMark)}


def keys_of(page: TodayPage) -> list[str]:
    return [row.line.key for row in page.steps.list.rows]


def test_the_visit_of_today_gives_the_title_and_with_whom_it_is(page: TodayPage) -> None:
    assert page.head._title.text() == "Visit 1 — Service, Parts and accessories"
    detail = page.head._detail.text()
    assert "21 November 2026" in detail
    assert "on site 08:30–16:30" in detail
    assert f"with {SERVICE_MANAGER} (Service)" in detail
    assert page.steps.title_label.text() == "Next steps for this visit"
    assert page.head.begin.isVisible()
    assert page.head.visit.accessibleName() == "Open visit"


def test_what_stands_on_the_agenda_comes_first_without_its_frame(page: TodayPage, visited: Visited) -> None:
    first = visited.items()[1]
    assert [row.line.strong for row in page.steps.list.rows[:3]] == [
        "Opening",
        "Walk the workshop",
        "Closing",
    ]
    page.steps.list.focus(f"item:{first.id}")
    press(Qt.Key.Key_Space)
    assert visited.items()[1].done_at is not None
    shown = {row.line.key: row.line for row in page.steps.list.rows}
    assert shown[f"item:{first.id}"].is_done
    press(Qt.Key.Key_Space)
    assert visited.items()[1].done_at is None


def test_the_visit_starts_from_here_and_its_minutes_are_at_hand(
    qtbot: QtBot, page: TodayPage, visited: Visited
) -> None:
    with qtbot.waitSignal(page.going) as going:
        page.head.begin.click()
    assert going.args == [
        Place(
            page="journey",
            dealership_id=visited.bench.dealership_id,
            view="visits",
            visit_id=visited.today,
        )
    ]
    assert visited.visit().state is VisitState.RUNNING
    assert page.head.visit.accessibleName() == "Visit minutes"
    assert not page.head.begin.isVisible()
    assert "under way for 0 min" in page.head._detail.text()


def test_a_visit_begun_before_the_computer_went_out_is_still_under_way(
    page: TodayPage, visited: Visited, monkeypatch: pytest.MonkeyPatch
) -> None:
    visited.bench.do(start_visit, visited.today)
    begun = visited.visit().clock[0].begun
    later = begun + timedelta(days=1, hours=2)
    monkeypatch.setattr(visited.bench.workspace, "clock", lambda: later)
    page.refresh()
    assert page.head._title.text().startswith("Visit 1")
    assert "under way for 26 h 0 min" in page.head._detail.text()


def test_a_visit_within_the_week_is_named_with_its_distance(page: TodayPage, visited: Visited) -> None:
    visited.bench.do(change_visit, visited.today, planned_on=TODAY + timedelta(days=5), despite=True)
    assert page.head._title.text().startswith("Visit 1")
    assert "in 5 days" in page.head._detail.text()
    assert page.steps.title_label.text() == "Next steps this week"
    assert not page.head.begin.isVisible()
    visited.bench.do(change_visit, visited.today, planned_on=TODAY + timedelta(days=8), despite=True)
    assert page.head._title.text() == "This week"
    assert not page.head.visit.isVisible()
    assert page.head.preview.isVisible()


@pytest.fixture
def week(page: TodayPage, visited: Visited) -> TodayPage:
    """Today without a visit: the steps of the week alone."""
    visited.bench.do(change_visit, visited.today, planned_on=LATER + timedelta(days=2), despite=True)
    visited.bench.forget_undo()
    return page


def test_down_goes_into_the_steps_and_the_arrows_walk_them(week: TodayPage) -> None:
    assert week.hasFocus()
    press(Qt.Key.Key_Down)
    assert week.steps.list.rows[0].hasFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Up)
    assert week.steps.list.rows[1].hasFocus()
    press(Qt.Key.Key_End)
    assert week.steps.list.rows[-1].hasFocus()


def test_space_ticks_a_step_and_opens_it_again(week: TodayPage, visited: Visited) -> None:
    key = keys_of(week)[0]
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    mark = marks(visited)[key]
    assert mark.is_tick
    row = next(row for row in week.steps.list.rows if row.line.key == key)
    assert (row.line.is_done, row.line.right) == (True, "done")
    assert row.hasFocus()
    assert "done" in row.accessibleName()
    press(Qt.Key.Key_Space)
    assert key not in marks(visited)
    visited.bench.undo()
    assert marks(visited)[key].is_tick
    visited.bench.undo()
    assert marks(visited) == {}


def test_a_click_on_the_circle_ticks_and_one_on_the_words_opens(
    qtbot: QtBot, week: TodayPage, visited: Visited
) -> None:
    row = week.steps.list.rows[0]
    with qtbot.assertNotEmitted(week.going):
        QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(14, row.height() // 2))
    assert len(marks(visited)) == 1
    row = week.steps.list.rows[1]
    with qtbot.waitSignal(week.going):
        QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(120, row.height() // 2))
    assert len(marks(visited)) == 1


def test_p_puts_a_step_off_with_a_day_and_a_reason(week: TodayPage, visited: Visited, answer: Answer) -> None:
    key = keys_of(week)[1]

    def put_off(dialog: QDialog) -> None:
        assert isinstance(dialog, PostponeStepDialog)
        QTest.keyClicks(dialog.reason, "The principal is away")
        dialog.until.field.setText("+10")
        dialog.accept()

    answer(put_off)
    week.steps.list.focus(key)
    press(Qt.Key.Key_P)
    mark = marks(visited)[key]
    assert (mark.until, mark.reason) == (TODAY + timedelta(days=10), "The principal is away")
    assert key not in keys_of(week)
    assert week.focusWidget() is week.steps.list.rows[1]
    visited.bench.undo()
    assert key in keys_of(week)


def test_a_step_is_not_put_off_into_the_past_nor_without_a_reason(qtbot: QtBot, light: ThemeKeeper) -> None:
    dialog = PostponeStepDialog(None, "Agree the targets", TODAY, next_visit=LATER)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.accept_button.isEnabled()
    dialog.reason.setText("Waits for the figures")
    for words in ("21.11.2026", "20 Nov 2026", "no day"):
        dialog.until.field.setText(words)
        dialog.accept()
        assert dialog.isVisible()
        assert dialog._problem.isVisible()
    dialog.until.field.setText("22.11.2026")
    answer = dialog.answer()
    assert answer is not None
    assert answer.until == date(2026, 11, 22)
    assert unnamed_controls(dialog) == []


def test_single_letters_can_be_switched_off(week: TodayPage, visited: Visited) -> None:
    visited.bench.settings.put("single_letters", False)
    week.steps.list.focus()
    press(Qt.Key.Key_P)
    assert marks(visited) == {}


def test_the_menu_of_a_step_offers_what_the_keys_do(week: TodayPage) -> None:
    row = week.steps.list.rows[0]
    QTest.keyClick(row, Qt.Key.Key_Menu)
    menu = week.steps.list.menu
    assert menu is not None
    assert [action.text() for action in menu.actions()] == [
        "Do it now\tReturn",
        "Tick it off\tSpace",
        "Put it off…\tP",
    ]
    menu.close()


def test_why_a_step_is_there_is_said(week: TodayPage) -> None:
    row = next(row for row in week.steps.list.rows if row.line.key == "targets")
    assert "Targets for customers, staff and profit" in row.hint_words()


def test_steps_that_are_hidden_can_be_shown(week: TodayPage, visited: Visited) -> None:
    with visited.bench.workspace.reading() as reader:
        count = len(next_steps(reader, ENGAGEMENT, on=TODAY))
    assert len(keys_of(week)) == SHOWN
    week.steps.more_button.click()
    assert len(keys_of(week)) == count


def test_what_goes_for_another_reason_is_not_called_done(page: TodayPage, visited: Visited) -> None:
    page.steps.toggle_all()
    before = {row.line.key for row in page.steps.list.rows}
    visited.bench.do(
        change_visit, visited.today, areas=(), planned_on=LATER + timedelta(days=2), despite=True
    )
    after = {row.line.key for row in page.steps.list.rows}
    assert before - after
    assert not any(row.line.is_done for row in page.steps.list.rows)


def test_overdue_actions_lead_to_their_card(qtbot: QtBot, page: TodayPage, visited: Visited) -> None:
    for days, what in ((2, "Onboarding plan"), (6, "Wrenches calibrated"), (9, "Parts picked")):
        visited.bench.do(
            plan_action,
            engagement_id=ENGAGEMENT,
            what=what,
            owner=SERVICE_MANAGER,
            due_on=TODAY - timedelta(days=days),
        )
    late = page.year.late
    assert late is not None
    assert [(row.step.rest, row.step.right) for row in late.rows] == [
        ("Parts picked", "9 days"),
        ("Wrenches calibrated", "6 days"),
    ]
    assert late._count.text() == "1 more"
    with qtbot.waitSignal(page.going) as going:
        late.rows[0].click()
    assert (going.args[0].page, going.args[0].view) == ("findings", "board")


def test_cards_without_records_are_not_there(page: TodayPage) -> None:
    page.show_readiness()
    assert (page.year.effect, page.year.late, page.year.ready) == (None, None, None)


def an_effect(**changes: object) -> Effect:
    target = Target(
        id=TargetId("t"),
        engagement_id=EngagementId("e"),
        gain=Gain.CUSTOMERS,
        kpi="C01",
        goal=Decimal(60),
        start=Decimal(31),
    )
    line = TargetLine(
        target=target,
        kpi_title="C01 Net Promoter Score",
        unit="points",
        direction=Direction.HIGHER,
        now=Fraction(52),
        now_month=Month(2026, 10),
        trend=(None, Fraction(31), None, Fraction(40), Fraction(52)),
        is_reached=False,
    )
    return replace(Effect(line=line, margin=None), **changes)  # type: ignore[arg-type]  # fields of an effect


def test_the_effect_says_start_now_and_how_sure(qtbot: QtBot, light: ThemeKeeper) -> None:
    card = EffectCard()
    qtbot.addWidget(card)
    card.resize(420, 200)
    card.show_effects([an_effect(), an_effect(margin=Fraction(91, 10))])
    card.show()
    first, second = card.rows
    assert first.accessibleName() == "Customer experience, C01 Net Promoter Score, 31 → 52, goal 60"
    assert "±9" in second.accessibleName()
    assert "not reached yet" in first.toolTip()
    assert not card.grab().isNull()
    card.show_effects([])
    assert not card.isVisible()


def test_each_gain_is_shown_before_a_second_target_of_one(qtbot: QtBot, light: ThemeKeeper) -> None:
    def of(gain: Gain, kpi: str) -> Effect:
        effect = an_effect()
        target = replace(effect.line.target, gain=gain, kpi=kpi)
        return replace(effect, line=replace(effect.line, target=target))

    card = EffectCard()
    qtbot.addWidget(card)
    wanted = [("C1", Gain.CUSTOMERS), ("C2", Gain.CUSTOMERS), ("E1", Gain.STAFF), ("P1", Gain.PROFIT)]
    card.show_effects([of(gain, kpi) for kpi, gain in wanted])
    assert [row.effect.line.target.kpi for row in card.rows] == ["C1", "E1", "P1"]
    card.show_effects([of(gain, kpi) for kpi, gain in wanted[:3]])
    assert [row.effect.line.target.kpi for row in card.rows] == ["C1", "C2", "E1"]


@pytest.mark.parametrize("size", [(1230, 790), (960, 560)])
def test_every_control_has_a_name_and_is_large_enough(page: TodayPage, size: tuple[int, int]) -> None:
    page.resize(*size)
    for _turn in range(4):
        QApplication.processEvents()
    assert unnamed_controls(page) == []
    assert small_targets(page) == []
    assert rich_labels(page) == []
