"""What the action plan workbook shows: everything on findings, causes, actions and checks of a programme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from qma_app.domain.action import Action
from qma_app.domain.cause import Cause
from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Area, Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence, PhotoPair
from qma_app.domain.finding import Finding, Sighting
from qma_app.domain.finding_state import FindingState
from qma_app.domain.ids import (
    AssessmentId,
    PersonId,
)
from qma_app.domain.ports import LogHead
from qma_app.domain.reading import Reading
from qma_app.domain.verification import Verification
from qma_app.i18n import _

OWNER_MARK: Final = "owner:"
"""Stands before a name where a workbook is about the actions of one person."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """Which part of the plan is shown: one area, one owner, or all of it."""

    area: Area | None = None
    owner: str = ""

    @property
    def title(self) -> str:
        return f"{self.area.code} {self.area.title}" if self.area else self.owner

    @property
    def is_whole(self) -> bool:
        return self.area is None and not self.owner


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionLine:
    """One action with what its columns name."""

    action: Action
    person: str
    checkpoint: str
    kpi: str
    counted_in: str
    findings: tuple[Finding, ...]
    causes: tuple[str, ...]
    checks: tuple[Verification, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingLine:
    """One finding with what its columns name."""

    finding: Finding
    state: FindingState
    checkpoint: str
    assessment: int | None
    raised_by: str
    accepted_by: str
    actions: tuple[Action, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CauseLine:
    """One cause; `outline` is its place in the tree of its finding (`1.2.1`)."""

    cause: Cause
    finding: Finding
    outline: str
    category: str
    origin: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceLine:
    """One photo or document and where it is used."""

    evidence: Evidence
    uses: tuple[str, ...]
    taken_in_by: str
    revises: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PairLine:
    """Two photos side by side."""

    pair: PhotoPair
    before: str
    after: str
    finding: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionBook:
    """All that the sheets show."""

    dealership: Dealership
    engagement: Engagement
    edition: Edition
    scope: Scope
    actions: tuple[ActionLine, ...]
    findings: tuple[FindingLine, ...]
    causes: tuple[CauseLine, ...]
    verifications: tuple[Verification, ...]
    readings: tuple[Reading, ...]
    sightings: tuple[Sighting, ...]
    evidence: tuple[EvidenceLine, ...]
    pairs: tuple[PairLine, ...]
    labels: Mapping[str, str]
    """What every action, finding and checkpoint is called, by its id."""
    people: Mapping[PersonId, str]
    numbers: Mapping[AssessmentId, int]
    owners: tuple[str, ...]
    head: LogHead

    @property
    def title(self) -> str:
        """`Autohaus Beispiel · Action plan · SRV Service`"""
        parts = (self.dealership.name, _("Action plan"), self.scope.title)
        return " · ".join(part for part in parts if part)

    @property
    def changed_at(self) -> datetime:
        """The instant of the last change it shows."""
        return self.head.changed_at(self.engagement.started_on)

    def name_of(self, person_id: PersonId | None) -> str:
        """A person's name; the id where the person is no longer known."""
        return "" if person_id is None else self.people.get(person_id, person_id)
