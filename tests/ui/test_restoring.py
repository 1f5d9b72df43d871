"""A backup comes back through the window, and a workspace that cannot be written says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from qma_app.domain.dealership import Dealership
from qma_app.domain.ids import DealershipId
from qma_app.services.backups import back_up_now
from qma_app.services.dealerships import change_dealership
from qma_app.services.workspace import Workspace
from ui.app import Coach
from ui.dialogs.confirm_restore import ConfirmRestoreDialog
from ui.pages.welcome import WelcomePage


@pytest.fixture
def opened(
    open_coach: Callable[[Path | None], Coach], workspace: Workspace, dealership_id: DealershipId
) -> Coach:
    folder = workspace.folder
    workspace.close()
    return open_coach(folder)


def _city(coach: Coach, dealership_id: DealershipId) -> str:
    with coach.workbench.workspace.reading() as reader:
        return reader.get(Dealership, dealership_id).city


def test_a_backup_brings_the_old_state_back_and_keeps_the_newer_one_aside(
    qtbot: QtBot, opened: Coach, dealership_id: DealershipId, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench, session = opened.workbench, opened.front_door.session
    folder = bench.workspace.folder
    file = back_up_now(bench.workspace)
    bench.do(change_dealership, dealership_id, city="Newer")
    monkeypatch.setattr(ConfirmRestoreDialog, "ask", lambda *_question, **_words: True)
    with qtbot.waitSignal(session.opened, timeout=20_000):
        bench.wanted_restore.emit(file)
        assert isinstance(opened.window.stack.currentWidget(), WelcomePage)
    assert bench.workspace.folder == folder
    assert _city(opened, dealership_id) == "Musterstadt"
    assert not bench.can_undo
    assert "is kept in" in opened.window.messages.text
    assert len(list(folder.parent.glob("w-before-restore-*"))) == 1
    page = opened.window.current_page
    assert page is not None


def test_a_file_that_is_no_backup_changes_nothing(
    qtbot: QtBot, opened: Coach, dealership_id: DealershipId, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rubbish = tmp_path / "rubbish.qmabackup"
    rubbish.write_bytes(b"not a backup")
    monkeypatch.setattr(ConfirmRestoreDialog, "ask", lambda *_question, **_words: True)
    with qtbot.waitSignal(opened.front_door.session.failed, timeout=20_000):
        opened.open_path(rubbish)
    assert _city(opened, dealership_id) == "Musterstadt"
    assert opened.window.messages.isVisible()


def test_a_file_of_another_kind_is_named(opened: Coach, tmp_path: Path) -> None:
    opened.open_path(tmp_path / "photo.heic")
    assert "photo.heic is neither" in opened.window.messages.text


def test_without_a_dealership_no_page_can_be_reached(coach: Coach) -> None:
    coach.front_door.errands.show_settings()
    coach.front_door.errands.preview_report()
    assert isinstance(coach.window.stack.currentWidget(), WelcomePage)


def test_a_workspace_that_cannot_be_written_says_so(
    opened: Coach, dealership_id: DealershipId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(opened.workbench.workspace), "is_read_only", property(lambda _self: True))
    opened.front_door._workspace_changed()
    opened.front_door._tell_notices()
    assert "Read only" in opened.window.messages.text
    assert "read only" in opened.window.sidebar._workspace.text()


def test_a_workspace_in_a_synced_place_is_warned_of(opened: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qma_app.folders.synced_place", lambda _path: "OneDrive")
    opened.front_door._tell_notices()
    assert "synced or shared (OneDrive)" in opened.window.messages.text


def test_every_page_offers_its_commands_in_the_palette(opened: Coach) -> None:
    titles = [command.title for command in opened.front_door.palette.commands()]
    assert {"Go to Today", "Back up now", "Quick capture", "New dealership…"} <= set(titles)
    assert {entry.key for entry in opened.window.entries} == set(opened.window.stack.built)
