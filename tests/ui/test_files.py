"""Files are asked for and offered where there is a folder, not under the name of one that is still to be made."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from ui.dialogs.list_dialog import ask_list_file
from ui.files import nearest_folder
from ui.workbench import Workbench


def test_a_folder_that_is_not_made_yet_gives_way_to_the_nearest_one(tmp_path: Path) -> None:
    assert nearest_folder(tmp_path) == tmp_path
    assert nearest_folder(tmp_path / "QMA Coach" / "2026") == tmp_path
    file = tmp_path / "a file"
    file.touch()
    assert nearest_folder(file) == tmp_path


def test_a_list_is_looked_for_in_a_folder_that_is_there(
    qtbot: QtBot, workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def ask(_parent: QWidget, _title: str, start: str, _kinds: str) -> tuple[str, str]:
        seen.append(start)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    workbench.settings.put("reports_folder", str(tmp_path / "Documents" / "QMA Coach"))
    parent = QWidget()
    qtbot.addWidget(parent)
    assert ask_list_file(parent, workbench, "Take in a list", "Lists (*.csv)") is None
    (tmp_path / "Documents").mkdir()
    assert ask_list_file(parent, workbench, "Take in a list", "Lists (*.csv)") is None
    assert seen == [str(tmp_path), str(tmp_path / "Documents")]
