"""A name begun is made whole when the field is left, where it can only be one; other words stay as they are typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.findings.owner_field import OwnerField
from ui.theme import ThemeKeeper

NAMES = ("Anton Beispiel", "Rita Muster", "Rita Mustermann")


@pytest.fixture
def field(qtbot: QtBot, light: ThemeKeeper) -> Iterator[OwnerField]:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    field = OwnerField()
    column.addWidget(field)
    column.addWidget(QLineEdit())
    field.show_people(NAMES)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    field.setFocus()
    yield field
    window.close()


def tab(qtbot: QtBot, field: OwnerField) -> None:
    """Keys go to the names offered while these are shown."""
    qtbot.keyClick(QApplication.activePopupWidget() or field, Qt.Key.Key_Tab)
    assert not field.hasFocus()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("ant", "Anton Beispiel"),
        ("anton beispiel", "Anton Beispiel"),
        ("rita", "rita"),
        ("Rita Muster", "Rita Muster"),
        ("beispiel", "beispiel"),
        ("Somebody else", "Somebody else"),
    ],
)
def test_left_with_tab_the_one_name_that_begins_so_is_taken(
    qtbot: QtBot, field: OwnerField, typed: str, stored: str
) -> None:
    given: list[str] = []
    field.settled.connect(given.append)
    qtbot.keyClicks(field, typed)
    tab(qtbot, field)
    assert field.words.text() == stored
    assert given[-1] == stored


def test_what_was_stored_in_between_is_made_whole_too(qtbot: QtBot, field: OwnerField) -> None:
    given: list[str] = []
    field.settled.connect(given.append)
    field.settled.connect(field.set_text)  # as a panel does that shows what was stored
    qtbot.keyClicks(field, "ant")
    field.flush()
    tab(qtbot, field)
    assert given == ["ant", "Anton Beispiel"]


def test_a_beginning_that_is_stored_or_meant_is_left_alone(qtbot: QtBot, field: OwnerField) -> None:
    field.set_text("Ant")
    tab(qtbot, field)
    assert field.words.text() == "Ant"
    field.set_text("Anton Beispiel")
    field.setFocus()
    field.words.selectAll()
    qtbot.keyClicks(field, "Anton")
    tab(qtbot, field)
    assert field.words.text() == "Anton"
