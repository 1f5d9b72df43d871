"""Which moment a signed paper tells of: what was signed or held is read as it stood then, whatever changed since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from qma_app.domain.assessment import Assessment
from qma_app.domain.audit import Audit
from qma_app.domain.certification import IssuedFile, IssuedKind
from qma_app.domain.charter import Charter
from qma_app.domain.evidence import EvidenceLink
from qma_app.domain.ports import Reader
from qma_app.domain.promise import Promise
from qma_app.domain.record import Record, utc_text
from qma_app.domain.review import Decision, ManagementReview
from qma_app.domain.visit import AgendaItem, Visit, VisitNote
from qma_app.services.foreseen import Foreseen
from qma_app.storage.scopes import ReadingScope

_EVERY: Final = ("",)
_OF_REVIEWS: Final = ("review.", "undone", "redone", "bin.")
"""How a review comes to be held, as a rule; looked through first, since the list of reviews is looked at often."""
_NOTHING: Final[frozenset[str]] = frozenset()
_WRITTEN_AT_VISITS: Final[Mapping[type[Record], frozenset[str]]] = {
    Promise: frozenset({"kept_on", "broken_on", "outcome"}),
    VisitNote: _NOTHING,
    AgendaItem: _NOTHING,
    EvidenceLink: _NOTHING,
}
"""What stands in minutes, with the fields that tell how it went on afterwards: these are no writing in the minutes."""


def minutes_moment(reader: ReadingScope, visit: Visit) -> int | None:
    """The entry of the change log behind which the minutes of a visit are read; None while it is not closed.

    That is its closing. As long as nobody signed, the minutes can still be written to: then it is the last such writing, or the
    first signature on the screen. One noted as given on paper stands under what had been printed before.
    """
    closed = _set_in(reader, visit, "closed_at", utc_text(visit.closed_at) if visit.closed_at else None)
    if not closed:
        return None
    own: dict[str, frozenset[str]] = {visit.id: _NOTHING}
    for kind, afterwards in _WRITTEN_AT_VISITS.items():
        tied = reader.all(kind, visit_id=visit.id) + reader.in_bin(kind, visit_id=visit.id)
        own |= {one.id: afterwards for one in tied}
    moment = closed[0]
    for entry in reader.log_entries(after=moment - 1):
        if not any(id in entry.body for id in own):
            continue
        changed = {item["id"]: item["set"].keys() for item in entry.records if item["id"] in own}
        is_signing = bool(visit.signatures) and "signatures" in changed.get(visit.id, ())
        if is_signing and not visit.signatures[0].strokes:
            break
        if any(fields - own[id] for id, fields in changed.items()):
            moment = entry.seq
        if is_signing:
            break
    return moment


def charter_moment(reader: ReadingScope, charter: Charter) -> int | None:
    """The entry by which the charter was signed; None while it is not."""
    signed = _set_in(reader, charter, "signed_on", str(charter.signed_on) if charter.signed_on else None)
    return signed[-1] if signed else None


def review_moment(reader: ReadingScope, review: ManagementReview) -> int | None:
    """The entry by which the review was entered as held on its day: what it looked at is read as of then; None while it is not held."""
    held_on = str(review.held_on) if review.held_on else None
    held = _set_in(reader, review, "held_on", held_on, _OF_REVIEWS) or _set_in(
        reader, review, "held_on", held_on
    )
    return held[-1] if held else None


def decided_moment(reader: ReadingScope, review: ManagementReview) -> int | None:
    """The last entry that wrote to a held review or to what it decided: actions made of that are read as of then."""
    held = review_moment(reader, review)
    if held is None:
        return None
    tied = reader.all(Decision, review_id=review.id) + reader.in_bin(Decision, review_id=review.id)
    own = {review.id, *(one.id for one in tied)}
    written = (
        entry.seq
        for entry in reader.log_entries_about(own, _EVERY)
        if entry.seq >= held and any(item["id"] in own for item in entry.records)
    )
    return max(written, default=held)


def issued_report_of(reader: Reader, assessment: Assessment) -> IssuedFile | None:
    """The signed report of an audit, whose `log_seq` is the moment it is read as of; None while it is not signed."""
    if not assessment.is_guided:
        return None
    audits = reader.all(Audit, assessment_id=assessment.id)
    issued = reader.all(IssuedFile, audit_id=audits[0].id, kind=IssuedKind.REPORT) if audits else ()
    return max(issued, key=lambda one: (one.issued_at, one.id), default=None)


def as_signed(reader: ReadingScope, issued: IssuedFile) -> Reader:
    """What the signed report was drawn from: the records behind the head printed in it, with audit and assessment as signed."""
    audit = reader.get(Audit, issued.audit_id)
    assessment = reader.get(Assessment, audit.assessment_id)
    return Foreseen(reader.as_of(issued.log_seq), audit, assessment)


def _set_in(
    reader: ReadingScope, record: Record, field: str, value: str | None, kinds: tuple[str, ...] = _EVERY
) -> list[int]:
    """The entries that gave a field the value it has now, the first one first; none for a field that is empty."""
    if value is None:
        return []
    return [
        entry.seq
        for entry in reader.log_entries_about({record.id}, kinds)
        if any(_gives(item, record.id, field, value) for item in entry.records)
    ]


def _gives(item: Mapping[str, Any], id: str, field: str, value: str) -> bool:
    return bool(item["id"] == id and field in item["set"] and item["set"][field][1] == value)
