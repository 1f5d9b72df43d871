"""What is tried to fit one page: how much may be shown, and which of the words may have been cut."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from qma_app.reports.kit import Kit
from qma_app.reports.principal.lines import more_line
from qma_app.reports.principal.values import PrincipalPaper
from qma_app.reports.styles import TextStyle
from qma_app.reports.year.clipped import ClippedWords


@dataclass(frozen=True, kw_only=True, slots=True)
class Squeeze:
    """How much may be shown: lines of a text, areas each way, targets, promises, decisions, words to the sponsor."""

    lines: int
    areas: int
    targets: int
    promises: int
    decisions: int
    sponsor: int


SQUEEZES: Final = (
    Squeeze(lines=3, areas=14, targets=12, promises=12, decisions=8, sponsor=6),
    Squeeze(lines=3, areas=10, targets=12, promises=12, decisions=8, sponsor=6),
    Squeeze(lines=3, areas=7, targets=12, promises=12, decisions=8, sponsor=6),
    Squeeze(lines=2, areas=7, targets=9, promises=10, decisions=6, sponsor=4),
    Squeeze(lines=2, areas=5, targets=9, promises=10, decisions=6, sponsor=4),
    Squeeze(lines=2, areas=4, targets=6, promises=7, decisions=4, sponsor=3),
    Squeeze(lines=2, areas=3, targets=6, promises=5, decisions=3, sponsor=3),
    Squeeze(lines=2, areas=3, targets=3, promises=5, decisions=3, sponsor=2),
    Squeeze(lines=1, areas=3, targets=3, promises=5, decisions=3, sponsor=2),
    Squeeze(lines=1, areas=2, targets=3, promises=3, decisions=2, sponsor=1),
)
"""From what is wanted to what fits in any case."""


@dataclass(kw_only=True, slots=True)
class Try:
    """One try to lay the page out with so much of everything."""

    kit: Kit
    paper: PrincipalPaper
    squeeze: Squeeze
    _clipped: list[tuple[ClippedWords, float]] = field(default_factory=list)
    _has_more: bool = False

    @property
    def is_shortened(self) -> bool:
        """Whether anything was left out."""
        return self._has_more or any(words.is_clipped(width) for words, width in self._clipped)

    def words(self, text: str, style: TextStyle, width: float, *, where: str, most: int = 0) -> ClippedWords:
        """Words that take at most `most` lines (0 = as the squeeze allows)."""
        words = ClippedWords(self.kit.setter, text, style, most=most or self.squeeze.lines, where=where)
        self._clipped.append((words, width))
        return words

    def more(self, count: int) -> str:
        """That so many more were left out of a list."""
        self._has_more = self._has_more or count > 0
        return more_line(count)
