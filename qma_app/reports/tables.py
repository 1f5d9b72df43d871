"""Tables of any length: the head repeats on each page, rows break only when they are too high, words are measured once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from qma_app.design import LIGHT
from qma_app.reports.blocks import Block, Parts
from qma_app.reports.sheet import Sheet

TALL: Final = 150.0
"""A row higher than this is broken at the foot of a page, a lower one moves to the next."""


@dataclass(slots=True)
class Row:
    """Cells by column, None for an empty one; a row that `spans` has one cell over all columns.

    `keeps` holds it together with the row below, `rule` is the colour of the hairline under it.
    """

    cells: tuple[Block | None, ...]
    padding: float = 4.5
    rule: str | None = LIGHT.line
    ground: str | None = None
    keeps: bool = False
    spans: bool = False
    _height: float = field(default=-1.0, repr=False)

    def height(self, widths: Sequence[float]) -> float:
        """The highest cell with space above and below; worked out once."""
        if self._height < 0:
            inner = (
                cell.height(width)
                for cell, width in zip(self.cells, self.widths(widths), strict=True)
                if cell
            )
            self._height = max(inner, default=0.0) + 2 * self.padding
        return self._height

    def widths(self, widths: Sequence[float]) -> Sequence[float]:
        """The widths of its cells."""
        return (sum(widths),) if self.spans else widths

    def split(
        self, widths: Sequence[float], room: float, *, is_forced: bool
    ) -> tuple[Row | None, Row | None]:
        """The part that fits in `room` and the rest, each cell broken by itself; None before when no cell has a part."""
        room -= 2 * self.padding
        heads: list[Block | None] = []
        rests: list[Block | None] = []
        for cell, width in zip(self.cells, self.widths(widths), strict=True):
            head, rest = cell.split(width, room, is_forced=is_forced) if cell else (None, None)
            heads.append(head)
            rests.append(rest)
        whole = [rest for head, rest in zip(heads, rests, strict=True) if rest and not head]
        if not any(heads) or (whole and not is_forced):
            return None, self
        return self._like(heads, rule=None), self._like(rests, rule=self.rule)

    def _like(self, cells: Sequence[Block | None], *, rule: str | None) -> Row:
        return Row(tuple(cells), padding=self.padding, rule=rule, ground=self.ground, spans=self.spans)


class Table(Block):
    """Rows under a head; `widths` are those of the text in each column, without the `gutter` between."""

    def __init__(
        self, widths: Sequence[float], rows: Sequence[Row], *, head: Row | None = None, gutter: float = 10.0
    ) -> None:
        self._widths = tuple(widths)
        self._rows = tuple(rows)
        self._head = head
        self._gutter = gutter

    def height(self, width: float) -> float:
        return self._head_height() + sum(row.height(self._columns(row)) for row in self._rows)

    def least(self, width: float) -> float:
        used = self._head_height()
        for row in self._rows:
            used += min(row.height(self._columns(row)), TALL)
            if not row.keeps:
                break
        return used

    def split(self, width: float, room: float, *, is_forced: bool = False) -> Parts:
        used = self._head_height()
        fitting = 0
        for row in self._rows:
            height = row.height(self._columns(row))
            if used + height > room + 0.01:
                break
            used += height
            fitting += 1
        if fitting == len(self._rows):
            return self, None
        row = self._rows[fitting]
        head: Row | None = None
        rest: Row | None = row
        if row.height(self._columns(row)) > TALL or (is_forced and not fitting):
            head, rest = row.split(self._columns(row), room - used, is_forced=is_forced and not fitting)
        if head is None:
            while fitting and self._rows[fitting - 1].keeps:
                fitting -= 1
            rest = self._rows[fitting]
        if not fitting and head is None:
            return None, self
        before = (*self._rows[:fitting], *([head] if head else []))
        after = (*([rest] if rest else []), *self._rows[fitting + 1 :])
        return self._like(before), self._like(after)

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        rows = (self._head, *self._rows) if self._head else self._rows
        full = sum(self._widths) + self._gutter * (len(self._widths) - 1)
        for row in rows:
            columns = self._columns(row)
            height = row.height(columns)
            if row.ground:
                sheet.box(x - 6, top - height, full + 12, height, fill=row.ground, radius=2)
            at = x
            for cell, column in zip(row.cells, row.widths(columns), strict=True):
                if cell:
                    cell.draw(sheet, at, top - row.padding, column)
                at += column + self._gutter
            top -= height
            if row.rule:
                sheet.rule(x, top, x + full, top, row.rule)

    def _columns(self, row: Row) -> Sequence[float]:
        if row.spans:
            return (sum(self._widths) + self._gutter * (len(self._widths) - 1),)
        return self._widths

    def _head_height(self) -> float:
        return self._head.height(self._columns(self._head)) if self._head else 0.0

    def _like(self, rows: Sequence[Row]) -> Table:
        return Table(self._widths, rows, head=self._head, gutter=self._gutter)


def side_by_side(blocks: Sequence[Block | None], widths: Sequence[float], *, gutter: float = 24.0) -> Table:
    """Blocks beside one another."""
    return Table(widths, (Row(tuple(blocks), padding=0.0, rule=None),), gutter=gutter)
