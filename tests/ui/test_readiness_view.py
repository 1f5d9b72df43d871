"""Ready if audited today: verdict, range and rules, and lines that lead to what they are about."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from qma_app.domain.finding import Finding
from tests.ui.journey_house import ENGAGEMENT
from tests.ui.turning import press, turned_to
from ui.journey.readiness_view import ReadinessView
from ui.pages.journey import JourneyPage
from ui.readiness.range_bar import first_level

pytest_plugins = ["tests.ui.journey_fixtures", "tests.ui.agreed_fixtures"]


@pytest.fixture
def view(page_agreed: JourneyPage) -> ReadinessView:
    return turned_to(page_agreed, ReadinessView)


def test_the_verdict_stands_in_words_with_its_range(view: ReadinessView) -> None:
    assert view.verdict.verdict.text() == "Not ready"
    assert view.verdict.words.text() == (
        "17 things stand in the way. 76.7% expected, between 76.4% and 76.8%."
    )
    assert view.verdict.bar.accessibleDescription() == (
        "76.7% expected, between 76.4% and 76.8%; pass mark 80%"
    )


def test_each_rule_says_why_and_leads_to_what_decides_it(qtbot: QtBot, view: ReadinessView) -> None:
    rows = {row.condition.id: row for row in view.verdict.rows}
    assert rows["area-floor"].accessibleName() == (
        "Every rated area reaches 70%; the lowest is Used cars with 70.0%. holds"
    )
    assert rows["criticals"].figures.text() == "fails"
    rows["criticals"].setFocus()
    with qtbot.waitSignal(view.going) as gone:
        press(qtbot, Qt.Key.Key_Return)
    assert (gone.args[0].page, gone.args[0].checkpoint_id) == ("checklists", "management.p1.c1")


def test_what_is_in_the_way_stands_by_effort_and_opens(qtbot: QtBot, view: ReadinessView) -> None:
    lines = [row.line for row in view.blockers.list.rows]
    assert (len(lines), lines[0].right) == (7, "45 min")
    assert view.blockers.list.rows[0].hasFocus()
    assert view.blockers.count.text() == "about 18 h 45 min of work"
    view.blockers.all_button.click()
    assert [row.line.right for row in view.blockers.list.rows][-2:] == ["1 h", "6 h 30 min"]
    view.blockers.list.focus("15")
    with qtbot.waitSignal(view.going) as gone:
        press(qtbot, Qt.Key.Key_Return)
    assert gone.args[0].page == "findings"
    assert gone.args[0].finding_id is not None


def test_three_things_to_do_lead_to_their_records(qtbot: QtBot, view: ReadinessView) -> None:
    assert len(view.week.list.rows) == 3
    view.week.list.focus()
    with qtbot.waitSignal(view.going) as gone:
        press(qtbot, Qt.Key.Key_Return)
    assert gone.args[0].page == "findings"


def test_green_on_paper_leads_to_the_checkpoint_and_to_what_speaks_against_it(
    qtbot: QtBot, view: ReadinessView
) -> None:
    line = view.green.list.rows[0].line
    assert (line.strong, line.right) == ("SRV-02.4", "10 on 17 Nov")
    assert "Two of five invoices" in line.detail
    view.green.list.focus()
    with qtbot.waitSignal(view.going) as gone:
        press(qtbot, Qt.Key.Key_Return)
    assert gone.args[0].checkpoint_id == "service.p2.c4"
    with qtbot.waitSignal(view.going) as gone:
        press(qtbot, Qt.Key.Key_F)
    with view.workbench.workspace.reading() as reader:
        against = next(
            one for one in reader.all(Finding, engagement_id=ENGAGEMENT) if one.label in line.detail
        )
    assert gone.args[0].finding_id == against.id


def test_untouched_checkpoints_and_expired_evidence_are_listed(qtbot: QtBot, view: ReadinessView) -> None:
    assert [row.cells[0] for row in view.untouched.table.words.rows] == [
        "CXM-01.4",
        "CXM-01.5",
        "CXM-02.4",
        "CXM-02.5",
    ]
    view.untouched.table.setFocus()
    with qtbot.waitSignal(view.going) as gone:
        press(qtbot, Qt.Key.Key_Return)
    assert gone.args[0].checkpoint_id == "customers.p1.c4"
    expired = view.expired.list.rows[0].line
    assert (expired.strong, expired.right) == ("Calibration of the brake tester", "21 days ago")
    view.expired.list.focus()
    with qtbot.waitSignal(view.going) as gone:
        press(qtbot, Qt.Key.Key_Return)
    assert (gone.args[0].page, gone.args[0].view) == ("findings", "evidence")


@pytest.mark.parametrize(
    ("low", "first"), [(Fraction(764, 10), 50), (Fraction(31), 10), (Fraction(9), 0), (Fraction(99), 50)]
)
def test_the_line_begins_well_below_range_and_floor(low: Fraction, first: int) -> None:
    assert first_level(low, 70) == first


def test_before_the_first_rating_it_says_what_will_be_here(qtbot: QtBot, page_begun: JourneyPage) -> None:
    view = turned_to(page_begun, ReadinessView)
    assert view.empty.button.hasFocus()
    with qtbot.waitSignal(view.going) as gone:
        view.empty.button.click()
    assert gone.args[0].page == "checklists"
