"""What a management review looks at, filled from the data: the inputs of ISO 9001:2015, 9.3.2, and the outputs of 9.3.3."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from qma_app.domain.ids import EngagementId
from qma_app.domain.ports import Reader
from qma_app.domain.review_parts import PARTS, Figures, read_ground
from qma_app.i18n import _, ngettext

MOST_LINES: Final = 16
"""A review has an hour: of a longer list the first lines are shown, and how many more there are. Every area of a standard has its line."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewInput:
    """One input: `code` stays the same for ever, `ask` is what the review asks itself, `lines` what the data say, `figures` title and value."""

    code: str
    title: str
    ask: str
    lines: tuple[str, ...]
    figures: Figures


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewOutput:
    """One thing a review has to decide on."""

    code: str
    title: str


def review_inputs(reader: Reader, engagement_id: EngagementId, *, on: date) -> tuple[ReviewInput, ...]:
    """The inputs of a review on a day, in the order of the standard; what happened later is left out."""
    ground = read_ground(reader, engagement_id, on)
    titles = _titles()
    inputs = []
    for code, made in PARTS:
        title, ask = titles[code]
        lines, figures = made(ground)
        inputs.append(ReviewInput(code=code, title=title, ask=ask, lines=_first(lines), figures=figures))
    return tuple(inputs)


def review_outputs() -> tuple[ReviewOutput, ...]:
    """What the review decides on."""
    return (
        ReviewOutput(code="improvement", title=_("Opportunities for improvement")),
        ReviewOutput(code="system", title=_("Changes to the system")),
        ReviewOutput(code="resources", title=_("Resources that are needed")),
    )


def input_titles() -> dict[str, str]:
    """What each input is called, by its code."""
    return {code: title for code, (title, _question) in _titles().items()}


def _titles() -> dict[str, tuple[str, str]]:
    return {
        "previous-actions": (
            _("Actions from previous reviews"),
            _("Was done what was decided, and did it help?"),
        ),
        "context": (
            _("Changes around the house"),
            _("What changed: market, laws, manufacturer, staff, buildings?"),
        ),
        "customer-satisfaction": (_("Satisfaction of customers"), _("What do customers say, and why?")),
        "objectives": (_("Targets"), _("Which targets are not reached, and what follows?")),
        "process-performance": (_("Performance of the processes"), _("Where is the house good, where not?")),
        "nonconformities": (
            _("Findings and corrective actions"),
            _("What is open for too long, what came back?"),
        ),
        "monitoring": (_("Results of monitoring"), _("Which figures move, and in which direction?")),
        "audit-results": (_("Results of assessments and audits"), _("What do the results say together?")),
        "external-providers": (
            _("Suppliers and partners"),
            _("Which supplier, workshop or bank helps, which one hurts?"),
        ),
        "resources": (_("Resources"), _("Do people have the time, money and training they need?")),
        "risks": (
            _("Effect of what was done about risks"),
            _("What was shown to work, and what has to be done otherwise?"),
        ),
        "opportunities": (_("Opportunities"), _("What could be better without being wrong today?")),
    }


def _first(lines: Sequence[str]) -> tuple[str, ...]:
    if len(lines) <= MOST_LINES:
        return tuple(lines)
    left = len(lines) - MOST_LINES
    more = ngettext("… and {count} more", "… and {count} more", left).format(count=left)
    return (*lines[:MOST_LINES], more)
