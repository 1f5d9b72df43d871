"""The contents: each heading with its page, found in the first pass and drawn in the second."""

from __future__ import annotations

from collections.abc import Sequence

from qma_app.design import LIGHT
from qma_app.i18n import _, number_text
from qma_app.reports.blocks import Block
from qma_app.reports.kit import Kit
from qma_app.reports.pages import Entry, Piece
from qma_app.reports.sheet import Sheet
from qma_app.reports.styles import BODY, BODY_STRONG, Align
from qma_app.reports.text import Typesetter


class ContentsLine(Block):
    """One heading and its page number, a link over both."""

    def __init__(self, setter: Typesetter, entry: Entry) -> None:
        self._setter = setter
        self._entry = entry

    def height(self, width: float) -> float:
        return 21.0 if self._entry.level == 0 else 16.5

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        height = self.height(width)
        style = BODY_STRONG if self._entry.level == 0 else BODY
        indent = 16.0 * self._entry.level
        baseline = top - height + 6
        line = self._setter.one_line(self._entry.title, style, width - indent - 40)
        sheet.line(line, style, x + indent, baseline)
        number = self._setter.one_line(number_text(self._entry.page), style)
        sheet.line(number, style, x + width, baseline, align=Align.END)
        sheet.rule(x + indent, top - height + 1, x + width, top - height + 1, LIGHT.line)
        sheet.link(self._entry.key, x, top - height, width, height)


def contents_pieces(kit: Kit, entries: Sequence[Entry]) -> list[Piece]:
    """The contents of what is in the flow so far, to be put in front of it."""
    other = Kit(kit.setter)
    other.section(_("Contents"))
    pieces = other.flow.pieces
    heading = pieces[0]
    shown = [entry for entry in entries if entry.in_contents]
    lines = [Piece(ContentsLine(kit.setter, entry)) for entry in shown]
    return [Piece(heading.block, heading.before, heading.keeps, True, kit.entry(_("Contents"), 0)), *lines]
