"""A workbook a department filled in is looked at before it is taken in; one undo takes it back, and a wrong row keeps it out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.ids import DealershipId
from qma_app.domain.people import Role
from qma_app.exchange.importing.reading import OutsideFile
from qma_app.exchange.self_assessment import reading
from qma_app.services.self_assessments import import_self_assessment
from qma_app.services.workbooks import make_workbook
from qma_app.services.working import start_working
from qma_app.services.workspace import Workspace
from tests.services.test_self_assessments import filled, rate, sign
from tests.ui.answering import Answer
from tests.ui.looking import rich_labels, small_targets, unnamed_controls
from ui.app import Coach
from ui.dialogs.self_assessment import SelfAssessmentDialog
from ui.pages.checklists import ChecklistsPage
from ui.pages.reports_page import ReportsPage
from ui.reports_view.papers import SELF_ASSESSMENT
from ui.settings import Settings
from ui.workbench import Workbench

DAY = date(2026, 11, 3)


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting a child for each file would take most of the time."""
    monkeypatch.setattr(reading, "OutsideFile", partial(OutsideFile, is_isolated=False))


@pytest.fixture
def book(workspace: Workspace, tmp_path: Path) -> Path:
    """Service rated itself: two with points, one left out."""
    (tmp_path / "mail").mkdir()
    path = make_workbook(workspace, "self-assessment", of="SRV", target=tmp_path / "mail" / "service.xlsx")
    return filled(
        path,
        rate(0, "10 – met", "Every customer is called."),
        rate(1, 6),
        rate(2, "not applicable", "We have no night drop."),
        sign("E. Beispiel", DAY),
    )


@pytest.fixture
def look(qtbot: QtBot, workbench: Workbench, book: Path) -> Callable[[], SelfAssessmentDialog]:
    """Opens the dialog on the workbook as it lies there now, and waits until it is read or refused."""

    def opened() -> SelfAssessmentDialog:
        dialog = SelfAssessmentDialog(None, workbench, book)
        qtbot.addWidget(dialog)
        dialog.show()
        wait(qtbot, dialog)
        return dialog

    return opened


def wait(qtbot: QtBot, dialog: QDialog) -> None:
    assert isinstance(dialog, SelfAssessmentDialog)
    qtbot.waitUntil(lambda: not dialog.bar.isVisible(), timeout=10_000)


def cells(dialog: SelfAssessmentDialog) -> list[tuple[str, ...]]:
    return [row.cells for row in dialog.rows.words.rows]


def said(dialog: SelfAssessmentDialog) -> str:
    return dialog._problem.text()


def self_assessments(workspace: Workspace) -> list[Assessment]:
    with workspace.reading() as reader:
        return [a for a in reader.all(Assessment) if a.kind is AssessmentKind.SELF_ASSESSMENT]


def test_it_shows_who_filled_it_in_for_which_area_when_and_how_much(
    look: Callable[[], SelfAssessmentDialog],
) -> None:
    dialog = look()
    assert "SRV Service" in dialog.whose.text()
    assert dialog.by.text() == "Filled in by E. Beispiel, 3 Nov 2026"
    assert dialog.counts.text().startswith("2 rated, 1 not applicable, ")
    assert not dialog.notes.isVisible()
    assert not dialog.wrong.isVisible()
    assert [(number, rating, comment) for number, _what, rating, comment in cells(dialog)] == [
        ("SRV-01.1", "10 – met", "Every customer is called."),
        ("SRV-01.2", "6 – partly met", ""),
        ("SRV-01.3", "not applicable", "We have no night drop."),
    ]


def test_enter_takes_in_what_is_shown_even_if_the_file_is_gone_meanwhile(
    qtbot: QtBot, look: Callable[[], SelfAssessmentDialog], book: Path, workbench: Workbench
) -> None:
    dialog = look()
    book.unlink()
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    (made,) = self_assessments(workbench.workspace)
    assert (made.scope, made.completed_on) == (("service",), DAY)
    assert workbench.undo_title() == "taking in the self-assessment"
    workbench.undo()
    assert self_assessments(workbench.workspace) == []


def test_escape_takes_in_nothing(
    qtbot: QtBot, look: Callable[[], SelfAssessmentDialog], workbench: Workbench
) -> None:
    dialog = look()
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Escape)
    assert dialog.result() == QDialog.DialogCode.Rejected
    assert self_assessments(workbench.workspace) == []


def test_a_wrong_row_is_named_and_keeps_everything_out_until_it_is_mended(
    qtbot: QtBot, look: Callable[[], SelfAssessmentDialog], book: Path, workbench: Workbench
) -> None:
    filled(book, rate(1, 7), rate(3, "n/a"))
    dialog = look()
    places = [row.cells for row in dialog.wrong.words.rows]
    assert places[0][:2] == ("Sheet Checkpoints, E5", "“7”")
    assert places[0][2].startswith("expected one of 10 – met, 8 – mostly met")
    assert places[1][0] == "Sheet Checkpoints, F7"
    assert not dialog.accept_button.isEnabled()
    assert said(dialog).startswith("2 places must be mended first")
    assert dialog.accept_button.accessibleDescription() == said(dialog)
    qtbot.keyClick(dialog.wrong, Qt.Key.Key_Return)
    dialog.accept()
    assert self_assessments(workbench.workspace) == []
    filled(book, rate(1, 8), rate(3, None))
    qtbot.mouseClick(dialog.again_button, Qt.MouseButton.LeftButton)
    wait(qtbot, dialog)
    assert said(dialog) == ""
    assert dialog.accept_button.isEnabled()
    assert not dialog.again_button.isVisible()
    assert cells(dialog)[1][2] == "8 – mostly met"


