"""How wide words are in a chart, so that a label is shortened before it runs into the bars."""

from __future__ import annotations

from functools import cache
from typing import Final

from reportlab.pdfbase.ttfonts import TTFontFile

from qma_app.assets import font_path

REGULAR: Final = "Inter-Regular"
BOLD: Final = "Inter-SemiBold"
_ELLIPSIS: Final = "…"


def text_width(text: str, size: float, font: str = REGULAR) -> float:
    """The width in points; a letter the font does not have counts as an average one."""
    widths, average = _widths(font)
    return sum(widths.get(ord(letter), average) for letter in text) * size / 1000


def shortened(text: str, width: float, size: float, font: str = REGULAR) -> str:
    """The text, or as much of it as fits in `width` followed by an ellipsis."""
    if text_width(text, size, font) <= width:
        return text
    kept = text[: int(width / size * 4) + 1]
    while kept and text_width(kept.rstrip() + _ELLIPSIS, size, font) > width:
        kept = kept[:-1]
    return kept.rstrip() + _ELLIPSIS


def wrapped(text: str, width: float, size: float, font: str = REGULAR, *, most: int = 0) -> tuple[str, ...]:
    """The text in lines of `width`; a word too long for one is broken. Of more than `most` lines the last ends in an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}", size, font) <= width:
            lines[-1] += f" {word}"
        else:
            lines += _pieces(word, width, size, font)
    if most and len(lines) > most:
        lines = [*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), width, size, font)]
    return tuple(lines)


def _pieces(word: str, width: float, size: float, font: str) -> list[str]:
    """The word in parts that fit, of one letter at least."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and text_width(pieces[-1] + letter, size, font) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


@cache
def _widths(font: str) -> tuple[dict[int, float], float]:
    face = TTFontFile(str(font_path(font)))
    return face.charWidths, face.charWidths[ord("n")]
