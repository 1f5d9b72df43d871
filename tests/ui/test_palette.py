"""Ctrl+K finds and runs everything: commands, pages, dealerships, and words anybody wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from qma_app.domain.assessment import Assessment
from qma_app.domain.ids import CheckpointId, DealershipId
from qma_app.services.dealerships import add_dealership
from qma_app.services.ratings import write_note
from qma_app.services.workspace import Workspace
from tests.ui.answering import Answer
from tests.ui.test_window import ENTRIES
from ui.dialogs.command_palette import CommandPalette, matching
from ui.frontdoor import FrontDoor
from ui.places import Place
from ui.search_hits import place_of
from ui.shortcuts import Command
from ui.window import MainWindow
from ui.workbench import Workbench


def _nothing() -> None:
    """What the commands of these tests do."""


COMMANDS = [
    Command(title="Report preview", run=_nothing, keys="Ctrl+P"),
    Command(title="Quick capture", run=_nothing),
    Command(title="Preview a report", run=_nothing, detail="paper"),
]


@pytest.fixture
def window(qtbot: QtBot, workbench: Workbench) -> Iterator[MainWindow]:
    window = MainWindow(workbench, ENTRIES)
    window.door = FrontDoor(window)  # type: ignore[attr-defined]  # kept alive with the window
    window.go(Place(page="today", dealership_id=workbench.dealership_id))
    window.show()
    yield window
    window.close()


def _typing(words: str, then: Callable[[CommandPalette], None]) -> Callable[[QDialog], None]:
    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, CommandPalette)
        QTest.keyClicks(dialog.field, words)
        then(dialog)

    return answer


def _enter(palette: CommandPalette) -> None:
    QTest.keyClick(palette.field, Qt.Key.Key_Return)


def _escape(palette: CommandPalette) -> None:
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)


def _titles(palette: CommandPalette) -> list[str]:
    return [palette.rows.item(row).text() for row in range(palette.rows.count())]


def test_every_typed_word_must_occur_and_beginnings_come_first() -> None:
    assert [c.title for c in matching(COMMANDS, "report pre")] == ["Report preview", "Preview a report"]
    assert [c.title for c in matching(COMMANDS, "PAPER")] == ["Preview a report"]
    assert matching(COMMANDS, "nowhere") == []
    assert matching(COMMANDS, "") == COMMANDS


def test_typing_and_enter_lead_to_a_page(window: MainWindow, answer: Answer) -> None:
    answer(_typing("go to reports", _enter))
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    page = window.current_page
    assert page is not None
    assert page.key == "reports"


def test_arrows_choose_and_escape_leaves_everything(window: MainWindow, answer: Answer) -> None:
    chosen: list[int] = []

    def arrows(palette: CommandPalette) -> None:
        QTest.keyClick(palette.field, Qt.Key.Key_Down)
        chosen.append(palette.rows.currentRow())
        QTest.keyClick(palette.field, Qt.Key.Key_Up)
        QTest.keyClick(palette.field, Qt.Key.Key_Up)
        chosen.append(palette.rows.currentRow())
        chosen.append(palette.rows.count() - 1)
        _escape(palette)

    answer(_typing("", arrows))
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert chosen[0] == 1
    assert chosen[1] == chosen[2]
    page = window.current_page
    assert page is not None
    assert page.key == "today"


def test_a_command_of_another_page_shows_that_page_first(window: MainWindow, answer: Answer) -> None:
    answer(_typing("do it on checklists", _enter))
    window.header.search.click()
    page = window.current_page
    assert page is not None
    assert page.key == "checklists"
    assert "new" in page.asked  # type: ignore[attr-defined]  # the page of these tests notes it


def test_dealerships_are_found_by_a_part_of_their_name(
    window: MainWindow, workspace: Workspace, workbench: Workbench, answer: Answer
) -> None:
    add_dealership(workspace, name="Garage du Lac", country="FR", city="Annecy")
    answer(_typing("annecy", _enter))
    window.header.name.click()
    with workspace.reading() as reader:
        from qma_app.services.dealerships import list_dealerships

        wanted = next(row.id for row in list_dealerships(reader) if row.city == "Annecy")
    assert workbench.dealership_id == wanted
    assert window.header.name.text() == "Garage du Lac, Annecy"


def test_words_of_a_note_are_found_and_jumped_to(
    qtbot: QtBot,
    window: MainWindow,
    workbench: Workbench,
    workspace: Workspace,
    assessment: Assessment,
    answer: Answer,
) -> None:
    engagement = workbench.engagement
    assert engagement is not None
    with workspace.reading() as reader:
        checkpoint = next(iter(reader.edition(engagement.edition).checkpoints))
    write_note(workspace, assessment.id, checkpoint, text="Brasspolished handle")

    def wait_and_take(palette: CommandPalette) -> None:
        qtbot.waitUntil(lambda: any("A1" in title for title in _titles(palette)))
        _enter(palette)

    answer(_typing("brasspol", wait_and_take))
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    page = window.current_page
    assert page is not None
    assert page.key == "checklists"
    assert page.shown is not None  # type: ignore[attr-defined]  # as above
    assert page.shown.checkpoint_id == checkpoint  # type: ignore[attr-defined]  # as above


def test_enter_does_not_wait_for_the_pause(
    window: MainWindow, workspace: Workspace, workbench: Workbench, assessment: Assessment, answer: Answer
) -> None:
    """Somebody who types fast and presses Enter gets the hit, not nothing."""
    engagement = workbench.engagement
    assert engagement is not None
    with workspace.reading() as reader:
        checkpoint = next(iter(reader.edition(engagement.edition).checkpoints))
    write_note(workspace, assessment.id, checkpoint, text="Quickfound")
    answer(_typing("quickfound", _enter))
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    page = window.current_page
    assert page is not None
    assert page.key == "checklists"


def test_nothing_found_is_said(window: MainWindow, qtbot: QtBot) -> None:
    palette = CommandPalette(window, COMMANDS, lambda _text: ())
    qtbot.addWidget(palette)
    palette.show()
    QTest.keyClicks(palette.field, "zzz")
    assert palette._nothing.isVisible()
    _enter(palette)
    assert palette.chosen is None


def test_a_hit_leads_to_where_it_is_shown() -> None:
    from qma_app.domain.ids import AssessmentId, FindingId
    from qma_app.services.searching import Hit

    home = DealershipId("d")
    checkpoint = CheckpointId("service.reception.greeting")
    noted = Hit(
        kind="rating",
        title="",
        text="",
        dealership_id=home,
        assessment_id=AssessmentId("a"),
        checkpoint_id=checkpoint,
    )
    assert place_of(noted) == Place(
        page="checklists",
        dealership_id="d",
        assessment_id="a",
        area_id="service",
        process_id="service.reception",
        checkpoint_id=checkpoint,
    )
    found = Hit(kind="finding", title="", text="", dealership_id=home, finding_id=FindingId("f"))
    assert place_of(found).page == "findings"
    assert place_of(Hit(kind="dealership", title="", text="", dealership_id=home)).page == "today"


def test_the_palette_offers_what_can_be_undone(
    window: MainWindow, workbench: Workbench, answer: Answer, tmp_path: Path
) -> None:
    from qma_app.services.dealerships import change_dealership

    workbench.do(change_dealership, workbench.dealership_id, city="Elsewhere")
    seen: list[str] = []

    def look(palette: CommandPalette) -> None:
        seen.extend(_titles(palette))
        _escape(palette)

    answer(_typing("undo", look))
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert seen == ["Undo: dealership"]


@pytest.mark.parametrize("typed", ["backup", "back up", "up now", "Quit"])
def test_words_are_found_where_the_title_parts_them(typed: str) -> None:
    commands = [Command(title="Back up now", run=print), Command(title="Quit", run=print)]
    assert len(matching(commands, typed)) == 1
