"""What a keeper does to the rows: adds, copies, moves, deletes; and every wrong cell is told with its place, all at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qma_app.domain.edition import Edition
from qma_app.errors import ContentProblems, ImportTrouble
from qma_app.exchange.importing.tables import Cell, CellNote, Row
from qma_app.exchange.standard_workbook.notes import MOST, Notes, row_place
from qma_app.exchange.standard_workbook.reading import StandardReading
from qma_app.exchange.standard_workbook.sheets import gather_sheets
from qma_app.i18n import in_language
from tests.builders import GREETING, PRICE_AGREED, an_edition
from tests.exchange.standard_workbook.desk import (
    NEW_POINT,
    Edit,
    a_kpi,
    added,
    an_edition_with_kpis,
    cell,
    column_of,
    edited,
    read_bytes,
    row_of,
    told,
    workbook_of,
)

ORDER = "service.repair-order"


@pytest.fixture
def edition() -> Edition:
    return an_edition_with_kpis()


def after(edition: Edition, folder: Path, edit: Edit, language: str = "en") -> StandardReading:
    return read_bytes(edited(workbook_of(edition, language), edit), folder, edition)


def set_cell(sheet: str, id: str, key: str, value: Any) -> Edit:
    def edit(book: Any) -> None:
        cell(book[sheet], id, key).value = value

    return edit


@pytest.mark.parametrize(
    ("sheet", "id", "key", "value", "code", "found", "expected"),
    [
        ("SRV", GREETING, "weight", "heavy", "workbook.number", "heavy", "from 1 to 3"),
        ("SRV", GREETING, "weight", 4, "workbook.number", "4", "from 1 to 3"),
        ("SRV", GREETING, "weight", 1.5, "workbook.number", "1.5", "from 1 to 3"),
        ("SRV", GREETING, "weight", None, "workbook.number", "empty", "from 1 to 3"),
        ("SRV", GREETING, "cx", -1, "workbook.number", "-1", "from 0 to 3"),
        ("SRV", PRICE_AGREED, "size", 3, "workbook.number", "3", "from 5 to 60"),
        ("SRV", GREETING, "critical", "perhaps", "workbook.word", "perhaps", "yes, no"),
        ("SRV", GREETING, "kpis", "C51", "workbook.reference", "C51", "C15"),
        ("SRV", GREETING, "when", "body-shopp", "workbook.reference", "body-shopp", "did you mean “body-shop”"),
        ("SRV", ORDER, "owner", "Service manger", "workbook.reference", "Service manger", "did you mean"),
        ("SRV", ORDER, "owner", None, "workbook.reference", "empty", "service-manager"),
        ("KPIs", "C15", "direction", "sideways", "workbook.word", "sideways", "higher is better"),
        ("KPIs", "C15", "unit", None, "workbook.word", "empty", "expected: one of"),
        ("KPIs", "C15", "area", "Servize", "workbook.reference", "Servize", "did you mean “service”"),
        ("KPIs", "C15", "code", "C16", "workbook.twice", "C16", "another code"),
        ("KPIs", "C15", "perspective", "staff", "workbook.perspective", "staff", "KPI perspective"),
        ("Standard", "pass_mark", "value", "80%", "workbook.number", "80%", "from 0 to 100"),
        ("Standard", "coverage", "value", "two thirds", "workbook.fraction", "two thirds", "2/3"),
        ("Standard", "coverage", "id", "covrage", "workbook.rule", "covrage", "coverage"),
        ("Standard", "baseline", "kind", "Phrase", "workbook.word", "Phrase", "did you mean “Phase”"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_told_with_its_place(
    sheet: str,
    id: str,
    key: str,
    value: Any,
    code: str,
    found: str,
    expected: str,
    edition: Edition,
    tmp_path: Path,
) -> None:
    places = []

    def edit(book: Any) -> None:
        wrong = cell(book[sheet], id, key)
        wrong.value = value
        places.append(f"Sheet {sheet}, {wrong.coordinate}")

    reading = after(edition, tmp_path, edit)
    assert reading.edition is None
    problem = next(one for one in reading.problems if one.code == code)
    if code != "workbook.twice":
        assert problem.place == places[0]
    assert found in problem.found
    assert expected in problem.advice


def test_all_wrong_rows_come_at_once(edition: Edition, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        for id in (GREETING, PRICE_AGREED):
            cell(book["SRV"], id, "weight").value = 9
        cell(book["PRT"], "parts.stock.count", "cx").value = "much"

    reading = after(edition, tmp_path, edit)
    assert [problem.code for problem in reading.problems] == ["workbook.number"] * 3
    assert {problem.place.split(",")[0] for problem in reading.problems} == {"Sheet SRV", "Sheet PRT"}


def test_a_row_added_by_hand_gets_the_next_number_and_an_id_of_its_words(
    edition: Edition, tmp_path: Path
) -> None:
    reading = after(
        edition,
        tmp_path,
        lambda book: added(
            book["SRV"], GREETING, kind="Checkpoint", title_en="The coffee is hot.", **NEW_POINT
        ),
    )
    assert reading.edition is not None
    points = reading.edition.processes["service.reception"].checkpoints  # type: ignore[index]
    assert (points[-1].id, points[-1].number) == ("service.reception.the-coffee-is-hot", "SRV-01.4")
    assert len(points) == 4
    assert told(reading.problems, "workbook.number-given").is_warning


def test_a_number_typed_is_kept_and_the_row_stays_where_it_is(edition: Edition, tmp_path: Path) -> None:
    reading = after(
        edition,
        tmp_path,
        lambda book: added(
            book["SRV"], GREETING, kind="checkpoint", number="SRV-01.7", title_en="Hot.", **NEW_POINT
        ),
    )
    assert reading.edition is not None
    points = reading.edition.processes["service.reception"].checkpoints  # type: ignore[index]
    assert points[1].number == "SRV-01.7"


def test_an_id_given_before_is_never_given_again(edition: Edition, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["SRV"]
        sheet.delete_rows(row_of(sheet, "service.reception.own-time"))
        added(sheet, GREETING, kind="Checkpoint", title_en="Own time", **NEW_POINT)

    reading = after(edition, tmp_path, edit)
    assert "service.reception.own-time" not in reading.draft.checkpoints
    assert "service.reception.own-time-2" in reading.draft.checkpoints


def test_a_new_process_brings_its_checkpoints(edition: Edition, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["SRV"]
        row = added(
            sheet,
            "service.repair-order.parts-ready",
            kind="Checkpoint",
            title_en="Cars are washed.",
            **NEW_POINT,
        )
        sheet.insert_rows(row)
        for key, value in {"kind": "Process", "title:en": "Washing", "owner": "Service manager"}.items():
            sheet.cell(row, column_of(sheet, key)).value = value

    reading = after(edition, tmp_path, edit)
    assert reading.edition is not None
    process = reading.edition.processes["service.washing"]  # type: ignore[index]
    assert (process.number, process.owner) == ("SRV-03", "service-manager")
    assert [point.number for point in process.checkpoints] == ["SRV-03.1"]


def test_deleted_rows_are_gone(edition: Edition, tmp_path: Path) -> None:
    reading = after(edition, tmp_path, lambda book: book["SRV"].delete_rows(row_of(book["SRV"], GREETING)))
    assert reading.edition is not None
    assert set(edition.checkpoints) - set(reading.edition.checkpoints) == {GREETING}


def test_a_row_with_nothing_but_its_id_is_asked_about(edition: Edition, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["SRV"]
        for column in range(2, sheet.max_column + 1):
            sheet.cell(row_of(sheet, GREETING), column).value = None

    reading = after(edition, tmp_path, edit)
    problem = told(reading.problems, "workbook.only-id")
    assert GREETING in problem.found
    assert "delete the whole row" in problem.advice
    assert reading.edition is None


def copy_row(sheet: Any, id: str, to: int) -> None:
    source = row_of(sheet, id)
    values = [sheet.cell(source, column).value for column in range(1, sheet.max_column + 1)]
    sheet.insert_rows(to)
    for column, value in enumerate(values, 1):
        sheet.cell(to, column).value = value


def test_a_copied_row_with_another_statement_is_new(edition: Edition, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["SRV"]
        row = row_of(sheet, GREETING)
        copy_row(sheet, GREETING, row)  # the copy stands above
        sheet.cell(row, column_of(sheet, "title:en")).value = "Guests are offered a seat."
        sheet.cell(row, column_of(sheet, "number")).value = None

    reading = after(edition, tmp_path, edit)
    assert reading.edition is not None
    assert reading.edition.checkpoints[GREETING] == edition.checkpoints[GREETING]
    assert "service.reception.guests-are-offered-a-seat" in reading.edition.checkpoints


def test_a_copied_row_that_says_the_same_is_an_error(edition: Edition, tmp_path: Path) -> None:
    reading = after(
        edition, tmp_path, lambda book: copy_row(book["SRV"], GREETING, row_of(book["SRV"], GREETING) + 1)
    )
    problem = told(reading.problems, "workbook.copied")
    assert problem.place.startswith("Sheet SRV, D6")
    assert "D5" in problem.found
    assert reading.edition is None


def test_a_row_moved_within_its_process_keeps_its_id(edition: Edition, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["SRV"]
        copy_row(sheet, GREETING, row_of(sheet, "service.reception.own-time") + 1)
        sheet.delete_rows(row_of(sheet, GREETING))
        cell(sheet, GREETING, "number").value = None

    reading = after(edition, tmp_path, edit)
    assert reading.edition is not None
    points = reading.edition.processes["service.reception"].checkpoints  # type: ignore[index]
    assert (points[-1].id, points[-1].number, points[-1].replaces) == (GREETING, "SRV-01.4", ())


def test_a_row_moved_below_another_process_names_its_former_id(edition: Edition, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["SRV"]
        copy_row(sheet, GREETING, row_of(sheet, PRICE_AGREED) + 1)
        sheet.delete_rows(row_of(sheet, GREETING))
        cell(sheet, GREETING, "number").value = None

    reading = after(edition, tmp_path, edit)
    moved = reading.draft.checkpoints["service.repair-order.greeting"]  # type: ignore[index]
    assert moved.replaces == (GREETING,)
    assert told(reading.problems, "workbook.moved").is_warning


@pytest.mark.parametrize(
    ("word", "is_critical"),
    [("yes", True), ("JA", True), ("true", True), (True, True), ("x", True), ("Nein", False), (False, False), (None, False)],
)  # fmt: skip
def test_yes_and_no_are_read_in_any_form(
    word: Any, is_critical: bool, edition: Edition, tmp_path: Path
) -> None:
    reading = after(edition, tmp_path, set_cell("SRV", PRICE_AGREED, "critical", word))
    assert reading.edition is not None
    assert reading.edition.checkpoints[PRICE_AGREED].is_critical is is_critical


@pytest.mark.parametrize("weight", [2, "2", " 2 ", 2.0, "2.0"])
def test_numbers_are_read_from_text_too(weight: Any, edition: Edition, tmp_path: Path) -> None:
    reading = after(edition, tmp_path, set_cell("SRV", PRICE_AGREED, "weight", weight))
    assert reading.edition is not None
    assert reading.edition.checkpoints[PRICE_AGREED].weight == 2


@pytest.mark.parametrize(
    ("typed", "read", "code"),
    [
        ("  The guest is greeted. ", "The guest is greeted.", "workbook.trimmed"),
        ("The guest\nis greeted.", "The guest is greeted.", "workbook.line-break"),
        ("The guest \r\n\tis greeted.\n", "The guest is greeted.", "workbook.line-break"),
        ("The guest\ufffd is greeted.", "The guest\ufffd is greeted.", "workbook.lost-character"),
    ],
)
def test_what_is_put_right_is_noted(
    typed: str, read: str, code: str, edition: Edition, tmp_path: Path
) -> None:
    reading = after(edition, tmp_path, set_cell("SRV", GREETING, "title:en", typed))
    assert reading.edition is not None
    assert reading.edition.checkpoints[GREETING].statement.in_language("en") == read
    assert told(reading.problems, code).place == "Sheet SRV, D5"


def test_formulas_merged_cells_and_own_columns_and_sheets_are_left_out_and_named(
    edition: Edition, tmp_path: Path
) -> None:
    def edit(book: Any) -> None:
        sheet = book["SRV"]
        cell(sheet, GREETING, "remark").value = "=1+1"
        column = sheet.max_column + 1
        sheet.cell(2, column).value = "My notes"
        for row in (5, 6):
            sheet.cell(row, column).value = "mine"
        book.create_sheet("Scratch")["A1"] = "mine"
        above = cell(sheet, GREETING, "failure:de")
        sheet.merge_cells(start_row=5, end_row=6, start_column=above.column, end_column=above.column)
        above.value = "Merged"

    reading = after(edition, tmp_path, edit)
    assert reading.edition is not None
    codes = [problem.code for problem in reading.problems]
    assert sorted(codes) == ["workbook.column", "workbook.merged", "workbook.sheet", "workbook.unreadable"]
    assert "My notes" in told(reading.problems, "workbook.column").found
    assert told(reading.problems, "workbook.sheet").place == "Sheet Scratch"


def test_a_workbook_written_in_german_is_read_anywhere(edition: Edition, tmp_path: Path) -> None:
    content = workbook_of(edition, "de")
    with in_language("en"):
        assert read_bytes(content, tmp_path, edition).edition == edition
    content = workbook_of(edition, "en")
    with in_language("de"):
        assert read_bytes(content, tmp_path, edition).edition == edition


def test_moved_columns_and_renamed_sheets_do_no_harm(edition: Edition, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["SRV"]
        sheet.title = "Werkstatt"
        last, other = sheet.max_column, column_of(sheet, "weight")
        for row in range(1, sheet.max_row + 1):
            one, two = sheet.cell(row, last), sheet.cell(row, other)
            one.value, two.value = two.value, one.value

    assert after(edition, tmp_path, edit).edition == edition


def test_a_column_or_a_sheet_that_lost_its_keys_is_no_deletion(edition: Edition, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book["SRV"].delete_cols(column_of(book["SRV"], "guidance:de"))
        book["PRT"].delete_rows(1)

    reading = after(edition, tmp_path, edit)
    assert "What to look at [de]" in told(reading.problems, "workbook.column-gone").found
    assert told(reading.problems, "workbook.no-keys").place == "Sheet PRT"
    assert reading.edition is None


def test_an_area_without_its_sheet_is_gone_and_named(edition: Edition, tmp_path: Path) -> None:
    reading = after(edition, tmp_path, lambda book: book.remove(book["PRT"]))
    assert reading.edition is not None
    assert [area.id for area in reading.edition.areas] == ["service"]
    assert told(reading.problems, "workbook.area-gone").is_warning


def test_a_new_language_gets_its_columns_with_the_next_export(edition: Edition, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["Standard"]
        row = row_of(sheet, "de") + 1
        sheet.insert_rows(row)
        sheet.cell(row, column_of(sheet, "kind")).value = "Language"
        sheet.cell(row, column_of(sheet, "id")).value = "fr"

    reading = after(edition, tmp_path, edit)
    assert reading.edition is not None
    assert reading.edition.languages == ("en", "de", "fr")
    again = read_bytes(
        edited(workbook_of(reading.edition), set_cell("SRV", GREETING, "title:fr", "Bonjour.")),
        tmp_path,
        None,
    )
    assert again.draft.checkpoints[GREETING].statement.texts["fr"] == "Bonjour."


def test_a_workbook_of_another_state_says_so(tmp_path: Path) -> None:
    reading = read_bytes(workbook_of(an_edition(remark="older")), tmp_path, an_edition())
    assert told(reading.problems, "workbook.other-edition").is_warning


def test_a_comma_in_a_range_becomes_a_dot(edition: Edition, tmp_path: Path) -> None:
    reading = after(edition, tmp_path, set_cell("KPIs", "C15", "to", "98,5"))
    assert reading.edition is not None
    found = reading.edition.kpis["C15"].range
    assert found is not None
    assert found.most == "98.5"
    assert a_kpi().range != found


@pytest.mark.parametrize("content", [b"Area;Statement\nService;Hot\n", b"areas:\n  - srv\n"])
def test_another_file_is_told_what_is_expected(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(ContentProblems) as refused:
        read_bytes(content, tmp_path, None)
    assert refused.value.code == "standard-workbook.form"


def test_another_workbook_and_a_later_format_are_refused(edition: Edition, tmp_path: Path) -> None:
    with pytest.raises(ContentProblems):
        read_bytes(edited(workbook_of(edition), lambda book: book.remove(book["Explained"])), tmp_path, None)

    def make_newer(book: Any) -> None:
        book["Explained"]["B1"].value = "2"

    with pytest.raises(ImportTrouble) as refused:
        read_bytes(edited(workbook_of(edition), make_newer), tmp_path, None)
    assert refused.value.code == "standard-workbook.newer"


def test_the_result_of_a_formula_is_left_out() -> None:
    notes = Notes()
    rows = [
        ("SRV", Row(1, {1: Cell("@area", 1), 2: Cell("remark", 2)})),
        ("SRV", Row(2, {2: Cell("Remark", 2)})),
        ("SRV", Row(3, {1: Cell("service", 1), 2: Cell("2", 2, CellNote.FORMULA)})),
    ]
    (sheet,) = gather_sheets(rows, ["SRV"], notes)
    assert sheet.rows[0].texts == {"@area": "service"}
    assert told(tuple(notes.problems), "workbook.formula").place == "Sheet SRV, B3"


def test_a_flood_of_problems_is_cut() -> None:
    notes = Notes()
    for row in range(MOST * 3):
        notes.error("workbook.number", row_place("SRV", row), "found x", "expected: a number")
    assert len(notes.problems) == MOST
    assert "more of the same kind" in notes.problems[-1].found


def copy_sheet(book: Any, code: str) -> None:
    """A keeper copies the sheet of Parts, keeps one checkpoint and writes over its texts."""
    sheet = book.copy_worksheet(book["PRT"])
    sheet.delete_rows(6, sheet.max_row)
    for row, words in ((3, "Tyres"), (4, "Storing wheels"), (5, "Every wheel bears its owner's name.")):
        sheet.cell(row, column_of(sheet, "title:en")).value = words
        sheet.cell(row, column_of(sheet, "number")).value = code if row == 3 else None


def test_a_copied_sheet_becomes_a_new_area(edition: Edition, tmp_path: Path) -> None:
    reading = after(edition, tmp_path, lambda book: copy_sheet(book, "TYR"))
    assert reading.edition is not None, [str(problem) for problem in reading.problems]
    area = reading.edition.areas[-1]
    assert (area.id, area.code, area.processes[0].number) == ("tyres", "TYR", "TYR-01")
    (point,) = area.checkpoints()
    assert (point.id, point.number) == ("tyres.storing-wheels.every-wheel-bears-its-owners-name", "TYR-01.1")
    assert reading.edition.areas[:-1] == edition.areas


def test_two_areas_of_one_code_are_refused(edition: Edition, tmp_path: Path) -> None:
    reading = after(edition, tmp_path, lambda book: copy_sheet(book, "PRT"))
    assert "Sheet PRT, C3" in told(reading.problems, "workbook.code-twice").found
    assert reading.edition is None
