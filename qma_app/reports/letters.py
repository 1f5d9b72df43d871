"""How letters and words are printed: by which font, how wide, and where a long word may be broken; all remembered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from qma_app.reports.directions import has_right_to_left
from qma_app.reports.fonts import CHAINS, Face, PaperFonts

LONGEST_WORD: Final = 64
"""Longer ones are broken anywhere; a SHA-256 just stays whole."""
REPLACEMENT: Final = "\ufffd"
_REMEMBERED_WORDS: Final = 20_000
# Letters that have no shape of their own: joiners, soft hyphens, direction marks, variation selectors.
SHAPELESS: Final = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a letter is printed: by which font, as which letter, how wide in thousandths of the size."""

    font: str
    letter: str
    width: float
    is_missing: bool = False


class WordWidths(dict[str, float]):
    """Widths of words in the first font of a face; -1 for a word that needs another font or has a shapeless letter."""

    def __init__(self, widths: dict[int, float]) -> None:
        super().__init__()
        self._widths = widths
        self.space = widths[32]

    def __missing__(self, word: str) -> float:
        if len(self) > _REMEMBERED_WORDS:
            self.clear()
        width = -1.0
        if word.isascii() or not (SHAPELESS.search(word) or has_right_to_left(word)):
            try:
                width = float(sum(self._widths[ord(letter)] for letter in word))
            except KeyError:
                width = -1.0
        self[word] = width
        return width


class Letters(dict[str, Shape | None]):
    """How each letter of a face is printed; None for a letter without a shape."""

    def __init__(self, fonts: PaperFonts, face: Face) -> None:
        super().__init__()
        self._fonts = fonts
        self._face = face

    def __missing__(self, letter: str) -> Shape | None:
        shape: Shape | None = None
        if not SHAPELESS.match(letter):
            font = self._fonts.name_for(self._face, ord(letter))
            printed = letter if font is not None else REPLACEMENT
            font = font or self._fonts.name_for(self._face, ord(REPLACEMENT)) or CHAINS[self._face][-1]
            shape = Shape(font, printed, self._fonts.widths(font)[ord(printed)], printed != letter)
        self[letter] = shape
        return shape

    def width(self, text: str, tracking: float) -> float:
        """The width of letters in thousandths of the size."""
        return sum(shape.width + tracking for shape in map(self.__getitem__, text) if shape is not None)


def pieces(word: str, letters: Letters, limit: float, tracking: float) -> Iterator[str]:
    """The word whole, or in parts that fit on a line: nobody's long word may leave the page."""
    if len(word) <= LONGEST_WORD and letters.width(word, tracking) <= limit:
        yield word
        return
    piece, total = "", 0.0
    for letter in word:
        wide = letters.width(letter, tracking)
        if piece and (total + wide > limit or len(piece) == LONGEST_WORD):
            yield piece
            piece, total = "", 0.0
        piece += letter
        total += wide
    yield piece
