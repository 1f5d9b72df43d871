"""Fields that no correction writes: who a record is, and what only a use case of its own may say about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Final

from qma_app.errors import RuleBroken
from qma_app.i18n import _, number_text

MOST: Final = Decimal(10) ** 15
"""A cell of a workbook keeps fifteen digits; nothing in a dealership is larger."""
IDENTITY: Final = frozenset({"id", "version", "deleted_at", "engagement_id", "number"})


def check_by_hand(names: Iterable[str], kept: Collection[str]) -> None:
    """ValueError where one of the fields given is not written by hand: the caller's mistake, never the user's."""
    wrong = sorted((IDENTITY | set(kept)) & set(names))
    if wrong:
        raise ValueError(f"{', '.join(wrong)} cannot be written by hand")


def check_figure(name: str, figure: Decimal | None, *, least: Decimal = -MOST) -> None:
    """RuleBroken for a figure that is none, or larger than can be shown and summed."""
    if figure is None or (figure.is_finite() and least <= figure <= MOST):
        return
    bounds = {"least": number_text(least), "most": number_text(MOST)}
    raise RuleBroken(
        _("A value of {value} lies outside {least} to {most}.").format(value=f"{figure:.3g}", **bounds),
        code="action.value",
        way_out=_("Choose a value from {least} to {most}.").format(**bounds),
        field=name,
    )
