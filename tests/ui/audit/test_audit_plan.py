"""The plan of an audit by keys: team and independence, scope, days, timetable, and what the dealership is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.audit import Audit, AuditSlot, TeamMember, TeamPart
from qma_app.domain.ids import PersonId
from qma_app.domain.people import Person, Role, Worker
from qma_app.domain.planning_table import DEFAULT_TABLE
from qma_app.domain.tie import Tie, TieKind
from qma_app.errors import QmaError
from qma_app.services.audits import planning_table, propose_timetable
from tests.services.auditing import FIRST, LAST
from tests.services.visiting import SetClock
from tests.ui.answering import Answer
from tests.ui.looking import rich_labels, small_targets, unnamed_controls
from ui.audit.days_dialog import DaysDialog
from ui.audit.declaration_dialog import DeclarationDialog
from ui.audit.member_dialog import MemberDialog
from ui.audit.plan_view import PlanView
from ui.audit.planning_lines import RiskLine, StaffLine
from ui.audit.planning_table_dialog import PlanningTableDialog
from ui.audit.sent_dialog import SentDialog
from ui.audit.slot_dialog import SlotDialog
from ui.audit.teaming import likely_part, with_member, without_member
from ui.audit.tie_dialog import TieDialog
from ui.dialogs.reason import ReasonDialog
from ui.places import Place
from ui.workbench import Workbench

pytest_plugins = ["tests.ui.audit.planning_fixtures"]

COACH = "Carla Coach of Autohaus Beispiel"
SECOND = "Egon Zweiter"
"""An auditor nothing stands against, beside the one who began the audit."""


@pytest.fixture
def bench(bench_of_plan: Workbench) -> Workbench:
    """The day after the audit was begun."""
    return bench_of_plan


@pytest.fixture
def show_plan(show_audit_plan: Callable[[], PlanView]) -> Callable[[], PlanView]:
    """Shows the plan to whoever is working."""
    return show_audit_plan


@pytest.fixture
def view(show_plan: Callable[[], PlanView]) -> PlanView:
    """The plan as the auditor sees it."""
    return show_plan()


def audit_of(view: PlanView) -> Audit:
    with view.workbench.workspace.reading() as reader:
        (audit,) = reader.all(Audit)
    return audit


def slots_of(view: PlanView) -> tuple[AuditSlot, ...]:
    with view.workbench.workspace.reading() as reader:
        found = reader.all(AuditSlot)
    return tuple(sorted(found, key=lambda one: (one.on, one.begins, one.ends, one.id)))


def person(view: PlanView, name: str) -> Person:
    with view.workbench.workspace.reading() as reader:
        return next(one for one in reader.all(Person) if one.name == name)


def press(qtbot: QtBot, view: PlanView, key: Qt.Key) -> None:
    """Press a key where the keyboard is; without a window manager nothing is active after a dialog has gone."""
    view.window().activateWindow()
    qtbot.waitUntil(view.window().isActiveWindow)
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key)


def cells(view: PlanView, name: str) -> list[str]:
    """The cells of somebody's row in the team."""
    id = person(view, name).id
    return list(next(row.cells for row in view.team.table.words.rows if row.key == id))


