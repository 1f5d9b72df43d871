"""What a step back or forward must not do to a programme: change what was signed or locked, or leave two where there is one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

from qma_app.domain.audit import Audit
from qma_app.domain.certification import Appeal, Certificate, CertificationDecision, IssuedFile, Signer
from qma_app.domain.charter import Charter
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import EvidenceLink
from qma_app.domain.ids import VisitId
from qma_app.domain.people import Person
from qma_app.domain.plan import PlannedArea, PlannedPhase
from qma_app.domain.process_owner import ProcessOwner
from qma_app.domain.promise import Promise, SponsorCheck
from qma_app.domain.record import Changes, Record
from qma_app.domain.target import Target
from qma_app.domain.visit import AgendaItem, Visit, VisitNote, VisitState
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from qma_app.services.audit_rules import check_comes_back
from qma_app.services.engagements import check_days_held, check_none_runs
from qma_app.services.evidence_places import open_visit
from qma_app.services.promises import check_paper_unsigned, says_something_else
from qma_app.services.targets import check_complete, check_unlocked
from qma_app.services.visit_rules import check_alone, check_unsigned
from qma_app.storage.scopes import WritingScope

Pairs = Sequence[tuple[Record, Record]]

_ONE_OF_EACH: Final[Mapping[type[Record], tuple[str, ...]]] = {
    Charter: ("engagement_id",),
    PlannedArea: ("engagement_id", "area_id"),
    PlannedPhase: ("engagement_id", "phase", "wave"),
    ProcessOwner: ("engagement_id", "process_id"),
    SponsorCheck: ("engagement_id", "quarter"),
    Target: ("engagement_id", "kpi"),
}
"""Kinds of which only one may be there with the same values in these fields."""
_AT_VISITS: Final = (AgendaItem, VisitNote, Promise, EvidenceLink)
_LIFE: Final = ("agenda.", "note.", "promise.", "visit.", "evidence.", "undone", "redone")


def check_unsealed(work: WritingScope, expected: Record, wanted: Record, of: Changes) -> None:
    """RuleBroken where a record is part of what was signed or locked since: asked before it is written."""
    match expected, wanted:
        case Target(), Target():
            check_unlocked(work.get(Engagement, wanted.engagement_id))
        case Visit(), Visit():
            check_unsigned(expected)
            if wanted.is_signed:
                _check_same_minutes(work, wanted, of)
        case AgendaItem(), AgendaItem():
            _check_visit(work, wanted.visit_id)
        case VisitNote(), VisitNote() if _without(expected, "finding_id") != _without(wanted, "finding_id"):
            _check_visit(work, expected.visit_id)
            _check_visit(work, wanted.visit_id)
        case Promise(), Promise() if says_something_else(expected, wanted):
            check_paper_unsigned(work, expected)
            check_paper_unsigned(work, wanted)
        case EvidenceLink(), EvidenceLink() if wanted.visit_id is not None:
            if work.find(Visit, wanted.visit_id) is not None:
                open_visit(work, wanted.visit_id)
        case ((Appeal() | Certificate() | CertificationDecision() | IssuedFile() | Signer()), _):
            raise RuleBroken(
                _("What was decided or issued stays told; it is not taken back."),
                code="undo.stays-told",
                way_out=_("Suspend, restore or withdraw the certificate; a paper or a key is revoked."),
            )
        case _:
            pass


def is_begun(expected: Record, wanted: Record) -> bool:
    """Whether a visit that is planned would run by this step."""
    if not (isinstance(expected, Visit) and isinstance(wanted, Visit)):
        return False
    return expected.state is VisitState.PLANNED and wanted.state is VisitState.RUNNING


def left_wrong(work: WritingScope, pairs: Pairs) -> str | None:
    """The first record that this step would leave in a state no use case makes; asked after all were written."""
    for expected, wanted in pairs:
        is_wrong = (
            _gone_is_needed(work, wanted)
            if wanted.deleted_at is not None
            else _has_twin(work, wanted) or _names_gone(work, expected, wanted)
        )
        if is_wrong:
            return wanted.id
        if isinstance(expected, PlannedPhase) and isinstance(wanted, PlannedPhase):
            _check_gates(work, expected, wanted)
        if isinstance(expected, Engagement) and isinstance(wanted, Engagement):
            _check_engagement(work, expected, wanted)
        if isinstance(expected, Visit) and isinstance(wanted, Visit):
            _check_running(work, expected, wanted)
        if isinstance(wanted, Audit) and wanted.deleted_at is None and expected.deleted_at is not None:
            check_comes_back(work, wanted)
    return None


def _check_visit(work: WritingScope, visit_id: VisitId | None) -> None:
    visit = work.find(Visit, visit_id) if visit_id is not None else None
    if visit is not None:
        check_unsigned(visit)


def _check_same_minutes(work: WritingScope, visit: Visit, of: Changes) -> None:
    """Signatures come back only over the very minutes they were written under."""
    about: set[str] = {visit.id}
    for kind in _AT_VISITS:
        tied = work.all(kind, visit_id=visit.id) + work.in_bin(kind, visit_id=visit.id)
        about |= {one.id for one in tied}
    for entry in work.log_entries_about(about, _LIFE):
        if entry.seq > of.seq and json.loads(entry.body)["what"].get("entry") != str(of.seq):
            raise RuleBroken(
                _("The minutes of visit {number} were changed meanwhile.").format(number=visit.number),
                code="visit.changed-since",
                way_out=_("Close the visit and let it be signed anew."),
            )


def _check_running(work: WritingScope, expected: Visit, wanted: Visit) -> None:
    is_running = wanted.deleted_at is None and wanted.state is VisitState.RUNNING
    if is_running and expected.state is not VisitState.RUNNING:
        check_alone(work, wanted, wanted.coach_id)


def _check_gates(work: WritingScope, expected: PlannedPhase, wanted: PlannedPhase) -> None:
    """RuleBroken `gate.order` where a gate would be passed before the one before it."""
    if expected.passed_on == wanted.passed_on and expected.deleted_at == wanted.deleted_at:
        return
    phases = work.all(PlannedPhase, engagement_id=wanted.engagement_id)
    passed = [one for one in phases if one.passed_on is not None]
    last = max(passed, key=_place, default=None)
    days = [one.passed_on for one in sorted(passed, key=_place) if one.passed_on is not None]
    is_open_before = last is not None and any(
        one.passed_on is None and one.place < last.place for one in phases
    )
    if is_open_before or days != sorted(days):
        raise RuleBroken(
            _("The gates would no longer be passed in their order."),
            code="gate.order",
            way_out=_("Take back the later gate first."),
        )


def _check_engagement(work: WritingScope, expected: Engagement, wanted: Engagement) -> None:
    if wanted.deleted_at is not None:
        return
    if wanted.is_running and (not expected.is_running or expected.deleted_at is not None):
        check_none_runs(work, wanted.dealership_id, but=wanted.id)
    if (expected.started_on, expected.ended_on) != (wanted.started_on, wanted.ended_on):
        check_days_held(work, wanted)
    if wanted.targets_locked_on is not None and expected.targets_locked_on is None:
        check_complete(work, wanted.id)


def _has_twin(work: WritingScope, wanted: Record) -> bool:
    """Whether another record stands for the same thing by now."""
    fields = _ONE_OF_EACH.get(type(wanted), ())
    if not fields:
        return False
    same = work.all(type(wanted), **{name: getattr(wanted, name) for name in fields})
    return any(one.id != wanted.id for one in same)


def _names_gone(work: WritingScope, expected: Record, wanted: Record) -> bool:
    """Whether it would name somebody, or stand at a visit, that was deleted meanwhile."""
    if isinstance(wanted, AgendaItem | VisitNote | Promise) and wanted.visit_id is not None:
        return work.find(Visit, wanted.visit_id) is None
    if isinstance(wanted, ProcessOwner):
        names: tuple[str, ...] = ("owner_id", "deputy_id")
    elif isinstance(wanted, Engagement) and wanted.is_running:
        names = ("coach_id", "principal_id", "officer_id")
    else:
        return False
    said = (
        getattr(wanted, name)
        for name in names
        if expected.deleted_at is not None or getattr(wanted, name) != getattr(expected, name)
    )
    return any(id is not None and work.find(Person, id) is None for id in said)


def _gone_is_needed(work: WritingScope, wanted: Record) -> bool:
    """Whether something is tied to it by now that would hang in the air."""
    if isinstance(wanted, Visit):
        return any(work.all(kind, visit_id=wanted.id) for kind in (AgendaItem, VisitNote, Promise))
    if isinstance(wanted, Person):
        owned = work.all(ProcessOwner, owner_id=wanted.id) + work.all(ProcessOwner, deputy_id=wanted.id)
        return bool(owned) or any(
            wanted.id in (one.coach_id, one.principal_id, one.officer_id)
            for one in work.all(Engagement, ended_on=None)
        )
    return False


def _without(note: VisitNote, name: str) -> dict[str, object]:
    fields = note.__dataclass_fields__
    gone = {"gone": note.deleted_at is not None}
    return gone | {one: getattr(note, one) for one in fields if one not in (name, "version", "deleted_at")}


def _place(phase: PlannedPhase) -> int:
    return phase.place
