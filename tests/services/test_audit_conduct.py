"""On site: meetings, wrap-ups, looks, the blind second look, agreement, and what may be recommended."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import Attendee, Audit, AuditLook, Meeting, SeenHow
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AuditId, CheckpointId
from qma_app.domain.result import Verdict
from qma_app.services.assessments import begun_assessment
from qma_app.services.audit_conduct import (
    BlindRow,
    agreement_of,
    blind_view,
    hold_closing,
    hold_opening,
    recommend,
    withdraw_finding,
    write_look,
    write_wrap_up,
)
from qma_app.services.audit_result import audit_findings, audit_result
from qma_app.services.audits import begin_audit, leave_area_out
from qma_app.services.checklist import checklist_rows, outline
from qma_app.services.findings import raise_finding
from qma_app.services.ratings import mark_not_seen, rate_as_last_time
from tests.services.auditing import FIRST, LAST, Audited, begin
from tests.services.visiting import House, refused

AGAIN = LAST + timedelta(days=60)

pytest_plugins = ["tests.services.visiting_fixtures"]


@pytest.fixture
def audited(house: House) -> Audited:
    """An audit over one area, of which the coach rated the first six checkpoints with 6."""
    audited = begin(house)
    audited.look_at_one_area()
    house.clock.put(FIRST, 8)
    return audited


def open_it(audited: Audited) -> None:
    hold_opening(audited.house.workspace, audited.audit_id, audited.meeting())


def close_it(audited: Audited) -> None:
    hold_closing(audited.house.workspace, audited.audit_id, audited.meeting(LAST, 15))


def rows(audited: Audited) -> dict[CheckpointId, BlindRow]:
    with audited.house.workspace.reading() as reader:
        return {one.checkpoint.id: one for one in blind_view(reader, audited.audit_id)}


def test_the_coachs_points_are_covered_until_the_auditor_has_rated(audited: Audited) -> None:
    first, second = audited.rated[:2]
    assert all(one.is_covered and one.coach is None for one in rows(audited).values())
    audited.rate(first, 10)
    assert (rows(audited)[first].is_covered, rows(audited)[first].coach) == (False, 6)
    assert (rows(audited)[second].is_covered, rows(audited)[second].coach) == (True, None)


def test_a_mark_that_can_be_taken_back_uncovers_nothing_before_the_closing(audited: Audited) -> None:
    first = audited.rated[0]
    mark_not_seen(audited.house.workspace, audited.assessment.id, first, reason="Closed today.")
    assert rows(audited)[first].coach is None
    open_it(audited)
    audited.rate_all()
    mark_not_seen(audited.house.workspace, audited.assessment.id, first, reason="Closed today.")
    close_it(audited)
    assert rows(audited)[first].coach == 6


def test_the_checklist_is_blind_as_well(audited: Audited) -> None:
    first, second = audited.rated[:2]
    audited.rate(first)
    with audited.house.workspace.reading() as reader:
        last = {one.checkpoint.id: one.last for one in checklist_rows(reader, audited.assessment.id)}
        seen = outline(reader, audited.assessment.id)
    covered = last[first]
    assert covered is not None
    assert covered.points == 6
    assert last[second] is None
    assert all(process.last_level is None for area in seen.areas for process in area.processes)
    with refused("audit.blind"):
        rate_as_last_time(audited.house.workspace, audited.assessment.id, second)


def test_a_coachs_own_assessment_goes_on_showing_the_last_points(house: House) -> None:
    audited = begin(house)
    house.workspace.set_worker(None)
    with house.workspace.writing("test.coached-on") as work:
        again = begun_assessment(house.workspace, work, house.engagement, kind=AssessmentKind.PROGRESS)
        work.put(again)
    with house.workspace.reading() as reader:
        last = {one.checkpoint.id: one.last for one in checklist_rows(reader, again.id)}
    assert last[audited.rated[0]] is not None


def test_a_follow_up_closes_once_the_majors_were_looked_at_again(audited: Audited) -> None:
    """Nobody rates the whole house again for two majors."""
    house = audited.house
    open_it(audited)
    audited.rate_all(8)
    major = raise_finding(
        house.workspace,
        engagement_id=house.engagement.id,
        assessment_id=audited.assessment.id,
        checkpoint_id=audited.rated[0],
        grade=FindingGrade.MAJOR,
        statement="No order is signed.",
    ).made(Finding)
    close_it(audited)
    with house.workspace.writing("test.signed") as work:
        work.put(replace(audited.audit, signed_at=work.at))
    changes = begin_audit(
        house.workspace,
        house.engagement.id,
        AssessmentKind.FOLLOW_UP_AUDIT,
        first_on=AGAIN,
        last_on=AGAIN,
        follows=audited.audit_id,
    )
    follow_up = replace(audited, audit_id=changes.made(Audit).id)
    hold_opening(house.workspace, follow_up.audit_id, follow_up.meeting(AGAIN))
    with refused("audit.not-rated") as trouble:
        hold_closing(house.workspace, follow_up.audit_id, follow_up.meeting(AGAIN, 15))
    assert trouble.value.params["checkpoints"] == (major.checkpoint_id,)
    follow_up.rate(audited.rated[0], 8)
    hold_closing(house.workspace, follow_up.audit_id, follow_up.meeting(AGAIN, 15))
    assert follow_up.audit.closing is not None


def test_agreement_appears_after_the_closing(audited: Audited) -> None:
    workspace = audited.house.workspace
    with workspace.reading() as reader, refused("audit.blind"):
        agreement_of(reader, audited.audit_id)
    open_it(audited)
    audited.rate_all(6)
    audited.rate(audited.rated[0], 10)
    audited.rate(audited.rated[1], 4)
    close_it(audited)
    with workspace.reading() as reader:
        found = agreement_of(reader, audited.audit_id)
    assert found.result.overall.count == 6
    assert [(one.checkpoint_id, one.difference) for one in found.result.differently] == [
        (audited.rated[0], -4),
        (audited.rated[1], 2),
    ]
    audited.rate(audited.rated[0], 6)
    with workspace.reading() as reader:
        found = agreement_of(reader, audited.audit_id)
    assert found.after_closing == (audited.rated[0],)
    assert found.result.overall.count == 5


def test_the_closing_waits_for_every_checkpoint(audited: Audited) -> None:
    open_it(audited)
    audited.rate_all()
    missing = audited.applicable[-1]
    with audited.house.workspace.writing("test.cleared") as work:
        work.put(work.ratings(audited.assessment.id)[missing].cleared())
    with refused("audit.not-rated") as caught:
        close_it(audited)
    assert caught.value.params["checkpoints"] == (missing,)
    assert audited.audit.closing is None
    mark_not_seen(audited.house.workspace, audited.assessment.id, missing, reason="Not on site.")
    close_it(audited)
    assert audited.audit.closing is not None


def test_an_area_not_rated_is_named(house: House) -> None:
    audited = begin(house)
    house.clock.put(FIRST, 8)
    open_it(audited)
    with refused("audit.not-rated") as caught:
        close_it(audited)
    title = audited.view().edition.areas_by_id[audited.assessment.scope[-1]].title
    assert str(title) in str(caught.value)


def test_meetings_lie_in_the_audit_one_after_the_other(audited: Audited) -> None:
    workspace, id = audited.house.workspace, audited.audit_id
    with refused("audit.no-opening"):
        close_it(audited)
    meeting = audited.meeting()
    with refused("audit.no-attendees"):
        hold_opening(workspace, id, replace(meeting, attendees=(Attendee(name=" "),)))
    with refused("audit.meeting-time"):
        hold_opening(workspace, id, replace(meeting, ended_at=meeting.held_at - timedelta(minutes=1)))
    with refused("audit.meeting-time"):
        hold_opening(workspace, id, replace(meeting, ended_at=meeting.held_at + timedelta(days=2)))
    with refused("audit.day"):
        hold_opening(
            workspace,
            id,
            Meeting(held_at=meeting.held_at - timedelta(days=3), attendees=meeting.attendees),
        )
    with pytest.raises(ValueError, match="karaoke"):
        hold_opening(workspace, id, replace(meeting, points=("karaoke",)))
    hold_opening(workspace, id, replace(meeting, points=("scope", "sampling")))
    audited.rate_all()
    with refused("audit.meeting-time"):
        hold_closing(
            workspace,
            id,
            Meeting(held_at=meeting.held_at - timedelta(minutes=20), attendees=meeting.attendees),
        )
    close_it(audited)
    with refused("audit.meeting-time"):
        hold_opening(workspace, id, audited.meeting(LAST, 17))


def test_each_day_is_wrapped_up_once(audited: Audited) -> None:
    workspace, id = audited.house.workspace, audited.audit_id
    audited.house.clock.put(LAST, 16)
    write_wrap_up(workspace, id, on=LAST, words="All seen.")
    write_wrap_up(workspace, id, on=FIRST, words="Parts seen.")
    write_wrap_up(workspace, id, on=FIRST, words="Parts and service seen. ")
    assert [(one.on, one.words) for one in audited.audit.wrap_ups] == [
        (FIRST, "Parts and service seen."),
        (LAST, "All seen."),
    ]
    write_wrap_up(workspace, id, on=LAST, words="")
    assert len(audited.audit.wrap_ups) == 1
    with refused("day.ahead"):
        write_wrap_up(workspace, id, on=LAST + timedelta(days=1), words="Later.")
    with refused("audit.day"):
        write_wrap_up(workspace, id, on=FIRST - timedelta(days=1), words="Before.")


def test_how_a_checkpoint_was_looked_at_is_kept_apart(audited: Audited) -> None:
    workspace, first = audited.house.workspace, audited.applicable[0]
    write_look(workspace, audited.audit_id, first, interviews="The adviser knew.", seen_how=SeenHow.ON_SITE)
    write_look(workspace, audited.audit_id, first, observed="Two handovers.", is_live=True)
    (look,) = audited.house.all(AuditLook)
    assert (look.interviews, look.observed, look.seen_how) == (
        "The adviser knew.",
        "Two handovers.",
        SeenHow.ON_SITE,
    )
    assert look.is_live
    assert rows(audited)[first].look == look
    with pytest.raises(ValueError, match="version"):
        write_look(workspace, audited.audit_id, first, version=3)


def test_nothing_is_looked_at_outside_the_areas(house: House) -> None:
    audited = begin(house)
    outside = audited.applicable[0]
    leave_area_out(house.workspace, audited.audit_id, audited.assessment.scope[0], "Sold.")
    with refused("audit.outside-scope"):
        write_look(house.workspace, audited.audit_id, outside, records="x")


def test_less_may_be_recommended_with_words_but_never_more(audited: Audited) -> None:
    workspace, id = audited.house.workspace, audited.audit_id
    with refused("audit.no-closing"):
        recommend(workspace, id, Verdict.FAIL)
    open_it(audited)
    audited.rate_all(10)
    close_it(audited)
    with refused("audit.recommendation-words"):
        recommend(workspace, id, Verdict.FAIL)
    recommend(workspace, id, Verdict.FAIL, "The records were made the day before.")
    assert audited.audit.recommended_by == audited.auditor.id
    recommend(workspace, id, Verdict.PASS)
    assert (audited.audit.recommendation, audited.audit.recommendation_words) == (Verdict.PASS, "")
    audited.rate_all(4)
    with refused("audit.recommendation-better"):
        recommend(workspace, id, Verdict.PASS)


def test_only_the_audits_own_ratings_and_findings_count(audited: Audited) -> None:
    house, auditor = audited.house, audited.house.workspace.worker
    house.workspace.set_worker(None)
    raise_finding(
        house.workspace,
        engagement_id=house.engagement.id,
        statement="Raised by the coach.",
        grade=FindingGrade.MAJOR,
        checkpoint_id=audited.rated[0],
    )
    house.workspace.set_worker(auditor)
    audited.rate_all(10)
    with house.workspace.reading() as reader:
        assert audit_result(reader, audited.audit_id).verdict is Verdict.PASS
    raise_finding(
        house.workspace,
        engagement_id=house.engagement.id,
        statement="Raised in the audit.",
        grade=FindingGrade.MAJOR,
        checkpoint_id=audited.rated[0],
        assessment_id=audited.assessment.id,
    )
    with house.workspace.reading() as reader:
        assert audit_result(reader, audited.audit_id).verdict is Verdict.CONDITIONAL


def revise(audited: Audited) -> AuditId:
    """A new revision as the service for it makes one: a second audit that names the first."""
    with audited.house.workspace.writing("test.revised") as work:
        old = work.put(replace(work.get(Audit, audited.audit_id), signed_at=work.at))
        engagement = audited.house.engagement
        fresh = begun_assessment(
            audited.house.workspace,
            work,
            engagement,
            kind=AssessmentKind.CERTIFICATION_AUDIT,
            is_guided=True,
        )
        work.put(fresh)
        revision = replace(
            old,
            id=AuditId(work.new_id()),
            version=0,
            assessment_id=fresh.id,
            revision=2,
            revises=old.id,
            signed_at=None,
        )
        work.put(revision)
    return revision.id


def test_a_finding_is_withdrawn_in_the_next_revision_only(audited: Audited) -> None:
    house = audited.house
    finding = raise_finding(
        house.workspace,
        engagement_id=house.engagement.id,
        statement="A slip.",
        grade=FindingGrade.MINOR,
        assessment_id=audited.assessment.id,
    ).made(Finding)
    with refused("audit.withdrawal"):
        withdraw_finding(house.workspace, audited.audit_id, finding.id, "A slip.")
    second = revise(audited)
    with house.workspace.reading() as reader:
        assert audit_findings(reader, reader.get(Audit, second)) == (finding,)
    with refused("audit.withdrawal-reason"):
        withdraw_finding(house.workspace, second, finding.id, " ")
    withdraw_finding(house.workspace, second, finding.id, "The record was there.")
    with refused("audit.withdrawal"):
        withdraw_finding(house.workspace, second, finding.id, "Again.")
    with house.workspace.reading() as reader:
        assert audit_findings(reader, reader.get(Audit, second)) == ()
        assert audit_findings(reader, audited.audit) == (finding,)


def test_a_signed_audit_is_not_written_to_on_site_either(audited: Audited) -> None:
    open_it(audited)
    revise(audited)
    workspace, id = audited.house.workspace, audited.audit_id
    assert isinstance(audited.assessment, Assessment)
    with refused("audit.signed"):
        write_look(workspace, id, audited.applicable[0], records="x")
    with refused("audit.signed"):
        write_wrap_up(workspace, id, on=FIRST, words="x")
    with refused("audit.signed"):
        recommend(workspace, id, Verdict.FAIL)
