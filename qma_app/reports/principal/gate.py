"""The gate of a phase on paper: each condition with its figures, and whether it holds."""

from __future__ import annotations

from typing import Final

from qma_app.design import LIGHT
from qma_app.domain.gate_answers import Tone
from qma_app.domain.gates import ConditionView, GateView
from qma_app.domain.wording import tone_title
from qma_app.i18n import _
from qma_app.reports.blocks import Block
from qma_app.reports.kit import Kit
from qma_app.reports.marks import Badge
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.styles import CELL, CELL_QUIET
from qma_app.reports.tables import Row, Table

COLOURS: Final = {Tone.OK: LIGHT.ok, Tone.OPEN: LIGHT.accent, Tone.LATE: LIGHT.bad, Tone.UNKNOWN: LIGHT.muted}
_STATE: Final = 74.0
_FIGURES: Final = 140.0
_WORDS: Final = CONTENT_WIDTH - _STATE - _FIGURES - 20


def gate_table(kit: Kit, gate: GateView) -> Block:
    """A row each; a gate that asks for nothing says so."""
    if not gate.conditions:
        return kit.words(_("This gate asks for nothing."), CELL)
    head = kit.head_row((_("Condition"), _("Figures"), _("State")))
    return Table((_WORDS, _FIGURES, _STATE), [_row(kit, one) for one in gate.conditions], head=head)


def _row(kit: Kit, condition: ConditionView) -> Row:
    where = _("gate")
    return Row(
        (
            kit.words(condition.title, CELL, where=where),
            kit.words(condition.figures or "–", CELL_QUIET, where=where),
            Badge(kit.setter, tone_title(condition.tone), COLOURS[condition.tone], line_height=12),
        ),
        padding=2.6,
    )
