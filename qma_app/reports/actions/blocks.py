"""What an action looks like on paper: its four steps, its card, its checks; and the big figures above a plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from qma_app.design import LIGHT
from qma_app.domain.action import Action, Stage
from qma_app.domain.verification import Effect
from qma_app.domain.wording import effect_title, stage_title
from qma_app.i18n import _, day_text, ngettext
from qma_app.reports.actions.check_words import check_figures, check_title
from qma_app.reports.actions.values import ActionPart, CheckPart
from qma_app.reports.actions.words import (
    due_line,
    goal_line,
    kpi_line,
    money_line,
    problem_line,
    reading_text,
    served_line,
    stage_days,
    value_line,
)
from qma_app.reports.blocks import Block, Gap, Rule, Stack, Together
from qma_app.reports.fonts import Face
from qma_app.reports.kit import Kit
from qma_app.reports.marks import Badge
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.paper import EvidenceEntry
from qma_app.reports.sheet import Sheet
from qma_app.reports.styles import (
    BODY_STRONG,
    CAP_HEIGHT,
    CELL,
    CELL_QUIET,
    CELL_STRONG,
    FIGURE_MEDIUM,
    LABEL,
    Align,
    TextStyle,
)
from qma_app.reports.tables import Row, Table, side_by_side
from qma_app.reports.text import Typesetter

EFFECT_COLOURS: Final = {Effect.EFFECTIVE: LIGHT.ok, Effect.NOT_SHOWN: LIGHT.warn, Effect.WORSE: LIGHT.bad}
LABEL_WIDTH: Final = 96.0
_STEP: Final = TextStyle(face=Face.SEMIBOLD, size=7.2, leading=13.0)
_DAY: Final = TextStyle(size=6.8, leading=9.4, colour=LIGHT.muted)
_BAR: Final = 13.0
_TALL: Final = 210.0
"""A higher card may be broken over two pages."""


class Steps(Block):
    """Plan, do, check and act as four fields, those behind in green, the present one in blue, with the days below."""

    def __init__(self, setter: Typesetter, action: Action) -> None:
        self._setter = setter
        self._action = action

    def height(self, width: float) -> float:
        return _BAR + _DAY.leading + 2

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        order = tuple(Stage)
        now = order.index(self._action.stage)
        wide = (width - 9) / 4
        for place, (stage, day) in enumerate(stage_days(self._action)):
            is_reached = place < now or self._action.effective_on is not None
            fill = LIGHT.ok if is_reached else LIGHT.accent if place == now else LIGHT.raised
            left = x + place * (wide + 3)
            sheet.box(left, top - _BAR, wide, _BAR, fill=fill, radius=2)
            style = _STEP.in_colour(LIGHT.muted if fill == LIGHT.raised else LIGHT.surface)
            title = self._setter.one_line(stage_title(stage), style, wide - 6)
            sheet.line(
                title,
                style,
                left + wide / 2,
                top - _BAR / 2 - style.size * CAP_HEIGHT / 2,
                align=Align.CENTRE,
            )
            if day:
                line = self._setter.one_line(day, _DAY, wide)
                sheet.lines((line,), _DAY, left, top - _BAR - 2, wide)


def action_card(kit: Kit, part: ActionPart, *, with_findings: bool = True) -> Block:
    """One action with everything that is known of it."""
    action = part.action
    state = CELL_STRONG.in_colour(LIGHT.bad) if part.is_overdue else CELL_QUIET
    marks = [*_marks(kit, part)]
    widths = [badge.width() for badge in marks]
    rest = CONTENT_WIDTH - 38 - sum(widths) - 190 - 8 * (len(marks) + 2)
    line = side_by_side(
        (
            kit.words(action.label, CELL_STRONG),
            *marks,
            kit.words(part.owner or _("no owner yet"), CELL_STRONG, where=f"{action.label}, {_('Owner')}"),
            kit.words(due_line(part), state.aligned(Align.END)),
        ),
        (38, *widths, rest, 190),
        gutter=8,
    )
    head: list[Block] = [
        Rule(LIGHT.control_edge),
        Gap(5),
        line,
        Gap(2),
        kit.words(action.what, BODY_STRONG, where=f"{action.label}, {_('What')}"),
        Gap(4),
    ]
    if not action.is_dropped and not action.is_proposal:
        head += [Steps(kit.setter, action), Gap(2)]
    whole = Stack([Together(Stack(head)), _facts(kit, part, with_findings=with_findings)], heads=True)
    return Together(whole, tall=_TALL)


def _marks(kit: Kit, part: ActionPart) -> Iterator[Badge]:
    if part.action.is_proposal:
        yield Badge(kit.setter, _("proposal"), LIGHT.accent)
    if part.action.is_dropped:
        yield Badge(kit.setter, _("given up"), LIGHT.muted)
    if part.is_heavy and not part.is_settled:
        yield Badge(kit.setter, _("comes first"), LIGHT.bad)


def _facts(kit: Kit, part: ActionPart, *, with_findings: bool) -> Table:
    action = part.action
    findings: list[Block] = [kit.words(served_line(each), CELL, where=action.label) for each in part.served]
    has_figures = action.problem_figure is not None or action.goal_figure is not None
    written_name = action.owner if action.owner.strip() != part.owner else ""
    rows: list[tuple[str, str | Block]] = [
        (_("Owner as written"), written_name),
        (_("Serves"), Stack(findings, gap=2) if findings and with_findings else ""),
        (_("Problem"), problem_line(part)),
        (_("Goal"), goal_line(part)),
        (_("Unit"), "" if has_figures else action.unit),
        (_("Figure to move"), kpi_line(action.kpi, part.kpi)),
        (_("Readings so far"), "; ".join(map(reading_text, part.readings))),
        (_("How we will know"), action.proof),
        (_("Value and effort"), value_line(part)),
        (_("Money a year"), money_line(part)),
        (_("Check from"), day_text(action.check_on) if action.check_on and action.done_on else ""),
        (_("Written down"), _written(action)),
        (_("Checks"), Stack([check_block(kit, each) for each in part.checks], gap=4) if part.checks else ""),
        (_("Back to plan"), reopened_words(action.reopened)),
        (_("Proposed"), _proposed(part)),
        (_("Given up"), _dropped(action)),
        (_("Note"), action.note),
        (_("Evidence"), evidence_names(part.evidence)),
    ]
    return kit.facts(rows, label_width=LABEL_WIDTH, padding=1.6, rule=None, where=action.label)


def check_block(kit: Kit, part: CheckPart) -> Block:
    """One check: how, when, by whom, what it showed, its figures and the words to it."""
    check = part.verification
    where = _("check")
    title = kit.words(check_title(part), CELL_STRONG, where=where)
    head: Block = title
    if check.effect is not None:
        badge = Badge(
            kit.setter,
            effect_title(check.effect),
            EFFECT_COLOURS[check.effect],
            line_height=12,
            is_filled=True,
        )
        wide = CONTENT_WIDTH - LABEL_WIDTH - 12 - badge.width() - 10
        head = side_by_side((title, badge), (wide, badge.width()), gutter=10)
    blocks: list[Block] = [head]
    blocks += [kit.words(line, CELL, where=where) for line in check_figures(part)]
    if check.words:
        blocks.append(kit.words(check.words, CELL, where=where))
    if check.reason:
        said = _("Decided otherwise than the figures suggest: {words}").format(words=check.reason)
        blocks.append(kit.words(said, CELL, where=where))
    if part.evidence:
        said = _("Evidence: {words}").format(words=evidence_names(part.evidence))
        blocks.append(kit.words(said, CELL_QUIET, where=where))
    return Stack(blocks)


def evidence_names(entries: Sequence[EvidenceEntry]) -> str:
    """Number and name of each file."""
    return ", ".join(f"{entry.label} {entry.evidence.name}" for entry in entries)


def reopened_words(count: int) -> str:
    """How often a check showed no effect; "" for never."""
    if not count:
        return ""
    return ngettext("{count} check without effect", "{count} checks without effect", count).format(
        count=count
    )


def _written(action: Action) -> str:
    if action.standardised_on is None:
        return action.standardised_in
    since = _("since {day}").format(day=day_text(action.standardised_on))
    return ", ".join(filter(None, (action.standardised_in, since)))


def _proposed(part: ActionPart) -> str:
    said = []
    if part.action.proposed_by:
        said.append(_("by {name}").format(name=part.action.proposed_by))
    if part.from_checkpoint is not None:
        point = part.from_checkpoint
        said.append(_("by the standard at {number}").format(number=f"{point.number} {point.statement}"))
    return " · ".join(said)


def _dropped(action: Action) -> str:
    if action.dropped_on is None:
        return action.dropped_reason
    day = day_text(action.dropped_on)
    return f"{day}: {action.dropped_reason}" if action.dropped_reason else day


def figures_row(kit: Kit, figures: Sequence[tuple[str, str, str]]) -> Table:
    """Big figures side by side: the figure, its colour, and what it counts."""
    wide = (CONTENT_WIDTH - 16 * (len(figures) - 1)) / max(1, len(figures))
    cells = [
        Stack([kit.words(figure, FIGURE_MEDIUM.in_colour(colour)), kit.words(name, CELL_QUIET)])
        for figure, colour, name in figures
    ]
    return side_by_side(cells, (wide,) * len(figures), gutter=16)


def label_above(kit: Kit, name: str, block: Block) -> Block:
    """A small name over a block."""
    return Stack([kit.words(name, LABEL), Gap(2), block], heads=True)


def plain_table(
    kit: Kit, titles: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[Block | None]]
) -> Table:
    """Rows of ready cells under a head."""
    return Table(widths, [Row(tuple(row), padding=3) for row in rows], head=kit.head_row(titles))
