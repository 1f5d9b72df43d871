"""What is refused at the front door is refused at every other one: for a lapsed coach, and for a programme that ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from qma_app.domain.engagement import Engagement
from qma_app.domain.review import ManagementReview
from qma_app.domain.standing import current_engagement
from qma_app.domain.visit import Visit, VisitState
from qma_app.errors import ContentProblems
from qma_app.services import visits
from qma_app.services.dealerships import add_dealership
from qma_app.services.engagements import end_engagement, take_up_engagement
from qma_app.services.people import remove_person
from qma_app.services.planning import make_plan, propose_plan
from qma_app.services.reviews import hold_review, move_review, plan_review
from qma_app.services.setting_up import begin_engagement, copy_setup
from qma_app.services.undoing import redo, undo
from qma_app.services.visit_lists import read_visit_list, take_in_visits
from tests.services.visiting import MONDAY, House, refused

pytest_plugins = ["tests.services.visiting_fixtures"]

LAPSED = MONDAY + timedelta(days=3)


class TestALapsedCoach:
    """Finishes what is open and opens nothing, by whichever door."""

    @pytest.fixture
    def lapsed(self, house: House) -> Callable[[], None]:
        house.work_as_coach(valid_until=LAPSED - timedelta(days=1))

        def lapse() -> None:
            house.clock.put(LAPSED, 9)

        return lapse

    def test_starts_no_visit_by_a_step_forward_or_an_earlier_hour(
        self, house: House, lapsed: Callable[[], None]
    ) -> None:
        visit = house.plan(MONDAY)
        house.clock.put(MONDAY, 9)
        begun = visits.start_visit(house.workspace, visit.id)
        undo(house.workspace, begun)
        lapsed()
        with refused("certificate.lapsed"):
            redo(house.workspace, begun)
        with refused("certificate.lapsed"):
            visits.start_visit(house.workspace, visit.id, at=house.clock.at - timedelta(days=2))
        assert house.now(visit.id).state is VisitState.PLANNED

    def test_closes_a_visit_but_plans_no_new_one_with_it(
        self, house: House, lapsed: Callable[[], None]
    ) -> None:
        visit = house.plan(MONDAY)
        house.clock.put(MONDAY, 9)
        visits.start_visit(house.workspace, visit.id)
        lapsed()
        with refused("certificate.lapsed"):
            visits.close_visit(house.workspace, visit.id, next_on=date(2026, 4, 1))
        visits.close_visit(house.workspace, visit.id)
        assert len(house.all(Visit)) == 1

    def test_puts_no_plan_in_force(self, house: House, lapsed: Callable[[], None]) -> None:
        lapsed()
        with house.workspace.reading() as reader:
            proposal = propose_plan(reader, house.engagement.id, on=LAPSED)
        with refused("certificate.lapsed"):
            make_plan(house.workspace, house.engagement.id, proposal)
        assert house.all(Visit) == ()

    def test_begins_no_programme_of_a_new_dealership(self, house: House, lapsed: Callable[[], None]) -> None:
        lapsed()
        with refused("certificate.lapsed"):
            add_dealership(house.workspace, name="Autohaus Neu", country="DE")


class TestAProgrammeThatEnded:
    """Nothing is planned behind its end, not by a list and not as a review."""

    @pytest.fixture(autouse=True)
    def ended(self, house: House) -> None:
        planned = plan_review(house.workspace, house.engagement.id, planned_on=MONDAY)
        self.review = planned.made(ManagementReview)
        house.clock.put(MONDAY)
        end_engagement(house.workspace, house.engagement.id, on=MONDAY, reason="sold")

    def test_no_list_plans_a_visit(self, house: House, tmp_path: Path) -> None:
        path = tmp_path / "v.csv"
        path.write_text("Date,From,To\n2026-03-02,9:00,12:00\n2026-04-07,9:00,12:00\n", encoding="utf-8")
        found = read_visit_list(path)
        with pytest.raises(ContentProblems) as caught:
            take_in_visits(house.workspace, house.engagement.id, found, despite=True)
        assert [one.code for one in caught.value.problems if not one.is_warning] == ["visits.after-end"]
        assert house.all(Visit) == ()

    def test_no_review_is_planned_moved_or_held_there(self, house: House) -> None:
        later = MONDAY + timedelta(days=7)
        house.clock.put(later)
        with refused("review.after-end"):
            plan_review(house.workspace, house.engagement.id, planned_on=later)
        with refused("review.after-end"):
            move_review(house.workspace, self.review.id, planned_on=later)
        with refused("review.after-end"):
            hold_review(house.workspace, self.review.id, on=later, led_by="Paul")
        hold_review(house.workspace, self.review.id, on=MONDAY, led_by="Paul")


def test_a_coach_who_left_is_not_copied_into_a_new_dealership(house: House) -> None:
    end_engagement(house.workspace, house.engagement.id, on=date(2026, 2, 2), reason="sold")
    with house.workspace.reading() as reader:
        assert copy_setup(reader, house.engagement.id).coach == house.coach.id
    remove_person(house.workspace, house.coach.id)
    with house.workspace.reading() as reader:
        assert copy_setup(reader, house.engagement.id).coach is None


def test_the_programme_taken_up_again_is_the_current_one(house: House) -> None:
    day = date(2026, 2, 2)
    end_engagement(house.workspace, house.engagement.id, on=day, reason="sold")
    second = begin_engagement(
        house.workspace, house.dealership.id, started_on=day, months=12, coach_id=None
    ).made(Engagement)
    end_engagement(house.workspace, second.id, on=day, reason="by mistake")
    take_up_engagement(house.workspace, house.engagement.id)
    with house.workspace.reading() as reader:
        assert current_engagement(reader, house.dealership.id).id == house.engagement.id
