"""How alike coach and auditor read the same checkpoints, overall, by area, and which they read differently."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import Final

from qma_app.domain.agreement import GOAL, Agreement, PointPair
from qma_app.i18n import _, ngettext, number_text, percent_text
from qma_app.reports.actions.blocks import plain_table
from qma_app.reports.auditing.report_values import AuditPart
from qma_app.reports.auditing.words import area_text
from qma_app.reports.blocks import Block
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_WIDTH, HALF
from qma_app.reports.paper import AssessmentPaper
from qma_app.reports.styles import CELL, CELL_NUMBER, CELL_QUIET, CELL_STRONG

_FIGURE: Final = 72.0
_POINTS: Final = 54.0


def add_alike(kit: Kit, paper: AssessmentPaper, audit: AuditPart) -> None:
    """The section; before the closing meeting it only says why there is nothing."""
    kit.section(_("Coach and auditor"), below=HALF)
    found = audit.agreement
    if found is None:
        kit.paragraph(
            _("Shown after the closing meeting, so that neither looks at the other's ratings before."), CELL
        )
        return
    result = found.result
    if not result.overall.count:
        kit.paragraph(_("No checkpoint was rated by both."), CELL)
        return
    kit.paragraph(
        _(
            "The auditor rated without seeing what the coach had given. Weighted kappa counts a difference by the square of the steps between; 1 is full agreement, 0 what chance alone would give. From {goal} on two people are said to read alike. These figures change no rating."
        ).format(goal=number_text(GOAL, 2)),
        CELL,
        before=2,
    )
    rows = [_row(kit, _("Altogether"), result.overall, is_strong=True)]
    known = paper.edition.areas_by_id
    rows += [
        _row(kit, area_text(known[one.area_id]), one.agreement)
        for one in result.areas
        if one.area_id in known
    ]
    name = CONTENT_WIDTH - 4 * (_FIGURE + 10)
    titles = (_("Area"), _("Rated by both"), _("Alike"), _("Weighted kappa"), _("Coach less auditor"))
    kit.flow.add(plain_table(kit, titles, (name, *([_FIGURE] * 4)), rows), before=8)
    kit.quiet(_("A dash: both gave the same points everywhere, so that no kappa can be said."))
    _add_differently(kit, paper, result.differently)
    _add_left_out(kit, paper, audit)


def _row(kit: Kit, name: str, figures: Agreement, *, is_strong: bool = False) -> list[Block | None]:
    style = CELL_STRONG if is_strong else CELL
    raw = "–" if figures.raw is None else percent_text(number_text(figures.raw * 100, 1))
    kappa = "–" if figures.weighted is None else number_text(_cut(figures.weighted), 3)
    difference = "–" if figures.difference is None else _signed(figures.difference)
    texts = (name, number_text(figures.count), raw, kappa, difference)
    return [kit.words(text, style) for text in texts]


def _cut(value: Fraction) -> Fraction:
    """To three places downwards, so that no figure seems to reach the goal that does not."""
    return Fraction(floor(value * 1000), 1000)


def _signed(value: Fraction) -> str:
    figure = number_text(abs(value), 2)
    return f"+{figure}" if value > 0 else f"−{figure}" if value < 0 else figure


def _add_differently(kit: Kit, paper: AssessmentPaper, pairs: tuple[PointPair, ...]) -> None:
    if not pairs:
        kit.paragraph(_("Every checkpoint rated by both was given the same points."), CELL)
        return
    kit.heading(_("Read differently"), level=1)
    rows: list[list[Block | None]] = []
    for pair in pairs:
        point = paper.edition.checkpoints.get(pair.checkpoint_id)
        rows.append(
            [
                kit.words(point.number if point else pair.checkpoint_id, CELL_NUMBER),
                kit.words(point.statement.marked if point else "–", CELL),
                kit.words(number_text(pair.coach), CELL),
                kit.words(number_text(pair.auditor), CELL_STRONG),
            ]
        )
    widths = (54.0, CONTENT_WIDTH - 54 - 2 * _POINTS - 30, _POINTS, _POINTS)
    titles = (_("No."), _("Checkpoint"), _("Coach"), _("Auditor"))
    kit.flow.add(plain_table(kit, titles, widths, rows), before=2)


def _add_left_out(kit: Kit, paper: AssessmentPaper, audit: AuditPart) -> None:
    """What both rated and what counts nowhere here, and why."""
    found = audit.agreement
    if found is None:
        return
    known = paper.edition.checkpoints
    late = [known[id].number for id in found.after_closing if id in known]
    if late:
        said = ngettext(
            "Not compared, since rated again after the closing meeting: {numbers}.",
            "Not compared, since rated again after the closing meeting: {numbers}.",
            len(late),
        )
        kit.flow.add(kit.words(said.format(numbers=", ".join(late)), CELL_QUIET), before=6)
    off = [known[one.checkpoint_id].number for one in found.result.off_scale if one.checkpoint_id in known]
    if off:
        said = _("Not compared, since the coach rated on another scale: {numbers}.")
        kit.flow.add(kit.words(said.format(numbers=", ".join(off)), CELL_QUIET), before=4)
