"""What happened is said once, with what can be done about it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from qma_app.errors import ContentProblems, Problem, StorageTrouble
from ui.theme import ThemeKeeper
from ui.widgets import message_bar
from ui.widgets.buttons import Button
from ui.widgets.message_bar import MessageBar


@pytest.fixture
def bar(qtbot: QtBot, light: ThemeKeeper) -> MessageBar:
    bar = MessageBar()
    qtbot.addWidget(bar)
    return bar


def _button(bar: MessageBar, words: str) -> Button:
    return next(b for b in bar.findChildren(Button) if b.text() == words and b.isVisibleTo(bar))


def test_undo_stands_beside_what_was_deleted(qtbot: QtBot, bar: MessageBar) -> None:
    bar.tell_deleted("Finding F-014 was moved to the bin.")
    assert bar.isVisible()
    with qtbot.waitSignal(bar.undo_wanted):
        QTest.mouseClick(_button(bar, "Undo"), Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_the_chance_to_undo_goes_by_itself(
    qtbot: QtBot, bar: MessageBar, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert message_bar.UNDO_MS == 10_000
    monkeypatch.setattr(message_bar, "UNDO_MS", 1)
    bar.tell_deleted("Gone.")
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_an_error_says_what_happened_and_what_to_do(bar: MessageBar) -> None:
    bar.tell_error(StorageTrouble("The disk is full.", code="disk.full", way_out="Make room.", free=3))
    assert bar.text == "The disk is full. Make room."
    details = bar.findChild(QPlainTextEdit)
    assert isinstance(details, QPlainTextEdit)
    assert not details.isVisible()


def test_details_unfold_and_can_be_copied(bar: MessageBar) -> None:
    bar.tell_error(StorageTrouble("The disk is full.", code="disk.full", free=3))
    QTest.mouseClick(_button(bar, "Details"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(_button(bar, "Copy"), Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert "The disk is full." in copied
    assert "disk.full" in copied
    assert "free: 3" in copied


def test_all_problems_of_a_file_are_among_the_details(bar: MessageBar) -> None:
    problem = Problem(
        code="x", place="srv.yaml line 41", found="two checkpoints with one id", advice="rename one"
    )
    bar.tell_error(ContentProblems("The standard has 1 problem.", [problem]))
    bar.show_details()
    details = bar.findChild(QPlainTextEdit)
    assert isinstance(details, QPlainTextEdit)
    assert "srv.yaml line 41" in details.toPlainText()


def test_an_error_stays_until_it_is_closed(qtbot: QtBot, bar: MessageBar) -> None:
    bar.tell_error(StorageTrouble("The disk is full.", code="disk.full"))
    assert not bar._timer.isActive()
    bar.dismiss()
    assert not bar.isVisible()


def test_a_new_message_takes_the_place_of_the_last(bar: MessageBar) -> None:
    bar.tell_deleted("Gone.")
    bar.tell("Saved.", ("Open", lambda: None))
    visible = [b.text() for b in bar.findChildren(Button) if b.isVisibleTo(bar)]
    assert visible == ["Open"]
    assert bar.text == "Saved."
