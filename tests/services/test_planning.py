"""A plan is proposed from edition, standing and calendar, put in force in one edit, and made again without losing what was done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.dealership import Site
from qma_app.domain.ids import AreaId, PlannedAreaId
from qma_app.domain.plan import PlannedArea, PlannedPhase
from qma_app.domain.plan_proposal import PlanProposal
from qma_app.domain.visit import Visit
from qma_app.errors import RuleBroken
from qma_app.services import planning
from qma_app.services.dealerships import change_site
from qma_app.services.planning import accept_plan, make_plan, propose_plan, take_back_acceptance
from qma_app.services.undoing import undo
from qma_app.services.visit_days import calendar_of
from tests.services.planned import START, House, a_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with a_house(tmp_path / "w") as house:
        yield house


def proposal(house: House, on: date = START, **options: Any) -> PlanProposal:
    with house.workspace.reading() as reader:
        return propose_plan(reader, house.engagement.id, on=on, **options)


def refused(code: str) -> Any:
    return pytest.raises(RuleBroken, check=lambda error: error.code == code)


class TestProposing:
    """What is proposed, before anything is written."""

    def test_eighteen_months_bring_seventeen_visits_before_the_audit(self, house: House) -> None:
        found = proposal(house)
        assert len(found.visits) == 17
        assert [visit.number for visit in found.visits] == list(range(1, 18))
        assert found.visits[-1].day < found.audit_on == date(2027, 7, 17)
        assert {area.wave for area in found.areas} == {1, 2}

    def test_every_visit_lies_on_a_free_day_in_its_order(self, house: House) -> None:
        found = proposal(house)
        with house.workspace.reading() as reader:
            days = calendar_of(reader, house.engagement.id)
        assert all(days.is_free(visit.day) for visit in found.visits)
        assert all(one.day < following.day for one, following in pairwise(found.visits))
        assert "not on 9 May 2026: a Saturday" in found.visits[2].remarks

    def test_the_baseline_visits_walk_through_all_areas_together(self, house: House) -> None:
        found = proposal(house)
        baseline = next(span for span in found.phases if span.phase == "baseline")
        seen = [
            id
            for visit in found.visits
            if baseline.starts_on <= visit.day <= baseline.ends_on
            for id in visit.areas
        ]
        assert sorted(seen) == sorted(area.area_id for area in found.areas)

    def test_every_area_is_worked_on_at_a_visit_of_its_wave(self, house: House) -> None:
        found = proposal(house)
        waves = [span for span in found.phases if span.wave]
        seen = {
            id
            for visit in found.visits
            if waves[0].starts_on <= visit.day <= waves[-1].ends_on
            for id in visit.areas
        }
        assert seen == {area.area_id for area in found.areas}

    def test_a_baseline_changes_the_order(self, house: House) -> None:
        before = [area.code for area in proposal(house).areas]
        house.assess(AssessmentKind.BASELINE, 8, accounting=0)
        after = proposal(house)
        assert before[-1] == "ACC"
        assert [area.code for area in after.areas].index("ACC") < before.index("ACC")
        assert after.areas[0].reasons[:2] == ("everything else rests on it", "level 80.0%")

    def test_the_number_of_waves_may_be_said(self, house: House) -> None:
        assert max(span.wave for span in proposal(house, waves=4).phases) == 4
        assert max(span.wave for span in proposal(house, waves=99).phases) == 14
        assert max(span.wave for span in proposal(house, waves=0).phases) == 1

    def test_areas_left_out_are_not_planned(self, house: House) -> None:
        house.put(
            PlannedArea(
                id=PlannedAreaId("out"),
                engagement_id=house.engagement.id,
                area_id=AreaId("accounting"),
                left_out="done by the group",
            )
        )
        assert "accounting" not in [area.area_id for area in proposal(house).areas]

    @pytest.mark.parametrize("months", [3, 6, 12, 24, 60])
    @pytest.mark.parametrize("started_on", [date(2028, 2, 29), date(2027, 12, 31)])
    def test_any_length_and_start_can_be_planned(self, house: House, months: int, started_on: date) -> None:
        house.put(replace(house.engagement, months=months, started_on=started_on))
        found = proposal(house, on=started_on)
        assert found.phases[0].starts_on == started_on
        assert all(one.ends_on < following.starts_on for one, following in pairwise(found.phases))
        assert all(started_on <= visit.day < found.audit_on for visit in found.visits)
        assert len(found.visits) == len({visit.day for visit in found.visits})
        assert found.visits

    def test_a_house_of_an_unknown_country_is_planned_with_a_remark(self, tmp_path: Path) -> None:
        with a_house(tmp_path / "w", country="XX") as house:
            assert proposal(house).remarks == (
                "Public holidays of XX are not known here: look at them yourself.",
            )

    def test_an_ended_programme_or_one_at_the_end_of_time_is_not_planned(self, house: House) -> None:
        house.put(replace(house.engagement, ended_on=START, ended_reason="sold"))
        with refused("plan.ended"):
            proposal(house)
        house.put(replace(house.now(house.engagement), ended_on=None, started_on=date(9999, 1, 1)))
        with refused("plan.start"):
            proposal(house)


class TestMaking:
    """What is stored."""

    def test_phases_areas_and_visits_come_in_one_edit_and_go_with_it(self, house: House) -> None:
        changes = make_plan(house.workspace, house.engagement.id, proposal(house))
        assert changes.what == "plan.made"
        assert [len(changes.of(kind)) for kind in (PlannedPhase, PlannedArea, Visit)] == [8, 14, 17]
        undo(house.workspace, changes)
        assert house.phases() == ()
        assert house.visits() == ()

    def test_made_twice_it_is_the_same_plan(self, house: House) -> None:
        house.plan()
        phases, visits = house.phases(), house.visits()
        assert not make_plan(house.workspace, house.engagement.id, proposal(house))
        assert (house.phases(), house.visits()) == (phases, visits)

    def test_left_phases_and_held_visits_stay_when_it_is_made_again(self, house: House) -> None:
        house.plan()
        first, visit = house.phases()[0], house.visits()[0]
        house.put(
            replace(first, passed_on=first.ends_on),
            replace(visit, closed_at=datetime(2026, 3, 9, tzinfo=UTC), held_on=visit.planned_on),
        )
        house.put(replace(house.now(house.engagement), months=24))
        house.on(date(2026, 4, 1))
        house.plan()
        assert (house.now(first).starts_on, house.now(first).ends_on) == (first.starts_on, first.ends_on)
        assert house.now(visit).day == visit.planned_on
        assert house.phase("audit").ends_on == date(2028, 3, 1)
        assert [one.number for one in house.visits()] == list(range(1, 23))

    def test_fewer_waves_take_the_others_and_surplus_visits_away(self, house: House) -> None:
        house.plan(waves=4)
        house.put(replace(house.now(house.engagement), months=12))
        house.plan(waves=1)
        assert [one.wave for one in house.phases()] == [0, 0, 0, 1, 0, 0, 0]
        assert len(house.visits()) == 11
        assert {house.area("service").wave, house.area("parts").wave} == {1}

    def test_a_missed_visit_is_not_moved_and_the_next_keeps_its_distance(self, house: House) -> None:
        house.plan()
        first = house.visits()[0]
        house.on(first.planned_on + timedelta(days=2))
        house.plan()
        assert house.now(first) == first
        assert min(one.planned_on for one in house.visits() if one.id != first.id) == date(2026, 4, 9)

    def test_a_wave_that_has_begun_keeps_its_areas(self, house: House) -> None:
        house.plan()
        wave = house.phase("improve", 1)
        mine = {id: house.area(id) for id in ("service", "management")}
        house.on(wave.starts_on + timedelta(days=10))
        house.assess(AssessmentKind.BASELINE, 8, people=0)
        house.plan()
        assert {id: house.area(id) for id in mine} == mine
        assert house.area("people").wave == 2

    def test_a_department_won_in_month_eight_is_planned_and_one_lost_is_not(self, house: House) -> None:
        with house.workspace.reading() as reader:
            (site,) = reader.all(Site, dealership_id=house.engagement.dealership_id)
        change_site(house.workspace, site.id, features=("new-cars",))
        house.plan()
        with house.workspace.reading() as reader:
            before = {one.area_id for one in reader.all(PlannedArea, engagement_id=house.engagement.id)}
        assert "service" not in before
        house.on(date(2026, 10, 5))
        change_site(house.workspace, site.id, features=site.features)
        house.plan()
        assert house.area("service").wave == 2
        change_site(house.workspace, site.id, features=("new-cars",))
        house.plan()
        with house.workspace.reading() as reader:
            after = {one.area_id for one in reader.all(PlannedArea, engagement_id=house.engagement.id)}
        assert after == before

    def test_an_area_that_was_begun_stays_when_its_department_is_lost(self, house: House) -> None:
        house.plan()
        wave = house.phase("improve", 1)
        house.on(wave.ends_on)
        with house.workspace.reading() as reader:
            (site,) = reader.all(Site, dealership_id=house.engagement.dealership_id)
        change_site(house.workspace, site.id, features=("new-cars",))
        before = house.area("service")
        house.plan()
        assert house.area("service") == before

    def test_a_late_gate_squeezes_what_remains_until_it_moves_the_audit(self, house: House) -> None:
        house.plan()
        first = house.phases()[0]
        for late, is_too_late in ((200, False), (540, True)):
            house.put(replace(house.now(first), passed_on=first.ends_on + timedelta(days=late)))
            found = proposal(house, on=first.ends_on + timedelta(days=late))
            assert found.phases[1].starts_on == first.ends_on + timedelta(days=late + 1)
            assert all(one.ends_on < following.starts_on for one, following in pairwise(found.phases))
            said = [words for words in found.remarks if words.startswith("The audit would begin on ")]
            assert bool(said) == is_too_late

    def test_once_all_waves_are_left_a_new_department_is_worked_on_before_the_audit(
        self, house: House
    ) -> None:
        with house.workspace.reading() as reader:
            (site,) = reader.all(Site, dealership_id=house.engagement.dealership_id)
        change_site(house.workspace, site.id, features=("new-cars",))
        house.plan()
        for phase in house.phases()[:5]:
            house.put(replace(phase, passed_on=phase.ends_on))
        pre_audit = house.phase("pre-audit")
        house.on(pre_audit.starts_on)
        change_site(house.workspace, site.id, features=site.features)
        house.plan()
        service = house.area("service")
        assert service.wave == 2
        assert service.starts_on is not None
        assert pre_audit.starts_on <= service.starts_on <= pre_audit.ends_on

    def test_a_begun_area_without_days_is_planned_anew(self, house: House) -> None:
        house.plan()
        house.put(replace(house.area("service"), starts_on=None, ends_on=None))
        house.on(house.phase("improve", 1).starts_on)
        house.plan()
        assert house.area("service").starts_on is not None

    def test_the_visits_are_those_of_the_coach(self, house: House) -> None:
        house.plan()
        assert {visit.coach_id for visit in house.visits()} == {house.engagement.coach_id}

    @pytest.mark.parametrize(
        ("code", "change"),
        [
            ("plan.no-phases", {"phases": ()}),
            ("plan.order", {"phases": "swapped"}),
            ("plan.area", {"areas": "twice"}),
            ("plan.visit-twice", {"visits": "twice"}),
        ],
    )
    def test_a_plan_that_fits_nothing_is_refused_and_nothing_written(
        self, house: House, code: str, change: dict[str, Any]
    ) -> None:
        good = proposal(house)
        ((name, how),) = change.items()
        items: tuple[Any, ...] = getattr(good, name)
        wrong: Any = {(): (), "swapped": items[::-1], "twice": (*items, items[0])}[how]
        fields: dict[str, Any] = {name: wrong}
        with refused(code):
            make_plan(house.workspace, house.engagement.id, replace(good, **fields))
        assert house.phases() == ()

    def test_a_gate_passed_meanwhile_makes_the_proposal_old(self, house: House) -> None:
        house.plan()
        old = proposal(house, waves=3)
        first = house.phases()[0]
        house.put(replace(first, passed_on=START, ends_on=first.ends_on - timedelta(days=3)))
        with refused("plan.stale"):
            make_plan(house.workspace, house.engagement.id, old)


class TestAccepting:
    """The principal's word on the plan."""

    def test_it_needs_a_plan_a_name_and_a_day_that_has_come(self, house: House) -> None:
        with refused("plan.missing"):
            accept_plan(house.workspace, house.engagement.id, on=START, by="B. Muster")
        house.plan()
        with refused("plan.by-missing"):
            accept_plan(house.workspace, house.engagement.id, on=START, by=" ")
        for day in (START - timedelta(days=1), START + timedelta(days=1)):
            with refused("plan.accepted-day"):
                accept_plan(house.workspace, house.engagement.id, on=day, by="B. Muster")
        accept_plan(house.workspace, house.engagement.id, on=START, by=" B. Muster ")
        found = house.now(house.engagement)
        assert (found.plan_accepted_on, found.plan_accepted_by) == (START, "B. Muster")
        take_back_acceptance(house.workspace, house.engagement.id)
        assert house.now(house.engagement).plan_accepted_on is None

    def test_another_plan_has_to_be_accepted_again_unless_its_gate_was_passed(self, house: House) -> None:
        house.plan()
        accept_plan(house.workspace, house.engagement.id, on=START, by="B. Muster")
        house.plan(waves=3)
        assert house.now(house.engagement).plan_accepted_on is None
        accept_plan(house.workspace, house.engagement.id, on=START, by="B. Muster")
        for phase in house.phases()[:3]:
            house.put(replace(phase, passed_on=START))
        house.plan(waves=3)
        assert house.now(house.engagement).plan_accepted_on == START


def test_what_others_need_is_named() -> None:
    assert set(planning.__all__) <= set(dir(planning))
