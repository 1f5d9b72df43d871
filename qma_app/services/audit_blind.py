"""The second look is blind: what the coach gave a checkpoint stays covered until the auditor has rated it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from qma_app.domain.assessment import Assessment
from qma_app.domain.audit import Audit
from qma_app.domain.edition import Edition
from qma_app.domain.finding import Finding, Sighting
from qma_app.domain.ids import AssessmentId, CheckpointId, EngagementId, FindingId
from qma_app.domain.lineage import lineage_of
from qma_app.domain.people import Role
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.setting import Setting
from qma_app.domain.standing import applicable_in, edition_of_assessment
from qma_app.errors import RuleBroken
from qma_app.i18n import _


@dataclass(frozen=True, kw_only=True, slots=True)
class Cover:
    """What the blind second look keeps from whoever reads one assessment.

    `checkpoints` are those at which others' ratings and the coach's findings are covered; `hides_own` says that the assessment
    itself is one of the coach's, whose points at them are covered too. `of_audits` are assessments whose findings are an
    auditor's, `seen_again` the coach's findings the audit named itself: these are always shown.
    """

    checkpoints: frozenset[CheckpointId] = frozenset()
    hides_own: bool = False
    is_blind: bool = False
    audit: Audit | None = None
    of_audits: frozenset[AssessmentId] = frozenset()
    seen_again: frozenset[FindingId] = frozenset()

    def shows(self, finding: Finding) -> bool:
        """Whether a finding may be read."""
        return (
            finding.checkpoint_id not in self.checkpoints
            or finding.assessment_id in self.of_audits
            or finding.id in self.seen_again
        )

    def shown(self, ratings: Mapping[CheckpointId, Rating]) -> dict[CheckpointId, Rating]:
        """Of the assessment's own ratings those that may be read."""
        hidden = self.checkpoints if self.hides_own else frozenset()
        return {id: one for id, one in ratings.items() if id not in hidden}

    def uncovered(self, earlier: Mapping[CheckpointId, Rating]) -> dict[CheckpointId, Rating]:
        """Of the ratings of earlier assessments those that may be read."""
        return {id: one for id, one in earlier.items() if id not in self.checkpoints}


def may_see(own: Rating | None, *, is_closed: bool) -> bool:
    """Whether the coach's points at a checkpoint are shown: once it carries the auditor's; after the closing with any mark.

    A mark alone opens nothing before the closing, as points could still follow it.
    """
    if own is None or own.outcome is Outcome.OPEN:
        return False
    return is_closed or own.outcome is Outcome.RATED


def cover_of(reader: Reader, assessment: Assessment, wanted: Collection[CheckpointId]) -> Cover:
    """What is covered in an assessment at these of its checkpoints.

    In an audit what its own ratings do not uncover yet, whoever reads. In an assessment of the coach nothing, but while an auditor
    is working whose audit had no closing meeting yet: then what that audit did not rate.
    """
    if assessment.is_guided:
        audit = next(iter(reader.all(Audit, assessment_id=assessment.id)), None)
        is_closed = audit is not None and audit.closing is not None
        own = reader.ratings(assessment.id)
        hidden = frozenset(id for id in wanted if not may_see(own.get(id), is_closed=is_closed))
        return _cover(reader, assessment.engagement_id, hidden, audit, is_blind=not is_closed)
    blind = blind_audit(reader, assessment.engagement_id)
    if blind is None:
        return Cover()
    hidden = _unrated_in(reader, blind, edition_of_assessment(reader, assessment))
    return _cover(
        reader, assessment.engagement_id, hidden & frozenset(wanted), blind, is_blind=True, hides_own=True
    )


def covered_from_auditor(reader: Reader, engagement_id: EngagementId, edition: Edition) -> Cover:
    """What of a programme's standing is covered in an edition of it while an auditor is working."""
    blind = blind_audit(reader, engagement_id)
    if blind is None:
        return Cover()
    hidden = _unrated_in(reader, blind, edition)
    return _cover(reader, engagement_id, hidden, blind, is_blind=True, hides_own=True)


def blind_audit(reader: Reader, engagement_id: EngagementId) -> Audit | None:
    """The audit of a programme that is looked through blind: an auditor is working, and its closing meeting was not held."""
    if working_role(reader) is not Role.AUDITOR:
        return None
    under_way = (one for one in reader.all(Audit, engagement_id=engagement_id) if not one.is_signed)
    return next((one for one in under_way if one.closing is None), None)


def working_role(reader: Reader) -> Role | None:
    """As what somebody is working in this workspace; None where nobody is named."""
    from qma_app.services.workspace import WORKER_SETTING

    setting = reader.find(Setting, WORKER_SETTING)
    role = setting.value.partition(" ")[2] if setting is not None else ""
    return Role(role) if role in tuple(Role) else None


def check_sees_last(assessment: Assessment) -> None:
    """RuleBroken `audit.blind` where points of an earlier assessment would be taken over into an audit."""
    if assessment.is_guided:
        raise RuleBroken(
            _("In an audit nothing is taken over from earlier assessments."),
            code="audit.blind",
            way_out=_("Look yourself, and rate what you have seen."),
        )


def _cover(
    reader: Reader,
    engagement_id: EngagementId,
    hidden: frozenset[CheckpointId],
    audit: Audit | None,
    *,
    is_blind: bool,
    hides_own: bool = False,
) -> Cover:
    if not hidden:
        return Cover(is_blind=is_blind, audit=audit, hides_own=hides_own)
    mine = audit.assessment_id if audit is not None else None
    return Cover(
        checkpoints=hidden,
        hides_own=hides_own,
        is_blind=is_blind,
        audit=audit,
        of_audits=frozenset(
            one.id for one in reader.all(Assessment, engagement_id=engagement_id) if one.is_audit
        ),
        seen_again=frozenset(one.finding_id for one in reader.all(Sighting, assessment_id=mine) if mine),
    )


def _unrated_in(reader: Reader, audit: Audit, edition: Edition) -> frozenset[CheckpointId]:
    """What an audit has to look at and gave no points yet, under the ids it has in an edition of the programme."""
    assessment = reader.get(Assessment, audit.assessment_id)
    own = reader.ratings(assessment.id)
    hidden = [id for id in applicable_in(reader, assessment) if not may_see(own.get(id), is_closed=False)]
    lineage = lineage_of(reader, audit.engagement_id)
    here = lineage.of(assessment)
    if here == edition.hash:
        return frozenset(hidden)
    if lineage.is_before(edition.hash, here):
        return frozenset(lineage.before(hidden, at=here, to=edition.hash).values())
    later = (lineage.after(id, at=here, to=edition.hash) for id in hidden)
    return frozenset(id for ids in later for id in ids)
