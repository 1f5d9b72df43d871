"""A visit by keys alone, in the real window: from Today to a checkpoint, a finding, its undo, and the saved paper."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qma_app.domain.finding import Finding
from ui.app import Coach
from ui.pages.findings import FindingsPage
from ui.pages.reports_page import ReportsPage
from ui.pages.today import TodayPage

pytest_plugins = ["tests.ui.showroom_fixtures"]

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def coach(
    open_coach: Callable[[Path | None], Coach], _showroom_folder: Path, tmp_path: Path
) -> Iterator[Coach]:
    """The program on a copy of the visited dealership."""
    shutil.copytree(_showroom_folder, tmp_path / "showroom")
    coach = open_coach(tmp_path / "showroom")
    coach.window.resize(1440, 900)
    coach.settings.put("reports_folder", str(tmp_path / "papers"))
    yield coach
    page = coach.window.current_page
    if isinstance(page, ReportsPage):
        page.preview.pages.close()


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key, modifier)


def test_a_visit_by_keys_alone(qtbot: QtBot, coach: Coach, tmp_path: Path) -> None:
    window, bench = coach.window, coach.workbench
    assert isinstance(window.current_page, TodayPage)
    press(qtbot, Qt.Key.Key_Return)
    place = window.place()
    assert place is not None
    assert (place.page, place.checkpoint_id) == ("checklists", "data.p1.c4")

    press(qtbot, Qt.Key.Key_4, CTRL)
    findings = window.current_page
    assert isinstance(findings, FindingsPage)
    press(qtbot, Qt.Key.Key_F)
    for letter in "No price on the order":
        qtbot.keyClicks(QApplication.focusWidget(), letter)
    press(qtbot, Qt.Key.Key_Escape)
    assert findings.table.hasFocus()
    with bench.workspace.reading() as reader:
        assert [one.statement for one in reader.all(Finding)][-1] == "No price on the order"
    press(qtbot, Qt.Key.Key_Delete)
    assert window.messages.isVisible()
    press(qtbot, Qt.Key.Key_Z, CTRL)
    assert findings.editor.fields.head.label.text() == "F-013"

    press(qtbot, Qt.Key.Key_P, CTRL)
    reports = window.current_page
    assert isinstance(reports, ReportsPage)
    qtbot.waitUntil(lambda: reports.preview.is_rendered, timeout=20_000)
    reports.take_focus()
    with qtbot.waitSignal(bench.file_saved, timeout=20_000) as saved:
        press(qtbot, Qt.Key.Key_Return)
    assert saved.args[0].read_bytes().startswith(b"%PDF")
    assert coach.settings.recent_papers == (saved.args[0],)

    press(qtbot, Qt.Key.Key_1, CTRL)
    assert isinstance(window.current_page, TodayPage)
    press(qtbot, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.current_page is reports


def test_undo_returns_to_the_finding_it_changed(qtbot: QtBot, coach: Coach) -> None:
    window, bench = coach.window, coach.workbench
    window.go_to_page("findings")
    findings = window.current_page
    assert isinstance(findings, FindingsPage)
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_A, CTRL)
    qtbot.keyClicks(QApplication.focusWidget(), "X")
    press(qtbot, Qt.Key.Key_Escape)
    assert findings.editor.fields.statement.toPlainText() == "X"
    window.go_to_page("today")
    press(qtbot, Qt.Key.Key_Z, CTRL)
    assert window.current_page is findings
    assert findings.editor.fields.head.label.text() == "F-012"
    assert findings.editor.fields.statement.toPlainText() == "Completion time missing on signed orders"
    assert bench.can_redo
