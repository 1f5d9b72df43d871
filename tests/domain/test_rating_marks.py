"""Levels that are kept up mark by mark say what a count over the last rating of each checkpoint says."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from qma_app.domain.ids import CheckpointId
from qma_app.domain.levels import area_results
from qma_app.domain.rating import Rating
from qma_app.domain.rating_marks import Mark, RunningLevels
from tests.builders import a_rating, a_rating_not_applicable, an_edition

DAY = date(2026, 3, 2)


def test_after_any_marks_the_counts_are_those_of_the_last_ones() -> None:
    chance, edition = Random(7), an_edition()
    applicable = tuple(edition.checkpoints)[:-1]
    for _round in range(40):
        running, last = RunningLevels(edition, applicable), dict[CheckpointId, Rating]()
        for number in range(4):
            marks: list[Mark] = []
            for id in chance.sample(list(edition.checkpoints), chance.randrange(len(edition.checkpoints))):
                points = chance.choice([None, 0, 4, 6, 8, 10])
                marks.append((id, points, DAY + timedelta(days=number)))
                last[id] = a_rating_not_applicable(id) if points is None else a_rating(points, id)
            running.take(marks)
            counted = {
                one.area_id: (one.tally, one.is_rated) for one in area_results(edition, last, applicable)
            }
            assert {one.area_id: (one.tally, one.is_rated) for one in running.areas()} == counted


def test_an_area_without_marks_has_no_last_day() -> None:
    edition = an_edition()
    running = RunningLevels(edition, tuple(edition.checkpoints))
    first = next(iter(edition.checkpoints))
    running.take(
        [(first, 8, DAY), (first, 8, DAY - timedelta(days=5)), (CheckpointId("no.such.one"), 8, DAY)]
    )
    assert running.last_days() == {first.split(".", 1)[0]: DAY}
