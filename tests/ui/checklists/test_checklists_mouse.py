"""The mouse is never needed and always possible: cells, outline, ticks, menus, history."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QToolTip

from qma_app.domain.assessment import Assessment
from qma_app.domain.finding import FindingGrade
from qma_app.domain.rating import Outcome
from qma_app.services.findings import raise_finding
from tests.ui.checklists.conftest import COUNT, GREETING, PRICE, SIGNATURE, WAITING, WALK_ROUND, Hands
from ui.widgets.cards import CardRow

Key = Qt.Key


def test_a_click_on_a_cell_rates_that_checkpoint(hands: Hands) -> None:
    viewport = hands.page.columns.middle.list.viewport()
    hands.click(viewport, hands.cell_point(GREETING, 3))
    assert hands.points(GREETING) == 8
    hands.click(viewport, hands.cell_point(WAITING, 1))
    assert hands.points(WAITING) == 4
    assert hands.current == WAITING
    assert hands.holder() is hands.page.columns.middle.list


def test_two_quick_clicks_on_two_cells_are_two_ratings(hands: Hands) -> None:
    viewport = hands.page.columns.middle.list.viewport()
    hands.click(viewport, hands.cell_point(GREETING, 1))
    at = hands.cell_point(GREETING, 4)
    hands.qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=at)
    hands.qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=at)
    assert hands.points(GREETING) == 10


def test_a_click_on_the_last_two_cells_asks_for_the_reason(hands: Hands) -> None:
    viewport = hands.page.columns.middle.list.viewport()
    for cell, outcome in ((5, Outcome.NOT_SEEN), (6, Outcome.NOT_APPLICABLE)):
        hands.click(viewport, hands.cell_point(GREETING, cell))
        hands.press(Key.Key_Return)
        assert hands.outcome(GREETING) is outcome


def test_a_click_beside_the_cells_only_chooses_the_checkpoint(hands: Hands) -> None:
    view = hands.page.columns.middle.list
    hands.click(view.viewport(), view.visualRect(view.rows.index(2)).center() - QPoint(200, 0))
    assert hands.current == WAITING
    assert hands.rating(WAITING) is None


def test_a_press_that_leaves_its_cell_rates_nothing(hands: Hands) -> None:
    viewport = hands.page.columns.middle.list.viewport()
    at = hands.cell_point(GREETING, 3)
    hands.qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=at)
    hands.qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=at - QPoint(300, 0))
    assert hands.rating(GREETING) is None


def test_every_cell_is_as_large_as_a_finger_needs(hands: Hands) -> None:
    card = hands.page.columns.middle.list.cards.card_at(0)
    assert card is not None
    assert all(min(cell.width(), cell.height()) >= 40 for cell in card.cells)


def test_the_pointer_over_a_cell_is_told_word_and_key(hands: Hands) -> None:
    view = hands.page.columns.middle.list
    words = view._tip(hands.cell_point(GREETING, 1).toPointF())
    assert "4: poorly met (key 2)" in words
    assert "last time 4 in Base (S)" in words
    assert "not applicable (N)" in view._tip(hands.cell_point(GREETING, 6).toPointF())
    QToolTip.hideText()


def test_a_click_in_the_outline_opens_the_process_and_gives_the_list_the_keyboard(hands: Hands) -> None:
    outline = hands.page.columns.left.outline
    index = outline.tree.index_of_process(PRICE.rsplit(".", 1)[0])  # type: ignore[arg-type]  # a process's id
    hands.click(outline.viewport(), outline.visualRect(index).center())
    assert hands.shown == [PRICE, SIGNATURE]
    assert hands.current == PRICE
    assert hands.holder() is hands.page.columns.middle.list


def test_a_click_on_an_area_folds_it_and_the_outline_remembers(hands: Hands) -> None:
    outline = hands.page.columns.left.outline
    parts = outline.tree.index(1, 0)
    assert not outline.isExpanded(parts)
    hands.click(outline.viewport(), outline.visualRect(parts).center())
    assert outline.isExpanded(parts)
    hands.page.refresh()
    assert outline.unfolded == {"service", "parts"}
    hands.click(outline.viewport(), outline.visualRect(outline.tree.index(1, 0)).center())
    hands.page.refresh()
    assert outline.unfolded == {"service"}


def test_arrow_keys_in_the_outline_show_each_process_and_keep_the_keyboard(hands: Hands) -> None:
    outline = hands.page.columns.left.outline
    outline.setFocus()
    hands.press(Key.Key_Down)
    assert hands.current == PRICE
    assert hands.holder() is outline
    hands.press(Key.Key_Return)
    assert hands.holder() is hands.page.columns.middle.list


def test_a_click_ticks_a_record(hands: Hands) -> None:
    hands.at(WALK_ROUND)
    ticks = hands.page.columns.inspector.sample.ticks
    for place in (0, 4, 4):
        hands.click(ticks, ticks.area_of(place).center())
    rating = hands.rating(WALK_ROUND)
    assert rating is not None
    assert rating.sample is not None
    assert [rating.sample.records[place].conforms for place in (0, 1, 4)] == [True, None, False]


def test_more_and_fewer_records_can_be_drawn(hands: Hands) -> None:
    hands.at(WALK_ROUND)
    sample = hands.page.columns.inspector.sample
    hands.press(Key.Key_X)
    hands.click(sample.more)
    hands.click(sample.more)
    hands.click(sample.fewer)
    rating = hands.rating(WALK_ROUND)
    assert rating is not None
    assert rating.sample is not None
    assert len(rating.sample.records) == 11


def test_the_menu_of_a_card_holds_everything_for_those_without_letters(hands: Hands) -> None:
    hands.bench.settings.put("single_letters", False)
    view = hands.page.columns.middle.list
    hands.page.acts.show_menu(view.viewport().mapToGlobal(QPoint(10, 10)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    actions = {action.text(): action for action in menu.actions()}
    assert {"Not applicable…", "Not seen…", "Add evidence…", "Raise a finding"} <= set(actions)
    actions["Rate 8: mostly met"].trigger()
    menu.close()
    assert hands.points(GREETING) == 8


def test_a_cell_of_the_history_opens_that_assessment_at_the_same_checkpoint(
    hands: Hands, baseline: Assessment
) -> None:
    hands.at(PRICE)
    history = hands.page.columns.inspector.history
    assert [(cell.label, cell.figure) for cell in history.cells] == [("Base", "0"), ("M6", "–")]
    hands.click(history, history.area_of(0).center())
    assert hands.page.place().assessment_id == baseline.id
    assert hands.current == PRICE


def test_the_window_goes_back_to_where_the_coach_was(hands: Hands, assessment: Assessment) -> None:
    hands.at(PRICE)
    history = hands.page.columns.inspector.history
    hands.click(history, history.area_of(0).center())
    hands.press(Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert hands.page.place().assessment_id == assessment.id
    assert hands.current == PRICE


def test_a_linked_finding_leads_to_the_findings_page(hands: Hands, assessment: Assessment) -> None:
    changes = raise_finding(
        hands.bench.workspace,
        engagement_id=assessment.engagement_id,
        assessment_id=assessment.id,
        checkpoint_id=COUNT,
        grade=FindingGrade.MINOR,
        statement="Bins without a label",
    )
    hands.page.apply_changes(changes)
    hands.at(COUNT)
    row = hands.page.columns.inspector.findings.findChildren(CardRow)[-1]
    with hands.qtbot.waitSignal(hands.page.going) as gone:
        hands.click(row)
    assert gone.args is not None
    assert gone.args[0].page == "findings"
    assert gone.args[0].finding_id == changes.records[0].id


def test_next_process_and_unrated_only_are_buttons_too(hands: Hands) -> None:
    head = hands.page.columns.middle.head
    hands.press(Key.Key_4)
    hands.click(head.unrated)
    assert hands.shown == [WALK_ROUND, WAITING]
    hands.click(head.unrated)
    assert len(hands.shown) == 3
    hands.click(head.next)
    assert hands.current == PRICE


def test_a_large_cell_rates_in_focus_mode(hands: Hands) -> None:
    hands.press(Key.Key_F11)
    hands.qtbot.waitUntil(partial(_has_room, hands))
    large = hands.page.focus.large
    hands.click(large, large.cell_rects()[2].center())
    assert hands.points(GREETING) == 6


def _has_room(hands: Hands) -> bool:
    return hands.page.focus.large.width() > 500
