"""The plan is proposed, made, read as timeline and table, carried out of the program and changed; what is late leads to its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from qma_app.domain.spot import Spot
from qma_app.domain.visit import Visit
from qma_app.services.journey import LateLine
from tests.ui.answering import Answer
from tests.ui.journey_house import ENGAGEMENT
from ui.dialogs.visit_list import TakeInVisits
from ui.journey.course_card import BURN
from ui.journey.late_strip import LateStrip
from ui.journey.phase_moving import MoveArea, MovePhase
from ui.journey.plan_making import AcceptPlan, MakePlan
from ui.journey.plan_shown import TABLE, TIMELINE
from ui.journey.plan_view import PlanView
from ui.journey.timeline_pieces import Kind
from ui.models.standards_table import TableRow
from ui.pages.journey import JourneyPage
from ui.places import Place

pytest_plugins = ["tests.ui.journey_fixtures"]


def rows(table: object) -> list[TableRow]:
    return list(table.words.rows)  # type: ignore[attr-defined]  # a table of words


def accept(dialog: QDialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Return)


def cancel(dialog: QDialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_without_a_plan_enter_leads_to_a_proposal_and_enter_makes_it(
    qtbot: QtBot, page_begun: JourneyPage, answer: Answer
) -> None:
    plan = page_begun.part("plan")
    assert isinstance(plan, PlanView)
    assert plan.empty.isVisible()
    assert plan.empty.button.hasFocus()

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, MakePlan)
        waves = {row.cells[0] for row in rows(dialog.areas)}
        assert waves == {"Wave 1", "Wave 2"}
        assert all(row.cells[3] for row in rows(dialog.areas))
        dialog.waves.setValue(3)
        assert {row.cells[0] for row in rows(dialog.areas)} == {"Wave 1", "Wave 2", "Wave 3"}
        assert dialog.summary.text().startswith("11 areas in 3 waves")
        assert [row.cells[0] for row in rows(dialog.visits)][:2] == ["1", "2"]
        accept(dialog)

    answer(look)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert plan.timeline.isVisible()
    assert plan.view is not None
    assert {bar.wave for bar in plan.view.areas} == {1, 2, 3}
    page_begun.workbench.undo()
    assert plan.empty.isVisible()


def test_the_head_says_how_the_programme_stands(page: JourneyPage) -> None:
    assert page.head.title.text() == "Eighteen months to certification"
    assert page.head.detail.text().startswith("Month 9 · Improve, wave 2 · 7 of 16 visits held")
    assert page.status() == "2 things late"


def test_t_shows_the_same_as_a_table_with_the_same_piece_chosen(qtbot: QtBot, plan: PlanView) -> None:
    plan.timeline.choose(Kind.AREA, "service")
    qtbot.keyClick(plan.timeline, Qt.Key.Key_T)
    assert plan.face == TABLE
    assert plan.table.hasFocus()
    keys = {row.key for row in rows(plan.table)}
    assert keys == {piece.id for row in plan.timeline.rows for piece in row.pieces}
    assert plan.chosen_piece is not None
    assert plan.chosen_piece.key == "service"
    with qtbot.waitSignal(plan.going) as gone:
        qtbot.keyClick(plan.table, Qt.Key.Key_Return)
    assert gone.args[0].area_id == "service"
    qtbot.keyClick(plan.table, Qt.Key.Key_T)
    assert plan.face == TIMELINE


def test_the_table_carries_areas_by_keys_too(qtbot: QtBot, plan: PlanView) -> None:
    assert plan.view is not None
    plan.show_face(TABLE)
    order = [str(bar.area_id) for bar in plan.view.areas]
    plan.table.select((Kind.AREA, order[1]))
    qtbot.keyClick(plan.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [str(bar.area_id) for bar in plan.view.areas][:2] == [order[1], order[0]]


def test_what_is_late_stands_in_words_and_leads_to_its_place(qtbot: QtBot, plan: PlanView) -> None:
    assert plan.late.buttons[0].accessibleName() == "Late: Staff: 1 finding overdue"
    with qtbot.waitSignal(plan.going) as gone:
        plan.late.buttons[0].click()
    assert (gone.args[0].page, gone.args[0].area_id) == ("checklists", "people")
    plan.late.setFixedWidth(60)
    assert plan.late.shown == 0
    assert plan.late._more.isVisible()


def test_one_thing_late_is_said_in_full_where_there_is_room(qtbot: QtBot) -> None:
    strip = LateStrip()
    qtbot.addWidget(strip)
    strip.resize(900, 30)
    why = "to be left by 31 Oct 2026, its gate was not passed and nobody said why"
    line = LateLine(title="Commitment", why=why, spot=Spot(page="journey"))
    strip.show_lines([line])
    assert strip.buttons[0].text().endswith(why)
    strip.resize(260, 30)
    strip.show_lines([line])
    assert strip.shown == 1
    assert strip.buttons[0].text().endswith("…")
    strip.show_lines([line, line])
    assert strip.buttons[0].text().endswith("…")


def test_the_card_of_the_score_has_two_faces_and_a_table(qtbot: QtBot, plan: PlanView) -> None:
    course = plan.course
    assert [row.cells[0] for row in rows(course.table)] == ["Base", "M4", "M6", "M9", "Expected"]
    assert "expected on" in course.words.text()
    assert "Base" in course.chart.accessibleDescription()
    course.switch.buttons[BURN].click()
    assert course.title_label.text() == "Checkpoints over the programme"
    assert rows(course.table)[-1].cells[-1] == "132"
    assert "a month" in course.words.text()
    plan.toggle_table()
    assert course.table.isVisible()
    assert not course.chart.isVisible()


def test_m_types_the_days_and_the_wave_of_an_area(qtbot: QtBot, plan: PlanView, answer: Answer) -> None:
    def move(dialog: QDialog) -> None:
        assert isinstance(dialog, MoveArea)
        dialog.wave.setValue(3)
        accept(dialog)

    plan.timeline.choose(Kind.AREA, "people")
    answer(move)
    qtbot.keyClick(plan.timeline, Qt.Key.Key_M)
    assert plan.view is not None
    moved = next(bar for bar in plan.view.areas if bar.area_id == "people")
    assert moved.wave == 3
    assert str(moved.starts_on) > "2027-01-09"


def test_moving_a_phase_shows_what_follows_before_anything_is_stored(
    qtbot: QtBot, plan: PlanView, answer: Answer
) -> None:
    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, MovePhase)
        assert dialog.audit.text() == "Audit: 17 Jul 2027 now, 24 Jul 2027 then"
        moved = {row.cells[0] for row in rows(dialog.table)}
        assert {"Improve, wave 2", "Improve, wave 3", "Pre-audit", "Audit", "Staff"} <= moved
        cancel(dialog)

    def move(dialog: QDialog) -> None:
        accept(dialog)

    now = next(piece for piece in plan.timeline.rows[0].pieces if piece.title == "Improve, wave 2")
    plan.timeline.choose(Kind.PHASE, now.key)
    keys = (Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)
    answer(look)
    qtbot.keyClick(plan.timeline, *keys)
    assert plan.timeline.rows[0].pieces[4] == now
    answer(move)
    qtbot.keyClick(plan.timeline, *keys)
    later = plan.timeline.rows[0].pieces
    assert (later[4].last - now.last).days == 7
    assert str(later[7].first) == "2027-07-24"
    plan.workbench.undo()
    assert plan.timeline.rows[0].pieces[4] == now


def test_a_move_that_cannot_be_is_refused_in_the_dialog(plan: PlanView, answer: Answer) -> None:
    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, MovePhase)
        dialog.ends.show_day(dialog.starts.day.replace(year=2025))
        assert not dialog.accept_button.isEnabled()
        assert dialog._problem.text()
        assert not dialog.table.isVisible()
        cancel(dialog)

    answer(look)
    plan.open(plan.timeline.rows[0].pieces[4])


def test_the_principals_acceptance_is_noted(plan: PlanView, answer: Answer) -> None:
    def write(dialog: QDialog) -> None:
        assert isinstance(dialog, AcceptPlan)
        accept(dialog)
        assert dialog._problem.text().startswith("It is not said who accepts the plan.")
        QTest.keyClicks(dialog.by, "E. Muster")
        accept(dialog)

    answer(write)
    plan.acts.accept_plan()
    assert plan.view is not None
    assert plan.view.engagement.plan_accepted_by == "E. Muster"


def test_a_place_chooses_its_area(plan: PlanView) -> None:
    plan.go(Place(page="journey", view="plan", area_id="parts"))
    assert plan.place().area_id == "parts"


def test_the_calendar_is_written_beside_the_window(qtbot: QtBot, plan: PlanView, tmp_path: Path) -> None:
    target = tmp_path / "journey.ics"
    with qtbot.waitSignal(plan.workbench.file_saved, timeout=10_000):
        plan.acts.export_calendar(target)
    assert target.read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_a_list_of_visits_goes_out_and_comes_back_changed(
    qtbot: QtBot, plan: PlanView, tmp_path: Path, answer: Answer
) -> None:
    template = tmp_path / "empty.xlsx"
    with qtbot.waitSignal(plan.workbench.file_saved, timeout=10_000):
        plan.acts.save_template(template)
    assert template.stat().st_size > 1000
    written = tmp_path / "visits.csv"
    written.write_text("Date;From;To;Purpose\n2027-01-12;09:00;15:00;Parts\n2027-01-17;;;A Sunday\n", "utf-8")

    def take(dialog: QDialog) -> None:
        assert isinstance(dialog, TakeInVisits)
        if not dialog.table.isVisible():
            answering.answers.insert(0, take)  # the file is being read beside the window
            return
        assert [row.cells[4] for row in rows(dialog.table)] == ["is planned", "is planned"]
        assert not dialog.accept_button.isEnabled()
        dialog.despite.setChecked(True)
        accept(dialog)

    answering = answer(take)
    plan.acts.take_in_list(written)
    with plan.workbench.workspace.reading() as reader:
        purposes = {visit.purpose for visit in reader.all(Visit, engagement_id=ENGAGEMENT)}
    assert {"Parts", "A Sunday"} <= purposes


def test_commands_of_the_palette_work_before_and_after_there_is_a_plan(
    page: JourneyPage, plan: PlanView, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = {command.title for command in page.commands()}
    assert {"Plan a visit", "Pass the gate ahead", "Propose the plan anew", "Export calendar"} <= titles
    commands = {command.title: command for command in page.commands()}
    commands["Show the plan as a table"].run()
    assert plan.face == TABLE


def test_what_is_chosen_by_keys_is_scrolled_into_sight(
    qtbot: QtBot, page: JourneyPage, plan: PlanView
) -> None:
    page.window().resize(1000, 420)
    qtbot.wait(1)
    bar = plan._scroll.verticalScrollBar()
    assert bar.value() == 0
    plan.timeline.choose(Kind.PHASE, plan.timeline.rows[0].pieces[4].key)
    for _press in range(12):
        qtbot.keyClick(plan.timeline, Qt.Key.Key_Down)
    assert bar.value() > 0
    area = plan.timeline.area_of(plan.timeline.current)  # type: ignore[arg-type]  # something is chosen
    at = plan.timeline.mapTo(plan._scroll.viewport(), area.center().toPoint())
    assert 0 <= at.y() < plan._scroll.viewport().height()
