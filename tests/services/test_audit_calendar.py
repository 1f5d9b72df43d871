"""The timetable of an audit opens as a calendar, and a second import moves what was moved and cancels what was taken out."""

from __future__ import annotations

from datetime import time
from typing import Any

import icalendar

from qma_app.domain.audit import AuditSlot
from qma_app.services.audit_calendar import audit_calendar_bytes
from qma_app.services.audits import delete_slot, put_slot
from tests.services.auditing import FIRST, LAST, Audited, begin
from tests.services.visiting import House

pytest_plugins = ["tests.services.visiting_fixtures"]


def entries(audited: Audited) -> dict[str, Any]:
    with audited.house.workspace.reading() as reader:
        content = audit_calendar_bytes(reader, audited.audit_id, on=FIRST)
        assert content == audit_calendar_bytes(reader, audited.audit_id, on=FIRST)
    calendar = icalendar.Calendar.from_ical(content)
    return {str(one["UID"]): one for one in calendar.walk() if one.name == "VEVENT"}


def test_each_line_is_an_event_with_its_times_auditor_and_whom_they_meet(house: House) -> None:
    audited = begin(house)
    slot = put_slot(
        house.workspace, audited.audit_id, on=FIRST, begins=time(9), ends=time(10), words="Opening meeting",
        auditor_id=audited.auditor.id, with_whom="All managers",
    ).made(AuditSlot)  # fmt: skip
    event = entries(audited)[f"audit-slot-{slot.id}@qma-coach"]
    assert str(event["SUMMARY"]).endswith(f"{audited.audit.number} · Opening meeting")
    assert event["DTSTART"].dt.time() == time(9)
    assert event["DTEND"].dt.date() == FIRST
    assert str(event["DESCRIPTION"]) == "Dora Auditor\nAll managers"


def test_a_line_moved_keeps_its_uid_and_rises_and_one_taken_out_is_cancelled(house: House) -> None:
    audited = begin(house)
    times: dict[str, Any] = {"begins": time(9), "ends": time(10), "words": "Tour"}
    slot = put_slot(house.workspace, audited.audit_id, on=FIRST, **times).made(AuditSlot)
    ((uid, before),) = entries(audited).items()
    put_slot(house.workspace, audited.audit_id, slot_id=slot.id, on=LAST, **times)
    after = entries(audited)[uid]
    assert after["DTSTART"].dt.date() == LAST
    assert after["SEQUENCE"] > before["SEQUENCE"]
    delete_slot(house.workspace, slot.id)
    gone = entries(audited)[uid]
    assert gone["STATUS"] == "CANCELLED"
    assert gone["SEQUENCE"] > after["SEQUENCE"]
