"""Text as it can be kept: typed, pasted or sent along, it may hold what no file in UTF-8 holds, or marks without end."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

REPLACEMENT: Final = "\ufffd"
MOST_MARKS: Final = 30
"""So many marks on one letter are composed; the time for more grows with their square (half a minute for 100,000)."""

_HALVES: Final = re.compile("[\ud800-\udfff]")
_many_marks = re.compile(rb"[^\0]{%d}" % (MOST_MARKS + 1)).search


def storable(text: str) -> str:
    """The text with U+FFFD for what cannot be stored: NUL, and halves of a character without their other half.

    Two halves that belong together become the character they stand for. Everything else stays as it was typed.
    """
    if not text.isascii() and _HALVES.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\0", REPLACEMENT)


def composed(text: str) -> str:
    """The text in NFC, so that the same words have the same bytes; left alone where a letter carries marks without end."""
    if text.isascii() or _many_marks(bytes(map(unicodedata.combining, text))):
        return text
    return unicodedata.normalize("NFC", text)


def all_composed(value: Any) -> Any:
    """The same lists and groups with each text in NFC; composing a JSON text as a whole could join a mark to an escape."""
    if isinstance(value, str):
        return composed(value)
    if isinstance(value, list):
        return [all_composed(item) for item in value]
    if isinstance(value, dict):
        return {composed(key): all_composed(entry) for key, entry in value.items()}
    return value
