"""All that stands around one audit, read at once, and which audits a programme has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import Audit, AuditLook, AuditSample, AuditSlot
from qma_app.domain.audit_reading import audit_findings
from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding
from qma_app.domain.ids import AuditId, CheckpointId, EngagementId, PersonId
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.standing import applicable_in, edition_of_assessment
from qma_app.services.audit_rules import audit_days, audits_of

NOTICE_DAYS: Final = 14
"""So many days before its first day the plan of an audit is sent."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditView:
    """All that stands around one audit, as a screen or a paper asks for it; `people` are those it names, by their id.

    `decided` counts the applicable checkpoints that carry points, do not apply or were not seen. Nothing in it comes from the
    coach's assessments.
    """

    audit: Audit
    assessment: Assessment
    engagement: Engagement
    dealership: Dealership
    edition: Edition
    people: Mapping[PersonId, Person]
    slots: tuple[AuditSlot, ...]
    samples: tuple[AuditSample, ...]
    looks: Mapping[CheckpointId, AuditLook]
    ratings: Mapping[CheckpointId, Rating]
    findings: tuple[Finding, ...]
    applicable: tuple[CheckpointId, ...]
    decided: int
    days: tuple[date, ...]

    @property
    def notice(self) -> int | None:
        """How many days before its first day the plan was sent; None while either is open."""
        if self.audit.sent_on is None or self.audit.first_on is None:
            return None
        return (self.audit.first_on - self.audit.sent_on).days

    @property
    def is_sent_late(self) -> bool:
        """Whether the dealership had the plan less than two weeks before; never so for an audit at short notice."""
        is_short = self.assessment.kind is AssessmentKind.SHORT_NOTICE
        return self.notice is not None and self.notice < NOTICE_DAYS and not is_short


def list_audits(reader: Reader, engagement_id: EngagementId) -> tuple[Audit, ...]:
    """The audits of a programme, the newest first; a newer revision stands before the one it stands for."""
    return tuple(reversed(audits_of(reader, engagement_id)))


def current_audit(reader: Reader, engagement_id: EngagementId) -> Audit | None:
    """The audit under way, else the one signed last; None where there was none."""
    every = list_audits(reader, engagement_id)
    return next((one for one in every if not one.is_signed), every[0] if every else None)


def audit_view(reader: Reader, audit_id: AuditId) -> AuditView:
    """One audit with its assessment, timetable, samples, looks and findings."""
    audit = reader.get(Audit, audit_id)
    assessment = reader.get(Assessment, audit.assessment_id)
    engagement = reader.get(Engagement, audit.engagement_id)
    slots = reader.all(AuditSlot, audit_id=audit_id)
    ratings = reader.ratings(assessment.id)
    applicable = applicable_in(reader, assessment)
    named = {one.person_id for one in audit.team} | {audit.signed_by, audit.recommended_by}
    named |= {slot.auditor_id for slot in slots}
    people = {id: reader.find(Person, id, in_bin=True) for id in named if id is not None}
    return AuditView(
        audit=audit,
        assessment=assessment,
        engagement=engagement,
        dealership=reader.get(Dealership, engagement.dealership_id),
        edition=edition_of_assessment(reader, assessment),
        people={id: person for id, person in people.items() if person is not None},
        slots=tuple(sorted(slots, key=lambda one: (one.on, one.begins, one.ends, one.id))),
        samples=reader.all(AuditSample, audit_id=audit_id),
        looks={one.checkpoint_id: one for one in reader.all(AuditLook, audit_id=audit_id)},
        ratings=ratings,
        findings=audit_findings(reader, audit),
        applicable=applicable,
        decided=sum(id in ratings and ratings[id].outcome is not Outcome.OPEN for id in applicable),
        days=audit_days(audit),
    )
