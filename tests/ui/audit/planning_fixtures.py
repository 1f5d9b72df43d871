"""Fixtures on the plan of an audit: `pytest_plugins` of a module names this, so their names are like no other's."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from qma_app.domain.audit import Audit
from qma_app.domain.dealership import Dealership
from qma_app.services.workspace import create_workspace, open_workspace
from tests.builders import an_id
from tests.services.auditing import BEFORE, add_auditor, begin
from tests.services.visiting import SetClock, make_house
from ui.audit.plan_view import PlanView
from ui.settings import Settings
from ui.theme import Appearance, ThemeKeeper
from ui.workbench import Workbench


@pytest.fixture(scope="session")
def _planned_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed workspace in which an auditor began a certification audit, made once and copied."""
    folder, names = tmp_path_factory.mktemp("planned") / "w", count(1)
    clock = SetClock(datetime(2026, 2, 2, 9, tzinfo=UTC))
    with create_workspace(folder, clock=clock, new_id=lambda: an_id(f"planned {next(names)}")) as workspace:
        house = make_house(workspace, clock)
        add_auditor(house, "Egon Zweiter")
        house.work_as_coach()
        begin(house)
    return folder


@pytest.fixture
def bench_of_plan(
    qtbot: QtBot, qapp: QApplication, theme_keeper: ThemeKeeper, _planned_folder: Path, tmp_path: Path
) -> Iterator[Workbench]:
    """A workbench on a copy of it, on the day after the audit was begun."""
    # Widgets of tests before wait to be deleted; each one more makes every change of style slower.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    shutil.copytree(_planned_folder, tmp_path / "planned")
    theme_keeper.apply(Appearance.LIGHT, 100)
    ids, clock = count(), SetClock(datetime(2026, 2, 2, 9, tzinfo=UTC))
    clock.put(date(BEFORE.year, BEFORE.month, BEFORE.day + 1))
    # With a parent it outlives the jobs that wait to be deleted and hold the last word of it.
    bench = Workbench(Settings(tmp_path / "settings"), qapp)
    bench.use(open_workspace(tmp_path / "planned", clock=clock, new_id=lambda: an_id(f"new {next(ids)}")))
    bench.workspace.store.hurry()
    with bench.workspace.reading() as reader:
        bench.open_dealership(reader.all(Dealership)[0].id)
    yield bench
    bench.jobs.cancel_all()
    bench.use(None)


@pytest.fixture
def show_audit_plan(qtbot: QtBot, bench_of_plan: Workbench) -> Iterator[Callable[[], PlanView]]:
    """Shows the plan in a window of its own, kept up to date as long as it is wanted."""
    made: list[tuple[QMainWindow, PlanView]] = []

    def show() -> PlanView:
        window = QMainWindow()
        qtbot.addWidget(window)
        view = PlanView(bench_of_plan)
        window.setCentralWidget(view)
        window.resize(1200, 816)
        with bench_of_plan.workspace.reading() as reader:
            (audit,) = reader.all(Audit)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        view.show_audit(audit.id)
        bench_of_plan.changed.connect(view.apply_changes)
        view.take_focus()
        made.append((window, view))
        return view

    yield show
    for _window, view in made:
        bench_of_plan.changed.disconnect(view.apply_changes)
