"""With few areas Today names the processes furthest from the pass mark, and each leads to its checkpoints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.edition import Edition
from qma_app.domain.edition_json import hash_of
from qma_app.domain.engagement import Engagement
from qma_app.services import browsing_standards, standards
from qma_app.services.assessments import start_assessment
from qma_app.services.dealerships import add_dealership
from qma_app.services.ratings import rate_checkpoint
from qma_app.services.workspace import Workspace, create_workspace
from tests.builders import NOW
from tests.ui.looking import rich_labels, small_targets, unnamed_controls
from ui.pages.today import TodayPage
from ui.places import Place
from ui.today.process_row import ProcessRow
from ui.workbench import Workbench


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """A dealership on a standard of three areas: with more of them the table takes the room."""
    whole = standards.newest_shipped_edition()
    codes = ("MGT", "SRV", "CXM")
    few = replace(whole, areas=tuple(area for area in whole.areas if area.code in codes), reported_under=())
    few = replace(few, hash=hash_of(few))
    monkeypatch.setattr(standards, "newest_shipped_edition", lambda: few)
    # Nobody may remember the small standard as the shipped one beyond this test.
    monkeypatch.setattr(browsing_standards, "read_shipped_editions", lambda: (few,))
    seconds, names = count(), count(1)
    with create_workspace(
        tmp_path / "w",
        clock=lambda: NOW + timedelta(seconds=next(seconds)),
        new_id=lambda: f"id-{next(names)}",
    ) as workspace:
        made = add_dealership(workspace, name="Autohaus Beispiel", country="DE", city="Musterstadt", staff=40)
        start_assessment(workspace, engagement_id=made.made(Engagement).id, kind=AssessmentKind.BASELINE)
        yield workspace


@pytest.fixture
def edition(workbench: Workbench) -> Edition:
    """The standard with its three areas."""
    with workbench.workspace.reading() as reader:
        return reader.edition(reader.all(Engagement)[0].edition)


@pytest.fixture
def rated(workbench: Workbench, assessment: Assessment, edition: Edition) -> Workbench:
    """Ten processes with one rating each, in the order of the standard ever a step better, the first critical last."""
    plain = [p for p in edition.processes.values() if not any(c.is_critical for c in p.checkpoints)][:9]
    for process, points in zip(plain, (0, 0, 0, 4, 4, 4, 6, 6, 6), strict=True):
        workbench.do(rate_checkpoint, assessment.id, process.checkpoints[0].id, points=points)
    critical = next(c for c in edition.checkpoints.values() if c.is_critical)
    workbench.do(rate_checkpoint, assessment.id, critical.id, points=6)
    return workbench


@pytest.fixture
def page(qtbot: QtBot, rated: Workbench) -> Iterator[TodayPage]:
    """Today high enough for every row."""
    page = TodayPage(rated)
    qtbot.addWidget(page)
    page.resize(1240, 1100)
    page.refresh()
    page.show()
    qtbot.waitExposed(page)
    rated.changed.connect(page.apply_changes)
    yield page
    rated.changed.disconnect(page.apply_changes)


def heights_used(page: TodayPage) -> list[int]:
    return [row.geometry().bottom() for row in page.processes.rows]


def test_rows_say_what_stands_how_far_and_on_what_it_rests(page: TodayPage, edition: Edition) -> None:
    rows = page.processes.rows
    assert len(rows) == 8
    first, second = rows[0].entry, rows[1].entry
    assert (first.alarm, first.figure) == ("critical not met", "60%")
    assert (second.alarm, second.figure) == ("", "0%")
    process = next(p for p in edition.processes.values() if p.number == second.number)
    area = edition.areas_by_id[process.checkpoints[0].area_id].title
    assert rows[1].accessibleName() == (
        f"{process.number} {process.title}, {area}, 0%, 1 of {len(process.checkpoints)} rated"
    )
    assert rows[0].accessibleName().endswith("rated, critical not met")
    assert [row.entry.level for row in rows[1:]] == sorted(row.entry.level for row in rows[1:])


@pytest.mark.parametrize("act", ["click", "return", "space"])
def test_a_row_leads_to_its_process_in_the_newest_assessment(
    qtbot: QtBot, page: TodayPage, assessment: Assessment, edition: Edition, act: str
) -> None:
    row = page.processes.rows[2]
    row.setFocus()
    with qtbot.waitSignal(page.going) as going:
        if act == "click":
            qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
        else:
            qtbot.keyClick(row, Qt.Key.Key_Return if act == "return" else Qt.Key.Key_Space)
    process = next(p for p in edition.processes.values() if p.number == row.entry.number)
    assert going.args == [
        Place(
            page="checklists",
            dealership_id=page.workbench.dealership_id,
            assessment_id=assessment.id,
            area_id=process.checkpoints[0].area_id,
            process_id=process.id,
        )
    ]


def test_only_rows_that_fit_are_shown_and_none_is_cut(qtbot: QtBot, page: TodayPage) -> None:
    shown = []
    for height in (1100, 820, 640):
        page.resize(1240, height)
        QApplication.processEvents()
        rows = page.processes.rows
        shown.append(len(rows))
        assert max(heights_used(page)) < page.processes.list.height()
        assert all(row.height() >= row.sizeHint().height() for row in rows)
    assert shown[0] == 8 > shown[1] >= shown[2] >= 2
    page.resize(1240, 1100)
    qtbot.waitUntil(lambda: len(page.processes.rows) == 8)


def test_a_rating_changes_only_its_row(
    page: TodayPage, rated: Workbench, assessment: Assessment, edition: Edition
) -> None:
    rows = page.processes.rows
    before = [row.entry for row in rows]
    process = next(p for p in edition.processes.values() if p.number == rows[1].entry.number)
    rated.do(rate_checkpoint, assessment.id, process.checkpoints[1].id, points=0)
    assert page.processes.rows == rows
    assert [row.entry for row in rows][2:] == before[2:]
    assert rows[1].entry.rated == f"2 of {len(process.checkpoints)} rated"
    assert rows[1].accessibleName().endswith(rows[1].entry.rated)


def test_the_card_is_not_there_while_nothing_is_below_the_mark(page: TodayPage, rated: Workbench) -> None:
    while rated.can_undo:
        rated.undo()
    assert page.processes.isHidden()
    assert page.processes.rows == ()
    rated.redo()
    assert page.processes.isVisible()
    assert len(page.processes.rows) == 1


def test_tab_reaches_every_process(qtbot: QtBot, page: TodayPage) -> None:
    page.head.preview.setFocus()
    met = set()
    for _number in range(30):
        focused = QApplication.focusWidget()
        met.add(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert set(page.processes.rows) <= met


def test_every_row_has_a_name_and_is_large_enough(page: TodayPage) -> None:
    assert unnamed_controls(page) == []
    assert small_targets(page) == []
    assert rich_labels(page) == []


def test_a_row_is_pressed_by_enter_wherever_it_stands(qtbot: QtBot, page: TodayPage) -> None:
    row = ProcessRow(page.processes.rows[0].entry)
    qtbot.addWidget(row)
    with qtbot.waitSignal(row.clicked):
        qtbot.keyClick(row, Qt.Key.Key_Return)
