"""Today says beside each area how its head sees it; a figure opens nothing it should not, and without one there is no room lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.ids import AreaId, CheckpointId
from qma_app.services.assessments import (
    complete_assessment,
    discard_assessment,
    reopen_assessment,
    start_assessment,
)
from qma_app.services.ratings import rate_checkpoint
from tests.ui.showroom import ENGAGEMENT
from ui.pages.today import TodayPage
from ui.workbench import Workbench

pytest_plugins = ["tests.ui.showroom_fixtures"]


@pytest.fixture
def page(qtbot: QtBot, showroom: Workbench) -> Iterator[TodayPage]:
    page = TodayPage(showroom)
    qtbot.addWidget(page)
    page.resize(1240, 800)
    page.refresh()
    page.show()
    qtbot.waitExposed(page)
    showroom.changed.connect(page.apply_changes)
    yield page
    showroom.changed.disconnect(page.apply_changes)


def self_assess(bench: Workbench, area: str, points: int) -> Assessment:
    """The head rates every checkpoint of the area with the same points."""
    changes = bench.do(
        start_assessment,
        engagement_id=ENGAGEMENT,
        kind=AssessmentKind.SELF_ASSESSMENT,
        scope=(AreaId(area),),
    )
    assert changes is not None
    made = changes.made(Assessment)
    with bench.workspace.reading() as reader:
        points_of_area = [id for id in reader.standing(ENGAGEMENT) if id.startswith(f"{area}.")]
    for id in points_of_area:
        rate_checkpoint(bench.workspace, made.id, CheckpointId(id), points=points)
    bench.do(complete_assessment, made.id)
    return made


def row_of(page: TodayPage, area: str) -> tuple[str, str]:
    (row,) = (row for row in page.standing.table.standing.rows if row.id == area)
    return row.own, row.own_text


def test_an_area_with_a_self_assessment_says_how_far_it_lies_from_the_coach(
    page: TodayPage, showroom: Workbench
) -> None:
    self_assess(showroom, "service", 10)
    own, said = row_of(page, "service")
    assert own == "Self +22"
    assert said.startswith("sees itself at 100.0%, the coach at 78.0%, ")
    assert said.endswith("on 12 checkpoints that both have rated")
    assert row_of(page, "management") == ("", "")


def test_a_department_that_sees_itself_lower_has_a_minus(page: TodayPage, showroom: Workbench) -> None:
    self_assess(showroom, "service", 0)
    assert row_of(page, "service")[0].startswith("Self −")


def test_the_bar_tells_it_to_those_who_point_or_listen(page: TodayPage, showroom: Workbench) -> None:
    self_assess(showroom, "service", 10)
    model = page.standing.table.standing
    place = next(place for place, row in enumerate(model.rows) if row.id == "service")
    bar = model.index(place, model.columnCount() - 1)
    assert "Self +22" in model.data(bar)
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        assert "sees itself at 100.0%" in model.data(bar, role)


def test_bars_are_shorter_only_while_there_is_something_behind_them(
    page: TodayPage, showroom: Workbench
) -> None:
    assert page.standing.table.own_width() == 0
    made = self_assess(showroom, "service", 10)
    assert page.standing.table.own_width() > 0
    showroom.do(reopen_assessment, made.id, reason="Begun by mistake")
    showroom.do(discard_assessment, made.id)
    assert page.standing.table.own_width() == 0


def test_the_self_assessment_is_no_column_and_moves_no_figure(page: TodayPage, showroom: Workbench) -> None:
    before = page.standing.table.standing.columns, [r.levels for r in page.standing.table.standing.rows]
    self_assess(showroom, "service", 10)
    after = page.standing.table.standing.columns, [r.levels for r in page.standing.table.standing.rows]
    assert after == before
