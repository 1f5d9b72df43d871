"""What happens to a certificate afterwards: suspended, restored, withdrawn, confirmed; papers and keys revoked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.certificate_life import DueState, LifeState, life
from qma_app.domain.certification import Certificate, CertificateStep, DecisionOutcome, IssuedFile, Signer
from qma_app.domain.people import Role
from qma_app.domain.result import Verdict
from qma_app.services.certificate_steps import (
    confirm_certificate,
    restore_certificate,
    revoke_issued,
    revoke_signer,
    suspend_certificate,
    withdraw_certificate,
)
from qma_app.services.register import register_of
from tests.services.certified import DECIDED, Certified, certified_in
from tests.services.visiting import refused

SURVEILLED = date(2028, 5, 3)


@pytest.fixture
def passed(tmp_path: Path) -> Iterator[Certified]:
    with certified_in(tmp_path / "w") as certified:
        yield certified


def now(certified: Certified, id: str) -> Certificate:
    return certified.house.get(Certificate, id)


def test_suspended_restored_withdrawn_as_the_register_shows_it(passed: Certified) -> None:
    id, workspace = passed.grant().id, passed.workspace
    days = [DECIDED + timedelta(days=each) for each in (10, 20, 30)]
    passed.on(days[0])
    suspend_certificate(workspace, id, " The mark was misused. ")
    passed.on(days[2])
    restore_certificate(workspace, id, "The signs were changed.", on=days[1])
    withdraw_certificate(workspace, id, "Given up by the house.")
    certificate = now(passed, id)
    assert [(one.step, one.on, one.reason) for one in certificate.events] == [
        (CertificateStep.SUSPENDED, days[0], "The mark was misused."),
        (CertificateStep.RESTORED, days[1], "The signs were changed."),
        (CertificateStep.WITHDRAWN, days[2], "Given up by the house."),
    ]
    assert {one.by for one in certificate.events} == {passed.decider.id}
    with workspace.reading() as reader:
        states = [register_of(reader, on=day).certificates[0].state for day in (DECIDED, *days)]
    assert states == ["valid", "suspended", "valid", "withdrawn"]
    for step in (suspend_certificate, restore_certificate, withdraw_certificate):
        with refused("certificate.step-unfit"):
            step(workspace, id, "Once more.")


def test_each_step_needs_a_fit_state_a_reason_and_a_day_in_order(passed: Certified) -> None:
    id, workspace = passed.grant().id, passed.workspace
    with refused("certificate.step-unfit"):
        restore_certificate(workspace, id, "Nothing was suspended.")
    with refused("certificate.reason-missing"):
        suspend_certificate(workspace, id, " ")
    with refused("day.ahead"):
        suspend_certificate(workspace, id, "Soon.", on=DECIDED + timedelta(days=1))
    with refused("certificate.step-earlier"):
        suspend_certificate(workspace, id, "Before.", on=DECIDED - timedelta(days=1))
    passed.house.clock.put(DECIDED - timedelta(days=1))
    with refused("decision.clock-behind"):
        suspend_certificate(workspace, id, "A clock that stands wrong.")
    assert not now(passed, id).events


def test_only_an_independent_decision_maker_takes_a_step(passed: Certified) -> None:
    id = passed.grant().id
    for person, role in ((passed.auditor, Role.AUDITOR), (passed.house.coach, Role.COACH)):
        passed.work_as(person, role)
        with refused("role.decision-maker-needed"):
            suspend_certificate(passed.workspace, id, "I say so.")
    passed.work_as(passed.house.coach)
    with refused("decision.not-independent"):
        withdraw_certificate(passed.workspace, id, "I say so.")


def test_one_that_was_replaced_takes_no_step(passed: Certified) -> None:
    old = passed.grant()
    later = passed.audit_again(AssessmentKind.RECERTIFICATION, date(2030, 5, 6))
    later.grant()
    with refused("certificate.step-unfit"):
        suspend_certificate(later.workspace, old.id, "Too late.")


class TestConfirm:
    def test_a_surveillance_that_passed_confirms_it_once(self, passed: Certified) -> None:
        id = passed.grant().id
        later = passed.audit_again(AssessmentKind.SURVEILLANCE, SURVEILLED)
        with refused("certificate.before-report"):
            confirm_certificate(
                later.workspace, id, later.audit_id, "Kept.", on=SURVEILLED - timedelta(days=1)
            )
        confirm_certificate(later.workspace, id, later.audit_id, "Kept.")
        certificate = now(later, id)
        assert certificate.events[-1].reason == f"{later.audit.number}: Kept."
        assert life(certificate, SURVEILLED).dues[0].state is DueState.DONE
        with refused("certificate.confirmed-already"):
            confirm_certificate(later.workspace, id, later.audit_id, "Kept.")
        with refused("certificate.reason-missing"):
            confirm_certificate(later.workspace, id, later.audit_id, " ")

    def test_one_that_did_not_pass_confirms_nothing_but_its_follow_up_may(self, passed: Certified) -> None:
        id = passed.grant().id
        later = passed.audit_again(AssessmentKind.SURVEILLANCE, SURVEILLED, Verdict.CONDITIONAL)
        with refused("certificate.not-passed"):
            confirm_certificate(later.workspace, id, later.audit_id, "Nearly.")
        suspend_certificate(later.workspace, id, "Majors are open.")
        again = later.audit_again(AssessmentKind.FOLLOW_UP_AUDIT, SURVEILLED + timedelta(days=60))
        with refused("decision.looks-back"):
            again.decide()
        confirm_certificate(again.workspace, id, again.audit_id, "The majors are closed.")
        restore_certificate(again.workspace, id, "The majors are closed.")
        assert life(now(again, id), again.workspace.today()).state is LifeState.VALID

    def test_the_certification_itself_confirms_nothing(self, passed: Certified) -> None:
        id = passed.grant().id
        with refused("certificate.no-surveillance"):
            confirm_certificate(passed.workspace, id, passed.audit_id, "As decided.")

    def test_a_surveillance_does_not_meet_a_condition(self, tmp_path: Path) -> None:
        with certified_in(tmp_path / "w", Verdict.CONDITIONAL) as conditional:
            id = conditional.grant(DecisionOutcome.CONDITIONAL).id
            later = conditional.audit_again(AssessmentKind.SURVEILLANCE, SURVEILLED)
            with refused("certificate.condition-open"):
                confirm_certificate(later.workspace, id, later.audit_id, "All is well.")


class TestRevoke:
    def test_a_file_and_a_key_are_revoked_once_with_a_reason(self, passed: Certified) -> None:
        report = passed.report
        with refused("revoking.reason-missing"):
            revoke_issued(passed.workspace, report.id, " ")
        revoke_issued(passed.workspace, report.id, "A page was wrong.")
        revoke_signer(passed.workspace, report.signer_id, "The key was lost.")
        for revoke, id in ((revoke_issued, report.id), (revoke_signer, report.signer_id)):
            with refused(f"{'issued' if revoke is revoke_issued else 'signer'}.revoked-already"):
                revoke(passed.workspace, id, "Again.")  # type: ignore[arg-type]
        assert passed.house.get(IssuedFile, report.id).revoked_on == DECIDED
        with passed.workspace.reading() as reader:
            register = register_of(reader, on=DECIDED)
        assert register.files[0].revoked_reason == "A page was wrong."
        assert register.signers[0].revoked_on == DECIDED

    def test_a_coach_revokes_nothing(self, passed: Certified) -> None:
        passed.work_as(passed.house.coach, Role.COACH)
        (signer,) = passed.house.all(Signer)
        with refused("role.revoking"):
            revoke_signer(passed.workspace, signer.id, "I say so.")
        with refused("role.revoking"):
            revoke_issued(passed.workspace, passed.report.id, "I say so.")
