"""The plan as it is proposed, before anything of it is stored: phases, areas in waves, visits with their load."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from qma_app.domain.ids import AreaId
from qma_app.domain.phase_spans import PhaseSpan


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaProposal:
    """One area in its place: `score` (0 to 100) says how much its improvement would do for customers, `reasons` why it stands here."""

    area_id: AreaId
    code: str
    title: str
    wave: int
    place: int
    starts_on: date
    ends_on: date
    score: Fraction
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitProposal:
    """One visit on a free day; `load_minutes` is what its areas ask for, `remarks` what is to be known about day or load."""

    number: int
    day: date
    areas: tuple[AreaId, ...]
    load_minutes: int
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanProposal:
    """A whole plan; `audit_on` is the first day of the audit, `remarks` concern all of it."""

    phases: tuple[PhaseSpan, ...]
    areas: tuple[AreaProposal, ...]
    visits: tuple[VisitProposal, ...]
    audit_on: date
    remarks: tuple[str, ...] = ()
