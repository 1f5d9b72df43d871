"""The grade A, B or C of a whole result, with each downgrade and its reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from qma_app.domain.edition import Checkpoint, Edition, GradeRules
from qma_app.domain.levels import Ratings, bounds_of, points_of, shown_level
from qma_app.domain.result import AreaResult, Grade, GradeAnswer
from qma_app.i18n import _, level_text


def grade_of(
    edition: Edition,
    overall: Fraction,
    areas: Sequence[AreaResult],
    checkpoints: Sequence[Checkpoint],
    ratings: Ratings,
) -> GradeAnswer:
    """The grade by the exact overall level, and then what takes it down.

    `areas` and `checkpoints` are those that apply. Only reasons that cost the grade something are given: the ones for C where
    it would have been A or B, the ones for B where it would have been A.
    """
    rules = edition.rules.grades
    earned = _by_level(overall, rules)
    if earned is Grade.C:
        return GradeAnswer(grade=Grade.C, reasons=())
    to_c = tuple(_reasons_for_c(edition, areas, checkpoints, ratings))
    if to_c:
        return GradeAnswer(grade=Grade.C, reasons=to_c)
    to_b = tuple(_reasons_for_b(edition, areas, checkpoints, ratings)) if earned is Grade.A else ()
    return GradeAnswer(grade=Grade.B if to_b else earned, reasons=to_b)


def _by_level(overall: Fraction, rules: GradeRules) -> Grade:
    if overall >= rules.a_from:
        return Grade.A
    return Grade.B if overall >= rules.b_from else Grade.C


def _reasons_for_c(
    edition: Edition, areas: Sequence[AreaResult], checkpoints: Sequence[Checkpoint], ratings: Ratings
) -> Iterator[str]:
    floor = edition.rules.grades.c_element_floor
    for area in areas:
        if area.level is not None and area.level < floor:
            yield _below(edition, str(edition.areas_by_id[area.area_id].title), area.level, floor)
    for point in checkpoints:
        if point.is_critical and points_of(ratings.get(point.id)) == 0:
            yield _("Critical checkpoint {number} has 0 points.").format(number=point.number)


def _reasons_for_b(
    edition: Edition, areas: Sequence[AreaResult], checkpoints: Sequence[Checkpoint], ratings: Ratings
) -> Iterator[str]:
    rules = edition.rules.grades
    floor = rules.a_element_floor
    for area in areas:
        if area.level is not None and area.level < floor:
            yield _below(edition, str(edition.areas_by_id[area.area_id].title), area.level, floor)
        for process in area.processes:
            level = process.tally.level
            if level is not None and level < floor:
                known = edition.processes[process.process_id]
                yield _below(edition, f"{known.number} {known.title}", level, floor)
    for point in checkpoints:
        points = points_of(ratings.get(point.id))
        if points is None:
            continue
        if point.is_critical and points <= rules.b_critical_points:
            yield _("Critical checkpoint {number} has only {points} points.").format(
                number=point.number, points=points
            )
        elif points == 0:
            yield _("Checkpoint {number} has 0 points.").format(number=point.number)


def _below(edition: Edition, title: str, level: Fraction, floor: int) -> str:
    return _("{title} is at {level}, below {floor}.").format(
        title=title, level=shown_level(level, bounds_of(edition.rules)), floor=level_text(Fraction(floor))
    )
