"""The journey shows phases, areas, visits and milestones as they stand on a day, what is late and why, and where the score leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from qma_app.domain.action import Action
from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.charter import Charter
from qma_app.domain.dealership import ClosingDay
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.gate_answers import Tone
from qma_app.domain.ids import CharterId, CheckpointId, ClosingDayId, ReviewId
from qma_app.domain.journey_areas import AreaFacts, area_state
from qma_app.domain.plan_reading import PlanReading
from qma_app.domain.rating import Rating
from qma_app.domain.review import ManagementReview
from qma_app.domain.standing import standing_result
from qma_app.services.actions import plan_action
from qma_app.services.findings import raise_finding
from qma_app.services.gates import pass_gate
from qma_app.services.journey import (
    AreaBar,
    AreaState,
    DotState,
    JourneyView,
    PhaseState,
    journey,
    score_course,
)
from tests.services.planned import START, House, a_house

DAY = timedelta(days=1)
POINT = CheckpointId("service.repair-order.price-agreed")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with a_house(tmp_path / "w") as house:
        house.plan()
        yield house


def shown(house: House, on: date | None = None) -> JourneyView:
    with house.workspace.reading() as reader:
        return journey(reader, house.engagement.id, on=on or house.workspace.today())


def bar(house: House, code: str, on: date | None = None) -> AreaBar:
    return next(one for one in shown(house, on).areas if one.code == code)


def found(
    house: House, grade: FindingGrade, checkpoint_id: CheckpointId = POINT, *, due_on: date | None = None
) -> None:
    """Raise a finding at a checkpoint of the service."""
    made = raise_finding(
        house.workspace,
        engagement_id=house.engagement.id,
        grade=grade,
        statement="No price",
        checkpoint_id=checkpoint_id,
    ).made(Finding)
    house.put(replace(made, due_on=due_on))


class TestFrame:
    """Title, axis, phases."""

    def test_the_title_says_how_long_and_the_subtitle_where_it_stands(self, house: House) -> None:
        view = shown(house)
        assert view.title == "Eighteen months to certification"
        assert view.subtitle == "Month 1 · Commitment · 0 of 17 visits held · on plan"
        assert (view.first, view.months, view.has_plan) == (START, 18, True)
        assert view.last > date(2027, 9, 2)

    @pytest.mark.parametrize(
        ("months", "title"), [(1, "1 month to certification"), (20, "20 months to certification")]
    )
    def test_other_lengths_are_named_in_digits(self, house: House, months: int, title: str) -> None:
        house.put(replace(house.now(house.engagement), months=months))
        assert shown(house).title == title

    def test_without_a_plan_the_usual_times_are_shown(self, tmp_path: Path) -> None:
        with a_house(tmp_path / "bare") as bare:
            view = shown(bare)
        assert not view.has_plan
        assert [phase.id for phase in view.phases] == [None] * 8
        assert {phase.state for phase in view.phases} == {PhaseState.AHEAD}
        assert {area.starts_on for area in view.areas} == {None}
        assert view.gate is None
        assert view.subtitle.endswith("no plan yet")

    def test_before_its_start_and_after_its_end_a_programme_says_so(self, house: House) -> None:
        assert shown(house, START - DAY).subtitle.startswith("not begun")
        house.put(replace(house.now(house.engagement), ended_on=START, ended_reason="sold"))
        assert " · ended · " in shown(house).subtitle

    def test_phases_are_done_now_or_ahead(self, house: House) -> None:
        pass_gate(house.workspace, house.phases()[0].id, reason="hurry")
        view = shown(house)
        assert [phase.state for phase in view.phases[:3]] == [
            PhaseState.DONE,
            PhaseState.NOW,
            PhaseState.AHEAD,
        ]
        assert view.phases[0].passed_with_reason
        assert view.gate is not None
        assert view.gate.title == "Baseline"

    def test_a_phase_whose_time_is_over_is_late(self, house: House) -> None:
        view = shown(house, house.phases()[0].ends_on + 5 * DAY)
        assert view.phases[0].is_late
        assert view.subtitle.endswith("5 days behind the plan")
        assert (view.late[0].title, view.late[0].spot.view) == ("Commitment", "gate")
        assert view.gate is not None
        assert {one.tone for one in view.gate.conditions} == {Tone.LATE}

    def test_after_the_last_gate_nothing_is_asked(self, house: House) -> None:
        for phase in house.phases():
            house.put(replace(phase, passed_on=START))
        assert shown(house).gate is None

    def test_closing_times_are_shown_where_they_fall(self, house: House) -> None:
        for year in (2024, 2026):
            house.put(
                ClosingDay(
                    id=ClosingDayId(str(year)),
                    dealership_id=house.engagement.dealership_id,
                    first_on=date(year, 8, 3),
                    last_on=date(year, 8, 14),
                    words="works holiday",
                )
            )
        assert [one.first_on for one in shown(house).obstacles] == [date(2026, 8, 3)]


class TestAreas:
    """How areas stand in their time."""

    def test_an_area_is_ahead_running_and_late(self, house: House) -> None:
        service = house.area("service")
        assert service.starts_on is not None
        assert service.ends_on is not None
        assert bar(house, "SRV").state is AreaState.AHEAD
        assert bar(house, "SRV").done_until is None
        house.on(service.starts_on)
        house.assess(AssessmentKind.BASELINE, 6)
        running = bar(house, "SRV")
        assert (running.state, running.words) == (AreaState.RUNNING, "at 60% of 75, 5 criticals not met")
        assert running.done_until == service.starts_on
        assert running.level == 60
        late = bar(house, "SRV", service.ends_on + 2 * DAY)
        assert (late.state, late.words) == (
            AreaState.LATE,
            "2 days over its time: at 60% of 75, 5 criticals not met",
        )
        assert late.done_until == service.ends_on

    def test_at_the_bound_it_is_done_and_a_minor_is_only_said(self, house: House) -> None:
        service = house.area("service")
        assert service.starts_on is not None
        assert service.ends_on is not None
        house.on(service.starts_on)
        house.assess(AssessmentKind.BASELINE, 8)
        assert bar(house, "SRV").state is AreaState.DONE
        assert bar(house, "SRV").words == "at 80%, nothing open"
        found(house, FindingGrade.MINOR, due_on=service.ends_on)
        assert bar(house, "SRV", service.ends_on).state is AreaState.DONE
        assert bar(house, "SRV").words == "at 80%, 1 finding open"
        overdue = bar(house, "SRV", service.ends_on + DAY)
        assert (overdue.state, overdue.words) == (AreaState.LATE, "1 finding overdue")

    def test_an_open_major_keeps_it_from_being_done(self, house: House) -> None:
        service = house.area("service")
        assert service.starts_on is not None
        assert service.ends_on is not None
        house.on(service.starts_on)
        house.assess(AssessmentKind.BASELINE, 8)
        found(house, FindingGrade.MAJOR)
        assert (bar(house, "SRV").state, bar(house, "SRV").words) == (AreaState.RUNNING, "1 major open")
        assert bar(house, "SRV", service.ends_on + DAY).words == "1 day over its time: 1 major open"

    def test_an_unmet_critical_keeps_it_from_being_done(self, house: House) -> None:
        service = house.area("service")
        assert service.starts_on is not None
        house.on(service.starts_on)
        baseline = house.assess(AssessmentKind.BASELINE, 10)
        with house.workspace.reading() as reader:
            critical = next(
                one.id
                for one in house.edition.checkpoints.values()
                if one.is_critical and one.area_id == "service"
            )
            rating = next(
                one for one in reader.all(Rating, assessment_id=baseline.id) if one.checkpoint_id == critical
            )
        house.put(replace(rating, points=4))
        assert bar(house, "SRV").state is AreaState.RUNNING
        assert bar(house, "SRV").words.endswith("1 critical not met")

    def test_after_the_gate_of_its_wave_was_passed_it_is_not_late_any_more(self, house: House) -> None:
        service = house.area("service")
        assert service.starts_on is not None
        assert service.ends_on is not None
        house.on(service.starts_on)
        house.assess(AssessmentKind.BASELINE, 6)
        after = service.ends_on + 300 * DAY
        assert bar(house, "SRV", after).state is AreaState.LATE
        wave = next(one for one in house.phases() if one.wave == service.wave)
        house.put(replace(wave, passed_on=wave.ends_on))
        passed = bar(house, "SRV", after)
        assert (passed.state, passed.words) == (AreaState.RUNNING, "at 60% of 75, 5 criticals not met")
        others = [one for one in shown(house, after).areas if one.wave > service.wave]
        assert {one.state for one in others} == {AreaState.LATE}

    def test_unrated_areas_and_those_taken_out_of_a_scope_have_no_level(self, house: House) -> None:
        service = house.area("service")
        assert service.starts_on is not None
        assert bar(house, "SRV", service.starts_on).words == "not rated"
        baseline = house.assess(AssessmentKind.BASELINE, 8)
        house.put(replace(baseline, scope=tuple(id for id in baseline.scope if id != "service")))
        assert bar(house, "SRV", service.starts_on).words == "not rated"
        assert bar(house, "PRT", service.starts_on).level == 80

    def test_an_overdue_action_makes_it_late(self, house: House) -> None:
        service = house.area("service")
        assert service.starts_on is not None
        house.on(service.starts_on)
        house.assess(AssessmentKind.BASELINE, 8)
        plan_action(
            house.workspace,
            engagement_id=house.engagement.id,
            what="Price on the order",
            due_on=service.starts_on,
            from_checkpoint=POINT,
        ).made(Action)
        assert (bar(house, "SRV").state, bar(house, "SRV").words) == (AreaState.DONE, "at 80%, 1 action open")
        later = bar(house, "SRV", service.starts_on + DAY)
        assert (later.state, later.words) == (AreaState.LATE, "1 action overdue")
        assert shown(house, service.starts_on + DAY).late[-1].title

    def test_half_its_time_without_a_rating_is_late(self, house: House) -> None:
        house.assess(AssessmentKind.BASELINE, 6)
        service = house.area("service")
        assert service.starts_on is not None
        assert service.ends_on is not None
        half = service.starts_on + timedelta(days=(service.ends_on - service.starts_on).days // 2)
        assert bar(house, "SRV", half).state is AreaState.RUNNING
        assert bar(house, "SRV", half + DAY).words == "nothing rated in its time so far"

    def test_areas_left_out_stand_last_with_their_reason(self, house: House) -> None:
        house.put(replace(house.area("parts"), left_out="none here", wave=0, starts_on=None, ends_on=None))
        last = shown(house).areas[-1]
        assert (last.code, last.state, last.words) == ("PRT", AreaState.LEFT_OUT, "none here")

    def test_what_is_late_is_counted_in_the_subtitle(self, house: House) -> None:
        for phase in house.phases()[:3]:
            house.put(replace(phase, passed_on=phase.ends_on))
        house.assess(AssessmentKind.BASELINE, 8, service=6)
        ends_on = house.area("service").ends_on
        assert ends_on is not None
        assert shown(house, ends_on + DAY).subtitle.endswith("on plan, Service late")
        house.put(replace(house.area("management"), ends_on=START + DAY, starts_on=START))
        found(house, FindingGrade.MAJOR, CheckpointId("management.policy.written"))
        assert shown(house, ends_on + DAY).subtitle.endswith("on plan, 2 areas late")

    def test_an_improvement_and_a_dropped_action_are_nothing_open(self, house: House) -> None:
        house.assess(AssessmentKind.BASELINE, 8)
        service = house.area("service")
        assert service.starts_on is not None
        raise_finding(
            house.workspace,
            engagement_id=house.engagement.id,
            grade=FindingGrade.IMPROVEMENT,
            statement="A bench",
            checkpoint_id=POINT,
        )
        action = plan_action(
            house.workspace, engagement_id=house.engagement.id, what="Bench", from_checkpoint=POINT
        ).made(Action)
        assert bar(house, "SRV", service.starts_on).words == "at 80%, 1 action open"
        house.put(replace(house.now(action), dropped_on=START, dropped_reason="no room"))
        assert bar(house, "SRV", service.starts_on).words == "at 80%, nothing open"

    def test_an_action_counts_in_the_area_of_its_finding(self, house: House) -> None:
        house.assess(AssessmentKind.BASELINE, 8)
        service = house.area("service")
        assert service.starts_on is not None
        finding = raise_finding(
            house.workspace,
            engagement_id=house.engagement.id,
            grade=FindingGrade.IMPROVEMENT,
            statement="A bench",
            checkpoint_id=POINT,
        ).made(Finding)
        plan_action(house.workspace, engagement_id=house.engagement.id, what="Bench", findings=[finding.id])
        assert bar(house, "SRV", service.starts_on).words == "at 80%, 1 action open"

    def test_the_levels_are_those_of_the_standing(self, house: House) -> None:
        house.assess(AssessmentKind.BASELINE, 4)
        house.assess(AssessmentKind.SELF_ASSESSMENT, 10)
        house.assess(AssessmentKind.PROGRESS, 8, areas=("service", "parts"), leave_out=7)
        with house.workspace.reading() as reader:
            counted = PlanReading(reader, house.engagement.id, on=START).levels
            told = standing_result(reader, house.engagement.id)
        assert {id: (one.level, one.tally.coverage, one.is_rated) for id, one in counted.items()} == {
            one.area_id: (one.level, one.tally.coverage, one.is_rated) for one in told.areas if one.applies
        }

    def test_without_a_plan_an_area_is_ahead(self) -> None:
        facts = AreaFacts(level=None, rated_on=None)
        assert area_state(None, facts, bound=75, on=START) == (AreaState.AHEAD, "")


class TestDays:
    """Visits and milestones."""

    def test_visits_are_held_today_planned_missed_or_cancelled(self, house: House) -> None:
        visits = house.visits()
        house.put(
            replace(visits[0], closed_at=datetime(2026, 3, 10, tzinfo=UTC), held_on=date(2026, 3, 10)),
            replace(visits[3], cancelled_on=START),
        )
        view = shown(house, visits[2].planned_on)
        assert [dot.state for dot in view.visits[:5]] == [
            DotState.HELD,
            DotState.MISSED,
            DotState.TODAY,
            DotState.CANCELLED,
            DotState.PLANNED,
        ]
        assert view.visits[0].day == date(2026, 3, 10)
        assert "1 of 16 visits held" in view.subtitle
        assert [line.title[:7] for line in view.late if line.spot.visit_id] == ["Visit 2"]

    def test_milestones_move_from_the_planned_day_to_the_real_one(self, house: House) -> None:
        planned = {one.code: one for one in shown(house).milestones}
        assert [code for code, one in planned.items() if one.is_done] == []
        assert planned["audit"].day == date(2027, 7, 17)
        assert planned["certificate"].day == date(2027, 9, 1)
        house.put(Charter(id=CharterId("c"), engagement_id=house.engagement.id, signed_on=START))
        house.put(replace(house.now(house.engagement), plan_accepted_on=START))
        house.put(
            ManagementReview(
                id=ReviewId("r"), engagement_id=house.engagement.id, number=1, planned_on=START - DAY
            )
        )
        house.put(ManagementReview(id=ReviewId("s"), engagement_id=house.engagement.id, number=2))
        house.assess(AssessmentKind.BASELINE, 6)
        house.assess(AssessmentKind.PRE_AUDIT, 8)
        view = shown(house)
        reached = {one.code: one for one in view.milestones}
        assert reached["baseline"].title == "Baseline 60.0%"
        assert {code for code, one in reached.items() if one.is_done} == {
            "charter",
            "baseline",
            "plan",
            "pre-audit",
        }
        assert [line.title for line in view.late] == ["Management review 1"]
        assert [one.day for one in view.milestones] == sorted(one.day for one in view.milestones)

    def test_a_baseline_of_half_the_house_has_no_level(self, house: House) -> None:
        house.assess(AssessmentKind.BASELINE, 6, areas=("service",))
        assert "Baseline" in [one.title for one in shown(house).milestones]


class TestCourse:
    """The way of the score."""

    def test_what_is_rated_after_the_day_is_not_counted(self, house: House) -> None:
        house.on(START + DAY)
        house.assess(AssessmentKind.BASELINE, 4)
        assessment = house.assess(AssessmentKind.PROGRESS, 8)
        house.put(replace(assessment, started_on=START, completed_on=None, completed_at=None))
        with house.workspace.reading() as reader:
            assert score_course(reader, house.engagement.id, on=START).assessed[-1].assessed == 0

    def test_each_completed_assessment_is_a_point_on_the_standing(self, house: House) -> None:
        house.assess(AssessmentKind.BASELINE, 4)
        house.on(date(2026, 6, 2))
        house.assess(AssessmentKind.PROGRESS, 8, areas=("service",))
        house.on(date(2026, 9, 2))
        house.assess(AssessmentKind.PROGRESS, 8)
        house.assess(AssessmentKind.SELF_ASSESSMENT, 10)
        house.assess(AssessmentKind.PROGRESS, 10, is_completed=False)
        with house.workspace.reading() as reader:
            course = score_course(reader, house.engagement.id, on=date(2026, 9, 2))
        assert [(one.on, one.label) for one in course.points] == [
            (START, "Base"),
            (date(2026, 6, 2), "M4"),
            (date(2026, 9, 2), "M7"),
        ]
        assert [one.overall for one in course.points][::2] == [40, 80]
        assert 40 < course.points[1].overall < 80
        assert course.forecast is not None
        assert course.forecast.on == course.audit_on == date(2027, 7, 17)
        assert course.is_enough

    def test_a_half_rated_house_has_no_point_and_no_forecast(self, house: House) -> None:
        house.assess(AssessmentKind.BASELINE, 4, areas=("service",))
        with house.workspace.reading() as reader:
            course = score_course(reader, house.engagement.id, on=START)
        assert course.points == ()
        assert course.forecast is None
        assert course.is_enough is None

    def test_the_burn_up_counts_what_was_assessed_and_passed_by_the_end_of_each_month(
        self, house: House
    ) -> None:
        house.on(date(2026, 3, 20))
        house.assess(AssessmentKind.BASELINE, 4, service=8)
        house.on(date(2026, 5, 20))
        house.assess(AssessmentKind.PROGRESS, 8, areas=("parts",))
        with house.workspace.reading() as reader:
            course = score_course(reader, house.engagement.id, on=date(2026, 6, 10))
            points = PlanReading(reader, house.engagement.id, on=START).checkpoints
        service = sum(one.area_id == "service" for one in points)
        parts = sum(one.area_id == "parts" for one in points)
        assert [(one.month, one.on, one.assessed, one.passed) for one in course.assessed] == [
            (0, date(2026, 3, 2), 0, 0),
            (1, date(2026, 4, 2), len(points), service),
            (2, date(2026, 5, 2), len(points), service),
            (3, date(2026, 6, 2), len(points), service + parts),
            (4, date(2026, 6, 10), len(points), service + parts),
        ]
        assert course.burn is not None
        assert course.burn.left == len(points) - service - parts
        assert course.burn.rate * 3 == service + parts

    def test_nothing_assessed_has_no_pace(self, house: House) -> None:
        with house.workspace.reading() as reader:
            assert score_course(reader, house.engagement.id, on=START).burn is None
            assert score_course(reader, house.engagement.id, on=START - DAY).assessed == ()
