"""What lies in the ninety days ahead: visits, milestones, and what falls due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from qma_app.domain.phase_spans import phase_title
from qma_app.domain.plan_reading import PlanReading
from qma_app.domain.promise_book import PromiseBook
from qma_app.domain.wording import review_title, visit_title
from qma_app.i18n import _
from qma_app.reports.actions.reading import Programme
from qma_app.reports.actions.words import figure_text, kpi_line
from qma_app.reports.principal.values import AheadKind, AheadLine
from qma_app.reports.year.promises import promise_lines
from qma_app.reports.year.targets import target_parts
from qma_app.reports.year.words import clock_text

DAYS: Final = 90


def ahead_lines(programme: Programme, reading: PlanReading, book: PromiseBook) -> tuple[AheadLine, ...]:
    """By day, those of one day in the order visits, milestones, promises, actions, targets."""
    until = programme.on + timedelta(days=DAYS)
    found = [
        *_visits(reading),
        *_milestones(reading),
        *_promises(programme, book),
        *_actions(programme),
        *_targets(programme),
    ]
    return tuple(sorted((one for one in found if programme.on <= one.on <= until), key=_day))


def _visits(reading: PlanReading) -> Iterator[AheadLine]:
    for visit in reading.visits:
        if visit.is_ahead:
            times = _("{first} to {last}").format(
                first=clock_text(visit.starts_at), last=clock_text(visit.ends_at)
            )
            words = " · ".join(filter(None, (visit_title(visit), times, visit.purpose)))
            yield AheadLine(on=visit.planned_on, kind=AheadKind.VISIT, words=words)


def _milestones(reading: PlanReading) -> Iterator[AheadLine]:
    for phase in reading.phases:
        if not phase.is_passed:
            name = phase_title(reading.edition, phase.phase, phase.wave)
            words = _("{phase} ends: its gate is to be passed").format(phase=name)
            yield AheadLine(on=phase.ends_on, kind=AheadKind.MILESTONE, words=words)
    for review in reading.reviews:
        if review.held_on is None and review.planned_on is not None:
            yield AheadLine(on=review.planned_on, kind=AheadKind.MILESTONE, words=review_title(review))
    yield AheadLine(on=reading.audit_on, kind=AheadKind.MILESTONE, words=_("Audit"))


def _promises(programme: Programme, book: PromiseBook) -> Iterator[AheadLine]:
    for line in promise_lines(programme.reader, book.open, on=programme.on):
        due = line.promise.due_on
        if due is not None:
            words = f"{line.label} {line.promise.what}"
            yield AheadLine(on=due, kind=AheadKind.PROMISE, words=words, who=line.who)


def _actions(programme: Programme) -> Iterator[AheadLine]:
    for action in programme.actions:
        if action.is_open and action.done_on is None and action.due_on is not None:
            words = f"{action.label} {action.what}"
            who = programme.owner_name(action)
            yield AheadLine(on=action.due_on, kind=AheadKind.ACTION, words=words, who=who)


def _targets(programme: Programme) -> Iterator[AheadLine]:
    for part in target_parts(programme.reader, programme.engagement.id, programme.edition):
        if part.target.due_on is not None:
            name = kpi_line(part.target.kpi, part.kpi)
            words = _("{kpi} is to be at {goal}").format(
                kpi=name, goal=figure_text(part.target.goal, part.unit)
            )
            yield AheadLine(on=part.target.due_on, kind=AheadKind.TARGET, words=words)


def _day(line: AheadLine) -> date:
    return line.on
