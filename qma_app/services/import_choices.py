"""What the wizard of the window asks about a list, as plain choices, and the mapping they make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from qma_app.errors import ContentProblems
from qma_app.exchange.importing import IMPORTS, Imported
from qma_app.exchange.importing.fields import FIELDS, TEXT_FIELDS, meaning_of, split_language
from qma_app.exchange.importing.headings import headings_of
from qma_app.exchange.importing.ledger import Entry, Fate
from qma_app.exchange.importing.mapping import (
    STRUCTURES,
    ColumnUse,
    Mapping,
    fingerprint,
    mapping_from_json,
    mapping_to_json,
)
from qma_app.exchange.importing.tables import Cell, Row
from qma_app.i18n import _
from qma_app.services.importing import FileLook, SheetLook

__all__ = [
    "SHOWN",
    "Choice",
    "ColumnChoice",
    "Entry",
    "Fate",
    "FileLook",
    "Imported",
    "ListChoice",
    "Mapping",
    "SheetLook",
    "choice_of",
    "count_of",
    "entries_of",
    "field_choices",
    "file_suffixes",
    "fingerprint_of",
    "first_choice",
    "headings_in",
    "languages_of",
    "mapping_of",
    "mapping_words",
    "structure_choices",
]

_LABELLED = ("guidance", "evidence", "failure", "remark")
SHOWN = 1_000
"""So many cells of one fate are listed; the counts count all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """Something to choose by its title."""

    key: str
    title: str
    has_language: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ColumnChoice:
    """One column of a sheet with what stands in it first; `field` is empty for one that is left out."""

    column: int
    heading: str
    example: str
    field: str = ""
    language: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ListChoice:
    """Everything chosen about a list."""

    sheet: str
    header_row: int
    structure: str
    language: str
    columns: tuple[ColumnChoice, ...]


def field_choices() -> tuple[Choice, ...]:
    """What a column can be, "left out" first."""
    fields = (Choice(key=one.key, title=one.title(), has_language=one.key in TEXT_FIELDS) for one in FIELDS)
    return (Choice(key="", title=_("– left out –")), *fields)


def structure_choices() -> tuple[Choice, ...]:
    """How a list tells its areas and processes."""
    titles = {
        "columns": _("columns of their own"),
        "numbers": _("numbers such as 1.2.3"),
        "headings": _("rows that hold a heading only"),
    }
    return tuple(Choice(key=key, title=titles.get(key, key)) for key in STRUCTURES)


def file_suffixes() -> tuple[str, ...]:
    """The endings of files that can be imported."""
    return tuple(dict.fromkeys(suffix for kind in IMPORTS for suffix in kind.suffixes))


def first_choice(look: FileLook, kept: str = "") -> ListChoice | None:
    """What is chosen before anybody chooses: as the list was read last time, else the guess; None for formats that need no mapping."""
    if look.mapping is None or not look.sheets:
        return None
    mapping = _kept_mapping(kept) or look.mapping
    sheet = next((one for one in look.sheets if one.name in mapping.sheets), None)
    sheet = sheet or next((one for one in look.sheets if one.header_row), look.sheets[0])
    return choice_of(sheet, mapping, mapping.header_row or sheet.header_row)


def choice_of(sheet: SheetLook, mapping: Mapping | None, header_row: int) -> ListChoice:
    """A mapping as it looks on a sheet; without one what the headings mean."""
    headings = headings_in(sheet, header_row)
    uses = {use.heading.casefold(): use for use in mapping.columns} if mapping is not None else {}
    columns = []
    for column, heading in headings.items():
        use = uses.get(heading.casefold())
        field, language = (use.field, use.language) if use is not None else ("", "")
        if mapping is None:
            meant = meaning_of(heading)
            field, language = meant.field, meant.language if meant.is_language_said else ""
        columns.append(
            ColumnChoice(
                column=column,
                heading=heading,
                example=_example(sheet, column, header_row),
                field=field,
                language=language,
            )
        )
    return ListChoice(
        sheet=sheet.name,
        header_row=header_row,
        structure=mapping.structure if mapping is not None else "columns",
        language=mapping.language if mapping is not None else "en",
        columns=tuple(columns),
    )


def headings_in(sheet: SheetLook, header_row: int) -> dict[int, str]:
    """The headings of a row by column; letters where there are none."""
    found = next((cells for number, cells in sheet.rows if number == header_row), None)
    if found is None:
        width = max((len(cells) for _number, cells in sheet.rows), default=0)
        return {column: _letters(column) for column in range(1, width + 1)}
    cells = {column: Cell(text, column) for column, text in enumerate(found, 1) if text}
    return dict(headings_of(Row(header_row, cells)).by_column)


def mapping_of(choice: ListChoice, look: FileLook) -> Mapping:
    """The mapping somebody chose."""
    used = [one for one in choice.columns if one.field]
    shared = Counter((one.field, one.language) for one in used)
    has_headings = choice.header_row > 0
    return Mapping(
        columns=tuple(
            ColumnUse(
                heading=one.heading if has_headings else "",
                column=one.column,
                field=one.field,
                language=one.language if one.field in TEXT_FIELDS else "",
                label=split_language(one.heading)[0]
                if one.field in _LABELLED and shared[(one.field, one.language)] > 1
                else "",
            )
            for one in used
        ),
        sheets=(choice.sheet,) if len(look.sheets) > 1 else (),
        header_row=choice.header_row if has_headings else -1,
        structure=choice.structure,
        language=choice.language,
    )


def fingerprint_of(choice: ListChoice) -> str:
    """The same for every file with these column heads."""
    return fingerprint(one.heading for one in choice.columns if one.heading)


def mapping_words(choice: ListChoice, look: FileLook) -> str:
    """The mapping as it is kept for next time; the sheet is found anew, since files name theirs after months."""
    return mapping_to_json(replace(mapping_of(choice, look), sheets=()))


def entries_of(imported: Imported, fate: Fate) -> tuple[Entry, ...]:
    """The first cells of one fate."""
    return tuple(islice(imported.ledger.entries(fate), SHOWN))


def count_of(imported: Imported, fate: Fate) -> int:
    """How many cells had it."""
    return imported.ledger.count(fate)


def languages_of(columns: Iterable[ColumnChoice], main: str) -> tuple[str, ...]:
    """The languages of the texts, the main one first."""
    said = (one.language for one in columns if one.language and one.field in TEXT_FIELDS)
    return tuple(dict.fromkeys((main, *said)))


def _kept_mapping(text: str) -> Mapping | None:
    if not text:
        return None
    try:
        return mapping_from_json(text)
    except ContentProblems:
        return None  # kept by another version of the program: the guess is as good


def _example(sheet: SheetLook, column: int, header_row: int) -> str:
    texts: Sequence[str] = [
        cells[column - 1] for number, cells in sheet.rows if number > header_row and column <= len(cells)
    ]
    return " | ".join([text for text in texts if text][:3])


def _letters(column: int) -> str:
    words = ""
    while column:
        column, rest = divmod(column - 1, 26)
        words = chr(65 + rest) + words
    return words
