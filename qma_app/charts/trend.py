"""How a level moved from one assessment to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from reportlab.graphics.shapes import Drawing

from qma_app.charts.lettering import shortened
from qma_app.charts.shapes import dot, drawing, stroke, track, words, words_beside
from qma_app.design import LIGHT, Palette

_LEFT: Final = 22.0
_RIGHT: Final = 14.0
_FOOT: Final = 26.0
_HEAD: Final = 12.0
_SMALL: Final = 6.6


@dataclass(frozen=True, kw_only=True, slots=True)
class TrendPoint:
    """One assessment: a short name, a second line under it (a date), its level (None = not rated), the level in words.

    A partial level (some areas are not rated) is drawn hollow.
    """

    label: str
    below: str
    level: Fraction | None
    figure: str
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class _Axis:
    """Percent upwards, from `low` at the height `foot` to 100 at `top`."""

    low: int
    foot: float
    top: float

    def height_of(self, level: float) -> float:
        return self.foot + (self.top - self.foot) * (level - self.low) / (100 - self.low)


def trend(
    points: Sequence[TrendPoint],
    *,
    width: float,
    height: float = 120.0,
    mark: int | None = None,
    mark_label: str = "",
    palette: Palette = LIGHT,
) -> Drawing:
    """A line over assessments on an axis of percent; the newest point carries its figure in bold. A gap stays a gap."""
    sheet = drawing(width, height)
    axis = _Axis(_lowest(points, mark), _FOOT, height - _HEAD)
    right = width - _RIGHT
    for level in range(axis.low, 101, 20):
        y = axis.height_of(level)
        sheet.add(stroke(_LEFT, y, right, y, palette.line))
        sheet.add(words_beside(_LEFT - 5, y, str(level), size=_SMALL, anchor="end", colour=palette.muted))
    if mark is not None:
        y = axis.height_of(mark)
        sheet.add(stroke(_LEFT, y, right, y, palette.text, width=0.7, dashes=(2, 2)))
        sheet.add(words(_LEFT + 2, y + 2.5, mark_label, size=6.2, colour=palette.muted))
    step = (right - _LEFT) / max(1, len(points))
    places = [_LEFT + step * (place + 0.5) for place in range(len(points))]
    for part in _parts(points):
        line = [(places[place], axis.height_of(float(points[place].level or 0))) for place in part]
        if len(line) > 1:
            sheet.add(track(line, palette.accent))
    for place, point in enumerate(points):
        _add_names(sheet, point, places[place], step, palette)
        if point.level is not None:
            y = axis.height_of(float(point.level))
            lift = -11.0 if mark is not None and -2 < axis.height_of(mark) - y - 5 < 9 else 5.5
            _add_point(sheet, point, places[place], y, lift, palette, is_last=place == len(points) - 1)
    return sheet


def _add_names(sheet: Drawing, point: TrendPoint, x: float, step: float, palette: Palette) -> None:
    label = shortened(point.label, step - 3, _SMALL)
    sheet.add(words(x, 12, label, size=_SMALL, anchor="middle", colour=palette.text))
    below = shortened(point.below, step, 5.8)
    sheet.add(words(x, 4, below, size=5.8, anchor="middle", colour=palette.muted))


def _add_point(
    sheet: Drawing, point: TrendPoint, x: float, y: float, lift: float, palette: Palette, *, is_last: bool
) -> None:
    """A point with its figure above it, or below where the line of the mark would run through it."""
    fill = palette.surface if point.is_partial else palette.accent
    sheet.add(dot(x, y, 2.6 if is_last else 2.1, fill, stroke=palette.accent, width=1.1))
    size = 7.4 if is_last else _SMALL
    sheet.add(
        words(x, y + lift, point.figure, size=size, is_bold=is_last, anchor="middle", colour=palette.text)
    )


def _lowest(points: Sequence[TrendPoint], mark: int | None) -> int:
    levels = [float(point.level) for point in points if point.level is not None]
    if mark is not None:
        levels.append(float(mark))
    return max(0, min(60, int(min(levels, default=0) - 10) // 20 * 20))


def _parts(points: Sequence[TrendPoint]) -> list[list[int]]:
    """The runs of neighbouring points that have a level."""
    parts: list[list[int]] = [[]]
    for place, point in enumerate(points):
        if point.level is None:
            parts.append([])
        else:
            parts[-1].append(place)
    return [part for part in parts if part]
