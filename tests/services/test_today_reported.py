"""Today by the published areas: the same ratings, each of our areas behind the published one it belongs to."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.edition import Edition, ReportedArea
from qma_app.domain.ids import AreaId, CheckpointId
from qma_app.services.today import today
from qma_app.services.today_reported import ReportedStanding, reported_today
from qma_app.services.workspace import Workspace
from tests.builders import a_checkpoint, a_dealership, a_text, an_edition
from tests.services.upgrades import an_assessment_done, house_on

SERVICE, PARTS, OFFICE, BODY = "service.p.a", "parts.p.a", "office.p.a", "body.p.a"


def the_edition(*groups: tuple[str, ...]) -> Edition:
    """Four areas of one checkpoint each, of which the body shop's does not apply; Service weighs double."""
    return an_edition(
        checkpoints=[
            a_checkpoint(SERVICE, weight=2),
            a_checkpoint(PARTS),
            a_checkpoint(OFFICE),
            a_checkpoint(BODY, when=("body-shop",)),
        ],
        reported_under=tuple(
            ReportedArea(id=f"r{place}", title=a_text(f"Published {place}"), areas=tuple(map(AreaId, group)))
            for place, group in enumerate(groups, 1)
        ),
    )


def assessed(
    workspace: Workspace, edition: Edition, *passes: tuple[AssessmentKind, dict[str, int]]
) -> list[Assessment]:
    """The dealership after these assessments, each over the areas it has points in."""
    engagement_id = house_on(workspace, edition)
    return [
        an_assessment_done(
            workspace,
            engagement_id,
            {CheckpointId(id): value for id, value in points.items()},
            kind,
            scope=tuple(AreaId(id.split(".")[0]) for id in points),
        )
        for kind, points in passes
    ]


def read(workspace: Workspace) -> ReportedStanding:
    with workspace.reading() as reader:
        return reported_today(reader, today(reader, a_dealership().id, on=date(2026, 11, 22)))


BASELINE = (AssessmentKind.BASELINE, {SERVICE: 4, PARTS: 10, OFFICE: 6})


def test_each_assessment_and_the_standing_have_the_level_of_all_areas_behind_a_published_one(
    workspace: Workspace,
) -> None:
    edition = the_edition(("service", "parts"), ("office",))
    later = (AssessmentKind.PROGRESS, {SERVICE: 10, PARTS: 10})
    assessed(workspace, edition, BASELINE, later)
    first, second = read(workspace).lines
    assert first.levels == (Fraction(100 * (2 * 4 + 10), 30), Fraction(100))
    assert first.standing == 100
    assert second.levels == (Fraction(60), None)
    assert (second.standing, second.coverage) == (Fraction(60), Fraction(1))


def test_an_assessment_of_only_a_part_of_a_published_area_gives_it_no_level(workspace: Workspace) -> None:
    edition = the_edition(("service", "parts"), ("office",))
    assessed(workspace, edition, BASELINE, (AssessmentKind.PROGRESS, {SERVICE: 10}))
    first, _second = read(workspace).lines
    assert first.levels[1] is None
    assert first.standing == 100


def test_what_does_not_apply_here_neither_stands_behind_nor_hinders(workspace: Workspace) -> None:
    edition = the_edition(("service", "body"), ("body",), ("parts",))
    assessed(workspace, edition, BASELINE)
    lines = read(workspace).lines
    assert [line.area.id for line in lines] == ["r1", "r3"]
    assert [area.id for area in lines[0].behind] == ["service"]
    assert lines[0].levels == (Fraction(40),)


def test_the_overall_is_the_mean_of_the_rated_ones(workspace: Workspace) -> None:
    edition = the_edition(("service",), ("parts",), ("office",))
    assessed(workspace, edition, (AssessmentKind.BASELINE, {SERVICE: 4, PARTS: 10}))
    found = read(workspace)
    assert (found.overall, found.rated, len(found.lines)) == (Fraction(70), 2, 3)
    assert found.lines[2].standing is None


def test_an_edition_that_reports_under_no_others_has_no_lines(workspace: Workspace) -> None:
    assessed(workspace, the_edition(), BASELINE)
    assert read(workspace) == ReportedStanding(lines=(), overall=None, rated=0)
