"""Conditions of gates that ratings answer: assessments completed, coverage, the level of finished waves."""

from __future__ import annotations

from fractions import Fraction

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.edition import Area
from qma_app.domain.gate_answers import Answer, Question, by_area, share
from qma_app.domain.ids import CheckpointId
from qma_app.domain.levels import area_results, shown_level
from qma_app.domain.rating import Rating
from qma_app.domain.spot import Spot
from qma_app.domain.wording import kind_title
from qma_app.i18n import rounded

OUTSIDE = tuple(kind for kind in AssessmentKind if kind is not AssessmentKind.SELF_ASSESSMENT)


def kinds_of(ask: Question) -> tuple[AssessmentKind, ...]:
    """The assessments that count in a phase: those of the kind it is called after, else all but self-assessments."""
    named = tuple(kind for kind in AssessmentKind if kind.value == ask.phase.phase)
    return named or OUTSIDE


def assessment_completed(ask: Question) -> Answer:
    """Completed assessments of the phase's kind cover every area worked on; in other phases only those completed in it count."""
    kinds, reading = kinds_of(ask), ask.reading
    found = [
        one
        for one in reading.completed(*kinds)
        if kinds is not OUTSIDE or (one.completed_on or reading.on) >= ask.phase.starts_on
    ]
    covered = {area_id for one in found for area_id in one.scope}
    still_open = [one for one in reading.assessments if one.is_open and one.kind in kinds]
    spots = tuple(
        (kind_title(one.kind), Spot(page="checklists", assessment_id=one.id)) for one in still_open or found
    )
    met = [area for area in reading.areas if area.id in covered]
    return by_area(met, reading.areas, spots)


def coverage(ask: Question) -> Answer:
    """In each area worked on so much of what applies is rated, in the assessments of the phase's kind taken together.

    The bound is in whole percent; where it is the edition's own share of coverage rounded (67 for two thirds) that share counts.
    """
    reading, bound = ask.reading, Fraction(ask.at_least, 100)
    if rounded(100 * reading.edition.rules.coverage) == ask.at_least:
        bound = reading.edition.rules.coverage
    kinds = kinds_of(ask)
    ratings = reading.standing if kinds is OUTSIDE else _ratings_in(ask, kinds)
    results = {one.area_id: one for one in area_results(reading.edition, ratings, reading.applicable)}
    met = [area for area in reading.areas if results[area.id].tally.coverage >= bound]
    newest = next((one for one in reversed(reading.assessments) if one.kind in kinds), None)
    spots = tuple(
        (
            f"{area.code} {area.title}, {shown_level(100 * results[area.id].tally.coverage, (ask.at_least,), 0)}",
            Spot(page="checklists", area_id=area.id, assessment_id=newest.id if newest else None),
        )
        for area in reading.areas
        if area not in met
    )
    return by_area(met, reading.areas, spots)


def wave_level(ask: Question) -> Answer:
    """Every area of this wave and of those before it is rated and stands at the bound or above."""
    reading = ask.reading
    wanted = reading.areas_up_to(ask.phase.wave)
    met = [area for area in wanted if is_at(ask, area, ask.at_least)]
    spots = tuple(
        (
            f"{area.code} {area.title}, {shown_level(reading.levels[area.id].level, (ask.at_least,), 0)}",
            Spot(page="checklists", area_id=area.id),
        )
        for area in wanted
        if area not in met
    )
    return Answer(
        holds=bool(wanted) and len(met) == len(wanted), figures=share(len(met), len(wanted)), spots=spots
    )


def is_at(ask: Question, area: Area, bound: int) -> bool:
    """Whether an area is rated and its standing reaches the bound."""
    result = ask.reading.levels[area.id]
    return result.is_rated and result.level is not None and result.level >= bound


def _ratings_in(ask: Question, kinds: tuple[AssessmentKind, ...]) -> dict[CheckpointId, Rating]:
    """What the assessments of these kinds say together, the later over the earlier, under the ids of the edition in force."""
    reading = ask.reading
    lineage = reading.lineage
    here, found = reading.engagement.edition, dict[CheckpointId, Rating]()
    for one in _begun(ask, kinds):
        ratings = reading.reader.ratings(one.id)
        if lineage.of(one) == here:
            found |= {id: rating for id, rating in ratings.items() if id.split(".", 1)[0] in one.scope}
            continue
        origins = lineage.before(reading.edition.checkpoints, at=here, to=lineage.of(one))
        found |= {
            id: ratings[then]
            for id, then in origins.items()
            if then in ratings and then.split(".", 1)[0] in one.scope
        }
    return found


def _begun(ask: Question, kinds: tuple[AssessmentKind, ...]) -> list[Assessment]:
    return [one for one in ask.reading.assessments if one.kind in kinds and one.started_on <= ask.reading.on]
