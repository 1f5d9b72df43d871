"""The fixtures of tests about signatures: an audit ready to be signed, and one that is signed, each made once and copied."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from qma_app.domain.audit import Audit
from qma_app.domain.certification import IssuedFile
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.people import Person, Role, Worker
from qma_app.services.workspace import create_workspace, open_workspace
from tests.services.auditing import Audited
from tests.services.issued_papers import Papers, make_papers
from tests.services.signed import make_ready, sign
from tests.services.visiting import House, SetClock, make_house

BEGINS = datetime(2026, 2, 2, 9, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A closed workspace, its next id, and where its clock stood."""

    folder: Path
    next_name: int
    at: datetime


@pytest.fixture(scope="session")
def _kept_ready(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder, names, clock = tmp_path_factory.mktemp("ready") / "w", count(1), SetClock(BEGINS)
    with create_workspace(folder, clock=clock, new_id=lambda: f"id-{next(names)}") as workspace:
        workspace.store.hurry()
        make_ready(make_house(workspace, clock))
    return Kept(folder=folder, next_name=next(names), at=clock.at)


@pytest.fixture(scope="session")
def _kept_signed(_kept_ready: Kept, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = tmp_path_factory.mktemp("signed") / "w"
    with opened(_kept_ready, folder) as audited:
        sign(audited)
        at = audited.house.clock.at
    return Kept(folder=folder, next_name=_kept_ready.next_name + 100, at=at)


@pytest.fixture(scope="session")
def papers(_kept_ready: Kept, tmp_path_factory: pytest.TempPathFactory) -> Papers:
    """A signed report and a signed certificate with their register."""
    with opened(_kept_ready, tmp_path_factory.mktemp("papers") / "w") as audited:
        return make_papers(audited)


@pytest.fixture
def ready(_kept_ready: Kept, tmp_path: Path) -> Iterator[Audited]:
    """An audit with everything done but the signature."""
    with opened(_kept_ready, tmp_path / "w") as audited:
        yield audited


@pytest.fixture
def signed(_kept_signed: Kept, tmp_path: Path) -> Iterator[Audited]:
    """The same, signed with a key for trial."""
    with opened(_kept_signed, tmp_path / "w") as audited:
        yield audited


@pytest.fixture
def issued(signed: Audited) -> IssuedFile:
    """The record of the signed report."""
    (issued,) = signed.house.all(IssuedFile)
    return issued


@contextmanager
def opened(kept: Kept, folder: Path) -> Iterator[Audited]:
    """A copy of a kept workspace with its auditor at work."""
    shutil.copytree(kept.folder, folder)
    names, clock = count(kept.next_name), SetClock(kept.at)
    with open_workspace(folder, clock=clock, new_id=lambda: f"id-{next(names)}") as workspace:
        workspace.store.hurry()
        with workspace.reading() as reader:
            (engagement,), (audit,) = reader.all(Engagement), reader.all(Audit)
            assert engagement.coach_id is not None
            assert audit.lead_id is not None
            house = House(
                workspace=workspace,
                clock=clock,
                dealership=reader.get(Dealership, engagement.dealership_id),
                engagement=engagement,
                coach=reader.get(Person, engagement.coach_id),
            )
            auditor = reader.get(Person, audit.lead_id)
        workspace.set_worker(Worker(person_id=auditor.id, role=Role.AUDITOR))
        yield Audited(house=house, auditor=auditor, audit_id=audit.id, rated=())
