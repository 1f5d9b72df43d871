"""A workspace with one dealership on the shipped standard and an open baseline."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
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
from qma_app.services.workspace import Workspace, create_workspace, open_workspace
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


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A closed workspace made once and copied for each test, with where its clock and its ids stood."""

    folder: Path
    seconds: int
    names: int


@pytest.fixture
def workspace(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Workspace]:
    """Empty, unless the test also asks for the programme in it; its clock ticks a second with each look."""
    made = kept(begin_house if "programme" in request.fixturenames else _leave)
    shutil.copytree(made.folder, tmp_path / "w")
    seconds, names = count(made.seconds), count(made.names)

    def clock() -> datetime:
        return NOW + timedelta(seconds=next(seconds))

    with open_workspace(tmp_path / "w", clock=clock, new_id=lambda: f"id-{next(names)}") as workspace:
        workspace.store.hurry()
        yield workspace


@pytest.fixture
def programme(workspace: Workspace) -> Programme:
    """The dealership's programme and its open baseline."""
    return programme_in(workspace)


def programme_in(workspace: Workspace) -> Programme:
    """The programme of the one dealership there."""
    with workspace.reading() as reader:
        (engagement,) = reader.all(Engagement)
        return Programme(
            workspace=workspace,
            dealership=reader.get(Dealership, engagement.dealership_id),
            engagement=engagement,
            assessment=reader.all(Assessment)[0],
            checkpoints=tuple(reader.edition(engagement.edition).checkpoints.values()),
        )


@cache
def kept(fill: Callable[[Workspace], None]) -> Kept:
    """Filled once; its folder goes with the process."""
    keeper = TemporaryDirectory(prefix="kept-")
    atexit.register(keeper.cleanup)
    folder, seconds, names = Path(keeper.name) / "w", count(), count(1)

    def clock() -> datetime:
        return NOW + timedelta(seconds=next(seconds))

    with create_workspace(folder, clock=clock, new_id=lambda: f"id-{next(names)}") as workspace:
        fill(workspace)
    return Kept(folder=folder, seconds=next(seconds), names=next(names))


def _leave(workspace: Workspace) -> None:
    """Nothing is put in it."""


def begin_house(workspace: Workspace) -> None:
    """Put one dealership with an open baseline in a workspace."""
    changes = add_dealership(workspace, name="Autohaus Beispiel", country="DE", city="Musterstadt", staff=40)
    start_assessment(workspace, engagement_id=changes.made(Engagement).id, kind=AssessmentKind.BASELINE)
