"""Fixtures on the panel: a test module says `pytest_plugins = ["tests.ui.showroom_fixtures", "tests.ui.finding_panel_fixtures"]`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.finding_panel import Panel
from ui.workbench import Workbench


@pytest.fixture
def panel(qtbot: QtBot, showroom: Workbench) -> Iterator[Panel]:
    """The panel on F-009, a major in Customer relations."""
    panel = Panel(showroom)
    qtbot.addWidget(panel)
    panel.resize(400, 860)
    with qtbot.waitActive(panel):
        panel.show()
        panel.activateWindow()
    panel.show_number(9)
    yield panel
    panel.editor.flush()
    showroom.changed.disconnect(panel.follow)
