"""A programme on a small edition and the edition after it, with every kind of change in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from qma_app.content.releasing import next_edition
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.edition import Checkpoint, Edition
from qma_app.domain.edition_json import hash_of
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import CheckpointId, EditionHash, EngagementId
from qma_app.domain.record import Changes
from qma_app.services.assessments import complete_assessment, start_assessment
from qma_app.services.ratings import rate_checkpoint
from qma_app.services.upgrading import upgrade_engagement
from qma_app.services.workspace import Workspace
from tests.builders import (
    GREETING,
    PRICE_AGREED,
    STOCK_COUNT,
    a_checkpoint,
    a_dealership,
    a_site,
    a_text,
    an_edition,
    an_engagement,
)

WALK_ROUND, OWN_TIME, OLD_STOCK = (
    CheckpointId("service.reception.walk-round"),
    CheckpointId("service.reception.own-time"),
    CheckpointId("parts.stock.old-stock"),
)
SEATED, COFFEE = CheckpointId("service.reception.seated"), CheckpointId("service.reception.coffee")
CLEAN_SHELF, WHOLE_STOCK = CheckpointId("parts.stock.clean-shelf"), CheckpointId("parts.stock.whole")
POINTS = {GREETING: 8, WALK_ROUND: 6, OWN_TIME: 4, PRICE_AGREED: 10, STOCK_COUNT: 8, OLD_STOCK: 6}


def the_old() -> Edition:
    """Seven checkpoints; `service.repair-order.parts-ready` does not apply to the dealership."""
    return an_edition()


def the_new(old: Edition | None = None, **changes: Any) -> Edition:
    """The next edition: guidance and weight reworded, one split, two merged, one added, one gone, one sharper."""
    old = old or the_old()
    points: list[Checkpoint] = []
    for point in old.checkpoints.values():
        if point.id == GREETING:
            points.append(replace(point, guidance=a_text("Listen at the desk."), weight=3))
        elif point.id == WALK_ROUND:
            points.append(replace(point, statement=a_text("Every car is walked round with its driver.")))
        elif point.id == OWN_TIME:
            points.append(a_checkpoint(SEATED, replaces=(OWN_TIME,)))
            points.append(a_checkpoint(COFFEE, replaces=(OWN_TIME,)))
        elif point.id == STOCK_COUNT:
            points.append(a_checkpoint(WHOLE_STOCK, replaces=(STOCK_COUNT, OLD_STOCK), weight=2))
        elif point.id == OLD_STOCK:
            points.append(a_checkpoint(CLEAN_SHELF))
        elif point.id != "service.repair-order.parts-ready":
            points.append(point)
    return hashed(replace(with_points(next_edition(old, "2026.2"), points), **changes))


def with_points(edition: Edition, points: Iterable[Checkpoint]) -> Edition:
    """The edition with these checkpoints in its processes, by their ids; numbers as they are written."""
    by_process: dict[str, list[Checkpoint]] = {}
    for point in points:
        by_process.setdefault(point.process_id, []).append(point)
    return replace(
        edition,
        areas=tuple(
            replace(
                area,
                processes=tuple(
                    replace(process, checkpoints=tuple(by_process.get(process.id, ())))
                    for process in area.processes
                ),
            )
            for area in edition.areas
        ),
    )


def hashed(edition: Edition) -> Edition:
    return replace(edition, hash=hash_of(edition))


@dataclass(frozen=True, kw_only=True)
class House:
    """A dealership on the old edition with one completed baseline, and the edition it can go over to."""

    workspace: Workspace
    engagement_id: EngagementId
    baseline: Assessment
    old: Edition
    new: Edition

    @property
    def edition(self) -> EditionHash:
        with self.workspace.reading() as reader:
            return reader.get(Engagement, self.engagement_id).edition

    def standing(self) -> dict[CheckpointId, int | None]:
        with self.workspace.reading() as reader:
            return {id: rating.points for id, rating in reader.standing(self.engagement_id).items()}

    def upgrade(self, to: Edition | None = None, **decisions: Any) -> Changes:
        to = to or self.new
        return upgrade_engagement(
            self.workspace,
            self.engagement_id,
            to=to.hash,
            decisions=decisions.get("decisions", {}),
            shipped=(to,),
        )

    def assess(
        self, points: dict[CheckpointId, int], kind: AssessmentKind = AssessmentKind.PROGRESS, **options: Any
    ) -> Assessment:
        return an_assessment_done(self.workspace, self.engagement_id, points, kind, **options)


def a_house(workspace: Workspace, old: Edition | None = None, new: Edition | None = None) -> House:
    old = old or the_old()
    engagement_id = house_on(workspace, old)
    baseline = an_assessment_done(workspace, engagement_id, POINTS, AssessmentKind.BASELINE)
    return House(
        workspace=workspace,
        engagement_id=engagement_id,
        baseline=baseline,
        old=old,
        new=new or the_new(old),
    )


def house_on(workspace: Workspace, edition: Edition) -> EngagementId:
    """The dealership's programme on an edition, nothing assessed yet."""
    with workspace.writing("test.prepared") as work:
        work.put_edition(edition)
        dealership = work.put(a_dealership())
        work.put(a_site(dealership_id=dealership.id))
        engagement = work.put(an_engagement(dealership_id=dealership.id, edition=edition.hash, coach_id=None))
    return EngagementId(engagement.id)


def an_assessment_done(
    workspace: Workspace,
    engagement_id: EngagementId,
    points: dict[CheckpointId, int],
    kind: AssessmentKind,
    *,
    scope: Sequence[Any] | None = None,
    is_completed: bool = True,
) -> Assessment:
    assessment = start_assessment(workspace, engagement_id=engagement_id, kind=kind, scope=scope).made(
        Assessment
    )
    for id, value in points.items():
        rate_checkpoint(workspace, assessment.id, id, points=value)
    if is_completed:
        complete_assessment(workspace, assessment.id)
    with workspace.reading() as reader:
        return reader.get(Assessment, assessment.id)
