"""A plan that came back is looked at first; keys and mouse choose side by side, and only Take over writes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from qma_app.domain.action import Action
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.services.actions import change_action, plan_action
from qma_app.services.dealerships import add_dealership
from qma_app.services.workbooks import make_workbook
from qma_app.services.workspace import Workspace
from tests.exchange.action_workbook.conftest import _in_this_process, edited, put
from tests.ui.answering import Answer
from tests.ui.looking import rich_labels, small_targets, unnamed_controls
from ui.dialogs.import_actions import ImportActions
from ui.settings import Settings
from ui.workbench import Workbench

__all__ = ["_in_this_process"]  # a fixture

Look = Callable[..., ImportActions]


@pytest.fixture
def engagement(workspace: Workspace) -> Engagement:
    with workspace.reading() as reader:
        found = reader.all(Engagement)[0]
    for words in ("First action", "Second action"):
        plan_action(
            workspace, engagement_id=found.id, what=words, owner="Ada Sample", due_on=date(2026, 12, 1)
        )
    return found


@pytest.fixture
def book(workspace: Workspace, engagement: Engagement, tmp_path: Path) -> Path:
    """One cell both sides changed, one that only Ada changed, and a new row."""
    path = edited(
        make_workbook(workspace, "actions", target=tmp_path / "ada.xlsx"),
        put("what", "Theirs"),
        put("due_on", date(2026, 12, 20), 1),
        put("what", "A new idea", 2),
    )
    change_action(workspace, action(workspace, 1).id, what="Ours")
    return path


@pytest.fixture
def look(qtbot: QtBot, workbench: Workbench, engagement: Engagement) -> Look:
    """Opens the dialog on files as they lie there now, and waits until they are read or refused."""

    def opened(*paths: Path) -> ImportActions:
        dialog = ImportActions(None, workbench, engagement.id, paths)
        qtbot.addWidget(dialog)
        dialog.show()
        wait(qtbot, dialog)
        return dialog

    return opened


def wait(qtbot: QtBot, dialog: QDialog) -> None:
    assert isinstance(dialog, ImportActions)
    qtbot.waitUntil(lambda: not dialog.bar.isVisible(), timeout=10_000)


def action(workspace: Workspace, number: int) -> Action:
    with workspace.reading() as reader:
        return next(one for one in reader.all(Action) if one.number == number)


def count(workspace: Workspace) -> int:
    with workspace.reading() as reader:
        return len(reader.all(Action))


def cells(dialog: ImportActions) -> list[tuple[str, ...]]:
    return [row.cells for row in dialog.table.words.rows]


def said(dialog: ImportActions) -> str:
    return dialog._problem.text()


def test_conflicts_stand_first_and_stay_everything_else_is_ticked(look: Look, book: Path) -> None:
    dialog = look(book)
    assert dialog.counts.text() == "1 change, 1 conflict, 1 proposal"
    assert cells(dialog) == [
        ("keep", "A-001 What", "Ours", "Theirs"),
        ("take", "A-002 Due", "1 Dec 2026", "20 Dec 2026"),
        ("take", "new action", "", "A new idea"),
    ]
    assert dialog.table.hasFocus()
    assert dialog.accept_button.text() == "Take over 2 changes"
    assert dialog.table.words.rows[0].small[1].startswith("conflict · ")


def test_enter_takes_over_what_is_ticked_in_one_step(
    qtbot: QtBot, look: Look, book: Path, workbench: Workbench
) -> None:
    dialog = look(book)
    book.unlink()
    with qtbot.waitSignal(workbench.told) as told:
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert told.args == ["2 changes of the action plan are taken over."]
    assert (dialog.is_taken, dialog.result()) == (True, QDialog.DialogCode.Accepted)
    workspace = workbench.workspace
    assert (action(workspace, 1).what, action(workspace, 2).due_on) == ("Ours", date(2026, 12, 20))
    assert action(workspace, 3).is_proposal
    assert workbench.undo_title() == "taking in the action plan"
    workbench.undo()
    assert (action(workspace, 2).due_on, count(workspace)) == (date(2026, 12, 1), 2)


def test_escape_takes_nothing(qtbot: QtBot, look: Look, book: Path, workbench: Workbench) -> None:
    dialog = look(book)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Escape)
    assert not dialog.is_taken
    assert count(workbench.workspace) == 2


def test_keys_choose_the_side(qtbot: QtBot, look: Look, book: Path, workbench: Workbench) -> None:
    dialog = look(book)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert cells(dialog)[0][0] == "take"
    qtbot.keyClick(dialog.table, Qt.Key.Key_Left)
    assert cells(dialog)[0][0] == "keep"
    qtbot.keyClick(dialog.table, Qt.Key.Key_Right)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert [row[0] for row in cells(dialog)] == ["take", "keep", "keep"]
    assert dialog.accept_button.text() == "Take over 1 change"
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert action(workbench.workspace, 1).what == "Theirs"
    assert action(workbench.workspace, 2).due_on == date(2026, 12, 1)
    assert count(workbench.workspace) == 2


def test_a_click_on_a_value_takes_that_value(qtbot: QtBot, look: Look, book: Path) -> None:
    dialog = look(book)

    def click(row: int, column: int) -> None:
        place = dialog.table.visualRect(dialog.table.words.index(row, column)).center()
        qtbot.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    click(0, 3)
    click(1, 2)
    click(2, 0)
    assert [row[0] for row in cells(dialog)] == ["take", "keep", "keep"]
    click(0, 2)
    click(1, 0)
    assert [row[0] for row in cells(dialog)] == ["keep", "take", "keep"]


def test_with_nothing_ticked_it_says_why_it_cannot_be_pressed(qtbot: QtBot, look: Look, book: Path) -> None:
    dialog = look(book)
    qtbot.mouseClick(dialog.none_button, Qt.MouseButton.LeftButton)
    assert not dialog.accept_button.isEnabled()
    assert dialog.accept_button.accessibleDescription() == "Nothing is chosen."
    qtbot.mouseClick(dialog.all_button, Qt.MouseButton.LeftButton)
    assert dialog.accept_button.text() == "Take over 3 changes"


def test_two_files_stand_beside_one_another(
    qtbot: QtBot,
    look: Look,
    workspace: Workspace,
    engagement: Engagement,
    tmp_path: Path,
    workbench: Workbench,
) -> None:
    paths = [make_workbook(workspace, "actions", target=tmp_path / f"{name}.xlsx") for name in ("ada", "ben")]
    edited(paths[0], put("what", "Ada's"), put("note", "Only Ada", 1))
    edited(paths[1], put("what", "Ben's"))
    dialog = look(*paths)
    assert [column.title for column in dialog.table.words.columns][2:] == ["Here now", "ada.xlsx", "ben.xlsx"]
    assert cells(dialog) == [
        ("keep", "A-001 What", "First action", "Ada's", "Ben's"),
        ("take", "A-002 Note", "(empty)", "Only Ada", ""),
    ]
    for _press in range(2):
        qtbot.keyClick(dialog.table, Qt.Key.Key_Right)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert (action(workspace, 1).what, action(workspace, 2).note) == ("Ben's", "Only Ada")


def test_wrong_cells_are_named_and_the_file_is_read_again_when_it_was_mended(
    qtbot: QtBot, look: Look, book: Path
) -> None:
    edited(book, put("due_on", "03/04/2027"), put("owner", "Nobody", 1))
    dialog = look(book)
    assert [row.cells[:2] for row in dialog.wrong.words.rows] == [
        ("Sheet Actions, D5", "“03/04/2027”"),
        ("Sheet Actions, C6", "“Nobody”"),
    ]
    assert dialog.wrong_caption.text().startswith("1 place is left out")
    edited(book, put("due_on", "2027-04-03"), put("owner", "Ada Sample", 1))
    qtbot.mouseClick(dialog.again_button, Qt.MouseButton.LeftButton)
    wait(qtbot, dialog)
    assert not dialog.wrong.isVisible()
    assert ("take", "A-001 Due", "1 Dec 2026", "3 Apr 2027") in cells(dialog)


def test_what_was_overtaken_meanwhile_is_refused_and_read_again(
    qtbot: QtBot, look: Look, book: Path, workbench: Workbench
) -> None:
    dialog = look(book)
    change_action(workbench.workspace, action(workbench.workspace, 2).id, proof="Newer")
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert said(dialog).startswith("A-002 was changed here meanwhile")
    assert count(workbench.workspace) == 2
    qtbot.mouseClick(dialog.again_button, Qt.MouseButton.LeftButton)
    wait(qtbot, dialog)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert count(workbench.workspace) == 3


def test_a_file_that_is_none_of_ours_is_refused_with_a_way_out(look: Look, book: Path) -> None:
    book.write_text("A-001;Theirs\n")
    dialog = look(book)
    assert dialog.difference is None
    assert not dialog.accept_button.isEnabled()
    assert "CSV" in said(dialog)


def test_without_a_file_it_asks_for_one_or_takes_what_is_dropped(
    qtbot: QtBot, look: Look, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = look()
    assert dialog.empty.isVisible()
    assert dialog.focusWidget() is dialog.empty.button
    assert not dialog.accept_button.isEnabled()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(book))])
    drop = QDropEvent(
        QPointF(QPoint(40, 40)), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )  # fmt: skip
    dialog.dropEvent(drop)
    wait(qtbot, dialog)
    assert len(cells(dialog)) == 3
    again = look()
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_asked: ([str(book)], ""))
    qtbot.keyClick(again.empty.button, Qt.Key.Key_Return)
    wait(qtbot, again)
    assert len(cells(again)) == 3
    assert Settings().incoming_folder == book.parent


def test_asked_it_answers_whether_something_was_taken(
    qtbot: QtBot, workbench: Workbench, engagement: Engagement, book: Path, answer: Answer
) -> None:
    def take(dialog: QDialog) -> None:
        wait(qtbot, dialog)
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    answer(take)
    assert ImportActions.ask(workbench, engagement.id, book)
    assert action(workbench.workspace, 2).due_on == date(2026, 12, 20)

    def leave(dialog: QDialog) -> None:
        wait(qtbot, dialog)
        dialog.reject()

    answer(leave)
    assert not ImportActions.ask(workbench, engagement.id, [book])


def test_closing_it_ends_the_reading(
    qtbot: QtBot, workbench: Workbench, engagement: Engagement, book: Path
) -> None:
    dialog = ImportActions(None, workbench, engagement.id, (book,))
    qtbot.addWidget(dialog)
    (job,) = workbench.jobs.under_way
    dialog.reject()
    assert job.is_cancelled
    qtbot.waitUntil(lambda: not workbench.jobs.under_way)


def test_everything_in_it_has_a_name_and_can_be_hit(look: Look, book: Path) -> None:
    edited(book, put("due_on", "soon"))
    for dialog in (look(book), look()):
        assert unnamed_controls(dialog) == []
        assert small_targets(dialog) == []
        assert rich_labels(dialog) == []


def test_the_plan_of_another_dealership_is_refused_by_name(
    look: Look, workspace: Workspace, tmp_path: Path
) -> None:
    other = add_dealership(workspace, name="Garage Exemple", country="FR", city="Ville").made(Dealership)
    path = make_workbook(workspace, "actions", dealership_id=other.id, target=tmp_path / "theirs.xlsx")
    assert said(look(path)).startswith(
        "theirs.xlsx is the action plan of Garage Exemple, not of Autohaus Beispiel."
    )
