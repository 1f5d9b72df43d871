"""The one form in which a standard's files are written, so that two versions differ only where their content does."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from qma_app.content.nodes import Value
from qma_app.content.plain_words import read_word

_KEYS = (
    "en id perspective code check number version status weight critical share points title purpose "
    "length first last at_least at_most owner numerator denominator calculation factor unit direction range from to "
    "source note rhythm area languages scale rules "
    "pass_mark area_floor coverage critical_points critical_sample_cap conditional_days "
    "statement guidance evidence failure actions sample size of "
    "grades a_from b_from a_element_floor c_element_floor b_critical_points area_weights "
    "impact cx ex profit clauses kpis when staff replaces "
    "phases spans gate features roles cause_categories origins reported_under remark kpi_files areas processes "
    "checkpoints"
)
KEY_ORDER = {key: rank for rank, key in enumerate(_KEYS.split())}
"""Keys in the order they are written; any others follow by the alphabet."""

_IN_BRACES = "impact"
_CONDITIONS = "when"
_LISTS_THAT_MAY_BE_MISSING = (
    "clauses kpis when replaces area_weights actions spans gate reported_under kpi_files"
)
_LEFT_OUT_WHEN_EMPTY = frozenset(_LISTS_THAT_MAY_BE_MISSING.split())
"""An empty list says the same as no list: one of the two is the canonical form."""

_READ_OTHERWISE = re.compile(
    r"[0-9][0-9a-fA-F.,:_xXoOtTzZ+-]*|(?:y|n|yes|no|on|off|true|false|null)", re.IGNORECASE
)
"""Words of ours that other YAML readers take for numbers, times or truth values: they stand in quotation marks."""
_NEEDS_QUOTES = re.compile(r"^[^\w(]|:\s|:$|\s#|\s$")
_NEEDS_QUOTES_IN_BRACES = re.compile(r"[,:\[\]{}]")
_INVISIBLE = "\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
_NEEDS_ESCAPES = re.compile(f"[{_INVISIBLE}]")
_ESCAPED = re.compile(f'["\\\\{_INVISIBLE}]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def canonical_text(document: Mapping[str, Value]) -> str:
    """The document as YAML: block style, keys in their order, each text on one line, quoted only where it must be."""
    return "".join(f"{line}\n" for line in _group_lines(document))


def without_empty_lists(value: Value) -> Value:
    """The same without lists that may be left out and hold nothing."""
    match value:
        case dict():
            return {
                key: without_empty_lists(entry)
                for key, entry in value.items()
                if key not in _LEFT_OUT_WHEN_EMPTY or entry not in ([], {})
            }
        case list():
            return [without_empty_lists(entry) for entry in value]
        case _:
            return value


def _group_lines(group: Mapping[str, Value]) -> Iterator[str]:
    if not group:
        yield "{}"
    for key in sorted(group, key=_rank):
        value = group[key]
        if (inline := _inline(value, is_in_braces=key == _IN_BRACES)) is not None:
            yield f"{_text(key)}: {inline}"
        else:
            yield f"{_text(key)}:"
            yield from (f"  {line}" for line in _block_lines(value, key))


def _list_lines(items: list[Value], key: str) -> Iterator[str]:
    for item in items:
        if (inline := _inline(item, is_in_braces=key == _CONDITIONS)) is not None:
            yield f"- {inline}"
        else:
            mark = "- "
            for line in _block_lines(item, ""):
                yield mark + line
                mark = "  "


def _block_lines(value: Value, key: str) -> Iterator[str]:
    if isinstance(value, dict):
        return _group_lines(value)
    assert isinstance(value, list)
    return _list_lines(value, key)


def _inline(value: Value, *, is_in_braces: bool) -> str | None:
    """What fits on the line of its key, else None."""
    if isinstance(value, list):
        return None if value else "[]"
    if isinstance(value, dict):
        if not value:
            return "{}"
        if not is_in_braces or any(isinstance(entry, list | dict) for entry in value.values()):
            return None
        pairs = (
            f"{_text(key, is_in_braces=True)}: {_scalar(value[key], is_in_braces=True)}"
            for key in sorted(value, key=_rank)
        )
        return "{" + ", ".join(pairs) + "}"
    return _scalar(value)


def _scalar(value: Value, *, is_in_braces: bool = False) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _text(value, is_in_braces=is_in_braces) if isinstance(value, str) else str(value)


def _text(text: str, *, is_in_braces: bool = False) -> str:
    """Plain where every reader takes it for the same text, else in double quotes."""
    text = unicodedata.normalize("NFC", text)
    if (
        read_word(text) != text
        or _READ_OTHERWISE.fullmatch(text)
        or _NEEDS_QUOTES.search(text)
        or _NEEDS_ESCAPES.search(text)
        or (is_in_braces and _NEEDS_QUOTES_IN_BRACES.search(text))
    ):
        return f'"{_ESCAPED.sub(_escape, text)}"'
    return text


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    return _SHORT.get(character) or f"\\u{ord(character):04X}"


def _rank(key: str) -> tuple[int, str]:
    return KEY_ORDER.get(key, len(KEY_ORDER)), key
