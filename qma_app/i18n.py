"""One way to words, numbers and dates for window, paper and command line, each in its own language."""

from __future__ import annotations

import gettext as _gettext
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import NamedTuple

_language: ContextVar[str] = ContextVar("qma_language", default="en")
_content: ContextVar[str | None] = ContextVar("qma_content_language", default=None)
_DOMAIN = "qma"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec")
"""English and German dates and numbers are written here, as Babel would: loading Babel takes 60 ms that the first screen does not have."""


class _Names(NamedTuple):
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    short_months: tuple[str, ...]


_NAMES = {
    "en": _Names(
        weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        months=(
            *("January", "February", "March", "April", "May", "June", "July"),
            *("August", "September", "October", "November", "December"),
        ),
        short_months=_MONTHS,
    ),
    "de": _Names(
        weekdays=("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
        months=(
            *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli"),
            *("August", "September", "Oktober", "November", "Dezember"),
        ),
        short_months=(
            *("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli"),
            *("Aug.", "Sept.", "Okt.", "Nov.", "Dez."),
        ),
    ),
}
_FULL = {"en": "EEEE, d MMMM y", "de": "EEEE, d. MMMM y"}
_SIGNS = re.compile("EEEE|MMMM|MMM|dd|d|yyyy|y")
_SIMPLE = re.compile(rf"(?:{_SIGNS.pattern}|[ .,/-])+")
"""Patterns of a date made of these signs alone."""

LANGUAGES = (("en", "English"), ("de", "Deutsch"))
"""The languages the program itself speaks, each by its own name."""
_LONG = 10**27
_GERMAN_SIGNS = str.maketrans(",.", ".,")
SYSTEM = "system"
"""The choice of a window language that leaves it to the computer."""


def language() -> str:
    """The language in force for our own words, such as `en` or `de`."""
    return _language.get()


def set_language(code: str) -> None:
    """Make `code` the language of everything said from here on in this thread of work."""
    _language.set(code)


def content_language() -> str:
    """The language the texts of a standard are read in: as `language()` unless another was set."""
    return _content.get() or _language.get()


def set_content_language(code: str | None) -> None:
    """Read the texts of a standard in `code` from here on in this thread of work; None follows `language()`."""
    _content.set(code)


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Speak `code` inside the block, the standard's texts included: a report in another language than the window."""
    spoken, read = _language.set(code), _content.set(None)
    try:
        yield
    finally:
        _content.reset(read)
        _language.reset(spoken)


def spoken_language(code: str) -> str:
    """The language of the program nearest to a code of any form (`de_AT.UTF-8`, `de-CH`): English where there is none."""
    short = code.replace("-", "_").partition("_")[0].partition(".")[0].casefold()
    return short if any(short == known for known, _name in LANGUAGES) else "en"


def system_language(environment: Mapping[str, str]) -> str:
    """What a terminal asks for: `QMA_LANGUAGE`, else the first of LC_ALL, LC_MESSAGES and LANG that says something."""
    for name in ("QMA_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return spoken_language(environment[name])
    return "en"


@cache
def _catalogue(code: str) -> _gettext.NullTranslations:
    if code == "en":
        return _gettext.NullTranslations()
    package = Path(__file__).resolve().parent
    for base in (package / "_shipped" / "resources", package.parent / "resources"):
        folder = base / "translations"
        if folder.is_dir():
            return _gettext.translation(_DOMAIN, folder, languages=[code], fallback=True)
    return _gettext.NullTranslations()


def _(text: str) -> str:
    """The translation of an English source text."""
    return _catalogue(_language.get()).gettext(text)


def ngettext(one: str, many: str, number: int) -> str:
    """The translation that fits `number`."""
    return _catalogue(_language.get()).ngettext(one, many, number)


def day_text(day: date, style: str = "medium") -> str:
    """A date as the language in force writes it: `21 Nov 2026`."""
    if style == "medium" and language() == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    if style == "medium" and language() == "de":
        return f"{day:%d.%m.}{day.year}"
    names, pattern = _NAMES.get(language()), _FULL.get(language(), style) if style == "full" else style
    if names is not None and _SIMPLE.fullmatch(pattern):
        return _SIGNS.sub(lambda found: _sign_text(found[0], day, names), pattern)
    from babel.dates import format_date

    return str(format_date(day, style, locale=_babel_locale()))


def _sign_text(sign: str, day: date, names: _Names) -> str:
    return {
        "EEEE": names.weekdays[day.weekday()],
        "MMMM": names.months[day.month - 1],
        "MMM": names.short_months[day.month - 1],
        "dd": f"{day.day:02}",
        "d": str(day.day),
        "yyyy": f"{day.year:04}",
        "y": str(day.year),
    }[sign]


def instant_text(at: datetime, style: str = "medium") -> str:
    """Date and time in the laptop's own time zone."""
    if style == "medium" and language() in ("en", "de"):
        here = at.astimezone()
        return f"{day_text(here.date())}, {here:%H:%M:%S}"
    from babel.dates import format_datetime

    return str(format_datetime(at.astimezone(), style, locale=_babel_locale()))


def number_text(value: Fraction | Decimal | int, places: int = 0) -> str:
    """A number rounded half up to `places`, with the decimal sign of the language in force."""
    if language() == "en":
        return f"{rounded(value, places):,}"
    if language() == "de":
        return f"{rounded(value, places):,}".translate(_GERMAN_SIGNS)
    from babel.numbers import format_decimal

    pattern = "#,##0" + ("." + "0" * places if places else "")
    return str(format_decimal(rounded(value, places), format=pattern, locale=_babel_locale()))


def exact_number_text(value: Decimal, most_places: int = 28) -> str:
    """A figure with as many places as it was given, at most so many, with the decimal sign of the language in force."""
    exponent = value.normalize().as_tuple().exponent
    return number_text(value, min(most_places, max(0, -exponent)) if isinstance(exponent, int) else 0)


def rounded(value: Fraction | Decimal | int, places: int = 0) -> Decimal:
    """Half up, exactly: for showing only, never before a comparison."""
    above, below = value.as_integer_ratio()
    whole = (2 * above * 10**places + below) // (2 * below)
    if abs(whole) >= _LONG:  # a figure of more digits than the arithmetic of decimals keeps
        return Decimal((int(whole < 0), Decimal(abs(whole)).as_tuple().digits, -places))
    if not places:
        return Decimal(whole)
    return Decimal(whole).scaleb(-places).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def level_text(level: Fraction | None, places: int = 0) -> str:
    """A level as people read it: `78%`, or a dash where nothing is rated yet."""
    return "–" if level is None else percent_text(number_text(level, places))


def percent_text(number: str) -> str:
    """A number already written, with the percent sign as the language in force sets it: `78%`, in German `78 %`."""
    return f"{number}\N{NO-BREAK SPACE}%" if language() == "de" else f"{number}%"


def unit_text(figure: str, unit: str) -> str:
    """A figure already written with its unit: `78%` as the language in force sets it, else the unit after a space; alone without one."""
    if not figure or unit == "%":
        return percent_text(figure) if figure else ""
    return f"{figure} {unit}".strip()


def _babel_locale() -> str:
    return {"en": "en_GB"}.get(language(), language())
