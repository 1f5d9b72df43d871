"""Who was there, on paper: each person once, with the function and a tick for opening and closing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qma_app.design import LIGHT
from qma_app.domain.engagement import Engagement
from qma_app.domain.visit import Participant
from qma_app.i18n import _
from qma_app.reports.blocks import Block
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.sheet import Sheet
from qma_app.reports.styles import CELL, CELL_QUIET
from qma_app.reports.tables import Row, Table

_TICK = 54.0
_HALF = (CONTENT_WIDTH - 2 * _TICK - 30) / 2


class Tick(Block):
    """A tick, or a short dash where somebody was not there."""

    def __init__(self, *, holds: bool) -> None:
        self._holds = holds

    def height(self, width: float) -> float:
        return CELL.leading

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        y = top - CELL.leading / 2
        if self._holds:
            steps = f"{x:.2f} {y:.2f} m {x + 2.6:.2f} {y - 2.8:.2f} l {x + 8:.2f} {y + 3.2:.2f} l"
            sheet.path(steps, stroke=LIGHT.ok, thickness=1.4, has_round_ends=True)
        else:
            sheet.rule(x + 1, y, x + 6, y, LIGHT.muted, thickness=0.8)


def roles_in(engagement: Engagement) -> Mapping[str, str]:
    """What somebody is in this programme, by the id of the person."""
    found = {
        engagement.coach_id: _("coach"),
        engagement.officer_id: _("quality officer"),
        engagement.principal_id: _("dealer principal"),
    }
    return {id: title for id, title in found.items() if id}


def people_table(kit: Kit, people: Sequence[Participant], roles: Mapping[str, str]) -> Table:
    """Name, function and part in the programme, at the opening, at the closing."""
    rows = [
        Row(
            (
                kit.words(one.name or "–", CELL, where=_("Participants")),
                kit.words(function_line(one, roles) or "–", CELL_QUIET, where=_("Participants")),
                Tick(holds=one.at_opening),
                Tick(holds=one.at_closing),
            ),
            padding=2.4,
        )
        for one in people
    ]
    head = kit.head_row((_("Name"), _("Function"), _("Opening"), _("Closing")))
    return Table((_HALF, _HALF, _TICK, _TICK), rows, head=head)


def function_line(one: Participant, roles: Mapping[str, str]) -> str:
    """The function, and the part in the programme where the function does not say it."""
    role = roles.get(one.person_id, "") if one.person_id else ""
    if role.casefold() == one.function.strip().casefold():
        role = ""
    return " · ".join(filter(None, (one.function, role)))
