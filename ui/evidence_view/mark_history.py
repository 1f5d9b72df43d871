"""The marks being drawn on one photo, with every step back and forth until they are stored."""

from __future__ import annotations

from collections.abc import Sequence

from qma_app.domain.evidence import Mark


class MarkHistory:
    """Steps in a row with the same `merge_key` (moving by keys) are one step back."""

    def __init__(self, marks: Sequence[Mark] = ()) -> None:
        self.stored: tuple[Mark, ...] = tuple(marks)
        self._steps: list[tuple[Mark, ...]] = [self.stored]
        self._at = 0
        self._merge_key = ""

    @property
    def marks(self) -> tuple[Mark, ...]:
        return self._steps[self._at]

    @property
    def is_changed(self) -> bool:
        """Whether the marks are not those stored."""
        return self.marks != self.stored

    @property
    def can_undo(self) -> bool:
        return self._at > 0

    @property
    def can_redo(self) -> bool:
        return self._at + 1 < len(self._steps)

    def change(self, marks: Sequence[Mark], merge_key: str = "") -> None:
        """One step further; what had been taken back is gone."""
        marks = tuple(marks)
        if marks == self.marks:
            return
        is_same = bool(merge_key) and merge_key == self._merge_key and self._at > 0
        kept = self._steps[: self._at] if is_same else self._steps[: self._at + 1]
        self._steps = [*kept, marks]
        self._at = len(self._steps) - 1
        self._merge_key = merge_key

    def undo(self) -> None:
        """One step back."""
        self._at = max(0, self._at - 1)
        self._merge_key = ""

    def redo(self) -> None:
        """One step forth again."""
        self._at = min(len(self._steps) - 1, self._at + 1)
        self._merge_key = ""
