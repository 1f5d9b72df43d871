"""How much a checkpoint counts, and what it works on."""

from __future__ import annotations

from collections.abc import Iterator

from qma_app.content.nodes import ScalarNode
from qma_app.content.written import WrittenArea, WrittenCheckpoint, WrittenStandard
from qma_app.errors import Problem
from qma_app.i18n import _

HEAVIEST = 3
_SHARE = 4
"""At most one in so many checkpoints of an area weighs most."""


def critical_weighs_most(checkpoint: WrittenCheckpoint) -> Iterator[Problem]:
    """What stands between dealership and certificate has weight 3."""
    weight = checkpoint.node.whole("weight")
    if checkpoint.node.flag("critical") and weight is not None and weight < HEAVIEST:
        yield checkpoint.problem(
            "weight.critical",
            "weight",
            _("a critical checkpoint has the weight {weight}").format(weight=weight),
            _("give it the weight 3, or `critical: false`"),
        )


def most_checkpoints_weigh_less(standard: WrittenStandard) -> Iterator[Problem]:
    """At most a quarter of an area has weight 3; where the critical ones alone are more, no other has it."""
    for area in standard.areas:
        heavy = sum(one.node.whole("weight") == HEAVIEST for one in area.checkpoints)
        allowed = max(len(area.checkpoints) // _SHARE, _count_of_critical(area))
        if heavy > allowed:
            yield area.problem(
                "weight.quota",
                "processes",
                _("the weight 3 stands at {heavy} of the {count} checkpoints of this area").format(
                    heavy=heavy, count=len(area.checkpoints)
                ),
                _("at most {allowed} may have it: lower the weight of {excess}").format(
                    allowed=allowed, excess=heavy - allowed
                ),
                is_warning=True,
            )


def impact_is_somewhere(checkpoint: WrittenCheckpoint) -> Iterator[Problem]:
    """A checkpoint works on customers, staff or profit."""
    impact = checkpoint.node.child("impact")
    if impact and all(impact.whole(key) == 0 for key in ("cx", "ex", "profit")):
        yield checkpoint.problem(
            "impact.none",
            "impact",
            _("the checkpoint works on nobody: all three impacts are 0"),
            _("give at least one of cx, ex and profit 1 to 3"),
            is_warning=True,
        )


def _count_of_critical(area: WrittenArea) -> int:
    """Those not said to be uncritical: where `critical` is unreadable, that is told elsewhere."""
    answers = (one.node.entries.get("critical") for one in area.checkpoints)
    return sum(not isinstance(answer, ScalarNode) or answer.value is not False for answer in answers)
