"""The table of areas shows as many assessments as it has room for, and no figure touches the ring around it."""

from __future__ import annotations

from fractions import Fraction
from math import hypot

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from qma_app import design
from ui import theme
from ui.models.standing_model import StandingColumn, StandingRow
from ui.theme import Appearance, ThemeKeeper
from ui.widgets.ring import WIDTH, Ring
from ui.widgets.standing_table import StandingTable

LABELS = ("Base", "M6", "M9", "M12", "Audit", "M18")
AREAS = ("Management", "Service", "Customer relations")


@pytest.fixture
def table(qtbot: QtBot, light: ThemeKeeper) -> StandingTable:
    """Six assessments of three areas."""
    table = StandingTable()
    qtbot.addWidget(table)
    level = Fraction(796, 10)
    table.show_rows(
        [StandingColumn(id=label, title=label, name=label) for label in LABELS],
        [
            StandingRow(
                id=area,
                title=area,
                levels=(level,) * 6,
                figures=("79.6%",) * 6,
                standing=level,
                standing_text="now 79.6%",
            )
            for area in AREAS
        ],
        floor=70,
        pass_mark=80,
    )
    table.show()
    return table


def heads(table: StandingTable) -> list[str]:
    return [label for place, label in enumerate(LABELS, 1) if not table.isColumnHidden(place)]


def test_where_there_is_room_all_six_assessments_are_shown(table: StandingTable) -> None:
    table.resize(680, 140)
    assert heads(table) == [*LABELS]


def test_where_room_is_short_the_baseline_and_the_newest_stay(table: StandingTable) -> None:
    table.resize(508, 140)
    assert heads(table) == ["Base", "M9", "M12", "Audit", "M18"]
    table.resize(380, 140)
    assert heads(table) == ["Base", "Audit", "M18"]
    table.resize(680, 140)
    assert heads(table) == [*LABELS]


@pytest.mark.parametrize("width", [680, 508, 420, 380])
def test_names_and_bar_keep_their_room(table: StandingTable, width: int) -> None:
    table.resize(width, 140)
    metrics = QFontMetrics(theme.current().font(design.SIZE_BODY - 0.5))
    assert table.columnWidth(0) >= metrics.horizontalAdvance("Customer relations") + 14
    assert table.columnWidth(len(LABELS) + 1) >= 96
    assert sum(table.columnWidth(place) for place in range(len(LABELS) + 2)) == table.viewport().width()


def test_keys_go_past_what_is_hidden_and_open_what_is_seen(qtbot: QtBot, table: StandingTable) -> None:
    table.resize(508, 140)
    table.setCurrentIndex(table.standing.index(1, 1))
    qtbot.keyClick(table, Qt.Key.Key_Right)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == ["Service", "M9"]


def test_a_figure_that_gets_hidden_is_not_the_current_one(table: StandingTable) -> None:
    table.resize(680, 140)
    table.setCurrentIndex(table.standing.index(1, 2))
    table.resize(508, 140)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, 0)


def test_fewer_assessments_than_before_hide_no_bar(table: StandingTable) -> None:
    table.resize(380, 140)
    row = table.standing.rows[0]
    only = StandingRow(
        id=row.id,
        title=row.title,
        levels=row.levels[:1],
        figures=row.figures[:1],
        standing=row.standing,
        standing_text=row.standing_text,
    )
    table.show_rows([table.standing.columns[0]], [only], floor=70, pass_mark=80)
    assert not any(table.isColumnHidden(place) for place in range(3))


@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("figure", ["84.4%", "100.0%", "79.995%", "–"])
def test_the_figure_keeps_away_from_the_ring(
    qtbot: QtBot, theme_keeper: ThemeKeeper, figure: str, percent: int
) -> None:
    theme_keeper.apply(Appearance.LIGHT, percent)
    ring = Ring(name="Overall")
    qtbot.addWidget(ring)
    ring.show_level(Fraction(60), figure)
    ring.resize(ring.sizeHint())
    image = ring.grab().toImage()
    centre = image.width() / 2
    inner = centre - 2 - theme.px(WIDTH)
    ground = image.pixelColor(round(centre), round(centre - inner + 3))
    air = [
        image.pixelColor(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if inner - theme.px(6) < hypot(x + 0.5 - centre, y + 0.5 - centre) < inner - 2
    ]
    assert {colour.name() for colour in air} == {ground.name()}
    ink = [
        image.pixelColor(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if hypot(x + 0.5 - centre, y + 0.5 - centre) <= inner - theme.px(6)
    ]
    assert min(colour.lightness() for colour in ink) < 120
    theme_keeper.apply(Appearance.LIGHT, 100)
