"""Asking why: the tree keeps its order, never bites its tail, and takes what hangs on it along."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from qma_app.domain.action import ActionLink
from qma_app.domain.cause import Cause
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import CauseId
from qma_app.errors import NotFound, RuleBroken
from qma_app.services import actions, causes, findings
from qma_app.services.undoing import undo
from tests.services.conftest import Programme


@pytest.fixture
def finding(programme: Programme) -> Finding:
    return a_finding(programme)


def a_finding(programme: Programme) -> Finding:
    return findings.raise_finding(
        programme.workspace,
        engagement_id=programme.engagement.id,
        grade=FindingGrade.MINOR,
        statement="No price on the order",
    ).made(Finding)


def why(
    programme: Programme, finding: Finding, words: str, above: Cause | None = None, **fields: Any
) -> Cause:
    return causes.add_cause(
        programme.workspace, finding.id, words=words, parent_id=above.id if above else None, **fields
    ).made(Cause)


def tree(programme: Programme, finding: Finding) -> list[str]:
    """The words in order, each as deep as it hangs."""
    with programme.workspace.reading() as reader:
        found = reader.all(Cause, finding_id=finding.id)

    def below(parent: CauseId | None, depth: int) -> list[str]:
        lines = []
        for cause in sorted((one for one in found if one.parent_id == parent), key=lambda one: one.place):
            lines += ["-" * depth + cause.words, *below(cause.id, depth + 1)]
        return lines

    return below(None, 0)


def refused(code: str) -> Any:
    return pytest.raises(RuleBroken, check=lambda error: error.code == code)


def test_answers_stand_in_the_order_they_were_given(programme: Programme, finding: Finding) -> None:
    a = why(programme, finding, "a")
    why(programme, finding, "b")
    why(programme, finding, "a1", a)
    why(programme, finding, "a2", a)
    assert tree(programme, finding) == ["a", "-a1", "-a2", "b"]


def test_what_was_answered_is_kept_with_it(programme: Programme, finding: Finding) -> None:
    cause = why(programme, finding, "a", category="method", origin="organisation", is_changeable=True)
    assert (cause.category, cause.origin, cause.is_changeable) == ("method", "organisation", True)
    changed = causes.change_cause(programme.workspace, cause.id, words="a, really", is_changeable=False)
    assert changed.of(Cause)[0].words == "a, really"


def test_a_cause_needs_words(programme: Programme, finding: Finding) -> None:
    with refused("cause.words-missing"):
        why(programme, finding, "  ")
    cause = why(programme, finding, "a")
    with refused("cause.words-missing"):
        causes.change_cause(programme.workspace, cause.id, words="")
    assert tree(programme, finding) == ["a"]


def test_a_cause_moves_with_all_below_it(programme: Programme, finding: Finding) -> None:
    a, b = why(programme, finding, "a"), why(programme, finding, "b")
    a1 = why(programme, finding, "a1", a)
    why(programme, finding, "a11", a1)
    causes.move_cause(programme.workspace, a1.id, parent_id=b.id)
    assert tree(programme, finding) == ["a", "b", "-a1", "--a11"]
    changes = causes.move_cause(programme.workspace, a1.id, parent_id=None, place=0)
    assert tree(programme, finding) == ["a1", "-a11", "a", "b"]
    undo(programme.workspace, changes)
    assert tree(programme, finding) == ["a", "b", "-a1", "--a11"]


@pytest.mark.parametrize(
    ("place", "order"), [(0, "cab"), (1, "acb"), (2, "abc"), (99, "abc"), (-5, "cab"), (None, "abc")]
)
def test_it_takes_the_place_among_its_siblings(
    programme: Programme, finding: Finding, place: int | None, order: str
) -> None:
    _a, _b, c = (why(programme, finding, words) for words in "abc")
    causes.move_cause(programme.workspace, c.id, parent_id=None, place=place)
    assert "".join(tree(programme, finding)) == order


def test_a_cause_cannot_hang_below_itself(programme: Programme, finding: Finding) -> None:
    a = why(programme, finding, "a")
    b = why(programme, finding, "b", a)
    c = why(programme, finding, "c", b)
    for below in (a, b, c):
        with refused("cause.cycle"):
            causes.move_cause(programme.workspace, a.id, parent_id=below.id)
    assert tree(programme, finding) == ["a", "-b", "--c"]


def test_a_ring_that_came_with_a_merge_does_not_hang_the_move(programme: Programme, finding: Finding) -> None:
    a, b, c = (why(programme, finding, words) for words in "abc")
    with programme.workspace.writing("cause.moved") as work:
        work.put(replace(a, parent_id=b.id))
        work.put(replace(b, parent_id=a.id))
    causes.move_cause(programme.workspace, c.id, parent_id=a.id)
    causes.remove_cause(programme.workspace, a.id)
    assert tree(programme, finding) == []


def test_causes_of_different_findings_do_not_mix(programme: Programme, finding: Finding) -> None:
    mine, theirs = why(programme, finding, "a"), why(programme, a_finding(programme), "b")
    with refused("cause.other-finding"):
        why(programme, finding, "c", theirs)
    with refused("cause.other-finding"):
        causes.move_cause(programme.workspace, mine.id, parent_id=theirs.id)


def test_removing_takes_all_below_and_one_undo_brings_it_back(programme: Programme, finding: Finding) -> None:
    a = why(programme, finding, "a")
    why(programme, finding, "a1", why(programme, finding, "a2", a))
    why(programme, finding, "b")
    changes = causes.remove_cause(programme.workspace, a.id)
    assert tree(programme, finding) == ["b"]
    undo(programme.workspace, changes)
    assert tree(programme, finding) == ["a", "-a2", "--a1", "b"]
    with pytest.raises(NotFound):
        causes.remove_cause(programme.workspace, CauseId("nobody"))


def test_an_action_outlives_the_cause_it_was_to_remove(programme: Programme, finding: Finding) -> None:
    cause = why(programme, finding, "a")
    action = actions.plan_action(
        programme.workspace,
        engagement_id=programme.engagement.id,
        what="Price first",
        findings=[finding.id],
    ).of(ActionLink)[0]
    actions.link_action(programme.workspace, action.action_id, finding.id, cause_id=cause.id)
    changes = causes.remove_cause(programme.workspace, cause.id)
    with programme.workspace.reading() as reader:
        (link,) = reader.all(ActionLink, finding_id=finding.id)
    assert link.cause_id is None
    undo(programme.workspace, changes)
    with programme.workspace.reading() as reader:
        assert reader.all(ActionLink, finding_id=finding.id)[0].cause_id == cause.id
