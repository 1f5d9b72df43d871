"""Lists of records as dealerships hand them over: workbooks, CSV files, numbers typed as ranges."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from qma_app.domain.audit import AuditSample, ListSource
from qma_app.domain.ids import AuditId, AuditSampleId, CheckpointId
from qma_app.errors import ImportTrouble
from qma_app.exchange.sample_list import read_list_again, read_sample_list
from qma_app.exchange.sample_numbers import read_numbers


def csv(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "orders.csv"
    path.write_text(text, encoding="utf-8")
    return path


def refused(code: str) -> Any:
    return pytest.raises(ImportTrouble, check=lambda error: error.code == code)


def test_the_column_of_orders_is_found_and_what_is_no_record_is_left_out(tmp_path: Path) -> None:
    read = read_sample_list(
        csv(
            tmp_path,
            "Customer;Order no.;Adviser\nHuber;1001;Rita\nMaier;;Rita\nLang;1002;Otto\nLang; 1001;Otto\n",
        )
    )
    assert read.source is ListSource.CSV
    assert read.name == "orders.csv, Order no."
    assert read.listed.records == ("1001", "1002")
    assert (read.listed.blanks, read.listed.repeats) == (1, 1)
    assert [(one.code, one.place) for one in read.problems] == [
        ("sample-list.blank", "row 3"),
        ("sample-list.repeat", "row 5"),
    ]
    assert not read.errors
    assert read.columns == {"A": "Customer", "B": "Order no.", "C": "Adviser"}


def test_a_list_without_headings_is_read_from_its_first_line(tmp_path: Path) -> None:
    assert read_sample_list(csv(tmp_path, "1001\n1002\n\n1003\n")).listed.records == ("1001", "1002", "1003")


def test_parts_are_employees_or_weeks(tmp_path: Path) -> None:
    path = csv(tmp_path, "Order;Adviser;Closed\n1;Rita;2027-06-14\n2;Otto;20.06.2027\n3;Rita;2027-06-21\n")
    by_adviser = read_sample_list(path, part="adviser")
    assert (by_adviser.listed.strata, by_adviser.stratified_by) == (("Rita", "Otto", "Rita"), "Adviser")
    by_week = read_sample_list(path, part="C", by_week=True)
    assert by_week.listed.strata == ("2027-W24", "2027-W24", "2027-W25")
    assert by_week.stratified_by == "week of Closed"


def test_a_day_that_is_none_is_named_with_its_place(tmp_path: Path) -> None:
    path = csv(tmp_path, "Order;Closed\n1;31.02.2027\n2;\n")
    assert [one.place for one in read_sample_list(path, part="Closed", by_week=True).errors] == ["B2", "B3"]


def test_a_workbook_is_read_from_the_sheet_asked_for(tmp_path: Path) -> None:
    book, path = Workbook(), tmp_path / "orders.xlsx"
    first = book.active
    assert first is not None
    first.append(["Notes"])
    orders = book.create_sheet("Orders")
    orders.append(["Auftragsnummer", "Datum"])
    for number in (7001, 7002, 7001):
        orders.append([number, date(2027, 6, 14)])
    orders.append(["=A2+1", date(2027, 6, 14)])
    book.save(path)
    read = read_sample_list(path, sheet="Orders", part="Datum", by_week=True)
    assert read.source is ListSource.WORKBOOK
    assert read.name == "orders.xlsx, Orders, Auftragsnummer"
    assert read.listed.records == ("7001", "7002")
    assert set(read.listed.strata) == {"2027-W24"}
    assert [(one.place, one.is_warning) for one in read.problems] == [("A5", False), ("row 4", True)]
    with refused("sample-list.sheet"):
        read_sample_list(path, sheet="Invoices")


def test_a_column_that_is_not_there_and_a_list_without_records_are_refused(tmp_path: Path) -> None:
    with refused("sample-list.column"):
        read_sample_list(csv(tmp_path, "Order\n1\n"), column="Invoice")
    with refused("sample-list.empty"):
        read_sample_list(csv(tmp_path, "Order;Name\n;Rita\n"))


def test_20000_rows_are_read_and_the_places_named_stay_few(tmp_path: Path) -> None:
    rows = "".join(f"{number // 2}\n" for number in range(19_999))
    read = read_sample_list(csv(tmp_path, "Order\n" + rows))
    assert (read.listed.population, read.listed.repeats) == (10_000, 9_999)
    assert len(read.problems) == 21
    assert "9979" in read.problems[-1].found


def test_numbers_are_typed_as_ranges(tmp_path: Path) -> None:
    read = read_numbers("RO-0998 - 1001; 1300\n1300 ; RO 7 to RO 8")
    assert read.listed.records == ("RO-0998", "RO-0999", "RO-1000", "RO-1001", "1300", "RO 7", "RO 8")
    assert read.listed.repeats == 1
    assert [one.is_warning for one in read.problems] == [True]
    assert read_numbers(read.name).listed == read.listed


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "sample-list.range"),
        ("all of them", "sample-list.range"),
        ("A-1 - B-9", "sample-list.range"),
        ("1250-1001", "sample-list.range"),
        ("1-999999999999", "sample-list.too-many"),
        ("1-600000;1-600000", "sample-list.too-many"),
    ],
)
def test_what_is_no_range_is_refused(text: str, code: str) -> None:
    with refused(code):
        read_numbers(text)


def test_20000_rows_below_a_heading_are_taken_and_one_more_is_not(tmp_path: Path) -> None:
    rows = [f"R-{number}" for number in range(20_000)]
    assert read_sample_list(csv(tmp_path, "\n".join(["Order", *rows]))).listed.population == 20_000
    with refused("import.too-much"):
        read_sample_list(csv(tmp_path, "\n".join(["Order", *rows, "R-20000"])))


def test_a_workbook_of_20000_rows_below_a_heading_is_taken(tmp_path: Path) -> None:
    book, path = Workbook(write_only=True), tmp_path / "orders.xlsx"
    sheet = book.create_sheet("Orders")
    sheet.append(["Order"])
    for number in range(20_000):
        sheet.append([number])
    book.save(path)
    assert read_sample_list(path).listed.population == 20_000


def test_what_can_be_chosen_is_told(tmp_path: Path) -> None:
    read = read_sample_list(
        csv(tmp_path, "Orders of May\nOrder;Adviser;Closed\n1;Rita;2027-06-14\n"), part="C", by_week=True
    )
    assert (read.column, read.part, read.is_by_week, read.headed_in) == ("A", "C", True, 2)
    assert read.day_columns == {"C"}
    assert read_sample_list(csv(tmp_path, "1001\n1002\n")).headed_in is None


@pytest.mark.parametrize(
    "how", [{}, {"part": "Adviser"}, {"part": "Closed", "by_week": True}, {"column": "Invoice no."}]
)
def test_a_list_is_read_again_as_it_was_read_for_a_sample(tmp_path: Path, how: dict[str, Any]) -> None:
    path = csv(
        tmp_path,
        "Order no.;Invoice no.;Adviser;Closed\n1;71;Rita;2027-06-14\n2;72;Otto;2027-06-21\n3;73;Otto;2027-06-22\n",
    )
    read = read_sample_list(path, **how)
    sample = AuditSample(
        id=AuditSampleId("s"),
        audit_id=AuditId("a"),
        checkpoint_id=CheckpointId("x.y.z"),
        source=read.source,
        list_name=read.name,
        fingerprint=read.listed.fingerprint,
        population=read.listed.population,
        seed=1,
        drawn=(),
        stratified_by=read.stratified_by,
    )
    renamed = path.rename(tmp_path / "renamed.csv")
    assert read_list_again(renamed, sample).listed == read.listed
