"""What coach and house agreed: written until it is signed and locked, read-only from then on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from qma_app.domain.charter import Charter
from qma_app.domain.dealership import ClosingDay
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence_use import evidence_of_charter
from qma_app.domain.ids import AreaId
from qma_app.domain.people import Person
from qma_app.domain.promise import Promise
from qma_app.domain.spot import Spot
from qma_app.domain.target import Gain, Target
from qma_app.services.areas_left_out import areas_left_out
from qma_app.services.charters import charter_of
from qma_app.services.people import add_person
from tests.ui.agreed_house import CUSTOMERS
from tests.ui.answering import Answer
from tests.ui.journey_house import DEALERSHIP, ENGAGEMENT, START, TODAY
from tests.ui.turning import back_in, press, turned_to
from ui.dialogs.closing_time import ClosingTime
from ui.dialogs.programme_end import EndProgramme, ExtendProgramme
from ui.dialogs.reason import ReasonDialog
from ui.dialogs.sign_charter import SignCharter
from ui.dialogs.target import LockTargets, TargetDialog
from ui.journey.agreement_view import AgreementView
from ui.pages.journey import JourneyPage
from ui.pages.reports_page import ReportsPage
from ui.places import Place, place_of
from ui.workbench import Workbench

pytest_plugins = ["tests.ui.journey_fixtures", "tests.ui.agreed_fixtures"]


@pytest.fixture
def view(page_agreed: JourneyPage) -> AgreementView:
    return turned_to(page_agreed, AgreementView)


@pytest.fixture
def fresh(page_begun: JourneyPage) -> AgreementView:
    """On the first day nothing is agreed."""
    return turned_to(page_begun, AgreementView)


def test_letters_turn_on_from_an_agreement_that_is_not_signed(
    qtbot: QtBot, page_begun: JourneyPage, fresh: AgreementView
) -> None:
    page_begun.show_view("agreement")
    assert fresh.charter.sign_button.hasFocus()
    qtbot.keyClick(fresh.charter.sign_button, Qt.Key.Key_P)
    assert page_begun.view == "plan"


def engagement(view: AgreementView) -> Engagement:
    with view.workbench.workspace.reading() as reader:
        return reader.get(Engagement, ENGAGEMENT)


def charter(view: AgreementView) -> Charter:
    with view.workbench.workspace.reading() as reader:
        found = charter_of(reader, ENGAGEMENT)
    assert found is not None
    return found


def targets(view: AgreementView) -> list[Target]:
    with view.workbench.workspace.reading() as reader:
        return sorted(reader.all(Target, engagement_id=ENGAGEMENT), key=lambda one: one.kpi)


class TestCharter:
    """Aim, coach's part, promises and the signature."""

    def test_it_is_stored_as_it_is_typed_and_signed_by_keys(
        self, qtbot: QtBot, page_begun: JourneyPage, fresh: AgreementView, answer: Answer
    ) -> None:
        def signed(dialog: QDialog) -> None:
            assert isinstance(dialog, SignCharter)
            assert dialog.place.text() == "Musterstadt"
            qtbot.keyClicks(dialog.by.words, "E. Beispiel")
            dialog.accept()

        assert fresh.charter.sign_button.hasFocus()
        fresh.charter.aim.setFocus()
        qtbot.keyClicks(fresh.charter.aim, "No customer waits")
        fresh.flush()
        assert charter(fresh).aim == "No customer waits"
        fresh.charter.sign_button.setFocus()
        answer(signed)
        press(qtbot, Qt.Key.Key_S)
        assert (charter(fresh).signed_on, charter(fresh).signed_by) == (START, "E. Beispiel")
        assert fresh.charter.aim.isReadOnly()
        assert not fresh.charter.sign_button.isVisible()
        assert page_begun.head.detail.text() == (
            "Charter signed 2 Mar 2026 · targets not locked · month 1 of 18"
        )

    def test_an_empty_charter_is_not_signed_and_the_dialog_says_why(
        self, qtbot: QtBot, fresh: AgreementView, answer: Answer
    ) -> None:
        def refused(dialog: QDialog) -> None:
            assert isinstance(dialog, SignCharter)
            dialog.by.words.setText("E. Beispiel")
            dialog.accept()
            assert "does not say yet" in dialog._problem.text()
            dialog.reject()

        fresh.charter.sign_button.setFocus()
        answer(refused)
        press(qtbot, Qt.Key.Key_S)
        assert fresh.charter.sign_button.isVisible()

    def test_a_promise_begins_the_charter(self, qtbot: QtBot, fresh: AgreementView) -> None:
        card = fresh.charter
        qtbot.keyClicks(card.what, "Ten minutes at each opening")
        qtbot.keyClicks(card.who.words, "E. Beispiel")
        qtbot.keyClicks(card.due.field, "31.3.26")
        qtbot.keyClick(card.what, Qt.Key.Key_Return)
        with fresh.workbench.workspace.reading() as reader:
            made = reader.all(Promise, engagement_id=ENGAGEMENT)[0]
        assert (made.charter_id, made.due_on) == (charter(fresh).id, date(2026, 3, 31))
        assert [row.line.strong for row in card.promises.rows] == ["Ten minutes at each opening"]
        assert card.what.text() == ""

    def test_a_signed_one_shows_who_signed_and_cannot_be_added_to(self, view: AgreementView) -> None:
        assert view.charter.state.text() == "✓ signed by E. Beispiel, Musterstadt, 2 Mar 2026"
        assert not view.charter.what.isVisible()
        assert [row.line.right for row in view.charter.promises.rows] == ["✓ kept", "✓ kept"]

    def test_the_signed_page_is_dropped_and_taken_off(
        self, qtbot: QtBot, view: AgreementView, tmp_path: Path
    ) -> None:
        def pages() -> list[str]:
            with view.workbench.workspace.reading() as reader:
                return [one.name for one in evidence_of_charter(reader, charter(view).id)]

        page = tmp_path / "Last page.pdf"
        page.write_bytes(b"%PDF-1.4\n%the last page\n%%EOF\n")
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(page))])
        assert view.charter.page.take_mime(mime)
        qtbot.waitUntil(lambda: pages() == ["Charter signed.pdf", "Last page.pdf"])
        qtbot.waitUntil(lambda: len(view.agreed.pages) == 2 if view.agreed else False)
        assert view.agreed is not None
        with qtbot.waitSignal(view.workbench.deleted):
            view.charter.page.strip.removal_wanted.emit(view.agreed.pages[1].evidence)
        assert pages() == ["Charter signed.pdf"]

    def test_m_leads_to_its_paper(self, qtbot: QtBot, view: AgreementView) -> None:
        view.targets.table.setFocus()
        with qtbot.waitSignal(view.going) as gone:
            press(qtbot, Qt.Key.Key_M)
        assert (gone.args[0].page, gone.args[0].view, gone.args[0].paper_of) == ("reports", "charter", "")