class TestTeam:
    """Who comes, with what stands against it."""

    def test_an_auditor_is_added_by_keys(self, qtbot: QtBot, view: PlanView, answer: Answer) -> None:
        def chosen(dialog: QDialog) -> None:
            assert isinstance(dialog, MemberDialog)
            assert dialog.chosen is not None
            assert dialog.chosen.person.name == SECOND
            assert dialog.part.currentData() == TeamPart.AUDITOR
            qtbot.keyClick(dialog.table, Qt.Key.Key_Return)

        answer(chosen)
        press(qtbot, view, Qt.Key.Key_A)
        assert [one.part for one in audit_of(view).team] == [TeamPart.LEAD, TeamPart.AUDITOR]
        assert cells(view, SECOND)[1:] == ["Auditor", "independent", "not yet"]

    def test_the_coach_is_refused_as_auditor_with_the_records_named_and_may_observe(
        self, qtbot: QtBot, view: PlanView, answer: Answer
    ) -> None:
        def tried(dialog: QDialog) -> None:
            assert isinstance(dialog, MemberDialog)
            dialog.table.select(person(view, COACH).id)
            assert dialog.part.currentData() == TeamPart.EXPERT
            dialog.part.setCurrentIndex(list(TeamPart).index(TeamPart.AUDITOR))
            dialog.accept()
            assert "coached this dealership within 24 months" in dialog._problem.text()
            assert "programme begun on 12 Jan 2026" in dialog._problem.text()
            dialog.part.setCurrentIndex(list(TeamPart).index(TeamPart.OBSERVER))
            dialog.accept()

        answer(tried)
        press(qtbot, view, Qt.Key.Key_A)
        assert cells(view, COACH)[1:] == ["Observer, does not grade", "does not grade", ""]

    def test_a_new_lead_leaves_the_old_one_an_auditor(self) -> None:
        old, new = PersonId("old"), PersonId("new")
        team = with_member((TeamMember(person_id=old, part=TeamPart.LEAD),), new, TeamPart.LEAD)
        assert team == (
            TeamMember(person_id=new, part=TeamPart.LEAD),
            TeamMember(person_id=old, part=TeamPart.AUDITOR),
        )
        assert without_member(team, old) == team[:1]
        assert likely_part((), may_grade=True) is TeamPart.LEAD
        assert likely_part(team, may_grade=False) is TeamPart.EXPERT

    def test_the_lead_cannot_be_taken_out_and_stays(self, qtbot: QtBot, view: PlanView) -> None:
        with qtbot.waitSignal(view.workbench.failed) as failed:
            press(qtbot, view, Qt.Key.Key_Delete)
        error = failed.args[0]
        assert isinstance(error, QmaError)
        assert error.code == "audit.lead"
        assert len(audit_of(view).team) == 1

    def test_a_tie_is_declared_with_words_only(self, qtbot: QtBot, view: PlanView, answer: Answer) -> None:
        def declared(dialog: QDialog) -> None:
            assert isinstance(dialog, DeclarationDialog)
            dialog.ties[TieKind.PAID].click()
            dialog.accept()
            assert "needs words" in dialog._problem.text()
            qtbot.keyClicks(dialog.words, "A talk in 2024")
            dialog.accept()

        answer(declared)
        press(qtbot, view, Qt.Key.Key_I)
        (said,) = audit_of(view).declarations
        assert (said.ties, said.words) == (("paid",), "A talk in 2024")
        assert cells(view, "Dora Auditor")[3] == "21 May 2027: Was paid by this dealership"

    def test_a_declaration_lies_not_ahead(self, qtbot: QtBot, view: PlanView, answer: Answer) -> None:
        def ahead(dialog: QDialog) -> None:
            assert isinstance(dialog, DeclarationDialog)
            dialog.day.field.setText("+3")
            dialog.accept()
            assert dialog._problem.text()
            dialog.reject()

        answer(ahead)
        press(qtbot, view, Qt.Key.Key_I)
        assert audit_of(view).declarations == ()


class TestIndependence:
    """What ties somebody to the dealership beside the records."""

    def test_a_noted_tie_stands_against_a_member_until_it_is_taken_out(
        self, qtbot: QtBot, view: PlanView, answer: Answer
    ) -> None:
        def noted(dialog: QDialog) -> None:
            assert isinstance(dialog, TieDialog)
            dialog.who.setCurrentIndex(dialog.who.findText("Dora Auditor"))
            dialog.kind.setCurrentIndex(list(TieKind).index(TieKind.PAID))
            dialog.last.field.setText("1 Mar 2026")
            dialog.first.field.setText("2 Mar 2026")
            dialog.accept()
            assert "before it begins" in dialog._problem.text()
            dialog.first.field.setText("2024-01-01")
            dialog.accept()

        answer(noted)
        press(qtbot, view, Qt.Key.Key_N)
        assert cells(view, "Dora Auditor")[2] == "not free"
        assert "was paid by this dealership within 24 months" in view.team.hint.text()
        assert "noted from 1 Jan 2024 to 1 Mar 2026" in view.team.hint.text()
        assert view.team.state.text() == "not independent"
        view.ties.take_focus()
        press(qtbot, view, Qt.Key.Key_Delete)
        with view.workbench.workspace.reading() as reader:
            assert reader.all(Tie) == ()
        assert cells(view, "Dora Auditor")[2] == "independent"
        view.workbench.undo()
        assert cells(view, "Dora Auditor")[2] == "not free"

    def test_a_tie_that_ended_long_ago_no_longer_counts(
        self, qtbot: QtBot, view: PlanView, answer: Answer
    ) -> None:
        def noted(dialog: QDialog) -> None:
            assert isinstance(dialog, TieDialog)
            dialog.who.setCurrentIndex(dialog.who.findText("Dora Auditor"))
            dialog.last.field.setText("13 Jun 2025")
            dialog.accept()

        answer(noted)
        view.ties.new()
        (row,) = view.ties.table.words.rows
        assert row.small[2] == "no longer counts"
        assert cells(view, "Dora Auditor")[2] == "independent"


