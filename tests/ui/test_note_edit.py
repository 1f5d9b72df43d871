"""What is typed is given on by itself, and a failure never empties the field."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import ThemeKeeper
from ui.widgets import note_edit
from ui.widgets.note_edit import LONGEST_MS, LineEdit, NoteEdit


@pytest.fixture(params=[NoteEdit, LineEdit])
def field(request: pytest.FixtureRequest, qtbot: QtBot, light: ThemeKeeper) -> Iterator[NoteEdit | LineEdit]:
    field: NoteEdit | LineEdit = request.param("Note")
    page = QWidget()
    other = LineEdit("Other")
    other.setObjectName("other")
    column = QVBoxLayout(page)
    column.addWidget(field)
    column.addWidget(other)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitActive(page)
    field.setFocus()
    yield field
    page.close()


def _settled(field: NoteEdit | LineEdit) -> list[str]:
    texts: list[str] = []
    field.settled.connect(texts.append)
    return texts


def test_text_is_given_on_a_moment_after_the_last_key(qtbot: QtBot, field: NoteEdit | LineEdit) -> None:
    assert note_edit.PAUSE_MS == 600
    field._pause._rest.setInterval(1)
    with qtbot.waitSignal(field.settled) as settled:
        QTest.keyClicks(field, "Two orders")
    assert settled.args == ["Two orders"]


def test_leaving_the_field_gives_it_on_at_once(field: NoteEdit | LineEdit) -> None:
    texts = _settled(field)
    QTest.keyClicks(field, "Two")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert texts == ["Two"]


def test_nothing_new_is_not_given_on(field: NoteEdit | LineEdit) -> None:
    field.set_text("As stored")
    texts = _settled(field)
    field.flush()
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert texts == []


def test_text_that_could_not_be_stored_stays_and_is_tried_again(field: NoteEdit | LineEdit) -> None:
    texts = _settled(field)
    QTest.keyClicks(field, "Kept")
    field.flush()
    field.keep_unsaved()
    assert field.is_pending
    field.flush()
    assert texts == ["Kept", "Kept"]


def test_control_z_belongs_to_the_field_while_it_has_something_to_take_back(
    qtbot: QtBot, field: NoteEdit | LineEdit
) -> None:
    from PySide6.QtGui import QKeySequence, QShortcut

    window = field.window()
    taken: list[bool] = []
    QShortcut(QKeySequence("Ctrl+Z"), window).activated.connect(lambda: taken.append(True))
    QTest.keyClicks(field, "word")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert taken == []
    field.set_text("")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert taken == [True]


def test_typing_without_a_pause_is_stored_all_the_same(qtbot: QtBot) -> None:
    """A laptop that dies in the middle of a long note loses a second of it, not all."""
    note = NoteEdit("Note")
    qtbot.addWidget(note)
    given: list[str] = []
    note.settled.connect(given.append)
    note._pause._rest.setInterval(60_000)
    qtbot.keyClicks(note, "no pause")
    qtbot.waitUntil(lambda: given == ["no pause"], timeout=LONGEST_MS + 2_000)
