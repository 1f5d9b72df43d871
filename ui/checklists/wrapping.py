"""Breaks texts into lines by adding up the widths of their words, so that the heights of 600 cards are known at once."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontMetricsF


@dataclass(frozen=True, slots=True)
class Line:
    """One line and how wide it is."""

    text: str
    width: float


class Wrapper:
    """Wraps in one font; each word is measured once."""

    def __init__(self, font: QFont) -> None:
        self._metrics = QFontMetricsF(font)
        self._widths: dict[str, float] = {}
        self._space = self._metrics.horizontalAdvance(" ")
        self.line_height = round(self._metrics.height() * 1.16)
        self.ascent = (self.line_height - self._metrics.height()) / 2 + self._metrics.ascent()

    def width(self, text: str) -> float:
        """How wide a text is on one line."""
        known = self._widths.get(text)
        if known is None:
            known = self._widths[text] = self._metrics.horizontalAdvance(text)
        return known

    def lines(self, text: str, room: float) -> tuple[Line, ...]:
        """The lines of a text; a word wider than the room is broken, line ends that were typed are kept."""
        lines: list[Line] = []
        for paragraph in text.splitlines():
            lines += self._filled(paragraph, room)
        return tuple(lines)

    def _filled(self, paragraph: str, room: float) -> list[Line]:
        lines: list[Line] = []
        words: list[str] = []
        used = 0.0
        for word in paragraph.split():
            width = self._widths.get(word)
            if width is None:
                width = self.width(word)
            if words and used + self._space + width <= room:
                used += self._space + width
                words.append(word)
                continue
            if words:
                lines.append(Line(" ".join(words), used))
            words, used = [word], width
            if width > room:
                pieces = self._pieces(word, room)
                lines += pieces[:-1]
                words, used = [pieces[-1].text], pieces[-1].width
        if words:
            lines.append(Line(" ".join(words), used))
        return lines

    def _pieces(self, word: str, room: float) -> list[Line]:
        pieces, start = [], 0
        for end in range(1, len(word) + 1):
            if end - start > 1 and self._metrics.horizontalAdvance(word[start:end]) > room:
                pieces.append(
                    Line(word[start : end - 1], self._metrics.horizontalAdvance(word[start : end - 1]))
                )
                start = end - 1
        pieces.append(Line(word[start:], self._metrics.horizontalAdvance(word[start:])))
        return pieces
