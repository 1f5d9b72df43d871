"""Stores what is decided for good: pages hear of it as of any edit, undo does not know it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from qma_app.domain.record import Change, Changes, Record
from qma_app.errors import QmaError

if TYPE_CHECKING:
    from qma_app.domain.ports import Reader
    from ui.workbench import Workbench

R = TypeVar("R", bound=Record | Changes)


def store(
    workbench: Workbench, what: str, use_case: Callable[..., R], *args: object, **kwargs: object
) -> R | None:
    """Run `use_case(workspace, *args, **kwargs)` and announce the record or the changes it gives; None when it was refused, which is said."""
    workbench.saving.emit()
    try:
        given = use_case(workbench.workspace, *args, **kwargs)
    except QmaError as error:
        workbench.not_saved.emit(error)
        workbench.failed.emit(error)
        return None
    if isinstance(given, Changes):
        workbench.announce(given)
    else:
        tell(workbench, what, given)
    return given


def tell(workbench: Workbench, what: str, *records: Record) -> None:
    """Announce records that were written elsewhere, as by a job that signed a paper."""
    workbench.announce(
        Changes(
            what=what,
            records=tuple(Change(before=None, after=record) for record in records),
            at=workbench.read(_last_change),
        )
    )


def _last_change(reader: Reader) -> datetime | None:
    return reader.log_head().at
