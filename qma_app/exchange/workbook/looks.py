"""How cells look, as plain values; a workbook turns each into one entry of its style sheet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from qma_app.design import LIGHT, readable_on
from qma_app.domain.levels import shown_level
from qma_app.i18n import in_language

if TYPE_CHECKING:
    from openpyxl import Workbook


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """One way a cell looks; colours are `#rrggbb`.

    With `is_typed` the cell stays text even when somebody edits it in Excel: `=1+1` or `0042` is never turned into something else.
    One that `is_open` can be written in where its sheet is protected.
    """

    number_format: str = "General"
    size: int = 10
    is_bold: bool = False
    colour: str = LIGHT.text
    fill: str | None = None
    align: str = "left"
    is_wrapped: bool = True
    is_ruled: bool = True
    is_typed: bool = False
    is_open: bool = False


TYPED: Final = Look(is_typed=True)
"""Words of a person or of the standard."""
NAME: Final = Look(is_typed=True, is_wrapped=False)
"""Ids and digests, which nobody reads in lines."""
LABEL: Final = Look(colour=LIGHT.muted, is_typed=True)
WORD: Final = Look(is_typed=True, align="center")
COUNT: Final = Look(number_format="0", align="right", is_wrapped=False)
DAY: Final = Look(number_format="yyyy-mm-dd", align="right", is_wrapped=False)
INSTANT: Final = Look(number_format="yyyy-mm-dd hh:mm:ss", align="right", is_wrapped=False)
SHARE: Final = Look(number_format="0.0%", align="right", is_wrapped=False)
PERCENT: Final = Look(number_format='0"%"', align="right", is_wrapped=False)
"""A whole number of percent, kept as that number."""
HEADER: Final = Look(
    is_bold=True, colour=LIGHT.on_accent, fill=LIGHT.accent, is_typed=True
)  # is_typed: a translated title may begin with a sign too
TITLE: Final = Look(size=16, is_bold=True, is_wrapped=False, is_ruled=False, is_typed=True)
HEADING: Final = Look(
    size=12, is_bold=True, colour=LIGHT.accent, is_wrapped=False, is_ruled=False, is_typed=True
)
BANNER: Final = Look(is_bold=True, is_wrapped=False, is_ruled=False, is_typed=True)
MARK: Final = Look(size=14, is_bold=True, colour=LIGHT.bad, is_wrapped=False, is_ruled=False, is_typed=True)


def tinted(look: Look, fill: str) -> Look:
    """The same on a coloured ground, its words in black or white, whichever is easier to read."""
    return replace(look, fill=fill, colour=readable_on(fill))


def level_look(level: Fraction | None, bounds: Collection[int]) -> Look:
    """A percent figure with as many decimals as keep the level on its own side of every bound, as screen and paper show it."""
    with in_language("en"):
        decimals = shown_level(level, bounds).rstrip("%").partition(".")[2]
    return replace(SHARE, number_format=f"0.{'0' * len(decimals)}%") if decimals else SHARE


class StyleSheet:
    """The looks of one workbook by their number in its style sheet."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._numbers: dict[Look, int] = {}

    def number(self, look: Look) -> int:
        """The number cells of this look carry."""
        known = self._numbers.get(look)
        if known is None:
            known = self._numbers[look] = self._entered(look)
        return known

    def _entered(self, look: Look) -> int:
        from openpyxl.cell import Cell
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

        cell = Cell(self._book.worksheets[0], row=1, column=1)
        cell.font = Font(name="Calibri", size=look.size, bold=look.is_bold, color=_argb(look.colour))
        cell.alignment = Alignment(horizontal=look.align, vertical="top", wrap_text=look.is_wrapped)
        cell.number_format = look.number_format
        if look.fill is not None:
            cell.fill = PatternFill(fill_type="solid", start_color=_argb(look.fill))
        if look.is_ruled:
            cell.border = Border(bottom=Side(style="thin", color=_argb(LIGHT.line)))
        if look.is_open:
            cell.protection = Protection(locked=False)
        cell.quotePrefix = look.is_typed
        return int(cell.style_id)


def _argb(colour: str) -> str:
    return f"FF{colour.removeprefix('#').upper()}"
