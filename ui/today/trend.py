"""How the overall level moved over the assessments, as the chart that also stands on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from PySide6.QtWidgets import QWidget

from qma_app.design import Palette
from qma_app.domain.levels import bounds_of, shown_level
from qma_app.i18n import _, day_text, level_text
from qma_app.services.today import TodayView
from ui.widgets.cards import Card
from ui.widgets.drawing_painter import DrawingView


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """One point of the trend; `is_partial` while an area is not rated."""

    label: str
    day: str
    level: Fraction | None
    figure: str
    is_partial: bool = False


class TrendCard(Card):
    """Not there before a second assessment, since one point is no trend."""

    def __init__(self, parent: QWidget | None = None) -> None:
        title = _("Overall level over the assessments")
        super().__init__(title, parent=parent)
        self.chart = DrawingView(title, height=84)
        self.body.addWidget(self.chart)
        self._moments: tuple[Moment, ...] = ()
        self._mark = 0

    def show_view(self, view: TodayView, on: date) -> None:
        """The overall level of each assessment that looked at every area, and where the dealership stands now."""
        moments = moments_of(view, on)
        self.setVisible(len(moments) > 1)
        if (moments, view.edition.rules.pass_mark) != (self._moments, self._mark):
            self._moments, self._mark = moments, view.edition.rules.pass_mark
            self.chart.show_chart(
                self._drawing, "; ".join(f"{moment.label}: {moment.figure}" for moment in moments)
            )

    def _drawing(self, width: float, height: float, palette: Palette) -> Any:
        # reportlab costs a tenth of a second, which the first paint must not pay.
        from qma_app.charts.trend import TrendPoint, trend

        return trend(
            [
                TrendPoint(
                    label=moment.label,
                    below=moment.day,
                    level=moment.level,
                    figure=moment.figure,
                    is_partial=moment.is_partial,
                )
                for moment in self._moments
            ],
            width=width,
            height=height,
            mark=self._mark,
            mark_label=_("pass mark {mark}").format(mark=level_text(Fraction(self._mark))),
            palette=palette,
        )


def moments_of(view: TodayView, on: date) -> tuple[Moment, ...]:
    """Whole assessments in their order; the standing stands for the newest one while that is not whole."""
    bounds = bounds_of(view.edition.rules)
    moments = [
        Moment(
            label=column.label,
            day=day_text(column.assessment.started_on, _("MMM yyyy")),
            level=column.overall,
            figure=shown_level(column.overall, bounds),
        )
        for column in view.columns
        if column.overall is not None
    ]
    if view.columns and view.columns[-1].overall is None and view.standing.overall is not None:
        moments.append(
            Moment(
                label=_("Now"),
                day=day_text(on, _("MMM yyyy")),
                level=view.standing.overall,
                figure=shown_level(view.standing.overall, bounds),
                is_partial=view.standing.is_partial,
            )
        )
    return tuple(moments)
