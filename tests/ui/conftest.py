"""A window on workspaces that lie in the test's own folder, and the look every page is tested in."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import DealershipId
from qma_app.services.assessments import start_assessment
from qma_app.services.dealerships import add_dealership
from qma_app.services.workspace import Workspace, create_workspace, open_workspace
from tests.builders import NOW
from tests.ui.answering import Answer, Typist
from ui.app import Coach
from ui.settings import Settings
from ui.theme import Appearance, ThemeKeeper
from ui.workbench import Workbench


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The screenless platform cannot tell a window manager about smallest sizes, and says so each time."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, workspaces and documents of each test lie in its own folder."""
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DOCUMENTS_DIR"):
        monkeypatch.setenv(variable, str(tmp_path / variable.removeprefix("XDG_").lower()))


_TESTS = count(1)
_WHOLE_EACH = 25


@pytest.fixture(autouse=True)
def _garbage_goes_in_this_thread() -> Iterator[None]:
    """Left to itself the collector runs in whichever thread allocates, and would end Qt objects of tests before in a worker's."""
    gc.disable()
    yield
    gc.collect(1 if next(_TESTS) % _WHOLE_EACH else 2)
    gc.enable()


@pytest.fixture(autouse=True)
def _no_window_stays_in_front(qapp: QApplication) -> Iterator[None]:
    """What one test leaves open in front of all others must not keep fingers and keys from the windows of the next."""
    yield
    while (left := qapp.activePopupWidget() or qapp.activeModalWidget()) is not None:
        left.hide()


@pytest.fixture(scope="session")
def theme_keeper(qapp: QApplication) -> ThemeKeeper:
    qapp.setStyle("Fusion")
    return ThemeKeeper(qapp)


@pytest.fixture
def light(theme_keeper: ThemeKeeper) -> ThemeKeeper:
    """The light appearance at normal size."""
    theme_keeper.apply(Appearance.LIGHT, 100)
    return theme_keeper


@pytest.fixture
def settings() -> Settings:
    return Settings()


@pytest.fixture(scope="session")
def _furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed workspace with one dealership on the shipped standard and an open baseline, made once and copied."""
    folder = tmp_path_factory.mktemp("furnished") / "w"
    names = count(1)
    with create_workspace(folder, clock=lambda: NOW, new_id=lambda: f"id-{next(names)}") as workspace:
        changes = add_dealership(
            workspace, name="Autohaus Beispiel", country="DE", city="Musterstadt", staff=40
        )
        engagement = changes.made(Engagement)
        start_assessment(workspace, engagement_id=engagement.id, kind=AssessmentKind.BASELINE)
    return folder


@pytest.fixture
def workspace(tmp_path: Path, _furnished: Path) -> Iterator[Workspace]:
    """A workspace with one dealership whose clock ticks a second with each look."""
    seconds, names = count(1), count(1)

    def clock() -> datetime:
        return NOW + timedelta(seconds=next(seconds))

    shutil.copytree(_furnished, tmp_path / "w")
    with open_workspace(tmp_path / "w", clock=clock, new_id=lambda: f"new-{next(names)}") as workspace:
        workspace.store.hurry()
        yield workspace


@pytest.fixture
def dealership_id(workspace: Workspace) -> DealershipId:
    """The dealership of the workspace."""
    with workspace.reading() as reader:
        return reader.all(Dealership)[0].id


@pytest.fixture
def assessment(workspace: Workspace, dealership_id: DealershipId) -> Assessment:
    """The open baseline."""
    with workspace.reading() as reader:
        return reader.all(Assessment)[-1]


@pytest.fixture
def workbench(
    qtbot: QtBot, light: ThemeKeeper, settings: Settings, workspace: Workspace, dealership_id: DealershipId
) -> Iterator[Workbench]:
    """A workbench on the workspace, turned to its dealership."""
    bench = Workbench(settings)
    bench.use(workspace)
    bench.open_dealership(dealership_id)
    yield bench
    bench.jobs.cancel_all()


@pytest.fixture
def open_coach(
    qtbot: QtBot, qapp: QApplication, theme_keeper: ThemeKeeper
) -> Iterator[Callable[[Path | None], Coach]]:
    """Starts the program as a user would, on the test's own folders: `open_coach(None)`; given back at the end."""
    running: list[Coach] = []

    def start(wanted: Path | None = None) -> Coach:
        coach = Coach(qapp, Settings(), wanted, theme_keeper)
        qtbot.addWidget(coach.window)
        running.append(coach)
        with qtbot.waitSignal(coach.opened, timeout=10_000):
            coach.show()
        return coach

    yield start
    for coach in running:
        coach.window.close()
        coach.close()


@pytest.fixture
def coach(open_coach: Callable[[Path | None], Coach]) -> Coach:
    """The program at its first start: the welcome page."""
    return open_coach(None)


@pytest.fixture
def answer(qtbot: QtBot) -> Iterator[Answer]:
    """`answer(type_a_name, press_escape)`: what the next dialogs are answered with; each must come."""
    typists: list[Typist] = []

    def promise(*answers: Callable[[QDialog], None]) -> Typist:
        typists.append(Typist(*answers))
        return typists[-1]

    yield promise
    for typist in typists:
        typist.stop()
        assert typist.answers == [], "a dialog that was expected did not come"
        assert typist.unanswered == []
