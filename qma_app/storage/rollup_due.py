"""What an edit leaves to be done for the rollups of the programmes it touches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.dealership import Site
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AssessmentId, EngagementId
from qma_app.domain.rating import Rating
from qma_app.domain.record import Change, Record
from qma_app.domain.upgrade import Upgrade
from qma_app.storage.rollup_counts import parts_moved
from qma_app.storage.rollup_levels import RatingMove, move_of

if TYPE_CHECKING:
    from qma_app.storage.scopes import WritingScope

_STANDING_FIELDS: Final = ("number", "kind", "scope", "edition", "deleted_at")
_HISTORY_FIELDS: Final = (*_STANDING_FIELDS, "completed_at", "completed_on", "features", "staff")
_ENGAGEMENT_FIELDS: Final = ("deleted_at", "dealership_id", "edition")
_SITE_FIELDS: Final = ("deleted_at", "dealership_id", "features", "staff")


@dataclass(kw_only=True, slots=True)
class Due:
    """What one edit leaves to be done for a programme."""

    is_whole: bool = False
    is_on_new_ground: bool = False
    is_recount: bool = False
    ratings: list[RatingMove] = field(default_factory=list)
    assessments: set[AssessmentId] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)


def due_after(
    scope: WritingScope, changes: Iterable[Change], seen: Mapping[str, Record]
) -> dict[EngagementId, Due]:
    """By programme; `seen` are the records the edit has read already."""
    found: dict[EngagementId, Due] = {}
    for change in changes:
        before, after = change.before, change.after
        if isinstance(after, Rating):
            _note_rating(scope, change, seen, found)
        elif isinstance(after, Assessment):
            _note_assessment(change, after, found)
        elif isinstance(after, Site):
            if _moves(change, _SITE_FIELDS):
                for house in {after.dealership_id, getattr(before, "dealership_id", after.dealership_id)}:
                    for engagement in scope.all(Engagement, dealership_id=house):
                        found.setdefault(engagement.id, Due()).is_whole = True
        elif isinstance(after, Engagement):
            if _moves(change, _ENGAGEMENT_FIELDS):
                found.setdefault(after.id, Due()).is_whole = True
        elif isinstance(after, Upgrade):
            found.setdefault(after.engagement_id, Due()).is_whole = True
        elif parts := parts_moved(change):
            engagement_id: EngagementId = after.engagement_id  # type: ignore[attr-defined]  # all that have parts
            found.setdefault(engagement_id, Due()).parts.update(parts)
    return found


def _note_rating(
    scope: WritingScope, change: Change, seen: Mapping[str, Record], found: dict[EngagementId, Due]
) -> None:
    before, after = change.before, change.after
    assert isinstance(after, Rating)
    move = move_of(before if isinstance(before, Rating) else None, after)
    if move is None:
        return
    known = seen.get(after.assessment_id)
    assessment = (
        known if isinstance(known, Assessment) else scope.find(Assessment, after.assessment_id, in_bin=True)
    )
    if assessment is None or assessment.kind is AssessmentKind.SELF_ASSESSMENT:
        return
    due = found.setdefault(assessment.engagement_id, Due())
    due.ratings.append(move)
    if isinstance(before, Rating) and before.checkpoint_id != after.checkpoint_id:
        due.is_recount = True
    if not assessment.is_open:
        due.assessments.add(assessment.id)


def _note_assessment(change: Change, after: Assessment, found: dict[EngagementId, Due]) -> None:
    if not _moves(change, _HISTORY_FIELDS):
        return
    due = found.setdefault(after.engagement_id, Due())
    due.assessments.add(after.id)
    if _moves(change, _STANDING_FIELDS):
        due.is_on_new_ground = True
        due.is_recount |= change.before is not None


def _moves(change: Change, fields: tuple[str, ...]) -> bool:
    before, after = change.before, change.after
    return before is None or any(getattr(before, name) != getattr(after, name) for name in fields)
