"""Actions are chosen, carried and opened on the board by keys and mouse; causes are counted so that a bar lists what it counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qma_app.domain.action import Action, ActionLink, Stage
from qma_app.domain.finding import Finding
from qma_app.domain.ids import ActionId
from qma_app.domain.priority import heavy_actions
from qma_app.domain.verification import Effect
from qma_app.errors import QmaError
from qma_app.services.actions import (
    change_action,
    delete_action,
    drop_action,
    link_action,
    move_action,
    plan_action,
)
from qma_app.services.causes import add_cause
from qma_app.services.findings import change_finding
from qma_app.services.findings_listing import read_actions, read_listing
from qma_app.services.verifying import Target, verify_by_look
from tests.ui.looking import rich_labels, small_targets, unnamed_controls
from tests.ui.showroom import ENGAGEMENT, TODAY, finding_ids, the_standard
from ui.findings.board_column import CardList
from ui.findings.view_switch import View
from ui.models.findings_board import BoardCards, BoardColumnModel
from ui.models.findings_rows import NO_CAUSE, Column, FindingRows, RowFilter, Tab
from ui.pages.findings import FindingsPage
from ui.places import Place
from ui.workbench import Workbench

pytest_plugins = ["tests.ui.showroom_fixtures"]

WHAT = (
    ("Daily check at 08:15", 9, Stage.CHECK, 3),
    ("Order form with a field for the price", 11, Stage.DO, -4),
    ("Calibration list with dates", 6, Stage.PLAN, 10),
    ("Restore rehearsed each quarter", 1, Stage.CHECK, -70),
)


@pytest.fixture
def page(qtbot: QtBot, showroom: Workbench) -> Iterator[FindingsPage]:
    """Findings with four actions, one of them done so long ago that its effect is to be looked at."""
    ids = finding_ids(showroom.workspace)
    for what, number, stage, due in WHAT:
        changes = plan_action(
            showroom.workspace,
            engagement_id=ENGAGEMENT,
            what=what,
            owner="R. Muster",
            due_on=TODAY + timedelta(days=due),
            findings=[ids[number - 1]],
        )
        move_action(showroom.workspace, changes.made(Action).id, stage)
    window = QMainWindow()
    qtbot.addWidget(window)
    page = FindingsPage(showroom)
    window.setCentralWidget(page)
    window.resize(1300, 860)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    showroom.changed.connect(page.apply_changes)
    showroom.where = page.place
    page.refresh()
    page.take_focus()
    yield page
    page.flush()
    showroom.changed.disconnect(page.apply_changes)


def action(bench: Workbench, number: int) -> Action:
    with bench.workspace.reading() as reader:
        return next(one for one in reader.all(Action) if one.number == number)


def on_board(page: FindingsPage) -> list[list[str]]:
    return [[card.action.label for card in column.list.cards.cards] for column in page.views.board.columns]


def view_of(page: FindingsPage) -> View:
    return page.views.view


def shown(page: FindingsPage) -> list[str]:
    model = page.table.findings
    return [model.index(row, Column.NUMBER).data() for row in range(model.rowCount())]


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def test_b_shows_each_action_in_its_stage_and_t_goes_back(qtbot: QtBot, page: FindingsPage) -> None:
    with qtbot.waitSignal(page.went):
        qtbot.keyClick(page.table, Qt.Key.Key_B)
    assert view_of(page) is View.BOARD
    assert on_board(page) == [["A-003"], ["A-002"], ["A-001", "A-004"], []]
    assert page.head.switch.current == "board"
    assert page.status() == "4 of 4 actions shown"
    assert page.editor.isHidden()
    press(qtbot, Qt.Key.Key_T)
    assert view_of(page) is View.TABLE
    assert page.table.hasFocus()


def test_cards_say_what_is_late_and_what_is_to_verify(page: FindingsPage) -> None:
    page.show_view(View.BOARD)
    cards = {
        card.action.label: card for column in page.views.board.columns for card in column.list.cards.cards
    }
    assert cards["A-002"].is_late
    assert cards["A-002"].day_text == "late, 17 Nov"
    assert [label for label, card in cards.items() if card.is_to_verify] == ["A-004"]
    assert "to verify" in cards["A-004"].spoken
    assert cards["A-004"].is_heavy
    assert page.views.board.hint.text() == "1 action late · 1 effect to verify"


def test_arrows_choose_cards_and_walk_over_empty_columns(qtbot: QtBot, page: FindingsPage) -> None:
    page.show_view(View.BOARD)
    board = page.views.board
    press(qtbot, Qt.Key.Key_Right)
    assert board.current_id == action(page.workbench, 2).id
    press(qtbot, Qt.Key.Key_Right)
    press(qtbot, Qt.Key.Key_Down)
    assert board.current_id == action(page.workbench, 4).id
    press(qtbot, Qt.Key.Key_Right)
    assert board.current_id == action(page.workbench, 4).id
    press(qtbot, Qt.Key.Key_Left)
    press(qtbot, Qt.Key.Key_Left)
    assert board.current_id == action(page.workbench, 3).id


@pytest.mark.parametrize(
    ("key", "modifier", "stage"),
    [
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, Stage.CHECK),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier, Stage.PLAN),
        (Qt.Key.Key_Greater, Qt.KeyboardModifier.NoModifier, Stage.CHECK),
        (Qt.Key.Key_Less, Qt.KeyboardModifier.NoModifier, Stage.PLAN),
    ],
)
def test_keys_move_a_card_and_undo_takes_it_back(
    qtbot: QtBot, page: FindingsPage, key: Qt.Key, modifier: Qt.KeyboardModifier, stage: Stage
) -> None:
    page.show_view(View.BOARD)
    page.views.board.select(action(page.workbench, 2).id)
    page.views.board.take_focus()
    press(qtbot, key, modifier)
    assert action(page.workbench, 2).stage is stage
    assert page.views.board.current_id == action(page.workbench, 2).id
    assert isinstance(QApplication.focusWidget(), CardList)
    changes = page.workbench.undo()
    assert changes is not None
    page.mark(changes)
    assert action(page.workbench, 2).stage is Stage.DO
    assert page.views.board.current_id == action(page.workbench, 2).id


def carry(page: FindingsPage, label: str, to: int) -> None:
    """Drag a card with the mouse into the middle of a column."""
    board = page.views.board
    source = next(c.list for c in board.columns for card in c.list.cards.cards if card.action.label == label)
    row = next(place for place, card in enumerate(source.cards.cards) if card.action.label == label)
    start = source.visualRect(source.cards.index(row)).center()
    target = board.columns[to]
    end = source.viewport().mapFromGlobal(target.mapToGlobal(target.rect().center()))
    QTest.mousePress(source.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for at in (start + QPoint(20, 4), end):
        QTest.mouseMove(source.viewport(), at)
    QTest.mouseRelease(source.viewport(), Qt.MouseButton.LeftButton, pos=end)


def test_the_mouse_carries_a_card_into_another_column(page: FindingsPage) -> None:
    page.show_view(View.BOARD)
    carry(page, "A-002", 2)
    assert action(page.workbench, 2).stage is Stage.CHECK
    assert on_board(page)[1] == []
    assert page.views.board._ghost.isHidden()


def test_a_drop_into_act_without_a_shown_effect_is_refused_in_words_and_the_card_goes_back(
    qtbot: QtBot, page: FindingsPage
) -> None:
    page.show_view(View.BOARD)
    before = on_board(page)
    with qtbot.waitSignal(page.workbench.failed) as failed:
        carry(page, "A-001", 3)
    assert isinstance(failed.args[0], QmaError)
    assert "done is not effective" in str(failed.args[0])
    assert on_board(page) == before
    assert page.views.board.current_id == action(page.workbench, 1).id


def test_a_shown_effect_leads_to_act_and_empty_columns_say_what_belongs_there(page: FindingsPage) -> None:
    page.show_view(View.BOARD)
    act = page.views.board.columns[3]
    assert act.nothing.isVisible()
    page.workbench.do(
        verify_by_look,
        Target(action_id=action(page.workbench, 4).id),
        points=None,
        effect=Effect.EFFECTIVE,
        words="Restored on a spare machine.",
    )
    assert on_board(page)[3] == ["A-004"]
    assert act.nothing.isHidden()


def test_enter_opens_the_action_at_its_finding_and_esc_closes_it(qtbot: QtBot, page: FindingsPage) -> None:
    page.show_view(View.BOARD)
    press(qtbot, Qt.Key.Key_Return)
    assert page.editor.isVisible()
    assert page.editor.finding_id == finding_ids(page.workbench.workspace)[5]
    assert page.place().finding_id == page.editor.finding_id
    assert page.place().action_id == action(page.workbench, 3).id
    page.close_panel()
    assert page.editor.isHidden()
    assert isinstance(QApplication.focusWidget(), CardList)


def test_given_up_actions_are_hidden_until_asked_for(page: FindingsPage) -> None:
    page.show_view(View.BOARD)
    board = page.views.board
    assert board.with_dropped.isHidden()
    page.workbench.do(drop_action, action(page.workbench, 3).id, reason="Bought new ones")
    assert on_board(page)[0] == []
    board.with_dropped.setChecked(True)
    assert on_board(page)[0] == ["A-003"]
    assert board.columns[0].list.cards.cards[0].day_text == "given up"


def test_area_owner_and_text_narrow_the_board(page: FindingsPage) -> None:
    page.workbench.do(change_action, action(page.workbench, 1).id, owner="E. Beispiel")
    page.show_view(View.BOARD)
    assert page.filters.tabs.isHidden()
    page.filters.show_filter(RowFilter(tab=Tab.OPEN, owner="E. Beispiel"))
    assert on_board(page) == [[], [], ["A-001"], []]
    page.filters.show_filter(RowFilter(text="torque"))
    assert on_board(page) == [["A-003"], [], [], []]
    service = next(area.id for area in the_standard().areas if area.code == "SRV")
    page.filters.show_filter(RowFilter(area_id=service))
    assert on_board(page) == [["A-003"], ["A-002"], [], []]


def test_priority_orders_the_cards_and_majors_come_first(page: FindingsPage) -> None:
    ids = finding_ids(page.workbench.workspace)
    for effort in (1, 5):
        plan_action(
            page.workbench.workspace,
            engagement_id=ENGAGEMENT,
            what=f"Effort {effort}",
            cx=4,
            ex=4,
            profit=4,
            confidence=100,
            effort=effort,
            findings=[ids[6]],
        )
    page.refresh()
    page.show_view(View.BOARD)
    assert on_board(page)[0] == ["A-003", "A-005", "A-006"]
    assert page.views.board.columns[0].list.cards.cards[1].priority_text == "4.0"


def test_what_counts_as_heavy_is_what_the_rule_says(page: FindingsPage) -> None:
    workspace = page.workbench.workspace
    rows = FindingRows(read_listing(workspace, ENGAGEMENT), lambda _ids: {})
    listing = read_actions(workspace, ENGAGEMENT)
    columns = BoardCards(listing, rows).columns(RowFilter(), with_dropped=True)
    with workspace.reading() as reader:
        heavy = heavy_actions(listing.actions, reader.all(ActionLink), reader.all(Finding), the_standard())
    for cards in columns.values():
        ranks = [card.action.id not in heavy for card in cards]
        assert ranks == sorted(ranks)
    assert heavy


def test_a_place_with_an_action_opens_its_first_finding_or_chooses_its_card(page: FindingsPage) -> None:
    ids = finding_ids(page.workbench.workspace)
    one = action(page.workbench, 3)
    page.workbench.do(link_action, one.id, ids[1])
    page.go(Place(page="findings", action_id=one.id))
    assert view_of(page) is View.TABLE
    assert page.editor.finding_id == ids[1]
    page.go(Place(page="findings", action_id=one.id, view="board"))
    assert view_of(page) is View.BOARD
    assert page.views.board.current_id == one.id
    page.go(Place(page="findings", action_id="gone", view="board"))
    assert page.views.board.current_id == one.id


def test_an_action_that_is_deleted_leaves_the_board_and_its_neighbours_stay(page: FindingsPage) -> None:
    page.show_view(View.BOARD)
    page.workbench.do(delete_action, action(page.workbench, 2).id)
    assert on_board(page) == [["A-003"], [], ["A-001", "A-004"], []]
    page.workbench.undo()
    assert on_board(page)[1] == ["A-002"]


def test_the_table_follows_its_actions(page: FindingsPage) -> None:
    assert page.filters.tabs.tabText(list(Tab).index(Tab.TO_VERIFY)) == "To verify 2"
    page.show_tab(Tab.TO_VERIFY)
    assert shown(page) == ["F-009", "F-001"]
    page.workbench.do(move_action, action(page.workbench, 1).id, Stage.DO)
    assert shown(page) == ["F-001"]
    page.show_tab(Tab.OVERDUE)
    assert shown(page) == ["F-006", "F-005"]
    page.show_tab(Tab.OPEN)
    row = shown(page).index("F-011")
    index = page.table.findings.index(row, Column.STAGE)
    assert index.data() == "Do"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "PDCA: Do, an action is overdue"


def name_cause(page: FindingsPage, number: int, category: str, cost: int | None = None) -> None:
    id = finding_ids(page.workbench.workspace)[number - 1]
    page.workbench.do(add_cause, id, words="Nobody showed it", category=category, is_changeable=True)
    if cost is not None:
        page.workbench.do(change_finding, id, cost=Decimal(cost))


def test_causes_are_counted_and_a_bar_lists_what_it_counts(qtbot: QtBot, page: FindingsPage) -> None:
    for number, category in ((12, "method"), (11, "method"), (9, "people"), (7, "method")):
        name_cause(page, number, category)
    qtbot.keyClick(page.table, Qt.Key.Key_C)
    view = page.views.causes
    assert [bar.accessibleName() for bar in view.by_count.bars] == [
        "Method: 3 (75%), with those before it 75%",
        "People: 1 (25%), with those before it 100%",
    ]
    assert view.by_cost.nothing.isVisible()
    assert not view.by_count.warning.isVisible()
    assert page.status() == "9 findings counted"
    view.by_count.bars[0].setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert view_of(page) is View.TABLE
    assert shown(page) == ["F-012", "F-011", "F-007"]
    assert page.filters.cause.accessibleName() == "Cause: Method"


def test_cost_is_parted_among_causes_and_a_difference_is_told(page: FindingsPage) -> None:
    for number, category in ((12, "method"), (11, "method"), (9, "people"), (8, "people"), (7, "material")):
        name_cause(page, number, category)
    name_cause(page, 12, "people", 100)
    name_cause(page, 7, "material", 9_000)
    page.show_view(View.CAUSES)
    view = page.views.causes
    assert view.shown is not None
    assert {bar.label: int(bar.value) for bar in view.shown.counts.by_cost.bars} == {
        "material": 9_000,
        "method": 50,
        "people": 50,
    }
    assert view.disagree.isVisible()


def test_findings_without_a_cause_are_named_with_a_way_to_them(page: FindingsPage) -> None:
    name_cause(page, 12, "method")
    page.show_view(View.CAUSES)
    item = page.views.causes.without.itemAt(0)
    row = item.widget() if item is not None else None
    assert isinstance(row, QWidget)
    assert row.accessibleName().startswith("8 of 9 findings shown have no root cause")
    row.opened.emit()  # type: ignore[attr-defined]
    assert len(shown(page)) == 8
    assert page.filters.row_filter.cause == NO_CAUSE


def test_too_much_under_other_is_warned_of(page: FindingsPage) -> None:
    for number, category in ((12, "other"), (11, "method"), (9, "method")):
        name_cause(page, number, category)
    page.show_view(View.CAUSES)
    assert page.views.causes.by_count.warning.isVisible()
    assert page.views.causes.by_count.bars[-1].key == "other"


def test_the_age_of_what_is_open_is_told_by_grade(page: FindingsPage) -> None:
    page.show_view(View.CAUSES)
    rows = page.views.causes.ages.rows
    assert [row.accessibleName() for row in rows][:3] == [
        "0 to 30 days: none",
        "31 to 60 days: 3 major, 5 minor, 1 improvement",
        "61 to 90 days: none",
    ]


def test_causes_of_open_findings_stand_under_the_table(qtbot: QtBot, page: FindingsPage) -> None:
    assert page.list.causes.isHidden()
    name_cause(page, 12, "method")
    assert page.list.causes.isVisible()
    bars = page.list.causes.bars
    assert [bar.accessibleName() for bar in bars] == [
        "Method: 1 open finding",
        "No cause named: 8 open findings",
    ]
    qtbot.mouseClick(bars[0], Qt.MouseButton.LeftButton)
    assert shown(page) == ["F-012"]


def test_letters_change_the_view_only_outside_text_fields(qtbot: QtBot, page: FindingsPage) -> None:
    page.filters.text.setFocus()
    qtbot.keyClicks(page.filters.text, "bctv")
    assert view_of(page) is View.TABLE
    assert page.filters.text.text() == "bctv"


def test_evidence_is_the_fourth_view(qtbot: QtBot, page: FindingsPage) -> None:
    qtbot.keyClick(page.table, Qt.Key.Key_V)
    assert view_of(page) is View.EVIDENCE
    assert page.filters.isHidden()
    assert page.place().view == "evidence"
    page.go(Place(page="findings", finding_id=finding_ids(page.workbench.workspace)[8]))
    assert view_of(page) is View.TABLE
    assert page.editor.fields.head.label.text() == "F-009"


def test_tab_comes_to_the_view_before_the_panel(qtbot: QtBot, page: FindingsPage) -> None:
    page.show_view(View.BOARD)
    board = page.views.board
    board.opened.emit(board.current_id)
    page.filters.text.setFocus()
    stops: list[QWidget | None] = []
    for _step in range(7):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        stops.append(QApplication.focusWidget())
    in_panel = [stop is not None and page.editor.isAncestorOf(stop) for stop in stops]
    assert in_panel == sorted(in_panel)
    assert any(in_panel)
    assert not all(in_panel)


def test_the_status_follows_the_evidence(qtbot: QtBot, page: FindingsPage) -> None:
    page.show_view(View.EVIDENCE)
    with qtbot.waitSignal(page.status_changed):
        page.views.evidence.status_changed.emit("")


def test_the_keys_of_the_evidence_stand_once_on_the_sheet(page: FindingsPage) -> None:
    page.show_view(View.EVIDENCE)
    keys = [line.keys for line in page.shortcuts()]
    assert [keys.count(each) for each in ("F, Ctrl+N", "E", "Ctrl+V", "Ctrl+F")] == [1, 1, 1, 1]


def test_every_view_lists_its_keys_and_names_its_controls(page: FindingsPage) -> None:
    for view in (View.TABLE, View.BOARD, View.CAUSES):
        page.show_view(view)
        assert {each.letter for each in View} <= {line.keys for line in page.shortcuts()}
        assert unnamed_controls(page.views) == []
        assert [line for line in small_targets(page.views) if "Bar" not in line] == []
        assert rich_labels(page) == ["QLabel < Board < FindingViews < QStackedWidget"] * (
            view is not View.TABLE
        )
    page.show_view(View.BOARD)
    assert any("<" in line.keys for line in page.shortcuts())


def test_the_plan_goes_out_to_excel_for_all_or_as_filtered(
    qtbot: QtBot, page: FindingsPage, tmp_path: Path
) -> None:
    page.workbench.settings.put("reports_folder", str(tmp_path / "out"))
    service = next(area.id for area in the_standard().areas if area.code == "SRV")
    page.filters.show_filter(RowFilter(area_id=service, owner="R. Muster"))
    page._offer_workbook()
    titles = [each.text() for each in page.head.excel.choices.actions() if each.text()]
    assert titles == [
        "Save the whole action plan",
        "Save the plan of Service",
        "Save the plan of R. Muster",
        "Take in an edited workbook…",
    ]
    with qtbot.waitSignal(page.workbench.file_saved, timeout=20_000) as saved:
        page.head.excel.choices.actions()[1].trigger()
    assert saved.args[0].suffix == ".xlsx"
    assert saved.args[0].exists()


def test_the_board_model_keeps_qts_rules(qtmodeltester: ModelTester, page: FindingsPage) -> None:
    page.show_view(View.BOARD)
    cards = page.views.board.columns[2].list.cards.cards
    model = BoardColumnModel()
    qtmodeltester.check(model)
    model.show_cards(cards)
    model.show_cards(cards[:1])
    model.show_cards([])
    assert model.row_of(ActionId("gone")) is None


def test_the_board_says_what_its_actions_are_worth(page: FindingsPage) -> None:
    bench = page.workbench
    for number, amount in ((1, 900), (2, 400)):
        bench.do(change_action, action(bench, number).id, money_likely=Decimal(amount))
    bench.do(change_action, action(bench, 2).id, counted_in=action(bench, 1).id)
    page.show_view(View.BOARD)
    assert (
        "a year 900 to 900, likely 900, 1 counted in another, 1 not confirmed" in page.views.board.hint.text()
    )
