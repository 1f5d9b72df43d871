"""The way of an engagement: phases, their gates, and the areas a result is reported under."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from qma_app.content.address import did_you_mean, quoted
from qma_app.content.written import Written, WrittenStandard
from qma_app.errors import Problem
from qma_app.i18n import _

_WITHOUT_BOUND = frozenset(
    (
        "charter-signed",
        "targets-locked",
        "quality-officer-named",
        "assessment-completed",
        "staff-survey-done",
        "plan-accepted",
        "process-owners-named",
        "internal-audits-done",
        "decision-made",
    )
)
"""What is there or not; every other condition compares with a number."""


def phases_follow_each_other(standard: WrittenStandard) -> Iterator[Problem]:
    """In a programme of one length each phase begins no earlier than the one before it, and ends within the programme."""
    before: dict[int, int] = {}
    for node in standard.node.children("phases"):
        phase = Written(standard.file, node)
        for span in node.children("spans"):
            length, first, last = (span.whole(key) for key in ("length", "first", "last"))
            if length is None or first is None or last is None:
                continue
            begun = before.get(length, 0)
            if not begun <= first <= last:
                yield phase.problem(
                    "phase.span",
                    "spans",
                    _(
                        "the phase runs from month {first} to {last}, the one before it began in {begun}"
                    ).format(first=first, last=last, begun=begun),
                    _("let it begin no earlier than the phase before it, and end no earlier than it begins"),
                    line=span.line,
                )
            before[length] = first


def gates_can_be_computed(standard: WrittenStandard) -> Iterator[Problem]:
    """A condition has the one bound its check compares with, and an id of its own in its gate."""
    for node in standard.node.children("phases"):
        counted = Counter(condition.text("id") for condition in node.children("gate"))
        for condition in node.children("gate"):
            written = Written(standard.file, condition)
            bounds = [key for key in ("at_least", "at_most") if key in condition.key_lines]
            wanted = 0 if condition.text("check") in _WITHOUT_BOUND else 1
            if condition.text("check") and len(bounds) != wanted:
                yield written.problem(
                    "gate.bound",
                    "check",
                    _("the condition {id} does not have the bounds its check needs").format(
                        id=quoted(written.id)
                    ),
                    _("delete `at_least` and `at_most`: it holds or not")
                    if not wanted
                    else _("write either `at_least` or `at_most`"),
                )
            if counted[written.id] > 1:
                yield written.problem(
                    "gate.twice",
                    "id",
                    _("the gate has two conditions called {id}").format(id=quoted(written.id)),
                    _("give each its own `id`"),
                )


def every_area_is_reported_once(standard: WrittenStandard) -> Iterator[Problem]:
    """Where results are also shown under other areas, each area of the standard belongs to exactly one of them."""
    groups = standard.node.children("reported_under")
    known = [area.id for area in standard.areas]
    seen: set[str] = set()
    for group in groups:
        for area, line in group.words("areas"):
            if area not in known:
                yield standard.problem(
                    "reported.unknown",
                    "reported_under",
                    _("the standard has no area {area}").format(area=quoted(area)),
                    did_you_mean(area, known),
                    line=line,
                )
            elif area in seen:
                yield standard.problem(
                    "reported.twice",
                    "reported_under",
                    _("the area {area} is reported a second time here").format(area=quoted(area)),
                    _("leave it in one place: it would count twice"),
                    line=line,
                )
            seen.add(area)
    for area in known if groups else ():
        if area not in seen:
            yield standard.problem(
                "reported.missing",
                "reported_under",
                _("the area {area} is reported nowhere").format(area=quoted(area)),
                _("add it under one of the entries, or delete `reported_under`"),
            )
