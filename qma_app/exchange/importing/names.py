"""Names as people type them: compared without case, spaces and marks, and the one probably meant where none fits."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Final, TypeVar

from qma_app.i18n import _

T = TypeVar("T")
_COMPARED: Final = 300
_LONGEST: Final = 60
_LISTED: Final = 12
_CLOSE: Final = 0.75
_MARKS: Final = re.compile(r"[^\w]+|_+")
_LETTERS: Final = str.maketrans(
    {
        "ß": "ss",
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "æ": "ae",
        "ø": "oe",
        "å": "aa",
        "ł": "l",
        "đ": "d",
        "œ": "oe",
    }
)


def plain(name: str) -> str:
    """`Form-Title `, `form_title` and `FORM TITLE` alike: `form title`."""
    return _MARKS.sub(" ", unicodedata.normalize("NFKC", name[:300]).casefold()).strip()


def ascii_words(text: str) -> list[str]:
    """The words of a text in the letters a to z and digits; other scripts give none."""
    folded = text.casefold().translate(_LETTERS)
    simple = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    return re.findall(r"[a-z0-9]+", simple.replace("'", ""))


def closest(name: str, known: Iterable[str]) -> str:
    """The known name that was probably meant, or nothing."""
    forms = {plain(word): word for word in islice(known, _COMPARED)}
    wanted = plain(name)[:_LONGEST]
    if wanted in forms:
        return forms[wanted]
    found = difflib.get_close_matches(wanted, forms, n=1, cutoff=_CLOSE)
    return forms[found[0]] if found else ""


def looked_up(name: str, known: Mapping[str, T]) -> tuple[T | None, bool]:
    """What stands under a name or the one probably meant, and whether it had to be guessed."""
    if name in known:
        return known[name], False
    meant = closest(name, known)
    return (known[meant], plain(meant) != plain(name)) if meant else (None, False)


def advice(name: str, known: Iterable[str]) -> str:
    """What to do about an unknown name."""
    words = list(known)
    if meant := closest(name, words):
        return _("did you mean “{word}”?").format(word=meant)
    listed = ", ".join(words[:_LISTED]) + (", …" if len(words) > _LISTED else "")
    return _("known here: {words}").format(words=listed or _("none"))


def quoted(found: str) -> str:
    """A found text in quotation marks, on one line, cut where it is long."""
    text = " ".join(found[: 2 * _LONGEST].split())
    return _("“{text}”").format(text=f"{text[:_LONGEST]}…" if len(text) > _LONGEST else text)