def test_what_was_taken_in_before_is_told_but_not_refused(
    look: Callable[[], SelfAssessmentDialog], book: Path, workbench: Workbench
) -> None:
    made = import_self_assessment(workbench.workspace, book).made(Assessment)
    dialog = look()
    assert dialog.notes.text().startswith(f"Assessment {made.number} is a self-assessment of the same area")
    assert dialog.accept_button.isEnabled()


def test_without_a_day_it_says_that_today_is_taken(
    look: Callable[[], SelfAssessmentDialog], book: Path
) -> None:
    filled(book, sign("E. Beispiel"))
    assert look().notes.text().startswith("It names no day and will be dated today, ")


def test_an_empty_workbook_says_why_it_cannot_be_taken_in(
    look: Callable[[], SelfAssessmentDialog], book: Path
) -> None:
    filled(book, *(rate(row, None) for row in range(3)))
    dialog = look()
    assert not dialog.accept_button.isEnabled()
    assert said(dialog).startswith("Not one checkpoint is rated in this workbook")
    assert dialog.again_button.isVisible()


def test_a_file_that_is_none_of_ours_is_refused_with_a_way_out(
    look: Callable[[], SelfAssessmentDialog], book: Path
) -> None:
    book.write_text("SRV-01.1;8\n")
    dialog = look()
    assert dialog.reading is None
    assert not dialog.accept_button.isEnabled()
    assert said(dialog)
    assert dialog.again_button.hasFocus()


def test_who_may_not_write_it_reads_why_in_the_dialog(
    qtbot: QtBot, look: Callable[[], SelfAssessmentDialog], workbench: Workbench
) -> None:
    start_working(workbench.workspace, name="Dana Muster", role=Role.AUDITOR)
    dialog = look()
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert "coach" in said(dialog).casefold()


def test_everything_in_it_has_a_name_and_can_be_hit(
    look: Callable[[], SelfAssessmentDialog], book: Path
) -> None:
    filled(book, rate(1, 7))
    dialog = look()
    assert unnamed_controls(dialog) == []
    assert small_targets(dialog) == []
    assert rich_labels(dialog) == []


def test_the_folder_of_the_last_workbook_is_remembered(tmp_path: Path) -> None:
    settings = Settings()
    assert settings.incoming_folder == settings.reports_folder
    settings.put("incoming_folder", str(tmp_path))
    assert Settings().incoming_folder == tmp_path
    settings.put("incoming_folder", str(tmp_path / "unplugged"))
    assert settings.incoming_folder == settings.reports_folder


@pytest.fixture
def running(workspace: Workspace, book: Path, open_coach: Callable[[Path | None], Coach]) -> Coach:
    """The program on the workspace the workbook belongs to."""
    folder = workspace.folder
    workspace.close()
    return open_coach(folder)


def test_from_the_palette_to_the_message_that_leads_to_it(
    qtbot: QtBot, running: Coach, book: Path, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def choose(_parent: object, _title: str, folder: str, _kinds: str) -> tuple[str, str]:
        asked.append(folder)
        return str(book), ""

    def take_in(dialog: QDialog) -> None:
        wait(qtbot, dialog)
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    answer(take_in)
    window = running.window
    (command,) = (
        one for one in running.front_door.palette.commands() if one.title == "Take in a self-assessment…"
    )
    command.run()
    (made,) = self_assessments(running.workbench.workspace)
    assert window.messages.text.startswith(
        f"The self-assessment of Service is taken in as assessment {made.number}: 2 rated, 1 not applicable"
    )
    assert Settings().incoming_folder == book.parent
    qtbot.mouseClick(window.messages._actions[0], Qt.MouseButton.LeftButton)
    place = window.place()
    assert place is not None
    assert (place.page, place.assessment_id, place.area_id) == ("checklists", made.id, "service")
    running.front_door.errands.undo()
    assert self_assessments(running.workbench.workspace) == []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked: ("", ""))
    command.run()
    assert self_assessments(running.workbench.workspace) == []


def test_it_is_offered_in_the_menu_of_assessments(
    qtbot: QtBot, workbench: Workbench, dealership_id: DealershipId
) -> None:
    page = ChecklistsPage(workbench)
    qtbot.addWidget(page)
    page.refresh()
    (action,) = (
        one for one in page.columns.left.assessment.menu().actions() if one.text().startswith("Take in")
    )
    with qtbot.waitSignal(workbench.wanted_self_assessment):
        action.trigger()


def test_it_is_offered_beside_the_workbook_that_is_handed_out(qtbot: QtBot, workbench: Workbench) -> None:
    page = ReportsPage(workbench)
    qtbot.addWidget(page)
    page.resize(1240, 800)
    page.refresh()
    page.show()
    page.what.choose(SELF_ASSESSMENT, None)
    page._chosen()
    assert page.message.button.isVisible()
    assert page.message.button.accessibleName() == "Take in a filled-in workbook…"
    with qtbot.waitSignal(workbench.wanted_self_assessment):
        qtbot.mouseClick(page.message.button, Qt.MouseButton.LeftButton)
    page.what.choose("workbook:assessment", None)
    page._chosen()
    assert not page.message.button.isVisible()
