"""The dates of a programme, or of all, as a calendar file: visits, reviews, milestones, actions and promises due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from qma_app.domain.action import Action
from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import DealershipId, EngagementId
from qma_app.domain.phase_spans import phase_title
from qma_app.domain.plan import PlannedPhase
from qma_app.domain.promise import Promise
from qma_app.domain.record import R, Record
from qma_app.domain.review import ManagementReview
from qma_app.domain.standing import current_engagement
from qma_app.domain.visit import Visit
from qma_app.domain.wording import review_title, visit_title
from qma_app.exchange.calendar_file import CalendarEvent, CalendarTask, calendar_file
from qma_app.i18n import _
from qma_app.services.calendar_numbers import SequenceNumbers, sequence_numbers
from qma_app.services.workspace import Workspace
from qma_app.storage.atomic_files import atomic_file
from qma_app.storage.scopes import ReadingScope

Entry = CalendarEvent | CalendarTask


@dataclass(frozen=True, kw_only=True, slots=True)
class _House:
    """One programme and what its entries are called by; `is_named` where the file holds several dealerships."""

    engagement: Engagement
    dealership: Dealership
    edition: Edition
    is_named: bool
    numbers: SequenceNumbers

    def titled(self, title: str) -> str:
        return f"{self.dealership.name}: {title}" if self.is_named else title

    @property
    def is_gone(self) -> bool:
        """Whether the dealership was deleted: all it had has to leave other calendars."""
        return self.dealership.deleted_at is not None

    def is_off(self, record: Record) -> bool:
        """Whether a record, or the dealership with it, was deleted."""
        return self.is_gone or record.deleted_at is not None

    @property
    def place(self) -> str:
        return ", ".join(part for part in (self.dealership.name, self.dealership.city) if part)

    def sequence(self, record: Record) -> int:
        """Rises with each change of the record, and of what its entry takes its name, place and end from."""
        return self.numbers.of(record, self.dealership, self.engagement)

    def is_over(self, day: date) -> bool:
        """Whether the programme had ended before a day that was planned."""
        ended = self.engagement.ended_on
        return ended is not None and day > ended


def calendar_bytes(reader: ReadingScope, engagement_id: EngagementId | None, *, on: date) -> bytes:
    """The calendar of a programme, or with None of every programme of a dealership that is not archived.

    A second import updates: visits called off or deleted are cancelled in it, all entries of a dealership that was deleted too,
    what is settled or due no more is taken off the list of tasks. Its instant is that of the last change of the workspace (the day `on`, where nothing was written yet), so that the same
    state gives the same bytes.
    """
    houses = _houses(reader, engagement_id)
    entries = [entry for house in houses for entry in _entries(reader, house)]
    names = {house.dealership.name for house in houses if not house.is_gone or engagement_id is not None}
    title = next(iter(names)) if len(names) == 1 else _("All dealerships")
    changed = reader.log_head().changed_at(on)
    return calendar_file(entries, title=title, changed_at=changed)


def write_calendar(workspace: Workspace, path: Path, *, dealership_id: DealershipId | None = None) -> Path:
    """Write the calendar of a dealership, or of all, to a file, whole or not at all; what stood there before is replaced."""
    with workspace.reading() as reader:
        engagement = current_engagement(reader, dealership_id) if dealership_id is not None else None
        content = calendar_bytes(reader, engagement.id if engagement else None, on=workspace.today())
    with atomic_file(path) as file:
        file.write(content)
    return path


def _houses(reader: ReadingScope, engagement_id: EngagementId | None) -> list[_House]:
    if engagement_id is not None:
        wanted = [reader.get(Engagement, engagement_id)]
    else:
        wanted = list(reader.all(Engagement))
    houses = []
    numbers = sequence_numbers(reader)
    for engagement in wanted:
        dealership = reader.find(Dealership, engagement.dealership_id, in_bin=True)
        if dealership is None or (engagement_id is None and dealership.archived_at is not None):
            continue
        houses.append(
            _House(
                engagement=engagement,
                dealership=dealership,
                edition=reader.edition(engagement.edition),
                is_named=engagement_id is None,
                numbers=numbers,
            )
        )
    return sorted(houses, key=lambda house: (house.dealership.name.casefold(), house.engagement.started_on))


def _entries(reader: ReadingScope, house: _House) -> Iterator[Entry]:
    """Visits first, then reviews, milestones, actions and promises, each by its day; deleted ones as cancelled."""
    visits = _with_deleted(reader, Visit, house)
    yield from (_visit(house, one) for one in sorted(visits, key=lambda one: (one.day, one.number, one.id)))
    reviews = _with_deleted(reader, ManagementReview, house)
    for review in sorted(reviews, key=lambda one: (one.number, one.id)):
        day = review.held_on or review.planned_on
        if day is not None:
            yield CalendarEvent(
                key=f"review-{review.id}",
                sequence=house.sequence(review),
                title=house.titled(review_title(review)),
                day=day,
                place=house.place,
                is_cancelled=house.is_off(review) or (review.held_on is None and house.is_over(day)),
            )
    yield from _milestones(reader, house)
    actions = _with_deleted(reader, Action, house)
    for action in sorted(actions, key=lambda one: (one.number, one.id)):
        if _was_listed(action, action.due_on) and not action.is_proposal:
            yield _action(house, action)
    promises = _with_deleted(reader, Promise, house)
    for promise in sorted(promises, key=lambda one: (one.number, one.id)):
        if _was_listed(promise, promise.due_on):
            yield _promise(house, promise)


def _visit(house: _House, visit: Visit) -> CalendarEvent:
    titles = ", ".join(str(area.title) for area in house.edition.areas if area.id in visit.areas)
    title = visit_title(visit)
    is_over = visit.is_ahead and not visit.clock and house.is_over(visit.planned_on)
    return CalendarEvent(
        key=f"visit-{visit.id}",
        sequence=house.sequence(visit),
        title=house.titled(f"{title}: {titles}" if titles else title),
        day=visit.day,
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        words="\n\n".join(part for part in (visit.purpose, visit.bring) if part),
        place=house.place,
        is_cancelled=visit.cancelled_on is not None or house.is_off(visit) or is_over,
    )


def _milestones(reader: ReadingScope, house: _House) -> Iterator[CalendarEvent]:
    """The end of each phase with its gate, and the day the agreed length is over."""
    engagement = house.engagement
    planned = _with_deleted(reader, PlannedPhase, house)
    for one in sorted(planned, key=lambda one: (one.place, one.id)):
        name = phase_title(house.edition, one.phase, one.wave)
        yield CalendarEvent(
            key=f"phase-{one.id}",
            sequence=house.sequence(one),
            title=house.titled(_("Gate: {phase}").format(phase=name)),
            day=one.passed_on or one.ends_on,
            is_cancelled=house.is_off(one) or (not one.is_passed and house.is_over(one.ends_on)),
        )
    yield CalendarEvent(
        key=f"audit-{engagement.id}",
        sequence=house.sequence(engagement),
        title=house.titled(_("The agreed time is over: audit due")),
        day=engagement.audit_due_on,
        is_cancelled=house.is_gone or house.is_over(engagement.audit_due_on),
    )


def _action(house: _House, action: Action) -> CalendarTask:
    return CalendarTask(
        key=f"action-{action.id}",
        sequence=house.sequence(action),
        title=house.titled(f"{action.label} {action.what}"),
        due_on=action.due_on,
        words=action.owner,
        is_done=action.done_on is not None or action.effective_on is not None,
        is_cancelled=action.is_dropped or house.is_off(action) or action.due_on is None,
    )


def _promise(house: _House, promise: Promise) -> CalendarTask:
    return CalendarTask(
        key=f"promise-{promise.id}",
        sequence=house.sequence(promise),
        title=house.titled(f"{promise.who}: {promise.what}"),
        due_on=promise.due_on,
        words=promise.outcome,
        is_done=promise.kept_on is not None,
        is_cancelled=promise.broken_on is not None or house.is_off(promise) or promise.due_on is None,
    )


def _with_deleted(reader: ReadingScope, kind: type[R], house: _House) -> tuple[R, ...]:
    """The records of a programme, those in the bin too: what is deleted has to leave other calendars."""
    id = house.engagement.id
    return reader.all(kind, engagement_id=id) + reader.in_bin(kind, engagement_id=id)


def _was_listed(record: Record, due_on: date | None) -> bool:
    """Whether a task may stand in other calendars: it has a day, or was changed since and may have had one."""
    return due_on is not None or record.version > 1
