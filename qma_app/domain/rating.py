"""What was seen at one checkpoint in one assessment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from qma_app.domain.ids import AssessmentId, CheckpointId, PersonId, RatingId
from qma_app.domain.record import Record, Typed
from qma_app.errors import RuleBroken
from qma_app.i18n import _


class Outcome(StrEnum):
    """How far a checkpoint has come in an assessment."""

    OPEN = "open"
    RATED = "rated"
    NOT_APPLICABLE = "not-applicable"
    NOT_SEEN = "not-seen"


@dataclass(frozen=True, kw_only=True, slots=True)
class SampleRecord:
    """One record drawn: what it was called, and whether it conforms (None = not yet looked at)."""

    label: str = ""
    conforms: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """The records drawn for a checkpoint, in the order drawn."""

    records: tuple[SampleRecord, ...]

    @classmethod
    def of_size(cls, size: int) -> Sample:
        return cls(records=(SampleRecord(),) * size)

    @property
    def looked_at(self) -> int:
        return sum(record.conforms is not None for record in self.records)

    @property
    def conforming(self) -> int:
        return sum(record.conforms is True for record in self.records)

    @property
    def failing(self) -> int:
        return sum(record.conforms is False for record in self.records)

    def ticked(self, place: int, conforms: bool | None) -> Sample:
        """The same with one record judged; `place` counts from 0."""
        records = list(self.records)
        records[place] = replace(records[place], conforms=conforms)
        return replace(self, records=tuple(records))

    def labelled(self, place: int, label: str) -> Sample:
        """The same with one record's name written down."""
        records = list(self.records)
        records[place] = replace(records[place], label=label)
        return replace(self, records=tuple(records))


@dataclass(frozen=True, kw_only=True, slots=True)
class Rating(Record):
    """Points, or not applicable with a reason, or not seen with a reason; OPEN while only a note, a sample or evidence is there."""

    id: RatingId
    assessment_id: AssessmentId
    checkpoint_id: CheckpointId
    outcome: Outcome = Outcome.OPEN
    points: int | None = None
    reason: Typed = ""
    note: Typed = ""
    sample: Sample | None = None
    is_as_last_time: bool = False
    rated_at: datetime | None = None
    rated_by: PersonId | None = None

    def rated(
        self, points: int, *, at: datetime, by: PersonId | None, is_as_last_time: bool = False
    ) -> Rating:
        """Judged with points (a step of the edition's scale: the caller checks that)."""
        return replace(
            self,
            outcome=Outcome.RATED,
            points=points,
            reason="",
            is_as_last_time=is_as_last_time,
            rated_at=at,
            rated_by=by,
        )

    def not_applicable(self, reason: str, *, at: datetime, by: PersonId | None) -> Rating:
        """Leaves the sum; the reason is written."""
        return self._left_out(Outcome.NOT_APPLICABLE, reason, at, by)

    def not_seen(self, reason: str, *, at: datetime, by: PersonId | None) -> Rating:
        """Lowers the coverage; the reason is written."""
        return self._left_out(Outcome.NOT_SEEN, reason, at, by)

    def cleared(self) -> Rating:
        """Unrated again; note, sample and evidence stay."""
        return replace(
            self,
            outcome=Outcome.OPEN,
            points=None,
            reason="",
            is_as_last_time=False,
            rated_at=None,
            rated_by=None,
        )

    def _left_out(self, outcome: Outcome, reason: str, at: datetime, by: PersonId | None) -> Rating:
        if not reason.strip():
            raise RuleBroken(
                _("A reason is needed."),
                code="rating.reason-missing",
                way_out=_("Write in a few words why this checkpoint is left out."),
            )
        return replace(
            self,
            outcome=outcome,
            points=None,
            reason=reason.strip(),
            is_as_last_time=False,
            rated_at=at,
            rated_by=by,
        )
