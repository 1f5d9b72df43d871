"""Reads what the progress report says: what moved since a day, what the figures show, what is asked for, what lies ahead."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from qma_app.domain.applicability import premises_of
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.history import assessment_label
from qma_app.domain.levels import overall_of
from qma_app.domain.month import Month
from qma_app.domain.plan_reading import PlanReading
from qma_app.domain.promise import PromiseState
from qma_app.domain.promise_book import PromiseBook
from qma_app.domain.rating_marks import LevelRun
from qma_app.domain.reading import reading_value
from qma_app.domain.result import AreaResult
from qma_app.domain.review import Decision
from qma_app.domain.review_figures import reached
from qma_app.i18n import _, day_text
from qma_app.reports.actions.reading import Programme
from qma_app.reports.principal.moved import course_words, readings_of
from qma_app.reports.principal.values import ActionsPart, AreaMove, DecisionLine, TargetNow
from qma_app.reports.year.promises import PromiseLine, promise_lines
from qma_app.reports.year.targets import TargetPart, target_parts

COLUMNS: Final = 6
"""As many assessments as fit side by side beside the standing of today."""


def completed_by(reading: PlanReading, day: date) -> tuple[Assessment, ...]:
    """The coach's and auditors' assessments that were completed by a day, by number."""
    return tuple(
        one
        for one in reading.assessments
        if one.kind is not AssessmentKind.SELF_ASSESSMENT
        and one.id in reading.marks
        and one.completed_on is not None
        and one.completed_on <= day
    )


def levels_after(reading: PlanReading, assessments: tuple[Assessment, ...]) -> tuple[AreaResult, ...]:
    """How the areas stood after these, by the standard and the house of today, so that like is held against like."""
    run = LevelRun(reading.marks, reading.lineage)
    for one in assessments:
        run.add(one)
    premises = premises_of(reading.reader, reading.engagement.dealership_id)
    return run.levels(reading.edition, premises).areas()


def overall_at(reading: PlanReading, areas: tuple[AreaResult, ...]) -> Fraction | None:
    """The overall level of these; None while an area that applies is not rated."""
    applying = [one for one in areas if one.applies]
    return overall_of(applying, reading.edition.rules) if all(one.is_rated for one in applying) else None


def area_moves(
    reading: PlanReading, since: date
) -> tuple[tuple[AreaMove, ...], tuple[tuple[str, str], ...], Fraction | None]:
    """Each area with its course, the names of the columns, and the overall level at the beginning."""
    done = completed_by(reading, reading.on)
    before = levels_after(reading, completed_by(reading, since))
    first = max(0, len(done) - COLUMNS)
    columns = [_by_area(levels_after(reading, done[: place + 1])) for place in range(first, len(done))]
    now = {id: _level(one) for id, one in reading.levels.items()}
    then = _by_area(before)
    applying = {id.split(".", 1)[0] for id in reading.applicable}
    moves = tuple(
        AreaMove(
            area=area,
            now=now.get(area.id),
            before=then.get(area.id),
            levels=(*(column.get(area.id) for column in columns), now.get(area.id)),
            left_out=planned.left_out if (planned := reading.planned_areas.get(area.id)) else "",
        )
        for area in reading.edition.areas
        if area.id in applying or reading.is_left_out(area.id)
    )
    labels = [
        (assessment_label(reading.engagement, one), day_text(one.completed_on, "MMM y"))
        for one in done[first:]
        if one.completed_on is not None
    ]
    return moves, (*labels, (_("Now"), day_text(reading.on, "MMM y"))), overall_at(reading, before)


def _by_area(results: tuple[AreaResult, ...]) -> dict[str, Fraction | None]:
    return {one.area_id: _level(one) for one in results}


def _level(result: AreaResult) -> Fraction | None:
    return result.level if result.is_rated else None


def targets_now(programme: Programme) -> tuple[TargetNow, ...]:
    """Each target with what its figures say up to the day."""
    engagement = programme.engagement
    parts = target_parts(programme.reader, engagement.id, programme.edition)
    return tuple(_target_now(programme, part) for part in parts)


def _target_now(programme: Programme, part: TargetPart) -> TargetNow:
    kpi = part.kpi
    first, last = Month.of(programme.engagement.started_on), Month.of(programme.on)
    months = max(0, (last.year - first.year) * 12 + last.number - first.number + 1)
    readings = [one for one in readings_of(programme, part.target.kpi) if one.month >= first]
    values = [
        (one.month, value)
        for one in readings
        if kpi is not None and (value := reading_value(kpi, one.numerator, one.denominator)) is not None
    ]
    month, now = values[-1] if values else (None, None)
    is_reached = reached(kpi, now, part.target.goal) if kpi is not None and now is not None else None
    said = course_words(kpi, readings) if kpi is not None else ""
    if now is None:
        words = _("no figure yet")
    else:
        state = {True: _("reached"), False: _("not reached"), None: ""}[is_reached]
        unsure = _("too few to tell")
        moved = "" if is_reached and said in ("", unsure) else said or unsure
        words = ", ".join(filter(None, (state, moved)))
    return TargetNow(
        part=part, now=now, month=month, read=len(values), months=months, is_reached=is_reached, words=words
    )


def waiting_decisions(programme: Programme, reading: PlanReading) -> tuple[DecisionLine, ...]:
    """The decisions of reviews held by the day that no effective action settles, the one due first in front."""
    held = {one.id: one for one in reading.reviews if one.held_on is not None and one.held_on <= reading.on}
    actions = {one.id: one for one in programme.actions}
    lines = []
    for decision in programme.reader.all(Decision, engagement_id=programme.engagement.id):
        action = actions.get(decision.action_id) if decision.action_id else None
        if decision.review_id not in held or (
            action is not None and (action.effective_on or action.is_dropped)
        ):
            continue
        is_done = action is not None and action.done_on is not None
        is_over = decision.due_on is not None and decision.due_on < reading.on
        lines.append(
            DecisionLine(
                decision=decision,
                review=held[decision.review_id].number,
                action=programme.part(action) if action else None,
                is_late=is_over and not is_done,
            )
        )
    return tuple(sorted(lines, key=_decision_due))


def settled_since(programme: Programme, book: PromiseBook, since: date) -> tuple[PromiseLine, ...]:
    """The promises kept or broken after the day, the last one first."""
    found = []
    for one in book.settled:
        settled = one.broken_on or one.kept_on
        if settled is not None and since < settled <= programme.on:
            found.append(one)
    return promise_lines(programme.reader, found, on=programme.on)


def late_first(lines: tuple[PromiseLine, ...]) -> tuple[PromiseLine, ...]:
    """Those of the dealership, late ones in front, each by its day."""
    own = [line for line in lines if not line.promise.is_coachs]
    return tuple(sorted(own, key=lambda line: line.state is not PromiseState.LATE))


def actions_since(programme: Programme, since: date) -> ActionsPart:
    """What was done and shown to work after the day, and what is open or overdue."""
    on = programme.on
    agreed = [one for one in programme.all_parts if not one.action.is_dropped and not one.action.is_proposal]

    def is_news(day: date | None) -> bool:
        return day is not None and since < day <= on

    return ActionsPart(
        open=sum(one.action.is_open for one in agreed),
        overdue=tuple(one for one in agreed if one.is_overdue),
        done=tuple(one for one in agreed if is_news(one.action.done_on) and one.action.effective_on is None),
        effective=tuple(one for one in agreed if is_news(one.action.effective_on)),
    )


def _decision_due(line: DecisionLine) -> tuple[bool, date, int, str]:
    decision = line.decision
    return not line.is_late, decision.due_on or date.max, decision.place, decision.id
