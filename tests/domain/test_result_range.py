"""The range of the result to expect, by figures worked out by hand."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from qma_app.domain.ids import CheckpointId
from qma_app.domain.rating import Rating
from qma_app.domain.result_range import result_range
from tests.builders import a_checkpoint, a_rating, a_rating_not_applicable, an_edition, areas_of

POINTS = [
    a_checkpoint("service.desk.one", weight=3),
    a_checkpoint("service.desk.two", weight=1),
    a_checkpoint("service.desk.three", weight=4),
    a_checkpoint("parts.stock.one", weight=2),
]
EDITION = an_edition(areas=areas_of(POINTS))
ALL = tuple(EDITION.checkpoints)


def ratings(**points: int) -> dict[CheckpointId, Rating]:
    names = {"one": "service.desk.one", "two": "service.desk.two", "three": "service.desk.three"}
    ids = {**names, "parts": "parts.stock.one"}
    return {CheckpointId(ids[name]): a_rating(value, ids[name]) for name, value in points.items()}


def test_level_and_spread_of_the_rated_are_carried_over_to_the_rest() -> None:
    """One at 100 (weight 3), one at 60 (weight 1): level 90, spread (3 x 10 + 1 x 30) / 4 = 15; half of the weight is unrated."""
    service = result_range(EDITION, ratings(one=10, two=6, parts=8), ALL).areas[0]
    assert (service.low, service.expected, service.high) == (
        Fraction(4 * 90 + 4 * 75, 8),
        Fraction(90),
        Fraction(4 * 90 + 4 * 100, 8),
    )
    assert (service.weight, service.unseen) == (8, 4)


def test_overall_is_the_mean_of_the_areas() -> None:
    found = result_range(EDITION, ratings(one=10, two=6, parts=8), ALL)
    assert (found.low, found.expected, found.high) == (
        Fraction(825, 10) / 2 + 40,
        Fraction(85),
        Fraction(875, 10),
    )


def test_an_area_nobody_rated_lies_between_the_others() -> None:
    found = result_range(EDITION, ratings(one=10, two=6), ALL)
    service, parts = found.areas
    assert (parts.low, parts.expected, parts.high) == (service.low, service.expected, service.high)


def test_what_is_doubted_counts_below_the_critical_points_at_the_low_end() -> None:
    found = result_range(
        EDITION, ratings(one=10, two=10, three=10, parts=10), ALL, doubted={CheckpointId("service.desk.one")}
    )
    assert found.areas[0].low == Fraction(3 * 60 + 5 * 100, 8)
    assert found.expected == found.high == 100


def test_what_does_not_apply_is_left_out() -> None:
    every = ratings(one=10, two=6, parts=8)
    every[CheckpointId("service.desk.three")] = a_rating_not_applicable("service.desk.three")
    found = result_range(EDITION, every, ALL)
    assert found.low == found.expected == found.high == 85
    assert len(result_range(EDITION, ratings(one=10), ("service.desk.one",)).areas) == 1  # type: ignore[arg-type]  # an id


def test_without_any_rating_nothing_is_expected() -> None:
    found = result_range(EDITION, {}, ALL)
    assert (found.low, found.expected, found.high, found.areas) == (None, None, None, ())


@given(
    st.dictionaries(
        st.sampled_from(("one", "two", "three", "parts")), st.sampled_from((0, 4, 6, 8, 10)), min_size=1
    )
)
def test_the_range_holds_what_is_expected_and_stays_on_the_scale(points: dict[str, int]) -> None:
    found = result_range(EDITION, ratings(**points), ALL)
    assert found.low is not None
    assert found.expected is not None
    assert found.high is not None
    assert 0 <= found.low <= found.expected <= found.high <= 100
    if len(points) == 4:
        assert found.low == found.high
