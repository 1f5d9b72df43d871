"""The sample, open for reading, and its three programmes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qma_app.domain.assessment import Assessment
from qma_app.domain.engagement import Engagement
from qma_app.domain.standing import current_engagement, list_assessments
from qma_app.services.dealerships import list_dealerships
from qma_app.services.workspace import Workspace, open_workspace
from qma_app.storage.scopes import ReadingScope
from tests.services.sample.made import made_sample


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_sample(tmp_path_factory).folder


@pytest.fixture(scope="module")
def sample(sample_folder: Path) -> Iterator[Workspace]:
    with open_workspace(sample_folder, is_for_reading=True) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def reader(sample: Workspace) -> Iterator[ReadingScope]:
    with sample.reading() as reader:
        yield reader


@pytest.fixture(scope="module")
def first(reader: ReadingScope) -> Engagement:
    """The programme of the first dealership, the one that is opened."""
    return current_engagement(reader, list_dealerships(reader)[0].id)


@pytest.fixture(scope="module")
def second(reader: ReadingScope) -> Engagement:
    """The programme of the smaller one."""
    return current_engagement(reader, list_dealerships(reader)[1].id)


@pytest.fixture(scope="module")
def third(reader: ReadingScope) -> Engagement:
    """The programme that has just begun."""
    return current_engagement(reader, list_dealerships(reader)[2].id)


@pytest.fixture(scope="module")
def assessments(reader: ReadingScope, first: Engagement) -> dict[str, Assessment]:
    """The assessments of the first programme by what they are."""
    names = ("baseline", "month 6", "self", "month 9", "month 12", "audit", "gains")
    return dict(zip(names, list_assessments(reader, first.id), strict=True))
