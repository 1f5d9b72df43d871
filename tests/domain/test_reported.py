"""A result shown under the published areas counts every checkpoint once, and rates them by the same rules."""

from __future__ import annotations

from fractions import Fraction

from qma_app.domain.edition import Edition, ReportedArea
from qma_app.domain.ids import AreaId
from qma_app.domain.reported import reported_overall, reported_results
from qma_app.domain.result import Result
from qma_app.domain.scoring import score
from tests.builders import a_checkpoint, a_text, an_edition, ratings_of

SERVICE, PARTS, OFFICE = "service", "parts", "office"


def reported(*groups: tuple[str, ...]) -> tuple[ReportedArea, ...]:
    return tuple(
        ReportedArea(id=f"r{place}", title=a_text(f"R{place}"), areas=tuple(map(AreaId, group)))
        for place, group in enumerate(groups)
    )


def a_result(points: dict[str, int | None], *groups: tuple[str, ...]) -> tuple[Edition, Result]:
    edition = an_edition(
        checkpoints=[a_checkpoint(id, weight=3 if id.endswith("heavy") else 1) for id in points],
        reported_under=reported(*groups),
    )
    rated = ratings_of({id: value for id, value in points.items() if value is not None})
    return edition, score(edition, rated, tuple(edition.checkpoints), ())


def test_two_areas_together_weigh_by_their_checkpoints() -> None:
    edition, result = a_result(
        {"service.p.heavy": 10, "parts.p.a": 4, "parts.p.b": 6, "office.p.a": 8},
        (SERVICE, PARTS),
        (OFFICE,),
    )
    first, second = reported_results(edition, result)
    assert first.level == Fraction(100 * (30 + 4 + 6), 50)
    assert second.level == 80
    assert reported_overall((first, second)) == 80


def test_an_area_rated_too_little_alone_may_be_rated_together() -> None:
    """Coverage 1/3 in parts, 5/6 of both together."""
    points: dict[str, int | None] = {f"service.p.a{place}": 10 for place in range(9)}
    points |= {"parts.p.a": 0, "parts.p.b": None, "parts.p.c": None}
    edition, result = a_result(points, (SERVICE, PARTS))
    assert [area.is_rated for area in result.areas] == [True, False]
    (only,) = reported_results(edition, result)
    assert only.is_rated
    assert only.tally.coverage == Fraction(10, 12)


def test_what_is_not_rated_enough_does_not_count() -> None:
    edition, result = a_result({"service.p.a": 10, "parts.p.a": 0, "parts.p.b": None}, (SERVICE,), (PARTS,))
    answers = reported_results(edition, result)
    assert [one.is_rated for one in answers] == [True, False]
    assert reported_overall(answers) == 100


def test_an_area_outside_the_scope_is_left_out() -> None:
    edition, _ = a_result({"service.p.a": 10, "parts.p.a": 0}, (SERVICE,), (PARTS,))
    result = score(
        edition, ratings_of({"service.p.a": 10}), tuple(edition.checkpoints), (), scope=(AreaId(SERVICE),)
    )
    assert [one.area.id for one in reported_results(edition, result)] == ["r0"]


def test_an_edition_that_reports_under_no_others_has_none() -> None:
    edition, result = a_result({"service.p.a": 10})
    assert reported_results(edition, result) == ()
    assert reported_overall(()) is None
