"""What was agreed as gain for customers, staff and profit, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qma_app.design import LIGHT
from qma_app.domain.edition import Edition, KpiDefinition
from qma_app.domain.ids import EngagementId
from qma_app.domain.ports import Reader
from qma_app.domain.target import Gain, Target
from qma_app.domain.wording import gain_title, unit_title
from qma_app.i18n import _, day_text
from qma_app.reports.actions.words import figure_text, kpi_line
from qma_app.reports.blocks import Block, Stack
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.styles import CELL, CELL_QUIET, CELL_STRONG, LABEL, Align
from qma_app.reports.tables import Row, Table

_GAIN, _FIGURE, _DUE = 70.0, 82.0, 66.0
_KPI = CONTENT_WIDTH - _GAIN - 2 * _FIGURE - _DUE - 40


@dataclass(frozen=True, kw_only=True, slots=True)
class TargetPart:
    """One target with the KPI as the standard defines it; None for a code the standard does not know."""

    target: Target
    kpi: KpiDefinition | None

    @property
    def unit(self) -> str:
        return unit_title(self.kpi.unit) if self.kpi else ""


def target_parts(reader: Reader, engagement_id: EngagementId, edition: Edition) -> tuple[TargetPart, ...]:
    """The targets of a programme: customers, staff, profit, each in the order they were agreed."""
    order = list(Gain)
    targets = sorted(reader.all(Target, engagement_id=engagement_id), key=lambda one: order.index(one.gain))
    return tuple(TargetPart(target=one, kpi=edition.kpis.get(one.kpi)) for one in targets)


def target_table(kit: Kit, parts: Sequence[TargetPart]) -> Table:
    """Whose gain, which figure, where it starts, where it shall be, by when."""
    right = CELL.aligned(Align.END)
    rows = []
    before: Gain | None = None
    for part in parts:
        target = part.target
        where = _("Targets")
        said: list[Block] = [kit.words(kpi_line(target.kpi, part.kpi), CELL, where=where)]
        if target.words:
            said.append(kit.words(target.words, CELL_QUIET, where=where))
        gain = gain_title(target.gain) if target.gain is not before else ""
        before = target.gain
        rows.append(
            Row(
                (
                    kit.words(gain, CELL_STRONG),
                    Stack(said, gap=1),
                    kit.words(figure_text(target.start, part.unit) or _("not known"), right),
                    kit.words(figure_text(target.goal, part.unit), CELL_STRONG.aligned(Align.END)),
                    kit.words(_day(target.due_on), CELL_QUIET.aligned(Align.END)),
                ),
                padding=2.6,
            )
        )
    left, end = LABEL, LABEL.aligned(Align.END)
    titles = ((_("For"), left), (_("Figure"), left), (_("Start"), end), (_("Goal"), end), (_("By when"), end))
    cells = tuple(kit.words(name, style) for name, style in titles)
    head = Row(cells, padding=3, rule=LIGHT.control_edge, keeps=True)
    return Table((_GAIN, _KPI, _FIGURE, _FIGURE, _DUE), rows, head=head)


def _day(due_on: date | None) -> str:
    return day_text(due_on) if due_on else _("end of programme")
