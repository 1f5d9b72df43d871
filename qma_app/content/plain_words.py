"""What a word without quotation marks says, to us: nothing but whole numbers, true, false and nothing is special."""

from __future__ import annotations

import re

_FIXED: dict[str, bool | None] = {
    "true": True,
    "false": False,
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
}
_is_whole = re.compile(r"-?(?:0|[1-9][0-9]{0,14})").fullmatch


def read_word(word: str) -> str | int | bool | None:
    """A whole number as JSON writes it, true or false, None for nothing, else the word itself: `no`, `1.10`, `1_000`."""
    if word in _FIXED:
        return _FIXED[word]
    return int(word) if word[0] in "-0123456789" and _is_whole(word) else word
