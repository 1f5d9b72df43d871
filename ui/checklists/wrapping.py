"""Breaks texts into lines by adding up the widths of their words, so that the heights of 600 cards are known at once."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from PySide6.QtGui import QFont, QFontMetricsF


class Line(NamedTuple):
    """One line and how wide it is."""

    text: str
    width: float


class Wrapper:
    """Wraps in one font; each word is measured once, with the space before it."""

    def __init__(self, font: QFont) -> None:
        self._metrics = QFontMetricsF(font)
        self._steps: dict[str, float] = {}
        self._space = self._metrics.horizontalAdvance(" ")
        self.line_height = round(self._metrics.height() * 1.16)
        self.ascent = (self.line_height - self._metrics.height()) / 2 + self._metrics.ascent()

    def width(self, text: str) -> float:
        """How wide a text is on one line."""
        return self._metrics.horizontalAdvance(text)

    def lines(self, text: str, room: float) -> tuple[Line, ...]:
        """The lines of a text; a word wider than the room is broken, line ends that were typed are kept."""
        lines: list[Line] = []
        for paragraph in text.splitlines():
            lines += self._filled(paragraph.split(), room)
        return tuple(lines)

    def _filled(self, words: list[str], room: float) -> list[Line]:
        """Each line takes as many words as end within the room: found by halving in the sums of their widths."""
        known, space = self._steps, self._space
        try:
            ends = list(accumulate([known[word] for word in words]))
        except KeyError:
            for word in words:
                if word not in known:
                    known[word] = space + self._metrics.horizontalAdvance(word)
            ends = list(accumulate([known[word] for word in words]))
        lines: list[Line] = []
        first, before = 0, 0.0
        while first < len(words):
            after = bisect_right(ends, before + space + room, first)
            if after == first:
                lines += self._pieces(words[first], room)
                after += 1
            else:
                lines.append(Line(" ".join(words[first:after]), ends[after - 1] - before - space))
            first, before = after, ends[after - 1]
        return lines

    def _pieces(self, word: str, room: float) -> list[Line]:
        """A word that is wider than the room, cut where it ends."""
        pieces, start = [], 0
        for end in range(2, len(word) + 1):
            if end - start > 1 and self.width(word[start:end]) > room:
                pieces.append(Line(word[start : end - 1], self.width(word[start : end - 1])))
                start = end - 1
        pieces.append(Line(word[start:], self.width(word[start:])))
        return pieces
