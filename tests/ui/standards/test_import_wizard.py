"""Somebody else's checklist becomes a draft by keyboard alone; our own workbook shows its difference before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from qma_app.domain.edition import Edition, EditionStatus
from qma_app.services.browsing_standards import keep_edition, list_editions, read_shipped_editions, with_hash
from qma_app.services.standard_workbook import export_standard
from tests.ui.looking import rich_labels, small_targets, unnamed_controls
from ui.dialogs.import_standard import ImportStandardDialog
from ui.pages.standards import StandardsPage
from ui.standards_view.import_result import id_of
from ui.workbench import Workbench

pytest_plugins = ["tests.ui.showroom_fixtures"]

LIST = """Department;Topic;Question;How to check;Weight;Score
Service;Reception;The customer is greeted within a minute.;Watch five arrivals.;2;8
Service;Reception;The order is signed before work starts.;Read ten orders.;3;6
Parts;Stock;Counted stock matches the system.;Count twenty bins.;2;
"""


@pytest.fixture
def a_list(tmp_path: Path) -> Path:
    path = tmp_path / "Our_checks.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


@pytest.fixture
def wizard(
    qtbot: QtBot, page: StandardsPage, showroom: Workbench
) -> Iterator[Callable[[Path], ImportStandardDialog]]:
    """Opens the wizard on a file, read and ready."""
    opened: list[ImportStandardDialog] = []

    def open_on(path: Path) -> ImportStandardDialog:
        dialog = ImportStandardDialog(page, showroom, page.shelf, path)
        qtbot.addWidget(dialog)
        opened.append(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        qtbot.waitUntil(dialog.bar.isHidden, timeout=30_000)
        return dialog

    yield open_on
    for dialog in opened:
        dialog.reject()


def enter(qtbot: QtBot, dialog: ImportStandardDialog) -> None:
    """Return where the keyboard is: no table or tab in between may keep it."""
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.bar.isHidden, timeout=30_000)


def cells_of(dialog: ImportStandardDialog) -> list[tuple[str, ...]]:
    return [row.cells for row in dialog.result_page.table.words.rows]


def test_a_list_is_kept_as_a_draft_with_return_alone(
    qtbot: QtBot, wizard: Callable[[Path], ImportStandardDialog], a_list: Path, showroom: Workbench
) -> None:
    dialog = wizard(a_list)
    assert dialog.file_page.format.text() == "Recognised: Excel or CSV list"
    enter(qtbot, dialog)
    assert dialog.step.text() == "2 of 3 · What each column is"
    assert [row.choice().field for row in dialog.columns_page._rows] == [
        "area",
        "process",
        "statement",
        "guidance",
        "weight",
        "score",
    ]
    enter(qtbot, dialog)
    assert dialog.step.text() == "3 of 3 · What becomes of it"
    assert "2 areas with 2 processes and 3 checkpoints" in dialog.result_page.words.text()
    tabs = dialog.result_page.tabs
    assert tabs.tabText(0) == "Left out 2"
    assert [one[0] for one in cells_of(dialog)] == ["Sheet Our_checks.csv, F2", "Sheet Our_checks.csv, F3"]
    enter(qtbot, dialog)
    assert dialog.kept is not None
    row = next(row for row in list_editions(showroom.workspace, ()) if row.hash == dialog.kept)
    assert (row.label, row.checkpoints, row.standard) == ("Our checks 2026.1", 3, "our-checks")
    assert row.is_forgettable


def test_columns_are_chosen_by_keys_and_remembered_for_the_next_list(
    qtbot: QtBot, wizard: Callable[[Path], ImportStandardDialog], a_list: Path
) -> None:
    dialog = wizard(a_list)
    enter(qtbot, dialog)
    guidance = dialog.columns_page._rows[3].field
    guidance.setFocus()
    qtbot.keyClick(guidance, Qt.Key.Key_Down)
    assert dialog.columns_page._rows[3].choice().field == "evidence"
    enter(qtbot, dialog)
    dialog.result_page.title.setFocus()
    dialog.result_page.title.selectAll()
    qtbot.keyClicks(dialog.result_page.title, "Checks of May")
    qtbot.keyClick(dialog.result_page.title, Qt.Key.Key_Return)
    assert dialog.kept is not None

    later = a_list.with_name("June.csv")
    later.write_text(LIST, encoding="utf-8")
    again = wizard(later)
    enter(qtbot, again)
    assert again.columns_page._rows[3].choice().field == "evidence"
    assert again.columns_page.kept.isVisible()


def test_without_a_statement_there_is_no_next_step(
    qtbot: QtBot, wizard: Callable[[Path], ImportStandardDialog], a_list: Path
) -> None:
    dialog = wizard(a_list)
    enter(qtbot, dialog)
    dialog.columns_page._rows[2].field.setCurrentIndex(0)
    assert not dialog.accept_button.isEnabled()
    assert "statement" in dialog.columns_page.problem.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.pages.currentWidget() is dialog.columns_page


def test_another_row_of_headings_guesses_the_columns_again(
    qtbot: QtBot, wizard: Callable[[Path], ImportStandardDialog], tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"Checks of our house;;;;;\n{LIST}", encoding="utf-8")
    dialog = wizard(path)
    enter(qtbot, dialog)
    page = dialog.columns_page
    assert page.header.value() == 2
    page.header.setValue(1)
    assert [row.choice().heading for row in page._rows] == ["Checks of our house"]
    assert not dialog.accept_button.isEnabled()
    page.header.setValue(2)
    assert len(page._rows) == 6
    assert dialog.accept_button.isEnabled()


def test_back_leads_to_the_step_before_and_escape_keeps_nothing(
    qtbot: QtBot, wizard: Callable[[Path], ImportStandardDialog], a_list: Path, showroom: Workbench
) -> None:
    dialog = wizard(a_list)
    enter(qtbot, dialog)
    enter(qtbot, dialog)
    dialog.back_button.click()
    assert dialog.pages.currentWidget() is dialog.columns_page
    dialog.back_button.click()
    assert dialog.pages.currentWidget() is dialog.file_page
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.kept is None
    assert len(list_editions(showroom.workspace, ())) == 1


def test_a_file_that_is_no_list_is_refused_with_a_way_out(
    wizard: Callable[[Path], ImportStandardDialog], tmp_path: Path
) -> None:
    path = tmp_path / "holiday.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000))
    dialog = wizard(path)
    assert dialog.file_page.format.property("tone") == "bad"
    assert dialog.file_page.notes.text()
    assert not dialog.accept_button.isEnabled()


def test_what_keeps_a_draft_from_being_stored_is_said_in_the_dialog(
    qtbot: QtBot,
    wizard: Callable[[Path], ImportStandardDialog],
    a_list: Path,
    showroom: Workbench,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialog = wizard(a_list)
    enter(qtbot, dialog)
    enter(qtbot, dialog)
    monkeypatch.setattr(showroom.workspace, "lock", None)
    enter(qtbot, dialog)
    assert dialog.kept is None
    assert dialog.isVisible()
    assert "reading only" in dialog._problem.text()


def test_every_step_is_named_plain_and_large_enough(
    qtbot: QtBot, wizard: Callable[[Path], ImportStandardDialog], a_list: Path
) -> None:
    dialog = wizard(a_list)
    for step in range(3):
        assert unnamed_controls(dialog) == []
        assert rich_labels(dialog) == []
        assert small_targets(dialog) == []
        if step < 2:
            enter(qtbot, dialog)


def test_the_page_shows_what_was_imported(
    qtbot: QtBot, page: StandardsPage, a_list: Path, monkeypatch: pytest.MonkeyPatch, answer: Any
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_more: (str(a_list), ""))

    def walk(dialog: ImportStandardDialog) -> None:
        qtbot.waitUntil(dialog.bar.isHidden, timeout=30_000)
        enter(qtbot, dialog)
        enter(qtbot, dialog)
        enter(qtbot, dialog)

    answer(walk)
    qtbot.keyClick(page.read_view.list, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.activeModalWidget() is None
    assert page.head.editions.accessibleName() == "Edition: Our checks 2026.1"
    assert len(page.read_view.list.rows.rows) == 2


def a_part_of(edition: Edition) -> Edition:
    """Its Service area alone, without KPIs: what a keeper of a small standard has."""
    service = next(area for area in edition.areas if area.code == "SRV")
    processes = tuple(
        replace(process, checkpoints=tuple(replace(point, kpis=()) for point in process.checkpoints))
        for process in service.processes
    )
    area = replace(service, processes=processes)
    reported = tuple(replace(one, areas=(area.id,)) for one in edition.reported_under if area.id in one.areas)
    rules = replace(edition.rules, area_weights={})
    return replace(edition, areas=(area,), reported_under=reported, kpi_groups=(), rules=rules)


@pytest.fixture
def exported(page: StandardsPage, showroom: Workbench, tmp_path: Path) -> Path:
    """A part of the shipped edition, kept and looked at, as a workbook."""
    edition = with_hash(a_part_of(read_shipped_editions()[-1]))
    keep_edition(showroom.workspace, edition)
    page.shelf.refresh()
    page.shelf.choose(edition.hash)
    return export_standard(edition, tmp_path / "ours.xlsx")


def write(path: Path, sheet: str, number: str, key: str, words: object) -> str:
    """Change one cell of a checkpoint's row as a keeper would; gives its address."""
    book = load_workbook(path)
    table = book[sheet]
    keys = {str(cell.value): place for place, cell in enumerate(table[1], 1)}
    row = next(place for place, cells in enumerate(table.values, 1) if number in cells)
    cell = table.cell(row, keys[key])
    cell.value = words  # type: ignore[assignment]  # whatever a keeper types
    book.save(path)
    return f"Sheet {sheet}, {cell.coordinate}"


