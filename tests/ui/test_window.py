"""The frame leads between pages it knows nothing of, and remembers where one was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from qma_app.domain.record import Changes
from qma_app.errors import NotFound, StorageTrouble
from qma_app.services.dealerships import change_dealership
from ui.frontdoor import FrontDoor
from ui.pages import PAGES, PageEntry
from ui.pages.page import Page
from ui.places import Place
from ui.shortcuts import Command, Shortcut
from ui.theme import Appearance, ThemeKeeper
from ui.widgets.sidebar import Badge
from ui.widgets.status_bar import StatusBar
from ui.window import MainWindow
from ui.window_state import bring_into_view, keep_window, restore_window
from ui.workbench import Workbench


class _APage(Page):
    """Notes what the window asks of it."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.asked: list[str] = []
        self.shown: Place | None = None
        self.field = QLineEdit()
        self.field.setAccessibleName("Field")
        QVBoxLayout(self).addWidget(self.field)

    def refresh(self) -> None:
        self.asked.append("refresh")

    def apply_changes(self, changes: Changes) -> None:
        self.asked.append("changes")

    def go(self, place: Place) -> None:
        self.shown = place

    def place(self) -> Place:
        here = self.shown
        return Place(
            page=self.key,
            dealership_id=self.workbench.dealership_id,
            process_id=here.process_id if here else None,
        )

    def new(self) -> None:
        self.asked.append("new")

    def focus_search(self) -> None:
        self.field.setFocus()

    def next_area(self) -> None:
        self.asked.append("next area")

    def save_elsewhere(self) -> None:
        self.asked.append("save elsewhere")

    def flush(self) -> None:
        self.asked.append("flush")

    def status(self) -> str:
        return f"{self.key} status"

    def shortcuts(self) -> tuple[Shortcut, ...]:
        return (Shortcut(keys="F", title="Raise finding"),)

    def commands(self) -> tuple[Command, ...]:
        return (Command(title=f"Do it on {self.key}", run=self.new),)


class _Today(_APage):
    key: ClassVar[str] = "today"


class _Lists(_APage):
    key: ClassVar[str] = "checklists"


class _Papers(_APage):
    key: ClassVar[str] = "reports"


ENTRIES = (
    PageEntry(key="today", title="Today", icon="house", position=1, load=lambda: _Today),
    PageEntry(
        key="checklists",
        title="Checklists",
        icon="list-checks",
        position=3,
        load=lambda: _Lists,
        badge=lambda reader, engagement: Badge(count=12, what="open"),
    ),
    PageEntry(key="reports", title="Reports", icon="file-text", position=8, load=lambda: _Papers, group=2),
)


@pytest.fixture
def window(qtbot: QtBot, workbench: Workbench) -> Iterator[MainWindow]:
    window = MainWindow(workbench, ENTRIES)
    window.resize(1440, 900)
    window.door = FrontDoor(window)  # type: ignore[attr-defined]  # kept alive with the window
    window.door.show_dealership()  # type: ignore[attr-defined]  # as above
    window.go(Place(page="today", dealership_id=workbench.dealership_id))
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.close()


def _page(window: MainWindow) -> _APage:
    page = window.current_page
    assert isinstance(page, _APage)
    return page


def _press(
    window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.ControlModifier
) -> None:
    QTest.keyClick(window, key, modifier)


def test_pages_are_built_when_first_shown(window: MainWindow) -> None:
    assert list(window.stack.built) == ["today"]
    window.go_to_page("reports")
    assert list(window.stack.built) == ["today", "reports"]


def test_a_page_reads_once_until_something_changes_elsewhere(
    window: MainWindow, workbench: Workbench
) -> None:
    today = _page(window)
    window.go_to_page("checklists")
    window.go_to_page("today")
    assert today.asked.count("refresh") == 1
    window.go_to_page("checklists")
    workbench.do(change_dealership, workbench.dealership_id, note="New")
    assert "changes" in _page(window).asked
    window.go_to_page("today")
    assert today.asked.count("refresh") == 2


@pytest.mark.parametrize(
    ("key", "page"), [(Qt.Key.Key_1, "today"), (Qt.Key.Key_3, "checklists"), (Qt.Key.Key_8, "reports")]
)
def test_control_and_a_digit_lead_to_the_place_in_the_full_list(
    window: MainWindow, key: Qt.Key, page: str
) -> None:
    """Customer issues and others come later; the numbers of those that exist never move."""
    _press(window, key)
    assert _page(window).key == page


def test_positions_follow_the_full_list_of_screens() -> None:
    assert {entry.key: entry.position for entry in PAGES} == {
        "today": 1,
        "journey": 2,
        "checklists": 3,
        "findings": 4,
        "audit": 7,
        "reports": 8,
        "people": 9,
        "dealerships": 10,
        "standards": 11,
        "settings": 12,
    }


