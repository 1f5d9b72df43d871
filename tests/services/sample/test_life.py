"""The sample shows the whole life of findings: seen, understood, acted on, checked, closed, and some of them back again."""

from __future__ import annotations

from collections import Counter
from dataclasses import MISSING, Field, fields
from datetime import date
from fractions import Fraction

import pytest

from qma_app.domain.action import Action, ActionLink, Stage
from qma_app.domain.cause import Cause
from qma_app.domain.cause_rules import CauseTree, blame_words
from qma_app.domain.charter import Charter
from qma_app.domain.dealership import ClosingDay, Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Consent, Evidence, EvidenceLink, MarkKind, PhotoPair
from qma_app.domain.evidence_use import expiry_of, replaced
from qma_app.domain.finding import Elsewhere, Finding, FindingGrade, Reply, Sighting
from qma_app.domain.finding_reading import actions_of_finding, blocking_causes, suggested_grade_of
from qma_app.domain.finding_state import (
    FindingState,
    action_is_overdue,
    agreed_actions,
    closing_obstacles,
    state_of,
)
from qma_app.domain.money import money_sum
from qma_app.domain.pareto import pareto
from qma_app.domain.people import Person, Qualification
from qma_app.domain.plan import GateStatement, OpenCondition, PlannedArea, PlannedPhase
from qma_app.domain.process_owner import ProcessOwner
from qma_app.domain.promise import Promise, SponsorCheck
from qma_app.domain.reading import Reading
from qma_app.domain.record import Record
from qma_app.domain.review import Decision, ManagementReview, ReviewRemark
from qma_app.domain.standing import edition_of
from qma_app.domain.step_mark import StepMark
from qma_app.domain.target import Target
from qma_app.domain.verification import Effect, Verification, VerificationKind
from qma_app.domain.visit import AgendaItem, Participant, Signature, Stretch, Visit, VisitNote
from qma_app.storage.scopes import ReadingScope

TODAY = date(2026, 11, 21)
KINDS = (
    Charter,
    Target,
    ClosingDay,
    Qualification,
    PlannedPhase,
    PlannedArea,
    GateStatement,
    ProcessOwner,
    Visit,
    AgendaItem,
    VisitNote,
    Promise,
    SponsorCheck,
    ManagementReview,
    Decision,
    StepMark,
    Finding,
    Sighting,
    Cause,
    Action,
    ActionLink,
    Verification,
    Reading,
    PhotoPair,
    Evidence,
    EvidenceLink,
)


@pytest.fixture(scope="module")
def findings(reader: ReadingScope, first: Engagement) -> tuple[Finding, ...]:
    return reader.all(Finding, engagement_id=first.id)


@pytest.fixture(scope="module")
def actions(reader: ReadingScope, first: Engagement) -> tuple[Action, ...]:
    return reader.all(Action, engagement_id=first.id)


@pytest.fixture(scope="module")
def checks(reader: ReadingScope, first: Engagement) -> tuple[Verification, ...]:
    return reader.all(Verification, engagement_id=first.id)


def test_there_are_80_findings_and_60_actions(
    findings: tuple[Finding, ...], actions: tuple[Action, ...]
) -> None:
    assert (len(findings), len(actions)) == (80, 60)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_used_at_least_once(reader: ReadingScope, kind: type[Record]) -> None:
    records = reader.all(kind)
    unused = [each.name for each in fields(kind) if not any(_is_used(record, each) for record in records)]
    assert unused == ["deleted_at"]


@pytest.mark.parametrize("part", [Stretch, Participant, Signature, OpenCondition, ReviewRemark])
def test_every_part_of_a_visit_a_gate_and_a_review_is_used(reader: ReadingScope, part: type[object]) -> None:
    visits, reviews = reader.all(Visit), reader.all(ManagementReview)
    found: list[object] = [
        each for visit in visits for each in (*visit.clock, *visit.participants, *visit.signatures)
    ]
    found += [each for review in reviews for each in review.remarks]
    found += [each for phase in reader.all(PlannedPhase) for each in phase.passed_open]
    mine = [each for each in found if isinstance(each, part)]
    names = [each.name for each in fields(part)]  # type: ignore[arg-type]  # each of them is a dataclass
    assert [name for name in names if not any(getattr(one, name) for one in mine)] == []


