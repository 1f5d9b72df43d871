"""The scale and the result rules: numbers that decide who passes must fit together."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from qma_app.content.address import did_you_mean, quoted
from qma_app.content.nodes import MapNode
from qma_app.content.schema import FRACTION
from qma_app.content.written import Written, WrittenStandard
from qma_app.errors import Problem
from qma_app.i18n import _

_FULL = 10
"""The points of the top step: levels are shares of it."""


def scale_rises_from_nothing_to_ten(standard: WrittenStandard) -> Iterator[Problem]:
    """The steps of the scale rise from 0 to 10."""
    points = standard.points
    if len(points) < 2 or len(points) != len(standard.node.items("scale")) or _is_sound(points):
        return
    found = ", ".join(map(str, points))
    if any(later <= earlier for earlier, later in pairwise(points)):
        yield standard.problem(
            "scale.order",
            "scale",
            _("the steps of the scale are {points}").format(points=found),
            _("list each step once, the lowest first"),
        )
    else:
        yield standard.problem(
            "scale.ends",
            "scale",
            _("the scale goes from {lowest} to {highest}").format(lowest=points[0], highest=points[-1]),
            _("let it begin with 0 and end with {full}").format(full=_FULL),
        )


def points_are_on_the_scale(standard: WrittenStandard) -> Iterator[Problem]:
    """Points that a rule speaks of can be given."""
    if not _is_sound(standard.points):
        return
    grades = standard.rules.node.child("grades") or MapNode(0)
    places: list[tuple[MapNode, str]] = [
        (standard.rules.node, "critical_points"),
        (standard.rules.node, "critical_sample_cap"),
        (grades, "b_critical_points"),
        *((step, "points") for step in standard.rules.node.children("sample")),
    ]
    for node, key in places:
        points = node.whole(key)
        if points is not None and points not in standard.points:
            yield Written(standard.file, node).problem(
                "rules.not-on-scale",
                key,
                _("`{key}` is {points}, which is no step of the scale").format(key=key, points=points),
                _("take one of {points}").format(points=", ".join(map(str, standard.points))),
            )


def bounds_fit_together(standard: WrittenStandard) -> Iterator[Problem]:
    """An area may lie below the pass mark, never the floor above it; a failed sample never meets a critical."""
    rules = standard.rules
    yield from _at_most(rules, "area_floor", "pass_mark")
    yield from _below(rules, "critical_sample_cap", "critical_points")


def grades_fit_together(standard: WrittenStandard) -> Iterator[Problem]:
    """A is harder to reach than B, and falling to C takes more than falling to B."""
    grades = Written(standard.file, standard.rules.node.child("grades") or MapNode(0))
    yield from _below(grades, "b_from", "a_from")
    yield from _at_most(grades, "c_element_floor", "a_element_floor")


def fractions_are_shares(standard: WrittenStandard) -> Iterator[Problem]:
    """Coverage is more than nothing and at most all; a sample's share lies from none to all."""
    for node, key in [
        (standard.rules.node, "coverage"),
        *((step, "share") for step in standard.rules.node.children("sample")),
    ]:
        share = _share(node.text(key))
        if share is not None and (share > 1 or (share == 0 and key == "coverage")):
            yield Written(standard.file, node).problem(
                "fraction.range",
                key,
                _("`{key}` is {value}").format(key=key, value=node.text(key)),
                _("write a share of the whole, such as 2/3; 1/1 is all of it"),
            )


def sample_rule_falls(standard: WrittenStandard) -> Iterator[Problem]:
    """From all records to none, each step with a smaller share and fewer points, so that every share has its points."""
    steps = standard.rules.node.children("sample")
    shares = [_share(step.text("share")) for step in steps]
    points = [step.whole("points") for step in steps]
    known = [share for share in shares if share is not None]
    whole = [point for point in points if point is not None]
    if len(known) != len(steps) or len(whole) != len(steps) or len(steps) < 2:
        return
    for index, step in enumerate(steps[1:], 1):
        if known[index] >= known[index - 1] or whole[index] >= whole[index - 1]:
            yield Written(standard.file, step).problem(
                "sample-rule.order",
                "share",
                _("{share} for {points} points does not lie below the step before").format(
                    share=step.text("share"), points=whole[index]
                ),
                _("list the steps from 1/1 down, each with a smaller share and fewer points"),
            )
    if known[0] != 1 or known[-1] != 0:
        yield standard.rules.problem(
            "sample-rule.ends",
            "sample",
            _("the sample rule goes from {first} to {last}").format(
                first=steps[0].text("share"), last=steps[-1].text("share")
            ),
            _("let it begin with 1/1 and end with 0/1, so that every share has its points"),
        )


def area_weights_name_areas(standard: WrittenStandard) -> Iterator[Problem]:
    """A weight belongs to an area of the standard."""
    weights = standard.rules.node.child("area_weights") or MapNode(0)
    areas = dict.fromkeys(area.id for area in standard.areas)
    for name, line in weights.key_lines.items():
        if name not in areas:
            yield standard.problem(
                "area-weights.unknown",
                "rules",
                _("the standard has no area {area}").format(area=quoted(name)),
                did_you_mean(name, areas),
                line=line,
            )


def _is_sound(points: tuple[int, ...]) -> bool:
    return points[:1] == (0,) and points[-1] == _FULL and list(points) == sorted(set(points))


def _share(text: str) -> Fraction | None:
    match = FRACTION.fullmatch(text)
    return Fraction(int(match[1]), int(match[2])) if match else None


def _at_most(written: Written, low: str, high: str) -> Iterator[Problem]:
    least, most = written.node.whole(low), written.node.whole(high)
    if least is not None and most is not None and least > most:
        yield _order(written, low, high, _("let it be at most as high"))


def _below(written: Written, low: str, high: str) -> Iterator[Problem]:
    least, most = written.node.whole(low), written.node.whole(high)
    if least is not None and most is not None and least >= most:
        yield _order(written, low, high, _("let it be lower"))


def _order(written: Written, low: str, high: str, advice: str) -> Problem:
    found = _("`{low}` is {least}, but `{high}` is {most}").format(
        low=low, least=written.node.whole(low), high=high, most=written.node.whole(high)
    )
    return written.problem("rules.order", low, found, advice)
