"""Gives table, radar and curve of the trends their figures, all from the same reading."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from qma_app import design
from qma_app.design import Palette
from qma_app.domain.levels import bounds_of, shown_level
from qma_app.domain.wording import kind_title
from qma_app.i18n import _, day_text, level_text, ngettext, number_text
from ui.models.standards_table import TableColumn, TableRow
from ui.models.standing_model import StandingColumn, StandingRow

if TYPE_CHECKING:
    from qma_app.services.trends import TrendLine, TrendsView


def heat_columns(view: TrendsView) -> tuple[StandingColumn, ...]:
    """The assessments as heads."""
    return tuple(
        StandingColumn(
            id=column.assessment.id,
            title=column.label,
            name=f"{kind_title(column.assessment.kind)}, {day_text(column.assessment.started_on)}",
        )
        for column in view.columns
    )


def heat_rows(view: TrendsView) -> tuple[StandingRow, ...]:
    """The areas with their figures, never rounded across a bound."""
    bounds = bounds_of(view.edition.rules)
    return tuple(
        StandingRow(
            id=line.area.id,
            title=str(line.area.title),
            levels=line.levels,
            figures=tuple(shown_level(level, bounds, places=0) for level in line.levels),
            standing=line.standing,
            standing_text=_now_words(view, line),
        )
        for line in view.lines
    )


def _now_words(view: TrendsView, line: TrendLine) -> str:
    if line.standing is None:
        return _("not rated")
    text = _("now {level}").format(level=shown_level(line.standing, bounds_of(view.edition.rules)))
    if line.coverage < view.edition.rules.coverage:
        text += _(", only {share} of its checkpoints rated").format(share=level_text(line.coverage * 100))
    return text


def heat_drawing(view: TrendsView, width: float, palette: Palette) -> Any:
    """The table as a drawing, for a file."""
    from qma_app.charts.heat_map import HeatField, heat_map

    rules = view.edition.rules
    rows = heat_rows(view)
    fields = [
        [
            HeatField(
                figure=figure,
                colour=design.level_colour(level, floor=rules.area_floor, pass_mark=rules.pass_mark),
            )
            for level, figure in zip(row.levels, row.figures, strict=True)
        ]
        for row in rows
    ]
    heads = [(column.label, day_text(column.assessment.started_on)) for column in view.columns]
    return heat_map([row.title for row in rows], heads, fields, width=width, palette=palette)


def radar_drawing(view: TrendsView, before: int, width: float, height: float, palette: Palette) -> Any:
    """The shape of the house now, and in the assessment `before` (its place; -1 = none)."""
    from qma_app.charts.radar import Spoke, radar

    spokes = [
        Spoke(
            label=str(line.area.title),
            now=line.standing,
            before=line.levels[before] if 0 <= before < len(line.levels) else None,
        )
        for line in view.lines
    ]
    return radar(spokes, width=width, height=height, floor=view.edition.rules.area_floor, palette=palette)


def radar_words(view: TrendsView) -> str:
    """The same in a sentence for those who do not see it."""
    bounds = bounds_of(view.edition.rules)
    return "; ".join(f"{line.area.title}: {shown_level(line.standing, bounds)}" for line in view.lines)


def levels_of(view: TrendsView, area_id: str) -> list[tuple[str, str, Fraction | None, bool]]:
    """Label, day, level and whether it is partial for each assessment: of an area, or ("") of the whole."""
    line = next((line for line in view.lines if line.area.id == area_id), None)
    found = []
    for place, column in enumerate(view.columns):
        level = column.overall if line is None else line.levels[place]
        found.append(
            (
                column.label,
                day_text(column.assessment.started_on),
                level,
                line is None and not column.is_whole,
            )
        )
    return found


def trend_drawing(view: TrendsView, area_id: str, width: float, height: float, palette: Palette) -> Any:
    """The way of an area's level, or of the overall one."""
    from qma_app.charts.trend import TrendPoint, trend

    rules = view.edition.rules
    bounds = bounds_of(rules)
    mark = rules.area_floor if area_id else rules.pass_mark
    words = _("floor {mark}") if area_id else _("pass mark {mark}")
    return trend(
        [
            TrendPoint(
                label=label, below=day, level=level, figure=shown_level(level, bounds), is_partial=is_partial
            )
            for label, day, level, is_partial in levels_of(view, area_id)
        ],
        width=width,
        height=height,
        mark=mark,
        mark_label=words.format(mark=level_text(Fraction(mark))),
        palette=palette,
    )


def table_columns(view: TrendsView) -> tuple[TableColumn, ...]:
    """The heads of the table twin."""
    columns = [TableColumn(title=_("Area"), share=3, is_strong=True)]
    columns += [TableColumn(title=column.label, share=1) for column in view.columns]
    return (*columns, TableColumn(title=_("Now"), share=1))


def table_rows(view: TrendsView) -> list[TableRow]:
    """Areas, and the overall level in the last line."""
    bounds = bounds_of(view.edition.rules)
    rows = [
        TableRow(
            key=line.area.id,
            cells=(
                str(line.area.title),
                *(shown_level(level, bounds) for level in line.levels),
                shown_level(line.standing, bounds),
            ),
        )
        for line in view.lines
    ]
    overall = (
        _("Overall"),
        *(shown_level(column.overall, bounds) for column in view.columns),
        shown_level(view.overall, bounds),
    )
    return [*rows, TableRow(key="", cells=overall)]


def summary_words(view: TrendsView) -> str:
    """`4 assessments · 78.4% overall, +26.7 points since the first`."""
    count = len(view.columns)
    words = [ngettext("{count} assessment", "{count} assessments", count).format(count=count)]
    if view.overall is not None:
        bounds = bounds_of(view.edition.rules)
        words.append(_("{level} overall").format(level=shown_level(view.overall, bounds)))
    first = next((column.overall for column in view.columns if column.is_whole), None)
    if first is not None and view.overall is not None and count > 1:
        gain = view.overall - first
        sign = "+" if gain >= 0 else "−"
        points = number_text(abs(gain), 1)
        words.append(_("{gain} points since the first").format(gain=f"{sign}{points}"))
    return " · ".join(words)
