"""What cells say: days, figures, words of a list and names, as tolerant as can be without guessing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import Any, Final

from qma_app.domain.action import Stage
from qma_app.domain.finding import Elsewhere, Reply
from qma_app.domain.plain_text import composed
from qma_app.domain.wording import elsewhere_title, reply_title, stage_title
from qma_app.exchange.importing.names import closest, plain, quoted
from qma_app.exchange.standard_workbook.words import NO, YES, key_of
from qma_app.exchange.workbook.words import LONGEST, REPLACEMENT, Losses, shown
from qma_app.i18n import LANGUAGES, _, day_text, in_language, number_text

_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_DAY_ZERO: Final = date(1899, 12, 30)
_FIRST_SERIAL: Final = (date(_FIRST_YEAR, 1, 1) - _DAY_ZERO).days
_LAST_SERIAL: Final = (date(_LAST_YEAR, 12, 31) - _DAY_ZERO).days
_YEAR_FIRST: Final = re.compile(r"(\d{4})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{1,2})(?:[ T].*)?")
_YEAR_LAST: Final = re.compile(r"(\d{1,2})\s*([-./])\s*(\d{1,2})\s*[-./]\s*(\d{4}|\d{2})(?:[ T]\d.*)?")
_MONTH_NAMED: Final = re.compile(r"(\d{1,2})\.?\s*([^\W\d_]{3,9})\.?\s*(\d{4}|\d{2})")
_SERIAL: Final = re.compile(r"(\d{5})(?:[.,]\d+)?")
_MONTHS: Final = (
    ("jan", "jän"), ("feb",), ("mar", "mär", "mrz", "mae"), ("apr",), ("may", "mai"), ("jun",), ("jul",), ("aug",),
    ("sep",), ("oct", "okt"), ("nov",), ("dec", "dez"),
)  # fmt: skip
_SPACES: Final = re.compile(r"[\s\u2007\u2009\u202f'’]")
_SIGNS: Final = re.compile(r"(?:^[€$£]|EUR|CHF|[€$£%]$)")
_GROUPED: Final = re.compile(
    r"[-+]?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})+|[-+]?\d{1,3}(?:(?:\.\d{3})+,\d+|(?:,\d{3})+\.\d+)"
)
_UNCLEAR: Final = re.compile(r"[-+]?[1-9]\d{0,2},\d{3}")
_PLAIN: Final = re.compile(r"[-+]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d{1,4})?")
_MOST: Final = Decimal(10) ** 12


class Form(StrEnum):
    """What a column holds."""

    WORDS = "words"
    OWNER = "owner"
    DAY = "day"
    FIGURE = "figure"
    WHOLE = "whole"
    STAGE = "stage"
    REPLY = "reply"
    ELSEWHERE = "elsewhere"


class NotUnderstood(ValueError):
    """A cell that says nothing that can be taken; what was expected, and what was probably meant."""

    def __init__(self, advice: str, code: str) -> None:
        super().__init__(advice)
        self.advice = advice
        self.code = code


@dataclass(frozen=True, slots=True)
class Read:
    """What a cell says: the value of the field, the same as one plain text, what was put right, and the name as it was typed."""

    value: Any
    text: str
    note: str = ""
    typed: str | None = None


def read_cell(
    form: Form, text: str, *, least: int = 0, most: int = 0, people: Mapping[str, str] | None = None
) -> Read:
    """The value behind the text of a cell; NotUnderstood where there is none. `people` are known names by their plain form."""
    match form:
        case Form.WORDS:
            return _words(text)
        case Form.OWNER:
            return _owner(text, people or {})
        case Form.DAY:
            day = _day(text)
            return Read(day, text_of(day))
        case Form.FIGURE:
            figure = _figure(text)
            return Read(figure, text_of(figure))
        case Form.WHOLE:
            return _whole(text, least, most)
    return _word(form, text)


def text_of(value: Any) -> str:
    """The one plain text of a value, by which cells are compared: ISO days, numbers as Excel keeps them, keys of words."""
    match value:
        case None:
            return ""
        case str() if isinstance(value, StrEnum):
            return value.value
        case str():
            return composed(shown(value, Losses())).strip()
        case date():
            return value.isoformat()
        case bool():
            return "1" if value else ""
    # Fifteen digits are what a cell keeps.
    return f"{float(value):.15g}"


def seen_text(value: Any) -> str:
    """A value as a person reads it in the difference."""
    match value:
        case None | "":
            return ""
        case Stage():
            return stage_title(value)
        case Reply():
            return reply_title(value)
        case Elsewhere():
            return elsewhere_title(value)
        case date():
            return day_text(value)
        case Decimal():
            places = max(0, -int(value.normalize().as_tuple().exponent))
            return number_text(value, min(places, 6))
    return str(value)


def _words(text: str) -> Read:
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST:
        raise NotUnderstood(
            _("it has {count} characters, a cell holds {limit}: shorten it").format(
                count=number_text(len(text)), limit=number_text(LONGEST)
            ),
            "long",
        )
    losses = Losses()
    cleaned = composed(shown(text, losses)).strip()
    note = ""
    if losses.replaced:
        note = _("characters that cannot be shown became {mark}").format(mark=REPLACEMENT)
    return Read(cleaned, cleaned, note)


def _owner(text: str, people: Mapping[str, str]) -> Read:
    name = " ".join(_words(text).value.split())
    known = people.get(plain(name))
    if known is not None:
        return Read(known, text_of(known), typed=name)
    note = ""
    if name:
        meant = closest(name, people.values())
        note = _("nobody of this name is known here: it is kept as a free name")
        if meant:
            note = _("{note}; did you mean “{word}”?").format(note=note, word=meant)
    return Read(name, name, note)


def _day(text: str) -> date | None:
    words = " ".join(text.split())
    if not words:
        return None
    if serial := _SERIAL.fullmatch(words):
        days = int(serial[1])
        if _FIRST_SERIAL <= days <= _LAST_SERIAL:
            return _DAY_ZERO + timedelta(days=days)
    if found := _YEAR_FIRST.fullmatch(words):
        return _known_day(int(found[1]), int(found[2]), int(found[3]))
    if found := _YEAR_LAST.fullmatch(words):
        return _turned_day(int(found[1]), found[2], int(found[3]), _whole_year(found[4]))
    if found := _MONTH_NAMED.fullmatch(words):
        month = _month(found[2])
        if month:
            return _known_day(_whole_year(found[3]), month, int(found[1]))
    raise NotUnderstood(_("expected a day such as 2026-12-31 or 31.12.2026"), "day")


def _turned_day(first: int, sign: str, second: int, year: int) -> date:
    """With dots and hyphens the day comes first; a stroke stands in both orders."""
    if sign != "/" or first > 12 or first == second:
        return _known_day(year, second, first)
    if second > 12:
        return _known_day(year, first, second)
    raise NotUnderstood(
        _("it may be {one} or {other}: write it as {form}").format(
            one=day_text(_known_day(year, second, first)),
            other=day_text(_known_day(year, first, second)),
            form=_known_day(year, second, first).isoformat(),
        ),
        "day-unclear",
    )


def _known_day(year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise NotUnderstood(_("there is no such day: expected one such as 2026-12-31"), "day") from None
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise NotUnderstood(
            _("expected a day between {first} and {last}").format(first=_FIRST_YEAR, last=_LAST_YEAR), "day"
        )
    return found


def _whole_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _month(name: str) -> int:
    short = name.casefold()[:3]
    return next((place for place, forms in enumerate(_MONTHS, 1) if short in forms), 0)


def _figure(text: str) -> Decimal | None:
    words = _SPACES.sub("", _SIGNS.sub("", text.strip().replace("\u2212", "-")).strip())
    if not words:
        if text.strip():
            raise NotUnderstood(_("expected a number such as 12.5"), "figure")
        return None
    if _UNCLEAR.fullmatch(words):
        raise NotUnderstood(
            _("it may be {one} or {other}: write it without separators").format(
                one=words.replace(",", ""), other=words.replace(",", ".")
            ),
            "figure-unclear",
        )
    if grouped := _GROUPED.fullmatch(words):
        sign = grouped[1] or words.lstrip("+-0123456789")[0]
        words = words.replace(sign, "").replace(",", ".")
    if not _PLAIN.fullmatch(words):
        raise NotUnderstood(_("expected a number such as 12.5"), "figure")
    try:
        figure = Decimal(words.replace(",", "."))
    except InvalidOperation:
        raise NotUnderstood(_("expected a number such as 12.5"), "figure") from None
    if not figure.is_finite() or abs(figure) >= _MOST or (figure and figure.adjusted() < -9):
        raise NotUnderstood(
            _("expected a number below {limit}").format(limit=number_text(_MOST)), "figure-size"
        )
    return Decimal(f"{figure:f}")


def _whole(text: str, least: int, most: int) -> Read:
    expected = _("expected a whole number from {least} to {most}").format(least=least, most=most)
    try:
        figure = _figure(text)
    except NotUnderstood as trouble:
        raise NotUnderstood(expected, trouble.code) from None
    if figure is None:
        return Read(None, "")
    if figure != figure.to_integral_value() or not least <= figure <= most:
        raise NotUnderstood(expected, "whole")
    return Read(int(figure), text_of(int(figure)))


_TITLES: Final[Mapping[Form, tuple[type[StrEnum], Callable[[Any], str]]]] = {
    Form.STAGE: (Stage, stage_title),
    Form.REPLY: (Reply, reply_title),
    Form.ELSEWHERE: (Elsewhere, elsewhere_title),
}


def titles_of(form: Form) -> tuple[str, ...]:
    """What a drop-down offers: act is reached by a check only."""
    kind, title = _TITLES[form]
    return tuple(title(one) for one in kind if one is not Stage.ACT)


def _word(form: Form, text: str) -> Read:
    wanted = plain(text)
    if not wanted:
        if text.strip():
            raise _no_word(form, text)
        return Read(None, "")
    found = _known_words(form).get(wanted)
    if found is None and form is Form.REPLY:
        found = {YES: Reply.AGREED, NO: Reply.DISAGREED}.get(key_of("critical", text))
    if found is None:
        raise _no_word(form, text)
    return Read(found, found.value)


def _no_word(form: Form, text: str) -> NotUnderstood:
    titles = titles_of(form)
    expected = _("expected one of: {words}").format(words=", ".join(titles))
    meant = closest(text, titles)
    if meant:
        expected = _("did you mean “{word}”? {expected}").format(word=meant, expected=expected)
    return NotUnderstood(expected, "word")


@cache
def _known_words(form: Form) -> dict[str, StrEnum]:
    kind, title = _TITLES[form]
    known: dict[str, StrEnum] = {}
    for code, _name in LANGUAGES:
        with in_language(code):
            for one in kind:
                known.setdefault(plain(title(one)), one)
    for one in kind:
        known.setdefault(plain(one.value), one)
    return known


def found_text(text: str) -> str:
    """What was found, as the list of problems shows it."""
    return quoted(text) if text.strip() else _("an empty cell")
