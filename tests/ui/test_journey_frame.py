"""The views of the Journey are reached by letters and places, each read when it is looked at and again when something changed."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from qma_app.domain.record import Changes
from tests.ui.looking import rich_labels, small_targets, unnamed_controls
from ui.journey.frame import JourneyPart
from ui.journey.plan_view import PlanView
from ui.journey.trends_view import TrendsView
from ui.journey.views import VIEWS
from ui.pages.journey import JourneyPage
from ui.pages.view_part import ViewsHead
from ui.places import Place
from ui.shortcuts import LetterKey, Shortcut
from ui.workbench import Workbench

pytest_plugins = ["tests.ui.journey_fixtures"]


def test_letters_turn_from_view_to_view(qtbot: QtBot, page: JourneyPage) -> None:
    with qtbot.waitSignal(page.went):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_D)
    assert isinstance(page.shown, TrendsView)
    assert page.head.switch.current == "trends"
    assert page.place() == Place(page="journey", dealership_id=page.workbench.dealership_id, view="trends")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_P)
    assert isinstance(page.shown, PlanView)
    assert page.shown.timeline.hasFocus()


def test_a_view_is_filled_before_it_is_shown(page: JourneyPage, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    read = TrendsView.show_engagement

    def look(view: TrendsView) -> None:
        seen.append(view.isVisible())
        read(view)

    monkeypatch.setattr(TrendsView, "show_engagement", look)
    page.show_view("trends")
    assert seen == [False]
    assert page.shown.isVisible()


def test_no_letter_of_a_view_is_given_twice() -> None:
    letters = [entry.letter for entry in VIEWS]
    assert len(set(letters)) == len(letters)
    assert len({entry.key for entry in VIEWS}) == len(VIEWS)


def test_a_letter_that_is_typed_is_text(qtbot: QtBot, page: JourneyPage) -> None:
    field = QLineEdit(page)
    field.show()
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_D)
    assert field.text() == "d"
    assert page.view == "plan"


def test_a_letter_a_view_needs_for_itself_is_left_to_it(
    qtbot: QtBot, page: JourneyPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    pressed: list[str] = []
    monkeypatch.setattr(TrendsView, "shortcuts", lambda _self: (Shortcut(keys="P", title="Print"),))
    page.show_view("trends")
    LetterKey("P", page.shown, partial(pressed.append, "P"))
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_P)
    assert (pressed, page.view) == (["P"], "trends")
    assert [one.title for one in page.shortcuts() if one.keys == "P"] == ["Print"]


def test_a_place_names_its_view_and_the_gate_stands_in_the_plan(page: JourneyPage) -> None:
    page.go(Place(page="journey", view="trends"))
    assert page.view == "trends"
    page.go(Place(page="journey", view="gate"))
    assert page.view == "plan"
    assert isinstance(page.shown, PlanView)
    assert QApplication.focusWidget() in page.shown.gate.rows
    page.go(Place(page="journey", view="from a newer version"))
    assert page.view == "plan"


def test_a_view_reads_again_only_when_something_changed_behind_its_back(
    page: JourneyPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.show_view("trends")
    read: list[str] = []
    monkeypatch.setattr(PlanView, "refresh", lambda _self: read.append("plan"))
    page.show_view("plan")
    assert read == []
    page.show_view("trends")
    page.apply_changes(_nothing(page))
    page.show_view("plan")
    assert read == ["plan"]


def _nothing(page: JourneyPage) -> Changes:
    with page.workbench.workspace.writing("nothing") as work:
        pass
    return work.changes


class _Part(JourneyPart):
    key: ClassVar[str] = "trends"

    def title_words(self) -> str:
        return "A title that takes up a good part of the line it stands in"


def test_the_switch_stands_above_a_title_that_leaves_it_no_room(qtbot: QtBot, bench: Workbench) -> None:
    head = ViewsHead(VIEWS)
    qtbot.addWidget(head)
    part = _Part(bench, head)
    head.take_part(part)
    head.show_part(part)
    head.resize(1400, 80)
    head.show()
    assert not head.is_switch_above
    head.resize(420, 120)
    assert head.is_switch_above
    head.resize(1400, 80)
    assert not head.is_switch_above


@pytest.mark.parametrize("view", [entry.key for entry in VIEWS])
@pytest.mark.parametrize("size", [(1240, 816), (960, 560)])
def test_every_view_is_named_and_large_enough(
    qtbot: QtBot, page: JourneyPage, view: str, size: tuple[int, int]
) -> None:
    page.window().resize(*size)
    page.show_view(view)
    qtbot.waitExposed(page.window())
    assert unnamed_controls(page) == []
    assert small_targets(page) == []
    assert rich_labels(page) == []


def test_shortcuts_and_commands_name_the_other_views(page: JourneyPage) -> None:
    titles = [shortcut.title for shortcut in page.shortcuts()]
    assert "Show how levels developed" in titles
    commands = {command.title: command for command in page.commands()}
    commands["Show how levels developed"].run()
    assert page.view == "trends"
    assert "Show the plan of the programme" in {command.title for command in page.commands()}