def test_alt_and_arrows_go_back_and_forward(window: MainWindow) -> None:
    window.go_to_page("checklists")
    window.go_to_page("reports")
    _press(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert _page(window).key == "checklists"
    _press(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert _page(window).key == "today"
    _press(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert _page(window).key == "checklists"


def test_the_buttons_of_a_mouse_go_back_too(window: MainWindow) -> None:
    window.go_to_page("reports")
    QTest.mouseClick(window, Qt.MouseButton.BackButton, Qt.KeyboardModifier.NoModifier, QPoint(5, 5))
    assert _page(window).key == "today"


def test_keys_reach_the_page_shown(window: MainWindow) -> None:
    page = _page(window)
    _press(window, Qt.Key.Key_N)
    _press(window, Qt.Key.Key_Tab)
    assert [word for word in page.asked if word in ("new", "next area")] == ["new", "next area"]
    _press(window, Qt.Key.Key_F)
    assert page.field.hasFocus()


def test_control_p_previews_the_assessment_looked_at(window: MainWindow) -> None:
    _press(window, Qt.Key.Key_P)
    assert _page(window).key == "reports"
    window.go_to_page("today")
    _press(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert "save elsewhere" in _page(window).asked


def test_what_is_typed_is_stored_before_another_page_is_shown(window: MainWindow) -> None:
    today = _page(window)
    today.asked.clear()
    window.go_to_page("reports")
    assert today.asked == ["flush"]


def test_control_z_takes_the_last_edit_back_and_returns_to_it(
    window: MainWindow, workbench: Workbench
) -> None:
    window.go_to_page("checklists")
    workbench.do(change_dealership, workbench.dealership_id, city="Elsewhere")
    window.go_to_page("today")
    _press(window, Qt.Key.Key_Z)
    assert _page(window).key == "checklists"
    assert "Musterstadt" in window.header.name.text()
    _press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert "Elsewhere" in window.header.name.text()


def test_the_header_names_dealership_code_edition_and_month(window: MainWindow) -> None:
    assert window.header.name.text() == "Autohaus Beispiel, Musterstadt"
    detail = window.header._detail.text()
    assert "DE-" in detail
    assert "2026.1" in detail
    assert "month 1 of 18" in detail


def test_counts_stand_in_the_sidebar_in_words_too(window: MainWindow) -> None:
    item = window.sidebar._items["checklists"]
    assert item.accessibleName() == "Checklists, 12 open"


def test_the_status_bar_says_when_something_was_saved_and_what_failed(
    window: MainWindow, workbench: Workbench
) -> None:
    workbench.do(change_dealership, workbench.dealership_id, city="Elsewhere")
    assert re.fullmatch(r"✓ Saved \d\d:\d\d:\d\d", window.status.save_state.text())

    def full(*_ids: object, **_fields: object) -> Changes:
        raise StorageTrouble("The disk is full.", code="disk.full", way_out="Make room.")

    workbench.do(full)
    assert window.status.save_state.text() == "! Not saved – The disk is full"
    assert window.status._details.isVisible()
    assert "Make room." in window.messages.text
    workbench.do(change_dealership, workbench.dealership_id, city="Again")
    assert window.status.save_state.text().startswith("✓ Saved")
    assert not window.status._details.isVisible()


def test_the_status_bar_shows_work_and_cancels_it(
    qtbot: QtBot, window: MainWindow, workbench: Workbench
) -> None:
    def work(progress: object) -> None:
        while progress(0.5):  # type: ignore[operator]  # the job's own progress
            pass

    with qtbot.waitSignal(workbench.jobs.ended):
        workbench.jobs.run("Making a report", work)
        assert window.status._progress.isVisible()
        assert window.status._job_title.text() == "Making a report"
        window.status._cancel.click()
    assert not window.status._progress.isVisible()


def test_the_page_speaks_at_the_right_end_of_the_status_bar(window: MainWindow) -> None:
    window.go_to_page("reports")
    assert window.status.page_text.text() == "reports status"


def test_a_narrow_window_folds_the_sidebar(qtbot: QtBot, window: MainWindow) -> None:
    assert not window.sidebar.is_folded
    window.resize(1090, 700)
    qtbot.waitUntil(lambda: window.sidebar.is_folded)
    window.resize(1400, 700)
    qtbot.waitUntil(lambda: not window.sidebar.is_folded)


def test_folding_by_hand_is_remembered(qtbot: QtBot, window: MainWindow, workbench: Workbench) -> None:
    window.sidebar._fold_button.click()
    assert workbench.settings.flag("sidebar_folded", default=False)
    again = MainWindow(workbench, ENTRIES)
    qtbot.addWidget(again)
    assert again.sidebar.is_folded


def test_focus_mode_shows_the_page_alone_and_ends_with_the_same_key(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert not window.sidebar.isVisible()
    assert not window.header.isVisible()
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert window.sidebar.isVisible()


def test_a_page_that_fails_to_read_says_so_and_the_window_stays(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(page: Page) -> None:
        raise NotFound("This is no longer there.", code="record.not-found")

    monkeypatch.setattr(_Papers, "refresh", gone)
    window.go_to_page("reports")
    assert "no longer there" in window.messages.text


def test_size_and_place_are_remembered(qtbot: QtBot, window: MainWindow, workbench: Workbench) -> None:
    window.resize(
        1024, 720
    )  # the screenless screen is small, and a window never comes back larger than its screen
    keep_window(window, workbench.settings)
    other = MainWindow(workbench, ENTRIES)
    qtbot.addWidget(other)
    restore_window(other, workbench.settings)
    assert (other.width(), other.height()) == (1024, 720)


def test_a_window_of_a_missing_screen_comes_back(window: MainWindow) -> None:
    window.move(9_000, 9_000)
    bring_into_view(window)
    screen = window.screen().availableGeometry()
    assert screen.contains(window.geometry().topLeft())


def test_quick_capture_notes_for_the_next_visit_where_no_checkpoint_is_shown(
    window: MainWindow, workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qma_app.domain.visit import VisitNote
    from ui.dialogs.quick_capture import Captured, QuickCapture

    monkeypatch.setattr(QuickCapture, "ask", lambda *_where: Captured(text="Ask for the fire plan"))
    _press(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    with workbench.workspace.reading() as reader:
        (note,) = reader.all(VisitNote)
    assert (note.words, note.visit_id) == ("Ask for the fire plan", None)


def test_quick_capture_makes_a_finding_where_the_user_is(
    window: MainWindow, workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qma_app.domain.finding import Finding
    from ui.dialogs.quick_capture import Captured, QuickCapture

    monkeypatch.setattr(QuickCapture, "ask", lambda *_where: Captured(text="No fire plan", is_finding=True))
    window.door.errands.quick_capture()  # type: ignore[attr-defined]  # set by the fixture
    with workbench.workspace.reading() as reader:
        (finding,) = reader.all(Finding)
    assert finding.statement == "No fire plan"


def test_closing_stores_what_is_typed_and_remembers_the_place(
    window: MainWindow, workbench: Workbench
) -> None:
    page = _page(window)
    page.asked.clear()
    remembered: list[Place] = []
    window.remembered = remembered.append
    window.close()
    assert "flush" in page.asked
    assert remembered == [page.place()]


def test_what_has_no_room_in_the_status_bar_makes_way_whole(qtbot: QtBot, light: ThemeKeeper) -> None:
    """Half a sentence is worse than none: the backup goes first, then who is working; the state of saving stays."""
    status = StatusBar()
    qtbot.addWidget(status)
    status.show_saved(None)
    status.show_backup("Last backup today 08:01")
    status.show_worker("Coach: Ada Sample, with a long name · certified to 30 Jun 2027")
    status.show()
    shown = []
    for width in (1200, 600, 200, 1200):
        status.resize(width, status.height())
        shown.append((status.save_state.isVisible(), status.worker.isVisible(), status.backup.isVisible()))
    assert shown == [(True, True, True), (True, True, False), (True, False, False), (True, True, True)]


def test_a_message_of_a_page_behind_is_not_shown(window: MainWindow) -> None:
    today = _page(window)
    window.go_to_page("reports")
    today.status_changed.emit("Report built in 4.1 s")
    assert window.status.page_text.text() == "reports status"


def test_a_font_size_builds_the_page_anew_and_stays_where_it_was(
    window: MainWindow, light: ThemeKeeper
) -> None:
    window.go_to_page("checklists")
    before = _page(window)
    before.field.setFocus()
    light.apply(Appearance.LIGHT, 150)
    window.rescale()
    after = _page(window)
    assert after is not before
    assert after.key == "checklists"
    assert after.field.hasFocus()


def test_large_type_folds_the_sidebar_like_a_narrow_window(window: MainWindow, light: ThemeKeeper) -> None:
    light.apply(Appearance.LIGHT, 200)
    window.rescale()
    assert window.sidebar.is_folded
    light.apply(Appearance.LIGHT, 100)
    window.rescale()
    assert not window.sidebar.is_folded


def test_a_page_that_was_dropped_is_silent(window: MainWindow) -> None:
    """Its timers and signals must not read a workspace that is closed."""
    page = _page(window)
    heard: list[bool] = []
    page.went.connect(lambda: heard.append(True))
    window.stack.drop()
    page.went.emit()
    assert heard == []
    assert window.current_page is None
