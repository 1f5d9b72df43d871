"""Puts a chart on paper: its few kinds of shapes drawn one by one, its words set like all others."""

from __future__ import annotations

from typing import Any

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

from qma_app.reports.fonts import PAGE_OF_FACE, Face
from qma_app.reports.sheet import Sheet
from qma_app.reports.styles import Align, TextStyle
from qma_app.reports.text import Typesetter

_ANCHORS = {"start": Align.START, "middle": Align.CENTRE, "end": Align.END}
_POINTS_OF_STEP = (1, 1, 3, 0)
_STEPS = ("m", "l", "c", "h")


def draw_chart(sheet: Sheet, setter: Typesetter, drawing: Drawing, x: float, y: float) -> None:
    """Draw a chart with its bottom left corner at a point."""
    with sheet.moved(1, 0, 0, 1, x, y):
        for shape in drawing.contents:
            _draw(sheet, setter, shape)


def _draw(sheet: Sheet, setter: Typesetter, shape: Any) -> None:
    if isinstance(shape, String):
        _draw_words(sheet, setter, shape)
    elif isinstance(shape, Rect):
        sheet.box(shape.x, shape.y, shape.width, shape.height, radius=shape.rx or 0, **_paint(shape))
    elif isinstance(shape, Circle):
        sheet.circle(shape.cx, shape.cy, shape.r, **_paint(shape))
    elif isinstance(shape, Line):
        colour = _hex(shape.strokeColor)
        if colour:
            sheet.rule(
                shape.x1, shape.y1, shape.x2, shape.y2, colour,
                thickness=shape.strokeWidth, dashes=shape.strokeDashArray or (),
            )  # fmt: skip
    elif isinstance(shape, PolyLine):
        sheet.path(
            _through(shape.points),
            stroke=_hex(shape.strokeColor), thickness=shape.strokeWidth, has_round_ends=True,
        )  # fmt: skip
    elif isinstance(shape, Polygon):
        sheet.path(f"{_through(shape.points)} h", dashes=shape.strokeDashArray or (), **_paint(shape))
    elif isinstance(shape, Path):
        sheet.path(_steps(shape), **_paint(shape))
    elif isinstance(shape, Wedge):
        _draw(sheet, setter, shape.asPolygon())
    elif isinstance(shape, Group):
        with sheet.moved(*shape.transform):
            for part in shape.contents:
                _draw(sheet, setter, part)
    else:
        raise TypeError(f"a chart may not hold {type(shape).__name__}")


def _draw_words(sheet: Sheet, setter: Typesetter, shape: String) -> None:
    style = TextStyle(
        face=PAGE_OF_FACE.get(shape.fontName, Face.REGULAR),
        size=shape.fontSize,
        leading=shape.fontSize,
        colour=_hex(shape.fillColor) or "#000000",
    )
    line = setter.one_line(shape.text, style)
    sheet.line(line, style, shape.x, shape.y, align=_ANCHORS[shape.textAnchor])


def _paint(shape: Any) -> dict[str, Any]:
    return {"fill": _hex(shape.fillColor), "stroke": _hex(shape.strokeColor), "thickness": shape.strokeWidth}


def _hex(colour: Any) -> str | None:
    return None if colour is None else f"#{int(colour.hexval(), 16):06x}"


def _through(points: list[float]) -> str:
    pairs = list(zip(points[::2], points[1::2], strict=True))
    start, *rest = (f"{x:.2f} {y:.2f}" for x, y in pairs)
    return f"{start} m " + " ".join(f"{point} l" for point in rest)


def _steps(path: Path) -> str:
    numbers = iter(path.points)
    parts = []
    for operator in path.operators:
        parts += [f"{next(numbers):.2f}" for _number in range(2 * _POINTS_OF_STEP[operator])]
        parts.append(_STEPS[operator])
    return " ".join(parts)
