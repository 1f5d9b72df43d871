"""The timetable of an audit as entries of a calendar file, sent with its plan; a second import updates what was moved."""

from __future__ import annotations

from datetime import date

from qma_app.domain.assessment import Assessment
from qma_app.domain.audit import Audit, AuditSlot
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AuditId
from qma_app.domain.people import Person
from qma_app.domain.standing import edition_of_assessment
from qma_app.domain.wording import kind_title
from qma_app.exchange.calendar_file import CalendarEvent, calendar_file
from qma_app.services.calendar_numbers import sequence_numbers
from qma_app.storage.scopes import ReadingScope


def audit_events(reader: ReadingScope, audit_id: AuditId) -> tuple[CalendarEvent, ...]:
    """An event for each line of the timetable, in its order, under a key of its own for ever; lines taken out are cancelled."""
    audit = reader.get(Audit, audit_id)
    assessment = reader.get(Assessment, audit.assessment_id)
    engagement = reader.get(Engagement, audit.engagement_id)
    dealership = reader.get(Dealership, engagement.dealership_id)
    areas = edition_of_assessment(reader, assessment).areas_by_id
    numbers = sequence_numbers(reader)
    slots = reader.all(AuditSlot, audit_id=audit_id) + reader.in_bin(AuditSlot, audit_id=audit_id)
    name = f"{kind_title(assessment.kind)} {audit.number}"
    events = []
    for slot in sorted(slots, key=lambda one: (one.on, one.begins, one.ends, one.id)):
        area = areas.get(slot.area_id) if slot.area_id else None
        auditor = reader.find(Person, slot.auditor_id, in_bin=True) if slot.auditor_id else None
        about = ": ".join(filter(None, (str(area.title) if area else "", slot.words)))
        events.append(
            CalendarEvent(
                key=f"audit-slot-{slot.id}",
                sequence=numbers.of(slot, dealership, engagement),
                title=" · ".join(filter(None, (name, about))),
                day=slot.on,
                starts_at=slot.begins,
                ends_at=slot.ends,
                words="\n".join(filter(None, (auditor.name if auditor else "", slot.with_whom))),
                place=", ".join(filter(None, (dealership.name, dealership.city))),
                is_cancelled=slot.deleted_at is not None or audit.deleted_at is not None,
            )
        )
    return tuple(events)


def audit_calendar_bytes(reader: ReadingScope, audit_id: AuditId, *, on: date) -> bytes:
    """The timetable as a calendar file; the same state gives the same bytes, `on` stands in where nothing was written yet."""
    audit = reader.get(Audit, audit_id)
    changed = reader.log_head().changed_at(on)
    return calendar_file(audit_events(reader, audit_id), title=audit.number, changed_at=changed)
