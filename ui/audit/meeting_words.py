"""What is gone through at the opening and the closing meeting of an audit, in words."""

from __future__ import annotations

from qma_app.domain.audit import Meeting
from qma_app.i18n import _, day_text, ngettext


def opening_point(code: str) -> str:
    """A point of the opening meeting."""
    return {
        "people": _("Who is who: team, roles, contact of the house"),
        "scope": _("Aims, areas in and out, the standard with its edition"),
        "method": _("How it is looked at: interviews, observation, records"),
        "grading": _("How it is rated and what a finding is"),
        "sampling": _("Samples: what they can and cannot show"),
        "timetable": _("Timetable, wrap-up of each day, closing meeting"),
        "objection": _("How to object to a finding or the result"),
        "confidentiality": _("Confidentiality and personal data"),
        "safety": _("Safety and rules of the house"),
    }[code]


def closing_point(code: str) -> str:
    """A point of the closing meeting."""
    return {
        "thanks": _("Thanks, and that only samples were looked at"),
        "strengths": _("Strengths"),
        "findings": _("Each finding with its evidence"),
        "result": _("Result and recommendation so far"),
        "deadlines": _("What is to be done until when"),
        "objection": _("Objections, each in the house's own words"),
        "decision": _("Who decides, and when the report comes"),
    }[code]


def held_words(meeting: Meeting) -> str:
    """When a meeting was held and how many sat in it: `14 Jun 2027, 09:00–09:30 · 5 attended`."""
    begun = meeting.held_at.astimezone()
    clock = f"{begun:%H:%M}"
    if meeting.ended_at is not None:
        clock = f"{clock}–{meeting.ended_at.astimezone():%H:%M}"
    count = len(meeting.attendees)
    attended = ngettext("{count} attended", "{count} attended", count).format(count=count)
    return f"{day_text(begun.date())}, {clock} · {attended}"
