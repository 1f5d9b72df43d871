"""A visit is prepared, held and closed by keys; nothing of it is lost when the computer goes out in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QTime, QUrl
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from qma_app.domain.action import Action
from qma_app.domain.evidence import Evidence, EvidenceLink
from qma_app.domain.finding import Finding
from qma_app.domain.promise import Promise
from qma_app.domain.visit import Signature, Visit, VisitNote, VisitState
from qma_app.services.visit_notes import note
from qma_app.services.visits import (
    close_visit,
    delete_visit,
    pause_visit,
    sign_visit,
    start_visit,
    tick_item,
)
from tests.ui.answering import Answer
from tests.ui.looking import rich_labels, small_targets, unnamed_controls
from tests.ui.showroom import ENGAGEMENT, TODAY
from tests.ui.visiting import LATER, PRINCIPAL, SERVICE_MANAGER, Visited, a_visited_programme
from ui.dialogs.agenda_point import AgendaPointDialog
from ui.dialogs.close_visit import CloseVisit
from ui.dialogs.plan_visit import PlanVisit
from ui.dialogs.reason import ReasonDialog
from ui.journey.visits_view import VisitsView
from ui.pages.journey import JourneyPage
from ui.places import Place
from ui.visit.agenda_card import read_point
from ui.visit.photos_card import PhotosCard
from ui.workbench import Workbench

pytest_plugins = ["tests.ui.showroom_fixtures"]


@pytest.fixture
def visited(showroom: Workbench, tmp_path: Path) -> Visited:
    showroom.settings.put("reports_folder", str(tmp_path / "papers"))
    return a_visited_programme(showroom)


@pytest.fixture
def page(qtbot: QtBot, visited: Visited) -> Iterator[JourneyPage]:
    """The Journey at its visits, as large as in a window of 1440 by 900."""
    yield from shown(qtbot, visited)


def shown(qtbot: QtBot, visited: Visited) -> Iterator[JourneyPage]:
    page = JourneyPage(visited.bench)
    qtbot.addWidget(page)
    page.resize(1230, 790)
    page.refresh()
    page.go(Place(page="journey", view="visits"))
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    visited.bench.changed.connect(page.apply_changes)
    page.take_focus()
    yield page
    visited.bench.changed.disconnect(page.apply_changes)
    visited.bench.jobs.cancel_all()


@pytest.fixture
def view(page: JourneyPage) -> VisitsView:
    view = page.part("visits")
    assert isinstance(view, VisitsView)
    return view


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focused(), key, modifier)


def typed(words: str) -> None:
    QTest.keyClicks(focused(), words)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_the_visit_of_today_is_on_the_desk_and_the_list_leads_to_others(
    page: JourneyPage, view: VisitsView, visited: Visited
) -> None:
    assert page.head.title.text() == "Visit 1 — Service, Parts and accessories"
    assert "08:30–16:30" in page.head.detail.text()
    assert view.place() == Place(
        page="journey", dealership_id=visited.bench.dealership_id, view="visits", visit_id=visited.today
    )
    assert view.list.hasFocus()
    press(Qt.Key.Key_Down)
    assert page.head.title.text() == "Visit 2"
    assert view.place().visit_id == visited.later
    view.go(Place(page="journey", view="visits", visit_id=visited.today))
    assert view.list.current_key == visited.today


def test_p_prepares_the_visit_and_saves_its_sheet_and_the_calendar(
    qtbot: QtBot, page: JourneyPage, view: VisitsView, visited: Visited, tmp_path: Path
) -> None:
    with qtbot.waitSignal(visited.bench.file_saved, timeout=20_000) as saved:
        press(Qt.Key.Key_P)
    assert page.view == "visits"
    assert saved.args[0].read_bytes().startswith(b"%PDF")
    (calendar,) = (tmp_path / "papers").glob("*.ics")
    assert b"BEGIN:VEVENT" in calendar.read_bytes()
    titles = [item.title for item in visited.items()]
    assert "Walk the workshop" in titles
    assert any(item.step.startswith("agenda:") for item in visited.items())
    assert len(view.desk.agenda.points.rows) == len(titles)


def test_p_is_a_letter_where_somebody_types_and_leads_to_the_plan_from_elsewhere(
    page: JourneyPage, view: VisitsView, visited: Visited
) -> None:
    before = visited.items()
    press(Qt.Key.Key_N)
    assert view.desk.notes.new.hasFocus()
    typed("p")
    assert view.desk.notes.new.text() == "p"
    assert visited.items() == before
    page.show_view("trends")
    press(Qt.Key.Key_P)
    assert page.view == "plan"


def test_letters_can_be_switched_off(view: VisitsView, visited: Visited) -> None:
    visited.bench.settings.put("single_letters", False)
    press(Qt.Key.Key_S)
    assert visited.visit().state is VisitState.PLANNED


def test_s_starts_pauses_and_goes_on(page: JourneyPage, view: VisitsView, visited: Visited) -> None:
    press(Qt.Key.Key_S)
    visit = visited.visit()
    assert visit.state is VisitState.RUNNING
    # Asked to be there, but nobody has said yet that they were.
    assert [(one.name, one.at_opening) for one in visit.participants] == [
        (PRINCIPAL, False),
        (SERVICE_MANAGER, False),
    ]
    assert view.head_buttons.pause.isVisible()
    assert not view.head_buttons.start.isVisible()
    press(Qt.Key.Key_S)
    assert visited.visit().state is VisitState.PAUSED
    assert "paused" in page.head.detail.text()
    assert view.head_buttons.clock.text().startswith("paused at")
    press(Qt.Key.Key_S)
    assert visited.visit().state is VisitState.RUNNING
    assert len(visited.visit().clock) == 2


def test_a_visit_held_before_its_day_says_so_and_undo_takes_it_back(
    qtbot: QtBot, view: VisitsView, visited: Visited
) -> None:
    with qtbot.waitSignal(visited.bench.told) as told:
        view.acts.start_or_pause(visited.visit(visited.later))
    assert told.args == ["Visit 2 was planned for 15 Dec 2026 and is held today. Undo takes that back."]
    assert visited.visit(visited.later).day == TODAY
    visited.bench.undo()
    assert visited.visit(visited.later).state is VisitState.PLANNED


def test_the_clock_counts_on_from_what_is_stored(
    view: VisitsView, visited: Visited, monkeypatch: pytest.MonkeyPatch
) -> None:
    visited.bench.do(start_visit, visited.today)
    begun = visited.visit().clock[0].begun
    monkeypatch.setattr(visited.bench.workspace, "clock", lambda: begun + timedelta(hours=2, minutes=14))
    view._show_clock()
    assert view.head_buttons.clock.text() == "2 h 14 min"
    monkeypatch.setattr(visited.bench.workspace, "clock", lambda: begun - timedelta(hours=5))
    view._show_clock()
    assert view.head_buttons.clock.text() == "0 min"


def test_points_are_ticked_moved_and_taken_off_by_keys(view: VisitsView, visited: Visited) -> None:
    points = view.desk.agenda.points
    points.focus()
    press(Qt.Key.Key_Space)
    assert visited.items()[0].done_at is not None
    assert points.rows[0].line.is_done
    press(Qt.Key.Key_Space)
    assert visited.items()[0].done_at is None
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [item.title for item in visited.items()] == ["Opening", "Closing", "Walk the workshop"]
    assert [row.line.lead for row in points.rows] == ["08:30", "08:50", "09:10"]
    assert points.current is not None
    assert points.current.line.strong == "Walk the workshop"
    press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    press(Qt.Key.Key_Delete)
    assert [item.title for item in visited.items()] == ["Opening", "Closing"]
    visited.bench.undo()
    assert [item.title for item in visited.items()] == ["Opening", "Walk the workshop", "Closing"]


def test_enter_on_a_point_changes_it(view: VisitsView, visited: Visited, answer: Answer) -> None:
    def write(dialog: QDialog) -> None:
        assert isinstance(dialog, AgendaPointDialog)
        dialog.minutes.setValue(35)
        dialog.outcome.setPlainText("Bench three is blocked.")
        dialog.accept()

    answer(write)
    view.desk.agenda.points.focus(visited.items()[1].id)
    press(Qt.Key.Key_Return)
    item = visited.items()[1]
    assert (item.minutes, item.outcome) == (35, "Bench three is blocked.")


@pytest.mark.parametrize(
    ("words", "point"),
    [
        ("Walk round 20", ("Walk round", 20)),
        ("Walk round 20 min", ("Walk round", 20)),
        ("Check bay 3 after lunch", ("Check bay 3 after lunch", 15)),
        ("  Talk ", ("Talk", 15)),
        ("45", ("45", 15)),
    ],
)
def test_a_number_at_the_end_is_the_minutes_of_a_point(words: str, point: tuple[str, int]) -> None:
    assert read_point(words) == point


def test_a_typed_point_goes_onto_the_agenda(view: VisitsView, visited: Visited) -> None:
    view.desk.agenda.new.setFocus()
    typed("Talk with the new advisor 25")
    press(Qt.Key.Key_Return)
    assert [(item.title, item.minutes) for item in visited.items()][-1] == ("Talk with the new advisor", 25)
    assert view.desk.agenda.new.text() == ""


def test_what_is_noted_elsewhere_grows_the_list_and_f_makes_a_finding(
    view: VisitsView, visited: Visited
) -> None:
    bench = visited.bench
    bench.do(start_visit, visited.today)
    bench.do(note, ENGAGEMENT, "Torque wrench on the floor", visit_id=visited.today)
    press(Qt.Key.Key_N)
    typed("No price on the order")
    press(Qt.Key.Key_Return)
    rows = view.desk.notes.notes.rows
    assert [row.line.rest for row in rows] == ["No price on the order", "Torque wrench on the floor"]
    rows[1].setFocus()
    press(Qt.Key.Key_F)
    with bench.workspace.reading() as reader:
        finding = max(reader.all(Finding), key=lambda one: one.number)
    assert finding.statement == "Torque wrench on the floor"
    assert view.desk.notes.notes.rows[1].line.right == finding.label
    with bench.workspace.reading() as reader:
        assert {one.visit_id for one in reader.all(VisitNote)} == {visited.today}


def test_a_note_between_two_visits_can_be_put_into_this_one(view: VisitsView, visited: Visited) -> None:
    visited.bench.do(start_visit, visited.today)
    visited.bench.do(note, ENGAGEMENT, "A customer called")
    view.desk.notes.notes.focus()
    assert view.desk.notes.notes.rows[0].line.detail == "between two visits"
    press(Qt.Key.Key_Plus)
    with visited.bench.workspace.reading() as reader:
        (kept,) = reader.all(VisitNote)
    assert kept.visit_id == visited.today


def test_promises_open_the_visit_and_are_kept_or_broken_in_place(
    view: VisitsView, visited: Visited, answer: Answer
) -> None:
    promises = view.desk.promises.promises
    assert "20 days late" in promises.rows[0].line.detail
    promises.focus()
    press(Qt.Key.Key_K)
    assert _promise(visited).kept_on == TODAY
    assert promises.rows[0].line.is_done
    press(Qt.Key.Key_Space)
    assert not _promise(visited).is_settled

    def say(dialog: QDialog) -> None:
        assert isinstance(dialog, ReasonDialog)
        dialog.reason.setText("Nobody was hired")
        dialog.accept()

    answer(say)
    press(Qt.Key.Key_B)
    assert (_promise(visited).broken_on, _promise(visited).outcome) == (TODAY, "Nobody was hired")


def _promise(visited: Visited) -> Promise:
    with visited.bench.workspace.reading() as reader:
        return reader.get(Promise, visited.promise.id)


def test_who_was_there_is_typed_or_chosen_and_ticked(view: VisitsView, visited: Visited) -> None:
    people = view.desk.people
    people.who.words.setText("T. Probe")
    people.add_person()
    people.who.words.setText("A guest")
    people.who.words.returnPressed.emit()
    one, other = visited.visit().participants
    assert (one.function, bool(one.person_id)) == ("Head of department", True)
    assert (other.name, other.person_id) == ("A guest", "")
    people.closing[1].click()
    people.opening[0].click()
    one, other = visited.visit().participants
    assert (one.at_opening, one.at_closing, other.at_closing) == (False, False, True)
    people.removers[0].click()
    assert [one.name for one in visited.visit().participants] == ["A guest"]


def test_a_pasted_photo_hangs_on_the_visit(qtbot: QtBot, view: VisitsView, visited: Visited) -> None:
    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.blue)
    QApplication.clipboard().setImage(picture)
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(view.desk.photos.strip.tiles) == 1, timeout=10_000)
    with visited.bench.workspace.reading() as reader:
        (link,) = reader.all(EvidenceLink, visit_id=visited.today)
    view.desk.photos.strip.removal_wanted.emit(view.desk.photos.strip.tiles[0].evidence)
    with visited.bench.workspace.reading() as reader:
        assert reader.find(EvidenceLink, link.id) is None


def test_what_waits_is_tied_to_the_programme_and_visit_it_came_for(
    qtbot: QtBot, view: VisitsView, visited: Visited, tmp_path: Path
) -> None:
    assert view.shelf is not None
    assert view.shelf.desk is not None
    here, card = view.shelf.desk, PhotosCard(visited.bench)
    qtbot.addWidget(card)
    card.show_desk(here)
    for name in ("first", "second"):
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(b"%PDF-1.4\n" + name.encode() + b"\n%%EOF\n")
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(file))])
        assert card.tied.take_mime(mime)
    other = replace(here.visit, id="elsewhere", engagement_id="another programme")  # type: ignore[arg-type]
    card.show_desk(replace(here, view=replace(here.view, visit=other), pictures=()))
    assert card.strip.tiles == []

    def names() -> set[str]:
        with visited.bench.workspace.reading() as reader:
            links = reader.all(EvidenceLink, visit_id=visited.today)
            return {reader.get(Evidence, link.evidence_id).name for link in links}

    qtbot.waitUntil(lambda: names() == {"first.pdf", "second.pdf"}, timeout=10_000)


def test_a_summary_being_typed_keeps_its_words_and_its_place(view: VisitsView, visited: Visited) -> None:
    visited.bench.do(start_visit, visited.today)
    summary = view.desk.summary.summary
    summary.setFocus()
    typed("Good day ")
    summary.flush()
    visited.bench.do(note, ENGAGEMENT, "something else", visit_id=visited.today)
    typed("for parts")
    summary.flush()
    assert summary.toPlainText() == "Good day for parts"
    assert visited.visit().summary == "Good day for parts"


def test_a_visit_the_battery_ended_goes_on_where_it_was(
    qtbot: QtBot, page: JourneyPage, visited: Visited
) -> None:
    bench = visited.bench
    bench.do(start_visit, visited.today)
    bench.do(tick_item, visited.items()[0].id)
    begun = visited.visit().clock[0].begun
    page.hide()
    for again in shown(qtbot, visited):
        view = again.part("visits")
        assert isinstance(view, VisitsView)
        assert view.visit is not None
        assert view.visit.state is VisitState.RUNNING
        assert view.visit.clock[0].begun == begun
        assert view.desk.agenda.points.rows[0].line.is_done
        # The keyboard is where the work goes on.
        assert view.desk.agenda.points.current is view.desk.agenda.points.rows[1]


def closing(view: VisitsView, visited: Visited, qtbot: QtBot) -> CloseVisit:
    assert view.shelf is not None
    assert view.shelf.desk is not None
    dialog = CloseVisit(view, visited.bench, view.shelf.desk)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def test_enter_writes_down_what_is_agreed_and_does_not_close(
    qtbot: QtBot, view: VisitsView, visited: Visited
) -> None:
    visited.bench.do(start_visit, visited.today)
    dialog = closing(view, visited, qtbot)
    dialog.line.what.setText("New order form at the second desk")
    dialog.line.who.words.setText(SERVICE_MANAGER)
    dialog.line.due.field.setText("+14")
    QTest.keyClick(dialog.line.what, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert len(dialog.agreed.lines.rows) == 1
    with visited.bench.workspace.reading() as reader:
        promise = max(reader.all(Promise), key=lambda one: one.number)
    assert (promise.visit_id, promise.due_on) == (visited.today, TODAY + timedelta(days=14))
    dialog.line.kind.chosen.emit("action")
    dialog.line.what.setText("Calibrate the wrenches")
    QTest.keyClick(dialog.line.what, Qt.Key.Key_Return)
    with visited.bench.workspace.reading() as reader:
        assert [one.what for one in reader.all(Action)] == ["Calibrate the wrenches"]
    assert len(dialog.agreed.lines.rows) == 2
    assert visited.visit().state is VisitState.RUNNING


def test_enter_behind_the_day_writes_it_down_too(qtbot: QtBot, view: VisitsView, visited: Visited) -> None:
    visited.bench.do(start_visit, visited.today)
    dialog = closing(view, visited, qtbot)
    dialog.line.what.setText("New order form at the second desk")
    dialog.line.who.words.setText(SERVICE_MANAGER)
    dialog.line.due.field.setText("+14")
    QTest.keyClick(dialog.line.due.field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.line.what.text() == ""
    with visited.bench.workspace.reading() as reader:
        assert max(reader.all(Promise), key=lambda one: one.number).due_on == TODAY + timedelta(days=14)


def test_words_that_were_not_added_keep_the_visit_open(
    qtbot: QtBot, view: VisitsView, visited: Visited
) -> None:
    visited.bench.do(start_visit, visited.today)
    dialog = closing(view, visited, qtbot)
    dialog.line.what.setText("Key box gets a lock")
    dialog.accept()
    assert not dialog.is_closed
    assert "Key box gets a lock" in dialog._problem.text()
    assert visited.visit().state is VisitState.RUNNING
    dialog.line.what.clear()
    dialog.accept()
    assert dialog.is_closed


def test_esc_keeps_the_summary_and_names_words_before_it_leaves_them(
    qtbot: QtBot, view: VisitsView, visited: Visited
) -> None:
    visited.bench.do(start_visit, visited.today)
    dialog = closing(view, visited, qtbot)
    dialog.summary.setPlainText("A good day.")
    dialog.line.what.setText("Key box gets a lock")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "Key box gets a lock" in dialog._problem.text()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert (visited.visit().state, visited.visit().summary) == (VisitState.RUNNING, "A good day.")


def test_a_promise_needs_somebody_who_gives_it(qtbot: QtBot, view: VisitsView, visited: Visited) -> None:
    visited.bench.do(start_visit, visited.today)
    dialog = closing(view, visited, qtbot)
    dialog.line.what.setText("More time")
    dialog.line.add()
    with visited.bench.workspace.reading() as reader:
        assert len(reader.all(Promise)) == 1
    assert dialog.line.what.text() == "More time"


def test_closing_agrees_the_next_day_signs_and_ends_the_undo(
    qtbot: QtBot, view: VisitsView, visited: Visited
) -> None:
    visited.bench.do(start_visit, visited.today)
    dialog = closing(view, visited, qtbot)
    assert dialog.next.day == LATER
    dialog.next.field.field.setText("20.12.2026")
    dialog.next.field.flush()
    assert any("Sunday" in words for words in dialog.next.against)
    assert dialog.next.free_button.isVisible()
    dialog.next.free_button.click()
    assert dialog.next.against == ()
    dialog.summary.setPlainText("A good day.")
    dialog.signing.name.words.setText(PRINCIPAL)
    QTest.mousePress(dialog.signing.pad, Qt.MouseButton.LeftButton, pos=dialog.signing.pad.rect().center())
    dialog.signing.pad._go_on(dialog.signing.pad.rect().bottomRight().toPointF())
    QTest.mouseRelease(dialog.signing.pad, Qt.MouseButton.LeftButton)
    assert dialog.accept_button.accessibleName() == "Close and sign"
    dialog.accept()
    assert dialog.is_closed
    visit, later = visited.visit(), visited.visit(visited.later)
    assert (visit.state, visit.summary, visit.next_on) == (
        VisitState.CLOSED,
        "A good day.",
        date(2026, 12, 21),
    )
    assert later.planned_on == date(2026, 12, 21)
    assert [(one.name, bool(one.strokes)) for one in visit.signatures] == [(PRINCIPAL, True)]
    assert not visited.bench.can_undo
    assert view.desk.agenda.points.is_read_only
    assert not view.desk.notes.new.isVisible()


def test_a_day_against_which_something_stands_is_taken_only_all_the_same(
    qtbot: QtBot, view: VisitsView, visited: Visited
) -> None:
    visited.bench.do(start_visit, visited.today)
    dialog = closing(view, visited, qtbot)
    dialog.next.field.field.setText("25.12.2026")
    assert not dialog.signing.is_begun
    dialog.accept()
    assert dialog.is_closed
    assert visited.visit(visited.later).planned_on == date(2026, 12, 25)
    assert visited.bench.can_undo


def test_a_name_missing_under_a_signature_keeps_the_visit_open(
    qtbot: QtBot, view: VisitsView, visited: Visited
) -> None:
    visited.bench.do(start_visit, visited.today)
    dialog = closing(view, visited, qtbot)
    dialog.signing.name.words.clear()
    dialog.signing.on_paper.setChecked(True)
    dialog.accept()
    assert not dialog.is_closed
    assert visited.visit().state is VisitState.RUNNING


def test_signed_on_paper_is_a_name_without_a_line(qtbot: QtBot, view: VisitsView, visited: Visited) -> None:
    visited.bench.do(start_visit, visited.today)
    dialog = closing(view, visited, qtbot)
    assert dialog.signing.name.words.text() == PRINCIPAL
    dialog.signing.on_paper.setChecked(True)
    dialog.accept()
    (signature,) = visited.visit().signatures
    assert (signature.name, signature.strokes) == (PRINCIPAL, ())


def test_a_visit_forgotten_over_night_is_ended_when_it_ended(
    qtbot: QtBot, view: VisitsView, visited: Visited, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = datetime(2026, 11, 21, 7, 30, tzinfo=UTC)
    visited.bench.do(start_visit, visited.today, at=begun)
    monkeypatch.setattr(visited.bench.workspace, "clock", lambda: begun + timedelta(days=1, hours=3))
    view.refresh()
    dialog = closing(view, visited, qtbot)
    assert dialog.ended.isVisible()
    assert dialog.is_ended_then.isChecked()
    dialog.end_time.setTime(QTime(14, 0))
    dialog.accept()
    ended = visited.visit().clock[-1].ended
    assert ended is not None
    assert (ended.astimezone().date(), f"{ended.astimezone():%H:%M}") == (TODAY, "14:00")


def test_minutes_are_looked_at_on_paper_and_the_agenda_before_the_visit(
    qtbot: QtBot, page: JourneyPage, view: VisitsView, visited: Visited
) -> None:
    with qtbot.waitSignal(page.going) as going:
        press(Qt.Key.Key_M)
    assert (going.args[0].page, going.args[0].view, going.args[0].visit_id) == (
        "reports",
        "agenda",
        visited.today,
    )
    visited.bench.do(start_visit, visited.today)
    with qtbot.waitSignal(page.going) as going:
        press(Qt.Key.Key_M)
    assert going.args[0].view == "minutes"


def test_signed_minutes_are_reopened_with_a_reason_only(
    view: VisitsView, visited: Visited, answer: Answer
) -> None:
    bench = visited.bench
    bench.do(start_visit, visited.today)
    bench.do(close_visit, visited.today)
    assert view.head_buttons.sign.isVisible()
    press(Qt.Key.Key_C)
    assert view.desk.signing.form.name.words.hasFocus()
    signature = Signature(
        name=PRINCIPAL, function="", strokes=((0, 0, 10, 10),), signed_at=bench.workspace.clock()
    )
    bench.do(sign_visit, visited.today, signature)
    assert view.desk.signing.shown.count() == 1
    assert not view.desk.signing.form.isVisible()
    assert not view.head_buttons.sign.isVisible()

    def say(dialog: QDialog) -> None:
        assert isinstance(dialog, ReasonDialog)
        dialog.reason.setText("Wrong name")
        dialog.accept()

    answer(say)
    view.desk.signing.reopen_button.click()
    visit = visited.visit()
    assert (visit.state, visit.signatures) == (VisitState.PAUSED, ())
    assert "Wrong name" in visit.summary


def test_a_refusal_leaves_what_was_typed_in_the_dialog(
    qtbot: QtBot, view: VisitsView, visited: Visited
) -> None:
    dialog = PlanVisit(view, visited.bench, ENGAGEMENT, day=date(2026, 12, 20))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.accept_button.accessibleName() == "Plan it all the same"
    dialog.purpose.setText("Walk the parts store")
    dialog.ends.setTime(dialog.starts.time())
    dialog.accept()
    assert dialog.changes is None
    assert dialog.isVisible()
    assert "ends" in dialog._problem.text()
    dialog.ends.setTime(dialog.starts.time().addSecs(3600))
    dialog.accept()
    assert dialog.changes is not None
    made = dialog.changes.made(Visit)
    assert (made.planned_on, made.purpose) == (date(2026, 12, 20), "Walk the parts store")


def test_a_planned_visit_is_deleted_and_comes_back(view: VisitsView, visited: Visited) -> None:
    view.go(Place(page="journey", view="visits", visit_id=visited.later))
    view.list.setFocus()
    press(Qt.Key.Key_Delete)
    assert len(view.list.words.rows) == 1
    visited.bench.undo()
    assert len(view.list.words.rows) == 2


def test_without_a_visit_enter_plans_the_first(
    page: JourneyPage, view: VisitsView, visited: Visited, answer: Answer
) -> None:
    for id in (visited.today, visited.later):
        visited.bench.do(delete_visit, id)
    view.take_focus()
    assert view.empty.button.hasFocus()

    def plan(dialog: QDialog) -> None:
        assert isinstance(dialog, PlanVisit)
        assert dialog.day.day is not None
        assert dialog.day.against == ()
        dialog.accept()

    answer(plan)
    view.empty.button.click()
    assert view.visit is not None
    assert view.visit.number == 3


@pytest.mark.parametrize("state", ["planned", "running", "closed", "signed"])
@pytest.mark.parametrize("size", [(1230, 790), (930, 530)])
def test_every_control_has_a_name_and_is_large_enough(
    page: JourneyPage, view: VisitsView, visited: Visited, state: str, size: tuple[int, int]
) -> None:
    bench = visited.bench
    page.resize(*size)
    if state != "planned":
        bench.do(start_visit, visited.today)
        bench.do(note, ENGAGEMENT, "Seen", visit_id=visited.today)
        bench.do(pause_visit, visited.today)
    if state in ("closed", "signed"):
        bench.do(close_visit, visited.today)
    if state == "signed":
        signature = Signature(
            name=PRINCIPAL, function="", strokes=((0, 0, 10, 10),), signed_at=bench.workspace.clock()
        )
        bench.do(sign_visit, visited.today, signature)
    for _turn in range(6):
        QApplication.processEvents()
    assert unnamed_controls(view) == []
    assert small_targets(view) == []
    assert rich_labels(view) == []
    for button in view.buttons():
        if button.isVisible():
            assert button.mapTo(page, button.rect().topRight()).x() <= page.width()
