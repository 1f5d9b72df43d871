"""The parts of the quick wins: what was done with its effect, what was closed, figures before and after, good practice, photos."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from qma_app.design import LIGHT
from qma_app.domain.effect import effect_words, sample_limit_words
from qma_app.domain.verification import Effect, VerificationKind
from qma_app.domain.wording import effect_title, grade_title, verification_title
from qma_app.i18n import _, day_text, number_text
from qma_app.reports.actions.blocks import EFFECT_COLOURS, figures_row, plain_table
from qma_app.reports.actions.files import pair_block
from qma_app.reports.actions.values import ActionPart, CheckPart, Frame, PairPart
from qma_app.reports.actions.words import kpi_line, months_text
from qma_app.reports.blocks import Block, Stack
from qma_app.reports.kit import Kit
from qma_app.reports.marks import Badge
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.principal.moved import KpiMove, side_texts
from qma_app.reports.styles import CELL, CELL_NUMBER, CELL_QUIET, CELL_STRONG
from qma_app.reports.year.values import FindingLine

_NUMBER: Final = 38.0
_DAY: Final = 66.0
_HALF: Final = (CONTENT_WIDTH - _NUMBER - _DAY - 30) / 2


@dataclass(frozen=True, kw_only=True, slots=True)
class WinsPaper:
    """Everything the quick wins show; `first` to `last` are the ninety days, both included."""

    frame: Frame
    first: date
    last: date
    actions: tuple[ActionPart, ...]
    closed: tuple[FindingLine, ...]
    practices: tuple[FindingLine, ...]
    moves: tuple[KpiMove, ...]
    pairs: tuple[PairPart, ...]


def last_check(part: ActionPart) -> CheckPart | None:
    """The last check of an action that was made."""
    made = [one for one in part.checks if one.verification.is_made]
    return made[-1] if made else None


def add_figures(kit: Kit, paper: WinsPaper) -> None:
    """How much was done, how much of it was shown to work, how much was closed."""
    shown = sum(_effect(one) is Effect.EFFECTIVE for one in paper.actions)
    figures = (
        (number_text(len(paper.actions)), LIGHT.text, _("actions done")),
        (number_text(shown), LIGHT.ok, _("of them shown to work")),
        (number_text(len(paper.closed)), LIGHT.text, _("findings closed")),
        (number_text(len(paper.practices)), LIGHT.text, _("good practices seen")),
    )
    kit.flow.add(figures_row(kit, figures), before=10)


def _effect(part: ActionPart) -> Effect | None:
    """What its last check showed; an effect that was noted without a check counts as shown."""
    check = last_check(part)
    if check is not None:
        return check.verification.effect
    return Effect.EFFECTIVE if part.action.effective_on is not None else None


def add_actions(kit: Kit, paper: WinsPaper) -> None:
    """Those shown to work first, then those nobody has checked, then those that did not work."""
    kit.heading(_("What was done, and its effect"), level=1)
    if not paper.actions:
        kit.paragraph(_("No action was done in this time."), CELL, before=1)
        return
    order = (Effect.EFFECTIVE, None, Effect.NOT_SHOWN, Effect.WORSE)
    parts = sorted(paper.actions, key=lambda one: order.index(_effect(one)))
    rows = [_action(kit, part) for part in parts]
    titles = (_("No."), _("Action"), _("Effect"), _("Done"))
    kit.flow.add(plain_table(kit, titles, (_NUMBER, _HALF, _HALF, _DAY), rows), before=1)


def _action(kit: Kit, part: ActionPart) -> list[Block | None]:
    action, where = part.action, part.action.label
    said: list[Block] = [kit.words(action.what or "–", CELL, where=where)]
    who = " · ".join(filter(None, (part.owner, ", ".join(each.finding.label for each in part.served))))
    if who:
        said.append(kit.words(who, CELL_QUIET, where=where))
    day = action.done_on or action.effective_on
    return [
        kit.words(action.label, CELL_NUMBER),
        Stack(said, gap=1),
        _effect_block(kit, part),
        kit.words(day_text(day) if day else "–", CELL_QUIET),
    ]


def _effect_block(kit: Kit, part: ActionPart) -> Block:
    effect, check = _effect(part), last_check(part)
    if effect is None:
        return kit.words(_("not checked yet: nothing is claimed"), CELL_QUIET)
    blocks: list[Block] = [Badge(kit.setter, effect_title(effect), EFFECT_COLOURS[effect], line_height=12)]
    lines = [*_effect_lines(check)] if check is not None else [_("noted without a check")]
    blocks += [kit.words(line, CELL, where=part.action.label) for line in lines]
    return Stack(blocks, gap=1)


def _effect_lines(check: CheckPart) -> Iterator[str]:
    """How it was seen, with the figures where there are any."""
    made = check.verification
    day = day_text(made.verified_on) if made.verified_on else ""
    yield " · ".join(filter(None, (verification_title(made.kind), day)))
    if made.kind is VerificationKind.SAMPLE and made.size is not None and made.failing is not None:
        yield sample_limit_words(made.size, made.failing) + "."
    if check.change is not None and check.kpi is not None:
        move = KpiMove(kpi=check.kpi, before=None, after=None, change=check.change)
        first, then = side_texts(move)
        yield _("{kpi}: before {first}, after {second}").format(
            kpi=kpi_line(made.kpi, check.kpi), first=first, second=then
        )
        yield _("By the figures: {words}").format(words=effect_words(check.change, check.kpi.direction))
    if made.words:
        yield made.words


def add_closed(kit: Kit, paper: WinsPaper) -> None:
    """The findings that were closed, nothing where none was."""
    if paper.closed:
        kit.heading(_("Findings that were closed"), level=1)
        kit.flow.add(_findings(kit, paper.closed, with_closing=True), before=1)


def add_practices(kit: Kit, paper: WinsPaper) -> None:
    """What the house does well and others can copy."""
    if paper.practices:
        kit.heading(_("Good practice that was seen"), level=1)
        kit.flow.add(_findings(kit, paper.practices, with_closing=False), before=1)


def _findings(kit: Kit, lines: Sequence[FindingLine], *, with_closing: bool) -> Block:
    rows = [_finding(kit, line, with_closing=with_closing) for line in lines]
    titles = (
        _("No."),
        _("Finding") if with_closing else _("Good practice"),
        _("Closed with") if with_closing else _("Where"),
        _("Day"),
    )
    return plain_table(kit, titles, (_NUMBER, _HALF, _HALF, _DAY), rows)


def _finding(kit: Kit, line: FindingLine, *, with_closing: bool) -> list[Block | None]:
    finding, point = line.finding, line.checkpoint
    place = f"{point.number} {point.statement}" if point else ""
    day = finding.closed_on if with_closing else finding.seen_on
    said: list[Block] = [kit.words(finding.statement or "–", CELL, where=finding.label)]
    if with_closing:
        said.append(kit.words(grade_title(finding.grade), CELL_QUIET))
    words = finding.closing_note if with_closing else place or finding.place
    return [
        kit.words(finding.label, CELL_NUMBER),
        Stack(said, gap=1),
        kit.words(words or place or "–", CELL_QUIET, where=finding.label),
        kit.words(day_text(day) if day else "–", CELL_QUIET),
    ]


def add_moves(kit: Kit, paper: WinsPaper) -> None:
    """Figures before and after; those that cannot be compared are named."""
    kit.heading(_("Figures before and after"), level=1)
    compared = [one for one in paper.moves if one.change is not None]
    if compared:
        rows = [_kpi(kit, one) for one in compared]
        wide = (CONTENT_WIDTH - 150 - 30) / 3
        titles = (_("Figure"), _("Before"), _("After"), _("What the figures say"))
        kit.flow.add(plain_table(kit, titles, (150.0, wide, wide, wide), rows), before=1)
        kit.quiet(
            _(
                "That a figure moved does not show by itself what moved it: the actions above say what was changed."
            ),
            before=4,
        )
    else:
        kit.paragraph(_("No figure was read both before and after: nothing is claimed."), CELL, before=1)
    left = ", ".join(one.kpi.code for one in paper.moves if one.change is None)
    if left:
        kit.quiet(_("Read only before or only after: {codes}.").format(codes=left), before=3)


def _kpi(kit: Kit, move: KpiMove) -> list[Block | None]:
    first, then = side_texts(move)
    where = move.kpi.code
    before, after = (months_text(*span) if span else "" for span in (move.before, move.after))
    return [
        kit.words(kpi_line(move.kpi.code, move.kpi), CELL_STRONG, where=where),
        Stack([kit.words(first, CELL), kit.words(before, CELL_QUIET)]),
        Stack([kit.words(then, CELL), kit.words(after, CELL_QUIET)]),
        kit.words(move.words, CELL),
    ]


def add_pairs(kit: Kit, paper: WinsPaper) -> None:
    """Photos of the same thing, before and after."""
    if paper.pairs:
        kit.heading(_("To be seen"), level=1)
        for pair in paper.pairs:
            kit.flow.add(pair_block(kit, pair), before=6)
