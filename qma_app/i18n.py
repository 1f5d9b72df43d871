"""One way to words, numbers and dates for window, paper and command line, each in its own language."""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

_language: ContextVar[str] = ContextVar("qma_language", default="en")
_DOMAIN = "qma"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec")
"""English dates and numbers are written here, as Babel would: loading Babel takes 60 ms that the first screen does not have."""


def language() -> str:
    """The language in force, such as `en` or `de`."""
    return _language.get()


def set_language(code: str) -> None:
    """Make `code` the language of everything said from here on in this thread of work."""
    _language.set(code)


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Speak `code` inside the block: a report in another language than the window."""
    token = _language.set(code)
    try:
        yield
    finally:
        _language.reset(token)


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
    if language() == "en" and style == "medium":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    from babel.dates import format_date

    return str(format_date(day, style, locale=_babel_locale()))


def instant_text(at: datetime, style: str = "medium") -> str:
    """Date and time in the laptop's own time zone."""
    if language() == "en" and style == "medium":
        here = at.astimezone()
        return f"{day_text(here.date())}, {here:%H:%M:%S}"
    from babel.dates import format_datetime

    return str(format_datetime(at.astimezone(), style, locale=_babel_locale()))


def number_text(value: Fraction | Decimal | int, places: int = 0) -> str:
    """A number rounded half up to `places`, with the decimal sign of the language in force."""
    if language() == "en":
        return f"{rounded(value, places):,}"
    from babel.numbers import format_decimal

    pattern = "#,##0" + ("." + "0" * places if places else "")
    return str(format_decimal(rounded(value, places), format=pattern, locale=_babel_locale()))


def rounded(value: Fraction | Decimal | int, places: int = 0) -> Decimal:
    """Half up, exactly: for showing only, never before a comparison."""
    exact = Fraction(value) * 10**places
    whole = (exact + Fraction(1, 2)).__floor__()
    return Decimal(whole).scaleb(-places).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def level_text(level: Fraction | None, places: int = 0) -> str:
    """A level as people read it: `78%`, or a dash where nothing is rated yet."""
    return "–" if level is None else f"{number_text(level, places)}%"


def _babel_locale() -> str:
    return {"en": "en_GB"}.get(language(), language())
