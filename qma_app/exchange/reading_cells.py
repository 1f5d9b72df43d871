"""What one cell of a month table says: a month or a figure, as people in several countries write them, never by guessing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final

from qma_app.domain.month import Month
from qma_app.i18n import _

_FIRST_YEAR, _LAST_YEAR = 1990, 2099
_LANGUAGES: Final = ("en", "de", "de_AT", "fr", "es")
_SPACES: Final = re.compile(r"[\s\u200b\u2060]+")
_APOSTROPHES: Final = "'’‘`´"
_CURRENCIES: Final = re.compile(r"^(?:[€$£]|EUR|CHF|USD|GBP)\s*|\s*(?:[€$£]|EUR|CHF|USD|GBP)$", re.IGNORECASE)
_DASHES: Final = frozenset({"", "-", "–", "—", "−"})
_MOST_DIGITS, _MOST_PLACES = 15, 9

_ISO: Final = re.compile(r"(\d{4})\s*[-/.]\s*(\d{1,2})(?:\s*[-/.]\s*(\d{1,2})(?:[ T]\d.*)?)?")
_MONTH_YEAR: Final = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{4})")
_DAY_MONTH_YEAR: Final = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})(?:[ T]\d.*)?")
_NAMED: Final = re.compile(
    r"(?:(\d{1,2})[.\s/-]*)?(?:de\s+)?([^\W\d_]{3,})\.?[\s/-]*(?:de\s+|del\s+)?'?(\d{4}|\d{2})"
)
_YEAR_NAMED: Final = re.compile(r"(\d{4})[\s/.-]*([^\W\d_]{3,})\.?")


class NotRead(ValueError):
    """A cell that says nothing certain: `found` is what it is, `advice` what to write instead."""

    def __init__(self, code: str, found: str, advice: str) -> None:
        super().__init__(found)
        self.code, self.found, self.advice = code, found, advice


@dataclass(frozen=True, slots=True)
class TwoMonths:
    """A day such as 01/03/2026 that is read as one month where the day stands first, and as another where the month does."""

    day_first: Month
    month_first: Month


def is_empty(text: str) -> bool:
    """Whether nothing was written: blank, or a dash for "none"."""
    return _squeezed(text) in _DASHES


def month_cell(text: str) -> Month | TwoMonths:
    """The month a cell names, or the two it may name; NotRead for anything else."""
    words = _squeezed(text)
    if found := _ISO.fullmatch(words):
        return _of_day(text, int(found[1]), int(found[2]), int(found[3] or 1))
    if found := _MONTH_YEAR.fullmatch(words):
        return _of_day(text, int(found[2]), int(found[1]), 1)
    if found := _DAY_MONTH_YEAR.fullmatch(words):
        year = int(found[4]) + (2000 if len(found[4]) == 2 else 0)
        return _of_numbers(text, int(found[1]), int(found[3]), year, sign=found[2])
    if found := _YEAR_NAMED.fullmatch(words):
        return _of_day(text, int(found[1]), _named(text, found[2]), 1)
    if found := _NAMED.fullmatch(words):
        year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
        return _of_day(text, year, _named(text, found[2]), int(found[1] or 1))
    raise _no_month(text)


def decimal_sign(text: str) -> str:
    """The sign a figure is certain to part its decimals by; "" where it shows none."""
    try:
        return _parted(text)[1]
    except NotRead:
        return ""


def figure_cell(text: str, *, signs: Collection[str] = (), may_be_percent: bool = False) -> Decimal:
    """The figure a cell holds; `signs` are the decimal signs other cells show beyond doubt. NotRead for anything else.

    1,234 alone may be one thousand or one and a bit: it is read only where the other cells agree on one sign.
    """
    if not may_be_percent and "%" in text:
        raise NotRead(
            "share",
            _("“{text}” is a share, not a number of cases").format(text=_shown(text)),
            _("write how many cases, and of how many"),
        )
    digits, sign, doubtful = _parted(text)
    if doubtful:
        known = set(signs)
        if len(known) != 1:
            whole, other = digits.replace(doubtful, ""), digits.replace(doubtful, ".")
            raise NotRead(
                "unclear",
                _("“{text}” may be {one} or {other}").format(text=_shown(text), one=whole, other=other),
                _("write {one}, or {other}0 with four decimals").format(one=whole, other=other),
            )
        sign = doubtful if doubtful in known else ""
        digits = digits if sign else digits.replace(doubtful, "")
    return Decimal(digits.replace(sign, ".") if sign else digits)


def figure_text(value: Decimal, decimal: str = ".") -> str:
    """A figure as it can be read back without doubt, with the decimal sign of a language and no thousands."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    whole, _sign, parts = text.partition(".")
    if len(parts) == 3 and len(whole.lstrip("-")) <= 3 and whole.lstrip("-")[0] != "0":
        parts += "0"
    return f"{whole}{decimal}{parts}" if parts else whole


