"""A mapping is guessed, kept in a file, read back, and says what is wrong with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qma_app.errors import ContentProblems
from qma_app.exchange.importing.fields import FIELD_KEYS, meaning_of, split_language
from qma_app.exchange.importing.mapping import (
    ColumnUse,
    Mapping,
    fingerprint,
    mapping_from_json,
    mapping_to_json,
)
from qma_app.services.importing import look_at_file
from tests.exchange.importing.workbooks import a_workbook, imported, outline_of

MAPPING = Mapping(
    columns=(
        ColumnUse(heading="What we look at", field="statement", column=3),
        ColumnUse(heading="Was wir ansehen", field="statement", language="de"),
        ColumnUse(heading="Where", field="area"),
    ),
    sheets=("Audit",),
    header_row=2,
)


def test_a_mapping_survives_its_file() -> None:
    assert mapping_from_json(mapping_to_json(MAPPING)) == MAPPING


def test_a_kept_mapping_finds_its_columns_wherever_they_went(tmp_path: Path) -> None:
    moved = [
        ["x"],
        ["Where", "Note", "Was wir ansehen", "What we look at"],
        ["Shop", "n", "Die Tür ist offen.", "The door is open."],
    ]
    edition = imported(a_workbook(tmp_path, {"Audit": moved}), mapping=MAPPING).edition
    assert outline_of(edition) == ["Shop > Shop > SHO-01.1 The door is open."]
    assert outline_of(edition, "de") == ["Shop > Shop > SHO-01.1 Die Tür ist offen."]


def test_the_guess_can_be_kept_and_used_again(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, {"List": [["Area", "Question", "Result"], ["Shop", "The door is open.", 3]]})
    look = look_at_file(path, is_isolated=False)
    assert look.mapping is not None
    assert [(use.heading, use.field) for use in look.mapping.columns] == [
        ("Area", "area"),
        ("Question", "statement"),
        ("Result", "score"),
    ]
    again = mapping_from_json(mapping_to_json(look.mapping))
    assert outline_of(imported(path, mapping=again).edition) == outline_of(imported(path).edition)


def test_headings_have_one_fingerprint_whatever_their_order_and_case() -> None:
    assert fingerprint(["Area", "Question "]) == fingerprint(["QUESTION", "area"])
    assert fingerprint(["Area", "Question"]) != fingerprint(["Area", "Answer"])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"format": "other"}, "m.json, format: this is no mapping of ours; begin it with “format”: “qma-mapping-1”"),
        ({"structure": "colums"}, "m.json, structure: “colums”; did you mean “columns”?"),
        ({"language": "english"}, "m.json, language: “english”; write two small letters, such as en or de"),
        ({"header_row": "two"}, "m.json, header_row: “two”; write the number of the row, 0 to have it searched, or -1 where there are no headings"),
        ({"sheets": "Audit"}, "m.json, sheets: “Audit”; write a list of the names of sheets"),
        ({"columns": []}, "m.json, columns: no columns are listed; list at least the column of the statement"),
        ({"columns": [{"heading": "A", "field": "statment"}]}, "m.json, columns 1 field: “statment”; did you mean “statement”?"),
        ({"columns": [{"field": "statement"}]}, "m.json, columns 1: neither heading nor column; write the heading as the file has it"),
        ({"columns": ["A"]}, "m.json, columns 1: “A”; write “heading” and “field”"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_mapping_is_told_with_its_place(change: dict[str, object], told: str) -> None:
    content = {**json.loads(mapping_to_json(MAPPING)), **change}
    with pytest.raises(ContentProblems) as refused:
        mapping_from_json(json.dumps(content), "m.json")
    assert told in str(refused.value).splitlines()


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 100_000])
def test_what_is_no_json_is_no_mapping(text: str) -> None:
    with pytest.raises(ContentProblems, match="this is no JSON"):
        mapping_from_json(text)


@pytest.mark.parametrize(
    ("heading", "field", "language"),
    [
        ("Question", "statement", "en"),
        ("Frage (de)", "statement", "de"),
        ("QUESTION_DE", "statement", "de"),
        ("Questoin", "statement", "en"),
        ("Item No", "number", "en"),
        ("Requirements\n(must)", "guidance", "en"),
        ("Verantwortlich", "owner", "de"),
        ("Holiday", "", ""),
    ],
)
def test_headings_are_understood_in_both_languages(heading: str, field: str, language: str) -> None:
    assert (meaning_of(heading).field, meaning_of(heading).language) == (field, language)
    assert field in ("", *FIELD_KEYS)


@pytest.mark.parametrize(
    ("heading", "parts"),
    [
        ("label::German (de)", ("label", "de")),
        ("name[fr]", ("name", "fr")),
        ("Question English", ("Question", "en")),
        ("What is it", ("What is it", "")),
    ],
)
def test_a_language_behind_a_heading_is_parted(heading: str, parts: tuple[str, str]) -> None:
    assert split_language(heading) == parts
