"""Everything the panel shows of one finding, read at one moment; no widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qma_app.domain.action import Action, ActionLink
from qma_app.domain.assessment import Assessment
from qma_app.domain.cause import Cause
from qma_app.domain.cause_rules import CauseProblem, cause_problems
from qma_app.domain.edition import Checkpoint, Edition, KpiDefinition
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence, EvidenceLink, PhotoPair
from qma_app.domain.evidence_use import evidence_of_action, evidence_of_finding, pairs_of_finding
from qma_app.domain.finding import Finding, FindingGrade, Sighting
from qma_app.domain.finding_reading import (
    actions_of_finding,
    causes_of_finding,
    findings_of_action,
    obstacles_of,
    suggested_grade_of,
)
from qma_app.domain.finding_state import FindingState, Obstacle, state_of
from qma_app.domain.history import assessment_label
from qma_app.domain.ids import (
    AssessmentId,
    CheckpointId,
    EngagementId,
    EvidenceId,
    FindingId,
    PersonId,
)
from qma_app.domain.lineage import lineage_of
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.domain.reading import Reading
from qma_app.domain.standing import list_assessments, place_of_finding
from qma_app.domain.verification import Verification
from qma_app.errors import QmaError


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A photo or document of a finding; `is_own` is False where it hangs on the checkpoint, `picture` is its small picture."""

    evidence: Evidence
    is_own: bool
    picture: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Holder:
    """What photos and documents hang on: a finding or an action, with its label."""

    id: str
    label: str
    attachments: tuple[Attachment, ...]
    is_action: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """Two photos of the same thing with their small pictures."""

    pair: PhotoPair
    before: Attachment
    after: Attachment


