"""Where words are typed a letter is a letter: no field of the screen lets a key through to the ratings."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from qma_app.domain.rating import Outcome
from tests.ui.checklists.conftest import CTRL, GREETING, PRICE, SHIFT, WAITING, WALK_ROUND, Hands
from ui.widgets.note_edit import PAUSE_MS

Key = Qt.Key
LETTERS = "1234567890nusjkefxai"


def _note(hands: Hands) -> QWidget:
    hands.press(Key.Key_Return)
    return hands.page.columns.inspector.note


def _large_note(hands: Hands) -> QWidget:
    hands.press(Key.Key_F11)
    hands.press(Key.Key_Return)
    return hands.page.focus.note


def _reason(hands: Hands) -> QWidget:
    hands.press(Key.Key_N)
    hands.page.columns.middle.reason.field.clear()
    return hands.page.columns.middle.reason.field


def _large_reason(hands: Hands) -> QWidget:
    hands.press(Key.Key_F11)
    return _reason(hands)


def _record(hands: Hands) -> QWidget:
    hands.press(Key.Key_X)
    hands.press(Key.Key_Return)
    return hands.page.columns.inspector.sample.name


def _search(hands: Hands) -> QWidget:
    hands.press(Key.Key_F, CTRL)
    return hands.page.columns.middle.search


@pytest.mark.parametrize("open_field", [_note, _large_note, _reason, _large_reason, _record, _search])
def test_letters_and_digits_are_typed_into_each_field(
    hands: Hands, open_field: Callable[[Hands], QWidget]
) -> None:
    hands.at(WALK_ROUND)
    field = open_field(hands)
    assert hands.holder() is field
    hands.type(LETTERS)
    assert isinstance(field, QLineEdit | QPlainTextEdit)
    typed = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
    assert typed == LETTERS
    assert hands.outcome(WALK_ROUND) is Outcome.OPEN
    assert hands.findings() == ()


@pytest.mark.parametrize("open_field", [_note, _reason, _record, _search])
def test_keys_a_field_has_no_use_for_do_not_reach_the_list(
    hands: Hands, open_field: Callable[[Hands], QWidget]
) -> None:
    hands.press(Key.Key_4)
    hands.at(WALK_ROUND)
    field = open_field(hands)
    for key in (Key.Key_Up, Key.Key_PageUp, Key.Key_Backspace):
        hands.press(key)
    assert hands.holder() is field
    assert hands.current == WALK_ROUND
    assert hands.points(GREETING) == 8


def test_letters_are_typed_into_the_statement_of_a_finding(hands: Hands) -> None:
    hands.press(Key.Key_F)
    statement = hands.page.columns.inspector.findings.editor.statement
    hands.type(LETTERS)
    assert statement.toPlainText() == LETTERS
    assert hands.outcome(GREETING) is Outcome.OPEN
    assert len(hands.findings()) == 1


def test_keys_the_question_does_not_know_never_reach_the_list_behind(hands: Hands) -> None:
    """With the keyboard on a button of the question a digit must not rate the checkpoint below it."""
    hands.press(Key.Key_N)
    hands.press(Key.Key_Tab)
    hands.press(Key.Key_4)
    hands.press(Key.Key_J)
    assert hands.rating(GREETING) is None
    assert hands.current == GREETING


def test_a_note_is_stored_a_moment_after_the_last_key(hands: Hands) -> None:
    hands.press(Key.Key_Return)
    hands.type("Late")
    assert hands.rating(GREETING) is None

    def is_stored() -> bool:
        rating = hands.rating(GREETING)
        return rating is not None and rating.note == "Late"

    hands.qtbot.waitUntil(is_stored, timeout=PAUSE_MS + 3000)
    assert hands.holder() is hands.page.columns.inspector.note


def test_a_note_is_stored_when_its_field_is_left(hands: Hands) -> None:
    hands.press(Key.Key_Return)
    hands.type("Late")
    hands.page.columns.middle.list.setFocus()
    rating = hands.rating(GREETING)
    assert rating is not None
    assert rating.note == "Late"


def test_a_note_is_stored_for_its_own_checkpoint_when_another_one_comes(hands: Hands) -> None:
    hands.press(Key.Key_Return)
    hands.type("Late")
    hands.page.way.open_checkpoint(WAITING)
    hands.page.showing.show_checkpoint()
    rating = hands.rating(GREETING)
    assert rating is not None
    assert rating.note == "Late"
    assert hands.rating(WAITING) is None
    assert hands.page.columns.inspector.note.toPlainText() == ""


def test_a_note_is_stored_in_its_own_assessment_when_another_one_is_opened(hands: Hands) -> None:
    hands.press(Key.Key_Return)
    hands.type("Late")
    hands.page.columns.inspector.history.opened.emit(hands.page.columns.inspector.history.cells[0].key)
    rating = hands.rating(GREETING)
    assert rating is not None
    assert rating.note == "Late"


def test_a_note_is_stored_when_the_window_closes(hands: Hands) -> None:
    hands.press(Key.Key_Return)
    hands.type("Late")
    hands.window.close()
    rating = hands.rating(GREETING)
    assert rating is not None
    assert rating.note == "Late"


def test_typing_one_note_is_one_step_of_undo(hands: Hands) -> None:
    hands.press(Key.Key_Return)
    for words in ("Two orders ", "without a time"):
        hands.type(words)
        hands.page.flush()
    hands.press(Key.Key_Escape)
    hands.press(Key.Key_Z, CTRL)
    assert hands.rating(GREETING) is None
    hands.press(Key.Key_Z, CTRL | SHIFT)
    rating = hands.rating(GREETING)
    assert rating is not None
    assert rating.note == "Two orders without a time"


def test_words_typed_again_after_the_field_was_left_are_a_step_of_their_own(hands: Hands) -> None:
    for words in ("First", " second"):
        hands.press(Key.Key_Return)
        hands.type(words)
        hands.press(Key.Key_Escape)
    hands.press(Key.Key_Z, CTRL)
    rating = hands.rating(GREETING)
    assert rating is not None
    assert rating.note == "First"


def test_a_note_that_cannot_be_stored_stays_and_is_tried_again(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qma_app.errors import StorageTrouble
    from qma_app.services import ratings

    def refuse(*_args: object, **_given: object) -> None:
        raise StorageTrouble("The disk is full.", code="disk.full")

    note = hands.page.columns.inspector.note
    hands.press(Key.Key_Return)
    hands.type("Late")
    with monkeypatch.context() as trouble:
        trouble.setattr(ratings, "write_note", refuse)
        hands.press(Key.Key_Escape)
        assert note.toPlainText() == "Late"
        hands.at(PRICE)
        assert note.toPlainText() == ""
    hands.at(GREETING)
    assert note.toPlainText() == "Late"
    hands.page.flush()
    rating = hands.rating(GREETING)
    assert rating is not None
    assert rating.note == "Late"
