"""Filters and search on the screen: they keep the place, never make a rated row jump away, and end with Esc."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.checklists.conftest import (
    COUNT,
    CTRL,
    GREETING,
    OLD_STOCK,
    PRICE,
    SIGNATURE,
    WAITING,
    WALK_ROUND,
    Hands,
)
from ui.checklists.filters import Reach, Show

Key = Qt.Key


def test_a_rated_checkpoint_stays_in_sight_while_unrated_only_is_on(hands: Hands) -> None:
    hands.page.way.choose_show(Show.UNRATED)
    hands.press(Key.Key_4)
    assert hands.shown == [GREETING, WALK_ROUND, WAITING]
    assert hands.current == GREETING
    hands.press(Key.Key_Space)
    assert hands.current == WALK_ROUND


def test_the_whole_area_stands_below_process_heads_and_the_outline_follows(hands: Hands) -> None:
    hands.page.way.choose_reach(Reach.AREA)
    view = hands.page.columns.middle.list
    assert hands.shown == [GREETING, WALK_ROUND, WAITING, PRICE, SIGNATURE]
    assert [view.rows.heading_at(place) for place in range(5)] == [
        "SRV-01 Reception",
        "",
        "",
        "SRV-02 Repair order",
        "",
    ]
    hands.page.way.open_checkpoint(PRICE)
    assert hands.page.status().startswith("SRV-02")
    assert hands.page.columns.middle.head.title.text() == "Service"
    hands.press(Key.Key_Return, CTRL)
    assert hands.current == COUNT


def test_a_filter_that_finds_nothing_says_so_and_escape_ends_it(hands: Hands) -> None:
    hands.page.way.choose_show(Show.LOW)
    middle = hands.page.columns.middle
    assert middle.nothing.isVisible()
    assert hands.page.columns.inspector.shown is None
    hands.page.setFocus()
    hands.press(Key.Key_Escape)
    assert middle.list.isVisible()
    assert hands.current == GREETING


def test_the_button_of_an_empty_list_shows_all_again(hands: Hands) -> None:
    hands.page.way.choose_show(Show.LOW)
    hands.click(hands.page.columns.middle.nothing.button)
    assert hands.shown == [GREETING, WALK_ROUND, WAITING]
    assert hands.holder() is hands.page.columns.middle.list


def test_keys_do_nothing_while_the_list_is_empty(hands: Hands) -> None:
    hands.page.way.choose_show(Show.LOW)
    for key in (Key.Key_4, Key.Key_N, Key.Key_F, Key.Key_S, Key.Key_X, Key.Key_Return):
        hands.press(key)
    assert hands.rating(GREETING) is None
    assert hands.findings() == ()


def test_ctrl_f_finds_and_enter_goes_to_what_was_found(hands: Hands) -> None:
    hands.press(Key.Key_F, CTRL)
    hands.type("older than")
    assert hands.shown == [OLD_STOCK]
    hands.press(Key.Key_Return)
    assert hands.holder() is hands.page.columns.middle.list
    hands.press(Key.Key_4)
    assert hands.points(OLD_STOCK) == 8
    hands.press(Key.Key_Escape)
    assert hands.current == OLD_STOCK
    assert hands.shown == [COUNT, OLD_STOCK]
    assert not hands.page.columns.middle.search.isVisible()


def test_escape_in_the_search_ends_it(hands: Hands) -> None:
    hands.press(Key.Key_F, CTRL)
    hands.type("greeting")
    hands.press(Key.Key_Escape)
    assert hands.shown == [GREETING, WALK_ROUND, WAITING]
    assert hands.holder() is hands.page.columns.middle.list


def test_the_filter_stays_on_in_the_next_process_while_it_finds_something(hands: Hands) -> None:
    hands.at(SIGNATURE)
    hands.press(Key.Key_4)
    hands.at(GREETING)
    hands.page.way.choose_show(Show.UNRATED)
    hands.press(Key.Key_Return, CTRL)
    assert hands.shown == [PRICE]
    hands.page.way.choose_show(Show.CRITICAL)
    hands.press(Key.Key_Return, CTRL)
    assert hands.shown == [COUNT, OLD_STOCK]
