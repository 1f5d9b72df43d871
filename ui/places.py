"""Names a spot in the window, so that back, forward, resuming and undo can return to it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A page and what is shown in it; ids that do not matter there are None."""

    page: str
    dealership_id: str | None = None
    assessment_id: str | None = None
    area_id: str | None = None
    process_id: str | None = None
    checkpoint_id: str | None = None
    finding_id: str | None = None
    action_id: str | None = None
    view: str | None = None

    def as_text(self) -> str:
        """One line to remember the place by."""
        return json.dumps({name: value for name, value in asdict(self).items() if value is not None})


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
