"""The places evidence can be tied to, looked at before anything is written there."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TypedDict

from qma_app.domain.action import Action
from qma_app.domain.assessment import Assessment
from qma_app.domain.charter import Charter
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import EvidenceLink
from qma_app.domain.finding import Finding
from qma_app.domain.ids import (
    ActionId,
    AssessmentId,
    CharterId,
    CheckpointId,
    EngagementId,
    EvidenceId,
    EvidenceLinkId,
    FindingId,
    VerificationId,
    VisitId,
)
from qma_app.domain.ports import Reader
from qma_app.domain.verification import Verification
from qma_app.domain.visit import Visit
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from qma_app.services.assessments import open_assessment
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope


class Where(TypedDict, total=False):
    """What a use case may be told about the place of evidence; whatever is left out is None."""

    assessment_id: AssessmentId | None
    checkpoint_id: CheckpointId | None
    finding_id: FindingId | None
    action_id: ActionId | None
    verification_id: VerificationId | None
    visit_id: VisitId | None
    charter_id: CharterId | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where evidence is used: at a checkpoint in an assessment, a finding, an action, a check of an effect, a visit, the charter.

    Naming none of them is nowhere yet.
    """

    assessment_id: AssessmentId | None = None
    checkpoint_id: CheckpointId | None = None
    finding_id: FindingId | None = None
    action_id: ActionId | None = None
    verification_id: VerificationId | None = None
    visit_id: VisitId | None = None
    charter_id: CharterId | None = None

    @property
    def is_somewhere(self) -> bool:
        return any(value for name, value in self._named().items() if name != "assessment_id")

    def link_fields(self) -> dict[str, str | None]:
        """The fields of the link; an assessment says something only together with a checkpoint."""
        named = self._named()
        return named if self.checkpoint_id is not None else {**named, "assessment_id": None}

    def _named(self) -> dict[str, str | None]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


def check_place(workspace: Workspace, work: WritingScope, place: Place, engagement_id: EngagementId) -> None:
    """Everything named is there, belongs to this programme, and may be written to."""
    work.get(Engagement, engagement_id)
    named: list[Assessment | Finding | Action | Verification | Visit | Charter] = []
    if place.assessment_id is not None:
        named.append(open_assessment(workspace, work, place.assessment_id))
    if place.finding_id is not None:
        named.append(work.get(Finding, place.finding_id))
    if place.action_id is not None:
        named.append(work.get(Action, place.action_id))
    if place.verification_id is not None:
        named.append(work.get(Verification, place.verification_id))
    if place.visit_id is not None:
        named.append(open_visit(work, place.visit_id))
    if place.charter_id is not None:
        named.append(work.get(Charter, place.charter_id))
    if any(record.engagement_id != engagement_id for record in named):
        raise of_another_programme()


def links_at(reader: Reader, evidence_id: EvidenceId, place: Place) -> tuple[EvidenceLink, ...]:
    """The links of evidence to exactly this place."""
    return reader.all(EvidenceLink, evidence_id=evidence_id, **place.link_fields())


def tie(work: WritingScope, evidence_id: EvidenceId, place: Place) -> None:
    """Tie evidence to a place; nothing happens where it is tied to it already, or where no place is named."""
    if place.is_somewhere and not links_at(work, evidence_id, place):
        work.put(
            EvidenceLink(
                id=EvidenceLinkId(work.new_id()),
                evidence_id=evidence_id,
                **place.link_fields(),  # type: ignore[arg-type]
            )
        )


def check_open(workspace: Workspace, work: WritingScope, link: EvidenceLink) -> None:
    """RuleBroken where a link belongs to an assessment that was completed or to minutes that were signed."""
    if link.assessment_id is not None:
        open_assessment(workspace, work, link.assessment_id)
    if link.visit_id is not None and work.find(Visit, link.visit_id) is not None:
        open_visit(work, link.visit_id)


def open_visit(work: WritingScope, visit_id: VisitId) -> Visit:
    """A visit that may be written to: once its minutes are closed and signed, nothing is added to them."""
    visit = work.get(Visit, visit_id)
    if visit.is_signed:
        raise RuleBroken(
            _("The minutes of this visit are signed."),
            code="evidence.visit-signed",
            way_out=_("Tie the photo to the next visit, or reopen this one with a reason."),
            id=visit_id,
        )
    return visit


def of_another_programme() -> RuleBroken:
    """Evidence of one dealership is never shown at another."""
    return RuleBroken(
        _("This evidence belongs to another programme."),
        code="evidence.other-programme",
        way_out=_("Take the file in again where it is needed."),
    )
