"""One finding from a rating of four to its end, in the window, by keys and mouse, over five months."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from qma_app.domain.action import Action, Stage
from qma_app.domain.cause import Cause
from qma_app.domain.cause_rules import CauseTree
from qma_app.domain.dealership import Dealership
from qma_app.domain.finding import Finding, FindingGrade, Reply
from qma_app.domain.people import Person, Role
from qma_app.domain.verification import Effect, Verification, VerificationKind
from qma_app.i18n import in_language
from qma_app.services.log import verify_workspace
from qma_app.services.people import add_person
from qma_app.services.reports import make_report
from qma_app.services.workbooks import make_workbook
from qma_app.services.working import start_working
from qma_app.services.workspace import Workspace, open_workspace
from tests.builders import NOW
from tests.exchange.action_workbook.conftest import _in_this_process, edited, put
from tests.ui.answering import Answer
from tests.ui.hands import CTRL, Hands
from ui.dialogs.import_actions import ImportActions
from ui.dialogs.verify_effect import VerifyEffect
from ui.findings.fields import FindingFields
from ui.findings.section import Section
from ui.frontdoor import FrontDoor
from ui.models.findings_rows import Tab
from ui.pages.checklists import ChecklistsPage
from ui.pages.findings import FindingsPage
from ui.places import Place
from ui.theme import ThemeKeeper
from ui.widgets.buttons import MenuButton
from ui.window import MainWindow
from ui.workbench import Workbench

__all__ = ["_in_this_process"]  # a fixture

COACH, OWNER, DEPUTY = "Ines Coach", "Ada Sample", "Ben Muster"
WHYS = (
    "Advisers are paid for the marks alone",
    "Their bonus knows no other measure",
    "Nobody looks at the bonus plan once it is signed",
)
FIRST_ACTION = "Take the marks out of the bonus plan"
GOAL = "No customer is asked for marks"
PROGRESS = "New plan signed by all advisers"
CORRECTION = "The cards were taken off the desk"
REPLY = "We saw it the same way"
GIVEN_UP = "The new plan alone changed nothing"
CLOSING = "Nobody was asked for marks"
WRITTEN = (*WHYS, FIRST_ACTION, GOAL, PROGRESS, CORRECTION, REPLY, GIVEN_UP, CLOSING, OWNER, DEPUTY)
"""What was typed on the way, in the window and in the workbook."""

HISTORY = {
    "21 Nov 2026": (
        "Rating",
        "F-001: raised",
        *("F-001",) * 3,
        *("Cause: noted",) * 3,
        *("Cause",) * 3,
        "Action A-001: planned",
        "Action A-001 for this finding",
        *("Action A-001",) * 2,
        "F-001: plan accepted",
        "F-001: taken back",
        "F-001: done again",
    ),
    "3 Dec 2026": ("Action A-001: done", "F-001: reply of the dealership"),
    "5 Feb 2027": (
        "Check of A-001, Sample: planned",
        "Check of A-001, Sample: sample drawn",
        "Check of A-001, Sample: not shown",
        "Action A-001: no effect, back to plan",
        "F-001: plan no longer accepted",
        "Action A-001: given up",
        "Action A-002: planned",
        "Action A-002 for this finding",
        *("Action A-002",) * 2,
        "F-001: plan accepted",
    ),
    "15 Feb 2027": ("Action A-002: started", "Action A-002: done"),
    "today 09:00": (
        "Check of A-002, Sample: planned",
        "Check of A-002, Sample: sample drawn",
        "Check of A-002, Sample: effective",
        "Action A-002: effect shown",
        "F-001",
        "F-001: closed",
    ),
}
SHIFT = Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key


class Clock:
    """Stands on a day until it is moved on, and ticks a second with each look."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def move_to(self, day: date) -> None:
        self.at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


