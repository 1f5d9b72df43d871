"""The fonts and colours cards are painted with, made once for a look and not in each paint."""

from __future__ import annotations

from qma_app import design
from ui.checklists.measures import mark_font
from ui.theme import Theme


class Inks:
    """Fonts and colours of one look, made once."""

    def __init__(self, look: Theme) -> None:
        self.look = look
        self.number = look.font(design.SIZE_SMALL)
        self.word = look.font(design.SIZE_SMALL - 1)
        self.statement = look.font(design.SIZE_BODY)
        self.facts = look.font(design.SIZE_SMALL)
        self.heading = look.font(design.SIZE_BODY, "strong")
        self.cell = look.font(design.SIZE_SMALL, "strong")
        self.key = look.font(design.SIZE_SMALL - 3)
        self.mark = mark_font(look)
        self.surface, self.line, self.text = look.colour("surface"), look.colour("line"), look.colour("text")
        self.muted, self.focus, self.accent = (
            look.colour("muted"),
            look.colour("focus"),
            look.colour("accent"),
        )
        self.tint = look.colour("accent-tint")