class TestScope:
    """Areas in and out, with reasons."""

    def test_enter_leaves_an_area_out_with_its_lines_and_takes_it_in_again(
        self, qtbot: QtBot, view: PlanView, answer: Answer
    ) -> None:
        view.workbench.do(propose_timetable, view.audit_id)
        area = audit_areas(view)[1]
        planned = sum(one.area_id == area for one in slots_of(view))
        assert planned

        def explained(dialog: QDialog) -> None:
            assert isinstance(dialog, ReasonDialog)
            qtbot.keyClicks(dialog.reason, "Looked at last year")
            dialog.accept()

        answer(explained)
        view.go(Place(page="audit", area_id=area))
        view.take_focus()
        press(qtbot, view, Qt.Key.Key_Return)
        assert [(one.area_id, one.reason) for one in audit_of(view).left_out] == [
            (area, "Looked at last year")
        ]
        assert not any(one.area_id == area for one in slots_of(view))
        assert view.scope.state.text().startswith("13 areas")
        press(qtbot, view, Qt.Key.Key_Return)
        assert audit_of(view).left_out == ()
        assert view.scope.state.text().startswith("14 areas")


def audit_areas(view: PlanView) -> tuple[str, ...]:
    assert view.desk is not None
    return view.desk.state.assessment.scope


class TestDays:
    """When, and how many auditor days."""

    def test_a_first_day_behind_the_last_moves_the_last_with_it(self, qtbot: QtBot, view: PlanView) -> None:
        view.dates.first.field.setText("21 Jun 2027")
        view.flush()
        assert (audit_of(view).first_on, audit_of(view).last_on) == (date(2027, 6, 21), date(2027, 6, 23))
        assert view.dates.state.text() == "3 working days"

    def test_without_a_last_day_the_audit_ends_on_its_first(self, qtbot: QtBot, view: PlanView) -> None:
        view.dates.last.field.setText("")
        view.flush()
        assert (audit_of(view).first_on, audit_of(view).last_on) == (FIRST, FIRST)
        view.dates.first.field.setText("")
        view.flush()
        assert (audit_of(view).first_on, audit_of(view).last_on) == (None, None)
        view.dates.first.field.setText("21 Jun 2027")
        view.flush()
        assert (audit_of(view).first_on, audit_of(view).last_on) == (date(2027, 6, 21), date(2027, 6, 21))

    def test_days_that_leave_lines_outside_are_refused_and_put_back(
        self, qtbot: QtBot, view: PlanView
    ) -> None:
        view.workbench.do(propose_timetable, view.audit_id)
        with qtbot.waitSignal(view.workbench.failed) as failed:
            view.dates.last.field.setText("15 Jun 2027")
            view.flush()
        assert failed.args[0].code == "audit.slots-outside"
        assert audit_of(view).last_on == LAST
        assert view.dates.last.field.text() == "16 Jun 2027"

    def test_the_language_of_the_papers_is_chosen(self, view: PlanView) -> None:
        box = view.dates.language
        box.setCurrentIndex(box.findData("de"))
        box.activated.emit(box.currentIndex())
        assert audit_of(view).language == "de"

    def test_fewer_days_than_the_table_says_need_a_reason(
        self, qtbot: QtBot, view: PlanView, answer: Answer
    ) -> None:
        def agreed(dialog: QDialog) -> None:
            assert isinstance(dialog, DaysDialog)
            dialog.risks["several-sites"].click()
            assert dialog.days.placeholderText() == "4.5 proposed"
            assert "More than one site: +10%" in dialog.lines.text()
            dialog.days.setText("3")
            dialog.accept()
            assert "a reason is needed" in dialog._problem.text()
            assert dialog.focusWidget() is dialog.reason
            qtbot.keyClicks(dialog.reason, "The second site is a wash bay")
            dialog.accept()

        answer(agreed)
        press(qtbot, view, Qt.Key.Key_U)
        days = audit_of(view).days
        assert days is not None
        assert (days.staff, days.risks) == (40, ("several-sites",))
        assert days.days == days.on_site == Decimal(3)
        assert view.effort.figure.text() == "3"
        assert "The second site is a wash bay" in view.effort.lines.text()

    def test_an_empty_staff_or_one_beyond_the_table_is_told_at_once(
        self, view: PlanView, answer: Answer
    ) -> None:
        def typed(dialog: QDialog) -> None:
            assert isinstance(dialog, DaysDialog)
            dialog.staff.setText("9000")
            dialog.accept()
            assert "ends at 625 staff" in dialog._problem.text()
            dialog.reject()

        answer(typed)
        view.effort.work_out()
        assert audit_of(view).days is None


