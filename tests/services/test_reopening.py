"""A signed audit opened again: a new revision that carries everything on, beside the old one that stays as it was signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from qma_app.domain.assessment import Assessment
from qma_app.domain.audit import Audit, AuditLook, AuditSlot
from qma_app.domain.certification import (
    Appeal,
    AppealOutcome,
    CertificationDecision,
    DecisionOutcome,
    IssuedFile,
    Seal,
)
from qma_app.domain.ids import AppealId, CertificationDecisionId
from qma_app.domain.people import Role, Worker
from qma_app.domain.record import Changes
from qma_app.domain.result import Verdict
from qma_app.services.audit_conduct import recommend
from qma_app.services.audit_standing import signing_checks
from qma_app.services.register import register_of
from qma_app.services.signing import issued_report, reopen_audit
from qma_app.services.undoing import undo
from tests.services.auditing import Audited
from tests.services.signed import sign
from tests.services.visiting import refused

pytest_plugins = ["tests.services.signed_fixtures"]


def reopened(signed: Audited) -> tuple[Audited, Changes]:
    changes = reopen_audit(signed.house.workspace, signed.audit_id, reason=" A photo was mixed up. ")
    return replace(signed, audit_id=changes.made(Audit).id), changes


def decide(signed: Audited, report: IssuedFile) -> CertificationDecision:
    signed.house.workspace.set_worker(None)
    with signed.house.workspace.writing("test.decided") as work:
        decision = work.put(
            CertificationDecision(
                id=CertificationDecisionId(work.new_id()),
                engagement_id=signed.house.engagement.id,
                audit_id=signed.audit_id,
                outcome=DecisionOutcome.REFUSED,
                decided_on=date(2027, 6, 20),
                decided_at=work.at,
                decided_by=signed.house.coach.id,
                report_digest=report.digest,
            )
        )
    signed.house.workspace.set_worker(Worker(person_id=signed.auditor.id, role=Role.AUDITOR))
    return decision


def test_a_new_revision_carries_everything_on_but_recommendation_and_signature(signed: Audited) -> None:
    old, before = signed.audit, signed.assessment
    new, _changes = reopened(signed)

    audit = new.audit
    assert (audit.number, audit.revision, audit.revises) == (old.number, 2, old.id)
    assert audit.revision_reason == "A photo was mixed up."
    assert (audit.team, audit.declarations, audit.opening, audit.closing) == (
        old.team,
        old.declarations,
        old.opening,
        old.closing,
    )
    assert (audit.recommendation, audit.signed_at, audit.signed_by) == (None, None, None)
    assert audit.base_seq > old.base_seq
    assert new.assessment.is_open
    assert new.assessment.is_guided
    assert (new.assessment.kind, new.assessment.scope, new.assessment.edition) == (
        before.kind,
        before.scope,
        before.edition,
    )
    assert new.assessment.number == before.number + 1
    with signed.house.workspace.reading() as reader:
        then, now = reader.ratings(before.id), reader.ratings(audit.assessment_id)
        for kind in (AuditLook, AuditSlot):
            assert len(reader.all(kind, audit_id=audit.id)) == len(reader.all(kind, audit_id=old.id))
        missing = [
            one.code for one in signing_checks(reader, audit.id, on=date(2027, 6, 20)) if not one.holds
        ]
    assert {id: (one.points, one.rated_at) for id, one in now.items()} == {
        id: (one.points, one.rated_at) for id, one in then.items()
    }
    assert missing == ["recommendation"]
    assert signed.audit == old
    assert signed.assessment == before


def test_the_new_revision_is_signed_and_names_the_paper_it_replaces(
    signed: Audited, issued: IssuedFile
) -> None:
    new, _changes = reopened(signed)
    recommend(new.house.workspace, new.audit_id, Verdict.PASS)
    paper = sign(new)
    assert (paper.number, paper.revision, paper.replaces) == (issued.number, 2, issued.id)
    assert len(new.house.all(Seal)) == 2
    with new.house.workspace.reading() as reader:
        assert issued_report(reader, signed.audit_id) == issued
        assert issued_report(reader, new.audit_id) == paper
        files = register_of(reader, on=date(2027, 6, 21)).files
    assert files[1].replaces == files[0].digest == issued.digest


def test_what_is_not_signed_is_not_reopened(ready: Audited) -> None:
    with refused("audit.not-signed"):
        reopened(ready)


def test_it_is_reopened_once_and_with_a_reason(signed: Audited) -> None:
    with refused("audit.revision-reason"):
        reopen_audit(signed.house.workspace, signed.audit_id, reason="  ")
    reopened(signed)
    with refused("audit.revised"):
        reopened(signed)


def test_a_coach_reopens_nothing(signed: Audited) -> None:
    signed.house.work_as_coach()
    with refused("role.audit-needs-auditor"):
        reopened(signed)


def test_what_was_decided_on_is_reopened_only_after_an_appeal(signed: Audited, issued: IssuedFile) -> None:
    decision = decide(signed, issued)
    with refused("audit.decided"):
        reopened(signed)
    with signed.house.workspace.writing("test.appeal") as work:
        appeal = work.put(
            Appeal(
                id=AppealId(work.new_id()),
                engagement_id=signed.house.engagement.id,
                audit_id=signed.audit_id,
                received_on=date(2027, 6, 20),
                raised_by="Paula Principal",
                words="Not so.",
                decision_id=decision.id,
            )
        )
    with refused("audit.decided"):
        reopened(signed)
    with signed.house.workspace.writing("test.answered") as work:
        work.put(replace(appeal, outcome=AppealOutcome.UPHELD, answered_on=date(2027, 6, 20)))
    assert reopened(signed)[0].audit.revision == 2


def test_reopening_can_be_taken_back_until_something_is_done(signed: Audited) -> None:
    _new, changes = reopened(signed)
    undo(signed.house.workspace, changes)
    assert [one.id for one in signed.house.all(Audit)] == [signed.audit_id]
    assert signed.assessment.id in [one.id for one in signed.house.all(Assessment)]
    assert reopened(signed)[0].audit.revision == 2
