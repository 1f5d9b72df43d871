"""Keeps words that could not be stored until they are, so that a full disk costs nobody a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import TYPE_CHECKING

from qma_app.domain.ids import AssessmentId, CheckpointId
from qma_app.errors import QmaError
from ui.places import Place

if TYPE_CHECKING:
    from qma_app.services.recovery import UnsavedText
    from qma_app.services.workspace import Workspace


class UnsavedWords:
    """The words of edits that failed, by where they belong; stored again each time one fails or succeeds."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], UnsavedText] = {}
        self._written: tuple[UnsavedText, ...] = ()

    @property
    def count(self) -> int:
        return len(self._kept)

    def failed(
        self,
        workspace: Workspace,
        use_case: Callable[..., object],
        args: tuple[object, ...],
        kwargs: Mapping[str, object],
        place: Place | None,
    ) -> None:
        """An edit was refused: what was typed for it is written beside the database."""
        from qma_app.services.recovery import UnsavedText

        for name, text in _typed(kwargs):
            self._kept[(use_case.__name__, name, *args)] = UnsavedText(
                field=f"{use_case.__name__}.{name}",
                text=text,
                at=workspace.clock(),
                dealership=(place.dealership_id if place else None) or "",
                assessment_id=AssessmentId(place.assessment_id) if place and place.assessment_id else None,
                checkpoint_id=CheckpointId(str(args[1])) if len(args) > 1 else None,
                record_id=str(args[0]) if args else None,
            )
        self._write(workspace)

    def stored(
        self,
        workspace: Workspace,
        use_case: Callable[..., object],
        args: tuple[object, ...],
        kwargs: Mapping[str, object],
    ) -> None:
        """An edit went through: earlier words for the same field are done with."""
        before = len(self._kept)
        for name, _text in _typed(kwargs, with_empty=True):
            self._kept.pop((use_case.__name__, name, *args), None)
        if len(self._kept) != before:
            self._write(workspace)

    def forget(self) -> None:
        """Another workspace is open."""
        self._kept.clear()
        self._written = ()

    def _write(self, workspace: Workspace) -> None:
        """Write what this session could not store, beside what an earlier one left and nobody has looked at yet."""
        from qma_app.services.recovery import forget_unsaved, keep_unsaved, unsaved_texts

        mine = tuple(self._kept.values())
        try:
            left = tuple(text for text in unsaved_texts(workspace) if text not in self._written)
            if left or mine:
                keep_unsaved(workspace, left + mine)
            else:
                forget_unsaved(workspace)
            self._written = mine
        except (OSError, QmaError):
            # The same trouble that stopped the edit: the words stay here and in their field, the next try writes them.
            return


def _typed(kwargs: Mapping[str, object], *, with_empty: bool = False) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, value in kwargs.items()
        if isinstance(value, str)
        and not isinstance(value, Enum)
        and not name.endswith("_id")
        and (value.strip() or with_empty)
    ]
