"""Ids, codes and numbers for what has none: made from titles, unique, and of the form a standard asks for."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import Final

from qma_app.exchange.importing.names import ascii_words

LONGEST_ID: Final = 60
_ROOM_FOR_NUMBER: Final = 6
_LONGEST_MADE: Final = 40
_MOST_WORDS: Final = 7
_NOT_A_FILE: Final = frozenset(("CON", "PRN", "AUX", "NUL"))
"""An area lies in a file named after its code; Windows has no file of these names."""


def slug(text: str, fallback: str, longest: int = _LONGEST_MADE) -> str:
    """Small letters and digits in words joined by hyphens, beginning with a letter; `fallback` where no such word is there."""
    words = ascii_words(text[:400])
    while words and not words[0][0].isalpha():
        words[:1] = [words[0].lstrip("0123456789")] if words[0].lstrip("0123456789") else []
    made = ""
    for word in words[:_MOST_WORDS]:
        longer = f"{made}-{word}" if made else word[:longest]
        if len(longer) > longest:
            break
        made = longer
    return made or fallback


@dataclass(slots=True)
class UniqueIds:
    """Gives each id once in its scope; a second of the same name gets a number."""

    used: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)

    def take(self, wanted: str, scope: str = "") -> str:
        """`greeting`, then `greeting-2`, `greeting-3`."""
        wanted = wanted[: LONGEST_ID - _ROOM_FOR_NUMBER].rstrip("-")
        key = f"{scope}.{wanted}"
        given = wanted
        while f"{scope}.{given}" in self.used:
            self.counts[key] = self.counts.get(key, 1) + 1
            given = f"{wanted}-{self.counts[key]}"
        self.used.add(f"{scope}.{given}")
        return given


@dataclass(slots=True)
class AreaCodes:
    """Gives each area a code of two to five capital letters, like its title where it can."""

    used: set[str] = field(default_factory=lambda: set(_NOT_A_FILE))
    spare: Iterator[str] = field(
        default_factory=lambda: (
            "".join(letters)
            for count in (3, 4, 5)
            for letters in itertools.product(ascii_uppercase, repeat=count)
        )
    )

    def take(self, title: str, wanted: str = "") -> str:
        """The wanted code if it is free, else one from the title, else the next free one."""
        code = next(
            (code for code in (wanted, *_codes_from(title)) if code and code not in self.used),
            None,
        ) or next(code for code in self.spare if code not in self.used)
        self.used.add(code)
        return code


def _codes_from(title: str) -> Iterator[str]:
    words = ["".join(filter(str.isalpha, word)) for word in ascii_words(title[:200])]
    words = [word.upper() for word in words if word]
    joined = "".join(words)
    if len(words) >= 3:
        yield "".join(word[0] for word in words)[:4]
    if len(joined) >= 3:
        yield joined[:3]
        yield from (joined[:2] + letter for letter in joined[3:12])
        yield joined[:4]
    elif len(joined) == 2:
        yield joined
    if len(joined) >= 2:
        yield from (joined[:2] + letter for letter in ascii_uppercase)
