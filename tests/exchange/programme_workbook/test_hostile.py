"""Whatever people type in the coaching year, its workbook opens, computes nothing from it, and shows it or says that it could not."""

from __future__ import annotations

import re
import zipfile
from dataclasses import fields, is_dataclass, replace
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from qma_app.domain.record import Record
from qma_app.exchange.workbook.words import Losses, shown
from qma_app.storage.rows import TABLES, row_form
from tests.exchange.programme_workbook.test_every_field import RECORDS, a_standard, bytes_of, everything
from tests.exchange.shelf import Shelf, texts_of
from tests.exchange.test_hostile_workbook import HOSTILE, edition_with

INSIDE = ("name", "function", "words", "figures", "reason", "label", "place", "stratum")
"""What is typed in the parts of a record: of participants, signatures, remarks, of what was open at a gate, and of audits."""


def with_words(thing: Any, words: str) -> Any:
    """The thing with `words` in every field that somebody types, at any depth."""
    changes: dict[str, Any] = {}
    for field in fields(thing):
        value = getattr(thing, field.name)
        if _is_typed(thing, field.name):
            changes[field.name] = words
        elif isinstance(value, tuple) and value and is_dataclass(value[0]):
            changes[field.name] = tuple(with_words(item, words) for item in value)
        elif is_dataclass(value):
            changes[field.name] = with_words(value, words)
    return replace(thing, **changes)


def _is_typed(thing: Any, name: str) -> bool:
    if not isinstance(thing, Record):
        return name in INSIDE and isinstance(getattr(thing, name), str)
    form = next(one for one in row_form(type(thing)).fields if one.name == name)
    return form.is_typed and isinstance(getattr(thing, name), str)


def test_every_kind_with_typed_words_is_among_them() -> None:
    """Else a new kind would never meet hostile words here."""
    of_other_workbooks = {
        "Site", "Assessment", "Rating", "Finding", "Evidence", "Sighting", "Cause", "Action", "Verification", "Reading",
        "PhotoPair",
    }  # fmt: skip
    typed = {kind.__name__ for kind in TABLES if any(form.is_typed for form in row_form(kind).fields)}
    assert typed - {kind.__name__ for kind in RECORDS} == of_other_workbooks


@pytest.mark.parametrize("words", HOSTILE.values(), ids=list(HOSTILE))
def test_words_stay_words(words: str) -> None:
    shelf, _shown = everything()
    typed = [with_words(record, words) for record in shelf._records]
    content = bytes_of(Shelf(edition_with(a_standard(), words), typed))
    book = load_workbook(BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    # Excel reads the spelling back; this reader leaves it as it is written.
    texts = [text.replace("_x005F_", "_") for text in texts_of(book)]
    assert texts.count(shown(words, Losses())) >= 70
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            assert not re.search(rb"<(f|hyperlink|externalReference|DOCTYPE)[ >/]", archive.read(name)), name