class TestTargets:
    """Agreed, held against the figures, locked."""

    def test_they_are_held_against_the_figures(self, view: AgreementView) -> None:
        rows = [row.cells for row in view.targets.table.words.rows]
        assert rows == [
            ("C03 Satisfied customers (top 2 of 5)", "71", "81.5", "85", "○ on the way"),
            ("E02 Engagement index", "61", "75", "75", "✓ reached"),
            ("P01 Return on sales", "0.8", "–", "2", "not read yet"),
        ]
        assert view.targets.state.text() == "locked 30 Mar 2026"

    def test_locked_ones_say_so_at_once(self, qtbot: QtBot, view: AgreementView, answer: Answer) -> None:
        answer()  # no dialog is asked to be filled in
        view.targets.table.setFocus()
        for key in (Qt.Key.Key_N, Qt.Key.Key_Return, Qt.Key.Key_L):
            with qtbot.waitSignal(view.workbench.told) as told:
                press(qtbot, key)
            assert "locked on 30 Mar 2026" in told.args[0]
        with qtbot.waitSignal(view.workbench.failed) as failed:
            press(qtbot, Qt.Key.Key_Delete)
        assert failed.args[0].code == "targets.locked"

    def test_one_is_agreed_and_its_kpi_says_whose_gain_it_is(
        self, qtbot: QtBot, page_agreed: JourneyPage, view: AgreementView, answer: Answer
    ) -> None:
        def agreed(dialog: QDialog) -> None:
            assert isinstance(dialog, TargetDialog)
            dialog.accept()
            assert "Choose the KPI" in dialog._problem.text()
            dialog._picked("P02")
            assert dialog.gain.currentData() == Gain.PROFIT
            qtbot.keyClicks(dialog.goal, "31,5")
            assert dialog.due.day == date(2027, 9, 2)
            dialog.accept()

        _unlocked(view)
        view.targets.table.setFocus()
        answer(agreed)
        press(qtbot, Qt.Key.Key_N)
        made = next(one for one in targets(view) if one.kpi == "P02")
        assert (made.goal, made.start, made.gain) == (Decimal("31.5"), None, Gain.PROFIT)

    def test_locking_waits_until_everybody_gains(self, fresh: AgreementView, answer: Answer) -> None:
        def refused(dialog: QDialog) -> None:
            assert isinstance(dialog, LockTargets)
            assert not dialog.accept_button.isEnabled()
            dialog.accept()
            assert dialog.isVisible()
            dialog.reject()

        answer(refused)
        fresh.targets.lock()
        assert engagement(fresh).targets_locked_on is None

    def test_undo_right_now_unlocks_them(self, view: AgreementView, answer: Answer) -> None:
        _unlocked(view)
        answer(lambda dialog: dialog.accept())
        view.targets.lock()
        assert engagement(view).targets_locked_on == TODAY
        assert not view.targets.new_button.isVisible()
        view.workbench.undo()
        assert engagement(view).targets_locked_on is None
        assert view.targets.new_button.isVisible()


