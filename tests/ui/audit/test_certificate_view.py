"""The step of the certificate: granted, drawn, signed with the decision maker's own key, saved, suspended, and told by the register."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.certification import Certificate, CertificateStep, IssuedFile, IssuedKind
from qma_app.domain.people import Role
from qma_app.exchange.signing_key import make_trial_key
from qma_app.services.certificate_granting import issue_certificate
from tests.services.certified import DECIDED, Certified, a_key
from tests.ui.answering import Answer
from tests.ui.audit.decided import Show
from tests.ui.looking import rich_labels, small_targets, unnamed_controls
from ui.audit.certificate_dialogs import StepDialog
from ui.audit.certificate_view import CertificateView
from ui.audit.issued_card import IssuedRow
from ui.audit.key_form import KeyForm
from ui.audit.trial_key_dialog import TrialKeyDialog
from ui.dialogs.issue_certificate import IssueCertificate
from ui.dialogs.reason import ReasonDialog
from ui.settings import Settings
from ui.theme import ThemeKeeper

pytest_plugins = ["tests.ui.audit.decided_fixtures"]
PASSPHRASE = "a long phrase"


@cache
def key_bytes() -> bytes:
    at = datetime(2027, 6, 1, tzinfo=UTC)
    return make_trial_key(PASSPHRASE, name="Dirk Decider", at=at, serial=11)


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "decider.p12"
    path.write_bytes(key_bytes())
    return path


def view_of(show: Show, certified: Certified) -> CertificateView:
    view = show(CertificateView, certified)
    assert isinstance(view, CertificateView)
    return view


def certificate_of(certified: Certified) -> Certificate:
    (certificate,) = certified.house.all(Certificate)
    return certificate


def files_of(certified: Certified) -> list[IssuedFile]:
    return [one for one in certified.house.all(IssuedFile) if one.kind is IssuedKind.CERTIFICATE]


def drawn(qtbot: QtBot, view: CertificateView) -> None:
    """Wait until the page stands there."""
    qtbot.waitUntil(lambda: view.preview.preview.page_count == 1)
    qtbot.waitUntil(lambda: not view.workbench.jobs.under_way)


def test_before_the_decision_there_is_nothing_to_grant(show: Show, certified: Certified) -> None:
    view = view_of(show, certified)
    assert view.preview.words.text() == "Nothing is decided yet: the certificate follows the decision."
    assert not view.card.isVisibleTo(view)
    assert view.register.check_button.isVisibleTo(view)


def test_the_decision_gives_a_certificate_that_is_shown_as_a_draft(
    qtbot: QtBot, show: Show, certified: Certified
) -> None:
    certified.decide()
    view = view_of(show, certified)
    view.card.grant_button.click()
    drawn(qtbot, view)
    certificate = certificate_of(certified)
    assert view.preview.title_label.text() == f"Certificate {certificate.number}"
    assert view.preview.state.text() == "valid"
    assert "A draft" in view.preview.words.text()
    facts = dict(view.card.facts.shown)
    assert facts["Audited"] == "14 Jun 2027 to 16 Jun 2027"
    assert facts["Decided on"] == "30 Jun 2027"
    assert facts["Valid"] == "30 Jun 2027 to 29 Jun 2030"
    assert facts["Next surveillance"] == "30 Mar 2028 to 30 Jun 2028"
    assert view.card.issue_button.isVisibleTo(view)
    assert not view.issued.isVisibleTo(view)


def test_the_decision_maker_signs_it_and_the_file_is_saved(
    qtbot: QtBot, show: Show, certified: Certified, answer: Answer, key_file: Path
) -> None:
    certified.grant()
    view = view_of(show, certified)
    drawn(qtbot, view)

    def signed(dialog: QDialog) -> None:
        assert isinstance(dialog, IssueCertificate)
        dialog.key.take_file(key_file)
        dialog.key.passphrase.setText("another")
        dialog.accept()
        assert "does not open this key file" in dialog.key.words.text()
        dialog.key.passphrase.setText(PASSPHRASE)
        dialog.accept()
        assert "TRIAL" in dialog.key.words.text()

    answer(signed)
    with qtbot.waitSignal(view.workbench.file_saved) as saved:
        view.card.issue_button.click()
    (file,) = files_of(certified)
    assert Path(saved.args[0]).read_bytes().startswith(b"%PDF")
    assert Path(saved.args[0]).name == file.name
    (row,) = view.issued.findChildren(IssuedRow)
    assert row.digest.digest == file.digest
    assert view.card.again_button.isVisibleTo(view)
    assert "A draft" not in view.preview.words.text()
    drawn(qtbot, view)


def test_an_auditor_looks_and_signs_nothing(qtbot: QtBot, show: Show, certified: Certified) -> None:
    certified.grant()
    certified.work_as(certified.auditor, Role.AUDITOR)
    view = view_of(show, certified)
    drawn(qtbot, view)
    for button in (view.card.issue_button, view.card.steps_button, view.card.grant_button):
        assert not button.isVisibleTo(view)
    assert (
        view.card.why_not.text() == "Dora Auditor is working as Auditor. A decision maker goes on from here."
    )
    assert view.card.switch_button.isVisibleTo(view)


def test_it_is_suspended_with_a_reason_restored_and_withdrawn_for_good(
    qtbot: QtBot, show: Show, certified: Certified, answer: Answer
) -> None:
    certified.grant()
    view = view_of(show, certified)
    drawn(qtbot, view)

    def with_reason(dialog: QDialog) -> None:
        assert isinstance(dialog, StepDialog)
        dialog.accept()
        assert dialog.isVisible(), "a reason is needed"
        dialog.reason.setPlainText("The workshop burnt down.")
        dialog.accept()

    said, offered = [], []
    for step in (CertificateStep.SUSPENDED, CertificateStep.RESTORED, CertificateStep.WITHDRAWN):
        answer(with_reason)
        view.take_step(step)
        said.append(view.preview.state.text())
        offered.append([one.text() for one in view.card.steps_button.choices.actions()])
        drawn(qtbot, view)
    assert said == ["suspended", "valid", "withdrawn"]
    assert offered == [["Restore…", "Withdraw…"], ["Suspend…", "Withdraw…"], []]
    assert view.card.events.count() == 3
    assert not view.card.steps_button.isVisibleTo(view)
    assert not view.workbench.can_undo


def test_a_surveillance_confirms_the_certificate(
    qtbot: QtBot, show: Show, certified: Certified, answer: Answer
) -> None:
    certified.grant()
    later = certified.audit_again(AssessmentKind.SURVEILLANCE, date(2028, 5, 8))
    view = view_of(show, later)
    drawn(qtbot, view)

    def confirmed(dialog: QDialog) -> None:
        assert isinstance(dialog, StepDialog)
        dialog.reason.setPlainText("Everything was kept.")
        dialog.accept()
        assert not dialog.isVisible(), dialog._problem.text()

    assert view.found is not None
    assert view.found.steps[0] is CertificateStep.CONFIRMED
    answer(confirmed)
    view.take_step(CertificateStep.CONFIRMED)
    assert dict(view.card.facts.shown)["Next surveillance"] == "30 Mar 2029 to 30 Jun 2029"


def test_a_file_is_revoked_with_a_reason(
    qtbot: QtBot, show: Show, certified: Certified, answer: Answer
) -> None:
    issued = issue_certificate(certified.workspace, certified.grant().id, a_key(), language="en")
    view = view_of(show, certified)
    drawn(qtbot, view)

    def reasoned(dialog: QDialog) -> None:
        assert isinstance(dialog, ReasonDialog)
        dialog.reason.setText("The name was misspelt.")
        dialog.accept()

    answer(reasoned)
    view.revoke_file(issued.id)
    (file,) = files_of(certified)
    assert (file.revoked_on, file.revoked_reason) == (DECIDED, "The name was misspelt.")
    drawn(qtbot, view)


@pytest.mark.parametrize("suffix", [".json", ".xlsx"])
def test_the_register_is_saved_beside_the_papers(
    qtbot: QtBot, show: Show, certified: Certified, suffix: str
) -> None:
    view = view_of(show, certified)
    with qtbot.waitSignal(view.workbench.file_saved) as saved:
        view.save_register(suffix)
    assert Path(saved.args[0]).name == f"Register_2027-06-30{suffix}"
    assert Path(saved.args[0]).stat().st_size > 0


def test_every_control_has_a_name_and_room(qtbot: QtBot, show: Show, certified: Certified) -> None:
    issue_certificate(certified.workspace, certified.grant().id, a_key(), language="en")
    view = view_of(show, certified)
    drawn(qtbot, view)
    assert unnamed_controls(view) == []
    assert small_targets(view) == []
    assert rich_labels(view) == []


def test_the_key_form_says_what_is_wrong_in_place_and_whose_key_it_is(
    qtbot: QtBot, light: ThemeKeeper, settings: Settings, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = KeyForm(settings, on=DECIDED)
    qtbot.addWidget(form)
    keys: list[object] = []
    form.key_changed.connect(keys.append)
    assert form.opened() is None
    assert form.words.text() == "Choose the file with your key first."
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(key_file), ""))
    form.choose()
    form.passphrase.setText(PASSPHRASE)
    form.passphrase.editingFinished.emit()
    assert form.key is not None
    assert form.words.text().startswith("✓ TRIAL Dirk Decider, valid to ")
    form.passphrase.setText("other")
    assert form.key is None
    assert keys[-1] is None
    form.clear()
    assert form.passphrase.text() == ""


def test_a_key_for_trial_is_made_on_the_way_and_opened(
    qtbot: QtBot, show: Show, certified: Certified, answer: Answer, tmp_path: Path
) -> None:
    certificate = certified.grant()
    view = view_of(show, certified)
    drawn(qtbot, view)
    dialog = IssueCertificate(view, view.workbench, certificate, "Dirk Decider")
    qtbot.addWidget(dialog)

    def made(asked: QDialog) -> None:
        assert isinstance(asked, TrialKeyDialog)
        assert asked.name.text() == "Dirk Decider"
        asked.file.setText(str(tmp_path / "new.p12"))
        asked.passphrase.setText(PASSPHRASE)
        asked.again.setText(PASSPHRASE)
        asked.accept()

    answer(made)
    dialog.trial_button.click()
    assert dialog.key.key is not None
    assert dialog.key.key.is_trial
    dialog.reject()
    assert dialog.key.passphrase.text() == ""


def test_a_key_that_is_expired_is_named(
    qtbot: QtBot, light: ThemeKeeper, settings: Settings, key_file: Path
) -> None:
    form = KeyForm(settings, on=date(2031, 1, 1))
    qtbot.addWidget(form)
    form.take_file(key_file)
    form.passphrase.setText(PASSPHRASE)
    assert form.opened() is None
    assert "expired" in form.words.text()
