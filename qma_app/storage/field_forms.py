"""How one field of a record is stored: its value as the driver takes it, and the value again."""

from __future__ import annotations

import json
import operator
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, NewType, Union, get_args, get_origin, get_type_hints

from qma_app.domain.month import Month
from qma_app.domain.plain_text import storable
from qma_app.domain.record import TYPED_TEXT, utc, utc_text

_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
Pack = Callable[[Any], Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldForm:
    """How one field is stored; `is_typed` marks words of a user, which the log only keeps as a digest."""

    name: str
    pack: Pack | None
    unpack: Pack | None
    is_typed: bool
    holds_words: bool = False
    default: Any = None

    def packed(self, value: Any) -> Any:
        """The value as the driver takes it."""
        return value if value is None or self.pack is None else self.pack(value)


def field_form(name: str, hint: Any, default: Any = MISSING) -> FieldForm:
    """The form of a field of that type; a record stored before the field was there holds its `default`, as a row has it."""
    form = _form_of(name, hint)
    return form if default is MISSING else replace(form, default=form.packed(default))


def _form_of(name: str, hint: Any) -> FieldForm:
    hint = _without_none(hint)
    if get_origin(hint) is Annotated:
        is_typed = TYPED_TEXT in get_args(hint)[1:]
        return FieldForm(name=name, pack=None, unpack=None, is_typed=is_typed, holds_words=is_typed)
    hint = _plain(hint)
    if hint is bool:
        return FieldForm(name=name, pack=int, unpack=bool, is_typed=False)
    if hint is datetime:
        return FieldForm(name=name, pack=utc_text, unpack=utc, is_typed=False)
    if hint is date:
        return FieldForm(name=name, pack=date.isoformat, unpack=date.fromisoformat, is_typed=False)
    if hint is time:
        return FieldForm(name=name, pack=_clock_text, unpack=time.fromisoformat, is_typed=False)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return FieldForm(name=name, pack=_enum_value, unpack=hint, is_typed=False)
    if hint is Decimal:
        return FieldForm(name=name, pack=decimal_text, unpack=Decimal, is_typed=False)
    if hint is Month:
        return FieldForm(name=name, pack=str, unpack=Month.parse, is_typed=False)
    if get_origin(hint) is tuple or is_dataclass(hint):
        decoded = _decoder(hint)
        is_plain = _plain(next(iter(get_args(hint)), None)) is str
        return FieldForm(
            name=name,
            pack=lambda value: canonical_json(_jsonable(value)),
            unpack=_ids_in if is_plain else lambda text: () if text == "[]" else decoded(json.loads(text)),
            is_typed=_holds_words(hint),
            holds_words=True,
        )
    if hint in (str, int):
        return FieldForm(name=name, pack=None, unpack=None, is_typed=False)
    raise TypeError(f"no stored form for {name}: {hint}")


def decimal_text(value: Decimal) -> str:
    """The one text of a number: no exponent, no zeros behind the point that say nothing."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


@lru_cache(maxsize=128)
def _ids_in(text: str) -> tuple[str, ...]:
    """A list of ids or codes; remembered, since record after record has the same scope, areas or features."""
    return tuple(json.loads(text))


def canonical_json(value: Any) -> str:
    """The one JSON text of a value: sorted keys, no spaces, UTF-8 left as it is."""
    return _ENCODER.encode(value)


def storable_value(value: Any) -> Any:
    """The value with all words in it as they can be kept; the very same value where nothing had to change."""
    if isinstance(value, (Enum, Month)):
        return value
    if isinstance(value, str):
        kept = storable(value)
        return value if kept == value else kept
    if isinstance(value, tuple):
        items = tuple(map(storable_value, value))
        return value if all(map(operator.is_, items, value)) else items
    if is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
        kept_parts = {name: storable_value(part) for name, part in parts.items()}
        is_same = all(map(operator.is_, kept_parts.values(), parts.values()))
        return value if is_same else replace(value, **kept_parts)
    return value


def _clock_text(value: time) -> str:
    return value.isoformat("minutes")


def _enum_value(value: Enum) -> Any:
    return value.value


def _without_none(hint: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        return next(arg for arg in get_args(hint) if arg is not type(None))
    return hint


def _plain(hint: Any) -> Any:
    while isinstance(hint, NewType):
        hint = hint.__supertype__
    return hint


def _holds_words(hint: Any, *, is_part: bool = False) -> bool:
    """Whether a user's words can stand somewhere in a value of this type; ids and codes are types of their own."""
    hint = _without_none(hint)
    if get_origin(hint) is tuple:
        return _holds_words(get_args(hint)[0], is_part=is_part)
    if is_dataclass(hint) and isinstance(hint, type):
        return any(_holds_words(part, is_part=True) for part in get_type_hints(hint).values())
    return is_part and hint is str


def _jsonable(value: Any) -> Any:
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, Month):
        return str(value)
    if is_dataclass(value):
        return {field.name: _jsonable(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_jsonable(item) for item in value]
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return value


def _decoder(hint: Any) -> Pack:
    """What turns a decoded JSON value back into a value of that type; built once for each field."""
    hint = _plain(_without_none(hint))
    if get_origin(hint) is tuple:
        item = _decoder(get_args(hint)[0])
        if item is _same:  # hundreds of numbers in the strokes of a signature
            return lambda value: None if value is None else tuple(value)
        return lambda value: None if value is None else tuple(map(item, value))
    if hint is Decimal:
        return lambda value: None if value is None else Decimal(value)
    if hint is Month:
        return lambda value: None if value is None else Month.parse(value)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return lambda value: None if value is None else hint(value)
    if is_dataclass(hint) and isinstance(hint, type):
        hints = get_type_hints(hint)
        decoders = {field.name: _decoder(hints[field.name]) for field in fields(hint)}
        return lambda value: (
            None
            if value is None
            else hint(
                **{
                    name: item if (decoded := decoders[name]) is _same else decoded(item)
                    for name, item in value.items()
                }
            )
        )
    if hint is datetime:
        return lambda value: None if value is None else utc(value)
    if hint is date:
        return lambda value: None if value is None else date.fromisoformat(value)
    return _same


def _same(value: Any) -> Any:
    return value