def _parted(text: str) -> tuple[str, str, str]:
    """The figure without thousands, its decimal sign, and the one sign that may be either."""
    words = _CURRENCIES.sub("", _squeezed(text).replace("−", "-").removesuffix("%").strip()).strip()
    for apostrophe in _APOSTROPHES:
        words = words.replace(apostrophe, " ")
    is_spaced = " " in words
    if is_spaced:
        words = _without_spaces(text, words)
    if not re.fullmatch(r"[+-]?[\d.,]*\d", words):
        raise _no_figure(text)
    points, commas = words.count("."), words.count(",")
    sign = doubtful = ""
    if points and commas:
        sign = max(".,", key=words.rfind)
        words = _grouped(text, words, thousands="," if sign == "." else ".", sign=sign)
    elif points > 1 or commas > 1:
        if is_spaced:
            raise _no_figure(text)
        words = _grouped(text, words, thousands="." if points else ",", sign="")
    elif points or commas:
        sign = "." if points else ","
        whole, parts = words.lstrip("+-").split(sign)
        if len(parts) == 3 and 1 <= len(whole) <= 3 and whole[0] != "0" and not is_spaced:
            sign, doubtful = "", sign
    if len(re.sub(r"\D", "", words)) > _MOST_DIGITS or len(words.partition(sign or " ")[2]) > _MOST_PLACES:
        raise NotRead(
            "long", _("“{text}” has too many digits").format(text=_shown(text)), _("write a shorter figure")
        )
    return words, sign, doubtful


def _grouped(text: str, words: str, *, thousands: str, sign: str) -> str:
    whole, _sign, parts = words.partition(sign) if sign else (words, "", "")
    first, *groups = whole.lstrip("+-").split(thousands)
    if not 1 <= len(first) <= 3 or any(len(group) != 3 for group in groups) or not (parts + "0").isdecimal():
        raise _no_figure(text)
    return words.replace(thousands, "")


def _without_spaces(text: str, words: str) -> str:
    """Spaces between thousands only: `12 50` is two figures."""
    if not re.fullmatch(r"[+-]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?", words):
        raise _no_figure(text)
    return words.replace(" ", "")


def _of_numbers(text: str, first: int, second: int, year: int, *, sign: str) -> Month | TwoMonths:
    """A day written in three numbers: with points the day stands first, with other signs it may stand second."""
    if sign == "." or (first > 12 and second <= 12):
        return _of_day(text, year, second, first)
    if second > 12 and first <= 12:
        return _of_day(text, year, first, second)
    one, other = _of_day(text, year, second, first), _of_day(text, year, first, second)
    return one if one == other else TwoMonths(one, other)


def _of_day(text: str, year: int, month: int, day: int) -> Month:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise _no_month(text)
    try:
        return Month.of(date(year, month, day))
    except ValueError:
        raise _no_month(text) from None


def _named(text: str, word: str) -> int:
    """The month whose name in one of the languages begins with the word."""
    plain = _plain(word)
    found = {number for name, number in _names() if name.startswith(plain)}
    if len(found) != 1:
        raise _no_month(text)
    return found.pop()


@cache
def _names() -> frozenset[tuple[str, int]]:
    from babel.dates import get_month_names

    names = {("mrz", 3), ("maerz", 3), ("jaenner", 1)}
    for code in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=code).items():
                names.add((_plain(name), int(number)))
    return frozenset(names)


def _plain(word: str) -> str:
    """Without accents, points and capitals."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).strip(".")


def _squeezed(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def _no_month(text: str) -> NotRead:
    return NotRead(
        "month",
        _("“{text}” is no month").format(text=_shown(text)),
        _("write it as 2026-03, 03/2026 or Mar 2026"),
    )


def _no_figure(text: str) -> NotRead:
    return NotRead(
        "figure",
        _("“{text}” is no figure").format(text=_shown(text)),
        _("write a figure such as 1234.5"),
    )


def _shown(text: str) -> str:
    words = _squeezed(text)
    return words if len(words) <= 40 else f"{words[:39]}…"
