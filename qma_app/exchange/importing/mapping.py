"""Which column of a list is what: guessed, corrected by a person, and kept for the next file of that kind."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from qma_app.errors import ContentProblems, Problem
from qma_app.exchange.importing.fields import FIELD_KEYS
from qma_app.exchange.importing.names import advice, plain, quoted
from qma_app.i18n import _

FORMAT: Final = "qma-mapping-1"
STRUCTURES: Final = ("columns", "numbers", "headings")
"""How area and process are told: by columns of their own, by numbers such as 1.2.3, or by rows that hold a heading only."""
_LANGUAGE: Final = re.compile("[a-z]{2}")
_LONGEST: Final = 1_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class ColumnUse:
    """One column, found by its heading: what it is, in which language, and the label its words get where several share a field."""

    heading: str
    field: str
    column: int = 0
    language: str = ""
    label: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mapping:
    """How a list becomes a standard. `sheets` empty means the one or those whose headings fit; `header_row` 0 means search, -1 that there is
    none and columns are told by their place."""

    columns: tuple[ColumnUse, ...]
    sheets: tuple[str, ...] = ()
    header_row: int = 0
    structure: str = "columns"
    language: str = "en"

    def uses_of(self, field: str) -> tuple[ColumnUse, ...]:
        """The columns of that field."""
        return tuple(use for use in self.columns if use.field == field)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the texts, the main one first."""
        told = (use.language for use in self.columns if use.language)
        return tuple(dict.fromkeys((self.language, *told)))


def fingerprint(headings: Iterable[str]) -> str:
    """The same for all files with the same headings, whatever their order and case."""
    return hashlib.sha256("\n".join(sorted({plain(word) for word in headings})).encode()).hexdigest()[:16]


def mapping_to_json(mapping: Mapping) -> str:
    """The text of a mapping file."""
    content = {"format": FORMAT, **asdict(mapping)}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def mapping_from_json(text: str, name: str = "mapping") -> Mapping:
    """The mapping of a file; ContentProblems names everything that is wrong with it at once."""
    problems: list[Problem] = []
    content = _loaded(text, name)
    if content.get("format") != FORMAT:
        problems.append(
            _problem(
                name,
                "format",
                _("this is no mapping of ours"),
                _("begin it with “format”: “{format}”").format(format=FORMAT),
            )
        )
    _expect_one_of(problems, name, "structure", content.get("structure", "columns"), STRUCTURES)
    language = content.get("language", "en")
    _expect_language(problems, name, "language", language, may_be_empty=False)
    header_row = content.get("header_row", 0)
    if type(header_row) is not int or not -1 <= header_row <= _LONGEST:
        problems.append(
            _problem(
                name,
                "header_row",
                quoted(str(header_row)),
                _("write the number of the row, 0 to have it searched, or -1 where there are no headings"),
            )
        )
    sheets = content.get("sheets", [])
    if not isinstance(sheets, list) or not all(isinstance(sheet, str) for sheet in sheets):
        problems.append(
            _problem(name, "sheets", quoted(str(sheets)), _("write a list of the names of sheets"))
        )
    columns = _columns(problems, name, content.get("columns"))
    if problems:
        raise ContentProblems(
            _("{name} cannot be used as a mapping.").format(name=name), problems, code="import.mapping"
        )
    return Mapping(
        columns=columns,
        sheets=tuple(sheets),
        header_row=header_row,
        structure=content.get("structure", "columns"),
        language=language,
    )


def _loaded(text: str, name: str) -> dict[str, Any]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        problem = _problem(
            name, "", _("this is no JSON"), _("let the program write a mapping, then change that")
        )
        raise ContentProblems(
            _("{name} cannot be used as a mapping.").format(name=name), [problem], code="import.mapping"
        )
    return content


def _columns(problems: list[Problem], name: str, listed: object) -> tuple[ColumnUse, ...]:
    if not isinstance(listed, list) or not listed:
        problems.append(
            _problem(
                name, "columns", _("no columns are listed"), _("list at least the column of the statement")
            )
        )
        return ()
    uses = []
    for number, entry in enumerate(listed, start=1):
        key = f"columns {number}"
        if not isinstance(entry, dict):
            problems.append(_problem(name, key, quoted(str(entry)), _("write “heading” and “field”")))
            continue
        use = ColumnUse(
            heading=str(entry.get("heading", "")),
            field=str(entry.get("field", "")),
            column=entry["column"] if type(entry.get("column")) is int else 0,
            language=str(entry.get("language", "")),
            label=str(entry.get("label", "")),
        )
        _expect_one_of(problems, name, f"{key} field", use.field, FIELD_KEYS)
        _expect_language(problems, name, f"{key} language", use.language, may_be_empty=True)
        if not use.heading and not use.column:
            problems.append(
                _problem(
                    name, key, _("neither heading nor column"), _("write the heading as the file has it")
                )
            )
        uses.append(use)
    if not any(use.field == "statement" for use in uses):
        problems.append(
            _problem(
                name,
                "columns",
                _("no column is the statement"),
                _("say which column holds what is checked: “field”: “statement”"),
            )
        )
    return tuple(uses)


def _expect_one_of(problems: list[Problem], name: str, key: str, found: object, known: Sequence[str]) -> None:
    if found not in known:
        problems.append(_problem(name, key, quoted(str(found)), advice(str(found), known)))


def _expect_language(
    problems: list[Problem], name: str, key: str, found: object, *, may_be_empty: bool
) -> None:
    if (found == "" and may_be_empty) or (isinstance(found, str) and _LANGUAGE.fullmatch(found)):
        return
    problems.append(_problem(name, key, quoted(str(found)), _("write two small letters, such as en or de")))


def _problem(name: str, key: str, found: str, what_to_do: str) -> Problem:
    return Problem(
        code="import.mapping", place=f"{name}, {key}" if key else name, found=found, advice=what_to_do
    )
