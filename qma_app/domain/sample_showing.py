"""What a sample can show and what it cannot, said before it is drawn and after it was looked at."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from qma_app.domain.audit import AuditSample, DrawnRecord
from qma_app.domain.intervals import CONFIDENCE, Interval, detection_probability, exact_interval, upper_limit
from qma_app.domain.rating import Rating
from qma_app.i18n import _, ngettext, number_text, percent_text

FAULT: Final = Fraction(1, 10)
"""The share of faulty records a sample is measured by."""

USUAL_SIZES: Final = (5, 10, 20, 30, 50, 100)
"""Sizes a sample is compared with."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SampleSays:
    """What looking at `size` of `population` records can show.

    `found` is how likely more than `allowed` of `faulty` wrong records are met, `limit` the share that may still be wrong where
    none was met, `needed` the smallest sample that finds them with 95 percent (None: no sample does). All three are shown, never
    a threshold.
    """

    population: int
    size: int
    faulty: int
    allowed: int
    found: float
    limit: float
    needed: int | None
    sentences: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SampleFindings:
    """What was seen in the records of a sample: counts, the labels that failed and those without a mark.

    `share` is that of the failing among those looked at, `interval` what it says of the whole list (95 percent, exact);
    None before the first record. `outside` are judged records that are not (or no longer) in the sample: they count nowhere.
    """

    size: int
    population: int
    conforming: int
    failing: tuple[str, ...]
    unmarked: tuple[str, ...]
    outside: tuple[str, ...]
    share: Fraction | None
    interval: Interval | None
    words: str

    @property
    def looked_at(self) -> int:
        return self.conforming + len(self.failing)


def records_now(sample: AuditSample) -> tuple[DrawnRecord, ...]:
    """The records to look at: those drawn, with the one drawn in its place for each that was replaced."""
    now = list(sample.drawn)
    for exchange in sample.replaced:
        now = [exchange.by if one.place == exchange.place else one for one in now]
    return tuple(now)


def what_it_shows(population: int, size: int, *, share: Fraction = FAULT, allowed: int = 0) -> SampleSays:
    """What so many of so many records can show of a fault in this share of them (rounded down, one record at least).

    ValueError where so many cannot be drawn; `draw` says the same in words.
    """
    if not 1 <= size <= population:
        raise ValueError(f"cannot draw {size} of {population}")
    faulty = max(1, int(population * share))
    found = detection_probability(population, faulty, size, allowed=allowed)
    limit = 0.0 if size == population else upper_limit(0, size)
    needed = _needed(population, faulty, allowed)
    return SampleSays(
        population=population,
        size=size,
        faulty=faulty,
        allowed=allowed,
        found=found,
        limit=limit,
        needed=needed,
        sentences=_all_seen(size)
        if size == population
        else _sentences(population, size, faulty, allowed, found, limit, needed),
    )


def sizes_beside(population: int, size: int) -> tuple[tuple[int, str], ...]:
    """How likely samples of other usual sizes find the same fault: the size, and the chance in words."""
    faulty = max(1, int(population * FAULT))
    return tuple(
        (
            other,
            _chance_text(
                detection_probability(population, faulty, other), is_certain=other > population - faulty
            ),
        )
        for other in USUAL_SIZES
        if other <= population and other != size
    )


def sample_findings(sample: AuditSample, rating: Rating | None) -> SampleFindings:
    """What the rating says of the records of a sample, matched by label; of two marks on one label the worse counts."""
    marks: dict[str, bool] = {}
    for record in rating.sample.records if rating is not None and rating.sample is not None else ():
        if record.conforms is not None:
            marks[record.label] = marks.get(record.label, True) and record.conforms
    labels = tuple(one.label for one in records_now(sample))
    failing = tuple(label for label in labels if marks.get(label) is False)
    conforming = sum(marks.get(label) is True for label in labels)
    seen = conforming + len(failing)
    interval = _interval_of(len(failing), seen, sample.population) if seen else None
    return SampleFindings(
        size=len(labels),
        population=sample.population,
        conforming=conforming,
        failing=failing,
        unmarked=tuple(label for label in labels if label not in marks),
        outside=tuple(label for label in marks if label not in labels),
        share=Fraction(len(failing), seen) if seen else None,
        interval=interval,
        words=_found_words(len(failing), seen, interval),
    )


