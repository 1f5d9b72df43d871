"""Right-to-left writing: Arabic letters joined, and each broken line brought into the order the eye reads it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any, Final

_RIGHT_TO_LEFT: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

_TELL: Final = "\ufe00"


def has_right_to_left(text: str) -> bool:
    """Whether any letter of a right-to-left script is in the text."""
    return _RIGHT_TO_LEFT.search(text) is not None


def reads_right_to_left(paragraph: str) -> bool:
    """Whether the first letter with a direction says right to left."""
    for letter in paragraph:
        direction = unicodedata.bidirectional(letter)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


def joined(paragraph: str) -> str:
    """Arabic letters in the forms they take beside their neighbours, still in the order they are spoken."""
    return str(_reshaper().reshape(paragraph))


def as_seen(line: str, *, is_right_to_left: bool) -> str:
    """One broken line in the order it stands on paper from left to right, brackets turned.

    Vowel signs come to stand in front of their letters, where the fonts want them: their shapes reach over the next letter.
    """
    from bidi import get_display  # only few reports need it
    from bidi.mirror import MIRRORED

    # The library orders but does not turn brackets. A shapeless sign put behind each tells afterwards which way it reads.
    marked = "".join(letter + _TELL if letter in MIRRORED else letter for letter in line.replace(_TELL, ""))
    seen = str(get_display(marked, base_dir="R" if is_right_to_left else "L"))
    return _told().sub(lambda found: found[1] or MIRRORED[found[2]], seen)


@cache
def _told() -> re.Pattern[str]:
    """A bracket with its sign behind it reads left to right; one with the sign in front was turned round."""
    from bidi.mirror import MIRRORED

    brackets = f"[{re.escape(''.join(MIRRORED))}]"
    return re.compile(f"({brackets}){_TELL}|{_TELL}({brackets})")


@cache
def _reshaper() -> Any:
    from arabic_reshaper import (
        ArabicReshaper,
    )  # takes 50 ms to load, which reports without Arabic need not pay

    # By default it drops the vowel signs, which are part of what was written.
    return ArabicReshaper(
        configuration={"delete_harakat": False, "delete_tatweel": False, "support_ligatures": True}
    )
