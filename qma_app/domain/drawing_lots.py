"""Which records are looked at is left to chance that can be repeated: whoever knows the seed draws the same numbers again."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from random import Random
from typing import Final

from qma_app.errors import RuleBroken
from qma_app.i18n import _

LARGEST: Final = 1_000_000
"""So many records a list may have."""


def draw_lots(population: int, size: int, seed: int) -> tuple[int, ...]:
    """So many different numbers from 1 to `population`, in ascending order; RuleBroken where that cannot be."""
    _check(population, size)
    return tuple(sorted(islice(_sequence(population, seed), size)))


def replacement(population: int, drawn: Collection[int], seed: int, number_of_replacements: int) -> int:
    """The next number of the sequence that `drawn` came from, where so many of them were replaced before this one.

    `drawn` are the numbers of the sample, as first drawn or as they stand now. RuleBroken where the list has no more.
    """
    _check(population, len(drawn))
    used = len(drawn) + number_of_replacements
    for number in islice(_sequence(population, seed), used, None):
        if number not in drawn:
            return number
    raise RuleBroken(
        _("Every record of the list was drawn already."),
        code="sample.none-left",
        way_out=_("Take a longer list, or keep the sample smaller."),
        population=population,
        drawn=len(drawn),
    )


def _sequence(population: int, seed: int) -> Iterator[int]:
    """All numbers in a random order: a shuffle that keeps in mind only the places it touched.

    It rests on `Random.random` alone, whose numbers Python promises to keep the same from version to version.
    """
    chance = Random(seed)
    moved: dict[int, int] = {}
    for place in range(population):
        other = place + int(chance.random() * (population - place))
        yield moved.get(other, other) + 1
        moved[other] = moved.pop(place, place)


def _check(population: int, size: int) -> None:
    if not 1 <= population <= LARGEST:
        raise RuleBroken(
            _("A list of {population} records cannot be drawn from.").format(population=population),
            code="sample.population",
            way_out=_("Give the number of records on the list, from 1 to {largest}.").format(largest=LARGEST),
            population=population,
        )
    if size < 1:
        raise RuleBroken(
            _("A sample of {size} records is none.").format(size=size),
            code="sample.empty",
            way_out=_("Draw at least one record."),
            size=size,
        )
    if size > population:
        raise RuleBroken(
            _("{size} records cannot be drawn from a list of {population}.").format(
                size=size, population=population
            ),
            code="sample.too-large",
            way_out=_("Draw at most {population} records, or look at all of them.").format(
                population=population
            ),
            population=population,
            size=size,
        )
