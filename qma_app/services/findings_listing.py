"""The findings of a programme as the screen lists them, read in one go and again only where an edit touched them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from qma_app.domain.action import Action, ActionLink
from qma_app.domain.cause import Cause
from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding, FindingGrade, Sighting
from qma_app.domain.ids import ActionId, AreaId, CheckpointId, EngagementId, FindingId
from qma_app.domain.lineage import lineage_of
from qma_app.domain.people import Person
from qma_app.domain.record import Changes
from qma_app.domain.standing import list_assessments
from qma_app.domain.verification import Verification
from qma_app.services.workspace import Workspace
from qma_app.storage.findings_query import SEPARATOR, FindingLine
from qma_app.storage.scopes import ReadingScope

__all__ = [
    "LISTED",
    "SEPARATOR",
    "ActionsListing",
    "FindingLine",
    "FindingsListing",
    "Spot",
    "TouchedFindings",
    "Whereabouts",
    "as_findings",
    "first_finding_of",
    "read_actions",
    "read_listing",
    "touched_findings",
    "words_of_findings",
]
LISTED = (Finding, Cause, Action, ActionLink, Sighting, Verification)
"""Whose changes can change a line."""


class Spot(NamedTuple):
    """Where in the standard a finding hangs; all empty for one about the whole house."""

    area_id: AreaId | None = None
    area: str = ""
    process: str = ""
    is_critical: bool = False


_NOWHERE = Spot()


@dataclass(frozen=True, kw_only=True, slots=True)
class Whereabouts:
    """Knows the spot of any checkpoint: in the edition of the finding's assessment, else in the newest one that has it."""

    editions: Sequence[Edition]
    made_in: Mapping[str, Edition]
    _known: dict[tuple[str | None, str], Spot] = field(default_factory=dict)

    def of(self, line: FindingLine) -> Spot:
        """Where this finding hangs."""
        id = line.checkpoint_id
        if id is None:
            return _NOWHERE
        key = line.assessment_id, id
        spot = self._known.get(key)
        if spot is None:
            spot = self._known[key] = self._spot(line.assessment_id, CheckpointId(id))
        return spot

    def _spot(self, assessment_id: str | None, id: CheckpointId) -> Spot:
        made_in = self.made_in.get(assessment_id) if assessment_id else None
        for edition in (*((made_in,) if made_in else ()), *self.editions):
            checkpoint = edition.checkpoints.get(id)
            if checkpoint is not None:
                return Spot(
                    area_id=checkpoint.area_id,
                    area=str(edition.areas_by_id[checkpoint.area_id].title),
                    process=edition.processes[checkpoint.process_id].number,
                    is_critical=checkpoint.is_critical,
                )
        return _NOWHERE


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingsListing:
    """All findings, the newest first, and what is needed to read them: the day, who looks, and the words of the standard.

    `areas` and `categories` are those of the edition in force, in its order.
    """

    engagement_id: EngagementId
    today: date
    worker_id: str
    worker_name: str
    lines: Sequence[FindingLine]
    whereabouts: Whereabouts
    areas: Sequence[tuple[AreaId, str]]
    categories: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class TouchedFindings:
    """What an edit did to the list: the lines as they are now, and the findings that are no longer there."""

    lines: Sequence[FindingLine]
    gone: Collection[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionsListing:
    """All actions of a programme with the ids of the findings each serves, by number of the finding."""

    actions: Sequence[Action]
    served: Mapping[ActionId, Sequence[FindingId]]


def read_listing(workspace: Workspace, engagement_id: EngagementId) -> FindingsListing:
    """The findings of a programme today, in the eyes of who is working."""
    worker_id = workspace.worker.person_id if workspace.worker else None
    with workspace.reading() as reader:
        engagement = reader.get(Engagement, engagement_id)
        worker = reader.find(Person, worker_id) if worker_id else None
        edition = reader.edition(engagement.edition)
        return FindingsListing(
            engagement_id=engagement_id,
            today=workspace.today(),
            worker_id=worker_id or "",
            worker_name=worker.name if worker else "",
            lines=reader.findings_query().lines(engagement_id),
            whereabouts=_whereabouts(reader, engagement_id),
            areas=tuple((area.id, str(area.title)) for area in edition.areas),
            categories=tuple((each.id, str(each.title)) for each in edition.cause_categories),
        )


def touched_findings(
    workspace: Workspace, engagement_id: EngagementId, changes: Changes
) -> TouchedFindings | None:
    """The lines an edit touched, read anew; None where it touched none of them."""
    ids, actions = _named_in(changes)
    if not ids and not actions:
        return None
    with workspace.reading() as reader:
        query = reader.findings_query()
        if actions:
            ids.update(query.ever_served(actions))
        lines = query.lines(engagement_id, ids) if ids else []
    return TouchedFindings(lines=lines, gone=ids - {line.id for line in lines})


def words_of_findings(
    workspace: Workspace, engagement_id: EngagementId, ids: Collection[str] | None = None
) -> Mapping[str, str]:
    """Everything written at the findings, their causes and their actions; of all of them, or of those named."""
    with workspace.reading() as reader:
        return reader.findings_query().words(engagement_id, ids)


def read_actions(workspace: Workspace, engagement_id: EngagementId) -> ActionsListing:
    """The actions of a programme with what each serves; dropped ones and proposals too."""
    with workspace.reading() as reader:
        actions = reader.all(Action, engagement_id=engagement_id)
        served: dict[ActionId, list[FindingId]] = {}
        for action_id, finding_id in reader.findings_query().served(engagement_id):
            served.setdefault(ActionId(action_id), []).append(FindingId(finding_id))
    return ActionsListing(actions=actions, served=served)


def first_finding_of(workspace: Workspace, action_id: ActionId) -> FindingId | None:
    """The finding of the lowest number that an action serves."""
    from qma_app.domain.finding_reading import findings_of_action

    with workspace.reading() as reader:
        return next((finding.id for finding in findings_of_action(reader, action_id)), None)


def as_findings(lines: Iterable[FindingLine], engagement_id: EngagementId) -> tuple[Finding, ...]:
    """Records with what a line says of a finding, for rules that take records."""
    return tuple(
        Finding(
            id=FindingId(line.id),
            engagement_id=engagement_id,
            number=line.number,
            grade=FindingGrade(line.grade),
            statement=line.statement,
            seen_on=_day(line.seen_on),
            due_on=_day(line.due_on),
            closed_on=_day(line.closed_on),
            cost=Decimal(line.cost) if line.cost is not None else None,
            reopened=line.reopened,
        )
        for line in lines
    )


def _whereabouts(reader: ReadingScope, engagement_id: EngagementId) -> Whereabouts:
    lineage = lineage_of(reader, engagement_id)
    return Whereabouts(
        editions=tuple(reader.edition(hash) for hash in reversed(lineage.editions)),
        made_in={one.id: reader.edition(lineage.of(one)) for one in list_assessments(reader, engagement_id)},
    )


def _named_in(changes: Changes) -> tuple[set[str], set[str]]:
    """The findings an edit names, as they were and as they are, and the actions."""
    findings: set[str] = set()
    actions: set[str] = set()
    for change in changes.records:
        for record in (change.before, change.after):
            match record:
                case Finding():
                    findings.add(record.id)
                case Action():
                    actions.add(record.id)
                case Cause() | ActionLink() | Sighting():
                    findings.add(record.finding_id)
                case Verification():
                    findings.update((record.finding_id,) if record.finding_id else ())
                    actions.update((record.action_id,) if record.action_id else ())
                case _:
                    pass
    return findings, actions


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