@dataclass(kw_only=True)
class Walk(Hands):
    """The coach's hands on the page of findings."""

    clock: Clock
    answer: Answer
    folder: Path

    @property
    def page(self) -> FindingsPage:
        page = self.window.current_page
        assert isinstance(page, FindingsPage)
        return page

    @property
    def panel(self) -> FindingFields:
        return self.page.editor.fields

    @property
    def finding(self) -> Finding:
        (found,) = self.all(Finding)
        return found

    def action(self, number: int) -> Action:
        return next(one for one in self.all(Action) if one.number == number)

    def unfold(self, section: Section) -> None:
        if not section.is_unfolded:
            self.click(section.head)

    def choose(self, words: str, open_menu: Callable[[], object]) -> None:
        """Walk down a menu to the entry that begins with these words, and take it."""
        chosen: list[str] = []

        def walk() -> None:
            menu = QApplication.activePopupWidget()
            if not isinstance(menu, QMenu):
                return
            looking.stop()
            for _entry in menu.actions():
                QTest.keyClick(menu, KEY.Key_Down)
                active = menu.activeAction()
                if active.text().startswith(words):
                    chosen.append(active.text())
                    QTest.keyClick(menu, KEY.Key_Return)
                    return
            menu.close()

        looking = QTimer(self.window, interval=1)
        looking.timeout.connect(walk)
        looking.start()
        open_menu()
        self.qtbot.waitUntil(lambda: not looking.isActive())
        assert chosen, words

    def open_menu(self, button: MenuButton, words: str) -> None:
        self.choose(words, lambda: self.click(button))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workspace(tmp_path: Path, _furnished: Path, clock: Clock) -> Iterator[Workspace]:
    """A dealership of two people with an open baseline, and a coach at work."""
    names = count(1)
    shutil.copytree(_furnished, tmp_path / "w")
    with open_workspace(tmp_path / "w", clock=clock, new_id=lambda: f"new-{next(names)}") as workspace:
        with workspace.reading() as reader:
            (dealership,) = reader.all(Dealership)
        for name in (OWNER, DEPUTY):
            add_person(workspace, name=name, dealership_id=dealership.id)
        start_working(workspace, role=Role.COACH, name=COACH)
        yield workspace


@pytest.fixture
def walk(
    qtbot: QtBot,
    light: ThemeKeeper,
    workspace: Workspace,
    workbench: Workbench,
    clock: Clock,
    answer: Answer,
    tmp_path: Path,
) -> Iterator[Walk]:
    window = opened(qtbot, workbench)
    yield Walk(qtbot=qtbot, window=window, bench=workbench, clock=clock, answer=answer, folder=tmp_path)
    window.flush()
    window.close()


def opened(qtbot: QtBot, bench: Workbench) -> MainWindow:
    window = MainWindow(bench)
    qtbot.addWidget(window)
    FrontDoor(window)
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go(Place(page="today", dealership_id=bench.dealership_id))
    return window


def test_a_finding_goes_from_a_rating_of_four_to_a_shown_effect(walk: Walk) -> None:
    rate_and_raise(walk)
    write_it_up(walk)
    ask_why(walk)
    plan_an_action(walk)
    accept_the_plan(walk)
    take_back_and_do_again(walk)
    send_the_plan_out_and_take_it_in(walk)
    check_without_effect(walk)
    plan_a_proven_action(walk)
    check_with_effect(walk)
    close_it(walk)
    read_its_history(walk)
    look_at_paper_and_workbook(walk)
    read_it_in_german(walk)


def rate_and_raise(walk: Walk) -> None:
    """Down to the first critical checkpoint, the second step of the scale, F."""
    walk.press(KEY.Key_3, CTRL)
    page = walk.window.current_page
    assert isinstance(page, ChecklistsPage)
    for _row in range(120):
        row = page.acts.row
        assert row is not None
        if row.checkpoint.is_critical:
            break
        walk.press(KEY.Key_Down)
        if page.acts.row is row:  # the last one of its process
            walk.press(KEY.Key_Return, CTRL)
    walk.press(KEY.Key_2)
    walk.press(KEY.Key_F)
    finding = walk.finding
    assert page.acts.row is not None
    assert (finding.grade, finding.checkpoint_id) == (FindingGrade.MAJOR, page.acts.row.checkpoint.id)
    assert page.acts.row.rating is not None
    assert page.acts.row.rating.points == 4


