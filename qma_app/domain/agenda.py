"""Builds the agenda of a visit from the next steps, so that it fits into its hours."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from qma_app.domain.ids import AreaId
from qma_app.domain.next_step import NextStep
from qma_app.i18n import _, ngettext

OPENING: Final = 15
CLOSING: Final = 20
LUNCH: Final = 45
LUNCH_FROM: Final = 5 * 60
"""A visit longer than this has a lunch break."""
_NOT_AT_A_VISIT: Final = frozenset({"visit-prepare", "visit-running", "visit-missed", "visit-plan"})
_AT_THE_OPENING: Final = frozenset({"promise"})
_AT_THE_CLOSING: Final = frozenset({"visit-unsigned"})


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaLine:
    """One point of an agenda; `step` is None for opening, lunch and closing. It starts so many minutes after the visit does."""

    step: NextStep | None
    title: str
    reason: str
    minutes: int
    starts_after: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Agenda:
    """What fits, in order, and what is left over, in the order of the next steps."""

    items: tuple[AgendaLine, ...]
    left_over: tuple[NextStep, ...]
    minutes_used: int


def build_agenda(steps: Sequence[NextStep], *, minutes: int, areas: Collection[AreaId] = ()) -> Agenda:
    """Opening first, closing last, lunch near the middle of a long visit, and between them what fits.

    Steps are taken in their order: those of the visit's areas and those of no area first, then those of other areas. One that does not fit
    into the time left is left over, a shorter one behind it may still fit. Promises that are due are spoken of at the opening, minutes
    to be signed at the closing: they take no time of their own. A short visit has a short opening and closing; one without time has no agenda.
    """
    waiting = [step for step in steps if step.ticked_on is None and step.rule not in _NOT_AT_A_VISIT]
    frame = _frame(minutes)
    if frame is None:
        return Agenda(items=(), left_over=tuple(waiting), minutes_used=0)
    opening, closing, lunch = frame
    spoken = [step for step in waiting if step.rule in _AT_THE_OPENING]
    signed = [step for step in waiting if step.rule in _AT_THE_CLOSING]
    chosen = _fitting(
        [step for step in waiting if step not in spoken and step not in signed],
        minutes - opening - closing - lunch,
        areas,
    )
    lines = [_opening(opening, spoken)]
    for step in chosen:
        if lunch and not _has_lunch(lines) and _ends(lines) + step.minutes // 2 >= (minutes - lunch) // 2:
            lines.append(_lunch(lunch, _ends(lines)))
        lines.append(
            AgendaLine(
                step=step,
                title=step.title,
                reason=step.reason,
                minutes=step.minutes,
                starts_after=_ends(lines),
            )
        )
    if lunch and not _has_lunch(lines) and len(chosen) > 1 and _ends(lines) >= (minutes - lunch) // 2:
        lines.append(_lunch(lunch, _ends(lines)))
    lines.append(_closing(closing, signed, _ends(lines)))
    taken = {step.key for step in (*chosen, *spoken, *signed)}
    return Agenda(
        items=tuple(lines),
        left_over=tuple(step for step in waiting if step.key not in taken),
        minutes_used=_ends(lines),
    )


def _frame(minutes: int) -> tuple[int, int, int] | None:
    """Minutes of opening, closing and lunch; None where there is no time at all."""
    if minutes <= 0:
        return None
    lunch = LUNCH if minutes > LUNCH_FROM else 0
    return min(OPENING, minutes // 4), min(CLOSING, minutes // 4), lunch


def _fitting(steps: Iterable[NextStep], minutes: int, areas: Collection[AreaId]) -> list[NextStep]:
    """What is taken, in the order of the steps; the areas of the visit have the first choice."""
    ordered = list(steps)
    mine = [step for step in ordered if not areas or step.spot.area_id is None or step.spot.area_id in areas]
    taken: set[str] = set()
    for step in (*mine, *(step for step in ordered if step not in mine)):
        if step.minutes <= minutes and step.key not in taken:
            taken.add(step.key)
            minutes -= step.minutes
    return [step for step in ordered if step.key in taken]


def _opening(minutes: int, spoken: Sequence[NextStep]) -> AgendaLine:
    reason = (
        ngettext("{count} promise is due or late.", "{count} promises are due or late.", len(spoken)).format(
            count=len(spoken)
        )
        if spoken
        else _("Who is here, what is planned, what changed since last time.")
    )
    return AgendaLine(
        step=None,
        title=_("Opening: what was promised, what is planned"),
        reason=reason,
        minutes=minutes,
        starts_after=0,
    )


def _lunch(minutes: int, starts_after: int) -> AgendaLine:
    return AgendaLine(step=None, title=_("Lunch"), reason="", minutes=minutes, starts_after=starts_after)


def _closing(minutes: int, signed: Sequence[NextStep], starts_after: int) -> AgendaLine:
    reason = _("What was seen, what is agreed, the next date.")
    if signed:
        reason = f"{reason} {_('The minutes of the last visit are still to be signed.')}"
    return AgendaLine(
        step=None,
        title=_("Closing with the principal"),
        reason=reason,
        minutes=minutes,
        starts_after=starts_after,
    )


def _ends(lines: Sequence[AgendaLine]) -> int:
    return lines[-1].starts_after + lines[-1].minutes


def _has_lunch(lines: Sequence[AgendaLine]) -> bool:
    return any(line.step is None and line.starts_after for line in lines)
