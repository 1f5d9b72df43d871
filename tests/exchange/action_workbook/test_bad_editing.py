"""Forty ways in which a workbook comes back wrong: each is named with its place, and nothing else is changed by it."""

from __future__ import annotations

import shutil
import struct
import zipfile
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from qma_app.domain.action import Action
from qma_app.domain.finding import Finding
from qma_app.errors import ImportTrouble
from qma_app.services.actions import change_action, delete_action
from qma_app.services.workbooks import make_workbook
from tests.exchange.action_workbook.conftest import FIRST, Desk, Edit, column, edited, put


@dataclass(frozen=True, kw_only=True)
class Slip:
    """One way of editing badly: what is told of it, and what of the plan is changed (`A-001.due_on` -> value)."""

    edit: Edit
    told: tuple[str, ...] = ()
    changed: dict[str, Any]


def slip(edit: Edit, *told: str, **changed: Any) -> Slip:
    return Slip(
        edit=edit,
        told=told,
        changed={key.replace("__", ".").replace("_", "-", 1): value for key, value in changed.items()},
    )


def both(*edits: Edit) -> Edit:
    def edit(opened: Any) -> None:
        for one in edits:
            one(opened)

    return edit


def on_sheet(work: Callable[[Any], object], sheet: str = "Actions") -> Edit:
    return lambda opened: work(opened[sheet])


def move_column(sheet: Any) -> None:
    """The day moves to the far right, its cells with it."""
    at, to = column(sheet, "due_on"), sheet.max_column + 2
    for row in range(1, sheet.max_row + 1):
        source, target = sheet.cell(row, at), sheet.cell(row, to)
        target.value, target.number_format = source.value, source.number_format
    sheet.delete_cols(at)
    sheet.cell(FIRST, column(sheet, "due_on")).value = date(2026, 12, 31)


def copy_row(sheet: Any, change: str | None = None) -> None:
    """The first row is copied below the last, its hidden id too."""
    for place in range(1, sheet.max_column + 1):
        sheet.cell(FIRST + 3, place).value = sheet.cell(FIRST, place).value
    if change:
        sheet.cell(FIRST + 3, column(sheet, "what")).value = change


def sort_backwards(sheet: Any) -> None:
    rows = [
        [sheet.cell(row, place).value for place in range(1, sheet.max_column + 1)]
        for row in range(FIRST, FIRST + 3)
    ]
    for row, values in enumerate(reversed(rows), FIRST):
        for place, value in enumerate(values, 1):
            sheet.cell(row, place).value = value


def hide_rows(sheet: Any) -> None:
    sheet.row_dimensions[FIRST].hidden = True
    sheet.auto_filter.add_filter_column(0, ["A-002"])


def swap_ids(sheet: Any, id: str) -> None:
    sheet.cell(FIRST, column(sheet, "id")).value = id


def swap_all_ids(sheet: Any) -> None:
    """Somebody sorted the columns in sight, and the hidden ones stayed."""
    at = column(sheet, "id")
    ids = [sheet.cell(row, at).value for row in range(FIRST, FIRST + 3)]
    for row, id in enumerate(reversed(ids), FIRST):
        sheet.cell(row, at).value = id


def rich(sheet: Any) -> None:
    bold = TextBlock(InlineFont(b=True), "Bold")
    sheet.cell(FIRST, column(sheet, "what")).value = CellRichText(bold, " and plain")


def comment(sheet: Any) -> None:
    sheet.cell(FIRST, column(sheet, "what")).comment = Comment("Who does this?", "Ben")


def paste_foreign(sheet: Any) -> None:
    sheet.cell(FIRST + 3, 1).value = "A-001"
    sheet.cell(FIRST + 3, 2).value = "Their own action"
    sheet.cell(FIRST + 3, column(sheet, "id")).value = "id-of-another-house"


def merge(reference: str) -> Edit:
    return on_sheet(lambda sheet: sheet.merge_cells(reference))


def old_words(sheet: Any) -> None:
    sheet.cell(FIRST, column(sheet, "version")).value = 99


