"""One way to say where something stands and what was found there."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from itertools import islice

from qma_app.errors import Problem
from qma_app.i18n import _

_SHOWN = 60
"""So many characters of a found text are repeated in a message."""
_COMPARED = 200
"""With so many known words a found one is compared: comparing is slow, and no list of ours is longer."""
_LISTED = 20
"""So many known words are named."""


def place(file: str, line: int = 0) -> str:
    """The address as an author knows it: `srv.yaml line 41`, or only the file where there is no line."""
    return _("{file} line {line}").format(file=file, line=line) if line else file


def quoted(found: str) -> str:
    """A found text in quotation marks, cut where it is long."""
    text = found if len(found) <= _SHOWN else f"{found[:_SHOWN]}…"
    return _("“{text}”").format(text=text)


def closest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, or nothing."""
    candidates = list(islice(known, _COMPARED))
    return next(iter(difflib.get_close_matches(word[:_SHOWN], candidates, n=1, cutoff=0.6)), "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """What to do about an unknown word: the one probably meant, else all that are known."""
    words = list(known)
    if meant := closest(word, words):
        return _("did you mean `{word}`?").format(word=meant)
    listed = ", ".join(words[:_LISTED]) + (", …" if len(words) > _LISTED else "")
    return _("known here: {words}").format(words=listed or _("none"))


def by_place(problem: Problem) -> tuple[list[tuple[int, str]], bool]:
    """Sorts problems by file and line as a reader goes through them: line 9 before line 10."""
    parts = re.split(r"(\d+)", problem.place)
    return [(int(part) if part.isdecimal() else 0, part) for part in parts], problem.is_warning
