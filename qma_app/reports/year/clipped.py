"""Words that may take only so many lines: for papers that must fit one page."""

from __future__ import annotations

from typing import Final

from qma_app.reports.blocks import Block
from qma_app.reports.sheet import Sheet
from qma_app.reports.styles import TextStyle
from qma_app.reports.text import Line, Typesetter

_LONGEST_LINE: Final = 400
"""No line of a page holds more letters."""


class ClippedWords(Block):
    """At most `most` lines, the last of them with an ellipsis where more was said; None = all of it."""

    def __init__(
        self, setter: Typesetter, text: str, style: TextStyle, *, most: int | None, where: str = ""
    ) -> None:
        self._setter = setter
        self._text = text
        self._style = style
        self._most = most
        self._where = where
        self._set: tuple[float, tuple[Line, ...], bool] = (-1.0, (), False)

    def height(self, width: float) -> float:
        return len(self._lines(width)) * self._style.leading

    def is_clipped(self, width: float) -> bool:
        """Whether something was left out at this width."""
        self._lines(width)
        return self._set[2]

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        sheet.lines(self._lines(width), self._style, x, top, width)

    def _lines(self, width: float) -> tuple[Line, ...]:
        if self._set[0] != width:
            text = self._text
            if self._most is not None:  # what cannot be seen needs no setting
                text = text[: (self._most + 1) * _LONGEST_LINE]
            lines = self._setter.lines(text, self._style, width, where=self._where)
            is_clipped = self._most is not None and len(lines) > self._most
            if self._most is not None and is_clipped:
                lines = self._first(lines, self._most, width)
            self._set = width, lines, is_clipped
        return self._set[1]

    def _first(self, lines: tuple[Line, ...], most: int, width: float) -> tuple[Line, ...]:
        """The first lines, the last one ending in an ellipsis that fits."""
        last = lines[most - 1]
        if last.is_right_to_left:
            return lines[:most]
        text = "".join(run.text for run in last.runs).rstrip()
        room = width - self._setter.one_line(" …", self._style).width
        shown = self._setter.one_line(text, self._style, room)
        kept = "".join(run.text for run in shown.runs).rstrip("… ")
        return (*lines[: most - 1], self._setter.one_line(f"{kept} …", self._style))
