"""A management review is planned and held, looks at what the data say on its day, and its decisions become actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from qma_app.domain.action import Action, Stage
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import ReviewId
from qma_app.domain.month import Month
from qma_app.domain.people import Person
from qma_app.domain.reading import MonthFigures
from qma_app.domain.review import Decision, ManagementReview, ReviewRemark
from qma_app.domain.target import Gain
from qma_app.domain.verification import Effect
from qma_app.domain.visit import Participant
from qma_app.services.actions import delete_action, move_action, plan_action
from qma_app.services.assessments import complete_assessment, start_assessment
from qma_app.services.findings import raise_finding
from qma_app.services.people import add_person
from qma_app.services.ratings import rate_checkpoint
from qma_app.services.readings import write_readings
from qma_app.services.review_inputs import ReviewInput, review_inputs, review_outputs
from qma_app.services.reviews import (
    change_decision,
    decide,
    decision_to_action,
    delete_review,
    hold_review,
    list_reviews,
    move_review,
    plan_review,
    remove_decision,
    review_view,
)
from qma_app.services.targets import add_target
from qma_app.services.undoing import undo
from qma_app.services.verifying import Target, verify_by_look, verify_by_sample
from tests.services.conftest import PRICE
from tests.services.visiting import House, refused

pytest_plugins = ["tests.services.visiting_fixtures"]

SPRING, SUMMER = date(2026, 3, 30), date(2026, 6, 29)


def planned(house: House, on: date = SPRING) -> ManagementReview:
    return plan_review(house.workspace, house.engagement.id, planned_on=on).made(ManagementReview)


def decided(
    house: House, review: ManagementReview, words: str = "Hire a tester", **fields: object
) -> Decision:
    return decide(house.workspace, review.id, words=words, **fields).made(Decision)  # type: ignore[arg-type]  # fields of the test


def inputs(house: House, on: date = SUMMER) -> dict[str, ReviewInput]:
    with house.workspace.reading() as reader:
        return {one.code: one for one in review_inputs(reader, house.engagement.id, on=on)}


def figures(one: ReviewInput) -> dict[str, str]:
    return dict(one.figures)


class TestHolding:
    """Planning, holding and correcting a review."""

    def test_reviews_have_numbers_and_days_of_the_programme(self, house: House) -> None:
        first, second = planned(house), planned(house, SUMMER)
        with refused("review.before-start"):
            planned(house, date(2026, 1, 1))
        delete_review(house.workspace, second.id)
        assert planned(house).number == 3
        with house.workspace.reading() as reader:
            assert [one.number for one in list_reviews(reader, house.engagement.id)] == [1, 3]
        move_review(house.workspace, first.id, planned_on=SUMMER)
        assert house.get(ManagementReview, first.id).planned_on == SUMMER

    def test_a_review_that_was_held_says_who_led_it_and_what_was_said(self, house: House) -> None:
        review = planned(house)
        house.clock.put(SPRING)
        with refused("review.leader-missing"):
            hold_review(house.workspace, review.id, on=SPRING, led_by=" ")
        remarks = [ReviewRemark(input="context", words="New site"), ReviewRemark(input="risks", words=" ")]
        hold_review(
            house.workspace,
            review.id,
            on=SPRING,
            led_by="Paul",
            participants=[Participant(name="Paul"), Participant(name="")],
            remarks=remarks,
            conclusion=" Good ",
        )
        held = house.get(ManagementReview, review.id)
        assert (held.held_on, held.led_by, held.conclusion) == (SPRING, "Paul", "Good")
        assert (held.participants, held.remarks) == ((Participant(name="Paul"),), (remarks[0],))
        with refused("review.held"):
            move_review(house.workspace, review.id, planned_on=SUMMER)

    def test_deleting_a_review_takes_its_decisions_and_one_step_brings_them_back(self, house: House) -> None:
        review = planned(house)
        decided(house, review)
        changes = delete_review(house.workspace, review.id)
        assert house.all(Decision) == ()
        undo(house.workspace, changes)
        assert len(house.all(Decision)) == 1


class TestDeciding:
    """What is decided becomes an action, once."""

    def test_decisions_stand_in_their_order_and_are_corrected(self, house: House) -> None:
        review = planned(house)
        first, second = decided(house, review, "One"), decided(house, review, "Two")
        for wrong in (
            lambda: decided(house, review, " "),
            lambda: change_decision(house.workspace, first.id, words=""),
        ):
            with refused("decision.words-missing"):
                wrong()
        with pytest.raises(ValueError, match="action_id"):
            change_decision(house.workspace, first.id, action_id=None)
        change_decision(house.workspace, first.id, owner="Paul")
        remove_decision(house.workspace, second.id)
        with house.workspace.reading() as reader:
            view = review_view(reader, review.id, on=SPRING)
        assert [(one.words, one.owner, one.place) for one in view.decisions] == [("One", "Paul", 1)]
        assert decided(house, review, "Three").place == 2

    def test_a_decision_becomes_an_action_with_its_words_owner_and_day(self, house: House) -> None:
        paul = add_person(house.workspace, name="Paul", dealership_id=house.dealership.id).made(Person)
        plan_action(house.workspace, engagement_id=house.engagement.id, what="Older")
        decision = decided(house, planned(house), owner="Paul", due_on=SUMMER)
        changes = decision_to_action(house.workspace, decision.id)
        action = changes.made(Action)
        assert (action.number, action.what, action.owner_id, action.due_on) == (
            2,
            "Hire a tester",
            paul.id,
            SUMMER,
        )
        assert action.note == "Decided in management review 1"
        assert house.get(Decision, decision.id).action_id == action.id
        with refused("decision.is-action"):
            decision_to_action(house.workspace, decision.id)
        delete_action(house.workspace, action.id)
        assert decision_to_action(house.workspace, decision.id).made(Action).number == 3

    def test_the_actions_made_stand_beside_their_decisions(self, house: House) -> None:
        review = planned(house)
        action = decision_to_action(house.workspace, decided(house, review).id).made(Action)
        with house.workspace.reading() as reader:
            view = review_view(reader, review.id, on=SPRING)
        assert (view.actions, view.dealership, view.review.id) == ((action,), house.dealership, review.id)


class TestInputs:
    """Each input of the standard is filled from what is known on the day, and from nothing later."""

    def test_every_input_has_its_place_even_without_data(self, house: House) -> None:
        found = inputs(house)
        assert list(found) == [
            "previous-actions",
            "context",
            "customer-satisfaction",
            "objectives",
            "process-performance",
            "nonconformities",
            "monitoring",
            "audit-results",
            "external-providers",
            "resources",
            "risks",
            "opportunities",
        ]
        assert all(one.title and one.ask for one in found.values())
        assert found["previous-actions"].lines == ("No review was held before.",)
        assert len(review_outputs()) == 3

    def test_what_the_review_before_decided_is_followed(self, house: House) -> None:
        review = planned(house)
        house.clock.put(SPRING)
        hold_review(house.workspace, review.id, on=SPRING, led_by="Paul")
        late, shown, none = (
            decided(house, review, words, due_on=date(2026, 5, 1)) for words in ("Late.", "Shown", "None")
        )
        decision_to_action(house.workspace, late.id)
        action = decision_to_action(house.workspace, shown.id).made(Action)
        house.clock.put(date(2026, 6, 1))
        plan = Target(action_id=action.id)
        move_done(house, action)
        verify_by_sample(
            house.workspace, plan, size=5, allowed=0, failing=0, on=date(2026, 6, 1), reason="seen"
        )
        found = inputs(house)["previous-actions"]
        assert found.lines == (
            "Late (due 1 May 2026): A-001, late",
            "Shown (due 1 May 2026): A-002, effect shown",
            "None (due 1 May 2026): no action was made of it",
        )
        assert figures(found) == {
            "Review before": "30 Mar 2026",
            "Decisions": "3",
            "Shown to be effective": "1",
        }
        assert none.place == 3
        assert inputs(house, SPRING)["previous-actions"].lines == ("No review was held before.",)

    def test_targets_and_figures_are_those_of_the_day(self, house: House) -> None:
        add_target(house.workspace, house.engagement.id, gain=Gain.CUSTOMERS, kpi="C01", goal=Decimal(50))
        add_target(house.workspace, house.engagement.id, gain=Gain.STAFF, kpi="E01", goal=Decimal(5))
        months = [
            MonthFigures(month=Month(2025, 5), numerator=Decimal(40), denominator=Decimal(100)),
            MonthFigures(month=Month(2026, 5), numerator=Decimal(55), denominator=Decimal(100)),
            MonthFigures(month=Month(2026, 7), numerator=Decimal(1), denominator=Decimal(100)),
        ]
        house.clock.put(date(2026, 8, 3))
        write_readings(house.workspace, house.engagement.id, "C01", months)
        found = inputs(house)
        assert "55" in found["objectives"].lines[0]
        assert "55 points in May 2026" in found["objectives"].lines[0].replace("\N{NO-BREAK SPACE}", " ")
        assert found["objectives"].lines[0].endswith("(reached)")
        assert "not read yet" in found["objectives"].lines[1]
        assert figures(found["objectives"]) == {"Targets": "2", "Reached": "1"}
        assert found["customer-satisfaction"].lines == found["objectives"].lines[:1]
        (monitored,) = found["monitoring"].lines
        assert "a year before 40" in monitored

    def test_a_month_counts_when_it_is_over_and_one_with_a_fraction_gives_all_a_decimal(
        self, house: House
    ) -> None:
        add_target(house.workspace, house.engagement.id, gain=Gain.CUSTOMERS, kpi="C01", goal=Decimal(50))
        months = [
            MonthFigures(month=Month(2026, number), numerator=Decimal(value), denominator=Decimal(100))
            for number, value in ((4, "41.5"), (5, "55"), (6, "60"))
        ]
        house.clock.put(SUMMER)
        write_readings(house.workspace, house.engagement.id, "C01", months)
        for day, shown in (
            (date(2026, 6, 29), "55.0 points in May 2026"),
            (date(2026, 6, 30), "60.0 points in June 2026"),
        ):
            (line,) = inputs(house, day)["objectives"].lines
            assert shown in line.replace("\N{NO-BREAK SPACE}", " ")

    def test_levels_and_verdicts_come_from_assessments_completed_by_then(self, house: House) -> None:
        first = rated(house, points=4, on=date(2026, 3, 2))
        rated(house, points=8, on=date(2026, 6, 1))
        rated(house, points=10, on=date(2026, 7, 1))
        found = inputs(house)
        (line,) = found["process-performance"].lines
        assert line == "SRV Service: 80.0%, before 40.0%"
        assert [one.split(",")[0] for one in found["audit-results"].lines] == [
            "Progress assessment",
            "Progress assessment",
        ]
        assert "not passed" in found["audit-results"].lines[0]
        assert inputs(house, date(2026, 3, 3))["process-performance"].lines == ("SRV Service: 40.0%",)
        assert first.number == 1

    def test_findings_are_open_or_closed_as_they_were_on_the_day(self, house: House) -> None:
        engagement = house.engagement.id
        house.clock.put(date(2026, 5, 4))
        major, minor, idea = (
            raise_finding(house.workspace, engagement_id=engagement, statement=words, grade=grade).made(
                Finding
            )
            for words, grade in (
                ("Brakes", FindingGrade.MAJOR),
                ("Coffee", FindingGrade.MINOR),
                ("Screens", FindingGrade.IMPROVEMENT),
            )
        )
        plan_action(house.workspace, engagement_id=engagement, what="Late", due_on=date(2026, 6, 1))
        with house.workspace.writing("test.closed") as work:
            work.put(replace(minor, closed_on=date(2026, 6, 10)))
        found = inputs(house)
        assert found["nonconformities"].lines == ("F-001: Brakes",)
        assert figures(found["nonconformities"]) == {
            "Open": "1 major, 0 minor",
            "Closed so far": "1",
            "Overdue actions": "1",
        }
        assert found["opportunities"].lines == ("F-003: Screens",)
        then = inputs(house, date(2026, 6, 1))
        assert figures(then["nonconformities"])["Open"] == "1 major, 1 minor"
        assert figures(then["nonconformities"])["Overdue actions"] == "0"
        assert inputs(house, date(2026, 5, 3))["opportunities"].lines == ()
        assert (major.number, idea.number) == (1, 3)

    def test_checks_without_effect_are_named_since_the_review_before(self, house: House) -> None:
        finding = raise_finding(
            house.workspace, engagement_id=house.engagement.id, statement="Keys", grade=FindingGrade.MINOR
        ).made(Finding)
        house.clock.put(SUMMER)
        verify_by_look(
            house.workspace,
            Target(finding_id=finding.id),
            points=None,
            effect=Effect.NOT_SHOWN,
            words="As before",
            on=date(2026, 5, 5),
        )
        found = inputs(house)["risks"]
        assert found.lines == ("F-001 Keys: not shown",)
        assert figures(found) == {"effective": "0", "not shown": "1", "worse": "0"}

    def test_resources_name_the_officer_and_what_the_principal_misses(self, house: House) -> None:
        person = add_person(house.workspace, name="Olga", dealership_id=house.dealership.id).made(Person)
        assert figures(inputs(house)["resources"])["Quality officer"] == "not named"
        with house.workspace.writing("test.named") as work:
            work.put(replace(house.engagement, officer_id=person.id, officer_percent=20))
        assert figures(inputs(house)["resources"])["Quality officer"] == "Olga, 20%"

    def test_a_long_list_is_cut_and_says_how_much_more_there_is(self, house: House) -> None:
        for number in range(20):
            raise_finding(
                house.workspace,
                engagement_id=house.engagement.id,
                statement=f"Idea {number}",
                grade=FindingGrade.IMPROVEMENT,
            )
        lines = inputs(house)["opportunities"].lines
        assert (len(lines), lines[-1]) == (17, "… and 4 more")

    def test_the_inputs_of_a_held_review_stay_those_of_its_day(self, house: House) -> None:
        review = planned(house)
        house.clock.put(SPRING)
        hold_review(house.workspace, review.id, on=SPRING, led_by="Paul")
        house.clock.put(date(2026, 5, 4))
        raise_finding(
            house.workspace,
            engagement_id=house.engagement.id,
            statement="Later",
            grade=FindingGrade.IMPROVEMENT,
        )
        with house.workspace.reading() as reader:
            view = review_view(reader, ReviewId(review.id), on=SUMMER)
        assert view.inputs[-1].lines == ()


def move_done(house: House, action: Action) -> None:
    move_action(house.workspace, action.id, Stage.CHECK, on=date(2026, 5, 1))


def rated(house: House, *, points: int, on: date) -> Assessment:
    house.clock.put(on)
    assessment = start_assessment(
        house.workspace,
        engagement_id=house.engagement.id,
        kind=AssessmentKind.PROGRESS,
        scope=("service",),  # type: ignore[arg-type]  # an id as text
        started_on=on,
    ).made(Assessment)
    rate_checkpoint(house.workspace, assessment.id, PRICE, points=points)
    complete_assessment(house.workspace, assessment.id)
    return assessment
