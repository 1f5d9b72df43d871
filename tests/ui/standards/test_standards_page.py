"""A quality manager opens the standards, finds a checkpoint, reads everything known about it, and checks the edition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from qma_app.domain.assessment import Assessment
from qma_app.domain.edition import Edition, EditionStatus, Text
from qma_app.domain.ids import CheckpointId
from qma_app.services.browsing_standards import keep_edition, with_hash
from qma_app.services.ratings import rate_checkpoint
from qma_app.services.workspace import Workspace
from tests.builders import a_text
from tests.ui.answering import Answer
from tests.ui.looking import rich_labels, small_targets, unnamed_controls
from tests.ui.showroom import AREAS, DEALERSHIP
from ui.app import Coach
from ui.dialogs import upgrade_desk
from ui.pages.standards import DIFFERENCES, KPIS, LANGUAGES, PHASES, PROBLEMS, READ, StandardsPage
from ui.places import Place
from ui.standards_view.language_text import LanguageText
from ui.standards_view.problems_view import count_words
from ui.standards_view.shelf import BOTH
from ui.widgets.cards import CardRow
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench

pytest_plugins = ["tests.ui.showroom_fixtures"]

PROMISED = CheckpointId("service.p2.c3")


def listed(page: StandardsPage) -> list[str]:
    return [row.point.number for row in page.read_view.list.rows.rows]


def press(qtbot: QtBot, page: StandardsPage, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(page.focusWidget(), key)


def keep_changed(bench: Workbench, edition: Edition) -> Edition:
    """Another edition of the standard: one checkpoint reworded, one gone, one new."""
    area = edition.areas[0]
    process = area.processes[0]
    reworded = replace(process.checkpoints[0], statement=a_text("Targets stand on paper."), weight=2)
    fresh = replace(process.checkpoints[1], id=CheckpointId("management.p1.fresh"), replaces=())
    points = (reworded, fresh, *process.checkpoints[2:])
    areas = (
        replace(area, processes=(replace(process, checkpoints=points), *area.processes[1:])),
        *edition.areas[1:],
    )
    later = with_hash(replace(edition, areas=areas, version="2027.1", status=EditionStatus.DRAFT))
    keep_edition(bench.workspace, later)
    return later


def test_the_edition_the_dealership_follows_is_shown_with_what_it_holds(page: StandardsPage) -> None:
    assert page.head.editions.accessibleName() == "Edition: Dealer Quality Standard 2026.1"
    assert page.head.state.text() == "released"
    assert "11 areas · 22 processes · 132 checkpoints, 22 critical" in page.head.facts.text()
    assert "1 programme" in page.head.facts.text()
    assert listed(page) == [f"MGT-01.{row}" for row in range(1, 7)]
    assert page.read_view.title.text() == "MGT-01 Targets and review"
    assert page.status() == "6 checkpoints"


def test_arrows_walk_the_checkpoints_and_the_reader_follows(qtbot: QtBot, page: StandardsPage) -> None:
    press(qtbot, page, Qt.Key.Key_Down, Qt.Key.Key_J)
    qtbot.waitUntil(lambda: page.read_view.reader.number.text() == "MGT-01.3")
    press(qtbot, page, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: page.read_view.reader.number.text() == "MGT-01.2")
    assert page.place().checkpoint_id == "management.p1.c2"


def test_the_reader_says_everything_known_of_a_checkpoint(page: StandardsPage) -> None:
    page.go(Place(page="standards", checkpoint_id=PROMISED))
    reader = page.read_view.reader
    assert reader.card is not None
    assert reader.statement.words().startswith("The responsible person is named")
    assert reader.texts["failure"].words().startswith("Repair order")
    assert "Customers ●●●" in reader.impact.words()
    assert [one.name for one in reader.card.results] == ["Autohaus Beispiel"]
    assert reader.across.mean.text().startswith("mean ")
    assert [one.finding.label for one in reader.card.findings] == ["F-006"]


def test_a_result_opens_the_checklist_and_a_finding_opens_where_it_is_written(
    qtbot: QtBot, page: StandardsPage
) -> None:
    page.go(Place(page="standards", checkpoint_id=PROMISED))
    reader = page.read_view.reader
    qtbot.waitUntil(lambda: sum(row.isVisible() for row in reader.findChildren(CardRow)) == 2)
    rows = [row for row in reader.findChildren(CardRow) if row.isVisible()]
    wanted: list[Place] = []
    page.going.connect(wanted.append)
    for row in rows:
        qtbot.keyClick(row, Qt.Key.Key_Return)
    assert [(place.page, place.dealership_id) for place in wanted] == [
        ("checklists", DEALERSHIP),
        ("findings", DEALERSHIP),
    ]
    assert wanted[0].checkpoint_id == PROMISED
    assert wanted[1].finding_id is not None


def test_words_find_checkpoints_in_the_whole_edition(qtbot: QtBot, page: StandardsPage) -> None:
    page.focus_search()
    qtbot.keyClicks(page.read_view.search, "deputy vehicle")
    qtbot.keyClick(page.read_view.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: listed(page) == ["SRV-01.3"])
    assert page.read_view.list.hasFocus()
    assert page.read_view.outline.tree.rowCount() == 1
    press(qtbot, page, Qt.Key.Key_Escape)
    assert page.read_view.search.text() == ""
    assert listed(page) == [f"SRV-01.{row}" for row in range(1, 7)]
    assert page.read_view.outline.tree.rowCount() == len(AREAS)


def test_an_edition_is_read_for_the_search_in_slices_between_events(
    qtbot: QtBot, page: StandardsPage
) -> None:
    assert page.shelf.edition is not None
    assert not page.shelf.prepare_search()
    page.read_view.search.setText("deputy vehicle")
    assert page.read_view.found is None
    with qtbot.waitSignal(page.shelf.search_ready):
        pass
    qtbot.waitUntil(lambda: page.read_view.found is not None)
    assert listed(page) == ["SRV-01.3"]
    assert page.shelf.prepare_search()


def test_the_search_field_offers_to_clear_only_what_stands_in_it(qtbot: QtBot, page: StandardsPage) -> None:
    (clearing,) = page.read_view.search.actions()
    assert not clearing.isVisible()
    qtbot.keyClicks(page.read_view.search, "deputy")
    assert clearing.isVisible()
    page.read_view.show_everything()
    assert not clearing.isVisible()


def test_actions_hang_beside_their_bullets(page: StandardsPage) -> None:
    text = LanguageText("Actions")
    tongue = page.shelf.tongue()
    assert tongue is not None
    text.say((Text(texts={"en": "Call back."}), Text(texts={"en": "Count twice."})), tongue)
    assert text.words() == "Call back.\nCount twice."
    bullets = [label for label in text.findChildren(PlainLabel) if label.text() == "•"]
    assert [bullet.isHidden() for bullet in bullets] == [False, False]
    text.say((Text(texts={"en": "Call back."}),), tongue)
    assert all(bullet.isHidden() for bullet in bullets)
    assert text.words() == "Call back."


def test_a_reader_that_has_its_place_offers_no_way_to_close_it(qtbot: QtBot, page: StandardsPage) -> None:
    press(qtbot, page, Qt.Key.Key_Return)
    assert page.read_view.reader.close_button.isHidden()
    press(qtbot, page, Qt.Key.Key_Escape)
    page.toggle_reader()
    assert page.read_view.reader.isHidden()
    press(qtbot, page, Qt.Key.Key_Return)
    assert not page.read_view.reader.close_button.isHidden()
    page.read_view.escape()
    assert page.read_view.reader.isHidden()


def test_a_search_that_finds_nothing_says_so_and_one_key_takes_it_back(
    qtbot: QtBot, page: StandardsPage
) -> None:
    page.focus_search()
    qtbot.keyClicks(page.read_view.search, "zebra")
    qtbot.waitUntil(lambda: page.read_view.rows.currentWidget() is page.read_view.nothing)
    press(qtbot, page, Qt.Key.Key_Escape)
    assert len(listed(page)) == 6


def test_typing_in_the_search_moves_nothing_else(qtbot: QtBot, page: StandardsPage) -> None:
    page.focus_search()
    language = page.shelf.language
    qtbot.keyClicks(page.read_view.search, "jkil")
    assert page.read_view.search.text() == "jkil"
    assert page.shelf.language == language
    assert not page.read_view.reader.isHidden()


def test_an_area_lists_its_processes_under_one_another(qtbot: QtBot, page: StandardsPage) -> None:
    outline = page.read_view.outline
    outline.setFocus()
    outline.setCurrentIndex(outline.tree.index(3, 0))
    rows = page.read_view.list.rows.rows
    assert len(rows) == 12
    assert [row.heading for row in rows if row.heading] == [
        "SRV-01 Vehicle reception with the customer",
        "SRV-02 Repair order and price agreement",
    ]
    qtbot.keyClick(outline, Qt.Key.Key_Right)
    qtbot.keyClick(outline, Qt.Key.Key_Down)
    qtbot.keyClick(outline, Qt.Key.Key_Return)
    assert page.read_view.list.hasFocus()
    assert listed(page) == [f"SRV-01.{row}" for row in range(1, 7)]


def test_control_tab_goes_on_to_the_next_area(page: StandardsPage) -> None:
    page.next_area()
    assert listed(page)[0] == "NCS-01.1"


def test_languages_change_with_one_key_and_stand_side_by_side(qtbot: QtBot, page: StandardsPage) -> None:
    reader = page.read_view.reader
    press(qtbot, page, Qt.Key.Key_L)
    assert page.shelf.language == "de"
    assert reader.statement.words().endswith("[EN]")
    press(qtbot, page, Qt.Key.Key_L)
    assert page.shelf.language == BOTH
    assert "– missing –" in reader.statement.words()
    press(qtbot, page, Qt.Key.Key_L)
    assert page.shelf.language == "en"
    assert "[EN]" not in reader.statement.words()


def test_the_coverage_counts_each_area_and_lists_what_is_missing(qtbot: QtBot, page: StandardsPage) -> None:
    page.show_view(LANGUAGES)
    view = page.languages_view
    rows = {row.key: row.cells for row in view.table.words.rows}
    assert view.coverage is not None
    # Title; two processes with purpose; twelve checkpoints of five texts; two samples.
    assert rows["service"][1] == "67 of 67"
    # The samples are the only German ones.
    assert rows["service"][2] == "2 of 67 · 2%"
    view.table.select("service")
    assert len(view.missing.words.rows) == 65
    view.missing.setFocus()
    view.missing.selectRow(4)
    number = view.missing.words.rows[4].cells[0]
    qtbot.keyClick(view.missing, Qt.Key.Key_Return)
    assert page.tabs.currentIndex() == READ
    assert page.read_view.reader.number.text() == number


def test_problems_are_found_beside_the_window_and_lead_to_their_checkpoint(
    qtbot: QtBot, page: StandardsPage
) -> None:
    page.show_view(PROBLEMS)
    view = page.problems_view
    qtbot.waitUntil(lambda: view.problems is not None, timeout=20_000)
    assert view.problems
    place = next(at for at, one in enumerate(view.problems) if one.checkpoint_id is not None)
    number = view.problems[place].number
    view.take_focus()
    view.table.selectRow(place)
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert page.tabs.currentIndex() == READ
    assert page.read_view.reader.number.text() == number
    assert view.words.text() == count_words(view.problems)


def test_one_edition_alone_has_no_differences(page: StandardsPage) -> None:
    page.show_view(DIFFERENCES)
    assert page.differences_view.alone.isVisible()


def test_differences_are_counted_by_kind_with_old_and_new_words(
    qtbot: QtBot, page: StandardsPage, showroom: Workbench
) -> None:
    edition = page.shelf.edition
    assert edition is not None
    later = keep_changed(showroom, edition)
    page.shelf.refresh()
    page.shelf.choose(later.hash)
    page.show_view(DIFFERENCES)
    panel = page.differences_view.panel
    titles = [panel.tabs.tabText(place) for place in range(panel.tabs.count())]
    assert titles == ["All changes 3", "reworded 1", "gone 1", "new 1", "unchanged 130"]
    panel.tabs.setCurrentIndex(1)
    (row,) = panel.table.words.rows
    assert row.cells[1].startswith("MGT-01.1  The promised time")
    assert row.cells[2] == "MGT-01.1  Targets stand on paper."
    assert row.cells[3] == "statement, weight"
    assert (row.small[1], row.small[2]) == ("weight: 3", "weight: 2")
    panel.table.setFocus()
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert page.read_view.reader.statement.words() == "Targets stand on paper."


def test_phases_and_kpis_have_views_of_their_own(page: StandardsPage) -> None:
    page.show_view(PHASES)
    assert page.status() == "3 phases"
    page.show_view(KPIS)
    assert page.kpis_view.nothing.sentence.text() == "This edition defines no KPIs."


def test_control_and_page_down_walk_the_views(page: StandardsPage) -> None:
    for number in (LANGUAGES, PROBLEMS, DIFFERENCES, KPIS, PHASES, READ):
        page.next_view()
        assert page.tabs.currentIndex() == number
    page.previous_view()
    assert page.tabs.currentIndex() == PHASES


def test_the_editions_of_the_program_join_and_show_their_kpis(qtbot: QtBot, page: StandardsPage) -> None:
    with qtbot.waitSignal(page.shelf.rows_changed, timeout=20_000):
        page.shelf.read_shipped()
    shipped = next(row for row in page.shelf.rows if row.is_shipped)
    page.shelf.choose(shipped.hash)
    assert page.head.facts.text().startswith("14 areas · 88 processes · 484 checkpoints")
    page.show_view(KPIS)
    assert page.kpis_view.tabs.tabText(0) == "All 117"
    page.focus_search()
    qtbot.keyClicks(page.kpis_view.search, "promised first")
    rows = page.kpis_view.table.words.rows
    assert 0 < len(rows) < 20
    assert all("promised" in f"{row.cells} {row.small}".casefold() for row in rows)
    page.show_view(LANGUAGES)
    assert page.languages_view.status() == "0 texts are missing"
    assert not page.languages_view.missing.isVisible()


def test_a_workbook_is_exported_where_it_was_asked_for(
    qtbot: QtBot, page: StandardsPage, showroom: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "standard"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(target), ""))
    with qtbot.waitSignal(showroom.file_saved, timeout=20_000) as signal:
        page.deeds.export_workbook()
    assert signal.args == [tmp_path / "standard.xlsx"]
    book = load_workbook(tmp_path / "standard.xlsx", read_only=True)
    assert "SRV" in book.sheetnames
    book.close()


def test_a_folder_of_files_is_exported_that_reads_back(
    qtbot: QtBot, page: StandardsPage, showroom: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args, **_more: str(tmp_path))
    with qtbot.waitSignal(showroom.file_saved, timeout=20_000) as signal:
        page.deeds.export_folder()
    assert signal.args == [tmp_path / "dealer-quality" / "2026.1"]
    assert (signal.args[0] / "areas" / "srv.yaml").is_file()


def test_a_new_edition_is_a_draft_and_can_be_removed_again(
    qtbot: QtBot, page: StandardsPage, answer: Answer
) -> None:
    def enter(dialog: QDialog) -> None:
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    def confirm(dialog: QDialog) -> None:
        dialog.accept()

    answer(enter)
    page.new()
    assert [row.version for row in page.shelf.rows] == ["2026.2", "2026.1"]
    assert page.head.state.text() == "draft"
    assert page.head.forget.isEnabled()
    answer(confirm)
    page.deeds.forget()
    assert [row.version for row in page.shelf.rows] == ["2026.1"]
    assert not page.head.forget.isEnabled()


def test_what_a_dealership_is_rated_now_is_shown_when_the_page_comes_back(
    page: StandardsPage, showroom: Workbench
) -> None:
    page.go(Place(page="standards", checkpoint_id=PROMISED))
    showroom.changed.connect(page.apply_changes)
    with showroom.workspace.reading() as reader:
        newest = max(reader.all(Assessment), key=lambda one: one.number)
    for points in (0, 10):
        showroom.do(rate_checkpoint, newest.id, PROMISED, points=points)
        card = page.read_view.reader.card
        assert card is not None
        assert card.mean == points
    showroom.changed.disconnect(page.apply_changes)
    assert page.read_view.list.current_id == PROMISED


def test_everything_that_can_be_done_is_in_the_palette(page: StandardsPage) -> None:
    commands = {command.title: command.keys for command in page.commands()}
    assert commands["Import a standard or checklist…"] == "Ctrl+O"
    assert commands["Export this edition as Excel workbook…"] == "Ctrl+E"
    assert commands["Upgrade a programme…"] == "Ctrl+U"
    for command in page.commands():
        if command.title.startswith(("Show", "Compare", "Read")):
            command.run()
    assert page.stack.currentWidget() is page.phases_view


def test_the_programme_of_the_dealership_is_moved_on_the_upgrade_desk(
    qtbot: QtBot, page: StandardsPage, showroom: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[QWidget, str, str]] = []
    monkeypatch.setattr(upgrade_desk, "open_upgrade_desk", lambda *told: opened.append(told))
    qtbot.keyClick(page.read_view.list, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    assert showroom.engagement is not None
    assert page.shelf.edition is not None
    assert opened == [(page.window(), showroom.engagement.id, page.shelf.edition.hash)]


@pytest.mark.parametrize("view", [READ, LANGUAGES, PROBLEMS, DIFFERENCES, KPIS, PHASES])
def test_every_view_is_named_plain_and_large_enough(page: StandardsPage, view: int) -> None:
    page.show_view(view)
    assert unnamed_controls(page) == []
    assert rich_labels(page) == []
    assert small_targets(page) == []


def test_in_a_narrow_window_enter_opens_the_reader_and_escape_closes_it(
    qtbot: QtBot, open_coach: Callable[[Path | None], Coach], workspace: Workspace
) -> None:
    folder = workspace.folder
    workspace.close()
    coach = open_coach(folder)
    window = coach.window
    window.resize(1024, 640)
    window.go_to_page("standards")
    page = window.current_page
    assert isinstance(page, StandardsPage)
    qtbot.waitUntil(lambda: not page.read_view.reader.isVisible())
    assert page.read_view.list.hasFocus()
    qtbot.keyClick(page.read_view.list, Qt.Key.Key_Return)
    assert page.read_view.reader.isVisible()
    assert not page.read_view.outline.isVisible()
    qtbot.keyClick(page.read_view.reader, Qt.Key.Key_Escape)
    assert not page.read_view.reader.isVisible()
    assert page.read_view.outline.isVisible()
    assert page.read_view.list.hasFocus()
    coach.window.workbench.jobs.cancel_all()


def test_a_relative_in_another_edition_is_opened_there(
    qtbot: QtBot, page: StandardsPage, showroom: Workbench
) -> None:
    edition = page.shelf.edition
    assert edition is not None
    point = edition.checkpoint(CheckpointId(PROMISED))
    fresh = replace(point, id=CheckpointId("service.p2.fresh"), replaces=(point.id,))
    areas = tuple(
        replace(
            area,
            processes=tuple(
                replace(
                    process,
                    checkpoints=tuple(fresh if one.id == point.id else one for one in process.checkpoints),
                )
                for process in area.processes
            ),
        )
        for area in edition.areas
    )
    later = with_hash(replace(edition, version="2027.1", status=EditionStatus.DRAFT, areas=areas))
    keep_edition(showroom.workspace, later)
    page.shelf.refresh()
    page.go(Place(page="standards", checkpoint_id=PROMISED))
    lineage = page.read_view.reader.lineage
    qtbot.waitUntil(lambda: sum(one.isVisible() for one in lineage.findChildren(CardRow)) == 1)
    (row,) = (one for one in lineage.findChildren(CardRow) if one.isVisible())
    qtbot.keyClick(row, Qt.Key.Key_Return)
    assert page.shelf.edition is not None
    assert page.shelf.edition.hash == later.hash
    assert page.place().checkpoint_id == fresh.id
