"""Which few causes make up most: bars from large to small, how they add up, and the mark to which the vital few reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from reportlab.graphics.shapes import Drawing

from qma_app.charts.lettering import shortened, wrapped
from qma_app.charts.shapes import box, dot, drawing, stroke, track, words, words_beside
from qma_app.design import LIGHT, NOT_RATED, Palette

_SMALL: Final = 6.4
_LEADING: Final = 7.8
_TINY: Final = 5.8
_LEFT: Final = 2.0
_RIGHT: Final = 20.0
_HEAD: Final = 20.0
_LABEL_LINES: Final = 3
_WIDEST: Final = 62.0
MARK: Final = Fraction(80, 100)


@dataclass(frozen=True, kw_only=True, slots=True)
class ParetoBar:
    """One cause: its name, its value and that in words, the cumulative share (0 to 1) and that in words.

    `is_vital` for the vital few, `is_other` for what has no name of its own.
    """

    label: str
    value: Fraction
    figure: str
    cumulative: Fraction
    percent: str
    is_vital: bool = False
    is_other: bool = False


def pareto_chart(
    bars: Sequence[ParetoBar],
    *,
    width: float,
    height: float = 150.0,
    mark_label: str = "",
    palette: Palette = LIGHT,
) -> Drawing:
    """Bars in the order given with their figures below, a line of what they add up to, and a dashed one at 80 percent.

    The scale of the bars ends at the sum of all, so that bars and line are read against the same height.
    """
    step = _step(bars, width)
    labels = [wrapped(bar.label, step - 4, _SMALL, most=_LABEL_LINES) or ("",) for bar in bars]
    foot = (max(map(len, labels), default=1) + 1) * _LEADING + 6
    height = max(height, foot + _HEAD + 40)
    sheet = drawing(width, height)
    bottom, top, right = foot, height - _HEAD, width - _RIGHT
    total = sum((bar.value for bar in bars), Fraction())
    for share in (0, 20, 40, 60, 80, 100):
        y = bottom + (top - bottom) * share / 100
        sheet.add(stroke(_LEFT, y, right, y, palette.line))
        sheet.add(words_beside(right + 4, y, f"{share}", size=_TINY, colour=palette.muted))
    for place, bar in enumerate(bars):
        x = _LEFT + step * (place + 0.5)
        high = (top - bottom) * float(bar.value / total) if total else 0.0
        colour = NOT_RATED if bar.is_other else palette.accent if bar.is_vital else palette.control_edge
        wide = min(step * 0.62, 40.0)
        sheet.add(box(x - wide / 2, bottom, wide, high, colour))
        _add_words(sheet, bar, labels[place], x, bottom, step, palette)
    y = bottom + (top - bottom) * float(MARK)
    sheet.add(stroke(_LEFT, y, right, y, palette.text, width=0.7, dashes=(2, 2)))
    if mark_label:
        label = shortened(mark_label, width - _LEFT, _TINY)
        sheet.add(words(_LEFT, top + 13, label, size=_TINY, colour=palette.muted))
    points = [
        (_LEFT + step * (place + 0.5), bottom + (top - bottom) * float(bar.cumulative))
        for place, bar in enumerate(bars)
    ]
    if len(points) > 1:
        sheet.add(track(points, palette.warn, width=1.2))
    for bar, (x, y) in zip(bars, points, strict=True):
        sheet.add(dot(x, y, 2.0, palette.surface, stroke=palette.warn, width=1.0))
        percent = shortened(bar.percent, step, _TINY)
        lift = -8.5 if 0 < bottom + (top - bottom) * float(MARK) - y < 11 else 4.5
        sheet.add(words(x, y + lift, percent, size=_TINY, anchor="middle", colour=palette.muted))
    return sheet


def _add_words(
    sheet: Drawing,
    bar: ParetoBar,
    label: Sequence[str],
    x: float,
    bottom: float,
    step: float,
    palette: Palette,
) -> None:
    """Under a bar what it stands for: the figure first, then the name."""
    ink = palette.muted if bar.is_other else palette.text
    figure = shortened(bar.figure, step - 2, _SMALL)
    sheet.add(words(x, bottom - 8, figure, size=_SMALL, is_bold=True, anchor="middle", colour=ink))
    for row, text in enumerate(label, 1):
        y = bottom - 8 - row * _LEADING
        sheet.add(words(x, y, text, size=_SMALL, anchor="middle", colour=ink))


def _step(bars: Sequence[ParetoBar], width: float) -> float:
    return min(_WIDEST * 1.4, (width - _LEFT - _RIGHT) / max(1, len(bars)))
