"""A house on the first morning of its programme, and one that has a plan already."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.coaching_year.year import (
    Year,
    a_year,
)


@pytest.fixture
def year(tmp_path: Path) -> Iterator[Year]:
    with a_year(tmp_path / "w") as year:
        yield year


@pytest.fixture
def planned(tmp_path: Path) -> Iterator[Year]:
    """With a plan in force since the first day."""
    with a_year(tmp_path / "w", is_planned=True) as year:
        yield year