class TestPlanningTable:
    """The table is the programme's own and can be had back."""

    def table(self, view: PlanView) -> object:
        with view.workbench.workspace.reading() as reader:
            return planning_table(reader)

    def test_rows_circumstances_and_shares_are_changed_and_given_back(
        self, qtbot: QtBot, view: PlanView, answer: Answer
    ) -> None:
        def changed(dialog: QDialog) -> None:
            assert isinstance(dialog, PlanningTableDialog)
            assert not dialog.default_button.isVisible()
            first = dialog.staff.lines()[0]
            assert isinstance(first, StaffLine)
            first.days.setText("many")
            dialog.accept()
            assert dialog._problem.text() == "Days: type a figure; “many” is none."
            first.days.setText("1")
            dialog._add_risk()
            own = dialog.risks.lines()[-1]
            assert isinstance(own, RiskLine)
            own.title.setText("Two languages are spoken")
            own.percent.setText("12.5")
            shares = {line.kind: line for line in dialog.kinds}
            shares[AssessmentKind.SURVEILLANCE].share.setText("half")
            dialog.accept()
            assert "type a share such as 1/3" in dialog._problem.text()
            shares[AssessmentKind.SURVEILLANCE].share.setText("40%")
            dialog.accept()

        def given_back(dialog: QDialog) -> None:
            assert isinstance(dialog, PlanningTableDialog)
            dialog.default_button.click()
            dialog.accept()

        answer(changed)
        view.effort.change_table()
        with view.workbench.workspace.reading() as reader:
            table = planning_table(reader)
        assert table.rows[0].days == 1
        assert table.rows[1:] == DEFAULT_TABLE.rows[1:]
        assert (table.risks[-1].title, table.risks[-1].share) == ("Two languages are spoken", Fraction(1, 8))
        assert table.risks[:-1] == DEFAULT_TABLE.risks
        assert table.share_of(AssessmentKind.SURVEILLANCE) == Fraction(2, 5)
        assert table.share_of(AssessmentKind.RECERTIFICATION) == Fraction(2, 3)
        answer(given_back)
        view.effort.change_table()
        assert self.table(view) == DEFAULT_TABLE

    def test_rows_that_do_not_follow_are_refused(self, view: PlanView, answer: Answer) -> None:
        def changed(dialog: QDialog) -> None:
            assert isinstance(dialog, PlanningTableDialog)
            second = dialog.staff.lines()[1]
            assert isinstance(second, StaffLine)
            second.days.set_figure(Decimal(1))
            dialog.accept()
            assert "Row 2 of the planning table" in dialog._problem.text()
            dialog.reject()

        answer(changed)
        view.effort.change_table()
        assert self.table(view) == DEFAULT_TABLE


