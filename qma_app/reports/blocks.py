"""The building blocks of a page: each knows its height, how to break over two pages, and how to draw itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.graphics.shapes import Drawing

from qma_app.design import LIGHT
from qma_app.reports.drawings import draw_chart
from qma_app.reports.sheet import Sheet
from qma_app.reports.styles import TextStyle
from qma_app.reports.text import Line, Typesetter

Parts = tuple["Block | None", "Block | None"]


class Block:
    """Something that takes a width and fills a height; this one is empty and cannot be broken."""

    def height(self, width: float) -> float:
        """How high it is when set to `width`."""
        return 0.0

    def least(self, width: float) -> float:
        """How much room its beginning needs: what a heading above must find below itself."""
        return self.height(width)

    def split(self, width: float, room: float, *, is_forced: bool = False) -> Parts:
        """The part that fits in `room` and the rest; None before when nothing fits well.

        `is_forced` says that no page has more room: take what fits, however it looks.
        """
        return (self, None) if self.height(width) <= room else (None, self)

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Draw it hanging from `top`."""


class Gap(Block):
    """Empty space."""

    def __init__(self, height: float) -> None:
        self._height = height

    def height(self, width: float) -> float:
        return self._height


class Words(Block):
    """Text of any length, broken between lines but never leaving a single line behind."""

    def __init__(
        self,
        setter: Typesetter,
        text: str,
        style: TextStyle,
        *,
        where: str = "",
        lines: tuple[Line, ...] | None = None,
        width: float = -1.0,
    ) -> None:
        self._setter = setter
        self._text = text
        self._style = style
        self._where = where
        self._lines = lines or ()
        self._width = width

    def height(self, width: float) -> float:
        return len(self.lines(width)) * self._style.leading

    def lines(self, width: float) -> tuple[Line, ...]:
        """The lines at a width; worked out once."""
        if width != self._width:
            self._lines = self._setter.lines(self._text, self._style, width, where=self._where)
            self._width = width
        return self._lines

    def least(self, width: float) -> float:
        count = len(self.lines(width))
        return (count if count < 4 else 2) * self._style.leading

    def split(self, width: float, room: float, *, is_forced: bool = False) -> Parts:
        lines = self.lines(width)
        fitting = int((room + 0.01) / self._style.leading)
        if fitting >= len(lines):
            return self, None
        pleasing = min(fitting, len(lines) - 2)
        if pleasing >= 2:
            fitting = pleasing
        elif not is_forced or fitting < 1:
            return None, self
        return self._part(lines[:fitting]), self._part(lines[fitting:])

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        sheet.lines(self.lines(width), self._style, x, top, width)

    def _part(self, lines: tuple[Line, ...]) -> Words:
        return Words(self._setter, self._text, self._style, where=self._where, lines=lines, width=self._width)


class Chart(Block):
    """A drawing of `qma_app.charts`."""

    def __init__(self, setter: Typesetter, drawing: Drawing, *, drop: float = 0.0) -> None:
        self._setter = setter
        self._drawing = drawing
        self._drop = drop

    def height(self, width: float) -> float:
        return float(self._drawing.height) + self._drop

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        draw_chart(sheet, self._setter, self._drawing, x, top - self.height(width))


class Rule(Block):
    """A hairline across the column."""

    def __init__(self, colour: str = LIGHT.line, *, thickness: float = 0.6) -> None:
        self._colour = colour
        self._thickness = thickness

    def height(self, width: float) -> float:
        return self._thickness

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        middle = top - self._thickness / 2
        sheet.rule(x, middle, x + width, middle, self._colour, thickness=self._thickness)


class Stack(Block):
    """Blocks one under the other, broken between or inside them; a first one that `heads` the next is never left alone."""

    def __init__(self, blocks: Sequence[Block], *, gap: float = 0.0, heads: bool = False) -> None:
        self._blocks = tuple(blocks)
        self._gap = gap
        self._heads = heads
        self._heights: tuple[float, list[float]] = (-1.0, [])

    def height(self, width: float) -> float:
        heights = self._heights_at(width)
        return sum(heights) + self._gap * max(0, len(heights) - 1)

    def least(self, width: float) -> float:
        if self._heads and len(self._blocks) > 1:
            return self._heights_at(width)[0] + self._gap + self._blocks[1].least(width)
        return self._blocks[0].least(width) if self._blocks else 0.0

    def split(self, width: float, room: float, *, is_forced: bool = False) -> Parts:
        used = 0.0
        for place, height in enumerate(self._heights_at(width)):
            gap = self._gap if place else 0.0
            if used + gap + height > room + 0.01:
                head, rest = self._blocks[place].split(
                    width, room - used - gap, is_forced=is_forced and not place
                )
                if self._heads and place == 1 and head is None and not is_forced:
                    return None, self
                before = (*self._blocks[:place], *([head] if head else []))
                after = (*([rest] if rest else []), *self._blocks[place + 1 :])
                return (Stack(before, gap=self._gap) if before else None), Stack(after, gap=self._gap)
            used += gap + height
        return self, None

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        for block, height in zip(self._blocks, self._heights_at(width), strict=True):
            block.draw(sheet, x, top, width)
            top -= height + self._gap

    def _heights_at(self, width: float) -> list[float]:
        if self._heights[0] != width:
            self._heights = width, [block.height(width) for block in self._blocks]
        return self._heights[1]


class Together(Block):
    """A block that goes to the next page as a whole, unless it is too high for that."""

    def __init__(self, block: Block, *, tall: float = 330.0) -> None:
        self._block = block
        self._tall = tall

    def height(self, width: float) -> float:
        return self._block.height(width)

    def least(self, width: float) -> float:
        height = self.height(width)
        return height if height <= self._tall else self._block.least(width)

    def split(self, width: float, room: float, *, is_forced: bool = False) -> Parts:
        if self.height(width) <= self._tall and not is_forced:
            return super().split(width, room)
        return self._block.split(width, room, is_forced=is_forced)

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        self._block.draw(sheet, x, top, width)


class Framed(Block):
    """A block with space around it, on a ground of its own, or beside a coloured bar."""

    def __init__(
        self,
        block: Block,
        *,
        padding: tuple[float, float] = (10.0, 12.0),
        ground: str | None = None,
        bar: str | None = None,
        edge: str | None = None,
        radius: float = 0.0,
    ) -> None:
        self._block = block
        self._look: dict[str, Any] = {
            "padding": padding, "ground": ground, "bar": bar, "edge": edge, "radius": radius,
        }  # fmt: skip
        self._above, self._beside = padding
        self._ground, self._bar, self._edge, self._radius = ground, bar, edge, radius

    def height(self, width: float) -> float:
        return self._block.height(width - 2 * self._beside) + 2 * self._above

    def least(self, width: float) -> float:
        return self._block.least(width - 2 * self._beside) + 2 * self._above

    def split(self, width: float, room: float, *, is_forced: bool = False) -> Parts:
        if self.height(width) <= room + 0.01:
            return self, None
        head, rest = self._block.split(width - 2 * self._beside, room - 2 * self._above, is_forced=is_forced)
        return (Framed(head, **self._look) if head else None), (Framed(rest, **self._look) if rest else None)

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        height = self.height(width)
        if self._ground or self._edge:
            sheet.box(
                x, top - height, width, height, fill=self._ground, stroke=self._edge, radius=self._radius
            )
        if self._bar:
            sheet.box(x, top - height, 2.4, height, fill=self._bar)
        self._block.draw(sheet, x + self._beside, top - self._above, width - 2 * self._beside)
