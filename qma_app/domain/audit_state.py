"""Everything the path of an audit is computed from, as one value that can be filled from any reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import Audit, AuditSample, AuditSlot
from qma_app.domain.certification import Certificate, CertificationDecision, IssuedFile
from qma_app.domain.edition import Checkpoint, Edition
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AreaId, AuditId, CheckpointId, FindingId, PersonId
from qma_app.domain.independence import Conflict
from qma_app.domain.levels import Ratings, points_of
from qma_app.domain.people import Person, Qualification
from qma_app.domain.recommending import Basis, Recommended, looked_again, recommended

LOW_POINTS: Final = 4
"""Up to these points a checkpoint needs a finding."""
LOOKS_BACK: Final = frozenset((AssessmentKind.SURVEILLANCE, AssessmentKind.SHORT_NOTICE))
"""Audits of a certificate that stands already: it is confirmed, suspended or withdrawn after them, and none is granted."""


@dataclass(frozen=True, kw_only=True)
class AuditBefore:
    """The audit this one follows: its areas, its ratings, what applied in it, and its majors as they stand now."""

    audit_id: AuditId
    number: str
    scope: tuple[AreaId, ...]
    ratings: Ratings
    applicable: tuple[CheckpointId, ...]
    majors: tuple[Finding, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AuditState:
    """An audit as it stands.

    `applicable` are the checkpoints of its scope that apply. `findings` are those raised in it or seen in it again (`seen_again`, by
    checkpoint), the withdrawn among them. `files_of` counts the evidence linked to a finding, `sample_reasons` says why nothing or
    less was drawn at a checkpoint. `conflicts` are those of every person of the team, `qualifications` all that these people hold.
    `before` is set for a follow-up, `certificate` is the one granted on this audit, or the one a surveillance looks after.
    """

    audit: Audit
    assessment: Assessment
    edition: Edition
    applicable: tuple[CheckpointId, ...]
    ratings: Ratings
    findings: tuple[Finding, ...] = ()
    seen_again: Mapping[CheckpointId, FindingId] = field(default_factory=dict)
    files_of: Mapping[FindingId, int] = field(default_factory=dict)
    samples: tuple[AuditSample, ...] = ()
    sample_reasons: Mapping[CheckpointId, str] = field(default_factory=dict)
    slots: tuple[AuditSlot, ...] = ()
    people: Mapping[PersonId, Person] = field(default_factory=dict)
    qualifications: tuple[Qualification, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    before: AuditBefore | None = None
    decision: CertificationDecision | None = None
    certificate: Certificate | None = None
    certificate_file: IssuedFile | None = None

    @property
    def kind(self) -> AssessmentKind:
        return self.assessment.kind

    @property
    def graders(self) -> tuple[PersonId, ...]:
        """Who of the team grades, each once."""
        return tuple(dict.fromkeys(one.person_id for one in self.audit.team if one.part.grades))

    @cached_property
    def to_rate(self) -> tuple[Checkpoint, ...]:
        """The checkpoints the auditor has to look at, in the order of the standard.

        Of a follow-up those of the majors and the critical ones that were not met.
        """
        wanted = frozenset(self.applicable)
        if self.follows is not None:
            wanted &= self._to_look_again(self.follows)
        return tuple(point for point in self.edition.checkpoints.values() if point.id in wanted)

    @property
    def follows(self) -> AuditBefore | None:
        """The audit a follow-up comes after; None for every other kind."""
        return self.before if self.kind is AssessmentKind.FOLLOW_UP_AUDIT else None

    @cached_property
    def standing_findings(self) -> tuple[Finding, ...]:
        """The findings the report carries, by number: without those withdrawn since the revision before."""
        withdrawn = {one.finding_id for one in self.audit.withdrawn}
        return tuple(sorted((one for one in self.findings if one.id not in withdrawn), key=_number_of))

    @property
    def nonconformities(self) -> tuple[Finding, ...]:
        """Those among them that ask for something: all but good practice."""
        return tuple(one for one in self.standing_findings if one.grade is not FindingGrade.GOOD_PRACTICE)

    @cached_property
    def basis(self) -> Basis:
        """What the recommendation rests on; a follow-up is judged on the ratings of the audit it follows with its own over them."""
        own = self.standing_findings
        if self.follows is None:
            return Basis(
                edition=self.edition,
                ratings=self.ratings,
                applicable=self.applicable,
                findings=own,
                scope=self.assessment.scope,
            )
        known = {one.id for one in own}
        return Basis(
            edition=self.edition,
            ratings=looked_again(self.follows.ratings, self.ratings),
            applicable=tuple(dict.fromkeys((*self.follows.applicable, *self.applicable))),
            findings=(*own, *(one for one in self.follows.majors if one.id not in known)),
            scope=tuple(dict.fromkeys((*self.follows.scope, *self.assessment.scope))),
        )

    @cached_property
    def recommended(self) -> Recommended:
        """What the rules say about it now."""
        return recommended(self.basis)

    def name_of(self, person_id: PersonId) -> str:
        """The person's name; the id where nobody knows it."""
        person = self.people.get(person_id)
        return person.name if person is not None else person_id

    def _to_look_again(self, before: AuditBefore) -> frozenset[CheckpointId]:
        bound = self.edition.rules.critical_points
        unmet = {
            id
            for id in before.applicable
            if (point := self.edition.checkpoints.get(id)) is not None
            and point.is_critical
            and (points := points_of(before.ratings.get(id))) is not None
            and points < bound
        }
        return frozenset(unmet | {one.checkpoint_id for one in before.majors if one.checkpoint_id})


def _number_of(finding: Finding) -> tuple[int, str]:
    return finding.number, finding.id
