"""Writes each field that is typed around an audit and its certificate: tried with hostile words in tests of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import time
from typing import Any, Final

from qma_app.domain.audit import Audit, AuditLook, AuditSample, AuditSlot, ListSource, Meeting
from qma_app.domain.record import Changes, Record
from qma_app.domain.result import Verdict
from qma_app.domain.sample_drawing import read_list
from qma_app.domain.tie import Tie, TieKind
from qma_app.domain.visit import Signature
from qma_app.services.audit_areas import leave_area_out, take_area_in
from qma_app.services.audit_conduct import hold_closing, hold_opening, recommend, write_look, write_wrap_up
from qma_app.services.audit_people import note_tie
from qma_app.services.audit_planning import plan_audit_days
from qma_app.services.audit_samples import SampleList, discard_sample, draw_sample, replace_record
from qma_app.services.audit_timetable import put_slot
from qma_app.services.audits import change_audit, declare
from tests.services.auditing import FIRST, LAST, Audited

Write = Callable[[Audited, str], Changes]


@dataclass(frozen=True, kw_only=True)
class AuditWord:
    """One field, how a use case writes it, and where in its value the words stand."""

    kind: type[Record]
    name: str
    write: Write
    part: Callable[[Any], str] = str
    is_stripped: bool = True

    @property
    def label(self) -> str:
        return f"{self.kind.__name__}.{self.name}"


def _by_hand(name: str) -> Write:
    return lambda a, text: change_audit(a.house.workspace, a.audit_id, **{name: text})


def _left_out(a: Audited, text: str) -> Changes:
    area_id = a.audit.left_out[0].area_id
    take_area_in(a.house.workspace, a.audit_id, area_id)
    return leave_area_out(a.house.workspace, a.audit_id, area_id, text)


def _days(a: Audited, text: str) -> Changes:
    return plan_audit_days(a.house.workspace, a.audit_id, reason=text)


def _declared(a: Audited, text: str) -> Changes:
    return declare(a.house.workspace, a.audit_id, a.auditor.id, ties=(TieKind.PAID,), words=text)


def _met(known: Meeting | None, text: str) -> Meeting:
    assert known is not None
    person = replace(known.attendees[0], name=text, function=text)
    name = Signature(name=text, function=text, strokes=((0, 0, 9, 9),), signed_at=known.held_at)
    return replace(known, place=text, words=text, attendees=(person,), signatures=(name,))


def _opened(a: Audited, text: str) -> Changes:
    return hold_opening(a.house.workspace, a.audit_id, _met(a.audit.opening, text))


def _closed(a: Audited, text: str) -> Changes:
    return hold_closing(a.house.workspace, a.audit_id, _met(a.audit.closing, text))


def _told(meeting: Meeting) -> str:
    """The words of a meeting, which are the same everywhere in it."""
    said = {meeting.place, meeting.words, meeting.attendees[0].name, meeting.attendees[0].function}
    (only,) = said
    return only


def _wrapped_up(a: Audited, text: str) -> Changes:
    return write_wrap_up(a.house.workspace, a.audit_id, on=LAST, words=text)


def _recommended(a: Audited, text: str) -> Changes:
    return recommend(a.house.workspace, a.audit_id, Verdict.PASS, text)


def _slot(name: str) -> Write:
    def write(a: Audited, text: str) -> Changes:
        known = [one for one in a.house.all(AuditSlot) if one.words]
        said: dict[str, Any] = {"words": known[0].words if known else "Walk through the house"} | {name: text}
        return put_slot(
            a.house.workspace,
            a.audit_id,
            on=FIRST,
            begins=time(18),
            ends=time(18, 30),
            slot_id=known[0].id if known else None,
            **said,
        )

    return write


def _look(name: str) -> Write:
    return lambda a, text: write_look(a.house.workspace, a.audit_id, a.applicable[0], **{name: text})


def _drawn(a: Audited, text: str) -> Changes:
    """A sample of a list with these words in its name, its records and its parts; the one before is taken back."""
    workspace, point = a.house.workspace, a.applicable[1]
    for known in a.house.all(AuditSample):
        discard_sample(workspace, known.id)
    names = [" ".join(f"{text} {number}".split()) for number in range(6)]
    listed = SampleList(
        name=text,
        source=ListSource.CSV,
        listed=read_list(names, [" ".join(text.split()) or "-"] * len(names)),
        stratified_by=text,
    )
    return draw_sample(workspace, a.audit_id, point, listed, size=2, seed=7)


def _replaced(a: Audited, text: str) -> Changes:
    drawn = _drawn(a, "orders").made(AuditSample)
    names = [f"orders {number}" for number in range(6)]
    listed = SampleList(
        name="orders", source=ListSource.CSV, listed=read_list(names, ["orders"] * 6), stratified_by="orders"
    )
    return replace_record(a.house.workspace, drawn.id, drawn.drawn[0].place, text, listed)


def _tied(a: Audited, text: str) -> Changes:
    house = a.house
    return note_tie(house.workspace, house.coach.id, house.dealership.id, TieKind.EMPLOYED, words=text)


AUDIT_WORDS: Final = (
    *(
        AuditWord(kind=Audit, name=name, write=_by_hand(name), is_stripped=False)
        for name in ("aims", "methods", "confidentiality", "distribution", "limits")
    ),
    AuditWord(kind=Audit, name="left_out", write=_left_out, part=lambda areas: areas[-1].reason),
    AuditWord(kind=Audit, name="days", write=_days, part=lambda days: days.reason),
    AuditWord(kind=Audit, name="declarations", write=_declared, part=lambda said: said[-1].words),
    AuditWord(kind=Audit, name="opening", write=_opened, part=_told),
    AuditWord(kind=Audit, name="closing", write=_closed, part=_told),
    AuditWord(kind=Audit, name="wrap_ups", write=_wrapped_up, part=lambda days: days[-1].words),
    AuditWord(kind=Audit, name="recommendation_words", write=_recommended),
    AuditWord(kind=AuditSlot, name="words", write=_slot("words")),
    AuditWord(kind=AuditSlot, name="with_whom", write=_slot("with_whom")),
    *(
        AuditWord(kind=AuditLook, name=name, write=_look(name), is_stripped=False)
        for name in ("interviews", "observed", "records", "no_sample")
    ),
    AuditWord(kind=AuditSample, name="list_name", write=_drawn, is_stripped=False),
    AuditWord(kind=AuditSample, name="stratified_by", write=_drawn, is_stripped=False),
    AuditWord(kind=AuditSample, name="replaced", write=_replaced, part=lambda swaps: swaps[-1].reason),
    AuditWord(kind=Tie, name="words", write=_tied),
)
"""What is written as often as one likes while an audit is open."""

WRITTEN_ONCE: Final = frozenset(
    {
        "Audit.revision_reason",
        "Audit.withdrawn",
        "CertificationDecision.words",
        "Appeal.raised_by",
        "Appeal.words",
        "Appeal.answer",
        "Certificate.holder",
        "Certificate.address",
        "Certificate.events",
        "Signer.name",
        "Signer.revoked_reason",
        "IssuedFile.revoked_reason",
    }
)
"""What is written at most once on the way: all of it in one walk."""

DRAWN: Final = frozenset({"AuditSample.drawn", "AuditSample.strata"})
"""Read from the dealership's list, whose lines lose their doubled spaces: looked for by what is left of the words."""

MADE_BY_THE_PROGRAM: Final = frozenset(
    {"Audit.number", "Certificate.number", "IssuedFile.number", "IssuedFile.name"}
)
"""Nobody types these: they are counted up, and travel as words because whoever erases a dealership erases them too."""

LABELS: Final = frozenset(one.label for one in AUDIT_WORDS) | WRITTEN_ONCE | DRAWN | MADE_BY_THE_PROGRAM
