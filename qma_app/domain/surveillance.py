"""An audit beside the one before it: what has gone back, what was kept, what is better, and what became of the majors of then."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from qma_app.domain.audit_state import LOW_POINTS
from qma_app.domain.edition import Checkpoint, Edition
from qma_app.domain.edition_diff import ChangeKind, compare
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AreaId, CheckpointId
from qma_app.domain.levels import Ratings, points_of
from qma_app.domain.sampling import suggested_grade
from qma_app.domain.upgrade_proposals import ASKED_AGAIN
from qma_app.i18n import _, ngettext


class Move(StrEnum):
    """How something stands beside the last audit."""

    GONE_BACK = "gone-back"
    KEPT = "kept"
    BETTER = "better"


class MajorNow(StrEnum):
    """What became of a major of the last audit."""

    HOLDS = "holds"
    BACK = "back"
    OPEN = "open"
    NOT_LOOKED_AT = "not-looked-at"


@dataclass(frozen=True, kw_only=True)
class AuditSide:
    """One of the two audits: its edition, its ratings, and the checkpoints that applied in its scope."""

    edition: Edition
    ratings: Ratings
    applicable: tuple[CheckpointId, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PointMove:
    """A checkpoint that has points in both audits; `checkpoint` is that of the later one.

    `is_newly_unmet`: a critical checkpoint that was met and is not any more.
    """

    checkpoint: Checkpoint
    before: int
    now: int
    is_newly_unmet: bool = False

    @property
    def move(self) -> Move:
        if self.now == self.before:
            return Move.KEPT
        return Move.BETTER if self.now > self.before else Move.GONE_BACK

    @property
    def weighted(self) -> int:
        """The points it moved by, times its weight; below 0 where it has gone back."""
        return self.checkpoint.weight * (self.now - self.before)


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaMove:
    """An area over the checkpoints that have points in both audits, so that like is compared with like; levels are exact."""

    area_id: AreaId
    points: tuple[PointMove, ...]

    @property
    def before(self) -> Fraction:
        return _level((each.checkpoint.weight, each.before) for each in self.points)

    @property
    def now(self) -> Fraction:
        return _level((each.checkpoint.weight, each.now) for each in self.points)

    @property
    def move(self) -> Move:
        """By the exact levels: a hair's breadth counts."""
        if self.now == self.before:
            return Move.KEPT
        return Move.BETTER if self.now > self.before else Move.GONE_BACK

    def count(self, move: Move) -> int:
        """How many of its checkpoints moved like this."""
        return sum(each.move is move for each in self.points)


@dataclass(frozen=True, kw_only=True, slots=True)
class MajorThen:
    """A major of the last audit, the points its checkpoint has now (None: not rated), and what became of it."""

    finding: Finding
    points_now: int | None
    state: MajorNow


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditComparison:
    """Both audits beside each other.

    `only_then` and `only_now` are the checkpoints that have points in one of them alone, `asked_anew` those with points in both that
    ask for something else by now.
    """

    areas: tuple[AreaMove, ...]
    majors: tuple[MajorThen, ...]
    only_then: tuple[CheckpointId, ...]
    only_now: tuple[CheckpointId, ...]
    asked_anew: tuple[CheckpointId, ...]

    @property
    def points(self) -> tuple[PointMove, ...]:
        """All compared checkpoints in the order of the standard."""
        return tuple(point for area in self.areas for point in area.points)

    def moved(self, move: Move) -> tuple[PointMove, ...]:
        """The checkpoints that moved like this: newly unmet criticals first, then by how far and how heavy, then as the standard has them."""
        return tuple(sorted((each for each in self.points if each.move is move), key=_widest))

    @property
    def words(self) -> str:
        """The comparison in a sentence or two."""
        count = len(self.points)
        if not count:
            return _("No checkpoint was rated in both audits.")
        told = ngettext(
            "{count} checkpoint was rated in both audits: {better} better, {kept} kept, {back} gone back.",
            "{count} checkpoints were rated in both audits: {better} better, {kept} kept, {back} gone back.",
            count,
        ).format(
            count=count,
            better=len(self.moved(Move.BETTER)),
            kept=len(self.moved(Move.KEPT)),
            back=len(self.moved(Move.GONE_BACK)),
        )
        if not self.majors:
            return told
        holds = sum(each.state is MajorNow.HOLDS for each in self.majors)
        majors = ngettext(
            "{holds} of {count} major of then stays closed.",
            "{holds} of {count} majors of then stay closed.",
            len(self.majors),
        ).format(holds=holds, count=len(self.majors))
        return f"{told} {majors}"


