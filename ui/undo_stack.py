"""Keeps the steps of a session that can be taken back, merging what the user felt as one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qma_app.domain.record import Changes
    from ui.places import Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One edit as the user felt it, where it was made, and the key under which the next one joins it."""

    changes: Changes
    place: Place | None = None
    merge_key: str | None = None


class UndoStack:
    """Steps behind and steps ahead; a new step forgets those ahead."""

    def __init__(self, *, longest: int = 500) -> None:
        self._behind: list[Step] = []
        self._ahead: list[Step] = []
        self._longest = longest
        self._is_step_open = False

    @property
    def can_undo(self) -> bool:
        return bool(self._behind)

    @property
    def can_redo(self) -> bool:
        return bool(self._ahead)

    @property
    def next_undo(self) -> Step | None:
        return self._behind[-1] if self._behind else None

    @property
    def next_redo(self) -> Step | None:
        return self._ahead[-1] if self._ahead else None

    def push(self, step: Step) -> None:
        """Remember a new edit, as part of the last step when both carry the same key."""
        last = self.next_undo
        self._ahead.clear()
        if (
            last is not None
            and self._is_step_open
            and step.merge_key is not None
            and step.merge_key == last.merge_key
        ):
            from qma_app.services.undoing import merged

            self._behind[-1] = replace(last, changes=merged(last.changes, step.changes))
        else:
            self._behind = [*self._behind, step][-self._longest :]
        self._is_step_open = True

    def close_step(self) -> None:
        """Nothing joins the last step any more."""
        self._is_step_open = False

    def undone(self) -> None:
        """The last step was taken back: it lies ahead now."""
        self._ahead.append(self._behind.pop())
        self._is_step_open = False

    def redone(self) -> None:
        """The step taken back last was done again."""
        self._behind.append(self._ahead.pop())
        self._is_step_open = False

    def clear(self) -> None:
        """Forget everything."""
        self._behind.clear()
        self._ahead.clear()
        self._is_step_open = False
