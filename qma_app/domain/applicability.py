"""Which checkpoints of an edition apply to a dealership: its features and head count decide."""

from __future__ import annotations

import operator
from collections.abc import Callable

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


def applicable_checkpoints(
    edition: Edition, premises: Premises, scope: tuple[AreaId, ...] | None = None
) -> tuple[CheckpointId, ...]:
    """The checkpoints that apply, in the order of the standard; `scope` limits the areas."""
    return tuple(
        checkpoint.id
        for area in edition.areas
        if scope is None or area.id in scope
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
