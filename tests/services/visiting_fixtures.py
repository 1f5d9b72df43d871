"""The fixture of tests that live through visits, apart from what they import."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest

from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.people import Person
from qma_app.services.workspace import create_workspace, open_workspace
from tests.services.visiting import BEGINS, House, SetClock, make_house


@pytest.fixture(scope="session")
def _standing(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, datetime]:
    """A closed workspace with the house, made once and copied, its next id and where its clock stood."""
    folder, names = tmp_path_factory.mktemp("visited") / "w", count(1)
    clock = SetClock(BEGINS)
    with create_workspace(folder, clock=clock, new_id=lambda: f"id-{next(names)}") as workspace:
        make_house(workspace, clock)
    return folder, next(names), clock.at


@pytest.fixture
def house(tmp_path: Path, _standing: tuple[Path, int, datetime]) -> Iterator[House]:
    folder, next_name, at = _standing
    shutil.copytree(folder, tmp_path / "w")
    names, clock = count(next_name), SetClock(at)
    with open_workspace(tmp_path / "w", clock=clock, new_id=lambda: f"id-{next(names)}") as workspace:
        with workspace.reading() as reader:
            (engagement,) = reader.all(Engagement)
            assert engagement.coach_id is not None
            standing = House(
                workspace=workspace,
                clock=clock,
                dealership=reader.get(Dealership, engagement.dealership_id),
                engagement=engagement,
                coach=reader.get(Person, engagement.coach_id),
            )
        workspace.store.hurry()
        yield standing
