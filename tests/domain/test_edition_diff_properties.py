"""What holds for the difference between any two editions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from qma_app.domain.edition import Checkpoint, Edition
from qma_app.domain.edition_diff import ChangeKind, CheckpointChange, EditionDiff, compare, sources_of
from qma_app.domain.ids import CheckpointId
from tests.builders import a_checkpoint, a_process, a_text, an_area, an_edition

FEW = settings(max_examples=60, deadline=None)
IDS = [CheckpointId(f"a{area}.p.n{row}") for area in range(2) for row in range(6)]
WORDS = st.sampled_from(["One.", "Other."])
SHAPES = {
    ChangeKind.SAME: "1-1",
    ChangeKind.REWORDED: "1-1",
    ChangeKind.SPLIT: "1-n",
    ChangeKind.GONE: "1-0",
    ChangeKind.NEW: "0-1",
}


@st.composite
def editions(draw: st.DrawFn, *, may_replace: bool = True) -> Edition:
    """Some of a few checkpoints in any order, with words of two kinds, replacing any others or none."""
    ids = draw(st.lists(st.sampled_from(IDS), unique=True, max_size=len(IDS)))
    named = st.lists(st.sampled_from(IDS), unique=True, max_size=3) if may_replace else st.just([])
    points = [
        a_checkpoint(
            id, statement=a_text(draw(WORDS)), replaces=tuple(draw(named)), weight=draw(st.integers(1, 2))
        )
        for id in ids
    ]
    areas = []
    for area in ("a0", "a1"):
        mine = [point for point in points if point.area_id == area]
        areas.append(an_area(area, [a_process(f"{area}.p", mine)]))
    return an_edition(areas)


def shape(change: CheckpointChange) -> str:
    before, after = ("n" if len(ids) > 1 else str(len(ids)) for ids in (change.before, change.after))
    return f"{before}-{after}"


def kinds(diff: EditionDiff) -> list[tuple[ChangeKind, frozenset[CheckpointId], frozenset[CheckpointId]]]:
    return [(each.kind, frozenset(each.before), frozenset(each.after)) for each in diff.changes]


@FEW
@given(old=editions(), new=editions())
def test_every_checkpoint_of_both_editions_stands_in_exactly_one_change(old: Edition, new: Edition) -> None:
    changes = compare(old, new).changes
    assert sorted(id for each in changes for id in each.before) == sorted(old.checkpoints)
    assert sorted(id for each in changes for id in each.after) == sorted(new.checkpoints)
    assert all(each.before or each.after for each in changes)


@FEW
@given(old=editions(), new=editions())
def test_the_kind_says_how_many_became_how_many(old: Edition, new: Edition) -> None:
    for change in compare(old, new).changes:
        if change.kind is ChangeKind.MERGED:
            assert shape(change) in ("n-1", "n-n")
        else:
            assert shape(change) == SHAPES[change.kind]


@FEW
@given(old=editions(), new=editions())
def test_a_change_holds_together_what_ids_and_replaces_tie_and_nothing_else(
    old: Edition, new: Edition
) -> None:
    for change in compare(old, new).changes:
        reached = {id for after in change.after for id in sources_of(new.checkpoints[after], old.checkpoints)}
        assert reached == set(change.before if change.after else ())
        for id in change.before:
            tied = [point.id for point in new.checkpoints.values() if id in (point.id, *point.replaces)]
            assert set(tied) <= set(change.after)
        assert _is_one_piece(change, old, new)


def _is_one_piece(change: CheckpointChange, old: Edition, new: Edition) -> bool:
    """Whether one can walk from any of its checkpoints to any other."""
    if not change.after or not change.before:
        return len(change.before + change.after) == 1
    seen, waiting = {change.after[0]}, [change.after[0]]
    reached: set[CheckpointId] = set()
    while waiting:
        for source in sources_of(new.checkpoints[waiting.pop()], old.checkpoints):
            reached.add(source)
            for after in change.after:
                if after not in seen and source in sources_of(new.checkpoints[after], old.checkpoints):
                    seen.add(after)
                    waiting.append(after)
    return seen == set(change.after) and reached == set(change.before)


@FEW
@given(edition=editions())
def test_an_edition_beside_itself_says_only_same(edition: Edition) -> None:
    plain = _without_lineage(edition)
    assert compare(plain, plain).is_empty
    assert [each.before for each in compare(plain, plain).changes] == [(id,) for id in plain.checkpoints]


@FEW
@given(old=editions(may_replace=False), new=editions(may_replace=False))
def test_swapped_editions_exchange_new_and_gone_and_keep_the_rest(old: Edition, new: Edition) -> None:
    exchanged = {ChangeKind.NEW: ChangeKind.GONE, ChangeKind.GONE: ChangeKind.NEW}
    there = {(exchanged.get(kind, kind), after, before) for kind, before, after in kinds(compare(old, new))}
    assert there == set(kinds(compare(new, old)))


@FEW
@given(old=editions(may_replace=False), new=editions(may_replace=False))
def test_without_replaces_the_id_alone_decides(old: Edition, new: Edition) -> None:
    for change in compare(old, new).changes:
        (id,) = {*change.before, *change.after}
        is_same = old.checkpoints.get(id) == new.checkpoints.get(id)
        assert (change.kind is ChangeKind.SAME) == is_same
        assert bool(change.fields) == (change.kind is ChangeKind.REWORDED)


@FEW
@given(old=editions(), new=editions())
def test_changes_come_in_the_order_of_the_new_edition_and_gone_ones_in_that_of_the_old(
    old: Edition, new: Edition
) -> None:
    changes = compare(old, new).changes
    places = {id: place for place, id in enumerate(new.checkpoints)}
    firsts = [min(places[id] for id in each.after) for each in changes if each.after]
    assert firsts == sorted(firsts)
    assert all(list(each.after) == sorted(each.after, key=places.__getitem__) for each in changes)
    then = {id: place for place, id in enumerate(old.checkpoints)}
    assert all(list(each.before) == sorted(each.before, key=then.__getitem__) for each in changes)
    for place, change in enumerate(changes):
        if change.kind is ChangeKind.GONE and place:
            earlier = [id for each in changes[:place] for id in each.before]
            forerunners = [id for id in old.checkpoints if then[id] < then[change.before[0]]]
            assert not forerunners or forerunners[-1] in earlier


@FEW
@given(old=editions(), new=editions(), lost=st.sampled_from(IDS))
def test_replacing_what_is_not_there_changes_nothing(old: Edition, new: Edition, lost: CheckpointId) -> None:
    unknown = CheckpointId(f"{lost}-never")
    longer = _mapped(new, unknown)
    assert kinds(compare(old, longer)) == kinds(compare(old, new))


def _without_lineage(edition: Edition) -> Edition:
    return _each(edition, lambda point: replace(point, replaces=()))


def _mapped(edition: Edition, unknown: CheckpointId) -> Edition:
    return _each(edition, lambda point: replace(point, replaces=(*point.replaces, unknown)))


def _each(edition: Edition, edit: Callable[[Checkpoint], Checkpoint]) -> Edition:
    def edited(points: tuple[Checkpoint, ...]) -> tuple[Checkpoint, ...]:
        return tuple(map(edit, points))

    return replace(
        edition,
        areas=tuple(
            replace(
                area,
                processes=tuple(
                    replace(process, checkpoints=edited(process.checkpoints)) for process in area.processes
                ),
            )
            for area in edition.areas
        ),
    )