def test_our_own_workbook_without_edits_keeps_nothing(
    wizard: Callable[[Path], ImportStandardDialog], exported: Path
) -> None:
    dialog = wizard(exported)
    assert dialog.pages.currentWidget() is dialog.workbook_page
    assert dialog.workbook_page.words.text() == "The workbook says the same as the edition."
    assert not dialog.accept_button.isEnabled()


def test_an_edited_workbook_shows_its_difference_and_is_kept_with_return(
    qtbot: QtBot, wizard: Callable[[Path], ImportStandardDialog], exported: Path, showroom: Workbench
) -> None:
    write(exported, "SRV", "SRV-04.2", "title:en", "The signed order states a price and an hour.")
    dialog = wizard(exported)
    difference = dialog.workbook_page.difference
    assert difference.tabs.tabText(1) == "reworded 1"
    (row,) = difference.table.words.rows
    assert row.cells[2] == "SRV-04.2  The signed order states a price and an hour."
    before = len(list_editions(showroom.workspace, ()))
    enter(qtbot, dialog)
    assert dialog.kept is not None
    assert len(list_editions(showroom.workspace, ())) == before + 1


def test_a_wrong_row_is_named_by_sheet_row_and_column_and_nothing_is_kept(
    wizard: Callable[[Path], ImportStandardDialog], exported: Path
) -> None:
    address = write(exported, "SRV", "SRV-04.2", "weight", "nine")
    dialog = wizard(exported)
    assert not dialog.accept_button.isEnabled()
    assert dialog.workbook_page.problems.isVisible()
    place, kind, found, _advice = dialog.workbook_page.problems.words.rows[0].cells
    assert (place, kind) == (address, "mistake")
    assert "nine" in found


