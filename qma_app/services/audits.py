"""Beginning an audit and saying who looks at what: kind, days, team, declarations, areas; what is done on site stands beside this module."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import (
    Audit,
    AuditSlot,
    Declaration,
    TeamMember,
    TeamPart,
)
from qma_app.domain.audit_reading import followed_up
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AuditId, EngagementId, PersonId
from qma_app.domain.people import Person, Role
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.domain.tie import TieKind
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text
from qma_app.services.assessments import begun_assessment
from qma_app.services.audit_areas import areas_at_first, leave_area_out, take_area_in
from qma_app.services.audit_people import check_independent, is_independent
from qma_app.services.audit_planning import (
    plan_audit_days,
    planning_table,
    propose_days,
    set_planning_table,
)
from qma_app.services.audit_rules import (
    audit_days,
    audits_of,
    check_days,
    check_in_team,
    check_none_open,
    needed,
    next_report_number,
    writable_audit,
)
from qma_app.services.audit_timetable import delete_slot, propose_timetable, put_slot
from qma_app.services.audit_view import NOTICE_DAYS, AuditView, audit_view, current_audit, list_audits
from qma_app.services.certificates import check_may_open
from qma_app.services.happened import check_happened
from qma_app.services.kept_fields import check_by_hand
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope

__all__ = [
    "NOTICE_DAYS",
    "AuditView",
    "audit_view",
    "begin_audit",
    "change_audit",
    "current_audit",
    "declare",
    "delete_slot",
    "leave_area_out",
    "list_audits",
    "mark_plan_sent",
    "plan_audit_days",
    "planning_table",
    "propose_days",
    "propose_timetable",
    "put_slot",
    "set_planning_table",
    "set_team",
    "take_area_in",
]

_BY_HAND: Final = frozenset(
    {"first_on", "last_on", "aims", "methods", "confidentiality", "distribution", "language", "limits"}
)
_LANGUAGES: Final = ("", "en", "de")


def begin_audit(
    workspace: Workspace,
    engagement_id: EngagementId,
    kind: AssessmentKind,
    *,
    first_on: date | None = None,
    last_on: date | None = None,
    follows: AuditId | None = None,
) -> Changes:
    """A new audit with its report's number over all areas in which something applies, and the head of the log it began on.

    A follow-up is about the areas of the audit it follows and leaves out what that one left out.
    The auditor who is working leads it, where nothing speaks against it. One audit of a programme is open at a time. `follows` is
    the audit looked back on; the last signed one for a follow-up, a surveillance or a recertification, unless another is named. A
    follow-up of a follow-up is one of the audit that one was about.
    """
    _check_kind(kind)
    check_days(first_on, last_on)
    with workspace.writing("audit.begun") as work:
        check_may_open(workspace, work, max(workspace.today(), first_on or date.min))
        engagement = work.get(Engagement, engagement_id)
        check_none_open(work, engagement_id)
        head = work.log_head()
        followed = _followed(work, engagement_id, kind, follows)
        assessment, left_out = areas_at_first(
            work,
            begun_assessment(workspace, work, engagement, kind=kind, is_guided=True),
            work.edition(engagement.edition),
            followed,
        )
        work.put(assessment)
        every = work.all(Audit) + work.in_bin(Audit)
        audit = Audit(
            id=AuditId(work.new_id()),
            engagement_id=engagement_id,
            assessment_id=assessment.id,
            number=next_report_number(every, workspace.today().year),
            follows=followed,
            first_on=first_on,
            last_on=last_on,
            left_out=left_out,
            language=work.get(Dealership, engagement.dealership_id).language,
            base_seq=head.seq,
            base_hash=head.hash,
        )
        worker = workspace.worker
        if worker is not None and worker.role is Role.AUDITOR:
            leads = TeamMember(person_id=worker.person_id, part=TeamPart.LEAD)
            if is_independent(work, audit, leads.person_id, today=workspace.today()):
                audit = replace(audit, team=(leads,))
        work.put(audit)
    return work.changes


def change_audit(workspace: Workspace, audit_id: AuditId, **fields: Any) -> Changes:
    """Correct days, aims, methods, words on confidentiality, distribution and limits, or the language of the report.

    RuleBroken `audit.slots-outside` while lines of the timetable lie outside the new days.
    """
    check_by_hand(fields, fields.keys() - _BY_HAND)
    with workspace.writing("audit.changed") as work:
        before = writable_audit(workspace, work, audit_id)
        after = replace(before, **fields)
        check_days(after.first_on, after.last_on)
        if after.language not in _LANGUAGES:
            raise ValueError(f"no papers in {after.language}")
        if audit_days(after) != audit_days(before):
            _check_slots_fit(work, after)
        work.put(after)
    return work.changes


def set_team(workspace: Workspace, audit_id: AuditId, team: Sequence[TeamMember]) -> Changes:
    """Who comes, and as what: one leads; declarations of those who no longer come go with them.

    RuleBroken `audit.not-independent` for somebody who would grade and is tied to the dealership, or has no certificate on each day.
    """
    people = [one.person_id for one in team]
    leads = [one for one in team if one.part is TeamPart.LEAD]
    if len(set(people)) != len(people):
        raise RuleBroken(
            _("Somebody stands in the team twice."),
            code="audit.team-twice",
            way_out=_("Name each person once."),
        )
    if len(leads) != 1:
        raise RuleBroken(
            _("An audit has one lead auditor; {count} are named.").format(count=len(leads)),
            code="audit.lead",
            way_out=_("Name one as the lead, the others as auditors."),
        )
    with workspace.writing("audit.team-set") as work:
        audit = writable_audit(workspace, work, audit_id)
        for member in team:
            work.get(Person, member.person_id)
            if member.part.grades:
                check_independent(work, audit, member.person_id, today=workspace.today())
        grading = {one.person_id for one in team if one.part.grades}
        for slot in work.all(AuditSlot, audit_id=audit_id):
            if slot.auditor_id is not None and slot.auditor_id not in grading:
                work.put(replace(slot, auditor_id=None))
        kept = tuple(one for one in audit.declarations if one.person_id in people)
        work.put(replace(audit, team=tuple(team), declarations=kept))
    return work.changes


def declare(
    workspace: Workspace,
    audit_id: AuditId,
    person_id: PersonId,
    *,
    ties: Sequence[TieKind] = (),
    words: str = "",
    on: date | None = None,
) -> Changes:
    """A member of the team declares its independence, or names what ties it to the dealership; the last declaration counts."""
    check_happened(Audit, "declared_on", on, workspace.today())
    if ties:
        needed(
            words,
            "audit.declaration-words",
            _("What ties somebody to the dealership needs words."),
            _("Write down what it is, and since when."),
        )
    with workspace.writing("audit.declared") as work:
        audit = writable_audit(workspace, work, audit_id)
        check_in_team(work, audit, person_id)
        said = Declaration(
            person_id=person_id,
            declared_on=on or workspace.today(),
            ties=tuple(str(tie) for tie in TieKind if tie in ties),
            words=words.strip(),
        )
        others = tuple(one for one in audit.declarations if one.person_id != person_id)
        work.put(replace(audit, declarations=(*others, said)))
    return work.changes


def mark_plan_sent(workspace: Workspace, audit_id: AuditId, on: date | None = None) -> Changes:
    """The dealership was sent the plan; RuleBroken while it has no days, no lead or no timetable."""
    check_happened(Audit, "sent_on", on, workspace.today())
    with workspace.writing("audit.plan-sent") as work:
        audit = writable_audit(workspace, work, audit_id)
        lacking = [
            words
            for words, is_there in (
                (_("the days"), audit.first_on is not None and audit.last_on is not None),
                (_("the lead auditor"), audit.lead_id is not None),
                (_("the timetable"), bool(work.all(AuditSlot, audit_id=audit_id))),
            )
            if not is_there
        ]
        if lacking:
            raise RuleBroken(
                _("The plan is not complete: {missing}.").format(missing=", ".join(lacking)),
                code="audit.plan-incomplete",
                way_out=_("Complete it, and send it then."),
            )
        work.put(replace(audit, sent_on=on or workspace.today()))
    return work.changes


def _check_kind(kind: AssessmentKind) -> None:
    if not kind.is_audit and kind is not AssessmentKind.PRE_AUDIT:
        raise ValueError(f"{kind} is no kind of audit")


def _followed(
    reader: Reader, engagement_id: EngagementId, kind: AssessmentKind, follows: AuditId | None
) -> AuditId | None:
    signed = [one for one in audits_of(reader, engagement_id) if one.is_signed]
    if follows is not None:
        if follows not in [one.id for one in signed]:
            raise RuleBroken(
                _("Only a signed audit of the same programme can be followed."),
                code="audit.follows",
                way_out=_("Choose one of its signed audits."),
            )
        return _not_a_follow_up(reader, kind, follows)
    if kind is AssessmentKind.FOLLOW_UP_AUDIT and not signed:
        raise RuleBroken(
            _("There is no signed audit whose majors could be followed up."),
            code="audit.follows",
            way_out=_("Choose another kind of audit."),
        )
    looks_back = (
        AssessmentKind.FOLLOW_UP_AUDIT,
        AssessmentKind.SURVEILLANCE,
        AssessmentKind.RECERTIFICATION,
    )
    return _not_a_follow_up(reader, kind, signed[-1].id) if signed and kind in looks_back else None


def _not_a_follow_up(reader: Reader, kind: AssessmentKind, follows: AuditId) -> AuditId:
    """A second follow-up is about the audit the first one was about: its majors, and the decision taken on it."""
    audit = reader.get(Audit, follows)
    before = reader.get(Assessment, audit.assessment_id).kind
    if kind is before is AssessmentKind.FOLLOW_UP_AUDIT:
        about = followed_up(reader, audit)
        return about.id if about is not None else follows
    return follows


def _check_slots_fit(work: WritingScope, audit: Audit) -> None:
    days = set(audit_days(audit))
    outside = sorted({one.on for one in work.all(AuditSlot, audit_id=audit.id)} - days)
    if outside:
        raise RuleBroken(
            _("The timetable has lines on {days}.").format(days=", ".join(map(day_text, outside))),
            code="audit.slots-outside",
            way_out=_("Move or delete them first, or propose the timetable anew."),
        )
