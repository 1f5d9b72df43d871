"""Own dealerships side by side: quartiles and percentiles, and nothing at all while they are too few."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AreaId
from qma_app.domain.rating import Rating
from qma_app.domain.standing import applicable_in
from qma_app.services.assessments import start_assessment
from qma_app.services.benchmark import Benchmark, benchmark
from qma_app.services.dealerships import add_dealership, archive_dealership
from qma_app.services.workspace import Workspace

ON = date(2026, 11, 21)
SERVICE = AreaId("service")
POINTS = (4, 6, 6, 8, 10)


def rated(workspace: Workspace, name: str, points: int, only: str = "") -> Dealership:
    """A dealership in which everything that applies has the same points."""
    added = add_dealership(workspace, name=name, country="DE")
    assessment = start_assessment(
        workspace, engagement_id=added.made(Engagement).id, kind=AssessmentKind.BASELINE
    ).made(Assessment)
    with workspace.writing("test.rated") as work:
        for checkpoint in applicable_in(work, assessment):
            if checkpoint.startswith(only):
                rating = Rating(id=work.new_id(), assessment_id=assessment.id, checkpoint_id=checkpoint)  # type: ignore[arg-type]
                work.put(rating.rated(points, at=work.at, by=None))
    return added.made(Dealership)


@pytest.fixture
def five(workspace: Workspace) -> list[Dealership]:
    return [rated(workspace, f"House {place}", points) for place, points in enumerate(POINTS)]


def seen(workspace: Workspace, **options: Any) -> Benchmark:
    with workspace.reading() as reader:
        return benchmark(reader, on=ON, **options)


def test_five_are_compared_the_highest_first(workspace: Workspace, five: list[Dealership]) -> None:
    found = seen(workspace)
    assert (found.count, found.is_hidden) == (5, False)
    assert found.quartiles == (Fraction(60), Fraction(60), Fraction(80))
    assert [(one.dealership.name, one.level, one.percentile, one.quarter) for one in found.lines] == [
        ("House 4", Fraction(100), Fraction(90), 4),
        ("House 3", Fraction(80), Fraction(70), 4),
        ("House 1", Fraction(60), Fraction(40), 3),
        ("House 2", Fraction(60), Fraction(40), 3),
        ("House 0", Fraction(40), Fraction(10), 1),
    ]
    assert found.words == "Half of 5 dealerships lie between 60.0% and 80.0%, the middle is 60.0%."


def test_four_are_hidden(workspace: Workspace, five: list[Dealership]) -> None:
    archive_dealership(workspace, five[0].id)
    found = seen(workspace)
    assert (found.count, found.is_hidden, found.quartiles, found.lines) == (4, True, None, ())
    assert found.words == "4 dealerships are rated; a comparison needs 5."


def test_an_overall_level_counts_only_when_it_is_whole(workspace: Workspace, five: list[Dealership]) -> None:
    rated(workspace, "Only service", 10, only="service.")
    assert seen(workspace).count == 5
    assert seen(workspace, area_id=SERVICE).count == 6


def test_an_area_nobody_has_is_hidden(workspace: Workspace, five: list[Dealership]) -> None:
    assert seen(workspace, area_id=AreaId("space-travel")).is_hidden
