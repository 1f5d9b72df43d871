"""Typed names of stored things, so that a dealership's id cannot be passed for a person's."""

from __future__ import annotations

from typing import NewType

DealershipId = NewType("DealershipId", str)
SiteId = NewType("SiteId", str)
PersonId = NewType("PersonId", str)
QualificationId = NewType("QualificationId", str)
EngagementId = NewType("EngagementId", str)
AssessmentId = NewType("AssessmentId", str)
RatingId = NewType("RatingId", str)
FindingId = NewType("FindingId", str)
EvidenceId = NewType("EvidenceId", str)
EvidenceLinkId = NewType("EvidenceLinkId", str)
SettingId = NewType("SettingId", str)
UpgradeId = NewType("UpgradeId", str)
SightingId = NewType("SightingId", str)
CauseId = NewType("CauseId", str)
ActionId = NewType("ActionId", str)
ActionLinkId = NewType("ActionLinkId", str)
VerificationId = NewType("VerificationId", str)
ReadingId = NewType("ReadingId", str)
PhotoPairId = NewType("PhotoPairId", str)
ClosingDayId = NewType("ClosingDayId", str)
TargetId = NewType("TargetId", str)
CharterId = NewType("CharterId", str)
PlannedPhaseId = NewType("PlannedPhaseId", str)
PlannedAreaId = NewType("PlannedAreaId", str)
GateStatementId = NewType("GateStatementId", str)
ProcessOwnerId = NewType("ProcessOwnerId", str)
VisitId = NewType("VisitId", str)
AgendaItemId = NewType("AgendaItemId", str)
VisitNoteId = NewType("VisitNoteId", str)
PromiseId = NewType("PromiseId", str)
SponsorCheckId = NewType("SponsorCheckId", str)
ReviewId = NewType("ReviewId", str)
DecisionId = NewType("DecisionId", str)
StepMarkId = NewType("StepMarkId", str)

AreaId = NewType("AreaId", str)
"""`service`"""
ProcessId = NewType("ProcessId", str)
"""`service.repair-order`"""
CheckpointId = NewType("CheckpointId", str)
"""`service.repair-order.price-agreed`: stable, never reused"""
EditionHash = NewType("EditionHash", str)
"""SHA-256 of an edition's canonical content, in hex"""
