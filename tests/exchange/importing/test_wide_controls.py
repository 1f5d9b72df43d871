"""Wide workbooks of controls: a number, a question and its requirements in many columns, also in two languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchange.importing.workbooks import (
    Rows,
    a_workbook,
    account_for,
    imported,
    left_out,
    outline_of,
)

ENGLISH = [
    "ISA New", "ISA Classic", "Maturity level", "Implementation description", "Reference Documentation",
    "Control question", "Objective", "Requirements\n(must)", "Requirements\n(should)",
    "Additional requirements for high protection needs", "Usual person responsible for process implementation",
    "Reference to other standards",
]  # fmt: skip
BOTH = [
    "Control number",
    "Control question",
    "Kontrollfrage",
    "Objective",
    "Ziel",
    "Requirements (must)",
    "Anforderungen (muss)",
]
KEYS = "To what extent are keys kept safe?"
CARS = "To what extent are customers' cars kept safe?"


def a_row(number: object, question: str | None, **more: object) -> list[object]:
    """One row under the English headings."""
    named = {
        "must": None,
        "should": None,
        "high": None,
        "objective": None,
        "owner": None,
        "norm": None,
        "level": None,
        **more,
    }
    return [
        number, None, named["level"], None, None, question, named["objective"], named["must"], named["should"],
        named["high"], named["owner"], named["norm"],
    ]  # fmt: skip


CHAPTERS: Rows = [a_row(1, "Safety of property"), a_row("1.1", "Keys and cars")]
BOOKS: dict[str, dict[str, Rows]] = {
    "chapters and controls": {
        "Controls": [
            ENGLISH,
            *CHAPTERS,
            a_row("1.1.1", KEYS, must="+ Keys hang on a board.\n+ The board is locked.", should="+ Each key carries a tag.", objective="No key is lost."),
            a_row("1.1.2", CARS, high="+ The yard is fenced.", owner="Service manager", norm="House norm 7"),
        ]
    },
    "levels filled in by a dealership": {
        "Controls": [ENGLISH, *CHAPTERS, a_row("1.1.1", KEYS, level=3, must="+ Keys hang on a board.")]
    },
    "two languages": {
        "Controls": [
            BOTH,
            ["1", "Safety", "Sicherheit", None, None, None, None],
            ["1.1", KEYS, "Inwieweit werden Schlüssel sicher aufbewahrt?", "No key is lost.", "Kein Schlüssel geht verloren.", "+ A board.", "+ Ein Brett."],
        ]
    },
    "German only": {
        "Fragen": [
            ["Kontrollnummer", "Reifegrad", "Kontrollfrage", "Anforderungen (muss)", "Anforderungen (sollte)"],
            ["1", None, "Sicherheit", None, None],
            ["1.1", 2, "Inwieweit werden Schlüssel sicher aufbewahrt?", "+ Ein Brett.", "+ Ein Schloss."],
        ]
    },
    "a cover sheet in front": {
        "Welcome": [["Self-assessment of an invented company"], ["Name", "Example"]],
        "Controls": [["Version 1"], [], ENGLISH, *CHAPTERS, a_row("1.1.1", KEYS, must="+ A board.")],
    },
    "several sheets of controls": {
        "Safety": [ENGLISH, *CHAPTERS, a_row("1.1.1", KEYS, must="+ A board.")],
        "Prototypes": [ENGLISH, a_row(8, "Prototypes"), a_row("8.1", CARS, must="+ A fence.")],
        "Results": [["Result", "Target"], [2.7, 3]],
    },
    "headings of chapters missing": {
        "Controls": [ENGLISH, a_row("2.1.1", KEYS, must="+ A board."), a_row("2.1.2", CARS), a_row("3.1.1", "Is the yard lit?")]
    },
    "numbers stored as numbers": {"Controls": [ENGLISH, a_row(1, "Safety"), a_row(1.1, KEYS), a_row(1.2, CARS)]},
    "a control without a question": {
        "Controls": [ENGLISH, *CHAPTERS, a_row("1.1.1", KEYS, must="+ A board."), a_row("1.1.2", None, must="+ Left over.")]
    },
    "headings in other case": {
        "Controls": [[word.upper() for word in ENGLISH], *CHAPTERS, a_row("1.1.1", KEYS, must="+ A board.")]
    },
    "a chapter with nothing below": {
        "Controls": [ENGLISH, *CHAPTERS, a_row("1.1.1", KEYS), a_row(2, "Empty chapter"), a_row("2.1", "Empty part", must="m"), a_row("2.1.1", None)]
    },
}  # fmt: skip

OUTLINES = {
    "chapters and controls": [
        f"Safety of property > Keys and cars > SOP-01.1 {KEYS}",
        f"Safety of property > Keys and cars > SOP-01.2 {CARS}",
    ],
    "levels filled in by a dealership": [f"Safety of property > Keys and cars > SOP-01.1 {KEYS}"],
    "two languages": [f"Safety > Safety > SAF-01.1 {KEYS}"],
    "German only": ["Sicherheit > Sicherheit > SIC-01.1 Inwieweit werden Schlüssel sicher aufbewahrt?"],
    "a cover sheet in front": [f"Safety of property > Keys and cars > SOP-01.1 {KEYS}"],
    "several sheets of controls": [
        f"Safety of property > Keys and cars > SOP-01.1 {KEYS}",
        f"Prototypes > Prototypes > PRO-01.1 {CARS}",
    ],
    "headings of chapters missing": [
        f"Chapter 2 > Chapter 2.1 > CHA-01.1 {KEYS}",
        f"Chapter 2 > Chapter 2.1 > CHA-01.2 {CARS}",
        "Chapter 3 > Chapter 3.1 > CHP-01.1 Is the yard lit?",
    ],
    "numbers stored as numbers": [f"Safety > Safety > SAF-01.1 {KEYS}", f"Safety > Safety > SAF-01.2 {CARS}"],
    "a control without a question": [f"Safety of property > Keys and cars > SOP-01.1 {KEYS}"],
    "headings in other case": [f"Safety of property > Keys and cars > SOP-01.1 {KEYS}"],
    "a chapter with nothing below": [
        f"Safety of property > Keys and cars > SOP-01.1 {KEYS}",
        "Empty chapter > Empty chapter > EMP-01.1 Empty part",
    ],
}


@pytest.mark.parametrize("case", BOOKS)
def test_controls_become_checkpoints_below_their_chapters(tmp_path: Path, case: str) -> None:
    edition = imported(a_workbook(tmp_path, BOOKS[case])).edition
    assert outline_of(edition, edition.languages[0]) == OUTLINES[case]


@pytest.mark.parametrize("case", BOOKS)
def test_each_cell_has_one_fate_and_what_was_taken_is_there(tmp_path: Path, case: str) -> None:
    path = a_workbook(tmp_path, BOOKS[case])
    account_for(imported(path), path)


def test_requirements_stand_in_the_guidance_behind_their_kind(tmp_path: Path) -> None:
    edition = imported(a_workbook(tmp_path, BOOKS["chapters and controls"])).edition
    keys, cars = edition.checkpoints.values()
    assert str(keys.guidance) == (
        "Objective: No key is lost. Must: + Keys hang on a board. + The board is locked. Should: + Each key carries a tag."
    )
    assert str(cars.guidance) == "High protection needs: + The yard is fenced."
    assert cars.remark == "No. 1.1.2; Reference to other standards: House norm 7"
    assert edition.areas[0].processes[0].owner == "service-manager"


def test_both_languages_are_kept(tmp_path: Path) -> None:
    edition = imported(a_workbook(tmp_path, BOOKS["two languages"])).edition
    (point,) = edition.checkpoints.values()
    assert edition.languages == ("en", "de")
    assert point.statement.in_language("de") == "Inwieweit werden Schlüssel sicher aufbewahrt?"
    assert point.guidance.in_language("de") == "Ziel: Kein Schlüssel geht verloren. Muss: + Ein Brett."
    assert edition.areas[0].title.in_language("de") == "Sicherheit"


def test_levels_somebody_filled_in_are_left_out(tmp_path: Path) -> None:
    found = imported(a_workbook(tmp_path, BOOKS["levels filled in by a dealership"]))
    assert "C4: scores and answers belong to an assessment, not to the standard" in left_out(found)


def test_a_control_without_a_question_is_named(tmp_path: Path) -> None:
    found = imported(a_workbook(tmp_path, BOOKS["a control without a question"]))
    assert [line for line in left_out(found) if line.endswith("the row has no statement")] == [
        "A5: the row has no statement",
        "H5: the row has no statement",
    ]