def gap(sheet: Any) -> None:
    sheet.insert_rows(FIRST + 1, 3)


def unmark(opened: Any) -> None:
    opened["Actions"].delete_rows(1)


def propose_below_a_gap(sheet: Any) -> None:
    sheet.cell(FIRST + 9, column(sheet, "what")).value = "  "


SLIPS: dict[str, Slip] = {
    "a column deleted": slip(
        on_sheet(lambda sheet: sheet.delete_cols(column(sheet, "problem"))),
        "Sheet Actions: the column “Problem” is gone; nothing of it is changed here",
    ),
    "a column moved": slip(on_sheet(move_column), A_001__due_on=date(2026, 12, 31)),
    "heads renamed": slip(
        both(
            on_sheet(lambda sheet: sheet.cell(4, 2, "To do")),
            put("what", "Reworded"),
        ),
        A_001__what="Reworded",
    ),
    "days as text in three locales": slip(
        both(
            put("due_on", "31.12.2026"), put("due_on", "31/12/2026", 1), put("due_on", "12/31/2026", 2),
            put("due_on", "2026-12-30", 0, "Findings"), put("due_on", 46387, 1, "Findings"), put("due_on", "31. Dez. 26", 2, "Findings"),
        ),
        A_001__due_on=date(2026, 12, 31), A_002__due_on=date(2026, 12, 31), A_003__due_on=date(2026, 12, 31),
        F_001__due_on=date(2026, 12, 30), F_002__due_on=date(2026, 12, 31), F_003__due_on=date(2026, 12, 31),
    ),
    "a day that may be two": slip(
        put("due_on", "03/04/2027"),
        "Sheet Actions, D5: “03/04/2027”; it may be 3 Apr 2027 or 4 Mar 2027: write it as 2027-04-03",
    ),
    "an impossible day": slip(
        both(put("due_on", "31.02.2027"), put("due_on", "soon", 1), put("due_on", "01.01.1850", 2)),
        "Sheet Actions, D5: “31.02.2027”; there is no such day",
        "Sheet Actions, D6: “soon”; expected a day such as 2026-12-31 or 31.12.2026",
        "Sheet Actions, D7: “01.01.1850”; expected a day between 2000 and 2099",
    ),
    "an owner renamed": slip(
        both(put("owner", "  ada   SAMPLE "), put("owner", "Ben Mustr", 1)),
        "Sheet Actions, C6: “Ben Mustr”; nobody of this name is known here: it is kept as a free name; did you mean “Ben Muster”?",
        A_002__owner="Ben Mustr",
    ),
    "a row copied with its id and changed": slip(
        both(put("what", "Changed"), on_sheet(lambda sheet: copy_row(sheet, "Changed otherwise"))),
        "Sheet Actions, A8: “A-001” stands here a second time (first in row 5); nothing of either row is taken: keep one of the two",
    ),
    "a row copied with its id": slip(
        both(put("what", "Changed"), on_sheet(copy_row)),
        "Sheet Actions, A8: “A-001” stands here a second time (first in row 5); it says the same and is left out",
        A_001__what="Changed",
    ),
    "an id deleted": slip(
        both(put("id", None), put("what", "Changed")),
        "Sheet Actions, AP5: the hidden id of A-001 is gone; the row was found by its number",
        A_001__what="Changed",
    ),
    "an id altered": slip(
        both(on_sheet(lambda sheet: swap_ids(sheet, "id-7x")), put("what", "Changed")),
        "Sheet Actions, AP5: “A-001” carries the id “id-7x”, which did not go out with this workbook; the row is left out",
        "Sheet Actions: no row any more for A-001; nothing happens here",
    ),
    "only some columns sorted": slip(
        on_sheet(swap_all_ids),
        "Sheet Actions, A5: “A-001” stands in the row of another: its hidden id belongs to A-003; the row is left out",
        "Sheet Actions, A7: “A-003” stands in the row of another: its hidden id belongs to A-001; the row is left out",
    ),
    "a formula without result": slip(
        put("due_on", "=D6+7"),
        "Sheet Actions, D5: a formula whose result is not in the file: open and save it in Excel; it is left as it is here",
    ),
    "rows filtered and hidden": slip(
        both(on_sheet(hide_rows), put("what", "Changed though hidden")), A_001__what="Changed though hidden"
    ),
    "rows sorted": slip(both(put("what", "Last of all", 2), on_sheet(sort_backwards)), A_003__what="Last of all"),
    "a sheet added": slip(
        lambda opened: opened.create_sheet("My notes", 0).append(["Call Ben"]),
        "Sheet My notes: the sheet is none of the plan's: it is left out",
    ),
    "a sheet renamed": slip(
        both(put("what", "Changed"), lambda opened: setattr(opened["Actions"], "title", "Our list")),
        A_001__what="Changed",
    ),
    "a sheet deleted": slip(
        both(put("what", "Changed"), lambda opened: opened.remove(opened["Findings"])),
        "Sheet Findings: the sheet is gone, or its hidden first row; nothing of it is changed here",
        A_001__what="Changed",
    ),
    "a sheet copied": slip(
        lambda opened: opened.copy_worksheet(opened["Actions"]),
        "Sheet Actions Copy: the sheet is a copy of the sheet “Actions”; it is left out: delete one of the two",
    ),
    "the hidden first row deleted": slip(
        unmark, "Sheet Actions: the sheet is gone, or its hidden first row; nothing of it is changed here"
    ),
    "cells merged downwards": slip(
        merge("C5:C6"), "Sheet Actions, C6: the cell is merged with another; it is left as it is here"
    ),
    "cells merged across": slip(
        merge("B5:D5"),
        "Sheet Actions, C5: the cell is merged with another; it is left as it is here",
        "Sheet Actions, D5: the cell is merged with another; it is left as it is here",
    ),
    "rows pasted from another dealership": slip(
        on_sheet(paste_foreign),
        "Sheet Actions, AP8: “A-001” carries the id “id-of-another-house”, which did not go out with this workbook; the row is left out",
    ),
    "empty rows between": slip(both(on_sheet(gap), put("what", "Moved down", 4)), A_002__what="Moved down"),
    "a row of spaces": slip(on_sheet(propose_below_a_gap)),
    "numbers as text": slip(
        both(put("money_likely", "2.600,50 €"), put("effort", " 3 "), put("problem_figure", "12,75")),
        A_001__money_likely="2600.5", A_001__effort=3, A_001__problem_figure="12.75",
    ),
    "a number that may be two": slip(
        put("money_high", "3,500"),
        "Sheet Actions, X5: “3,500”; it may be 3500 or 3.500: write it without separators",
    ),
    "words in cells of numbers": slip(
        both(put("money_high", "a lot"), put("effort", "high", 1), put("cx", 9, 2)),
        "Sheet Actions, X5: “a lot”; expected a number such as 12.5",
        "Sheet Actions, Q6: “high”; expected a whole number from 1 to 5",
        "Sheet Actions, R7: “9”; expected a whole number from 1 to 5",
    ),
    "figures beyond measure": slip(
        both(put("money_high", 1e308), put("goal_figure", "-1e-300", 1), put("money_high", "1e999", 2)),
        "Sheet Actions, X5: “1e+308”; expected a number below 1,000,000,000,000",
        "Sheet Actions, M6: “-1e-300”; expected a number below",
        "Sheet Actions, X7: “1e999”; expected a number below",
    ),
    "money that does not rise": slip(
        put("money_likely", 500), "Sheet Actions, W5: “500”; low, likely and high must rise in that order"
    ),
    "words longer than a cell": slip(
        put("proof", "no"),  # the words themselves are put into the file below: Excel could not
        "Sheet Actions, P5: “xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…”; it has 40,000 characters, a cell holds 32,767: shorten it",
    ),
    "control characters": slip(
        put("proof", "Bell_x0007_ and_x202E_turn"),
        "Sheet Actions, P5: “Bell\x07 and\u202eturn”; characters that cannot be shown became \ufffd",
        A_001__proof="Bell\ufffd and\ufffdturn",
    ),
    "rich text": slip(on_sheet(rich), A_001__what="Bold and plain"),
    "comments": slip(on_sheet(comment)),
    "an error of Excel": slip(
        put("owner", "#REF!"), "Sheet Actions, C5: “#REF!”: Excel shows an error here; it is left as it is here"
    ),
    "stage set to act": slip(
        put("stage", "Act"),
        "Sheet Actions, E5: “Act”; act is reached by a check of the effect only",
    ),
    "a stage nobody knows": slip(
        put("stage", "Chek"), "Sheet Actions, E5: “Chek”; did you mean “Check”? expected one of: Plan, Do, Check"
    ),
    "done in the future": slip(
        put("done_on", date(2027, 5, 1)), "Sheet Actions, G5: “2027-05-01”; this day has not come yet"
    ),
    "done and not done": slip(
        both(put("done_on", date(2026, 11, 2)), put("stage", "Do")),
        "Sheet Actions, G5: “2026-11-02”; the stage says it is not done",
    ),
    "the day of what is done emptied": slip(
        put("done_on", None, 2), "Sheet Actions, G7: an empty cell; the stage says check: write the day it was done"
    ),
    "what is done emptied": slip(
        put("what", None), "Sheet Actions, B5: an empty cell; say in one sentence what will be done"
    ),
    "a grade changed": slip(
        put("grade", "minor", 0, "Findings"),
        "Sheet Findings, B5: “minor”; “Grade” is not taken from a workbook: it stays as it is here",
    ),
    "a number changed": slip(
        put("number", "A-099"),
        "Sheet Actions, A5: “A-099”; “No.” is not taken from a workbook: it stays as it is here",
    ),
    "words without agreed or disagreed": slip(
        put("reply_words", "Not so!", 0, "Findings"),
        "Sheet Findings, I5: an empty cell; choose agreed or disagreed beside the words",
    ),
    "a disagreement without words": slip(
        put("reply", "nein", 0, "Findings"),
        "Sheet Findings, J5: an empty cell; a disagreement needs your own words beside it",
    ),
    "a finding added": slip(
        put("statement", "You forgot this", 3, "Findings"),
        "Sheet Findings, row 8: a row without a number; findings are raised by the coach: it is left out",
    ),
    "a proposal without words": slip(
        put("owner", "Ben Muster", 3), "Sheet Actions, B8: an empty cell; say in one sentence what will be done"
    ),
    "a proposal for a finding there is not": slip(
        both(put("what", "New", 3), put("findings", "F-999", 3)),
        "Sheet Actions, AC8: “F-999”; expected numbers of findings such as F-014, or nothing",
    ),
    "a row deleted": slip(
        on_sheet(lambda sheet: sheet.delete_rows(FIRST)),
        "Sheet Actions: no row any more for A-001; nothing happens here",
    ),
    "the version altered": slip(
        both(on_sheet(old_words), put("what", "Changed")),
        "Sheet Actions, AQ5: the hidden version is “99”, it went out as 1",
        A_001__what="Changed",
    ),
}  # fmt: skip


