"""The data that travel inside a signed certificate: what it states and what that rests on, so that anybody can check it.

The form is described in docs/audit-data.md and named `qma-certificate-1`; a later form gets another name. What is worked out here
needs nothing but these data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Final

from qma_app.domain.audit_content import Difference
from qma_app.domain.certificate_life import CertificateLife, DueKind, LifeState, life
from qma_app.domain.certification import Certificate, CertificateEvent, CertificateStep
from qma_app.domain.ids import (
    AreaId,
    AuditId,
    CertificateId,
    CertificationDecisionId,
    EditionHash,
    EngagementId,
)
from qma_app.domain.levels import shown_level
from qma_app.domain.typed_parts import NotOfThisForm, canonical_json, is_digest, read_data
from qma_app.errors import ReportTrouble
from qma_app.i18n import LANGUAGES, _, day_text, in_language

SCHEMA: Final = "qma-certificate-1"
LARGEST: Final = 1_000_000
"""No certificate carries more bytes of data; a file that does is none of ours."""
OUTCOMES: Final = ("granted", "conditional")
_FIRST_YEAR, _LAST_YEAR, _MOST_DAYS = 1990, 2200, 3650
_FRACTION: Final = re.compile(r"[0-9]{1,40}(?:/[1-9][0-9]{0,39})?")


@dataclass(frozen=True, kw_only=True, slots=True)
class ScopeContent:
    """An area of the standard, in the scope or left out of it."""

    id: str
    code: str
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SignatoryContent:
    """Somebody who stands for the certificate, with the number of their own certificate."""

    name: str
    certificate: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EventContent:
    """A step in the certificate's life up to the day it was printed for."""

    step: str
    on: date
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BasisContent:
    """What the decision rests on: the signed report by its number, revision and the SHA-256 of its file."""

    report_number: str
    report_revision: int
    report_digest: str
    outcome: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificateContent:
    """All that a certificate states on the day `as_of`.

    `level` is the exact overall level in percent as a fraction in text, `level_shown` as it is printed in `language`; `bounds` are
    the levels of the edition that decide something, which a printed level never seems to reach when it does not. `majors_due` is
    the last day to close the majors while they are open, `surveillances` the last days of those still to come.
    """

    number: str
    replaces: str
    language: str
    holder: str
    address: str
    standard: str
    edition: str
    edition_hash: str
    scope: tuple[ScopeContent, ...]
    left_out: tuple[ScopeContent, ...]
    level: str
    level_shown: str
    pass_mark: int
    bounds: tuple[int, ...]
    audited_from: date
    audited_to: date
    decided_on: date
    valid_from: date
    valid_until: date
    is_conditional: bool
    conditional_days: int
    events: tuple[EventContent, ...]
    replaced_by: str
    replaced_on: date | None
    as_of: date
    state: str
    majors_due: date | None
    surveillances: tuple[date, ...]
    lead_auditor: SignatoryContent
    decision_maker: SignatoryContent
    basis: BasisContent
    log_seq: int
    log_hash: str
    is_trial: bool
    is_sample: bool


def certificate_bytes(content: CertificateContent) -> bytes:
    """The one text of the data, the same for the same certificate."""
    return canonical_json({"schema": SCHEMA, **asdict(content)})


def certificate_from(data: bytes) -> CertificateContent:
    """The data again; ReportTrouble where they are not in this form."""
    try:
        return read_data(CertificateContent, data, schema=SCHEMA, largest=LARGEST, strange=_strange)
    except NotOfThisForm as wrong:
        raise _unreadable(wrong.found) from wrong


def certificate_differences(content: CertificateContent) -> tuple[Difference, ...]:
    """Where what is stated is not what comes out of the dates, steps and exact level; nothing where all is as it should be."""
    certificate = _certificate(content)
    successor = None
    if content.replaced_on is not None:
        successor = replace(certificate, number=content.replaced_by, valid_from=content.replaced_on)
    now = life(certificate, content.as_of, majors_days=content.conditional_days, replaced_by=successor)
    majors_due, surveillances = days_ahead(now)
    with in_language(content.language):
        shown = shown_level(Fraction(content.level), content.bounds)
    found = [
        ("level", content.level_shown, shown),
        ("state", content.state, now.state.value),
        ("majors", str(content.majors_due), str(majors_due)),
        ("surveillances", _days(content.surveillances), _days(surveillances)),
        ("condition", str(content.is_conditional), str(content.basis.outcome == OUTCOMES[1])),
    ]
    return tuple(
        Difference(what=what, stated=stated, computed=computed)
        for what, stated, computed in found
        if stated != computed
    )


