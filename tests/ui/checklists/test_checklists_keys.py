"""Every key of the map does what the sheet says, and each edit can be taken back."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from qma_app.domain.finding import FindingGrade
from qma_app.domain.rating import Outcome
from tests.ui.checklists.conftest import (
    COUNT,
    CTRL,
    GREETING,
    NO_MODIFIER,
    OLD_STOCK,
    PRICE,
    SHIFT,
    SIGNATURE,
    WAITING,
    WALK_ROUND,
    Hands,
)
from ui.checklists.keys import Verb, key_lines, verb_of
from ui.widgets import checkpoint_delegate, focus_mode

Key = Qt.Key
STEPS = ((Key.Key_1, 0), (Key.Key_2, 4), (Key.Key_3, 6), (Key.Key_4, 8), (Key.Key_5, 10))


def test_the_list_holds_the_keyboard_at_the_first_unrated_checkpoint(hands: Hands) -> None:
    assert hands.holder() is hands.page.columns.middle.list
    assert hands.current == GREETING


@pytest.mark.parametrize(("key", "points"), STEPS)
def test_a_digit_rates_with_that_step_of_the_scale(hands: Hands, key: Qt.Key, points: int) -> None:
    hands.press(key)
    assert hands.points(GREETING) == points
    assert hands.current == GREETING


def test_a_digit_beyond_the_scale_does_nothing(hands: Hands) -> None:
    for key in (Key.Key_6, Key.Key_9, Key.Key_0):
        hands.press(key)
    assert hands.rating(GREETING) is None


def test_digits_of_the_keypad_rate_too(hands: Hands) -> None:
    hands.press(Key.Key_4, Qt.KeyboardModifier.KeypadModifier)
    assert hands.points(GREETING) == 8


def test_rating_again_is_one_step_of_undo(hands: Hands) -> None:
    hands.press(Key.Key_2)
    hands.press(Key.Key_4)
    hands.press(Key.Key_Z, CTRL)
    assert hands.outcome(GREETING) is Outcome.OPEN
    hands.press(Key.Key_Z, CTRL | SHIFT)
    assert hands.points(GREETING) == 8


def test_undo_goes_back_to_the_checkpoint_and_marks_it(hands: Hands) -> None:
    hands.press(Key.Key_4)
    hands.at(COUNT)
    hands.press(Key.Key_Z, CTRL)
    assert hands.current == GREETING
    assert hands.page.columns.middle.list.rows.marked == {GREETING}
    assert hands.holder() is hands.page.columns.middle.list


@pytest.mark.parametrize(
    ("key", "outcome"), [(Key.Key_N, Outcome.NOT_APPLICABLE), (Key.Key_U, Outcome.NOT_SEEN)]
)
def test_leaving_out_asks_for_the_reason_and_enter_confirms(
    hands: Hands, key: Qt.Key, outcome: Outcome
) -> None:
    hands.press(key)
    assert hands.holder() is hands.page.columns.middle.reason.field
    hands.type("Archive locked")
    hands.press(Key.Key_Return)
    rating = hands.rating(GREETING)
    assert rating is not None
    assert (rating.outcome, rating.reason) == (outcome, "Archive locked")
    assert hands.holder() is hands.page.columns.middle.list
    hands.press(Key.Key_Z, CTRL)
    assert hands.outcome(GREETING) is Outcome.OPEN


def test_enter_alone_takes_the_usual_reason_and_arrows_choose_another(hands: Hands) -> None:
    hands.press(Key.Key_N)
    hands.press(Key.Key_Return)
    first = hands.rating(GREETING)
    hands.press(Key.Key_Down)
    hands.press(Key.Key_N)
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Return)
    second = hands.rating(WALK_ROUND)
    assert first is not None
    assert second is not None
    assert first.reason
    assert second.reason not in ("", first.reason)


def test_alt_and_a_digit_take_a_reason_at_once(hands: Hands) -> None:
    hands.press(Key.Key_U)
    hands.press(Key.Key_2, Qt.KeyboardModifier.AltModifier)
    # A button pressed by its key is shown pressed for a moment before it acts.
    hands.qtbot.waitUntil(partial(_is_not_seen, hands))
    assert hands.holder() is hands.page.columns.middle.list


def _is_not_seen(hands: Hands) -> bool:
    return hands.outcome(GREETING) is Outcome.NOT_SEEN


def test_escape_leaves_the_question_without_an_answer(hands: Hands) -> None:
    hands.press(Key.Key_N)
    hands.press(Key.Key_Escape)
    assert hands.rating(GREETING) is None
    assert hands.holder() is hands.page.columns.middle.list


def test_a_reason_given_before_comes_first_the_next_time(hands: Hands) -> None:
    hands.press(Key.Key_N)
    hands.type("Sold by the sister company")
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Down)
    hands.press(Key.Key_N)
    assert hands.page.columns.middle.reason.field.text() == "Sold by the sister company"


def test_an_empty_reason_is_not_taken(hands: Hands) -> None:
    hands.press(Key.Key_N)
    hands.press(Key.Key_Delete)
    hands.press(Key.Key_Return)
    assert hands.rating(GREETING) is None
    assert hands.page.columns.middle.reason.isVisible()


def test_backspace_clears_the_rating_and_undo_brings_it_back(hands: Hands) -> None:
    hands.press(Key.Key_4)
    hands.bench.close_step()
    hands.press(Key.Key_Backspace)
    assert hands.outcome(GREETING) is Outcome.OPEN
    hands.press(Key.Key_Z, CTRL)
    assert hands.points(GREETING) == 8


def test_arrows_and_j_and_k_move(hands: Hands) -> None:
    hands.press(Key.Key_Down)
    assert hands.current == WALK_ROUND
    hands.press(Key.Key_J)
    assert hands.current == WAITING
    hands.press(Key.Key_K)
    hands.press(Key.Key_Up)
    assert hands.current == GREETING


def test_space_goes_to_the_next_unrated_even_in_the_next_process(hands: Hands) -> None:
    hands.press(Key.Key_4)
    hands.press(Key.Key_Space)
    assert hands.current == WALK_ROUND
    hands.press(Key.Key_4)
    hands.press(Key.Key_Space)
    hands.press(Key.Key_4)
    hands.press(Key.Key_Space)
    assert hands.current == PRICE
    assert hands.shown == [PRICE, SIGNATURE]


def test_shift_space_goes_back_to_the_unrated_before(hands: Hands) -> None:
    hands.at(SIGNATURE)
    hands.press(Key.Key_Space, SHIFT)
    assert hands.current == PRICE
    hands.press(Key.Key_Space, SHIFT)
    assert hands.current == WAITING


def test_enter_edits_the_note_and_escape_stores_and_leaves_it(hands: Hands) -> None:
    hands.press(Key.Key_Return)
    assert hands.holder() is hands.page.columns.inspector.note
    hands.type("Two of ten greeted late")
    hands.press(Key.Key_Escape)
    rating = hands.rating(GREETING)
    assert rating is not None
    assert rating.note == "Two of ten greeted late"
    assert hands.holder() is hands.page.columns.middle.list
    hands.press(Key.Key_Z, CTRL)
    assert hands.page.columns.inspector.note.toPlainText() == ""


def test_f_raises_the_drafted_finding_and_opens_it_for_correction(hands: Hands) -> None:
    hands.press(Key.Key_2)
    hands.press(Key.Key_F)
    (finding,) = hands.findings()
    assert (finding.checkpoint_id, finding.grade) == (GREETING, FindingGrade.MINOR)
    assert finding.statement == "The greeting is missing."
    editor = hands.page.columns.inspector.findings.editor
    assert hands.holder() is editor.statement
    hands.type("Nobody greeted in four of ten arrivals")
    hands.press(Key.Key_Escape)
    (finding,) = hands.findings()
    assert finding.statement == "Nobody greeted in four of ten arrivals"
    assert hands.holder() is hands.page.columns.middle.list
    hands.press(Key.Key_Z, CTRL)
    hands.press(Key.Key_Z, CTRL)
    assert hands.findings() == ()


def test_a_card_that_grows_by_a_finding_moves_those_below_and_undo_moves_them_back(hands: Hands) -> None:
    view = hands.page.columns.middle.list

    def gaps() -> list[int]:
        areas = [view.visualRect(view.rows.index(place)) for place in range(len(hands.shown))]
        return [below.top() - above.bottom() - 1 for above, below in pairwise(areas)]

    hands.press(Key.Key_2)
    before = view.visualRect(view.rows.index(0)).height()
    hands.press(Key.Key_F)
    assert view.visualRect(view.rows.index(0)).height() > before
    assert gaps() == [0, 0]
    hands.press(Key.Key_Escape)
    hands.press(Key.Key_Z, CTRL)
    assert hands.findings() == ()
    assert view.visualRect(view.rows.index(0)).height() == before
    assert gaps() == [0, 0]


def test_the_cells_of_the_current_card_carry_their_keys(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[int] = []
    for where in (checkpoint_delegate, focus_mode):
        monkeypatch.setattr(where, "paint_key", partial(_note_key, painted))
    view = hands.page.columns.middle.list
    view.grab()
    assert painted == [1, 2, 3, 4, 5]
    painted.clear()
    hands.press(Key.Key_F11)
    hands.page.focus.large.grab()
    assert painted[:5] == [1, 2, 3, 4, 5]
    assert hands.page.focus.keys.text().startswith("1 to 5 rate")
    hands.press(Key.Key_F11)
    hands.bench.settings.put("single_letters", False)
    QApplication.processEvents()
    painted.clear()
    view.grab()
    assert painted == []


def _note_key(painted: list[int], *given: object) -> None:
    key = given[2]
    assert isinstance(key, int)
    painted.append(key)


def test_s_takes_over_the_last_points_and_says_so(hands: Hands) -> None:
    hands.press(Key.Key_S)
    rating = hands.rating(GREETING)
    assert rating is not None
    assert (rating.points, rating.is_as_last_time) == (4, True)
    hands.press(Key.Key_Z, CTRL)
    assert hands.outcome(GREETING) is Outcome.OPEN


def test_s_where_nothing_was_rated_before_is_refused_in_words(hands: Hands) -> None:
    hands.at(WAITING)
    with hands.qtbot.waitSignal(hands.bench.failed):
        hands.press(Key.Key_S)
    assert hands.rating(WAITING) is None


def test_x_then_arrows_and_space_tick_the_sample(hands: Hands) -> None:
    hands.at(WALK_ROUND)
    hands.press(Key.Key_X)
    assert hands.holder() is hands.page.columns.inspector.sample.ticks
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Right)
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Space)
    rating = hands.rating(WALK_ROUND)
    assert rating is not None
    assert rating.sample is not None
    assert [record.conforms for record in rating.sample.records[:3]] == [True, False, None]
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Escape)
    assert hands.holder() is hands.page.columns.middle.list
    hands.press(Key.Key_Z, CTRL)
    rating = hands.rating(WALK_ROUND)
    assert rating is not None
    assert rating.sample is not None
    assert [record.conforms for record in rating.sample.records[:2]] == [True, None]


def test_x_without_a_sample_says_so(hands: Hands) -> None:
    with hands.qtbot.waitSignal(hands.bench.told):
        hands.press(Key.Key_X)
    assert hands.holder() is hands.page.columns.middle.list


def test_a_applies_what_the_sample_suggests(hands: Hands) -> None:
    hands.at(WALK_ROUND)
    hands.press(Key.Key_X)
    for place in range(10):
        hands.press(Key.Key_Space)
        if place in (3, 8):
            hands.press(Key.Key_Space)
        hands.press(Key.Key_Right)
    assert "8 of 10 conform — suggests 6 points" in hands.page.columns.inspector.sample.verdict.text()
    hands.press(Key.Key_Escape)
    hands.press(Key.Key_A)
    assert hands.points(WALK_ROUND) == 6


def test_records_of_the_sample_are_named_one_after_the_other(hands: Hands) -> None:
    hands.at(PRICE)
    hands.press(Key.Key_X)
    for name in ("48211", "48290"):
        hands.press(Key.Key_Return)
        hands.type(name)
        hands.press(Key.Key_Return)
    rating = hands.rating(PRICE)
    assert rating is not None
    assert rating.sample is not None
    assert [record.label for record in rating.sample.records[:3]] == ["48211", "48290", ""]
    assert hands.holder() is hands.page.columns.inspector.sample.ticks


def test_ctrl_enter_goes_to_the_next_process(hands: Hands) -> None:
    hands.press(Key.Key_Return, CTRL)
    assert hands.current == PRICE
    hands.press(Key.Key_Return, CTRL)
    assert hands.current == COUNT
    with hands.qtbot.waitSignal(hands.bench.told):
        hands.press(Key.Key_Return, CTRL)


def test_ctrl_tab_goes_to_the_next_area_with_something_open(hands: Hands) -> None:
    hands.press(Key.Key_Tab, CTRL)
    assert hands.current == COUNT


def test_i_hides_and_shows_the_inspector(hands: Hands) -> None:
    columns = hands.page.columns
    assert columns.is_inspector_shown
    hands.press(Key.Key_I)
    assert not columns.is_inspector_shown
    hands.press(Key.Key_I)
    assert columns.is_inspector_shown


def test_e_asks_for_files(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def ask(*args: object) -> tuple[list[str], str]:
        asked.append(args)
        return [], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", ask)
    hands.press(Key.Key_E)
    assert len(asked) == 1


def test_n_on_a_process_leaves_all_of_it_out_with_one_reason(hands: Hands) -> None:
    hands.press(Key.Key_4)
    outline = hands.page.columns.left.outline
    outline.setFocus()
    hands.press(Key.Key_N)
    hands.type("No reception desk at this site")
    hands.press(Key.Key_Return)
    assert {hands.outcome(id) for id in (GREETING, WALK_ROUND, WAITING)} == {Outcome.NOT_APPLICABLE}
    assert hands.outcome(PRICE) is Outcome.OPEN
    hands.press(Key.Key_Z, CTRL)
    assert hands.points(GREETING) == 8
    assert hands.outcome(WAITING) is Outcome.OPEN


def test_f11_shows_one_checkpoint_large_where_all_keys_work(hands: Hands) -> None:
    hands.press(Key.Key_F11)
    assert hands.holder() is hands.page.focus
    hands.press(Key.Key_5)
    hands.press(Key.Key_Space)
    hands.press(Key.Key_U)
    hands.press(Key.Key_Return)
    hands.press(Key.Key_J)
    hands.press(Key.Key_Return)
    hands.type("Seen from two metres")
    hands.press(Key.Key_Escape)
    assert hands.points(GREETING) == 10
    assert hands.outcome(WALK_ROUND) is Outcome.NOT_SEEN
    note = hands.rating(WAITING)
    assert note is not None
    assert note.note == "Seen from two metres"
    hands.press(Key.Key_F11)
    assert hands.holder() is hands.page.columns.middle.list
    assert hands.current == WAITING


def test_rating_moves_on_only_when_that_is_wanted(hands: Hands) -> None:
    hands.bench.settings.put("moves_on", True)
    hands.press(Key.Key_4)
    assert hands.current == WALK_ROUND
    hands.press(Key.Key_S)
    assert hands.current == WAITING
    hands.bench.settings.put("moves_on", False)
    hands.press(Key.Key_4)
    assert hands.current == WAITING


def test_single_letters_and_digits_can_be_switched_off(hands: Hands) -> None:
    hands.bench.settings.put("single_letters", False)
    for key in (Key.Key_4, Key.Key_S, Key.Key_F, Key.Key_N, Key.Key_J):
        hands.press(key)
    assert hands.rating(GREETING) is None
    assert hands.findings() == ()
    assert hands.current == GREETING
    hands.press(Key.Key_Space)
    assert hands.current == WALK_ROUND


def test_everything_is_offered_in_the_palette_too(hands: Hands) -> None:
    commands = {command.title: command for command in hands.page.commands()}
    commands["Rate 8: mostly met"].run()
    assert hands.points(GREETING) == 8
    for line in key_lines():
        assert line.verb is Verb.RATE or line.title in commands
    assert "Complete this assessment" in commands


def test_the_sheet_names_every_key(hands: Hands) -> None:
    keys = " ".join(shortcut.keys for shortcut in hands.page.shortcuts())
    for key in (
        "1-5",
        "N",
        "U",
        "Backspace",
        "Space",
        "Shift+Space",
        "J",
        "K",
        "Return",
        "E",
        "F",
        "S",
        "X",
        "I",
    ):
        assert key in keys
    assert "Ctrl+V" in keys
    assert "Ctrl+Return" in keys


@pytest.mark.parametrize(
    ("code", "text", "points"), [(10, "&", 0), (11, "é", 4), (12, '"', 6), (13, "'", 8), (14, "(", 10)]
)
def test_the_unshifted_number_row_of_a_french_keyboard_rates(
    hands: Hands, code: int, text: str, points: int
) -> None:
    keys = {
        "&": Key.Key_Ampersand,
        "é": Key.Key_Eacute,
        '"': Key.Key_QuoteDbl,
        "'": Key.Key_Apostrophe,
        "(": Key.Key_ParenLeft,
    }
    press = QKeyEvent(QEvent.Type.KeyPress, keys[text].value, NO_MODIFIER, code, 0, 0, text)
    QApplication.sendEvent(hands.holder(), press)
    assert hands.points(GREETING) == points


def test_the_shifted_number_row_of_a_french_keyboard_rates_as_printed(hands: Hands) -> None:
    QApplication.sendEvent(
        hands.holder(), QKeyEvent(QEvent.Type.KeyPress, Key.Key_4.value, SHIFT, 13, 0, 0, "4")
    )
    assert hands.points(GREETING) == 8


def test_signs_beside_the_number_row_rate_nothing(hands: Hands) -> None:
    """A minus or an apostrophe of an English keyboard is no digit of a French one."""
    for key, code, text in (
        (Key.Key_Minus, 20, "-"),
        (Key.Key_Apostrophe, 48, "'"),
        (Key.Key_QuoteDbl, 48, '"'),
    ):
        QApplication.sendEvent(
            hands.holder(), QKeyEvent(QEvent.Type.KeyPress, key.value, NO_MODIFIER, code, 0, 0, text)
        )
    assert hands.rating(GREETING) is None


def test_a_key_held_down_rates_once_but_goes_on_moving(hands: Hands) -> None:
    def held(key: Qt.Key, text: str) -> QKeyEvent:
        return QKeyEvent(QEvent.Type.KeyPress, key.value, NO_MODIFIER, 0, 0, 0, text, True)

    QApplication.sendEvent(hands.holder(), held(Key.Key_4, "4"))
    assert hands.rating(GREETING) is None
    QApplication.sendEvent(hands.holder(), held(Key.Key_J, "j"))
    assert hands.current == WALK_ROUND


def test_keys_with_ctrl_or_alt_are_left_alone() -> None:
    for modifier in (CTRL, Qt.KeyboardModifier.AltModifier):
        for key, text in ((Key.Key_4, "4"), (Key.Key_N, "n"), (Key.Key_F, "f")):
            event = QKeyEvent(QEvent.Type.KeyPress, key.value, modifier, text)
            assert verb_of(event, letters_are_on=True) is None


def test_the_last_process_ends_at_the_last_checkpoint(hands: Hands) -> None:
    hands.at(OLD_STOCK)
    hands.press(Key.Key_Down)
    assert hands.current == OLD_STOCK
