"""One thing done on a day of the sample, and in which order the things of a day happen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, auto

from qma_app.domain.people import Role


class Hour(IntEnum):
    """The order of a day: what is named later may need what came before."""

    BEGIN = auto()
    AGREE = auto()
    ARRIVE = auto()
    RATE = auto()
    NOTE = auto()
    RAISE = auto()
    ANSWER = auto()
    ASK = auto()
    REVIEW = auto()
    PLAN = auto()
    MOVE = auto()
    ACCEPT = auto()
    READ = auto()
    AGREE_CHECK = auto()
    CHECK = auto()
    SHOW = auto()
    CLOSE = auto()
    END = auto()
    GATE = auto()
    LEAVE = auto()
    PREPARE = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One thing done on a day, by somebody in a role; `seat` names who that is where a role has several.

    What is done `aside` leaves no trace in what the others do: ids and instants of theirs are the same without it.
    """

    day: date
    hour: Hour
    role: Role
    do: Callable[[], object]
    seat: str = ""
    is_aside: bool = False
