"""What the sample tells of the life of a finding: answers, causes, actions, checks and readings, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from qma_app.domain.action import Stage
from qma_app.domain.finding import Elsewhere, Reply
from qma_app.domain.ids import CheckpointId
from qma_app.domain.month import Month
from qma_app.domain.verification import Effect, VerificationKind
from qma_app.services.readings import MonthFigures

FindingKey: TypeAlias = tuple[str, CheckpointId]
"""A finding by the pass it was raised in and its checkpoint."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SeenAgain:
    """One sighting; `pass_name` where it was seen in an assessment, `due` where a finding that came back got a new day."""

    day: date
    place: str
    words: str
    pass_name: str
    at: CheckpointId | None
    due: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerLine:
    """What was said and done about one finding beside its actions; `accepted` are the days its plan was accepted."""

    finding: FindingKey
    day: date
    reply: Reply | None
    by: str
    words: str
    correction: str
    corrected: date | None
    elsewhere: Elsewhere | None
    elsewhere_words: str
    cost: Decimal | None
    accepted: tuple[date, ...]
    again: tuple[SeenAgain, ...]
    closed_again: date | None
    closing_again: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Why:
    """One answer to "why?"; it hangs below the last one before it that is one level less deep."""

    depth: int
    is_changeable: bool
    category: str
    origin: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CauseLine:
    """The tree of whys of one finding, asked on a day."""

    finding: FindingKey
    day: date
    whys: tuple[Why, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Serving:
    """A finding an action serves, and which of its whys, counted from 1."""

    finding: FindingKey
    why: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionLine:
    """One action; `fields` are those of the record, `way` its moves, `counted_in` the name of another action.

    `anew` is when it got other days after a check that showed nothing, with these days.
    """

    name: str
    planned: date
    what: str
    serves: tuple[Serving, ...]
    fields: Mapping[str, Any]
    way: tuple[tuple[Stage, date], ...]
    agreed: date | None
    anew: tuple[date, Mapping[str, date]] | None
    counted_in: str
    standardised: date | None
    standardised_in: str
    dropped: date | None
    dropped_reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckLine:
    """A check of an action or of a finding; planned on a day, made on a day, or both.

    `lots` are population, seed, what was drawn from, and by whom.
    """

    action: str
    finding: FindingKey | None
    kind: VerificationKind
    planned: date | None
    planned_for: date | None
    made: date | None
    effect: Effect | None
    words: str
    reason: str
    sample: tuple[int, int, int | None] | None
    lots: tuple[int, int, str, str] | None
    kpi: str
    months: tuple[Month, Month, Month, Month] | None
    points: int | None
    at: CheckpointId | None
    pass_name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingLine:
    """The months of one KPI, and the days on which those that had passed were typed in."""

    kpi: str
    typed: tuple[date, ...]
    months: tuple[MonthFigures, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Life:
    """All that follows from the findings of one house."""

    answers: tuple[AnswerLine, ...]
    causes: tuple[CauseLine, ...]
    actions: tuple[ActionLine, ...]
    checks: tuple[CheckLine, ...]
    readings: tuple[ReadingLine, ...]
