"""What applies, by process and area: the same checkpoints as the list of ids, put together once for the same question."""

from __future__ import annotations

from dataclasses import replace

from qma_app.domain.applicability import applicable_checkpoints
from qma_app.domain.applying import applying_in
from tests.builders import an_edition, some_premises


def test_processes_and_counts_hold_every_applicable_checkpoint_in_order() -> None:
    edition = an_edition()
    applicable = applicable_checkpoints(edition, some_premises("service"))
    found = applying_in(edition, applicable)
    assert tuple(point.id for one in found.processes for point in one.points) == applicable
    assert all(one.ids == {point.id for point in one.points} for one in found.processes)
    assert sum(found.counts.values()) == len(applicable) < len(edition.checkpoints)
    assert found.process_ids == tuple(one.process.id for one in found.processes)


def test_a_process_and_an_area_in_which_nothing_applies_are_left_out() -> None:
    edition = an_edition()
    found = applying_in(edition, tuple(id for id in edition.checkpoints if id.startswith("parts.")))
    assert set(found.counts) == {"parts"}
    assert {one.area_id for one in found.processes} == {"parts"}


def test_the_same_question_gives_the_same_object_and_another_edition_another_one() -> None:
    edition = an_edition()
    ids = tuple(edition.checkpoints)
    assert applying_in(edition, ids) is applying_in(edition, tuple(ids))
    other = replace(edition, version="2027.1")
    assert applying_in(other, ids) is not applying_in(edition, ids)
    assert applying_in(edition, ids[:3]) is not applying_in(edition, ids)
