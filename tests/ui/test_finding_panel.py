"""A finding is graded, answered, corrected, told from its twins and closed in the panel, and nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from qma_app.domain.finding import Elsewhere, Finding, FindingGrade, Reply, Sighting
from qma_app.domain.ids import FindingId
from qma_app.domain.verification import Effect
from qma_app.errors import QmaError
from qma_app.services.findings import change_finding, note_sighting
from qma_app.services.verifying import Target, verify_by_look
from qma_app.storage.scopes import ReadingScope
from tests.ui.finding_panel import Panel
from tests.ui.looking import rich_labels, small_targets, unnamed_controls
from ui.findings.figure_field import figure_text, read_figure

pytest_plugins = ["tests.ui.showroom_fixtures", "tests.ui.finding_panel_fixtures"]


def write(qtbot: QtBot, words: str) -> None:
    for letter in words:
        qtbot.keyClicks(QApplication.focusWidget(), letter)


def test_the_head_says_what_where_and_how_far(panel: Panel) -> None:
    head = panel.editor.fields.head
    assert (head.grade_chip.text(), head.label.text()) == ("major", "F-009")
    assert head.state.text() == "seen · raised by K. Beispiel"
    with panel.bench.workspace.writing("finding.reopened") as work:
        work.put(replace(panel.finding(9), reopened=2))
    panel.show_number(9)
    assert "reopened 2 times" in head.state.text()


def test_another_grade_waits_for_its_reason_and_is_stored_with_it(qtbot: QtBot, panel: Panel) -> None:
    fields = panel.editor.fields
    panel.bench.do(
        change_finding, FindingId(panel.editor.finding_id), grade=FindingGrade.IMPROVEMENT, grade_reason=""
    )
    assert fields.grade_reason.isHidden()
    fields.grade.buttons[FindingGrade.MAJOR].click()
    assert panel.finding(9).grade is FindingGrade.IMPROVEMENT
    assert fields.grade.grade is FindingGrade.MAJOR
    assert fields.suggestion.text().startswith("Not stored yet: the points suggest improvement")
    panel.bench.do(change_finding, FindingId(panel.editor.finding_id), owner="T. Probe")
    assert fields.grade.grade is FindingGrade.MAJOR
    fields.grade_reason.setFocus()
    write(qtbot, "Half of the customers left")
    qtbot.keyClick(fields.grade_reason, Qt.Key.Key_Return)
    finding = panel.finding(9)
    assert (finding.grade, finding.grade_reason) == (FindingGrade.MAJOR, "Half of the customers left")
    assert fields.suggestion.text() == "The points suggest improvement. Say why it is major:"


def test_a_grade_without_reason_is_given_up_when_the_finding_is_left(panel: Panel) -> None:
    panel.bench.do(
        change_finding, FindingId(panel.editor.finding_id), grade=FindingGrade.IMPROVEMENT, grade_reason=""
    )
    panel.editor.fields.grade.buttons[FindingGrade.MINOR].click()
    panel.show_number(8)
    assert panel.finding(9).grade is FindingGrade.IMPROVEMENT
    assert panel.told == ["The grade of F-009 stays as it was: no reason was written."]
    panel.show_number(9)
    assert panel.editor.fields.grade.grade is FindingGrade.IMPROVEMENT


def test_a_reason_that_is_needed_does_not_go_away(qtbot: QtBot, panel: Panel) -> None:
    reason = panel.editor.fields.grade_reason
    panel.bench.do(change_finding, FindingId(panel.editor.finding_id), grade_reason="Many left")
    reason.setFocus()
    reason.clear()
    reason.flush()
    assert panel.finding(9).grade_reason == "Many left"
    panel.editor.fields.place.setFocus()
    assert reason.text() == "Many left"


def test_a_disagreement_waits_for_the_words_of_the_dealership(qtbot: QtBot, panel: Panel) -> None:
    part = panel.editor.fields.reply
    part.section.step.click()
    part.choice.buttons["disagreed"].click()
    assert panel.finding(9).reply is None
    assert part.hint.isVisible()
    assert part.words.hasFocus()
    write(qtbot, "Two were called")
    part.words.flush()
    finding = panel.finding(9)
    assert (finding.reply, finding.reply_words) == (Reply.DISAGREED, "Two were called")
    assert part.hint.isHidden()
    part.by.setFocus()
    write(qtbot, "E. Beispiel")
    part.by.flush()
    assert panel.finding(9).reply_by == "E. Beispiel"
    panel.show_number(8)
    assert part.section.step.isVisible()


def test_agreeing_is_stored_at_once(panel: Panel) -> None:
    part = panel.editor.fields.reply
    part.section.step.click()
    part.choice.buttons["agreed"].click()
    assert panel.finding(9).reply is Reply.AGREED
    assert panel.finding(9).replied_on == date(2026, 11, 21)
    panel.bench.undo()
    assert panel.finding(9).reply is None
    assert part.choice.current == ""


def test_the_car_is_put_right_apart_from_the_actions(qtbot: QtBot, panel: Panel) -> None:
    part = panel.editor.fields.correction
    part.section.step.click()
    assert part.words.hasFocus()
    write(qtbot, "All were called")
    part.on.field.setFocus()
    write(qtbot, "3.10.26")
    part.elsewhere.buttons["found"].setFocus()
    part.elsewhere.buttons["found"].click()
    part.where.setFocus()
    write(qtbot, "Sales")
    panel.editor.flush()
    finding = panel.finding(9)
    assert (finding.correction, finding.corrected_on) == ("All were called", date(2026, 10, 3))
    assert (finding.elsewhere, finding.elsewhere_words) == (Elsewhere.FOUND, "Sales")


def test_twins_are_offered_while_a_new_finding_is_typed(qtbot: QtBot, panel: Panel) -> None:
    panel.begin_new()
    twins = panel.editor.fields.twins
    write(qtbot, "Torque wrenches past calibration")
    twins.look()
    assert [match.finding.label for match in twins.matches] == ["F-006"]
    assert twins.isVisible()
    assert [button.accessibleName() for button in twins.buttons[0]] == ["Show: F-006", "Seen again: F-006"]


def test_seen_again_keeps_every_word_at_the_older_finding_and_the_new_one_goes(
    qtbot: QtBot, panel: Panel
) -> None:
    panel.begin_new()
    fields = panel.editor.fields
    write(qtbot, "Torque wrenches past calibration")
    fields.evidence.setFocus()
    write(qtbot, "Three of four")
    fields.place.setFocus()
    write(qtbot, "Bay 2")
    panel.editor.flush()
    assert panel.finding(13).statement == "Torque wrenches past calibration"
    fields.twins.look()
    fields.twins.buttons[0][1].click()
    with panel.bench.workspace.reading() as reader:
        (sighting,) = reader.all(Sighting)
        numbers = {finding.number for finding in reader.all(Finding)}
    assert sighting.words == "Torque wrenches past calibration\nThree of four"
    assert sighting.place == "Bay 2"
    assert 13 not in numbers
    assert fields.head.label.text() == "F-006"
    assert len(fields.sightings.removers) == 1
    assert fields.twins.isHidden()
    panel.bench.undo()
    assert panel.finding(13).evidence == "Three of four"
    with panel.bench.workspace.reading() as reader:
        assert reader.all(Sighting) == ()


def test_seen_again_before_anything_is_stored_raises_nothing(qtbot: QtBot, panel: Panel) -> None:
    panel.begin_new()
    panel.editor.fields.twins.typed("Torque wrenches past calibration", None, "")
    panel.editor.fields.twins.look()
    panel.editor.fields.evidence.setPlainText("Seen at noon")
    panel.editor.fields.twins.buttons[0][1].click()
    with panel.bench.workspace.reading() as reader:
        assert [one.words for one in reader.all(Sighting)] == ["Seen at noon"]
        assert len(reader.all(Finding)) == 12


def test_twins_stay_quiet_over_findings_that_are_there_already(qtbot: QtBot, panel: Panel) -> None:
    statement = panel.editor.fields.statement
    statement.setFocus()
    qtbot.keyClick(statement, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    write(qtbot, "Torque wrenches past calibration")
    panel.editor.fields.twins.look()
    assert panel.editor.fields.twins.isHidden()


def test_a_sighting_noted_at_the_wrong_finding_is_removed(qtbot: QtBot, panel: Panel) -> None:
    panel.bench.do(note_sighting, FindingId(panel.editor.finding_id), words="Two more", place="Desk 2")
    part = panel.editor.fields.sightings
    assert part.again_button.isVisible()
    with qtbot.waitSignal(panel.bench.deleted):
        part.removers[0].click()
    assert part.section.step.isVisible()
    assert not part.section.is_unfolded


def sightings(panel: Panel) -> list[Sighting]:
    with panel.bench.workspace.reading() as reader:
        return list(reader.all(Sighting))


def test_the_same_seen_again_is_noted_at_the_finding_itself(qtbot: QtBot, panel: Panel) -> None:
    part = panel.editor.fields.sightings
    assert part.section.step.text() == "Seen again…"
    qtbot.keyClick(part.section.step, Qt.Key.Key_Space)
    assert part.note.words.hasFocus()
    write(qtbot, "Two more were not called")
    qtbot.keyClick(part.note.words, Qt.Key.Key_Tab)
    write(qtbot, "Desk 2")
    qtbot.keyClick(part.note.place, Qt.Key.Key_Return)
    (sighting,) = sightings(panel)
    assert (sighting.words, sighting.place) == ("Two more were not called", "Desk 2")
    assert sighting.finding_id == panel.editor.finding_id
    assert sighting.seen_on == date(2026, 11, 21)
    assert sighting.assessment_id == panel.editor._around.open_assessment.id  # type: ignore[union-attr]
    assert panel.told == ["Noted as seen again."]
    assert part.note.isHidden()
    assert len(part.removers) == 1
    part.again_button.click()
    assert part.note.words.text() == ""
    write(qtbot, "And one more")
    qtbot.mouseClick(part.note.button, Qt.MouseButton.LeftButton)
    assert len(sightings(panel)) == 2
    panel.bench.undo()
    assert len(sightings(panel)) == 1


def test_a_sighting_being_written_is_noted_when_the_finding_is_left_and_given_up_with_esc(
    qtbot: QtBot, panel: Panel
) -> None:
    part = panel.editor.fields.sightings
    part.section.step.click()
    write(qtbot, "A slip")
    qtbot.keyClick(part.note.words, Qt.Key.Key_Escape)
    assert part.section.step.hasFocus()
    panel.show_number(8)
    assert sightings(panel) == []
    part.section.step.click()
    panel.show_number(9)
    assert sightings(panel) == []
    assert part.note.isHidden()
    part.section.step.click()
    write(qtbot, "Two more")
    nine = panel.editor.finding_id
    panel.show_number(8)
    assert [(one.finding_id, one.words) for one in sightings(panel)] == [(nine, "Two more")]
    assert part.note.isHidden()


def test_a_sighting_that_cannot_be_stored_keeps_its_words(
    qtbot: QtBot, panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    import qma_app.services.findings as services

    def refused(*_args: object, **_fields: object) -> object:
        raise QmaError("No.", code="test.no")

    part = panel.editor.fields.sightings
    part.section.step.click()
    write(qtbot, "Two more")
    with monkeypatch.context() as patch:
        patch.setattr(services, "note_sighting", refused)
        part.note.button.click()
    assert part.note.words.text() == "Two more"
    part.note.button.click()
    assert [one.words for one in sightings(panel)] == ["Two more"]


def test_what_stands_in_the_way_of_closing_is_listed_instead_of_a_dead_button(
    qtbot: QtBot, panel: Panel
) -> None:
    closing = panel.editor.fields.closing
    panel.show_number(12)
    assert closing.close_button.isHidden()
    assert "Nobody has checked yet that it is settled." in closing.obstacles.text()
    panel.bench.do(
        verify_by_look,
        Target(finding_id=FindingId(panel.editor.finding_id)),
        points=None,
        effect=Effect.EFFECTIVE,
        words="Ten of ten",
    )
    assert closing.obstacles.isHidden()
    assert [mark.accessibleName() for mark in panel.editor.fields.verification.rows.marks] == ["effective"]
    closing.note.setFocus()
    write(qtbot, "Ten of ten signed")
    closing.close_button.click()
    assert panel.finding(12).closed_on == date(2026, 11, 21)
    assert closing.reopen_button.isVisible()
    closing.reopen_button.click()
    assert panel.finding(12).is_open
    assert panel.finding(12).reopened == 1


def test_what_was_seen_again_after_its_check_cannot_be_closed_on_that_check(panel: Panel) -> None:
    panel.show_number(12)
    id = FindingId(panel.editor.finding_id)
    checked_on = date(2026, 11, 20)
    panel.bench.do(
        verify_by_look,
        Target(finding_id=id),
        points=None,
        effect=Effect.EFFECTIVE,
        words="Ten of ten",
        on=checked_on,
    )
    assert panel.editor.fields.closing.close_button.isVisible()
    panel.bench.do(note_sighting, id, words="One more", seen_on=date(2026, 11, 21))
    assert panel.editor.fields.closing.close_button.isHidden()
    assert panel.editor.fields.closing.obstacles.isVisible()


def test_parts_fold_and_stay_folded(qtbot: QtBot, panel: Panel) -> None:
    part = panel.editor.fields.facts_part
    assert part.inside.isHidden()
    assert "E. Beispiel" in part.head.accessibleName()
    part.head.setFocus()
    qtbot.keyClick(part.head, Qt.Key.Key_Return)
    assert part.is_unfolded
    panel.show_number(8)
    assert part.is_unfolded
    again = Panel(panel.bench)
    qtbot.addWidget(again)
    assert again.editor.fields.facts_part.is_unfolded
    again.bench.changed.disconnect(again.follow)
    part.head.click()
    panel.show_number(9)
    assert part.inside.isHidden()


def test_what_folds_over_a_stored_finding_is_open_while_a_new_one_is_written(
    qtbot: QtBot, panel: Panel
) -> None:
    fields = panel.editor.fields
    assert not fields.facts_part.is_unfolded
    assert not fields.requirement_part.is_unfolded
    panel.begin_new()
    assert fields.facts_part.is_unfolded
    assert fields.requirement_part.is_unfolded
    fields.statement.setPlainText("Keys hang open")
    panel.editor.flush()
    assert fields.head.label.text() == "F-013"
    assert fields.facts_part.is_unfolded
    panel.show_number(9)
    assert not fields.facts_part.is_unfolded
    assert not fields.requirement_part.is_unfolded


def test_a_grade_that_waits_for_its_reason_is_not_folded_away(panel: Panel) -> None:
    fields = panel.editor.fields
    panel.show_number(8)
    assert fields.suggestion.text() == "The points suggest improvement. Say why it is minor:"
    assert fields.requirement_part.is_unfolded
    fields.grade.buttons[FindingGrade.MAJOR].click()
    fields.requirement_part.head.click()
    assert fields.requirement_part.head.summary == "grade not stored yet"


def test_the_steps_of_another_finding_are_there_at_once(panel: Panel) -> None:
    """Rows that Qt shows later do not make the panel higher: everything in it was squeezed together."""
    history = panel.editor.fields.history
    history.section.unfold()
    before = history.section.inside.children()
    panel.show_number(8)
    rows = [
        row for row in history.section.inside.children() if isinstance(row, QWidget) and row not in before
    ]
    assert rows
    assert all(row.isVisible() for row in rows)


def test_history_is_read_only_when_it_is_unfolded(panel: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    import qma_app.services.finding_history as history

    asked: list[str] = []
    read = history.finding_history

    def counted(reader: ReadingScope, finding_id: FindingId) -> tuple[history.HistoryLine, ...]:
        asked.append(finding_id)
        return read(reader, finding_id)

    monkeypatch.setattr(history, "finding_history", counted)
    panel.show_number(8)
    assert asked == []
    panel.editor.fields.history.section.head.click()
    assert len(asked) == 1
    assert "2 steps" in panel.editor.fields.history.section._summary


def test_tab_goes_through_the_panel_as_it_is_read(qtbot: QtBot, panel: Panel) -> None:
    for part in (panel.editor.fields.requirement_part, panel.editor.fields.facts_part):
        part.unfold()
    panel.editor.fields._set_order()
    panel.editor.fields.statement.setFocus()
    tops: list[int] = []
    for _step in range(24):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
        assert widget is not None
        tops.append(widget.mapTo(panel.editor.fields, widget.rect().topLeft()).y())
    assert tops == sorted(tops) or max(a - b for a, b in pairwise(tops)) < 40


def test_it_stands_in_380_pixels(qtbot: QtBot, panel: Panel) -> None:
    panel.resize(380, 700)
    fields = panel.editor.fields
    for part in (fields.reply.section, fields.correction.section, fields.cause_part.section):
        part.begin()
    QApplication.processEvents()
    room = panel.editor.sheet.viewport().width()
    assert fields.minimumSizeHint().width() <= room
    assert fields.width() == room


def test_every_control_has_a_name_and_is_large_enough(panel: Panel) -> None:
    fields = panel.editor.fields
    for part in (fields.reply.section, fields.correction.section, fields.cause_part.section):
        part.begin()
    assert unnamed_controls(panel) == []
    assert small_targets(panel) == []
    assert rich_labels(panel) == []


def test_words_already_written_read_as_text_and_empty_ones_as_a_field(panel: Panel) -> None:
    fields = panel.editor.fields
    quiet: dict[str, QPlainTextEdit] = {"statement": fields.statement, "reply": fields.reply.words}
    assert [note.property("quiet") for note in quiet.values()] == [True, False]


@pytest.mark.parametrize(
    ("typed", "figure"),
    [
        ("12.5", "12.5"),
        ("12,5", "12.5"),
        ("1,234", "1234"),
        ("1.234,50", "1234.5"),
        ("1 234 567", "1234567"),
        ("95 %", "95"),
        ("-3", "-3"),
    ],
)
def test_figures_are_typed_in_many_ways(typed: str, figure: str) -> None:
    assert read_figure(typed) == Decimal(figure)


@pytest.mark.parametrize("rubbish", ["a lot", "1,23,4", "12.5.6", "--3", "1..2", "%"])
def test_what_is_no_figure_is_marked_and_stays(qtbot: QtBot, panel: Panel, rubbish: str) -> None:
    cost = panel.editor.fields.cost
    if rubbish != "%":
        with pytest.raises(ValueError):
            read_figure(rubbish)
    cost.setText("500")
    cost.flush()
    cost.setText(rubbish)
    cost.flush()
    if rubbish != "%":
        assert cost.property("problem") is True
        assert cost.text() == rubbish
        assert panel.finding(9).cost == Decimal(500)
    cost.setText(figure_text(Decimal(500)))


def test_a_refused_figure_is_kept_and_tried_again(panel: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    import qma_app.services.findings as services

    def refused(*_args: object, **_fields: object) -> object:
        raise QmaError("No.", code="test.no")

    cost = panel.editor.fields.cost
    with monkeypatch.context() as patch:
        patch.setattr(services, "change_finding", refused)
        cost.setText("1200")
        cost.flush()
    assert cost.text() == "1,200"
    cost.flush()
    assert panel.finding(9).cost == Decimal(1200)


def test_a_new_finding_keeps_its_cost(qtbot: QtBot, panel: Panel) -> None:
    panel.begin_new()
    cost = panel.editor.fields.cost
    cost.setText("300")
    cost.flush()
    panel.editor.fields.statement.setPlainText("Keys hang open")
    panel.editor.flush()
    assert panel.finding(13).cost == Decimal(300)


def test_hostile_words_stay_words_everywhere(panel: Panel) -> None:
    hostile = "<img src=x><b>x</b> {0} %s & Söhne"
    finding = panel.finding(9)
    with panel.bench.workspace.writing("finding.changed") as work:
        work.put(
            replace(
                finding,
                reply=Reply.DISAGREED,
                reply_words=hostile,
                reply_by=hostile,
                correction=hostile,
                elsewhere=Elsewhere.FOUND,
                elsewhere_words=hostile,
            )
        )
    panel.bench.do(note_sighting, finding.id, words=hostile, place=hostile)
    panel.show_number(9)
    panel.editor.fields.history.section.unfold()
    panel.grab()
    assert rich_labels(panel) == []
