"""Which checkpoints the list shows: what is asked of each, and how far the list reaches."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qma_app.domain.ids import AreaId, ProcessId
from qma_app.domain.rating import Outcome
from qma_app.i18n import _
from qma_app.services.checklist import ChecklistRow
from ui.checklists.sheet import Sheet
from ui.checklists.words import Words

LOW = 6


class Show(StrEnum):
    """What is asked of a checkpoint to be shown."""

    ALL = "all"
    UNRATED = "unrated"
    CRITICAL = "critical"
    LOW = "low"


class Reach(StrEnum):
    """How far the list reaches."""

    PROCESS = "process"
    AREA = "area"
    EVERYTHING = "everything"


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """What of the sheet is on screen; the process is always set, a wider reach shows more around it.

    `text` is what is searched for, in all areas: numbers, statements and notes.
    """

    area_id: AreaId
    process_id: ProcessId
    reach: Reach = Reach.PROCESS
    show: Show = Show.ALL
    text: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether simply one process is shown."""
        return self.reach is Reach.PROCESS and self.show is Show.ALL and not self.text

    @property
    def spans_processes(self) -> bool:
        """Whether checkpoints of several processes may stand below one another."""
        return self.reach is not Reach.PROCESS or bool(self.text)


def rows_in(sheet: Sheet, view: View, words: Words) -> tuple[ChecklistRow, ...]:
    """The checkpoints of the view in the order of the standard."""
    rows = tuple(row for row in _reached(sheet, view) if _is_shown(row, view.show))
    if not view.text.strip():
        return rows
    wanted = view.text.casefold().split()
    return tuple(row for row in rows if _holds(row, wanted, words))


def show_title(show: Show) -> str:
    """The filter's name in the menu."""
    return {
        Show.ALL: _("All checkpoints"),
        Show.UNRATED: _("Unrated only"),
        Show.CRITICAL: _("Critical only"),
        Show.LOW: _("Below {points} points").format(points=LOW),
    }[show]


def reach_title(reach: Reach) -> str:
    """The reach's name in the menu."""
    return {
        Reach.PROCESS: _("In this process"),
        Reach.AREA: _("In the whole area"),
        Reach.EVERYTHING: _("In all areas"),
    }[reach]


def _reached(sheet: Sheet, view: View) -> tuple[ChecklistRow, ...]:
    if not view.spans_processes:
        return sheet.of_process(view.process_id)
    return tuple(
        row
        for row in sheet.rows.values()
        if view.text or view.reach is Reach.EVERYTHING or row.checkpoint.area_id == view.area_id
    )


def _is_shown(row: ChecklistRow, show: Show) -> bool:
    if show is Show.UNRATED:
        return not row.is_decided
    if show is Show.CRITICAL:
        return row.checkpoint.is_critical
    if show is Show.LOW:
        return is_low(row)
    return True


def is_low(row: ChecklistRow) -> bool:
    """Whether a checkpoint has points, and few."""
    rating = row.rating
    return rating is not None and rating.outcome is Outcome.RATED and (rating.points or 0) < LOW


def _holds(row: ChecklistRow, wanted: list[str], words: Words) -> bool:
    note = row.rating.note if row.rating is not None else ""
    text = f"{row.checkpoint.number} {words.of(row.checkpoint.statement)} {note}".casefold()
    return all(word in text for word in wanted)
