"""What stands on the timeline, row by row, as pieces that can be reached, spoken, opened and moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qma_app.domain.journey_views import (
    AreaBar,
    AreaState,
    DotState,
    JourneyView,
    Milestone,
    PhaseBar,
    PhaseState,
    VisitDot,
)
from qma_app.i18n import _, day_text, level_text

REACHED = "done"
"""The state of a milestone that was reached."""


class Kind(StrEnum):
    """What a piece is."""

    PHASE = "phase"
    AREA = "area"
    VISIT = "visit"
    MILESTONE = "milestone"


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """One bar, dot or diamond; `key` is the id of its record (or code and day of a milestone).

    `name` calls it by what it is, `how` says how it stands: both with its days are what is spoken.
    """

    kind: Kind
    key: str
    title: str
    first: date
    last: date
    state: str
    name: str
    how: str
    is_late: bool = False
    is_movable: bool = False
    mark: str = ""
    done_until: date | None = None

    @property
    def id(self) -> tuple[Kind, str]:
        return self.kind, self.key

    @property
    def spoken(self) -> str:
        """All that is painted, in words."""
        days = day_text(self.first) if self.first == self.last else span_words(self.first, self.last)
        return ", ".join(filter(None, (self.name, days, self.how)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One line: a name at the left, `note` where a line has no piece."""

    kind: Kind
    title: str
    pieces: tuple[Piece, ...]
    note: str = ""
    key: str = ""


def rows_of(view: JourneyView) -> tuple[Row, ...]:
    """Phases, areas in their order, visits, milestones."""
    return (
        Row(kind=Kind.PHASE, title=_("Phases"), pieces=tuple(map(phase_piece, view.phases))),
        *map(_area_row, view.areas),
        Row(kind=Kind.VISIT, title=_("Visits"), pieces=tuple(map(visit_piece, _by_day(view.visits)))),
        Row(
            kind=Kind.MILESTONE,
            title=_("Milestones"),
            pieces=tuple(milestone_piece(one) for one in sorted(view.milestones, key=lambda one: one.day)),
        ),
    )


def phase_piece(bar: PhaseBar) -> Piece:
    """A phase; one that was passed no longer moves."""
    return Piece(
        kind=Kind.PHASE,
        key=bar.id or f"{bar.phase} {bar.wave}",
        title=bar.title,
        first=bar.starts_on,
        last=bar.ends_on,
        state=bar.state,
        name=_("Phase {title}").format(title=bar.title),
        how=phase_state(bar),
        is_late=bar.is_late,
        is_movable=bar.id is not None and bar.state is not PhaseState.DONE,
        mark="!" if bar.passed_with_reason else "",
    )


def phase_state(bar: PhaseBar) -> str:
    """How a phase stands, in words."""
    if bar.state is PhaseState.DONE:
        return _("passed with open conditions") if bar.passed_with_reason else _("passed")
    if bar.is_late:
        return _("late")
    return _("runs now") if bar.state is PhaseState.NOW else _("ahead")


def _area_row(bar: AreaBar) -> Row:
    if bar.starts_on is None or bar.ends_on is None:
        note = ": ".join(filter(None, (area_state(bar), bar.words))) if bar.planned_area_id else ""
        note = note or _("not planned")
        return Row(kind=Kind.AREA, title=bar.title, pieces=(), note=note, key=bar.area_id)
    return Row(kind=Kind.AREA, title=bar.title, pieces=(area_piece(bar),), key=bar.area_id)


def area_piece(bar: AreaBar) -> Piece:
    """The time of an area."""
    assert bar.starts_on is not None
    assert bar.ends_on is not None
    words = [_("wave {number}").format(number=bar.wave)] if bar.wave else []
    words.append(area_state(bar))
    if bar.level is not None:
        words.append(_("level {level}").format(level=level_text(bar.level)))
    if bar.words:
        words.append(bar.words)
    return Piece(
        kind=Kind.AREA,
        key=bar.area_id,
        title=bar.title,
        first=bar.starts_on,
        last=bar.ends_on,
        state=bar.state,
        name=_("Area {title}").format(title=bar.title),
        how=", ".join(words),
        is_late=bar.state is AreaState.LATE,
        is_movable=bar.planned_area_id is not None,
        done_until=bar.done_until,
    )


def area_state(bar: AreaBar) -> str:
    """How an area stands, in words."""
    return {
        AreaState.AHEAD: _("ahead"),
        AreaState.RUNNING: _("running"),
        AreaState.DONE: _("done"),
        AreaState.LATE: _("late"),
        AreaState.LEFT_OUT: _("left out"),
    }[bar.state]


def visit_piece(dot: VisitDot) -> Piece:
    """A visit on its day."""
    return Piece(
        kind=Kind.VISIT,
        key=dot.id,
        title=dot.title,
        first=dot.day,
        last=dot.day,
        state=dot.state,
        name=dot.title,
        how=visit_state(dot),
        is_late=dot.state is DotState.MISSED,
    )


def visit_state(dot: VisitDot) -> str:
    """How a visit stands, in words."""
    return {
        DotState.HELD: _("held"),
        DotState.TODAY: _("today"),
        DotState.PLANNED: _("planned"),
        DotState.MISSED: _("not held on its day"),
        DotState.CANCELLED: _("cancelled"),
    }[dot.state]


def milestone_piece(mark: Milestone) -> Piece:
    """A milestone on its day."""
    return Piece(
        kind=Kind.MILESTONE,
        key=f"{mark.code} {mark.day}",
        title=mark.title,
        first=mark.day,
        last=mark.day,
        state=REACHED if mark.is_done else "",
        name=_("Milestone {title}").format(title=mark.title),
        how=_("reached") if mark.is_done else _("ahead"),
    )


def span_words(first: date, last: date) -> str:
    """`1 Jun 2026 to 3 Nov 2026`."""
    return _("{first} to {last}").format(first=day_text(first), last=day_text(last))


def _by_day(dots: Sequence[VisitDot]) -> list[VisitDot]:
    return sorted(dots, key=lambda dot: (dot.day, dot.number))
