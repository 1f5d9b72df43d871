"""The thirty light houses of the command fill the view over all dealerships, and nothing else changes by them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from qma_app.domain.phase_spans import phase_of
from qma_app.services.benchmark import benchmark
from qma_app.services.log import verify_workspace
from qma_app.services.portfolio import PortfolioView, portfolio
from qma_app.services.workspace import Workspace, open_workspace
from qma_app.storage.scopes import ReadingScope
from tests.services.sample.made import demo_by_command

ON = date(2026, 11, 20)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    made = demo_by_command(tmp_path_factory)
    assert made.code == 0, made.error
    with open_workspace(made.folder, is_for_reading=True) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def view(demo: Workspace) -> PortfolioView:
    with demo.reading() as reader:
        return portfolio(reader, on=ON)


def test_the_demo_is_genuine(demo: Workspace) -> None:
    assert verify_workspace(demo).faults == ()


def test_there_are_thirty_light_houses_with_three_coaches(view: PortfolioView) -> None:
    assert len(view.lines) == 33
    assert len(view.cover) == 3
    assert all(line.dealership.is_sample for line in view.lines)
    assert min(line.dealerships for line in view.cover) >= 9


def test_they_stand_in_every_phase(view: PortfolioView, demo: Workspace) -> None:
    with demo.reading() as reader:
        edition = reader.edition(view.lines[0].engagement.edition)
    titles = Counter(line.phase_title.split(",")[0] for line in view.lines)
    for phase in edition.phases:
        assert titles[str(phase.title)] >= 1, phase.id
        assert phase_of(edition, phase.id) is phase
    assert titles["Ended"] == 1


def test_some_are_late_some_at_risk_and_most_go_well(view: PortfolioView) -> None:
    assert 5 <= sum(line.phase_is_late for line in view.lines) <= 10
    assert 6 <= sum(line.gate_at_risk for line in view.lines) <= 16
    assert 10 <= sum(line.overdue_actions > 0 for line in view.lines) <= 16
    waits = [line for line in view.lines if line.next_visit is None and not line.has_ended]
    assert 5 <= len(waits) <= 12


def test_most_have_a_score_with_a_trend(view: PortfolioView) -> None:
    assert sum(line.overall is not None for line in view.lines) >= 30
    trends = [line.trend for line in view.lines if line.trend is not None]
    assert len(trends) >= 12
    assert min(trends) < 0 < max(trends)
    worked_on = [line.rated_areas for line in view.lines if 0 < line.rated_areas < 13]
    assert set(worked_on) <= set(range(4, 9))


def test_they_can_be_compared_by_quartile(demo: Workspace) -> None:
    with demo.reading() as reader:
        found = benchmark(reader, on=ON)
    assert not found.is_hidden
    assert found.quartiles is not None


def test_no_assessment_lies_before_its_programme(demo: Workspace) -> None:
    with demo.reading() as reader:
        assert _too_early(reader) == []


def _too_early(reader: ReadingScope) -> list[str]:
    from qma_app.domain.assessment import Assessment
    from qma_app.domain.engagement import Engagement

    starts = {one.id: one.started_on for one in reader.all(Engagement)}
    return [one.id for one in reader.all(Assessment) if one.started_on < starts[one.engagement_id]]
