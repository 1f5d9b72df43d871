"""Words and numbers of other people's lists as ours: weights, yes and no, effects."""

from __future__ import annotations

from typing import Final

from qma_app.exchange.importing.drafting import HEAVIEST
from qma_app.exchange.importing.names import plain

_YES: Final = frozenset(
    [
        "yes",
        "y",
        "x",
        "true",
        "1",
        "ja",
        "j",
        "wahr",
        "oui",
        "o",
        "vrai",
        "si",
        "sí",
        "s",
        "ko",
        "k",
        "o",
        "critical",
        "kritisch",
        "mandatory",
        "pflicht",
        "must",
        "✓",
        "✔",
        "✗",
        "×",
    ]
)
_NO: Final = frozenset(
    [
        "no",
        "n",
        "false",
        "0",
        "nein",
        "falsch",
        "non",
        "faux",
        "not",
        "critical",
        "optional",
        "none",
        "unkritisch",
        "nicht",
        "kritisch",
    ]
) | {"", "-", "–", "n a", "not critical", "nicht kritisch"}
_WEIGHTS: Final = {
    "low": 1, "minor": 1, "niedrig": 1, "gering": 1, "nice to have": 1, "c": 1,
    "medium": 2, "normal": 2, "mittel": 2, "major": 2, "recommended": 2, "b": 2,
    "high": 3, "hoch": 3, "critical": 3, "kritisch": 3, "very high": 3, "sehr hoch": 3, "mandatory": 3, "a": 3,
}  # fmt: skip


def yes_or_no(text: str) -> bool | None:
    """What a person means with `x`, `Ja` or `0`; None where it is neither yes nor no."""
    said = plain(text) or text.strip()
    if said in _YES or text.strip() in _YES:
        return True
    return False if said in _NO or text.strip() in _NO else None


def whole(text: str) -> int | None:
    """A whole number, also where it stands as `2.0` or `2,0`; None otherwise."""
    said = text.strip().replace(",", ".")
    sign, digits = (-1, said[1:]) if said.startswith("-") else (1, said)
    digits, dot, rest = digits.partition(".")
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > 9 or rest.strip("0"):
        return None
    return sign * int(digits) if not dot or rest else None


def weight(text: str) -> tuple[int, bool] | None:
    """A weight of 1 to 3, and whether it had to be brought into that range; None where it is no weight."""
    number = whole(text)
    if number is not None:
        bounded = min(max(number, 1), HEAVIEST)
        return bounded, bounded != number
    known = _WEIGHTS.get(plain(text))
    return (known, True) if known else None


def effect(text: str) -> int | None:
    """An effect of 0 to 3; None where it is none."""
    number = whole(text)
    return number if number is not None and 0 <= number <= HEAVIEST else None
