"""A keeper can work in the workbook: heads stay in sight, drop-downs offer what is allowed, missing translations are seen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from qma_app.domain import edition_words
from qma_app.domain.edition import Direction
from qma_app.exchange.standard_workbook.words import key_of, words_of
from qma_app.i18n import LANGUAGES, in_language
from tests.builders import GREETING, a_checkpoint, an_area, an_edition
from tests.exchange.standard_workbook.desk import an_edition_with_kpis, cell, column_of, workbook_of


@pytest.fixture(scope="module", params=["en", "de"])
def book(request: pytest.FixtureRequest) -> Any:
    return load_workbook(BytesIO(workbook_of(an_edition_with_kpis(), request.param)))


def test_there_is_a_sheet_for_each_area_and_one_that_explains(book: Any) -> None:
    assert len(book.sheetnames) == 6
    assert book.sheetnames[3:5] == ["SRV", "PRT"]
    assert book.worksheets[-1].sheet_state == "hidden"
    words = [row[1].value for row in book.worksheets[0].iter_rows() if len(row) > 1 and row[1].value]
    assert len(words) > 40


def test_ids_and_keys_are_hidden_and_not_typed_over(book: Any) -> None:
    sheet = book["SRV"]
    assert sheet.row_dimensions[1].hidden
    assert sheet.column_dimensions["A"].hidden
    assert not sheet.row_dimensions[2].hidden
    assert book.worksheets[0].row_dimensions[1].hidden
    guards = [one for one in sheet.data_validations.dataValidation if one.type == "custom"]
    assert [(one.formula1, str(one.sqref)) for one in guards] == [("FALSE", "A3:A310")]


def test_heads_stay_in_sight_and_filter(book: Any) -> None:
    sheet = book["SRV"]
    assert sheet.freeze_panes == "E3"
    assert sheet.auto_filter.ref == f"A2:{get_column_letter(sheet.max_column)}10"
    assert sheet.print_title_rows == "$2:$2"
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")


def test_print_is_not_shrunk_beyond_reading(book: Any) -> None:
    for sheet in book.worksheets[1:-1]:
        width = sum(
            sheet.column_dimensions[get_column_letter(number)].width
            for number in range(2, sheet.max_column + 1)
        )
        assert width / sheet.page_setup.fitToWidth <= 190
        assert sheet.page_setup.fitToHeight == 0


def test_texts_are_wrapped_in_columns_wide_enough(book: Any) -> None:
    sheet = book["SRV"]
    for key, least in {"title:en": 40, "title:de": 40, "guidance:en": 50, "evidence:de": 30}.items():
        found = cell(sheet, GREETING, key)
        assert found.alignment.wrap_text
        assert sheet.column_dimensions[found.column_letter].width >= least
    assert max(dimension.width for dimension in sheet.column_dimensions.values()) <= 60


def test_languages_stand_side_by_side(book: Any) -> None:
    sheet = book["SRV"]
    assert column_of(sheet, "guidance:de") == column_of(sheet, "guidance:en") + 1


def offered(book: Any, sheet: str, place: str) -> list[Any]:
    """What the drop-down of a cell offers."""
    for one in book[sheet].data_validations.dataValidation:
        if one.type == "list" and place in one.sqref:
            found = re.fullmatch(r"'?([^'!]+)'?!\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)", one.formula1)
            assert found
            cells = book[found[1]][f"{found[2]}{found[3]}:{found[4]}{found[5]}"]
            return [row[0].value for row in cells]
    return []


@pytest.mark.parametrize(
    ("key", "count"),
    [("kind", 3), ("weight", 3), ("critical", 2), ("cx", 4), ("ex", 4), ("profit", 4), ("owner", 2)],
)
def test_drop_downs_offer_what_is_allowed(key: str, count: int, book: Any) -> None:
    sheet = book["SRV"]
    letter = get_column_letter(column_of(sheet, key))
    words = offered(book, "SRV", f"{letter}5")
    assert len(words) == count
    assert None not in words
    used = cell(sheet, "service.reception" if key == "owner" else GREETING, key).value
    assert used in words
    assert offered(book, "SRV", f"{letter}200") == words


@pytest.mark.parametrize("key", ["perspective", "calculation", "unit", "direction", "rhythm", "area"])
def test_kpis_are_chosen_from_lists_too(key: str, book: Any) -> None:
    sheet = book.worksheets[2]
    found = cell(sheet, "C15", key)
    assert found.value in offered(book, sheet.title, found.coordinate)


def test_missing_translations_are_tinted(book: Any) -> None:
    sheet = book["SRV"]
    letter = {key: get_column_letter(column_of(sheet, key)) for key in ("guidance:en", "guidance:de")}
    rules = {str(place.sqref): rules for place, rules in sheet.conditional_formatting._cf_rules.items()}
    (rule,) = rules[f"{letter['guidance:de']}3:{letter['guidance:de']}310"]
    assert rule.formula == [f"AND(LEN(${letter['guidance:en']}3)>0,LEN(${letter['guidance:de']}3)=0)"]
    assert rule.dxf.fill.bgColor.rgb.endswith("EBC48A")
    assert not any(place.startswith(letter["guidance:en"]) for place in rules)


def test_an_area_may_be_called_like_another_sheet() -> None:
    area = an_area("service", an_edition(checkpoints=[a_checkpoint()]).areas[0].processes, code="LISTS")
    book: Any = load_workbook(BytesIO(workbook_of(an_edition(areas=[area]))))
    assert book.sheetnames == ["Explained", "Standard", "KPIs", "LISTS", "Lists 2"]
    assert len(offered(book, "LISTS", "B3")) == 3


def test_every_fixed_word_of_an_edition_has_words_to_read() -> None:
    assert tuple(words_of("perspective")) == edition_words.PERSPECTIVES
    assert set(words_of("unit")) == set(edition_words.UNITS)
    assert set(words_of("calculation")) == set(edition_words.CALCULATIONS)
    assert set(words_of("rhythm")) == set(edition_words.RHYTHMS)
    assert set(words_of("direction")) == set(Direction)


@pytest.mark.parametrize(
    "name",
    [
        "kind",
        "standard-kind",
        "critical",
        "perspective",
        "calculation",
        "unit",
        "direction",
        "rhythm",
        "check",
    ],
)
def test_each_word_leads_back_to_its_key_whatever_the_language_of_the_window(name: str) -> None:
    for written_in, _name in LANGUAGES:
        with in_language(written_in):
            words: Mapping[str, str] = words_of(name)
        for read_in, _name in LANGUAGES:
            with in_language(read_in):
                assert {key: key_of(name, word, written_in) for key, word in words.items()} == {
                    key: key for key in words
                }
