"""Fixtures on the invented dealership: a test module says `pytest_plugins = ["tests.ui.showroom_fixtures"]`."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qma_app.services.workspace import open_workspace
from tests.builders import an_id
from tests.ui.showroom import DEALERSHIP, a_visited_dealership, ticking
from ui.settings import Settings
from ui.theme import Appearance, ThemeKeeper
from ui.workbench import Workbench


@pytest.fixture(scope="session")
def _showroom_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("showroom") / "w"
    a_visited_dealership(folder).close()
    return folder


@pytest.fixture
def showroom(
    qtbot: QtBot, qapp: QApplication, theme_keeper: ThemeKeeper, _showroom_folder: Path, tmp_path: Path
) -> Iterator[Workbench]:
    """A workbench on a copy of the visited dealership."""
    # Widgets of tests before wait to be deleted; each one more makes every change of style slower.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    shutil.copytree(_showroom_folder, tmp_path / "showroom")
    theme_keeper.apply(Appearance.LIGHT, 100)
    ids = count()
    # With a parent it outlives the jobs that wait to be deleted and hold the last word of it.
    bench = Workbench(Settings(tmp_path / "settings"), qapp)
    bench.use(
        open_workspace(tmp_path / "showroom", clock=ticking(15), new_id=lambda: an_id(f"new {next(ids)}"))
    )
    bench.workspace.store.hurry()
    bench.open_dealership(DEALERSHIP)
    yield bench
    bench.jobs.cancel_all()
    bench.use(None)
