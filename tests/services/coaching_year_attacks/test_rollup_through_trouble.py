"""What is kept of a programme in short is what a recount gives, whatever became of the programme in between."""

from __future__ import annotations

from pathlib import Path

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.dealership import Dealership, Site
from qma_app.services import backups
from qma_app.services.bin import restore_from_bin
from qma_app.services.dealerships import change_site, delete_dealership
from qma_app.services.gates import pass_gate
from qma_app.services.undoing import redo, undo
from qma_app.services.workspace import Workspace, open_workspace
from tests.services import planned
from tests.services.upgrades import SEATED, a_house


def differing(workspace: Workspace) -> tuple[str, ...]:
    with workspace.reading() as reader:
        assert reader.rollups()
        return reader.rollups_differing()


def test_features_deletion_and_a_backup_put_back(tmp_path: Path) -> None:
    with planned.a_house(tmp_path / "w") as house:
        workspace, id = house.workspace, house.engagement.dealership_id
        house.plan()
        house.assess(AssessmentKind.BASELINE, 6)
        with workspace.reading() as reader:
            (site,) = reader.all(Site)
        changed = change_site(workspace, site.id, features=("service",))
        assert differing(workspace) == ()
        undo(workspace, changed)
        assert differing(workspace) == ()
        delete_dealership(workspace, id)
        with workspace.reading() as reader:
            assert reader.rollups_differing() == ()
        restore_from_bin(workspace, Dealership, id)
        assert differing(workspace) == ()
        copy = backups.back_up_now(workspace)
        house.assess(AssessmentKind.PROGRESS, 8)
        passed = pass_gate(workspace, house.phases()[0].id, reason="so")
        undo(workspace, passed)
        redo(workspace, passed)
        assert differing(workspace) == ()
    backups.restore_over(copy, tmp_path / "w")
    with open_workspace(tmp_path / "w") as again:
        assert differing(again) == ()


def test_an_upgrade_taken_back_and_made_again(workspace: Workspace) -> None:
    house = a_house(workspace)
    upgraded = house.upgrade()
    assert differing(workspace) == ()
    undo(workspace, upgraded)
    assert differing(workspace) == ()
    redo(workspace, upgraded)
    house.assess({SEATED: 4})
    assert differing(workspace) == ()
