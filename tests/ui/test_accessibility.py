"""Every screen can be used with a screen reader and a finger: names, targets, and no markup in data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from qma_app.services.workspace import Workspace
from tests.ui.looking import rich_labels, small_targets, unnamed_controls
from ui.app import Coach
from ui.findings.view_switch import View
from ui.pages import PAGES, PageEntry
from ui.pages.findings import FindingsPage
from ui.places import Place

KEYS = [entry.key for entry in PAGES]


@pytest.fixture
def opened(open_coach: Callable[[Path | None], Coach], workspace: Workspace, dealership_id: str) -> Coach:
    folder = workspace.folder
    workspace.close()
    return open_coach(folder)


@pytest.mark.parametrize("key", KEYS)
def test_no_control_of_a_page_is_without_a_name(qtbot: QtBot, opened: Coach, key: str) -> None:
    opened.window.go_to_page(key)
    assert unnamed_controls(opened.window) == []


@pytest.mark.parametrize("key", KEYS)
def test_no_label_of_a_page_reads_markup(opened: Coach, key: str) -> None:
    opened.window.go_to_page(key)
    assert rich_labels(opened.window) == []


@pytest.mark.parametrize("key", KEYS)
def test_targets_are_large_enough_for_a_finger(qtbot: QtBot, opened: Coach, key: str) -> None:
    opened.window.go_to_page(key)
    qtbot.waitExposed(opened.window)
    assert small_targets(opened.window) == []


@pytest.mark.parametrize("view", list(View))
def test_every_view_of_findings_is_named_and_large_enough(qtbot: QtBot, opened: Coach, view: View) -> None:
    """Also before the first finding: the switch stays, and evidence is to be reached."""
    opened.window.go(Place(page="findings", view=view.value))
    page = opened.window.page("findings")
    assert isinstance(page, FindingsPage)
    page.show_view(view)
    qtbot.waitExposed(opened.window)
    assert page.views.view is view
    assert page.head.switch.isVisible()
    assert page.empty.isVisible() is (view is not View.EVIDENCE)
    assert page.head.new_button.isVisible() is (view is View.EVIDENCE)
    assert unnamed_controls(opened.window) == []
    assert small_targets(opened.window) == []
    page.new()
    assert not page.empty.isVisible()
    assert unnamed_controls(opened.window) == []


@pytest.mark.parametrize("entry", PAGES, ids=KEYS)
def test_the_list_of_pages_says_what_the_pages_say(entry: PageEntry) -> None:
    page = entry.load()
    assert (page.key, page.title, page.icon, page.position) == (
        entry.key,
        entry.title,
        entry.icon,
        entry.position,
    )


def test_the_welcome_is_named_too(coach: Coach) -> None:
    assert unnamed_controls(coach.window) == []
    assert rich_labels(coach.window) == []
    assert small_targets(coach.window) == []


def test_the_walk_finds_a_nameless_button(qtbot: QtBot) -> None:
    """The walk above is only worth something if it can fail."""
    root = QWidget()
    qtbot.addWidget(root)
    nameless = QPushButton(root)
    root.show()
    nameless.setFixedSize(10, 10)
    assert unnamed_controls(root) == ["QPushButton < QWidget"]
    assert small_targets(root) == ["QPushButton < QWidget 10x10"]
    nameless.setText("Save report")
    assert unnamed_controls(root) == []
