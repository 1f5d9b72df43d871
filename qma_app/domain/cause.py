"""Why something was found: one answer in the tree of whys below a finding."""

from __future__ import annotations

from dataclasses import dataclass

from qma_app.domain.ids import CauseId, EngagementId, FindingId
from qma_app.domain.record import Record, Typed


@dataclass(frozen=True, kw_only=True, slots=True)
class Cause(Record):
    """One answer to "why?": to the finding where `parent_id` is None, else to the cause above it; `place` orders siblings from 0.

    `category` and `origin` are ids of the edition ("" = not yet chosen). `is_changeable` ticks "the owner can change this": a
    cause without one below it that is ticked is a root cause.
    """

    id: CauseId
    engagement_id: EngagementId
    finding_id: FindingId
    words: Typed
    parent_id: CauseId | None = None
    place: int = 0
    category: str = ""
    origin: str = ""
    is_changeable: bool = False
