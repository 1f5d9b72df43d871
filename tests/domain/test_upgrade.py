"""What is proposed for each kind of change, and what a decision comes to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from qma_app.domain.edition import Checkpoint, Edition, Impact, SampleSpec, Step
from qma_app.domain.edition_diff import ChangeKind, compare
from qma_app.domain.ids import CheckpointId, EditionHash
from qma_app.domain.lineage import Lineage
from qma_app.domain.rating import Rating
from qma_app.domain.upgrade import Carry, Upgrade
from qma_app.domain.upgrade_proposals import Decision, Proposal, decide, propose, standing_after
from qma_app.errors import RuleBroken
from tests.builders import (
    TODAY,
    a_checkpoint,
    a_process,
    a_rating,
    a_rating_not_applicable,
    a_text,
    an_area,
    an_edition,
    an_engagement,
    an_id,
)

ONE, TWO, THREE, FOUR = (CheckpointId(f"service.desk.n{place}") for place in range(1, 5))
BASE = a_checkpoint(ONE)


def points(*checkpoints: Checkpoint, **changes: Any) -> Edition:
    return an_edition([an_area("service", [a_process("service.desk", checkpoints)])], **changes)


def proposed(old: Edition, new: Edition, *ratings: Rating) -> dict[CheckpointId, Proposal]:
    standing = {rating.checkpoint_id: rating for rating in ratings}
    return {one.checkpoint_id: one for one in propose(compare(old, new), old, new, standing)}


@pytest.mark.parametrize(
    ("change", "decision"),
    [
        ({}, Decision.CARRY),
        ({"guidance": a_text("Other."), "evidence": a_text("Other."), "failure": a_text()}, Decision.CARRY),
        ({"number": "SRV-09.1", "clauses": ("7.1",), "kpis": ("C1",), "actions": ()}, Decision.CARRY),
        ({"impact": Impact(cx=0, ex=0, profit=0)}, Decision.CARRY),
        ({"weight": 3}, Decision.CARRY),
        ({"when": ("service",)}, Decision.CARRY),
        ({"statement": a_text("Something else is asked.")}, Decision.ASK),
        ({"statement": a_text("", de="Etwas anderes.")}, Decision.ASK),
        ({"statement": a_text(BASE.statement.texts["en"])}, Decision.CARRY),
        ({"statement": a_text(BASE.statement.texts["en"], de=BASE.statement.texts["de"], pl="Po polsku.")}, Decision.CARRY),
        ({"is_critical": True}, Decision.ASK),
        ({"sample": SampleSpec(size=5, of=a_text("orders"))}, Decision.ASK),
    ],
)  # fmt: skip
def test_a_rating_goes_on_while_the_same_is_asked(change: dict[str, Any], decision: Decision) -> None:
    one = proposed(points(BASE), points(replace(BASE, **change)), a_rating(8, ONE))[ONE]
    assert one.decision is decision
    assert one.rating is not None
    assert one.reason


def test_not_applicable_is_asked_again_where_the_conditions_changed() -> None:
    new = points(replace(BASE, when=("service",)))
    assert proposed(points(BASE), new, a_rating_not_applicable(ONE))[ONE].decision is Decision.ASK
    assert proposed(points(BASE), points(BASE), a_rating_not_applicable(ONE))[ONE].decision is Decision.CARRY


def test_a_renamed_checkpoint_keeps_its_rating_under_the_new_id() -> None:
    new = points(replace(BASE, id=TWO, replaces=(ONE,)))
    one = proposed(points(BASE), new, a_rating(6, ONE))[TWO]
    assert (one.decision, one.reason) == (Decision.CARRY, "Only its id changed.")
    assert standing_after([one.as_decided(one.decision)], {ONE: a_rating(6, ONE)})[TWO].points == 6


def test_halves_are_asked_but_may_be_carried() -> None:
    new = points(replace(BASE, statement=a_text("Half.")), a_checkpoint(TWO, replaces=(ONE,)))
    halves = proposed(points(BASE), new, a_rating(6, ONE))
    assert {one.kind for one in halves.values()} == {ChangeKind.SPLIT}
    assert all(one.decision is Decision.ASK and one.may_carry for one in halves.values())


@pytest.mark.parametrize(
    ("ratings", "points_carried"),
    [
        ([a_rating(8, ONE), a_rating(4, TWO)], 4),
        ([a_rating(8, ONE)], None),
        ([a_rating(8, ONE), a_rating_not_applicable(TWO)], None),
        ([], None),
    ],
)
def test_a_merged_checkpoint_carries_the_lowest_points_when_all_parts_are_rated(
    ratings: list[Rating], points_carried: int | None
) -> None:
    old = points(BASE, a_checkpoint(TWO))
    one = proposed(old, points(a_checkpoint(THREE, replaces=(ONE, TWO))), *ratings)[THREE]
    assert (one.rating and one.rating.points) == points_carried
    assert one.decision is (Decision.ASK if points_carried is None else Decision.CARRY)


def test_parts_that_were_all_left_out_stay_left_out() -> None:
    old = points(BASE, a_checkpoint(TWO))
    ratings = [a_rating_not_applicable(ONE), a_rating_not_applicable(TWO)]
    one = proposed(old, points(a_checkpoint(THREE, replaces=(ONE, TWO))), *ratings)[THREE]
    assert (one.decision, one.rating) == (Decision.CARRY, ratings[0])


def test_parts_shared_out_anew_are_asked() -> None:
    old = points(BASE, a_checkpoint(TWO))
    new = points(a_checkpoint(THREE, replaces=(ONE, TWO)), a_checkpoint(FOUR, replaces=(TWO,)))
    found = proposed(old, new, a_rating(8, ONE), a_rating(8, TWO))
    assert {one.decision for one in found.values()} == {Decision.ASK}


def test_points_the_new_scale_lacks_are_never_carried() -> None:
    scale = tuple(Step(points=step, title=a_text()) for step in (0, 5, 10))
    new = points(BASE, a_checkpoint(TWO), scale=scale)
    found = proposed(points(BASE, a_checkpoint(TWO)), new, a_rating(8, ONE), a_rating(10, TWO))
    assert (found[ONE].decision, found[ONE].may_carry) == (Decision.ASK, False)
    assert found[TWO].decision is Decision.CARRY


def test_decisions_are_written_down_with_where_each_checkpoint_comes_from() -> None:
    old = points(BASE, a_checkpoint(TWO))
    new = points(BASE, a_checkpoint(THREE, replaces=(TWO,), statement=a_text("New.")), a_checkpoint(FOUR))
    rating, other = a_rating(8, ONE), a_rating(6, TWO)
    found = tuple(proposed(old, new, rating, other).values())
    assert decide(found, {THREE: Decision.CARRY}) == (
        Carry(checkpoint_id=ONE, source=ONE, rating_id=rating.id),
        Carry(checkpoint_id=THREE, source=TWO, rating_id=other.id),
        Carry(checkpoint_id=FOUR),
    )
    assert decide(found, {})[1] == Carry(checkpoint_id=THREE, source=TWO)
    assert decide(tuple(proposed(old, new).values()), {})[0].checkpoint_id == THREE
    for refused in ({ONE: Decision.ASK}, {FOUR: Decision.CARRY}, {TWO: Decision.ASK}):
        with pytest.raises(RuleBroken):
            decide(found, refused)


A, B, C = (EditionHash(name * 64) for name in "abc")


def step(before: EditionHash, after: EditionHash, *carried: Carry) -> Upgrade:
    return Upgrade(
        id=an_id(f"{before}{after}"),  # type: ignore[arg-type]
        engagement_id=an_engagement().id,
        from_edition=before,
        to_edition=after,
        decided_on=TODAY,
        carried=carried,
    )


def test_a_checkpoint_is_found_again_in_every_edition_it_went_through() -> None:
    lineage = Lineage(
        editions=(A, B, C),
        upgrades=(
            step(A, B, Carry(checkpoint_id=TWO, source=ONE), Carry(checkpoint_id=THREE, source=ONE)),
            step(B, C, Carry(checkpoint_id=FOUR, source=THREE), Carry(checkpoint_id=ONE)),
        ),
    )
    assert lineage.before((FOUR, TWO, ONE), at=C, to=A) == {FOUR: ONE, TWO: ONE}
    assert lineage.before((FOUR,), at=C, to=B) == {FOUR: THREE}
    assert lineage.after(ONE, at=A, to=B) == (TWO, THREE, ONE)
    assert lineage.after(ONE, at=A, to=C)[:2] == (TWO, FOUR)
    assert lineage.is_before(A, C)
