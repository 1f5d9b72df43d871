"""Fixtures on the Journey of an invented dealership: a test module says `pytest_plugins = ["tests.ui.journey_fixtures"]`."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from qma_app.services.workspace import open_workspace
from tests.builders import an_id
from tests.ui.journey_house import (
    DEALERSHIP,
    START,
    Clock,
    a_dealership_begun,
    a_dealership_under_way,
    clock_of_today,
)
from ui.journey.plan_view import PlanView
from ui.journey.trends_view import TrendsView
from ui.pages.journey import JourneyPage
from ui.settings import Settings
from ui.theme import Appearance, ThemeKeeper
from ui.workbench import Workbench


@pytest.fixture(scope="session")
def _under_way_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("journey") / "w"
    a_dealership_under_way(folder).close()
    return folder


@pytest.fixture(scope="session")
def _begun_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("journey-begun") / "w"
    a_dealership_begun(folder).close()
    return folder


@pytest.fixture
def bench_on(
    qtbot: QtBot, qapp: QApplication, theme_keeper: ThemeKeeper, tmp_path: Path
) -> Iterator[Callable[..., Workbench]]:
    """A workbench on a copy of a folder, with a clock."""
    # Widgets of tests before wait to be deleted; each one more makes every change of style slower.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    # Left to itself the collector runs in whichever thread allocates, and would end Qt objects of tests before in a worker's.
    gc.disable()
    theme_keeper.apply(Appearance.LIGHT, 100)
    ids, made = count(), []

    def make(folder: Path, clock: Callable[[], object]) -> Workbench:
        shutil.copytree(folder, tmp_path / "journey")
        # With a parent it outlives the jobs that wait to be deleted and hold the last word of it.
        bench = Workbench(Settings(tmp_path / "settings"), qapp)
        bench.use(open_workspace(tmp_path / "journey", clock=clock, new_id=lambda: an_id(f"new {next(ids)}")))  # type: ignore[arg-type]  # a clock of the house
        bench.workspace.store.hurry()
        bench.open_dealership(DEALERSHIP)
        made.append(bench)
        return bench

    yield make
    for bench in made:
        bench.jobs.cancel_all()
        bench.use(None)
    gc.enable()


@pytest.fixture
def bench(bench_on: Callable[..., Workbench], _under_way_folder: Path) -> Workbench:
    """Month nine of eighteen."""
    return bench_on(_under_way_folder, clock_of_today())


@pytest.fixture
def bench_begun(bench_on: Callable[..., Workbench], _begun_folder: Path) -> Workbench:
    """The first day, without a plan."""
    return bench_on(_begun_folder, Clock(START))


def shown_page(qtbot: QtBot, bench: Workbench) -> Iterator[JourneyPage]:
    """The page in a window of its own, read and kept up to date as long as it is wanted."""
    window = QMainWindow()
    qtbot.addWidget(window)
    page = JourneyPage(bench)
    window.setCentralWidget(page)
    window.resize(1240, 816)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    bench.changed.connect(page.apply_changes)
    bench.where = page.place
    page.refresh()
    page.take_focus()
    yield page
    bench.changed.disconnect(page.apply_changes)


@pytest.fixture
def page(qtbot: QtBot, bench: Workbench) -> Iterator[JourneyPage]:
    """Journey of month nine."""
    yield from shown_page(qtbot, bench)


@pytest.fixture
def page_begun(qtbot: QtBot, bench_begun: Workbench) -> Iterator[JourneyPage]:
    """Journey of the first day."""
    yield from shown_page(qtbot, bench_begun)


@pytest.fixture
def plan(page: JourneyPage) -> PlanView:
    """Its plan."""
    part = page.part("plan")
    assert isinstance(part, PlanView)
    return part


@pytest.fixture
def trends(page: JourneyPage) -> TrendsView:
    """Its trends, turned to."""
    page.show_view("trends")
    part = page.part("trends")
    assert isinstance(part, TrendsView)
    return part
