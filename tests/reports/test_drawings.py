"""Charts reach paper shape by shape, and what no painter knows is refused while it is still a mistake of ours."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader
from reportlab.graphics.shapes import (
    Circle,
    Drawing,
    Ellipse,
    Group,
    Line,
    Path,
    Polygon,
    PolyLine,
    Rect,
    String,
    Wedge,
)

from qma_app.reports.drawings import draw_chart
from qma_app.reports.fonts import PaperFonts
from qma_app.reports.sheet import Sheet
from qma_app.reports.text import Typesetter


def code_of(*shapes: object) -> str:
    """The page's code after drawing these shapes at 100, 200."""
    drawing = Drawing(100, 50)
    for shape in shapes:
        drawing.add(shape)
    setter = Typesetter(PaperFonts())
    sheet = Sheet(setter.fonts, language="en", title="t", author="a", subject="s", made_at=datetime(2026, 11, 21, tzinfo=UTC))  # fmt: skip
    draw_chart(sheet, setter, drawing, 100, 200)
    sheet.end_page()
    out = BytesIO()
    sheet.write_to(out, lambda _share: None, lambda _digest: b"")
    return str(PdfReader(out).pages[0].get_contents().get_data().decode("latin-1"))  # type: ignore[union-attr]  # there is a page


@pytest.mark.parametrize(
    ("shape", "code"),
    [
        (Rect(1, 2, 3, 4, strokeColor=None), "1.00 2.00 3.00 4.00 re f"),
        (Line(1, 2, 3, 4, strokeDashArray=[2, 1]), "[2 1] 0 d 1.00 2.00 m 3.00 4.00 l S [] 0 d"),
        (PolyLine([1, 2, 3, 4, 5, 6]), "1 J 1 j 1.00 2.00 m 3.00 4.00 l 5.00 6.00 l S 0 J 0 j"),
        (Polygon([1, 2, 3, 4, 5, 6], fillColor=None), "1.00 2.00 m 3.00 4.00 l 5.00 6.00 l h S"),
        (String(1, 2, "Level", fontName="Inter-Regular"), "(Level) Tj"),
        (Circle(5, 5, 2, strokeColor=None), "5.00 3.00 m"),
        (
            Group(Rect(1, 2, 3, 4, strokeColor=None), transform=(1, 0, 0, 1, 7, 8)),
            "q 1.0000 0.0000 0.0000 1.0000 7.00 8.00 cm",
        ),
    ],
)
def test_a_shape_becomes_code_of_the_page(shape: object, code: str) -> None:
    assert code in " ".join(code_of(shape).split())


def test_a_path_keeps_its_curves() -> None:
    path = Path(strokeColor=None)
    path.moveTo(1, 2)
    path.curveTo(1, 1, 2, 2, 3, 3)
    path.closePath()
    assert "1.00 2.00 m 1.00 1.00 2.00 2.00 3.00 3.00 c h f" in " ".join(code_of(path).split())


def test_a_wedge_is_drawn_as_the_polygon_it_is() -> None:
    assert " l " in code_of(Wedge(10, 10, 5, 0, 90))


def test_the_page_begins_where_the_chart_was_put() -> None:
    assert "q 1.0000 0.0000 0.0000 1.0000 100.00 200.00 cm" in code_of(Rect(0, 0, 1, 1))


def test_a_shape_no_painter_knows_is_refused() -> None:
    with pytest.raises(TypeError, match="Ellipse"):
        code_of(Ellipse(1, 2, 3, 4))
