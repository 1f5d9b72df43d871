"""Deciding: who may, on what, never better than recommended; appeals; settling a condition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import Audit
from qma_app.domain.certificate_life import LifeState, life
from qma_app.domain.certification import AppealOutcome, CertificationDecision, DecisionOutcome, IssuedFile
from qma_app.domain.finding import Finding
from qma_app.domain.ids import AssessmentId, AuditId
from qma_app.domain.people import Role
from qma_app.domain.result import Verdict
from qma_app.errors import NotFound
from qma_app.services.certificate_granting import grant_certificate
from qma_app.services.certificate_steps import revoke_issued, suspend_certificate, withdraw_certificate
from qma_app.services.deciding import answer_appeal, decide, raise_appeal, settle_conditional
from tests.services.auditing import LAST
from tests.services.certified import DECIDED, Certified, certified_in
from tests.services.visiting import refused

GRANTED, CONDITIONAL, REFUSED = DecisionOutcome
SIXTY_DAYS = DECIDED + timedelta(days=60)


@pytest.fixture
def passed(tmp_path: Path) -> Iterator[Certified]:
    with certified_in(tmp_path / "w") as certified:
        yield certified


@pytest.fixture
def conditional(tmp_path: Path) -> Iterator[Certified]:
    with certified_in(tmp_path / "w", Verdict.CONDITIONAL) as certified:
        yield certified


def change_audit_of(certified: Certified, **fields: Any) -> None:
    """Another audit beside the sealed one, with these fields: for states a signed one never has."""
    with certified.workspace.reading() as reader:
        audit = reader.get(Audit, certified.audit_id)
        assessment = reader.get(Assessment, audit.assessment_id)
    with certified.workspace.store.writing("test.beside") as work:
        twin = work.put(
            replace(assessment, id=AssessmentId(work.new_id()), number=assessment.number + 1, version=0)
        )
        work.put(replace(audit, id=AuditId(work.new_id()), assessment_id=twin.id, version=0, **fields))


class TestDecide:
    def test_the_decision_names_the_signed_report_and_whoever_decided(self, passed: Certified) -> None:
        decision = passed.decide(words=" All rules hold. ")
        assert decision == passed.house.get(CertificationDecision, decision.id)
        assert decision.report_digest == passed.report.digest
        assert (decision.outcome, decision.decided_by) == (GRANTED, passed.decider.id)
        assert (decision.decided_on, decision.words) == (DECIDED, "All rules hold.")

    def test_nothing_better_than_recommended_is_decided(self, conditional: Certified) -> None:
        with refused("decision.better"):
            conditional.decide(GRANTED, words="They will manage.")
        assert conditional.decide(CONDITIONAL).outcome is CONDITIONAL

    def test_after_a_fail_only_a_refusal_is_left(self, tmp_path: Path) -> None:
        with certified_in(tmp_path / "w", Verdict.FAIL) as failed:
            for outcome in (GRANTED, CONDITIONAL):
                with refused("decision.better"):
                    failed.decide(outcome)
            decision = failed.decide(REFUSED)
            with refused("certificate.refused"):
                grant_certificate(failed.workspace, decision.id)

    def test_less_than_recommended_needs_words(self, passed: Certified) -> None:
        with refused("decision.words"):
            passed.decide(REFUSED, words="  ")
        assert passed.decide(REFUSED, words="The samples are too small.").outcome is REFUSED

    @pytest.mark.parametrize("role", [Role.COACH, Role.AUDITOR])
    def test_only_a_decision_maker_at_work_decides(self, passed: Certified, role: Role) -> None:
        passed.work_as(passed.decider, role)
        with refused("role.decision-maker-needed"):
            passed.decide()
        passed.workspace.set_worker(None)
        with refused("role.decision-maker-needed"):
            passed.decide()

    def test_neither_team_nor_coach_nor_the_uncertified_decide(self, passed: Certified) -> None:
        for person in (passed.auditor, passed.house.coach):
            passed.work_as(person)
            with refused("decision.not-independent"):
                passed.decide()
        passed.on(date(2031, 1, 2))  # one day after the certificate of the decision maker lapsed
        with refused("decision.not-independent"):
            passed.decide()

    def test_an_unsigned_audit_and_an_older_revision_are_not_decided(self, passed: Certified) -> None:
        change_audit_of(passed, revises=passed.audit_id, revision=2, signed_at=None, signed_by=None)
        with refused("decision.not-newest"):
            passed.decide()
        newer = next(one for one in passed.house.all(Audit) if one.revision == 2)
        with refused("decision.not-signed"):
            decide(passed.workspace, newer.id, GRANTED)

    def test_a_signed_audit_without_its_seal_is_not_decided(self, passed: Certified) -> None:
        change_audit_of(passed, number="R-2027-0999")
        newer = next(one for one in passed.house.all(Audit) if one.number == "R-2027-0999")
        with refused("decision.no-report"):
            decide(passed.workspace, newer.id, GRANTED)

    def test_the_kept_file_must_be_there_and_not_revoked(self, passed: Certified) -> None:
        passed.workspace.store.evidence.remove(passed.report.digest)
        with pytest.raises(NotFound):
            passed.decide()
        assert not passed.house.all(CertificationDecision)
        revoke_issued(passed.workspace, passed.report.id, "Signed by mistake.")
        with refused("decision.report-revoked"):
            passed.decide()

    def test_a_clock_before_the_last_change_decides_nothing(self, passed: Certified) -> None:
        passed.on(LAST - timedelta(days=1))
        with refused("decision.clock-behind"):
            passed.decide()

    def test_one_audit_is_decided_once(self, passed: Certified) -> None:
        passed.decide()
        with refused("decision.taken"):
            passed.decide(REFUSED, words="On second thoughts.")

    def test_a_surveillance_decides_nothing(self, passed: Certified) -> None:
        passed.grant()
        later = passed.audit_again(AssessmentKind.SURVEILLANCE, date(2028, 5, 3))
        with refused("decision.looks-back"):
            later.decide()


class TestAppeals:
    def test_an_appeal_upheld_opens_the_way_to_another_decision(self, passed: Certified) -> None:
        first = passed.decide(CONDITIONAL, words="Doubts.")
        appeal = raise_appeal(
            passed.workspace, passed.audit_id, raised_by="Paula Principal", words="No major.",
            decision_id=first.id,
        )  # fmt: skip
        assert appeal.received_on == DECIDED
        with refused("appeal.own-part"):
            answer_appeal(passed.workspace, appeal.id, outcome=AppealOutcome.UPHELD, answer="Right.")
        with refused("decision.taken"):
            passed.decide()
        passed.work_as(passed.other)
        answer_appeal(passed.workspace, appeal.id, outcome=AppealOutcome.UPHELD, answer="Right.")
        with refused("appeal.answered"):
            answer_appeal(passed.workspace, appeal.id, outcome=AppealOutcome.REJECTED, answer="No.")
        second = passed.decide()
        assert second.follows == first.id
        with refused("decision.taken"):
            passed.decide()
        with refused("certificate.other-decision"):
            grant_certificate(passed.workspace, first.id)
        assert not grant_certificate(passed.workspace, second.id).is_conditional

    def test_an_appeal_rejected_leaves_the_decision(self, passed: Certified) -> None:
        first = passed.decide(REFUSED, words="Doubts.")
        appeal = raise_appeal(
            passed.workspace, passed.audit_id, raised_by="Paula", words="No.", decision_id=first.id
        )
        passed.work_as(passed.other)
        answer_appeal(passed.workspace, appeal.id, outcome=AppealOutcome.REJECTED, answer="It stands.")
        with refused("decision.taken"):
            passed.decide()

    def test_an_appeal_comes_in_words_after_what_it_is_against(self, passed: Certified) -> None:
        decision = passed.decide()
        workspace, audit_id = passed.workspace, passed.audit_id
        with refused("appeal.nobody"):
            raise_appeal(workspace, audit_id, raised_by=" ", words="No.")
        with refused("appeal.no-words"):
            raise_appeal(workspace, audit_id, raised_by="Paula", words="")
        with refused("day.ahead"):
            raise_appeal(workspace, audit_id, raised_by="Paula", words="No.", received_on=date(2027, 7, 1))
        with refused("appeal.too-early"):
            raise_appeal(
                workspace, audit_id, raised_by="Paula", words="No.", received_on=LAST, decision_id=decision.id
            )
        early = raise_appeal(workspace, audit_id, raised_by="Paula", words="No.", received_on=LAST)
        assert early.decision_id is None

    def test_neither_team_nor_coach_nor_nobody_answers(self, passed: Certified) -> None:
        appeal = raise_appeal(passed.workspace, passed.audit_id, raised_by="Paula", words="F-001 is wrong.")
        for person in (passed.auditor, passed.house.coach):
            passed.work_as(person)
            with refused("appeal.own-part"):
                answer_appeal(passed.workspace, appeal.id, outcome=AppealOutcome.UPHELD, answer="Yes.")
        passed.workspace.set_worker(None)
        with refused("appeal.nobody-answers"):
            answer_appeal(passed.workspace, appeal.id, outcome=AppealOutcome.UPHELD, answer="Yes.")
        passed.work_as(passed.decider)
        with refused("appeal.no-answer"):
            answer_appeal(passed.workspace, appeal.id, outcome=AppealOutcome.UPHELD, answer=" ")


class TestSettling:
    def follow_up(self, conditional: Certified, on: date = SIXTY_DAYS) -> Certified:
        return conditional.audit_again(AssessmentKind.FOLLOW_UP_AUDIT, on)

    def test_closed_majors_turn_it_into_a_full_certificate_that_ends_as_the_first(
        self, conditional: Certified
    ) -> None:
        old = conditional.grant(CONDITIONAL)
        first = conditional.house.all(CertificationDecision)[0]
        later = self.follow_up(conditional)
        later.close_majors()
        settled = settle_conditional(later.workspace, first.id, later.audit_id)
        assert (settled.outcome, settled.follows, settled.audit_id) == (GRANTED, first.id, later.audit_id)
        assert settled.report_digest == later.report.digest != first.report_digest
        new = grant_certificate(later.workspace, settled.id)
        assert (new.replaces, new.is_conditional) == (old.id, False)
        assert (new.valid_from, new.valid_until) == (SIXTY_DAYS, old.valid_until) == (
            SIXTY_DAYS, date(2030, 6, 29),
        )  # fmt: skip
        assert (new.audited_from, new.audited_to) == (old.audited_from, SIXTY_DAYS)
        assert new.scope == old.scope
        assert life(old, SIXTY_DAYS, replaced_by=new).state is LifeState.EXPIRED
        with refused("decision.no-condition"):
            settle_conditional(later.workspace, first.id, later.audit_id)

    def test_a_major_left_open_settles_nothing(self, conditional: Certified) -> None:
        first = conditional.decide(CONDITIONAL)
        later = self.follow_up(conditional)
        (major,) = later.house.all(Finding)
        with refused("decision.majors-open") as refusal:
            settle_conditional(later.workspace, first.id, later.audit_id)
        assert refusal.value.params["findings"] == (major.label,)

    def test_a_follow_up_that_recommends_less_settles_nothing(self, conditional: Certified) -> None:
        first = conditional.decide(CONDITIONAL)
        later = conditional.audit_again(AssessmentKind.FOLLOW_UP_AUDIT, SIXTY_DAYS, Verdict.CONDITIONAL)
        later.close_majors()
        with refused("decision.better"):
            settle_conditional(later.workspace, first.id, later.audit_id)

    def test_only_a_follow_up_of_that_audit_settles(self, conditional: Certified) -> None:
        first = conditional.decide(CONDITIONAL)
        with refused("decision.no-follow-up"):
            settle_conditional(conditional.workspace, first.id, conditional.audit_id)

    def test_after_ninety_days_it_needs_words(self, conditional: Certified) -> None:
        first = conditional.decide(CONDITIONAL)
        later = self.follow_up(conditional)
        later.close_majors()
        later.on(DECIDED + timedelta(days=91))
        with refused("decision.late-words"):
            settle_conditional(later.workspace, first.id, later.audit_id)
        said = "Holidays of the works."
        assert settle_conditional(later.workspace, first.id, later.audit_id, words=said).words == said

    def test_a_suspended_one_needs_words_and_a_withdrawn_one_stays_so(self, conditional: Certified) -> None:
        certificate = conditional.grant(CONDITIONAL)
        later = self.follow_up(conditional)
        later.close_majors()
        suspend_certificate(later.workspace, certificate.id, "The mark was misused.")
        with refused("decision.suspended-words"):
            settle_conditional(later.workspace, certificate.decision_id, later.audit_id)
        withdraw_certificate(later.workspace, certificate.id, "Misused again.")
        with refused("decision.certificate-over"):
            settle_conditional(
                later.workspace, certificate.decision_id, later.audit_id, words="All the same."
            )

    def test_the_follow_up_of_a_condition_is_settled_or_refused(self, conditional: Certified) -> None:
        certificate = conditional.grant(CONDITIONAL)
        later = self.follow_up(conditional)
        with refused("decision.settle"):
            later.decide(GRANTED)
        with refused("decision.certificate-stands"):
            later.decide(REFUSED, words="Nothing was done.")
        withdraw_certificate(later.workspace, certificate.id, "The majors were not closed.")
        assert later.decide(REFUSED, words="Nothing was done.").follows == certificate.decision_id

    def test_after_a_refusal_a_follow_up_that_passes_may_be_granted(self, tmp_path: Path) -> None:
        with certified_in(tmp_path / "w", Verdict.FAIL) as failed:
            first = failed.decide(REFUSED)
            later = failed.audit_again(AssessmentKind.FOLLOW_UP_AUDIT, SIXTY_DAYS)
            decision = later.decide(GRANTED)
            assert decision.follows == first.id

    def test_a_granted_one_leaves_nothing_to_decide_on(self, passed: Certified) -> None:
        passed.decide()
        later = passed.audit_again(AssessmentKind.FOLLOW_UP_AUDIT, SIXTY_DAYS)
        with refused("decision.nothing-open"):
            later.decide()


def test_issued_reports_stay_as_they_were(passed: Certified) -> None:
    before = passed.house.all(IssuedFile)
    passed.decide()
    assert passed.house.all(IssuedFile) == before
