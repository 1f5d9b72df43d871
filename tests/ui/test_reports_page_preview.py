"""The preview shows real pages, sharp at any zoom, finds words, and paints charts as they stand on paper."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reportlab.graphics.shapes import (
    Circle,
    Drawing,
    Group,
    Line,
    Path,
    Polygon,
    PolyLine,
    Rect,
    String,
    Wedge,
)
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from ui.reports_view.pdf_pages import page_count
from ui.theme import ThemeKeeper
from ui.widgets.drawing_painter import DrawingView, paint_drawing
from ui.widgets.pdf_preview import Fit, PdfPreview


def a_pdf(pages: int = 5) -> bytes:
    """Pages with a red corner, their number, and the word Bremse on every second one."""
    content = BytesIO()
    canvas = Canvas(content, pagesize=(420, 595), invariant=1)
    for page in range(1, pages + 1):
        canvas.setFillColor(HexColor("#B3402E"))
        canvas.rect(0, 545, 50, 50, stroke=0, fill=1)
        canvas.setFillColor(HexColor("#000000"))
        canvas.drawString(100, 400, f"Seite {page}")
        if page % 2 == 0:
            canvas.drawString(100, 300, "Die Bremse ist gut, die BREMSE hält.")
        canvas.showPage()
    canvas.save()
    return content.getvalue()


@pytest.fixture
def preview(qtbot: QtBot, light: ThemeKeeper) -> Iterator[PdfPreview]:
    preview = PdfPreview()
    qtbot.addWidget(preview)
    preview.resize(600, 700)
    preview.show()
    qtbot.waitExposed(preview)
    yield preview
    preview.pages.close()


@pytest.fixture
def shown(qtbot: QtBot, preview: PdfPreview) -> PdfPreview:
    """The preview with five pages."""
    preview.show_pdf(a_pdf())
    qtbot.waitUntil(lambda: preview.page_count == 5 and preview.is_rendered)
    return preview


def test_a_page_stands_on_the_screen_as_it_is(shown: PdfPreview) -> None:
    picture = shown.viewport().grab().toImage()
    area = shown._page_area(0).translated(shown._shift())
    corner = picture.pixelColor(area.topLeft() + QPoint(10, 10))
    assert corner == QColor("#B3402E")
    assert picture.pixelColor(area.center()) == QColor("#FFFFFF")


def test_pages_are_turned_by_keys_and_told(qtbot: QtBot, shown: PdfPreview) -> None:
    assert shown.accessibleName() == "Preview, page 1 of 5"
    with qtbot.waitSignal(shown.page_changed) as changed:
        qtbot.keyClick(shown, Qt.Key.Key_PageDown)
    assert changed.args == [2, 5]
    qtbot.keyClick(shown, Qt.Key.Key_End)
    assert shown.page == 5
    qtbot.keyClick(shown, Qt.Key.Key_PageUp)
    assert shown.page == 4
    qtbot.keyClick(shown, Qt.Key.Key_Home)
    assert shown.page == 1
    qtbot.keyClick(shown, Qt.Key.Key_PageUp)
    assert shown.page == 1


def test_zoom_goes_in_steps_and_back_to_a_whole_page(qtbot: QtBot, shown: PdfPreview) -> None:
    whole = shown._zoom
    assert shown._page_area(0).height() <= shown.viewport().height()
    shown.zoom_in()
    assert shown._zoom > whole
    qtbot.waitUntil(lambda: shown.is_rendered)
    shown.fit(Fit.WIDTH)
    assert abs(shown._page_area(0).width() - shown.viewport().width()) < 40
    shown.fit(Fit.PAGE)
    assert shown._zoom == whole
    for _number in range(20):
        shown.zoom_out()
    assert shown._zoom == 0.25


def test_ctrl_and_wheel_zoom(shown: PdfPreview) -> None:
    before = shown._zoom
    place = QPointF(50, 50)
    wheel = QWheelEvent(
        place,
        place,
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(shown.viewport(), wheel)
    assert shown._zoom > before


def test_zooming_keeps_the_page(shown: PdfPreview) -> None:
    shown.go_to_page(3)
    shown.set_zoom(2.0)
    assert shown.page == 3


def test_words_are_found_on_all_pages_and_walked(qtbot: QtBot, shown: PdfPreview) -> None:
    with qtbot.waitSignal(shown.found) as found:
        shown.find_words("bremse")
    assert found.args == [1, 4]
    assert {hit.page for hit in shown.hits} == {1, 3}
    assert shown.page == 2
    with qtbot.waitSignal(shown.found) as found:
        shown.previous_hit()
    assert found.args == [4, 4]
    assert shown.page == 4
    with qtbot.waitSignal(shown.found) as found:
        shown.find_words("no such word")
    assert found.args == [0, 0]


def test_a_hit_is_marked_where_it_stands(qtbot: QtBot, shown: PdfPreview) -> None:
    with qtbot.waitSignal(shown.found):
        shown.find_words("Seite 1")
    place = shown._on_page(shown.hits[0].areas[0], shown._page_area(0).translated(shown._shift()))
    picture = shown.viewport().grab().toImage()
    ink = picture.pixelColor(place.toRect().right() - 1, place.toRect().top() + 1)
    assert ink != QColor("#FFFFFF")


def test_a_shorter_document_keeps_as_much_of_the_place_as_it_has(qtbot: QtBot, shown: PdfPreview) -> None:
    shown.go_to_page(5)
    shown.show_pdf(a_pdf(2))
    qtbot.waitUntil(lambda: shown.page_count == 2)
    assert shown.page == 2


def test_what_is_no_pdf_shows_no_pages(qtbot: QtBot, shown: PdfPreview) -> None:
    with qtbot.waitSignal(shown.pages.opened):
        shown.show_pdf(b"<b>not a paper</b>")
    assert shown.page_count == 0
    assert shown.accessibleName() == "Preview, no pages"
    shown.viewport().grab()
    assert page_count(b"") == 0
    assert page_count(a_pdf(3)) == 3


def test_the_end_of_the_preview_ends_its_thread(qtbot: QtBot, light: ThemeKeeper) -> None:
    preview = PdfPreview()
    preview.show_pdf(a_pdf(2))
    thread = preview.pages._thread
    preview.deleteLater()
    qtbot.waitUntil(lambda: not thread.is_alive())


def painted(*shapes: object) -> QImage:
    """The shapes on a white sheet of 100 by 100 at one pixel a point."""
    drawing = Drawing(100, 100)
    for shape in shapes:
        drawing.add(shape)
    picture = QImage(100, 100, QImage.Format.Format_RGB32)
    picture.fill(QColor("#FFFFFF"))
    painter = QPainter(picture)
    paint_drawing(painter, drawing, QRectF(0, 0, 100, 100))
    painter.end()
    return picture


RED, WHITE = QColor("#B3402E"), QColor("#FFFFFF")
FILL = {"fillColor": HexColor("#B3402E"), "strokeColor": None}
STROKE = {"strokeColor": HexColor("#B3402E"), "strokeWidth": 4}


@pytest.mark.parametrize(
    ("shape", "inside", "outside"),
    [
        (Rect(10, 10, 30, 20, **FILL), (20, 80), (20, 20)),
        (Rect(10, 10, 40, 40, rx=20, ry=20, **FILL), (30, 70), (11, 89)),
        (Line(0, 50, 100, 50, **STROKE), (50, 50), (50, 40)),
        (PolyLine([0, 0, 100, 100], **STROKE), (50, 50), (80, 80)),
        (Polygon([0, 0, 100, 0, 0, 100], **FILL), (20, 80), (80, 20)),
        (Circle(50, 50, 20, **FILL), (50, 50), (10, 10)),
        (Wedge(50, 50, 40, 0, 90, **FILL), (60, 40), (40, 60)),
        (Group(Rect(0, 0, 10, 10, **FILL), transform=(1, 0, 0, 1, 60, 60)), (65, 35), (5, 95)),
    ],
)
def test_shapes_of_paper_stand_on_the_screen(
    light: ThemeKeeper, shape: object, inside: tuple[int, int], outside: tuple[int, int]
) -> None:
    picture = painted(shape)
    assert picture.pixelColor(*inside) == RED
    assert picture.pixelColor(*outside) == WHITE


def test_paths_and_words_are_painted(light: ThemeKeeper) -> None:
    path = Path(**FILL)
    path.moveTo(10, 10)
    path.lineTo(90, 10)
    path.curveTo(90, 60, 60, 90, 10, 90)
    path.closePath()
    assert painted(path).pixelColor(30, 70) == RED
    words = painted(
        String(
            50,
            40,
            "MMM",
            fontName="Inter-SemiBold",
            fontSize=30,
            textAnchor="middle",
            fillColor=HexColor("#B3402E"),
        )
    )
    inked = [x for x in range(100) if any(words.pixelColor(x, y) != WHITE for y in range(35, 60))]
    assert inked[0] > 5
    assert abs((inked[0] + inked[-1]) / 2 - 50) < 4


def test_a_chart_is_made_after_the_first_paint_in_the_colours_of_the_theme(
    qtbot: QtBot, light: ThemeKeeper, theme_keeper: ThemeKeeper
) -> None:
    asked: list[tuple[float, float, str]] = []

    def make(width: float, height: float, palette: object) -> Drawing:
        asked.append((round(width), round(height), getattr(palette, "surface", "")))
        return Drawing(width, height)

    view = DrawingView("Trend")
    qtbot.addWidget(view)
    view.resize(310, 155)
    view.show_chart(make, "Base: 50%")
    assert asked == []
    view.show()
    qtbot.waitUntil(lambda: view.is_drawn)
    assert asked[0] == (200, 100, "#FFFFFF")
    assert view.accessibleDescription() == "Base: 50%"
    from ui.theme import Appearance

    theme_keeper.apply(Appearance.DARK, 100)
    qtbot.waitUntil(lambda: asked[-1][2] == "#1C232B")
