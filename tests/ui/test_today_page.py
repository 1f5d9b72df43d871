"""Today leads: Enter goes on with the checklist, every row and figure opens what it was made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qma_app.domain.assessment import Assessment
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding
from qma_app.domain.ids import AssessmentId, CheckpointId, FindingId
from qma_app.services.assessments import complete_assessment, discard_assessment
from qma_app.services.dealerships import change_dealership
from qma_app.services.findings import change_finding
from qma_app.services.next_steps import next_steps
from qma_app.services.ratings import rate_checkpoint
from tests.settling import settle
from tests.ui.looking import rich_labels, small_targets, unnamed_controls
from tests.ui.showroom import DEALERSHIP, ENGAGEMENT, TODAY, finding_ids
from ui.models.standing_model import StandingColumn, StandingModel, StandingRow
from ui.pages.today import TodayPage
from ui.places import Place
from ui.today.steps_card import SHOWN
from ui.today.tick_row import TickRow
from ui.widgets.chips import Chip
from ui.widgets.standing_table import cell_centre
from ui.workbench import Workbench

pytest_plugins = ["tests.ui.showroom_fixtures"]


@pytest.fixture
def page(qtbot: QtBot, showroom: Workbench) -> Iterator[TodayPage]:
    """Today as the window shows it, 1240 by 800."""
    page = TodayPage(showroom)
    qtbot.addWidget(page)
    page.resize(1240, 800)
    page.refresh()
    page.show()
    qtbot.waitExposed(page)
    showroom.changed.connect(page.apply_changes)
    page.setFocus()
    yield page
    showroom.changed.disconnect(page.apply_changes)


def went_to(qtbot: QtBot, page: TodayPage, act: object) -> Place:
    with qtbot.waitSignal(page.going) as going:
        assert callable(act)
        act()
    place = going.args[0]
    assert isinstance(place, Place)
    return place


def assessments(bench: Workbench) -> list[Assessment]:
    with bench.workspace.reading() as reader:
        return sorted(reader.all(Assessment), key=lambda one: one.number)


def test_title_and_line_say_where_and_when(page: TodayPage) -> None:
    assert page.head._title.text() == "This week"
    assert "Progress assessment in month 9" in page.head._detail.text()
    assert "21 November 2026" in page.head._detail.text()
    assert "month 9 of 18" in page.head._detail.text()
    assert "Coach: K. Beispiel" in page.head._detail.text()


def test_enter_goes_to_the_next_unrated_checkpoint(
    qtbot: QtBot, page: TodayPage, showroom: Workbench
) -> None:
    place = went_to(qtbot, page, lambda: qtbot.keyClick(page, Qt.Key.Key_Return))
    assert place.page == "checklists"
    assert place.checkpoint_id == "data.p1.c4"
    assert place.assessment_id == assessments(showroom)[-1].id


def test_enter_on_a_button_presses_that_button(qtbot: QtBot, page: TodayPage) -> None:
    page.head.preview.setFocus()
    place = went_to(qtbot, page, lambda: qtbot.keyClick(page.head.preview, Qt.Key.Key_Return))
    assert place.page == "reports"


def all_steps(page: TodayPage) -> dict[str, TickRow]:
    """The rows of every step, by the rule that asks for it."""
    if len(page.steps.list.rows) == SHOWN:
        page.steps.toggle_all()
    return {row.line.key.partition(":")[0]: row for row in page.steps.list.rows}


def test_next_steps_are_those_of_the_engine_and_the_first_of_them_are_shown(
    page: TodayPage, showroom: Workbench
) -> None:
    with showroom.workspace.reading() as reader:
        steps = next_steps(reader, ENGAGEMENT, on=TODAY)
    assert [row.line.key for row in page.steps.list.rows] == [step.key for step in steps[:SHOWN]]
    assert page.steps.more_button.accessibleName() == f"{len(steps) - SHOWN} more"
    page.steps.more_button.click()
    assert [row.line.key for row in page.steps.list.rows] == [step.key for step in steps]
    page.steps.more_button.click()
    assert len(page.steps.list.rows) == SHOWN


def test_a_step_is_done_now_by_mouse_and_by_enter(qtbot: QtBot, page: TodayPage, showroom: Workbench) -> None:
    late = all_steps(page)["finding-late"]
    late_id = late.line.key.partition(":")[2]
    place = went_to(qtbot, page, lambda: qtbot.mouseClick(late, Qt.MouseButton.LeftButton))
    assert (place.page, place.finding_id) == ("findings", late_id)
    late.setFocus()
    place = went_to(qtbot, page, lambda: qtbot.keyClick(late, Qt.Key.Key_Return))
    assert place.finding_id == late_id


def test_a_figure_opens_the_area_in_its_assessment(
    qtbot: QtBot, page: TodayPage, showroom: Workbench
) -> None:
    table = page.standing.table
    point = cell_centre(table, 3, 2)
    place = went_to(
        qtbot, page, lambda: qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=point)
    )
    assert (place.area_id, place.assessment_id) == ("service", assessments(showroom)[1].id)


def test_the_table_is_walked_by_keys(qtbot: QtBot, page: TodayPage, showroom: Workbench) -> None:
    table = page.standing.table
    table.setFocus()
    table.setCurrentIndex(table.standing.index(0, 1))
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Right)
    place = went_to(qtbot, page, lambda: qtbot.keyClick(table, Qt.Key.Key_Return))
    assert (place.area_id, place.assessment_id) == ("new-cars", assessments(showroom)[1].id)


def test_the_table_says_its_figures_aloud(page: TodayPage) -> None:
    model = page.standing.table.standing
    spoken = model.index(4, 4).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Parts and accessories, Progress assessment in month 9, 20 Nov 2026: –"
    bar = model.index(10, 5).data(Qt.ItemDataRole.AccessibleTextRole)
    assert bar.startswith("IT and data protection, now 68")
    interface = QAccessible.queryAccessibleInterface(page.standing.table)
    assert interface is not None
    assert interface.role() is QAccessible.Role.Table


def test_an_area_with_too_few_ratings_shows_no_figure(page: TodayPage) -> None:
    row = page.standing.table.standing.rows[4]
    assert row.figures[-1] == "–"
    assert row.levels[-1] is None


def test_the_ring_tells_how_far_and_what_stands_in_the_way(page: TodayPage) -> None:
    assert page.overall.ring.accessibleName() == "Overall standing 76.5%"
    assert page.overall.headline.text() == "3.5 points below the pass mark"
    assert page.overall.change.text() == "up 26.9 since the baseline, up 7.3 since M6"
    assert "3 majors open" in page.overall.obstacles.text().replace("\u00a0", " ")


def test_gaps_lead_to_their_checkpoint(qtbot: QtBot, page: TodayPage) -> None:
    row = page.gaps.rows[0]
    place = went_to(qtbot, page, row.click)
    assert place.checkpoint_id is not None
    assert row.step.strong == "MGT-01.1"


def test_the_trend_is_drawn_after_the_first_paint_and_said_in_words(qtbot: QtBot, page: TodayPage) -> None:
    qtbot.waitUntil(lambda: page.trend.chart.is_drawn)
    assert "Base: 49.6%" in page.trend.chart.accessibleDescription()


def test_a_rating_changes_only_what_it_touches(qtbot: QtBot, page: TodayPage, showroom: Workbench) -> None:
    model = page.standing.table.standing
    touched: list[int] = []
    model.dataChanged.connect(lambda first, _last, _roles: touched.append(first.row()))
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    steps = page.steps.list.rows
    current = assessments(showroom)[-1].id
    showroom.do(rate_checkpoint, current, CheckpointId("service.p1.c1"), points=0)
    assert touched == [3]
    assert resets == []
    assert page.steps.list.rows == steps
    showroom.undo()
    assert touched == [3, 3]


def test_open_findings_are_counted_by_grade_and_listed_by_day(page: TodayPage) -> None:
    assert [chip.text() for chip in page.findings.findChildren(Chip)] == [
        "2 overdue",
        "3 major",
        "5 minor",
        "1 improvement",
        "1 good practice",
    ]
    assert [(row.step.strong, row.step.right) for row in page.findings.rows] == [
        ("F-006", "6 days late"),
        ("F-005", "2 days late"),
        ("F-009", "28 Nov"),
        ("F-003", "30 Nov"),
    ]


def test_a_closed_finding_stays_in_sight_struck_through(page: TodayPage, showroom: Workbench) -> None:
    finding_id = finding_ids(showroom.workspace)[4]
    assert all_steps(page)
    showroom.do(settle, finding_id, note="Plan is there.")
    rows = {row.line.key: row.line for row in page.steps.list.rows}
    assert rows[f"finding-late:{finding_id}"].is_done
    assert page.findings._overdue.text() == "1 overdue"
    showroom.undo()
    rows = {row.line.key: row.line for row in page.steps.list.rows}
    assert not rows[f"finding-late:{finding_id}"].is_done


def test_hostile_text_is_shown_as_it_is(page: TodayPage, showroom: Workbench) -> None:
    words = "<b>late</b>\n<img src=file:///etc/passwd>" + "x" * 300
    showroom.do(change_finding, finding_ids(showroom.workspace)[5], statement=words)
    row = all_steps(page)["finding-late"]
    late = next(row for row in page.steps.list.rows if "<b>late</b>" in row.line.rest)
    assert "<img src" in late.line.rest
    assert late.hint_words().startswith("<span>")
    assert "&lt;b&gt;" in late.hint_words()
    assert row.accessibleName()
    showroom.do(change_dealership, DEALERSHIP, name="<h1>Haus</h1>")
    assert rich_labels(page) == []


def test_without_an_open_assessment_the_next_one_is_offered(
    qtbot: QtBot, page: TodayPage, showroom: Workbench
) -> None:
    showroom.do(complete_assessment, assessments(showroom)[-1].id)
    assert "Progress" not in page.head._detail.text()
    assert page.head.go_on.isHidden()
    place = went_to(qtbot, page, page.head.start.click)
    assert place.assessment_id == assessments(showroom)[-1].id
    assert assessments(showroom)[-1].is_open


def test_the_first_day_offers_the_baseline_by_key(qtbot: QtBot, page: TodayPage, showroom: Workbench) -> None:
    for one in assessments(showroom):
        if not one.is_open:
            _reopen(showroom, one.id)
        showroom.do(discard_assessment, one.id)
    page.take_focus()
    assert page.head.baseline.isVisible()
    assert not page.standing.isVisible()
    assert not page.overall.isVisible()
    assert page.steps.list.rows
    place = went_to(qtbot, page, lambda: qtbot.keyClick(page, Qt.Key.Key_Return))
    started = assessments(showroom)[-1]
    assert place == Place(page="checklists", dealership_id=DEALERSHIP, assessment_id=started.id)
    assert started.kind == "baseline"


def _reopen(bench: Workbench, assessment_id: AssessmentId) -> None:
    from qma_app.services.assessments import reopen_assessment

    bench.do(reopen_assessment, assessment_id, reason="Begun by mistake")


def test_a_narrow_page_puts_the_columns_one_below_the_other(qtbot: QtBot, page: TodayPage) -> None:
    page.resize(660, 640)
    qtbot.waitUntil(lambda: page._columns.is_one_column)
    page.resize(960, 640)
    qtbot.waitUntil(lambda: not page._columns.is_one_column)


def test_a_table_that_fills_the_page_leaves_the_processes_out(page: TodayPage) -> None:
    assert page._view is not None
    assert page._view.processes
    assert page.processes.isHidden()


def test_every_control_has_a_name_and_is_large_enough(page: TodayPage) -> None:
    assert unnamed_controls(page) == []
    assert small_targets(page) == []


def test_tab_reaches_every_row(qtbot: QtBot, page: TodayPage) -> None:
    page.head.preview.setFocus()
    met = set()
    for _number in range(30):
        focused = QApplication.focusWidget()
        met.add(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert {*page.steps.list.rows, *page.gaps.rows, *page.findings.rows, page.standing.table} <= met


def test_the_model_of_the_table_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model = StandingModel()
    columns = [StandingColumn(id="a", title="Base", name="Baseline")]
    row = StandingRow(
        id="service",
        title="Service",
        levels=(None,),
        figures=("–",),
        standing=None,
        standing_text="not rated",
    )
    model.show_rows(columns, [row])
    qtmodeltester.check(model)
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.columnCount(QModelIndex()) == 3


def test_figures_are_never_rounded_across_the_pass_mark(page: TodayPage, showroom: Workbench) -> None:
    with showroom.workspace.reading() as reader:
        assert reader.all(Engagement)[0].months == 18
        assert reader.find(Finding, FindingId("none")) is None
    from fractions import Fraction

    from ui.today.words import _distance

    assert _distance(Fraction(1, 20)) == "0.1"
    assert _distance(Fraction(1, 200)) == "0.01"


def test_a_few_ratings_in_no_area_enough_are_not_called_none(page: TodayPage) -> None:
    from ui.today.words import overall_headline

    assert page._view is not None
    few = replace(page._view.standing, overall=None)
    tally = few.tally
    said = overall_headline(replace(page._view, standing=few))
    assert said == f"No area has enough ratings yet ({tally.rated} of {tally.applicable})"
    none = replace(few, tally=replace(tally, rated=0))
    assert overall_headline(replace(page._view, standing=none)) == "Nothing rated yet"
