"""The times in which a dealership cannot be visited."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from qma_app.domain.dealership import ClosingDay, Dealership
from qma_app.domain.ids import ClosingDayId, DealershipId
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text
from qma_app.services.kept_fields import check_by_hand
from qma_app.services.workspace import Workspace

LONGEST: Final = timedelta(days=366)


def add_closing_time(
    workspace: Workspace, dealership_id: DealershipId, *, first_on: date, last_on: date, words: str = ""
) -> Changes:
    """The dealership is closed from the first day to the last, both included; `words` say why (works holidays, stocktaking)."""
    with workspace.writing("closing.added") as work:
        closing = ClosingDay(
            id=ClosingDayId(work.new_id()),
            dealership_id=work.get(Dealership, dealership_id).id,
            first_on=first_on,
            last_on=last_on,
            words=words.strip(),
        )
        work.put(_checked(closing))
    return work.changes


def change_closing_time(workspace: Workspace, closing_id: ClosingDayId, **fields: Any) -> Changes:
    """Correct the days or the words of a closing time."""
    check_by_hand(fields, {"dealership_id"})
    with workspace.writing("closing.changed") as work:
        work.put(_checked(replace(work.get(ClosingDay, closing_id), **fields)))
    return work.changes


def remove_closing_time(workspace: Workspace, closing_id: ClosingDayId) -> Changes:
    """The dealership is open then after all."""
    with workspace.writing("closing.removed") as work:
        work.delete(work.get(ClosingDay, closing_id))
    return work.changes


def closing_times(reader: Reader, dealership_id: DealershipId) -> tuple[ClosingDay, ...]:
    """The closing times of a dealership in the order of their days."""
    found = reader.all(ClosingDay, dealership_id=dealership_id)
    return tuple(sorted(found, key=lambda one: (one.first_on, one.last_on)))


def _checked(closing: ClosingDay) -> ClosingDay:
    if closing.last_on < closing.first_on:
        raise RuleBroken(
            _("The last day ({last}) lies before the first ({first}).").format(
                last=day_text(closing.last_on), first=day_text(closing.first_on)
            ),
            code="closing.days",
            way_out=_("Name the first day first; for one day name it twice."),
        )
    if closing.last_on - closing.first_on >= LONGEST:
        raise RuleBroken(
            _("No dealership is closed for more than a year."),
            code="closing.long",
            way_out=_("Look at the years of both days."),
        )
    return closing
