"""Ready if audited today: the verdict, what stands in the way, and what to do this week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from qma_app.domain.edition import Checkpoint
from qma_app.domain.evidence import Evidence, EvidenceKind
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import EvidenceId, RatingId
from qma_app.domain.rating import Outcome, Rating
from qma_app.services import findings
from qma_app.services.readiness import ReadinessView, readiness
from tests.builders import NOW
from tests.services.conftest import Programme

TODAY = date(2026, 11, 21)


def view(programme: Programme) -> ReadinessView:
    with programme.workspace.reading() as reader:
        return readiness(reader, programme.engagement.id, on=TODAY)


def rate_all(programme: Programme, points: int, *, but: tuple[str, ...] = ()) -> None:
    """Every checkpoint except those whose id begins so."""
    with programme.workspace.writing("test.rated") as work:
        for point in programme.checkpoints:
            if not point.id.startswith(but or ("\0",)):
                work.put(_rating(programme, point, points))


def _rating(programme: Programme, point: Checkpoint, points: int) -> Rating:
    return Rating(
        id=RatingId(f"r-{point.id}"),
        assessment_id=programme.assessment.id,
        checkpoint_id=point.id,
        outcome=Outcome.RATED,
        points=points,
        rated_at=NOW,
    )


def test_nobody_can_tell_before_the_first_rating(programme: Programme) -> None:
    found = view(programme)
    assert (found.expected, found.low, found.high, found.would_pass) == (None, None, None, None)
    assert found.verdict == "Nothing is rated yet: nobody can tell."
    assert len(found.untouched) == found.result.tally.applicable


def test_a_house_that_meets_everything_is_ready(programme: Programme) -> None:
    rate_all(programme, 8)
    found = view(programme)
    assert found.low == found.expected == found.high == 80
    assert (found.would_pass, found.blockers, found.untouched) == (True, (), ())
    assert found.verdict == "Ready: it would pass. 80.0% expected."  # no range where there is none


def test_an_open_major_alone_keeps_it_from_passing(programme: Programme) -> None:
    rate_all(programme, 8)
    major = findings.raise_finding(
        programme.workspace,
        engagement_id=programme.engagement.id,
        grade=FindingGrade.MAJOR,
        statement="The lift was not tested",
    ).made(Finding)
    found = view(programme)
    assert found.would_pass is False
    assert [(one.spot.finding_id, one.effort_minutes) for one in found.blockers] == [(major.id, 60)]
    assert [step.rule for step in found.this_week][:1] == ["major"]
    assert len(found.this_week) == 3


def test_unseen_criticals_make_it_a_matter_of_luck(programme: Programme) -> None:
    rate_all(programme, 10)
    critical = next(point for point in programme.checkpoints if point.is_critical)
    with programme.workspace.writing("test.cleared") as work:
        work.delete(work.get(Rating, f"r-{critical.id}"))
    found = view(programme)
    assert found.would_pass is None
    assert found.verdict.startswith("Too close to call")
    assert [point.id for point in found.untouched] == [critical.id]
    assert [one.spot.checkpoint_id for one in found.blockers] == [critical.id]


def test_unmet_criticals_low_areas_and_the_mark_block_the_quickest_first(programme: Programme) -> None:
    rate_all(programme, 6)
    found = view(programme)
    assert found.would_pass is False
    efforts = [one.effort_minutes for one in found.blockers]
    assert efforts == sorted(efforts)
    titles = {one.title for one in found.blockers}
    assert "Bring the overall level to 80%" in titles
    assert "Bring Service to 70%" in titles
    assert len([one for one in found.blockers if one.spot.checkpoint_id]) == len(found.result.unmet_criticals)
    assert found.verdict.startswith(f"Not ready: {len(found.blockers)} things stand in the way.")


def test_an_area_nobody_looked_at_widens_the_range_and_blocks(programme: Programme) -> None:
    rate_all(programme, 8, but=("parts.",))
    with programme.workspace.writing("test.rated") as work:
        first = next(point for point in programme.checkpoints if point.id.startswith("service."))
        work.put(replace(work.get(Rating, f"r-{first.id}"), points=10))
    found = view(programme)
    assert found.low is not None
    assert found.expected is not None
    assert found.high is not None
    assert found.low <= found.expected < found.high
    assert "Rate more of Parts and accessories" in {one.title for one in found.blockers}
    assert found.would_pass is None


def test_green_on_paper_lowers_what_is_certain(programme: Programme) -> None:
    rate_all(programme, 8)
    clock = programme.workspace.clock
    programme.workspace.clock = lambda: clock() + timedelta(days=1)
    findings.raise_finding(
        programme.workspace,
        engagement_id=programme.engagement.id,
        grade=FindingGrade.MINOR,
        statement="Again no price",
        checkpoint_id=programme.first,
        seen_on=date(2026, 11, 22),
    )
    with programme.workspace.reading() as reader:
        found = readiness(reader, programme.engagement.id, on=date(2026, 11, 23))
    assert found.low is not None
    assert found.low < 80 == found.expected == found.high
    assert found.would_pass is None


def test_expired_evidence_is_listed(programme: Programme) -> None:
    with programme.workspace.writing("test.put") as work:
        work.put(
            Evidence(
                id=EvidenceId("e"),
                engagement_id=programme.engagement.id,
                kind=EvidenceKind.DOCUMENT,
                name="lift.pdf",
                media_type="application/pdf",
                digest="0" * 64,
                original_digest="0" * 64,
                size=1,
                taken_in_at=NOW,
                valid_until=date(2026, 11, 20),
            )
        )
    assert [one.name for one in view(programme).expired] == ["lift.pdf"]


def test_levels_stay_exact(programme: Programme) -> None:
    rate_all(programme, 8)
    assert isinstance(view(programme).expected, Fraction)
