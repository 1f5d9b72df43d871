"""The second look is blind wherever an auditor reads: the audit's checklist, the coach's assessments, the Standards card."""

from __future__ import annotations

import pytest

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AssessmentId, CheckpointId
from qma_app.domain.people import Role
from qma_app.services.audit_conduct import hold_closing, hold_opening
from qma_app.services.checklist import ChecklistRow, checklist_rows, outline
from qma_app.services.checkpoint_card import CheckpointCard, ResultState, card_of, look_across
from qma_app.services.findings import raise_finding
from qma_app.services.ratings import mark_not_seen
from qma_app.services.working import start_working, stop_working
from tests.services.auditing import FIRST, LAST, Audited, begin
from tests.services.visiting import House

pytest_plugins = ["tests.services.visiting_fixtures"]


@pytest.fixture
def audited(house: House) -> Audited:
    """An audit over one area with the auditor at work; the coach rated six checkpoints of it and raised a finding at the first."""
    audited = begin(house)
    audited.look_at_one_area()
    house.clock.put(FIRST, 8)
    house.work_as_coach()
    found_by_coach(audited, audited.rated[0])
    as_auditor(audited)
    return audited


def as_auditor(audited: Audited) -> None:
    start_working(audited.house.workspace, role=Role.AUDITOR, person_id=audited.auditor.id)


def found_by_coach(audited: Audited, at: CheckpointId) -> Finding:
    house = audited.house
    return raise_finding(
        house.workspace,
        engagement_id=house.engagement.id,
        statement="Raised by the coach.",
        grade=FindingGrade.MINOR,
        checkpoint_id=at,
        assessment_id=coached(audited).id,
    ).made(Finding)


def coached(audited: Audited) -> Assessment:
    with audited.house.workspace.reading() as reader:
        return next(one for one in reader.all(Assessment) if one.kind is AssessmentKind.PROGRESS)


def rows(audited: Audited, assessment_id: AssessmentId) -> dict[CheckpointId, ChecklistRow]:
    with audited.house.workspace.reading() as reader:
        return {one.checkpoint.id: one for one in checklist_rows(reader, assessment_id)}


def close(audited: Audited) -> None:
    hold_opening(audited.house.workspace, audited.audit_id, audited.meeting())
    audited.rate_all()
    mark_not_seen(audited.house.workspace, audited.assessment.id, audited.rated[0], reason="Closed.")
    hold_closing(audited.house.workspace, audited.audit_id, audited.meeting(LAST, 15))


def card(audited: Audited, at: CheckpointId) -> CheckpointCard:
    with audited.house.workspace.reading() as reader:
        edition = reader.edition(audited.house.engagement.edition)
    return card_of(edition, at, look_across(audited.house.workspace, edition))


def test_in_the_audit_the_coachs_findings_are_covered_like_her_points(audited: Audited) -> None:
    first, second = audited.rated[:2]
    row = rows(audited, audited.assessment.id)[first]
    assert (row.is_covered, row.last, row.findings) == (True, None, ())
    audited.rate(first)
    row = rows(audited, audited.assessment.id)[first]
    assert (row.is_covered, len(row.findings)) == (False, 1)
    assert row.last is not None
    assert rows(audited, audited.assessment.id)[second].is_covered


def test_what_the_auditor_found_is_never_covered(audited: Audited) -> None:
    own = raise_finding(
        audited.house.workspace,
        engagement_id=audited.house.engagement.id,
        statement="Raised in the audit.",
        grade=FindingGrade.GOOD_PRACTICE,
        checkpoint_id=audited.rated[0],
        assessment_id=audited.assessment.id,
    ).made(Finding)
    assert rows(audited, audited.assessment.id)[audited.rated[0]].findings == (own,)
    assert [one.finding for one in card(audited, audited.rated[0]).findings] == [own]


def test_an_auditor_reads_the_coachs_assessment_only_where_he_has_rated(audited: Audited) -> None:
    first, second = audited.rated[:2]
    seen = rows(audited, coached(audited).id)
    assert all(seen[id].rating is None and seen[id].is_own_covered for id in audited.rated)
    assert seen[first].findings == ()
    audited.rate(first)
    seen = rows(audited, coached(audited).id)
    assert seen[first].rating is not None
    assert (seen[first].is_own_covered, len(seen[first].findings)) == (False, 1)
    assert seen[second].rating is None
    with audited.house.workspace.reading() as reader:
        assert outline(reader, coached(audited).id).decided == 1


def test_after_the_closing_nothing_is_covered(audited: Audited) -> None:
    close(audited)
    for assessment_id in (coached(audited).id, audited.assessment.id):
        seen = rows(audited, assessment_id)
        assert not any(one.is_covered or one.is_own_covered for one in seen.values())
    assert rows(audited, coached(audited).id)[audited.rated[0]].rating is not None


@pytest.mark.parametrize("is_anybody", [True, False])
def test_nothing_is_covered_from_the_coach_or_where_nobody_is_named(
    audited: Audited, is_anybody: bool
) -> None:
    stop_working(audited.house.workspace)
    if is_anybody:
        start_working(audited.house.workspace, role=Role.COACH, name="Carla Coach")
    seen = rows(audited, coached(audited).id)
    assert all(seen[id].rating is not None for id in audited.rated)
    assert seen[audited.rated[0]].findings
    assert card(audited, audited.rated[0]).findings


def test_an_area_the_audit_leaves_out_is_not_covered(audited: Audited) -> None:
    seen = rows(audited, coached(audited).id)
    outside = [id for id, one in seen.items() if one.checkpoint.area_id not in audited.assessment.scope]
    assert outside
    assert not any(seen[id].is_own_covered for id in outside)


def test_the_standards_card_covers_points_and_findings(audited: Audited) -> None:
    first = audited.rated[0]
    covered = card(audited, first)
    assert [(one.state, one.points) for one in covered.results] == [(ResultState.COVERED, None)]
    assert (covered.mean, covered.findings) == (None, ())
    audited.rate(first)
    shown = card(audited, first)
    assert [one.state for one in shown.results] == [ResultState.RATED]
    assert len(shown.findings) == 1
