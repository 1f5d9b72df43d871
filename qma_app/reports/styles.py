"""How words look on paper: the few sizes, weights and colours every report is set in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from qma_app.design import LIGHT
from qma_app.reports.fonts import Face

CAP_HEIGHT: Final = 0.7275
"""Height of Inter's capitals as a share of the size: figures and words are centred on it."""


class Align(StrEnum):
    """Where a line stands in its column; START is left, or right for right-to-left words."""

    START = "start"
    CENTRE = "centre"
    END = "end"


@dataclass(frozen=True, kw_only=True, slots=True)
class TextStyle:
    """`leading` is the distance from line to line, `tracking` extra space a letter in thousandths of the size."""

    face: Face = Face.REGULAR
    size: float = 9.0
    leading: float = 13.5
    colour: str = LIGHT.text
    tracking: float = 0.0
    align: Align = Align.START

    @property
    def drop(self) -> float:
        """From the top of a line's box to its baseline, capitals centred in the box."""
        return (self.leading + CAP_HEIGHT * self.size) / 2

    def in_colour(self, colour: str) -> TextStyle:
        return replace(self, colour=colour)

    def aligned(self, align: Align) -> TextStyle:
        return replace(self, align=align)


BODY: Final = TextStyle()
BODY_STRONG: Final = TextStyle(face=Face.SEMIBOLD)
LEAD: Final = TextStyle(size=11.0, leading=16.5, tracking=-6)
QUIET: Final = TextStyle(size=8.0, leading=11.5, colour=LIGHT.muted)
CELL: Final = TextStyle(size=8.4, leading=12.0)
CELL_STRONG: Final = TextStyle(face=Face.SEMIBOLD, size=8.4, leading=12.0)
CELL_QUIET: Final = TextStyle(size=7.8, leading=11.2, colour=LIGHT.muted)
CELL_NUMBER: Final = TextStyle(face=Face.MEDIUM, size=7.8, leading=12.0, colour=LIGHT.muted)
LABEL: Final = TextStyle(face=Face.SEMIBOLD, size=6.6, leading=10.0, colour=LIGHT.muted, tracking=25)
EYEBROW: Final = TextStyle(face=Face.BOLD, size=7.6, leading=12.0, colour=LIGHT.accent, tracking=90)
TITLE: Final = TextStyle(face=Face.BOLD, size=29.0, leading=35.0, tracking=-21)
SUBTITLE: Final = TextStyle(size=13.0, leading=19.0, colour=LIGHT.muted, tracking=-9)
FIGURE: Final = TextStyle(face=Face.BOLD, size=54.0, leading=58.0, tracking=-26)
FIGURE_MEDIUM: Final = TextStyle(face=Face.BOLD, size=24.0, leading=28.0, tracking=-19)
HEADING: Final = TextStyle(face=Face.BOLD, size=19.0, leading=24.0, tracking=-17)
SUBHEADING: Final = TextStyle(face=Face.SEMIBOLD, size=11.5, leading=16.0, tracking=-8)
MINOR_HEADING: Final = TextStyle(face=Face.SEMIBOLD, size=9.2, leading=13.0)
FOOT: Final = TextStyle(size=6.8, leading=9.0, colour=LIGHT.muted)
DIGEST: Final = TextStyle(size=6.6, leading=9.4, colour=LIGHT.muted)
NOTE: Final = TextStyle(face=Face.ITALIC, size=8.4, leading=12.0)
FACT: Final = TextStyle(size=7.8, leading=12.0, colour=LIGHT.muted)
