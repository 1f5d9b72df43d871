"""One pass over checkpoints: opened, rated, completed, and never overwritten by the next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from qma_app.domain.dealership import Premises
from qma_app.domain.ids import AreaId, AssessmentId, EditionHash, EngagementId, PersonId
from qma_app.domain.record import Record, Typed
from qma_app.errors import RuleBroken
from qma_app.i18n import _


class AssessmentKind(StrEnum):
    """Why a pass over the checkpoints is made."""

    BASELINE = "baseline"
    PROGRESS = "progress"
    SELF_ASSESSMENT = "self-assessment"
    PRE_AUDIT = "pre-audit"
    CERTIFICATION_AUDIT = "certification-audit"
    SURVEILLANCE = "surveillance"
    FOLLOW_UP_AUDIT = "follow-up-audit"
    RECERTIFICATION = "recertification-audit"
    SHORT_NOTICE = "short-notice-audit"

    @property
    def is_audit(self) -> bool:
        """Audits are written by auditors, all others by coaches."""
        return self in _AUDITS

    @property
    def needs_audit(self) -> bool:
        """Whether it only makes sense along the path of an audit, which names the one it looks back on."""
        return self in (
            AssessmentKind.FOLLOW_UP_AUDIT,
            AssessmentKind.RECERTIFICATION,
            AssessmentKind.SHORT_NOTICE,
        )


_AUDITS = frozenset(
    (
        AssessmentKind.CERTIFICATION_AUDIT,
        AssessmentKind.SURVEILLANCE,
        AssessmentKind.FOLLOW_UP_AUDIT,
        AssessmentKind.RECERTIFICATION,
        AssessmentKind.SHORT_NOTICE,
    )
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reopening:
    """A completed assessment was opened again: when, by whom (a person's id), why."""

    at: datetime
    who: PersonId | None
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaRemark:
    """The author's own words on one area."""

    area_id: AreaId
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessment(Record):
    """`number` counts from 1 within the engagement; an empty `scope` never occurs; `remarks` and `reopenings` hold typed text.

    `features` and `staff` are those of the dealership's sites on completion (None while open): they decide what applied then.
    `edition` is the one it is made in; None = the one its engagement had before its first upgrade. `is_guided` marks one that is made
    along the path of an audit, with an `Audit` beside it.
    """

    id: AssessmentId
    engagement_id: EngagementId
    number: int
    kind: AssessmentKind
    started_on: date
    scope: tuple[AreaId, ...]
    assessor_id: PersonId | None = None
    completed_at: datetime | None = None
    completed_on: date | None = None
    summary: Typed = ""
    remarks: tuple[AreaRemark, ...] = ()
    reopenings: tuple[Reopening, ...] = ()
    features: tuple[str, ...] | None = None
    staff: int | None = None
    edition: EditionHash | None = None
    is_guided: bool = False

    @property
    def is_audit(self) -> bool:
        """Whether an auditor writes it: an audit, or a pre-audit that is made as one."""
        return self.is_guided or self.kind.is_audit

    @property
    def is_open(self) -> bool:
        return self.completed_at is None

    def check_open(self) -> None:
        """Raise RuleBroken when the assessment is completed: completed ones are read-only."""
        if not self.is_open:
            raise RuleBroken(
                _("Assessment {number} is completed and can only be read.").format(number=self.number),
                code="assessment.completed",
                way_out=_("Reopen it with a reason, or start a new assessment."),
                assessment=self.id,
            )

    def completed(self, *, at: datetime, on: date, premises: Premises) -> Assessment:
        """Closed for writing; what is untouched counts as not seen from now on, and what applies is what applied today."""
        self.check_open()
        features = tuple(sorted(premises.features))
        return replace(self, completed_at=at, completed_on=on, features=features, staff=premises.staff)

    def reopened(self, *, at: datetime, who: PersonId | None, reason: str) -> Assessment:
        """Open again, with the reason kept for ever."""
        if self.is_open:
            raise RuleBroken(
                _("This assessment is open already."),
                code="assessment.open",
                way_out=_("Go on rating; there is nothing to reopen."),
                assessment=self.id,
            )
        if not reason.strip():
            raise RuleBroken(
                _("Reopening needs a reason."),
                code="assessment.reason-missing",
                way_out=_("Write why it is opened again."),
            )
        entry = Reopening(at=at, who=who, reason=reason.strip())
        return replace(
            self,
            completed_at=None,
            completed_on=None,
            features=None,
            staff=None,
            reopenings=(*self.reopenings, entry),
        )

    def remark_on(self, area_id: AreaId) -> str:
        """The author's words on an area, empty when there are none."""
        return next((remark.text for remark in self.remarks if remark.area_id == area_id), "")

    def with_remark(self, area_id: AreaId, text: str) -> Assessment:
        """The same with other words on one area; empty words take the remark away."""
        others = tuple(remark for remark in self.remarks if remark.area_id != area_id)
        return replace(
            self, remarks=others + ((AreaRemark(area_id=area_id, text=text),) if text.strip() else ())
        )
