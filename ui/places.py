"""Names a spot in the window, so that back, forward, resuming and undo can return to it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from qma_app.domain.spot import Spot

VISITS: Final = "visits"
GATE: Final = "gate"
"""A part of the view of the plan: the gate ahead."""
TARGETS: Final = "targets"
"""A part of the view of the agreement: its card of targets."""
SPONSOR: Final = "sponsor"
"""A part of the view of promises: its sponsor check."""
# The core names what a step is about; where the window shows it is said here.
_SHOWN_IN: Final = {
    ("journey", "visit"): VISITS,
    ("today", "visit"): VISITS,
    ("journey", "gate"): GATE,
    ("journey", "charter"): "agreement",
    ("journey", "targets"): TARGETS,
    ("journey", "sponsor"): SPONSOR,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A page and what is shown in it; ids that do not matter there are None.

    `paper_of` is what a paper on the page of reports is about: the number of a management review, "" for the whole programme.
    """

    page: str
    dealership_id: str | None = None
    assessment_id: str | None = None
    area_id: str | None = None
    process_id: str | None = None
    checkpoint_id: str | None = None
    finding_id: str | None = None
    action_id: str | None = None
    visit_id: str | None = None
    person_id: str | None = None
    kpi: str | None = None
    view: str | None = None
    paper_of: str | None = None

    def as_text(self) -> str:
        """One line to remember the place by."""
        return json.dumps({name: value for name, value in asdict(self).items() if value is not None})


def place_of(spot: Spot, dealership_id: str | None) -> Place:
    """Where the window shows what the core calls a spot; whatever is about a visit is shown among the visits."""
    view = _SHOWN_IN.get((spot.page, spot.view or ""), spot.view)
    page = spot.page
    if spot.visit_id is not None:
        page, view = "journey", VISITS
    return Place(
        page=page,
        dealership_id=dealership_id,
        assessment_id=spot.assessment_id,
        area_id=spot.area_id,
        process_id=spot.process_id,
        checkpoint_id=spot.checkpoint_id,
        finding_id=spot.finding_id,
        action_id=spot.action_id,
        visit_id=spot.visit_id,
        person_id=spot.person_id,
        kpi=spot.kpi,
        view=view,
    )


def place_from_text(text: str) -> Place | None:
    """The place written by `as_text`; None when the text is damaged or from a newer version."""
    known = {field.name for field in fields(Place)}
    try:
        values = json.loads(text)
    except ValueError:
        return None
    if not isinstance(values, dict) or not isinstance(values.get("page"), str):
        return None
    return Place(
        **{name: value for name, value in values.items() if name in known and isinstance(value, str)}
    )


class Trail:
    """Where the user was, as in a browser: back, forward, and a new step that cuts what lay ahead."""

    def __init__(self, *, longest: int = 100) -> None:
        self._places: list[Place] = []
        self._at = -1
        self._longest = longest

    @property
    def current(self) -> Place | None:
        return self._places[self._at] if self._at >= 0 else None

    @property
    def can_go_back(self) -> bool:
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        return self._at + 1 < len(self._places)

    def step_to(self, place: Place) -> None:
        """Remember a new place; another checkpoint of the same process only corrects the step."""
        here = self.current
        if here is not None and replace(here, checkpoint_id=place.checkpoint_id) == place:
            self._places[self._at] = place
            return
        self._places = [*self._places[: self._at + 1], place][-self._longest :]
        self._at = len(self._places) - 1

    def back(self) -> Place | None:
        """The place before, None at the beginning."""
        if not self.can_go_back:
            return None
        self._at -= 1
        return self.current

    def forward(self) -> Place | None:
        """The place that was left by going back, None at the end."""
        if not self.can_go_forward:
            return None
        self._at += 1
        return self.current

    def clear(self) -> None:
        """Forget everything, as after another workspace was opened."""
        self._places, self._at = [], -1
