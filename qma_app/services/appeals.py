"""Appeals: the dealership does not accept a finding, the result or the decision, and somebody who had no part in it answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from qma_app.domain.audit import Audit
from qma_app.domain.certification import Appeal, AppealOutcome, CertificationDecision
from qma_app.domain.ids import AppealId, AuditId, CertificationDecisionId, PersonId
from qma_app.domain.independence import ConflictCode, Involvement, conflicts
from qma_app.domain.people import Person
from qma_app.domain.record import Changes
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text
from qma_app.services.audit_people import independence_facts
from qma_app.services.audit_rules import needed
from qma_app.services.deciding_rules import check_clock_on, revisions_of
from qma_app.services.happened import check_happened
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope


def raise_appeal(
    workspace: Workspace,
    audit_id: AuditId,
    *,
    raised_by: str,
    words: str,
    received_on: date | None = None,
    decision_id: CertificationDecisionId | None = None,
) -> Appeal:
    """Note an appeal in the words of the dealership: against the decision named, else against findings or result of the audit.

    It can come only after what it is against, the signature or the decision.
    """
    today = workspace.today()
    check_happened(Appeal, "received_on", received_on, today)
    raised_by = needed(
        raised_by,
        "appeal.nobody",
        _("Somebody of the dealership raises an appeal."),
        _("Write who it came from."),
    )
    words = needed(
        words,
        "appeal.no-words",
        _("An appeal needs words."),
        _("Write what is not accepted, and why."),
    )
    with workspace.writing("appeal.raised") as work:
        check_clock_on(work)
        audit = work.get(Audit, audit_id)
        _check_came_after(work, audit, decision_id, received_on or today)
        return work.put(
            Appeal(
                id=AppealId(work.new_id()),
                engagement_id=audit.engagement_id,
                audit_id=audit_id,
                received_on=received_on or today,
                raised_by=raised_by,
                words=words,
                decision_id=decision_id,
            )
        )


def answer_appeal(
    workspace: Workspace, appeal_id: AppealId, *, outcome: AppealOutcome, answer: str
) -> Changes:
    """Uphold or reject an appeal, once and with words; whoever answers was not in the team, did not decide, and has no tie to the house.

    Upheld against a decision it opens the way to another one; against findings or result, to a new revision of the report.
    """
    answer = needed(
        answer,
        "appeal.no-answer",
        _("The dealership needs an answer in words."),
        _("Write what was looked at, and what it comes to."),
    )
    worker, today = workspace.worker, workspace.today()
    if worker is None:
        raise RuleBroken(
            _("Nobody is named as working."),
            code="appeal.nobody-answers",
            way_out=_("Say in the status bar who answers."),
        )
    with workspace.writing("appeal.answered") as work:
        check_clock_on(work)
        appeal = work.get(Appeal, appeal_id)
        if appeal.outcome is not None:
            raise RuleBroken(
                _("This appeal was answered on {day}.").format(
                    day=day_text(appeal.answered_on or appeal.received_on)
                ),
                code="appeal.answered",
                way_out=_("Note a new appeal if the dealership brings up something new."),
                appeal=appeal.id,
            )
        _check_no_part(work, work.get(Audit, appeal.audit_id), worker.person_id, today)
        work.put(
            replace(appeal, outcome=outcome, answer=answer, answered_on=today, answered_by=worker.person_id)
        )
    return work.changes


def _check_came_after(
    work: WritingScope, audit: Audit, decision_id: CertificationDecisionId | None, received_on: date
) -> None:
    if audit.signed_at is None:
        raise RuleBroken(
            _("The report {number} is not signed yet.").format(number=audit.number),
            code="appeal.not-signed",
            way_out=_("Until then write what the dealership objects to into its reply to the finding."),
            audit=audit.id,
        )
    since = audit.signed_at.astimezone().date()
    if decision_id is not None:
        decision = work.get(CertificationDecision, decision_id)
        if decision.audit_id != audit.id:
            raise RuleBroken(
                _("This decision was not taken on {number}, revision {revision}.").format(
                    number=audit.number, revision=audit.revision
                ),
                code="appeal.other-audit",
                way_out=_("Choose the decision on this audit."),
                decision=decision.id,
            )
        since = decision.decided_on
    if received_on < since:
        raise RuleBroken(
            _("What the appeal is against is of {day}; it cannot have come before.").format(
                day=day_text(since)
            ),
            code="appeal.too-early",
            way_out=_("Give that day or a later one."),
            audit=audit.id,
        )


def _check_no_part(work: WritingScope, audit: Audit, person_id: PersonId, on: date) -> None:
    """RuleBroken `appeal.own-part` for the team, whoever decided on any revision, and everybody tied to the dealership."""
    part = [
        Involvement(
            code=ConflictCode.DECIDED_AND_AUDITED,
            id=one.id,
            words=_("report {number}, revision {revision}").format(number=one.number, revision=one.revision),
        )
        for one in revisions_of(work, audit)
        if person_id in {member.person_id for member in one.team} | {one.signed_by, one.recommended_by}
    ]
    ids = frozenset(one.id for one in revisions_of(work, audit))
    part += [
        Involvement(
            code=ConflictCode.DECIDED_AND_AUDITED,
            id=one.id,
            words=_("decision of {day}").format(day=day_text(one.decided_on)),
        )
        for one in work.all(CertificationDecision, audit_id=ids, decided_by=person_id)
    ]
    facts = independence_facts(
        work, audit.engagement_id, person_id, first_on=on, last_on=on, needs_certificate=False
    )
    tied = conflicts(facts)
    if not part and not tied:
        return
    name = work.get(Person, person_id).name
    said = [one.reason for one in tied]
    if part:
        said.insert(
            0,
            _("{name} had a part in what the appeal is against ({records}).").format(
                name=name, records="; ".join(one.words for one in part)
            ),
        )
    raise RuleBroken(
        " ".join(said),
        code="appeal.own-part",
        way_out=_("Somebody else answers it."),
        person=person_id,
        records=(*(one.id for one in part), *(id for one in tied for id in one.record_ids)),
    )
