"""Report and signature on the page of the audit: the result, what is missing, the recommendation, signing and reopening."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from qma_app.domain.certification import IssuedFile
from qma_app.domain.finding import FindingGrade
from qma_app.domain.result import Verdict
from qma_app.services.findings import raise_finding
from tests.services.auditing import Audited
from tests.services.signed import PASSPHRASE, key_file
from tests.ui.answering import Answer
from tests.ui.audit.paging import Shown, audit_of
from ui.audit.report_view import ReportView
from ui.audit.sign_dialog import SignDialog
from ui.audit.sign_view import SignView
from ui.audit.trial_key_dialog import TrialKeyDialog
from ui.dialogs.reason import ReasonDialog
from ui.jobs import Progress

pytest_plugins = ["tests.services.signed_fixtures", "tests.ui.audit.page_fixtures"]


def the_report(show_page: Shown, audited: Audited) -> tuple[Any, ReportView]:
    page = show_page(audited.house, "report")
    assert isinstance(page.shown, ReportView)
    return page, page.shown


def the_signing(show_page: Shown, audited: Audited) -> tuple[Any, SignView]:
    page = show_page(audited.house, "sign")
    assert isinstance(page.shown, SignView)
    return page, page.shown


def raise_major(audited: Audited) -> None:
    raise_finding(
        audited.house.workspace,
        engagement_id=audited.house.engagement.id,
        assessment_id=audited.assessment.id,
        checkpoint_id=audited.applicable[0],
        grade=FindingGrade.MAJOR,
        statement="Nobody is named who keeps the list.",
        evidence="Organisation chart",
    )


def a_key_file(folder: Path) -> Path:
    path = folder / "key.p12"
    path.write_bytes(key_file())
    return path


def test_the_result_is_shown_with_areas_findings_and_rules(ready: Audited, show_page: Shown) -> None:
    raise_major(ready)
    _page, view = the_report(show_page, ready)
    assert view.result.level.text() == "100.0%"
    (area,) = ready.assessment.scope
    assert view.result.areas[area] == ("100.0%", "1 major")
    assert "80% needed" in view.result.words.text()
    assert view.result.verdict.text() == "recommendation: pass · rules say: conditional"


def test_the_pages_are_drawn_beside_the_words(qtbot: QtBot, ready: Audited, show_page: Shown) -> None:
    _page, view = the_report(show_page, ready)
    qtbot.waitUntil(lambda: view.pages.preview.page_count > 5, timeout=20_000)
    assert "pages" in view.status()


def test_report_summary_and_workbook_are_saved_from_one_button(
    qtbot: QtBot, ready: Audited, show_page: Shown, tmp_path: Path
) -> None:
    page, view = the_report(show_page, ready)
    page.workbench.settings.put("reports_folder", str(tmp_path / "reports"))
    qtbot.waitUntil(lambda: view.pages.request is not None, timeout=5000)
    for action, begins in zip(view.save_button.choices.actions(), (b"%PDF", b"%PDF", b"PK"), strict=True):
        with qtbot.waitSignal(page.workbench.file_saved, timeout=20_000) as saved:
            action.trigger()
        assert saved.args is not None
        assert saved.args[0].read_bytes().startswith(begins)
    assert len(list((tmp_path / "reports").iterdir())) == 3


def test_a_better_recommendation_is_not_offered_and_a_worse_one_needs_words(
    ready: Audited, show_page: Shown
) -> None:
    raise_major(ready)
    page, view = the_report(show_page, ready)
    card = view.recommend
    assert not card.choice.buttons[Verdict.PASS.value].isEnabled()
    refused: list[Any] = []
    page.workbench.failed.connect(refused.append)
    card.choice.buttons[Verdict.FAIL.value].click()
    card.words.setPlainText("")
    card.give_button.click()
    assert [one.code for one in refused] == ["audit.recommendation-words"]
    card.words.setPlainText("The list was missing last year as well.")
    card.give_button.click()
    assert audit_of(page).recommendation is Verdict.FAIL
    assert view.result.verdict.text() == "recommendation: not passed"


def test_a_check_leads_to_what_it_misses(qtbot: QtBot, begun: Audited, show_page: Shown) -> None:
    page, view = the_report(show_page, begun)
    places: list[Any] = []
    page.going.connect(places.append)
    row = view.checks.rows["opening"]
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Return)
    assert (places[-1].page, places[-1].view) == ("audit", "opening")
    assert places[-1].assessment_id == begun.assessment.id
    rated = view.checks.rows["rated"]
    assert len(rated.menu().actions()) == 28
    qtbot.keyClick(rated, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert places[-1].page == "checklists"
    assert places[-1].checkpoint_id == begun.applicable[0]
    view.checks.rows["recommendation"].open()
    assert view.recommend.words.hasFocus()


def test_what_the_report_says_about_the_audit_is_stored_as_it_is_typed(
    ready: Audited, show_page: Shown
) -> None:
    page, view = the_report(show_page, ready)
    view.paper_words.notes["limits"].setPlainText("The paint shop was closed.")
    view.flush()
    assert audit_of(page).limits == "The paint shop was closed."


def test_signing_waits_until_nothing_is_missing(begun: Audited, show_page: Shown) -> None:
    _page, view = the_signing(show_page, begun)
    assert not view.sign_button.isEnabled()
    assert view.status() == "7 things are missing"


def test_signing_asks_for_the_key_keeps_the_window_alive_and_locks_the_audit(
    qtbot: QtBot, ready: Audited, show_page: Shown, answer: Answer, tmp_path: Path
) -> None:
    page, view = the_signing(show_page, ready)
    page.workbench.settings.put("reports_folder", str(tmp_path / "reports"))
    page.workbench.do(_rename, ready.audit_id)
    assert page.workbench.can_undo

    def sign(dialog: QDialog) -> None:
        assert isinstance(dialog, SignDialog)
        dialog.key.take_file(a_key_file(tmp_path))
        dialog.key.passphrase.setText("wrong")
        dialog.accept()
        assert not dialog.is_working
        assert dialog.key.words.text()
        dialog.key.passphrase.setText(PASSPHRASE)
        dialog.accept()
        assert dialog.is_working
        assert not dialog.accept_button.isEnabled()

    answer(sign)
    with qtbot.waitSignal(page.workbench.file_saved, timeout=30_000):
        view.sign_button.click()
    (issued,) = ready.house.all(IssuedFile)
    assert ready.audit.is_signed
    assert not page.workbench.can_undo
    assert view.after.isVisible()
    assert view.report.digest.digest == issued.digest
    assert ("Ratings", "28") in view.facts.shown
    assert view.sign_button.isHidden()


def test_cancelling_stops_the_work_and_nothing_is_signed(
    qtbot: QtBot,
    ready: Audited,
    show_page: Shown,
    answer: Answer,
    tmp_path: Path,
    monkeypatch: Any,
) -> None:
    page, view = the_signing(show_page, ready)
    begun: list[bool] = []

    def slow(_workspace: Any, _audit_id: Any, _key: Any, _language: str, progress: Progress) -> None:
        begun.append(True)
        while True:  # ends by Cancelled, which `progress` raises once it was told and nobody looked
            progress(0.2)

    monkeypatch.setattr("ui.audit.sign_dialog._sign", slow)

    def stop(dialog: QDialog) -> None:
        assert isinstance(dialog, SignDialog)
        dialog.key.take_file(a_key_file(tmp_path))
        dialog.key.passphrase.setText(PASSPHRASE)
        dialog.accept()
        qtbot.waitUntil(lambda: bool(begun))
        dialog.reject()
        qtbot.waitUntil(lambda: not dialog.is_working)
        assert "nothing was signed" in dialog._problem.text()
        dialog.reject()

    answer(stop)
    view.sign_button.click()
    assert not ready.audit.is_signed
    assert not page.workbench.jobs.under_way


def test_a_trial_key_is_made_and_used_at_once(
    qtbot: QtBot, ready: Audited, show_page: Shown, answer: Answer, tmp_path: Path
) -> None:
    _page, view = the_signing(show_page, ready)
    found: list[Callable[[], Any]] = []

    def open_it(dialog: QDialog) -> None:
        assert isinstance(dialog, SignDialog)
        answer(make_it)
        dialog.trial_button.click()
        found.append(dialog.key.words.text)
        assert dialog.key.key is not None
        assert dialog.key.key.is_trial
        assert not dialog.key.choose_button.isHidden()
        dialog.reject()
        assert dialog.key.passphrase.text() == ""

    def make_it(dialog: QDialog) -> None:
        assert isinstance(dialog, TrialKeyDialog)
        assert dialog.name.text() == "Dora Auditor"
        dialog.file.setText(str(tmp_path / "trial.p12"))
        dialog.passphrase.setText("a long phrase")
        dialog.again.setText("another phrase")
        dialog.accept()
        assert "differ" in dialog._problem.text()
        dialog.again.setText("a long phrase")
        dialog.accept()

    answer(open_it)
    view.sign_button.click()
    assert (tmp_path / "trial.p12").exists()
    assert len(found) == 1


def test_reopening_asks_for_a_reason_and_begins_the_next_revision(
    signed: Audited, show_page: Shown, answer: Answer
) -> None:
    page, view = the_signing(show_page, signed)

    def give_reason(dialog: QDialog) -> None:
        assert isinstance(dialog, ReasonDialog)
        dialog.reason.setText("A photo shows another dealership.")
        dialog.accept()

    answer(give_reason)
    view.reopen_button.click()
    audit = audit_of(page)
    assert (audit.revision, audit.revises) == (2, signed.audit_id)
    assert audit.revision_reason == "A photo shows another dealership."


def _rename(workspace: Any, audit_id: Any) -> Any:
    from qma_app.services.audits import change_audit

    return change_audit(workspace, audit_id, limits="None worth naming.")
