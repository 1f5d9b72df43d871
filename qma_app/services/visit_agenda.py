"""The agenda of a visit: made from the next steps, kept by hand, ticked point by point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from qma_app.domain.agenda import AgendaLine, build_agenda
from qma_app.domain.ids import AgendaItemId, VisitId
from qma_app.domain.next_step import NextStep, StepKind
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.domain.visit import AgendaItem, Visit, VisitState
from qma_app.domain.visit_reading import agenda_of
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from qma_app.services.kept_fields import check_by_hand
from qma_app.services.next_steps import next_steps
from qma_app.services.visit_rules import writable_visit
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope

FRAME: Final = "agenda:"
"""What the keys of the points begin with that every agenda has: opening, break, closing."""
_CLOSING: Final = f"{FRAME}closing"
_KEPT: Final = frozenset({"visit_id", "place", "step", "rule", "done_at"})
_MOST_MINUTES: Final = 24 * 60


def prepare_visit(workspace: Workspace, visit_id: VisitId) -> Changes:
    """Make the agenda of a visit from the next steps, so that it fits into its hours, and say what to bring.

    Made again it keeps what was ticked, what has an outcome and what was typed by hand; the rest is chosen anew.
    """
    with workspace.writing("visit.prepared") as work:
        visit = writable_visit(work, visit_id)
        if visit.state is VisitState.CLOSED:
            raise RuleBroken(
                _("Visit {number} is over.").format(number=visit.number),
                code="visit.closed",
                way_out=_("Prepare the next one."),
            )
        known = agenda_of(work, visit_id)
        kept = [item for item in known if _is_kept(item)]
        steps = _steps_for(work, workspace, visit, kept)
        taken = sum(item.minutes for item in kept if not item.step.startswith(FRAME))
        agenda = build_agenda(steps, minutes=max(0, visit.minutes_planned - taken), areas=visit.areas)
        _put_agenda(work, visit, known, kept, agenda.items)
        bring = visit.bring or _what_to_bring([line.step for line in agenda.items if line.step is not None])
        work.put(replace(visit, bring=bring))
    return work.changes


def add_item(
    workspace: Workspace, visit_id: VisitId, title: str, *, minutes: int = 15, reason: str = ""
) -> Changes:
    """One more point typed by hand; it stands before the closing."""
    with workspace.writing("agenda.item-added") as work:
        visit = writable_visit(work, visit_id)
        items = list(agenda_of(work, visit_id))
        item = AgendaItem(
            id=AgendaItemId(work.new_id()),
            engagement_id=visit.engagement_id,
            visit_id=visit_id,
            place=len(items) + 1,
            title=_needed_title(title),
            minutes=_checked_minutes(minutes),
            reason=reason.strip(),
        )
        is_before_closing = bool(items) and items[-1].step == _CLOSING
        items.insert(len(items) - 1 if is_before_closing else len(items), item)
        _put_in_order(work, items)
    return work.changes


def change_item(workspace: Workspace, item_id: AgendaItemId, **fields: Any) -> Changes:
    """Correct title, minutes, reason or outcome of a point."""
    check_by_hand(fields, _KEPT)
    with workspace.writing("agenda.item-changed") as work:
        item = _writable_item(work, item_id)
        if "title" in fields:
            fields["title"] = _needed_title(fields["title"])
        if "minutes" in fields:
            _checked_minutes(fields["minutes"])
        work.put(replace(item, **fields))
    return work.changes


def move_item(workspace: Workspace, item_id: AgendaItemId, *, place: int) -> Changes:
    """Put a point at another place of the agenda, counted from 1; the others make room."""
    with workspace.writing("agenda.item-moved") as work:
        item = _writable_item(work, item_id)
        others = [one for one in agenda_of(work, item.visit_id) if one.id != item_id]
        others.insert(min(max(place, 1), len(others) + 1) - 1, item)
        _put_in_order(work, others)
    return work.changes


def remove_item(workspace: Workspace, item_id: AgendaItemId) -> Changes:
    """A point is not dealt with at this visit."""
    with workspace.writing("agenda.item-removed") as work:
        item = _writable_item(work, item_id)
        work.delete(item)
        _put_in_order(work, [one for one in agenda_of(work, item.visit_id) if one.id != item_id])
    return work.changes


def tick_item(workspace: Workspace, item_id: AgendaItemId, *, outcome: str = "") -> Changes:
    """A point is dealt with, with what came of it; ticked again it keeps its instant and gets the new outcome."""
    with workspace.writing("agenda.item-ticked") as work:
        item = _writable_item(work, item_id)
        work.put(replace(item, done_at=item.done_at or work.at, outcome=outcome.strip() or item.outcome))
    return work.changes


def untick_item(workspace: Workspace, item_id: AgendaItemId) -> Changes:
    """A point is open again; its outcome stays."""
    with workspace.writing("agenda.item-unticked") as work:
        work.put(replace(_writable_item(work, item_id), done_at=None))
    return work.changes


def _is_kept(item: AgendaItem) -> bool:
    return not item.step or item.done_at is not None or bool(item.outcome)


def _steps_for(
    work: WritingScope, workspace: Workspace, visit: Visit, kept: Sequence[AgendaItem]
) -> tuple[NextStep, ...]:
    """What is next on the day of the visit, but for what stands on the agenda already."""
    day = max(visit.planned_on, workspace.today())
    listed = {item.step for item in kept}
    steps = next_steps(work, visit.engagement_id, on=day)
    return tuple(step for step in steps if step.key not in listed)


def _put_agenda(
    work: WritingScope,
    visit: Visit,
    known: Sequence[AgendaItem],
    kept: Sequence[AgendaItem],
    lines: Sequence[AgendaLine],
) -> None:
    """Opening first, then what was ticked, the lines, what was typed, and the closing last."""
    waiting = {item.step: item for item in known if item not in kept}
    listed = {item.step for item in kept if item.step}
    ticked = [item for item in kept if item.step and item.step != _CLOSING]
    typed = [item for item in kept if not item.step]
    opening: list[AgendaItem] = []
    middle: list[AgendaItem] = []
    closing = [item for item in kept if item.step == _CLOSING]
    for line, key in zip(lines, _keys(lines), strict=True):
        if key in listed:
            continue
        item = waiting.pop(key, None) or AgendaItem(
            id=AgendaItemId(work.new_id()),
            engagement_id=visit.engagement_id,
            visit_id=visit.id,
            place=0,
            title="",
            minutes=0,
            step=key,
        )
        item = replace(
            item,
            title=line.title,
            minutes=line.minutes,
            reason=line.reason,
            rule=line.step.rule if line.step is not None else "",
        )
        if key == f"{FRAME}opening":
            opening.append(item)
        elif key == _CLOSING:
            closing.append(item)
        else:
            middle.append(item)
    for item in waiting.values():
        work.delete(item)
    _put_in_order(work, [*opening, *ticked, *middle, *typed, *closing])


def _keys(lines: Sequence[AgendaLine]) -> list[str]:
    """The key of each line: that of its step, else what it is by its place: opening first, closing last, a break between."""
    keys = []
    for place, line in enumerate(lines):
        if line.step is not None:
            keys.append(line.step.key)
        elif place == 0:
            keys.append(f"{FRAME}opening")
        else:
            keys.append(_CLOSING if place == len(lines) - 1 else f"{FRAME}break")
    return keys


def _put_in_order(work: WritingScope, items: Sequence[AgendaItem]) -> None:
    for place, item in enumerate(items, 1):
        work.put(replace(item, place=place))


def _what_to_bring(steps: Sequence[NextStep]) -> str:
    """What the points of an agenda need at hand, a line each."""
    wanted = {
        StepKind.RATE: _("To rate: the records of the samples, drawn beforehand, and access to the archive"),
        StepKind.VERIFY: _("To check effects: the list to draw records from, and the plan of actions"),
        StepKind.ENTER: _("The KPI figures of the last month"),
        StepKind.CALL: _("Phone numbers of the customers to call"),
        StepKind.DECIDE: _("What the principal decides on: figures, costs, proposals"),
    }
    found = {step.kind for step in steps}
    return "\n".join(words for kind, words in wanted.items() if kind in found)


def _writable_item(reader: Reader, item_id: AgendaItemId) -> AgendaItem:
    item = reader.get(AgendaItem, item_id)
    writable_visit(reader, item.visit_id)
    return item


def _needed_title(title: str) -> str:
    if not title.strip():
        raise RuleBroken(
            _("A point of the agenda needs words."),
            code="agenda.title-missing",
            way_out=_("Write what it is about."),
        )
    return title.strip()


def _checked_minutes(minutes: int) -> int:
    if not 0 <= minutes <= _MOST_MINUTES:
        raise RuleBroken(
            _("{minutes} minutes do not fit into a day.").format(minutes=minutes),
            code="agenda.minutes",
            way_out=_("Write minutes from 0 to {most}.").format(most=_MOST_MINUTES),
        )
    return minutes
