"""Promises on paper: what, who, until when, and whether it was kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from qma_app.domain.ids import EngagementId, VisitId
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.domain.promise import Promise, PromiseState
from qma_app.domain.visit import Visit
from qma_app.domain.wording import promise_state_title, visit_title
from qma_app.i18n import _, day_text
from qma_app.reports.blocks import Block, Stack
from qma_app.reports.kit import Kit
from qma_app.reports.marks import Badge
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.styles import CELL, CELL_NUMBER, CELL_QUIET
from qma_app.reports.tables import Row, Table
from qma_app.reports.year.words import PROMISE_COLOURS

_NUMBER, _WHO, _DUE, _STATE = 34.0, 86.0, 56.0, 80.0
_WHAT = CONTENT_WIDTH - _NUMBER - _WHO - _DUE - _STATE - 40


@dataclass(frozen=True, kw_only=True, slots=True)
class PromiseLine:
    """One promise as it stood on a day: who gave it, and where (`made`)."""

    promise: Promise
    state: PromiseState
    who: str
    made: str

    @property
    def label(self) -> str:
        return self.promise.label

    @property
    def is_settled(self) -> bool:
        """Kept or broken on that day."""
        return self.state in (PromiseState.KEPT, PromiseState.KEPT_LATE, PromiseState.BROKEN)


def promises_of(reader: Reader, engagement_id: EngagementId) -> tuple[Promise, ...]:
    """The promises of a programme by number."""
    return tuple(sorted(reader.all(Promise, engagement_id=engagement_id), key=_number))


def promise_lines(reader: Reader, promises: Iterable[Promise], *, on: date) -> tuple[PromiseLine, ...]:
    """What papers say of these: as they stood on `on`, in the order given."""
    visits: dict[VisitId, Visit | None] = {}
    lines = []
    for promise in promises:
        visit_id = promise.visit_id
        if visit_id is not None and visit_id not in visits:
            visits[visit_id] = reader.find(Visit, visit_id, in_bin=True)
        visit = visits.get(visit_id) if visit_id is not None else None
        lines.append(
            PromiseLine(
                promise=promise,
                state=promise.state_on(on),
                who=_who(reader, promise),
                made=_made(promise, visit),
            )
        )
    return tuple(lines)


def promise_table(
    kit: Kit, lines: Sequence[PromiseLine], *, with_made: bool = True, with_state: bool = True
) -> Table:
    """A row each; the outcome stands below the promise once it is settled. Without the state it is what was agreed, no more."""
    titles = [_("No."), _("Promise"), _("Who"), _("By when")]
    widths = [_NUMBER, _WHAT + _STATE + 10, _WHO, _DUE]
    if with_state:
        titles, widths = [*titles, _("State")], [_NUMBER, _WHAT, _WHO, _DUE, _STATE]
    rows = [_row(kit, line, with_made=with_made, with_state=with_state) for line in lines]
    return Table(widths, rows, head=kit.head_row(titles))


def settled_words(line: PromiseLine) -> str:
    """When it was kept or broken, and how; "" while it is open."""
    promise = line.promise
    if not line.is_settled:
        return ""
    if line.state is PromiseState.BROKEN and promise.broken_on is not None:
        day = _("broken {day}").format(day=day_text(promise.broken_on))
    elif promise.kept_on is not None:
        day = _("kept {day}").format(day=day_text(promise.kept_on))
    else:
        day = ""
    return ": ".join(filter(None, (day, promise.outcome)))


def due_text(line: PromiseLine) -> str:
    """Until when, or that no day was agreed."""
    due = line.promise.due_on
    return day_text(due) if due else _("no day")


def _row(kit: Kit, line: PromiseLine, *, with_made: bool, with_state: bool) -> Row:
    where = line.label
    said: list[Block] = [kit.words(line.promise.what or "–", CELL, where=where)]
    settled = settled_words(line) if with_state else ""
    if settled:
        said.append(kit.words(settled, CELL_QUIET, where=where))
    if with_made and line.made:
        said.append(kit.words(line.made, CELL_QUIET, where=where))
    cells: list[Block | None] = [
        kit.words(line.label, CELL_NUMBER),
        Stack(said, gap=1),
        kit.words(line.who or "–", CELL, where=where),
        kit.words(due_text(line), CELL_QUIET),
    ]
    if with_state:
        colour = PROMISE_COLOURS[line.state]
        cells.append(Badge(kit.setter, promise_state_title(line.state), colour, line_height=12))
    return Row(tuple(cells), padding=3)


def _who(reader: Reader, promise: Promise) -> str:
    """The name as written; that of the person where none was written, and behind it where both differ."""
    person = reader.find(Person, promise.person_id, in_bin=True) if promise.person_id else None
    name = person.name if person else ""
    written = promise.who.strip()
    who = f"{written} ({name})" if written and name and name != written else written or name
    return _("{name}, coach").format(name=who or "–") if promise.is_coachs else who


def _made(promise: Promise, visit: Visit | None) -> str:
    where = ""
    if promise.charter_id is not None:
        where = _("in the charter")
    elif visit is not None:
        where = visit_title(visit)
    day = day_text(promise.made_on) if promise.made_on else ""
    made = ", ".join(filter(None, (day, where)))
    return _("made: {when}").format(when=made) if made else ""


def _number(promise: Promise) -> tuple[int, str]:
    return promise.number, promise.id
