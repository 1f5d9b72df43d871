"""Dialogs ask little, answer with a value or nothing, and leave no trace of themselves."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit
from pytestqt.qtbot import QtBot

from qma_app.domain.ids import PersonId
from qma_app.domain.people import Role
from qma_app.services.recovery import UnsavedText, keep_unsaved, unsaved_texts
from qma_app.services.working import WorkerView
from tests.ui.answering import Answer
from tests.ui.looking import rich_labels, unnamed_controls
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.confirm_restore import ConfirmRestoreDialog
from ui.dialogs.edit_dealership import EditDealershipDialog
from ui.dialogs.new_dealership import AreaChoice, FirstAreaDialog, NewDealershipDialog
from ui.dialogs.quick_capture import QuickCapture
from ui.dialogs.reason import ReasonDialog
from ui.dialogs.shortcuts_sheet import ShortcutsSheet
from ui.dialogs.unsaved_words import UnsavedWordsDialog
from ui.dialogs.who_is_working import WhoIsWorkingDialog
from ui.keys import ANYWHERE
from ui.widgets.buttons import Button
from ui.workbench import Workbench

ADA = WorkerView(
    person_id=PersonId("p"), name="Ada Sample", role=Role.AUDITOR, number="A-7", valid_until=date(2027, 6, 30)
)
TODAY = date(2026, 11, 21)
CHOICES = (
    AreaChoice(id="management", code="MGT", title="Management", checkpoints=40),
    AreaChoice(id="service", code="SRV", title="Service", checkpoints=1),
)

pytestmark = pytest.mark.usefixtures("light")


def _enter(dialog: QDialog) -> None:
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)


def _escape(dialog: QDialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_a_new_dealership_needs_a_name_and_a_country(qtbot: QtBot) -> None:
    dialog = NewDealershipDialog(None)
    qtbot.addWidget(dialog)
    assert not dialog.accept_button.isEnabled()
    QTest.keyClicks(dialog.name, "  ")
    assert not dialog.accept_button.isEnabled()
    QTest.keyClicks(dialog.name, "Autohaus Probe")
    assert dialog.accept_button.isEnabled()
    dialog.country.setEditText("Nowhere")
    assert not dialog.accept_button.isEnabled()
    dialog.country.setEditText("switzerland")
    answer = dialog.answer()
    assert (answer.name, answer.country) == ("Autohaus Probe", "CH")
    assert answer.features is None


def test_more_is_folded_and_counts_only_once_looked_at(qtbot: QtBot) -> None:
    dialog = NewDealershipDialog(None)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.features is None
    dialog.more_button.click()
    assert dialog.features is not None
    assert "service" in dialog.features.chosen()
    assert dialog.staff is not None
    dialog.staff.setValue(24)
    answer = dialog.answer()
    assert answer.staff == 24
    assert answer.features is not None
    assert "service" in answer.features


def test_the_first_area_is_chosen_already(answer: Answer) -> None:
    answer(_enter)
    assert FirstAreaDialog.ask(None, CHOICES) == "management"
    answer(_escape)
    assert FirstAreaDialog.ask(None, CHOICES) is None


def test_an_arrow_chooses_another_area(answer: Answer) -> None:
    def down(dialog: QDialog) -> None:
        assert isinstance(dialog, FirstAreaDialog)
        QTest.keyClick(dialog.areas, Qt.Key.Key_Down)
        QTest.keyClick(dialog.areas, Qt.Key.Key_Return)

    answer(down)
    assert FirstAreaDialog.ask(None, CHOICES) == "service"


def test_who_is_working_is_prefilled_with_the_name_the_computer_knows(
    answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "ada.sample")
    answer(_enter)
    working = WhoIsWorkingDialog.ask(None, (), None, today=TODAY)
    assert working is not None
    assert (working.name, working.role, working.valid_until) == ("Ada Sample", Role.COACH, None)


def test_who_is_working_can_be_skipped(answer: Answer) -> None:
    answer(_escape)
    assert WhoIsWorkingDialog.ask(None, (), None, today=TODAY) is None


def test_who_is_working_shows_role_number_and_validity(answer: Answer) -> None:
    answer(_enter)
    working = WhoIsWorkingDialog.ask(None, (ADA,), ADA, today=TODAY)
    assert working is not None
    assert (working.name, working.role) == ("Ada Sample", Role.AUDITOR)
    assert (working.number, working.valid_until) == ("A-7", date(2027, 6, 30))


KIM = WorkerView(
    person_id=PersonId("k"), name="Kim Coach", role=Role.COACH, number="C-1", valid_until=date(2028, 1, 31)
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ada sample", (Role.AUDITOR, "A-7", date(2027, 6, 30))),
        ("Kim Coach", (Role.COACH, "C-1", date(2028, 1, 31))),
        ("Somebody New", (Role.COACH, "", None)),
    ],
)
def test_another_name_never_takes_over_somebodys_certificate(
    answer: Answer, name: str, expected: tuple[Role, str, date | None]
) -> None:
    def type_name(dialog: QDialog) -> None:
        QTest.keyClicks(dialog.focusWidget(), name)
        _enter(dialog)

    answer(type_name)
    working = WhoIsWorkingDialog.ask(None, (KIM, ADA), KIM, today=TODAY)
    assert working is not None
    assert (working.role, working.number, working.valid_until) == expected


def test_another_role_needs_a_certificate_of_its_own_and_a_typed_number_stays(qtbot: QtBot) -> None:
    dialog = WhoIsWorkingDialog(None, (KIM, ADA), KIM, TODAY)
    qtbot.addWidget(dialog)
    dialog.role.setCurrentIndex(dialog.role.findData(Role.AUDITOR))
    dialog.role.activated.emit(dialog.role.currentIndex())
    assert (dialog.number.text(), dialog.has_end.isChecked()) == ("", False)
    dialog.number.setText("A-99")
    line = dialog.name.lineEdit()
    assert line is not None
    QTest.keyClicks(line, "berly")
    assert dialog.answer().number == "A-99"


def test_what_comes_in_later_pushes_nothing_together(qtbot: QtBot) -> None:
    dialog = WhoIsWorkingDialog(None, (KIM,), KIM, TODAY)
    qtbot.addWidget(dialog)
    dialog.show()
    height = dialog.number.height()
    before = dialog.height()
    dialog.show_problem(" ".join(["Somebody else has this number already."] * 12))
    qtbot.waitUntil(lambda: dialog.height() > before)
    assert dialog.number.height() == height


def test_nobody_can_be_named(answer: Answer) -> None:
    def nobody(dialog: QDialog) -> None:
        next(b for b in dialog.findChildren(Button) if b.text() == "Name nobody").click()

    answer(nobody)
    working = WhoIsWorkingDialog.ask(None, (ADA,), ADA, today=TODAY)
    assert working is not None
    assert working.name == ""


def test_a_reason_is_never_empty(answer: Answer) -> None:
    def look_and_type(dialog: QDialog) -> None:
        assert isinstance(dialog, ReasonDialog)
        QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
        assert dialog.isVisible()
        QTest.keyClicks(dialog.reason, " Archive locked ")
        QTest.keyClick(dialog.reason, Qt.Key.Key_Return)

    answer(look_and_type)
    assert ReasonDialog.ask(None, "Not seen") == "Archive locked"


def test_a_usual_reason_is_one_key_away(answer: Answer) -> None:
    def second(dialog: QDialog) -> None:
        QTest.qWaitForWindowActive(dialog)
        QTest.keyClick(dialog, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)

    answer(second)
    assert (
        ReasonDialog.ask(None, "Not applicable", suggestions=("Not offered", "Done by a partner"))
        == "Done by a partner"
    )


def test_what_cannot_be_undone_is_confirmed_with_the_safe_answer_first(answer: Answer) -> None:
    answer(_enter)
    assert not ConfirmDialog.ask(None, "Remove the sample?", "It is deleted.", accept="Remove sample")


def test_restoring_says_how_old_the_backup_is_and_that_nothing_is_thrown_away(qtbot: QtBot) -> None:
    from ui.widgets.labels import PlainLabel

    dialog = ConfirmRestoreDialog(
        None, Path("a.qmabackup"), datetime(2026, 11, 20, 8, 1, tzinfo=UTC), replaces=True
    )
    qtbot.addWidget(dialog)
    words = " ".join(label.text() for label in dialog.findChildren(PlainLabel))
    assert "20 Nov 2026" in words
    assert "nothing is thrown away" in words


def test_enter_saves_a_captured_note_and_shift_enter_begins_a_line(answer: Answer) -> None:
    def type_two_lines(dialog: QDialog) -> None:
        assert isinstance(dialog, QuickCapture)
        QTest.keyClick(dialog.text, Qt.Key.Key_Return)
        assert dialog.isVisible()
        QTest.keyClicks(dialog.text, "First")
        QTest.keyClick(dialog.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyClicks(dialog.text, "Found fan")
        QTest.keyClick(dialog.text, Qt.Key.Key_Return)

    answer(type_two_lines)
    captured = QuickCapture.ask(None, "here")
    assert captured is not None
    assert captured.text == "First\nFound fan"
    assert not captured.is_finding


def test_f_outside_the_field_makes_it_a_finding(answer: Answer) -> None:
    def leave_and_press_f(dialog: QDialog) -> None:
        assert isinstance(dialog, QuickCapture)
        QTest.qWaitForWindowActive(dialog)
        QTest.keyClicks(dialog.text, "No fire plan")
        QTest.keyClick(dialog.text, Qt.Key.Key_Tab)
        focused = dialog.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_F)

    answer(leave_and_press_f)
    captured = QuickCapture.ask(None, "here")
    assert captured is not None
    assert captured.is_finding


def test_enter_presses_the_button_one_stands_on(answer: Answer) -> None:
    def stand_on(name: str) -> Callable[[QDialog], None]:
        def press(dialog: QDialog) -> None:
            assert isinstance(dialog, QuickCapture)
            QTest.qWaitForWindowActive(dialog)
            QTest.keyClicks(dialog.text, "No fire plan")
            button = getattr(dialog, name)
            button.setFocus()
            assert dialog.focusWidget() is button
            _enter(dialog)

        return press

    answer(stand_on("finding_button"))
    captured = QuickCapture.ask(None, "here")
    assert captured is not None
    assert captured.is_finding
    answer(stand_on("cancel_button"))
    assert QuickCapture.ask(None, "here") is None


def test_a_country_is_offered_by_its_beginning_before_its_middle(qtbot: QtBot) -> None:
    dialog = NewDealershipDialog(None)
    qtbot.addWidget(dialog)
    dialog.show()
    line, completer = dialog.country.lineEdit(), dialog.country.completer()
    assert line is not None
    assert completer is not None
    offered = completer.completionModel()
    line.clear()
    QTest.keyClicks(line, "Ger")
    assert [offered.index(row, 0).data() for row in range(offered.rowCount())] == ["Germany"]
    line.clear()
    QTest.keyClicks(line, "Kingdom")
    assert offered.index(0, 0).data() == "United Kingdom"
    popup = completer.popup()
    assert popup is not None
    popup.hide()


def test_the_sheet_shows_this_screen_and_anywhere(answer: Answer) -> None:
    from ui.shortcuts import Shortcut
    from ui.widgets.labels import PlainLabel

    seen: set[str] = set()

    def look(dialog: QDialog) -> None:
        seen.update(label.text() for label in dialog.findChildren(PlainLabel))
        _escape(dialog)

    answer(look)
    ShortcutsSheet.tell(None, "Checklists", [Shortcut(keys="F", title="Raise finding")], ANYWHERE)
    assert {"Checklists", "Raise finding", "F", "Ctrl+K", "Anywhere"} <= seen


def test_words_left_behind_can_be_put_back(
    qtbot: QtBot, workbench: Workbench, dealership_id: str, answer: Answer
) -> None:
    from qma_app.domain.dealership import Dealership

    left = UnsavedText(
        field="change_dealership.note",
        text="Ask for the fire plan",
        at=datetime(2026, 11, 21, tzinfo=UTC),
        dealership=dealership_id,
        record_id=dealership_id,
    )
    keep_unsaved(workbench.workspace, (left,))

    def put_back(dialog: QDialog) -> None:
        shown = dialog.findChild(QPlainTextEdit)
        assert isinstance(shown, QPlainTextEdit)
        assert shown.toPlainText() == "Ask for the fire plan"
        next(b for b in dialog.findChildren(Button) if b.text() == "Put back").click()

    answer(put_back)
    UnsavedWordsDialog.tell(None, workbench)
    assert unsaved_texts(workbench.workspace) == ()
    with workbench.workspace.reading() as reader:
        assert reader.get(Dealership, dealership_id).note == "Ask for the fire plan"


def test_dialogs_are_gone_after_their_answer(answer: Answer) -> None:
    seen: list[weakref.ref[QDialog]] = []

    def look(dialog: QDialog) -> None:
        seen.append(weakref.ref(dialog))
        _escape(dialog)

    for _round in range(3):
        answer(look)
        ReasonDialog.ask(None, "Not seen")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert [ref() for ref in seen] == [None, None, None]


def test_every_control_of_every_dialog_has_a_name(qtbot: QtBot, workbench: Workbench) -> None:
    new = NewDealershipDialog(None)
    new.more_button.click()
    dialogs = [
        new,
        FirstAreaDialog(None, CHOICES),
        WhoIsWorkingDialog(None, (ADA,), ADA, TODAY),
        ReasonDialog(None, "Not seen", "", "Save reason", ("One",)),
        ConfirmDialog(None, "Sure?", "", "Yes"),
        ConfirmRestoreDialog(None, Path("a.qmabackup"), None, replaces=False),
        QuickCapture(None, "here"),
        ShortcutsSheet(None, "Today", (), ANYWHERE),
        EditDealershipDialog(None, workbench),
    ]
    for dialog in dialogs:
        qtbot.addWidget(dialog)
        assert unnamed_controls(dialog) == [], type(dialog).__name__
        assert rich_labels(dialog) == [], type(dialog).__name__
    workbench.failed.disconnect()
