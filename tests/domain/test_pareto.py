"""The vital few: the worked shares, the mark at 80 percent, and what "other" hides."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qma_app.domain.pareto import Pareto, charts_disagree, count_causes, pareto

OTHER = "Other"
WORKED = [("Late", 34), ("Repeat", 22), ("No word", 15), ("Invoice", 9), ("Dirty", 6), (OTHER, 4)]
ITEMS = st.lists(st.tuples(st.sampled_from(["a", "b", "c", "d", OTHER]), st.integers(0, 20)), max_size=8)


def labels(found: Pareto) -> list[str]:
    return [bar.label for bar in found.bars]


def test_the_cumulative_shares_are_the_worked_ones() -> None:
    found = pareto(WORKED, OTHER)
    assert [round(100 * float(bar.cumulative), 1) for bar in found.bars] == [
        37.8,
        62.2,
        78.9,
        88.9,
        95.6,
        100.0,
    ]
    assert found.total == 90
    assert found.vital == {"Late", "Repeat", "No word"}
    assert not found.is_other_large


def test_other_is_last_whatever_its_size_and_is_never_vital() -> None:
    found = pareto([(OTHER, 50), ("a", 1), ("b", 9)], OTHER)
    assert labels(found) == ["b", "a", OTHER]
    assert found.vital == {"b", "a"}
    assert found.is_other_large
    assert not pareto([(OTHER, 5)], OTHER).vital


def test_other_is_large_above_fifteen_percent() -> None:
    assert not pareto([("a", 85), (OTHER, 15)], OTHER).is_other_large
    assert pareto([("a", 84), (OTHER, 16)], OTHER).is_other_large


def test_a_cause_that_alone_is_above_the_mark_is_the_vital_one() -> None:
    assert pareto([("a", 90), ("b", 10)], OTHER).vital == {"a"}


def test_a_cause_exactly_at_the_mark_is_vital() -> None:
    assert pareto([("a", 50), ("b", 30), ("c", 20)], OTHER).vital == {"a", "b"}


def test_equal_labels_are_one_bar_and_nothing_is_none() -> None:
    found = pareto([("a", 1), ("b", Fraction(5, 2)), ("a", Decimal("1.5")), ("c", 0)], OTHER)
    assert [(bar.label, bar.value, bar.share) for bar in found.bars] == [
        ("a", Fraction(5, 2), Fraction(1, 2)),
        ("b", Fraction(5, 2), Fraction(1, 2)),
    ]
    assert pareto([], OTHER) == pareto([("a", 0)], OTHER) == Pareto(bars=(), total=Fraction(), is_other_large=False)  # fmt: skip


def test_less_than_nothing_is_refused() -> None:
    with pytest.raises(ValueError):
        pareto([("a", -1)], OTHER)


def test_charts_disagree_when_other_causes_are_vital() -> None:
    by_count = pareto(WORKED, OTHER)
    assert not charts_disagree(
        by_count, pareto([("No word", 5), ("Late", 5), ("Repeat", 5), ("x", 4)], OTHER)
    )
    assert charts_disagree(by_count, pareto([("Invoice", 5), ("Late", 5)], OTHER))
    assert not charts_disagree(by_count, pareto([], OTHER))
    assert not charts_disagree(pareto([], OTHER), by_count)


@settings(max_examples=200, deadline=None)
@given(ITEMS)
def test_bars_fall_and_make_up_the_whole(items: list[tuple[str, int]]) -> None:
    found = pareto(items, OTHER)
    named = [bar.value for bar in found.bars if bar.label != OTHER]
    assert named == sorted(named, reverse=True)
    assert sum(bar.value for bar in found.bars) == sum(value for _label, value in items)
    if found.bars:
        assert found.bars[-1].cumulative == 1
        assert sum(bar.share for bar in found.bars) == 1
        assert [bar.is_vital for bar in found.bars] == sorted((bar.is_vital for bar in found.bars), reverse=True)  # fmt: skip
        assert bool(found.vital) is (found.bars[0].label != OTHER)


def test_a_finding_counts_once_in_each_category_and_its_cost_is_parted() -> None:
    found = count_causes(
        [(["a", "b"], Decimal(300)), (["a"], None), ([], Decimal(50)), (["b"], Decimal(0))], ["b", "a"], OTHER
    )
    assert [(bar.label, bar.value) for bar in found.by_count.bars] == [("b", Fraction(2)), ("a", Fraction(2))]
    assert [(bar.label, bar.value) for bar in found.by_cost.bars] == [
        ("b", Fraction(150)),
        ("a", Fraction(150)),
    ]
    assert (found.findings, found.without_cause) == (4, 1)


def test_count_and_cost_may_point_at_different_causes() -> None:
    items = [(["a"], Decimal(1))] * 9 + [(["b"], Decimal(1000))]
    assert count_causes(items, ["a", "b"], OTHER).do_disagree
    assert not count_causes(items[:9], ["a", "b"], OTHER).do_disagree


def test_a_finding_without_a_category_costs_no_category_anything() -> None:
    assert count_causes([([], Decimal(70))], [], OTHER).by_cost.bars == ()
