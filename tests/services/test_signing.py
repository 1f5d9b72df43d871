"""Signing the report of an audit: all of it or nothing, by the right auditor with the right key, and never twice."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.audit import Audit, TeamMember, TeamPart
from qma_app.domain.audit_content import AuditContent, content_from, printed_words
from qma_app.domain.certification import IssuedFile, IssuedKind, Seal, Signer
from qma_app.domain.dealership import Dealership
from qma_app.domain.finding import Finding, FindingGrade, Reply
from qma_app.domain.people import Role, Worker
from qma_app.domain.rating import Rating
from qma_app.domain.result import Verdict
from qma_app.errors import QmaError, ReportTrouble, RuleBroken, StaleEdit
from qma_app.exchange.pdf_verifying import verify_pdf
from qma_app.services import signing, signing_paper
from qma_app.services.assessments import write_summary
from qma_app.services.audit_conduct import recommend
from qma_app.services.audits import begin_audit
from qma_app.services.evidence_intake import NamedFile, add_evidence_files
from qma_app.services.evidence_places import Place
from qma_app.services.findings import raise_finding, reply_to_finding
from qma_app.services.issuing import seal_paper
from qma_app.services.paper_verifying import verify_bytes
from qma_app.services.ratings import rate_checkpoint
from qma_app.services.register import register_of
from qma_app.services.signing import (
    issued_bytes,
    issued_report,
    save_issued,
    sign_audit,
    unsigned_report,
)
from qma_app.services.undoing import undo
from qma_app.services.workspace import Workspace, open_workspace
from tests.services.auditing import FIRST, LAST, Audited, add_auditor, begin
from tests.services.signed import SIGNED_ON, a_key, finish, prepare, sign
from tests.services.visiting import House, refused

pytest_plugins = ["tests.services.signed_fixtures", "tests.services.visiting_fixtures"]


@contextmanager
def untouched(audited: Audited) -> Iterator[None]:
    """Whatever fails inside leaves log, records and files as they were."""
    workspace = audited.house.workspace

    def stands() -> Any:
        with workspace.reading() as reader:
            return reader.log_head(), reader.counts(), workspace.store.evidence.digests()

    before = stands()
    yield
    assert stands() == before
    assert not audited.audit.is_signed


def test_signing_seals_the_audit_and_keeps_the_file(ready: Audited) -> None:
    with ready.house.workspace.reading() as reader:
        head = reader.log_head()
    issued = sign(ready)

    assert (issued.kind, issued.number, issued.revision) == (IssuedKind.REPORT, "R-2027-0001", 1)
    assert (issued.log_seq, issued.log_hash) == (head.seq, head.hash)
    assert issued.name == "Autohaus_Beispiel_R-2027-0001_1_2027-06-20.pdf"
    (seal,), (signer,) = ready.house.all(Seal), ready.house.all(Signer)
    assert (seal.report_digest, seal.content_digest) == (issued.digest, issued.content_digest)
    assert (seal.log_seq, seal.log_hash) == (head.seq, head.hash)
    assert (signer.person_id, signer.fingerprint) == (ready.auditor.id, a_key().fingerprint)
    assert issued.is_trial
    assert signer.is_trial
    assert ready.audit.signed_by == ready.auditor.id
    assert ready.audit.signed_at == seal.sealed_at == issued.issued_at
    assert ready.assessment.completed_on == LAST
    assert ready.assessment.edition == seal.edition
    found = verify_pdf(issued_bytes(ready.house.workspace, issued.id), known={a_key().fingerprint})
    assert found.is_genuine
    assert found.attached is not None
    content = content_from(found.attached)
    assert (content.head.number, content.head.log_hash, content.recommendation) == (
        issued.number,
        head.hash,
        "pass",
    )
    assert {one.points for one in content.ratings} == {10}


def test_the_workspace_stands_after_the_signature(signed: Audited, issued: IssuedFile) -> None:
    with signed.house.workspace.reading() as reader:
        assert reader.verify_log() == ()
        assert issued_report(reader, signed.audit_id) == issued


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler is not installed")
def test_another_program_calls_the_signature_valid(
    signed: Audited, issued: IssuedFile, tmp_path: Path
) -> None:
    path = save_issued(signed.house.workspace, issued.id, tmp_path / "r.pdf")
    assert path.read_bytes() == issued_bytes(signed.house.workspace, issued.id)
    said = subprocess.run(
        ["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False
    ).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said


def test_the_same_state_gives_the_same_report_before_it_is_signed(ready: Audited) -> None:
    def drawn() -> Any:
        at = ready.house.clock()
        return unsigned_report(
            ready.house.workspace, ready.audit_id, at=at, by=ready.auditor.id, language="en"
        )

    first, second = drawn(), drawn()
    assert first.audit.signed_at != second.audit.signed_at
    assert (first.pdf, first.content) == (second.pdf, second.content)


def test_the_report_speaks_the_language_asked_for(ready: Audited) -> None:
    issued = sign_audit(ready.house.workspace, ready.audit_id, a_key(), language="de")
    found = verify_pdf(issued_bytes(ready.house.workspace, issued.id), known={a_key().fingerprint})
    assert found.attached is not None
    content = content_from(found.attached)
    assert (issued.language, content.head.language, content.overall_shown) == (
        "de",
        "de",
        "100,0\N{NO-BREAK SPACE}%",
    )


def test_what_is_missing_is_named_and_nothing_is_signed(ready: Audited) -> None:
    write_summary(ready.house.workspace, ready.assessment.id, text="")
    with untouched(ready), pytest.raises(RuleBroken, match="summary") as raised:
        sign(ready)
    assert raised.value.code == "audit.not-ready"
    assert raised.value.params["checks"] == ("remarks",)
    assert raised.value.way_out


def test_a_rating_changed_after_the_recommendation_is_noticed(ready: Audited) -> None:
    ready.rate_all(0)
    with untouched(ready), refused("audit.not-ready"):
        sign(ready)


def test_only_an_auditor_of_the_team_signs(ready: Audited) -> None:
    workspace = ready.house.workspace
    stranger = add_auditor(ready.house, "Emil Auditor")
    for worker in (
        None,
        Worker(person_id=stranger.id, role=Role.AUDITOR),
        Worker(person_id=ready.auditor.id, role=Role.DECISION_MAKER),
        Worker(person_id=ready.house.coach.id, role=Role.COACH),
    ):
        workspace.set_worker(worker)
        with untouched(ready), refused("signing.not-auditor"):
            sign(ready)
    workspace.set_worker(None)
    with workspace.writing("test.team") as work:
        members = (
            TeamMember(person_id=ready.auditor.id, part=TeamPart.LEAD),
            TeamMember(person_id=stranger.id, part=TeamPart.OBSERVER),
        )
        work.put(replace(work.get(Audit, ready.audit_id), team=members))
    workspace.set_worker(Worker(person_id=stranger.id, role=Role.AUDITOR))
    with untouched(ready), refused("signing.not-auditor"):
        sign(ready)


def test_a_clock_behind_the_last_change_signs_nothing(ready: Audited) -> None:
    ready.house.clock.put(LAST, 8)
    with untouched(ready), refused("signing.clock-behind"):
        sign(ready)


def test_a_key_that_expired_meanwhile_signs_nothing(ready: Audited) -> None:
    ready.house.clock.put(a_key().valid_until + timedelta(days=2))
    with untouched(ready), refused("signing.not-valid"):
        sign(ready)


def test_a_key_known_as_somebody_elses_signs_nothing(ready: Audited) -> None:
    other = add_auditor(ready.house, "Emil Auditor")
    with ready.house.workspace.writing("test.signer") as work:
        signer = work.put(_signer(person_id=other.id))
    with untouched(ready), refused("signing.other-person"):
        sign(ready)
    with ready.house.workspace.writing("test.revoked") as work:
        work.put(replace(signer, revoked_on=LAST, revoked_reason="Lost."))
    with untouched(ready), refused("signing.revoked"):
        sign(ready)


def _signer(**how: Any) -> Signer:
    from qma_app.domain.ids import SignerId

    return Signer(id=SignerId("signer"), fingerprint=a_key().fingerprint, name="Somebody", **how)


@pytest.mark.parametrize("share", [0.05, 0.5, 0.8, 0.95])
def test_stopping_leaves_nothing_behind(ready: Audited, share: float) -> None:
    with (
        untouched(ready),
        pytest.raises(ReportTrouble, check=lambda error: error.code == "report.cancelled"),
    ):
        sign_audit(ready.house.workspace, ready.audit_id, a_key(), progress=lambda done: done < share)


def test_the_share_done_only_grows(ready: Audited) -> None:
    shares: list[float] = []

    def heard(share: float) -> bool:
        shares.append(share)
        return True

    sign_audit(ready.house.workspace, ready.audit_id, a_key(), progress=heard)
    assert shares == sorted(shares)
    assert 0 <= shares[0] < 0.2
    assert shares[-1] <= 1


def test_an_edit_that_fails_takes_the_file_away_again(
    ready: Audited, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: object) -> str:
        raise RuleBroken("no", code="test.no", way_out="none")

    monkeypatch.setattr(signing, "_name", fails)
    with untouched(ready), refused("test.no"):
        sign(ready)


def test_a_crash_between_file_and_edit_leaves_no_seal_and_the_next_opening_tidies(
    ready: Audited, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Gone(BaseException):
        """The process ends here."""

    def ends(*_args: object, **_how: object) -> None:
        raise Gone

    monkeypatch.setattr(Workspace, "writing", ends)
    monkeypatch.setattr(type(ready.house.workspace.store.evidence), "remove", lambda *_: None)
    with pytest.raises(Gone):
        sign(ready)
    monkeypatch.undo()
    workspace = ready.house.workspace
    assert len(workspace.store.evidence.digests()) == 1
    assert not ready.house.all(Seal)
    assert not ready.house.all(IssuedFile)
    workspace.close()
    with open_workspace(workspace.folder, clock=ready.house.clock) as again:
        assert again.store.evidence.digests() == ()


def test_what_is_changed_while_it_is_drawn_is_not_signed(
    ready: Audited, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*args: Any, **how: Any) -> Any:
        write_summary(ready.house.workspace, ready.assessment.id, text="Other words.")
        return seal_paper(*args, **how)

    monkeypatch.setattr(signing, "seal_paper", meanwhile)
    with pytest.raises(StaleEdit, check=lambda error: error.code == "signing.changed-meanwhile"):
        sign(ready)
    assert not ready.audit.is_signed
    assert ready.house.workspace.store.evidence.digests() == ()


def test_a_report_that_prints_something_else_is_not_signed(
    ready: Audited, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        signing_paper, "printed_words", lambda content: (*printed_words(content), "Nobody wrote this")
    )
    with (
        untouched(ready),
        pytest.raises(QmaError, match="Nobody", check=lambda one: one.code == "signing.contents-differ"),
    ):
        sign(ready)


def test_a_signed_audit_is_signed_once_and_changes_no_more(signed: Audited) -> None:
    workspace = signed.house.workspace
    with refused("audit.signed"):
        sign(signed)
    with refused("audit.signed"):
        recommend(workspace, signed.audit_id, Verdict.PASS)
    with refused("assessment.completed"):
        rate_checkpoint(workspace, signed.assessment.id, signed.applicable[0], points=0)
    rating = next(one for one in signed.house.all(Rating) if one.assessment_id == signed.assessment.id)
    with refused("audit.sealed"), workspace.writing("test.rated") as work:
        work.put(replace(rating, points=0))


def test_no_step_back_goes_behind_the_seal(ready: Audited) -> None:
    workspace = ready.house.workspace
    rated = rate_checkpoint(workspace, ready.assessment.id, ready.applicable[0], points=8)
    before = write_summary(workspace, ready.assessment.id, text="Other words.")
    sign(ready)
    with pytest.raises(StaleEdit):
        undo(workspace, before)
    with refused("assessment.completed"):
        undo(workspace, rated)
    assert ready.assessment.summary == "Other words."
    assert ready.audit.is_signed


def test_the_day_of_signing_is_the_day_of_the_key(ready: Audited) -> None:
    assert sign(ready).issued_at.astimezone().date() == SIGNED_ON


def content_in(audited: Audited, issued: IssuedFile) -> AuditContent:
    found = verify_pdf(issued_bytes(audited.house.workspace, issued.id), known={a_key().fingerprint})
    assert found.attached is not None
    return content_from(found.attached)


@pytest.mark.parametrize("name", ["Łódź 🚗 汽车 & <b>Söhne</b>", "شركة السيارات 12 أوتو", "🚗"])
def test_a_name_the_fonts_cannot_show_or_that_runs_leftwards_is_signed_and_genuine(
    ready: Audited, name: str
) -> None:
    workspace = ready.house.workspace
    with workspace.store.writing("test.named") as work:
        work.put(replace(work.get(Dealership, ready.house.dealership.id), name=name))
    issued = sign(ready)
    with workspace.reading() as reader:
        register = register_of(reader, on=SIGNED_ON)
    assert verify_bytes(issued_bytes(workspace, issued.id), register=register).is_genuine


def test_an_audit_with_a_major_and_its_follow_up_are_signed_with_what_they_rest_on(house: House) -> None:
    """Evidence and reply of a finding travel in the data; a follow-up is signed on the ratings of both audits."""
    workspace = house.workspace
    audited = begin(house)
    audited.look_at_one_area()
    house.clock.put(FIRST, 8)
    prepare(audited)
    points = audited.view().edition.checkpoints
    critical = next(id for id in audited.applicable if points[id].is_critical)
    audited.rate(critical, 0)
    finding = raise_finding(
        workspace,
        engagement_id=house.engagement.id,
        statement="No price was agreed before the work.",
        grade=FindingGrade.MAJOR,
        checkpoint_id=critical,
        assessment_id=audited.assessment.id,
    ).made(Finding)
    note = NamedFile(name="note.txt", data=b"seen")
    add_evidence_files(
        workspace,
        engagement_id=house.engagement.id,
        files=[note],
        place=Place(finding_id=finding.id),
        workers=1,
    )
    reply_to_finding(workspace, finding.id, reply=Reply.DISAGREED, words="It was agreed.", by="P. Principal")
    finish(audited, Verdict.CONDITIONAL)
    content = content_in(audited, sign(audited))
    assert (content.verdict, content.recommendation) == ("conditional", "conditional")
    assert [(one.grade, one.reply_words) for one in content.findings] == [("major", "It was agreed.")]
    assert len(content.evidence) == 1

    later = LAST + timedelta(days=60)
    house.clock.put(later, 8)
    changes = begin_audit(
        workspace,
        house.engagement.id,
        AssessmentKind.FOLLOW_UP_AUDIT,
        first_on=later,
        last_on=later,
    )
    again = replace(audited, audit_id=changes.made(Audit).id)
    again.look_at_one_area()
    prepare(again, on=later)
    with workspace.store.writing("test.closed") as work:
        work.put(replace(work.get(Finding, finding.id), closed_on=later))
    finish(again, Verdict.PASS, on=later)
    content = content_in(again, sign(again))
    assert (content.verdict, content.recommendation) == ("pass", "pass")
