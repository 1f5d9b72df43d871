"""What the sample tells of the one audit that waits for its signature, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING

from qma_app.domain.finding import FindingGrade, Reply
from qma_app.domain.ids import AreaId, CheckpointId

if TYPE_CHECKING:
    from qma_app.services.sample.story import Certified


@dataclass(frozen=True, kw_only=True, slots=True)
class MetLine:
    """The opening or the closing meeting; `also` are those who sat there beside principal and quality officer, by name."""

    place: str
    begins: time
    ends: time
    also: Mapping[str, str]
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditFound:
    """A finding or a strength of the audit; without `reply` the house was not asked for one, `picture` may be none."""

    at: CheckpointId
    points: int
    grade: FindingGrade
    seen: date
    place: str
    statement: str
    evidence: str
    reply: Reply | None = None
    by: str = ""
    words: str = ""
    due: date | None = None
    owner: str = ""
    picture: str = ""
    file: str = ""
    caption: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class LooksOf:
    """What was asked and watched in an area, in the auditor's words."""

    asked: tuple[str, ...]
    watched: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditTold:
    """The whole audit. `samples` are number ranges by checkpoint, `failing` how many records drawn did not conform."""

    begun: date
    sent: date
    first: date
    last: date
    recommended: date
    observer: str
    decider: Certified
    risks: tuple[str, ...]
    fields: Mapping[str, str]
    left_out: Mapping[AreaId, str]
    meets: Mapping[AreaId, str]
    opening: MetLine
    closing: MetLine
    wrap_ups: Mapping[date, str]
    samples: Mapping[CheckpointId, str]
    failing: Mapping[CheckpointId, int]
    replaced: Mapping[CheckpointId, str]
    no_sample: Mapping[CheckpointId, str]
    not_seen: Mapping[CheckpointId, str]
    levels: Mapping[AreaId, int]
    findings: tuple[AuditFound, ...]
    summary: str
    remarks: Mapping[AreaId, str]
    looks: Mapping[AreaId, LooksOf]
