"""Every assessment is a column of the trends, whole or not; what an assessment did not look at stays empty in it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import CheckpointId
from qma_app.services.trends import TrendsView, trends
from qma_app.services.workspace import Workspace
from tests.builders import a_checkpoint, an_edition
from tests.services.upgrades import an_assessment_done, house_on

SERVICE, PARTS, BODY = "service.p.a", "parts.p.a", "body.p.a"


def assessed(workspace: Workspace, *passes: tuple[AssessmentKind, dict[str, int]]) -> None:
    """A dealership without a body shop after these assessments, each over the areas it has points in."""
    edition = an_edition(
        checkpoints=[a_checkpoint(SERVICE), a_checkpoint(PARTS), a_checkpoint(BODY, when=("body-shop",))]
    )
    engagement_id = house_on(workspace, edition)
    for kind, points in passes:
        an_assessment_done(
            workspace,
            engagement_id,
            {CheckpointId(id): value for id, value in points.items()},
            kind=kind,
            scope=tuple({id.split(".")[0] for id in points}),
        )


def shown(workspace: Workspace, on: date = date(2030, 1, 1)) -> TrendsView:
    with workspace.reading() as reader:
        return trends(reader, reader.all(Engagement)[0].id, on=on)


def test_areas_stand_against_assessments_without_those_that_do_not_apply(workspace: Workspace) -> None:
    assessed(
        workspace,
        (AssessmentKind.BASELINE, {SERVICE: 4, PARTS: 6}),
        (AssessmentKind.PROGRESS, {SERVICE: 8}),
    )
    view = shown(workspace)
    assert [line.area.id for line in view.lines] == ["service", "parts"]
    assert [line.levels for line in view.lines] == [(Fraction(40), Fraction(80)), (Fraction(60), None)]
    assert [line.standing for line in view.lines] == [80, 60]
    assert view.overall == 70


def test_an_assessment_of_some_areas_is_marked_as_not_whole(workspace: Workspace) -> None:
    assessed(
        workspace,
        (AssessmentKind.BASELINE, {SERVICE: 4, PARTS: 6}),
        (AssessmentKind.PROGRESS, {SERVICE: 8}),
    )
    first, second = shown(workspace).columns
    assert (first.label, first.overall, first.is_whole) == ("Base", Fraction(50), True)
    assert (second.overall, second.is_whole) == (Fraction(80), False)


def test_self_assessments_are_left_out_and_nothing_is_no_column(workspace: Workspace) -> None:
    assessed(workspace, (AssessmentKind.SELF_ASSESSMENT, {SERVICE: 10, PARTS: 10}))
    view = shown(workspace)
    assert view.columns == ()
    assert view.overall is None
    assert [line.levels for line in view.lines] == [(), ()]


def test_what_begins_after_the_day_is_not_yet_there(workspace: Workspace) -> None:
    assessed(workspace, (AssessmentKind.BASELINE, {SERVICE: 4, PARTS: 6}))
    assert shown(workspace, date(2000, 1, 1)).columns == ()
