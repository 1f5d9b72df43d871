"""Says the figures of a check in plain sentences; no widgets, so that they can be read and tested by themselves."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from qma_app.domain.edition import KpiDefinition
from qma_app.domain.effect import Change, ShareChange, effect_words, sample_limit_words
from qma_app.domain.intervals import detection_probability
from qma_app.domain.month import Month
from qma_app.domain.verification import Effect
from qma_app.domain.wording import unit_title
from qma_app.i18n import _, language, ngettext, number_text, unit_text
from ui.standards_view.tongue import direction_words

FAULTY_SHARE: Final = Fraction(1, 10)
"""What a sample's power is told for: a tenth of the records not in order."""
EFFECT_LOOK: Final = {
    Effect.EFFECTIVE: ("ok", "circle-check"),
    Effect.NOT_SHOWN: ("warn", "circle-minus"),
    Effect.WORSE: ("bad", "trending-down"),
}
"""Colour token and shape of an effect; its word always stands beside them."""


def month_words(month: Month) -> str:
    """`Mar 2026`, as the language in force writes it."""
    from babel.dates import get_month_names

    name = get_month_names("abbreviated", "format", locale=language())[month.number]
    return f"{name} {month.year}"


def value_words(kpi: KpiDefinition, value: Fraction | None) -> str:
    """A value in the unit of its KPI; a dash where there is none."""
    if value is None:
        return "–"
    return _in_unit(kpi, number_text(value, _places(kpi, value)))


def formula_words(kpi: KpiDefinition) -> str:
    """How a KPI is computed, which way is better, on one line."""
    formula = str(kpi.numerator)
    if kpi.denominator.texts:
        formula = f"{kpi.numerator} ÷ {kpi.denominator}"
        if kpi.factor != 1:
            formula += f" × {number_text(kpi.factor)}"
    return f"{formula} ({unit_title(kpi.unit)}, {direction_words(kpi.direction)})"


def sample_words(population: int | None, size: int, allowed: int, failing: int | None) -> str:
    """What a sample can rule out: before it is looked at how likely it finds a tenth, afterwards the largest share left open."""
    if failing is not None:
        return sample_limit_words(size, failing) + "."
    limit = sample_limit_words(size, allowed)
    if population is None or population < size:
        return _("At the most allowed: {words}.").format(words=limit)
    faulty = max(1, round(population * FAULTY_SHARE))
    chance = Fraction(detection_probability(population, faulty, size, allowed=allowed)) * 100
    sentence = ngettext(
        "If {faulty} of {population} were not in order, this sample would show it in {chance} of 100 cases.",
        "If {faulty} of {population} were not in order, this sample would show it in {chance} of 100 cases.",
        faulty,
    )
    told = sentence.format(faulty=faulty, population=number_text(population), chance=number_text(chance))
    return f"{told} " + _("At the most allowed: {words}.").format(words=limit)


def change_lines(kpi: KpiDefinition, change: Change, *, factor: int) -> tuple[str, ...]:
    """Before, after, the change with its interval and p, and what that means; `factor` brings plain quotients into the unit."""
    if isinstance(change, ShareChange):
        before = _share(kpi, change.before_share, change.before_hits, change.before_count)
        after = _share(kpi, change.after_share, change.after_hits, change.after_count)
    else:
        before = _mean(kpi, change.before_mean, change.before_count, factor)
        after = _mean(kpi, change.after_mean, change.after_count, factor)
    return (
        _("Before: {figure}").format(figure=before),
        _("After: {figure}").format(figure=after),
        _moved(kpi, change, factor),
        effect_words(change, kpi.direction),
    )


def _share(kpi: KpiDefinition, share: Fraction | None, hits: int, count: int) -> str:
    if share is None:
        return "–"
    return _("{share} ({hits} of {count})").format(
        share=_in_unit(kpi, number_text(share * kpi.factor, 1)),
        hits=number_text(hits),
        count=number_text(count),
    )


def _mean(kpi: KpiDefinition, mean: Fraction | None, count: int, factor: int) -> str:
    if mean is None:
        return "–"
    months = ngettext("mean of {count} month", "mean of {count} months", count).format(count=count)
    return f"{value_words(kpi, mean * factor)} ({months})"


def _moved(kpi: KpiDefinition, change: Change, factor: int) -> str:
    difference = change.difference
    if difference is None:
        return ""
    p_value = _p(change.p_value)
    if isinstance(change, ShareChange):
        low, high = (Fraction(bound) * kpi.factor for bound in (change.low, change.high))
        return _("Change {points} points, between {low} and {high} (95 in 100 sure), p {p}").format(
            points=signed(difference * kpi.factor, 1), low=signed(low, 1), high=signed(high, 1), p=p_value
        )
    scaled = difference * factor
    return _("Change {points}, p {p}").format(points=signed(scaled, _places(kpi, scaled)), p=p_value)


def signed(value: Fraction, places: int) -> str:
    """A change with its sign: `+4.0`, `−4.0`."""
    figure = number_text(abs(value), places)
    if not any(letter in "123456789" for letter in figure):
        return figure
    return f"{'+' if value > 0 else '−'}{figure}"


def _p(value: float) -> str:
    """As printed, three decimals: `= 0.050`, `< 0.001`."""
    if value < 0.0005:
        return f"< {number_text(Fraction(1, 1000), 3)}"
    return f"= {number_text(Fraction(value), 3)}"


def _places(kpi: KpiDefinition, value: Fraction) -> int:
    if kpi.unit == "percent":
        return 1
    if value.denominator == 1 or abs(value) >= 1000:
        return 0
    return 1 if abs(value) >= 10 else 2


def _in_unit(kpi: KpiDefinition, figure: str) -> str:
    return unit_text(figure, unit_title(kpi.unit))