def test_the_programme_and_its_house_are_described_in_full(reader: ReadingScope) -> None:
    """A programme that was stopped stands among the light houses only."""
    for kind, left in (
        (Engagement, {"ended_on", "ended_reason"}),
        (Dealership, {"archived_at"}),
        (Person, set()),
    ):
        records = reader.all(kind)
        unused = {each.name for each in fields(kind) if not any(_is_used(record, each) for record in records)}
        assert unused == {"deleted_at"} | left


def test_findings_stand_in_every_state(reader: ReadingScope, findings: tuple[Finding, ...]) -> None:
    states = Counter(_state(reader, finding) for finding in findings)
    assert set(states) == set(FindingState)
    assert states[FindingState.CLOSED] > len(findings) / 2
    assert states[FindingState.PLAN_ACCEPTED] >= 3


def test_findings_spread_over_all_areas_and_grades(findings: tuple[Finding, ...]) -> None:
    areas = Counter(str(finding.checkpoint_id).split(".")[0] for finding in findings)
    assert len(areas) == 14
    assert areas.most_common(1)[0][0] == "service"
    grades = Counter(finding.grade for finding in findings)
    assert grades[FindingGrade.MINOR] > grades[FindingGrade.MAJOR] > grades[FindingGrade.GOOD_PRACTICE] > 3


def test_a_grade_other_than_suggested_has_its_reason(
    reader: ReadingScope, findings: tuple[Finding, ...]
) -> None:
    others = [each for each in findings if suggested_grade_of(reader, each) not in (None, each.grade)]
    assert len(others) >= 5
    assert [each.label for each in others if not each.grade_reason] == []


