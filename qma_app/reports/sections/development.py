"""How the house moved: every area over the assessments, and its shape now against the time before."""

from __future__ import annotations

from fractions import Fraction

from reportlab.graphics.shapes import Drawing

from qma_app.charts.heat_map import HeatField, heat_map
from qma_app.charts.radar import Spoke, radar
from qma_app.design import level_colour
from qma_app.i18n import _, number_text
from qma_app.reports.blocks import Chart
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.paper import AssessmentPaper, PastLevel

_MOST = 7
"""As many assessments as fit side by side."""

_FEWEST = 5
"""With fewer areas there is no shape to see."""


def add_development(kit: Kit, paper: AssessmentPaper) -> None:
    """Nothing while there is only one assessment to show."""
    if not has_development(paper):
        return
    kit.section(_("Development"))
    kit.lead(_("What each area reached in the assessments of this programme, self-assessments left out."))
    kit.flow.add(Chart(kit.setter, _heat_map(paper)), before=12)
    kit.quiet(
        _(
            "A dash: the area was not in the scope, or nothing in it was rated. Grey: too few of its checkpoints were rated for the figure to count."
        ),
        before=8,
    )
    if len(paper.areas) < _FEWEST:
        return
    kit.heading(_("Shape of the house"), before=24)
    spokes = [
        Spoke(label=str(part.area.title), now=part.result.level, before=_before(part.history))
        for part in paper.areas
    ]
    floor = paper.edition.rules.area_floor
    kit.flow.add(Chart(kit.setter, radar(spokes, width=CONTENT_WIDTH, height=300, floor=floor)), before=4)
    kit.quiet(
        _(
            "Coloured: this assessment. Grey: the last one before in which the area was rated. Dashed: the floor of {floor}%."
        ).format(floor=floor)
    )


def has_development(paper: AssessmentPaper) -> bool:
    """Whether there is more than one assessment to show."""
    return len(paper.labels) >= 2 and bool(paper.areas)


def _heat_map(paper: AssessmentPaper) -> Drawing:
    return heat_map(
        [str(part.area.title) for part in paper.areas],
        [(label, "") for label in paper.labels[-_MOST:]],
        [[_field(paper, past) for past in part.history[-_MOST:]] for part in paper.areas],
        width=CONTENT_WIDTH,
    )


def _field(paper: AssessmentPaper, past: PastLevel) -> HeatField:
    return HeatField(
        figure="–" if past.level is None else number_text(past.level, 1), colour=past_colour(paper, past)
    )


def past_colour(paper: AssessmentPaper, past: PastLevel) -> str:
    """The colour of a level that counts, grey for one that does not."""
    rules = paper.edition.rules
    level = past.level if past.is_rated else None
    return level_colour(level, floor=rules.area_floor, pass_mark=rules.pass_mark)


def _before(history: tuple[PastLevel, ...]) -> Fraction | None:
    return next((past.level for past in reversed(history[:-1]) if past.is_rated), None)
