"""Self minus coach: only checkpoints both have rated count, and the right self-assessment is taken."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.ids import AreaId
from qma_app.domain.self_gap import area_gaps, gap_between, self_assessment_of, together
from tests.builders import (
    GREETING,
    NOW,
    PRICE_AGREED,
    STOCK_COUNT,
    a_checkpoint,
    a_rating,
    a_rating_not_applicable,
    an_assessment,
    an_edition,
    an_engagement,
    ratings_of,
)
from tests.reports.fake_reader import FakeReader

SERVICE, PARTS = AreaId("service"), AreaId("parts")


def a_self(number: int, day: date = date(2026, 3, 1), **changes: Any) -> Assessment:
    how = {
        "kind": AssessmentKind.SELF_ASSESSMENT,
        "started_on": day,
        "completed_on": day,
        "completed_at": NOW,
    }
    return an_assessment(number, **how | changes)


def points_of(*names: str) -> list[Any]:
    return [an_edition().checkpoints[name] for name in names]  # type: ignore[index]  # plain text for an id


def test_only_what_both_have_rated_counts() -> None:
    own = ratings_of({GREETING: 10, PRICE_AGREED: 8, STOCK_COUNT: None})
    coach = ratings_of({GREETING: 6, STOCK_COUNT: 4}) | {PRICE_AGREED: a_rating_not_applicable(PRICE_AGREED)}
    gap = gap_between(own, coach, points_of(GREETING, PRICE_AGREED, STOCK_COUNT))
    assert gap is not None
    assert [(each.checkpoint.id, each.own, each.coach, each.gap) for each in gap.points] == [
        (GREETING, 10, 6, 4)
    ]
    assert gap.count == 1


def test_without_a_common_checkpoint_there_is_no_gap() -> None:
    assert gap_between(ratings_of({GREETING: 10}), ratings_of({PRICE_AGREED: 6}), points_of(GREETING, PRICE_AGREED)) is None  # fmt: skip


def test_levels_go_by_the_weights_of_the_standard() -> None:
    """Greeting weighs 2, the price 3: 10 and 8 against 6 and 8."""
    gap = gap_between(
        ratings_of({GREETING: 10, PRICE_AGREED: 8}),
        ratings_of({GREETING: 6, PRICE_AGREED: 8}),
        points_of(GREETING, PRICE_AGREED),
    )
    assert gap is not None
    assert (gap.own_level, gap.coach_level, gap.level) == (Fraction(88), Fraction(72), Fraction(16))


def test_the_widest_come_first_then_the_heavier_and_equals_are_in_neither_list() -> None:
    light, heavy, low, same = (
        a_checkpoint(f"service.reception.{name}", weight=weight)
        for name, weight in (("light", 1), ("heavy", 3), ("low", 2), ("same", 1))
    )
    own = ratings_of({light.id: 10, heavy.id: 10, low.id: 0, same.id: 8})
    coach = ratings_of({light.id: 4, heavy.id: 4, low.id: 4, same.id: 8})
    gap = gap_between(own, coach, (light, heavy, low, same))
    assert gap is not None
    assert [each.checkpoint.id for each in gap.too_high()] == [heavy.id, light.id]
    assert [each.checkpoint.id for each in gap.too_low()] == [low.id]
    assert len(gap.too_high(1)) == 1


@pytest.mark.parametrize(
    ("until", "number"),
    [(None, 4), (date(2026, 6, 1), 4), (date(2026, 4, 1), 2), (date(2026, 1, 1), 2)],
)
def test_the_newest_begun_by_then_is_taken_else_the_first_after(until: date | None, number: int) -> None:
    known = [a_self(2), a_self(4, date(2026, 5, 1)), an_assessment(5, completed_at=NOW)]
    found = self_assessment_of(known, SERVICE, until=until)
    assert found is not None
    assert found.number == number


def test_open_ones_and_those_of_other_areas_do_not_count() -> None:
    is_open = a_self(2, completed_at=None, completed_on=None)
    elsewhere = a_self(3, scope=(PARTS,))
    assert self_assessment_of([is_open, elsewhere], SERVICE) is None


def test_each_area_takes_its_own_self_assessment_and_areas_without_one_are_left_out() -> None:
    edition = an_edition()
    service, parts = a_self(2, scope=(SERVICE,)), a_self(3, scope=(PARTS,))
    reader = FakeReader([an_engagement(edition=edition.hash), service, parts], [edition])
    reader.add(
        a_rating(10, GREETING, assessment_id=service.id, note="We greet everybody."),
        a_rating(4, STOCK_COUNT, assessment_id=parts.id),
        a_rating(0, STOCK_COUNT, assessment_id=service.id),
    )
    coach = ratings_of({GREETING: 6, STOCK_COUNT: 8})
    gaps = area_gaps(reader, edition, [service, parts], coach, set(edition.checkpoints))
    assert [(gap.area_id, gap.assessment.number, gap.gap.level) for gap in gaps] == [
        (SERVICE, 2, Fraction(40)),
        (PARTS, 3, Fraction(-40)),
    ]
    assert gaps[0].gap.points[0].note == "We greet everybody."
    only = area_gaps(reader, edition, [service, parts], coach, set(edition.checkpoints), scope=(PARTS,))
    assert [gap.area_id for gap in only] == [PARTS]
    assert area_gaps(reader, edition, [service], coach, {STOCK_COUNT}) == ()


def test_all_areas_together_are_one_gap_over_all_their_checkpoints() -> None:
    edition = an_edition()
    both = a_self(2)
    reader = FakeReader([an_engagement(edition=edition.hash), both], [edition])
    reader.add(a_rating(10, GREETING, assessment_id=both.id), a_rating(4, STOCK_COUNT, assessment_id=both.id))
    gaps = area_gaps(
        reader, edition, [both], ratings_of({GREETING: 6, STOCK_COUNT: 8}), set(edition.checkpoints)
    )
    whole = together(gaps)
    assert whole is not None
    assert (whole.count, whole.level) == (2, Fraction(0))
    assert together(()) is None


def test_a_self_assessment_in_another_edition_asked_other_things_and_is_not_compared() -> None:
    edition, other = an_edition(), an_edition(version="2027.1")
    old = a_self(2, edition=other.hash)
    reader = FakeReader([an_engagement(edition=edition.hash), old], [edition, other])
    reader.add(a_rating(10, GREETING, assessment_id=old.id))
    assert area_gaps(reader, edition, [old], ratings_of({GREETING: 6}), {GREETING}) == ()
