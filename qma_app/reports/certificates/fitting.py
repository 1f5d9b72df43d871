"""Words that must fit a place of one page: set smaller first, and only what no size can hold is cut, which is said."""

from __future__ import annotations

from collections.abc import Sequence

from qma_app.reports.blocks import Words
from qma_app.reports.styles import TextStyle
from qma_app.reports.text import Typesetter


class Fitting:
    """Sets words into places; `was_cut` tells whether a place was too small for any size."""

    def __init__(self, setter: Typesetter) -> None:
        self.setter = setter
        self.was_cut = False

    def words(self, text: str, styles: Sequence[TextStyle], width: float, height: float) -> Words:
        """The text in the first style that fits `height`; in the last one with an ellipsis where none does."""
        text = " ".join(text.split())
        for style in styles:
            found = Words(self.setter, text, style)
            if found.height(width) <= height + 0.01:
                return found
        self.was_cut = True
        low, high = 0, len(text)
        while high - low > 1:
            middle = (low + high) // 2
            fits = self._cut(text, middle, styles[-1]).height(width) <= height + 0.01
            low, high = (middle, high) if fits else (low, middle)
        return self._cut(text, low, styles[-1])

    def _cut(self, text: str, count: int, style: TextStyle) -> Words:
        return Words(self.setter, text[:count].rstrip() + "…", style)
