"""What was deleted in the last 30 days, and the way back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from qma_app.domain.action import Action, ActionLink
from qma_app.domain.assessment import Assessment
from qma_app.domain.audit import Audit, AuditLook, AuditSample, AuditSlot
from qma_app.domain.dealership import Dealership, Site
from qma_app.domain.evidence import Evidence, EvidenceLink, PhotoPair
from qma_app.domain.finding import Finding, Sighting
from qma_app.domain.people import Person
from qma_app.domain.rating import Rating
from qma_app.domain.record import Changes, Record
from qma_app.domain.wording import kind_title
from qma_app.errors import NotFound
from qma_app.i18n import _
from qma_app.services.audit_rules import check_comes_back
from qma_app.services.evidence_places import check_open
from qma_app.services.upgrade_rules import check_is_followed
from qma_app.services.working import check_may_write
from qma_app.services.workspace import BIN_KEPT, Workspace
from qma_app.storage.scopes import WritingScope

SHOWN: tuple[type[Record], ...] = (Dealership, Site, Person, Assessment, Finding, Action, Evidence)


@dataclass(frozen=True, kw_only=True, slots=True)
class BinRow:
    """One deleted record as the bin shows it."""

    kind: type[Record]
    id: str
    title: str
    deleted_at: datetime


def list_bin(workspace: Workspace) -> tuple[BinRow, ...]:
    """What can still be brought back, the last deleted first."""
    since = workspace.clock() - BIN_KEPT
    with workspace.reading() as reader:
        rows = [
            BinRow(kind=kind, id=record.id, title=_title(record), deleted_at=record.deleted_at)
            for kind in SHOWN
            for record in reader.in_bin(kind)
            if record.deleted_at is not None and record.deleted_at >= since
        ]
    return tuple(sorted(rows, key=lambda row: row.deleted_at, reverse=True))


def restore_from_bin(workspace: Workspace, kind: type[Record], id: str) -> Changes:
    """Bring a deleted record back as it was; evidence with the places and pairs it was taken from together with it."""
    with workspace.writing("bin.restored") as work:
        record = work.find(kind, id, in_bin=True)
        if record is None or record.deleted_at is None or not _has_its_files(workspace, record):
            raise NotFound(
                _("This is no longer in the bin."),
                code="bin.gone",
                way_out=_("Restore a backup from before it was deleted, beside this workspace."),
                id=id,
            )
        if isinstance(record, Assessment):
            check_may_write(workspace, record)
            check_is_followed(work, record)
            _bring_audit_back(work, record)
        if isinstance(record, Evidence):
            for link in work.in_bin(EvidenceLink, evidence_id=record.id, deleted_at=record.deleted_at):
                check_open(workspace, work, link)
                work.put(replace(link, deleted_at=None))
            for pair in work.in_bin(PhotoPair, deleted_at=record.deleted_at):
                if _is_whole_again(work, pair, record):
                    work.put(replace(pair, deleted_at=None))
        if isinstance(record, Action):
            for tie in work.in_bin(ActionLink, action_id=record.id, deleted_at=record.deleted_at):
                work.put(replace(tie, deleted_at=None))
        work.put(replace(record, deleted_at=None))
    return work.changes


def _bring_audit_back(work: WritingScope, assessment: Assessment) -> None:
    """The audit an assessment was thrown away with, and what went with both."""
    at = assessment.deleted_at
    for audit in work.in_bin(Audit, assessment_id=assessment.id, deleted_at=at):
        check_comes_back(work, audit)
        for kind in (AuditSlot, AuditSample, AuditLook):
            for part in work.in_bin(kind, audit_id=audit.id, deleted_at=at):
                work.put(replace(part, deleted_at=None))
        for tied in (Rating, Sighting, EvidenceLink):
            for one in work.in_bin(tied, assessment_id=assessment.id, deleted_at=at):
                work.put(replace(one, deleted_at=None))
        work.put(replace(audit, deleted_at=None))


def _has_its_files(workspace: Workspace, record: Record) -> bool:
    """The clean-up takes the files of evidence, never its record."""
    return not isinstance(record, Evidence) or all(map(workspace.store.evidence.has, record.digests()))


def _is_whole_again(work: WritingScope, pair: PhotoPair, back: Evidence) -> bool:
    """Whether a pair has its other photo too."""
    pictures = {pair.before_id, pair.after_id}
    return back.id in pictures and all(work.find(Evidence, id) for id in pictures - {back.id})


def _title(record: Record) -> str:
    match record:
        case Dealership():
            return _("Dealership {name}").format(name=record.name)
        case Site():
            return _("Site {name}").format(name=record.name)
        case Person():
            return _("Person {name}").format(name=record.name)
        case Assessment():
            return _("Assessment {number}, {kind}").format(number=record.number, kind=kind_title(record.kind))
        case Finding():
            return f"{record.label} {record.statement}"
        case Action():
            return f"{record.label} {record.what}"
        case Evidence():
            return _("Evidence {name}").format(name=record.name)
        case _:
            return record.id