def test_what_is_closed_could_be_closed_today(reader: ReadingScope, findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        if finding.is_open:
            continue
        found = closing_obstacles(
            finding,
            actions_of_finding(reader, finding.id),
            reader.all(Verification, finding_id=finding.id),
            cause_words=blocking_causes(reader, finding),
        )
        assert found == (), finding.label


def test_the_dealership_answers_and_sometimes_disagrees_in_its_own_words(
    findings: tuple[Finding, ...],
) -> None:
    replies = Counter(finding.reply for finding in findings)
    assert replies[Reply.AGREED] > 40
    assert 4 <= replies[Reply.DISAGREED] <= 8
    assert all(each.reply_words and each.reply_by for each in findings if each.reply is Reply.DISAGREED)
    assert {each.elsewhere for each in findings} == {None, *Elsewhere}
    assert all(bool(each.correction) == (each.corrected_on is not None) for each in findings)


def test_findings_come_back(reader: ReadingScope, findings: tuple[Finding, ...]) -> None:
    back = [finding for finding in findings if finding.reopened]
    assert {finding.is_open for finding in back} == {True, False}
    seen_again = {sighting.finding_id for sighting in reader.all(Sighting)}
    assert {finding.id for finding in back} <= seen_again
    assert len(reader.all(Sighting)) >= 7


def test_every_major_is_understood_and_nobody_is_blamed(
    reader: ReadingScope, findings: tuple[Finding, ...]
) -> None:
    for finding in findings:
        if finding.grade is FindingGrade.MAJOR:
            assert blocking_causes(reader, finding) == ()
    causes = reader.all(Cause)
    assert [words for cause in causes if (words := blame_words(cause.words, "en"))] == []
    explained = {cause.finding_id for cause in causes}
    minors = [each for each in findings if each.grade is FindingGrade.MINOR]
    assert sum(each.id in explained for each in minors) > 0.8 * len(minors)


@pytest.mark.parametrize("only_open", [True, False])
def test_the_pareto_of_causes_reads(
    reader: ReadingScope, first: Engagement, findings: tuple[Finding, ...], only_open: bool
) -> None:
    looked_at = [finding for finding in findings if finding.wants_work or not only_open]
    trees = [CauseTree(reader.all(Cause, finding_id=finding.id)) for finding in looked_at]
    causes = [root for tree in trees for root in tree.roots]
    counts = Counter(cause.category for cause in causes)
    assert set(counts) <= {each.id for each in edition_of(reader, first.id).cause_categories}
    drawn = pareto([(category, count) for category, count in counts.items()], "other")
    assert drawn.bars[0].label == "method"
    assert 0 < Fraction(counts["other"], sum(counts.values())) <= Fraction(15, 100)


def test_causes_hang_three_to_five_levels_deep(reader: ReadingScope, findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        tree = CauseTree(reader.all(Cause, finding_id=finding.id))
        deepest = max((len(path) for path in tree.branches), default=0)
        assert deepest <= 5
        assert deepest >= 3 or finding.grade is not FindingGrade.MAJOR


def test_actions_stand_everywhere_between_plan_and_act(actions: tuple[Action, ...]) -> None:
    assert {action.stage for action in agreed_actions(actions)} == set(Stage)
    assert sum(action.is_dropped for action in actions) == 2
    assert sum(action.is_proposal for action in actions) == 2
    assert 2 <= sum(action_is_overdue(action, TODAY) for action in actions) <= 4
    assert sum(action.standardised_on is not None for action in actions) >= 10
    assert sum(action.reopened for action in actions) >= 8


def test_actions_are_owned_by_the_house_and_by_some_from_outside(
    reader: ReadingScope, first: Engagement, actions: tuple[Action, ...]
) -> None:
    assert all(action.owner and action.due_on and action.effort for action in actions)
    people = {person.id for person in reader.all(Person, dealership_id=first.dealership_id)}
    known = [action for action in actions if action.owner_id]
    assert {action.owner_id for action in known} <= people
    assert 1 <= len(actions) - len(known) <= 5


def test_proven_actions_are_taken_word_for_word(
    reader: ReadingScope, first: Engagement, actions: tuple[Action, ...]
) -> None:
    edition = edition_of(reader, first.id)
    taken = [action for action in actions if action.from_checkpoint]
    assert len(taken) >= 20
    for action in taken:
        assert action.from_checkpoint is not None
        offered = [words.texts["en"] for words in edition.checkpoint(action.from_checkpoint).actions]
        assert action.what in offered


def test_some_actions_serve_more_than_one_finding(reader: ReadingScope, first: Engagement) -> None:
    served = Counter(link.action_id for link in reader.all(ActionLink))
    assert sum(count > 1 for count in served.values()) >= 4


def test_money_is_not_counted_twice(actions: tuple[Action, ...]) -> None:
    total = money_sum(actions)
    assert total.left_out
    assert total.low < total.likely < total.high


def test_effects_are_checked_in_all_four_ways_with_all_results(checks: tuple[Verification, ...]) -> None:
    assert {check.kind for check in checks if check.is_made} == set(VerificationKind)
    assert {check.kind for check in checks if not check.is_made} == set(VerificationKind)
    effects = Counter(check.effect for check in checks)
    assert set(effects) == {None, *Effect}
    assert effects[Effect.NOT_SHOWN] >= 8
    assert sum(bool(check.drawn) for check in checks) >= 8
    assert sum(check.kind is VerificationKind.KPI for check in checks) >= 8


def test_a_check_without_effect_is_followed_by_another_attempt(
    actions: tuple[Action, ...], checks: tuple[Verification, ...]
) -> None:
    """The action was taken up anew and shown to work, given up, or is still open."""
    missed = {check.action_id for check in checks if check.effect in (Effect.NOT_SHOWN, Effect.WORSE)}
    ends = Counter(
        "given up" if action.is_dropped else "open" if action.is_open else "works"
        for action in actions
        if action.id in missed
    )
    assert set(ends) == {"given up", "open", "works"}
    assert ends["works"] > ends["given up"]


def test_kpis_are_read_over_a_year_and_more(reader: ReadingScope, first: Engagement) -> None:
    months = Counter(reading.kpi for reading in reader.all(Reading, engagement_id=first.id))
    assert len(months) == 9
    assert all(12 <= count <= 29 for count in months.values())


def test_photos_stand_in_pairs_with_marks_and_consent(reader: ReadingScope, first: Engagement) -> None:
    assert len(reader.all(PhotoPair, engagement_id=first.id)) >= 6
    photos = reader.all(Evidence)
    assert {mark.kind for photo in photos for mark in photo.marks} == set(MarkKind)
    assert {photo.consent for photo in photos} == {None, *Consent}
    for photo in photos:
        assert (photo.shared_digest is not None) == bool(photo.marks)


def test_some_documents_run_out_and_one_was_replaced(reader: ReadingScope, first: Engagement) -> None:
    documents = reader.all(Evidence, engagement_id=first.id)
    old = replaced(documents)
    assert len(old) == 1
    assert {str(expiry_of(one, TODAY)) for one in documents if one.id not in old} >= {"expired", "soon"}


def _state(reader: ReadingScope, finding: Finding) -> FindingState:
    checks = reader.all(Verification, finding_id=finding.id)
    return state_of(finding, actions_of_finding(reader, finding.id), checks)


def _is_used(record: Record, each: Field[object]) -> bool:
    """Whether a field says something other than what it says by itself."""
    value = getattr(record, each.name)
    default = None if each.default is MISSING else each.default
    return value != default and value not in (None, "", ())
