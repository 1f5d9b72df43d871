"""The Standards screen on the visited dealership, and in the whole window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ui.pages.standards import StandardsPage
from ui.workbench import Workbench


@pytest.fixture
def page(qtbot: QtBot, showroom: Workbench) -> Iterator[StandardsPage]:
    """Standards on the edition the dealership follows; those of the program are not read unless a test asks."""
    page = StandardsPage(showroom)
    qtbot.addWidget(page)
    page.resize(1240, 800)
    page.show()
    qtbot.waitExposed(page)
    page.shelf.refresh()
    page.take_focus()
    yield page
    showroom.jobs.cancel_all()
