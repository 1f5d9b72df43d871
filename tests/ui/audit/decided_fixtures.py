"""A step of the audit's page on a signed audit with two decision makers: `pytest_plugins` of a module names this."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from qma_app.domain.result import Verdict
from tests.services.certified import Certified, certified_in
from tests.ui.audit.decided import Certify, Show
from ui.audit.part import AuditPart
from ui.settings import Settings
from ui.theme import ThemeKeeper
from ui.workbench import Workbench


@pytest.fixture
def certify(tmp_path: Path) -> Iterator[Certify]:
    """A house whose audit is signed with that recommendation; the decision maker is at work."""
    with ExitStack() as stack:
        yield lambda verdict: stack.enter_context(certified_in(tmp_path / "w", verdict))


@pytest.fixture
def certified(certify: Certify) -> Certified:
    return certify(Verdict.PASS)


@pytest.fixture
def conditional(certify: Certify) -> Certified:
    """One major stands in the way of more."""
    return certify(Verdict.CONDITIONAL)


@pytest.fixture
def show(qtbot: QtBot, light: ThemeKeeper, settings: Settings) -> Iterator[Show]:
    """A step shown in a size of its own, kept up to date as the page does it."""
    made: list[tuple[Workbench, AuditPart]] = []

    def shown(kind: type[AuditPart], certified: Certified) -> AuditPart:
        bench = Workbench(settings)
        bench.use(certified.workspace)
        bench.open_dealership(certified.house.dealership.id)
        part = kind(bench)
        qtbot.addWidget(part)
        part.resize(1200, 760)
        part.show_audit(certified.audit_id)
        part.show()
        bench.changed.connect(part.apply_changes)
        made.append((bench, part))
        return part

    yield shown
    for bench, part in made:
        bench.changed.disconnect(part.apply_changes)
        bench.jobs.cancel_all()
