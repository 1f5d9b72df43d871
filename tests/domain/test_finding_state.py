"""How far a finding has come follows from its actions and checks, and nothing closes on a promise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from qma_app.domain.action import Action, Stage
from qma_app.domain.finding import FindingGrade
from qma_app.domain.finding_state import (
    FindingState,
    action_is_overdue,
    closing_obstacles,
    is_overdue,
    stage_of,
    state_of,
    wants_check,
)
from qma_app.domain.verification import Effect
from tests.builders import TODAY, a_finding, a_verification, an_action

DAY = timedelta(days=1)
PLANNED = an_action(1)
STARTED = replace(PLANNED, started_on=TODAY)
DONE = replace(STARTED, done_on=TODAY)
SHOWN = replace(DONE, effective_on=TODAY)
SECOND = an_action(2)
SEEN_AGAIN = a_verification(Effect.EFFECTIVE)
ACCEPTED = a_finding(plan_accepted_on=TODAY)


@pytest.mark.parametrize(
    ("action", "stage"),
    [(PLANNED, Stage.PLAN), (STARTED, Stage.DO), (DONE, Stage.CHECK), (SHOWN, Stage.ACT)],
)
def test_the_stage_of_an_action_follows_from_its_days(action: Action, stage: Stage) -> None:
    assert action.stage is stage
    assert action.is_open is (stage is not Stage.ACT)


@pytest.mark.parametrize(
    ("actions", "stage"),
    [
        ([], Stage.PLAN),
        ([SHOWN, STARTED], Stage.DO),
        ([SHOWN, replace(SECOND, done_on=TODAY)], Stage.CHECK),
        ([SHOWN, replace(SECOND, dropped_on=TODAY)], Stage.ACT),
        ([SHOWN, replace(SECOND, is_proposal=True)], Stage.ACT),
    ],
)
def test_a_finding_is_as_far_as_its_least_advanced_agreed_action(actions: list[Action], stage: Stage) -> None:
    assert stage_of(a_finding(), actions) is stage


def test_a_closed_finding_is_at_act_whatever_its_actions_say() -> None:
    assert stage_of(a_finding(closed_on=TODAY), [PLANNED]) is Stage.ACT
    assert state_of(a_finding(closed_on=TODAY), [PLANNED]) is FindingState.CLOSED


def test_the_way_of_a_finding() -> None:
    seen = a_finding()
    assert state_of(seen, []) is FindingState.SEEN
    assert state_of(seen, [PLANNED]) is FindingState.PLANNED
    assert state_of(ACCEPTED, [PLANNED]) is FindingState.PLAN_ACCEPTED
    assert state_of(ACCEPTED, [STARTED]) is FindingState.PLAN_ACCEPTED
    assert state_of(ACCEPTED, [DONE]) is FindingState.TO_VERIFY
    assert state_of(ACCEPTED, [SHOWN]) is FindingState.EFFECTIVE
    assert state_of(seen, [], [SEEN_AGAIN]) is FindingState.EFFECTIVE
    assert state_of(ACCEPTED, [replace(PLANNED, dropped_on=TODAY)]) is FindingState.PLAN_ACCEPTED


def test_the_last_check_of_a_finding_counts_not_the_best() -> None:
    later = a_verification(Effect.NOT_SHOWN, verified_on=TODAY + DAY)
    assert state_of(a_finding(), [], [SEEN_AGAIN, later]) is FindingState.SEEN
    planned = a_verification(None)
    assert state_of(a_finding(), [], [SEEN_AGAIN, planned]) is FindingState.EFFECTIVE


@pytest.mark.parametrize("grade", [FindingGrade.MAJOR, FindingGrade.MINOR])
def test_nothing_closes_on_a_promise(grade: FindingGrade) -> None:
    finding = a_finding(grade=grade)
    assert [one.code for one in closing_obstacles(finding, [])] == ["unverified"]
    assert [one.code for one in closing_obstacles(finding, [DONE])] == ["effect"]
    (obstacle,) = closing_obstacles(finding, [DONE, SECOND])
    assert "A-001, A-002" in obstacle.words
    assert closing_obstacles(finding, [SHOWN]) == ()
    assert closing_obstacles(finding, [], [SEEN_AGAIN]) == ()
    assert [one.code for one in closing_obstacles(finding, [SHOWN, SECOND], [SEEN_AGAIN])] == ["effect"]


def test_what_is_missing_in_the_causes_stands_in_the_way_too() -> None:
    (obstacle,) = closing_obstacles(a_finding(), [SHOWN], cause_words=("Ask why once more.",))
    assert (obstacle.code, obstacle.words) == ("cause", "Ask why once more.")


@pytest.mark.parametrize("grade", [FindingGrade.IMPROVEMENT, FindingGrade.GOOD_PRACTICE])
def test_where_no_requirement_is_broken_a_note_is_enough(grade: FindingGrade) -> None:
    assert closing_obstacles(a_finding(grade=grade), [PLANNED], cause_words=("x",)) == ()


def test_late_is_only_what_still_has_to_be_done() -> None:
    late = a_finding(due_on=TODAY - DAY)
    assert is_overdue(late, TODAY)
    assert not is_overdue(replace(late, due_on=TODAY), TODAY)
    assert not is_overdue(replace(late, closed_on=TODAY), TODAY)
    assert not is_overdue(replace(late, grade=FindingGrade.GOOD_PRACTICE), TODAY)
    action = an_action(due_on=TODAY - DAY)
    assert action_is_overdue(action, TODAY)
    assert not action_is_overdue(replace(action, done_on=TODAY), TODAY)
    assert not action_is_overdue(replace(action, is_proposal=True), TODAY)
    assert not action_is_overdue(replace(action, due_on=None), TODAY)


def test_an_effect_is_looked_for_sixty_days_after_the_due_day_unless_agreed_otherwise() -> None:
    action = replace(DONE, due_on=date(2026, 9, 1))
    assert action.checked_from == date(2026, 10, 31)
    assert wants_check(action, date(2026, 10, 31))
    assert not wants_check(action, date(2026, 10, 30))
    assert wants_check(replace(action, check_on=TODAY), TODAY)
    assert wants_check(replace(action, due_on=None), TODAY)
    assert not wants_check(replace(action, done_on=None), date(2027, 1, 1))
    assert not wants_check(replace(action, effective_on=TODAY), date(2027, 1, 1))
