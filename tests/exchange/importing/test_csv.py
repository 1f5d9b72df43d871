"""CSV files from any program: encoding and separator are found, and nothing of the rows is lost."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qma_app.exchange.importing import Imported
from qma_app.exchange.importing.csv_rows import csv_rows, separator_of
from qma_app.exchange.importing.ledger import Fate
from tests.exchange.importing.workbooks import a_text, imported, left_out, outline_of

PLAIN = "Area,Question,Weight\nService,The key has a tag.,2\nParts,The stock is counted.,1\n"
GERMAN = (
    'Bereich;Frage;Hinweis\nService;"Jeder Schlüssel trägt einen Anhänger; er ist lesbar.";Schlüsselbrett\n'
)

FILES: dict[str, tuple[bytes, list[str]]] = {
    "commas": (
        PLAIN.encode(),
        ["Service > Service > SRV-01.1 The key has a tag.", "Parts > Parts > PRT-01.1 The stock is counted."],
    ),
    "semicolons and a mark in front": (
        GERMAN.encode("utf-8-sig"),
        ["Service > Service > SRV-01.1 Jeder Schlüssel trägt einen Anhänger; er ist lesbar."],
    ),
    "Windows letters": (
        GERMAN.encode("cp1252"),
        ["Service > Service > SRV-01.1 Jeder Schlüssel trägt einen Anhänger; er ist lesbar."],
    ),
    "UTF-16 as Excel saves text": (
        GERMAN.replace("; ", " und ").replace(";", "\t").encode("utf-16"),
        ["Service > Service > SRV-01.1 Jeder Schlüssel trägt einen Anhänger und er ist lesbar."],
    ),
    "UTF-16 without its mark": (
        PLAIN.encode("utf-16-le"),
        ["Service > Service > SRV-01.1 The key has a tag.", "Parts > Parts > PRT-01.1 The stock is counted."],
    ),
    "a line that names the separator": (
        b"sep=|\nQuestion|Weight\nThe key has a tag.|3\n",
        ["House checklist > House checklist > HOU-01.1 The key has a tag."],
    ),
    "line breaks inside quotation marks": (
        b'Question,Guidance\n"The key\nhas a tag.","Look at\nthe board"\n"The car is clean.",\n',
        [
            "House checklist > House checklist > HOU-01.1 The key has a tag.",
            "House checklist > House checklist > HOU-01.2 The car is clean.",
        ],
    ),
    "titles above and old Mac line ends": (
        b"Audit list\r\rNo;Question\r1;The key has a tag.\r2;The car is clean.\r",
        [
            "House checklist > House checklist > HOU-01.1 The key has a tag.",
            "House checklist > House checklist > HOU-01.2 The car is clean.",
        ],
    ),
    "rows of different length": (
        b"Area,Question\nService\n,The key has a tag.,left,over\nParts,The stock is counted.\n",
        ["Service > Service > SRV-01.1 The key has a tag.", "Parts > Parts > PRT-01.1 The stock is counted."],
    ),
    "one column without heading": (
        b"The key has a tag on it.\nThe car is clean inside.\n",
        [
            "House checklist > House checklist > HOU-01.1 The key has a tag on it.",
            "House checklist > House checklist > HOU-01.2 The car is clean inside.",
        ],
    ),
    "misspelt headings": (
        b"Areaa;Qestion\nService;The key has a tag.\n",
        ["Service > Service > SRV-01.1 The key has a tag."],
    ),
}  # fmt: skip


def read(folder: Path, case: str) -> Imported:
    name = "list.csv"
    return imported(a_text(folder, FILES[case][0], name=name))


@pytest.mark.parametrize("case", FILES)
def test_a_csv_file_becomes_checkpoints(tmp_path: Path, case: str) -> None:
    found = read(tmp_path, case)
    language = found.edition.languages[0]
    assert outline_of(found.edition, language) == FILES[case][1]
    assert sum(map(found.ledger.count, Fate)) == found.ledger.met


def test_titles_and_left_over_cells_are_named(tmp_path: Path) -> None:
    assert left_out(read(tmp_path, "rows of different length")) == [
        "C3: the column is not mapped",
        "D3: the column is not mapped",
    ]
    assert left_out(read(tmp_path, "titles above and old Mac line ends")) == [
        "A1: it stands above the headings"
    ]


def test_letters_guessed_to_be_windows_are_told(tmp_path: Path) -> None:
    assert read(tmp_path, "Windows letters").ledger.notes == [
        "The text is read as Windows (western Europe): look at letters with accents."
    ]
    assert read(tmp_path, "commas").ledger.notes == []


@pytest.mark.parametrize(
    ("sample", "separator"),
    [
        ("a;b;c\n1,5;2,5;3,5\n", ";"),
        ("a,b,c\nx;y,z,w\n", ","),
        ("a\tb\n1,2\t3;4\n", "\t"),
        ("one column only\nnothing else\n", ","),
        ("sep=;\na,b;c\n", ";"),
    ],
)
def test_the_separator_is_the_one_that_parts_evenly(sample: str, separator: str) -> None:
    assert separator_of(sample) == separator


@settings(max_examples=60)
@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["C"]), max_size=12), min_size=2, max_size=5),
        min_size=1,
        max_size=20,
    )
)
def test_what_the_csv_module_writes_is_read_back_cell_for_cell(rows: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    text.write("sep=;\r\n")
    csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL).writerows([["Head", "Line"], *rows])
    file = io.BytesIO(text.getvalue().encode("utf-8-sig"))
    read_back = {
        (row.number, cell.column): cell.text
        for _share, row in csv_rows(file, "list.csv")
        for cell in row.own_cells()
    }
    expected = {
        (number, column): cell
        for number, row in enumerate([["Head", "Line"], *rows], start=2)
        for column, cell in enumerate(row, start=1)
        if cell.strip()
    }
    assert read_back == {(1, 1): "sep=", **expected}
