"""Whether the gate ahead is at risk, as far as the rollup can tell: what needs the records themselves is left to the gate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.edition import Area, Edition, GateCondition
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AreaId
from qma_app.domain.levels import shown_level
from qma_app.domain.phase_spans import phase_of
from qma_app.domain.result import AreaResult
from qma_app.i18n import _, day_text, ngettext, rounded
from qma_app.storage.rollup import Rollup
from qma_app.storage.rollup_counts import PhaseMark

LOOKED_AHEAD: Final = timedelta(days=30)
"""How long before the end of a phase its open conditions put the gate at risk."""
_AREAS_IN_SHORT: Final = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class GateRisk:
    """The phase a programme is in; `words` say what stands in the way of its gate, "" where nothing known does.

    `short` names the first areas only where `words` name all of them.
    """

    phase: PhaseMark
    is_late: bool
    is_at_risk: bool
    words: str
    short: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Open:
    """What one condition lacks; `short` only where it is said with fewer words."""

    words: str
    short: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Known:
    """What one condition is judged on."""

    condition: GateCondition
    phase: PhaseMark
    edition: Edition
    engagement: Engagement
    rollup: Rollup
    areas: Mapping[AreaId, AreaResult]
    on: date

    @property
    def worked_on(self) -> list[Area]:
        """The areas in which something applies and that are not left out."""
        left_out = self.rollup.counts.left_out
        return [
            area for area in self.edition.areas if self.areas[area.id].applies and area.id not in left_out
        ]

    def is_over(self, day: date | None) -> bool:
        """Whether something was done by now."""
        return day is not None and day <= self.on


def gate_risk(
    edition: Edition,
    engagement: Engagement,
    rollup: Rollup,
    areas: Mapping[AreaId, AreaResult],
    *,
    on: date,
) -> GateRisk | None:
    """The gate of the first phase not passed; None without a plan, or when every gate is behind."""
    phase = next((one for one in rollup.counts.phases if one.passed_on is None), None)
    if phase is None:
        return None
    described = phase_of(edition, phase.phase)
    asked = [
        _Known(
            condition=condition,
            phase=phase,
            edition=edition,
            engagement=engagement,
            rollup=rollup,
            areas=areas,
            on=on,
        )
        for condition in (described.gate if described else ())
    ]
    open_ones = [found for one in asked if (found := _what_is_open(one)).words]
    is_late = phase.ends_on < on
    is_at_risk = is_late or (bool(open_ones) and phase.ends_on <= on + LOOKED_AHEAD)
    if is_late:
        open_ones.insert(0, _Open(words=_("was to end on {day}").format(day=day_text(phase.ends_on))))
    return GateRisk(
        phase=phase,
        is_late=is_late,
        is_at_risk=is_at_risk,
        words="; ".join(one.words for one in open_ones),
        short="; ".join(one.short or one.words for one in open_ones),
    )


def _what_is_open(known: _Known) -> _Open:
    """What a condition lacks in a few words, none where it holds or cannot be told from the rollup."""
    match known.condition.check:
        case "coverage":
            return _uncovered(known)
        case "wave-level":
            return _below(known)
    return _Open(words=_lacking(known))


def _lacking(known: _Known) -> str:
    engagement, counts = known.engagement, known.rollup.counts
    match known.condition.check:
        case "charter-signed" if not known.is_over(counts.charter_signed_on):
            return _("charter not signed")
        case "targets-locked" if not known.is_over(engagement.targets_locked_on):
            return _("targets not locked")
        case "quality-officer-named" if engagement.officer_id is None or not engagement.officer_percent:
            return _("no quality officer with time")
        case "plan-accepted" if not known.is_over(engagement.plan_accepted_on):
            return _("plan not accepted")
        case "assessment-completed":
            return "" if _is_assessed(known) else _("assessment not completed")
        case "major-age-days" | "open-majors":
            return _majors(known)
        case "overdue-actions":
            return _overdue(known)
        case "management-review-days":
            return _review(known)
    return ""


def _is_assessed(known: _Known) -> bool:
    named = {kind for kind in AssessmentKind if kind.value == known.phase.phase}
    completed = [one for one in known.rollup.history if known.is_over(one.on)]
    if named:
        return any(one.kind in named for one in completed)
    return any(one.on is not None and one.on >= known.phase.starts_on for one in completed)


def _uncovered(known: _Known) -> _Open:
    """An assessment covers no more than the standing does, so an area too little rated there is so in it."""
    at_least = known.condition.at_least or 0
    share = known.edition.rules.coverage
    bound = share if rounded(100 * share) == at_least else Fraction(at_least, 100)
    codes = [area.code for area in known.worked_on if known.areas[area.id].tally.coverage < bound]
    return _naming(_("too little rated: {areas}"), codes)


def _below(known: _Known) -> _Open:
    bound, waves = known.condition.at_least or 0, known.rollup.counts.waves
    found = []
    for area in known.worked_on:
        result = known.areas[area.id]
        is_asked = not known.phase.wave or 0 < waves.get(area.id, 0) <= known.phase.wave
        if is_asked and not (result.is_rated and result.level is not None and result.level >= bound):
            found.append(f"{area.code} {shown_level(result.level if result.is_rated else None, (bound,), 0)}")
    return _naming(_("below {bound}: {areas}"), found, bound=bound)


def _naming(words: str, areas: Sequence[str], **figures: int) -> _Open:
    """All the areas, and in short the first of them; a single one more is named rather than counted."""
    if not areas:
        return _Open(words="")
    whole = ", ".join(areas)
    more = len(areas) - _AREAS_IN_SHORT
    short = whole
    if more > 1:
        short = _("{names} and {count} more").format(names=", ".join(areas[:_AREAS_IN_SHORT]), count=more)
    return _Open(words=words.format(areas=whole, **figures), short=words.format(areas=short, **figures))


def _majors(known: _Known) -> str:
    seen, at_most = known.rollup.counts.majors_seen, known.condition.at_most or 0
    if known.condition.check == "open-majors":
        count = len(seen)
        if count <= at_most:
            return ""
        return ngettext("{count} open major", "{count} open majors", count).format(count=count)
    bound = known.on - timedelta(days=at_most)
    count = sum(day is None or day < bound for day in seen)
    words = ngettext("{count} major older than {days} days", "{count} majors older than {days} days", count)
    return words.format(count=count, days=at_most) if count else ""


def _overdue(known: _Known) -> str:
    count = sum(day < known.on for day in known.rollup.counts.actions_due)
    words = ngettext("{count} action overdue", "{count} actions overdue", count).format(count=count)
    return words if count > (known.condition.at_most or 0) else ""


def _review(known: _Known) -> str:
    last, days = known.rollup.counts.last_review, known.condition.at_most or 0
    if last is not None and (known.on - last).days <= days:
        return ""
    return _("no management review in {days} days").format(days=days)
