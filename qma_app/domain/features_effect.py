"""What the features of a dealership do to a standard: how many checkpoints apply, which areas fall away, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from qma_app.domain.applicability import failing_conditions
from qma_app.domain.dealership import Premises
from qma_app.domain.edition import Area, Edition, StaffCondition
from qma_app.domain.ids import AreaId
from qma_app.i18n import _, ngettext

_NOT = "not-"


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaEffect:
    """One area: how many of its checkpoints apply.

    `because` are the conditions that fail, the one that takes most first; where one takes the whole area, those that do so alone.
    """

    area: Area
    applicable: int
    total: int
    because: tuple[str, ...]

    @property
    def falls_away(self) -> bool:
        """Whether nothing in it applies."""
        return self.applicable == 0

    @property
    def reason(self) -> str:
        """The conditions in one line; empty where everything applies."""
        return ", ".join(self.because)


@dataclass(frozen=True, kw_only=True, slots=True)
class FeaturesEffect:
    """The whole edition, and each of its areas in the order of the standard."""

    applicable: int
    total: int
    areas: tuple[AreaEffect, ...]

    @property
    def fallen(self) -> tuple[AreaEffect, ...]:
        """The areas in which nothing applies."""
        return tuple(effect for effect in self.areas if effect.falls_away)

    def reasons(self) -> dict[AreaId, str]:
        """For each area that falls away a first wording of its reason."""
        return {effect.area.id: effect.reason for effect in self.fallen}


def features_effect(
    edition: Edition, features: Collection[str], staff: int | None, sites: int = 1
) -> FeaturesEffect:
    """What applies to a dealership with these features; `staff` is the head count of all sites, None = not known."""
    offered = frozenset(features) | ({"multi-site"} if sites > 1 else frozenset())
    premises = Premises(features=offered, staff=staff)
    areas = tuple(_area_effect(edition, area, premises) for area in edition.areas)
    return FeaturesEffect(
        applicable=sum(effect.applicable for effect in areas),
        total=sum(effect.total for effect in areas),
        areas=areas,
    )


def _area_effect(edition: Edition, area: Area, premises: Premises) -> AreaEffect:
    applicable = total = 0
    failing: Counter[str | StaffCondition] = Counter()
    for checkpoint in area.checkpoints():
        total += 1
        lacking = failing_conditions(checkpoint, premises)
        applicable += not lacking
        failing.update(lacking)
    everywhere = [condition for condition, count in failing.items() if count == total]
    ranked = everywhere or [condition for condition, _count in failing.most_common()]
    because = (_words(edition, condition) for condition in ranked)
    return AreaEffect(area=area, applicable=applicable, total=total, because=tuple(dict.fromkeys(because)))


def _words(edition: Edition, condition: str | StaffCondition) -> str:
    """A condition that fails, as a reason: `no body and paint shop`."""
    if isinstance(condition, StaffCondition):
        return _staff_words(condition)
    lacking = {
        "new-cars": _("no new cars sold"),
        "used-cars": _("no used cars sold"),
        "service": _("no workshop"),
        "body-shop": _("no body and paint shop"),
        "high-voltage": _("no work on high-voltage vehicles"),
        "loan-cars": _("no loan cars"),
        "tyre-hotel": _("no customers' wheels stored"),
        "finance-desk": _("no finance desk of its own"),
        "two-wheelers": _("no two-wheelers"),
        "multi-site": _("one site only"),
    }
    if condition in lacking:
        return lacking[condition]
    is_not = condition.startswith(_NOT)
    name = condition.removeprefix(_NOT)
    title = next((str(feature.title) for feature in edition.features if feature.id == name), name)
    return _("{feature}: yes").format(feature=title) if is_not else _("{feature}: no").format(feature=title)


def _staff_words(condition: StaffCondition) -> str:
    count = condition.count
    words = {
        ">=": ngettext("fewer than {count} person", "fewer than {count} people", count),
        ">": ngettext("not more than {count} person", "not more than {count} people", count),
        "<=": ngettext("more than {count} person", "more than {count} people", count),
        "<": ngettext("not fewer than {count} person", "not fewer than {count} people", count),
        "=": ngettext("not exactly {count} person", "not exactly {count} people", count),
    }
    return words[condition.sign].format(count=count)
