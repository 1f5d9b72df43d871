"""Small marks inside lines and cells: the colour chip of a rating, the badge of a grade, a word in a box."""

from __future__ import annotations

from typing import Final

from qma_app.design import LIGHT, readable_on
from qma_app.reports.blocks import Block
from qma_app.reports.fonts import Face
from qma_app.reports.sheet import Sheet
from qma_app.reports.styles import CAP_HEIGHT, CELL, Align, TextStyle
from qma_app.reports.text import Typesetter

_CHIP: Final = 14.0
_BADGE: Final = TextStyle(face=Face.SEMIBOLD, size=7.0, leading=10.0, tracking=12)


class Chip(Block):
    """A coloured field with a figure, and its word beside it; a hollow one for what carries no points."""

    def __init__(
        self, setter: Typesetter, figure: str, word: str, colour: str | None, *, style: TextStyle = CELL
    ) -> None:
        self._setter = setter
        self._figure = figure
        self._word = word
        self._colour = colour
        self._style = style

    def height(self, width: float) -> float:
        lines = self._setter.lines(self._word, self._style, width - _CHIP - 10)
        return max(_CHIP - 2, len(lines) * self._style.leading)

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        middle = top - self._style.leading / 2
        wide = _CHIP + 3
        sheet.box(
            x, middle - _CHIP / 2 + 0.5, wide, _CHIP - 1,
            fill=self._colour, stroke=None if self._colour else LIGHT.control_edge, radius=2.5,
        )  # fmt: skip
        ink = readable_on(self._colour) if self._colour else LIGHT.muted
        style = TextStyle(face=Face.SEMIBOLD, size=8.2, leading=10, colour=ink)
        figure = self._setter.one_line(self._figure, style)
        sheet.line(figure, style, x + wide / 2, middle - 8.2 * CAP_HEIGHT / 2, align=Align.CENTRE)
        lines = self._setter.lines(self._word, self._style, width - wide - 6)
        sheet.lines(lines, self._style, x + wide + 6, top, width - wide - 6)


class Badge(Block):
    """A word in a box with round corners: filled, or outlined in its colour."""

    def __init__(
        self,
        setter: Typesetter,
        text: str,
        colour: str,
        *,
        is_filled: bool = False,
        line_height: float = 13.0,
    ) -> None:
        self._setter = setter
        self._text = text
        self._colour = colour
        self._is_filled = is_filled
        self._line_height = line_height

    def height(self, width: float) -> float:
        return self._line_height

    def width(self) -> float:
        """How wide it is with its padding."""
        return self._setter.one_line(self._text, _BADGE).width + 11

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        middle = top - self._line_height / 2
        ink = readable_on(self._colour) if self._is_filled else self._colour
        style = _BADGE.in_colour(ink)
        line = self._setter.one_line(self._text, style, max(20.0, width - 11))
        sheet.box(
            x, middle - 6.2, line.width + 11, 12.4,
            fill=self._colour if self._is_filled else None, stroke=self._colour, thickness=0.7, radius=3,
        )  # fmt: skip
        sheet.line(line, style, x + 5.5, middle - 7.0 * CAP_HEIGHT / 2)


class Dot(Block):
    """A tick or a cross in a circle: whether a rule holds."""

    def __init__(self, *, holds: bool, line_height: float = 13.5) -> None:
        self._holds = holds
        self._line_height = line_height

    def height(self, width: float) -> float:
        return self._line_height

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        y = top - self._line_height / 2
        x += 5.5
        sheet.circle(x, y, 5.2, fill=LIGHT.ok if self._holds else LIGHT.bad)
        if self._holds:
            steps = (
                f"{x - 2.3:.2f} {y - 0.1:.2f} m {x - 0.6:.2f} {y - 1.9:.2f} l {x + 2.4:.2f} {y + 1.9:.2f} l"
            )
        else:
            steps = (
                f"{x - 1.8:.2f} {y - 1.8:.2f} m {x + 1.8:.2f} {y + 1.8:.2f} l "
                f"{x - 1.8:.2f} {y + 1.8:.2f} m {x + 1.8:.2f} {y - 1.8:.2f} l"
            )
        sheet.path(steps, stroke=LIGHT.surface, thickness=1.1, has_round_ends=True)
