"""Lists that others keep in Excel: every cell is in the draft, or in the list of what was left out, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from qma_app.errors import ContentProblems
from qma_app.exchange.importing.ledger import Fate
from qma_app.exchange.importing.mapping import ColumnUse
from qma_app.exchange.importing.mapping import Mapping as ColumnMapping
from tests.exchange.importing.workbooks import (
    Rows,
    a_workbook,
    account_for,
    changed,
    imported,
    left_out,
    outline_of,
)

GREET = "Each customer is greeted within one minute of arrival."
PRICE = "The price agreed with the customer stands on the signed order."
STOCK = "The stock of parts is counted once a year and signed."

SHEETS: dict[str, Mapping[str, Rows]] = {
    "columns with a title above": {
        "Checklist": [
            ["Audit list of the invented Meyer garage"],
            [],
            ["Department", "Process", "Question", "Evidence", "Weight", "Critical", "Result"],
            ["Service", "Reception", GREET, "Watch three arrivals", 2, None, 4],
            ["Service", "Repair order", PRICE, "Ten signed orders", 3, "x", 5],
            ["Parts", "Stock", STOCK, None, 1, "no", None],
        ]
    },
    "areas only where they begin": {
        "List": [
            ["Area", "Checkpoint"],
            ["Service", GREET],
            [None, PRICE],
            ["Parts", STOCK],
        ]
    },
    "area and process in rows of their own": {
        "List": [
            ["Area", "Process", "Requirement"],
            ["Service", None, None],
            [None, "Reception", None],
            [None, None, GREET],
            [None, "Repair order", None],
            [None, None, PRICE],
        ]
    },
    "numbers tell the tree": {
        "ISO list": [
            ["No.", "Requirement", "Notes"],
            ["1", "Service", None],
            ["1.1", "Reception", None],
            ["1.1.1", GREET, "Measured at the door"],
            ["1.2", "Repair order", None],
            ["1.2.1", PRICE, None],
            ["2", "Parts", None],
            ["2.1", STOCK, None],
        ]
    },
    "headings between the rows": {
        "Sheet1": [
            ["Question", "Yes/No", "Comment"],
            ["Service", None, None],
            ["Reception", None, None],
            [GREET, "Yes", "fine"],
            ["Repair order", None, None],
            [PRICE, "No", None],
        ]
    },
    "German in both languages": {
        "Prüfliste": [
            ["Bereich", "Prozess", "Frage", "Question", "Hinweis", "Gewichtung"],
            ["Service", "Annahme", "Jeder Kunde wird binnen einer Minute begrüßt.", GREET, "An der Tür zählen", "hoch"],
            ["Teile", "Lager", "Der Bestand wird jährlich gezählt.", STOCK, None, "niedrig"],
        ]
    },
    "one sheet for each department": {
        "Service": [["Question", "Guidance"], [GREET, "Three arrivals"], [PRICE, None]],
        "Parts": [["Question", "Guidance"], [STOCK, "Count list"]],
        "Read me": [["How to fill in this list"]],
    },
    "numbers and dates as text, dates as dates": {
        "List": [
            ["Ref", "Area", "Question", "Weight", "Source"],
            [1.1, "Service", GREET, "2", date(2026, 3, 1)],
            ["1.2", "Service", PRICE, 2.0, date(2026, 3, 2)],
            [3, "Parts", STOCK, "two", "handbook 4"],
        ]
    },
    "duplicated headings and a stray column": {
        "List": [
            ["Question", "Guidance", "Guidance", "Internal code"],
            [GREET, "Stand at the door", "Count three", "Q-17"],
            [PRICE, None, "Ten orders", "Q-18"],
        ]
    },
    "misspelt headings": {
        "Cheklist": [
            ["Departmnt", "Proces", "Questoin", "Evidense"],
            ["Service", "Reception", GREET, "Watch three arrivals"],
        ]
    },
    "no headings at all": {"List": [[GREET], [PRICE], [STOCK]]},
    "markup, line breaks and blank rows": {
        "List": [
            ["Area", "Question"],
            ["Service", f"<b>{GREET}</b>"],
            [None, None],
            ["Service", "The price\nand the time\nstand on the order."],
            [" ", "   "],
            ["Empty area", None],
        ]
    },
    "errors, formulas and long texts": {
        "List": [
            ["Area", "Question", "Guidance"],
            ["Service", GREET, "=1+1"],
            ["Service", "A very long requirement. " * 30, None],
            ["#REF!", PRICE, None],
        ]
    },
}  # fmt: skip

OUTLINES = {
    "columns with a title above": [
        f"Service > Reception > SRV-01.1 {GREET}",
        f"Service > Repair order > SRV-02.1 {PRICE}",
        f"Parts > Stock > PRT-01.1 {STOCK}",
    ],
    "areas only where they begin": [
        f"Service > Service > SRV-01.1 {GREET}",
        f"Service > Service > SRV-01.2 {PRICE}",
        f"Parts > Parts > PRT-01.1 {STOCK}",
    ],
    "area and process in rows of their own": [
        f"Service > Reception > SRV-01.1 {GREET}",
        f"Service > Repair order > SRV-02.1 {PRICE}",
    ],
    "numbers tell the tree": [
        f"Service > Reception > SRV-01.1 {GREET}",
        f"Service > Repair order > SRV-02.1 {PRICE}",
        f"Parts > Parts > PRT-01.1 {STOCK}",
    ],
    "headings between the rows": [
        f"Service > Reception > SRV-01.1 {GREET}",
        f"Service > Repair order > SRV-02.1 {PRICE}",
    ],
    "German in both languages": [
        "Service > Annahme > SRV-01.1 Jeder Kunde wird binnen einer Minute begrüßt.",
        "Teile > Lager > TEI-01.1 Der Bestand wird jährlich gezählt.",
    ],
    "one sheet for each department": [
        f"Service > Service > SRV-01.1 {GREET}",
        f"Service > Service > SRV-01.2 {PRICE}",
        f"Parts > Parts > PRT-01.1 {STOCK}",
    ],
    "numbers and dates as text, dates as dates": [
        f"Service > Service > SRV-01.1 {GREET}",
        f"Service > Service > SRV-01.2 {PRICE}",
        f"Parts > Parts > PRT-01.1 {STOCK}",
    ],
    "duplicated headings and a stray column": [
        f"House checklist > House checklist > HOU-01.1 {GREET}",
        f"House checklist > House checklist > HOU-01.2 {PRICE}",
    ],
    "misspelt headings": [f"Service > Reception > SRV-01.1 {GREET}"],
    "no headings at all": [
        f"House checklist > House checklist > HOU-01.1 {GREET}",
        f"House checklist > House checklist > HOU-01.2 {PRICE}",
        f"House checklist > House checklist > HOU-01.3 {STOCK}",
    ],
    "markup, line breaks and blank rows": [
        f"Service > Service > SRV-01.1 {GREET}",
        "Service > Service > SRV-01.2 The price and the time stand on the order.",
    ],
    "errors, formulas and long texts": [
        f"Service > Service > SRV-01.1 {GREET}",
        f"Service > Service > SRV-01.2 {('A very long requirement. ' * 13).strip()}",
        f"Service > Service > SRV-01.3 {PRICE}",
    ],
}

LEFT_OUT = {
    "columns with a title above": [
        "A1: it stands above the headings",
        "G4: scores and answers belong to an assessment, not to the standard",
        "G5: scores and answers belong to an assessment, not to the standard",
    ],
    "headings between the rows": [
        "B4: scores and answers belong to an assessment, not to the standard",
        "C4: scores and answers belong to an assessment, not to the standard",
        "B6: scores and answers belong to an assessment, not to the standard",
    ],
    "duplicated headings and a stray column": [
        "D1: heading of a column that is not mapped",
        "D2: the column is not mapped",
        "D3: the column is not mapped",
    ],
    "markup, line breaks and blank rows": ["A6: a heading with nothing to check below it"],
    "errors, formulas and long texts": [
        "C2: a formula whose result is not in the file: open and save it in Excel",
        "A4: Excel shows an error here",
    ],
}
CHANGED = {
    "German in both languages": ["F2: weight 3, as ours go from 1 to 3", "F3: weight 1, as ours go from 1 to 3"],
    "numbers and dates as text, dates as dates": [
        "E2: a date, written as text",
        "E3: a date, written as text",
        "D4: not understood as weight; kept as a remark",
    ],
    "markup, line breaks and blank rows": ["B2: markup left out", "B4: line breaks became spaces"],
    "errors, formulas and long texts": ["B3: shortened; the whole text stands in front of the guidance"],
}  # fmt: skip


@pytest.mark.parametrize("case", SHEETS)
def test_a_list_becomes_a_tree_of_checkpoints(tmp_path: Path, case: str) -> None:
    found = imported(a_workbook(tmp_path, SHEETS[case]))
    main = found.edition.languages[0]
    assert outline_of(found.edition, main) == OUTLINES[case]


@pytest.mark.parametrize("case", SHEETS)
def test_what_is_not_in_the_draft_is_named_with_its_reason(tmp_path: Path, case: str) -> None:
    found = imported(a_workbook(tmp_path, SHEETS[case]))
    assert left_out(found) == LEFT_OUT.get(case, [])
    assert changed(found) == CHANGED.get(case, [])


@pytest.mark.parametrize("case", SHEETS)
def test_each_cell_has_one_fate_and_what_was_taken_is_there(tmp_path: Path, case: str) -> None:
    path = a_workbook(tmp_path, SHEETS[case])
    account_for(imported(path), path)


def test_merged_cells_hold_for_each_row_they_cover(tmp_path: Path) -> None:
    rows: Rows = [["Area", "Question"], ["Service", GREET], [None, PRICE], ["Parts", STOCK]]
    path = a_workbook(tmp_path, {"List": rows}, merged=["A2:A3"])
    found = imported(path)
    assert outline_of(found.edition)[1] == f"Service > Service > SRV-01.2 {PRICE}"
    account_for(found, path)


def test_two_languages_stand_side_by_side(tmp_path: Path) -> None:
    edition = imported(a_workbook(tmp_path, SHEETS["German in both languages"])).edition
    assert edition.languages == ("de", "en")
    point = edition.areas[0].processes[0].checkpoints[0]
    assert point.statement.texts == {"de": "Jeder Kunde wird binnen einer Minute begrüßt.", "en": GREET}
    assert point.weight == 3


def test_every_text_of_the_draft_has_the_main_language(tmp_path: Path) -> None:
    edition = imported(a_workbook(tmp_path, SHEETS["German in both languages"])).edition
    parts = (edition.phases, edition.roles, edition.features, edition.origins, edition.scale)
    named = [one.title for part in parts for one in part]
    assert [title for title in named if "de" not in title.texts] == []


def test_a_critical_checkpoint_weighs_most(tmp_path: Path) -> None:
    rows: Rows = [["Question", "Weight", "Critical"], [GREET, 1, "ja"], [PRICE, 2, "nein"]]
    found = imported(a_workbook(tmp_path, {"List": rows}))
    points = list(found.edition.checkpoints.values())
    assert [(point.is_critical, point.weight) for point in points] == [(True, 3), (False, 2)]
    assert changed(found) == ["B2: weight 3, as for every critical checkpoint"]


def test_misspelt_headings_are_told(tmp_path: Path) -> None:
    rows = [["Departmnt", "Questoin"], ["Service", GREET]]
    mapping = ColumnMapping(
        columns=(
            ColumnUse(heading="Department", field="area"),
            ColumnUse(heading="Question", field="statement"),
        )
    )
    found = imported(a_workbook(tmp_path, {"List": rows}), mapping=mapping)
    assert [str(problem) for problem in found.problems] == [
        "Sheet List, A1: the column “Departmnt” is read as “Department”; correct the heading or the mapping if that is wrong",
        "Sheet List, B1: the column “Questoin” is read as “Question”; correct the heading or the mapping if that is wrong",
    ]


def test_a_mapping_for_another_sheet_names_what_is_there(tmp_path: Path) -> None:
    mapping = ColumnMapping(columns=(ColumnUse(heading="Requirement", field="statement"),), sheets=("Audit",))
    path = a_workbook(tmp_path, {"Shopping": [["Milk", "Bread"], ["one", "two"]]})
    with pytest.raises(ContentProblems) as refused:
        imported(path, mapping=mapping)
    assert str(refused.value).splitlines() == [
        "Nothing in list.xlsx could be taken as a checkpoint.",
        "list.xlsx: there is no sheet “Audit”; known here: Shopping",
    ]


def test_a_workbook_without_a_checklist_says_what_it_looked_for(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, {"Numbers": [["Jan", "Feb"], [1, 2], [3, 4]]})
    with pytest.raises(ContentProblems) as refused:
        imported(path)
    assert (
        "no column looks like a list of questions or requirements; the first row holds “Jan”, “Feb”"
        in str(refused.value)
    )


def test_a_process_of_more_checkpoints_than_numbers_goes_on_in_a_second_one(tmp_path: Path) -> None:
    rows = [
        ["Area", "Question"],
        *(["Service", f"Statement number {number} holds."] for number in range(1, 151)),
    ]
    edition = imported(a_workbook(tmp_path, {"List": rows})).edition
    numbers = [point.number for point in edition.checkpoints.values()]
    assert len(numbers) == 150
    assert (numbers[98], numbers[99]) == ("SRV-01.99", "SRV-02.1")


def test_titles_in_other_scripts_get_ids_and_codes_all_the_same(tmp_path: Path) -> None:
    rows = [["Area", "Question"], ["售后", "价格已经商定并写在订单上。"], ["مبيعات", "تم الاتفاق على السعر."]]
    edition = imported(a_workbook(tmp_path, {"List": rows})).edition
    assert [(area.id, area.code) for area in edition.areas] == [("area-1", "AAA"), ("area-2", "AAB")]
    assert [point.id for point in edition.checkpoints.values()] == [
        "area-1.process-1.point-1",
        "area-2.process-1.point-1",
    ]


def test_equal_statements_get_ids_of_their_own(tmp_path: Path) -> None:
    rows = [["Question"], [GREET], [GREET], [GREET]]
    ids = [id.rsplit(".")[-1] for id in imported(a_workbook(tmp_path, {"List": rows})).edition.checkpoints]
    assert ids == [f"each-customer-is-greeted-within-one{end}" for end in ("", "-2", "-3")]


def test_hidden_sheets_are_left_alone_and_named(tmp_path: Path) -> None:
    sheets = {"List": [["Question"], [GREET]], "Old": [["Question"], [PRICE]]}
    found = imported(a_workbook(tmp_path, sheets, hidden=["Old"]))
    assert found.ledger.skipped_sheets == {"Old": "it is hidden and no sheet of the mapping"}


def test_the_summary_of_rows_says_which_were_taken_changed_or_left_out(tmp_path: Path) -> None:
    found = imported(a_workbook(tmp_path, SHEETS["markup, line breaks and blank rows"]))
    assert {row: fate for (_sheet, row), fate in found.ledger.rows().items()} == {
        1: Fate.TAKEN,
        2: Fate.CHANGED,
        4: Fate.CHANGED,
        6: Fate.LEFT_OUT,
    }
