"""Reads values out of JSON somebody else may have written: every one of the very type it should have, none missing, none too many.

All that is wrong is gathered with its place (`certificates[2].valid_until`) instead of ending at the first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

from qma_app.errors import Problem
from qma_app.i18n import _

Part = TypeVar("Part")
MOST_PROBLEMS: Final = 200
"""After so many nobody reads on."""
_WHOLE: Final = "whole"
_SHOWN: Final = 60
_HEX: Final = re.compile("[0-9a-f]{64}")


class Wrong:
    """What was found wrong so far."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, code: str, place: str, found: str, advice: str) -> None:
        """Note one mistake; beyond `MOST_PROBLEMS` they are counted no more."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(code=code, place=place or _WHOLE, found=found, advice=advice))

    @property
    def is_full(self) -> bool:
        return len(self.problems) >= MOST_PROBLEMS


def strict_json(data: bytes) -> Any:
    """The JSON in these bytes; ValueError for what is none, for a name given twice, and for numbers JSON does not know."""
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def canonical_json(said: Mapping[str, Any]) -> bytes:
    """The one text of these values: UTF-8, sorted names, no spaces; days are written YYYY-MM-DD."""
    text = json.dumps(
        said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_day
    )
    return text.encode("utf-8")


def read_part(kind: type[Part], said: Any, place: str, wrong: Wrong) -> Part | None:
    """A dataclass of plain values, days, tuples and further such dataclasses; None where something was wrong."""
    assert is_dataclass(kind)
    if not isinstance(said, dict):
        _no_type(wrong, place, said, _("an object with named values"))
        return None
    hints, known = get_type_hints(kind), {field.name: field for field in fields(kind)}
    before = len(wrong.problems)
    for name in sorted(said.keys() - known.keys()):
        wrong.add(
            "json.unknown", _at(place, name), _("this name is not known"), _("take it out, or correct it")
        )
    values = {}
    for name, field in known.items():
        if name in said:
            values[name] = _value(hints[name], said[name], _at(place, name), wrong)
        elif _is_needed(field):
            wrong.add("json.missing", _at(place, name), _("it is missing"), _("add it"))
    return kind(**values) if len(wrong.problems) == before and not wrong.is_full else None


class NotOfThisForm(ValueError):
    """The data are no such paper's; `found` names the first place, or what is wrong with the whole."""

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found


def read_data(
    kind: type[Part], data: bytes, *, schema: str, largest: int, strange: Callable[[Part], Iterator[str]]
) -> Part:
    """The data of a paper, of that schema and not larger; `strange` names values that cannot be. NotOfThisForm for anything else."""
    if len(data) > largest:
        raise NotOfThisForm(f"{len(data)} bytes")
    try:
        said = strict_json(data)
    except ValueError as error:
        raise NotOfThisForm(type(error).__name__) from error
    if not isinstance(said, dict) or said.pop("schema", None) != schema:
        raise NotOfThisForm("schema")
    wrong = Wrong()
    part = read_part(kind, said, "", wrong)
    if part is None:
        raise NotOfThisForm(wrong.problems[0].place)
    found = next(strange(part), None)
    if found is not None:
        raise NotOfThisForm(found)
    return part


def is_digest(text: str) -> bool:
    """Whether a text is a SHA-256 as it is written here: 64 small hexadecimal digits."""
    return _HEX.fullmatch(text) is not None


def _value(hint: Any, said: Any, place: str, wrong: Wrong) -> Any:
    if get_origin(hint) in (Union, UnionType):
        if said is None:
            return None
        hint = next(one for one in get_args(hint) if one is not NoneType)
    if get_origin(hint) is tuple:
        return _tuple(get_args(hint)[0], said, place, wrong)
    if is_dataclass(hint) and isinstance(hint, type):
        return read_part(hint, said, place, wrong)
    if hint is date:
        return _date(said, place, wrong)
    titles: dict[Any, Callable[[], str]] = {
        str: lambda: _("a text"),
        int: lambda: _("a whole number"),
        bool: lambda: _("true or false"),
    }
    if type(said) is not hint:
        _no_type(wrong, place, said, titles[hint]())
    elif hint is str and any("\ud800" <= letter <= "\udfff" for letter in said):
        _no_type(wrong, place, "\N{REPLACEMENT CHARACTER}", _("a text in UTF-8"))
    return said


def _tuple(hint: Any, said: Any, place: str, wrong: Wrong) -> tuple[Any, ...]:
    if not isinstance(said, list):
        _no_type(wrong, place, said, _("a list"))
        return ()
    found = []
    for number, one in enumerate(said):
        if wrong.is_full:
            break
        found.append(_value(hint, one, f"{place}[{number}]", wrong))
    return tuple(found)


def _date(said: Any, place: str, wrong: Wrong) -> date | None:
    try:
        day = date.fromisoformat(said)
    except (TypeError, ValueError):
        day = None
    if day is None or day.isoformat() != said:
        _no_type(wrong, place, said, _("a day as YYYY-MM-DD"))
    return day


def _no_type(wrong: Wrong, place: str, said: Any, wanted: str) -> None:
    shown = said if isinstance(said, str) else json.dumps(said, ensure_ascii=True)[: _SHOWN + 1]
    shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
    wrong.add(
        "json.type", place, _("found {found}").format(found=shown or '""'),
        _("what belongs there is {wanted}").format(wanted=wanted),
    )  # fmt: skip


def _is_needed(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _at(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _day(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
