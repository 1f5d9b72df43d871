"""From the first start to the first PDF: three actions with the sample, five steps with one's own dealership."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from qma_app.services import sample
from qma_app.services.workspace import Workspace, open_workspace
from tests.reports.reading_back import quick_words
from tests.services.sample.made import made_sample
from tests.ui.answering import Answer
from ui.app import Coach
from ui.dialogs.new_dealership import FirstAreaDialog, NewDealershipDialog
from ui.pages.reports_page import ReportsPage
from ui.pages.welcome import WelcomePage

CONTROL = Qt.KeyboardModifier.ControlModifier


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key, wherever the focus is."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


def preview_and_save(qtbot: QtBot, coach: Coach) -> Path:
    """Ctrl+P, then Enter once the pages stand there; gives the file."""
    press(Qt.Key.Key_P, CONTROL)
    page = coach.window.current_page
    assert isinstance(page, ReportsPage)
    qtbot.waitUntil(lambda: page.preview.page_count > 0, timeout=30_000)
    with qtbot.waitSignal(coach.workbench.file_saved, timeout=30_000) as saved:
        press(Qt.Key.Key_Return)
    (path,) = saved.args or [None]
    assert isinstance(path, Path)
    return path


def text_of(path: Path) -> str:
    return quick_words(path.read_bytes())


@pytest.fixture
def _sample_at_hand(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Making the sample takes a quarter of a minute and is tested for itself: here it is copied."""
    made = made_sample(tmp_path_factory).folder

    def make(folder: Path, *, progress: Callable[[float], bool], portfolio: bool) -> Workspace:
        shutil.copytree(made, folder)
        assert progress(1.0)
        return open_workspace(folder)

    monkeypatch.setattr(sample, "make_sample", make)


@pytest.mark.usefixtures("_sample_at_hand")
def test_the_sample_leads_to_its_report_in_three_actions(qtbot: QtBot, coach: Coach) -> None:
    """Click on the sample, Ctrl+P, Enter."""
    welcome = coach.window.stack.currentWidget()
    assert isinstance(welcome, WelcomePage)
    with qtbot.waitSignal(coach.front_door.session.opened, timeout=60_000):
        QTest.mouseClick(welcome.sample_button, Qt.MouseButton.LeftButton)
    text = text_of(preview_and_save(qtbot, coach))
    assert "Autohaus Lindner" in text
    assert "SAMPLE" in text


def test_an_own_dealership_leads_to_its_first_report_in_five_steps(
    qtbot: QtBot, coach: Coach, answer: Answer
) -> None:
    """New dealership with a name, Enter for the area, a digit, Ctrl+P, Enter."""

    def type_name(dialog: QDialog) -> None:
        assert isinstance(dialog, NewDealershipDialog)
        QTest.keyClicks(dialog.name, "Autohaus Probe")
        QTest.keyClick(dialog.name, Qt.Key.Key_Return)

    def take_first_area(dialog: QDialog) -> None:
        assert isinstance(dialog, FirstAreaDialog)
        QTest.keyClick(dialog.areas, Qt.Key.Key_Return)

    answer(type_name, take_first_area)
    QTest.keyClick(coach.window, Qt.Key.Key_N, CONTROL)
    # Without a window manager nobody gives the activation back when a dialog closes.
    coach.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is coach.window)
    press(Qt.Key.Key_4)
    text = text_of(preview_and_save(qtbot, coach))
    assert "Autohaus Probe" in text
    assert "DRAFT" in text
    assert "1 of 468 rated" in text
