"""An audit: who comes when to look at what, what was said in its meetings, and what the auditor recommends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

from qma_app.domain.ids import (
    AreaId,
    AssessmentId,
    AuditId,
    AuditLookId,
    AuditSampleId,
    AuditSlotId,
    CheckpointId,
    EngagementId,
    FindingId,
    PersonId,
)
from qma_app.domain.record import Record, Typed
from qma_app.domain.result import Verdict
from qma_app.domain.visit import Signature


class TeamPart(StrEnum):
    """What somebody does in the audit; experts support and observers watch, neither grades."""

    LEAD = "lead"
    AUDITOR = "auditor"
    EXPERT = "expert"
    OBSERVER = "observer"

    @property
    def grades(self) -> bool:
        return self in (TeamPart.LEAD, TeamPart.AUDITOR)


@dataclass(frozen=True, kw_only=True, slots=True)
class TeamMember:
    """One person of the audit team."""

    person_id: PersonId
    part: TeamPart


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaLeftOut:
    """An area the audit does not look at, and why."""

    area_id: AreaId
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditDays:
    """How many auditor days were planned, and from what: staff in full-time equivalents, the risks that apply (codes), the days
    of the planning table, what was agreed of them, how much of that on site, and why it differs from the table.
    """

    staff: int
    risks: tuple[str, ...]
    table_days: Decimal
    days: Decimal
    on_site: Decimal
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Declaration:
    """What a member of the team declared about independence: a yes names the tie, and every yes has words."""

    person_id: PersonId
    declared_on: date
    ties: tuple[str, ...] = ()
    words: str = ""

    @property
    def is_free(self) -> bool:
        return not self.ties


@dataclass(frozen=True, kw_only=True, slots=True)
class Attendee:
    """Somebody who sat in a meeting."""

    name: str
    function: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Meeting:
    """The opening or the closing meeting; `points` are codes of what was gone through."""

    held_at: datetime
    ended_at: datetime | None = None
    place: str = ""
    points: tuple[str, ...] = ()
    attendees: tuple[Attendee, ...] = ()
    words: str = ""
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class WrapUp:
    """What was told to the dealership at the end of an audit day."""

    on: date
    words: str
    by: PersonId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Withdrawal:
    """A finding of the revision before that does not stand any more, with its reason."""

    finding_id: FindingId
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Audit(Record):
    """What stands around one audit assessment; its kind is that of the assessment.

    `number` is that of the report (R-2027-0093), the same in every revision. `base_seq` and `base_hash` are the head of the
    change log the audit began on. A signed audit never changes; `revises` names the one a new revision stands for.
    """

    id: AuditId
    engagement_id: EngagementId
    assessment_id: AssessmentId
    number: Typed
    revision: int = 1
    revises: AuditId | None = None
    revision_reason: Typed = ""
    follows: AuditId | None = None
    first_on: date | None = None
    last_on: date | None = None
    team: tuple[TeamMember, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    left_out: tuple[AreaLeftOut, ...] = ()
    days: AuditDays | None = None
    aims: Typed = ""
    methods: Typed = ""
    confidentiality: Typed = ""
    distribution: Typed = ""
    language: str = ""
    sent_on: date | None = None
    opening: Meeting | None = None
    closing: Meeting | None = None
    wrap_ups: tuple[WrapUp, ...] = ()
    withdrawn: tuple[Withdrawal, ...] = ()
    limits: Typed = ""
    recommendation: Verdict | None = None
    recommendation_words: Typed = ""
    recommended_at: datetime | None = None
    recommended_by: PersonId | None = None
    signed_at: datetime | None = None
    signed_by: PersonId | None = None
    base_seq: int = 0
    base_hash: str = ""

    @property
    def lead_id(self) -> PersonId | None:
        """The lead auditor; None until one is named."""
        return next((one.person_id for one in self.team if one.part is TeamPart.LEAD), None)

    @property
    def label(self) -> str:
        """The number of its report, a later revision with its own behind it: `R-2027-0093/2`."""
        return self.number if self.revision == 1 else f"{self.number}/{self.revision}"

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditSlot(Record):
    """A line of the timetable: an area, or something else said in words, with an auditor and whom they meet."""

    id: AuditSlotId
    audit_id: AuditId
    on: date
    begins: time
    ends: time
    area_id: AreaId | None = None
    words: Typed = ""
    auditor_id: PersonId | None = None
    with_whom: Typed = ""


class ListSource(StrEnum):
    """Where the list came from that a sample was drawn of."""

    WORKBOOK = "workbook"
    CSV = "csv"
    NUMBERS = "numbers"


@dataclass(frozen=True, kw_only=True, slots=True)
class Stratum:
    """A part of the list (a week, an employee), how many records it has and how many were drawn of it."""

    name: str
    population: int
    drawn: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnRecord:
    """A record drawn: its place in the list counted from 1, what it is called, which part it lies in."""

    place: int
    label: str
    stratum: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Replaced:
    """A record that could not be looked at, the one drawn in its place, and why."""

    place: int
    label: str
    by: DrawnRecord
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditSample(Record):
    """Records drawn by chance over a list the dealership provided; whoever has list and seed draws the same again.

    `fingerprint` is the SHA-256 of the list as it was read, `blanks` and `repeats` are the lines left out of it. What was seen
    in the records stands in the rating of the checkpoint, under the same labels.
    """

    id: AuditSampleId
    audit_id: AuditId
    checkpoint_id: CheckpointId
    source: ListSource
    list_name: Typed
    fingerprint: str
    population: int
    seed: int
    drawn: tuple[DrawnRecord, ...]
    strata: tuple[Stratum, ...] = ()
    stratified_by: Typed = ""
    replaced: tuple[Replaced, ...] = ()
    blanks: int = 0
    repeats: int = 0
    drawn_at: datetime | None = None


class SeenHow(StrEnum):
    """How the auditor saw the evidence."""

    ON_SITE = "on-site"
    REMOTE = "remote"
    ON_PAPER = "on-paper"


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditLook(Record):
    """How the auditor came to a rating: interviews, what was observed and which records, each apart.

    `is_live` marks work watched while it was done, `is_repeated` a check the auditor made again; `no_sample` says why no
    records were drawn where the standard asks for some.
    """

    id: AuditLookId
    audit_id: AuditId
    checkpoint_id: CheckpointId
    interviews: Typed = ""
    observed: Typed = ""
    records: Typed = ""
    seen_how: SeenHow | None = None
    is_live: bool = False
    is_repeated: bool = False
    no_sample: Typed = ""
