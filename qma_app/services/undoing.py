"""Taking an edit back and making it again, as new versions; never over something newer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from qma_app.domain.action import ActionLink
from qma_app.domain.assessment import Assessment
from qma_app.domain.cause import Cause
from qma_app.domain.evidence import EvidenceLink
from qma_app.domain.rating import Rating
from qma_app.domain.reading import Reading
from qma_app.domain.record import Change, Changes, Record
from qma_app.domain.upgrade import Upgrade
from qma_app.errors import StaleEdit
from qma_app.i18n import _
from qma_app.services.assessments import open_assessment
from qma_app.services.certificates import check_may_open
from qma_app.services.undo_guards import finding_left_closed, is_in_ring
from qma_app.services.undo_programme_guards import check_unsealed, is_begun, left_wrong
from qma_app.services.upgrade_rules import check_is_followed, check_may_put_back, check_one_way
from qma_app.services.working import check_may_write
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope

_BIN: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands for "in the bin, whenever": replaced by the time of the edit."""


def undo(workspace: Workspace, changes: Changes) -> Changes:
    """Write the values of before under new versions; a record that was made goes to the bin.

    StaleEdit when a record says something else than the edit left, or when a finding would stay closed on an effect that is taken back, RuleBroken when whoever is working now may not write
    there or its assessment was completed; then nothing is written.
    """
    pairs = [(change.after, _before_or_binned(change)) for change in reversed(changes.records)]
    return _put_back(workspace, pairs, what="undone", of=changes)


def redo(workspace: Workspace, changes: Changes) -> Changes:
    """Make an undone edit again, with the same guard."""
    pairs = [(_before_or_binned(change), change.after) for change in changes.records]
    return _put_back(workspace, pairs, what="redone", of=changes)


def merged(first: Changes, second: Changes) -> Changes:
    """Two edits as one step: before of the first, after of the second."""
    before = {change.id: change.before for change in first}
    after = {change.id: change for change in first} | {
        change.id: Change(before=before.get(change.id, change.before), after=change.after)
        for change in second
    }
    return replace(second, records=tuple(after.values()))


def _before_or_binned(change: Change) -> Record:
    if change.before is not None:
        return change.before
    return replace(change.after, deleted_at=change.after.deleted_at or _BIN)


def _put_back(
    workspace: Workspace, pairs: Sequence[tuple[Record, Record]], *, what: str, of: Changes
) -> Changes:
    with workspace.writing(what, entry=str(of.seq)) as work:
        for expected, wanted in pairs:
            current = work.find(type(expected), expected.id, in_bin=True)
            if current is None or not _says_the_same(current, expected):
                raise _newer(expected.id)
            _check_may_write(workspace, work, wanted)
            if is_begun(expected, wanted):
                check_may_open(workspace, work, workspace.today())
            check_unsealed(work, expected, wanted, of)
            deleted_at = wanted.deleted_at and (work.at if wanted.deleted_at == _BIN else wanted.deleted_at)
            work.put(replace(wanted, version=current.version, deleted_at=deleted_at))
        for _expected, wanted in pairs:
            if isinstance(wanted, Upgrade):
                check_one_way(work, wanted.engagement_id)
            if isinstance(wanted, Cause) and is_in_ring(work, wanted):
                raise _newer(wanted.id)
        closed = finding_left_closed(work, pairs, of)
        wrong = closed or left_wrong(work, pairs)
        if wrong is not None:
            raise _newer(wrong)
    return work.changes


def _check_may_write(workspace: Workspace, work: WritingScope, wanted: Record) -> None:
    """Undo is an edit as any other: what may not be written by hand is not written by it either."""
    match wanted:
        case Assessment():
            check_may_write(workspace, wanted)
            if wanted.deleted_at is None:
                check_is_followed(work, wanted)
        case Rating():
            open_assessment(workspace, work, wanted.assessment_id)
            there = work.all(Rating, assessment_id=wanted.assessment_id, checkpoint_id=wanted.checkpoint_id)
            if wanted.deleted_at is None and any(rating.id != wanted.id for rating in there):
                raise _newer(wanted.id)
        case Reading() if wanted.deleted_at is None:
            same = work.all(Reading, engagement_id=wanted.engagement_id, kpi=wanted.kpi, month=wanted.month)
            if any(one.id != wanted.id for one in same):
                raise _newer(wanted.id)
        case ActionLink() if wanted.deleted_at is None:
            ties = work.all(ActionLink, action_id=wanted.action_id, finding_id=wanted.finding_id)
            if any(one.id != wanted.id for one in ties):
                raise _newer(wanted.id)
        case EvidenceLink() if wanted.assessment_id is not None:
            open_assessment(workspace, work, wanted.assessment_id)
        case Upgrade():
            check_may_put_back(workspace, work, wanted)
        case _:
            pass


def _newer(id: str) -> StaleEdit:
    return StaleEdit(
        _("This was changed again meanwhile and cannot be taken back."),
        code="undo.newer",
        way_out=_("Look at the newer state and change it by hand."),
        id=id,
    )


def _says_the_same(current: Record, expected: Record) -> bool:
    if (current.deleted_at is None) != (expected.deleted_at is None):
        return False
    return replace(current, version=0, deleted_at=None) == replace(expected, version=0, deleted_at=None)
