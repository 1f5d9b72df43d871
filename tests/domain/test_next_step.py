"""The list as a whole: ordered, the same every time, explained by its rules, speaking the language in force."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from qma_app.domain.next_step import RULES, FindingWork, rule_of, steps_of
from qma_app.domain.step_rules.titles import rule_title
from qma_app.i18n import in_language
from tests.builders import a_finding, an_action
from tests.domain.step_states import a_promise, a_state, a_visit, days

BUSY = a_state(
    charter=None,
    owned=frozenset(),
    ahead=(a_visit(day=3), a_visit(10, day=31)),
    promises=(a_promise(1, due=-4), a_promise(2, due=5), a_promise(3, due=-9)),
    actions=(
        an_action(3, due_on=days(-2)),
        an_action(4, due_on=days(-2)),
        an_action(5, due_on=days(-8), done_on=days(-80), check_on=days(-1)),
    ),
    findings=(FindingWork(finding=a_finding(7, owner="")), FindingWork(finding=a_finding(6, owner=""))),
)


def test_urgent_comes_first_then_what_was_due_longest_then_the_lower_number() -> None:
    assert [step.key.replace(step.rule, "") + step.rule for step in steps_of(BUSY)][:1] == ["charter"]
    assert [step.rule for step in steps_of(BUSY)] == [
        "charter",
        "owners",
        "promise",
        "promise",
        "action-late",
        "action-late",
        "verify",
        "visit-prepare",
        "promise",
        "finding-owner",
        "finding-owner",
    ]
    late = [step for step in steps_of(BUSY) if step.rule == "action-late"]
    assert ["A-003" in late[0].title, "A-004" in late[1].title] == [True, True]
    owners = [step.title for step in steps_of(BUSY) if step.rule == "finding-owner"]
    assert ["F-006" in owners[0], "F-007" in owners[1]] == [True, True]


def test_the_order_in_which_records_come_does_not_matter() -> None:
    chance = Random(7)
    expected = steps_of(BUSY)
    for _turn in range(5):
        shuffled = replace(
            BUSY,
            ahead=tuple(chance.sample(BUSY.ahead, len(BUSY.ahead))),
            promises=tuple(chance.sample(BUSY.promises, len(BUSY.promises))),
            actions=tuple(chance.sample(BUSY.actions, len(BUSY.actions))),
            findings=tuple(chance.sample(BUSY.findings, len(BUSY.findings))),
        )
        assert steps_of(shuffled) == expected


def test_no_two_steps_have_the_same_key_and_each_names_a_rule_that_says_why() -> None:
    steps = steps_of(BUSY)
    assert len({step.key for step in steps}) == len(steps)
    for step in steps:
        rule = rule_of(step.rule)
        assert rule is not None
        assert rule.title.endswith(".")
        assert step.minutes > 0
        assert step.minutes % 5 == 0


def test_every_rule_has_a_code_of_its_own_and_words() -> None:
    codes = [rule.code for rule in RULES]
    assert len(set(codes)) == len(codes)
    assert all(rule_title(code) != code for code in codes)
    assert rule_of("unheard-of") is None


def test_keys_and_order_are_the_same_in_every_language() -> None:
    english = [(step.key, step.rank) for step in steps_of(BUSY)]
    with in_language("de"):
        assert [(step.key, step.rank) for step in steps_of(BUSY)] == english
