"""How levels developed: each figure opens the assessment it comes from, and each chart can be had as figures and as a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from qma_app.domain.assessment import Assessment
from tests.ui.journey_house import ENGAGEMENT
from ui.journey.trends_view import TrendsView
from ui.pages.journey import JourneyPage

pytest_plugins = ["tests.ui.journey_fixtures"]


def test_a_figure_of_the_heat_map_opens_its_assessment(qtbot: QtBot, trends: TrendsView) -> None:
    table = trends.heat.table
    assert table.hasFocus()
    titles = [table.standing.headerData(column, Qt.Orientation.Horizontal) for column in range(1, 5)]
    assert titles == ["Base", "M4", "M6", "M9"]
    table.setCurrentIndex(table.standing.index(3, 2))
    with qtbot.waitSignal(trends.going) as gone:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    with trends.workbench.workspace.reading() as reader:
        second = next(one for one in reader.all(Assessment, engagement_id=ENGAGEMENT) if one.number == 2)
    assert (gone.args[0].page, gone.args[0].area_id) == ("checklists", "service")
    assert gone.args[0].assessment_id == second.id


def test_the_head_sums_up(page: JourneyPage, trends: TrendsView) -> None:
    assert page.head.detail.text() == "4 assessments · 76.9% overall · +27.3 points since the first"


def test_t_shows_the_shape_as_a_table_of_the_same_figures(qtbot: QtBot, trends: TrendsView) -> None:
    qtbot.keyClick(trends.heat.table, Qt.Key.Key_T)
    assert trends.radar.table.isVisible()
    rows = trends.radar.table.words.rows
    assert [row.cells[0] for row in rows][-1] == "Overall"
    assert rows[-1].cells[-1] == "76.9%"
    assert trends.radar.chart.accessibleDescription().startswith("Management: 74.0%")
    qtbot.keyClick(trends.heat.table, Qt.Key.Key_T)
    assert not trends.radar.table.isVisible()


def test_over_time_shows_the_area_that_is_asked_for(trends: TrendsView) -> None:
    assert trends.curve.chart.accessibleDescription().startswith("Base: 49.6%")
    trends.go(trends.place().__class__(page="journey", view="trends", area_id="customers"))
    assert trends.curve.area.currentText() == "Customer relations"
    assert trends.curve.chart.accessibleDescription().startswith("Base: 28.0%")


def test_each_chart_is_saved_as_picture_and_as_page(qtbot: QtBot, trends: TrendsView, tmp_path: Path) -> None:
    for card in (trends.heat, trends.radar, trends.curve):
        picture, paper = tmp_path / "chart.png", tmp_path / "chart.pdf"
        for target in (picture, paper):
            with qtbot.waitSignal(trends.workbench.file_saved):
                trends.save(card.drawing, target, "Chart")
        image = QImage(str(picture))
        assert image.width() > 1000
        colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
        assert len(colours) > 5
        assert paper.read_bytes().startswith(b"%PDF")


def test_a_folder_that_is_not_there_is_named(qtbot: QtBot, trends: TrendsView, tmp_path: Path) -> None:
    with qtbot.waitSignal(trends.workbench.failed) as failed:
        trends.save(trends.radar.drawing, tmp_path / "missing" / "chart.png", "Chart")
    assert failed.args[0].code == "trends.not-saved"


def test_before_the_first_assessment_it_says_what_will_be_here(qtbot: QtBot, page_begun: JourneyPage) -> None:
    page_begun.show_view("trends")
    view = page_begun.part("trends")
    assert isinstance(view, TrendsView)
    assert view.empty.button.hasFocus()
    with qtbot.waitSignal(view.going) as gone:
        view.empty.button.click()
    assert gone.args[0].page == "checklists"
