"""What a keeper changed between two editions of a standard, checkpoint by checkpoint, so that work can follow from one to the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from qma_app.domain.edition import Checkpoint, Edition
from qma_app.domain.edition_frame_diff import OtherChange, compare_frames
from qma_app.domain.ids import CheckpointId

__all__ = ["FIELDS", "ChangeKind", "CheckpointChange", "EditionDiff", "OtherChange", "compare"]

FIELDS = (
    "number",
    "statement",
    "guidance",
    "evidence",
    "failure",
    "actions",
    "weight",
    "critical",
    "sample",
    "when",
    "impact",
    "clauses",
    "kpis",
)
"""The names under which `CheckpointChange.fields` tells what differs, in the order a checkpoint is read."""


class ChangeKind(StrEnum):
    """What became of a checkpoint."""

    SAME = "same"
    REWORDED = "reworded"
    SPLIT = "split"
    MERGED = "merged"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckpointChange:
    """Checkpoints of the old edition and what stands for them in the new one; `fields` names what differs of a reworded one.

    Several to several is MERGED. Fields of a split or merged checkpoint are not compared: they speak of different things.
    """

    kind: ChangeKind
    before: tuple[CheckpointId, ...] = ()
    after: tuple[CheckpointId, ...] = ()
    fields: tuple[str, ...] = ()

    @property
    def is_renamed(self) -> bool:
        """One checkpoint goes on under another id."""
        return self.kind is ChangeKind.REWORDED and self.before != self.after


@dataclass(frozen=True, kw_only=True)
class EditionDiff:
    """Every checkpoint of both editions in exactly one change, in the order of the new edition with the gone ones where they stood.

    `other` is what differs around the checkpoints: areas, processes, scale, rules, phases, KPIs and so on.
    """

    changes: tuple[CheckpointChange, ...]
    other: tuple[OtherChange, ...]

    @cached_property
    def counts(self) -> Mapping[ChangeKind, int]:
        """How many changes of each kind there are, every kind named."""
        counted = Counter(change.kind for change in self.changes)
        return {kind: counted[kind] for kind in ChangeKind}

    @property
    def is_empty(self) -> bool:
        """Whether both editions ask for the same in the same words."""
        return not self.other and all(change.kind is ChangeKind.SAME for change in self.changes)

    def of_kind(self, kind: ChangeKind) -> tuple[CheckpointChange, ...]:
        """The changes of one kind."""
        return tuple(change for change in self.changes if change.kind is kind)


def compare(old: Edition, new: Edition) -> EditionDiff:
    """What became of each checkpoint, by its id and by what `replaces` says, and what else differs."""
    pieces = [
        _change(before, after, old, new)
        for before, after in _components(old.checkpoints, new.checkpoints.values())
    ]
    return EditionDiff(changes=_in_order(pieces, old, new), other=compare_frames(old, new))


def sources_of(checkpoint: Checkpoint, old: Mapping[CheckpointId, Checkpoint]) -> tuple[CheckpointId, ...]:
    """The checkpoints of the old edition that this one goes on from: its own id first, then those it replaces."""
    named = dict.fromkeys((checkpoint.id, *checkpoint.replaces))
    return tuple(id for id in named if id in old)


def changed_fields(before: Checkpoint, after: Checkpoint) -> tuple[str, ...]:
    """The names of the fields that differ; id, `replaces` and `remark` do not count."""
    then, now = _content(before), _content(after)
    return tuple(name for name in FIELDS if then[name] != now[name])


def _content(point: Checkpoint) -> dict[str, object]:
    return {
        "number": point.number,
        "statement": point.statement,
        "guidance": point.guidance,
        "evidence": point.evidence,
        "failure": point.failure,
        "actions": point.actions,
        "weight": point.weight,
        "critical": point.is_critical,
        "sample": point.sample,
        "when": (point.when, point.when_staff),
        "impact": point.impact,
        "clauses": point.clauses,
        "kpis": point.kpis,
    }


def _components(
    old: Mapping[CheckpointId, Checkpoint], news: Iterable[Checkpoint]
) -> Iterable[tuple[tuple[CheckpointId, ...], tuple[CheckpointId, ...]]]:
    """The parts that hang together, each as old ids and new ids in the order of their editions."""
    groups: dict[CheckpointId, list[CheckpointId]] = {id: [id] for id in old}
    followers: dict[int, list[CheckpointId]] = {id(group): [] for group in groups.values()}
    alone: list[CheckpointId] = []
    for checkpoint in news:
        sources = sources_of(checkpoint, old)
        if not sources:
            alone.append(checkpoint.id)
            continue
        group = groups[sources[0]]
        for source in sources[1:]:
            other = groups[source]
            if other is not group:
                group.extend(other)
                followers[id(group)].extend(followers.pop(id(other)))
                groups.update(dict.fromkeys(other, group))
        followers[id(group)].append(checkpoint.id)
    places = {id: place for place, id in enumerate(old)}
    for group in {id(group): group for group in groups.values()}.values():
        yield tuple(sorted(group, key=places.__getitem__)), tuple(followers[id(group)])
    for lone in alone:
        yield (), (lone,)


def _change(
    before: tuple[CheckpointId, ...], after: tuple[CheckpointId, ...], old: Edition, new: Edition
) -> CheckpointChange:
    places = {id: place for place, id in enumerate(new.checkpoints)} if len(after) > 1 else {}
    after = tuple(sorted(after, key=lambda id: places[id])) if places else after
    fields: tuple[str, ...] = ()
    if not after:
        kind = ChangeKind.GONE
    elif not before:
        kind = ChangeKind.NEW
    elif len(before) > 1:
        kind = ChangeKind.MERGED
    elif len(after) > 1:
        kind = ChangeKind.SPLIT
    else:
        fields = changed_fields(old.checkpoints[before[0]], new.checkpoints[after[0]])
        kind = ChangeKind.REWORDED if fields or before != after else ChangeKind.SAME
    return CheckpointChange(kind=kind, before=before, after=after, fields=fields)


def _in_order(pieces: Iterable[CheckpointChange], old: Edition, new: Edition) -> tuple[CheckpointChange, ...]:
    """By the first new checkpoint; a gone one directly behind what its forerunner in the old edition became."""
    by_old = {id: change for change in pieces for id in change.before}
    by_new = {id: change for change in pieces for id in change.after}
    ordered = list(dict.fromkeys(by_new[id] for id in new.checkpoints))
    behind: dict[CheckpointChange | None, list[CheckpointChange]] = {}
    anchor: CheckpointChange | None = None
    for id in old.checkpoints:
        change = by_old[id]
        if change.kind is ChangeKind.GONE:
            behind.setdefault(anchor, []).append(change)
        else:
            anchor = change
    result = list(behind.get(None, ()))
    for change in ordered:
        result.append(change)
        result.extend(behind.get(change, ()))
    return tuple(result)
