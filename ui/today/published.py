"""The rows of Today by the published areas, in words; looked up only when they are shown."""

from __future__ import annotations

from qma_app.domain.levels import bounds_of, shown_level
from qma_app.i18n import _
from qma_app.services.today import TodayView
from qma_app.services.today_reported import ReportedLine, ReportedStanding
from ui.models.standing_model import StandingRow
from ui.today.words import standing_text


def published_rows(view: TodayView, reported: ReportedStanding) -> tuple[StandingRow, ...]:
    """The published areas with their figures, never rounded across a bound, and the codes of the areas behind them."""
    bounds = bounds_of(view.edition.rules)
    return tuple(
        StandingRow(
            id=line.area.id,
            title=str(line.area.title),
            levels=line.levels,
            figures=tuple(shown_level(level, bounds, places=0) for level in line.levels),
            standing=line.standing,
            standing_text=standing_text(view.edition, line.standing, line.coverage),
            behind=", ".join(area.code for area in line.behind),
            behind_text=_behind_text(line),
        )
        for line in reported.lines
    )


def published_marks(view: TodayView, reported: ReportedStanding) -> str:
    """What stands in the card's head: the mean this way, and that it decides nothing."""
    overall = shown_level(reported.overall, bounds_of(view.edition.rules))
    if reported.overall is None:
        return _("none rated yet")
    if reported.rated < len(reported.lines):
        return _("{level} overall, {rated} of {count} rated; the areas decide").format(
            level=overall, rated=reported.rated, count=len(reported.lines)
        )
    return _("{level} overall; the areas decide").format(level=overall)


def shared_areas(reported: ReportedStanding) -> dict[str, tuple[str, ...]]:
    """For each published area the ids of the areas behind it, in order."""
    return {line.area.id: tuple(area.id for area in line.behind) for line in reported.lines}


def _behind_text(line: ReportedLine) -> str:
    return _("made of {areas}").format(areas=", ".join(f"{area.code} {area.title}" for area in line.behind))