def state(desk: Desk) -> dict[str, Any]:
    """Every field of every record, by its label and name; versions count only what was written."""
    found: dict[str, Any] = {}
    for place, record in enumerate(desk.everything()):
        assert isinstance(record, Action | Finding)
        owner = "" if record.engagement_id == desk.engagement.id else f"{place} "
        for field in fields(record):
            if field.name != "version":
                found[f"{owner}{record.label}.{field.name}"] = getattr(record, field.name)
    return found


def follows(key: str, changed: dict[str, Any]) -> bool:
    """The person behind a name follows the name."""
    return key.endswith(".owner_id") and key.removesuffix("_id") in changed


@pytest.mark.parametrize("name", SLIPS)
def test_each_slip_is_named_with_its_place_and_changes_nothing_else(desk: Desk, name: str) -> None:
    one = SLIPS[name]
    before = state(desk)
    edited(desk.book, one.edit)
    if name == "words longer than a cell":
        lengthen(desk.book)
    difference = desk.take()
    told = [str(problem) for problem in difference.problems]
    for words in one.told:
        assert any(problem.startswith(words) for problem in told), told
    assert len(told) == len(one.told), told
    after = state(desk)
    changed = {key: value for key, value in after.items() if before.get(key) != value}
    expected = one.changed
    assert {key: str(value) for key, value in changed.items() if not follows(key, expected)} == {
        key: str(value) for key, value in expected.items()
    }


