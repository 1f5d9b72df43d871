"""Conditions of gates that ratings answer: assessments completed, coverage, the level of finished waves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.edition import Area
from qma_app.domain.gate_answers import Answer, Question, Spots, by_area, share
from qma_app.domain.ids import AreaId, CheckpointId
from qma_app.domain.levels import shown_level
from qma_app.domain.plan_reading import PlanReading
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.spot import Spot
from qma_app.domain.wording import kind_title
from qma_app.i18n import rounded

_Word = tuple[Outcome, int | None, str]
"""What a rating says of its checkpoint: outcome, points, reason."""
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
    covered = _covered_now(reading) if kinds is OUTSIDE else _covered(reading, _words_in(ask, kinds))
    missing = {area.id for area in reading.areas if covered[area.id] < bound}

    def areas_missing() -> Spots:
        newest = next((one for one in reversed(reading.assessments) if one.kind in kinds), None)
        return tuple(
            (
                f"{area.code} {area.title}, {shown_level(100 * covered[area.id], (ask.at_least,), 0)}",
                Spot(page="checklists", area_id=area.id, assessment_id=newest.id if newest else None),
            )
            for area in reading.areas
            if area.id in missing
        )

    return by_area([area for area in reading.areas if area.id not in missing], reading.areas, areas_missing)


def wave_level(ask: Question) -> Answer:
    """Every area of this wave and of those before it is rated and stands at the bound or above."""
    reading = ask.reading
    wanted = reading.areas_up_to(ask.phase.wave)
    missing = [area for area in wanted if not is_at(ask, area, ask.at_least)]

    def areas_missing() -> Spots:
        return tuple(
            (
                f"{area.code} {area.title}, {shown_level(reading.levels[area.id].level, (ask.at_least,), 0)}",
                Spot(page="checklists", area_id=area.id),
            )
            for area in missing
        )

    return Answer(
        holds=bool(wanted) and not missing,
        figures=share(len(wanted) - len(missing), len(wanted)),
        spots=areas_missing,
        areas=tuple(area.id for area in missing),
    )


def is_at(ask: Question, area: Area, bound: int) -> bool:
    """Whether an area is rated and its standing reaches the bound."""
    result = ask.reading.levels[area.id]
    return result.is_rated and result.level is not None and result.level >= bound


def _covered_now(reading: PlanReading) -> dict[AreaId, Fraction]:
    """The rated share of what applies in each area worked on, as the programme stands."""
    kept = reading.tallies
    if kept is not None and all(area.id in kept for area in reading.areas):
        return {area.id: kept[area.id].coverage for area in reading.areas}
    words = {id: (one.outcome, one.points, one.reason) for id, one in reading.standing.items()}
    return _covered(reading, words)


def _covered(reading: PlanReading, words: Mapping[CheckpointId, _Word]) -> dict[AreaId, Fraction]:
    """The same from what was said of each checkpoint; a level is not asked for, so no points are added up."""
    rated, applying = Counter[AreaId](), Counter(reading.applying.counts)
    for process in reading.processes if words else ():
        for id in process.ids & words.keys():
            outcome, points, reason = words[id]
            if outcome is Outcome.RATED and points is not None:
                rated[process.area_id] += 1
            elif outcome is Outcome.NOT_APPLICABLE and reason.strip():
                applying[process.area_id] -= 1
    return {
        area.id: Fraction(rated[area.id], applying[area.id]) if applying[area.id] else Fraction(1)
        for area in reading.areas
    }


def _words_in(ask: Question, kinds: tuple[AssessmentKind, ...]) -> dict[CheckpointId, _Word]:
    """What the assessments of these kinds say together, the later over the earlier, under the ids of the edition in force."""
    reading = ask.reading
    here, found = reading.engagement.edition, dict[CheckpointId, _Word]()
    for one in _begun(ask, kinds):
        rows = reading.reader.fields(
            Rating, ("checkpoint_id", "outcome", "points", "reason"), assessment_id=one.id
        )
        words: dict[CheckpointId, _Word] = {
            id: tuple(said) for id, *said in rows if id.split(".", 1)[0] in one.scope
        }
        lineage = reading.lineage
        if lineage.of(one) == here:
            found |= words
            continue
        origins = lineage.before(reading.edition.checkpoints, at=here, to=lineage.of(one))
        found |= {id: words[then] for id, then in origins.items() if then in words}
    return found


def _begun(ask: Question, kinds: tuple[AssessmentKind, ...]) -> list[Assessment]:
    return [one for one in ask.reading.assessments if one.kind in kinds and one.started_on <= ask.reading.on]
