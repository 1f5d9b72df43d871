"""The sample's smaller programme, ready to go over to an edited standard."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.standing import list_assessments
from qma_app.services.assessments import complete_assessment
from qma_app.services.dealerships import list_dealerships
from qma_app.services.workspace import Workspace, open_workspace
from tests.services.edited_standard import edited
from tests.services.sample.made import made_sample

ON = date(2026, 11, 21)


@pytest.fixture
def folder(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    shutil.copytree(made_sample(tmp_path_factory).folder, tmp_path / "sample")
    return tmp_path / "sample"


@pytest.fixture
def workspace(folder: Path) -> Iterator[Workspace]:
    with open_workspace(folder) as workspace:
        yield workspace


@pytest.fixture
def second(workspace: Workspace) -> Engagement:
    """The smaller programme, its open assessment completed."""
    with workspace.reading() as reader:
        dealership = list_dealerships(reader)[1].id
        (engagement,) = reader.all(Engagement, dealership_id=dealership)
        still_open = [one.id for one in list_assessments(reader, engagement.id) if one.is_open]
    for id in still_open:
        complete_assessment(workspace, id, on=ON)
    return engagement


@pytest.fixture
def old(workspace: Workspace, second: Engagement) -> Edition:
    with workspace.reading() as reader:
        return reader.edition(second.edition)


@pytest.fixture
def new(old: Edition) -> Edition:
    return edited(old)
