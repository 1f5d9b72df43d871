"""Single keys act on lists and never while somebody types; digits are found on every keyboard."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QSpinBox,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui.shortcuts import LetterKey, digit_of, is_typing
from ui.widgets.note_edit import LineEdit, NoteEdit


def _editable_box() -> QComboBox:
    box = QComboBox()
    box.setEditable(True)
    return box


FIELDS: dict[str, Callable[[], QWidget]] = {
    "line": QLineEdit,
    "text": QPlainTextEdit,
    "rich text": QTextEdit,
    "number": QSpinBox,
    "date": QDateEdit,
    "box": _editable_box,
    "note": lambda: NoteEdit("Note"),
    "saving line": lambda: LineEdit("Line"),
}


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    page = QWidget()
    QVBoxLayout(page)
    qtbot.addWidget(page)
    return page


def _show(page: QWidget, inner: QWidget) -> None:
    layout = page.layout()
    assert layout is not None
    layout.addWidget(inner)
    page.show()
    page.activateWindow()
    inner.setFocus()
    QTest.qWaitForWindowActive(page)


@pytest.mark.parametrize("kind", FIELDS)
def test_a_letter_is_text_in_every_field(page: QWidget, kind: str) -> None:
    fired: list[str] = []
    for letter in ("F", "N", "U", "8", "?", "Space"):
        LetterKey(letter, page, lambda: fired.append("key"))
    field = FIELDS[kind]()
    _show(page, field)
    for key in (Qt.Key.Key_F, Qt.Key.Key_N, Qt.Key.Key_U, Qt.Key.Key_8, Qt.Key.Key_Space):
        QTest.keyClick(field, key)
    assert fired == []
    assert is_typing(field)


class _Leaky(QLineEdit):
    """A field that lets keys through to shortcuts, as fields of other makers may."""

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride:
            event.ignore()
            return True
        return super().event(event)


def test_a_field_that_lets_keys_through_is_still_a_field(page: QWidget) -> None:
    fired: list[str] = []
    LetterKey("F", page, lambda: fired.append("F"))
    field = _Leaky()
    _show(page, field)
    QTest.keyClick(field, Qt.Key.Key_F)
    assert fired == []


def test_a_letter_acts_where_nobody_types(page: QWidget) -> None:
    fired: list[str] = []
    LetterKey("F", page, lambda: fired.append("F"))
    rows = QListWidget()
    _show(page, rows)
    QTest.keyClick(rows, Qt.Key.Key_F)
    assert fired == ["F"]


def test_letters_can_be_turned_off(page: QWidget) -> None:
    fired: list[str] = []
    is_on = [True]
    LetterKey("F", page, lambda: fired.append("F"), is_on=lambda: is_on[0])
    rows = QListWidget()
    _show(page, rows)
    is_on[0] = False
    QTest.keyClick(rows, Qt.Key.Key_F)
    assert fired == []


def test_a_field_that_can_only_be_read_takes_no_text(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.setReadOnly(True)
    assert not is_typing(field)


def _press(
    text: str, *, scan: int = 0, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, 0, modifiers, scan, 0, 0, text)


@pytest.mark.parametrize("digit", range(10))
def test_printed_digits_are_digits(digit: int) -> None:
    assert digit_of(_press(str(digit))) == digit


@pytest.mark.parametrize(
    ("typed", "digit"),
    [("&", 1), ("é", 2), ('"', 3), ("'", 4), ("(", 5), ("-", 6), ("è", 7), ("_", 8), ("ç", 9), ("à", 0)],
)
def test_the_french_number_row_needs_no_shift(typed: str, digit: int) -> None:
    assert digit_of(_press(typed)) == digit


@pytest.mark.skipif(sys.platform == "darwin", reason="a Mac names places in the row by key code")
@pytest.mark.parametrize("place", range(1, 11))
def test_the_place_in_the_number_row_counts_where_it_is_known(place: int) -> None:
    """A Czech row types letters; scan codes say which key it was."""
    first = 2 if sys.platform == "win32" else 10
    assert digit_of(_press("ě", scan=first + place - 1)) == place % 10


def test_digits_with_control_are_shortcuts_of_the_window() -> None:
    assert digit_of(_press("1", modifiers=Qt.KeyboardModifier.ControlModifier)) is None


def test_letters_are_no_digits() -> None:
    assert digit_of(_press("n", scan=57)) is None
