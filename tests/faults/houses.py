"""A dealership with an open baseline, in a folder and under a clock of the test's choice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.services.assessments import start_assessment
from qma_app.services.dealerships import add_dealership
from qma_app.services.workspace import Workspace, create_workspace
from tests.builders import NOW
from tests.services.conftest import Programme


def ticking(start: datetime = NOW) -> Callable[[], datetime]:
    """A clock that is a second later at each look."""
    seconds = count()
    return lambda: start + timedelta(seconds=next(seconds))


def a_house(folder: Path, *, clock: Callable[[], datetime] | None = None) -> Programme:
    """A new workspace with one dealership and an open baseline; whoever asks closes it."""
    return in_house(create_workspace(folder, clock=clock or ticking()))


def in_house(workspace: Workspace) -> Programme:
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


def files_in(folder: Path) -> dict[str, int]:
    """Every file below a folder with its size, the database's own journals left out."""
    return {
        str(path.relative_to(folder)): path.stat().st_size
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }
