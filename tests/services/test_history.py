"""What was done before the program was used is taken over in one edit each, or not at all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AreaId, CheckpointId
from qma_app.domain.plan import PlannedPhase
from qma_app.domain.record import Changes
from qma_app.domain.standing import edition_of
from qma_app.domain.visit import Visit, VisitState
from qma_app.errors import RuleBroken
from qma_app.services.assessments import discard_assessment, reopen_assessment
from qma_app.services.dealerships import add_dealership
from qma_app.services.history import PastVisit, take_over_assessment, take_over_progress
from qma_app.services.planning import make_plan, propose_plan
from qma_app.services.workspace import Workspace


@pytest.fixture
def engagement(workspace: Workspace) -> Engagement:
    start = workspace.today() - timedelta(days=200)
    made = add_dealership(workspace, name="Autohaus Muster", country="DE", started_on=start)
    return made.made(Engagement)


def _points(workspace: Workspace, engagement: Engagement, given: int) -> dict[CheckpointId, int]:
    with workspace.reading() as reader:
        area = edition_of(reader, engagement.id).areas_by_id[AreaId("service")]
        return {point.id: given for process in area.processes for point in process.checkpoints}


def _take_over(workspace: Workspace, engagement: Engagement, **other: object) -> Changes:
    given: dict[str, object] = {
        "kind": AssessmentKind.BASELINE,
        "scope": [AreaId("service")],
        "started_on": engagement.started_on,
        "completed_on": engagement.started_on + timedelta(days=2),
        "points": _points(workspace, engagement, 6),
        "summary": "From the file.",
    }
    return take_over_assessment(workspace, engagement.id, **(given | other))  # type: ignore[arg-type]  # mixed on purpose


def test_an_assessment_is_completed_with_its_points_until_it_is_reopened(
    workspace: Workspace, engagement: Engagement
) -> None:
    _take_over(workspace, engagement)
    with workspace.reading() as reader:
        taken = reader.all(Assessment)[0]
        points = {rating.points for rating in reader.ratings(taken.id).values()}
    assert (taken.is_open, taken.completed_on) == (False, engagement.started_on + timedelta(days=2))
    assert points == {6}
    reopen_assessment(workspace, taken.id, reason="The wrong house.")
    discard_assessment(workspace, taken.id)
    with workspace.reading() as reader:
        assert reader.all(Assessment) == ()


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"completed_on": date(2020, 1, 1)}, "history.days"),
        ({"completed_on": date(2199, 1, 1)}, "history.ahead"),
        ({"scope": [AreaId("parts")]}, "history.points"),
    ],
)
def test_what_does_not_hold_is_refused_and_nothing_is_written(
    workspace: Workspace, engagement: Engagement, other: dict[str, object], code: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        _take_over(workspace, engagement, **other)
    assert broken.value.code == code
    with workspace.reading() as reader:
        assert reader.all(Assessment) == ()


def test_points_off_the_scale_are_refused(workspace: Workspace, engagement: Engagement) -> None:
    with pytest.raises(RuleBroken, match="cannot have 5 points"):
        _take_over(workspace, engagement, points=_points(workspace, engagement, 5))


def test_gates_and_visits_are_taken_over_with_a_reason(workspace: Workspace, engagement: Engagement) -> None:
    with workspace.reading() as reader:
        proposal = propose_plan(reader, engagement.id, on=workspace.today())
    make_plan(workspace, engagement.id, proposal)
    with workspace.reading() as reader:
        first = min(reader.all(PlannedPhase, engagement_id=engagement.id), key=_by_place)
    gates, day = {first.id: first.ends_on}, engagement.started_on + timedelta(days=9)
    with pytest.raises(RuleBroken) as broken:
        take_over_progress(workspace, engagement.id, gates=gates, reason=" ")
    assert broken.value.code == "history.reason-missing"
    take_over_progress(
        workspace,
        engagement.id,
        gates=gates,
        reason="In the file.",
        visits=[PastVisit(day=day, summary="Held.")],
    )
    with workspace.reading() as reader:
        passed = reader.get(PlannedPhase, first.id)
        held = [one for one in reader.all(Visit) if one.state is VisitState.CLOSED]
    assert (passed.passed_on, passed.passed_reason) == (first.ends_on, "In the file.")
    assert [one.held_on for one in held] == [day]


def _by_place(phase: PlannedPhase) -> int:
    return phase.place