def certificate_words(content: CertificateContent) -> tuple[str, ...]:
    """What must be read on the page: number, holder, level, areas and dates."""
    with in_language(content.language):
        days = (content.audited_from, content.audited_to, content.decided_on, content.valid_until)
        return (
            content.number,
            content.holder,
            content.level_shown,
            *(area.title for area in content.scope),
            *(day_text(day) for day in days),
        )


def days_ahead(now: CertificateLife) -> tuple[date | None, tuple[date, ...]]:
    """The last day to close the majors, None where none are open, and the last days of the surveillances not done yet."""
    majors = [due.due_on for due in now.open_dues if due.kind is DueKind.MAJORS]
    return next(iter(majors), None), tuple(
        due.due_on for due in now.open_dues if due.kind is DueKind.SURVEILLANCE
    )


def _certificate(content: CertificateContent) -> Certificate:
    """The certificate as a record again, as far as its life depends on it."""
    return Certificate(
        id=CertificateId(content.number),
        engagement_id=EngagementId(""),
        audit_id=AuditId(""),
        decision_id=CertificationDecisionId(""),
        number=content.number,
        holder=content.holder,
        address=content.address,
        scope=tuple(AreaId(area.id) for area in content.scope),
        edition=EditionHash(content.edition_hash),
        level=content.level,
        audited_from=content.audited_from,
        audited_to=content.audited_to,
        decided_on=content.decided_on,
        valid_from=content.valid_from,
        valid_until=content.valid_until,
        is_conditional=content.is_conditional,
        events=tuple(
            CertificateEvent(step=CertificateStep(one.step), on=one.on, reason=one.reason)
            for one in content.events
        ),
    )


def _strange(content: CertificateContent) -> Iterator[str]:
    """Values that cannot be, though their type can."""
    days = (
        content.audited_from, content.audited_to, content.decided_on, content.valid_from, content.valid_until,
        content.as_of, content.replaced_on, *(event.on for event in content.events),
    )  # fmt: skip
    if any(day is not None and not _FIRST_YEAR <= day.year <= _LAST_YEAR for day in days):
        yield "days"
    if not content.audited_from <= content.audited_to <= content.decided_on <= content.valid_until:
        yield "days"
    if _FRACTION.fullmatch(content.level) is None or not 0 <= Fraction(content.level) <= 100:
        yield "level"
    if content.state not in list(LifeState) or content.basis.outcome not in OUTCOMES:
        yield "state"
    if any(event.step not in list(CertificateStep) for event in content.events):
        yield "events"
    if not 0 <= content.conditional_days <= _MOST_DAYS:
        yield "conditional_days"
    if (content.replaced_on is None) is not (content.replaced_by == ""):
        yield "replaced_by"
    digests = (content.edition_hash, content.basis.report_digest, content.log_hash)
    if not all(map(is_digest, digests)):
        yield "digests"
    areas = [area.id for area in (*content.scope, *content.left_out)]
    if len(set(areas)) != len(areas) or not content.scope:
        yield "scope"
    if any(not 0 <= bound <= 100 for bound in (content.pass_mark, *content.bounds)):
        yield "bounds"
    if content.language not in dict(LANGUAGES):
        yield "language"


def _days(days: tuple[date, ...]) -> str:
    return " ".join(day.isoformat() for day in days)


def _unreadable(found: str) -> ReportTrouble:
    return ReportTrouble(
        _("The data inside this paper are not in the form of a certificate ({found}).").format(found=found),
        code="certificate.content-unreadable",
        way_out=_("Ask whoever issued the paper for the file as it was signed."),
        found=found,
    )
