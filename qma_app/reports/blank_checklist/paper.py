"""What a blank checklist says, as plain values: everything is read once, and drawing reads nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Area, Checkpoint, Edition, Process
from qma_app.domain.people import Person


@dataclass(frozen=True, kw_only=True, slots=True)
class ProcessSheet:
    """One process with the checkpoints that apply; never without any."""

    process: Process
    checkpoints: tuple[Checkpoint, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftOut:
    """A checkpoint that is not asked here, and why."""

    checkpoint: Checkpoint
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ChecklistPaper:
    """A blank checklist of an area, or of one process of it, as it applies to one dealership.

    `shown_at` is the instant of the last change in the workspace: it dates the file.
    """

    dealership: Dealership
    edition: Edition
    area: Area
    processes: tuple[ProcessSheet, ...]
    left_out: tuple[LeftOut, ...]
    only: Process | None
    coach: Person | None
    shown_at: datetime
    is_sample: bool = False

    @property
    def name(self) -> str:
        """The area, or number and title of the process it is about."""
        return f"{self.only.number} {self.only.title}" if self.only else str(self.area.title)

    @property
    def count(self) -> int:
        """How many checkpoints are asked."""
        return sum(len(sheet.checkpoints) for sheet in self.processes)
