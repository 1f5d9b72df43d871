"""Whether words stand on the pages of a paper, however the lines were broken and whatever the fonts could show."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from typing import Final

from qma_app.exchange.pdf_words import page_words
from qma_app.reports.fonts import PaperFonts
from qma_app.reports.styles import CELL
from qma_app.reports.text import Typesetter

_NOT_SHOWN: Final = "\N{REPLACEMENT CHARACTER}"
_LEFTWARDS: Final = frozenset(("R", "AL"))


def words_missing(pdf: bytes, expected: Iterable[str]) -> tuple[str, ...]:
    """Those of the words that stand on no page, in their order; reads only as many pages as it needs.

    White space, breaks and marks of direction do not count. Of words no font can show only what is shown is looked for, and words
    of scripts written from right to left one by one, since a line may give them in either order.
    """
    setter = Typesetter(PaperFonts())
    wanted = {word: _parts(setter, word) for word in dict.fromkeys(expected)}
    wanted = {word: parts for word, parts in wanted.items() if parts}
    for text in page_words(pdf) if wanted else ():
        page = _plain(text)
        wanted = {word: parts for word, parts in wanted.items() if not _stand(parts, page)}
        if not wanted:
            break
    return tuple(wanted)


def _parts(setter: Typesetter, word: str) -> tuple[str, ...]:
    """What must be found of a word: all of it, unless a part cannot be shown or runs from right to left."""
    cleaned = setter.cleaned(word)
    setter.one_line(cleaned.replace("\n", " "), CELL)
    shown = "".join(_NOT_SHOWN if letter in setter.notes.missing else letter for letter in cleaned)
    pieces: list[str] = []
    for piece in shown.split(_NOT_SHOWN):
        words = piece.split() if _is_leftwards(piece) else [piece]
        pieces += words
    return tuple(plain for piece in pieces if (plain := _plain(piece)))


def _stand(parts: Collection[str], page: str) -> bool:
    return all(part in page or (_is_leftwards(part) and part[::-1] in page) for part in parts)


def _is_leftwards(part: str) -> bool:
    return any(unicodedata.bidirectional(letter) in _LEFTWARDS for letter in part)


def _plain(text: str) -> str:
    """Letters, digits and signs alone, each in its one form."""
    signs = unicodedata.normalize("NFKC", text.replace(_NOT_SHOWN, ""))
    return "".join(one for one in signs if unicodedata.category(one)[0] not in "ZCM").casefold()
