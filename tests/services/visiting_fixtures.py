"""The fixture of tests that live through visits, apart from what they import."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from qma_app.services.workspace import create_workspace
from tests.services.visiting import House, SetClock, make_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    names = count(1)
    clock = SetClock(datetime(2026, 2, 2, 9, tzinfo=UTC))
    with create_workspace(tmp_path / "w", clock=clock, new_id=lambda: f"id-{next(names)}") as workspace:
        yield make_house(workspace, clock)
