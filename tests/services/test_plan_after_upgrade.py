"""Plan, gates and journey of a programme that went over to another edition, and of one on an edition that says little."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.dealership import Site
from qma_app.domain.edition import GateCondition, Phase
from qma_app.domain.gates import gate_in
from qma_app.domain.ids import PlannedPhaseId
from qma_app.domain.plan import PlannedPhase
from qma_app.domain.plan_reading import PlanReading
from qma_app.domain.standing import standing_result
from qma_app.errors import RuleBroken
from qma_app.services.dealerships import change_site
from qma_app.services.journey import journey, score_course
from qma_app.services.planning import propose_plan
from qma_app.services.ratings import mark_not_applicable
from qma_app.services.workspace import Workspace
from tests.builders import GREETING, TODAY, a_text, an_edition
from tests.services.upgrades import WALK_ROUND, House, a_house, house_on


def levels_agree(house: House) -> bool:
    """Whether the levels kept up mark by mark are those of the standing."""
    with house.workspace.reading() as reader:
        counted = PlanReading(reader, house.engagement_id, on=TODAY).levels
        told = standing_result(reader, house.engagement_id)
    return {id: (one.level, one.tally.coverage) for id, one in counted.items()} == {
        one.area_id: (one.level, one.tally.coverage) for one in told.areas
    }


def test_what_was_carried_over_counts_and_the_course_goes_on(workspace: Workspace) -> None:
    house = a_house(workspace)
    with workspace.reading() as reader:
        before = score_course(reader, house.engagement_id, on=TODAY)
    house.upgrade()
    assert levels_agree(house)
    with workspace.reading() as reader:
        after = score_course(reader, house.engagement_id, on=TODAY)
        view = journey(reader, house.engagement_id, on=TODAY)
        told = standing_result(reader, house.engagement_id)
    assert after.points == before.points
    assert len(after.points) == 1
    assert {area.area_id: area.level for area in view.areas} == {
        area.area_id: area.level if area.is_rated else None for area in told.areas
    }


def test_a_gate_finds_the_baseline_made_in_the_edition_before(workspace: Workspace) -> None:
    house = a_house(workspace)
    house.upgrade()
    condition = GateCondition(id="coverage", check="coverage", title=a_text("Covered"), at_least=50)
    phase = PlannedPhase(
        id=PlannedPhaseId("p"),
        engagement_id=house.engagement_id,
        phase="baseline",
        place=1,
        starts_on=TODAY,
        ends_on=TODAY,
    )
    with workspace.reading() as reader:
        reading = PlanReading(reader, house.engagement_id, on=TODAY)
        baseline = Phase(id="baseline", title=a_text("Baseline"), gate=(condition,))
        reading.__dict__["edition"] = replace(reading.edition, phases=(baseline,))
        view = gate_in(reading, phase)
    assert view.conditions[0].figures == "2 of 2"


def test_not_applicable_leaves_the_burn_up_and_the_sum(workspace: Workspace) -> None:
    house = a_house(workspace)
    later = house.assess({WALK_ROUND: 8}, AssessmentKind.PROGRESS, is_completed=False)
    mark_not_applicable(workspace, later.id, GREETING, reason="Not offered here")
    assert levels_agree(house)
    with workspace.reading() as reader:
        last = score_course(reader, house.engagement_id, on=TODAY).assessed[-1]
        told = standing_result(reader, house.engagement_id).tally
    assert (last.total, last.assessed) == (told.applicable, told.rated)


def test_a_department_lost_counts_no_more_and_changes_no_history(workspace: Workspace) -> None:
    house = a_house(workspace)
    with workspace.reading() as reader:
        before = score_course(reader, house.engagement_id, on=TODAY)
        (site,) = reader.all(Site)
    change_site(workspace, site.id, features=("used-cars",))
    assert levels_agree(house)
    with workspace.reading() as reader:
        after = score_course(reader, house.engagement_id, on=TODAY)
    assert after.points == before.points
    assert (before.assessed[-1].assessed, after.assessed[-1].assessed) == (6, 5)


def test_an_edition_whose_phases_say_no_times_is_planned_in_equal_parts(workspace: Workspace) -> None:
    engagement_id = house_on(workspace, an_edition())
    with workspace.reading() as reader:
        found = propose_plan(reader, engagement_id, on=TODAY)
    assert [span.phase for span in found.phases] == ["baseline", "implement", "audit"]
    assert {area.wave for area in found.areas} == {1}


def test_an_edition_without_phases_cannot_be_planned(workspace: Workspace) -> None:
    engagement_id = house_on(workspace, an_edition(phases=()))
    with (
        workspace.reading() as reader,
        pytest.raises(RuleBroken, check=lambda error: error.code == "plan.no-phases"),
    ):
        propose_plan(reader, engagement_id, on=TODAY)
