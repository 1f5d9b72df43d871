"""Everything the screen of the visits shows, read at one moment; no widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qma_app.domain.edition import Area, Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence
from qma_app.domain.finding import Finding
from qma_app.domain.ids import AreaId, EngagementId, FindingId, VisitId
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.domain.visit import Visit, VisitNote, VisitState
from qma_app.errors import QmaError
from qma_app.services.visit_notes import notes_of
from qma_app.services.visit_view import VisitView, list_visits, visit_view

if TYPE_CHECKING:
    from qma_app.services.workspace import Workspace


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A photo or document with its small picture; empty where there is none."""

    evidence: Evidence
    picture: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """One visit with what its cards need beyond it: who can be named, what was noted since the last visit, the findings made of notes."""

    view: VisitView
    edition: Edition
    people: tuple[Person, ...]
    loose_notes: tuple[VisitNote, ...]
    findings: Mapping[FindingId, Finding]
    pictures: tuple[Picture, ...]

    @property
    def visit(self) -> Visit:
        return self.view.visit

    @property
    def is_signed(self) -> bool:
        """Signed minutes are only read."""
        return self.visit.closed_at is not None and bool(self.visit.signatures)

    @property
    def is_writable(self) -> bool:
        return not self.is_signed and self.visit.state is not VisitState.CANCELLED


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """The visits of a programme, the earliest first, and one of them opened."""

    visits: tuple[Visit, ...]
    areas: Mapping[AreaId, Area]
    desk: Desk | None

    def areas_of(self, visit: Visit) -> tuple[Area, ...]:
        """The areas of a visit in the order of the standard."""
        return tuple(area for id, area in self.areas.items() if id in visit.areas)


def read_shelf(workspace: Workspace, engagement_id: EngagementId, wanted: VisitId | None) -> Shelf:
    """The visits, and the one wanted; else the one under way, the next ahead, or the last one held."""
    on, now = workspace.today(), workspace.clock()
    with workspace.reading() as reader:
        engagement = reader.get(Engagement, engagement_id)
        edition = reader.edition(engagement.edition)
        visits = list_visits(reader, engagement_id)
        chosen = next((one for one in visits if one.id == wanted), None) or first_wanted(visits)
        desk = None
        if chosen is not None:
            desk = _desk(reader, visit_view(reader, chosen.id, on=on, now=now), edition)
    return Shelf(visits=visits, areas=edition.areas_by_id, desk=desk)


def first_wanted(visits: tuple[Visit, ...]) -> Visit | None:
    """The visit somebody most likely means: the one under way, else the next one ahead, else the last one."""
    under_way = [one for one in visits if one.clock and one.is_ahead]
    ahead = [one for one in visits if one.is_ahead]
    last = [one for one in visits if one.state is VisitState.CLOSED]
    return next(iter((*under_way, *ahead, *reversed(last), *visits)), None)


def _desk(reader: Reader, view: VisitView, edition: Edition) -> Desk:
    named = {note.finding_id for note in view.notes if note.finding_id is not None}
    findings = {id: found for id in named if (found := reader.find(Finding, id)) is not None}
    is_ahead = view.visit.is_ahead
    return Desk(
        view=view,
        edition=edition,
        people=reader.all(Person, dealership_id=view.dealership.id),
        loose_notes=notes_of(reader, view.engagement.id) if is_ahead else (),
        findings=findings,
        pictures=tuple(_picture(reader, one) for one in (*view.photos, *view.documents)),
    )


def _picture(reader: Reader, evidence: Evidence) -> Picture:
    picture = b""
    if evidence.thumbnail_digest is not None:
        try:
            picture = reader.evidence_bytes(evidence.thumbnail_digest)
        except QmaError:
            # A missing or damaged file must not hide the visit: it is shown by its name.
            picture = b""
    return Picture(evidence=evidence, picture=picture)
