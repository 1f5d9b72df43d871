"""Fixtures on the page of the audit: `pytest_plugins` of a module names this and `tests.services.signed_fixtures`."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from qma_app.services.workspace import create_workspace, open_workspace
from tests.services.auditing import FIRST, Audited, begin
from tests.services.signed_fixtures import Kept, opened
from tests.services.visiting import BEGINS, House, SetClock, make_house
from tests.ui.audit.paging import Shown
from ui.pages.audit import AuditPage
from ui.settings import Settings
from ui.theme import Appearance, ThemeKeeper
from ui.workbench import Workbench


@pytest.fixture(scope="session")
def _kept_begun(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """A certification audit over one area, begun; the clock stands on its first day at eleven."""
    folder, names, clock = tmp_path_factory.mktemp("begun") / "w", count(1), SetClock(BEGINS)
    with create_workspace(folder, clock=clock, new_id=lambda: f"id-{next(names)}") as workspace:
        workspace.store.hurry()
        audited = begin(make_house(workspace, clock))
        audited.look_at_one_area()
        clock.put(FIRST, 11)
    return Kept(folder=folder, next_name=next(names), at=clock.at)


@pytest.fixture
def begun(_kept_begun: Kept, tmp_path: Path) -> Iterator[Audited]:
    """An audit on its first day, with nothing done."""
    with opened(_kept_begun, tmp_path / "w") as audited:
        yield audited


@pytest.fixture(scope="session")
def _kept_empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, names, clock = tmp_path_factory.mktemp("unaudited") / "w", count(1), SetClock(BEGINS)
    with create_workspace(folder, clock=clock, new_id=lambda: f"id-{next(names)}") as workspace:
        make_house(workspace, clock)
    return folder


@pytest.fixture
def unaudited(_kept_empty: Path, tmp_path: Path) -> Iterator[House]:
    """A programme without any audit; nobody is named as working."""
    from qma_app.domain.dealership import Dealership
    from qma_app.domain.engagement import Engagement
    from qma_app.domain.people import Person

    shutil.copytree(_kept_empty, tmp_path / "w")
    names, clock = count(5_000), SetClock(BEGINS)
    with open_workspace(tmp_path / "w", clock=clock, new_id=lambda: f"id-{next(names)}") as workspace:
        workspace.store.hurry()
        with workspace.reading() as reader:
            (engagement,) = reader.all(Engagement)
            house = House(
                workspace=workspace,
                clock=clock,
                dealership=reader.get(Dealership, engagement.dealership_id),
                engagement=engagement,
                coach=reader.get(Person, engagement.coach_id or ""),
            )
        yield house


@pytest.fixture
def show_page(qtbot: QtBot, qapp: QApplication, theme_keeper: ThemeKeeper, tmp_path: Path) -> Iterator[Shown]:
    """`show_page(house)`: the page in a window of its own, kept up to date as long as it is wanted."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    theme_keeper.apply(Appearance.LIGHT, 100)
    made: list[tuple[QMainWindow, Workbench, AuditPage]] = []

    def show(house: House, view: str | None = None) -> AuditPage:
        # With a parent it outlives the jobs that wait to be deleted and hold the last word of it.
        bench = Workbench(Settings(tmp_path / "settings"), qapp)
        bench.use(house.workspace)
        bench.open_dealership(house.dealership.id)
        window = QMainWindow()
        qtbot.addWidget(window)
        page = AuditPage(bench)
        window.setCentralWidget(page)
        window.resize(1240, 816)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        bench.changed.connect(page.apply_changes)
        bench.where = page.place
        page.refresh()
        if view is not None:
            page.show_view(view)
        page.take_focus()
        made.append((window, bench, page))
        return page

    yield show
    for _window, bench, page in made:
        bench.changed.disconnect(page.apply_changes)
        bench.jobs.cancel_all()
