"""The tree of whys: its order, what it survives, how it reads backwards, and what a major still lacks."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qma_app.domain.cause import Cause
from qma_app.domain.cause_rules import CauseTree, blame_words, cause_problems, therefore_lines
from qma_app.domain.edition import Edition, Named
from qma_app.domain.finding import FindingGrade
from qma_app.domain.ids import CauseId, EngagementId, FindingId
from tests.builders import NOW, a_finding, a_text, an_edition, an_id

PARENTS = st.lists(st.one_of(st.none(), st.integers(0, 9)), max_size=8)


def a_cause(name: str, above: str | None = None, **changes: Any) -> Cause:
    """Ids are plain names here: ties of place are broken by them."""
    fields: dict[str, Any] = {
        "id": CauseId(name),
        "engagement_id": EngagementId(an_id("engagement")),
        "finding_id": FindingId(an_id("finding 1")),
        "words": f"Because of {name}",
        "parent_id": None if above is None else CauseId(above),
    }
    return Cause(**fields | changes)


def a_chain(*categories: str) -> list[Cause]:
    """Causes c1, c2, ... each below the one before; the owner can change the last."""
    return [
        a_cause(
            f"c{level}",
            f"c{level - 1}" if level > 1 else None,
            category=category,
            is_changeable=level == len(categories),
        )
        for level, category in enumerate(categories, 1)
    ]


def names(causes: Any) -> list[str]:
    return [str(each.id) for each in causes]


def edition() -> Edition:
    ids = ("people", "method", "machine")
    return an_edition(cause_categories=tuple(Named(id=id, title=a_text(id)) for id in ids))


def codes(
    causes: list[Cause], grade: FindingGrade = FindingGrade.MAJOR
) -> list[tuple[str, bool, str | None]]:
    return [
        (each.code, each.is_blocking, each.cause_id)
        for each in cause_problems(a_finding(grade=grade), causes, edition())
    ]


def test_children_stand_in_order_of_place_then_id() -> None:
    tree = CauseTree([a_cause("b"), a_cause("a"), a_cause("first", place=-1), a_cause("below", "b")])
    assert names(tree.children_of(None)) == ["first", "a", "b"]
    assert names(tree.children_of(CauseId("b"))) == ["below"]
    assert tree.children_of(CauseId("unknown")) == ()
    assert names(tree.causes) == ["first", "a", "b", "below"]


def test_branches_lead_from_the_finding_to_each_last_cause() -> None:
    tree = CauseTree([*a_chain("", "", ""), a_cause("aside", "c1", place=1)])
    assert [names(path) for path in tree.branches] == [["c1", "c2", "c3"], ["c1", "aside"]]
    assert names(tree.roots) == ["c3"]
    assert [tree.depth_of(CauseId(id)) for id in ("c1", "c3", "aside")] == [1, 3, 2]
    assert names(tree.path_to(CauseId("aside"))) == ["c1", "aside"]


def test_a_ticked_cause_with_another_below_it_is_no_root() -> None:
    assert CauseTree([a_cause("a", is_changeable=True), a_cause("b", "a")]).roots == ()


def test_an_orphan_hangs_at_the_top_and_the_bin_is_not_seen() -> None:
    tree = CauseTree([a_cause("orphan", "gone"), a_cause("b", "binned"), a_cause("binned", deleted_at=NOW)])
    assert names(tree.children_of(None)) == ["b", "orphan"]
    assert tree
    assert not CauseTree([a_cause("binned", deleted_at=NOW)])


def test_a_ring_is_cut_above_the_one_that_comes_first() -> None:
    ring = [a_cause("a", "c", place=5), a_cause("b", "a", place=1), a_cause("c", "b", place=3)]
    tree = CauseTree([*ring, a_cause("tail", "a"), a_cause("self", "self", place=9)])
    assert names(tree.children_of(None)) == ["b", "self"]
    assert [names(path) for path in tree.branches] == [["b", "c", "a", "tail"], ["self"]]


def test_a_very_long_chain_is_read() -> None:
    tree = CauseTree(a_chain(*[""] * 3_000))
    assert tree.depth_of(CauseId("c3000")) == 3_000


@settings(max_examples=200, deadline=None)
@given(PARENTS)
def test_each_cause_stands_in_the_tree_once_whatever_hangs_where(parents: list[int | None]) -> None:
    causes = [
        a_cause(str(place), None if above is None else str(above)) for place, above in enumerate(parents)
    ]
    tree = CauseTree(causes)
    assert sorted(names(tree.causes)) == sorted(names(causes))
    assert all(tree.path_to(each.id)[-1] == each for each in causes)
    assert {each for path in tree.branches for each in path} == set(causes)
    whole = sum(len(tree.children_of(id)) for id in (None, *(each.id for each in causes)))
    assert whole == len(causes)


def test_the_chain_reads_backwards_to_the_finding() -> None:
    path = a_chain("", "")
    assert therefore_lines("Two orders carry no price.", path) == (
        "Because of c2",
        "Therefore: Because of c1",
        "Therefore: Two orders carry no price.",
    )
    assert therefore_lines("Two orders carry no price.", ()) == ()


def test_a_major_is_understood_with_three_levels_to_a_root_that_the_owner_can_change() -> None:
    assert codes(a_chain("", "", "method")) == []
    assert codes([*a_chain("people", "", "", "method"), a_cause("aside")]) == []


@pytest.mark.parametrize("grade", [FindingGrade.IMPROVEMENT, FindingGrade.GOOD_PRACTICE])
def test_what_breaks_no_requirement_needs_no_cause(grade: FindingGrade) -> None:
    assert codes([], grade) == codes([a_cause("a", words="")], grade) == []


def test_without_causes_a_major_is_blocked_and_a_minor_warned() -> None:
    assert codes([]) == [("cause.missing", True, None)]
    assert codes([], FindingGrade.MINOR) == [("cause.missing", False, None)]
    major, minor = (
        cause_problems(a_finding(grade=grade), [], edition())[0].words
        for grade in (FindingGrade.MAJOR, FindingGrade.MINOR)
    )
    assert major != minor


def test_too_few_levels_and_no_tick_are_told_apart() -> None:
    assert codes(a_chain("", "method")) == [("cause.too-shallow", True, None)]
    assert codes([a_cause("a"), a_cause("b", "a"), a_cause("c", "b")]) == [
        ("cause.nothing-changeable", True, None)
    ]


def test_one_deep_branch_is_enough() -> None:
    shallow = a_cause("quick", category="method", is_changeable=True)
    assert codes([*a_chain("", "", "method"), shallow]) == []


def test_a_root_needs_a_category_that_the_edition_knows() -> None:
    assert codes(a_chain("method", "method", "")) == [("cause.category-missing", True, "c3")]
    assert codes(a_chain("method", "method", "weather")) == [("cause.category-missing", True, "c3")]


def test_a_second_root_without_category_only_warns() -> None:
    second = a_cause("second", is_changeable=True)
    assert codes([*a_chain("", "", "method"), second]) == [("cause.category-missing", False, "second")]


@pytest.mark.parametrize("above", ["", "people", "weather"])
def test_people_alone_are_no_root(above: str) -> None:
    assert codes(a_chain(above, "people", "people")) == [("cause.people-alone", True, "c3")]


def test_people_below_another_category_are_a_root() -> None:
    assert codes(a_chain("", "method", "people")) == []
    assert codes(a_chain("method", "", "people")) == []


def test_a_cause_without_words_is_named_behind_what_concerns_the_whole() -> None:
    causes = [a_cause("a", words="  "), a_cause("b", "a", is_changeable=True, category="method")]
    assert codes(causes) == [("cause.too-shallow", True, None), ("cause.empty", True, "a")]


def test_nothing_blocks_a_minor() -> None:
    causes = [a_cause("a", words=""), a_cause("b", is_changeable=True), *a_chain("people")]
    found = codes(causes, FindingGrade.MINOR)
    assert [code for code, _blocks, _id in found] == [
        "cause.too-shallow",
        "cause.empty",
        "cause.category-missing",
        "cause.people-alone",
    ]
    assert not any(blocks for _code, blocks, _id in found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was Human Error again, simply human error.", ("Human Error",)),
        ("The adviser should have known better, he FORGOT it.", ("should have known better", "FORGOT")),
        ("He didn't care and doesn’t care.", ("didn t care", "doesn t care")),
        ("The list was unforgotten and the form is unlazy.", ()),
        ("The form has no field for the price.", ()),
        ("human, error", ("human error",)),
        ("", ()),
    ],
)
def test_english_words_that_blame_are_found_whole(text: str, found: tuple[str, ...]) -> None:
    assert blame_words(text, "en") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Menschliches Versagen des Beraters", ("Menschliches Versagen",)),
        ("Ein nachlässiger, ja NACHLAESSIGER Umgang", ("nachlässiger",)),
        ("Der Preis wurde vergessen, er hätte es wissen müssen.", ("vergessen", "hätte es wissen müssen")),
        ("nachla\u0308ssig", ("nachlässig",)),
        ("Das Faulbett und der Faultier-Aufkleber", ()),
        ("Im Auftrag ist kein Feld für den Preis.", ()),
    ],
)
def test_german_words_that_blame_are_found_with_endings_and_umlauts(
    text: str, found: tuple[str, ...]
) -> None:
    assert blame_words(text, "de") == found


def test_a_language_without_a_list_warns_of_nothing() -> None:
    assert blame_words("human error", "fr") == ()
    assert blame_words("human error", "de") == ()
