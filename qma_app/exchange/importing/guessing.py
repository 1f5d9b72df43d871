"""A first guess of what the columns of a list are, from its headings and first rows; a person corrects it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from qma_app.exchange.importing.cleaning import cleaned
from qma_app.exchange.importing.fields import TEXT_FIELDS, Meant, meaning_of, split_language
from qma_app.exchange.importing.headings import Headings, find_headings, fits, reads_as_heading
from qma_app.exchange.importing.mapping import ColumnUse, Mapping
from qma_app.exchange.importing.names import plain
from qma_app.exchange.importing.tables import FirstLook, Row, Sheet

_NUMBER: Final = re.compile(r"[A-Za-z]{0,6}[-. ]?\d{1,4}(?:[.-]\d{1,4})*\.?")
_SINGLE: Final = frozenset(("number", "weight", "critical", "owner", "purpose", "cx", "ex", "profit"))
_LONG_TEXT: Final = 15
_SHORT_HEADING: Final = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Preset:
    """A wide sheet of a known make: `needs` are headings that tell it, `labels` what stands before the words of a column."""

    key: str
    needs: tuple[tuple[str, ...], ...]
    fields: dict[str, tuple[str, str, str]]


ISA_CONTROLS: Final = Preset(
    key="controls",
    needs=(("control question", "kontrollfrage"), ("requirements must", "anforderungen muss")),
    fields={
        "isa": ("number", "", ""),
        "isa new": ("number", "", ""),
        "control number": ("number", "", ""),
        "control question": ("statement", "en", ""),
        "kontrollfrage": ("statement", "de", ""),
        "objective": ("guidance", "en", "Objective"),
        "ziel": ("guidance", "de", "Ziel"),
        "requirements must": ("guidance", "en", "Must"),
        "anforderungen muss": ("guidance", "de", "Muss"),
        "requirements should": ("guidance", "en", "Should"),
        "anforderungen sollte": ("guidance", "de", "Sollte"),
        "additional requirements for high protection needs": ("guidance", "en", "High protection needs"),
        "zusatzanforderungen bei hohem schutzbedarf": ("guidance", "de", "Hoher Schutzbedarf"),
        "additional requirements for very high protection needs": ("guidance", "en", "Very high protection needs"),
        "zusatzanforderungen bei sehr hohem schutzbedarf": ("guidance", "de", "Sehr hoher Schutzbedarf"),
        "possible evidence": ("evidence", "en", ""),
        "mögliche nachweise": ("evidence", "de", ""),
        "usual person responsible for process implementation": ("owner", "", ""),
        "reference to other standards": ("remark", "", ""),
        "maturity level": ("score", "", ""),
        "reifegrad": ("score", "", ""),
        "implementation description": ("score", "", ""),
        "reference documentation": ("score", "", ""),
    },
)  # fmt: skip
PRESETS: Final = (ISA_CONTROLS,)


def guess_mapping(look: FirstLook) -> Mapping | None:
    """The mapping of the sheet that looks most like a checklist, and of those with the same headings; None without one."""
    best: tuple[int, Sheet, Headings] | None = None
    for sheet in _visible_first(look.sheets):
        found = find_headings(sheet.rows)
        if found is None:
            continue
        headings, score = found
        if not any(meaning_of(words).field == "statement" for words in headings.by_column.values()):
            score = score // 2
        if best is None or score > best[0]:
            best = score, sheet, headings
    if best is None:
        return _without_headings(look)
    _score, sheet, headings = best
    mapping = _mapping_of(sheet, headings)
    if not mapping.uses_of("statement"):
        return _without_headings(look)
    return replace(mapping, sheets=tuple(_sheets_that_fit(look, mapping, sheet)))


def _visible_first(sheets: Sequence[Sheet]) -> Iterable[Sheet]:
    return sorted(sheets, key=lambda sheet: sheet.is_hidden)


def _sheets_that_fit(look: FirstLook, mapping: Mapping, chosen: Sheet) -> Iterable[str]:
    wanted = sum(1 for use in mapping.columns if use.field != "score")
    for sheet in look.sheets:
        if sheet is chosen:
            yield sheet.name
        elif not sheet.is_hidden and (found := find_headings(sheet.rows)):
            useful = replace(mapping, columns=tuple(use for use in mapping.columns if use.field != "score"))
            if fits(useful, found[0]) * 3 >= wanted * 2:
                yield sheet.name


def _mapping_of(sheet: Sheet, headings: Headings) -> Mapping:
    preset = next((preset for preset in PRESETS if _is_there(preset, headings)), None)
    uses = _from_preset(preset, headings) if preset else _from_words(headings, sheet.rows)
    statement = next((use for use in uses if use.field == "statement"), None)
    main = statement.language if statement and statement.language else "en"
    spoken = {use.language for use in uses if use.field in TEXT_FIELDS and use.language}
    if spoken <= {main}:
        uses = [replace(use, language="") for use in uses]
    after = [row for row in sheet.rows if row.number > headings.row]
    return Mapping(
        columns=tuple(uses),
        header_row=headings.row,
        structure=_structure_of(uses, after),
        language=main,
    )


def _is_there(preset: Preset, headings: Headings) -> bool:
    words = {plain(name) for name in headings.by_column.values()}
    return all(any(need in words for need in either) for either in preset.needs)


def _from_preset(preset: Preset, headings: Headings) -> list[ColumnUse]:
    uses: list[ColumnUse] = []
    for column, name in headings.by_column.items():
        stem, said = split_language(name)
        known = preset.fields.get(plain(name)) or preset.fields.get(plain(stem))
        if known is None:
            meant = meaning_of(name)
            if meant.field != "score":
                continue
            known = ("score", "", "")
        field, language, label = known
        if field in _SINGLE and any(use.field == field for use in uses):
            continue
        uses.append(
            ColumnUse(heading=name, column=column, field=field, language=said or language, label=label)
        )
    return uses


def _from_words(headings: Headings, rows: Sequence[Row]) -> list[ColumnUse]:
    meant = {column: meaning_of(name) for column, name in headings.by_column.items()}
    taken: dict[int, ColumnUse] = {}
    for certainty in (2, 1):
        for column, meaning in meant.items():
            if meaning.certainty == certainty and (field := _free_field(meaning, taken.values())):
                name = headings.by_column[column]
                taken[column] = ColumnUse(
                    heading=name, column=column, field=field, language=_language_of(meaning, meant.values())
                )
    if not any(use.field == "statement" for use in taken.values()):
        column = _longest_texts(rows, headings, taken)
        if column:
            taken[column] = ColumnUse(heading=headings.by_column[column], column=column, field="statement")
    uses = [taken[column] for column in sorted(taken)]
    return [replace(use, label=_label_of(use, uses)) for use in uses]


def _free_field(meaning: Meant, taken: Iterable[ColumnUse]) -> str:
    """The field a column gets: a second statement explains the first, a second area is a process."""
    same = [use for use in taken if use.field == meaning.field]
    if not same or meaning.field in ("score", "guidance", "evidence", "failure", "action", "remark"):
        return meaning.field
    if meaning.field in _SINGLE:
        return ""
    if meaning.language and all(use.language and use.language != meaning.language for use in same):
        return meaning.field
    instead = {"statement": "guidance", "area": "process"}.get(meaning.field, "")
    if instead == "process" and any(use.field == "process" for use in taken):
        return ""
    return instead


def _language_of(meaning: Meant, others: Iterable[Meant]) -> str:
    """The language a heading names, or speaks where the same field comes in several languages."""
    if meaning.is_language_said:
        return meaning.language
    languages = {other.language for other in others if other.field == meaning.field}
    is_statement = meaning.field == "statement"
    return meaning.language if len(languages) > 1 or is_statement else ""


def _label_of(use: ColumnUse, uses: Sequence[ColumnUse]) -> str:
    """Where several columns share a field, their headings tell the words apart."""
    if use.field not in ("guidance", "evidence", "failure", "remark"):
        return ""
    same = [other for other in uses if (other.field, other.language) == (use.field, use.language)]
    return split_language(use.heading)[0] if len(same) > 1 else ""


def _longest_texts(rows: Sequence[Row], headings: Headings, taken: dict[int, ColumnUse]) -> int:
    """The column whose texts are longest on average: what is checked, where no heading says so."""
    best, best_length = 0, float(_LONG_TEXT)
    for column in headings.by_column:
        if column in taken:
            continue
        texts = [row.text(column) for row in rows if row.number > headings.row and row.text(column)]
        length = sum(map(len, texts)) / len(texts) if texts else 0
        if length > best_length:
            best, best_length = column, length
    return best


def _without_headings(look: FirstLook) -> Mapping | None:
    """A list under headings that say nothing to us, or none: its longest column is the statement."""
    for sheet in _visible_first(look.sheets):
        if not sheet.rows:
            continue
        first = sheet.rows[0]
        columns = {column for row in sheet.rows for column in row.cells}
        has_headings = len(sheet.rows) > 1 and all(
            len(cell.text) <= _SHORT_HEADING and not cell.text.rstrip().endswith((".", "?"))
            for cell in first.cells.values()
        ) and len(first.cells) * 2 > len(columns)  # fmt: skip
        names = {column: cleaned(first.text(column)) for column in sorted(columns)} if has_headings else {}
        headings = Headings(
            row=first.number if has_headings else 0, by_column=names or dict.fromkeys(sorted(columns), "")
        )
        column = _longest_texts(sheet.rows, headings, {})
        if column:
            use = ColumnUse(heading=names.get(column, ""), column=column, field="statement")
            return Mapping(columns=(use,), sheets=(sheet.name,), header_row=headings.row or -1)
    return None


def _structure_of(uses: Sequence[ColumnUse], rows: Sequence[Row]) -> str:
    if any(use.field in ("area", "process") for use in uses):
        return "columns"
    number = next((use.column for use in uses if use.field == "number"), 0)
    values = [row.text(number) for row in rows if row.text(number)] if number else []
    numbered = [value for value in values if _NUMBER.fullmatch(value.strip())]
    if values and len(numbered) * 10 >= len(values) * 6 and len({value.count(".") for value in numbered}) > 1:
        return "numbers"
    mapped = [use.column for use in uses]
    filled = [[row.text(column) for column in mapped if row.text(column)] for row in rows]
    alone = any(len(texts) == 1 and reads_as_heading(texts[0]) for texts in filled)
    if alone and any(len(texts) > 1 for texts in filled):
        return "headings"
    return (
        "numbers" if values and all("." in value.strip(".") for value in numbered) and numbered else "columns"
    )
