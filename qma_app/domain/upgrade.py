"""A running programme went over to another edition: the record of what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qma_app.domain.ids import CheckpointId, EditionHash, EngagementId, RatingId, UpgradeId
from qma_app.domain.record import Record


@dataclass(frozen=True, kw_only=True, slots=True)
class Carry:
    """Where a checkpoint of the new edition comes from, and the rating that still holds for it; no rating = it is asked again."""

    checkpoint_id: CheckpointId
    source: CheckpointId | None = None
    rating_id: RatingId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Upgrade(Record):
    """A programme left one edition for another; what is not named in `carried` goes on under its own id, unrated.

    Assessments made before keep their edition, their ratings and their papers.
    """

    id: UpgradeId
    engagement_id: EngagementId
    from_edition: EditionHash
    to_edition: EditionHash
    decided_on: date
    carried: tuple[Carry, ...] = ()
