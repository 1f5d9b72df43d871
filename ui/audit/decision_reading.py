"""Everything the step of the decision shows beside the audit itself, read at one moment; no widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import Audit
from qma_app.domain.certificate_life import majors_due_on
from qma_app.domain.certification import (
    Appeal,
    AppealOutcome,
    CertificationDecision,
    DecisionOutcome,
    IssuedFile,
    Signer,
)
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import PersonId
from qma_app.domain.people import Person, Role, Worker
from qma_app.domain.ports import Reader
from qma_app.domain.recommending import outcomes_open
from qma_app.domain.result import Verdict
from qma_app.services.audit_people import AuditorChoice, possible_decision_makers
from qma_app.services.audit_result import audit_findings
from qma_app.services.signing import issued_report

if TYPE_CHECKING:
    from ui.audit.reading import AuditDesk


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowUp:
    """An audit that came to look at the majors again."""

    audit: Audit
    kind: AssessmentKind

    @property
    def closes(self) -> bool:
        """Whether it is signed and says that the majors are closed."""
        return self.audit.is_signed and self.audit.recommendation is Verdict.PASS


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """A conditional decision that is not settled: its majors as they stand now, and the audits that came for them, newest first."""

    decision: CertificationDecision
    due_on: date
    days: int
    majors: tuple[Finding, ...]
    follow_ups: tuple[FollowUp, ...]

    @property
    def settling(self) -> FollowUp | None:
        """The signed follow-up it can be settled by; None until there is one."""
        return next((one for one in self.follow_ups if one.closes), None)

    @property
    def under_way(self) -> FollowUp | None:
        """A follow-up that is begun and not signed."""
        return next((one for one in self.follow_ups if not one.audit.is_signed), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionDesk:
    """What was signed, who may decide, what was decided and what was said against it; decisions and appeals the newest first.

    `condition` is the one that waits for this audit's majors, or for this follow-up.
    """

    desk: AuditDesk
    report: IssuedFile | None
    signer: Signer | None
    decisions: tuple[CertificationDecision, ...]
    appeals: tuple[Appeal, ...]
    deciders: tuple[AuditorChoice, ...]
    condition: Condition | None
    names: Mapping[PersonId, str]
    worker: Worker | None
    is_outdated: bool = False

    @property
    def audit(self) -> Audit:
        return self.desk.view.audit

    @property
    def decision(self) -> CertificationDecision | None:
        """The newest one."""
        return self.decisions[0] if self.decisions else None

    @property
    def days_given(self) -> int:
        """How many days a conditional decision gives for the majors."""
        return self.desk.view.edition.rules.conditional_days

    @property
    def is_open(self) -> bool:
        """Whether a decision can be taken: none was, or an appeal against the one there is was upheld."""
        decision = self.decision
        if decision is None:
            return not self.is_outdated
        return any(
            one.outcome is AppealOutcome.UPHELD and one.decision_id == decision.id for one in self.appeals
        )

    @property
    def outcomes(self) -> tuple[DecisionOutcome, ...]:
        """What can be decided, best first; a follow-up of a conditional decision settles that or is refused."""
        recommendation = self.audit.recommendation
        if recommendation is None:
            return ()
        if self.condition is not None and self.condition.decision.audit_id != self.audit.id:
            return (DecisionOutcome.REFUSED,)
        return outcomes_open(recommendation)

    @property
    def decides_now(self) -> bool:
        """Whether whoever is working is a decision maker against whom nothing stands."""
        worker = self.worker
        if worker is None or worker.role is not Role.DECISION_MAKER:
            return False
        return any(one.person.id == worker.person_id and one.is_free for one in self.deciders)

    def name_of(self, person_id: PersonId | None) -> str:
        """The person's name; nothing for nobody."""
        return self.names.get(person_id, str(person_id)) if person_id is not None else ""


def read_decision(reader: Reader, desk: AuditDesk, worker: Worker | None) -> DecisionDesk:
    """The decision on this audit as it stands."""
    audit = desk.view.audit
    report = issued_report(reader, audit.id) if audit.is_signed else None
    appeals = sorted(reader.all(Appeal, audit_id=audit.id), key=_received, reverse=True)
    return DecisionDesk(
        desk=desk,
        report=report,
        signer=reader.find(Signer, report.signer_id) if report is not None else None,
        decisions=_decisions(reader, audit),
        appeals=tuple(appeals),
        deciders=possible_decision_makers(reader, audit.id, on=desk.on),
        condition=_condition(reader, audit, desk.view.edition.rules.conditional_days),
        names={one.id: one.name for one in reader.all(Person)},
        worker=worker,
        is_outdated=bool(reader.all(Audit, revises=audit.id)),
    )


def days_left(due_on: date, on: date) -> int:
    """So many days are left; none on the last one, fewer once it has passed."""
    return (due_on - on).days


def _decisions(reader: Reader, audit: Audit) -> tuple[CertificationDecision, ...]:
    """Those on the revisions of this report and those that came after them, the newest first."""
    ids = frozenset(
        one.id for one in reader.all(Audit, engagement_id=audit.engagement_id, number=audit.number)
    )
    found = {one.id: one for one in reader.all(CertificationDecision, audit_id=ids)}
    later = dict(found)
    while later:
        after = reader.all(CertificationDecision, follows=frozenset(later))
        later = {one.id: one for one in after if one.id not in found}
        found |= later
    return tuple(sorted(found.values(), key=_decided_at, reverse=True))


def _condition(reader: Reader, audit: Audit, days: int) -> Condition | None:
    """The conditional decision on this audit, or on the one it follows, that nothing has settled yet."""
    ids = [audit.id] if audit.follows is None else [audit.id, audit.follows]
    decisions = [one for id in ids for one in _decisions(reader, reader.get(Audit, id))]
    newest = max(decisions, key=_decided_at, default=None)
    if newest is None or newest.outcome is not DecisionOutcome.CONDITIONAL:
        return None
    then = reader.get(Audit, newest.audit_id)
    after = sorted(reader.all(Audit, follows=then.id), key=_begun, reverse=True)
    follow_ups = (FollowUp(audit=one, kind=reader.get(Assessment, one.assessment_id).kind) for one in after)
    return Condition(
        decision=newest,
        due_on=majors_due_on(newest.decided_on, days),
        days=days,
        majors=tuple(one for one in audit_findings(reader, then) if one.grade is FindingGrade.MAJOR),
        follow_ups=tuple(one for one in follow_ups if one.kind is AssessmentKind.FOLLOW_UP_AUDIT),
    )


def _begun(audit: Audit) -> tuple[str, int]:
    return audit.number, audit.revision


def _decided_at(decision: CertificationDecision) -> tuple[str, str]:
    return decision.decided_at.isoformat(), decision.id


def _received(appeal: Appeal) -> tuple[date, str]:
    return appeal.received_on, appeal.id
