"""Reading little of much: a few fields, any of several values, and the standing of areas as it is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qma_app.domain.applicability import applicable_checkpoints, premises_of
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import EngagementId
from qma_app.domain.levels import area_results
from qma_app.domain.rating import Outcome, Rating
from qma_app.errors import StorageTrouble
from qma_app.services.assessments import start_assessment
from qma_app.services.dealerships import add_dealership
from qma_app.services.ratings import mark_not_applicable, rate_checkpoint
from qma_app.services.workspace import Workspace, create_workspace
from qma_app.storage.rows import row_form
from tests.builders import NOW


@pytest.fixture
def rated(tmp_path: Path) -> tuple[Workspace, Engagement, Assessment]:
    workspace = create_workspace(tmp_path / "w", clock=lambda: NOW)
    engagement = add_dealership(
        workspace, name="Autohaus Beispiel", country="DE", city="Musterstadt", staff=40
    ).made(Engagement)
    assessment = start_assessment(workspace, engagement_id=engagement.id, kind=AssessmentKind.BASELINE).made(
        Assessment
    )
    with workspace.reading() as reader:
        ids = list(reader.edition(engagement.edition).checkpoints)
    for place, id in enumerate(ids[:12]):
        if place % 5 == 4:
            mark_not_applicable(workspace, assessment.id, id, reason="Bought in")
        else:
            rate_checkpoint(workspace, assessment.id, id, points=(10, 8, 6)[place % 3])
    return workspace, engagement, assessment


def test_a_few_fields_are_those_of_the_whole_records(
    rated: tuple[Workspace, Engagement, Assessment],
) -> None:
    workspace, _engagement, assessment = rated
    with workspace.reading() as reader:
        rows = reader.fields(Rating, ("checkpoint_id", "outcome", "points", "rated_at"))
        whole = [(one.checkpoint_id, one.outcome, one.points, one.rated_at) for one in reader.all(Rating)]
        assert sorted(rows, key=str) == sorted(whole, key=str)
        assert reader.fields(Rating, ("points",), assessment_id="nobody") == []
        assert len(reader.fields(Rating, ("id",), assessment_id=assessment.id)) == 12


def test_a_frozenset_asks_for_any_of_its_members(rated: tuple[Workspace, Engagement, Assessment]) -> None:
    workspace, _engagement, _assessment = rated
    with workspace.reading() as reader:
        every = reader.all(Rating)
        decided = reader.all(Rating, outcome=frozenset({Outcome.RATED, Outcome.NOT_APPLICABLE}))
        assert decided == every
        wanted = frozenset(one.checkpoint_id for one in every[3:6])
        assert {one.checkpoint_id for one in reader.all(Rating, checkpoint_id=wanted)} == wanted
        assert reader.all(Rating, checkpoint_id=frozenset()) == ()


def test_a_damaged_value_is_told_as_for_a_whole_record(
    rated: tuple[Workspace, Engagement, Assessment],
) -> None:
    workspace, _engagement, _assessment = rated
    with workspace.reading() as reader:
        reader._cursor.execute("UPDATE ratings SET outcome = 'burnt'")
        with pytest.raises(StorageTrouble) as trouble:
            reader.fields(Rating, ("outcome",))
        assert trouble.value.code == "workspace.damaged"


def test_kept_tallies_are_what_a_recount_gives(rated: tuple[Workspace, Engagement, Assessment]) -> None:
    workspace, engagement, _assessment = rated
    with workspace.reading() as reader:
        edition = reader.edition(engagement.edition)
        applicable = applicable_checkpoints(edition, premises_of(reader, engagement.dealership_id))
        counted = area_results(edition, reader.standing(engagement.id), applicable)
        kept = reader.area_tallies(engagement.id)
        assert kept == {one.area_id: one.tally for one in counted}
        assert reader.area_tallies(EngagementId("nobody")) is None


def test_tallies_are_not_told_in_the_middle_of_an_edit(
    rated: tuple[Workspace, Engagement, Assessment],
) -> None:
    workspace, engagement, _assessment = rated
    with workspace.writing("test.edited") as work:
        kept = work.area_tallies(engagement.id)
        assert kept
        one = work.all(Rating)[0]
        work.put(replace(one, points=0))
        assert work.area_tallies(engagement.id) is None
    with workspace.reading() as reader:
        assert reader.area_tallies(engagement.id) not in (None, kept)


def test_a_record_from_a_row_is_what_its_class_would_have_made(
    rated: tuple[Workspace, Engagement, Assessment],
) -> None:
    workspace, _engagement, _assessment = rated
    with workspace.reading() as reader:
        one = reader.all(Rating)[0]
    form = row_form(Rating)
    made = Rating(**{field.name: getattr(one, field.name) for field in form.fields})
    assert (made, hash(made), repr(made)) == (one, hash(one), repr(one))
    assert form.with_version(one, 9) == replace(one, version=9)
    with pytest.raises(ValueError, match="ratings"):
        form.record(tuple(form.values(one))[:-1])
