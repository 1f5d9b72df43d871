"""The story of a programme in time: what was signed, passed, held, found, kept and broken, each with the place of its record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qma_app.domain.assessment import Assessment
from qma_app.domain.charter import Charter
from qma_app.domain.edition import Edition
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.handover import StoryLine
from qma_app.domain.phase_spans import phase_title
from qma_app.domain.plan import OpenCondition, PlannedPhase
from qma_app.domain.plan_reading import PlanReading
from qma_app.domain.promise import Promise
from qma_app.domain.review import ManagementReview
from qma_app.domain.scoring import shown_level
from qma_app.domain.spot import Spot
from qma_app.domain.standing import assessment_result, edition_of_assessment
from qma_app.domain.upgrade import Upgrade
from qma_app.domain.visit import Visit
from qma_app.domain.wording import kind_title, visit_title
from qma_app.i18n import _, ngettext


def story_of(reading: PlanReading) -> tuple[StoryLine, ...]:
    """Everything worth telling up to the day, the oldest first."""
    parts = (_agreed, _passed, _assessed, _visited, _found, _reviewed, _broken)
    lines = [line for part in parts for line in part(reading) if line.on <= reading.on]
    return tuple(sorted(lines, key=_in_time))


def _agreed(reading: PlanReading) -> Iterator[StoryLine]:
    engagement = reading.engagement
    journey = Spot(page="journey")
    yield StoryLine(on=engagement.started_on, words=_("The programme begins."), spot=journey)
    for charter in reading.reader.all(Charter, engagement_id=engagement.id):
        if charter.signed_on is not None:
            words = (
                _("The charter is signed by {name}.").format(name=charter.signed_by)
                if charter.signed_by
                else _("The charter is signed.")
            )
            yield StoryLine(on=charter.signed_on, words=words, spot=Spot(page="journey", view="charter"))
    if engagement.targets_locked_on is not None:
        yield StoryLine(
            on=engagement.targets_locked_on,
            words=_("The targets are locked."),
            spot=Spot(page="journey", view="targets"),
        )
    if engagement.plan_accepted_on is not None:
        yield StoryLine(
            on=engagement.plan_accepted_on,
            words=_("The plan is accepted."),
            spot=Spot(page="journey", view="plan"),
        )
    for upgrade in reading.reader.all(Upgrade, engagement_id=engagement.id):
        words = _("The programme goes over to {edition}.").format(
            edition=reading.reader.edition(upgrade.to_edition).label
        )
        yield StoryLine(on=upgrade.decided_on, words=words, spot=journey)
    if engagement.ended_on is not None:
        words = _("The programme ends: {reason}").format(reason=engagement.ended_reason)
        yield StoryLine(on=engagement.ended_on, words=words, spot=journey)


def _passed(reading: PlanReading) -> Iterator[StoryLine]:
    for phase in reading.phases:
        if phase.passed_on is None:
            continue
        title = phase_title(reading.edition, phase.phase, phase.wave)
        words = _("The gate of {phase} is passed.").format(phase=title)
        if phase.passed_open:
            missing = "; ".join(one.words.rstrip(" .") for one in open_conditions(reading.edition, phase))
            words = _("The gate of {phase} is passed all the same ({reason}); open then: {missing}").format(
                phase=title, reason=phase.passed_reason.rstrip(" ."), missing=missing
            )
        yield StoryLine(on=phase.passed_on, words=words, spot=Spot(page="journey", view="gate"))


def open_conditions(edition: Edition, phase: PlannedPhase) -> tuple[OpenCondition, ...]:
    """What did not hold when a gate was passed, in the language in force where the edition still says what was said then."""
    titles = {
        condition.id: condition.title
        for known in edition.phases
        if known.id == phase.phase
        for condition in known.gate
    }

    def told(one: OpenCondition) -> OpenCondition:
        title = titles.get(one.condition)
        is_same = title is not None and one.words in title.texts.values()
        return replace(one, words=str(title)) if is_same else one

    return tuple(map(told, phase.passed_open))


def _assessed(reading: PlanReading) -> Iterator[StoryLine]:
    for assessment in reading.assessments:
        if assessment.completed_on is None:
            continue
        yield StoryLine(
            on=assessment.completed_on,
            words=_assessed_words(reading, assessment),
            spot=Spot(page="checklists", assessment_id=assessment.id),
        )


def _assessed_words(reading: PlanReading, assessment: Assessment) -> str:
    result = assessment_result(reading.reader, assessment)
    kind = kind_title(assessment.kind)
    if result.overall is None:
        return _("{kind} {number} is completed.").format(kind=kind, number=assessment.number)
    rules = edition_of_assessment(reading.reader, assessment).rules
    words = ngettext(
        "{kind} {number} is completed: {level} ({rated} of {count} area).",
        "{kind} {number} is completed: {level} ({rated} of {count} areas).",
        result.counted_areas,
    )
    return words.format(
        kind=kind,
        number=assessment.number,
        level=shown_level(result.overall, (rules.pass_mark,)),
        rated=result.rated_areas,
        count=result.counted_areas,
    )


def _visited(reading: PlanReading) -> Iterator[StoryLine]:
    for visit in reading.reader.all(Visit, engagement_id=reading.engagement_id):
        spot = Spot(page="today", visit_id=visit.id)
        if visit.cancelled_on is not None:
            words = _("Visit {number} is called off: {reason}").format(
                number=visit.number, reason=visit.cancelled_reason
            )
            yield StoryLine(on=visit.cancelled_on, words=words, spot=spot)
        elif visit.closed_at is not None:
            told = visit.summary.strip() or visit.purpose.strip()
            words = visit_title(visit)
            yield StoryLine(on=visit.day, words=f"{words}: {told}" if told else words, spot=spot)


def _found(reading: PlanReading) -> Iterator[StoryLine]:
    """Majors only: the others stand in their own list."""
    for finding in reading.reader.all(Finding, engagement_id=reading.engagement_id):
        if finding.grade is not FindingGrade.MAJOR:
            continue
        spot = Spot(page="findings", finding_id=finding.id)
        if finding.seen_on is not None:
            words = _("Major {label}: {statement}").format(label=finding.label, statement=finding.statement)
            yield StoryLine(on=finding.seen_on, words=words, spot=spot)
        if finding.closed_on is not None:
            words = _("Major {label} is closed.").format(label=finding.label)
            yield StoryLine(on=finding.closed_on, words=words, spot=spot)


def _reviewed(reading: PlanReading) -> Iterator[StoryLine]:
    for review in reading.reader.all(ManagementReview, engagement_id=reading.engagement_id):
        if review.held_on is not None:
            words = _("Management review {number} is held.").format(number=review.number)
            told = review.conclusion.strip()
            yield StoryLine(
                on=review.held_on,
                words=f"{words} {told}" if told else words,
                spot=Spot(page="journey", view="reviews"),
            )


def _broken(reading: PlanReading) -> Iterator[StoryLine]:
    for promise in reading.reader.all(Promise, engagement_id=reading.engagement_id):
        if promise.broken_on is not None:
            words = _("{who} breaks a promise: {what}").format(who=promise.who, what=promise.what)
            yield StoryLine(on=promise.broken_on, words=words, spot=Spot(page="journey", view="promises"))


def _in_time(line: StoryLine) -> str:
    # Sorting is stable: what happened on one day stays in the order of the parts.
    return line.on.isoformat()
