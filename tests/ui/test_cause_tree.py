"""The whys of a finding are asked, hung elsewhere, ordered, named and removed by keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from qma_app.domain.cause import Cause
from qma_app.domain.ids import FindingId
from qma_app.services.causes import add_cause
from tests.ui.answering import Answer
from tests.ui.finding_panel import Panel
from ui.findings.cause_part import CausePart
from ui.findings.cause_words import CauseWords

pytest_plugins = ["tests.ui.showroom_fixtures", "tests.ui.finding_panel_fixtures"]

KEY = Qt.Key
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def press(qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, held)


def write(qtbot: QtBot, words: str) -> None:
    qtbot.keyClicks(QApplication.focusWidget(), words)


@pytest.fixture
def part(panel: Panel) -> CausePart:
    return panel.editor.fields.cause_part


@pytest.fixture
def chain(qtbot: QtBot, panel: Panel, part: CausePart) -> CausePart:
    """Three whys below each other, the keyboard in the last one."""
    part.section.step.click()
    write(qtbot, "Nobody looks")
    press(qtbot, KEY.Key_Return)
    write(qtbot, "The list goes elsewhere")
    press(qtbot, KEY.Key_Return)
    write(qtbot, "It is the task of nobody")
    part.flush()
    return part


def test_enter_asks_on_below_without_losing_a_word(panel: Panel, chain: CausePart) -> None:
    assert panel.outline() == ["- Nobody looks", "-- The list goes elsewhere", "--- It is the task of nobody"]
    assert [line.level.text() for line in panel.lines()] == ["1", "2", "3"]
    focused = QApplication.focusWidget()
    assert isinstance(focused, CauseWords)
    assert focused.toPlainText() == "It is the task of nobody"


def test_an_untouched_finding_is_one_quiet_line_with_the_first_step(panel: Panel, part: CausePart) -> None:
    assert part.section.step.isVisible()
    assert part.section.inside.isHidden()
    part.section.step.click()
    assert part.section.step.isHidden()
    assert isinstance(QApplication.focusWidget(), CauseWords)


def test_a_line_without_words_is_no_cause_and_goes_when_it_is_left(
    qtbot: QtBot, panel: Panel, chain: CausePart
) -> None:
    press(qtbot, KEY.Key_Return)
    assert chain.tree.draft is not None
    panel.editor.fields.evidence.setFocus()
    assert chain.tree.draft is None
    assert len(panel.outline()) == 3


def test_ctrl_enter_opens_another_cause_beside(qtbot: QtBot, panel: Panel, chain: CausePart) -> None:
    press(qtbot, KEY.Key_Return, CTRL)
    write(qtbot, "The deputy is not named")
    chain.flush()
    assert panel.outline()[2:] == ["--- It is the task of nobody", "--- The deputy is not named"]


def test_tab_hangs_deeper_and_shift_tab_higher(qtbot: QtBot, panel: Panel, chain: CausePart) -> None:
    press(qtbot, KEY.Key_Return, CTRL)
    write(qtbot, "The deputy is not named")
    press(qtbot, KEY.Key_Tab)
    assert panel.outline()[3] == "---- The deputy is not named"
    press(qtbot, KEY.Key_Backtab, SHIFT)
    press(qtbot, KEY.Key_Backtab, SHIFT)
    assert panel.outline()[3] == "-- The deputy is not named"
    assert panel.lines()[3].words.hasFocus()
    panel.bench.undo()
    assert panel.outline()[3] == "--- The deputy is not named"


def test_tab_leaves_the_words_where_nothing_can_hang_deeper(
    qtbot: QtBot, panel: Panel, chain: CausePart
) -> None:
    first = panel.lines()[0]
    first.words.setFocus()
    press(qtbot, KEY.Key_Tab)
    assert first.category.hasFocus()
    assert panel.outline()[0] == "- Nobody looks"


def test_who_walks_by_with_tab_changes_nothing(qtbot: QtBot, panel: Panel, chain: CausePart) -> None:
    press(qtbot, KEY.Key_Return, CTRL)
    write(qtbot, "The deputy is not named")
    chain.flush()
    before, last = panel.outline(), panel.lines()[3].words
    chain.section.head.setFocus()
    last.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, KEY.Key_Tab)
    assert not last.hasFocus()
    last.setFocus(Qt.FocusReason.BacktabFocusReason)
    press(qtbot, KEY.Key_Backtab, SHIFT)
    assert not last.hasFocus()
    assert panel.outline() == before
    last.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, KEY.Key_End)
    press(qtbot, KEY.Key_Tab)
    assert panel.outline()[3] == "---- The deputy is not named"


def test_alt_arrows_order_what_hangs_beside(qtbot: QtBot, panel: Panel, chain: CausePart) -> None:
    press(qtbot, KEY.Key_Return, CTRL)
    write(qtbot, "The deputy is not named")
    press(qtbot, KEY.Key_Up, ALT)
    assert panel.outline()[2:] == ["--- The deputy is not named", "--- It is the task of nobody"]
    assert panel.lines()[2].words.hasFocus()
    press(qtbot, KEY.Key_Down, ALT)
    assert panel.outline()[3] == "--- The deputy is not named"


@pytest.mark.parametrize("held", [CTRL, Qt.KeyboardModifier.NoModifier])
def test_del_removes_a_cause_with_all_below_it_and_undo_brings_them_back(
    qtbot: QtBot, panel: Panel, chain: CausePart, held: Qt.KeyboardModifier
) -> None:
    second = panel.lines()[1]
    second.words.setFocus()
    if held is not CTRL:
        press(qtbot, KEY.Key_A, CTRL)
        press(qtbot, KEY.Key_Delete)
        assert len(panel.outline()) == 3
    with qtbot.waitSignal(panel.bench.deleted):
        press(qtbot, KEY.Key_Delete, held)
    assert panel.outline() == ["- Nobody looks"]
    assert panel.lines()[0].words.hasFocus()
    panel.bench.undo()
    assert len(panel.outline()) == 3


def test_the_last_cause_gone_the_part_is_one_line_again(qtbot: QtBot, panel: Panel, part: CausePart) -> None:
    part.section.step.click()
    write(qtbot, "Nobody looks")
    part.flush()
    press(qtbot, KEY.Key_Delete, CTRL)
    assert panel.outline() == []
    assert part.section.step.isVisible() or part.section.inside.isVisible()


def test_arrows_walk_the_lines(qtbot: QtBot, panel: Panel, chain: CausePart) -> None:
    press(qtbot, KEY.Key_Up)
    assert panel.lines()[1].words.hasFocus()
    press(qtbot, KEY.Key_Up)
    press(qtbot, KEY.Key_Up)
    assert panel.lines()[0].words.hasFocus()
    press(qtbot, KEY.Key_Down)
    assert panel.lines()[1].words.hasFocus()


def test_kinds_are_reached_and_chosen_by_keys(qtbot: QtBot, panel: Panel, chain: CausePart) -> None:
    line = panel.lines()[2]
    press(qtbot, KEY.Key_F2)
    assert line.category.choices.isVisible()
    line.category.choices.actions()[2].trigger()
    line.category.choices.close()
    line.words.setFocus()
    press(qtbot, KEY.Key_F4)
    with panel.bench.workspace.reading() as reader:
        cause = reader.get(Cause, line.id)
    assert (cause.category, cause.is_changeable) == ("method", True)
    assert line.words.property("root") is True
    press(qtbot, KEY.Key_Escape)
    assert line.category.hasFocus()
    panel.editor.fields.evidence.setFocus()
    assert line.caption.text() == "method · the owner can change this".replace("method", line.category.text())


def test_only_a_last_cause_carries_the_tick(panel: Panel, chain: CausePart) -> None:
    assert [line.tick.isHidden() for line in panel.lines()] == [True, True, False]


def test_what_is_missing_blocks_a_major_and_is_said_where_it_is_missing(
    qtbot: QtBot, panel: Panel, chain: CausePart
) -> None:
    assert "ask on, or tick it" in chain.problems.text()
    assert chain.problems.property("tone") == "bad"
    press(qtbot, KEY.Key_F4)
    assert chain.problems.isHidden()
    assert "has no category" in panel.lines()[2].warning.text()
    assert panel.lines()[2].warning.property("tone") == "bad"


def test_blame_is_warned_of_while_it_is_typed(qtbot: QtBot, panel: Panel, chain: CausePart) -> None:
    press(qtbot, KEY.Key_Return)
    write(qtbot, "He forgot")
    draft = chain.tree.draft
    assert draft is not None
    assert "forgot" in draft.warning.text()
    assert draft.warning.property("tone") == "warn"


def test_it_reads_back_as_therefore(panel: Panel, chain: CausePart) -> None:
    chain.back_button.click()
    assert chain.back.isVisible()
    assert chain.back.text().splitlines() == [
        "It is the task of nobody",
        "Therefore: The list goes elsewhere",
        "Therefore: Nobody looks",
        "Therefore: Customers with a low score are not called within 24 hours",
    ]


def test_the_fishbone_is_drawn_below_and_enlarged_in_a_window(
    qtbot: QtBot, panel: Panel, chain: CausePart, answer: Answer
) -> None:
    titles: list[str] = []

    def look_and_close(dialog: QDialog) -> None:
        titles.append(dialog.windowTitle())
        dialog.reject()

    chain.bone_button.click()
    qtbot.waitUntil(lambda: chain.bone.is_drawn)
    answer(look_and_close)
    chain.enlarge.click()
    assert titles == ["Causes of F-009"]


def test_words_come_back_when_a_cause_is_left_empty(qtbot: QtBot, panel: Panel, chain: CausePart) -> None:
    line = panel.lines()[0]
    line.words.setFocus()
    press(qtbot, KEY.Key_A, CTRL)
    press(qtbot, KEY.Key_Delete)
    line.words.flush()
    assert panel.outline()[0] == "- Nobody looks"
    panel.editor.fields.evidence.setFocus()
    assert line.words.toPlainText() == "Nobody looks"
    assert panel.told == ["A cause needs words; those before stand again."]


def test_typing_in_one_line_is_one_step_of_undo(qtbot: QtBot, panel: Panel, chain: CausePart) -> None:
    line = panel.lines()[0]
    line.words.setFocus()
    press(qtbot, KEY.Key_End)
    for words in (" at it", " daily"):
        write(qtbot, words)
        line.words.flush()
    assert panel.outline()[0] == "- Nobody looks at it daily"
    panel.bench.undo()
    assert panel.outline()[0] == "- Nobody looks"
    assert line.words.toPlainText() == "Nobody looks"


def test_words_of_a_new_line_are_stored_when_another_finding_is_shown(
    qtbot: QtBot, panel: Panel, chain: CausePart
) -> None:
    first = FindingId(panel.editor.finding_id)
    press(qtbot, KEY.Key_Return)
    write(qtbot, "Typed last")
    panel.show_number(8)
    assert panel.lines() == []
    with panel.bench.workspace.reading() as reader:
        assert "Typed last" in {cause.words for cause in reader.all(Cause, finding_id=first)}


def test_a_cause_written_elsewhere_appears_and_leaves_what_is_typed(
    qtbot: QtBot, panel: Panel, chain: CausePart
) -> None:
    write(qtbot, " unsaved")
    panel.bench.do(add_cause, FindingId(panel.editor.finding_id), words="From elsewhere")
    assert "From elsewhere" in [line.words.toPlainText() for line in panel.lines()]
    assert "unsaved" in panel.lines()[2].words.toPlainText()