def _interval_of(failing: int, seen: int, population: int) -> Interval:
    """Where every record of the list was looked at, nothing is left to chance."""
    if seen < population:
        return exact_interval(failing, seen)
    return Interval(low=failing / seen, high=failing / seen)


def _needed(population: int, faulty: int, allowed: int) -> int | None:
    """As `needed_sample`, but going up from small samples: halving a long list would reckon with numbers of a million digits."""
    if faulty <= allowed:
        return None

    def probability(drawn: int) -> float:
        return detection_probability(population, faulty, drawn, allowed=allowed)

    top = 1
    while top < population and probability(top) < CONFIDENCE:
        top = min(population, 2 * top)
    return bisect_left(range(top + 1), CONFIDENCE, key=probability)


def _sentences(
    population: int, size: int, faulty: int, allowed: int, found: float, limit: float, needed: int | None
) -> tuple[str, ...]:
    """What it can, what it cannot, and what it would take."""
    says = [
        ngettext(
            "{size} of {population} finds a fault in {share} of the records ({faulty} record) with {chance}.",
            "{size} of {population} finds a fault in {share} of the records ({faulty} records) with {chance}.",
            faulty,
        ).format(
            size=number_text(size),
            population=number_text(population),
            share=_share_text(Fraction(faulty, population)),
            faulty=number_text(faulty),
            chance=_chance_text(found, is_certain=size > population - faulty + allowed),
        )
        if not allowed
        else ngettext(
            "{size} of {population} finds more than {allowed} of {faulty} wrong record with {chance}.",
            "{size} of {population} finds more than {allowed} of {faulty} wrong records with {chance}.",
            faulty,
        ).format(
            size=number_text(size),
            population=number_text(population),
            allowed=allowed,
            faulty=number_text(faulty),
            chance=_chance_text(found, is_certain=size > population - faulty + allowed),
        ),
        _("Where none of them is wrong, up to {limit} of all may still be (95 in 100 sure).").format(
            limit=_limit_text(limit)
        ),
    ]
    if needed is not None and size < needed:
        says.append(
            ngettext(
                "{needed} record would find it with 95 in 100.",
                "{needed} records would find it with 95 in 100.",
                needed,
            ).format(needed=number_text(needed))
        )
    return tuple(says)


def _all_seen(size: int) -> tuple[str, ...]:
    return (
        ngettext(
            "The {size} record of the list is looked at: nothing is left to chance.",
            "All {size} records of the list are looked at: nothing is left to chance.",
            size,
        ).format(size=number_text(size)),
    )


def _found_words(failing: int, seen: int, interval: Interval | None) -> str:
    if interval is None:
        return _("No record was looked at yet.")
    return ngettext(
        "{failing} of {seen} record looked at does not conform; of the whole list {low} to {high} (95 in 100 sure).",
        "{failing} of {seen} records looked at do not conform; of the whole list {low} to {high} (95 in 100 sure).",
        seen,
    ).format(
        failing=number_text(failing),
        seen=number_text(seen),
        low=percent_text(number_text(Fraction(interval.low) * 100, 1)),
        high=percent_text(number_text(Fraction(interval.high) * 100, 1)),
    )


def _share_text(share: Fraction) -> str:
    return percent_text(number_text(share * 100, 0 if (share * 100).denominator == 1 else 1))


def _chance_text(chance: float, *, is_certain: bool) -> str:
    """Whole percent; 100 only for what is certain, and never 0 for what is possible."""
    if chance >= 0.995 and not is_certain:
        return _("more than {share}").format(share=percent_text("99"))
    if 0 < chance < 0.005:
        return _("less than {share}").format(share=percent_text("1"))
    return percent_text(number_text(Fraction(chance) * 100))


def _limit_text(limit: float) -> str:
    """With one place; never 0.0, since something is always left."""
    return percent_text(number_text(max(Fraction(limit) * 100, Fraction(1, 10)), 1))
