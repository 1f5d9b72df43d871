"""Fixtures on the Journey of a dealership with all that was agreed: `pytest_plugins` of a module names this and the journey's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.agreed_house import an_agreed_dealership
from tests.ui.journey_fixtures import shown_page
from tests.ui.journey_house import clock_of_today
from ui.pages.journey import JourneyPage
from ui.workbench import Workbench


@pytest.fixture(scope="session")
def _agreed_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("agreed") / "w"
    an_agreed_dealership(folder).close()
    return folder


@pytest.fixture
def bench_agreed(bench_on: Callable[..., Workbench], _agreed_folder: Path) -> Workbench:
    """Month nine of eighteen, with everything agreed."""
    return bench_on(_agreed_folder, clock_of_today())


@pytest.fixture
def page_agreed(qtbot: QtBot, bench_agreed: Workbench) -> Iterator[JourneyPage]:
    """Its Journey."""
    yield from shown_page(qtbot, bench_agreed)
