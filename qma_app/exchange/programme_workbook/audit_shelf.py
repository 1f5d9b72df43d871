"""Audits, decisions and certificates of one programme as its workbook shows them: what an auditor saw only once it was told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from qma_app.domain.assessment import Assessment
from qma_app.domain.audit import (
    Attendee,
    Audit,
    AuditLook,
    AuditSample,
    AuditSlot,
    Declaration,
    DrawnRecord,
    Meeting,
    Replaced,
    TeamMember,
)
from qma_app.domain.certification import (
    Appeal,
    Certificate,
    CertificateEvent,
    CertificationDecision,
    IssuedFile,
    Seal,
    Signer,
)
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding
from qma_app.domain.ids import AuditId, PersonId
from qma_app.domain.ports import Reader
from qma_app.domain.tie import Tie
from qma_app.domain.visit import Signature
from qma_app.domain.wording import kind_title
from qma_app.i18n import _


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberLine:
    """Somebody of the team or who declared something; one of the two may be missing."""

    audit: Audit
    person_id: PersonId
    member: TeamMember | None
    declaration: Declaration | None


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingLine:
    """The opening or the closing meeting of an audit, by what it is called."""

    audit: Audit
    title: str
    meeting: Meeting


@dataclass(frozen=True, kw_only=True, slots=True)
class AttendeeLine:
    """Somebody who sat in a meeting, or signed for it."""

    held: MeetingLine
    attendee: Attendee | None
    signature: Signature | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnLine:
    """A record drawn; `replaced` is the one in whose place it came."""

    sample: AuditSample
    record: DrawnRecord
    replaced: Replaced | None


@dataclass(frozen=True, kw_only=True, slots=True)
class EventLine:
    """One step in the life of a certificate."""

    certificate: Certificate
    event: CertificateEvent


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditShelf:
    """Every record around the audits of a programme, in their order.

    Samples and looks are those of audits whose closing meeting was held: before it neither the records drawn nor what the auditor
    saw is for anybody else. `labels` name audits, certificates, decisions, files and keys by their id.
    """

    audits: tuple[Audit, ...]
    kinds: Mapping[AuditId, str]
    slots: tuple[AuditSlot, ...]
    samples: tuple[AuditSample, ...]
    looks: tuple[AuditLook, ...]
    decisions: tuple[CertificationDecision, ...]
    appeals: tuple[Appeal, ...]
    certificates: tuple[Certificate, ...]
    issued: tuple[IssuedFile, ...]
    signers: tuple[Signer, ...]
    seals: tuple[Seal, ...]
    ties: tuple[Tie, ...]
    labels: Mapping[str, str]

    def members(self) -> tuple[MemberLine, ...]:
        """The teams, and what their people declared."""
        return tuple(line for audit in self.audits for line in _members(audit))

    def meetings(self) -> tuple[MeetingLine, ...]:
        """The meetings that were held."""
        return tuple(
            MeetingLine(audit=audit, title=title, meeting=meeting)
            for audit in self.audits
            for title, meeting in (
                (_("Opening meeting"), audit.opening),
                (_("Closing meeting"), audit.closing),
            )
            if meeting is not None
        )

    def attendees(self) -> tuple[AttendeeLine, ...]:
        """Who sat in the meetings, then who signed for them."""
        return tuple(
            line
            for held in self.meetings()
            for line in (
                *(AttendeeLine(held=held, attendee=one, signature=None) for one in held.meeting.attendees),
                *(AttendeeLine(held=held, attendee=None, signature=one) for one in held.meeting.signatures),
            )
        )

    def drawn(self) -> tuple[DrawnLine, ...]:
        """The records of each sample, then those drawn in the place of others."""
        return tuple(
            line
            for sample in self.samples
            for line in (
                *(DrawnLine(sample=sample, record=one, replaced=None) for one in sample.drawn),
                *(DrawnLine(sample=sample, record=one.by, replaced=one) for one in sample.replaced),
            )
        )

    def events(self) -> tuple[EventLine, ...]:
        """What happened to the certificates."""
        return tuple(
            EventLine(certificate=one, event=event) for one in self.certificates for event in one.events
        )

    def named(self) -> Iterator[PersonId | None]:
        """Everybody these records name by an id."""
        for audit in self.audits:
            yield from (one.person_id for one in audit.team)
            yield from (one.person_id for one in audit.declarations)
            yield from (one.by for one in audit.wrap_ups)
            yield from (audit.recommended_by, audit.signed_by)
        yield from (one.auditor_id for one in self.slots)
        yield from (one.decided_by for one in self.decisions)
        yield from (one.answered_by for one in self.appeals)
        yield from (event.event.by for event in self.events())
        yield from (one.person_id for one in self.signers)
        yield from (one.person_id for one in self.ties)


def collect_audits(reader: Reader, engagement: Engagement) -> AuditShelf:
    """Everything of the audits of a programme, and what ties people to its dealership."""
    mine: dict[str, object] = {"engagement_id": engagement.id}
    audits = tuple(sorted(reader.all(Audit, **mine), key=lambda one: (one.number, one.revision, one.id)))
    ids = frozenset(one.id for one in audits)
    told = frozenset(one.id for one in audits if one.closing is not None or one.is_signed)
    issued = tuple(sorted(reader.all(IssuedFile, **mine), key=lambda one: (one.issued_at, one.id)))
    keys = frozenset(one.signer_id for one in issued)
    certificates = tuple(
        sorted(reader.all(Certificate, **mine), key=lambda one: (one.decided_on, one.number))
    )
    decisions = tuple(
        sorted(reader.all(CertificationDecision, **mine), key=lambda one: (one.decided_at, one.id))
    )
    signers = reader.all(Signer, id=keys) if keys else ()
    return AuditShelf(
        audits=audits,
        kinds={
            one.id: kind_title(found.kind)
            for one in audits
            if (found := reader.find(Assessment, one.assessment_id, in_bin=True)) is not None
        },
        slots=tuple(sorted(_of(reader, AuditSlot, ids), key=lambda one: (one.on, one.begins, one.id))),
        samples=tuple(sorted(_of(reader, AuditSample, told), key=lambda one: (one.checkpoint_id, one.id))),
        looks=tuple(sorted(_of(reader, AuditLook, told), key=lambda one: (one.checkpoint_id, one.id))),
        decisions=decisions,
        appeals=tuple(sorted(reader.all(Appeal, **mine), key=lambda one: (one.received_on, one.id))),
        certificates=certificates,
        issued=issued,
        signers=tuple(sorted(signers, key=lambda one: one.fingerprint)),
        seals=tuple(sorted(reader.all(Seal, **mine), key=lambda one: (one.sealed_at, one.id))),
        ties=tuple(
            sorted(
                reader.all(Tie, dealership_id=engagement.dealership_id), key=lambda one: (one.kind, one.id)
            )
        ),
        labels=_labels(reader, audits, certificates, issued, signers),
    )


AuditPart = TypeVar("AuditPart", AuditSlot, AuditSample, AuditLook)


def _of(reader: Reader, kind: type[AuditPart], ids: frozenset[AuditId]) -> tuple[AuditPart, ...]:
    return reader.all(kind, audit_id=ids) if ids else ()


def _members(audit: Audit) -> Iterator[MemberLine]:
    declared = {one.person_id: one for one in audit.declarations}
    for member in audit.team:
        yield MemberLine(
            audit=audit,
            person_id=member.person_id,
            member=member,
            declaration=declared.pop(member.person_id, None),
        )
    for id, declaration in declared.items():
        yield MemberLine(audit=audit, person_id=id, member=None, declaration=declaration)


def _labels(
    reader: Reader,
    audits: tuple[Audit, ...],
    certificates: tuple[Certificate, ...],
    issued: tuple[IssuedFile, ...],
    signers: tuple[Signer, ...],
) -> dict[str, str]:
    labels: dict[str, str] = {}
    for audit in audits:
        revised = _("{number}, revision {revision}").format(number=audit.number, revision=audit.revision)
        labels[audit.id] = revised if audit.revision > 1 else audit.number
        for withdrawal in audit.withdrawn:
            found = reader.find(Finding, withdrawal.finding_id, in_bin=True)
            if found is not None:
                labels[found.id] = found.label
    labels |= {one.id: one.number for one in certificates}
    labels |= {one.id: one.name for one in issued}
    labels |= {one.id: one.name for one in signers}
    return labels
