"""A workspace with one dealership on the shipped standard and an open baseline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Checkpoint
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import CheckpointId
from qma_app.domain.rating import Rating
from qma_app.services.assessments import start_assessment
from qma_app.services.dealerships import add_dealership
from qma_app.services.workspace import Workspace, create_workspace
from tests.builders import NOW

PRICE = CheckpointId("service.repair-order.price-agreed")


@dataclass(frozen=True, kw_only=True)
class Programme:
    """One dealership's programme in an open workspace."""

    workspace: Workspace
    dealership: Dealership
    engagement: Engagement
    assessment: Assessment
    checkpoints: tuple[Checkpoint, ...]

    @property
    def first(self) -> CheckpointId:
        return self.checkpoints[0].id

    def rating(self, checkpoint_id: CheckpointId) -> Rating | None:
        with self.workspace.reading() as reader:
            return reader.ratings(self.assessment.id).get(checkpoint_id)

    def start(self, kind: AssessmentKind, **options: Any) -> Assessment:
        return start_assessment(self.workspace, engagement_id=self.engagement.id, kind=kind, **options).made(
            Assessment
        )


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    seconds, names = count(), count(1)

    def clock() -> datetime:
        return NOW + timedelta(seconds=next(seconds))

    with create_workspace(tmp_path / "w", clock=clock, new_id=lambda: f"id-{next(names)}") as workspace:
        yield workspace


@pytest.fixture
def programme(workspace: Workspace) -> Programme:
    changes = add_dealership(workspace, name="Autohaus Beispiel", country="DE", city="Musterstadt", staff=40)
    engagement = changes.made(Engagement)
    assessment = start_assessment(workspace, engagement_id=engagement.id, kind=AssessmentKind.BASELINE).made(
        Assessment
    )
    with workspace.reading() as reader:
        checkpoints = tuple(reader.edition(engagement.edition).checkpoints.values())
    return Programme(
        workspace=workspace,
        dealership=changes.made(Dealership),
        engagement=engagement,
        assessment=assessment,
        checkpoints=checkpoints,
    )