class TestTimetable:
    """Who looks at what when."""

    def test_a_proposal_gives_each_area_its_time(self, qtbot: QtBot, view: PlanView) -> None:
        assert view.timetable.nothing.isVisible()
        press(qtbot, view, Qt.Key.Key_T)
        assert {one.area_id for one in slots_of(view)} >= set(audit_areas(view))
        rows = view.timetable.table.words.rows
        assert rows[0].cells == ("Monday 14 Jun", "08:30–09:00", "Opening meeting", "everybody", "")
        assert rows[1].cells[0] == ""
        assert view.timetable.state.text() == f"{len(rows)} lines"

    def test_a_clash_is_refused_in_the_dialog_and_the_line_moved(
        self, qtbot: QtBot, view: PlanView, answer: Answer
    ) -> None:
        press(qtbot, view, Qt.Key.Key_T)
        first, second = [one for one in slots_of(view) if one.area_id][:2]

        def moved(dialog: QDialog) -> None:
            assert isinstance(dialog, SlotDialog)
            assert dialog.begins.time_of_day == first.begins
            dialog.ends.setTime(dialog.ends.time().addSecs(1800))
            dialog.accept()
            assert f"From {second.begins:%H:%M}" in dialog._problem.text()
            dialog.ends.setTime(dialog.ends.time().addSecs(-2700))
            dialog.with_whom.setText("Frau Muster")
            dialog.accept()

        view.timetable.table.select(first.id)
        view.timetable.table.setFocus()
        answer(moved)
        press(qtbot, view, Qt.Key.Key_Return)
        after = next(one for one in slots_of(view) if one.id == first.id)
        assert (after.with_whom, after.auditor_id) == ("Frau Muster", first.auditor_id)
        assert after.ends < first.ends
        press(qtbot, view, Qt.Key.Key_Delete)
        assert first.id not in {one.id for one in slots_of(view)}

    def test_a_line_is_added_for_an_area_without_time(
        self, qtbot: QtBot, view: PlanView, answer: Answer
    ) -> None:
        def added(dialog: QDialog) -> None:
            assert isinstance(dialog, SlotDialog)
            assert dialog.area.currentData() == audit_areas(view)[0]
            dialog.accept()

        answer(added)
        view.new()
        (slot,) = slots_of(view)
        assert (slot.on, slot.begins, slot.ends) == (FIRST, time(9), time(10))
        assert slot.auditor_id == audit_of(view).lead_id
        assert view.timetable.state.text() == "13 areas without time"


class TestSending:
    """What the dealership gets, and when."""

    def test_a_plan_that_is_not_complete_is_not_sent(
        self, qtbot: QtBot, view: PlanView, answer: Answer
    ) -> None:
        def refused(dialog: QDialog) -> None:
            assert isinstance(dialog, SentDialog)
            dialog.accept()
            assert "The plan is not complete: the timetable." in dialog._problem.text()
            dialog.reject()

        answer(refused)
        press(qtbot, view, Qt.Key.Key_G)
        assert audit_of(view).sent_on is None

    def test_a_plan_sent_late_is_taken_and_said_to_be(
        self, qtbot: QtBot, view: PlanView, answer: Answer
    ) -> None:
        view.workbench.do(propose_timetable, view.audit_id)
        view.dates.first.field.setText("1 Jun 2027")
        assert view.sending.state.text() == "not sent"

        def noted(dialog: QDialog) -> None:
            assert isinstance(dialog, SentDialog)
            assert dialog.notice.text() == "24 days before the first audit day."
            dialog.accept()

        view.dates.first.show_day(FIRST, date(2027, 5, 21))
        answer(noted)
        press(qtbot, view, Qt.Key.Key_G)
        assert audit_of(view).sent_on == date(2027, 5, 21)
        assert view.sending.state.text() == "sent"
        clock = view.workbench.workspace.clock
        assert isinstance(clock, SetClock)
        clock.put(date(2027, 6, 5))
        view.refresh()

        def later(dialog: QDialog) -> None:
            assert isinstance(dialog, SentDialog)
            dialog.day.field.setText("4 Jun 2027")
            dialog.day.flush()
            assert "less than two weeks" in dialog.notice.text()
            dialog.accept()

        answer(later)
        view.sending.mark_sent()
        assert view.sending.state.text() == "sent late"
        assert "less than two weeks ahead" in view.sending.words.text()

    def test_plan_and_calendar_are_saved_beside_the_window(
        self, qtbot: QtBot, view: PlanView, bench: Workbench
    ) -> None:
        view.workbench.do(propose_timetable, view.audit_id)
        with qtbot.waitSignal(bench.file_saved, timeout=20_000) as saved:
            press(qtbot, view, Qt.Key.Key_V)
        plan = saved.args[0]
        folder = bench.settings.reports_folder
        assert plan.parent == folder
        assert plan.read_bytes().startswith(b"%PDF")
        (calendar,) = folder.glob("*.ics")
        text = calendar.read_text("utf-8")
        assert text.count("BEGIN:VEVENT") == len(slots_of(view))

    def test_the_plan_is_looked_at_among_the_reports(self, qtbot: QtBot, view: PlanView) -> None:
        with qtbot.waitSignal(view.workbench.jump_to) as jumped:
            press(qtbot, view, Qt.Key.Key_M)
        place = jumped.args[0]
        assert (place.page, place.view, place.paper_of) == ("reports", "audit-plan", "R-2027-0001")


