"""Fills the state of an audit from the records: the one way in which path, papers, recommendation and signing see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import Audit, AuditLook, AuditSample, AuditSlot
from qma_app.domain.audit_state import LOOKS_BACK, AuditBefore, AuditState
from qma_app.domain.certification import Certificate, CertificationDecision, IssuedFile, IssuedKind
from qma_app.domain.evidence import EvidenceLink
from qma_app.domain.finding import Finding, FindingGrade, Sighting
from qma_app.domain.ids import CheckpointId, FindingId, PersonId
from qma_app.domain.people import Person, Qualification
from qma_app.domain.ports import Reader
from qma_app.domain.recommending import looked_again
from qma_app.domain.standing import applicable_in, edition_of_assessment


def read_audit_state(reader: Reader, audit: Audit) -> AuditState:
    """The audit as it stands in the records; the independence of its people is not judged here (`conflicts` is empty).

    Findings are those raised in it and in the revisions before it, but for what an earlier revision withdrew, and the coach's that
    were seen again in it. Of a follow-up the audit before is read as well, its majors as they stand now.
    """
    assessment = reader.get(Assessment, audit.assessment_id)
    edition = edition_of_assessment(reader, assessment)
    seen_again = _seen_again(reader, audit)
    findings = _findings(reader, audit, seen_again)
    people = _people(reader, audit)
    certificate = _certificate(reader, audit, assessment.kind)
    places = {id: place for place, id in enumerate(edition.checkpoints)}
    return AuditState(
        audit=audit,
        assessment=assessment,
        edition=edition,
        applicable=applicable_in(reader, assessment),
        ratings=reader.ratings(assessment.id),
        findings=findings,
        seen_again=seen_again,
        files_of=_files_of(reader, findings),
        samples=tuple(
            sorted(
                reader.all(AuditSample, audit_id=audit.id),
                key=lambda one: (places.get(one.checkpoint_id, len(places)), one.id),
            )
        ),
        sample_reasons={
            look.checkpoint_id: look.no_sample
            for look in reader.all(AuditLook, audit_id=audit.id)
            if look.no_sample
        },
        slots=tuple(
            sorted(
                reader.all(AuditSlot, audit_id=audit.id),
                key=lambda one: (one.on, one.begins, one.ends, one.id),
            )
        ),
        people=people,
        qualifications=reader.all(Qualification, person_id=frozenset(people)) if people else (),
        before=_before(reader, audit, assessment.kind),
        decision=decision_on(reader, audit),
        certificate=certificate,
        certificate_file=certificate_file(reader, certificate) if certificate is not None else None,
    )


def revisions(reader: Reader, audit: Audit) -> Iterator[Audit]:
    """The audit and the revisions it stands for, the newest first."""
    seen = {audit.id}
    while True:
        yield audit
        if audit.revises is None or audit.revises in seen:
            return
        seen.add(audit.revises)
        audit = reader.get(Audit, audit.revises)


def audit_findings(reader: Reader, audit: Audit) -> tuple[Finding, ...]:
    """The findings raised in an audit and in the revisions before it, by number, without those withdrawn in any of them."""
    gone = {one.finding_id for one in audit.withdrawn}
    return tuple(one for one in _findings(reader, audit, {}) if one.id not in gone)


def followed_up(reader: Reader, audit: Audit) -> Audit | None:
    """The audit a follow-up is about, through any follow-up between; None for one that follows nothing.

    The same holds for an audit of another kind: it is then what it looks back on, or what that one followed up.
    """
    seen = {audit.id}
    while audit.follows is not None and audit.follows not in seen:
        seen.add(audit.follows)
        audit = reader.get(Audit, audit.follows)
        if reader.get(Assessment, audit.assessment_id).kind is not AssessmentKind.FOLLOW_UP_AUDIT:
            return audit
    return None


def decision_on(reader: Reader, audit: Audit) -> CertificationDecision | None:
    """The newest decision taken on this audit; None until one is."""
    taken = reader.all(CertificationDecision, audit_id=audit.id)
    return max(taken, key=lambda one: (one.decided_at, one.id), default=None)


def certificate_file(reader: Reader, certificate: Certificate) -> IssuedFile | None:
    """The newest issued file of a certificate that was not revoked; None until one was issued."""
    issued = reader.all(IssuedFile, certificate_id=certificate.id, kind=IssuedKind.CERTIFICATE)
    valid = [one for one in issued if one.revoked_on is None]
    return max(valid, key=lambda one: (one.issued_at, one.id), default=None)


def _findings(reader: Reader, audit: Audit, seen_again: dict[CheckpointId, FindingId]) -> tuple[Finding, ...]:
    every = tuple(revisions(reader, audit))
    gone = {one.finding_id for revision in every[1:] for one in revision.withdrawn}
    found = {
        finding.id: finding
        for revision in every
        for finding in reader.all(Finding, assessment_id=revision.assessment_id)
        if finding.id not in gone
    }
    for id in seen_again.values():
        finding = reader.find(Finding, id) if id not in found else None
        if finding is not None:
            found[finding.id] = finding
    return tuple(sorted(found.values(), key=_number_of))


def _seen_again(reader: Reader, audit: Audit) -> dict[CheckpointId, FindingId]:
    own = {one.id for one in reader.all(Finding, assessment_id=audit.assessment_id)}
    return {
        one.checkpoint_id: one.finding_id
        for one in reader.all(Sighting, assessment_id=audit.assessment_id)
        if one.checkpoint_id and one.finding_id not in own
    }


def _files_of(reader: Reader, findings: Iterable[Finding]) -> dict[FindingId, int]:
    counted: dict[FindingId, int] = {one.id: 0 for one in findings}
    if counted:
        for link in reader.all(EvidenceLink, finding_id=frozenset(counted)):
            if link.finding_id is not None:
                counted[link.finding_id] += 1
    return counted


def _people(reader: Reader, audit: Audit) -> dict[PersonId, Person]:
    ids = [one.person_id for one in audit.team]
    ids += [one.person_id for one in audit.declarations]
    ids += [id for id in (audit.recommended_by, audit.signed_by) if id is not None]
    found = (reader.find(Person, id, in_bin=True) for id in dict.fromkeys(ids))
    return {one.id: one for one in found if one is not None}


def _before(reader: Reader, audit: Audit, kind: AssessmentKind) -> AuditBefore | None:
    if kind is not AssessmentKind.FOLLOW_UP_AUDIT or audit.follows is None:
        return None
    then = followed_up(reader, audit) or reader.get(Audit, audit.follows)
    assessment = reader.get(Assessment, then.assessment_id)
    ratings = reader.ratings(assessment.id)
    scope, applicable = assessment.scope, applicable_in(reader, assessment)
    findings = {one.id: one for one in audit_findings(reader, then)}
    for earlier in _follow_ups_before(reader, then, audit):
        again = reader.get(Assessment, earlier.assessment_id)
        ratings = looked_again(ratings, reader.ratings(again.id))
        scope += tuple(id for id in again.scope if id not in scope)
        applicable = tuple(dict.fromkeys((*applicable, *applicable_in(reader, again))))
        findings |= {one.id: one for one in audit_findings(reader, earlier)}
    return AuditBefore(
        audit_id=then.id,
        number=then.number,
        scope=scope,
        ratings=ratings,
        applicable=applicable,
        majors=tuple(one for one in findings.values() if one.grade is FindingGrade.MAJOR),
    )


def _follow_ups_before(reader: Reader, then: Audit, audit: Audit) -> list[Audit]:
    """The follow-ups on the same audit that were signed before this one, each in its newest revision then, in that order."""
    newest: dict[str, Audit] = {}
    for one in reader.all(Audit, engagement_id=audit.engagement_id):
        if one.number >= audit.number or not _is_signed_before(one, audit):
            continue
        if reader.get(Assessment, one.assessment_id).kind is not AssessmentKind.FOLLOW_UP_AUDIT:
            continue
        about = followed_up(reader, one)
        known = newest.get(one.number)
        if (
            about is not None
            and about.number == then.number
            and (known is None or known.revision < one.revision)
        ):
            newest[one.number] = one
    return [newest[number] for number in sorted(newest)]


def _is_signed_before(one: Audit, audit: Audit) -> bool:
    return one.signed_at is not None and (audit.signed_at is None or one.signed_at < audit.signed_at)


def _certificate(reader: Reader, audit: Audit, kind: AssessmentKind) -> Certificate | None:
    """The one granted on this audit; of an audit that looks back the newest one of the programme before it."""
    granted = reader.all(Certificate, audit_id=audit.id)
    if not granted and kind in LOOKS_BACK:
        granted = reader.all(Certificate, engagement_id=audit.engagement_id)
    return max(granted, key=lambda one: (one.decided_on, one.valid_from, one.id), default=None)


def _number_of(finding: Finding) -> tuple[int, str]:
    return finding.number, finding.id