def write_it_up(walk: Walk) -> None:
    """In Findings & actions: who, until when, where."""
    walk.press(KEY.Key_Escape)
    walk.press(KEY.Key_4, CTRL)
    assert walk.panel.head.state.text() == f"seen · raised by {COACH}"
    walk.unfold(walk.panel.facts_part)
    walk.write(walk.panel.owner.words, OWNER)
    walk.write(walk.panel.due_on.field, "+14")
    walk.write(walk.panel.place, "Desk 1")
    assert (walk.finding.owner, walk.finding.due_on) == (OWNER, date(2026, 12, 5))


def ask_why(walk: Walk) -> None:
    """Three whys by Enter; category, origin and tick of the last one by F2, F3 and F4."""
    part = walk.panel.cause_part
    walk.click(part.section.step)
    for place, why in enumerate(WHYS):
        if place:
            walk.press(KEY.Key_Return)
        walk.keys(why)
    walk.choose("Method", lambda: walk.press(KEY.Key_F2))
    walk.choose("Organisation", lambda: walk.press(KEY.Key_F3))
    walk.press(KEY.Key_F4)
    tree = CauseTree(walk.all(Cause))
    assert [(tree.depth_of(one.id), one.words) for one in tree.causes] == list(enumerate(WHYS, 1))
    (root,) = tree.roots
    assert (root.words, root.category) == (WHYS[2], "method")
    assert root.origin
    assert part.problems.isHidden()


def plan_an_action(walk: Walk) -> None:
    """In own words; opened with Enter for its owner, day and goal; Esc leads back."""
    part = walk.panel.action_part
    walk.click(part.section.step)
    walk.keys(FIRST_ACTION)
    walk.press(KEY.Key_Return)
    (card,) = part.cards
    card.setFocus()
    walk.press(KEY.Key_Return)
    fields = walk.page.editor.form.fields
    assert fields.owner.words.text() == OWNER
    walk.write(fields.days["due_on"].field, "+10")
    walk.write(fields.texts["goal"], GOAL)
    walk.press(KEY.Key_Escape)
    assert walk.page.editor.action_id == ""
    action = walk.action(1)
    assert (action.what, action.owner, action.due_on) == (FIRST_ACTION, OWNER, date(2026, 12, 1))
    assert action.goal == GOAL


def accept_the_plan(walk: Walk) -> None:
    walk.click(walk.panel.verification.accept)
    assert walk.panel.head.state.text() == f"plan accepted, effect not yet shown · raised by {COACH}"
    assert walk.panel.verification.accepted.text() == f"Plan accepted 21 Nov 2026 {COACH}"


def take_back_and_do_again(walk: Walk) -> None:
    walk.press(KEY.Key_Z, CTRL)
    assert walk.finding.plan_accepted_on is None
    assert walk.panel.verification.accept.isVisible()
    walk.press(KEY.Key_Z, CTRL | SHIFT)
    assert walk.finding.plan_accepted_on == date(2026, 11, 21)
    assert walk.panel.verification.withdraw.isVisible()


def send_the_plan_out_and_take_it_in(walk: Walk) -> None:
    """The dealership writes progress, the day it was done, another owner, a correction and its reply."""
    with walk.qtbot.waitSignal(walk.bench.file_saved, timeout=10_000) as saved:
        walk.open_menu(walk.page.head.excel, "Save the whole action plan")
    assert saved.args is not None
    book = edited(
        saved.args[0],
        put("progress", PROGRESS),
        put("done_on", date(2026, 12, 1)),
        put("owner", DEPUTY),
        put("correction", CORRECTION, sheet="Findings"),
        put("reply", "agreed", sheet="Findings"),
        put("reply_words", REPLY, sheet="Findings"),
        put("reply_by", OWNER, sheet="Findings"),
    )
    walk.clock.move_to(date(2026, 12, 3))
    walk.answer(lambda dialog: look_at_the_difference(walk, dialog, book))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(book)], ""))
        walk.open_menu(walk.page.head.excel, "Take in an edited workbook")
    action, finding = walk.action(1), walk.finding
    assert (action.stage, action.done_on, action.owner) == (Stage.CHECK, date(2026, 12, 1), DEPUTY)
    assert action.note == PROGRESS
    assert (finding.reply, finding.reply_words) == (Reply.AGREED, REPLY)
    assert finding.correction == CORRECTION
    assert walk.panel.reply.words.toPlainText() == REPLY


