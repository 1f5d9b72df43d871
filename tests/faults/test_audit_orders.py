"""Steps around an audit in orders nobody plans: what was decided, revoked or thrown away meanwhile is never gone round."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import Audit
from qma_app.domain.certification import (
    AppealOutcome,
    Certificate,
    CertificationDecision,
    DecisionOutcome,
    IssuedFile,
)
from qma_app.domain.finding import Finding, FindingGrade, Reply
from qma_app.domain.ids import FindingId
from qma_app.domain.people import Person, Role
from qma_app.domain.record import Changes
from qma_app.domain.result import Verdict
from qma_app.domain.tie import Tie, TieKind
from qma_app.errors import QmaError
from qma_app.services import backups, findings
from qma_app.services.audit_conduct import recommend
from qma_app.services.audit_discarding import discard_audit
from qma_app.services.audits import begin_audit
from qma_app.services.bin import list_bin, restore_from_bin
from qma_app.services.certificate_granting import grant_certificate, issue_certificate
from qma_app.services.certificate_steps import (
    confirm_certificate,
    restore_certificate,
    revoke_issued,
    revoke_signer,
    suspend_certificate,
)
from qma_app.services.dealerships import delete_dealership
from qma_app.services.deciding import answer_appeal, decide, raise_appeal, settle_conditional
from qma_app.services.handover import hand_over
from qma_app.services.log import verify_workspace
from qma_app.services.paper_verifying import verify_bytes
from qma_app.services.people import certify_person, remove_person
from qma_app.services.ratings import rate_checkpoint
from qma_app.services.register import register_of
from qma_app.services.signing import issued_bytes, reopen_audit
from qma_app.services.undoing import undo
from qma_app.services.workspace import open_workspace
from qma_app.storage import seals
from tests.faults.resisting import file_at, sign_with_everything
from tests.services.auditing import Audited
from tests.services.certified import DECIDED, Certified, a_key, add_decider, certified_in
from tests.services.signed import SIGNED_ON, sign
from tests.services.visiting import refused

pytest_plugins = ["tests.services.signed_fixtures"]

GRANTED, CONDITIONAL, REFUSED = DecisionOutcome
FOLLOW_UP = AssessmentKind.FOLLOW_UP_AUDIT


@pytest.fixture
def passed(tmp_path: Path) -> Iterator[Certified]:
    with certified_in(tmp_path / "w") as certified:
        yield certified


@pytest.fixture
def conditional(tmp_path: Path) -> Iterator[Certified]:
    with certified_in(tmp_path / "w", Verdict.CONDITIONAL) as certified:
        yield certified


def uphold(certified: Certified, decision: CertificationDecision) -> None:
    """The dealership appeals, and somebody who had no part upholds it."""
    appeal = raise_appeal(
        certified.workspace, certified.audit_id, raised_by="Paula", words="Not so.", decision_id=decision.id
    )
    certified.work_as(certified.other)
    answer_appeal(certified.workspace, appeal.id, outcome=AppealOutcome.UPHELD, answer="Right.")
    certified.work_as(certified.decider)


def reopen(certified: Certified) -> Audit:
    certified.work_as(certified.auditor, Role.AUDITOR)
    audit = reopen_audit(certified.workspace, certified.audit_id, reason="The appeal.").made(Audit)
    certified.work_as(certified.decider)
    return audit


class TestAfterADecision:
    def test_a_report_that_was_reopened_gives_no_certificate_any_more(self, passed: Certified) -> None:
        decision = passed.decide()
        uphold(passed, decision)
        reopen(passed)
        with refused("decision.not-newest"):
            grant_certificate(passed.workspace, decision.id)
        assert not passed.house.all(Certificate)

    def test_nor_is_one_issued_that_was_granted_before(self, passed: Certified) -> None:
        certificate = passed.grant()
        uphold(passed, passed.house.get(CertificationDecision, certificate.decision_id))
        reopen(passed)
        with refused("decision.not-newest"):
            issue_certificate(passed.workspace, certificate.id, a_key())

    def test_a_report_whose_key_was_revoked_carries_nothing(self, passed: Certified) -> None:
        revoke_signer(passed.workspace, passed.report.signer_id, "The key was lost.")
        with refused("decision.report-revoked"):
            passed.decide()

    def test_nor_does_it_once_it_was_decided_on(self, passed: Certified) -> None:
        certificate = passed.grant()
        revoke_signer(passed.workspace, passed.report.signer_id, "The key was lost.")
        with refused("decision.report-revoked"):
            issue_certificate(passed.workspace, certificate.id, a_key())
        assert [one.kind.value for one in passed.house.all(IssuedFile)] == ["report"]

    def test_nothing_that_was_told_is_taken_back(self, passed: Certified) -> None:
        desk = passed.workspace
        certificate = passed.grant()
        steps: list[Callable[[], Changes]] = [
            lambda: suspend_certificate(desk, certificate.id, "The mark was misused."),
            lambda: restore_certificate(desk, certificate.id, "It was taken down."),
            lambda: revoke_issued(desk, passed.report.id, "Signed by mistake."),
            lambda: revoke_signer(desk, passed.report.signer_id, "The key was lost."),
        ]
        for step in steps:
            changes = step()
            with refused("undo.stays-told"):
                undo(desk, changes)
        assert len(passed.house.get(Certificate, certificate.id).events) == 2
        assert passed.report.revoked_reason == "Signed by mistake."

    def test_an_answer_to_an_appeal_stays_once_something_rests_on_it(self, passed: Certified) -> None:
        first = passed.decide()
        appeal = raise_appeal(
            passed.workspace, passed.audit_id, raised_by="Paula", words="No.", decision_id=first.id
        )
        passed.work_as(passed.other)
        answered = answer_appeal(passed.workspace, appeal.id, outcome=AppealOutcome.UPHELD, answer="Right.")
        passed.work_as(passed.decider)
        passed.decide(REFUSED, words="Looked at again.")
        with refused("undo.stays-told"):
            undo(passed.workspace, answered)


class TestFollowUps:
    def test_the_follow_up_of_a_follow_up_is_about_the_first_audit(self, conditional: Certified) -> None:
        """Its majors, its decision and its days hold: a second look is no way to a fresh three years."""
        old = conditional.grant(CONDITIONAL)
        first = conditional.audit_again(FOLLOW_UP, DECIDED + timedelta(days=30), Verdict.CONDITIONAL)
        second = first.audit_again(FOLLOW_UP, DECIDED + timedelta(days=60), follows=first.audit_id)
        assert second.audit.follows == first.audit.follows == conditional.audit_id
        with refused("decision.settle"):
            second.decide(GRANTED)
        with refused("decision.certificate-stands"):
            second.decide(REFUSED, words="Nothing was done.")
        with refused("decision.majors-open"):
            settle_conditional(second.workspace, old.decision_id, second.audit_id)
        second.close_majors()
        new = grant_certificate(
            second.workspace, settle_conditional(second.workspace, old.decision_id, second.audit_id).id
        )
        assert (new.valid_until, new.replaces) == (old.valid_until, old.id)

    def test_one_that_was_made_to_follow_a_follow_up_before_is_no_way_round_either(
        self, conditional: Certified
    ) -> None:
        conditional.grant(CONDITIONAL)
        first = conditional.audit_again(FOLLOW_UP, DECIDED + timedelta(days=30), Verdict.CONDITIONAL)
        second = first.audit_again(FOLLOW_UP, DECIDED + timedelta(days=60))
        with second.workspace.store.writing("test.chained") as work:
            seals.lift(work._cursor)
            work.put(replace(work.get(Audit, second.audit_id), follows=first.audit_id))
        with refused("decision.settle"):
            second.decide(GRANTED)

    def test_what_the_first_follow_up_found_counts_in_the_second(self, conditional: Certified) -> None:
        """A major raised in between stands in the way as those of the first audit do."""
        old = conditional.grant(CONDITIONAL)
        between = DECIDED + timedelta(days=30)
        conditional.house.clock.put(between, 7)
        first = conditional.audit_again(FOLLOW_UP, between, Verdict.CONDITIONAL)
        with first.workspace.store.writing("test.raised") as work:
            (major,) = work.all(Finding)
            seals.lift(work._cursor)
            work.put(replace(major, closed_on=between))
            work.put(
                replace(
                    major,
                    id=FindingId(work.new_id()),
                    version=0,
                    number=99,
                    assessment_id=first.audit.assessment_id,
                )
            )
        second = first.audit_again(FOLLOW_UP, DECIDED + timedelta(days=60))
        with refused("decision.majors-open") as refusal:
            settle_conditional(second.workspace, old.decision_id, second.audit_id)
        assert refusal.value.params["findings"] == ("F-099",)


class TestCertificates:
    def test_a_surveillance_of_years_ago_confirms_no_later_certificate(self, passed: Certified) -> None:
        passed.grant()
        looked = passed.audit_again(AssessmentKind.SURVEILLANCE, date(2028, 5, 3))
        again = looked.audit_again(AssessmentKind.RECERTIFICATION, date(2030, 3, 4))
        new = grant_certificate(again.workspace, again.decide().id)
        with refused("certificate.earlier-audit"):
            confirm_certificate(again.workspace, new.id, looked.audit_id, "It was fine then.")

    def test_a_surveillance_of_a_suspended_certificate_confirms_but_does_not_restore(
        self, passed: Certified
    ) -> None:
        certificate = passed.grant()
        suspend_certificate(passed.workspace, certificate.id, "The mark was misused.")
        looked = passed.audit_again(AssessmentKind.SURVEILLANCE, date(2028, 5, 3))
        confirm_certificate(looked.workspace, certificate.id, looked.audit_id, "Kept.")
        with looked.workspace.reading() as reader:
            (held,) = register_of(reader, on=date(2028, 5, 4)).certificates
        assert held.state == "suspended"

    def test_a_paper_says_that_the_report_it_rests_on_was_revoked_since(self, passed: Certified) -> None:
        issued = issue_certificate(passed.workspace, passed.grant().id, a_key(), language="en")
        revoke_issued(passed.workspace, passed.report.id, "Two photos were mixed up.")
        with passed.workspace.reading() as reader:
            register = register_of(reader, on=DECIDED)
        verdict = verify_bytes(issued_bytes(passed.workspace, issued.id), register=register)
        bad = [line.words for line in verdict.lines if not line.is_good and line.title == "Certificate"]
        assert bad == ["The report it rests on was revoked on 30 Jun 2027: Two photos were mixed up."]

    def test_people_and_dealership_may_go_and_register_and_papers_stay(self, passed: Certified) -> None:
        certificate = passed.grant()
        issued = issue_certificate(passed.workspace, certificate.id, a_key())
        passed.work_as(passed.house.coach, Role.COACH)
        for person in (passed.auditor, passed.decider):
            remove_person(passed.workspace, person.id)
        delete_dealership(passed.workspace, passed.house.dealership.id)
        with passed.workspace.reading() as reader:
            register = register_of(reader, on=DECIDED)
        assert [one.number for one in register.certificates] == [certificate.number]
        assert verify_bytes(issued_bytes(passed.workspace, issued.id), register=register).is_genuine
        assert verify_workspace(passed.workspace).is_genuine
        passed.work_as(passed.other)
        with pytest.raises(QmaError):
            issue_certificate(passed.workspace, certificate.id, a_key("Olga Other"))


class TestThrownAway:
    def discarded(self, passed: Certified) -> tuple[Audit, Callable[[], object]]:
        passed.house.clock.put(date(2028, 5, 1), 8)
        passed.work_as(passed.auditor, Role.AUDITOR)
        audit = self.begun(passed)
        changes = discard_audit(passed.workspace, audit.id)
        return audit, lambda: undo(passed.workspace, changes)

    def begun(self, passed: Certified) -> Audit:
        kind = AssessmentKind.SURVEILLANCE
        return begin_audit(passed.workspace, passed.house.engagement.id, kind).made(Audit)

    def test_an_audit_comes_back_whole_from_the_bin(self, passed: Certified) -> None:
        audit, _undo = self.discarded(passed)
        (row,) = list_bin(passed.workspace)
        restore_from_bin(passed.workspace, row.kind, row.id)
        back = passed.house.get(Audit, audit.id)
        assert replace(back, version=audit.version) == audit
        assert passed.house.get(Assessment, audit.assessment_id).is_open

    def test_two_are_never_open_at_once(self, passed: Certified) -> None:
        _audit, take_back = self.discarded(passed)
        self.begun(passed)
        (row,) = list_bin(passed.workspace)
        with refused("audit.open"):
            take_back()
        with refused("audit.open"):
            restore_from_bin(passed.workspace, row.kind, row.id)
        assert len([one for one in passed.house.all(Audit) if not one.is_signed]) == 1

    def test_a_revision_thrown_away_does_not_come_back_beside_the_one_made_anew(
        self, signed: Audited
    ) -> None:
        desk = signed.house.workspace
        first = reopen_audit(desk, signed.audit_id, reason="A photo was mixed up.").made(Audit)
        discard_audit(desk, first.id)
        second = reopen_audit(desk, signed.audit_id, reason="Once more.").made(Audit)
        recommend(desk, second.id, Verdict.PASS)
        sign(replace(signed, audit_id=second.id))
        (row,) = list_bin(desk)
        with refused("audit.revised"):
            restore_from_bin(desk, row.kind, row.id)
        assert [one.revision for one in signed.house.all(Audit)] == [1, 2]


class TestBeforeTheSignature:
    def test_a_file_that_is_gone_or_another_one_is_named_and_nothing_is_signed(self, ready: Audited) -> None:
        desk = ready.house.workspace
        proof = file_at(
            ready.house, b"orders\n", assessment_id=ready.assessment.id, checkpoint_id=ready.applicable[0]
        )
        desk.store.evidence.remove(proof.digest)
        with refused("signing.evidence-gone") as refusal:
            sign(ready)
        assert refusal.value.params["files"] == (proof.name,)
        assert not ready.audit.is_signed
        desk.store.evidence.put(b"orders\n")
        assert sign(ready).number == ready.audit.number

    def test_a_coach_says_nothing_in_an_audit_and_works_on_what_it_found(self, ready: Audited) -> None:
        house, desk = ready.house, ready.house.workspace
        point = ready.applicable[0]
        found = findings.raise_finding(
            desk,
            engagement_id=house.engagement.id,
            assessment_id=ready.assessment.id,
            checkpoint_id=point,
            statement="No price on the order",
            grade=FindingGrade.MAJOR,
        ).made(Finding)
        file_at(house, b"the orders\n", finding_id=found.id)
        house.work_as_coach()
        before = house.get(Finding, found.id)
        attempts: list[Callable[[], object]] = [
            lambda: findings.change_finding(
                desk, found.id, grade=FindingGrade.MINOR, grade_reason="Not that bad."
            ),
            lambda: findings.change_finding(desk, found.id, assessment_id=None),
            lambda: findings.reply_to_finding(desk, found.id, reply=Reply.AGREED, by="P. Principal"),
            lambda: findings.delete_finding(desk, found.id),
            lambda: findings.note_sighting(desk, found.id, assessment_id=ready.assessment.id),
            lambda: file_at(house, b"other orders\n", finding_id=found.id),
            lambda: rate_checkpoint(desk, ready.assessment.id, point, points=10),
        ]
        for attempt in attempts:
            with refused("role.audit-needs-auditor"):
                attempt()
        assert house.get(Finding, found.id) == before
        findings.change_finding(desk, found.id, correction="The price was written down.")
        assert house.get(Finding, found.id).correction == "The price was written down."

    def test_a_coach_who_handed_over_is_still_known(self, passed: Certified) -> None:
        passed.work_as(passed.house.coach, Role.COACH)
        new = add_coach(passed)
        hand_over(passed.workspace, passed.house.engagement.id, coach_id=new.id)
        (tie,) = passed.house.all(Tie)
        assert (tie.person_id, tie.kind, tie.until_on) == (passed.house.coach.id, TieKind.COACHED, DECIDED)
        certify_person(
            passed.workspace, passed.house.coach.id, role=Role.DECISION_MAKER, number="D-3",
            valid_from=date(2026, 1, 1), valid_until=date(2031, 1, 1),
        )  # fmt: skip
        passed.work_as(passed.house.coach)
        with refused("decision.not-independent"):
            decide(passed.workspace, passed.audit_id, GRANTED)


def add_coach(certified: Certified) -> Person:
    """Somebody else who is certified to coach."""
    person = add_decider(certified.house, "Carla Coach", "D-9")
    certify_person(
        certified.workspace, person.id, role=Role.COACH, number="C-9",
        valid_from=date(2026, 1, 1), valid_until=date(2031, 1, 1),
    )  # fmt: skip
    return person


def test_on_another_machine_a_restored_audit_resists_and_its_papers_are_there(
    ready: Audited, tmp_path: Path
) -> None:
    signed = sign_with_everything(ready)
    backups.restore(backups.back_up_now(signed.workspace), tmp_path / "there")
    with open_workspace(tmp_path / "there", clock=signed.workspace.clock) as there:
        assert there.notices == ()
        assert verify_workspace(there).is_genuine
        with there.reading() as reader:
            assert reader.missing_guards() == ()
            register = register_of(reader, on=SIGNED_ON)
            (paper,) = reader.all(IssuedFile)
        assert verify_bytes(issued_bytes(there, paper.id), register=register).is_genuine
        with refused("audit.signed"):
            sign(replace(ready, house=replace(ready.house, workspace=there)))
        with refused("audit.sealed"):
            findings.change_finding(there, signed.seen_again.id, statement="other")
