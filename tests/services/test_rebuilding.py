"""Figures of the portfolio that were changed from outside are noted, put right from the records, and stand in nobody's way."""

from __future__ import annotations

import pytest

from qma_app.domain.finding import FindingGrade
from qma_app.services.findings import raise_finding
from qma_app.services.log import rebuild_figures, verify_workspace
from qma_app.services.portfolio import portfolio
from qma_app.services.ratings import rate_checkpoint
from qma_app.services.workspace import open_workspace
from tests.builders import TODAY
from tests.services.conftest import Programme

OUTSIDE = (
    "UPDATE rollup_areas SET weighted_points = weighted_points + 1",
    "DELETE FROM rollup_areas",
    """UPDATE rollups SET counts = '{"findings":7}'""",
    "UPDATE rollups SET counts = 'x'",
    "UPDATE rollups SET history = '[[1]]'",
    "UPDATE rollups SET history = '{}', counts = '[]'",
    "UPDATE rollups SET history = ''",
)


def change_outside(programme: Programme, statement: str) -> None:
    with programme.workspace.writing("test.outside") as work:
        work._cursor.execute(statement)


def shown(programme: Programme) -> object:
    with programme.workspace.reading() as reader:
        return portfolio(reader, on=TODAY).lines


@pytest.fixture
def rated(programme: Programme) -> Programme:
    for checkpoint in programme.checkpoints[:6]:
        rate_checkpoint(programme.workspace, programme.assessment.id, checkpoint.id, points=8)
    raise_finding(
        programme.workspace,
        engagement_id=programme.engagement.id,
        statement="No price",
        grade=FindingGrade.MAJOR,
    )
    return programme


@pytest.mark.parametrize("statement", OUTSIDE)
def test_what_was_changed_from_outside_is_named_with_a_way_out_and_put_right(
    rated: Programme, statement: str
) -> None:
    workspace, before = rated.workspace, shown(rated)
    change_outside(rated, statement)
    found = verify_workspace(workspace)
    assert found.is_genuine
    assert found.notes == (
        "what the portfolio shows of Autohaus Beispiel is not what its records say",
        f'the records are whole; work these figures out anew from them: qma rebuild "{workspace.folder}"',
    )
    assert rebuild_figures(workspace) == ("Autohaus Beispiel",)
    after = verify_workspace(workspace)
    assert (after.notes, after.head) == ((), found.head)
    assert shown(rated) == before
    assert rebuild_figures(workspace) == ()


@pytest.mark.parametrize("statement", OUTSIDE[3:])
def test_what_cannot_be_read_is_worked_out_and_the_next_edit_is_saved(
    rated: Programme, statement: str
) -> None:
    before = shown(rated)
    change_outside(rated, statement)
    assert shown(rated) == before
    raise_finding(
        rated.workspace,
        engagement_id=rated.engagement.id,
        statement="No walk round",
        grade=FindingGrade.MINOR,
    )
    assert verify_workspace(rated.workspace).notes == ()


def test_what_is_missing_comes_back_with_the_next_opening(rated: Programme) -> None:
    before = shown(rated)
    change_outside(rated, "DELETE FROM rollups")
    assert shown(rated) == before
    folder = rated.workspace.folder
    rated.workspace.close()
    with open_workspace(folder) as again, again.reading() as reader:
        assert len(again.store._writer.execute("SELECT * FROM rollups").fetchall()) == 1
        assert reader.rollups_differing() == ()