def look_at_the_difference(walk: Walk, dialog: QDialog, book: Path) -> None:
    assert isinstance(dialog, ImportActions)
    walk.click(dialog.empty.button)
    walk.qtbot.waitUntil(lambda: dialog.difference is not None, timeout=10_000)
    rows = {row.cells[1]: row.cells[2:] for row in dialog.table.words.rows}
    assert rows["A-001 Owner"] == (OWNER, DEPUTY)
    assert rows["F-001 Reply"] == ("(empty)", "agreed")
    assert len(rows) == 7
    assert dialog.wrong.isHidden()
    walk.press(KEY.Key_Return)


def check_without_effect(walk: Walk) -> None:
    """Two of ten fail: the action goes back to Plan and the check is counted; it is given up."""
    walk.clock.move_to(date(2027, 2, 5))
    walk.answer(lambda dialog: draw_and_tick(walk, dialog, failing=2))
    walk.click(walk.panel.verification.kinds[VerificationKind.SAMPLE])
    action = walk.action(1)
    assert (action.stage, action.reopened) == (Stage.PLAN, 1)
    assert walk.finding.plan_accepted_on is None
    assert "1 overdue" in walk.page.head.detail.text()
    assert walk.panel.head.state.text() == f"planned · raised by {COACH}"
    card = walk.panel.action_part.card_of(action.id)
    assert card is not None
    assert "1 check without effect" in card.more.text()


def draw_and_tick(walk: Walk, dialog: QDialog, *, failing: int) -> None:
    assert isinstance(dialog, VerifyEffect)
    sample = dialog.sample
    walk.click(sample.population)
    sample.population.selectAll()
    walk.keys("120")
    walk.press(KEY.Key_Tab)
    walk.click(sample.draw_button)
    assert len(sample.ticks.numbers) == sample.count.value()
    for _one in range(failing):
        walk.press(KEY.Key_Space)
        walk.press(KEY.Key_Right)
    if not failing:
        walk.click(sample.failing)
        sample.failing.selectAll()
        walk.keys("0")
        walk.press(KEY.Key_Tab)
    effect = Effect.NOT_SHOWN if failing else Effect.EFFECTIVE
    assert dialog.outcome.effect is effect
    walk.click(dialog.outcome.words)
    walk.keys(f"{failing} were asked for marks")
    walk.click(dialog.accept_button)


def plan_a_proven_action(walk: Walk) -> None:
    """The first one is given up; one the standard offers comes in its place, and is done ten days later."""
    part = walk.panel.action_part
    first = part.card_of(walk.action(1).id)
    assert first is not None
    first.setFocus()
    walk.press(KEY.Key_Return)
    form = walk.page.editor.form
    walk.click(form.end.reason)
    walk.keys(GIVEN_UP)
    walk.press(KEY.Key_Return)
    assert walk.action(1).is_dropped
    walk.click(form.back_button)
    with walk.bench.workspace.reading() as reader:
        edition = reader.edition(walk.bench.engagement.edition)  # type: ignore[union-attr]
    assert walk.finding.checkpoint_id is not None
    offer = str(edition.checkpoints[walk.finding.checkpoint_id].actions[0])
    walk.open_menu(part.offer_button, offer[:40])
    second = walk.action(2)
    assert (second.what, second.from_checkpoint) == (offer, walk.finding.checkpoint_id)
    card = part.card_of(second.id)
    assert card is not None
    card.setFocus()
    walk.press(KEY.Key_Return)
    walk.write(form.fields.days["due_on"].field, "+10")
    walk.write(form.fields.days["check_on"].field, "+60")
    walk.press(KEY.Key_Escape)
    walk.click(walk.panel.verification.accept)
    walk.clock.move_to(date(2027, 2, 15))
    card.bar.setFocus()
    walk.press(KEY.Key_Right, times=2)
    second = walk.action(2)
    assert (second.stage, second.done_on) == (Stage.CHECK, date(2027, 2, 15))
    assert second.check_on == date(2027, 4, 6)