def compare_audits(then: AuditSide, now: AuditSide) -> AuditComparison:
    """What moved between two audits. A checkpoint is compared with the one it goes on from, as long as it asks for the same."""
    known = _roots(then.edition, now.edition)
    rated_then = _rated(then)
    moves: dict[AreaId, list[PointMove]] = {}
    only_now, asked_anew = [], []
    seen: set[CheckpointId] = set()
    for id, points in _rated(now).items():
        root = known.get(id, _NO_ROOT)
        sources = [source for source in root.sources if source in rated_then]
        seen.update(sources)
        if not sources:
            only_now.append(id)
        elif not root.asks_the_same:
            asked_anew.append(id)
        else:
            point = now.edition.checkpoints[id]
            move = _point_move(point, rated_then[sources[0]], points, now.edition)
            moves.setdefault(point.area_id, []).append(move)
    return AuditComparison(
        areas=tuple(
            AreaMove(area_id=area.id, points=tuple(moves[area.id]))
            for area in now.edition.areas
            if area.id in moves
        ),
        majors=_majors(then, now, known),
        only_then=tuple(id for id in rated_then if id not in seen),
        only_now=tuple(only_now),
        asked_anew=tuple(asked_anew),
    )


def move_title(move: Move) -> str:
    """The move in a word or two."""
    return {Move.GONE_BACK: _("gone back"), Move.KEPT: _("kept"), Move.BETTER: _("better")}[move]


def major_title(state: MajorNow) -> str:
    """What became of a major, in a few words."""
    return {
        MajorNow.HOLDS: _("closed, and it holds"),
        MajorNow.BACK: _("closed, but it is back"),
        MajorNow.OPEN: _("still open"),
        MajorNow.NOT_LOOKED_AT: _("closed, not looked at again"),
    }[state]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Root:
    """The checkpoints of the old edition that one of the new goes on from; nobody can say of a split or merged one that it asks the same."""

    sources: tuple[CheckpointId, ...] = ()
    asks_the_same: bool = False


_NO_ROOT: Final = _Root()


def _roots(old: Edition, new: Edition) -> Mapping[CheckpointId, _Root]:
    if old.hash == new.hash:
        return {id: _Root(sources=(id,), asks_the_same=True) for id in new.checkpoints}
    known = {}
    for change in compare(old, new).changes:
        is_one = change.kind in (ChangeKind.SAME, ChangeKind.REWORDED)
        root = _Root(
            sources=change.before, asks_the_same=is_one and not set(change.fields) & set(ASKED_AGAIN)
        )
        known.update(dict.fromkeys(change.after, root))
    return known


def _rated(side: AuditSide) -> dict[CheckpointId, int]:
    """The points of the checkpoints that applied, in the order of the standard."""
    applying: Collection[CheckpointId] = frozenset(side.applicable)
    found = {}
    for id in side.edition.checkpoints:
        points = points_of(side.ratings.get(id))
        if id in applying and points is not None:
            found[id] = points
    return found


def _point_move(point: Checkpoint, before: int, now: int, edition: Edition) -> PointMove:
    bound = edition.rules.critical_points
    return PointMove(
        checkpoint=point, before=before, now=now, is_newly_unmet=point.is_critical and now < bound <= before
    )


def _majors(then: AuditSide, now: AuditSide, known: Mapping[CheckpointId, _Root]) -> tuple[MajorThen, ...]:
    majors = [one for one in then.findings if one.grade is FindingGrade.MAJOR]
    ids = {one.id for one in majors}
    fresh = {
        one.checkpoint_id
        for one in now.findings
        if one.grade is FindingGrade.MAJOR and one.is_open and one.id not in ids
    }
    return tuple(_major(one, now, known, fresh) for one in sorted(majors, key=_number_of))


def _major(
    finding: Finding,
    now: AuditSide,
    known: Mapping[CheckpointId, _Root],
    fresh: Collection[CheckpointId | None],
) -> MajorThen:
    """A closed one is back when a checkpoint that goes on from its own has a new major, or points that would make one again."""
    places = [id for id, root in known.items() if finding.checkpoint_id in root.sources]
    points = {
        id: value
        for id in places
        if id in now.applicable and (value := points_of(now.ratings.get(id))) is not None
    }
    again = any(_is_bad_again(now.edition, id, value) for id, value in points.items())
    if finding.is_open:
        state = MajorNow.OPEN
    elif again or any(id in fresh for id in places):
        state = MajorNow.BACK
    else:
        state = MajorNow.HOLDS if points else MajorNow.NOT_LOOKED_AT
    return MajorThen(finding=finding, points_now=min(points.values(), default=None), state=state)


def _is_bad_again(edition: Edition, id: CheckpointId, points: int) -> bool:
    bound = edition.rules.critical_points
    grade = suggested_grade(edition.checkpoints[id], points, critical_points=bound)
    return grade is FindingGrade.MAJOR or points <= LOW_POINTS


def _widest(point: PointMove) -> tuple[bool, int, int]:
    return not point.is_newly_unmet, -abs(point.now - point.before), -point.checkpoint.weight


def _number_of(finding: Finding) -> tuple[int, str]:
    return finding.number, finding.id


def _level(rated: Iterable[tuple[int, int]]) -> Fraction:
    pairs = tuple(rated)
    weight = sum(each for each, _points in pairs)
    return Fraction(10 * sum(each * points for each, points in pairs), weight)
