"""What the first page of the progress report rests on: areas, forecast and gate, promises, actions, and the days ahead."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from reportlab.graphics.shapes import Drawing

from qma_app.charts.heat_map import HeatField, heat_map
from qma_app.design import LIGHT, level_colour
from qma_app.domain.sponsorship import quarter_text
from qma_app.i18n import _, day_text, level_text, number_text
from qma_app.reports.actions.blocks import figures_row, plain_table
from qma_app.reports.actions.values import ActionPart
from qma_app.reports.actions.words import due_line
from qma_app.reports.blocks import Block, Chart
from qma_app.reports.kit import Kit
from qma_app.reports.marks import Badge
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.principal.ahead import DAYS
from qma_app.reports.principal.gate import gate_table
from qma_app.reports.principal.lines import add_more, clipped
from qma_app.reports.principal.values import AheadKind, AheadLine, AreaMove, PrincipalPaper
from qma_app.reports.styles import CELL, CELL_NUMBER, CELL_QUIET, CELL_STRONG
from qma_app.reports.year.promises import promise_table

MOST: Final = 20
"""A list of the report is cut behind so many rows; the rest is counted."""
_DAY: Final = 66.0
_FEW: Final = 6
_NAMES: Final = 0.38
"""The share of the names of areas in the heat table, where few columns leave the room."""


def add_areas(kit: Kit, paper: PrincipalPaper) -> None:
    """The heat table, the areas left out, where the score leads, and the gate."""
    kit.section(_("Areas"), may_follow=False)
    shown = [one for one in paper.areas if not one.left_out]
    if not any(level is not None for one in shown for level in one.levels):
        kit.paragraph(_("No area is rated yet."), CELL, before=4)
    else:
        kit.flow.add(Chart(kit.setter, _heat_map(paper, shown)), before=4)
        kit.quiet(
            _("What stood after each assessment, by the standard of today. Grey: too little was rated."),
            before=4,
        )
    left_out = [
        (f"{one.area.code} {one.area.title}", kit.words(one.left_out, CELL, where=one.area.code))
        for one in paper.areas
        if one.left_out
    ]
    if left_out:
        kit.minor_heading(_("Left out, and why"))
        kit.flow.add(kit.facts(left_out, label_width=150, padding=2), before=2)
    _add_forecast(kit, paper)
    if paper.gate is not None:
        kit.heading(_("The next gate: {phase}").format(phase=paper.gate.title), level=1)
        kit.flow.add(gate_table(kit, paper.gate), before=1)


def _heat_map(paper: PrincipalPaper, areas: Sequence[AreaMove]) -> Drawing:
    rules = paper.frame.edition.rules
    return heat_map(
        [f"{one.area.code} {one.area.title}" for one in areas],
        paper.labels,
        [
            [
                HeatField(
                    figure="–" if level is None else number_text(level, 1),
                    colour=level_colour(level, floor=rules.area_floor, pass_mark=rules.pass_mark),
                )
                for level in one.levels
            ]
            for one in areas
        ],
        width=CONTENT_WIDTH,
        label_share=_NAMES if len(paper.labels) <= _FEW else 0.3,
    )


def _add_forecast(kit: Kit, paper: PrincipalPaper) -> None:
    course = paper.course
    kit.heading(_("Where it leads"), level=1)
    if paper.audited_on is not None:
        words = _("The certification audit was completed on {day}: nothing is foretold any more.")
        kit.paragraph(words.format(day=day_text(paper.audited_on)), CELL, before=1)
        return
    forecast = course.forecast
    if forecast is None:
        kit.paragraph(_("Nothing can be foretold before the whole house was assessed twice."), CELL, before=1)
    else:
        kit.paragraph(forecast.words, CELL, before=1)
        kit.paragraph(forecast_words(paper), CELL_STRONG, before=2)
    burn = course.burn
    if burn is not None:
        said = _("{rate} checkpoints a month pass, {left} are left.")
        if not burn.rate:
            said = _("No further checkpoint passed over the last whole months, {left} are left.")
        said = said.format(rate=number_text(burn.rate, 1), left=burn.left)
        if burn.done_on is not None and burn.left:
            said += " " + _("At this pace the last one passes on {day}.").format(day=day_text(burn.done_on))
        kit.paragraph(said, CELL.in_colour(LIGHT.bad) if burn.is_late else CELL, before=2)


def forecast_words(paper: PrincipalPaper) -> str:
    """Whether the range holds the pass mark; "" where nothing can be foretold."""
    forecast = paper.course.forecast
    if forecast is None:
        return ""
    mark = level_text(Fraction(paper.course.pass_mark))
    if forecast.low >= paper.course.pass_mark:
        return _("The whole range lies at or above the pass mark of {mark}.").format(mark=mark)
    if forecast.high < paper.course.pass_mark:
        return _("The whole range lies below the pass mark of {mark}.").format(mark=mark)
    return _("The pass mark of {mark} lies within the range: it is open.").format(mark=mark)


def add_promises(kit: Kit, paper: PrincipalPaper) -> None:
    """How promises were kept, what is open, what was settled since."""
    kit.heading(_("Promises"), level=0, before=24)
    book = paper.book
    share = "–" if book.kept_share is None else level_text(book.kept_share)
    figures = (
        (share, LIGHT.text, _("of the dealership's kept in time")),
        (number_text(book.late), LIGHT.bad if book.late else LIGHT.text, _("late")),
        (number_text(book.kept_late), LIGHT.text, _("kept late")),
        (number_text(book.broken), LIGHT.bad if book.broken else LIGHT.text, _("broken")),
    )
    kit.flow.add(figures_row(kit, figures), before=4)
    trend = "; ".join(
        _("{quarter}: {kept} of {due}").format(quarter=quarter_text(one.quarter), kept=one.kept, due=one.due)
        for one in book.trend[-8:]
    )
    if trend:
        kit.quiet(_("Kept in time by quarter: {list}.").format(list=trend), before=4)
    for name, lines, none in (
        (_("Open"), paper.open_promises, _("No promise is open.")),
        (_("Settled since {day}").format(day=day_text(paper.since)), paper.settled, _("None.")),
    ):
        kit.minor_heading(name)
        if lines:
            kit.flow.add(promise_table(kit, lines[:MOST]), before=1)
            add_more(kit, len(lines) - MOST)
        else:
            kit.paragraph(none, CELL, before=1)


def add_actions(kit: Kit, paper: PrincipalPaper) -> None:
    """Overdue first, then what was shown to work, then what was done."""
    kit.heading(_("Actions"), level=0, before=24)
    actions, since = paper.actions, day_text(paper.since)
    figures = (
        (number_text(actions.open), LIGHT.text, _("open")),
        (
            number_text(len(actions.overdue)),
            LIGHT.bad if actions.overdue else LIGHT.text,
            _("of them overdue"),
        ),
        (number_text(len(actions.done)), LIGHT.text, _("done since {day}").format(day=since)),
        (number_text(len(actions.effective)), LIGHT.ok, _("shown to work since {day}").format(day=since)),
    )
    kit.flow.add(figures_row(kit, figures), before=4)
    for name, parts in (
        (_("Overdue"), actions.overdue),
        (_("Shown to work since {day}").format(day=since), actions.effective),
        (_("Done since {day}, effect not yet shown").format(day=since), actions.done),
    ):
        if parts:
            kit.minor_heading(name)
            rows = [_action(kit, one) for one in parts[:MOST]]
            widths = (38.0, CONTENT_WIDTH - 38 - 90 - 124 - 30, 90.0, 124.0)
            titles = (_("No."), _("Action"), _("Owner"), _("State"))
            kit.flow.add(plain_table(kit, titles, widths, rows), before=1)
            add_more(kit, len(parts) - MOST)


def _action(kit: Kit, part: ActionPart) -> list[Block | None]:
    action = part.action
    state = CELL_QUIET.in_colour(LIGHT.bad) if part.is_overdue else CELL_QUIET
    return [
        kit.words(action.label, CELL_NUMBER),
        clipped(kit, action.what, CELL, where=action.label, most=3),
        kit.words(part.owner or _("no owner yet"), CELL, where=action.label),
        kit.words(due_line(part), state),
    ]


def add_ahead(kit: Kit, paper: PrincipalPaper) -> None:
    """Day by day."""
    kit.heading(_("The next {days} days").format(days=DAYS), level=0, before=24)
    if not paper.ahead:
        kit.paragraph(_("Nothing is planned."), CELL, before=2)
        return
    shown = _shown(paper.ahead)
    rows = [_ahead(kit, one) for one in shown]
    widths = (56.0, 78.0, CONTENT_WIDTH - 56 - 78 - 90 - 30, 90.0)
    titles = (_("Day"), "", _("What"), _("Who"))
    kit.flow.add(plain_table(kit, titles, widths, rows), before=2)
    add_more(kit, len(paper.ahead) - len(shown))


def _shown(lines: Sequence[AheadLine]) -> list[AheadLine]:
    """All visits, milestones and targets, and of what falls due as much as there is room for, the next first."""
    due = [one for one in lines if one.kind in (AheadKind.ACTION, AheadKind.PROMISE)]
    room = max(0, MOST - (len(lines) - len(due)))
    cut = {id(one) for one in due[room:]}
    return [one for one in lines if id(one) not in cut]


def _ahead(kit: Kit, line: AheadLine) -> list[Block | None]:
    name, colour = {
        AheadKind.VISIT: (_("visit"), LIGHT.accent),
        AheadKind.MILESTONE: (_("milestone"), LIGHT.text),
        AheadKind.ACTION: (_("action due"), LIGHT.muted),
        AheadKind.PROMISE: (_("promise due"), LIGHT.warn),
        AheadKind.TARGET: (_("target due"), LIGHT.ok),
    }[line.kind]
    where = _("ahead")
    return [
        kit.words(day_text(line.on), CELL_QUIET),
        Badge(kit.setter, name, colour, line_height=12),
        clipped(kit, line.words, CELL, where=where, most=2),
        kit.words(line.who or "–", CELL_QUIET, where=where),
    ]
