"""Today shows the same standing by the published areas when somebody wants it so, and remembers it on this computer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.edition import Edition, ReportedArea
from qma_app.domain.ids import AreaId, CheckpointId
from qma_app.services import today_reported
from qma_app.services.workspace import Workspace, create_workspace
from tests.builders import NOW, a_checkpoint, a_dealership, a_text, an_edition, an_id
from tests.services.upgrades import an_assessment_done, house_on
from tests.ui.looking import rich_labels, small_targets, unnamed_controls
from ui.models.standing_model import StandingRow
from ui.pages.today import TodayPage
from ui.places import Place
from ui.settings import Settings
from ui.theme import ThemeKeeper
from ui.widgets.standing_table import cell_centre
from ui.workbench import Workbench


def the_edition(*, is_published: bool = True) -> Edition:
    """Service and Parts are one published area, Office another."""
    groups = (("After sales", ("parts", "service")), ("Head office", ("office",)))
    return an_edition(
        checkpoints=[a_checkpoint(id) for id in ("service.p.a", "parts.p.a", "office.p.a")],
        reported_under=tuple(
            ReportedArea(id=title.lower(), title=a_text(title), areas=tuple(map(AreaId, areas)))
            for title, areas in groups
            if is_published
        ),
    )


def a_visited(folder: Path, edition: Edition) -> tuple[Workspace, list[Assessment]]:
    """A baseline of everything, then Service alone."""
    ids = count()
    workspace = create_workspace(folder, clock=lambda: NOW, new_id=lambda: an_id(f"published {next(ids)}"))
    engagement_id = house_on(workspace, edition)
    points = {"service.p.a": 4, "parts.p.a": 8, "office.p.a": 10}
    baseline = an_assessment_done(
        workspace,
        engagement_id,
        {CheckpointId(id): value for id, value in points.items()},
        AssessmentKind.BASELINE,
    )
    later = an_assessment_done(
        workspace,
        engagement_id,
        {CheckpointId("service.p.a"): 10},
        AssessmentKind.PROGRESS,
        scope=(AreaId("service"),),
    )
    return workspace, [baseline, later]


@pytest.fixture
def bench(light: ThemeKeeper, settings: Settings, tmp_path: Path) -> Iterator[Workbench]:
    workspace, _assessments = a_visited(tmp_path / "w", the_edition())
    bench = Workbench(settings)
    bench.use(workspace)
    bench.open_dealership(a_dealership().id)
    yield bench
    bench.use(None)


def shown(qtbot: QtBot, bench: Workbench) -> TodayPage:
    page = TodayPage(bench)
    qtbot.addWidget(page)
    page.resize(1240, 800)
    page.refresh()
    page.show()
    qtbot.waitExposed(page)
    return page


@pytest.fixture
def page(qtbot: QtBot, bench: Workbench) -> TodayPage:
    return shown(qtbot, bench)


def rows(page: TodayPage) -> tuple[StandingRow, ...]:
    return page.standing.table.standing.rows


def titles(page: TodayPage) -> list[str]:
    return [row.title for row in rows(page)]


def press(qtbot: QtBot, page: TodayPage, key: str) -> None:
    qtbot.mouseClick(page.standing.switch.buttons[key], Qt.MouseButton.LeftButton)


def opened(qtbot: QtBot, page: TodayPage, row: int, column: int) -> Place:
    table = page.standing.table
    with qtbot.waitSignal(page.going) as going:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=cell_centre(table, row, column))
    place = going.args[0]
    assert isinstance(place, Place)
    return place


def test_the_switch_turns_the_rows_to_the_published_areas_and_back(qtbot: QtBot, page: TodayPage) -> None:
    assert titles(page) == ["Service", "Parts", "Office"]
    press(qtbot, page, "published")
    assert titles(page) == ["After sales", "Head office"]
    assert [row.figures for row in rows(page)] == [("60%", "–"), ("100%", "–")]
    assert rows(page)[0].standing_text == "now 90.0%"
    press(qtbot, page, "areas")
    assert titles(page) == ["Service", "Parts", "Office"]


def test_it_says_which_areas_stand_behind_a_row(qtbot: QtBot, page: TodayPage) -> None:
    press(qtbot, page, "published")
    index = page.standing.table.standing.index(0, 0)
    assert rows(page)[0].behind == "PRT, SRV"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "After sales · made of PRT Parts, SRV Service"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "After sales, made of PRT Parts, SRV Service"


def test_the_head_says_the_mean_this_way_and_that_it_decides_nothing(qtbot: QtBot, page: TodayPage) -> None:
    assert page.standing._marks.text().startswith("pass from 80%")
    press(qtbot, page, "published")
    assert page.standing._marks.text() == "95.0% overall; the areas decide"


def test_a_row_opens_the_first_area_behind_it(qtbot: QtBot, page: TodayPage) -> None:
    press(qtbot, page, "published")
    assert opened(qtbot, page, 0, 0).area_id == "parts"
    assert opened(qtbot, page, 1, 0).area_id == "office"


def test_a_figure_opens_the_first_area_its_assessment_looked_at(qtbot: QtBot, page: TodayPage) -> None:
    press(qtbot, page, "published")
    first, second = page.standing.table.standing.columns
    place = opened(qtbot, page, 0, 1)
    assert (place.area_id, place.assessment_id) == ("parts", first.id)
    place = opened(qtbot, page, 0, 2)
    assert (place.area_id, place.assessment_id) == ("service", second.id)


def test_the_choice_is_remembered(qtbot: QtBot, page: TodayPage, bench: Workbench) -> None:
    press(qtbot, page, "published")
    assert Settings(bench.settings.folder).published_areas
    again = shown(qtbot, bench)
    assert titles(again) == ["After sales", "Head office"]
    assert again.standing.switch.current == "published"


def test_it_is_switched_by_keys_and_from_the_palette(qtbot: QtBot, page: TodayPage) -> None:
    button = page.standing.switch.buttons["areas"]
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Right)
    qtbot.keyClick(page.standing.switch.buttons["published"], Qt.Key.Key_Space)
    assert titles(page) == ["After sales", "Head office"]
    (command,) = (one for one in page.commands() if one.title == "Show the standing by areas")
    command.run()
    assert titles(page) == ["Service", "Parts", "Office"]


def test_nothing_is_computed_until_it_is_wanted(
    qtbot: QtBot, bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise AssertionError("the published areas were computed although nobody looks at them")

    monkeypatch.setattr(today_reported, "reported_today", refuse)
    assert titles(shown(qtbot, bench)) == ["Service", "Parts", "Office"]


def test_without_published_areas_there_is_no_switch_whatever_was_chosen_before(
    qtbot: QtBot, light: ThemeKeeper, settings: Settings, tmp_path: Path
) -> None:
    settings.put("published_areas", value=True)
    workspace, _assessments = a_visited(tmp_path / "w", the_edition(is_published=False))
    bench = Workbench(settings)
    bench.use(workspace)
    bench.open_dealership(a_dealership().id)
    page = shown(qtbot, bench)
    assert not page.standing.switch.isVisible()
    assert titles(page) == ["Service", "Parts", "Office"]
    assert not any("published" in command.title for command in page.commands())
    bench.use(None)


def test_the_switch_has_names_and_can_be_hit(qtbot: QtBot, page: TodayPage) -> None:
    press(qtbot, page, "published")
    assert unnamed_controls(page) == []
    assert small_targets(page) == []
    assert rich_labels(page) == []
    assert (
        page.standing.switch.buttons["published"].accessibleName() == "Show the standing by: Published areas"
    )
