"""Who may audit a dealership and who may decide: what the records, the ties noted and the certificates say against each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from qma_app.domain.action import Action
from qma_app.domain.assessment import Assessment
from qma_app.domain.audit import Audit
from qma_app.domain.certification import CertificationDecision
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AuditId, DealershipId, EngagementId, PersonId, TieId
from qma_app.domain.independence import (
    Conflict,
    ConflictCode,
    IndependenceFacts,
    Involvement,
    conflicts,
    involvements_of,
)
from qma_app.domain.people import Person, Qualification, Role
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.domain.tie import Tie, TieKind
from qma_app.domain.visit import Visit
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text
from qma_app.services.audit_rules import audit_days
from qma_app.services.kept_fields import check_by_hand
from qma_app.services.workspace import Workspace


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditorChoice:
    """Somebody who is certified for it, and all that stands against the person."""

    person: Person
    conflicts: tuple[Conflict, ...]

    @property
    def is_free(self) -> bool:
        return not self.conflicts


def note_tie(
    workspace: Workspace,
    person_id: PersonId,
    dealership_id: DealershipId,
    kind: TieKind,
    *,
    from_on: date | None = None,
    until_on: date | None = None,
    words: str = "",
) -> Changes:
    """Note what ties somebody to a dealership beside what the records tell, from before this workspace or outside it."""
    with workspace.writing("tie.noted") as work:
        work.get(Person, person_id)
        work.put(
            _checked(
                Tie(
                    id=TieId(work.new_id()),
                    person_id=person_id,
                    dealership_id=dealership_id,
                    kind=kind,
                    from_on=from_on,
                    until_on=until_on,
                    words=words.strip(),
                )
            )
        )
    return work.changes


def change_tie(workspace: Workspace, tie_id: TieId, **fields: Any) -> Changes:
    """Correct kind, days or words of a tie."""
    check_by_hand(fields, {"person_id", "dealership_id"})
    with workspace.writing("tie.changed") as work:
        work.put(_checked(replace(work.get(Tie, tie_id), **fields)))
    return work.changes


def delete_tie(workspace: Workspace, tie_id: TieId) -> Changes:
    """Move a tie that was noted by mistake to the bin."""
    with workspace.writing("tie.deleted") as work:
        work.delete(work.get(Tie, tie_id))
    return work.changes


def independence_facts(
    reader: Reader,
    engagement_id: EngagementId,
    person_id: PersonId,
    *,
    first_on: date,
    last_on: date,
    role: Role = Role.AUDITOR,
    days: Sequence[date] = (),
    other_part: Sequence[Involvement] = (),
    needs_certificate: bool = True,
) -> IndependenceFacts:
    """What the workspace knows of somebody and the dealership of a programme, over all its programmes."""
    person = reader.get(Person, person_id)
    dealership_id = reader.get(Engagement, engagement_id).dealership_id
    programmes = reader.all(Engagement, dealership_id=dealership_id)
    ids = frozenset(one.id for one in programmes)
    return IndependenceFacts(
        person_id=person_id,
        name=person.name,
        first_on=first_on,
        last_on=last_on,
        role=role,
        audit_days=tuple(days),
        involvements=involvements_of(
            person,
            dealership_id,
            engagements=programmes,
            visits=reader.all(Visit, engagement_id=ids, coach_id=person_id),
            assessments=reader.all(Assessment, engagement_id=ids, assessor_id=person_id),
            actions=reader.all(Action, engagement_id=ids, owner_id=person_id),
            ties=reader.all(Tie, dealership_id=dealership_id, person_id=person_id),
        ),
        qualifications=reader.all(Qualification, person_id=person_id),
        other_part=tuple(other_part),
        needs_certificate=needs_certificate,
    )


def auditor_conflicts(
    reader: Reader, audit: Audit, person_id: PersonId, *, on: date, needs_certificate: bool = True
) -> tuple[Conflict, ...]:
    """What stands against somebody auditing on the days of an audit; on `on` while it has none."""
    first = audit.first_on or on
    decided = reader.all(CertificationDecision, audit_id=audit.id, decided_by=person_id)
    facts = independence_facts(
        reader,
        audit.engagement_id,
        person_id,
        first_on=first,
        last_on=audit.last_on or first,
        days=audit_days(audit),
        other_part=[
            Involvement(
                code=ConflictCode.DECIDED_AND_AUDITED,
                id=one.id,
                words=_("decision of {day}").format(day=day_text(one.decided_on)),
            )
            for one in decided
        ],
        needs_certificate=needs_certificate,
    )
    return conflicts(facts)


def is_independent(reader: Reader, audit: Audit, person_id: PersonId, *, today: date) -> bool:
    """Whether nothing stands against somebody auditing."""
    return not auditor_conflicts(reader, audit, person_id, on=today)


def check_independent(reader: Reader, audit: Audit, person_id: PersonId, *, today: date) -> None:
    """RuleBroken `audit.not-independent` naming each rule that is broken and the records that say so."""
    found = auditor_conflicts(reader, audit, person_id, on=today)
    if found:
        raise RuleBroken(
            " ".join(map(_with_records, found)),
            code="audit.not-independent",
            way_out=_(
                "Choose somebody else; experts and observers do not grade. A record that is wrong is corrected where it stands."
            ),
            person=person_id,
            codes=tuple(str(one.code) for one in found),
            records=tuple(id for one in found for id in one.record_ids),
        )


def possible_auditors(reader: Reader, audit: Audit, *, on: date) -> tuple[AuditorChoice, ...]:
    """Everybody certified as an auditor, those against whom nothing stands first, by name."""
    return _ordered(
        AuditorChoice(person=person, conflicts=auditor_conflicts(reader, audit, person.id, on=on))
        for person in _certified(reader, Role.AUDITOR)
    )


def possible_decision_makers(reader: Reader, audit_id: AuditId, *, on: date) -> tuple[AuditorChoice, ...]:
    """Everybody certified to decide, with what stands against deciding on this audit on that day."""
    audit = reader.get(Audit, audit_id)
    return _ordered(
        AuditorChoice(person=person, conflicts=decider_conflicts(reader, audit, person.id, on=on))
        for person in _certified(reader, Role.DECISION_MAKER)
    )


def decider_conflicts(reader: Reader, audit: Audit, person_id: PersonId, *, on: date) -> tuple[Conflict, ...]:
    """What stands against somebody deciding: a part in any revision of the audit, a tie to the house, no certificate on the day."""
    revisions = reader.all(Audit, engagement_id=audit.engagement_id, number=audit.number)
    part = [
        Involvement(
            code=ConflictCode.DECIDED_AND_AUDITED,
            id=one.id,
            words=_("report {number}, revision {revision}").format(number=one.number, revision=one.revision),
        )
        for one in revisions
        if person_id in {member.person_id for member in one.team} | {one.signed_by, one.recommended_by}
    ]
    facts = independence_facts(
        reader,
        audit.engagement_id,
        person_id,
        first_on=on,
        last_on=on,
        role=Role.DECISION_MAKER,
        other_part=part,
    )
    return conflicts(facts)


def _certified(reader: Reader, role: Role) -> tuple[Person, ...]:
    held = {one.person_id for one in reader.all(Qualification, role=role)}
    return tuple(person for person in reader.all(Person) if person.id in held)


def _ordered(choices: Iterable[AuditorChoice]) -> tuple[AuditorChoice, ...]:
    return tuple(sorted(choices, key=lambda one: (bool(one.conflicts), one.person.name.casefold())))


def _with_records(conflict: Conflict) -> str:
    if not conflict.records:
        return conflict.reason
    return f"{conflict.reason} ({'; '.join(conflict.records)})"


def _checked(tie: Tie) -> Tie:
    if tie.from_on is not None and tie.until_on is not None and tie.until_on < tie.from_on:
        raise RuleBroken(
            _("It would end on {end}, before it begins on {begin}.").format(
                end=day_text(tie.until_on), begin=day_text(tie.from_on)
            ),
            code="tie.days",
            way_out=_("Look at both days."),
        )
    return tie
