"""Findings are narrowed, sorted, written, closed and taken back without a mouse, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMainWindow, QPlainTextEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qma_app.domain.ageing import median_days_to_close
from qma_app.domain.evidence import Evidence
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import CheckpointId, FindingId
from qma_app.domain.verification import Effect
from qma_app.errors import QmaError, StorageTrouble
from qma_app.services.actions import plan_action
from qma_app.services.causes import add_cause
from qma_app.services.findings import (
    change_finding,
    close_finding,
    note_sighting,
    raise_finding,
    reopen_finding,
)
from qma_app.services.findings_listing import read_listing, words_of_findings
from qma_app.services.verifying import Target, verify_by_look
from qma_app.services.workspace import Workspace
from tests.ui.looking import rich_labels, small_targets, unnamed_controls
from tests.ui.showroom import ENGAGEMENT, TODAY, finding_ids
from ui.findings.date_field import read_day
from ui.findings.saved_filters import FilterName
from ui.findings.view_switch import View
from ui.models.findings_model import FindingsModel
from ui.models.findings_rows import Column, FindingRows, RowFilter, Tab
from ui.pages.findings import FindingsPage
from ui.places import Place
from ui.workbench import Workbench

pytest_plugins = ["tests.ui.showroom_fixtures"]


@pytest.fixture
def page(qtbot: QtBot, showroom: Workbench) -> Iterator[FindingsPage]:
    """Findings in a window wide enough for the panel beside the table."""
    window = QMainWindow()
    qtbot.addWidget(window)
    page = FindingsPage(showroom)
    window.setCentralWidget(page)
    window.resize(1300, 860)
    window.show()
    qtbot.waitExposed(window)
    showroom.changed.connect(page.apply_changes)
    showroom.where = page.place
    page.refresh()
    page.take_focus()
    yield page
    page.flush()
    showroom.changed.disconnect(page.apply_changes)


def stored(bench: Workbench, number: int) -> Finding:
    with bench.workspace.reading() as reader:
        return next(finding for finding in reader.all(Finding) if finding.number == number)


def shown(page: FindingsPage) -> list[str]:
    model = page.table.findings
    return [model.index(row, Column.NUMBER).data() for row in range(model.rowCount())]


def type_into(qtbot: QtBot, words: str) -> None:
    for letter in words:
        qtbot.keyClicks(QApplication.focusWidget(), letter)


def test_it_opens_with_what_is_open_newest_first(page: FindingsPage) -> None:
    assert shown(page)[:3] == ["F-012", "F-011", "F-009"]
    assert page.head.detail.text() == "9 open of 12 · 3 major · 2 overdue"
    assert page.status() == "9 of 12 shown"
    assert [page.filters.tabs.tabText(place) for place in range(len(Tab))] == [
        "Open 9",
        "Overdue 2",
        "To verify 0",
        "Mine 9",
        "Closed 2",
        "All 12",
    ]


def test_arrows_walk_the_table_and_the_panel_follows(qtbot: QtBot, page: FindingsPage) -> None:
    assert page.table.hasFocus()
    assert page.editor.fields.head.label.text() == "F-012"
    with qtbot.waitSignal(page.went):
        qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.editor.fields.head.label.text() == "F-011"
    assert page.place().finding_id == page.editor.finding_id


@pytest.mark.parametrize(
    ("tab", "expected"), [(Tab.ALL, 12), (Tab.OPEN, 9), (Tab.OVERDUE, 2), (Tab.CLOSED, 2)]
)
def test_tabs_are_saved_filters(qtbot: QtBot, page: FindingsPage, tab: Tab, expected: int) -> None:
    tabs = page.filters.tabs
    place = list(Tab).index(tab)
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(place).center())
    assert len(shown(page)) == expected


def test_tabs_are_walked_by_arrows(qtbot: QtBot, page: FindingsPage) -> None:
    page.filters.tabs.setFocus()
    qtbot.keyClick(page.filters.tabs, Qt.Key.Key_Right)
    assert shown(page) == ["F-006", "F-005"]


def test_menus_narrow_by_area_grade_and_owner(page: FindingsPage) -> None:
    def choose(button: str, title: str) -> None:
        menu = getattr(page.filters, button).choices
        next(action for action in menu.actions() if action.text() == title).trigger()

    choose("area", "Service")
    assert shown(page) == ["F-012", "F-011", "F-006"]
    choose("grade", "minor")
    assert shown(page) == ["F-012", "F-011"]
    choose("owner", "E. Beispiel")
    assert shown(page) == []
    assert page.list.rows.currentWidget() is page.list.nothing
    page.list.nothing.button.click()
    assert len(shown(page)) == 12
    assert page.filters.area.accessibleName() == "Area: All"


def test_the_filter_text_finds_every_word_and_goes_on_to_the_table(qtbot: QtBot, page: FindingsPage) -> None:
    page.focus_search()
    type_into(qtbot, "calib two")
    assert shown(page) == ["F-006"]
    qtbot.keyClick(page.filters.text, Qt.Key.Key_Return)
    assert page.table.hasFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    assert len(shown(page)) == 12


def test_heads_sort_and_sorting_twice_turns_round(qtbot: QtBot, page: FindingsPage) -> None:
    head = page.table.horizontalHeader()
    at = QPoint(head.sectionViewportPosition(Column.DUE) + 8, 8)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert shown(page)[:3] == ["F-006", "F-005", "F-009"]
    page.sort_by_grade()
    assert shown(page)[:3] == ["F-001", "F-006", "F-009"]
    page.sort_by_number()
    assert shown(page)[0] == "F-012"


def test_typing_is_stored_a_moment_later_and_only_its_row_changes(
    qtbot: QtBot, page: FindingsPage, showroom: Workbench
) -> None:
    touched: list[int] = []
    page.table.findings.dataChanged.connect(lambda first, _last, _roles: touched.append(first.row()))
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.editor.fields.statement.hasFocus()
    qtbot.keyClick(page.editor.fields.statement, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(showroom.changed, timeout=3_000):
        type_into(qtbot, " today")
    assert stored(showroom, 11).statement == "Old order form still in use at the second desk today"
    assert set(touched) == {1}
    assert page.table.current_id == page.editor.finding_id
    assert page.editor.fields.statement.hasFocus()


def test_typing_in_one_field_is_one_step_of_undo(
    qtbot: QtBot, page: FindingsPage, showroom: Workbench
) -> None:
    evidence = page.editor.fields.evidence
    evidence.setFocus()
    before = stored(showroom, 12).evidence
    for words in ("One. ", "Two. "):
        evidence.insertPlainText(words)
        evidence.flush()
    assert stored(showroom, 12).evidence != before
    showroom.undo()
    assert stored(showroom, 12).evidence == before
    assert evidence.toPlainText() == before
    showroom.redo()
    assert evidence.toPlainText().startswith("One. Two. ")


def test_leaving_the_row_stores_what_was_typed(qtbot: QtBot, page: FindingsPage, showroom: Workbench) -> None:
    page.editor.fields.place.setFocus()
    qtbot.keyClick(page.editor.fields.place, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_into(qtbot, "Bay 4")
    assert page.table.select(finding_ids(showroom.workspace)[4])
    assert stored(showroom, 12).place == "Bay 4"
    assert stored(showroom, 5).place == "Service desk"


def test_an_edit_elsewhere_leaves_unsaved_words_alone(
    qtbot: QtBot, page: FindingsPage, showroom: Workbench
) -> None:
    page.editor.fields.evidence.setFocus()
    type_into(qtbot, "unsaved ")
    showroom.do(change_finding, FindingId(page.editor.finding_id), owner="T. Probe")
    assert "unsaved" in page.editor.fields.evidence.toPlainText()
    assert page.editor.fields.owner.currentText() == "T. Probe"


def test_an_empty_statement_is_not_stored_and_the_old_one_comes_back(
    qtbot: QtBot, page: FindingsPage, showroom: Workbench
) -> None:
    statement = page.editor.fields.statement
    statement.setFocus()
    qtbot.keyClick(statement, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(statement, Qt.Key.Key_Delete)
    statement.flush()
    assert stored(showroom, 12).statement == "Completion time missing on signed orders"
    with qtbot.waitSignal(showroom.told):
        page.table.setFocus()
    assert statement.toPlainText() == "Completion time missing on signed orders"


def test_grade_is_picked_by_arrows_and_asks_why_it_departs(
    qtbot: QtBot, page: FindingsPage, showroom: Workbench
) -> None:
    page.table.select(finding_ids(showroom.workspace)[8])
    editor = page.editor
    assert editor.fields.suggestion.text() == "The points suggest improvement. Say why it is major:"
    editor.fields.requirement_part.unfold()
    button = editor.fields.grade.buttons[FindingGrade.MAJOR]
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Right)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert stored(showroom, 9).grade is FindingGrade.IMPROVEMENT
    assert editor.fields.grade_reason.isHidden()
    assert editor.fields.head.grade_chip.text() == "improvement"


def test_a_new_finding_begins_with_f_and_is_there_with_its_first_words(
    qtbot: QtBot, page: FindingsPage, showroom: Workbench
) -> None:
    qtbot.keyClick(page.table, Qt.Key.Key_F)
    assert page.editor.fields.statement.hasFocus()
    assert page.editor.fields.head.label.text() == "New finding"
    with qtbot.waitSignal(page.editor.raised, timeout=3_000):
        type_into(qtbot, "Keys hang open")
    assert stored(showroom, 13).statement == "Keys hang open"
    assert stored(showroom, 13).seen_on == TODAY
    assert page.editor.fields.head.label.text() == "F-013"
    assert page.editor.fields.statement.hasFocus()
    assert shown(page)[0] == "F-013"
    type_into(qtbot, " at the desk")
    page.editor.fields.statement.flush()
    assert stored(showroom, 13).statement == "Keys hang open at the desk"
    showroom.undo()
    showroom.undo()
    assert "F-013" not in shown(page)


def test_single_letters_are_text_inside_every_field(qtbot: QtBot, page: FindingsPage) -> None:
    editor, fields = page.editor, page.editor.fields
    sections = (fields.requirement_part, fields.facts_part, fields.reply.section, fields.correction.section)
    for section in (*sections, fields.sightings.section, fields.action_part.section):
        section.unfold()
        section.begin()
    tried = 0
    for field in (*editor.findChildren(QLineEdit), *editor.findChildren(QPlainTextEdit), page.filters.text):
        if not field.isVisible() or not field.isEnabled():
            continue
        tried += 1
        field.setFocus()
        assert field.hasFocus()
        qtbot.keyClicks(field, "fbcvte")
        assert not editor.is_new
        assert page.views.view is View.TABLE
    assert tried >= 14
    editor.fields.due_on.field.setFocus()
    qtbot.keyClicks(editor.fields.due_on.field, "f")
    assert not editor.is_new


def test_single_letters_can_be_switched_off(qtbot: QtBot, page: FindingsPage, showroom: Workbench) -> None:
    showroom.settings.put("single_letters", False)
    qtbot.keyClick(page.table, Qt.Key.Key_F)
    assert not page.editor.is_new


def test_words_of_a_new_finding_without_statement_are_not_lost(
    page: FindingsPage, showroom: Workbench
) -> None:
    page.new()
    page.editor.fields.evidence.setPlainText("Three of ten orders unsigned.\nSeen at noon.")
    page.close_panel()
    assert stored(showroom, 13).statement == "Three of ten orders unsigned."
    page.new()
    page.close_panel()
    with showroom.workspace.reading() as reader:
        assert len(reader.all(Finding)) == 13


def test_a_closed_finding_leaves_the_open_ones_and_comes_back_counted(
    page: FindingsPage, showroom: Workbench
) -> None:
    id = FindingId(page.editor.finding_id)
    showroom.do(
        verify_by_look, Target(finding_id=id), points=None, effect=Effect.EFFECTIVE, words="Ten of ten signed"
    )
    showroom.do(close_finding, id, note="Ten of ten signed")
    assert "F-012" not in shown(page)
    assert page.editor.fields.head.label.text() == "F-011"
    page.filters.show_filter(RowFilter(tab=Tab.CLOSED))
    assert shown(page)[0] == "F-012"
    assert page.table.findings.index(0, Column.DUE).data() == "closed"
    assert page.table.findings.index(0, Column.STAGE).data() == "Act"
    showroom.do(reopen_finding, id)
    assert stored(showroom, 12).is_open
    page.filters.show_filter(RowFilter(tab=Tab.OPEN))
    spoken = page.table.findings.index(0, Column.STATEMENT).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("reopened 1 time")


def test_delete_offers_undo_and_chooses_the_neighbour(
    qtbot: QtBot, page: FindingsPage, showroom: Workbench
) -> None:
    with qtbot.waitSignal(showroom.deleted) as told:
        qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert told.args == ["Finding F-012 deleted."]
    assert page.editor.fields.head.label.text() == "F-011"
    changes = showroom.undo()
    assert changes is not None
    page.mark(changes)
    assert page.editor.fields.head.label.text() == "F-012"


def test_checkpoint_is_found_by_typing_and_brings_its_requirement(
    qtbot: QtBot, page: FindingsPage, showroom: Workbench
) -> None:
    field = page.editor.fields.checkpoint
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.popup is not None
    qtbot.keyClicks(field.popup.search, "complaints deputy")
    qtbot.keyClick(field.popup.search, Qt.Key.Key_Return)
    assert field.popup.isHidden()
    finding = stored(showroom, 12)
    assert finding.checkpoint_id == "customers.p2.c3"
    assert finding.requirement.startswith("CXM-02.3 The responsible person")
    showroom.undo()
    assert stored(showroom, 12).checkpoint_id == "service.p1.c1"


def test_own_words_of_the_requirement_stay_when_the_checkpoint_changes(
    page: FindingsPage, showroom: Workbench
) -> None:
    page.editor.fields.requirement.setPlainText("As agreed in the contract.")
    page.editor.fields.checkpoint.picked.emit(CheckpointId("people.p1.c2"))
    assert stored(showroom, 12).requirement == "As agreed in the contract."
    assert stored(showroom, 12).checkpoint_id == "people.p1.c2"


def test_the_checkpoint_is_one_click_away(qtbot: QtBot, page: FindingsPage) -> None:
    with qtbot.waitSignal(page.going) as going:
        qtbot.mouseClick(page.editor.fields.head.jump, Qt.MouseButton.LeftButton)
    place = going.args[0]
    assert (place.page, place.checkpoint_id) == ("checklists", "service.p1.c1")
    assert place.assessment_id is not None


def test_owner_completes_a_known_name_or_takes_any_words(
    qtbot: QtBot, page: FindingsPage, showroom: Workbench
) -> None:
    owner = page.editor.fields.owner
    assert [owner.itemText(place) for place in range(owner.count())] == [
        "A. Vorlage",
        "E. Beispiel",
        "R. Muster",
        "T. Probe",
    ]
    owner.words.setFocus()
    owner.words.selectAll()
    qtbot.keyClicks(owner.words, "the workshop")
    qtbot.keyClick(owner.words, Qt.Key.Key_Return)
    assert stored(showroom, 12).owner == "the workshop"
    assert ("the workshop", "the workshop") not in page.filters._areas
    assert "the workshop" in page.filters._owners


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-04", date(2026, 12, 4)),
        ("4.12.", date(2026, 12, 4)),
        ("+14", date(2026, 12, 5)),
        ("4 dec 27", date(2027, 12, 4)),
        ("", None),
    ],
)
def test_a_due_day_is_typed_in_many_ways(
    qtbot: QtBot, page: FindingsPage, showroom: Workbench, typed: str, day: date | None
) -> None:
    field = page.editor.fields.due_on.field
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClicks(field, typed)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert stored(showroom, 12).due_on == day


@pytest.mark.parametrize("rubbish", ["31 Nov", "soon", "12", "4 Foo", "99.99.9999"])
def test_what_is_no_day_is_marked_and_stays(
    qtbot: QtBot, page: FindingsPage, showroom: Workbench, rubbish: str
) -> None:
    with pytest.raises(ValueError):
        read_day(rubbish, TODAY)
    field = page.editor.fields.due_on.field
    field.setText(rubbish)
    page.editor.fields.due_on.flush()
    assert field.property("problem") is True
    assert field.text() == rubbish
    assert stored(showroom, 12).due_on == date(2026, 12, 4)


def test_a_photo_is_dropped_opened_listed_and_taken_back(
    qtbot: QtBot, page: FindingsPage, showroom: Workbench, tmp_path: Path
) -> None:
    photo = tmp_path / "desk <b>.jpg"
    content = BytesIO()
    Image.new("RGB", (640, 480), "#204060").save(content, "JPEG")
    photo.write_bytes(content.getvalue())
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photo))])
    with qtbot.waitSignal(showroom.changed, timeout=10_000):
        assert page.editor.fields.attachments.take_mime(mime)
    tiles = page.editor.fields.attachments.strip.tiles
    assert [tile.accessibleName() for tile in tiles] == ["desk _b_.jpg"]
    tiles[0].setFocus()
    qtbot.keyClick(tiles[0], Qt.Key.Key_Return)
    viewer = page.editor.fields.attachments.viewer
    assert viewer is not None
    qtbot.addWidget(viewer)
    assert viewer.picture.isVisible()
    viewer.caption.setText("The desk at noon")
    viewer.caption.textEdited.emit("The desk at noon")
    viewer.close()
    tiles = page.editor.fields.attachments.strip.tiles
    assert [tile.accessibleName() for tile in tiles] == ["The desk at noon"]
    page.window().activateWindow()
    tiles[0].setFocus()
    with qtbot.waitSignal(showroom.deleted):
        qtbot.keyClick(tiles[0], Qt.Key.Key_Delete)
    assert page.editor.fields.attachments.strip.tiles == []
    showroom.undo()
    assert len(page.editor.fields.attachments.strip.tiles) == 1


def test_a_picture_is_pasted_with_ctrl_v(qtbot: QtBot, page: FindingsPage, showroom: Workbench) -> None:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(QColor("#A8321F"))
    QGuiApplication.clipboard().setImage(picture)
    page.table.setFocus()
    with qtbot.waitSignal(showroom.changed, timeout=10_000):
        qtbot.keyClick(page.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    with showroom.workspace.reading() as reader:
        assert [item.name for item in reader.all(Evidence)] == ["F-012 photo.png"]


def test_a_picture_pasted_into_the_evidence_is_taken_in_and_words_stay_words(
    qtbot: QtBot, page: FindingsPage, showroom: Workbench
) -> None:
    evidence = page.editor.fields.evidence
    evidence.setFocus()
    QGuiApplication.clipboard().setText("Order 4711 ")
    qtbot.keyClick(evidence, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    page.flush()
    assert "Order 4711" in stored(showroom, 12).evidence
    QGuiApplication.clipboard().setImage(QImage(40, 30, QImage.Format.Format_RGB32))
    with qtbot.waitSignal(showroom.changed, timeout=10_000):
        qtbot.keyClick(evidence, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(page.editor.fields.attachments.strip.tiles) == 1


def test_e_asks_for_files(
    qtbot: QtBot, page: FindingsPage, showroom: Workbench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    paper = tmp_path / "case list.txt"
    paper.write_text("one\n")
    monkeypatch.setattr(QFileDialog, "getOpenFileUrls", lambda *_args: ([QUrl.fromLocalFile(str(paper))], ""))
    with qtbot.waitSignal(showroom.changed, timeout=10_000):
        qtbot.keyClick(page.table, Qt.Key.Key_E)
    assert [tile.accessibleName() for tile in page.editor.fields.attachments.strip.tiles] == ["case list.txt"]


def test_a_file_that_cannot_be_used_is_named(
    qtbot: QtBot, page: FindingsPage, showroom: Workbench, tmp_path: Path
) -> None:
    bad = tmp_path / "photo.heic"
    bad.write_bytes(b"\0\0\0\x18ftypheic" + bytes(64))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(bad))])
    with qtbot.waitSignal(showroom.failed, timeout=10_000) as failed:
        page.editor.fields.attachments.take_mime(mime)
    assert isinstance(failed.args[0], QmaError)
    assert "photo.heic" in str(failed.args[0])
    assert page.editor.fields.attachments.intake.waiting_for(page.editor.finding_id) == ()


def test_a_failed_save_keeps_the_words_and_tries_again(
    qtbot: QtBot, page: FindingsPage, showroom: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Workspace, what: str, **about: str) -> object:
        raise StorageTrouble("The disk is full.", code="disk.full")

    page.editor.fields.evidence.setPlainText("Seen twice.")
    with monkeypatch.context() as patch, qtbot.waitSignal(showroom.failed):
        patch.setattr(Workspace, "writing", full)
        page.flush()
    assert page.editor.fields.evidence.toPlainText() == "Seen twice."
    page.flush()
    assert stored(showroom, 12).evidence == "Seen twice."


def test_a_bar_narrows_to_its_area(qtbot: QtBot, page: FindingsPage) -> None:
    bar = page.list.bars.bars[0]
    assert bar.accessibleName() == "Service: 3 open findings"
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton)
    assert shown(page) == ["F-012", "F-011", "F-006"]
    assert page.filters.area.accessibleName() == "Area: Service"


def test_a_place_is_shown_even_if_the_filter_hid_it(page: FindingsPage, showroom: Workbench) -> None:
    page.filters.show_filter(RowFilter(tab=Tab.OVERDUE))
    page.go(Place(page="findings", finding_id=finding_ids(showroom.workspace)[1]))
    assert page.editor.fields.head.label.text() == "F-002"
    page.go(Place(page="findings", finding_id="gone"))
    assert page.editor.fields.head.label.text() == "F-002"


def test_in_a_narrow_window_the_panel_lies_over_the_table(qtbot: QtBot, page: FindingsPage) -> None:
    page.window().resize(1040, 700)
    qtbot.waitUntil(page.editor.isHidden)
    page.take_focus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.editor.isHidden()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.editor.isVisible()
    assert page.editor.fields.head.close_panel.isVisible()
    qtbot.keyClick(page.editor.fields.statement, Qt.Key.Key_Escape)
    assert page.editor.isHidden()
    assert page.table.hasFocus()
    page.window().resize(1300, 860)
    qtbot.waitUntil(page.editor.isVisible)


def test_hostile_words_stay_words(page: FindingsPage, showroom: Workbench) -> None:
    hostile = "<img src='file:///etc/passwd'><b>x</b> \u202e\u0000 {0} %s & Söhne" + "ä" * 5_000
    hostile = hostile.replace("\u0000", "")
    showroom.do(change_finding, finding_ids(showroom.workspace)[11], statement=hostile, owner="<i>A & B</i>")
    page.table.grab()
    page.editor.grab()
    assert page.editor.fields.statement.toPlainText() == hostile
    assert "&lt;img" in page.table.findings.index(0, Column.STATEMENT).data(Qt.ItemDataRole.ToolTipRole)
    assert rich_labels(page) == []
    titles = [action.text() for action in page.filters.owner.choices.actions()]
    assert "<i>A && B</i>" in titles


def test_a_finding_raised_elsewhere_appears_in_its_place(page: FindingsPage, showroom: Workbench) -> None:
    showroom.do(
        raise_finding, engagement_id=ENGAGEMENT, statement="About the whole house", grade=FindingGrade.MINOR
    )
    assert shown(page)[0] == "F-013"
    assert page.editor.fields.head.label.text() == "F-012"
    page.table.select_place(0)
    assert page.editor.fields.head.jump.isHidden()


def test_a_finding_stays_in_the_panel_when_an_edit_takes_it_out_of_the_filter(
    qtbot: QtBot, page: FindingsPage, showroom: Workbench
) -> None:
    showroom.do(
        change_finding,
        FindingId(page.editor.finding_id),
        grade=FindingGrade.GOOD_PRACTICE,
        grade_reason="Solved",
    )
    assert "F-012" not in shown(page)
    assert page.editor.fields.head.label.text() == "F-012"
    assert page.table.current_id == ""
    assert page.place().finding_id == finding_ids(showroom.workspace)[11]
    showroom.do(
        change_finding, FindingId(page.editor.finding_id), grade=FindingGrade.MINOR, grade_reason="Back"
    )
    assert page.table.current_id == page.editor.finding_id


def test_typing_goes_on_where_the_words_no_longer_match_the_filter(
    qtbot: QtBot, page: FindingsPage, showroom: Workbench
) -> None:
    page.filters.text.setText("signed orders")
    assert shown(page) == ["F-012"]
    page.editor.take_focus()
    statement = page.editor.fields.statement
    qtbot.keyClick(statement, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    for letters in ("ly", "ng"):
        qtbot.keyClick(statement, Qt.Key.Key_Backspace)
        type_into(qtbot, letters)
        statement.flush()
    assert stored(showroom, 12).statement == "Completion time missing on signed orderlng"
    assert shown(page) == []
    assert statement.hasFocus()


def test_a_new_finding_is_shown_whatever_the_filter(page: FindingsPage, showroom: Workbench) -> None:
    page.filters.show_filter(RowFilter(tab=Tab.CLOSED))
    page.new()
    page.editor.fields.grade.buttons[FindingGrade.GOOD_PRACTICE].click()
    page.editor.fields.statement.setPlainText("Keys are labelled")
    page.flush()
    assert page.filters.row_filter == RowFilter()
    assert page.editor.fields.head.label.text() == "F-013"
    assert stored(showroom, 13).grade is FindingGrade.GOOD_PRACTICE


def test_nothing_found_yet_offers_the_first_finding(
    qtbot: QtBot, page: FindingsPage, showroom: Workbench
) -> None:
    for finding_id in finding_ids(showroom.workspace):
        page.delete(finding_id)
    assert page._whole.currentWidget() is page.empty
    page.take_focus()
    assert page.empty.button.hasFocus()
    qtbot.keyClick(page.empty.button, Qt.Key.Key_F)
    assert page.editor.fields.statement.hasFocus()


def test_every_control_has_a_name_and_is_large_enough(page: FindingsPage) -> None:
    assert unnamed_controls(page) == []
    assert [line for line in small_targets(page) if "CountBar" not in line] == []


def test_commands_are_there_before_anything_was_read(qtbot: QtBot, showroom: Workbench) -> None:
    page = FindingsPage(showroom)
    qtbot.addWidget(page)
    assert [command.title for command in page.commands()][:2] == ["New finding", "Show all findings"]


def test_the_filter_text_finds_words_of_causes_and_actions(page: FindingsPage, showroom: Workbench) -> None:
    ids = finding_ids(showroom.workspace)
    page.filters.text.setText("ladder")
    assert shown(page) == []
    showroom.do(add_cause, ids[7], words="The ladder is too short")
    showroom.do(plan_action, engagement_id=ENGAGEMENT, what="Buy a ladder", findings=[ids[10]])
    assert shown(page) == ["F-011", "F-008"]
    page.filters.text.setText("A-001 buy")
    assert shown(page) == ["F-011"]
    page.filters.text.setText("srv-01 minor ladder")
    assert shown(page) == ["F-011"]


def test_mine_is_what_i_raised_or_own_or_act_on(page: FindingsPage, showroom: Workbench) -> None:
    ids = finding_ids(showroom.workspace)
    with showroom.workspace.writing("test.others") as work:
        for id in ids:
            work.put(replace(work.get(Finding, id), raised_by=None))
    showroom.do(change_finding, ids[6], owner="k. beispiel ")
    showroom.do(plan_action, engagement_id=ENGAGEMENT, what="Look", owner="K. Beispiel", findings=[ids[4]])
    page.refresh()
    page.show_tab(Tab.MINE)
    assert shown(page) == ["F-007", "F-005"]


def test_a_filter_is_saved_under_a_name_found_again_and_removed(
    qtbot: QtBot, page: FindingsPage, showroom: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = RowFilter(tab=Tab.ALL, owner="R. Muster", grade=FindingGrade.MINOR, text="orders")
    page.filters.show_filter(mine)
    monkeypatch.setattr(FilterName, "ask", lambda _parent: "Desk & orders")
    page.filters.save_filter()
    page.show_all()
    again = FindingsPage(showroom)
    qtbot.addWidget(again)
    again.filters._show_own()
    actions = {action.text(): action for action in again.filters.own.choices.actions()}
    assert "Remove “Desk && orders”" not in actions
    actions["Desk && orders"].trigger()
    assert again.filters.row_filter == mine
    again.filters._show_own()
    actions = {action.text(): action for action in again.filters.own.choices.actions()}
    assert actions["Desk && orders"].isChecked()
    actions["Remove “Desk && orders”"].trigger()
    assert again.filters.saved.all() == {}


@pytest.mark.parametrize("damaged", ["{", "[]", '{"a": 3}', '{"a": {"tab": "newer"}}'])
def test_damaged_saved_filters_are_left_out(page: FindingsPage, showroom: Workbench, damaged: str) -> None:
    showroom.settings.put("findings_filters", damaged)
    assert page.filters.saved.all() == {}


def test_the_selection_survives_sorting_and_filtering(page: FindingsPage, showroom: Workbench) -> None:
    page.table.select(finding_ids(showroom.workspace)[5])
    page.sort_by_due()
    assert page.table.current_id == finding_ids(showroom.workspace)[5]
    page.filters.text.setText("wrenches")
    page.filters.text.clear()
    assert page.editor.fields.head.label.text() == "F-006"
    assert page.table.current_id == page.editor.finding_id


def test_sightings_are_counted_in_the_row_they_touch(page: FindingsPage, showroom: Workbench) -> None:
    touched: list[int] = []
    page.table.findings.dataChanged.connect(lambda first, _last, _roles: touched.append(first.row()))
    showroom.do(note_sighting, finding_ids(showroom.workspace)[8], words="Again")
    assert touched == [2]
    tip = page.table.findings.index(2, Column.STATEMENT).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.endswith("seen again 1 time")


def test_only_rows_in_view_are_measured(page: FindingsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[int] = []

    def counted(row: int) -> int:
        measured.append(row)
        return 1

    monkeypatch.setattr(page.table, "_lines_in", counted)
    page.table.setFixedHeight(150)
    QApplication.processEvents()
    measured.clear()
    page.table.fit_rows()
    assert 0 < len(measured) < page.table.findings.rowCount()


def some_rows(showroom: Workbench) -> FindingRows:
    listing = read_listing(showroom.workspace, ENGAGEMENT)
    return FindingRows(listing, partial(words_of_findings, showroom.workspace, ENGAGEMENT))


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester, showroom: Workbench) -> None:
    rows = some_rows(showroom)
    model = FindingsModel()
    qtmodeltester.check(model)
    model.show_rows(rows)
    middle, newest = rows.lines[5], rows.lines[0]
    model.take_out(middle.id)
    model.put(middle)
    model.put(middle._replace(statement="Another"))
    model.put(newest._replace(id="raised", number=13))
    assert model.index(0, Column.NUMBER).data() == "F-013"
    model.sort(Column.STATEMENT)
    model.put(newest._replace(statement="Zebra"))
    assert model.index(model.rowCount() - 1, Column.STATEMENT).data() == "Zebra"
    model.show_only(RowFilter(tab=Tab.OPEN, text="promised zebra completion"))
    assert model.rowCount() == 0
    model.show_only(RowFilter(tab=Tab.OPEN, text="completion"))
    assert model.rowCount() == 1
    model.put(newest._replace(statement="Zebra", closed_on="2026-11-20"))
    assert model.rowCount() == 0
    model.take_out(newest.id)
    assert model.row_of(newest.id) is None


def test_counts_leave_out_what_says_nothing(showroom: Workbench) -> None:
    rows = some_rows(showroom)
    late_praise = rows.lines[0]._replace(id="x", number=40, grade="good-practice", due_on="2026-01-01")
    before = rows.counts().tabs
    rows.put(late_praise)
    counts = rows.counts()
    assert counts.tabs == {**before, Tab.ALL: before[Tab.ALL] + 1}
    assert counts.days_to_close is None
    for line in [line for line in rows.lines if line.closed_on is None]:
        rows.put(line._replace(closed_on=str(TODAY)))
    with showroom.workspace.reading() as reader:
        settled = [replace(one, closed_on=one.closed_on or TODAY) for one in reader.all(Finding)]
    assert rows.counts().days_to_close == median_days_to_close(settled, TODAY)
