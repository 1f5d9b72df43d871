"""Turns what a search found into lines of the command palette that jump there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from ui.places import Place
from ui.shortcuts import Command

if TYPE_CHECKING:
    from qma_app.services.searching import Hit

_ICONS = {
    "checkpoint": "circle-check",
    "rating": "message-square",
    "finding": "flag",
    "cause": "flag",
    "action": "flag",
    "assessment": "clipboard-check",
    "evidence": "image",
    "dealership": "building-2",
}


def as_command(hit: Hit, go: Callable[[Place], object]) -> Command:
    """One hit as a command: its title, the words found, and the jump."""
    return Command(
        title=hit.title,
        detail=hit.text,
        icon=_ICONS.get(hit.kind, "search"),
        run=partial(go, place_of(hit)),
    )


def place_of(hit: Hit) -> Place:
    """Where a hit is shown."""
    if hit.finding_id is not None or hit.action_id is not None:
        page = "findings"
    elif hit.assessment_id is not None:
        page = "checklists"
    else:
        page = "today"
    return Place(
        page=page,
        dealership_id=hit.dealership_id,
        assessment_id=hit.assessment_id,
        checkpoint_id=hit.checkpoint_id,
        process_id=hit.checkpoint_id.rsplit(".", 1)[0] if hit.checkpoint_id else None,
        area_id=hit.checkpoint_id.split(".", 1)[0] if hit.checkpoint_id else None,
        finding_id=hit.finding_id,
        action_id=hit.action_id,
    )