class TestHouse:
    """Leaders, length, closing times and what applies."""

    def test_choosing_a_leader_stores_it_and_keeps_the_others(self, view: AgreementView) -> None:
        box = view.leaders.principal
        place = next(at for at in range(box.count()) if box.itemText(at).startswith("A. Vorlage"))
        box.setCurrentIndex(place)
        box.activated.emit(place)
        with view.workbench.workspace.reading() as reader:
            now = reader.get(Engagement, ENGAGEMENT)
            assert now.principal_id is not None
            assert reader.get(Person, now.principal_id).name == "A. Vorlage"
        assert (now.officer_percent, now.officer_id) == (30, view.leaders.officer.currentData())

    def test_without_an_officer_no_share_is_given(self, view: AgreementView) -> None:
        view.leaders.officer.setCurrentIndex(0)
        view.leaders.officer.activated.emit(0)
        now = engagement(view)
        assert (now.officer_id, now.officer_percent) == (None, None)
        assert not view.leaders.percent.isEnabled()

    def test_the_share_of_time_is_typed(self, qtbot: QtBot, view: AgreementView) -> None:
        field = view.leaders.percent
        field.setFocus()
        field.setText("45")
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert engagement(view).officer_percent == 45

    def test_the_programme_is_made_longer_with_its_new_end_named(
        self, view: AgreementView, answer: Answer
    ) -> None:
        def longer(dialog: QDialog) -> None:
            assert isinstance(dialog, ExtendProgramme)
            assert dialog.months.value() == 24
            assert dialog.due.text() == "The audit is due by 2 Mar 2028 then."
            dialog.accept()

        answer(longer)
        view.programme.extend()
        assert engagement(view).months == 24
        assert view.programme.values["due"].text() == "2 Mar 2028"

    def test_it_is_ended_with_a_reason_and_taken_up_again(self, view: AgreementView, answer: Answer) -> None:
        def ended(dialog: QDialog) -> None:
            assert isinstance(dialog, EndProgramme)
            assert not dialog.accept_button.isEnabled()
            dialog.reason.setText("The house is sold.")
            dialog.accept()

        answer(ended)
        view.programme.end()
        assert (engagement(view).ended_on, engagement(view).ended_reason) == (TODAY, "The house is sold.")
        assert view.programme.reason.text() == "The house is sold."
        view.programme.take_up_button.click()
        assert engagement(view).is_running

    def test_closing_times_are_added_changed_and_taken_out(
        self, qtbot: QtBot, view: AgreementView, answer: Answer
    ) -> None:
        def added(dialog: QDialog) -> None:
            assert isinstance(dialog, ClosingTime)
            qtbot.keyClicks(dialog.first.field, "15.1.27")
            qtbot.keyClicks(dialog.words, "Stocktaking")
            dialog.accept()

        def longer(dialog: QDialog) -> None:
            assert isinstance(dialog, ClosingTime)
            dialog.last.field.setText("14.1.27")
            dialog.accept()
            assert "lies before the first" in dialog._problem.text()
            dialog.last.field.setText("16.1.27")
            dialog.accept()

        answer(added)
        view.closing.new()
        back_in(qtbot, view)
        view.closing.table.setFocus()
        view.closing.table.selectRow(1)
        answer(longer)
        press(qtbot, Qt.Key.Key_Return)
        with view.workbench.workspace.reading() as reader:
            known = {one.words: one for one in reader.all(ClosingDay, dealership_id=DEALERSHIP)}
        assert (known["Stocktaking"].first_on, known["Stocktaking"].last_on) == (
            date(2027, 1, 15),
            date(2027, 1, 16),
        )
        back_in(qtbot, view)
        view.closing.table.setFocus()
        view.closing.table.selectRow(1)
        with qtbot.waitSignal(view.workbench.deleted):
            press(qtbot, Qt.Key.Key_Delete)
        assert len(view.closing.table.words.rows) == 1

    def test_an_area_is_left_out_with_a_reason_and_taken_in_again(
        self, qtbot: QtBot, view: AgreementView, answer: Answer
    ) -> None:
        def because(dialog: QDialog) -> None:
            assert isinstance(dialog, ReasonDialog)
            dialog.reason.setText("Cars are financed by the bank next door.")
            dialog.accept()

        table = view.areas.table
        table.setFocus()
        table.select("finance")
        answer(because)
        press(qtbot, Qt.Key.Key_Return)
        with view.workbench.workspace.reading() as reader:
            left_out = areas_left_out(reader, ENGAGEMENT)
        assert left_out[AreaId("finance")] == "Cars are financed by the bank next door."
        row = next(one for one in table.words.rows if one.key == "finance")
        assert row.cells[2:] == ("Cars are financed by the bank next door.", "left out")
        assert view.areas.turn_button.accessibleName() == "Take in again"
        view.areas.turn_button.click()
        with view.workbench.workspace.reading() as reader:
            assert AreaId("finance") not in areas_left_out(reader, ENGAGEMENT)

    def test_what_applies_is_counted(self, view: AgreementView) -> None:
        assert view.areas.state.text() == "132 of 132 checkpoints apply"
        with pytest.raises(StopIteration):
            next(row for row in view.areas.table.words.rows if row.cells[3] == "reason missing")

    def test_somebody_new_can_be_named_at_once(self, fresh: AgreementView) -> None:
        assert not fresh.leaders.principal.isEnabled()
        fresh.workbench.do(add_person, name="A. Neu", dealership_id=DEALERSHIP)
        assert fresh.leaders.principal.isEnabled()
        assert fresh.leaders.principal.itemText(1) == "A. Neu"


