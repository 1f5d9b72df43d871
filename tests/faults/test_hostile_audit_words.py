"""Whatever is typed around an audit and its certificate comes back as it was typed, stands on the papers, and breaks neither log nor seal."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from qma_app.domain.audit import Audit, AuditSample
from qma_app.domain.certification import (
    Appeal,
    AppealOutcome,
    Certificate,
    CertificationDecision,
    DecisionOutcome,
    IssuedFile,
    IssuedKind,
    Signer,
)
from qma_app.domain.dealership import Dealership, Site
from qma_app.domain.finding import Finding
from qma_app.domain.people import Role
from qma_app.domain.plain_text import storable
from qma_app.domain.record import Changes
from qma_app.domain.result import Verdict
from qma_app.services.appeals import answer_appeal, raise_appeal
from qma_app.services.audit_conduct import withdraw_finding
from qma_app.services.certificate_granting import grant_certificate
from qma_app.services.certificate_issuing import issue_certificate
from qma_app.services.certificate_steps import (
    restore_certificate,
    revoke_issued,
    revoke_signer,
    suspend_certificate,
)
from qma_app.services.log import verify_workspace
from qma_app.services.register import read_register, save_register
from qma_app.services.reopening import reopen_audit
from qma_app.services.reports import report_bytes
from qma_app.services.searching import search
from tests.faults.audit_words import AUDIT_WORDS, LABELS, AuditWord
from tests.faults.test_hostile_words import HOSTILE
from tests.services.auditing import Audited
from tests.services.certified import a_key, certified_in
from tests.services.visiting import House

pytest_plugins = ("tests.services.visiting_fixtures", "tests.services.signed_fixtures")

NOT_ON_PAPER = {
    "AuditSample.list_name": "one sample is drawn; the record replaced in it is what is looked for",
    "AuditSample.stratified_by": "as the name of the list",
    "Tie.words": "weighed by independence before the audit; the report prints declarations and conflicts",
}
SHOWN = "<b>bold</b> & <img src='x'> =SUM(A1) {name} שלום"
"""Words that a paper shows as they are."""


def read_back(house: House, field: AuditWord, changes: Changes) -> str:
    record = next(one.after for one in reversed(changes.records) if isinstance(one.after, field.kind))
    return field.part(getattr(house.get(field.kind, record.id), field.name))


@pytest.mark.parametrize("field", AUDIT_WORDS, ids=[one.label for one in AUDIT_WORDS])
def test_in_an_open_audit_and_back(ready: Audited, field: AuditWord) -> None:
    for label, text in HOSTILE.items():
        expected = storable(text.strip() if field.is_stripped else text)
        assert read_back(ready.house, field, field.write(ready, text)) == expected, label
    with ready.house.workspace.reading() as reader:
        assert reader.verify_log() == ()


def test_the_lines_of_a_list_are_the_labels_drawn(ready: Audited) -> None:
    field = next(one for one in AUDIT_WORDS if one.label == "AuditSample.list_name")
    for label, text in HOSTILE.items():
        (sample,) = field.write(ready, text).of(AuditSample)
        kept = ready.house.get(AuditSample, sample.id)
        words = unicodedata.normalize("NFC", " ".join(storable(text).split()))
        assert len(kept.drawn) == 2
        for one in kept.drawn:
            said = (one.label.rpartition(" ")[0], one.stratum, kept.strata[0].name)
            assert {unicodedata.normalize("NFC", name) for name in said} == {words}, label


def pages(data: bytes) -> str:
    """All words of a paper without the blanks, which lie where lines are broken."""
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


def test_they_stand_on_the_papers_of_the_audit(ready: Audited) -> None:
    """Each field with its own words, told apart by its name; what is for the auditor alone stands in the report."""
    for place, field in enumerate(AUDIT_WORDS):
        if field.label not in NOT_ON_PAPER:
            field.write(ready, f"{SHOWN} no{place}end")
    workspace, number = ready.house.workspace, ready.audit.number
    report = pages(report_bytes(workspace, "audit", of=ready.assessment.number, language="en"))
    plan = pages(report_bytes(workspace, "audit-plan", of=number, language="en"))
    wrap_up = pages(report_bytes(workspace, "wrap-up", of=number, by="", language="en"))
    papers = report + plan + wrap_up
    missing = [
        field.label
        for place, field in enumerate(AUDIT_WORDS)
        if field.label not in NOT_ON_PAPER and f"no{place}end" not in papers
    ]
    assert missing == []
    assert papers.count("<b>bold</b>&<imgsrc='x'>=SUM(A1){name}") >= len(AUDIT_WORDS) - len(NOT_ON_PAPER)


def test_all_that_is_written_once_on_the_way_to_a_certificate(tmp_path: Path) -> None:
    """One walk with all hostile words in each place: decided, appealed, granted, signed, suspended, revoked, reopened."""
    text = "\n".join(one for label, one in HOSTILE.items() if label != "marks without end")
    kept = storable(text.strip())
    with certified_in(tmp_path / "w", Verdict.CONDITIONAL) as house_of:
        house, workspace = house_of.house, house_of.workspace
        with workspace.store.writing("test.named") as work:
            work.put(replace(work.get(Dealership, house.dealership.id), name=SHOWN))
            for site in work.all(Site):
                work.put(replace(site, address=SHOWN))
        decision = house_of.decide(DecisionOutcome.CONDITIONAL, words=text)
        assert house.get(CertificationDecision, decision.id).words == kept
        appeal = raise_appeal(
            workspace, house_of.audit_id, raised_by=text, words=text, decision_id=decision.id
        )
        certificate = grant_certificate(workspace, decision.id)
        assert certificate.holder == SHOWN
        assert certificate.address == SHOWN
        issued = issue_certificate(workspace, certificate.id, a_key("Dirk <b>Decider</b> {name}"))
        paper = pages(workspace.store.evidence.get(issued.digest))
        assert "<b>bold</b>&<imgsrc='x'>=SUM(A1){name}" in paper
        assert "TRIALDirk<b>Decider</b>{name}" in paper
        suspend_certificate(workspace, certificate.id, text)
        restore_certificate(workspace, certificate.id, text)
        assert {one.reason for one in house.get(Certificate, certificate.id).events} == {kept}
        revoke_issued(workspace, issued.id, text)
        assert house.get(IssuedFile, issued.id).revoked_reason == kept
        revoke_signer(workspace, issued.signer_id, text)
        assert house.get(Signer, issued.signer_id).revoked_reason == kept
        house_of.work_as(house_of.other)
        answer_appeal(workspace, appeal.id, outcome=AppealOutcome.UPHELD, answer=text)
        answered = house.get(Appeal, appeal.id)
        assert {answered.raised_by, answered.words, answered.answer} == {kept}
        register = read_register(save_register(workspace, tmp_path / "r.json"))
        assert [one.revoked_reason for one in register.files if one.kind == IssuedKind.CERTIFICATE] == [kept]
        save_register(workspace, tmp_path / "r.xlsx")
        house_of.work_as(house_of.auditor, Role.AUDITOR)
        again = reopen_audit(workspace, house_of.audit_id, reason=text).made(Audit)
        assert house.get(Audit, again.id).revision_reason == kept
        (finding,) = house.all(Finding)
        withdraw_finding(workspace, again.id, finding.id, text)
        assert house.get(Audit, again.id).withdrawn[0].reason == kept
        search(workspace, text)
        assert verify_workspace(workspace).faults == ()


def test_every_label_is_a_field() -> None:
    kinds = {"Audit", "AuditSlot", "AuditSample", "AuditLook", "Tie"}
    kinds |= {"CertificationDecision", "Appeal", "Certificate", "Signer", "IssuedFile"}
    assert {label.partition(".")[0] for label in LABELS} == kinds
