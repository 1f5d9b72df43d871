"""Drawn records: the same seed gives the same numbers everywhere, each once, and replacements go on where the draw stopped."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qma_app.domain.drawing_lots import LARGEST, draw_lots, replacement
from qma_app.errors import RuleBroken

LITERAL_200 = (28, 65, 91, 99, 111, 136, 141, 157, 170, 186)
LITERAL_LARGEST = (420573, 757955, 844422)
LITERAL_REPLACEMENTS = [74, 149, 144]
DRAWS = st.integers(1, 60).flatmap(lambda count: st.tuples(st.just(count), st.integers(1, count)))


def test_the_numbers_of_a_seed_never_change() -> None:
    assert draw_lots(200, 10, 4711) == LITERAL_200
    assert draw_lots(LARGEST, 3, 0) == LITERAL_LARGEST
    assert [replacement(200, LITERAL_200, 4711, one) for one in range(3)] == LITERAL_REPLACEMENTS


@settings(max_examples=100, deadline=None)
@given(DRAWS, st.integers(0, 2**63))
def test_numbers_are_different_within_the_list_and_in_order(draw: tuple[int, int], seed: int) -> None:
    population, size = draw
    numbers = draw_lots(population, size, seed)
    assert len(numbers) == len(set(numbers)) == size
    assert list(numbers) == sorted(numbers)
    assert numbers[0] >= 1
    assert numbers[-1] <= population


@settings(max_examples=100, deadline=None)
@given(DRAWS, st.integers(0, 2**63))
def test_replacements_are_what_a_larger_sample_would_have_drawn(draw: tuple[int, int], seed: int) -> None:
    population, size = draw
    drawn = draw_lots(population, size, seed)
    spares = [replacement(population, drawn, seed, one) for one in range(population - size)]
    assert sorted((*drawn, *spares)) == list(range(1, population + 1))
    for one in range(population - size):
        assert {*drawn, *spares[: one + 1]} == set(draw_lots(population, size + one + 1, seed))


def test_a_replacement_follows_on_a_sample_in_which_numbers_were_exchanged() -> None:
    drawn = draw_lots(50, 5, 1)
    first = replacement(50, drawn, 1, 0)
    exchanged = (first, *drawn[1:])
    assert replacement(50, exchanged, 1, 1) == replacement(50, drawn, 1, 1)


def test_a_number_chosen_by_hand_is_not_drawn_again() -> None:
    drawn = draw_lots(50, 5, 1)
    by_hand = replacement(50, drawn, 1, 0)
    assert replacement(50, (by_hand, *drawn[1:]), 1, 0) == replacement(50, drawn, 1, 1)


def test_every_record_is_drawn_about_as_often_as_any_other() -> None:
    counts = dict.fromkeys(range(1, 11), 0)
    for seed in range(2_000):
        for number in draw_lots(10, 3, seed):
            counts[number] += 1
    assert all(500 < count < 700 for count in counts.values())


@pytest.mark.parametrize(
    ("population", "size", "code"),
    [
        (0, 1, "sample.population"),
        (-5, 1, "sample.population"),
        (LARGEST + 1, 1, "sample.population"),
        (10, 0, "sample.empty"),
        (10, 11, "sample.too-large"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_a_way_out(population: int, size: int, code: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        draw_lots(population, size, 1)
    assert caught.value.code == code
    assert caught.value.way_out


def test_a_list_drawn_to_its_end_has_no_replacement() -> None:
    with pytest.raises(RuleBroken) as caught:
        replacement(5, draw_lots(5, 5, 1), 1, 0)
    assert caught.value.code == "sample.none-left"
