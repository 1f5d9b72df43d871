"""What the report of an audit says beyond ratings and findings, as plain values: everything is read once, and drawing reads nothing more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from qma_app.domain.agreement_reading import AgreementOf
from qma_app.domain.audit import AuditLook, WrapUp
from qma_app.domain.edition import Area, Checkpoint
from qma_app.domain.finding import Finding
from qma_app.domain.ids import CheckpointId
from qma_app.domain.recommending import Recommended
from qma_app.domain.result import Verdict
from qma_app.domain.surveillance import AuditComparison
from qma_app.reports.auditing.reading import AuditHead, SlotLine
from qma_app.reports.auditing.summary_values import SamplePart


@dataclass(frozen=True, kw_only=True, slots=True)
class NoSample:
    """A checkpoint the standard draws records for, of which none were drawn, and why."""

    checkpoint: Checkpoint
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaLooks:
    """How the auditor came to the ratings of an area: how many checkpoints were seen which way."""

    area: Area
    on_site: int = 0
    remote: int = 0
    on_paper: int = 0
    unsaid: int = 0
    live: int = 0
    repeated: int = 0
    interviews: int = 0
    observed: int = 0
    records: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class WrapUpLine:
    """What was told on the evening of a day, and by whom."""

    wrap_up: WrapUp
    by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RevisionLine:
    """An earlier revision of this report; `reason` is why the next one was made."""

    number: int
    signed_at: datetime | None
    signed_by: str
    recommendation: Verdict | None
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RevisedPoint:
    """A checkpoint whose rating the revision changed, before and now as words."""

    checkpoint: Checkpoint
    before: str
    now: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawnLine:
    """A finding of an earlier revision that does not stand any more; `revision` is the one that withdrew it."""

    finding: Finding
    reason: str
    revision: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Revised:
    """What this revision stands for: those before it, what it changes, and the findings withdrawn on the way.

    `level_before` is the overall level of the revision before as it was printed then.
    """

    before: tuple[RevisionLine, ...]
    level_before: str
    points: tuple[RevisedPoint, ...]
    added: tuple[Finding, ...]
    withdrawn: tuple[WithdrawnLine, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MajorLine:
    """A major of the audit before: the points of its checkpoint then and now, what became of it, and how that was verified."""

    finding: Finding
    checkpoint: Checkpoint | None
    then: int | None
    now: int | None
    state: str
    verified: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class BeforePart:
    """The audit this one comes after."""

    head: AuditHead
    level: str
    majors: tuple[MajorLine, ...]
    compared: AuditComparison


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditPart:
    """Everything a guided audit adds to its report; `agreement` is None before the closing meeting."""

    head: AuditHead
    recommended: Recommended
    recommended_by: str
    slots: tuple[SlotLine, ...]
    risks: tuple[str, ...]
    wrap_ups: tuple[WrapUpLine, ...]
    samples: tuple[SamplePart, ...]
    no_samples: tuple[NoSample, ...]
    looks: Mapping[CheckpointId, AuditLook]
    looked: tuple[AreaLooks, ...]
    agreement: AgreementOf | None
    revised: Revised | None
    before: BeforePart | None
