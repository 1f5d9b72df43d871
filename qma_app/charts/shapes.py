"""The few shapes charts are made of, in our colours and fonts, so that every chart looks like its neighbour."""

from __future__ import annotations

import itertools
from math import ceil, cos, pi, radians, sin, tan
from typing import Any, Final

from reportlab.graphics.shapes import Circle, Drawing, Line, Path, PolyLine, Rect, String
from reportlab.lib.colors import HexColor

from qma_app.charts.lettering import BOLD, REGULAR
from qma_app.design import LIGHT, Palette

SIZE: Final = 7.5
"""Points of ordinary words in a chart."""

TRACK: Final = 6.0
"""Height of a bar."""

_CAP_HEIGHT: Final = 0.7275


def drawing(width: float, height: float) -> Drawing:
    """An empty sheet; its origin is at the bottom left."""
    return Drawing(width, height)


def box(
    x: float,
    y: float,
    width: float,
    height: float,
    fill: str | None,
    *,
    stroke: str | None = None,
    radius: float = 0,
) -> Rect:
    """A rectangle, with round corners if wanted."""
    radius = min(radius, width / 2, height / 2)
    return Rect(
        x,
        y,
        width,
        height,
        rx=radius,
        ry=radius,
        fillColor=_colour(fill),
        strokeColor=_colour(stroke),
        strokeWidth=0.6,
    )


def stroke(
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    colour: str,
    *,
    width: float = 0.5,
    dashes: tuple[float, ...] | None = None,
) -> Line:
    """A straight line."""
    return Line(
        x1,
        y1,
        x2,
        y2,
        strokeColor=_colour(colour),
        strokeWidth=width,
        strokeDashArray=list(dashes) if dashes else None,
    )


def track(points: list[tuple[float, float]], colour: str, *, width: float = 1.4) -> PolyLine:
    """A line through points."""
    flat = [value for point in points for value in point]
    return PolyLine(flat, strokeColor=_colour(colour), strokeWidth=width, strokeLineCap=1, strokeLineJoin=1)


def dot(
    x: float, y: float, radius: float, fill: str | None, *, stroke: str | None = None, width: float = 1.0
) -> Circle:
    """A filled or hollow point."""
    return Circle(x, y, radius, fillColor=_colour(fill), strokeColor=_colour(stroke), strokeWidth=width)


def words(
    x: float,
    y: float,
    text: str,
    *,
    colour: str = LIGHT.text,
    size: float = SIZE,
    is_bold: bool = False,
    anchor: str = "start",
) -> String:
    """One line of text on the baseline `y`; `anchor` is start, middle or end."""
    return String(
        x,
        y,
        text,
        fontName=BOLD if is_bold else REGULAR,
        fontSize=size,
        fillColor=_colour(colour),
        textAnchor=anchor,
    )


def words_beside(x: float, middle: float, text: str, **how: Any) -> String:
    """Text whose capitals stand centred on the height `middle`."""
    return words(x, middle - how.get("size", SIZE) * _CAP_HEIGHT / 2, text, **how)


def ring_part(x: float, y: float, outer: float, inner: float, start: float, sweep: float, fill: str) -> Path:
    """A piece of a ring, clockwise from `start` degrees (0 is at the top) over `sweep` degrees."""
    path = Path(fillColor=_colour(fill), strokeColor=None, strokeWidth=0)
    steps = max(1, ceil(sweep / 90))
    angles = [radians(90 - start - sweep * step / steps) for step in range(steps + 1)]
    path.moveTo(x + outer * cos(angles[0]), y + outer * sin(angles[0]))
    _arc(path, x, y, outer, angles)
    path.lineTo(x + inner * cos(angles[-1]), y + inner * sin(angles[-1]))
    _arc(path, x, y, inner, angles[::-1])
    path.closePath()
    return path


def on_circle(x: float, y: float, radius: float, share: float) -> tuple[float, float]:
    """The point a `share` of the way round a circle, clockwise from the top."""
    angle = pi / 2 - 2 * pi * share
    return x + radius * cos(angle), y + radius * sin(angle)


def bar_with_bounds(
    x: float,
    middle: float,
    width: float,
    share: float,
    fill: str,
    *,
    bounds: tuple[float, ...] = (),
    palette: Palette = LIGHT,
    height: float = TRACK,
) -> list[Any]:
    """A bar on its track with a tick at each bound; `share` and `bounds` lie between 0 and 1."""
    shapes: list[Any] = [box(x, middle - height / 2, width, height, palette.raised, radius=height / 2)]
    if share > 0:
        length = max(width * min(share, 1.0), height)
        shapes.append(box(x, middle - height / 2, length, height, fill, radius=height / 2))
    ticks = [x + width * bound for bound in bounds]
    reach = height / 2 + 2.5
    shapes += [stroke(tick, middle - reach, tick, middle + reach, palette.text, width=0.9) for tick in ticks]
    return shapes


def _arc(path: Path, x: float, y: float, radius: float, angles: list[float]) -> None:
    for one, other in itertools.pairwise(angles):
        pull = 4 / 3 * tan((other - one) / 4) * radius
        path.curveTo(
            x + radius * cos(one) - pull * sin(one),
            y + radius * sin(one) + pull * cos(one),
            x + radius * cos(other) + pull * sin(other),
            y + radius * sin(other) - pull * cos(other),
            x + radius * cos(other),
            y + radius * sin(other),
        )


def _colour(colour: str | None) -> Any:
    return None if colour is None else HexColor(colour)
