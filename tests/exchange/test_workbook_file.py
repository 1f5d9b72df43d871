"""The workbook kit: types, set-up and bytes of the files it writes, whatever the sheets hold."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from qma_app.errors import ReportTrouble
from qma_app.exchange.workbook.columns import Column, Meter, write_table
from qma_app.exchange.workbook.file import Cell, Value, WorkbookFile
from qma_app.exchange.workbook.looks import COUNT, DAY, INSTANT, SHARE, TYPED, level_look, tinted
from qma_app.i18n import in_language
from tests.builders import NOW, TODAY


@dataclass(frozen=True)
class Order:
    number: str
    price: Value


ORDER: Column[Order] = Column(title="Order", width=12, value=lambda order: order.number)
ORDERS = (Order("RO-1", 120), Order("RO-2", 80.5), Order("RO-3", None))


def a_workbook(
    orders: tuple[Order, ...] = ORDERS, progress: Callable[[float], object] | None = None, look: Any = COUNT
) -> bytes:
    file = BytesIO()
    with WorkbookFile(file, title="Orders", changed_at=NOW) as book:
        write_table(
            book,
            "Orders",
            [
                ORDER,
                Column(title="Price", width=9, look=look, value=lambda order: order.price),
                Column(title="Id", width=9, is_hidden=True, value=lambda order: order.number),
            ],
            orders,
            banner="Autohaus Beispiel",
            meter=Meter(progress, len(orders)),
            footer="R&D",
        )
    return file.getvalue()


def read(content: bytes) -> Any:
    return load_workbook(BytesIO(content))


def test_a_table_can_be_filtered_scrolled_and_printed() -> None:
    sheet = read(a_workbook())["Orders"]
    assert [cell.value for cell in sheet[2]] == ["Order", "Price", "Id"]
    assert sheet["A2"].font.bold
    assert sheet["A2"].fill.fill_type == "solid"
    assert sheet.auto_filter.ref == "A2:C5"
    assert sheet.freeze_panes == "B3"
    assert sheet.print_title_rows == "$1:$2"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        1,
        0,
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.column_dimensions["A"].width == 12
    assert sheet.column_dimensions["C"].hidden
    assert sheet["A3"].alignment.wrap_text
    assert sheet.oddFooter.left.text == "R&&D"
    assert sheet.oddFooter.right.text == "&P / &N"


@pytest.mark.parametrize(
    ("value", "look", "kind", "found"),
    [
        (42, COUNT, "n", 42),
        (0.783, SHARE, "n", 0.783),
        (TODAY, DAY, "d", datetime.combine(TODAY, time.min)),
        (date(1899, 5, 1), DAY, "s", "1899-05-01"),
        ("42", TYPED, "s", "42"),
        ("=1+1", TYPED, "s", "=1+1"),
        (True, TYPED, "b", True),
        (None, COUNT, "n", None),
        ("", TYPED, "n", None),
    ],
)
def test_each_value_has_the_type_it_is(value: Value, look: Any, kind: str, found: object) -> None:
    cell = read(a_workbook((Order("RO-1", value),), look=look))["Orders"]["B3"]
    assert (cell.data_type, cell.value) == (kind, found)


def test_an_instant_stands_in_the_time_of_this_computer() -> None:
    cell = read(a_workbook((Order("RO-1", NOW),), look=INSTANT))["Orders"]["B3"]
    assert abs(cell.value - NOW.astimezone().replace(tzinfo=None)) < timedelta(milliseconds=2)


def test_words_stay_words_when_somebody_edits_the_cell() -> None:
    sheet = read(a_workbook((Order("0042", 1),)))["Orders"]
    assert sheet["A3"].quotePrefix
    assert not sheet["B3"].quotePrefix


def test_a_cell_may_look_different_from_its_column() -> None:
    orders = (Order("RO-1", Cell(8, tinted(COUNT, "#1F6F64"))), Order("RO-2", 8))  # type: ignore[arg-type]
    sheet = read(a_workbook(orders))["Orders"]
    assert (sheet["B3"].fill.start_color.rgb, sheet["B3"].font.color.rgb) == ("FF1F6F64", "FFFFFFFF")
    assert sheet["B4"].fill.fill_type is None


@pytest.mark.parametrize(
    ("level", "shown_as"),
    [(Fraction(783, 10), "0.0%"), (Fraction(7995, 100), "0.00%"), (Fraction(79999, 1000), "0.000%"), (Fraction(80), "0.0%")],
)  # fmt: skip
def test_a_level_never_seems_to_reach_a_bound_it_misses(level: Fraction, shown_as: str) -> None:
    with in_language("de"):
        assert level_look(level, (70, 80)).number_format == shown_as


def test_the_same_input_gives_the_same_bytes() -> None:
    assert a_workbook() == a_workbook()
    with zipfile.ZipFile(BytesIO(a_workbook())) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = read(a_workbook()).properties
    assert properties.created == properties.modified == NOW.replace(tzinfo=None, microsecond=0)


def test_the_file_is_whole_and_other_readers_see_all_rows() -> None:
    content = a_workbook(tuple(Order(f"RO-{n}", n) for n in range(3000)))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
    book = load_workbook(BytesIO(content), read_only=True)
    rows = list(book["Orders"].iter_rows(values_only=True))
    assert len(rows) == 3002
    assert rows[-1] == ("RO-2999", 2999, "RO-2999")
    book.close()


def test_sheets_of_the_same_name_live_side_by_side() -> None:
    file = BytesIO()
    with WorkbookFile(file, title="", changed_at=NOW) as book:
        for _time in range(2):
            write_table(book, "Parts: A/B", [ORDER], ORDERS, banner="", meter=Meter(None, 0))
    assert read(file.getvalue()).sheetnames == ["Parts_ A_B", "Parts_ A_B 2"]


def test_progress_is_told_and_stops_the_work() -> None:
    told: list[float] = []
    orders = tuple(Order(f"RO-{n}", n) for n in range(200))
    a_workbook(orders, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 2

    def stop(share: float) -> bool:
        return share < 0.5

    with pytest.raises(ReportTrouble) as stopped:
        a_workbook(orders, progress=stop)
    assert stopped.value.code == "workbook.cancelled"


def test_a_sheet_of_a_language_written_from_the_right_begins_there() -> None:
    with in_language("ar"):
        assert read(a_workbook())["Orders"].sheet_view.rightToLeft
    assert not read(a_workbook())["Orders"].sheet_view.rightToLeft


def test_the_workbooks_are_listed_without_loading_what_writes_them() -> None:
    code = (
        "import sys, qma_app.exchange as e; e.WORKBOOKS[0].title(); "
        "sys.exit(any(m in sys.modules for m in ('openpyxl', 'PIL', 'babel', 'yaml')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_last_change_may_be_in_any_time_zone() -> None:
    file = BytesIO()
    changed = datetime(2026, 1, 2, 3, 4, tzinfo=timezone(timedelta(hours=2)))
    with WorkbookFile(file, title="", changed_at=changed) as book:
        write_table(book, "x", [ORDER], ORDERS, banner="", meter=Meter(None, 0))
    assert read(file.getvalue()).properties.modified.isoformat() == "2026-01-02T01:04:00"
