"""The hands of somebody who walks an audit in the window: keys and mouse go to what is on the screen, the records are only looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDateTimeEdit,
    QDialog,
)
from pytestqt.qtbot import QtBot

from qma_app.domain.audit import Audit
from qma_app.domain.audit_path import StepCode
from qma_app.domain.people import Role
from qma_app.services.workspace import Workspace
from tests.services.signed import PASSPHRASE, key_file
from tests.ui.answering import Answer
from tests.ui.audit.walk_house import LAPSES, StillClock, the_audit, the_dealership
from tests.ui.hands import CTRL, Hands
from ui.audit.key_form import KeyForm
from ui.audit.part import AuditPart
from ui.dialogs.who_is_working import WhoIsWorkingDialog
from ui.frontdoor import FrontDoor
from ui.pages.audit import AuditPage
from ui.places import Place
from ui.widgets.date_edit import DateEdit
from ui.window import MainWindow
from ui.workbench import Workbench

KEY = Qt.Key
_LONGEST = 20_000
P = TypeVar("P", bound=AuditPart)


@dataclass(kw_only=True)
class AuditHands(Hands):
    """Hands that walk along the steps of an audit."""

    clock: StillClock
    answer: Answer
    folder: Path

    @property
    def page(self) -> AuditPage:
        page = self.window.current_page
        assert isinstance(page, AuditPage)
        return page

    @property
    def audit(self) -> Audit:
        return the_audit(self.bench.workspace)

    def wait_until(self, day: date, hour: int = 12, minute: int = 0) -> None:
        """The window is looked at again at that time."""
        self.clock.put(day, hour, minute)
        self.window.refresh_page()

    def choose(self, box: QComboBox, words: str) -> None:
        """Walk along a choice by the arrows until it says so."""
        box.setFocus()
        self.press(KEY.Key_Home)
        for _entry in range(box.count()):
            if box.currentText() == words:
                return
            self.press(KEY.Key_Down)
        raise AssertionError(f"{words}: not among the choices")

    def type_day(self, edit: DateEdit, day: date) -> None:
        """Type year, month and day, each where it stands."""
        edit.setFocus()
        sections = QDateTimeEdit.Section
        for section, words in (
            (sections.YearSection, f"{day.year}"),
            (sections.MonthSection, f"{day:%b}"),
            (sections.DaySection, f"{day:%d}"),
        ):
            edit.setSelectedSection(section)
            self.keys(words)
        assert edit.day == day

    def rest(self) -> None:
        """Until nothing works beside the window."""
        self.qtbot.waitUntil(lambda: not self.bench.jobs.under_way, timeout=_LONGEST)

    def step(self, kind: type[P], letter: Qt.Key | None = None) -> P:
        """The step of the path on the screen, called by its letter."""
        if letter is not None:
            self.press(letter)
        part = self.page.shown
        assert isinstance(part, kind), part
        return part

    def turn_to(self, kind: type[P], letter: Qt.Key) -> P:
        """The same from the line of steps, out of a field in which letters are words."""
        stepper = self.page.head.stepper
        stepper.cells[stepper.current].setFocus()
        return self.step(kind, letter)

    def walk_to(self, kind: type[P], code: StepCode) -> P:
        """The same by the arrows along the line of steps."""
        stepper = self.page.head.stepper
        keys = list(stepper.cells)
        stepper.cells[stepper.current].setFocus()
        self.press(KEY.Key_Home)
        self.press(KEY.Key_Right, times=keys.index(code))
        return self.step(kind)

    def expect(self, *answers: tuple[type[Any], Callable[[Any], object]]) -> None:
        """The next dialogs are of these kinds, and this is done in each."""
        self.answer(*(_acting(kind, act) for kind, act in answers))

    def sit_down(self, role: Role, name: str, number: str) -> None:
        """Somebody says in the status bar who is working, with the certificate."""

        def say(dialog: WhoIsWorkingDialog) -> None:
            line = dialog.name.lineEdit()
            assert line is not None
            line.setFocus()
            self.press(KEY.Key_A, CTRL)
            self.keys(name)
            self.choose(dialog.role, _role_words(dialog, role))
            self.write(dialog.number, number)
            if not dialog.has_end.isChecked():
                dialog.has_end.setFocus()
                self.press(KEY.Key_Space)
            self.type_day(dialog.until, LAPSES)
            self.click(dialog.accept_button)

        self.expect((WhoIsWorkingDialog, say))
        self.click(self.window.status.worker)
        worker = self.bench.workspace.worker
        assert worker is not None
        assert worker.role is role

    def key_file(self, name: str) -> Path:
        """Somebody's key for trial, where it lies."""
        path = self.folder / f"{name.split(maxsplit=1)[0]}.p12"
        path.write_bytes(key_file(name))
        return path

    def use_key(self, form: KeyForm, path: Path) -> None:
        """Type where the key lies, and its passphrase."""
        self.write(form.file, str(path))
        self.write(form.passphrase, PASSPHRASE)
        assert form.key is not None, form.words.text()

    def save(self, act: Callable[[], Any]) -> Path:
        """The file that is saved by what is done."""
        with self.qtbot.waitSignal(self.bench.file_saved, timeout=_LONGEST) as saved:
            act()
        assert saved.args is not None
        self.rest()
        return Path(saved.args[0])


def open_window(qtbot: QtBot, bench: Workbench, workspace: Workspace) -> MainWindow:
    """The window as it stands after a start, on the dealership of the workspace."""
    window = MainWindow(bench)
    qtbot.addWidget(window)
    FrontDoor(window)
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    bench.use(workspace)
    bench.open_dealership(the_dealership(workspace).id)
    window.go(Place(page="today", dealership_id=bench.dealership_id))
    return window


def _role_words(dialog: WhoIsWorkingDialog, role: Role) -> str:
    return dialog.role.itemText(dialog.role.findData(role))


def _acting(kind: type[QDialog], act: Callable[[Any], object]) -> Callable[[QDialog], None]:
    def acting(dialog: QDialog) -> None:
        assert isinstance(dialog, kind), dialog
        act(dialog)

    return acting
