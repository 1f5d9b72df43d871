"""The causes of a finding on paper: a numbered tree, the same read back as "therefore", and the fishbone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from reportlab.graphics.shapes import Drawing, Group

from qma_app.charts.fishbone import fishbone
from qma_app.design import LIGHT
from qma_app.domain.cause import Cause
from qma_app.domain.cause_rules import CauseTree, therefore_lines
from qma_app.domain.edition import Edition
from qma_app.i18n import _
from qma_app.reports.actions.values import FindingPaper
from qma_app.reports.blocks import Block, Chart, Framed, Gap, Stack
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_HEIGHT, CONTENT_WIDTH
from qma_app.reports.sheet import Sheet
from qma_app.reports.styles import CELL, CELL_NUMBER, CELL_QUIET, CELL_STRONG
from qma_app.reports.tables import Row, Table

_INDENT: Final = 14.0
_MOST_INDENT: Final = 150.0
_SCALES: Final = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
"""How much smaller a fishbone may be drawn to stay on one page; beyond that it could not be read."""


def add_causes(kit: Kit, paper: FindingPaper) -> None:
    """All three, where causes were written; else what is still missing."""
    tree = CauseTree(paper.causes)
    if not tree and not paper.cause_words:
        return
    kit.heading(_("Why it happened"), level=1, before=22)
    if tree:
        kit.flow.add(_tree(kit, paper.frame.edition, tree), before=2)
        _add_readings(kit, paper, tree)
    for words in paper.cause_words:
        kit.quiet(_("Still missing: {words}").format(words=words))
    if tree:
        _add_fishbone(kit, paper, tree)


def category_titles(edition: Edition) -> dict[str, str]:
    """The titles of the categories, and under "" the one for causes without any."""
    return {each.id: str(each.title) for each in edition.cause_categories} | {"": _("no category yet")}


def _tree(kit: Kit, edition: Edition, tree: CauseTree) -> Table:
    categories = category_titles(edition)
    origins = {each.id: str(each.title) for each in edition.origins}
    roots = {root.id for root in tree.roots}
    rows = []
    for number, cause in _numbered(tree):
        indent = min(_MOST_INDENT, (tree.depth_of(cause.id) - 1) * _INDENT)
        is_root = cause.id in roots
        said = Stack(
            [
                kit.words(cause.words or "–", CELL_STRONG if is_root else CELL, where=_("cause {number}").format(number=number)),
                *([kit.words(_("Root cause: the owner can change this"), CELL_QUIET.in_colour(LIGHT.ok))] if is_root else []),
                *([kit.words(_("The owner can change this"), CELL_QUIET)] if cause.is_changeable and not is_root else []),
            ]
        )  # fmt: skip
        rows.append(
            Row(
                (
                    kit.words(number, CELL_NUMBER),
                    Indented(said, indent),
                    kit.words(categories.get(cause.category, cause.category), CELL_QUIET),
                    kit.words(origins.get(cause.origin, cause.origin or "–"), CELL_QUIET),
                ),
                padding=3,
            )
        )
    widths = (40.0, CONTENT_WIDTH - 40 - 92 - 84 - 30, 92.0, 84.0)
    return Table(widths, rows, head=kit.head_row((_("No."), _("Why?"), _("Category"), _("Origin"))))


class Indented(Block):
    """A block that begins further in."""

    def __init__(self, block: Block, indent: float) -> None:
        self._block = block
        self._indent = indent

    def height(self, width: float) -> float:
        return self._block.height(width - self._indent)

    def least(self, width: float) -> float:
        return self._block.least(width - self._indent)

    def split(
        self, width: float, room: float, *, is_forced: bool = False
    ) -> tuple[Block | None, Block | None]:
        head, rest = self._block.split(width - self._indent, room, is_forced=is_forced)
        return (
            Indented(head, self._indent) if head else None,
            Indented(rest, self._indent) if rest else None,
        )

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        self._block.draw(sheet, x + self._indent, top, width - self._indent)


def _numbered(tree: CauseTree) -> Iterator[tuple[str, Cause]]:
    """Each cause with its number: 1, 1.1, 1.1.1, 2."""
    waiting = [(str(place), cause) for place, cause in enumerate(tree.children_of(None), 1)][::-1]
    while waiting:
        number, cause = waiting.pop()
        yield number, cause
        below = [(f"{number}.{place}", each) for place, each in enumerate(tree.children_of(cause.id), 1)]
        waiting += below[::-1]


def _add_readings(kit: Kit, paper: FindingPaper, tree: CauseTree) -> None:
    numbers: Mapping[str, str] = {cause.id: number for number, cause in _numbered(tree)}
    branches = [path for path in tree.branches if path[-1].is_changeable]
    if not branches:
        return
    kit.minor_heading(_("Read back from the root"), before=12)
    for path in branches:
        lines = therefore_lines(paper.finding.statement, path)
        blocks: list[Block] = [kit.words(numbers[path[-1].id], CELL_NUMBER)]
        blocks += [kit.words(line, CELL, where=_("causes")) for line in lines]
        kit.flow.add(Framed(Stack(blocks, heads=True), padding=(1, 12), bar=LIGHT.ok), before=6)


def _add_fishbone(kit: Kit, paper: FindingPaper, tree: CauseTree) -> None:
    chart = fitted_fishbone(tree, paper.finding.statement, category_titles(paper.frame.edition))
    if chart is None:
        kit.quiet(_("There are too many causes for a drawing on one page; the list above has them all."))
        return
    kit.flow.add(Stack([Gap(4), Chart(kit.setter, chart)]), before=10)


def fitted_fishbone(tree: CauseTree, statement: str, categories: Mapping[str, str]) -> Drawing | None:
    """The fishbone across the page, made smaller where it would be higher than one; None where it could not be read any more."""
    for scale in _SCALES:
        drawn = fishbone(tree, statement, categories, width=CONTENT_WIDTH * scale)
        if drawn.height / scale <= CONTENT_HEIGHT - 20:
            if scale == 1.0:
                return drawn
            smaller = Drawing(CONTENT_WIDTH, drawn.height / scale)
            smaller.add(Group(*drawn.contents, transform=(1 / scale, 0, 0, 1 / scale, 0, 0)))
            return smaller
    return None
