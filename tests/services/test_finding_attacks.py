"""Every way round the rule that nothing closes on a promise: each is refused, or leads back to a check."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from qma_app.domain.action import Action, Stage
from qma_app.domain.cause import Cause
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding, FindingGrade, Sighting
from qma_app.domain.month import Month
from qma_app.domain.record import Changes
from qma_app.domain.verification import Effect, Verification, VerificationKind
from qma_app.errors import NotFound, RuleBroken, StaleEdit
from qma_app.i18n import number_text
from qma_app.services import actions, causes, findings, readings, verifying
from qma_app.services.bin import restore_from_bin
from qma_app.services.dealerships import add_dealership
from qma_app.services.log import verify_workspace
from qma_app.services.undoing import redo, undo
from qma_app.services.verifying import Target
from tests.services.conftest import Programme
from tests.settling import settle, understand

SEEN, DONE, CHECKED, TODAY = date(2026, 3, 2), date(2026, 6, 30), date(2026, 9, 1), date(2026, 11, 21)


def refused(code: str) -> Any:
    return pytest.raises(RuleBroken, check=lambda error: error.code == code)


@pytest.fixture
def finding(programme: Programme) -> Finding:
    """A major that is understood, with nothing done about it."""
    made = findings.raise_finding(
        programme.workspace,
        engagement_id=programme.engagement.id,
        statement="No price on the order",
        grade=FindingGrade.MAJOR,
        seen_on=SEEN,
    ).made(Finding)
    understand(programme.workspace, made.id)
    return made


def planned(programme: Programme, *found: Finding, **fields: Any) -> Action:
    return actions.plan_action(
        programme.workspace,
        engagement_id=programme.engagement.id,
        what="Price before the key",
        findings=[one.id for one in found],
        **fields,
    ).made(Action)


def done(programme: Programme, *found: Finding, **fields: Any) -> Action:
    action = planned(programme, *found, **fields)
    return actions.move_action(programme.workspace, action.id, Stage.CHECK, on=DONE).of(Action)[0]


def checked(programme: Programme, action: Action, *, failing: int = 0, on: date = CHECKED) -> Any:
    target = Target(action_id=action.id)
    return verifying.verify_by_sample(programme.workspace, target, size=10, allowed=1, failing=failing, on=on)


def looked_at(programme: Programme, finding: Finding, *, on: date = CHECKED, points: int = 10) -> Any:
    return verifying.verify_by_look(programme.workspace, Target(finding_id=finding.id), points=points, on=on)


def close(programme: Programme, finding: Finding) -> Any:
    return findings.close_finding(programme.workspace, finding.id, note="settled")


def now(programme: Programme, record: Any) -> Any:
    with programme.workspace.reading() as reader:
        return reader.get(type(record), record.id)


class TestWrittenByHand:
    """What follows from a use case is written by no correction."""

    @pytest.mark.parametrize(
        "fields",
        [
            {"number": 7},
            {"engagement_id": "elsewhere"},
            {"dropped_on": DONE},
            {"is_proposal": True},
            {"reopened": 0},
            {"version": 0},
            {"deleted_at": None},
        ],
    )
    def test_of_an_action(self, programme: Programme, finding: Finding, fields: dict[str, Any]) -> None:
        action = done(programme, finding)
        with pytest.raises(ValueError, match="by hand"):
            actions.change_action(programme.workspace, action.id, **fields)
        assert now(programme, action) == action

    @pytest.mark.parametrize("name", ["effective_on", "standardised_on", "dropped_on"])
    def test_of_an_action_that_is_new(self, programme: Programme, finding: Finding, name: str) -> None:
        with pytest.raises(ValueError, match="by hand"):
            planned(programme, finding, **{name: DONE})

    @pytest.mark.parametrize(
        "fields",
        [
            {"number": 7},
            {"engagement_id": "elsewhere"},
            {"closed_on": DONE},
            {"plan_accepted_on": DONE},
            {"reopened": 3},
        ],
    )
    def test_of_a_finding(self, programme: Programme, finding: Finding, fields: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match="by hand"):
            findings.change_finding(programme.workspace, finding.id, **fields)
        assert now(programme, finding).is_open

    @pytest.mark.parametrize("name", ["parent_id", "finding_id", "engagement_id"])
    def test_of_a_cause(self, programme: Programme, finding: Finding, name: str) -> None:
        cause = causes.add_cause(programme.workspace, finding.id, words="Nobody asks").made(Cause)
        with pytest.raises(ValueError, match="by hand"):
            causes.change_cause(programme.workspace, cause.id, **{name: cause.id})

    @pytest.mark.parametrize("name", ["effect", "verified_on", "readings", "action_id"])
    def test_of_a_check(self, programme: Programme, finding: Finding, name: str) -> None:
        target = Target(finding_id=finding.id)
        value: Any = Effect.EFFECTIVE if name == "effect" else DONE
        look = VerificationKind.LOOK
        if name != "action_id":
            with pytest.raises(ValueError, match="by hand"):
                verifying.plan_verification(programme.workspace, target, kind=look, **{name: value})
        plan = verifying.plan_verification(programme.workspace, target, kind=look).made(Verification)
        with pytest.raises(ValueError, match="by hand"):
            verifying.change_verification(programme.workspace, plan.id, **{name: value})
        assert not now(programme, plan).is_made

    def test_the_day_of_an_effect_moves_by_a_check_only(self, programme: Programme, finding: Finding) -> None:
        action = done(programme, finding)
        checked(programme, action)
        for day in (DONE, TODAY, None):
            with refused("action.verified"):
                actions.change_action(programme.workspace, action.id, effective_on=day)
        with refused("action.verified"):
            actions.change_action(programme.workspace, action.id, done_on=None)
        with refused("verification.too-early"):
            actions.change_action(programme.workspace, action.id, done_on=TODAY)
        actions.change_action(programme.workspace, action.id, done_on=date(2026, 7, 1))

    def test_what_is_not_shown_is_no_new_way_of_working(self, programme: Programme) -> None:
        with refused("action.unverified"):
            actions.change_action(programme.workspace, done(programme).id, standardised_on=TODAY)


class TestGrades:
    """A lighter grade is no way through."""

    def test_closed_as_an_improvement_it_does_not_become_a_major(
        self, programme: Programme, finding: Finding
    ) -> None:
        light = {"grade": FindingGrade.IMPROVEMENT, "grade_reason": "Mild"}
        findings.change_finding(programme.workspace, finding.id, **light)
        close(programme, finding)
        for grade in (FindingGrade.MAJOR, FindingGrade.MINOR):
            with refused("finding.not-shown"):
                findings.change_finding(programme.workspace, finding.id, grade=grade)
        findings.reopen_finding(programme.workspace, finding.id)
        findings.change_finding(programme.workspace, finding.id, grade=FindingGrade.MAJOR)
        with refused("finding.not-shown"):
            close(programme, finding)

    def test_nor_by_taking_the_lighter_grade_back(self, programme: Programme, finding: Finding) -> None:
        lighter = findings.change_finding(programme.workspace, finding.id, grade=FindingGrade.IMPROVEMENT)
        close(programme, finding)
        with pytest.raises(StaleEdit):
            undo(programme.workspace, lighter)
        lighter = findings.change_finding(programme.workspace, finding.id, grade=FindingGrade.GOOD_PRACTICE)
        undo(programme.workspace, lighter)


class TestOldEffects:
    """An effect that was shown before the finding was last seen shows nothing."""

    def test_seen_again_it_wants_a_new_check_of_its_action(
        self, programme: Programme, finding: Finding
    ) -> None:
        action = done(programme, finding)
        checked(programme, action)
        close(programme, finding)
        again = findings.note_sighting(programme.workspace, finding.id, seen_on=date(2026, 10, 5))
        with refused("finding.not-shown"):
            close(programme, finding)
        checked(programme, action, on=TODAY)
        close(programme, finding)
        assert again.made(Sighting).seen_on == date(2026, 10, 5)

    def test_seen_again_it_wants_a_new_look_at_it(self, programme: Programme, finding: Finding) -> None:
        looked_at(programme, finding)
        close(programme, finding)
        findings.note_sighting(programme.workspace, finding.id, seen_on=date(2026, 10, 5))
        with refused("finding.not-shown"):
            close(programme, finding)
        looked_at(programme, finding, on=TODAY)
        close(programme, finding)

    def test_an_action_proven_before_does_not_settle_what_was_seen_later(
        self, programme: Programme, finding: Finding
    ) -> None:
        action = done(programme)
        checked(programme, action)
        later = findings.raise_finding(
            programme.workspace,
            engagement_id=programme.engagement.id,
            statement="Still none",
            grade=FindingGrade.MINOR,
            seen_on=TODAY,
        ).made(Finding)
        for one in (finding, later):
            actions.link_action(programme.workspace, action.id, one.id)
        close(programme, finding)
        with refused("finding.not-shown"):
            close(programme, later)

    def test_a_look_before_an_action_failed_does_not_outlive_it(
        self, programme: Programme, finding: Finding
    ) -> None:
        looked_at(programme, finding, on=DONE)
        action = done(programme, finding)
        checked(programme, action, failing=9)
        actions.drop_action(programme.workspace, action.id, reason="No use")
        with refused("finding.not-shown"):
            close(programme, finding)


class TestWithoutActions:
    """Whatever happens to the actions, somebody has to look."""

    @pytest.mark.parametrize("how", ["drop", "delete", "unlink", "proposal"])
    def test_taking_them_away_closes_nothing(self, programme: Programme, finding: Finding, how: str) -> None:
        workspace = programme.workspace
        action = planned(programme, finding, is_proposal=how == "proposal")
        match how:
            case "drop":
                actions.drop_action(workspace, action.id, reason="Too dear")
            case "delete":
                actions.delete_action(workspace, action.id)
            case "unlink":
                actions.unlink_action(workspace, action.id, finding.id)
        with refused("finding.not-shown"):
            close(programme, finding)

    def test_an_action_of_another_programme_serves_no_finding_here(
        self, programme: Programme, finding: Finding
    ) -> None:
        workspace = programme.workspace
        other = add_dealership(workspace, name="Haus Zwei", country="DE", city="Muster", staff=9)
        theirs = actions.plan_action(workspace, engagement_id=other.made(Engagement).id, what="Theirs").made(
            Action
        )
        with refused("action.other-programme"):
            actions.link_action(workspace, theirs.id, finding.id)
        with refused("action.counted-in-unknown"):
            actions.change_action(workspace, theirs.id, counted_in=planned(programme).id)

    def test_a_deleted_action_is_not_checked(self, programme: Programme, finding: Finding) -> None:
        action = done(programme, finding)
        actions.delete_action(programme.workspace, action.id)
        with pytest.raises(NotFound):
            checked(programme, action)
        restore_from_bin(programme.workspace, Action, action.id)
        with refused("finding.not-shown"):
            close(programme, finding)


class TestDays:
    """A check is made on a day that has come."""

    def test_not_on_a_day_ahead(self, programme: Programme, finding: Finding) -> None:
        action = done(programme, finding)
        for day in (date(2026, 11, 22), date.max):
            with refused("verification.ahead"):
                checked(programme, action, on=day)
        assert now(programme, action).stage is Stage.CHECK

    def test_the_last_day_there_is_has_a_day_of_checking(self, programme: Programme) -> None:
        assert planned(programme, due_on=date.max).checked_from == date.max

    def test_a_leap_day_is_a_day(self, programme: Programme, finding: Finding) -> None:
        action = planned(programme, finding, due_on=date(2024, 2, 29))
        assert action.checked_from == date(2024, 4, 29)
        actions.move_action(programme.workspace, action.id, Stage.CHECK, on=date(2024, 2, 29))
        checked(programme, action, on=date(2024, 4, 29))

    def test_twice_shown_stays_shown_since_the_first_day(
        self, programme: Programme, finding: Finding
    ) -> None:
        action = done(programme, finding)
        checked(programme, action)
        checked(programme, action, on=TODAY)
        assert now(programme, action).effective_on == CHECKED


class TestStepsBack:
    """Undo and redo, in whatever order, leave no finding closed on what was taken back."""

    def test_the_check_it_was_closed_on_is_not_taken_back(
        self, programme: Programme, finding: Finding
    ) -> None:
        check = checked(programme, done(programme, finding))
        closed = close(programme, finding)
        with pytest.raises(StaleEdit):
            undo(programme.workspace, check)
        undo(programme.workspace, closed)
        undo(programme.workspace, check)
        redo(programme.workspace, check)
        redo(programme.workspace, closed)
        assert not now(programme, finding).is_open

    def test_nor_the_look_at_the_finding(self, programme: Programme, finding: Finding) -> None:
        look = looked_at(programme, finding)
        close(programme, finding)
        with pytest.raises(StaleEdit):
            undo(programme.workspace, look)

    def test_closing_is_not_made_again_after_a_failed_check(
        self, programme: Programme, finding: Finding
    ) -> None:
        action = done(programme, finding)
        checked(programme, action)
        closed = close(programme, finding)
        undo(programme.workspace, closed)
        checked(programme, action, failing=5, on=TODAY)
        with pytest.raises(StaleEdit):
            redo(programme.workspace, closed)
        assert now(programme, finding).is_open

    def test_nor_is_opening_taken_back(self, programme: Programme, finding: Finding) -> None:
        action = done(programme, finding)
        checked(programme, action)
        close(programme, finding)
        opened = findings.reopen_finding(programme.workspace, finding.id)
        checked(programme, action, failing=5, on=TODAY)
        with pytest.raises(StaleEdit):
            undo(programme.workspace, opened)

    def test_a_failed_check_taken_back_at_once_puts_everything_back(
        self, programme: Programme, finding: Finding
    ) -> None:
        action = done(programme, finding)
        checked(programme, action)
        close(programme, finding)
        failed = checked(programme, action, failing=5, on=TODAY)
        assert now(programme, finding).is_open
        undo(programme.workspace, failed)
        assert not now(programme, finding).is_open
        redo(programme.workspace, failed)
        assert now(programme, finding).is_open

    def test_what_was_closed_before_the_rule_can_be_opened_and_closed_by_a_step_back(
        self, programme: Programme, finding: Finding
    ) -> None:
        with programme.workspace.writing("finding.closed") as work:
            work.put(replace(work.get(Finding, finding.id), closed_on=DONE))
        opened = findings.reopen_finding(programme.workspace, finding.id)
        undo(programme.workspace, opened)
        assert not now(programme, finding).is_open

    def test_causes_do_not_end_in_a_ring(self, programme: Programme, finding: Finding) -> None:
        a, b = (causes.add_cause(programme.workspace, finding.id, words=words).made(Cause) for words in "ab")
        first = causes.move_cause(programme.workspace, b.id, parent_id=a.id)
        undo(programme.workspace, first)
        causes.move_cause(programme.workspace, a.id, parent_id=b.id)
        with pytest.raises(StaleEdit):
            redo(programme.workspace, first)

    def test_a_cause_above_in_the_bin_is_in_nobodys_way(self, programme: Programme, finding: Finding) -> None:
        above = causes.add_cause(programme.workspace, finding.id, words="a")
        top = above.made(Cause).id
        b = causes.add_cause(programme.workspace, finding.id, words="b", parent_id=top).made(Cause)
        c = causes.add_cause(programme.workspace, finding.id, words="c").made(Cause)
        undo(programme.workspace, above)
        causes.move_cause(programme.workspace, c.id, parent_id=b.id)
        assert now(programme, c).parent_id == b.id

    def test_the_log_holds_after_all_of_it(self, programme: Programme, finding: Finding) -> None:
        action = done(programme, finding, money_likely=Decimal(1000))
        checked(programme, action)
        settle(programme.workspace, finding.id, note="seen", on=TODAY)
        undo(programme.workspace, findings.reopen_finding(programme.workspace, finding.id))
        undo(programme.workspace, actions.delete_action(programme.workspace, action.id))
        assert verify_workspace(programme.workspace).faults == ()


def test_a_workspace_looked_at_between_two_edits_is_not_taken_for_damaged(programme: Programme) -> None:
    for _turn in range(3):
        assert verify_workspace(programme.workspace).faults == ()
        findings.raise_finding(
            programme.workspace,
            engagement_id=programme.engagement.id,
            statement="No price on the order",
            grade=FindingGrade.MINOR,
        )
    assert verify_workspace(programme.workspace).faults == ()


def test_a_month_that_was_written_anew_is_not_written_twice_by_a_step_forward(programme: Programme) -> None:
    def write(figure: int) -> Changes:
        month = readings.MonthFigures(
            month=Month(2026, 3), numerator=Decimal(figure), denominator=Decimal(20)
        )
        return readings.write_readings(programme.workspace, programme.engagement.id, "C03", [month])

    first = write(1)
    undo(programme.workspace, first)
    write(2)
    with pytest.raises(StaleEdit):
        redo(programme.workspace, first)


def test_nor_is_an_action_tied_twice(programme: Programme, finding: Finding) -> None:
    action = planned(programme)
    first = actions.link_action(programme.workspace, action.id, finding.id)
    undo(programme.workspace, first)
    actions.link_action(programme.workspace, action.id, finding.id)
    with pytest.raises(StaleEdit):
        redo(programme.workspace, first)


def test_figures_that_no_cell_holds_are_refused(programme: Programme, finding: Finding) -> None:
    action = planned(programme)
    for figure in (Decimal("1e16"), Decimal("-1e16"), Decimal("NaN"), Decimal("Infinity")):
        for name in ("problem_figure", "goal_figure", "money_low", "money_likely", "money_high"):
            with refused("action.value"):
                actions.change_action(programme.workspace, action.id, **{name: figure})
        with refused("action.value"):
            findings.change_finding(programme.workspace, finding.id, cost=figure)
    with refused("action.value"):
        findings.change_finding(programme.workspace, finding.id, cost=Decimal(-1))
    assert number_text(Decimal("1" * 40), 1).endswith("1.0")
