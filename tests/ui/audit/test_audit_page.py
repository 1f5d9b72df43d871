"""The page of the audit: its path, which audit is shown, who may write, and what opens where."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import Audit
from qma_app.domain.people import Role, Worker
from qma_app.services.audit_conduct import hold_opening
from qma_app.services.signing import reopen_audit
from tests.services.auditing import FIRST, LAST, Audited, add_auditor
from tests.services.visiting import House
from tests.ui.answering import Answer
from tests.ui.audit.paging import Shown, audit_of
from ui.audit.begin_dialog import BeginAudit
from ui.audit.report_view import ReportView
from ui.audit.stepper import step_words
from ui.places import Place

pytest_plugins = ["tests.services.signed_fixtures", "tests.ui.audit.page_fixtures"]


def test_the_page_opens_at_the_step_at_hand_and_names_kind_days_and_lead(
    begun: Audited, show_page: Shown
) -> None:
    page = show_page(begun.house)
    assert page.view == "plan"
    assert page.head.title.text() == "Certification audit"
    assert page.head.detail.text() == (
        "R-2027-0001 · 14–16 Jun 2027 · lead auditor Dora Auditor, independent of this dealership: no tie in the records"
    )
    assert list(page.head.stepper.cells) == [
        "plan", "opening", "on-site", "closing", "report", "sign", "decision", "certificate",
    ]  # fmt: skip


def test_a_signed_audit_opens_at_the_decision_with_every_step_before_it_done(
    signed: Audited, show_page: Shown
) -> None:
    page = show_page(signed.house)
    assert page.view == "decision"
    cells = page.head.stepper.cells
    assert [cells[key].step.state.value for key in ("plan", "on-site", "sign")] == ["done"] * 3
    assert step_words(cells["on-site"].step) == "On site, 28 of 28"
    assert page.banner.isHidden()
    page.show_view("report")
    assert page.banner.words.text().startswith("The report R-2027-0001 is signed")
    assert page.banner.button.isHidden()


def test_steps_turn_by_letter_arrow_and_mouse(qtbot: QtBot, begun: Audited, show_page: Shown) -> None:
    page = show_page(begun.house, "sign")
    qtbot.keyClick(page.window(), Qt.Key.Key_O)
    assert page.view == "opening"
    stepper = page.head.stepper
    stepper.cells["opening"].setFocus()
    qtbot.keyClick(stepper.cells["opening"], Qt.Key.Key_Right)
    assert page.view == "on-site"
    assert stepper.cells["on-site"].hasFocus()
    qtbot.keyClick(stepper.cells["on-site"], Qt.Key.Key_End)
    assert page.view == "certificate"
    qtbot.mouseClick(stepper.cells["closing"], Qt.MouseButton.LeftButton)
    assert page.view == "closing"
    assert [key for key, cell in stepper.cells.items() if cell.isChecked()] == ["closing"]


def test_the_path_follows_what_is_stored(begun: Audited, show_page: Shown) -> None:
    page = show_page(begun.house, "opening")
    page.workbench.do(hold_opening, begun.audit_id, begun.meeting(FIRST, 10))
    assert page.head.stepper.cells["opening"].step.state.value == "done"


def test_without_an_audit_a_coach_is_told_who_begins_one(
    qtbot: QtBot, unaudited: House, show_page: Shown
) -> None:
    unaudited.work_as_coach()
    page = show_page(unaudited)
    assert page.empty.isVisible()
    assert "Only an auditor begins one" in page.empty.sentence.text()
    assert page.place() == Place(page="audit", dealership_id=unaudited.dealership.id)
    assert page.shortcuts() == ()
    with qtbot.waitSignal(page.workbench.wanted_worker_change):
        qtbot.keyClick(page.empty.button, Qt.Key.Key_Return)
    assert unaudited.all(Audit) == ()


def test_an_auditor_begins_an_audit_of_a_kind_with_its_steps(
    unaudited: House, show_page: Shown, answer: Answer
) -> None:
    auditor = add_auditor(unaudited)
    unaudited.clock.put(FIRST)
    unaudited.workspace.set_worker(Worker(person_id=auditor.id, role=Role.AUDITOR))
    page = show_page(unaudited)

    def fill_in(dialog: QDialog) -> None:
        assert isinstance(dialog, BeginAudit)
        dialog.kind.setCurrentIndex(dialog.kind.findText("Pre-audit"))
        dialog.first_on.show_day(LAST)
        dialog.last_on.show_day(FIRST)
        dialog.accept()
        assert "before it begins" in dialog._problem.text()
        dialog.last_on.show_day(LAST)
        dialog.accept()

    answer(fill_in)
    page.empty.button.click()
    (audit,) = unaudited.all(Audit)
    assert (audit.first_on, audit.lead_id) == (LAST, auditor.id)
    assert unaudited.get(Assessment, audit.assessment_id).kind is AssessmentKind.PRE_AUDIT
    assert page.audit_id == audit.id
    assert list(page.head.stepper.cells)[-1] == "sign"
    page.show_view("certificate")
    assert page.view == "plan"
    named = {one.title for one in page.shortcuts()}
    assert "Show the opening meeting" in named
    assert named.isdisjoint({"Show the decision", "Show the certificate"})


def test_a_coach_sees_why_nothing_can_be_written_and_how_to_change_that(
    qtbot: QtBot, begun: Audited, show_page: Shown
) -> None:
    begun.house.workspace.set_worker(Worker(person_id=begun.house.coach.id, role=Role.COACH))
    page = show_page(begun.house, "opening")
    assert page.banner.words.text().startswith("Only an auditor writes in an audit.")
    part: Any = page.shown
    assert not part.may_write
    assert part.record_button.isHidden()
    assert part.words.isReadOnly()
    with qtbot.waitSignal(page.workbench.wanted_worker_change):
        page.banner.button.click()


def test_discarding_an_audit_leaves_the_page_empty_and_undo_brings_it_back(
    begun: Audited, show_page: Shown
) -> None:
    page = show_page(begun.house)
    page.discard()
    assert page.audit_id is None
    assert page.empty.isVisible()
    page.workbench.undo()
    assert page.audit_id == begun.audit_id
    assert not page.empty.isVisible()


def test_a_new_revision_is_shown_at_once_and_the_old_one_can_be_chosen(
    signed: Audited, show_page: Shown
) -> None:
    page = show_page(signed.house)
    page.workbench.do(reopen_audit, signed.audit_id, reason="A rating was noted at the wrong checkpoint.")
    assert audit_of(page).revision == 2
    assert page.head.chooser.accessibleName() == "Audit shown: R-2027-0001, revision 2"
    page.head.audit_chosen.emit(signed.audit_id)
    assert audit_of(page).revision == 1
    there = page.place()
    page.go(Place(page="audit", assessment_id=signed.house.all(Audit)[-1].assessment_id, view="closing"))
    assert (audit_of(page).revision, page.view) == (2, "closing")
    page.go(there)
    assert audit_of(page).revision == 1


def test_a_missing_remark_is_opened_where_it_is_written(begun: Audited, show_page: Shown) -> None:
    page = show_page(begun.house, "sign")
    (area,) = begun.assessment.scope
    page.go(Place(page="audit", view="report", area_id=area))
    report = page.shown
    assert isinstance(report, ReportView)
    assert report.words.area_id == area
    assert report.words.remark.hasFocus()
