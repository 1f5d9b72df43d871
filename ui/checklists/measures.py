"""What words and chips measure at one size of type, so that opening a checklist again measures nothing again."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QFont

from qma_app import design
from qma_app.domain.ids import CheckpointId
from ui.checklists.words import Words
from ui.checklists.wrapping import Line, Wrapper
from ui.theme import Theme
from ui.widgets.chips import chip_size

_MOST_WIDTHS = 4


class Mark(NamedTuple):
    """A chip behind the statement; with `icon` a picture and a count instead of a word on a ground."""

    text: str
    tone: str = "neutral"
    is_outlined: bool = False
    icon: str = ""


class Measures:
    """Kept while the size of type lasts."""

    def __init__(self, look: Theme) -> None:
        self.scale = look.scale
        self.body = Wrapper(look.font(design.SIZE_BODY))
        self.small = Wrapper(look.font(design.SIZE_SMALL))
        self._look = look
        self._mark = Wrapper(mark_font(look))
        self._marks: dict[Mark, float] = {}
        self._statements: dict[tuple[str, str, float], dict[CheckpointId, tuple[Line, ...]]] = {}

    def statements(self, words: Words, room: float) -> dict[CheckpointId, tuple[Line, ...]]:
        """The wrapped statements of an edition in a language and a width; the last few widths are kept."""
        key = (words.edition.hash, words.language, room)
        if key not in self._statements:
            if len(self._statements) >= _MOST_WIDTHS:
                self._statements.pop(next(iter(self._statements)))
            self._statements[key] = {}
        return self._statements[key]

    def mark_width(self, mark: Mark) -> float:
        """The space a chip takes on its line."""
        width = self._marks.get(mark)
        if width is None:
            width = self._marks[mark] = self._measured(mark)
        return width

    def _measured(self, mark: Mark) -> float:
        if not mark.icon:
            return float(chip_size(mark.text).width())
        words = self._mark.width(mark.text) + self._look.px(3) if mark.text else 0
        return self._look.px(14) + words


def mark_font(look: Theme) -> QFont:
    """The font of counts and small words behind a statement."""
    return look.font(design.SIZE_SMALL - 0.5)
