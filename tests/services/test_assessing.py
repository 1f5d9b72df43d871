"""Assessments follow one another, can be mended while open, and are never overwritten."""

from __future__ import annotations

from datetime import date

import pytest

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.history import assessment_label, checkpoint_history, earlier_ratings
from qma_app.domain.ids import AreaId
from qma_app.domain.people import Role
from qma_app.domain.standing import (
    applicable_in,
    assessment_result,
    current_engagement,
    list_assessments,
    standing_result,
)
from qma_app.errors import NotFound, RuleBroken
from qma_app.services import assessments, dealerships, findings, ratings
from qma_app.services.working import start_working, stop_working
from tests.services.conftest import PRICE, Programme
from tests.settling import settle


def test_a_new_assessment_covers_every_area_that_applies(programme: Programme) -> None:
    assert programme.assessment.scope == tuple(
        dict.fromkeys(point.area_id for point in programme.checkpoints)
    )
    assert programme.assessment.number == 1
    with programme.workspace.reading() as reader:
        ids = applicable_in(reader, programme.assessment)
    assert PRICE in ids
    assert "service.body-paint-wheels.estimate-within-day" not in ids
    assert len(ids) == 467


def test_numbers_are_not_given_twice(programme: Programme) -> None:
    """Not even after the last one went to the bin."""
    second = programme.start(AssessmentKind.PROGRESS)
    assessments.discard_assessment(programme.workspace, second.id)
    assert programme.start(AssessmentKind.PROGRESS).number == 3


def test_one_started_by_mistake_is_corrected(programme: Programme) -> None:
    assessments.correct_assessment(
        programme.workspace,
        programme.assessment.id,
        kind=AssessmentKind.PRE_AUDIT,
        scope=[AreaId("customer-relations"), AreaId("service")],
        started_on=date(2026, 11, 20),
    )
    with programme.workspace.reading() as reader:
        (assessment,) = list_assessments(reader, programme.engagement.id)
    assert (assessment.kind, assessment.scope) == (
        AssessmentKind.PRE_AUDIT,
        ("service", "customer-relations"),
    )
    assert assessment.started_on == date(2026, 11, 20)


@pytest.mark.parametrize("scope", [[], [AreaId("unknown")], [AreaId("service"), AreaId("unknown")]])
def test_a_scope_names_areas_of_the_edition(programme: Programme, scope: list[AreaId]) -> None:
    with pytest.raises(RuleBroken, match="at least one area of Dealer Quality Standard"):
        programme.start(AssessmentKind.PROGRESS, scope=scope)


def test_reopening_is_an_entry_with_a_reason(programme: Programme) -> None:
    workspace, id = programme.workspace, programme.assessment.id
    with pytest.raises(RuleBroken, match="open already"):
        assessments.reopen_assessment(workspace, id, reason="x")
    assessments.complete_assessment(workspace, id)
    with pytest.raises(RuleBroken, match="needs a reason"):
        assessments.reopen_assessment(workspace, id, reason=" ")
    reopened = assessments.reopen_assessment(workspace, id, reason="two orders overlooked").of(Assessment)[0]
    assert reopened.is_open
    assert [entry.reason for entry in reopened.reopenings] == ["two orders overlooked"]
    assessments.complete_assessment(workspace, id)
    again = assessments.reopen_assessment(workspace, id, reason="typing mistake").of(Assessment)[0]
    assert len(again.reopenings) == 2


def test_the_authors_words_are_kept_by_area(programme: Programme) -> None:
    workspace, id = programme.workspace, programme.assessment.id
    assessments.write_summary(workspace, id, text="A good year.")
    assessments.write_remark(workspace, id, area_id=AreaId("service"), text="Strong reception.")
    assessments.write_remark(workspace, id, area_id=AreaId("service"), text="Strong reception, weak release.")
    changed = assessments.write_remark(workspace, id, area_id=AreaId("management"), text="x").of(Assessment)[
        0
    ]
    assert changed.summary == "A good year."
    assert changed.remark_on(AreaId("service")) == "Strong reception, weak release."
    emptied = assessments.write_remark(workspace, id, area_id=AreaId("management"), text="").of(Assessment)[0]
    assert emptied.remark_on(AreaId("management")) == ""