def lengthen(book: Path) -> None:
    """Put more words into a cell than Excel would."""
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(b"<t>no</t>", b"<t>" + b"x" * 40_000 + b"</t>"))


def refused(desk: Desk, path: Path) -> str:
    """The sentence with which a file is refused; nothing may be changed by it."""
    before = state(desk)
    with pytest.raises(ImportTrouble) as trouble:
        desk.take(path)
    assert state(desk) == before
    assert trouble.value.way_out
    return trouble.value.message


def test_a_formula_with_a_result_is_taken_as_its_result(desk: Desk) -> None:
    edited(desk.book, put("problem_figure", 4.25))
    with zipfile.ZipFile(desk.book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(desk.book, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(b"<v>4.25</v>", b"<f>17/4</f><v>4.25</v>"))
    difference = desk.take()
    assert [str(problem) for problem in difference.problems] == [
        "Sheet Actions, K5: a formula stands here, its result is “4.25”; the result is taken as a plain value"
    ]
    assert str(desk.action(1).problem_figure) == "4.25"


def test_a_workbook_saved_as_csv_is_refused(desk: Desk) -> None:
    path = desk.book.with_suffix(".csv")
    path.write_text("A-001;Changed;Ada Sample\n", encoding="utf-8")
    assert (
        refused(desk, path)
        == "plan.csv is a CSV file: what the program needs to know its rows is lost in it."
    )


def test_a_workbook_of_another_program_is_refused_whatever_it_calls_itself(desk: Desk) -> None:
    ods = desk.book.with_name("ods.xlsx")
    with zipfile.ZipFile(ods, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office/>")
    assert refused(desk, ods).startswith("ods.xlsx is a LibreOffice document")
    old = desk.book.with_name("old.xlsx")
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert refused(desk, old) == "old.xlsx is an old Excel file (.xls) or another old Office file."
    locked = desk.book.with_name("locked.xlsx")
    locked.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    )
    assert refused(desk, locked) == "locked.xlsx is protected by a password."


def test_macros_are_neither_run_nor_in_the_way(desk: Desk) -> None:
    edited(desk.book, put("what", "Changed"))
    path = desk.book.with_suffix(".xlsm")
    shutil.copy(desk.book, path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
    desk.take(path)
    assert desk.action(1).what == "Changed"


def test_without_its_hidden_sheet_it_is_refused(desk: Desk) -> None:
    edited(desk.book, put("what", "Changed"), lambda opened: opened.remove(opened["qma"]))
    assert refused(desk, desk.book).startswith("plan.xlsx has lost its hidden sheet")


def test_without_both_its_sheets_it_is_refused(desk: Desk) -> None:
    edited(desk.book, lambda opened: [opened.remove(opened[name]) for name in ("Actions", "Findings")])
    assert refused(desk, desk.book).startswith("plan.xlsx has lost both its sheets")


def test_another_workbook_is_refused(desk: Desk) -> None:
    book = Workbook()
    book.create_sheet("List").append(["A-001", "Changed"])
    path = desk.book.with_name("list.xlsx")
    book.save(path)
    assert refused(desk, path) == "list.xlsx is no action plan workbook of this program."


def test_one_of_a_newer_version_is_refused(desk: Desk) -> None:
    edited(desk.book, lambda opened: opened["qma"].cell(1, 2, "2"))
    assert refused(desk, desk.book) == "plan.xlsx was made by a newer version of the program."


def test_one_of_another_dealership_is_refused_by_name(desk: Desk) -> None:
    path = make_workbook(
        desk.workspace,
        "actions",
        dealership_id=desk.other.dealership_id,
        target=desk.book.with_name("theirs.xlsx"),
    )
    assert (
        refused(desk, path) == "theirs.xlsx is the action plan of Garage Exemple, not of Autohaus Beispiel."
    )
    edited(path, lambda opened: [opened["qma"].cell(2, 2, "x"), opened["qma"].cell(4, 2, "x")])
    assert (
        refused(desk, path) == "theirs.xlsx is the action plan of “Garage Exemple”, not of Autohaus Beispiel."
    )


def test_a_row_of_another_dealership_of_this_workspace_is_told_by_its_name(desk: Desk) -> None:
    theirs = next(one for one in desk.everything() if getattr(one, "what", "") == "Their own action")

    def paste(sheet: Any) -> None:
        paste_foreign(sheet)
        sheet.cell(FIRST + 3, column(sheet, "id")).value = theirs.id

    before = state(desk)
    edited(desk.book, on_sheet(paste))
    (told,) = desk.take().problems
    assert (told.place, told.found) == ("Sheet Actions, AP8", "the row belongs to Garage Exemple")
    assert state(desk) == before


def test_what_was_deleted_here_meanwhile_is_named_where_somebody_wrote_in_its_row(desk: Desk) -> None:
    delete_action(desk.workspace, desk.action(1).id)
    delete_action(desk.workspace, desk.action(2).id)
    edited(desk.book, put("what", "Changed"))
    (told,) = desk.take().problems
    assert str(told).startswith("Sheet Actions, A5: “A-001” was deleted here meanwhile; its row is left out")
    assert "A-001" not in desk.records(Action)


def test_an_old_export_takes_back_nothing_that_was_edited_since(desk: Desk) -> None:
    change_action(desk.workspace, desk.action(1).id, what="Newer words", due_on=date(2027, 1, 15))
    edited(desk.book, put("proof", "The list is complete"))
    difference = desk.take()
    assert [one.key for one in difference.cells] == ["proof"]
    action = desk.action(1)
    assert (action.what, action.due_on, action.proof) == (
        "Newer words",
        date(2027, 1, 15),
        "The list is complete",
    )


def test_a_hidden_sheet_that_was_tampered_with_makes_conflicts_not_changes(desk: Desk) -> None:
    def blur(opened: Any) -> None:
        for row in opened["qma"].iter_rows():
            if row[0].value == "action":
                row[3].value = ""

    edited(desk.book, blur, put("what", "Changed"))
    difference = desk.take()
    assert [(one.label, one.key) for one in difference.conflicts] == [("A-001", "what")]
    assert difference.changes == ()
    assert desk.action(1).what == "Action number 1"


def test_a_broken_file_is_refused_through_the_child(desk: Desk) -> None:
    edited(desk.book, put("what", "Changed"))
    assert desk.compare().changes[0].key == "what"
    content = bytearray(desk.book.read_bytes())
    content[-200:] = struct.pack("<200x")
    desk.book.write_bytes(content)
    assert refused(desk, desk.book).startswith("plan.xlsx is damaged or incomplete")


def test_every_part_of_a_row_can_stand_anywhere(desk: Desk) -> None:
    """The rows are pasted into a new place of the sheet, with another order of columns."""

    def turn(sheet: Any) -> None:
        width = sheet.max_column
        kept = [[copy(sheet.cell(row, place).value) for place in range(1, width + 1)] for row in range(1, 9)]
        for row, values in enumerate(kept, 1):
            for place, value in enumerate(reversed(values), 1):
                sheet.cell(row, place).value = value

    edited(desk.book, on_sheet(turn), put("owner", "Ben Muster"))
    difference = desk.take()
    assert [(one.label, one.key, one.offers[0].shown) for one in difference.cells] == [
        ("A-001", "owner", "Ben Muster")
    ]
    assert load_workbook(desk.book)["Actions"].cell(1, 1).value == "qma:action.version"
