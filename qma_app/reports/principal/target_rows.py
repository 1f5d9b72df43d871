"""The targets on the first page of the progress report: start, now and goal, how much was read, and what the figures say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest
from typing import Final

from qma_app.design import LIGHT
from qma_app.domain.target import Gain
from qma_app.domain.wording import gain_title
from qma_app.i18n import _, ngettext
from qma_app.reports.actions.words import figure_text, kpi_line, month_text
from qma_app.reports.blocks import Block, Stack
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.principal.moved import value_text
from qma_app.reports.principal.squeeze import Try
from qma_app.reports.principal.values import TargetNow
from qma_app.reports.styles import CELL, CELL_QUIET, CELL_STRONG, LABEL, Align
from qma_app.reports.tables import Row, Table

_GAIN, _FIGURE, _WORDS = 66.0, 50.0, 108.0
_KPI: Final = CONTENT_WIDTH - _GAIN - 3 * _FIGURE - _WORDS - 40
_TARGET_WIDTHS: Final = (_GAIN, _KPI, _FIGURE, _FIGURE, _FIGURE, _WORDS)


def target_blocks(tried: Try) -> Iterator[Block]:
    """A row each, or that there is none."""
    targets = _in_turn(tried.paper.targets)
    if not targets:
        yield tried.kit.words(_("No target is agreed yet."), CELL)
        return
    shown = sorted(targets[: tried.squeeze.targets], key=tried.paper.targets.index)
    rows = [_target(tried, one) for one in shown]
    end, start = LABEL.aligned(Align.END), LABEL
    names = (
        (_("For"), start),
        (_("Figure"), start),
        (_("Start"), end),
        (_("Now"), end),
        (_("Goal"), end),
        (_("In honest words"), start),
    )
    head = Row(
        tuple(
            tried.words(name, style, width, where=_("Targets"), most=1)
            for (name, style), width in zip(names, _TARGET_WIDTHS, strict=True)
        ),
        padding=2,
        rule=LIGHT.control_edge,
    )
    yield Table(_TARGET_WIDTHS, rows, head=head, gutter=8)
    if len(targets) > len(shown):
        yield tried.kit.words(tried.more(len(targets) - len(shown)), CELL_QUIET)


def _target(tried: Try, one: TargetNow) -> Row:
    target, kpi, where = one.part.target, one.part.kpi, _("Targets")
    now = value_text(kpi, one.now) if kpi is not None and one.now is not None else "–"
    month = month_text(one.month) if one.month is not None else ""
    words = ngettext("{read} of {months} month read", "{read} of {months} months read", one.months)
    read = words.format(read=one.read, months=one.months)
    colour = {True: LIGHT.ok, False: LIGHT.warn, None: LIGHT.muted}[one.is_reached]
    end = CELL.aligned(Align.END)
    start = figure_text(target.start, one.part.unit) or "–"
    cells: tuple[Block, ...] = (
        tried.words(gain_title(target.gain), CELL_STRONG, _GAIN, where=where, most=1),
        tried.words(kpi_line(target.kpi, kpi), CELL, _KPI, where=where, most=2),
        tried.words(start, end, _FIGURE, where=where, most=1),
        Stack(
            [
                tried.words(now, CELL_STRONG.aligned(Align.END), _FIGURE, where=where, most=1),
                tried.words(month, CELL_QUIET.aligned(Align.END), _FIGURE, where=where, most=1),
            ]
        ),
        tried.words(figure_text(target.goal, one.part.unit), end, _FIGURE, where=where, most=1),
        Stack(
            [
                tried.words(one.words, CELL.in_colour(colour), _WORDS, where=where, most=2),
                tried.words(read, CELL_QUIET, _WORDS, where=where, most=min(2, tried.squeeze.lines)),
            ]
        ),
    )
    return Row(cells, padding=2)


def _in_turn(targets: Sequence[TargetNow]) -> list[TargetNow]:
    """One for each gain first, so that none of the three is cut off before the others."""
    by_gain = ([one for one in targets if one.part.target.gain is gain] for gain in Gain)
    return [one for one in chain.from_iterable(zip_longest(*by_gain)) if one is not None]
