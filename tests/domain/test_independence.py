"""Independence: each rule alone, to the day, with its records named; and nothing said against somebody who is free."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qma_app.domain.action import Action
from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.ids import DealershipId, TieId, VisitId
from qma_app.domain.independence import (
    Conflict,
    ConflictCode,
    IndependenceFacts,
    Involvement,
    conflicts,
    involvements_of,
    months_back,
    uncovered_days,
    window,
)
from qma_app.domain.people import Qualification, Role
from qma_app.domain.tie import Tie, TieKind
from qma_app.domain.visit import Visit
from tests.builders import NOW, a_person, a_qualification, an_action, an_assessment, an_engagement

AUDITOR = a_person("Olu Sample")
OTHER = a_person("Bea Sample")
HOUSE = DealershipId("house")
FIRST, LAST = date(2027, 6, 14), date(2027, 6, 16)
EDGE = date(2025, 6, 14)
DAY = timedelta(days=1)
BY_RECORDS = [code for code in ConflictCode if not code.value.startswith("certificate")]


def held(
    begin: date | None = date(2026, 1, 1),
    end: date | None = date(2028, 12, 31),
    role: Role = Role.AUDITOR,
    number: str = "A-12",
) -> Qualification:
    return a_qualification(role, AUDITOR, number=number, valid_from=begin, valid_until=end)


def facts(*involvements: Involvement, **changes: object) -> IndependenceFacts:
    known = IndependenceFacts(
        person_id=AUDITOR.id,
        name=AUDITOR.name,
        first_on=FIRST,
        last_on=LAST,
        involvements=involvements,
        qualifications=(held(),),
    )
    return replace(known, **changes)  # type: ignore[arg-type]


def codes(known: IndependenceFacts) -> list[ConflictCode]:
    return [one.code for one in conflicts(known)]


def a_tie(from_on: date | None = None, until_on: date | None = None, **changes: object) -> Tie:
    tie = Tie(
        id=TieId("tie"),
        person_id=AUDITOR.id,
        dealership_id=HOUSE,
        kind=TieKind.PAID,
        from_on=from_on,
        until_on=until_on,
        words="training for sales",
    )
    return replace(tie, **changes)  # type: ignore[arg-type]


def a_visit(on: date, **changes: object) -> Visit:
    visit = Visit(
        id=VisitId("visit"),
        engagement_id=an_engagement().id,
        number=12,
        planned_on=on,
        coach_id=AUDITOR.id,
    )
    return replace(visit, **changes)  # type: ignore[arg-type]


def test_somebody_who_had_nothing_to_do_with_the_house_is_free() -> None:
    assert conflicts(facts()) == ()


@pytest.mark.parametrize("code", BY_RECORDS)
def test_each_rule_stands_alone_and_names_its_records(code: ConflictCode) -> None:
    records = [Involvement(code=code, id=f"id {n}", words=f"record {n}", from_on=FIRST) for n in (1, 2)]
    (found,) = conflicts(facts(*records))
    assert found.code is code
    assert found.person_id == AUDITOR.id
    assert found.records == ("record 1", "record 2")
    assert found.record_ids == ("id 1", "id 2")
    assert AUDITOR.name in found.reason


def test_several_rules_are_broken_in_a_fixed_order() -> None:
    every = [Involvement(code=code, id=code, words=code) for code in reversed(BY_RECORDS)]
    assert codes(facts(*every, qualifications=())) == [*BY_RECORDS, ConflictCode.CERTIFICATE_MISSING]


@pytest.mark.parametrize(
    ("begin", "end", "counts"),
    [
        (None, EDGE, True),  # exactly 24 months before: not yet free
        (None, EDGE - DAY, False),
        (EDGE - 900 * DAY, EDGE, True),
        (LAST, None, True),
        (LAST + DAY, None, False),
        (None, None, True),
        (EDGE - 9 * DAY, LAST + 9 * DAY, True),
        (FIRST + DAY, FIRST + DAY, True),
        (EDGE + DAY, None, True),
    ],
)
def test_a_tie_counts_from_24_months_before_the_first_day_to_the_last(
    begin: date | None, end: date | None, counts: bool
) -> None:
    tied = Involvement(code=ConflictCode.PAID, id="tie", words="paid", from_on=begin, until_on=end)
    assert bool(conflicts(facts(tied))) is counts


def test_the_window_goes_by_the_first_day_and_not_by_the_last() -> None:
    assert window(FIRST, LAST) == window(LAST, FIRST) == (EDGE, LAST)


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2028, 2, 29), date(2026, 2, 28)),
        (date(2028, 3, 1), date(2026, 3, 1)),
        (date(2026, 2, 28), date(2024, 2, 28)),
        (date(2026, 3, 1), date(2024, 3, 1)),
        (date(2030, 2, 28), date(2028, 2, 28)),
        (date(2027, 1, 31), date(2025, 1, 31)),
    ],
)
def test_24_months_back_is_the_same_day_or_the_last_of_a_shorter_month(day: date, before: date) -> None:
    assert months_back(day) == before


def test_leap_days_at_both_ends() -> None:
    def is_free(ended: date, audit: date) -> bool:
        tied = Involvement(code=ConflictCode.EMPLOYED, id="x", words="x", until_on=ended)
        return not conflicts(facts(tied, first_on=audit, last_on=audit))

    assert not is_free(date(2024, 2, 29), date(2026, 2, 28))
    assert is_free(date(2024, 2, 29), date(2026, 3, 1))
    assert not is_free(date(2026, 2, 28), date(2028, 2, 29))
    assert is_free(date(2026, 2, 28), date(2028, 3, 1))
    assert is_free(date(2026, 2, 27), date(2028, 2, 29))


def test_months_back_at_the_beginning_of_the_calendar_is_some_day_all_the_same() -> None:
    assert months_back(date.min) <= date(20, 1, 1)


@settings(max_examples=100, deadline=None)
@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.integers(0, 1600))
def test_waiting_longer_never_makes_somebody_less_free(audit: date, days: int) -> None:
    tied = Involvement(code=ConflictCode.COACHED, id="x", words="x", until_on=audit - timedelta(days=days))
    on_the_day, later = (
        bool(conflicts(facts(tied, first_on=day, last_on=day, needs_certificate=False)))
        for day in (audit, audit + DAY)
    )
    assert on_the_day or not later
    assert on_the_day is (days <= (audit - months_back(audit)).days)


# Certificates.


def certificate_conflict(*qualifications: Qualification, **changes: object) -> Conflict | None:
    found = conflicts(facts(qualifications=qualifications, **changes))
    return found[0] if found else None


@pytest.mark.parametrize(
    "qualifications", [(), (held(role=Role.COACH),), (held(role=Role.DECISION_MAKER), held(role=Role.COACH))]
)
def test_without_an_auditors_certificate_nobody_audits(qualifications: tuple[Qualification, ...]) -> None:
    found = certificate_conflict(*qualifications)
    assert found is not None
    assert found.code is ConflictCode.CERTIFICATE_MISSING
    assert found.records == ()


def test_both_ends_of_a_certificate_count() -> None:
    assert certificate_conflict(held(FIRST, LAST)) is None
    assert certificate_conflict(held(None, None)) is None


def test_a_certificate_that_lapses_between_two_audit_days_is_named_with_the_day() -> None:
    found = certificate_conflict(held(end=date(2027, 6, 15)))
    assert found is not None
    assert found.code is ConflictCode.CERTIFICATE_LAPSES
    assert "16 Jun 2027" in found.reason
    assert "15 Jun 2027" not in found.reason
    assert found.records == ("certificate A-12, from 1 Jan 2026, until 15 Jun 2027",)


@pytest.mark.parametrize(
    ("begin", "end"), [(None, FIRST - DAY), (FIRST + DAY, None), (LAST + DAY, None), (None, EDGE)]
)
def test_a_certificate_that_does_not_cover_every_day_is_refused(begin: date | None, end: date | None) -> None:
    found = certificate_conflict(held(begin, end))
    assert found is not None
    assert found.code is ConflictCode.CERTIFICATE_LAPSES


def test_two_certificates_that_join_cover_the_audit_and_two_with_a_gap_do_not() -> None:
    first, gap, second = held(end=FIRST), held(FIRST + 2 * DAY, None), held(FIRST + DAY, None)
    assert certificate_conflict(first, second) is None
    assert certificate_conflict(second, first) is None
    assert uncovered_days(facts(qualifications=(first, gap))) == (FIRST + DAY,)


def test_a_coachs_certificate_fills_no_gap() -> None:
    found = certificate_conflict(held(end=FIRST), held(role=Role.COACH))
    assert found is not None
    assert found.code is ConflictCode.CERTIFICATE_LAPSES
    assert len(found.records) == 1


def test_only_the_days_worked_on_need_a_certificate_where_they_are_known() -> None:
    lapsing = held(end=FIRST)
    assert certificate_conflict(lapsing, audit_days=(FIRST,)) is None
    assert uncovered_days(facts(qualifications=(lapsing,), audit_days=(LAST, FIRST))) == (LAST,)


def test_who_grades_nothing_needs_no_certificate_yet_must_be_independent() -> None:
    tied = Involvement(code=ConflictCode.PAID, id="tie", words="paid")
    assert codes(facts(tied, qualifications=(), needs_certificate=False)) == [ConflictCode.PAID]


# The decision.


def test_whoever_audited_does_not_decide() -> None:
    part = Involvement(
        code=ConflictCode.DECIDED_AND_AUDITED, id="audit", words="audit R-2027-0001", until_on=EDGE - 9 * DAY
    )
    known = facts(
        role=Role.DECISION_MAKER,
        qualifications=(held(role=Role.DECISION_MAKER),),
        other_part=(part,),
    )
    (found,) = conflicts(known)
    assert found.code is ConflictCode.DECIDED_AND_AUDITED
    assert found.records == ("audit R-2027-0001",)
    assert "audited" in found.reason
    assert conflicts(replace(known, other_part=())) == ()


def test_whoever_coached_does_not_decide_and_an_auditors_certificate_is_none_to_decide() -> None:
    coached = Involvement(code=ConflictCode.COACHED, id="x", words="x")
    assert codes(facts(coached, role=Role.DECISION_MAKER)) == [
        ConflictCode.COACHED,
        ConflictCode.CERTIFICATE_MISSING,
    ]


# What the records of a dealership tell.


def test_records_of_every_kind_tie_their_person_to_the_house() -> None:
    engagement = an_engagement(coach_id=AUDITOR.id)
    found = involvements_of(
        replace(AUDITOR, dealership_id=HOUSE, function="Service manager"),
        HOUSE,
        engagements=[engagement],
        visits=[a_visit(EDGE)],
        assessments=[an_assessment(3, assessor_id=AUDITOR.id)],
        actions=[an_action(41, owner_id=AUDITOR.id)],
        ties=[a_tie()],
    )
    assert {one.code for one in found} == {*BY_RECORDS} - {ConflictCode.DECIDED_AND_AUDITED}
    words = {one.code: one.words for one in found}
    assert words[ConflictCode.VISITED] == "visit 12 on 14 Jun 2025"
    assert words[ConflictCode.OWNED_ACTIONS] == "action A-041"
    assert words[ConflictCode.EMPLOYED].endswith("as Service manager")
    assert words[ConflictCode.PAID] == "noted without days: training for sales"
    assert words[ConflictCode.ASSESSED].startswith("assessment 3 begun on ")


def test_records_of_somebody_else_or_another_house_tie_nobody() -> None:
    assert not involvements_of(
        replace(AUDITOR, dealership_id=DealershipId("another")),
        HOUSE,
        engagements=[an_engagement(coach_id=OTHER.id)],
        visits=[a_visit(EDGE, coach_id=OTHER.id)],
        assessments=[an_assessment(assessor_id=OTHER.id), an_assessment(assessor_id=None)],
        actions=[an_action(owner_id=OTHER.id)],
        ties=[a_tie(person_id=OTHER.id), a_tie(dealership_id=DealershipId("another"))],
    )


@pytest.mark.parametrize("kind", [kind for kind in AssessmentKind if kind.is_audit])
def test_whoever_audited_before_may_audit_again(kind: AssessmentKind) -> None:
    audited = an_assessment(kind=kind, assessor_id=AUDITOR.id)
    pre_audit = an_assessment(kind=AssessmentKind.PRE_AUDIT, is_guided=True, assessor_id=AUDITOR.id)
    assert not involvements_of(AUDITOR, HOUSE, assessments=[audited, pre_audit])


def test_visits_called_off_and_actions_only_proposed_tie_nobody() -> None:
    assert not involvements_of(
        AUDITOR,
        HOUSE,
        visits=[a_visit(EDGE, cancelled_on=EDGE)],
        actions=[an_action(owner_id=AUDITOR.id, is_proposal=True)],
    )


@pytest.mark.parametrize("kind", list(TieKind))
def test_each_kind_of_tie_breaks_its_own_rule(kind: TieKind) -> None:
    (found,) = involvements_of(AUDITOR, HOUSE, ties=[a_tie(FIRST, LAST, kind=kind)])
    assert found.code.value == kind.value
    assert found.words == "noted from 14 Jun 2027 to 16 Jun 2027: training for sales"
    assert (found.from_on, found.until_on) == (FIRST, LAST)


def spans(action: Action) -> tuple[date | None, date | None]:
    (found,) = involvements_of(AUDITOR, HOUSE, actions=[action])
    return found.from_on, found.until_on


def test_an_action_ties_its_owner_until_it_is_settled() -> None:
    action = an_action(owner_id=AUDITOR.id, started_on=EDGE, done_on=FIRST)
    assert spans(action) == (EDGE, None)
    assert spans(replace(action, effective_on=FIRST)) == (EDGE, FIRST)
    assert spans(replace(action, dropped_on=LAST)) == (EDGE, LAST)
    assert spans(replace(action, started_on=None)) == (None, None)


def test_a_programme_ties_its_coach_until_it_ends_and_a_visit_on_its_day() -> None:
    engagement = an_engagement(coach_id=AUDITOR.id, started_on=date(2022, 1, 1))
    visit = a_visit(EDGE - 50 * DAY, held_on=EDGE, closed_at=NOW)
    running, on_the_day = involvements_of(AUDITOR, HOUSE, engagements=[engagement], visits=[visit])
    assert running.until_on is None
    assert (on_the_day.from_on, on_the_day.until_on) == (EDGE, EDGE)
    (ended,) = involvements_of(AUDITOR, HOUSE, engagements=[replace(engagement, ended_on=EDGE - DAY)])
    assert conflicts(facts(ended)) == ()
    assert codes(facts(running, on_the_day)) == [ConflictCode.COACHED, ConflictCode.VISITED]