def _unlocked(view: AgreementView) -> None:
    """The targets as they were before they were locked."""
    from dataclasses import replace

    with view.workbench.workspace.writing("engagement.changed") as work:
        work.put(replace(work.get(Engagement, ENGAGEMENT), targets_locked_on=None))
    view.workbench.open_dealership(DEALERSHIP)
    view.refresh()
    assert any(one.kpi == CUSTOMERS for one in targets(view))


def test_the_page_of_reports_turns_to_the_paper_asked_for(
    qtbot: QtBot, bench_agreed: Workbench, tmp_path: Path
) -> None:
    """Where M leads: the charter of the programme, in the language of its papers."""
    bench_agreed.settings.put("reports_folder", str(tmp_path / "papers"))
    reports = ReportsPage(bench_agreed)
    qtbot.addWidget(reports)
    reports.refresh()
    reports.go(Place(page="reports", view="charter", paper_of=""))
    assert reports.choice is not None
    assert reports.choice.kind == "charter"
    bench_agreed.jobs.cancel_all()
    reports.preview.pages.close()


class TestWayIn:
    """A step leads to the card it is about."""

    @pytest.mark.parametrize(
        ("spot", "card"), [("charter", "charter"), ("targets", "targets"), ("agreement", "charter")]
    )
    def test_each_step_jumps_to_its_own_part(
        self, page_begun: JourneyPage, fresh: AgreementView, spot: str, card: str
    ) -> None:
        lead(page_begun, Spot(page="journey", view=spot))
        assert page_begun.view == "agreement"
        focused = QApplication.focusWidget()
        assert focused is not None
        assert getattr(fresh, card).isAncestorOf(focused)
        assert not focused.visibleRegion().isEmpty()

    def test_afterwards_the_view_opens_at_the_charter_again(
        self, page_begun: JourneyPage, fresh: AgreementView
    ) -> None:
        lead(page_begun, Spot(page="journey", view="targets"))
        page_begun.show_view("agreement")
        assert fresh.charter.sign_button.hasFocus()


def lead(page: JourneyPage, spot: Spot) -> None:
    """As the window does with the place of a step."""
    page.go(place_of(spot, DEALERSHIP))
    page.take_focus()
