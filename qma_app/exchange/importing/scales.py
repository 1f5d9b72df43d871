"""Somebody else's levels as our scale: from none to ten, with the rules of the base edition moved to its steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from qma_app.domain.edition import ResultRules, SampleRule, Step
from qma_app.exchange.importing.drafting import Draft, Texts

FULL: Final = 10
_FEWEST, _MOST = 2, 11


def take_scale(draft: Draft, levels: Mapping[int, Texts]) -> bool:
    """Give the draft these levels as its scale; says whether they can be one (two to eleven of them, all named)."""
    if not _FEWEST <= len(levels) <= _MOST or not all(levels.values()):
        return False
    least, most = min(levels), max(levels)
    points = {
        level: ((level - least) * FULL * 2 + (most - least)) // (2 * (most - least)) for level in levels
    }
    if len(set(points.values())) < len(levels):
        return False
    draft.scale = tuple(
        Step(points=points[level], title=draft.text(levels[level])) for level in sorted(levels)
    )
    draft.rules = rules_on(draft.base.rules, sorted(points.values()))
    return True


def rules_on(rules: ResultRules, steps: Sequence[int]) -> ResultRules:
    """The rules with each of their points on a step: what is needed moves up, what is given moves down."""
    critical = min(step for step in steps if step >= rules.critical_points)
    shares: dict[int, SampleRule] = {}
    for rule in rules.sample:
        points = _down(steps, rule.points)
        shares[points] = SampleRule(share=rule.share, points=points)
    return replace(
        rules,
        critical_points=critical,
        critical_sample_cap=_down([step for step in steps if step < critical], rules.critical_sample_cap),
        sample=tuple(shares.values()),
        grades=replace(rules.grades, b_critical_points=_down(steps, rules.grades.b_critical_points)),
    )


def _down(steps: Sequence[int], points: int) -> int:
    return max(step for step in steps if step <= points)
