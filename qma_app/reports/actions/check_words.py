"""What a check of an effect says in sentences: how it was made, its figures with their bounds, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from qma_app.domain.effect import MeanChange, ShareChange, effect_words, sample_limit_words
from qma_app.domain.verification import Verification, VerificationKind
from qma_app.domain.wording import unit_title, verification_title
from qma_app.i18n import _, day_text, ngettext, number_text, percent_text
from qma_app.reports.actions.values import CheckPart
from qma_app.reports.actions.words import kpi_line, months_text, reading_text

_LEAST_P: Final = Fraction(1, 1000)
"""A smaller one would be printed as nought, which it never is."""


def check_title(part: CheckPart) -> str:
    """How and when an effect was checked, or is planned to be."""
    check = part.verification
    kind = verification_title(check.kind)
    said = [kind]
    if check.verified_on is not None:
        said.append(day_text(check.verified_on))
    if check.planned_for is not None:
        planned = _("planned for {day}").format(day=day_text(check.planned_for))
        said.append(planned)
    elif not check.is_made:
        said.append(_("planned"))
    if part.who:
        said.append(part.who)
    return " · ".join(said)


def check_figures(part: CheckPart) -> tuple[str, ...]:
    """The figures of a check in sentences; all that were noted, whichever kind it is."""
    check = part.verification
    lines = [*_sample_lines(check), *_kpi_lines(part)]
    if check.points is not None or part.checkpoint is not None:
        lines.append(_look_line(part))
    elif part.assessment:
        lines.append(part.assessment)
    return tuple(line for line in lines if line)


def _sample_lines(check: Verification) -> Iterator[str]:
    counts = []
    if check.size is not None:
        of = check.drawn_of or _("records")
        if check.population is not None:
            counts.append(
                _("{size} drawn of {population} {records}").format(
                    size=check.size, population=number_text(check.population), records=of
                )
            )
        else:
            counts.append(_("{size} of {records}").format(size=check.size, records=of))
    elif check.drawn_of or check.population is not None:
        count = number_text(check.population) if check.population is not None else ""
        counts.append(" ".join(filter(None, (count, check.drawn_of))))
    if check.allowed is not None:
        counts.append(_("at most {count} may fail").format(count=check.allowed))
    if check.drawn_by:
        counts.append(_("drawn by {name}").format(name=check.drawn_by))
    yield ", ".join(counts)
    if check.failing is not None:
        if check.size is not None and check.kind is VerificationKind.SAMPLE:
            yield sample_limit_words(check.size, check.failing) + "."
        else:
            yield _("{count} failing").format(count=check.failing)
    if check.drawn:
        numbers = ", ".join(map(str, check.drawn))
        yield _("Numbers drawn: {numbers}").format(numbers=numbers)
    if check.seed is not None:
        yield _("Seed of the lot: {seed}").format(seed=check.seed)


def _kpi_lines(part: CheckPart) -> Iterator[str]:
    check, change = part.verification, part.change
    if check.kpi:
        yield kpi_line(check.kpi, part.kpi)
    before = months_text(check.before_from, check.before_until)
    after = months_text(check.after_from, check.after_until)
    factor = part.kpi.factor if part.kpi else 1
    unit = unit_title(part.kpi.unit) if part.kpi else ""
    if isinstance(change, ShareChange):
        figures = [
            (_share(change.before_share), change.before_hits, change.before_count),
            (_share(change.after_share), change.after_hits, change.after_count),
        ]
        told = [
            _("{share} ({hits} of {count})").format(
                share=share, hits=number_text(hits), count=number_text(count)
            )
            for share, hits, count in figures
        ]
        yield _("{before}: {first}; {after}: {second}").format(
            before=before, first=told[0], after=after, second=told[1]
        )
        low, high = (Fraction(end).limit_denominator(10**9) * 100 for end in (change.low, change.high))
        yield _("Change {points} points, between {low} and {high} (95 in 100 sure), p {p}").format(
            points=_signed((change.difference or Fraction()) * 100, 1),
            low=_signed(low, 1),
            high=_signed(high, 1),
            p=_p(change.p_value),
        )
    elif isinstance(change, MeanChange):
        means = [
            "–" if mean is None else f"{number_text(mean * factor, 2)} {unit}".strip()
            for mean in (change.before_mean, change.after_mean)
        ]
        yield _("{before}: {first}; {after}: {second}").format(
            before=before, first=means[0], after=after, second=means[1]
        )
        if change.difference is not None:
            yield _("Change {points}, p {p}").format(
                points=_signed(change.difference * factor, 2), p=_p(change.p_value)
            )
    elif before or after:
        yield _("{before} against {after}").format(before=before or "–", after=after or "–")
    if change is not None and part.kpi is not None:
        yield _("By the figures: {words}").format(words=effect_words(change, part.kpi.direction))
    if check.readings:
        yield _("Readings: {list}").format(list="; ".join(map(reading_text, check.readings)))


def _look_line(part: CheckPart) -> str:
    check = part.verification
    point = part.checkpoint
    where = f"{point.number} {point.statement}" if point else ""
    points = check.points
    rated = "" if points is None else ngettext("{count} point", "{count} points", points).format(count=points)
    return " · ".join(filter(None, (where, rated, part.assessment)))


def _share(share: Fraction | None) -> str:
    return "–" if share is None else percent_text(number_text(share * 100, 1))


def _signed(value: Fraction, places: int) -> str:
    text = number_text(abs(value), places)
    is_nought = not text.strip("0.,")
    return text if is_nought else f"{'−' if value < 0 else '+'}{text}"


def _p(value: float) -> str:
    exact = Fraction(value).limit_denominator(10**9)
    return f"< {number_text(_LEAST_P, 3)}" if exact < _LEAST_P else f"= {number_text(exact, 3)}"
