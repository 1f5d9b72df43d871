"""Conditions on a dealership's features and staff, and the roles that own processes."""

from __future__ import annotations

from collections.abc import Iterator

from qma_app.content.address import did_you_mean, quoted
from qma_app.content.nodes import ScalarNode
from qma_app.content.schema import STAFF
from qma_app.content.written import WrittenCheckpoint, WrittenStandard
from qma_app.errors import Problem
from qma_app.i18n import _

_LISTS = ("clauses", "kpis", "when", "replaces")


def features_are_known(standard: WrittenStandard) -> Iterator[Problem]:
    """A condition names a feature of the standard."""
    known = sorted(standard.features)
    for checkpoint in standard.checkpoints:
        for feature, line in checkpoint.node.words("when"):
            if feature.removeprefix("not-") not in standard.features:
                yield checkpoint.problem(
                    "when.unknown",
                    "when",
                    _("the standard has no feature {feature}").format(feature=quoted(feature)),
                    did_you_mean(feature.removeprefix("not-"), known),
                    line=line,
                )


def owners_are_known(standard: WrittenStandard) -> Iterator[Problem]:
    """A process belongs to a role of the standard."""
    known = sorted(standard.roles)
    for process in standard.processes:
        owner = process.node.text("owner")
        if owner and owner not in standard.roles:
            yield process.problem(
                "owner.unknown",
                "owner",
                _("the standard has no role {role}").format(role=quoted(owner)),
                did_you_mean(owner, known),
            )


def nothing_is_said_twice(checkpoint: WrittenCheckpoint) -> Iterator[Problem]:
    """No clause, KPI, condition or replaced id twice at one checkpoint."""
    for key in _LISTS:
        seen: set[str] = set()
        for word, line in checkpoint.node.words(key):
            if word in seen:
                yield checkpoint.problem(
                    "list.twice",
                    key,
                    _("{word} stands twice under `{key}`").format(word=quoted(word), key=key),
                    _("delete this line"),
                    line=line,
                )
            seen.add(word)


def condition_can_hold(checkpoint: WrittenCheckpoint) -> Iterator[Problem]:
    """No feature is wanted both present and absent."""
    words = checkpoint.node.words("when")
    wanted = {feature for feature, _line in words}
    for feature, line in words:
        if feature.removeprefix("not-") in wanted and feature.startswith("not-"):
            yield checkpoint.problem(
                "when.dead",
                "when",
                _("{feature} is wanted both present and absent").format(
                    feature=quoted(feature.removeprefix("not-"))
                ),
                _(
                    "all conditions must hold together, so this checkpoint never applies: delete one of the two"
                ),
                line=line,
            )


def staff_condition_can_hold(checkpoint: WrittenCheckpoint) -> Iterator[Problem]:
    """The bounds on the number of staff leave at least one number."""
    least, most = 0, 10**9
    for node in checkpoint.node.children("when"):
        found = node.entries.get("staff")
        if not isinstance(found, ScalarNode) or not (match := STAFF.fullmatch(str(found.value))):
            continue
        low, high = _bounds(match[1], int(match[2]))
        least, most = max(least, low), min(most, high)
        if least > most:
            yield checkpoint.problem(
                "when.dead-staff",
                "when",
                _("no number of staff fits {condition} and what stands before it").format(
                    condition=quoted(str(found.value))
                ),
                _("correct the bounds, so that at least one number fits them all"),
                line=found.line,
            )
            return


def _bounds(sign: str, count: int) -> tuple[int, int]:
    """The least and the most staff a condition leaves."""
    endless = 10**9
    return {
        ">=": (count, endless),
        ">": (count + 1, endless),
        "<=": (0, count),
        "<": (0, count - 1),
        "=": (count, count),
    }[sign]
