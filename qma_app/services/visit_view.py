"""What the screen of a visit shows, and the list of visits."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from qma_app.domain.action import Action
from qma_app.domain.ids import ActionId, EngagementId, VisitId
from qma_app.domain.visit import Visit
from qma_app.domain.visit_reading import VisitView, starts_of, visit_as_seen, visits_of
from qma_app.storage.as_of import AsOfScope
from qma_app.storage.scopes import ReadingScope

__all__ = ["VisitView", "list_visits", "starts_of", "visit_view"]

_MAKING: Final = ("action.planned", "action.accepted", "actions.", "decision.")
"""Entries of the change log under which an action comes to be agreed."""


def visit_view(
    reader: ReadingScope | AsOfScope, visit_id: VisitId, *, on: date, now: datetime | None = None
) -> VisitView:
    """Everything about one visit from one reading, see `VisitView`."""
    visit = reader.get(Visit, visit_id)
    agreed = _agreed_on(reader, visit) if visit.clock else frozenset[ActionId]()
    return visit_as_seen(reader, visit_id, on=on, now=now, agreed=agreed)


def list_visits(reader: ReadingScope, engagement_id: EngagementId) -> tuple[Visit, ...]:
    """The visits of a programme, the earliest day first; those called off among them."""
    return visits_of(reader, engagement_id)


def _agreed_on(reader: ReadingScope | AsOfScope, visit: Visit) -> frozenset[ActionId]:
    """The actions of the programme that were written down on the day of the visit."""
    ids = {action.id for action in reader.all(Action, engagement_id=visit.engagement_id)}
    if not ids:
        return frozenset()
    found = set[ActionId]()
    for entry in reader.log_entries_about(ids, _MAKING):
        if entry.at.astimezone().date() == visit.day:
            is_acceptance = entry.what == "action.accepted"
            found |= {
                ActionId(one["id"])
                for one in entry.records
                if one["id"] in ids and (is_acceptance or one["version"] == 1)
            }
    return frozenset(found)
