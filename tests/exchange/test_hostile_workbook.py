"""Whatever people type, a workbook opens, computes nothing from it, and shows it or says that it could not."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from io import BytesIO
from typing import Any, get_type_hints

import pytest
from openpyxl import load_workbook

from qma_app.domain.edition import Edition, Text
from qma_app.domain.record import TYPED_TEXT, Record
from qma_app.exchange.assessment_workbook import collect, write
from qma_app.exchange.workbook.words import LONGEST, Losses, shown
from tests.exchange.shelf import Shelf, texts_of
from tests.exchange.test_workbook_assessment import everything

HOSTILE = {
    "formula": "=HYPERLINK(\"http://127.0.0.1/\"&A1,\"click\")",
    "command": "=cmd|' /C calc'!A0",
    "plus": "+1+1",
    "minus": "-2+3",
    "at": "@SUM(A1:A9)",
    "array": "{=SUM(1+1)}",
    "tab then formula": "\t=1+1",
    "line end then formula": "\r\n=1+1",
    "apostrophe": "'=1+1",
    "number": "0042",
    "long number": "12345678901234567890",
    "exponent": "1E5",
    "date": "1-2",
    "truth": "TRUE",
    "error": "#REF!",
    "spelled letter": "_x000D__x0041_",
    "markup": "<b>R&D</b> <f>1+1</f> ]]> <![CDATA[x]]> &#0; &amp;",
    "end of cell": "</t></is></c><c r=\"A1\"><f>1+1</f></c>",
    "entity": "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>&a;",
    "nul": "a\x00b",
    "control characters": "".join(map(chr, range(32))) + "\x7f\x80\x9f",
    "lone surrogates": "a\ud800b\udfffc",
    "noncharacters": "\ufffe\uffff\ufdd0\U0010ffff",
    "direction override": "invoice\u202egpj.exe",
    "hebrew": "\u05d4\u05de\u05d7\u05d9\u05e8 \u05d4\u05d5\u05e1\u05db\u05dd",
    "arabic": "\u062a\u0645 \u0627\u0644\u0627\u062a\u0641\u0627\u0642 \u0639\u0644\u0649 \u0627\u0644\u0633\u0639\u0631",
    "chinese": "价格已商定",
    "emoji": "\U0001f469\U0001f3fd\u200d\U0001f527\U0001f1e9\U0001f1ea",
    "combining": "Z\u0351\u036b\u0343" * 40,
    "spaces": "  leading and trailing  ",
    "a megabyte": "Lorem ipsum <dolor> & sit amet. " * 32_768,
    "one long word": "x" * 1_000_000,
    "many lines": "line\n" * 5_000,
}  # fmt: skip


def with_words(thing: Any, words: str) -> Any:
    """The thing with `words` in every field that somebody types, at any depth."""
    hints = get_type_hints(type(thing), include_extras=True)
    changes: dict[str, Any] = {}
    for field in fields(thing):
        value = getattr(thing, field.name)
        if TYPED_TEXT in getattr(hints[field.name], "__metadata__", ()) or field.name in (
            "text",
            "reason",
            "label",
        ):
            changes[field.name] = words
        elif is_dataclass(value):
            changes[field.name] = with_words(value, words)
        elif isinstance(value, tuple) and value and is_dataclass(value[0]):
            changes[field.name] = tuple(with_words(item, words) for item in value)
    return replace(thing, **changes)  # fmt: skip


def edition_with(edition: Edition, words: str) -> Edition:
    """The edition with `words` as every title and statement."""
    text = Text(texts={"en": words})
    areas = tuple(
        replace(
            area,
            title=text,
            processes=tuple(
                replace(
                    process,
                    title=text,
                    checkpoints=tuple(replace(point, statement=text) for point in process.checkpoints),
                )
                for process in area.processes
            ),
        )
        for area in edition.areas
    )
    scale = tuple(replace(step, title=text) for step in edition.scale)
    features = tuple(replace(feature, title=text) for feature in edition.features)
    return replace(edition, title=text, areas=areas, scale=scale, features=features)


def hostile_workbook(words: str) -> bytes:
    shelf, assessment, records = everything()
    typed = [with_words(record, words) for record in records if isinstance(record, Record)]
    file = BytesIO()
    write(collect(Shelf(edition_with(shelf._edition, words), typed), assessment.id), file)
    return file.getvalue()


def cells_of(content: bytes) -> Iterator[Any]:
    for sheet in load_workbook(BytesIO(content)):
        for row in sheet.iter_rows():
            yield from row


@pytest.fixture(scope="module", params=HOSTILE, ids=list(HOSTILE))
def case(request: pytest.FixtureRequest) -> tuple[str, bytes]:
    """The words, and a workbook with them in every field."""
    words = HOSTILE[request.param]
    return words, hostile_workbook(words)


def test_no_cell_computes_anything(case: tuple[str, bytes]) -> None:
    _words, content = case
    assert {cell.data_type for cell in cells_of(content)} <= {"s", "n", "d"}
    assert {type(cell.value).__name__ for cell in cells_of(content) if cell.data_type == "n"} <= {
        "int",
        "float",
        "NoneType",
    }
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            assert not re.search(rb"<(f|hyperlink|externalReference|DOCTYPE)[ >/]", archive.read(name)), name


def test_the_words_are_shown_as_typed_or_replaced(case: tuple[str, bytes]) -> None:
    words, content = case
    # Excel reads the spelling back; this reader leaves it as it is written.
    texts = [text.replace("_x005F_", "_") for text in texts_of(load_workbook(BytesIO(content)))]
    expected = shown(words, Losses())
    assert texts.count(expected) >= 25
    assert all(len(text.encode("utf-16-le")) // 2 <= LONGEST for text in texts)


def test_words_stay_words_when_edited(case: tuple[str, bytes]) -> None:
    words, content = case
    expected = shown(words, Losses())
    cells = [cell for cell in cells_of(content) if cell.value == expected]
    assert [cell.coordinate for cell in cells if not cell.quotePrefix] == []


def test_what_was_lost_is_said() -> None:
    said = "\n".join(texts_of(load_workbook(BytesIO(hostile_workbook("a\x00b" + "c" * 40_000)))))
    assert re.search(r"\d+ characters that no cell can show were replaced by U\+FFFD\.", said)
    assert re.search(r"\d+ texts were too long for a cell and were cut; the program keeps them whole\.", said)


def test_nothing_is_said_where_nothing_was_lost() -> None:
    said = "\n".join(texts_of(load_workbook(BytesIO(hostile_workbook("plain")))))
    assert "were replaced by U+FFFD" not in said
    assert "too long for a cell" not in said
