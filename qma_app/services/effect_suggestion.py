"""What the figures of a check speak for, and where they come from; the person decides."""

from __future__ import annotations

from typing import Final

from qma_app.domain.action import ActionLink
from qma_app.domain.effect import compare_readings, is_share, sample_effect, suggested_effect
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding
from qma_app.domain.finding_reading import edition_of_finding
from qma_app.domain.ids import CheckpointId
from qma_app.domain.month import Month
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Rating
from qma_app.domain.reading import Reading
from qma_app.domain.verification import Effect, UsedReading, Verification, VerificationKind
from qma_app.errors import RuleBroken
from qma_app.i18n import _

MONTHS: Final = ("before_from", "before_until", "after_from", "after_until")


def suggested_effect_of(reader: Reader, verification: Verification) -> Effect | None:
    """What the figures of a check speak for; None where the person decides alone."""
    match verification.kind:
        case VerificationKind.SAMPLE:
            if verification.size is None or verification.failing is None:
                return None
            return sample_effect(verification.size, verification.allowed or 0, verification.failing)
        case VerificationKind.KPI:
            return _kpi_effect(reader, verification)
        case VerificationKind.LOOK:
            return _look_effect(reader, verification)
        case _:
            return None


def readings_used(reader: Reader, verification: Verification) -> tuple[UsedReading, ...]:
    """The readings of both spans as they are now; RuleBroken where one of them has none, or they cannot be compared."""
    used = tuple(
        UsedReading(month=one.month, numerator=one.numerator, denominator=one.denominator)
        for one in sorted(
            reader.all(Reading, engagement_id=verification.engagement_id, kpi=verification.kpi),
            key=lambda one: one.month,
        )
        if _is_in(one.month, verification.before_from, verification.before_until)
        or _is_in(one.month, verification.after_from, verification.after_until)
    )
    for first, last in (
        (verification.before_from, verification.before_until),
        (verification.after_from, verification.after_until),
    ):
        if not any(_is_in(one.month, first, last) for one in used):
            raise RuleBroken(
                _("There is no reading of {kpi} from {first} to {last}.").format(
                    kpi=verification.kpi, first=first, last=last
                ),
                code="verification.readings-missing",
                way_out=_("Type or paste the readings of these months first."),
            )
    if len({one.denominator is None for one in used}) > 1:
        raise RuleBroken(
            _("Some months of {kpi} have a denominator and some have none: they cannot be compared.").format(
                kpi=verification.kpi
            ),
            code="verification.readings-mixed",
            way_out=_("Write all of them the same way in the table of its months."),
        )
    return used


def checkpoint_of(reader: Reader, verification: Verification) -> CheckpointId | None:
    """The checkpoint at which somebody looks again: that of the finding, where its edition still has it."""
    finding = _finding_of(reader, verification)
    if finding is None or finding.checkpoint_id is None:
        return None
    known = edition_of_finding(reader, finding).checkpoints
    return finding.checkpoint_id if finding.checkpoint_id in known else None


def _is_in(month: Month, first: Month | None, last: Month | None) -> bool:
    return first is not None and last is not None and first <= month <= last


def _kpi_effect(reader: Reader, verification: Verification) -> Effect | None:
    engagement = reader.get(Engagement, verification.engagement_id)
    kpi = reader.edition(engagement.edition).kpis.get(verification.kpi)
    months = [getattr(verification, name) for name in MONTHS]
    if kpi is None or not verification.readings or None in months:
        return None
    change = compare_readings(
        verification.readings,
        (months[0], months[1]),
        (months[2], months[3]),
        is_share=is_share(kpi),
    )
    return suggested_effect(change, kpi.direction)


def _look_effect(reader: Reader, verification: Verification) -> Effect | None:
    if verification.points is None:
        return None
    engagement = reader.get(Engagement, verification.engagement_id)
    if verification.points >= reader.edition(engagement.edition).rules.critical_points:
        return Effect.EFFECTIVE
    finding = _finding_of(reader, verification)
    before = (
        reader.all(Rating, assessment_id=finding.assessment_id, checkpoint_id=finding.checkpoint_id)
        if finding and finding.assessment_id and finding.checkpoint_id
        else ()
    )
    was = before[0].points if before else None
    return Effect.WORSE if was is not None and verification.points < was else Effect.NOT_SHOWN


def _finding_of(reader: Reader, verification: Verification) -> Finding | None:
    if verification.finding_id is not None:
        return reader.find(Finding, verification.finding_id)
    links = reader.all(ActionLink, action_id=verification.action_id)
    return next((found for link in links if (found := reader.find(Finding, link.finding_id))), None)
