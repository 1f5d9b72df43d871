"""A programme that has ended begins nothing new; what is open is finished, and what was done before may still be written down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.promise import Promise
from qma_app.domain.visit import Visit, VisitState
from qma_app.services import visits
from qma_app.services.assessments import complete_assessment, correct_assessment, start_assessment
from qma_app.services.engagements import end_engagement, take_up_engagement
from qma_app.services.gates import state_for_gate
from qma_app.services.promises import change_promise, keep_promise, make_promise
from qma_app.services.visit_notes import note
from tests.services.visiting import MONDAY, House, refused

pytest_plugins = ["tests.services.visiting_fixtures"]

LATER = MONDAY + timedelta(days=3)


def begun(house: House, day: date | None = None) -> Assessment:
    return start_assessment(
        house.workspace, engagement_id=house.engagement.id, kind=AssessmentKind.BASELINE, started_on=day
    ).made(Assessment)


def promised(house: House, day: date | None = None) -> Promise:
    return make_promise(
        house.workspace, house.engagement.id, what="A lift", who="Paul", due_on=None, made_on=day
    ).made(Promise)


def stated(house: House, day: date | None = None) -> Any:
    return state_for_gate(
        house.workspace, house.engagement.id, check="staff-survey-done", words="held in May", on=day
    )


def end(house: House) -> None:
    """The programme ends on Monday, and it is Thursday."""
    house.clock.put(MONDAY, 18)
    end_engagement(house.workspace, house.engagement.id, on=MONDAY, reason="sold")
    house.clock.put(LATER)


@pytest.mark.parametrize(
    ("begin", "code"),
    [(begun, "assessment.after-end"), (promised, "promise.after-end"), (stated, "gate.after-end")],
)
def test_nothing_new_begins_until_it_is_taken_up(house: House, begin: Callable[..., Any], code: str) -> None:
    end(house)
    with refused(code) as told:
        begin(house)
    assert "ended on 2 Mar 2026" in str(told.value)
    assert "Take the programme up again first." in str(told.value)
    begin(house, MONDAY)
    take_up_engagement(house.workspace, house.engagement.id)
    begin(house)


def test_a_paused_visit_does_not_go_on_but_is_closed_with_its_notes(house: House) -> None:
    visit = house.plan(MONDAY)
    house.clock.put(MONDAY, 9)
    visits.start_visit(house.workspace, visit.id)
    house.clock.put(MONDAY, 11)
    visits.pause_visit(house.workspace, visit.id)
    end(house)
    with refused("visit.after-end"):
        visits.resume_visit(house.workspace, visit.id)
    note(house.workspace, house.engagement.id, "The lift is ordered", visit_id=visit.id)
    visits.write_summary(house.workspace, visit.id, "The last one")
    visits.close_visit(house.workspace, visit.id)
    assert house.get(Visit, visit.id).state is VisitState.CLOSED


def test_what_is_open_is_finished(house: House) -> None:
    house.clock.put(MONDAY, 9)
    assessment, promise = begun(house), promised(house)
    end(house)
    complete_assessment(house.workspace, assessment.id)
    keep_promise(house.workspace, promise.id, outcome="It stands there")
    assert house.get(Assessment, assessment.id).completed_on == LATER
    assert house.get(Promise, promise.id).kept_on == LATER


def test_days_are_not_moved_behind_the_end(house: House) -> None:
    house.clock.put(MONDAY, 9)
    assessment, promise = begun(house), promised(house)
    end(house)
    with refused("assessment.after-end"):
        correct_assessment(house.workspace, assessment.id, started_on=LATER)
    with refused("promise.after-end"):
        change_promise(house.workspace, promise.id, made_on=LATER)
    change_promise(house.workspace, promise.id, what="Two lifts")