class TestReadOnly:
    """Whoever may not write sees the same cards."""

    def test_a_coach_changes_nothing(
        self, qtbot: QtBot, bench: Workbench, show_plan: Callable[[], PlanView], answer: Answer
    ) -> None:
        with bench.workspace.reading() as reader:
            coach = next(one for one in reader.all(Person) if one.name == COACH)
        bench.workspace.set_worker(Worker(person_id=coach.id, role=Role.COACH))
        view = show_plan()
        before = audit_of(view)
        for button in (
            view.team.add_member_button,
            view.ties.note_button,
            view.scope.turn_button,
            view.effort.work_out_button,
            view.timetable.propose_button,
            view.sending.sent_button,
        ):
            assert not button.isVisible()
        assert not view.dates.first.isEnabled()
        for key in (Qt.Key.Key_A, Qt.Key.Key_I, Qt.Key.Key_N, Qt.Key.Key_U, Qt.Key.Key_T, Qt.Key.Key_G):
            press(qtbot, view, key)
        for card in (view.team, view.scope):
            card.take_focus()
            press(qtbot, view, Qt.Key.Key_Return)
            press(qtbot, view, Qt.Key.Key_Delete)
        assert audit_of(view) == before
        assert slots_of(view) == ()
        assert view.sending.save_button.isVisible()


def test_everything_has_a_name_and_its_size(view: PlanView, answer: Answer) -> None:
    view.workbench.do(propose_timetable, view.audit_id)
    assert unnamed_controls(view) == []
    assert small_targets(view) == []
    assert rich_labels(view) == []


def test_every_control_of_the_dialogs_has_a_name(view: PlanView, answer: Answer) -> None:
    def looked_at(dialog: QDialog) -> None:
        assert unnamed_controls(dialog) == []
        assert rich_labels(dialog) == []
        dialog.reject()

    acts = (view.team.new, view.team.declare, view.ties.new, view.effort.work_out, view.effort.change_table)
    answer(*[looked_at] * (len(acts) + 1))
    for act in (*acts, view.new):
        act()


def test_the_step_says_what_it_misses(view: PlanView) -> None:
    assert view.status().startswith("14 areas · 467 checkpoints · ")
    assert "The plan was not sent yet" in view.sending.words.text()
    assert "No declaration yet" in view.team.hint.text()


def test_letters_work_where_nobody_is_in_the_team_and_nothing_may_be_written(
    qtbot: QtBot, bench: Workbench, show_plan: Callable[[], PlanView]
) -> None:
    with bench.workspace.writing("test.team-left") as work:
        (audit,) = work.all(Audit)
        work.put(replace(audit, team=()))
    bench.workspace.set_worker(Worker(person_id=PersonId("nobody here"), role=Role.DECISION_MAKER))
    view = show_plan()
    assert view.sending.save_button.hasFocus()