@dataclass(frozen=True, kw_only=True, slots=True)
class ServingAction:
    """An action that serves the finding, with its tie to it, the other findings it serves, its checks, and its KPI."""

    action: Action
    link: ActionLink
    others: tuple[Finding, ...] = ()
    checks: tuple[Verification, ...] = ()
    kpi: KpiDefinition | None = None
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingDetail:
    """A finding with its checkpoint, where it was found, what its points suggest, what supports it, and its way so far.

    `checks` are those of the finding itself; `people` gives the names of who did something.
    """

    finding: Finding
    checkpoint: Checkpoint | None
    assessment: Assessment | None
    assessment_label: str
    suggested: FindingGrade | None
    attachments: tuple[Attachment, ...]
    edition: Edition
    pairs: tuple[Pair, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    causes: tuple[Cause, ...] = ()
    problems: tuple[CauseProblem, ...] = ()
    actions: tuple[ServingAction, ...] = ()
    checks: tuple[Verification, ...] = ()
    state: FindingState = FindingState.SEEN
    obstacles: tuple[Obstacle, ...] = ()
    people: Mapping[PersonId, str] = field(default_factory=dict)

    def serving(self, action_id: str) -> ServingAction | None:
        """The action of this id, where it serves the finding."""
        return next((one for one in self.actions if one.action.id == action_id), None)

    def person(self, id: PersonId | None) -> str:
        """The name of who did something; "" where nobody is known."""
        return self.people.get(id, "") if id is not None else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """What any finding of the programme may choose from, and the open assessment a new one belongs to."""

    engagement: Engagement
    edition: Edition
    people: tuple[str, ...]
    open_assessment: Assessment | None
    editions: tuple[Edition, ...] = ()
    made_in: Mapping[AssessmentId, Edition] = field(default_factory=dict)

    def edition_of(self, finding: Finding) -> Edition:
        """The edition a finding was raised in, else the newest one of the programme that has its checkpoint."""
        raised = self.made_in.get(finding.assessment_id) if finding.assessment_id else None
        known = (raised, self.edition, *self.editions)
        return next((one for one in known if one and finding.checkpoint_id in one.checkpoints), self.edition)

    def checkpoint(self, id: CheckpointId | None) -> Checkpoint | None:
        """A checkpoint as the newest edition has it that knows it."""
        if id is None:
            return None
        known = (one.checkpoints.get(id) for one in (self.edition, *self.editions))
        return next((point for point in known if point is not None), None)


def read_surroundings(reader: Reader, engagement_id: EngagementId) -> Surroundings:
    """The people of the dealership by name, the edition, and the newest open assessment."""
    engagement = reader.get(Engagement, engagement_id)
    people = {person.name for person in reader.all(Person, dealership_id=engagement.dealership_id)}
    assessments = list_assessments(reader, engagement_id)
    still_open = [assessment for assessment in assessments if assessment.is_open]
    lineage = lineage_of(reader, engagement_id)
    return Surroundings(
        engagement=engagement,
        edition=reader.edition(engagement.edition),
        people=tuple(sorted(people, key=str.casefold)),
        open_assessment=still_open[-1] if still_open else None,
        editions=tuple(reader.edition(hash) for hash in reversed(lineage.editions)),
        made_in={one.id: reader.edition(lineage.of(one)) for one in assessments},
    )


def read_detail(reader: Reader, finding_id: FindingId) -> FindingDetail | None:
    """The finding as the panel shows it; None when it is not there (any more)."""
    finding = reader.find(Finding, finding_id)
    if finding is None:
        return None
    engagement = reader.get(Engagement, finding.engagement_id)
    place = place_of_finding(reader, finding)
    edition, checkpoint = place if place is not None else (reader.edition(engagement.edition), None)
    assessment = reader.find(Assessment, finding.assessment_id) if finding.assessment_id else None
    causes = causes_of_finding(reader, finding_id)
    problems = cause_problems(finding, causes, edition)
    actions = _serving(reader, finding, edition)
    plain = tuple(one.action for one in actions)
    checks = reader.all(Verification, finding_id=finding_id)
    return FindingDetail(
        finding=finding,
        checkpoint=checkpoint,
        assessment=assessment,
        assessment_label=assessment_label(engagement, assessment) if assessment else "",
        suggested=suggested_grade_of(reader, finding),
        attachments=_attachments(reader, finding_id),
        edition=edition,
        pairs=_pairs(reader, finding_id),
        sightings=tuple(sorted(reader.all(Sighting, finding_id=finding_id), key=lambda one: one.seen_on)),
        causes=causes,
        problems=problems,
        actions=actions,
        checks=checks,
        state=state_of(finding, plain, checks),
        obstacles=obstacles_of(reader, finding),
        people={person.id: person.name for person in reader.all(Person)},
    )


def _serving(reader: Reader, finding: Finding, edition: Edition) -> tuple[ServingAction, ...]:
    links = {link.action_id: link for link in reader.all(ActionLink, finding_id=finding.id)}
    found: list[ServingAction] = []
    for action in actions_of_finding(reader, finding.id):
        readings = (
            reader.all(Reading, engagement_id=action.engagement_id, kpi=action.kpi) if action.kpi else ()
        )
        found.append(
            ServingAction(
                action=action,
                link=links[action.id],
                others=tuple(one for one in findings_of_action(reader, action.id) if one.id != finding.id),
                checks=reader.all(Verification, action_id=action.id),
                kpi=edition.kpis.get(action.kpi),
                readings=tuple(sorted(readings, key=lambda one: one.month)),
            )
        )
    return tuple(found)


def _pairs(reader: Reader, finding_id: FindingId) -> tuple[Pair, ...]:
    return tuple(
        Pair(
            pair=pair,
            before=_attachment(reader, reader.get(Evidence, pair.before_id), set()),
            after=_attachment(reader, reader.get(Evidence, pair.after_id), set()),
        )
        for pair in pairs_of_finding(reader, finding_id)
    )


def read_action_holder(reader: Reader, action: Action) -> Holder:
    """What shows that an action was done."""
    found = evidence_of_action(reader, action.id)
    own = {item.id for item in found}
    return Holder(
        id=action.id,
        label=action.label,
        attachments=tuple(_attachment(reader, item, own) for item in found),
        is_action=True,
    )


def _attachments(reader: Reader, finding_id: FindingId) -> tuple[Attachment, ...]:
    own = {link.evidence_id for link in reader.all(EvidenceLink, finding_id=finding_id)}
    return tuple(_attachment(reader, item, own) for item in evidence_of_finding(reader, finding_id))


def _attachment(reader: Reader, evidence: Evidence, own: set[EvidenceId]) -> Attachment:
    picture = b""
    if evidence.thumbnail_digest is not None:
        try:
            picture = reader.evidence_bytes(evidence.thumbnail_digest)
        except QmaError:
            # A missing or damaged file must not hide the finding: it is shown by its name.
            picture = b""
    return Attachment(evidence=evidence, is_own=evidence.id in own, picture=picture)
