"""What agenda and minutes of a visit say, as plain values: everything is read once, and drawing reads nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from qma_app.domain.edition import Area, Checkpoint
from qma_app.domain.finding import Finding
from qma_app.domain.people import Person
from qma_app.domain.visit import Visit, VisitNote, VisitState
from qma_app.reports.actions.values import ActionPart, Frame
from qma_app.reports.paper import EvidenceEntry
from qma_app.reports.year.items import ItemPart
from qma_app.reports.year.promises import PromiseLine


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedPerson:
    """Somebody who is asked to be there, and what for."""

    name: str
    function: str
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaPaper:
    """Everything the agenda shows; `promises` are those not settled, the one due first in front."""

    frame: Frame
    visit: Visit
    coach: Person | None
    areas: tuple[Area, ...]
    items: tuple[ItemPart, ...]
    promises: tuple[PromiseLine, ...]
    asked: tuple[AskedPerson, ...]

    @property
    def is_called_off(self) -> bool:
        return self.visit.state is VisitState.CANCELLED


@dataclass(frozen=True, kw_only=True, slots=True)
class NotePart:
    """One quick note: by whom, at which checkpoint, and the finding made of it ("F-014")."""

    note: VisitNote
    who: str
    checkpoint: Checkpoint | None
    finding: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingLine:
    """A finding raised at the visit, and where."""

    finding: Finding
    checkpoint: Checkpoint | None


@dataclass(frozen=True, kw_only=True, slots=True)
class MinutesPaper:
    """Everything the minutes show.

    `judged_on` is the day promises are judged by: that of the visit once it is held. `opening` are promises from before that were
    open then or settled since the visit before, `made` those made at this visit. `remarks` say what is odd about the clock,
    `next_visit` is the one planned behind it, held by now or not.
    """

    frame: Frame
    visit: Visit
    coach: Person | None
    areas: tuple[Area, ...]
    worked: timedelta
    remarks: tuple[str, ...]
    judged_on: date
    items: tuple[ItemPart, ...]
    notes: tuple[NotePart, ...]
    findings: tuple[FindingLine, ...]
    actions: tuple[ActionPart, ...]
    opening: tuple[PromiseLine, ...]
    made: tuple[PromiseLine, ...]
    files: tuple[EvidenceEntry, ...]
    next_visit: Visit | None

    @property
    def is_draft(self) -> bool:
        """Still under way, or not begun: what is written may change."""
        return self.visit.is_ahead

    @property
    def is_ahead(self) -> bool:
        """Not begun: nothing can be told of it yet."""
        return self.visit.state is VisitState.PLANNED

    @property
    def is_called_off(self) -> bool:
        return self.visit.state is VisitState.CANCELLED
