"""The audited house of the command stands at the signature: everything before it is done, and every kind of record is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

import start
from qma_app.domain.audit import Audit, AuditLook, AuditSample, AuditSlot, SeenHow, TeamPart
from qma_app.domain.audit_path import StepCode, StepState, before_signing, current_step, path_of
from qma_app.domain.audit_state import AuditState
from qma_app.domain.certification import IssuedFile
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import EvidenceLink
from qma_app.domain.finding import FindingGrade, Reply
from qma_app.domain.people import Person, Role
from qma_app.domain.rating import Outcome
from qma_app.domain.result import Verdict
from qma_app.services.audit_conduct import agreement_of
from qma_app.services.audit_people import possible_decision_makers
from qma_app.services.audit_samples import redraw_check
from qma_app.services.audit_standing import audit_state
from qma_app.services.workspace import open_workspace
from qma_app.storage.scopes import ReadingScope
from tests.services.sample.made import demo_by_command

LAST_DAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadingScope]:
    made = demo_by_command(tmp_path_factory)
    assert made.code == 0, made.error
    with open_workspace(made.folder, is_for_reading=True) as workspace, workspace.reading() as reader:
        yield reader


@pytest.fixture(scope="module")
def state(reader: ReadingScope) -> AuditState:
    (audit,) = reader.all(Audit)
    return audit_state(reader, audit.id, on=LAST_DAY)


def test_everything_before_the_signature_holds(state: AuditState) -> None:
    assert [check.words for check in before_signing(state) if not check.holds] == []


def test_it_stands_at_the_signature_with_all_before_it_done(state: AuditState) -> None:
    steps = path_of(state)
    current = current_step(steps)
    assert current is not None
    assert current.code is StepCode.SIGN
    before = steps[: steps.index(current)]
    assert {step.state for step in before} == {StepState.DONE}


def test_it_was_led_on_its_days(state: AuditState) -> None:
    audit = state.audit
    assert (audit.sent_on, audit.first_on, audit.last_on) == (
        date(2026, 10, 30),
        date(2026, 11, 16),
        date(2026, 11, 18),
    )
    assert audit.opening is not None
    assert audit.closing is not None
    assert audit.opening.held_at.date() == audit.first_on
    assert audit.closing.held_at.date() == audit.last_on
    assert audit.recommended_at is not None
    assert audit.recommended_at.date() == date(2026, 11, 19)
    assert [one.on.day for one in audit.wrap_ups] == [16, 17, 18]
    for meeting in (audit.opening, audit.closing):
        assert len(meeting.attendees) >= 6
        assert len(meeting.signatures) == 2
        assert meeting.points


def test_its_plan_is_whole(state: AuditState, reader: ReadingScope) -> None:
    audit = state.audit
    assert [one.part for one in audit.team] == [TeamPart.LEAD, TeamPart.OBSERVER]
    assert len(audit.declarations) == 2
    assert audit.days is not None
    assert audit.days.risks
    assert [one.area_id for one in audit.left_out] == ["marketing"]
    slots = reader.all(AuditSlot, audit_id=audit.id)
    assert all(slot.with_whom and slot.auditor_id == audit.lead_id for slot in slots if slot.area_id)
    assert all((audit.aims, audit.methods, audit.limits, audit.confidentiality, audit.distribution))


def test_it_passes_with_a_few_minors_and_an_objection(state: AuditState) -> None:
    assert state.audit.recommendation is Verdict.PASS
    overall = state.recommended.result.overall
    assert overall is not None
    assert 83 <= overall <= 87
    grades = [one.grade for one in state.standing_findings]
    assert grades.count(FindingGrade.MINOR) == 4
    assert grades.count(FindingGrade.IMPROVEMENT) == 1
    assert grades.count(FindingGrade.GOOD_PRACTICE) == 2
    assert len(grades) == 7
    replies = [one.reply for one in state.nonconformities]
    assert replies.count(Reply.DISAGREED) == 1
    assert all(one.reply_words and one.evidence and one.requirement for one in state.nonconformities)


def test_one_checkpoint_was_not_seen_with_its_reason(state: AuditState) -> None:
    not_seen = [one for one in state.ratings.values() if one.outcome is Outcome.NOT_SEEN]
    assert len(not_seen) == 1
    assert not_seen[0].reason


def test_the_samples_can_be_drawn_again_and_one_record_was_replaced(
    state: AuditState, reader: ReadingScope
) -> None:
    samples = reader.all(AuditSample, audit_id=state.audit.id)
    assert len(samples) >= 30
    assert all(redraw_check(reader, one.id) for one in samples)
    assert sum(len(one.replaced) for one in samples) == 1
    failing = {
        state.edition.checkpoint(id).number: rating.sample.failing
        for id, rating in state.ratings.items()
        if rating.sample is not None and rating.sample.failing
    }
    assert failing == {"SRV-04.2": 1, "SRV-14.2": 2, "PRT-02.5": 4}


def test_each_way_of_looking_is_there(state: AuditState, reader: ReadingScope) -> None:
    looks = reader.all(AuditLook, audit_id=state.audit.id)
    assert len(looks) > len(state.to_rate) // 2
    assert {one.seen_how for one in looks} == set(SeenHow)
    for field in ("interviews", "observed", "records", "is_live", "is_repeated", "no_sample"):
        assert any(getattr(one, field) for one in looks), field


def test_findings_carry_pictures(state: AuditState, reader: ReadingScope) -> None:
    ids = {one.id for one in state.standing_findings}
    linked = [one for one in reader.all(EvidenceLink) if one.finding_id in ids]
    assert len(linked) == 4


def test_coach_and_auditor_read_most_of_it_alike(state: AuditState, reader: ReadingScope) -> None:
    overall = agreement_of(reader, state.audit.id).result.overall
    assert overall.count >= 250
    assert overall.weighted is not None
    assert 0.5 < overall.weighted < 0.9


def test_somebody_free_may_decide_for_years(state: AuditState, reader: ReadingScope) -> None:
    for day in (LAST_DAY, date(2031, 12, 31)):
        free = [
            one.person.name for one in possible_decision_makers(reader, state.audit.id, on=day) if one.is_free
        ]
        assert start.DECISION_MAKER in free, day


def test_the_first_start_names_this_house_and_its_auditor(state: AuditState, reader: ReadingScope) -> None:
    engagement = reader.get(Engagement, state.audit.engagement_id)
    assert reader.get(Dealership, engagement.dealership_id).code == start.AUDITED
    assert state.audit.lead_id is not None
    assert reader.get(Person, state.audit.lead_id).name == start.AUDITOR
    assert {one.role for one in state.qualifications} == {Role.AUDITOR}


def test_nothing_is_signed_yet(reader: ReadingScope) -> None:
    assert reader.all(IssuedFile) == ()
