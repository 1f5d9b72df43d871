"""Draws the points the sample's files leave open: level by area and assessment, from a seed, so that they are the same each time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import Final

from qma_app.domain.edition import Checkpoint, Edition

_SPREAD: Final = 3.0
"""How far a checkpoint may be easier or harder for a house than its area as a whole, in points."""
_WHIM: Final = 1.1
"""How far one assessment may move a checkpoint on top of that."""
_HALVINGS: Final = 24
_AGAIN: Final = 0.3


def drawn_points(
    edition: Edition,
    checkpoints: Sequence[Checkpoint],
    fixed: Sequence[tuple[int, int]],
    *,
    aim: int,
    house: str,
    pass_name: str,
) -> dict[str, int]:
    """Points by number for `checkpoints`, such that with the `fixed` ones (weight and points) their level comes as near to `aim` as steps allow.

    What is easy for a house stays easy from assessment to assessment. A critical checkpoint is drawn as met: where one is
    not, a file says so and tells why.
    """
    leanings = {
        checkpoint.number: _chance(house, checkpoint.number).uniform(-_SPREAD, _SPREAD)
        + _chance(house, checkpoint.number, pass_name).uniform(-_WHIM, _WHIM)
        for checkpoint in checkpoints
    }
    low, high = -10.0, 20.0
    for _turn in range(_HALVINGS):
        middle = (low + high) / 2
        if _level(edition, checkpoints, leanings, middle, fixed) < aim:
            low = middle
        else:
            high = middle
    nearest = min((low, high), key=lambda s: abs(_level(edition, checkpoints, leanings, s, fixed) - aim))
    return {c.number: _points(edition, c, leanings[c.number] + nearest) for c in checkpoints}


def is_same_again(house: str, number: str, pass_name: str) -> bool:
    """Whether unchanged points are rated as last time; most are looked at anew."""
    return _chance(house, number, pass_name, "again").random() < _AGAIN


def _chance(*words: str) -> Random:
    """Seeded by words, which Python turns into the same chance on every machine."""
    return Random(" ".join(words))


def _points(edition: Edition, checkpoint: Checkpoint, value: float) -> int:
    points = min(edition.points, key=lambda step: (abs(step - value), step))
    return max(points, edition.rules.critical_points) if checkpoint.is_critical else points


def _level(
    edition: Edition,
    checkpoints: Sequence[Checkpoint],
    leanings: Mapping[str, float],
    shift: float,
    fixed: Sequence[tuple[int, int]],
) -> Fraction:
    rows = [(c.weight, _points(edition, c, leanings[c.number] + shift)) for c in checkpoints]
    rows += fixed
    weight = sum(row[0] for row in rows)
    return Fraction(10 * sum(w * points for w, points in rows), weight) if weight else Fraction(0)
