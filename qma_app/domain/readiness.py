"""Ready if audited today: the result to expect with its range, what stands in the way, and what to do this week."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from qma_app.domain.applicability import applicable_checkpoints, premises_of
from qma_app.domain.blockers import Blocker, blockers_of
from qma_app.domain.days import within_calendar
from qma_app.domain.edition import Checkpoint, Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence
from qma_app.domain.finding import Finding
from qma_app.domain.green import green_on_paper
from qma_app.domain.ids import CheckpointId, EngagementId
from qma_app.domain.levels import Ratings, bounds_of, outcome_of, shown_level
from qma_app.domain.next_step import NextStep
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Outcome
from qma_app.domain.result import Result
from qma_app.domain.result_range import ResultRange, result_range
from qma_app.domain.scoring import score
from qma_app.domain.step_list import next_steps
from qma_app.domain.step_state import expired_evidence
from qma_app.i18n import _, ngettext

THIS_WEEK: Final = 3
_HELPING: Final = frozenset(
    {
        "critical",
        "rate",
        "complete",
        "assessment",
        "verify",
        "action-late",
        "major",
        "finding-close",
        "green",
        "evidence",
    }
)
"""The rules whose steps move the result itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadinessView:
    """`result` is what the rules say of the standing; `expected`, `low`, `high` what an audit would find, see `result_range`.

    `would_pass`: True when it passes even at the low end and nothing blocks, False when it cannot pass as things are, None when it
    depends on what nobody has seen. `blockers` are the quickest first; `untouched` are the checkpoints nobody has decided.
    """

    result: Result
    expected: Fraction | None
    low: Fraction | None
    high: Fraction | None
    would_pass: bool | None
    verdict: str
    blockers: tuple[Blocker, ...]
    untouched: tuple[Checkpoint, ...]
    expired: tuple[Evidence, ...]
    this_week: tuple[NextStep, ...]


def readiness(
    reader: Reader,
    engagement_id: EngagementId,
    *,
    on: date,
    ratings: Ratings | None = None,
    steps: Sequence[NextStep] | None = None,
) -> ReadinessView:
    """How an audit on this day would end, as far as anybody can tell.

    The standing `ratings` and the next `steps` of the day are read, unless whoever asks has read them already.
    """
    on = within_calendar(on)
    engagement = reader.get(Engagement, engagement_id)
    edition = reader.edition(engagement.edition)
    applicable = applicable_checkpoints(edition, premises_of(reader, engagement.dealership_id))
    ratings = reader.standing(engagement_id) if ratings is None else ratings
    findings = reader.all(Finding, engagement_id=engagement_id, closed_on=None)
    result = score(edition, ratings, applicable, findings)
    green = green_on_paper(reader, engagement_id, on=on)
    found = result_range(edition, ratings, applicable, doubted={line.checkpoint.id for line in green})
    would_pass = _would_pass(edition, result, found)
    blockers = blockers_of(reader, edition, result, findings)
    return ReadinessView(
        result=result,
        expected=found.expected,
        low=found.low,
        high=found.high,
        would_pass=would_pass,
        verdict=_verdict(edition, found, would_pass, len(blockers)),
        blockers=blockers,
        untouched=_untouched(edition, ratings, applicable),
        expired=expired_evidence(reader, engagement_id, on=on),
        this_week=_this_week(next_steps(reader, engagement_id, on=on) if steps is None else steps),
    )


def _would_pass(edition: Edition, result: Result, found: ResultRange) -> bool | None:
    """For certain, or None. What was rated is taken as seen; what was not decides only through its range."""
    rules = edition.rules
    answers = {answer.code: answer.holds for answer in result.rules}
    if found.low is None or found.high is None:
        return None
    cannot = (
        not answers["majors"]
        or bool(result.unmet_criticals)
        or found.high < rules.pass_mark
        or any(area.high < rules.area_floor for area in found.areas)
    )
    if cannot:
        return False
    is_sure = (
        not result.open_criticals
        and not result.is_partial
        and found.low >= rules.pass_mark
        and all(area.low >= rules.area_floor for area in found.areas)
    )
    return True if is_sure else None


def _verdict(edition: Edition, found: ResultRange, would_pass: bool | None, blockers: int) -> str:
    if found.expected is None:
        return _("Nothing is rated yet: nobody can tell.")
    bounds = bounds_of(edition.rules)
    expected, low, high = (shown_level(one, bounds) for one in (found.expected, found.low, found.high))
    if low == high:
        figures = _("{expected} expected").format(expected=expected)
    else:
        figures = _("{expected} expected, between {low} and {high}").format(
            expected=expected, low=low, high=high
        )
    if would_pass:
        return _("Ready: it would pass. {figures}.").format(figures=figures)
    if would_pass is None:
        return _("Too close to call: it depends on what nobody has seen. {figures}.").format(figures=figures)
    return ngettext(
        "Not ready: {count} thing stands in the way. {figures}.",
        "Not ready: {count} things stand in the way. {figures}.",
        blockers,
    ).format(count=blockers, figures=figures)


def _untouched(
    edition: Edition, ratings: Ratings, applicable: Collection[CheckpointId]
) -> tuple[Checkpoint, ...]:
    return tuple(
        edition.checkpoints[id]
        for id in applicable
        if outcome_of(ratings.get(id)) in (Outcome.OPEN, Outcome.NOT_SEEN)
    )


def _this_week(steps: Sequence[NextStep]) -> tuple[NextStep, ...]:
    """The first that move the result, filled up with the first of the others."""
    waiting = [step for step in steps if step.ticked_on is None]
    helping = [step for step in waiting if step.rule in _HELPING]
    others = [step for step in waiting if step.rule not in _HELPING]
    return tuple((helping + others)[:THIS_WEEK])
