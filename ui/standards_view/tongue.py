"""Says texts of an edition in the language or languages they are read in, and what stands around a checkpoint in words."""

from __future__ import annotations

from dataclasses import dataclass

from qma_app.domain.edition import Checkpoint, Direction, Edition, KpiDefinition, StaffCondition, Text
from qma_app.i18n import _, ngettext

_SIGNS = {">=": "≥", "<=": "≤"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Tongue:
    """`languages` are those read side by side, the first of them in lists and heads; what is missing there is said in the base."""

    edition: Edition
    languages: tuple[str, ...]

    @property
    def base(self) -> str:
        return self.edition.languages[0] if self.edition.languages else "en"

    @property
    def first(self) -> str:
        return self.languages[0] if self.languages else self.base

    def of(self, text: Text) -> str:
        """The text in the first language, never blank while there is any."""
        return text.in_language(self.first, self.base)

    def facts(self, point: Checkpoint) -> str:
        """`weight 3 · 10 signed repair orders`"""
        parts = [_("weight {weight}").format(weight=point.weight)]
        if point.sample is not None:
            parts.append(f"{point.sample.size} {self.of(point.sample.of)}")
        return " · ".join(parts)

    def conditions(self, point: Checkpoint) -> tuple[str, ...]:
        """What must hold for a dealership to be asked, each in a few words."""
        titles = {one.id: self.of(one.title) for one in self.edition.features}
        found = []
        for feature in point.when:
            name = feature.removeprefix("not-")
            words = titles.get(name, name)
            found.append(_("not: {feature}").format(feature=words) if name != feature else words)
        return (*found, *(staff_words(one) for one in point.when_staff))

    def role(self, id: str) -> str:
        """The title of a role of the edition."""
        return next((self.of(role.title) for role in self.edition.roles if role.id == id), id)

    def formula(self, kpi: KpiDefinition) -> str:
        """How a KPI is computed, on one line."""
        if not kpi.denominator.texts:
            return self.of(kpi.numerator)
        words = f"{self.of(kpi.numerator)} ÷ {self.of(kpi.denominator)}"
        return words if kpi.factor == 1 else f"{words} × {kpi.factor}"

    def span(self, kpi: KpiDefinition) -> str:
        """Where a target may start: `87 or more`, `40 to 60`; empty where nothing is said."""
        if kpi.range is None:
            return ""
        least, most = kpi.range.least, kpi.range.most
        if least and most:
            return _("{least} to {most}").format(least=least, most=most)
        if least:
            return _("{least} or more").format(least=least)
        return _("{most} or less").format(most=most) if most else ""


def staff_words(condition: StaffCondition) -> str:
    """`staff ≥ 10`"""
    return _("staff {sign} {count}").format(
        sign=_SIGNS.get(condition.sign, condition.sign), count=condition.count
    )


def impact_words(point: Checkpoint) -> str:
    """`Customers ●●●   Staff ●`; empty where it has none."""
    parts = (
        (_("Customers"), point.impact.cx),
        (_("Staff"), point.impact.ex),
        (_("Profit"), point.impact.profit),
    )
    return "    ".join(f"{name} {'●' * strength}{'○' * (3 - strength)}" for name, strength in parts)


def direction_words(direction: Direction) -> str:
    """Which way a KPI is better."""
    return {
        Direction.HIGHER: _("higher is better"),
        Direction.LOWER: _("lower is better"),
        Direction.BAND: _("best within a band"),
    }[direction]


def rhythm_words(rhythm: str) -> str:
    """How often a KPI is read."""
    return {
        "month": _("monthly"),
        "quarter": _("quarterly"),
        "half-year": _("twice a year"),
        "year": _("yearly"),
        "week": _("weekly"),
        "visit": _("at each visit"),
        "audit": _("at each audit"),
    }.get(rhythm, rhythm)


def language_name(code: str) -> str:
    """A language as its readers call it."""
    return {"en": "English", "de": "Deutsch"}.get(code, code.upper())


def checkpoints_words(count: int) -> str:
    """`6 checkpoints`"""
    return ngettext("{n} checkpoint", "{n} checkpoints", count).format(n=count)
