"""Which checkpoints of an edition apply to a dealership: its features and head count decide."""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import lru_cache

from qma_app.domain.dealership import Premises, Site
from qma_app.domain.edition import Checkpoint, Edition, StaffCondition
from qma_app.domain.ids import AreaId, CheckpointId, DealershipId
from qma_app.domain.ports import Reader

_SIGNS: dict[str, Callable[[int, int], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
    "=": operator.eq,
}


def applies(checkpoint: Checkpoint, premises: Premises) -> bool:
    """Whether all conditions hold; an unknown head count leaves the checkpoint in."""
    return all(_holds(feature, premises) for feature in checkpoint.when) and all(
        _staff_holds(condition, premises) for condition in checkpoint.when_staff
    )


def failing_conditions(checkpoint: Checkpoint, premises: Premises) -> tuple[str | StaffCondition, ...]:
    """The conditions of a checkpoint that do not hold, as the standard writes them; none where it applies."""
    return (
        *(feature for feature in checkpoint.when if not _holds(feature, premises)),
        *(condition for condition in checkpoint.when_staff if not _staff_holds(condition, premises)),
    )


def applicable_checkpoints(
    edition: Edition, premises: Premises, scope: tuple[AreaId, ...] | None = None
) -> tuple[CheckpointId, ...]:
    """The checkpoints that apply, in the order of the standard; `scope` limits the areas."""
    every = _applicable(TheEdition(edition), premises)
    return every if scope is None else tuple(id for id in every if id.split(".", 1)[0] in scope)


class TheEdition:
    """An edition as a key: itself and no other that is equal to it, since comparing two would take longer than the answer."""

    __slots__ = ("edition",)

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TheEdition) and other.edition is self.edition

    def __hash__(self) -> int:
        return id(self.edition)


@lru_cache(maxsize=32)
def _applicable(of: TheEdition, premises: Premises) -> tuple[CheckpointId, ...]:
    """Remembered for a few kinds of houses: a list of dealerships asks the same over and over."""
    return tuple(
        checkpoint.id
        for area in of.edition.areas
        for checkpoint in area.checkpoints()
        if applies(checkpoint, premises)
    )


def premises_of(reader: Reader, dealership_id: DealershipId) -> Premises:
    """What the sites offer together."""
    return Premises.of(reader.all(Site, dealership_id=dealership_id))


def _holds(feature: str, premises: Premises) -> bool:
    if feature.startswith("not-"):
        return feature.removeprefix("not-") not in premises.features
    return feature in premises.features


def _staff_holds(condition: StaffCondition, premises: Premises) -> bool:
    return premises.staff is None or _SIGNS[condition.sign](premises.staff, condition.count)
