"""What holds for what is carried between any two editions."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from qma_app.domain.edition import Edition
from qma_app.domain.edition_diff import ChangeKind, compare
from qma_app.domain.ids import CheckpointId
from qma_app.domain.rating import Rating
from qma_app.domain.scoring import score
from qma_app.domain.upgrade_proposals import Decision, decide, propose, standing_after
from tests.builders import a_rating
from tests.domain.test_edition_diff_properties import FEW, IDS, editions

Standing = dict[CheckpointId, Rating]


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    """Some of the checkpoints rated."""
    points = draw(st.dictionaries(st.sampled_from(IDS), st.sampled_from([0, 4, 6, 8, 10])))
    return {id: a_rating(given, id) for id, given in points.items()}


def known(standing: Standing, edition: Edition) -> Standing:
    return {id: rating for id, rating in standing.items() if id in edition.checkpoints}


@FEW
@given(old=editions(), new=editions(), ratings=standings())
def test_what_stayed_the_same_stands_as_before_and_nothing_stands_that_was_not_carried(
    old: Edition, new: Edition, ratings: Standing
) -> None:
    diff, before = compare(old, new), known(ratings, old)
    proposals = propose(diff, old, new, before)
    everything = {one.checkpoint_id: Decision.CARRY for one in proposals if one.is_changed and one.may_carry}
    nothing = {one.checkpoint_id: Decision.ASK for one in proposals if one.is_changed}
    same = {id for change in diff.of_kind(ChangeKind.SAME) for id in change.after}
    unchanged = {id: rating for id, rating in before.items() if id in same}
    assert standing_after(decide(proposals, nothing), before) == unchanged
    after = standing_after(decide(proposals, everything), before)
    assert {id: rating for id, rating in after.items() if id in same} == unchanged
    assert after.keys() == {one.checkpoint_id for one in proposals if one.may_carry}
    for one in proposals:
        if (carried := after.get(one.checkpoint_id)) is not None:
            assert carried.points == min(before[id].points or 0 for id in one.sources)
            assert carried.checkpoint_id == one.checkpoint_id


@FEW
@given(edition=editions(may_replace=False), ratings=standings())
def test_an_edition_that_asks_the_same_scores_the_same(edition: Edition, ratings: Standing) -> None:
    before, following = known(ratings, edition), replace(edition, version="2026.2")
    carried = decide(propose(compare(edition, following), edition, following, before), {})
    after = standing_after(carried, before)
    assert after == before
    assert score(following, after, list(IDS)) == score(edition, before, list(IDS))


@FEW
@given(one=editions(), two=editions(), three=editions(), ratings=standings())
def test_what_is_carried_twice_rests_on_a_rating_there_was(
    one: Edition, two: Edition, three: Edition, ratings: Standing
) -> None:
    standing = known(ratings, one)
    first = {rating.id for rating in standing.values()}
    for old, new in ((one, two), (two, three)):
        standing = standing_after(decide(propose(compare(old, new), old, new, standing), {}), standing)
        assert standing.keys() <= new.checkpoints.keys()
    assert {rating.id for rating in standing.values()} <= first
