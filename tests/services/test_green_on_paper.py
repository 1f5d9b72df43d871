"""What stands as met while a finding or a failed check has spoken against it since."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest

from qma_app.domain.action import Action, Stage
from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.verification import Effect
from qma_app.services import actions, findings, verifying
from qma_app.services.assessments import complete_assessment
from qma_app.services.green_on_paper import GreenLine, green_on_paper
from qma_app.services.ratings import rate_checkpoint
from qma_app.services.verifying import Target
from tests.services.conftest import PRICE, Programme

TODAY = date(2026, 11, 21)
NEXT_DAY, LATER = TODAY + timedelta(days=1), TODAY + timedelta(days=120)


def lines(programme: Programme, on: date = LATER) -> tuple[GreenLine, ...]:
    with programme.workspace.reading() as reader:
        return green_on_paper(reader, programme.engagement.id, on=on)


def rate(programme: Programme, points: int) -> None:
    rate_checkpoint(programme.workspace, programme.assessment.id, PRICE, points=points)


@contextmanager
def living_on(programme: Programme, day: date) -> Iterator[None]:
    """The computer shows that day for a while: nothing is seen on a day that has not come."""
    clock = programme.workspace.clock
    programme.workspace.clock = lambda: clock() + (max(day, TODAY) - TODAY)
    yield
    programme.workspace.clock = clock


def found(programme: Programme, seen_on: date, grade: FindingGrade = FindingGrade.MINOR) -> Finding:
    with living_on(programme, seen_on):
        return findings.raise_finding(
            programme.workspace,
            engagement_id=programme.engagement.id,
            grade=grade,
            statement="No price on the order",
            checkpoint_id=PRICE,
            seen_on=seen_on,
        ).made(Finding)


def test_a_finding_seen_after_the_rating_speaks_against_it(programme: Programme) -> None:
    rate(programme, 8)
    assert lines(programme) == ()
    finding = found(programme, NEXT_DAY)
    (line,) = lines(programme)
    assert (line.checkpoint.id, line.points, line.rated_on) == (PRICE, 8, TODAY)
    assert [one.id for one in line.findings] == [finding.id]
    assert line.failed == ()


@pytest.mark.parametrize(
    ("points", "seen_on", "grade"),
    [
        (6, NEXT_DAY, FindingGrade.MINOR),
        (8, TODAY, FindingGrade.MINOR),
        (8, LATER + timedelta(days=1), FindingGrade.MINOR),
        (8, NEXT_DAY, FindingGrade.IMPROVEMENT),
        (8, NEXT_DAY, FindingGrade.GOOD_PRACTICE),
    ],
)
def test_what_does_not_speak_against_a_rating(
    programme: Programme, points: int, seen_on: date, grade: FindingGrade
) -> None:
    rate(programme, points)
    found(programme, seen_on, grade)
    assert lines(programme) == ()


def test_an_older_finding_seen_again_speaks_against_it(programme: Programme) -> None:
    rate(programme, 10)
    finding = found(programme, TODAY - timedelta(days=30))
    assert lines(programme) == ()
    with living_on(programme, NEXT_DAY):
        findings.note_sighting(programme.workspace, finding.id, seen_on=NEXT_DAY, words="Again at the desk")
    assert [line.findings[0].id for line in lines(programme)] == [finding.id]


def test_a_finding_seen_again_elsewhere_speaks_there(programme: Programme) -> None:
    rate(programme, 10)
    finding = findings.raise_finding(
        programme.workspace,
        engagement_id=programme.engagement.id,
        grade=FindingGrade.MINOR,
        statement="No price on the order",
        checkpoint_id=programme.first,
    ).made(Finding)
    assert lines(programme) == ()
    with living_on(programme, NEXT_DAY):
        findings.note_sighting(
            programme.workspace, finding.id, seen_on=NEXT_DAY, words="Here too", checkpoint_id=PRICE
        )
    assert [(line.checkpoint.id, line.findings[0].id) for line in lines(programme)] == [(PRICE, finding.id)]


def test_a_newer_rating_answers_the_finding(programme: Programme) -> None:
    rate(programme, 8)
    found(programme, NEXT_DAY)
    complete_assessment(programme.workspace, programme.assessment.id)
    later = programme.start(AssessmentKind.PROGRESS)
    assert len(lines(programme)) == 1
    rate_checkpoint(programme.workspace, later.id, PRICE, points=6)
    assert lines(programme) == ()


def test_a_self_assessment_makes_nothing_green(programme: Programme) -> None:
    own = programme.start(AssessmentKind.SELF_ASSESSMENT)
    rate_checkpoint(programme.workspace, own.id, PRICE, points=10)
    found(programme, NEXT_DAY)
    assert lines(programme) == ()


def failing_check(programme: Programme, finding: Finding, *, by_sample: bool) -> None:
    action = actions.plan_action(
        programme.workspace,
        engagement_id=programme.engagement.id,
        what="Price before the key",
        findings=(finding.id,),
    ).made(Action)
    actions.move_action(programme.workspace, action.id, Stage.CHECK, on=TODAY - timedelta(days=9))
    target = Target(action_id=action.id)
    day = TODAY
    if by_sample:
        verifying.verify_by_sample(programme.workspace, target, size=10, allowed=0, failing=3, on=day)
    else:
        verifying.verify_by_document(
            programme.workspace, target, effect=Effect.NOT_SHOWN, words="Seen", on=day
        )


@pytest.mark.parametrize("by_sample", [True, False])
def test_a_failed_sample_speaks_against_it_a_document_does_not(programme: Programme, by_sample: bool) -> None:
    finding = found(programme, TODAY - timedelta(days=30))
    rate(programme, 8)
    failing_check(programme, finding, by_sample=by_sample)
    assert lines(programme) == ()
    with programme.workspace.writing("test.put") as work:
        rating = work.ratings(programme.assessment.id)[PRICE]
        assert rating.rated_at is not None
        work.put(
            rating.rated(8, at=rating.rated_at - timedelta(days=3), by=None),
        )
    assert [len(line.failed) for line in lines(programme)] == ([1] if by_sample else [])


def test_a_closed_finding_no_longer_speaks(programme: Programme) -> None:
    rate(programme, 8)
    finding = found(programme, NEXT_DAY)
    with programme.workspace.writing("test.put") as work:
        work.put(replace(work.get(Finding, finding.id), closed_on=LATER))
    assert lines(programme) == ()
