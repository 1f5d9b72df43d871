"""Everything the panel shows of one finding, read at one moment; no widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qma_app.domain.assessment import Assessment
from qma_app.domain.edition import Checkpoint, Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence, EvidenceLink
from qma_app.domain.evidence_use import evidence_of_finding
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.history import assessment_label
from qma_app.domain.ids import AssessmentId, CheckpointId, EngagementId, EvidenceId, FindingId
from qma_app.domain.lineage import lineage_of
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Rating
from qma_app.domain.sampling import suggested_grade
from qma_app.domain.standing import list_assessments, place_of_finding
from qma_app.errors import QmaError


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A photo or document of a finding; `is_own` is False where it hangs on the checkpoint, `picture` is its small picture."""

    evidence: Evidence
    is_own: bool
    picture: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingDetail:
    """A finding with its checkpoint, where it was found, what its points suggest, and what supports it."""

    finding: Finding
    checkpoint: Checkpoint | None
    assessment: Assessment | None
    assessment_label: str
    suggested: FindingGrade | None
    attachments: tuple[Attachment, ...]


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
    own = {link.evidence_id for link in reader.all(EvidenceLink, finding_id=finding_id)}
    return FindingDetail(
        finding=finding,
        checkpoint=checkpoint,
        assessment=assessment,
        assessment_label=assessment_label(engagement, assessment) if assessment else "",
        suggested=_suggested(reader, edition, assessment, checkpoint),
        attachments=tuple(_attachment(reader, item, own) for item in evidence_of_finding(reader, finding_id)),
    )


def _suggested(
    reader: Reader, edition: Edition, assessment: Assessment | None, checkpoint: Checkpoint | None
) -> FindingGrade | None:
    if assessment is None or checkpoint is None:
        return None
    found = reader.all(Rating, assessment_id=assessment.id, checkpoint_id=checkpoint.id)
    points = found[0].points if found else None
    if points is None:
        return None
    return suggested_grade(checkpoint, points, critical_points=edition.rules.critical_points)


def _attachment(reader: Reader, evidence: Evidence, own: set[EvidenceId]) -> Attachment:
    picture = b""
    if evidence.thumbnail_digest is not None:
        try:
            picture = reader.evidence_bytes(evidence.thumbnail_digest)
        except QmaError:
            # A missing or damaged file must not hide the finding: it is shown by its name.
            picture = b""
    return Attachment(evidence=evidence, is_own=evidence.id in own, picture=picture)
