"""The certificate a decision gives: what it says, how long it counts, how it is signed and kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit_path import StepState
from qma_app.domain.audit_reading import certificate_file, read_audit_state
from qma_app.domain.certificate_content import certificate_differences, certificate_from, certificate_words
from qma_app.domain.certificate_life import LifeState, life
from qma_app.domain.certification import Certificate, DecisionOutcome, IssuedFile, IssuedKind, Signer
from qma_app.domain.dealership import Site
from qma_app.domain.people import Role, Worker
from qma_app.domain.result import Verdict
from qma_app.errors import ReportTrouble
from qma_app.exchange.pdf_verifying import verify_pdf
from qma_app.services.audit_standing import audit_path
from qma_app.services.certificate_granting import grant_certificate, issue_certificate
from qma_app.services.certificate_issuing import draft_certificate
from qma_app.services.certificate_steps import revoke_issued, revoke_signer, withdraw_certificate
from qma_app.services.deciding import decide
from qma_app.services.issuing import CERTIFICATE_ATTACHMENT
from qma_app.services.paper_verifying import PaperState, verify_paper
from qma_app.services.paper_words import words_missing
from qma_app.services.register import register_of
from qma_app.services.signing import save_issued
from tests.services.auditing import FIRST, LAST, Audited
from tests.services.certified import DECIDED, Certified, a_key, add_decider, certified_in
from tests.services.signed import a_key as auditors_key
from tests.services.visiting import refused

pytest_plugins = ["tests.services.signed_fixtures"]


@pytest.fixture
def passed(tmp_path: Path) -> Iterator[Certified]:
    with certified_in(tmp_path / "w") as certified:
        yield certified


def issued_files(certified: Certified) -> tuple[IssuedFile, ...]:
    return tuple(one for one in certified.house.all(IssuedFile) if one.kind is IssuedKind.CERTIFICATE)


class TestGrant:
    def test_it_says_who_for_what_how_well_and_how_long(self, passed: Certified) -> None:
        certificate = passed.grant()
        assert certificate.number == "C-2027-0001"
        assert (certificate.holder, certificate.address) == ("Autohaus Beispiel", "Musterstadt, DE")
        assert certificate.scope == passed.house.get(Assessment, passed.audit.assessment_id).scope
        assert len(certificate.scope) == 1
        assert certificate.edition == passed.house.engagement.edition
        with passed.workspace.reading() as reader:
            level = read_audit_state(reader, passed.audit).recommended.result.overall
        assert Fraction(certificate.level) == level == 100
        assert (certificate.audited_from, certificate.audited_to) == (FIRST, LAST)
        assert certificate.decided_on == certificate.valid_from == DECIDED
        assert certificate.valid_until == date(2030, 6, 29)
        assert (certificate.is_conditional, certificate.replaces) == (False, None)

    def test_a_conditional_one_waits_for_its_majors(self, tmp_path: Path) -> None:
        with certified_in(tmp_path / "w", Verdict.CONDITIONAL) as conditional:
            certificate = conditional.grant(DecisionOutcome.CONDITIONAL)
            late = life(certificate, DECIDED + timedelta(days=91))
        assert certificate.is_conditional
        assert life(certificate, DECIDED).state is LifeState.CONDITIONAL
        assert [one.due_on for one in late.overdue] == [DECIDED + timedelta(days=90)]

    def test_one_decision_gives_one(self, passed: Certified) -> None:
        certificate = passed.grant()
        with refused("certificate.granted-already"):
            grant_certificate(passed.workspace, certificate.decision_id)

    def test_it_can_begin_later_but_neither_before_the_decision_nor_much_later(
        self, passed: Certified
    ) -> None:
        decision = passed.decide()
        for day in (DECIDED - timedelta(days=1), date(2027, 10, 1)):
            with refused("certificate.first-day"):
                grant_certificate(passed.workspace, decision.id, valid_from=day)
        later = grant_certificate(passed.workspace, decision.id, valid_from=date(2027, 9, 30))
        assert life(later, DECIDED).state is LifeState.NOT_YET
        assert later.valid_until == date(2030, 6, 29)

    def test_a_recertification_takes_the_place_of_the_old_one(self, passed: Certified) -> None:
        old = passed.grant()
        later = passed.audit_again(AssessmentKind.RECERTIFICATION, date(2030, 5, 6))
        new = later.grant()
        assert (new.number, new.replaces) == ("C-2030-0001", old.id)
        assert new.valid_until == date(2033, 5, 5)
        with later.workspace.reading() as reader:
            found = {one.number: one.state for one in register_of(reader, on=date(2030, 5, 6)).certificates}
        assert found == {"C-2027-0001": "expired", "C-2030-0001": "valid"}

    def test_one_that_was_withdrawn_is_not_replaced(self, passed: Certified) -> None:
        withdraw_certificate(passed.workspace, passed.grant().id, "The mark was misused.")
        later = passed.audit_again(AssessmentKind.CERTIFICATION_AUDIT, date(2028, 5, 3))
        assert later.grant().replaces is None

    def test_the_address_is_that_of_its_sites(self, passed: Certified) -> None:
        (site,) = passed.house.all(Site)
        decision = passed.decide()
        with passed.workspace.store.writing("test.moved") as work:
            work.put(replace(site, address="Musterstraße 1\n12345 Musterstadt"))
        certificate = grant_certificate(passed.workspace, decision.id)
        assert certificate.address == "Musterstraße 1 12345 Musterstadt"

    def test_only_a_decision_maker_grants(self, passed: Certified) -> None:
        decision = passed.decide()
        passed.work_as(passed.auditor, Role.AUDITOR)
        with refused("role.decision-maker-needed"):
            grant_certificate(passed.workspace, decision.id)
        assert not passed.house.all(Certificate)


class TestIssue:
    @pytest.fixture
    def granted(self, passed: Certified) -> Certificate:
        return passed.grant()

    @pytest.mark.parametrize("language", ["en", "de"])
    def test_the_signed_file_is_genuine_and_says_what_its_data_say(
        self, passed: Certified, granted: Certificate, language: str
    ) -> None:
        issued = issue_certificate(passed.workspace, granted.id, a_key(), language=language)
        data = passed.workspace.store.evidence.get(issued.digest)
        found = verify_pdf(data, known={a_key().fingerprint}, attachment=CERTIFICATE_ATTACHMENT)
        assert found.is_genuine
        assert found.attached is not None
        content = certificate_from(found.attached)
        assert not certificate_differences(content)
        assert not words_missing(data, certificate_words(content))
        assert (content.language, content.is_trial) == (language, True)
        assert content.decision_maker.name == "Dirk Decider"
        assert content.basis.report_digest == passed.report.digest
        assert not words_missing(data, ["TRIAL", issued.content_digest])

    def test_it_is_kept_in_the_register_with_its_signer(
        self, passed: Certified, granted: Certificate
    ) -> None:
        head = passed.workspace.reading()
        with head as reader:
            before = reader.log_head()
        issued = issue_certificate(passed.workspace, granted.id, a_key())
        assert (issued.number, issued.revision, issued.is_trial) == (granted.number, 1, True)
        assert (issued.log_seq, issued.log_hash) == (before.seq, before.hash)
        signer = passed.house.get(Signer, issued.signer_id)
        assert (signer.fingerprint, signer.person_id) == (a_key().fingerprint, passed.decider.id)
        with passed.workspace.reading() as reader:
            assert certificate_file(reader, granted) == issued
            digests = {one.digest for one in register_of(reader, on=DECIDED).files}
        assert digests == {passed.report.digest, issued.digest}

    def test_issued_again_it_names_the_file_before_in_that_language(
        self, passed: Certified, granted: Certificate
    ) -> None:
        first = issue_certificate(passed.workspace, granted.id, a_key(), language="en")
        other = issue_certificate(passed.workspace, granted.id, a_key(), language="de")
        again = issue_certificate(passed.workspace, granted.id, a_key(), language="en")
        assert (other.replaces, other.revision) == (None, 1)
        assert (again.replaces, again.revision) == (first.id, 2)

    def test_the_page_before_signing_is_the_same_each_time(
        self, passed: Certified, granted: Certificate
    ) -> None:
        pages = {draft_certificate(passed.workspace, granted.id, language="en") for _time in range(2)}
        assert len(pages) == 1
        assert not words_missing(pages.pop(), ["DRAFT"])

    def test_only_the_one_who_decided_signs(self, passed: Certified, granted: Certificate) -> None:
        passed.work_as(passed.other)
        with refused("certificate.other-decider"):
            issue_certificate(passed.workspace, granted.id, a_key())
        assert not issued_files(passed)

    def test_a_key_a_report_was_signed_with_does_not_sign_certificates(
        self, passed: Certified, granted: Certificate
    ) -> None:
        as_auditors = replace(a_key(), fingerprint="a" * 64)
        with refused("signing.other-person"):
            issue_certificate(passed.workspace, granted.id, as_auditors)
        with passed.workspace.store.writing("test.lent") as work:
            (signer,) = work.all(Signer)
            work.put(replace(signer, person_id=passed.decider.id))
        with refused("certificate.auditors-key"):
            issue_certificate(passed.workspace, granted.id, as_auditors)

    def test_a_real_certificate_does_not_rest_on_a_report_for_trial(
        self, passed: Certified, granted: Certificate
    ) -> None:
        with refused("certificate.report-for-trial"):
            issue_certificate(passed.workspace, granted.id, replace(a_key(), is_trial=False))

    def test_nothing_is_issued_on_what_is_over_or_revoked(
        self, passed: Certified, granted: Certificate
    ) -> None:
        issued = issue_certificate(passed.workspace, granted.id, a_key())
        revoke_signer(passed.workspace, issued.signer_id, "The key was lost.")
        with refused("signing.revoked"):
            issue_certificate(passed.workspace, granted.id, a_key())
        revoke_issued(passed.workspace, passed.report.id, "Signed by mistake.")
        with refused("decision.report-revoked"):
            issue_certificate(passed.workspace, granted.id, a_key("Dirk Decider again"))
        withdraw_certificate(passed.workspace, granted.id, "The report is void.")
        with refused("certificate.over"):
            issue_certificate(passed.workspace, granted.id, a_key("Dirk Decider again"))

    @pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
    def test_stopped_on_the_way_it_leaves_nothing(
        self, passed: Certified, granted: Certificate, share: float
    ) -> None:
        heard: list[float] = []

        def goes_on(done: float) -> bool:
            heard.append(done)
            return done <= share

        before = sorted(path.name for path in (passed.workspace.folder / "evidence").rglob("*"))
        with pytest.raises(ReportTrouble, check=lambda error: error.code == "report.cancelled"):
            issue_certificate(passed.workspace, granted.id, a_key(), progress=goes_on)
        assert heard == sorted(heard)
        assert not issued_files(passed)
        assert sorted(path.name for path in (passed.workspace.folder / "evidence").rglob("*")) == before

    def test_what_changed_while_it_was_drawn_is_not_signed_over(
        self, passed: Certified, granted: Certificate
    ) -> None:
        def withdraws(done: float) -> bool:
            if done > 0.9:
                withdraw_certificate(passed.workspace, granted.id, "Found out just now.")
            return True

        with refused("certificate.over"):
            issue_certificate(passed.workspace, granted.id, a_key(), progress=withdraws)
        assert not issued_files(passed)

    def test_a_holder_no_page_can_hold_is_refused_in_words(self, passed: Certified) -> None:
        decision = passed.decide()
        with passed.workspace.store.writing("test.named") as work:
            work.put(replace(passed.house.dealership, name="Autohaus " + "Beispiel " * 200))
        certificate = grant_certificate(passed.workspace, decision.id)
        with pytest.raises(ReportTrouble, check=lambda error: error.code == "certificate.not-the-same"):
            issue_certificate(passed.workspace, certificate.id, a_key())


def test_from_the_auditors_signature_to_a_genuine_certificate(signed: Audited, tmp_path: Path) -> None:
    """Both papers made by the services themselves stand up to the register of the house."""
    house, workspace = signed.house, signed.house.workspace
    decider = add_decider(house, "Dirk Decider", "D-1")
    house.clock.put(DECIDED)
    workspace.set_worker(Worker(person_id=decider.id, role=Role.DECISION_MAKER))
    decision = decide(workspace, signed.audit_id, DecisionOutcome.GRANTED)
    certificate = grant_certificate(workspace, decision.id)
    with refused("signing.other-person"):
        issue_certificate(workspace, certificate.id, auditors_key())
    issue_certificate(workspace, certificate.id, a_key(), language="de")
    with workspace.reading() as reader:
        register = register_of(reader, on=DECIDED)
        steps = audit_path(reader, signed.audit_id, on=DECIDED)
        assert reader.verify_log() == ()
    assert {one.state for one in steps} == {StepState.DONE}
    for issued in house.all(IssuedFile):
        path = save_issued(workspace, issued.id, tmp_path / issued.name)
        assert verify_paper(path, register=register).state is PaperState.GENUINE
