"""The action plan workbook and its way back: the difference first, then what was chosen of it, as one edit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, Final

from qma_app.domain.action import Action, Stage
from qma_app.domain.finding import Finding, Reply
from qma_app.domain.ids import ActionId, EngagementId
from qma_app.domain.people import Person
from qma_app.domain.plain_text import composed
from qma_app.domain.ports import LogHead
from qma_app.domain.record import Changes, Record
from qma_app.errors import ImportTrouble, Problem, RuleBroken, StaleEdit
from qma_app.exchange.action_workbook.came_back import PlanFile
from qma_app.exchange.action_workbook.collecting import collect
from qma_app.exchange.action_workbook.comparing import compare
from qma_app.exchange.action_workbook.difference import (
    CellChange,
    CellKey,
    FileFacts,
    Offer,
    PlanDifference,
    Proposal,
    Touch,
)
from qma_app.exchange.action_workbook.keys import PROGRESS, Part
from qma_app.exchange.action_workbook.reading import read_plan
from qma_app.exchange.action_workbook.values import text_of
from qma_app.exchange.importing.reading import Progress
from qma_app.i18n import _
from qma_app.services.actions import checked_action, moved_action, next_number, tie_action
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import ReadingScope, WritingScope

__all__ = [
    "CellChange",
    "CellKey",
    "FileFacts",
    "Offer",
    "PlanDifference",
    "Proposal",
    "Side",
    "Taking",
    "Touch",
    "compare_action_plans",
    "take_over_action_plans",
]

_KINDS: Final = ("action.", "actions.", "finding.", "verification.", "bin.", "undone", "redone")
_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "stage": ("started_on", "done_on", "effective_on"),
}
"""Fields behind a column that is none itself."""


class Side(StrEnum):
    """Whose word holds where both sides changed a cell."""

    OURS = "ours"
    THEIRS = "theirs"


@dataclass(frozen=True, kw_only=True, slots=True)
class Taking:
    """What is taken of a difference: for each cell the offer, by its place; and the proposals by theirs."""

    cells: Mapping[CellKey, int] = field(default_factory=dict)
    proposals: frozenset[int] = frozenset()

    @property
    def count(self) -> int:
        return len(self.cells) + len(self.proposals)

    @classmethod
    def of(cls, difference: PlanDifference, conflicts: Side = Side.OURS) -> Taking:
        """Every change and proposal; of conflicts what the workbook says only if `conflicts` is theirs.

        Where two workbooks contradict one another the first one holds then.
        """
        taken = difference.cells if conflicts is Side.THEIRS else difference.changes
        return cls(
            cells={one.cell: 0 for one in taken}, proposals=frozenset(range(len(difference.proposals)))
        )


def compare_action_plans(
    workspace: Workspace,
    paths: Sequence[Path],
    *,
    engagement_id: EngagementId | None = None,
    progress: Progress | None = None,
) -> PlanDifference:
    """What workbooks that came back would change; writes nothing.

    ImportTrouble where one is none of ours, or not of the programme expected, or where two are of different programmes.
    """
    if not paths:
        raise ImportTrouble(_("No file was chosen."), code="actions.no-file")
    with workspace.reading() as reader:
        files: list[PlanFile] = []
        for path in dict.fromkeys(paths):
            heard = partial(_part_of, progress, len(files), len(paths)) if progress else None
            file = read_plan(path, reader, engagement_id=engagement_id, progress=heard)
            engagement_id = file.engagement.id
            files.append(file)
        touched = _Touches(reader)
        known = [replace(file, head=_head_here(reader, file)) for file in files]
        difference = compare(
            known,
            collect(reader, files[0].engagement.id),
            today=workspace.today(),
            touched=touched,
            was_proposed=_earlier_proposals(reader, files[0].engagement.id),
        )
    return replace(
        difference,
        problems=(
            *(_other_copy(file) for file, here in zip(files, known, strict=True) if file.head != here.head),
            *difference.problems,
        ),
    )


def take_over_action_plans(
    workspace: Workspace, difference: PlanDifference, taking: Taking | None = None
) -> Changes:
    """Write what was chosen, all of it or nothing; one edit, one undo. Every change without a conflict unless said otherwise.

    StaleEdit where a record was changed since the difference was made.
    """
    chosen = taking or Taking.of(difference)
    with workspace.writing("actions.imported") as work:
        by_record: dict[str, list[tuple[CellChange, Offer]]] = {}
        for one in difference.cells:
            place = chosen.cells.get(one.cell)
            if place is not None:
                by_record.setdefault(one.record_id, []).append((one, one.offers[place]))
        for cells in by_record.values():
            _write(work, cells, workspace.today())
        for place in sorted(chosen.proposals):
            _propose(work, difference, difference.proposals[place])
    return work.changes


def _part_of(progress: Progress, place: int, count: int, share: float) -> object:
    return progress((place + share) / count)


def _head_here(reader: ReadingScope, file: PlanFile) -> LogHead:
    """Where the change log stood when the workbook went out; its beginning where it was another one."""
    seq = file.head.seq
    entry = next(reader.log_entries(after=seq - 1), None) if seq > 0 else None
    is_ours = entry is not None and entry.seq == seq and entry.hash == file.head.hash
    return file.head if is_ours else LogHead(seq=0, hash="", at=None)


def _other_copy(file: PlanFile) -> Problem:
    return Problem(
        code="actions.other-copy",
        place=file.name,
        found=_("the workbook went out from another state of this workspace, such as before a restore"),
        advice=_("look at each difference: what was changed there in the program may show as changed here"),
        is_warning=True,
    )


class _Touches:
    """Looks into the change log who last changed a cell, and when."""

    def __init__(self, reader: ReadingScope) -> None:
        self._reader = reader
        self._people = {person.id: person.name for person in reader.all(Person)}

    def __call__(self, record_id: str, key: str, since: int) -> Touch | None:
        fields = _FIELDS.get(key, (key,))
        for entry in reversed(self._reader.log_entries_about((record_id,), _KINDS)):
            if entry.seq <= since:
                break
            for item in entry.records:
                if item["id"] == record_id and any(name in item["set"] for name in fields):
                    who = self._people.get(entry.who, "") if entry.who else ""
                    return Touch(who=who, at=entry.at)
        return None


def _earlier_proposals(reader: ReadingScope, engagement_id: EngagementId) -> Callable[[str], bool]:
    """Whether the dealership proposed something in these words before, even if they were changed or deleted since."""
    known: set[str] = set()
    mine = (
        *reader.all(Action, engagement_id=engagement_id),
        *reader.in_bin(Action, engagement_id=engagement_id),
    )
    for action in mine:
        if action.proposed_by:
            known.add(text_of(action.what))
            known.update(map(text_of, reader.log_words(action.id).values()))
    return known.__contains__


def _write(work: WritingScope, cells: Sequence[tuple[CellChange, Offer]], today: date) -> None:
    first = cells[0][0]
    values = {one.key: offer.value for one, offer in cells if one.key != PROGRESS}
    progress = [offer.text for one, offer in cells if one.key == PROGRESS]
    if first.part is Part.ACTIONS:
        action = _current(work, Action, first)
        work.put(checked_action(work, _changed_action(action, values, progress, today)))
    else:
        finding = _current(work, Finding, first)
        work.put(_changed_finding(finding, values, today))


def _current(work: WritingScope, kind: type[Any], cell: CellChange) -> Any:
    record: Record = work.get(kind, cell.record_id)
    if record.version != cell.version:
        raise StaleEdit(
            _("{label} was changed here meanwhile; nothing was taken over.").format(label=cell.label),
            code="actions.stale",
            way_out=_("Read the workbook again, and look at the difference once more."),
        )
    return record


def _changed_action(
    action: Action, values: Mapping[str, Any], progress: Iterable[str], today: date
) -> Action:
    action = replace(
        action, **{key: value for key, value in values.items() if key not in ("stage", "done_on")}
    )
    for words in progress:
        if f"\n{words}\n" not in f"\n{composed(action.note)}\n":
            action = replace(action, note="\n".join(filter(None, (action.note, words))))
    return _moved(action, values, today)


def _moved(action: Action, values: Mapping[str, Any], today: date) -> Action:
    """The day it was done leads into check, whatever the stage says; without that day the stage does."""
    done = values.get("done_on")
    if done is not None:
        return moved_action(moved_action(action, Stage.DO, done), Stage.CHECK, done)
    if "stage" in values:
        return moved_action(action, values["stage"], today)
    return moved_action(action, Stage.DO, today) if "done_on" in values else action


def _changed_finding(finding: Finding, values: Mapping[str, Any], today: date) -> Finding:
    changed = replace(finding, **values)
    if not {"reply", "reply_words", "reply_by", "replied_on"} & values.keys():
        return changed
    if changed.reply is None:
        return replace(changed, reply_words="", reply_by="", replied_on=None)
    if changed.reply is Reply.DISAGREED and not changed.reply_words.strip():
        raise RuleBroken(
            _("A disagreement needs the dealership's words."),
            code="finding.reply-words-missing",
            way_out=_("Write down what the dealership says."),
        )
    return replace(changed, replied_on=changed.replied_on or today)


def _propose(work: WritingScope, difference: PlanDifference, proposal: Proposal) -> None:
    engagement_id = difference.engagement.id
    action = Action(
        id=ActionId(work.new_id()),
        engagement_id=engagement_id,
        number=next_number(work, engagement_id),
        is_proposal=True,
        proposed_by=proposal.by,
        **{key: value for key, value in proposal.values.items() if value is not None},
    )
    action = work.put(checked_action(work, action))
    for finding_id in proposal.findings:
        tie_action(work, action, finding_id)
