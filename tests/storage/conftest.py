"""A store on a temporary folder, with a clock that ticks by itself and ids that count."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from qma_app.domain.assessment import Assessment
from qma_app.domain.engagement import Engagement
from qma_app.storage.evidence_files import EvidenceFiles
from qma_app.storage.schema import create_database
from qma_app.storage.store import DATABASE, Store
from tests.builders import NOW, a_dealership, an_assessment, an_edition, an_engagement

KEY = bytes(range(32))


@pytest.fixture(scope="session")
def blank_database(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a fresh database: made once, copied for each test."""
    path = tmp_path_factory.mktemp("blank") / DATABASE
    create_database(path, KEY)
    return path.read_bytes()


def ticking() -> Callable[[], datetime]:
    """A clock that is a second later at each look."""
    steps = count()
    return lambda: NOW + timedelta(seconds=next(steps))


def counting() -> Callable[[], str]:
    """Ids `id-1`, `id-2` ..."""
    steps = count(1)
    return lambda: f"id-{next(steps)}"


def open_store(folder: Path) -> Store:
    evidence = EvidenceFiles(folder / "evidence", bytes(32))
    return Store(folder / DATABASE, KEY, evidence, clock=ticking(), new_id=counting())


@pytest.fixture
def store(tmp_path: Path, blank_database: bytes) -> Iterator[Store]:
    (tmp_path / DATABASE).write_bytes(blank_database)
    store = open_store(tmp_path)
    yield store
    store.close()


@pytest.fixture
def assessment(store: Store) -> Assessment:
    """An open assessment of a dealership, with everything it rests on stored."""
    edition = an_edition()
    with store.writing("test.prepared") as work:
        work.put_edition(edition)
        dealership = work.put(a_dealership())
        engagement: Engagement = work.put(
            an_engagement(dealership_id=dealership.id, edition=edition.hash, coach_id=None)
        )
        return work.put(an_assessment(engagement_id=engagement.id, assessor_id=None))
