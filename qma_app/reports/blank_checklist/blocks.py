"""What is drawn to be written on: lines, rating boxes, a grid for the records of a sample."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from qma_app.design import LIGHT
from qma_app.reports.blocks import Block
from qma_app.reports.fonts import Face
from qma_app.reports.sheet import Sheet
from qma_app.reports.styles import CAP_HEIGHT, Align, TextStyle
from qma_app.reports.text import Typesetter

LINE_HEIGHT: Final = 17.0
"""From one line to the next: room for handwriting."""

_INK: Final = LIGHT.text
_BOX: Final = 15.0
_STEP_WIDTH: Final = 25.0
_FIGURE: Final = TextStyle(face=Face.SEMIBOLD, size=8.6, leading=_BOX, colour=_INK)
_WORD: Final = TextStyle(size=7.4, leading=_BOX, colour=_INK)
_TICK: Final = 9.5
_TICK_PITCH: Final = 13.5
_TICK_LINE: Final = 14.0
_FIVE: Final = 6.0


class WritingLines(Block):
    """So many lines to write on."""

    def __init__(self, count: int) -> None:
        self._count = count

    def height(self, width: float) -> float:
        return self._count * LINE_HEIGHT

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        for line in range(1, self._count + 1):
            y = top - line * LINE_HEIGHT + 2
            sheet.rule(x, y, x + width, y, LIGHT.control_edge, thickness=0.4)


class NamedLine(Block):
    """A word in front of one line to write on; what is known already may stand on it."""

    def __init__(self, setter: Typesetter, name: str, known: str = "") -> None:
        self._setter = setter
        self._name = name
        self._known = known

    def height(self, width: float) -> float:
        return 20.0

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        base = top - 14
        name = self._setter.one_line(self._name, _WORD, width * 0.6)
        sheet.line(name, _WORD, x, base)
        at = x + name.width + 6
        sheet.rule(at, base - 2.5, x + width, base - 2.5, LIGHT.control_edge, thickness=0.5)
        if self._known:
            sheet.line(
                self._setter.one_line(self._known, _FIGURE, width - name.width - 10), _FIGURE, at + 2, base
            )


class RatingBoxes(Block):
    """A box a step of the scale, one for each mark without points, and one at the right end to tick for a finding."""

    def __init__(self, setter: Typesetter, points: Sequence[int], marks: Sequence[str], finding: str) -> None:
        self._setter = setter
        self._points = tuple(points)
        self._marks = tuple(marks)
        self._finding = finding

    def height(self, width: float) -> float:
        return _BOX * len(self._rows(width)) + 4 * (len(self._rows(width)) - 1)

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        rows = self._rows(width)
        for place, row in enumerate(rows):
            y = top - place * (_BOX + 4)
            at = x
            for text, wide in row:
                self._draw_box(sheet, text, wide, at, y)
                at += wide + 4
        finding = self._setter.one_line(self._finding, _WORD)
        at = x + width - finding.width - _BOX - 5
        y = top - (len(rows) - 1) * (_BOX + 4)
        sheet.box(at, y - _BOX + 2, _BOX - 4, _BOX - 4, stroke=_INK, thickness=0.8)
        sheet.line(finding, _WORD, at + _BOX, y - _BOX / 2 - _WORD.size * CAP_HEIGHT / 2)

    def _draw_box(self, sheet: Sheet, text: str, wide: float, x: float, top: float) -> None:
        style = _FIGURE if text.isdigit() else _WORD
        sheet.box(x, top - _BOX, wide, _BOX, stroke=_INK, thickness=0.8, radius=2)
        line = self._setter.one_line(text, style)
        sheet.line(
            line, style, x + wide / 2, top - _BOX / 2 - style.size * CAP_HEIGHT / 2, align=Align.CENTRE
        )

    def _rows(self, width: float) -> list[list[tuple[str, float]]]:
        """The boxes in as many rows as they need beside the one for a finding."""
        room = width - self._setter.one_line(self._finding, _WORD).width - _BOX - 20
        boxes = [(str(step), _STEP_WIDTH) for step in self._points]
        boxes += [(mark, self._setter.one_line(mark, _WORD).width + 12) for mark in self._marks]
        rows: list[list[tuple[str, float]]] = [[]]
        used = 0.0
        for text, wide in boxes:
            if rows[-1] and used + wide > room:
                rows.append([])
                used = 0.0
            rows[-1].append((text, wide))
            used += wide + 4
        return rows


class SampleGrid(Block):
    """What to draw, and a small box for each record, in fives so that they are counted at a glance."""

    def __init__(self, setter: Typesetter, words: str, size: int) -> None:
        self._setter = setter
        self._words = words
        self._size = size

    def height(self, width: float) -> float:
        return len(self._setter.lines(self._words, _WORD_LINE, width)) * _WORD_LINE.leading + (
            self._grid_lines(width) * _TICK_LINE
        )

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        lines = self._setter.lines(self._words, _WORD_LINE, width)
        sheet.lines(lines, _WORD_LINE, x, top, width)
        top -= len(lines) * _WORD_LINE.leading
        in_line = self._in_line(width)
        for place in range(self._size):
            row, column = divmod(place, in_line)
            at = x + column * _TICK_PITCH + column // 5 * _FIVE
            y = top - row * _TICK_LINE - _TICK - 2
            sheet.box(at, y, _TICK, _TICK, stroke=_INK, thickness=0.6)

    def _in_line(self, width: float) -> int:
        """As many fives as fit, at least one."""
        five = 5 * _TICK_PITCH + _FIVE
        return max(1, int((width + _FIVE) // five)) * 5

    def _grid_lines(self, width: float) -> int:
        return -(-self._size // self._in_line(width))


_WORD_LINE: Final = TextStyle(size=7.4, leading=11.0, colour=_INK)
