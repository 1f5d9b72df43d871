"""Agreeing actions and moving them: dates follow the stage, act is earned, numbers are never given twice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from qma_app.domain.action import Action, ActionLink, Stage
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import ActionId
from qma_app.domain.people import Person
from qma_app.errors import RuleBroken
from qma_app.services import actions, causes, findings, verifying
from qma_app.services.dealerships import add_dealership
from qma_app.services.people import add_person
from qma_app.services.ratings import rate_checkpoint
from qma_app.services.undoing import undo
from qma_app.services.verifying import Target
from tests.services.conftest import PRICE, Programme

ON, LATER = date(2026, 7, 21), date(2026, 11, 21)


def planned(programme: Programme, what: str = "Price before the key", **fields: Any) -> Action:
    return actions.plan_action(
        programme.workspace, engagement_id=programme.engagement.id, what=what, **fields
    ).made(Action)


def a_finding(programme: Programme, engagement_id: Any = None) -> Finding:
    return findings.raise_finding(
        programme.workspace,
        engagement_id=engagement_id or programme.engagement.id,
        grade=FindingGrade.MINOR,
        statement="No price on the order",
    ).made(Finding)


def move(programme: Programme, action: Action, stage: Stage, on: date = ON) -> Action:
    actions.move_action(programme.workspace, action.id, stage, on=on)
    return now(programme, action)


def now(programme: Programme, action: Action) -> Action:
    with programme.workspace.reading() as reader:
        return reader.get(Action, action.id)


def shown(programme: Programme, action: Action) -> Action:
    move(programme, action, Stage.CHECK)
    verifying.verify_by_sample(
        programme.workspace, Target(action_id=action.id), size=5, allowed=0, failing=0, on=LATER
    )
    return now(programme, action)


def days(action: Action) -> tuple[date | None, date | None]:
    return action.started_on, action.done_on


def refused(code: str) -> Any:
    return pytest.raises(RuleBroken, check=lambda error: error.code == code)


class TestAgreeing:
    """What is written down, in bounds and for the right findings."""

    def test_numbers_rise_and_are_not_given_again(self, programme: Programme) -> None:
        first, second = planned(programme), planned(programme)
        actions.delete_action(programme.workspace, second.id)
        third = planned(programme)
        assert [one.label for one in (first, second, third)] == ["A-001", "A-002", "A-003"]
        with programme.workspace.reading() as reader:
            listed = actions.list_actions(reader, programme.engagement.id)
        assert [one.number for one in listed] == [3, 1]

    def test_an_action_needs_words(self, programme: Programme) -> None:
        with refused("action.words-missing"):
            planned(programme, " ")
        action = planned(programme)
        with refused("action.words-missing"):
            actions.change_action(programme.workspace, action.id, what="")
        assert now(programme, action) == action

    @pytest.mark.parametrize(
        ("name", "wrong", "right"),
        [("effort", 0, 1), ("cx", 6, 5), ("ex", -1, 3), ("profit", 6, 1), ("confidence", 101, 100), ("confidence", -1, 0)],
    )  # fmt: skip
    def test_values_stay_within_their_range(
        self, programme: Programme, name: str, wrong: int, right: int
    ) -> None:
        with refused("action.value") as trouble:
            planned(programme, **dict[str, Any]({name: wrong}))
        assert trouble.value.params["field"] == name
        assert getattr(planned(programme, **dict[str, Any]({name: right})), name) == right

    def test_money_rises_from_low_to_high(self, programme: Programme) -> None:
        with refused("action.money-order"):
            planned(programme, money_low=Decimal(900), money_likely=Decimal(800))
        with refused("action.money-order"):
            planned(programme, money_low=Decimal(900), money_high=Decimal(800))
        action = planned(programme, money_low=Decimal(800), money_high=Decimal(900))
        with refused("action.money-order"):
            actions.change_action(programme.workspace, action.id, money_likely=Decimal(1000))

    def test_money_is_not_counted_in_itself_nor_in_a_ring(self, programme: Programme) -> None:
        money: dict[str, Any] = {
            "money_low": Decimal(1),
            "money_likely": Decimal(2),
            "money_high": Decimal(3),
        }
        first, second = planned(programme, **money), planned(programme, **money)
        actions.change_action(programme.workspace, first.id, counted_in=second.id)
        for action, other in ((second, first.id), (second, second.id), (second, ActionId("nobody"))):
            with pytest.raises(RuleBroken):
                actions.change_action(programme.workspace, action.id, counted_in=other)

    def test_an_owner_of_the_house_is_known_by_the_name_and_forgotten_with_it(
        self, programme: Programme
    ) -> None:
        person = add_person(
            programme.workspace, name="Rita Huber", dealership_id=programme.dealership.id
        ).made(Person)
        action = planned(programme, owner=" rita huber ")
        assert action.owner_id == person.id
        changed = actions.change_action(programme.workspace, action.id, owner="The workshop")
        assert changed.of(Action)[0].owner_id is None

    def test_one_action_serves_several_findings_each_once(self, programme: Programme) -> None:
        first, second = a_finding(programme), a_finding(programme)
        action = planned(programme, findings=[first.id, second.id, first.id])
        actions.link_action(programme.workspace, action.id, second.id)
        with programme.workspace.reading() as reader:
            links = reader.all(ActionLink, action_id=action.id)
        assert [link.finding_id for link in links] == [first.id, second.id]
        actions.unlink_action(programme.workspace, action.id, first.id)
        with programme.workspace.reading() as reader:
            assert len(reader.all(ActionLink, action_id=action.id)) == 1

    def test_a_finding_of_another_programme_is_refused_and_nothing_is_planned(
        self, programme: Programme
    ) -> None:
        other = add_dealership(programme.workspace, name="Autohaus Anders", country="DE").made(Engagement)
        finding = a_finding(programme, other.id)
        with refused("action.other-programme"):
            planned(programme, findings=[finding.id])
        with programme.workspace.reading() as reader:
            assert reader.all(Action) == ()

    def test_the_cause_it_removes_belongs_to_the_finding(self, programme: Programme) -> None:
        mine, theirs = a_finding(programme), a_finding(programme)
        changes = causes.add_cause(programme.workspace, theirs.id, words="Nobody asks")
        cause_id = changes.records[0].after.id
        action = planned(programme, findings=[mine.id])
        with refused("cause.other-finding"):
            actions.link_action(programme.workspace, action.id, mine.id, cause_id=cause_id)  # type: ignore[arg-type]  # the id of a cause


class TestMoving:
    """Plan, do and check follow from dates; act only from a shown effect."""

    def test_each_stage_sets_the_days_it_stands_for(self, programme: Programme) -> None:
        action = planned(programme)
        assert days(move(programme, action, Stage.DO)) == (ON, None)
        assert days(move(programme, action, Stage.CHECK, LATER)) == (ON, LATER)
        assert days(move(programme, action, Stage.DO, LATER)) == (ON, None)
        assert days(move(programme, action, Stage.PLAN, LATER)) == (None, None)
        assert days(move(programme, action, Stage.CHECK)) == (ON, ON)

    def test_it_is_never_done_before_it_was_begun(self, programme: Programme) -> None:
        action = planned(programme)
        move(programme, action, Stage.DO, LATER)
        assert days(move(programme, action, Stage.CHECK, ON)) == (ON, ON)

    def test_today_is_the_day_unless_another_is_given(self, programme: Programme) -> None:
        action = planned(programme)
        actions.move_action(programme.workspace, action.id, Stage.DO)
        assert now(programme, action).started_on == programme.workspace.today()

    def test_nobody_moves_into_act_or_out_of_it(self, programme: Programme) -> None:
        action = planned(programme)
        for stage in (Stage.PLAN, Stage.DO, Stage.CHECK):
            move(programme, action, stage)
            with refused("action.unverified"):
                move(programme, action, Stage.ACT)
        proven = shown(programme, action)
        for stage in (Stage.PLAN, Stage.DO, Stage.CHECK):
            with refused("action.verified"):
                move(programme, action, stage)
        assert move(programme, action, Stage.ACT) == proven

    def test_the_day_of_the_effect_is_not_written_by_hand(self, programme: Programme) -> None:
        action = move(programme, planned(programme), Stage.CHECK)
        with refused("action.unverified"):
            actions.change_action(programme.workspace, action.id, effective_on=ON)
        proven = shown(programme, action)
        with refused("action.verified"):
            actions.change_action(programme.workspace, action.id, effective_on=None)
        assert now(programme, action) == proven

    def test_only_what_worked_becomes_the_new_way_of_working(self, programme: Programme) -> None:
        action = move(programme, planned(programme), Stage.CHECK)
        with refused("action.unverified"):
            actions.standardise_action(programme.workspace, action.id, document="Handbook 4.2")
        shown(programme, action)
        with refused("action.document-missing"):
            actions.standardise_action(programme.workspace, action.id, document=" ")
        actions.standardise_action(programme.workspace, action.id, document=" Handbook 4.2 ", on=LATER)
        after = now(programme, action)
        assert (after.standardised_in, after.standardised_on) == ("Handbook 4.2", LATER)


class TestProposalsAndGivingUp:
    """What is not agreed does not move."""

    def test_a_proposal_waits_until_it_is_accepted(self, programme: Programme) -> None:
        action = planned(programme, is_proposal=True, proposed_by="E. Kern")
        with refused("action.not-agreed"):
            move(programme, action, Stage.DO)
        actions.accept_proposal(programme.workspace, action.id)
        assert move(programme, action, Stage.DO).stage is Stage.DO

    def test_giving_up_needs_a_reason_and_stays_readable(self, programme: Programme) -> None:
        action = planned(programme)
        with refused("action.reason-missing"):
            actions.drop_action(programme.workspace, action.id, reason=" ")
        actions.drop_action(programme.workspace, action.id, reason=" A reminder does not help ", on=ON)
        dropped = now(programme, action)
        assert (dropped.dropped_on, dropped.dropped_reason) == (ON, "A reminder does not help")
        with refused("action.not-agreed"):
            move(programme, action, Stage.DO)
        actions.take_up_action(programme.workspace, action.id)
        assert move(programme, action, Stage.DO).is_open

    def test_a_proposal_given_up_is_no_proposal_any_more(self, programme: Programme) -> None:
        action = planned(programme, is_proposal=True)
        actions.drop_action(programme.workspace, action.id, reason="Too dear")
        assert not now(programme, action).is_proposal

    def test_deleting_takes_the_ties_along_and_undo_brings_them_back(self, programme: Programme) -> None:
        finding = a_finding(programme)
        action = planned(programme, findings=[finding.id])
        changes = actions.delete_action(programme.workspace, action.id)
        with programme.workspace.reading() as reader:
            assert reader.all(ActionLink, finding_id=finding.id) == ()
        undo(programme.workspace, changes)
        with programme.workspace.reading() as reader:
            assert len(reader.all(ActionLink, finding_id=finding.id)) == 1


class TestProvenActions:
    """The standard offers what helped before."""

    def at_the_price(self, programme: Programme) -> Finding:
        rate_checkpoint(programme.workspace, programme.assessment.id, PRICE, points=4)
        return findings.raise_from_checkpoint(programme.workspace, programme.assessment.id, PRICE).made(
            Finding
        )

    def offered(self, programme: Programme, finding: Finding) -> tuple[actions.OfferedAction, ...]:
        with programme.workspace.reading() as reader:
            return actions.offered_actions(reader, finding.id)

    def test_what_was_shown_to_work_comes_first(self, programme: Programme) -> None:
        finding = self.at_the_price(programme)
        offered = self.offered(programme, finding)
        assert len(offered) > 1
        assert {(one.taken, one.effective) for one in offered} == {(0, 0)}
        last = offered[-1].words
        shown(programme, planned(programme, last, from_checkpoint=PRICE))
        planned(programme, last, from_checkpoint=PRICE)
        first = self.offered(programme, finding)[0]
        assert (first.words, first.taken, first.effective) == (last, 2, 1)

    def test_a_free_finding_is_offered_nothing(self, programme: Programme) -> None:
        assert self.offered(programme, a_finding(programme)) == ()
