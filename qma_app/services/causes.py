"""Asking why: writing, moving and taking back the causes below a finding."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from qma_app.domain.action import ActionLink
from qma_app.domain.cause import Cause
from qma_app.domain.finding import Finding
from qma_app.domain.ids import CauseId, FindingId
from qma_app.domain.record import Changes
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from qma_app.services.kept_fields import check_by_hand
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope


def add_cause(
    workspace: Workspace,
    finding_id: FindingId,
    *,
    words: str,
    parent_id: CauseId | None = None,
    category: str = "",
    origin: str = "",
    is_changeable: bool = False,
) -> Changes:
    """One more answer to "why?", last among those below `parent_id` (None = below the finding itself)."""
    with workspace.writing("cause.added") as work:
        finding = work.get(Finding, finding_id)
        siblings = _below(work, finding_id, parent_id)
        if parent_id is not None:
            _of_finding(work.get(Cause, parent_id), finding_id)
        work.put(
            Cause(
                id=CauseId(work.new_id()),
                engagement_id=finding.engagement_id,
                finding_id=finding_id,
                words=_needed_words(words),
                parent_id=parent_id,
                place=max((one.place for one in siblings), default=-1) + 1,
                category=category,
                origin=origin,
                is_changeable=is_changeable,
            )
        )
    return work.changes


def change_cause(workspace: Workspace, cause_id: CauseId, **fields: Any) -> Changes:
    """Correct words, category, origin or the tick "the owner can change this"."""
    check_by_hand(fields, ("finding_id", "parent_id"))
    if "words" in fields:
        _needed_words(fields["words"])
    with workspace.writing("cause.changed") as work:
        work.put(replace(work.get(Cause, cause_id), **fields))
    return work.changes


def move_cause(
    workspace: Workspace, cause_id: CauseId, *, parent_id: CauseId | None, place: int | None = None
) -> Changes:
    """Hang a cause, with all below it, under another one of the same finding (None = the finding), at a place among them (last)."""
    with workspace.writing("cause.moved") as work:
        cause = work.get(Cause, cause_id)
        above, seen = parent_id, set[CauseId]()
        while above is not None and above not in seen:
            seen.add(above)
            if above == cause_id:
                raise RuleBroken(
                    _("A cause cannot hang below itself."),
                    code="cause.cycle",
                    way_out=_("Choose another place for it."),
                )
            # What stands higher may lie in the bin by an undo; only the chosen one must be there.
            one = work.get(Cause, above) if above == parent_id else work.find(Cause, above)
            above = _of_finding(one, cause.finding_id).parent_id if one is not None else None
        others = [one for one in _below(work, cause.finding_id, parent_id) if one.id != cause_id]
        at = len(others) if place is None else max(0, min(place, len(others)))
        order = [*others[:at], replace(cause, parent_id=parent_id), *others[at:]]
        for number, one in enumerate(order):
            work.put(replace(one, place=number))
    return work.changes


def remove_cause(workspace: Workspace, cause_id: CauseId) -> Changes:
    """Take a cause back, with all causes below it; an action that was to remove one of them goes on serving the finding."""
    with workspace.writing("cause.removed") as work:
        waiting = [work.get(Cause, cause_id)]
        while waiting:
            cause = waiting.pop()
            waiting.extend(work.all(Cause, parent_id=cause.id))
            for link in work.all(ActionLink, cause_id=cause.id):
                work.put(replace(link, cause_id=None))
            work.delete(cause)
    return work.changes


def _below(work: WritingScope, finding_id: FindingId, parent_id: CauseId | None) -> list[Cause]:
    found = work.all(Cause, finding_id=finding_id, parent_id=parent_id)
    return sorted(found, key=lambda cause: cause.place)


def _of_finding(cause: Cause, finding_id: FindingId) -> Cause:
    if cause.finding_id != finding_id:
        raise RuleBroken(
            _("This cause belongs to another finding."),
            code="cause.other-finding",
            way_out=_("Choose a cause of the same finding."),
        )
    return cause


def _needed_words(words: str) -> str:
    if not words.strip():
        raise RuleBroken(
            _("A cause needs words."),
            code="cause.words-missing",
            way_out=_("Answer in one sentence why it is so."),
        )
    return words
