"""The sample lives the coaching year: agreed, planned, visited, promised, reviewed, and told in words that fit the records."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise

from qma_app.assets import resources_folder
from qma_app.domain.charter import Charter
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import EvidenceLink
from qma_app.domain.finding import Finding
from qma_app.domain.gates import current_phase, gate_of
from qma_app.domain.people import Person
from qma_app.domain.plan import PlannedArea, PlannedPhase
from qma_app.domain.promise import SPONSOR_ANSWERS, Promise, PromiseState, SponsorCheck
from qma_app.domain.review import Decision, ManagementReview
from qma_app.domain.standing import applicable_in, list_assessments
from qma_app.domain.step_mark import StepMark
from qma_app.domain.target import Gain, Target
from qma_app.domain.visit import AgendaItem, Visit, VisitNote, VisitState
from qma_app.services.certificates import CertificateState, certificates
from qma_app.services.process_owners import owners_view
from qma_app.services.sample.reading import read_story
from qma_app.services.sponsoring import sponsorship
from qma_app.services.standards import newest_shipped_edition
from qma_app.services.visit_days import day_obstacles
from qma_app.storage.scopes import ReadingScope

ON = date(2026, 11, 20)


def test_the_charter_is_signed_with_its_page_and_its_promises(
    reader: ReadingScope, first: Engagement
) -> None:
    charter = reader.all(Charter, engagement_id=first.id)[0]
    assert charter.signed_on == first.started_on
    assert len(reader.all(EvidenceLink, charter_id=charter.id)) == 1
    assert len(reader.all(Promise, charter_id=charter.id)) >= 3


def test_targets_for_all_three_are_locked_before_the_work_begins(
    reader: ReadingScope, first: Engagement
) -> None:
    goals = reader.all(Target, engagement_id=first.id)
    assert {goal.gain for goal in goals} == set(Gain)
    assert first.targets_locked_on == first.started_on


def test_every_process_has_an_owner_and_a_description(reader: ReadingScope, first: Engagement) -> None:
    lines = [line for line in owners_view(reader, first.id) if line.applies]
    assert len(lines) > 80
    assert [line.process.number for line in lines if not line.is_complete] == []
    assert sum(line.deputy is not None for line in lines) >= 10


def test_gates_are_passed_in_order_and_some_with_a_reason_for_ever(
    reader: ReadingScope, first: Engagement
) -> None:
    phases = sorted(reader.all(PlannedPhase, engagement_id=first.id), key=_by_place)
    assert [one.is_passed for one in phases] == [True] * 7 + [False]
    days = [one.passed_on for one in phases if one.passed_on is not None]
    assert days == sorted(days)
    assert all(bool(one.passed_reason) == bool(one.passed_open) for one in phases)
    assert {one.phase for one in phases if not one.passed_open} >= {"commitment", "baseline", "audit"}


def test_the_plan_was_moved_and_the_audit_began_as_planned(reader: ReadingScope, first: Engagement) -> None:
    phases = sorted(reader.all(PlannedPhase, engagement_id=first.id), key=_by_place)
    assert all((after.starts_on - before.ends_on).days == 1 for before, after in pairwise(phases))
    audit = next(one for one in phases if one.phase == "audit")
    assert audit.starts_on == next(a.started_on for a in list_assessments(reader, first.id) if a.number == 6)
    waves = Counter(area.wave for area in reader.all(PlannedArea, engagement_id=first.id))
    assert waves == {1: 8, 2: 6}


def test_seventeen_visits_were_held_one_called_off_and_one_goes_on_another_day(
    reader: ReadingScope, first: Engagement
) -> None:
    visits = sorted(reader.all(Visit, engagement_id=first.id), key=_by_number)
    states = Counter(visit.state for visit in visits)
    assert states == {VisitState.CLOSED: 17, VisitState.CANCELLED: 1, VisitState.PAUSED: 1}
    assert [visit.day for visit in visits] == sorted(visit.day for visit in visits)
    assert visits[-1].day == ON
    for visit in visits:
        assert day_obstacles(reader, first.id, visit.day, but=visit.id) == (), visit.number


def test_each_visit_held_has_minutes_worth_reading(reader: ReadingScope, first: Engagement) -> None:
    for visit in reader.all(Visit, engagement_id=first.id):
        if visit.state is not VisitState.CLOSED or visit.closed_at is None:
            continue
        items = reader.all(AgendaItem, visit_id=visit.id)
        assert len(visit.summary.split()) >= 15, visit.number
        assert len(visit.signatures) == 2
        assert visit.participants
        assert visit.held_on == visit.planned_on
        assert any(item.done_at for item in items), visit.number
        hours = visit.worked(visit.closed_at).total_seconds() / 3600
        assert 0.6 < hours * 60 / visit.minutes_planned < 1.1, visit.number


def test_what_came_of_each_point_stands_in_the_minutes(reader: ReadingScope) -> None:
    """Every point typed by hand; which next steps came on the agenda is for the rules to say, so of those most."""
    story = read_story(resources_folder() / "sample", newest_shipped_edition())
    lines = [line for house in story.houses for line in house.year.visits]
    kept = {item.outcome for item in reader.all(AgendaItem)}
    typed = {item.outcome for line in lines for item in line.items if item.outcome}
    stepped = [words for line in lines for words in line.outcomes.values()]
    assert typed - kept == set()
    assert len(typed) >= 20
    assert sum(words in kept for words in stepped) > 0.7 * len(stepped)


def test_some_notes_became_findings_that_were_followed_up(reader: ReadingScope, first: Engagement) -> None:
    notes = reader.all(VisitNote, engagement_id=first.id)
    made = [reader.get(Finding, note.finding_id) for note in notes if note.finding_id]
    assert len(made) == 2
    assert all(finding.evidence and finding.owner and finding.closed_on for finding in made)
    assert len(notes) >= 10


def test_promises_are_kept_late_and_broken(
    reader: ReadingScope, first: Engagement, second: Engagement
) -> None:
    mine = reader.all(Promise, engagement_id=first.id)
    assert {one.state_on(ON) for one in mine} == set(PromiseState)
    assert all(one.outcome for one in mine if one.is_settled)
    assert all(one.visit_id for one in mine if not one.charter_id)
    assert PromiseState.LATE in {one.state_on(ON) for one in reader.all(Promise, engagement_id=second.id)}


def test_the_principal_missed_one_thing_twice_in_a_row(reader: ReadingScope, first: Engagement) -> None:
    checks = sorted(reader.all(SponsorCheck, engagement_id=first.id), key=_by_quarter)
    assert [one.quarter for one in checks] == ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"]
    twice = [
        answer
        for before, after in pairwise(checks)
        for answer in SPONSOR_ANSWERS
        if answer in before.missed and answer in after.missed
    ]
    assert twice == ["calls_customers"]
    assert sponsorship(reader, first.id, on=date(2025, 12, 31)).red == ("calls_customers",)
    assert sponsorship(reader, first.id, on=ON).red == ()


def test_reviews_decide_and_three_decisions_became_actions(reader: ReadingScope, first: Engagement) -> None:
    reviews = reader.all(ManagementReview, engagement_id=first.id)
    held = [one for one in reviews if one.held_on]
    assert (len(held), len(reviews)) == (5, 6)
    assert all(one.conclusion and one.remarks and one.participants for one in held)
    decisions = reader.all(Decision, engagement_id=first.id)
    assert sum(one.action_id is not None for one in decisions) == 3


def test_steps_were_ticked_and_put_off(reader: ReadingScope, first: Engagement) -> None:
    marks = reader.all(StepMark, engagement_id=first.id)
    assert {mark.is_tick for mark in marks} == {True, False}
    assert all(mark.reason for mark in marks if not mark.is_tick)
    assert len(marks) >= 4


def test_the_second_house_is_in_its_first_wave_with_an_area_left_out(
    reader: ReadingScope, second: Engagement
) -> None:
    phase = current_phase(reader, second.id, on=ON)
    assert phase is not None
    assert (phase.phase, phase.wave) == ("improve", 1)
    assert not gate_of(reader, second.id, phase, on=ON).is_open
    left_out = [one for one in reader.all(PlannedArea, engagement_id=second.id) if one.is_left_out]
    assert [one.area_id for one in left_out] == ["new-cars"]
    ahead = [one for one in reader.all(Visit, engagement_id=second.id) if one.state is VisitState.PLANNED]
    assert min(one.planned_on for one in ahead) == date(2026, 11, 26)


def test_the_third_house_has_just_begun_in_another_country(reader: ReadingScope, third: Engagement) -> None:
    charter = reader.all(Charter, engagement_id=third.id)[0]
    assert charter.aim
    assert charter.signed_on is None
    assert third.targets_locked_on is None
    assert list_assessments(reader, third.id) == ()
    assert len(reader.all(Person, dealership_id=third.dealership_id)) == 7
    kinds = [str(one.kind) for one in day_obstacles(reader, third.id, date(2026, 12, 8))]
    assert kinds == ["holiday"]


def test_its_coach_is_another_one_whose_certificate_lapses_soon(
    reader: ReadingScope, first: Engagement, third: Engagement
) -> None:
    assert third.coach_id != first.coach_id
    soon = [line for line in certificates(reader, on=ON) if line.state is CertificateState.LAPSES_SOON]
    assert third.coach_id in [line.person.id for line in soon]


def test_a_left_out_area_is_rated_nowhere(reader: ReadingScope, second: Engagement) -> None:
    for assessment in list_assessments(reader, second.id):
        assert "new-cars" not in {str(id).split(".", 1)[0] for id in applicable_in(reader, assessment)}


def _by_place(phase: PlannedPhase) -> int:
    return phase.place


def _by_number(visit: Visit) -> int:
    return visit.number


def _by_quarter(check: SponsorCheck) -> str:
    return check.quarter