@pytest.mark.parametrize(
    ("role", "kind", "allowed"),
    [
        (Role.COACH, AssessmentKind.PROGRESS, True),
        (Role.COACH, AssessmentKind.CERTIFICATION_AUDIT, False),
        (Role.AUDITOR, AssessmentKind.CERTIFICATION_AUDIT, True),
        (Role.AUDITOR, AssessmentKind.PROGRESS, False),
        (Role.DECISION_MAKER, AssessmentKind.PROGRESS, False),
        (Role.DECISION_MAKER, AssessmentKind.SURVEILLANCE, False),
    ],
)
def test_the_role_decides_what_may_be_written(
    programme: Programme, role: Role, kind: AssessmentKind, allowed: bool
) -> None:
    start_working(programme.workspace, name="Ada Sample", role=role)
    if allowed:
        assert programme.start(kind).kind is kind
    else:
        with pytest.raises(RuleBroken, match="status bar"):
            programme.start(kind)


def test_with_nobody_named_everything_is_open(programme: Programme) -> None:
    start_working(programme.workspace, name="Ada Sample", role=Role.AUDITOR)
    stop_working(programme.workspace)
    ratings.rate_checkpoint(programme.workspace, programme.assessment.id, programme.first, points=8)


def test_history_shows_each_assessment_that_held_the_checkpoint(programme: Programme) -> None:
    ratings.rate_checkpoint(programme.workspace, programme.assessment.id, PRICE, points=4)
    assessments.complete_assessment(programme.workspace, programme.assessment.id)
    programme.start(AssessmentKind.PROGRESS, scope=[AreaId("management")])
    later = programme.start(AssessmentKind.PROGRESS)
    ratings.rate_checkpoint(programme.workspace, later.id, PRICE, points=8)
    with programme.workspace.reading() as reader:
        points = checkpoint_history(reader, programme.engagement.id, PRICE)
        assert [(p.label, p.rating and p.rating.points) for p in points] == [("Base", 4), ("M1", 8)]
        assert earlier_ratings(reader, later)[PRICE].points == 4
        assert assessment_label(programme.engagement, later) == "M1"


def test_a_finding_closed_later_was_open_when_the_assessment_ended(programme: Programme) -> None:
    """The report of an old assessment reads as it did then."""
    workspace = programme.workspace
    raised = findings.raise_finding(
        workspace,
        engagement_id=programme.engagement.id,
        assessment_id=programme.assessment.id,
        checkpoint_id=PRICE,
        statement="No price on the order",
        grade=FindingGrade.MAJOR,
        seen_on=date(2026, 11, 19),
    ).made(Finding)
    assessments.complete_assessment(workspace, programme.assessment.id, on=date(2026, 11, 20))
    settle(workspace, raised.id, note="seen on ten orders", on=date(2026, 11, 21))
    with workspace.reading() as reader:
        (assessment,) = list_assessments(reader, programme.engagement.id)
        then = {rule.code: rule.holds for rule in assessment_result(reader, assessment).rules}
        now = {rule.code: rule.holds for rule in standing_result(reader, programme.engagement.id).rules}
    assert not then["majors"]
    assert now["majors"]


def test_a_dealership_without_a_programme_says_so(programme: Programme) -> None:
    with programme.workspace.reading() as reader, pytest.raises(NotFound, match="no programme"):
        current_engagement(reader, programme.dealership.id.__class__("unknown"))


def test_what_applied_on_completion_applies_for_ever(programme: Programme) -> None:
    """A body shop opened later does not change the result of an assessment of before; reopened, it follows the house again."""
    workspace = programme.workspace
    for checkpoint in programme.checkpoints:
        ratings.rate_checkpoint(workspace, programme.assessment.id, checkpoint.id, points=8)
    done = assessments.complete_assessment(workspace, programme.assessment.id).of(Assessment)[0]
    with workspace.reading() as reader:
        then = assessment_result(reader, done)
    dealerships.add_site(workspace, programme.dealership.id, name="Body shop", features=["body-shop"])
    with workspace.reading() as reader:
        assert assessment_result(reader, done) == then
        assert len(applicable_in(reader, done)) == 467
    again = assessments.reopen_assessment(workspace, done.id, reason="the body shop too").of(Assessment)[0]
    with workspace.reading() as reader:
        assert len(applicable_in(reader, again)) == 474
