"""Rows pasted from a spreadsheet are people, with headings or without; what does not hold is named by its row."""

from __future__ import annotations

import pytest

from qma_app.exchange.people_list import MOST_PEOPLE, PersonWords
from qma_app.exchange.people_pasted import pasted_people, typed_people


def test_without_headings_the_usual_order_counts() -> None:
    assert pasted_people("Rita Muster\tService manager\tr@example.com\t+49 1\tSRV-04; PRT-02\n") == (
        PersonWords(
            name="Rita Muster",
            function="Service manager",
            email="r@example.com",
            phone="+49 1",
            processes="SRV-04; PRT-02",
        ),
    )


def test_headings_put_the_columns_right_in_either_language() -> None:
    text = "E-Mail\tNachname\tVorname\nr@example.com\tMuster\tRita\n\nn@example.com\tNeu\tNora\n"
    assert [(one.name, one.email) for one in pasted_people(text)] == [
        ("Rita Muster", "r@example.com"),
        ("Nora Neu", "n@example.com"),
    ]


def test_a_cell_may_hold_lines_and_a_semicolon_parts_where_there_is_no_tab() -> None:
    assert pasted_people('Rita Muster\t"Service\nmanager"')[0].function == "Service\nmanager"
    assert pasted_people("Muster, Rita;Service")[0] == PersonWords(name="Rita Muster", function="Service")


@pytest.mark.parametrize("text", ["", "\n \n", "\t\t\n"])
def test_nothing_is_nobody(text: str) -> None:
    assert pasted_people(text) == ()


def test_a_single_name_is_no_heading() -> None:
    assert [one.name for one in pasted_people("Name\n")] == ["Name"]


def test_more_than_a_list_may_hold_is_cut() -> None:
    assert len(pasted_people("Rita\tx\n" * (MOST_PEOPLE + 50))) == MOST_PEOPLE


def test_typed_rows_are_checked_as_those_of_a_file() -> None:
    people = typed_people(
        [
            PersonWords(name="Rita Muster", processes="srv 4"),
            PersonWords(name=""),
            PersonWords(name="Nora Neu", email="none"),
            PersonWords(name="rita muster"),
        ],
        name="typed",
    )
    assert [row.processes for row in people.rows] == [("SRV-04",), (), ()]
    assert [(one.code, one.place) for one in people.problems] == [
        ("people.email", "row 3"),
        ("people.twice", "row 4"),
    ]
