"""A certificate that lapses during a visit, a programme stopped half-way, a house that is another one in month eight."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.dealership import Site
from qma_app.domain.people import Qualification
from qma_app.domain.record import Changes
from qma_app.domain.standing import list_assessments, standing_result
from qma_app.domain.visit import AgendaItem, Visit
from qma_app.errors import RuleBroken
from qma_app.services.assessments import complete_assessment, reopen_assessment
from qma_app.services.dealerships import change_site
from qma_app.services.gates import pass_gate
from qma_app.services.journey import journey
from qma_app.services.next_steps import next_steps
from qma_app.services.people import change_qualification
from qma_app.services.plan_moving import move_area, move_phase
from qma_app.services.planning import make_plan, propose_plan
from qma_app.services.portfolio import portfolio
from qma_app.services.ratings import rate_checkpoint
from qma_app.services.setting_up import (
    end_engagement,
    extend_engagement,
    take_up_engagement,
)
from qma_app.services.visit_notes import note
from qma_app.services.visits import (
    cancel_visit,
    change_visit,
    close_visit,
    pause_visit,
    plan_visit,
    prepare_visit,
    resume_visit,
    start_visit,
    take_up_visit,
    tick_item,
    write_summary,
)
from tests.services.coaching_year.given import (
    ENDED,
    Attempt,
    a_promise,
    an_end,
    first_area,
    running,
)
from tests.services.coaching_year.improving_months import (
    TYRES,
    applying,
    changed_features,
    is_of_body_shop,
    ratings,
)
from tests.services.coaching_year.year import (
    CERTIFIED_UNTIL,
    FEATURES,
    Year,
    put_plan,
    start_assessment_of,
)
from tests.services.visiting import refused


class TestACertificateThatLapsesDuringAVisit:
    """What is open is finished; nothing new is opened."""

    def lapsed(self, year: Year) -> tuple[Visit, Assessment]:
        """A visit and an assessment begun on the last day of the certificate; it is the morning after."""
        visit = year.mine(plan_visit, planned_on=CERTIFIED_UNTIL).made(Visit)
        year.at(CERTIFIED_UNTIL, 13)
        year.do(prepare_visit, visit.id)
        year.do(start_visit, visit.id)
        assessment = start_assessment_of(year, AssessmentKind.PROGRESS)
        year.at(CERTIFIED_UNTIL + timedelta(days=1), 0, 10)
        return visit, assessment

    def test_the_visit_and_the_assessment_are_finished(self, year: Year) -> None:
        visit, assessment = self.lapsed(year)
        item = year.all(AgendaItem)[0]
        year.do(tick_item, item.id, outcome="agreed")
        year.mine(note, "It became late.", visit_id=visit.id)
        year.do(pause_visit, visit.id)
        year.do(resume_visit, visit.id)
        year.do(rate_checkpoint, assessment.id, next(iter(applying(year))), points=8)
        year.do(complete_assessment, assessment.id)
        a_promise(year, visit_id=visit.id)
        year.do(write_summary, visit.id, "Held over midnight.")
        year.do(close_visit, visit.id)
        year.sign(visit)
        assert year.get(Visit, visit.id).held_on == CERTIFIED_UNTIL

    def test_nothing_new_is_opened_until_it_is_renewed(self, year: Year) -> None:
        visit, assessment = self.lapsed(year)
        other = year.mine(lambda w, id: _planned_by_nobody(w, id, date(2028, 4, 18))).made(Visit)
        year.do(close_visit, visit.id)
        year.do(complete_assessment, assessment.id)
        attempts: tuple[Attempt, ...] = (
            lambda y: start_assessment_of(y, AssessmentKind.PROGRESS),
            lambda y: y.do(reopen_assessment, assessment.id, reason="A slip"),
            lambda y: y.mine(plan_visit, planned_on=date(2028, 4, 20)),
            lambda y: y.do(start_visit, other.id),
        )
        for attempt in attempts:
            with refused("certificate.lapsed"):
                attempt(year)
        (held,) = year.all(Qualification)
        year.do(change_qualification, held.id, valid_until=date(2031, 1, 1))
        for attempt in attempts:
            attempt(year)


def _planned_by_nobody(workspace: Any, engagement_id: Any, day: date) -> Changes:
    """A visit planned while nobody is named as working."""
    worker = workspace.worker
    workspace.set_worker(None)
    try:
        return plan_visit(workspace, engagement_id, planned_on=day)
    finally:
        workspace.set_worker(worker)


class TestStoppedHalfWay:
    """A programme that ends in its ninth month: readable, nothing more is planned or begun, and it can be taken up again."""

    @pytest.fixture
    def stopped(self, planned: Year) -> Year:
        running_now = running(planned)
        planned.at(running_now.planned_on, 16)
        planned.do(close_visit, running_now.id)
        planned.at(date(2027, 11, 12))
        planned.mine(end_engagement, on=planned.today, reason="The house was sold.")
        return planned

    def test_it_asks_for_nothing_and_stays_readable(self, stopped: Year) -> None:
        with stopped.workspace.reading() as reader:
            assert next_steps(reader, stopped.engagement_id, on=stopped.today) == ()
            view = journey(reader, stopped.engagement_id, on=stopped.today)
            (line,) = portfolio(reader, on=stopped.today).lines
        assert "ended" in view.subtitle
        assert line.has_ended

    @pytest.mark.parametrize(
        "attempt",
        [
            lambda y: y.mine(plan_visit, planned_on=date(2027, 12, 7)),
            lambda y: y.do(change_visit, y.next_visit().id, planned_on=date(2027, 12, 7)),
            lambda y: y.do(start_visit, y.next_visit().id),
            lambda y: y.mine(put_plan),
            lambda y: y.do(
                move_phase, y.phase("audit").id, starts_on=date(2028, 7, 20), ends_on=date(2028, 9, 1)
            ),
            lambda y: y.do(move_area, first_area(y).id, wave=2),
            lambda y: y.do(pass_gate, y.phase("commitment").id, reason="so"),
            lambda y: y.mine(extend_engagement, 24),
            lambda y: an_end(y, y.today),
        ],
        ids=["plan", "move", "start", "propose", "phase", "area", "gate", "extend", "end"],
    )
    def test_nothing_more_is_planned_or_begun(self, stopped: Year, attempt: Attempt) -> None:
        stopped.at(date(2027, 11, 15))
        with pytest.raises(RuleBroken, check=lambda error: error.code in ENDED):
            attempt(stopped)

    def test_taken_up_again_it_goes_on_where_it_was(self, stopped: Year) -> None:
        before = stopped.visits()
        stopped.mine(take_up_engagement)
        stopped.mine(put_plan)
        held = [one for one in stopped.visits() if one.held_on]
        assert held == [one for one in before if one.held_on]
        with stopped.workspace.reading() as reader:
            assert next_steps(reader, stopped.engagement_id, on=stopped.today)

    def test_a_visit_under_way_is_closed_although_the_programme_ended(self, planned: Year) -> None:
        visit = running(planned)
        planned.mine(end_engagement, on=planned.today, reason="sold")
        planned.mine(note, "Said good-bye.", visit_id=visit.id)
        planned.do(close_visit, visit.id)
        planned.sign(visit)
        with refused("visit.after-end"):
            planned.do(take_up_visit, _cancelled(planned).id)


def _cancelled(year: Year) -> Visit:
    visit = year.next_visit()
    year.do(cancel_visit, visit.id, reason="The house was sold.")
    return visit


class TestAHouseThatChangesInMonthEight:
    """New checkpoints appear as new, gone ones stay in the history; what was completed stays as it was."""

    def assessed(self, year: Year, points: int = 8) -> Assessment:
        baseline = start_assessment_of(year, AssessmentKind.BASELINE)
        year.rate(baseline.id, points)
        year.do(complete_assessment, baseline.id)
        year.at(date(2027, 10, 18))
        return year.get(Assessment, baseline.id)

    def change(self, year: Year, *features: str) -> Changes:
        (site,) = year.all(Site)
        return year.do(change_site, site.id, features=features)

    def test_new_ones_are_untouched_and_gone_ones_keep_their_ratings(self, year: Year) -> None:
        baseline = self.assessed(year)
        before = applying(year)
        self.change(year, *changed_features())
        new = applying(year) - before
        assert new == {id for id in year.edition.checkpoints if is_of_body_shop(id)}
        assert before - applying(year) == {TYRES}
        assert ratings(year, baseline)[TYRES].points == 8
        assert not new & set(ratings(year, baseline))
        with year.workspace.reading() as reader:
            result = standing_result(reader, year.engagement_id)
            assert reader.rollups_differing() == ()
            (row,) = list_assessments(reader, year.engagement_id)
        assert set(result.open_criticals) <= new
        assert row == baseline

    def test_in_an_open_assessment_they_are_open_and_what_comes_back_counts_again(self, year: Year) -> None:
        assessment = start_assessment_of(year, AssessmentKind.BASELINE)
        year.rate(assessment.id, 8)
        self.change(year, *changed_features())
        year.rate(assessment.id, 6, only=is_of_body_shop)
        self.change(year, *FEATURES)
        year.do(complete_assessment, assessment.id)
        with year.workspace.reading() as reader:
            result = standing_result(reader, year.engagement_id)
            assert reader.rollups_differing() == ()
        assert {one.level for one in result.areas if one.applies} == {80}
        self.change(year, *changed_features())
        with year.workspace.reading() as reader:
            again = standing_result(reader, year.engagement_id)
        assert [one.area_id for one in again.areas if one.applies and one.level != 80] == [
            "service",
            "safety-environment",
        ]

    def test_a_department_that_goes_takes_its_area_out_of_gates_steps_and_the_next_plan(
        self, planned: Year
    ) -> None:
        self.assessed(planned, 4)
        self.change(planned, *(one for one in FEATURES if one != "used-cars"))
        with planned.workspace.reading() as reader:
            steps = next_steps(reader, planned.engagement_id, on=planned.today)
            view = journey(reader, planned.engagement_id, on=planned.today)
            proposal = propose_plan(reader, planned.engagement_id, on=planned.today)
            assert reader.rollups_differing() == ()
        assert not [one for one in steps if one.spot.area_id == "used-cars"]
        assert "used-cars" not in [one.area_id for one in view.areas]
        assert "used-cars" not in [one.area_id for one in proposal.areas]
        planned.mine(make_plan, proposal)
        self.change(planned, *FEATURES)
        with planned.workspace.reading() as reader:
            steps = next_steps(reader, planned.engagement_id, on=planned.today)
        assert "area-plan:used-cars" in [one.key for one in steps]
