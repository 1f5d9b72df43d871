"""The figures of an assessment and of the standing: one way for screen, paper and workbook."""

from __future__ import annotations

from dataclasses import replace

from qma_app.domain.applicability import applicable_checkpoints, premises_of
from qma_app.domain.assessment import Assessment
from qma_app.domain.dealership import Premises
from qma_app.domain.edition import Checkpoint, Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding
from qma_app.domain.ids import CheckpointId, DealershipId, EngagementId
from qma_app.domain.lineage import lineage_of
from qma_app.domain.ports import Reader
from qma_app.domain.result import Result
from qma_app.domain.scoring import score
from qma_app.errors import NotFound
from qma_app.i18n import _


def current_engagement(reader: Reader, dealership_id: DealershipId) -> Engagement:
    """The running programme of a dealership, else the last one begun."""
    engagements = reader.all(Engagement, dealership_id=dealership_id)
    if not engagements:
        raise NotFound(
            _("This dealership has no programme."),
            code="engagement.missing",
            way_out=_("Look into the bin, or set the dealership up again."),
        )
    return next((one for one in engagements if one.is_running), engagements[-1])


def list_assessments(reader: Reader, engagement_id: EngagementId) -> tuple[Assessment, ...]:
    """The assessments of a programme by number."""
    return tuple(sorted(reader.all(Assessment, engagement_id=engagement_id), key=lambda a: a.number))


def applicable_in(reader: Reader, assessment: Assessment) -> tuple[CheckpointId, ...]:
    """The checkpoints of the assessment's scope that apply to the dealership, in the order of the standard."""
    edition = edition_of_assessment(reader, assessment)
    return applicable_checkpoints(edition, premises_in(reader, assessment), assessment.scope)


def premises_in(reader: Reader, assessment: Assessment) -> Premises:
    """What the sites offer: as it was when the assessment was completed, as it is now while it is open."""
    if assessment.features is not None:
        return Premises(features=frozenset(assessment.features), staff=assessment.staff)
    return premises_of(reader, reader.get(Engagement, assessment.engagement_id).dealership_id)


def edition_of(reader: Reader, engagement_id: EngagementId) -> Edition:
    """The edition a programme follows now; what an assessment was made in says `edition_of_assessment`."""
    return reader.edition(reader.get(Engagement, engagement_id).edition)


def edition_of_assessment(reader: Reader, assessment: Assessment) -> Edition:
    """The edition an assessment is made in, with which it is shown for ever."""
    if assessment.edition is not None:
        return reader.edition(assessment.edition)
    return reader.edition(lineage_of(reader, assessment.engagement_id).of(assessment))


def place_of_finding(reader: Reader, finding: Finding) -> tuple[Edition, Checkpoint] | None:
    """The checkpoint a finding was raised at, in the edition of its assessment, else in the newest edition that has it.

    None for a finding at no checkpoint, and for one no edition of the programme knows.
    """
    if finding.checkpoint_id is None:
        return None
    lineage = lineage_of(reader, finding.engagement_id)
    hashes = list(reversed(lineage.editions))
    assessment = (
        reader.find(Assessment, finding.assessment_id, in_bin=True) if finding.assessment_id else None
    )
    if assessment is not None:
        hashes.insert(0, lineage.of(assessment))
    for hash in dict.fromkeys(hashes):
        edition = reader.edition(hash)
        checkpoint = edition.checkpoints.get(finding.checkpoint_id)
        if checkpoint is not None:
            return edition, checkpoint
    return None


def assessment_result(reader: Reader, assessment: Assessment) -> Result:
    """The result of one assessment over its scope, with the findings that were raised up to its end and are open."""
    return score(
        edition_of_assessment(reader, assessment),
        reader.ratings(assessment.id),
        applicable_in(reader, assessment),
        findings_behind(reader, assessment),
        scope=assessment.scope,
    )


def standing_result(reader: Reader, engagement_id: EngagementId) -> Result:
    """Where the dealership stands: the latest rating of each applicable checkpoint."""
    engagement = reader.get(Engagement, engagement_id)
    edition = reader.edition(engagement.edition)
    applicable = applicable_checkpoints(edition, premises_of(reader, engagement.dealership_id))
    return score(
        edition, reader.standing(engagement_id), applicable, reader.all(Finding, engagement_id=engagement_id)
    )


def findings_behind(reader: Reader, assessment: Assessment) -> tuple[Finding, ...]:
    """The findings a result of this assessment rests on: raised in it or before it, as they stood when it ended.

    A finding closed after the assessment was completed still counts as open for it.
    """
    numbers = {a.id: a.number for a in reader.all(Assessment, engagement_id=assessment.engagement_id)}
    behind = []
    for finding in reader.all(Finding, engagement_id=assessment.engagement_id):
        raised_in = numbers.get(finding.assessment_id, 0) if finding.assessment_id else 0
        if raised_in > assessment.number or (not raised_in and _is_later(finding, assessment)):
            continue
        behind.append(finding)
    return tuple(_as_then(finding, assessment) for finding in behind)


def _is_later(finding: Finding, assessment: Assessment) -> bool:
    end = assessment.completed_on
    return end is not None and finding.seen_on is not None and finding.seen_on > end


def _as_then(finding: Finding, assessment: Assessment) -> Finding:
    end = assessment.completed_on
    if end is not None and finding.closed_on is not None and finding.closed_on > end:
        return replace(finding, closed_on=None)
    return finding
