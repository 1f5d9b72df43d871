"""Two audits beside each other: what moved, by exact levels over the same checkpoints, and what became of the majors."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import pytest

from qma_app.domain.edition import Checkpoint, Edition
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import CheckpointId
from qma_app.domain.levels import Ratings
from qma_app.domain.surveillance import AuditComparison, AuditSide, MajorNow, Move, compare_audits
from tests.builders import (
    GREETING,
    NOW,
    PRICE_AGREED,
    STOCK_COUNT,
    TODAY,
    a_checkpoint,
    a_finding,
    a_rating_not_seen,
    a_text,
    an_edition,
    ratings_of,
)

OLD_STOCK, OWN_TIME = CheckpointId("parts.stock.old-stock"), CheckpointId("service.reception.own-time")


def a_side(
    ratings: Ratings,
    edition: Edition | None = None,
    findings: Iterable[Finding] = (),
    applicable: Iterable[CheckpointId] | None = None,
) -> AuditSide:
    edition = an_edition() if edition is None else edition
    return AuditSide(
        edition=edition,
        ratings=ratings,
        applicable=tuple(edition.checkpoints if applicable is None else applicable),
        findings=tuple(findings),
    )


def compared(then: dict[str, int | None], now: dict[str, int | None]) -> AuditComparison:
    return compare_audits(a_side(ratings_of(then)), a_side(ratings_of(now)))


@pytest.mark.parametrize(
    ("before", "now", "move"),
    [(8, 6, Move.GONE_BACK), (8, 8, Move.KEPT), (8, 10, Move.BETTER), (0, 4, Move.BETTER), (10, 0, Move.GONE_BACK)],
)  # fmt: skip
def test_a_checkpoint_moves_by_its_points(before: int, now: int, move: Move) -> None:
    found = compared({GREETING: before}, {GREETING: now})
    assert [(one.checkpoint.id, one.before, one.now, one.move) for one in found.points] == [
        (GREETING, before, now, move)
    ]


def test_an_area_is_compared_over_the_checkpoints_both_have_points_for() -> None:
    """Greeting weighs 2, the price 3, own time 1; own time has points only now, the stock only then."""
    found = compared(
        {GREETING: 10, PRICE_AGREED: 8, STOCK_COUNT: 8}, {GREETING: 8, PRICE_AGREED: 10, OWN_TIME: 0}
    )
    assert [area.area_id for area in found.areas] == ["service"]
    service = found.areas[0]
    assert (service.before, service.now) == (Fraction(440, 5), Fraction(460, 5))
    assert (service.move, service.count(Move.BETTER), service.count(Move.GONE_BACK)) == (Move.BETTER, 1, 1)
    assert (found.only_then, found.only_now) == ((STOCK_COUNT,), (OWN_TIME,))


def test_moves_that_balance_keep_the_area_and_a_hair_moves_it() -> None:
    assert compared({GREETING: 8, STOCK_COUNT: 6}, {GREETING: 8, STOCK_COUNT: 6}).areas[0].move is Move.KEPT
    wide = [a_checkpoint("service.reception.a", weight=3000), a_checkpoint("service.reception.b")]
    edition = an_edition(checkpoints=wide)
    then = a_side(ratings_of({wide[0].id: 8, wide[1].id: 8}), edition)
    now = a_side(ratings_of({wide[0].id: 8, wide[1].id: 6}), edition)
    assert compare_audits(then, now).areas[0].move is Move.GONE_BACK


def test_not_seen_and_not_applicable_are_not_compared() -> None:
    then = a_side(ratings_of({GREETING: 10, PRICE_AGREED: 8}))
    now = a_side(
        ratings_of({PRICE_AGREED: 8}) | {GREETING: a_rating_not_seen(GREETING)}, applicable=[GREETING]
    )
    found = compare_audits(then, now)
    assert found.points == ()
    assert found.words == "No checkpoint was rated in both audits."
    assert found.only_then == (GREETING, PRICE_AGREED)


def test_newly_unmet_criticals_come_first_then_the_widest_then_the_heaviest() -> None:
    points: list[Checkpoint] = [
        a_checkpoint("service.reception.light"),
        a_checkpoint("service.reception.heavy", weight=3),
        a_checkpoint("service.reception.wide"),
        a_checkpoint("service.reception.law", critical=True),
        a_checkpoint("service.reception.still-met", critical=True),
    ]
    edition = an_edition(checkpoints=points)
    then: dict[str, int | None] = dict.fromkeys((one.id for one in points), 10)
    now: dict[str, int | None] = dict(zip(then, (8, 8, 0, 6, 8), strict=True))
    found = compare_audits(a_side(ratings_of(then), edition), a_side(ratings_of(now), edition))
    back = found.moved(Move.GONE_BACK)
    assert [one.checkpoint.id.rsplit(".", 1)[-1] for one in back] == [
        "law", "wide", "heavy", "light", "still-met",
    ]  # fmt: skip
    assert [one.is_newly_unmet for one in back] == [True, False, False, False, False]
    assert back[2].weighted == -6


def test_the_comparison_in_a_sentence() -> None:
    found = compared({GREETING: 10, PRICE_AGREED: 8, STOCK_COUNT: 8}, {GREETING: 8, PRICE_AGREED: 8, STOCK_COUNT: 10})  # fmt: skip
    assert found.words == "3 checkpoints were rated in both audits: 1 better, 1 kept, 1 gone back."


@pytest.mark.parametrize(
    ("changes", "is_compared"),
    [
        ({}, True),
        ({"guidance": a_text("Ask three customers.")}, True),
        ({"weight": 3}, True),
        ({"statement": a_text("Everybody is greeted by name.")}, False),
        ({"is_critical": True}, False),
    ],
)
def test_in_another_edition_only_what_asks_for_the_same_is_compared(
    changes: dict[str, object], is_compared: bool
) -> None:
    old = an_edition(checkpoints=[a_checkpoint(GREETING)])
    new = an_edition(checkpoints=[a_checkpoint(GREETING, **changes)], version="2027.1")  # type: ignore[arg-type]
    found = compare_audits(a_side(ratings_of({GREETING: 8}), old), a_side(ratings_of({GREETING: 10}), new))
    assert [one.checkpoint.id for one in found.points] == ([GREETING] if is_compared else [])
    assert found.asked_anew == (() if is_compared else (GREETING,))
    assert (found.only_then, found.only_now) == ((), ())


def test_a_renamed_checkpoint_is_compared_and_a_split_one_is_not() -> None:
    name, first, second = (CheckpointId(f"service.reception.{one}") for one in ("name", "first", "second"))
    same = {"statement": a_text("As agreed."), "guidance": a_text("Look."), "failure": a_text("Missing."), "actions": ()}  # fmt: skip
    old = an_edition(checkpoints=[a_checkpoint(GREETING, **same), a_checkpoint(STOCK_COUNT, **same)])  # type: ignore[arg-type]
    new = an_edition(
        checkpoints=[
            a_checkpoint(name, **same, replaces=(GREETING,)),  # type: ignore[arg-type]
            a_checkpoint(first, **same, replaces=(STOCK_COUNT,)),  # type: ignore[arg-type]
            a_checkpoint(second, **same, replaces=(STOCK_COUNT,)),  # type: ignore[arg-type]
        ],
        version="2027.1",
    )
    found = compare_audits(
        a_side(ratings_of({GREETING: 8, STOCK_COUNT: 8}), old),
        a_side(ratings_of({name: 10, first: 8, second: 4}), new),
    )
    assert [(one.checkpoint.id, one.move) for one in found.points] == [(name, Move.BETTER)]
    assert (found.asked_anew, found.only_then, found.only_now) == ((first, second), (), ())


@pytest.mark.parametrize(
    ("closed", "points", "again", "state"),
    [
        (False, 10, False, MajorNow.OPEN),
        (True, None, False, MajorNow.NOT_LOOKED_AT),
        (True, 10, False, MajorNow.HOLDS),
        (True, 8, False, MajorNow.HOLDS),
        (True, 6, False, MajorNow.BACK),
        (True, 10, True, MajorNow.BACK),
    ],
)
def test_what_became_of_a_major_at_a_critical_checkpoint(
    closed: bool, points: int | None, again: bool, state: MajorNow
) -> None:
    major = a_finding(4, FindingGrade.MAJOR, closed_on=TODAY if closed else None)
    fresh = [a_finding(9, FindingGrade.MAJOR)] if again else []
    found = compare_audits(
        a_side(ratings_of({PRICE_AGREED: 4}), findings=[major, a_finding(5)]),
        a_side(ratings_of({PRICE_AGREED: points}), findings=fresh),
    )
    assert [(one.finding.number, one.points_now, one.state) for one in found.majors] == [(4, points, state)]


@pytest.mark.parametrize(("points", "state"), [(4, MajorNow.BACK), (6, MajorNow.HOLDS)])
def test_a_major_elsewhere_is_back_at_low_points(points: int, state: MajorNow) -> None:
    major = a_finding(4, FindingGrade.MAJOR, checkpoint_id=OLD_STOCK, closed_on=TODAY)
    found = compare_audits(
        a_side(ratings_of({OLD_STOCK: 0}), findings=[major]), a_side(ratings_of({OLD_STOCK: points}))
    )
    assert found.majors[0].state is state
    assert found.words.endswith("1 of 1 major of then stays closed." if state is MajorNow.HOLDS else "0 of 1 major of then stays closed.")  # fmt: skip


def test_a_major_of_then_seen_again_is_not_a_fresh_one_and_one_of_the_whole_house_is_not_looked_at() -> None:
    house = a_finding(3, FindingGrade.MAJOR, checkpoint_id=None, closed_on=TODAY, closing_note=str(NOW))
    reopened = a_finding(4, FindingGrade.MAJOR)
    found = compare_audits(
        a_side(ratings_of({PRICE_AGREED: 4}), findings=[reopened, house]),
        a_side(ratings_of({PRICE_AGREED: 8}), findings=[reopened]),
    )
    assert [one.state for one in found.majors] == [MajorNow.NOT_LOOKED_AT, MajorNow.OPEN]


@pytest.mark.parametrize(
    ("before", "now", "is_newly_unmet"), [(8, 6, True), (10, 8, False), (6, 4, False), (4, 8, False)]
)
def test_a_critical_one_is_newly_unmet_where_it_was_met(before: int, now: int, is_newly_unmet: bool) -> None:
    assert compared({PRICE_AGREED: before}, {PRICE_AGREED: now}).points[0].is_newly_unmet is is_newly_unmet


def test_a_closed_major_holds_beside_an_older_one_that_is_open_at_the_same_place() -> None:
    closed, still = a_finding(3, FindingGrade.MAJOR, closed_on=TODAY), a_finding(4, FindingGrade.MAJOR)
    found = compare_audits(
        a_side(ratings_of({PRICE_AGREED: 4}), findings=[closed, still]),
        a_side(ratings_of({PRICE_AGREED: 8}), findings=[still]),
    )
    assert [one.state for one in found.majors] == [MajorNow.HOLDS, MajorNow.OPEN]


def test_points_at_a_place_that_does_not_apply_any_more_say_nothing_of_a_major() -> None:
    major = a_finding(3, FindingGrade.MAJOR, closed_on=TODAY)
    found = compare_audits(
        a_side(ratings_of({PRICE_AGREED: 4}), findings=[major]),
        a_side(ratings_of({PRICE_AGREED: 0}), applicable=[GREETING]),
    )
    assert [(one.points_now, one.state) for one in found.majors] == [(None, MajorNow.NOT_LOOKED_AT)]
