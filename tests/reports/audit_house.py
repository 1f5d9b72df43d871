"""A dealership in the middle of an audit, for the papers about it; everything in it is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from types import ModuleType
from typing import Any

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.audit import (
    AreaLeftOut,
    Attendee,
    Audit,
    AuditDays,
    AuditSample,
    AuditSlot,
    Declaration,
    DrawnRecord,
    ListSource,
    Meeting,
    TeamMember,
    TeamPart,
    WrapUp,
)
from qma_app.domain.finding import FindingGrade, Reply
from qma_app.domain.ids import AreaId, AssessmentId, AuditId, AuditSampleId, AuditSlotId
from qma_app.domain.people import Role
from qma_app.domain.rating import Sample, SampleRecord
from qma_app.domain.result import Verdict
from qma_app.reports.progress import Progress
from tests.builders import (
    GREETING,
    NOW,
    PRICE_AGREED,
    TODAY,
    a_dealership,
    a_finding,
    a_person,
    a_qualification,
    a_rating,
    a_site,
    an_assessment,
    an_edition,
    an_engagement,
    an_id,
)
from tests.reports.fake_reader import FakeReader

LEAD = a_person("Lea Lead", function="Auditor")
EXPERT = a_person("Emil Expert", function="Body and paint")
SECOND = TODAY + timedelta(days=1)
AUDIT_ID = AuditId(an_id("audit"))
ASSESSMENT_ID = AssessmentId(an_id("assessment 2"))


def an_audit(**changes: Any) -> Audit:
    """Two days, a lead and an expert, parts left out, on its first evening."""
    audit = Audit(
        id=AUDIT_ID,
        engagement_id=an_engagement().id,
        assessment_id=ASSESSMENT_ID,
        number="R-2026-0001",
        first_on=TODAY,
        last_on=SECOND,
        team=(
            TeamMember(person_id=LEAD.id, part=TeamPart.LEAD),
            TeamMember(person_id=EXPERT.id, part=TeamPart.EXPERT),
        ),
        declarations=(Declaration(person_id=LEAD.id, declared_on=date(2026, 11, 2)),),
        left_out=(AreaLeftOut(area_id=AreaId("parts"), reason="The counter belongs to another firm."),),
        days=AuditDays(staff=24, risks=("first-audit",), table_days=Decimal(3), days=Decimal("2.5"), on_site=Decimal(2), reason="One area is left out."),
        language="en",
        sent_on=date(2026, 11, 5),
        wrap_ups=(WrapUp(on=TODAY, words="A good first day; the archive was locked until noon.", by=LEAD.id),),
    )  # fmt: skip
    return replace(audit, **changes)


def a_closing() -> Meeting:
    return Meeting(held_at=NOW + timedelta(days=1), attendees=(Attendee(name="Petra Principal"),))


def an_ended_audit(**changes: Any) -> Audit:
    ended: dict[str, Any] = {
        "closing": a_closing(),
        "recommendation": Verdict.FAIL,
        "recommendation_words": "The price is missing on too many orders.",
        "recommended_by": LEAD.id,
        "limits": "The archive before 2025 was not open.",
    }
    return an_audit(**ended | changes)


def a_slot(place: int, on: date, begins: time, ends: time, **fields: Any) -> AuditSlot:
    return AuditSlot(
        id=AuditSlotId(an_id(f"slot {place}")), audit_id=AUDIT_ID, on=on, begins=begins, ends=ends, **fields
    )


def some_slots() -> list[AuditSlot]:
    return [
        a_slot(1, TODAY, time(8, 30), time(9), words="Opening meeting", auditor_id=LEAD.id, with_whom="All managers"),
        a_slot(2, TODAY, time(9), time(12), area_id=AreaId("service"), auditor_id=LEAD.id, with_whom="Rita Huber"),
        a_slot(3, SECOND, time(14), time(15), words="Closing meeting", auditor_id=LEAD.id),
    ]  # fmt: skip


def a_drawn_sample() -> AuditSample:
    """Ten of two hundred orders at the price that was agreed."""
    return AuditSample(
        id=AuditSampleId(an_id("drawn")),
        audit_id=AUDIT_ID,
        checkpoint_id=PRICE_AGREED,
        source=ListSource.CSV,
        list_name="orders.csv",
        fingerprint="ab" * 32,
        population=200,
        seed=4711,
        drawn=tuple(DrawnRecord(place=place * 20, label=f"RO-{place}") for place in range(1, 11)),
        drawn_at=NOW,
    )


def an_audited_house(
    audit: Audit | None = None, *records: Any, scope: tuple[str, ...] = ("service",)
) -> FakeReader:
    """The coach's baseline of before, and the audit with three ratings and two findings."""
    edition = an_edition()
    before = an_assessment(
        1, completed_at=NOW, completed_on=date(2026, 6, 1), started_on=date(2026, 6, 1), edition=edition.hash
    )
    here = an_assessment(
        2, kind=AssessmentKind.CERTIFICATION_AUDIT, is_guided=True, edition=edition.hash,
        scope=tuple(map(AreaId, scope)), assessor_id=LEAD.id,
    )  # fmt: skip
    judged = Sample(
        records=tuple(SampleRecord(label=f"RO-{place}", conforms=place != 4) for place in range(1, 9))
    )
    return FakeReader(
        [
            a_dealership(),
            a_site(features=("service", "used-cars", "parts")),
            a_person(),
            LEAD,
            EXPERT,
            a_qualification(Role.AUDITOR, LEAD, number="A-017", valid_until=TODAY),
            an_engagement(edition=edition.hash),
            before,
            here,
            a_rating(10, GREETING, assessment_id=before.id),
            a_rating(8, PRICE_AGREED, assessment_id=before.id),
            a_rating(10, GREETING, assessment_id=here.id),
            a_rating(4, PRICE_AGREED, assessment_id=here.id, sample=judged, rated_at=datetime(2026, 11, 22, 9, tzinfo=NOW.tzinfo)),
            a_finding(1, FindingGrade.MINOR, assessment_id=here.id, checkpoint_id=GREETING, statement="The desk was empty twice.", due_on=None),
            a_finding(2, FindingGrade.MAJOR, assessment_id=here.id, seen_on=SECOND, reply=Reply.DISAGREED, due_on=date(2027, 1, 15)),
            audit or an_audit(),
            *some_slots(),
            a_drawn_sample(),
            *records,
        ],
        [edition],
    )  # fmt: skip


def audit_pdf(kind: ModuleType, reader: FakeReader, *args: Any, on: date = SECOND, **how: Any) -> bytes:
    """The paper of a kind as a PDF."""
    out = BytesIO()
    paper = kind.collect(reader, AUDIT_ID, *args, on=on, **how)
    kind.draw(paper, out, pictures=reader.evidence_bytes, progress=Progress())
    return out.getvalue()
