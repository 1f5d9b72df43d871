"""The list of next steps on a day: what the rules ask for, and what somebody ticked off or put off."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from qma_app.domain.days import within_calendar
from qma_app.domain.ids import EngagementId
from qma_app.domain.next_step import NextStep, StepKind, steps_of
from qma_app.domain.ports import Reader
from qma_app.domain.spot import Spot
from qma_app.domain.step_mark import StepMark
from qma_app.domain.step_state import engagement_state

TICK_HOLDS: Final = timedelta(days=14)
"""What is still so this long after it was ticked off comes back into the list."""
_BEHIND: Final = 9


def next_steps(reader: Reader, engagement_id: EngagementId, *, on: date) -> tuple[NextStep, ...]:
    """What wants to be done on a day, most urgent first; what was ticked stands behind, with its day.

    A step that was put off is left out until its day. One that was ticked off and is still so after two weeks wants to be done again.
    What was ticked on this very day and is settled since stays in sight by the title it was ticked under.
    """
    on = within_calendar(on)
    marks = last_marks(reader, engagement_id)
    open_steps: list[NextStep] = []
    ticked: list[NextStep] = []
    for step in steps_of(engagement_state(reader, engagement_id, on=on)):
        mark = marks.pop(step.key, None)
        if mark is not None and _is_ticked(mark, on):
            ticked.append(step.ticked(mark.marked_on))
        elif mark is None or mark.until is None or mark.until <= on:
            open_steps.append(step)
    settled = [_settled(mark) for mark in marks.values() if mark.is_tick and mark.marked_on == on]
    return (*open_steps, *ticked, *settled)


def last_marks(reader: Reader, engagement_id: EngagementId) -> dict[str, StepMark]:
    """The last thing somebody said about each step, by the key of the step."""
    return {mark.step: mark for mark in reader.all(StepMark, engagement_id=engagement_id)}


def _is_ticked(mark: StepMark, on: date) -> bool:
    return mark.is_tick and mark.marked_on <= on and on - mark.marked_on <= TICK_HOLDS


def _settled(mark: StepMark) -> NextStep:
    return NextStep(
        key=mark.step,
        rule="",
        kind=StepKind.DECIDE,
        title=mark.title,
        reason="",
        minutes=0,
        spot=Spot(page="today"),
        rank=(_BEHIND, date.max.toordinal(), 0, mark.step),
        ticked_on=mark.marked_on,
    )