def check_with_effect(walk: Walk) -> None:
    walk.clock.move_to(date(2027, 4, 8))
    walk.answer(lambda dialog: draw_and_tick(walk, dialog, failing=0))
    walk.click(walk.panel.verification.kinds[VerificationKind.SAMPLE])
    assert walk.action(2).effective_on == date(2027, 4, 8)
    assert [one.effect for one in walk.all(Verification)] == [Effect.NOT_SHOWN, Effect.EFFECTIVE]
    assert walk.panel.head.state.text() == f"effect shown · raised by {COACH}"


def close_it(walk: Walk) -> None:
    closing = walk.panel.closing
    assert closing.obstacles.isHidden()
    walk.click(closing.note)
    walk.keys(CLOSING)
    walk.click(closing.close_button)
    assert (walk.finding.closed_on, walk.finding.closing_note) == (
        date(2027, 4, 8),
        CLOSING,
    )
    assert walk.page.table.findings.rowCount() == 0
    assert walk.page.isAncestorOf(walk.window.focusWidget())
    show_closed(walk)
    assert walk.panel.head.state.text() == f"closed · raised by {COACH}"
    assert closing.reopen_button.isVisible()


def read_its_history(walk: Walk) -> None:
    """Unfolded, the newest step on top: each says what, who and when."""
    section = walk.panel.history.section
    walk.click(section.head)
    lines = [
        [label.text() for label in row.findChildren(QLabel)]
        for row in section.inside.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    ]
    assert all(len(line) >= 2 for line in lines)
    told = [(line[0], line[1]) for line in reversed(lines)]
    assert told == [(f"{day} · {COACH}", step) for day, steps in HISTORY.items() for step in steps]
    details = "\n".join(line[2] for line in lines if len(line) > 2)
    for words in (
        *WRITTEN,
        "Category: Method",
        "Origin: Organisation",
        "Proposed by the standard at: MGT-04.4",
        "Failing found: 0",
    ):
        assert words in details


def look_at_paper_and_workbook(walk: Walk) -> None:
    """The log is whole; the sheet of the finding and the workbook hold the words of every step."""
    workspace = walk.bench.workspace
    assert verify_workspace(workspace).faults == ()
    sheet = make_report(workspace, "finding", of="F-001", target=walk.folder / "finding.pdf")
    on_paper = _in_one_line("\n".join(page.extract_text() for page in PdfReader(sheet).pages))
    book = load_workbook(make_workbook(workspace, "actions", target=walk.folder / "plan.xlsx"))
    in_book = "\n".join(str(cell.value) for one in book for row in one for cell in row if cell.value)
    for words in WRITTEN:
        assert words in on_paper, words
        assert words in in_book, words


def read_it_in_german(walk: Walk) -> None:
    """What stands in the panel in both languages alike was typed by somebody, or is a name."""
    english = texts_in(walk.panel)
    walk.window.close()
    with in_language("de"):
        window = opened(walk.qtbot, walk.bench)
        walk = replace(walk, window=window)
        walk.press(KEY.Key_4, CTRL)
        show_closed(walk)
        walk.panel.history.section.unfold()
        assert walk.panel.head.state.text().startswith("geschlossen")
        sheet = walk.page.editor.sheet
        walk.qtbot.waitUntil(lambda: walk.panel.width() <= sheet.viewport().width())
        german = texts_in(walk.panel)
    typed = "\n".join(str(value) for one in _records(walk) for value in asdict(one).values())
    labels = {one.label for one in _records(walk) if isinstance(one, Finding | Action)}
    same = {text for text in english & german if text not in typed} - labels
    assert same == set()
    window.close()


def show_closed(walk: Walk) -> None:
    tabs = walk.page.filters.tabs
    place = tabs.tabRect(list(Tab).index(Tab.CLOSED)).center()
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=place)


def texts_in(panel: QWidget) -> set[str]:
    """Everything shown or spoken in it that has letters."""
    texts: set[str] = set()
    for widget in panel.findChildren(QWidget):
        if not widget.isVisible():
            continue
        texts |= {widget.accessibleName(), widget.toolTip()}
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            texts.add(widget.text())
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            texts.add(widget.placeholderText())
    return {text for text in texts if any(map(str.isalpha, text))}


def _records(walk: Walk) -> list[Any]:
    return [one for kind in (Finding, Action, Cause, Verification, Person) for one in walk.all(kind)]


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
