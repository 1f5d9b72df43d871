"""A finding at a checkpoint that the edition in force no longer has is shown with the number and words it was raised with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from qma_app.domain.finding import Finding
from qma_app.services.assessments import complete_assessment, reopen_assessment
from qma_app.services.findings import raise_from_checkpoint
from qma_app.services.workspace import create_workspace
from tests.builders import NOW, a_dealership
from tests.services.upgrades import CLEAN_SHELF, OLD_STOCK, House, a_house
from ui.checklists.sheet import read_sheet
from ui.pages.findings import FindingsPage
from ui.pages.today import TodayPage
from ui.settings import Settings
from ui.theme import ThemeKeeper
from ui.workbench import Workbench


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with create_workspace(tmp_path / "house", clock=lambda: NOW) as workspace:
        made = a_house(workspace)
        reopen_assessment(workspace, made.baseline.id, reason="A finding was missing")
        raise_from_checkpoint(workspace, made.baseline.id, OLD_STOCK)
        complete_assessment(workspace, made.baseline.id)
        made.upgrade()
        yield made


@pytest.fixture
def bench(light: ThemeKeeper, settings: Settings, house: House, qtbot: QtBot) -> Iterator[Workbench]:
    bench = Workbench(settings)
    bench.use(house.workspace)
    bench.open_dealership(a_dealership().id)
    yield bench
    bench.jobs.cancel_all()


def test_the_findings_page_keeps_area_process_and_checkpoint_of_then(
    qtbot: QtBot, bench: Workbench, house: House
) -> None:
    page = FindingsPage(bench)
    qtbot.addWidget(page)
    page.resize(1240, 800)
    page.refresh()
    page.show()
    assert page.table.findings.rows is not None
    row = page.table.findings.rows.row(0)
    assert (row.spot.area_id, row.process_text) == ("parts", "Parts · PRT-01")
    number = house.old.checkpoints[OLD_STOCK].number
    assert page.editor.fields.requirement.toPlainText().startswith(number)
    field = page.editor.fields.checkpoint
    assert field.accessibleName() == f"Checkpoint: {number} {house.old.checkpoints[OLD_STOCK].statement}"
    field.open_list()
    assert field.popup is not None
    offered = {choice.id for choice in field.popup._choices}
    assert CLEAN_SHELF in offered
    assert OLD_STOCK not in offered
    field.popup.hide()


def test_today_and_the_old_checklist_open_with_it(qtbot: QtBot, bench: Workbench, house: House) -> None:
    page = TodayPage(bench)
    qtbot.addWidget(page)
    page.refresh()
    with house.workspace.reading() as reader:
        sheet = read_sheet(reader, house.baseline.id)
        (finding,) = reader.all(Finding)
    assert sheet.edition == house.old
    assert sheet.rows[OLD_STOCK].findings == (finding,)
