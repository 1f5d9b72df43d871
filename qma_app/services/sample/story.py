"""What the sample tells: houses with their assessments, findings and evidence, as plain values in the order of the standard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.edition import Checkpoint
from qma_app.domain.evidence import Consent, Mark
from qma_app.domain.finding import FindingGrade
from qma_app.domain.ids import AreaId, CheckpointId, ProcessId
from qma_app.domain.people import Role
from qma_app.domain.rating import Outcome, SampleRecord
from qma_app.services.sample.audit_story import AuditTold
from qma_app.services.sample.life import FindingKey, Life
from qma_app.services.sample.light import LightHouse
from qma_app.services.sample.year import Year


@dataclass(frozen=True, kw_only=True, slots=True)
class Certified:
    """Somebody of the programme; `seat` is the name under which the houses ask for it."""

    seat: str
    role: Role
    name: str
    number: str
    valid_from: date
    valid_until: date
    training: str
    trained: date | None
    supervised: int | None
    checked: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One checkpoint in one pass; `points` is None with a reason for leaving it out, or when it is rated as last time.

    `whole_process` is set where one reason stands for a whole process.
    """

    checkpoint: Checkpoint
    outcome: Outcome
    points: int | None = None
    is_as_last_time: bool = False
    reason: str = ""
    whole_process: ProcessId | None = None
    sample: tuple[SampleRecord, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pass:
    """One assessment; its scope are the areas that have days, and `completed` is None while it is open."""

    name: str
    kind: AssessmentKind
    role: Role
    days: Mapping[AreaId, tuple[date, ...]]
    completed: date | None
    summary: str
    remarks: Mapping[AreaId, str]
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundLine:
    """One finding, raised in a pass at a checkpoint."""

    raised: date
    pass_name: str
    at: CheckpointId
    grade: FindingGrade
    place: str
    statement: str
    evidence: str
    grade_reason: str
    owner: str
    due: date | None
    closed: date | None
    closing: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownLine:
    """One photo or document; `at` ties it to a checkpoint of the pass, `finding` to the finding raised in a pass at a checkpoint.

    `action` ties it to an action by name, and with `check` to the check of it made on that day; `on_charter` to the charter, `visit` to
    the visit held on that day. `revision_of` is the file it replaces.
    """

    taken: date
    pass_name: str
    at: CheckpointId | None
    finding: FindingKey | None
    action: str
    check: date | None
    on_charter: bool
    visit: date | None
    file: str
    picture: str
    document: str
    caption: str
    made: date | None
    valid_from: date | None
    valid_until: date | None
    consent: Consent | None
    consent_words: str
    marks: tuple[Mark, ...]
    revision_of: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PairLine:
    """Two photos by their files, set side by side at a finding."""

    day: date
    finding: FindingKey
    before: str
    after: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """One dealership and its programme; `coach` is the seat of who coaches it."""

    name: str
    code: str
    country: str
    city: str
    address: str
    features: tuple[str, ...]
    staff: int
    started: date
    months: int
    note: str
    programme: str
    coach: str
    people: Mapping[str, str]
    passes: tuple[Pass, ...]
    findings: tuple[FoundLine, ...]
    evidence: tuple[ShownLine, ...]
    pairs: tuple[PairLine, ...]
    life: Life
    year: Year


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """All of the sample; the first house is the default one, `light` are those that fill the view over all dealerships.

    `audit` is that of the light houses which are audited.
    """

    certified: tuple[Certified, ...]
    houses: tuple[House, ...]
    light: tuple[LightHouse, ...] = ()
    audit: AuditTold | None = None
