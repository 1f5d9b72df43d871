"""Lists that papers for hurried readers share: points under one another, empty lines to write on, and how many more there are."""

from __future__ import annotations

from collections.abc import Sequence

from qma_app.design import LIGHT
from qma_app.i18n import ngettext
from qma_app.reports.blocks import Block
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.sheet import Sheet
from qma_app.reports.styles import CELL, CELL_QUIET, TextStyle
from qma_app.reports.tables import Row, Table
from qma_app.reports.year.clipped import ClippedWords

_LINE = 20.0
_MARK = 8.0


class EmptyLines(Block):
    """So many lines to write on by hand."""

    def __init__(self, count: int) -> None:
        self._count = count

    def height(self, width: float) -> float:
        return self._count * _LINE

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        for place in range(1, self._count + 1):
            y = top - place * _LINE + 3
            sheet.rule(x, y, x + width, y, LIGHT.control_edge, thickness=0.5)


def bullets(
    kit: Kit,
    lines: Sequence[str],
    *,
    where: str,
    style: TextStyle = CELL,
    width: float = CONTENT_WIDTH,
) -> Table:
    """Points under one another, each set in behind its mark."""
    rows = [
        Row((kit.words("•", CELL_QUIET), kit.words(line or "–", style, where=where)), padding=1.2, rule=None)
        for line in lines
    ]
    return Table((_MARK, width - _MARK - 4), rows, gutter=4)


def clipped(kit: Kit, text: str, style: TextStyle, *, where: str, most: int = 4) -> Block:
    """Words of a few lines; an ellipsis says that there is more."""
    return ClippedWords(kit.setter, text or "–", style, most=most, where=where)


def more_line(count: int) -> str:
    """That so many more were left out of a list; "" for none."""
    if count <= 0:
        return ""
    return ngettext("… and {count} more in the app", "… and {count} more in the app", count).format(
        count=count
    )


def add_more(kit: Kit, count: int) -> None:
    """The same as a line below a list."""
    if count > 0:
        kit.quiet(more_line(count), before=3)
