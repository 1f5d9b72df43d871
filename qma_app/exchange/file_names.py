"""Names that came with files: shown to people, never used to store anything."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from qma_app.i18n import _

LONGEST_NAME: Final = 120
_LONGEST_BYTES: Final = 240
_LONGEST_ENDING: Final = 10

_TURNERS: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_FORBIDDEN: Final = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
_RESERVED: Final = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\..*)?", re.IGNORECASE | re.DOTALL
)


def clean_name(name: str) -> str:
    """A name fit to be shown and to be offered when the file is saved again, on any system.

    Folders before it, control characters and marks that turn the writing direction are left out; what cannot stand in a
    file name becomes `_` or `U+FFFD`; at most 120 characters, the ending kept.
    """
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    name = "".join(_shown(character) for character in name).translate(_FORBIDDEN)
    name = re.sub(r"\s+", " ", name).strip().rstrip(". ")
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    return _shortened(name) or _("without a name")


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if character in _TURNERS or category == "Cc":
        return " " if character.isspace() else ""
    is_no_character = ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF
    return "\ufffd" if category == "Cs" or is_no_character else character


def _shortened(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > _LONGEST_ENDING:
        stem, dot, ending = name, "", ""
    tail = dot + ending
    stem = stem[: LONGEST_NAME - len(tail)]
    while len((stem + tail).encode()) > _LONGEST_BYTES:
        stem = stem[:-1]
    return stem.rstrip(". ") + tail
