"""Gates are computed from the records, passed in their order, and what did not hold then stays visible for ever."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from qma_app.domain.action import Action
from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.charter import Charter
from qma_app.domain.edition import GateCondition
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.gates import CHECKS, GateView, gate_in, may_be_stated
from qma_app.domain.ids import (
    AreaId,
    CharterId,
    GateStatementId,
    ProcessOwnerId,
    ReadingId,
    ReviewId,
    TargetId,
)
from qma_app.domain.month import Month
from qma_app.domain.people import Person
from qma_app.domain.plan import GateStatement, PlannedPhase
from qma_app.domain.plan_reading import PlanReading
from qma_app.domain.process_owner import ProcessOwner
from qma_app.domain.reading import Reading
from qma_app.domain.review import ManagementReview
from qma_app.domain.target import Gain, Target
from qma_app.errors import RuleBroken
from qma_app.services.actions import plan_action
from qma_app.services.findings import raise_finding
from qma_app.services.gates import (
    Tone,
    current_phase,
    gate_of,
    pass_gate,
    state_for_gate,
    statements_of,
    take_back_statement,
)
from qma_app.services.people import add_person
from qma_app.services.undoing import undo
from tests.builders import a_text
from tests.services.planned import START, House, a_house

DAY = timedelta(days=1)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with a_house(tmp_path / "w") as house:
        house.plan()
        yield house


def answer(
    house: House, phase: str, check: str, *, wave: int = 0, on: date | None = None
) -> tuple[bool | None, str, Tone]:
    view = house.gate(house.phase(phase, wave), on)
    (found,) = [one for one in view.conditions if one.check == check]
    return found.holds, found.figures, found.tone


def spots(house: House, phase: str, check: str, *, wave: int = 0) -> list[str]:
    view = house.gate(house.phase(phase, wave))
    return [words for one in view.conditions if one.check == check for words, _spot in one.spots]


def major(house: House, **fields: Any) -> Finding:
    return raise_finding(
        house.workspace,
        engagement_id=house.engagement.id,
        grade=FindingGrade.MAJOR,
        statement="No price on the order",
        **fields,
    ).made(Finding)


def state(house: House, check: str, **fields: Any) -> GateStatement:
    given: dict[str, Any] = {"words": "seen at the desk", **fields}
    return state_for_gate(house.workspace, house.engagement.id, check=check, **given).made(GateStatement)


def passed(house: House, *phases: PlannedPhase) -> None:
    for phase in phases:
        house.put(replace(house.now(phase), passed_on=START))


def refused(code: str) -> Any:
    return pytest.raises(RuleBroken, check=lambda error: error.code == code)


class TestCommitment:
    """What the house undertakes before anything begins."""

    def test_a_charter_counts_from_the_day_it_is_signed(self, house: House) -> None:
        assert answer(house, "commitment", "charter-signed") == (False, "not signed", Tone.OPEN)
        house.put(Charter(id=CharterId("c"), engagement_id=house.engagement.id, signed_on=START + DAY))
        assert answer(house, "commitment", "charter-signed")[0] is False
        assert answer(house, "commitment", "charter-signed", on=START + DAY) == (True, "3 Mar 2026", Tone.OK)

    def test_targets_count_once_they_are_locked(self, house: House) -> None:
        house.put(
            Target(
                id=TargetId("t"),
                engagement_id=house.engagement.id,
                gain=Gain.CUSTOMERS,
                kpi="C15",
                goal=Decimal(4),
            )
        )
        assert answer(house, "commitment", "targets-locked") == (False, "1 of 3", Tone.OPEN)
        house.put(replace(house.now(house.engagement), targets_locked_on=START))
        assert answer(house, "commitment", "targets-locked")[:2] == (True, "2 Mar 2026")

    def test_a_quality_officer_needs_a_name_and_time(self, house: House) -> None:
        check = "quality-officer-named"
        assert answer(house, "commitment", check)[:2] == (False, "nobody named")
        officer = add_person(house.workspace, name="B. Muster").made(Person)
        house.put(replace(house.now(house.engagement), officer_id=officer.id))
        assert answer(house, "commitment", check)[:2] == (False, "B. Muster, no time agreed")
        house.put(replace(house.now(house.engagement), officer_percent=20))
        assert answer(house, "commitment", check)[:2] == (True, "B. Muster, 20% of the time")

    def test_each_kpi_of_a_target_needs_twelve_months_before_the_start(self, house: House) -> None:
        for kpi in ("C15", "C01"):
            gain = Gain.CUSTOMERS
            house.put(
                Target(
                    id=TargetId(kpi), engagement_id=house.engagement.id, gain=gain, kpi=kpi, goal=Decimal(4)
                )
            )
        self.read(house, "C15", 12)
        self.read(house, "C01", 9)
        assert answer(house, "commitment", "kpi-months")[:2] == (False, "9 of 12")
        assert [words[:3] for words in spots(house, "commitment", "kpi-months")] == ["C01"]
        self.read(house, "C01", 3, before=9)
        assert answer(house, "commitment", "kpi-months")[:2] == (True, "12 of 12")

    def test_months_after_the_start_do_not_count_and_without_targets_the_best_kpi_does(
        self, house: House
    ) -> None:
        assert answer(house, "commitment", "kpi-months")[:2] == (False, "0 of 12")
        self.read(house, "C15", 12, before=-6)
        assert answer(house, "commitment", "kpi-months")[:2] == (False, "6 of 12")
        self.read(house, "C01", 15)
        assert answer(house, "commitment", "kpi-months")[:2] == (True, "12 of 12")

    @staticmethod
    def read(house: House, kpi: str, months: int, *, before: int = 0) -> None:
        for place in range(1, months + 1):
            month = Month.of(START).plus(-before - place)
            house.put(
                Reading(
                    id=ReadingId(f"{kpi} {month}"),
                    engagement_id=house.engagement.id,
                    kpi=kpi,
                    month=month,
                    numerator=Decimal(4),
                )
            )


class TestBaseline:
    """Whether the house was looked at."""

    def test_every_area_worked_on_must_be_in_a_completed_baseline(self, house: House) -> None:
        check = "assessment-completed"
        assert answer(house, "baseline", check)[:2] == (False, "0 of 14")
        house.assess(AssessmentKind.PROGRESS, 8)
        assert answer(house, "baseline", check)[:2] == (False, "0 of 14")
        house.assess(AssessmentKind.BASELINE, 8, areas=("service", "parts"))
        assert answer(house, "baseline", check)[:2] == (False, "2 of 14")
        house.assess(AssessmentKind.BASELINE, 8)
        assert answer(house, "baseline", check)[:2] == (True, "14 of 14")

    def test_an_area_left_out_is_not_asked_for(self, house: House) -> None:
        house.put(replace(house.area("accounting"), left_out="done by the group"))
        assert answer(house, "baseline", "assessment-completed")[1] == "0 of 13"

    def test_two_thirds_of_each_area_are_two_thirds_not_sixty_seven_hundredths(self, house: House) -> None:
        with house.workspace.reading() as reader:
            points = PlanReading(reader, house.engagement.id, on=START).checkpoints
        counts = Counter(point.area_id for point in points)
        area = next(id for id, count in counts.items() if count % 3 == 0)
        house.assess(AssessmentKind.BASELINE, 8, areas=(area,), leave_out=counts[area] // 3)
        assert answer(house, "baseline", "coverage")[1] == "1 of 14"
        other = next(id for id, count in counts.items() if count % 3 == 0 and id != area)
        house.assess(AssessmentKind.BASELINE, 8, areas=(other,), leave_out=counts[other] // 3 + 1)
        assert answer(house, "baseline", "coverage")[1] == "1 of 14"

    def test_an_area_below_the_share_is_named_with_its_coverage(self, house: House) -> None:
        house.assess(AssessmentKind.BASELINE, 8, areas=("service",), leave_out=40)
        found = spots(house, "baseline", "coverage")
        assert len(found) == 14
        assert found[house_order(house).index("SRV")].startswith("SRV Service, ")
        assert answer(house, "baseline", "coverage")[1] == "0 of 14"

    def test_staff_were_asked_when_somebody_states_it(self, house: House) -> None:
        assert answer(house, "baseline", "staff-survey-done")[:2] == (False, "not stated")
        statement = state(house, "staff-survey-done")
        assert answer(house, "baseline", "staff-survey-done")[:2] == (True, "2 Mar 2026")
        take_back_statement(house.workspace, statement.id)
        assert answer(house, "baseline", "staff-survey-done")[0] is False

    def test_a_later_statement_may_take_it_back(self, house: House) -> None:
        state(house, "staff-survey-done")
        house.on(START + DAY)
        state(house, "staff-survey-done", figure=0)
        assert answer(house, "baseline", "staff-survey-done")[0] is False
        assert answer(house, "baseline", "staff-survey-done", on=START)[0] is True
        with house.workspace.reading() as reader:
            said = statements_of(reader, house.engagement.id, "staff-survey-done", on=START + DAY)
        assert [one.figure for one in said] == [0, None]


def house_order(house: House) -> list[str]:
    return [area.code for area in house.edition.areas]


class TestPlan:
    """Owners, the accepted plan, no old majors."""

    def test_every_process_needs_an_owner_and_a_description(self, house: House) -> None:
        holds, figures, _tone = answer(house, "plan", "process-owners-named")
        assert holds is False
        total = int(figures.removeprefix("0 of "))
        boss = add_person(house.workspace, name="B. Muster").made(Person)
        processes = list(house.edition.processes)
        for id in processes:
            house.put(
                ProcessOwner(
                    id=ProcessOwnerId(id),
                    engagement_id=house.engagement.id,
                    process_id=id,
                    owner_id=boss.id,
                    described_on=None if id == processes[0] else START,
                )
            )
        assert answer(house, "plan", "process-owners-named")[1] == f"{total - 1} of {total}"
        first = house.edition.processes[processes[0]]
        assert spots(house, "plan", "process-owners-named") == [f"{first.number} {first.title}"]

    def test_the_plan_is_accepted_by_name(self, house: House) -> None:
        assert answer(house, "plan", "plan-accepted")[:2] == (False, "not yet")
        house.put(replace(house.now(house.engagement), plan_accepted_on=START, plan_accepted_by="B. Muster"))
        assert answer(house, "plan", "plan-accepted")[:2] == (True, "2 Mar 2026, B. Muster")

    def test_a_major_may_be_sixty_days_old_and_not_a_day_older(self, house: House) -> None:
        found = major(house)
        day = START + timedelta(days=60)
        assert answer(house, "plan", "major-age-days", on=day) == (True, "none", Tone.OK)
        assert answer(house, "plan", "major-age-days", on=day + DAY) == (False, "1 open", Tone.LATE)
        house.on(day + DAY)
        assert spots(house, "plan", "major-age-days") == [found.label]
        house.put(replace(house.now(found), closed_on=day + DAY))
        assert answer(house, "plan", "major-age-days", on=day + DAY)[0] is True
        house.put(replace(house.now(found), closed_on=None, seen_on=None))
        assert answer(house, "plan", "major-age-days", on=START)[0] is False


class TestImprove:
    """What a wave has to bring."""

    def test_the_areas_of_finished_waves_stand_at_the_bound(self, house: House) -> None:
        assert answer(house, "improve", "wave-level", wave=1)[:2] == (False, "0 of 5")
        house.assess(AssessmentKind.PROGRESS, 8, people=6)
        assert answer(house, "improve", "wave-level", wave=1)[:2] == (True, "5 of 5")
        assert answer(house, "improve", "wave-level", wave=2)[:2] == (False, "13 of 14")
        assert [words[:3] for words in spots(house, "improve", "wave-level", wave=2)] == ["HRM"]

    def test_an_area_hardly_rated_does_not_stand_anywhere(self, house: House) -> None:
        house.assess(AssessmentKind.PROGRESS, 10, areas=("service",), leave_out=50)
        assert answer(house, "improve", "wave-level", wave=1)[1] == "0 of 5"

    def test_records_are_stated_for_each_area_or_for_all_the_newest_word_counts(self, house: House) -> None:
        check = "records-weeks"
        state(house, check, figure=8, area_id=AreaId("service"))
        assert answer(house, "improve", check, wave=1)[:2] == (False, "1 of 5")
        state(house, check, figure=9)
        assert answer(house, "improve", check, wave=1)[:2] == (True, "5 of 5")
        state(house, check, figure=4, area_id=AreaId("service"))
        assert answer(house, "improve", check, wave=1)[:2] == (False, "4 of 5")

    def test_a_word_on_all_records_speaks_of_the_waves_begun_by_then(self, house: House) -> None:
        check = "records-weeks"
        state(house, check, figure=9)
        assert answer(house, "improve", check, wave=1)[0] is True
        first, second = house.phase("improve", 1), house.phase("improve", 2)
        figures = answer(house, "improve", check, wave=2)[1]
        assert figures.startswith("5 of "), "the areas of wave 2 were not yet worked on"
        house.put(replace(first, passed_on=START, passed_by=None))
        assert answer(house, "improve", check, wave=2)[1] == figures, "said when wave 1 was left"
        house.on(START + DAY)
        state(house, check, figure=9)
        assert answer(house, "improve", check, wave=2)[0] is True, "wave 2 began when wave 1 was left"
        assert second.starts_on > START + DAY

    def test_a_review_counts_for_ninety_two_days(self, house: House) -> None:
        check = "management-review-days"
        assert answer(house, "improve", check, wave=1)[:2] == (False, "none held")
        review = ManagementReview(
            id=ReviewId("r"), engagement_id=house.engagement.id, number=1, planned_on=START + 9 * DAY
        )
        house.put(review)
        assert answer(house, "improve", check, wave=1) == (False, "planned 11 Mar 2026", Tone.OPEN)
        house.put(replace(house.now(review), held_on=START))
        assert answer(house, "improve", check, wave=1, on=START + 92 * DAY)[:2] == (True, "held 2 Mar 2026")
        late = answer(house, "improve", check, wave=1, on=START + 93 * DAY)
        assert late == (False, "last 2 Mar 2026", Tone.LATE)


class TestBeforeTheAudit:
    """Audits, majors, actions, the decision, surveillance."""

    def test_internal_audits_cover_all_areas_since_the_phase_was_reached_or_are_stated(
        self, house: House
    ) -> None:
        check, phase = "internal-audits-done", house.phase("pre-audit")
        house.assess(AssessmentKind.SELF_ASSESSMENT, 8)
        assert answer(house, "pre-audit", check)[:2] == (False, "0 of 14")
        house.on(phase.starts_on)
        house.assess(AssessmentKind.SELF_ASSESSMENT, 8, areas=("service",))
        assert answer(house, "pre-audit", check)[:2] == (False, "1 of 14")
        house.assess(AssessmentKind.PRE_AUDIT, 8)
        assert answer(house, "pre-audit", check)[:2] == (True, "14 of 14")
        state(house, check, figure=0)
        assert answer(house, "pre-audit", check)[0] is False

    def test_a_phase_reached_early_counts_from_its_gate(self, house: House) -> None:
        passed(house, *house.phases()[:5])
        house.assess(AssessmentKind.SELF_ASSESSMENT, 8)
        assert answer(house, "pre-audit", "internal-audits-done")[0] is True

    def test_the_pre_audit_must_see_everything(self, house: House) -> None:
        house.assess(AssessmentKind.PRE_AUDIT, 8, leave_out=1)
        assert answer(house, "pre-audit", "coverage")[:2] == (False, "13 of 14")
        house.assess(AssessmentKind.PRE_AUDIT, 8)
        assert answer(house, "pre-audit", "coverage")[:2] == (True, "14 of 14")

    def test_no_major_is_open(self, house: House) -> None:
        assert answer(house, "pre-audit", "open-majors")[0] is True
        major(house)
        assert answer(house, "pre-audit", "open-majors") == (False, "1 open", Tone.LATE)

    def test_three_actions_may_be_overdue_and_no_fourth(self, house: House) -> None:
        for _number in range(4):
            plan_action(house.workspace, engagement_id=house.engagement.id, what="Call", due_on=START).made(
                Action
            )
        assert answer(house, "pre-audit", "overdue-actions")[:2] == (True, "none")
        later = answer(house, "pre-audit", "overdue-actions", on=START + DAY)
        assert later == (False, "4 overdue", Tone.LATE)

    def test_without_an_audit_there_is_no_decision_with_one_nobody_knows_until_it_is_stated(
        self, house: House
    ) -> None:
        assert answer(house, "audit", "decision-made")[:2] == (False, "no audit yet")
        audit = house.assess(AssessmentKind.PROGRESS, 8)
        house.put(replace(audit, kind=AssessmentKind.CERTIFICATION_AUDIT))
        assert answer(house, "audit", "decision-made") == (None, "decision not stated", Tone.UNKNOWN)
        state(house, "decision-made")
        assert answer(house, "audit", "decision-made")[0] is True

    @pytest.mark.parametrize("kind", [AssessmentKind.SURVEILLANCE, AssessmentKind.RECERTIFICATION])
    def test_a_surveillance_is_good_for_twelve_months(self, house: House, kind: AssessmentKind) -> None:
        check = "surveillance-months"
        assert answer(house, "hold-the-gains", check) == (None, "no audit yet", Tone.UNKNOWN)
        audit = house.assess(AssessmentKind.PROGRESS, 8)
        house.put(replace(audit, kind=kind))
        assert answer(house, "hold-the-gains", check, on=date(2027, 3, 2))[0] is True
        assert answer(house, "hold-the-gains", check, on=date(2027, 3, 3))[0] is False


class TestOtherEditions:
    """Checks and bounds that this version or this edition does not know."""

    def ask(self, house: House, condition: GateCondition) -> GateView:
        edition = house.edition
        first = replace(edition.phases[0], gate=(condition,))
        with house.workspace.reading() as reader:
            reading = PlanReading(reader, house.engagement.id, on=START)
            reading.__dict__["edition"] = replace(edition, phases=(first, *edition.phases[1:]))
            return gate_in(reading, house.phase("commitment"))

    def test_every_check_of_the_shipped_edition_is_computed(self, house: House) -> None:
        assert {one.check for phase in house.edition.phases for one in phase.gate} == set(CHECKS)

    def test_a_check_of_a_newer_edition_is_not_known(self, house: House) -> None:
        (found,) = self.ask(house, GateCondition(id="x", check="moon-phase", title=a_text("Moon"))).conditions
        assert (found.holds, found.figures, found.tone) == (None, "not known to this version", Tone.UNKNOWN)
        assert may_be_stated("moon-phase")
        house.put(
            GateStatement(
                id=GateStatementId("s"),
                engagement_id=house.engagement.id,
                check="moon-phase",
                said_on=START,
                words="full",
            )
        )
        (found,) = self.ask(house, GateCondition(id="x", check="moon-phase", title=a_text("Moon"))).conditions
        assert found.holds is True

    def test_in_other_phases_any_assessment_of_that_time_counts(self, house: House) -> None:
        for check in ("assessment-completed", "coverage"):
            condition = GateCondition(id="x", check=check, title=a_text("All"), at_least=50)
            assert self.ask(house, condition).conditions[0].holds is False
        house.assess(AssessmentKind.PROGRESS, 8)
        for check in ("assessment-completed", "coverage"):
            condition = GateCondition(id="x", check=check, title=a_text("All"), at_least=50)
            assert self.ask(house, condition).is_open

    def test_a_phase_the_edition_does_not_know_has_an_open_gate(self, house: House) -> None:
        phase = replace(house.phase("commitment"), phase="afterglow")
        assert house.gate(phase).conditions == ()
        assert house.gate(phase).is_open

    def test_wave_conditions_in_a_phase_without_waves_ask_for_all_areas(self, house: House) -> None:
        condition = GateCondition(id="x", check="wave-level", title=a_text("All"), at_least=75)
        assert self.ask(house, condition).conditions[0].figures == "0 of 14"

    def test_a_house_without_areas_holds_nothing(self, house: House) -> None:
        for area in house.edition.areas:
            house.put(replace(house.area(area.id), left_out="not now"))
        assert answer(house, "baseline", "assessment-completed")[:2] == (False, "0 of 0")


class TestPassing:
    """Leaving a phase."""

    def test_an_open_gate_is_passed_without_a_reason(self, house: House) -> None:
        first = house.phases()[0]
        house.put(replace(first, phase="afterglow"))
        pass_gate(house.workspace, first.id, reason="not needed")
        found = house.now(first)
        assert (found.passed_on, found.passed_reason, found.passed_open) == (START, "", ())

    def test_what_does_not_hold_needs_a_reason_and_stays(self, house: House) -> None:
        first = house.phases()[0]
        with refused("gate.reason-missing") as caught:
            pass_gate(house.workspace, first.id)
        assert str(caught.value).startswith("4 of 4 conditions do not hold: The charter")
        assert not house.now(first).is_passed
        pass_gate(house.workspace, first.id, reason=" the principal is abroad ")
        found = house.now(first)
        assert found.passed_reason == "the principal is abroad"
        assert [one.condition for one in found.passed_open] == [
            "charter",
            "targets",
            "quality-officer",
            "kpi-history",
        ]
        assert found.passed_open[3].figures == "0 of 12"
        house.put(Charter(id=CharterId("c"), engagement_id=house.engagement.id, signed_on=START))
        view = house.gate(found)
        assert view.conditions[0].holds is True
        assert view.passed_open[0].figures == "not signed"

    def test_gates_are_passed_in_their_order_and_once(self, house: House) -> None:
        first, second, *_rest = house.phases()
        with refused("gate.order"):
            pass_gate(house.workspace, second.id, reason="hurry")
        pass_gate(house.workspace, first.id, reason="hurry")
        with refused("gate.passed"):
            pass_gate(house.workspace, first.id, reason="hurry")

    def test_not_ahead_of_time_nor_before_the_gate_before(self, house: House) -> None:
        first, second, *_rest = house.phases()
        with refused("gate.ahead"):
            pass_gate(house.workspace, first.id, on=START + DAY, reason="hurry")
        with refused("gate.too-early"):
            pass_gate(house.workspace, first.id, on=START - DAY, reason="hurry")
        house.on(START + 9 * DAY)
        pass_gate(house.workspace, first.id, reason="hurry")
        with refused("gate.too-early"):
            pass_gate(house.workspace, second.id, on=START + 8 * DAY, reason="hurry")

    def test_the_current_phase_is_the_first_that_was_not_left(self, house: House) -> None:
        first, second, *_rest = house.phases()
        house.on(START + 9 * DAY)
        changes = pass_gate(house.workspace, first.id, reason="hurry")
        with house.workspace.reading() as reader:
            now = current_phase(reader, house.engagement.id, on=START + 9 * DAY)
            then = current_phase(reader, house.engagement.id, on=START + 8 * DAY)
        assert now is not None
        assert then is not None
        assert (now.id, then.id) == (second.id, first.id)
        undo(house.workspace, changes)
        assert not house.now(first).is_passed

    def test_without_a_plan_there_is_no_current_phase(self, tmp_path: Path) -> None:
        with a_house(tmp_path / "bare") as bare, bare.workspace.reading() as reader:
            assert current_phase(reader, bare.engagement.id, on=START) is None

    def test_the_same_gate_read_twice_says_the_same(self, house: House) -> None:
        phase = house.phase("improve", 2)
        with house.workspace.reading() as reader:
            one = gate_of(reader, house.engagement.id, phase, on=START)
        assert one == house.gate(phase)
        assert one.title == "Improve, wave 2"


class TestStating:
    """What somebody answers for."""

    @pytest.mark.parametrize(
        ("code", "fields"),
        [
            ("gate.not-stated", {"check": "charter-signed"}),
            ("gate.words-missing", {"check": "staff-survey-done", "words": " "}),
            ("gate.figure", {"check": "records-weeks"}),
            ("gate.figure", {"check": "records-weeks", "figure": -1}),
            ("gate.figure", {"check": "staff-survey-done", "figure": 521}),
            ("gate.ahead", {"check": "staff-survey-done", "on": START + DAY}),
            ("gate.area-unknown", {"check": "records-weeks", "figure": 8, "area_id": AreaId("moon")}),
            ("gate.check-unknown", {"check": "moon-phase"}),
        ],
    )
    def test_what_cannot_be_stated_is_refused(self, house: House, code: str, fields: dict[str, Any]) -> None:
        with refused(code):
            state(house, **fields)
