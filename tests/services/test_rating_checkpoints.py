"""What a coach does at a checkpoint is stored at once and can be taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.ids import AreaId, ProcessId
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.record import Changes
from qma_app.errors import NotFound, RuleBroken
from qma_app.services import ratings
from qma_app.services.assessments import complete_assessment
from tests.builders import NOW
from tests.services.conftest import Programme


def test_points_are_stored_with_time_and_name(programme: Programme) -> None:
    ratings.rate_checkpoint(programme.workspace, programme.assessment.id, programme.first, points=8)
    rating = programme.rating(programme.first)
    assert rating is not None
    assert (rating.outcome, rating.points, rating.rated_by) == (Outcome.RATED, 8, None)
    assert rating.rated_at is not None
    assert rating.rated_at > NOW


@pytest.mark.parametrize("points", [-1, 1, 5, 9, 11])
def test_points_off_the_scale_are_refused(programme: Programme, points: int) -> None:
    with pytest.raises(RuleBroken, match="not a step of the scale 0 4 6 8 10"):
        ratings.rate_checkpoint(programme.workspace, programme.assessment.id, programme.first, points=points)
    assert programme.rating(programme.first) is None


def test_rating_again_keeps_note_and_sample(programme: Programme) -> None:
    where = (programme.workspace, programme.assessment.id, programme.first)
    ratings.write_note(*where, text="second desk uses the old form")
    ratings.tick_sample(*where, place=0, conforms=False)
    ratings.rate_checkpoint(*where, points=4)
    ratings.rate_checkpoint(*where, points=6)
    rating = programme.rating(programme.first)
    assert rating is not None
    assert rating.sample is not None
    assert (rating.points, rating.note, rating.sample.failing) == (6, "second desk uses the old form", 1)


def test_clearing_takes_points_but_not_words(programme: Programme) -> None:
    where = (programme.workspace, programme.assessment.id, programme.first)
    ratings.write_note(*where, text="seen")
    ratings.rate_checkpoint(*where, points=10)
    ratings.clear_rating(*where)
    rating = programme.rating(programme.first)
    assert rating is not None
    assert (rating.outcome, rating.points, rating.rated_at, rating.note) == (Outcome.OPEN, None, None, "seen")
    assert not ratings.clear_rating(*where)


@pytest.mark.parametrize("mark", [ratings.mark_not_applicable, ratings.mark_not_seen])
def test_leaving_out_needs_a_reason(programme: Programme, mark: Callable[..., Changes]) -> None:
    where = (programme.workspace, programme.assessment.id, programme.first)
    with pytest.raises(RuleBroken, match="reason is needed"):
        mark(*where, reason="  ")
    mark(*where, reason="  no body shop ")
    rating = programme.rating(programme.first)
    assert rating is not None
    assert rating.reason == "no body shop"


def test_a_whole_process_is_left_out_with_one_reason(programme: Programme) -> None:
    changes = ratings.mark_process_not_applicable(
        programme.workspace,
        programme.assessment.id,
        ProcessId("service.electric-cars"),
        reason="no high-voltage work yet",
    )
    assert {rating.outcome for rating in changes.of(Rating)} == {Outcome.NOT_APPLICABLE}
    assert len(changes.records) == 5


def test_an_unknown_process_is_named(programme: Programme) -> None:
    with pytest.raises(NotFound, match=r"service\.unknown"):
        ratings.mark_process_not_applicable(
            programme.workspace, programme.assessment.id, ProcessId("service.unknown"), reason="x"
        )


def test_a_sample_is_as_long_as_the_standard_asks(programme: Programme) -> None:
    checkpoint = next(c for c in programme.checkpoints if c.sample and c.sample.size == 5)
    where = (programme.workspace, programme.assessment.id, checkpoint.id)
    ratings.tick_sample(*where, place=4, conforms=True)
    ratings.label_sample(*where, place=4, label="48211")
    rating = programme.rating(checkpoint.id)
    assert rating is not None
    assert rating.sample is not None
    assert (len(rating.sample.records), rating.sample.records[4].label) == (5, "48211")
    with pytest.raises(RuleBroken, match="has 5 records"):
        ratings.tick_sample(*where, place=5, conforms=True)
    ratings.resize_sample(*where, size=7)
    ratings.tick_sample(*where, place=6, conforms=False)
    with pytest.raises(RuleBroken, match="1 to 100"):
        ratings.resize_sample(*where, size=0)


def test_as_last_time_takes_over_the_newest_earlier_points(programme: Programme) -> None:
    """And says that it did; without an earlier rating there is nothing to take."""
    where = (programme.workspace, programme.assessment.id, programme.first)
    with pytest.raises(RuleBroken, match="no points of an earlier assessment"):
        ratings.rate_as_last_time(*where)
    ratings.rate_checkpoint(*where, points=6)
    complete_assessment(programme.workspace, programme.assessment.id)
    later = programme.start(AssessmentKind.PROGRESS)
    ratings.rate_as_last_time(programme.workspace, later.id, programme.first)
    with programme.workspace.reading() as reader:
        rating = reader.ratings(later.id)[programme.first]
    assert (rating.points, rating.is_as_last_time) == (6, True)


def test_a_completed_assessment_takes_nothing_more(programme: Programme) -> None:
    where = (programme.workspace, programme.assessment.id, programme.first)
    complete_assessment(programme.workspace, programme.assessment.id)
    with pytest.raises(RuleBroken, match="completed and can only be read"):
        ratings.rate_checkpoint(*where, points=8)
    with pytest.raises(RuleBroken, match="completed"):
        ratings.write_note(*where, text="late")


def test_a_checkpoint_outside_the_scope_is_refused(programme: Programme) -> None:
    narrow = programme.start(AssessmentKind.PROGRESS, scope=[AreaId("service")])
    with pytest.raises(RuleBroken, match=r"MGT-01\.1 is outside the areas"):
        ratings.rate_checkpoint(programme.workspace, narrow.id, programme.first, points=8)


def test_an_empty_note_on_nothing_writes_nothing(programme: Programme) -> None:
    assert not ratings.write_note(programme.workspace, programme.assessment.id, programme.first, text="")
