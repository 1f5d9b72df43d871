"""A thought is taken down wherever it comes, and finds the visit it belongs to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qma_app.domain.finding import Finding
from qma_app.domain.visit import VisitNote
from qma_app.services.visits import close_visit, pause_visit, start_visit
from tests.ui.showroom import ENGAGEMENT
from tests.ui.visiting import Visited, a_visited_programme
from ui.capture import capture
from ui.dialogs.quick_capture import Captured, QuickCapture
from ui.places import Place
from ui.visit.bar import VisitBar
from ui.workbench import Workbench

pytest_plugins = ["tests.ui.showroom_fixtures"]


@pytest.fixture
def visited(showroom: Workbench) -> Visited:
    return a_visited_programme(showroom)


@pytest.fixture
def place(visited: Visited) -> Iterator[list[Place]]:
    """Where the window is; a test puts another place in."""
    here = [Place(page="today")]
    visited.bench.where = lambda: here[-1]
    yield here
    visited.bench.where = None


def captured(
    visited: Visited, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, words: str, *, is_finding: bool = False
) -> str:
    """Capture these words; gives what the dialog said about where they go."""
    said: list[str] = []

    def ask(_parent: QWidget, where: str) -> Captured:
        said.append(where)
        return Captured(text=words, is_finding=is_finding)

    monkeypatch.setattr(QuickCapture, "ask", ask)
    parent = QWidget()
    qtbot.addWidget(parent)
    capture(parent, visited.bench)
    return said[0]


def notes(visited: Visited) -> tuple[VisitNote, ...]:
    with visited.bench.workspace.reading() as reader:
        return reader.all(VisitNote)


def test_during_a_visit_the_note_goes_to_it(
    visited: Visited, place: list[Place], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    visited.bench.do(start_visit, visited.today)
    where = captured(visited, monkeypatch, qtbot, "Bay three is blocked")
    assert where == "Visit 1, under way"
    (note,) = notes(visited)
    assert (note.words, note.visit_id, note.checkpoint_id) == ("Bay three is blocked", visited.today, None)


def test_a_paused_visit_takes_notes_too(
    visited: Visited, place: list[Place], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    visited.bench.do(start_visit, visited.today)
    visited.bench.do(pause_visit, visited.today)
    captured(visited, monkeypatch, qtbot, "At lunch: parts are late")
    assert notes(visited)[0].visit_id == visited.today


def test_at_a_checkpoint_the_note_of_the_visit_names_it(
    visited: Visited, place: list[Place], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    visited.bench.do(start_visit, visited.today)
    place.append(Place(page="checklists", checkpoint_id="service.p1.c1"))
    captured(visited, monkeypatch, qtbot, "No price on the order")
    (note,) = notes(visited)
    assert (note.visit_id, note.checkpoint_id) == (visited.today, "service.p1.c1")


def test_a_finding_of_a_visit_keeps_its_note_and_is_one_step_of_undo(
    visited: Visited, place: list[Place], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    visited.bench.do(start_visit, visited.today)
    visited.bench.forget_undo()
    place.append(Place(page="checklists", checkpoint_id="service.p1.c1"))
    captured(visited, monkeypatch, qtbot, "No price on the order", is_finding=True)
    (note,) = notes(visited)
    with visited.bench.workspace.reading() as reader:
        finding = reader.get(Finding, note.finding_id or "")
    assert (finding.statement, finding.checkpoint_id) == ("No price on the order", "service.p1.c1")
    visited.bench.undo()
    assert notes(visited) == ()
    with visited.bench.workspace.reading() as reader:
        assert reader.find(Finding, finding.id) is None
    assert not visited.bench.can_undo


def test_between_two_visits_it_waits_for_the_next(
    visited: Visited, place: list[Place], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    visited.bench.do(start_visit, visited.today)
    visited.bench.do(close_visit, visited.today)
    where = captured(visited, monkeypatch, qtbot, "A customer called")
    assert where == "Kept for the next visit at Autohaus Beispiel"
    (note,) = notes(visited)
    assert (note.visit_id, note.engagement_id) == (None, ENGAGEMENT)


def test_the_bar_says_what_is_under_way_and_goes_when_it_is_closed(qtbot: QtBot, visited: Visited) -> None:
    bar = VisitBar(visited.bench)
    holder = QWidget()
    qtbot.addWidget(holder)
    bar.setParent(holder)
    holder.show()
    bar.refresh()
    assert not bar.isVisible()
    visited.bench.do(start_visit, visited.today)
    bar.refresh()
    assert bar.isVisible()
    assert bar.words.text().startswith("Visit 1 · under way since ")
    assert bar.clock.text() == "0 min"
    bar.pause_button.click()
    bar.refresh()
    assert bar.words.text().startswith("Visit 1 · paused")
    assert bar.pause_button.accessibleName() == "Go on"
    with qtbot.waitSignal(bar.going) as going:
        bar.open_button.click()
    assert going.args[0].visit_id == visited.today
    bar.stand_aside(is_aside=True)
    assert not bar.isVisible()
    bar.stand_aside(is_aside=False)
    visited.bench.do(close_visit, visited.today)
    bar.refresh()
    assert not bar.isVisible()