def test_our_own_workbook_finds_the_edition_it_was_made_from(
    wizard: Callable[[Path], ImportStandardDialog], exported: Path, page: StandardsPage
) -> None:
    made_from = page.shelf.edition
    assert made_from is not None
    other = next(row for row in page.shelf.rows if row.hash != made_from.hash)
    page.shelf.choose(other.hash)
    dialog = wizard(exported)
    assert dialog.workbook_page.words.text() == "The workbook says the same as the edition."
    assert dialog.workbook_page.base.accessibleName() == f"Compared with: {made_from.label}"


@pytest.mark.parametrize("is_replaced", [True, False])
def test_the_next_state_of_a_draft_takes_its_place_unless_it_is_to_stay(
    qtbot: QtBot,
    wizard: Callable[[Path], ImportStandardDialog],
    exported: Path,
    page: StandardsPage,
    showroom: Workbench,
    is_replaced: bool,
) -> None:
    first = page.shelf.edition
    assert first is not None
    draft = with_hash(replace(first, status=EditionStatus.DRAFT, version="2030.1"))
    keep_edition(showroom.workspace, draft)
    page.shelf.refresh()
    page.shelf.choose(draft.hash)
    export_standard(draft, exported)
    write(exported, "SRV", "SRV-04.2", "title:en", "The signed order states a price and an hour.")
    dialog = wizard(exported)
    assert dialog.workbook_page.replacing.isVisible()
    assert dialog.workbook_page.replacing.isChecked()
    dialog.workbook_page.replacing.setChecked(is_replaced)
    enter(qtbot, dialog)
    hashes = {row.hash for row in list_editions(showroom.workspace, ())}
    assert dialog.kept in hashes
    assert (draft.hash in hashes) is not is_replaced


def test_columns_beyond_those_offered_are_named_and_the_mapping_is_still_found_again(
    qtbot: QtBot, wizard: Callable[[Path], ImportStandardDialog], tmp_path: Path
) -> None:
    path = tmp_path / "wide.csv"
    more = [f"More {number}" for number in range(1, 61)]
    path.write_text(
        f"Question;{';'.join(more)}\nThe order is signed.;{';'.join('x' for _one in more)}\n",
        encoding="utf-8",
    )
    dialog = wizard(path)
    enter(qtbot, dialog)
    assert dialog.columns_page.beyond.isVisible()
    assert "61 columns" in dialog.columns_page.beyond.text()
    assert len(dialog.columns_page.choice().columns) == 61
    enter(qtbot, dialog)
    enter(qtbot, dialog)
    again = wizard(path)
    enter(qtbot, again)
    assert again.columns_page.kept.isVisible()


@pytest.mark.parametrize(
    ("title", "id"),
    [("Our Checks", "our-checks"), ("Prüfliste Größe", "pruefliste-groesse"), ("5 S", "list-5-s"), ("!", "")],
)
def test_a_standard_is_known_by_its_title_in_small_letters(title: str, id: str) -> None:
    assert id_of(title) == id
