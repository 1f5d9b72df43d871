"""A list of visits is read whoever made it; every bad cell is named with its address, and nothing is guessed."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from qma_app.errors import ImportTrouble
from qma_app.exchange import visit_table
from qma_app.exchange.importing.reading import OutsideFile
from qma_app.exchange.reading_cells import NotRead
from qma_app.exchange.visit_cells import day_cell, day_order, time_cell
from qma_app.exchange.visit_table import VisitList, read_visit_table


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child process for each file takes half a second; that it is used, the tests of importing say."""
    monkeypatch.setattr(visit_table, "OutsideFile", partial(OutsideFile, is_isolated=False))


def a_workbook(path: Path, *rows: tuple[Any, ...]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Plan"
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def a_csv(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def said(found: VisitList) -> list[str]:
    return [f"{one.place}: {one.code}" for one in found.problems]


def test_an_excel_list_with_real_dates_and_times_is_read(tmp_path: Path) -> None:
    path = a_workbook(
        tmp_path / "v.xlsx",
        ("Our plan for 2026",),
        (),
        ("Date", "From", "To", "Areas", "Purpose", "Hotel"),
        (date(2026, 3, 2), time(9), time(15, 30), "SRV; PRT", " Gate \n one ", "Post"),
        (datetime(2026, 3, 9, 0, 0), "8.30 Uhr", None, None, None, None),  # noqa: DTZ001  as Excel has it
        (None, None, None, None, None, "Hotel only"),
    )
    found = read_visit_table(path)
    assert found.problems == ()
    first, second = found.rows
    assert (first.planned_on, first.starts_at, first.ends_at) == (date(2026, 3, 2), time(9), time(15, 30))
    assert (first.areas, first.purpose) == (("SRV", "PRT"), "Gate\none")
    assert (second.planned_on, second.starts_at, second.ends_at) == (date(2026, 3, 9), time(8, 30), None)
    assert first.place_of("areas") == "Sheet Plan, D4"


def test_a_german_csv_is_read_in_any_order_of_columns(tmp_path: Path) -> None:
    path = a_csv(
        tmp_path / "v.csv",
        "Thema;Bis (Uhr);Von;Datum*;Bereiche\nStart;16 Uhr;8:15;Mo, 02.03.2026;Service, Teile\n",
    )
    (row,) = read_visit_table(path).rows
    assert (row.planned_on, row.starts_at, row.ends_at) == (date(2026, 3, 2), time(8, 15), time(16))
    assert (row.areas, row.purpose, row.place) == (("Service", "Teile"), "Start", "row 2")


def test_every_bad_cell_is_named_at_once_and_its_row_left_out(tmp_path: Path) -> None:
    path = a_workbook(
        tmp_path / "v.xlsx",
        ("Date", "From", "To", "Purpose"),
        ("31.02.2026", "25:00", "half past", None),
        (None, "9:00", None, "no date"),
        (date(2026, 3, 2), time(12), time(9), None),
        (date(2026, 3, 9), None, None, "x" * 4_001),
        (date(2026, 3, 16), None, None, None),
        (date(2026, 3, 16), time(9), None, None),
        ("=1/0", None, None, None),
    )
    found = read_visit_table(path)
    assert said(found) == [
        "Sheet Plan, A2: visits.day",
        "Sheet Plan, B2: visits.time",
        "Sheet Plan, C2: visits.time",
        "Sheet Plan, A3: visits.day-missing",
        "Sheet Plan, C4: visits.times",
        "Sheet Plan, D5: visits.purpose",
        "Sheet Plan, A8: visits.cell",
        "Sheet Plan, A7: visits.twice",
    ]
    assert found.errors == found.problems
    assert [row.planned_on for row in found.rows] == [date(2026, 3, 16)] * 2


def test_days_with_slashes_are_read_only_where_the_list_shows_their_order(tmp_path: Path) -> None:
    unclear = read_visit_table(a_csv(tmp_path / "a.csv", "Date,From\n03/04/2026,9:00\n"))
    assert said(unclear) == ["A2: visits.day-unclear"]
    assert "2026-04-03" in unclear.problems[0].advice
    clear = read_visit_table(a_csv(tmp_path / "b.csv", "Date,From\n03/04/2026,9:00\n03/16/2026,9:00\n"))
    assert [row.planned_on for row in clear.rows] == [date(2026, 3, 4), date(2026, 3, 16)]


@pytest.mark.parametrize(
    ("text", "code"),
    [("Name;Function\nRita;Huber\n", "visits.headings"), ("Date;From\n;\n", "visits.empty")],
)
def test_a_table_that_is_no_list_of_visits_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(ImportTrouble, check=lambda trouble: trouble.code == code):
        read_visit_table(a_csv(tmp_path / "v.csv", text))


def test_a_list_of_thousands_is_another_table(tmp_path: Path) -> None:
    rows = "".join("2026-03-02;9:00\n" for _row in range(visit_table.MOST_VISITS + 1))
    with pytest.raises(ImportTrouble, check=lambda trouble: trouble.code == "import.too-much"):
        read_visit_table(a_csv(tmp_path / "v.csv", "Date;From\n" + rows))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-02", date(2026, 3, 2)),
        ("2026-03-02 00:00", date(2026, 3, 2)),
        ("2.3.26", date(2026, 3, 2)),
        ("Mo. 02.03.2026", date(2026, 3, 2)),
        ("2. März 2026", date(2026, 3, 2)),
        ("Monday, 2 March 2026", date(2026, 3, 2)),
        ("March 2, 2026", date(2026, 3, 2)),
        ("Mon, Mar 2, 2026", date(2026, 3, 2)),
        ("29.02.2028", date(2028, 2, 29)),
        ("03/03/2026", date(2026, 3, 3)),
        ("16/03/2026", date(2026, 3, 16)),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, day: date) -> None:
    assert day_cell(text) == day


@pytest.mark.parametrize(
    "text", ["29.02.2026", "soon", "March 2026", "0026-03-02", "2026", "46083", "2.3.", "40. März 2026"]
)
def test_what_is_no_day_is_not_read(text: str) -> None:
    with pytest.raises(NotRead):
        day_cell(text)


def test_the_order_of_days_is_known_only_where_all_agree() -> None:
    assert day_order(["03/04/2026", "16/04/2026"]) is True
    assert day_order(["03-16-2026", "16.04.2026"]) is False
    assert day_order(["03/16/2026", "16/03/2026"]) is None
    assert day_order(["03/04/2026", "x"]) is None


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("8:30", time(8, 30)),
        ("08:30:00", time(8, 30)),
        ("8.30 Uhr", time(8, 30)),
        ("8h30", time(8, 30)),
        ("8 h", time(8)),
        ("16", time(16)),
        ("4 pm", time(16)),
        ("12:05 a.m.", time(0, 5)),
        ("0,354166666666667", time(8, 30)),
        ("2026-03-02 09:15", time(9, 15)),
    ],
)
def test_a_time_is_read_as_people_write_it(text: str, at: time) -> None:
    assert time_cell(text) == at


@pytest.mark.parametrize("text", ["24:00", "8:60", "13 pm", "0 am", "noon", "8:3", "-1", "1.5"])
def test_what_is_no_time_is_not_read(text: str) -> None:
    with pytest.raises(NotRead):
        time_cell(text)
