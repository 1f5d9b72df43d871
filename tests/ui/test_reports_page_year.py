"""Papers of the coaching year are offered on the Reports page like all others, in the dealership's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from qma_app.domain.dealership import Dealership
from qma_app.domain.ids import DealershipId, VisitId
from qma_app.domain.record import Changes
from qma_app.domain.standing import current_engagement
from qma_app.domain.visit import Visit
from qma_app.services.workspace import Workspace
from tests.ui.showroom import DEALERSHIP
from ui.pages.reports_page import ReportsPage
from ui.workbench import Workbench

pytest_plugins = ["tests.ui.showroom_fixtures"]


def _with_a_visit(workspace: Workspace, language: str) -> Changes:
    with workspace.writing("test.filled") as work:
        engagement = current_engagement(work, DealershipId(DEALERSHIP))
        work.put(Visit(id=VisitId("v"), engagement_id=engagement.id, number=3, planned_on=date(2026, 12, 17)))
        work.put(replace(work.get(Dealership, DEALERSHIP), language=language))
    return work.changes


@pytest.fixture
def page(qtbot: QtBot, showroom: Workbench, tmp_path: Path) -> Iterator[ReportsPage]:
    showroom.settings.put("reports_folder", str(tmp_path / "papers"))
    _with_a_visit(showroom.workspace, "de")
    page = ReportsPage(showroom)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    qtbot.waitExposed(page)
    yield page
    page.flush()
    showroom.jobs.cancel_all()
    page.preview.pages.close()


def test_an_agenda_is_chosen_by_its_visit_and_built_in_the_dealerships_language(
    qtbot: QtBot, page: ReportsPage
) -> None:
    page.refresh()
    assert page.what.language_code == "de"
    with qtbot.waitSignal(page.builder.built, timeout=20_000) as signal:
        page.what.kinds["agenda"].setChecked(True)
    assert page.what.assessment.currentText() == "Visit 3, 17 Dec 2026, planned"
    assert page.what.assessment.accessibleName() == "Visit"
    assert signal.args[0].pages == 1
    assert signal.args[0].request.language == "de"
    assert page.words.isHidden()
    assert page.excel_button.isHidden()


def test_a_language_chosen_by_hand_stays_until_the_dealership_has_another(
    page: ReportsPage, showroom: Workbench
) -> None:
    page.refresh()
    page.what.language.setCurrentIndex(page.what.language.findData("en"))
    page.refresh()
    assert page.what.language_code == "en"
    with showroom.workspace.writing("test.language") as work:
        work.put(replace(work.get(Dealership, DEALERSHIP), language="en"))
    page.refresh()
    with showroom.workspace.writing("test.language") as work:
        work.put(replace(work.get(Dealership, DEALERSHIP), language="de"))
    page.refresh()
    assert page.what.language_code == "de"


def test_the_charter_offers_no_workbook_and_needs_no_visit(qtbot: QtBot, page: ReportsPage) -> None:
    page.refresh()
    with qtbot.waitSignal(page.builder.built, timeout=20_000):
        page.what.kinds["charter"].setChecked(True)
    assert page.what.assessment.currentText() == "Whole programme"
    assert page.excel_button.isHidden()
    assert page.what.assessment.accessibleName() == "Programme"
