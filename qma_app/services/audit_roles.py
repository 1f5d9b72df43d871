"""Who may write what, looked at where every edit ends: coach, auditor and decision maker keep out of one another's records."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, NoReturn

from qma_app.domain.assessment import Assessment
from qma_app.domain.audit import Audit, AuditLook, AuditSample, AuditSlot
from qma_app.domain.certification import (
    Appeal,
    Certificate,
    CertificationDecision,
    IssuedFile,
    Seal,
    Signer,
)
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence, EvidenceLink
from qma_app.domain.finding import Finding, Sighting
from qma_app.domain.people import Person, Qualification, Role
from qma_app.domain.plan import GateStatement
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Rating
from qma_app.domain.record import Change, Record
from qma_app.domain.setting import Setting
from qma_app.domain.tie import Tie
from qma_app.domain.verification import Verification
from qma_app.domain.wording import record_title
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from qma_app.storage.seals import FINDING_WORDS

_OF_AUDITS: Final[frozenset[type[Record]]] = frozenset((Audit, AuditSlot, AuditSample, AuditLook, Seal))
_DECIDED: Final[frozenset[type[Record]]] = frozenset((CertificationDecision, Appeal, Certificate))
_ISSUED: Final[frozenset[type[Record]]] = frozenset((IssuedFile, Signer))
_CLOSED_TO_COACHES: Final = _OF_AUDITS | _DECIDED | _ISSUED | {Tie}
_FREE_TO_AUDITORS: Final = (
    _OF_AUDITS
    | _ISSUED
    | {Appeal, GateStatement, Tie, Evidence, Person, Qualification, Setting, Verification}
)
_FREE_TO_DECIDERS: Final = _DECIDED | _ISSUED | {GateStatement, Setting}
_SITTING_DOWN: Final = "working."
"""Edits that say who is working are open to everybody: nobody else could change it."""


def check_role(role: Role, reader: Reader, what: str, changes: Collection[Change]) -> None:
    """RuleBroken where an edit changes what the role of whoever is working does not write; the way out names who may."""
    if role is Role.COACH:
        hands_over = any(isinstance(change.after, Engagement) for change in changes)
        for change in changes:
            is_own_tie = isinstance(change.after, Tie) and hands_over
            if type(change.after) in _CLOSED_TO_COACHES and not is_own_tie:
                _refuse_coach(change.after)
            if _is_of_auditor(reader, change):
                _refuse_coach(change.after)
        return
    if what.startswith(_SITTING_DOWN):
        return
    for change in changes:
        if role is Role.AUDITOR:
            _check_auditor(reader, change)
        elif type(change.after) not in _FREE_TO_DECIDERS:
            raise RuleBroken(
                _("A decision maker reads and decides; a {record} is written by coach or auditor.").format(
                    record=record_title(type(change.after))
                ),
                code="role.decision-maker",
                way_out=_("Change who is working in the status bar."),
            )


def _is_of_auditor(reader: Reader, change: Change) -> bool:
    """Whether an edit touches what an auditor says in an audit: its words and what proves them; what is done about a finding is the coach's."""
    match change.after:
        case Finding() as after:
            before = change.before
            is_said = before is None or any(
                getattr(before, one) != getattr(after, one) for one in FINDING_WORDS
            )
            return is_said and any(
                _is_of_guided(reader, one.assessment_id)
                for one in (before, after)
                if isinstance(one, Finding)
            )
        case Rating(assessment_id=id) | Sighting(assessment_id=id):
            return _is_of_guided(reader, id)
        case EvidenceLink(assessment_id=id, finding_id=finding_id):
            finding = reader.find(Finding, finding_id, in_bin=True) if finding_id is not None else None
            return _is_of_guided(reader, id) or (
                finding is not None and _is_of_guided(reader, finding.assessment_id)
            )
        case _:
            return False


def _is_of_guided(reader: Reader, assessment_id: str | None) -> bool:
    assessment = reader.find(Assessment, assessment_id, in_bin=True) if assessment_id is not None else None
    return assessment is not None and assessment.is_guided


def _check_auditor(reader: Reader, change: Change) -> None:
    kind = type(change.after)
    if kind in _FREE_TO_AUDITORS:
        return
    for record in filter(None, (change.before, change.after)):
        if kind is Assessment:
            is_open = isinstance(record, Assessment) and record.is_audit
        elif isinstance(record, (EvidenceLink, Sighting)):
            is_open = _is_of_audit(reader, record.assessment_id, record.finding_id)
        else:
            is_open = isinstance(record, (Rating, Finding)) and _is_of_audit(reader, record.assessment_id)
            if isinstance(record, Finding) and not is_open:
                is_open = _is_seen_again(reader, record)
        if not is_open:
            _refuse_auditor(kind)


def _is_of_audit(reader: Reader, assessment_id: str | None, finding_id: str | None = None) -> bool:
    """Whether a record hangs on an audit, by itself or by its finding."""
    if assessment_id is None and finding_id is not None:
        finding = reader.find(Finding, finding_id, in_bin=True)
        assessment_id = finding.assessment_id if finding is not None else None
    if assessment_id is None:
        return False
    assessment = reader.find(Assessment, assessment_id, in_bin=True)
    return assessment is not None and assessment.is_audit


def _is_seen_again(reader: Reader, finding: Finding) -> bool:
    """Whether an auditor saw a finding of the coach again in an audit: it is then the audit's as well."""
    return any(
        one.assessment_id is not None and _is_of_audit(reader, one.assessment_id)
        for one in reader.all(Sighting, finding_id=finding.id)
    )


def _refuse_coach(record: Record) -> NoReturn:
    is_decided = type(record) in _DECIDED
    raise RuleBroken(
        _("A coach does not write this: {record}.").format(record=record_title(type(record))),
        code="role.audit-needs-auditor",
        way_out=_("The decision maker may: change who is working in the status bar.")
        if is_decided
        else _("An auditor may: change who is working in the status bar."),
    )


def _refuse_auditor(kind: type[Record]) -> NoReturn:
    who = (
        _("The decision maker may: change who is working in the status bar.")
        if kind in _DECIDED
        else _("The coach may: change who is working in the status bar.")
    )
    raise RuleBroken(
        _("An auditor reads the coach's record, but does not write in it: {record}.").format(
            record=record_title(kind)
        ),
        code="role.coach-needed",
        way_out=who,
    )
