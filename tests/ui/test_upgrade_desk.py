"""The upgrade desk is walked by keyboard: read, decide with C and A, upgrade, and one Ctrl+Z brings all back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.engagement import Engagement
from qma_app.domain.upgrade_proposals import Decision
from qma_app.services.assessments import start_assessment
from qma_app.services.browsing_standards import keep_edition, with_hash
from qma_app.services.workspace import Workspace, create_workspace
from tests.builders import GREETING, NOW, PRICE_AGREED, a_dealership
from tests.services.upgrades import CLEAN_SHELF, COFFEE, SEATED, WALK_ROUND, WHOLE_STOCK, House, a_house
from tests.ui.answering import Answer
from tests.ui.looking import rich_labels, small_targets, unnamed_controls
from ui import theme
from ui.app import Coach
from ui.dialogs.upgrade_desk import UpgradeDesk, open_upgrade_desk
from ui.models.upgrade_model import UpgradeModel
from ui.models.upgrade_rows import ChangeRow, GroupRow, Passage, grouped, marked, rows_of
from ui.settings import Settings
from ui.theme import Appearance, ThemeKeeper
from ui.workbench import Workbench


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with create_workspace(tmp_path / "house", clock=lambda: NOW) as workspace:
        made = a_house(workspace)
        keep_edition(workspace, made.new)
        yield made


@pytest.fixture
def bench(qtbot: QtBot, light: ThemeKeeper, settings: Settings, house: House) -> Iterator[Workbench]:
    bench = Workbench(settings)
    bench.use(house.workspace)
    bench.open_dealership(a_dealership().id)
    yield bench
    bench.jobs.cancel_all()


@pytest.fixture
def desk(qtbot: QtBot, bench: Workbench, house: House) -> UpgradeDesk:
    desk = UpgradeDesk(None, bench, house.engagement_id, ())
    qtbot.addWidget(desk)
    desk.resize(1000, 620)
    desk.show()
    qtbot.waitExposed(desk)
    return desk


def lines(desk: UpgradeDesk) -> list[str]:
    return [
        row.title if isinstance(row, GroupRow) else f"{row.id}: {row.decision_text}"
        for row in desk.model.rows
    ]


def go_to(desk: UpgradeDesk, id: str) -> None:
    """Down, from the first line on, until the line is reached."""
    QTest.keyClick(desk.list, Qt.Key.Key_Home)
    for _step in range(len(desk.model.rows)):
        row = desk.model.row(desk.list.currentIndex())
        if isinstance(row, ChangeRow) and row.id == id:
            return
        QTest.keyClick(desk.list, Qt.Key.Key_Down)
    raise AssertionError(f"{id} is not reached")


def test_changes_are_grouped_with_what_is_proposed_and_the_rest_is_folded(desk: UpgradeDesk) -> None:
    assert lines(desk) == [
        "Reworded · 2",
        f"{GREETING}: Carry",
        f"{WALK_ROUND}: Ask again",
        "Split · 2",
        f"{SEATED}: Ask again",
        f"{COFFEE}: Ask again",
        "Merged · 1",
        f"{WHOLE_STOCK}: Carry",
        "New · 1",
        f"{CLEAN_SHELF}: Ask again",
        "Gone · 1",
        "gone service.repair-order.parts-ready: Was not rated",
    ]
    assert desk.folded.text() == "1 unchanged, 1 rating goes on"


def test_keys_decide_and_the_score_follows(desk: UpgradeDesk) -> None:
    before = desk.score.tally.text()
    go_to(desk, WALK_ROUND)
    QTest.keyClick(desk.list, Qt.Key.Key_C)
    assert desk.decisions == {WALK_ROUND: Decision.CARRY}
    assert before == "3 ratings go on · 4 checkpoints to rate"
    assert desk.score.tally.text() == "4 ratings go on · 3 checkpoints to rate"
    QTest.keyClick(desk.list, Qt.Key.Key_A)
    assert desk.score.tally.text() == before
    QTest.keyClick(desk.list, Qt.Key.Key_Space)
    assert desk.decisions == {WALK_ROUND: Decision.CARRY}


def test_several_lines_are_decided_at_once(desk: UpgradeDesk) -> None:
    go_to(desk, SEATED)
    QTest.keyClick(desk.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(desk.list, Qt.Key.Key_C)
    assert desk.decisions == {SEATED: Decision.CARRY, COFFEE: Decision.CARRY}


def test_what_cannot_be_carried_stays_asked(desk: UpgradeDesk) -> None:
    go_to(desk, CLEAN_SHELF)
    QTest.keyClick(desk.list, Qt.Key.Key_C)
    assert desk.decisions == {}


def test_the_filter_narrows_by_words_number_kind_and_decision(desk: UpgradeDesk) -> None:
    QTest.keyClick(desk, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(desk.filter, "split coffee")
    assert lines(desk) == ["Split · 1", f"{COFFEE}: Ask again"]
    QTest.keyClick(desk.filter, Qt.Key.Key_Return)
    assert desk.isVisible()
    QTest.keyClick(desk.list, Qt.Key.Key_C)
    assert desk.decisions == {COFFEE: Decision.CARRY}


def test_an_open_assessment_is_said_and_keeps_the_button_shut(
    qtbot: QtBot, bench: Workbench, house: House
) -> None:
    start_assessment(house.workspace, engagement_id=house.engagement_id, kind=AssessmentKind.PROGRESS)
    desk = UpgradeDesk(None, bench, house.engagement_id, ())
    qtbot.addWidget(desk)
    assert not desk.accept_button.isEnabled()
    assert "Assessment 2 is still open" in desk._problem.text()


def test_a_refusal_is_said_on_the_desk_and_nothing_decided_is_lost(desk: UpgradeDesk, house: House) -> None:
    """Somebody starts an assessment while the desk is open."""
    go_to(desk, COFFEE)
    QTest.keyClick(desk.list, Qt.Key.Key_C)
    start_assessment(house.workspace, engagement_id=house.engagement_id, kind=AssessmentKind.PROGRESS)
    desk.accept_button.click()
    assert desk.isVisible()
    assert "still open" in desk._problem.text()
    assert desk.decisions == {COFFEE: Decision.CARRY}


@pytest.mark.parametrize("look", [Appearance.LIGHT, Appearance.DARK])
def test_it_can_be_looked_over_in_each_look(
    desk: UpgradeDesk, theme_keeper: ThemeKeeper, look: Appearance
) -> None:
    theme_keeper.apply(look, 100)
    assert unnamed_controls(desk) == []
    assert small_targets(desk) == []
    assert rich_labels(desk) == []
    assert not desk.grab().isNull()


def test_a_screen_reader_hears_the_whole_line(desk: UpgradeDesk) -> None:
    go_to(desk, WALK_ROUND)
    spoken = desk.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == (
        "SRV-01.2, reworded: Every car is walked round with its driver.. Last points 6. Ask again. "
        "It asks for something in other words."
    )


def test_the_model_is_sound(desk: UpgradeDesk, qtmodeltester: ModelTester) -> None:
    assert desk.proposal is not None
    model = UpgradeModel()
    model.show_rows(grouped(rows_of(desk.proposal, {}), ""))
    qtmodeltester.check(model)


def test_words_that_differ_are_marked_and_nothing_is_lost() -> None:
    before, after = marked("The price is on the order.", "The price stands on the signed order.")
    assert [part.text for part in before if part.is_changed] == [" is"]
    assert [part.text for part in after if part.is_changed] == [" stands", " signed"]
    assert "".join(part.text for part in after) == "The price stands on the signed order."
    assert marked("Same.", "Same.") == ((Passage(text="Same."),), (Passage(text="Same."),))


def test_walked_by_keyboard_upgrade_and_one_undo(
    qtbot: QtBot, open_coach: Callable[[Path | None], Coach], tmp_path: Path, answer: Answer
) -> None:
    folder = tmp_path / "walked"
    with create_workspace(folder, clock=lambda: NOW) as workspace:
        made = a_house(workspace)
        keep_edition(workspace, made.new)
        before = made.standing()
    coach = open_coach(folder)
    window = coach.window
    bench = window.workbench
    answer(decide_and_upgrade)
    with qtbot.waitSignal(bench.changed, timeout=10_000):
        open_upgrade_desk(window, made.engagement_id)
    assert standing_in(bench.workspace, made) == {
        GREETING: 8,
        WALK_ROUND: 6,
        PRICE_AGREED: 10,
        WHOLE_STOCK: 6,
        COFFEE: 4,
    }
    assert edition_of(bench.workspace, made) == made.new.hash
    assert bench.undo_title() == "change of edition"
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    with qtbot.waitSignal(bench.changed, timeout=10_000):
        QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert standing_in(bench.workspace, made) == before
    assert edition_of(bench.workspace, made) == made.old.hash


def decide_and_upgrade(dialog: QDialog) -> None:
    """Only keys: down to two lines, C on each, back with A on the way, Ctrl+Enter."""
    assert isinstance(dialog, UpgradeDesk)
    go_to(dialog, WALK_ROUND)
    QTest.keyClick(dialog.list, Qt.Key.Key_C)
    go_to(dialog, SEATED)
    QTest.keyClick(dialog.list, Qt.Key.Key_C)
    QTest.keyClick(dialog.list, Qt.Key.Key_A)
    go_to(dialog, COFFEE)
    QTest.keyClick(dialog.list, Qt.Key.Key_C)
    QTest.keyClick(dialog.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def standing_in(workspace: Workspace, house: House) -> dict[str, int | None]:
    with workspace.reading() as reader:
        return {id: rating.points for id, rating in reader.standing(house.engagement_id).items()}


def edition_of(workspace: Workspace, house: House) -> str:
    with workspace.reading() as reader:
        return reader.get(Engagement, house.engagement_id).edition


def test_the_edition_looked_at_is_chosen_and_editions_of_one_name_can_be_told_apart(
    qtbot: QtBot, bench: Workbench, house: House
) -> None:
    same = with_hash(replace(house.old, version=house.new.version, status=house.new.status))
    keep_edition(house.workspace, same)
    desk = UpgradeDesk(None, bench, house.engagement_id, (), wanted=same.hash)
    qtbot.addWidget(desk)
    assert desk.edition.currentData() == same.hash
    texts = [desk.edition.itemText(place) for place in range(desk.edition.count())]
    assert len(set(texts)) == len(texts)
    assert desk.nothing.sentence.text() == "No checkpoint differs: there is nothing to decide."
    assert desk.shown.currentWidget() is desk.nothing


def test_a_filter_that_finds_nothing_says_so(qtbot: QtBot, desk: UpgradeDesk) -> None:
    assert desk.shown.currentWidget() is desk.list
    desk.filter.setText("zebra")
    assert desk.nothing.isVisible()
    desk.filter.clear()
    assert desk.list.isVisible()


def test_up_and_down_step_over_the_heads_of_groups(qtbot: QtBot, desk: UpgradeDesk) -> None:
    desk.list.setFocus()
    heads = [place for place, row in enumerate(desk.model.rows) if isinstance(row, GroupRow)]
    assert len(heads) > 1
    lines = [place for place in range(len(desk.model.rows)) if place not in heads]
    walked = [desk.list.currentIndex().row()]
    for _line in lines[1:]:
        qtbot.keyClick(desk.list, Qt.Key.Key_Down)
        walked.append(desk.list.currentIndex().row())
    assert walked == lines
    for _line in lines:
        qtbot.keyClick(desk.list, Qt.Key.Key_Up)
    assert desk.list.currentIndex().row() == lines[0]
    assert desk.list.selectedIndexes() == [desk.list.currentIndex()]


def test_the_line_the_keyboard_is_at_has_a_ring(
    qtbot: QtBot, desk: UpgradeDesk, theme_keeper: ThemeKeeper
) -> None:
    desk.list.setFocus()
    qtbot.waitUntil(desk.list.hasFocus)
    edge = desk.list.visualRect(desk.list.currentIndex())
    picture = desk.list.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()
    corner = picture.pixelColor(round((edge.left() + 1) * ratio), round((edge.top() + 1) * ratio))
    assert corner == theme.current().colour("focus")
