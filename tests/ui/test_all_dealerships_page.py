"""All dealerships are looked over, sorted, narrowed, compared, opened and handed over by keys."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow
from pytestqt.qtbot import QtBot

from qma_app.domain.certificate_dues import valid_until
from qma_app.domain.certificate_standing import CertificateStanding, standing_of
from qma_app.domain.certification import Certificate
from qma_app.domain.engagement import Engagement
from qma_app.errors import RuleBroken
from qma_app.services.dealerships import archive_dealership
from qma_app.services.workspace import open_workspace
from tests.ui.answering import Answer
from tests.ui.journey_house import DEALERSHIP, ENGAGEMENT, clock_of_today
from tests.ui.portfolio_house import a_coach, add_houses
from ui import theme
from ui.pages.all_dealerships import AllDealershipsPage
from ui.portfolio.compare_view import CompareView
from ui.portfolio.hand_over import HandOver
from ui.portfolio.map_view import MapView
from ui.portfolio.rows import Column, row_of
from ui.portfolio.table_view import TableView
from ui.workbench import Workbench

pytest_plugins = ["tests.ui.journey_fixtures"]

KEY = Qt.Key
AHORN, BIRKE, EICHE, LINDE, TANNE = (
    f"Autohaus {tree}" for tree in ("Ahorn", "Birke", "Eiche", "Linde", "Tanne")
)
HERE = "Autohaus Beispiel"


@pytest.fixture(scope="session")
def _houses_folder(tmp_path_factory: pytest.TempPathFactory, _under_way_folder: Path) -> Path:
    folder = tmp_path_factory.mktemp("portfolio") / "w"
    shutil.copytree(_under_way_folder, folder)
    with open_workspace(folder, clock=clock_of_today()) as workspace:
        add_houses(workspace, coach=a_coach(workspace, "M. Muster", date(2027, 12, 31)))
        a_coach(workspace, "L. Lapsed", date(2026, 10, 31))
    return folder


@pytest.fixture
def bench(bench_on: Callable[..., Workbench], _houses_folder: Path) -> Workbench:
    """Six dealerships, the one of the Journey open."""
    return bench_on(_houses_folder, clock_of_today())


@pytest.fixture
def page(qtbot: QtBot, bench: Workbench) -> Iterator[AllDealershipsPage]:
    """All dealerships in a window of its own, kept up to date."""
    window = QMainWindow()
    qtbot.addWidget(window)
    page = AllDealershipsPage(bench)
    window.setCentralWidget(page)
    window.resize(1240, 816)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    bench.changed.connect(page.apply_changes)
    bench.where = page.place
    page.refresh()
    page.take_focus()
    yield page
    bench.changed.disconnect(page.apply_changes)


@pytest.fixture
def table(page: AllDealershipsPage) -> TableView:
    part = page.part("table")
    assert isinstance(part, TableView)
    return part


@pytest.fixture
def heat(page: AllDealershipsPage) -> MapView:
    page.show_view("map")
    part = page.part("map")
    assert isinstance(part, MapView)
    return part


@pytest.fixture
def compare(page: AllDealershipsPage) -> CompareView:
    page.show_view("compare")
    part = page.part("compare")
    assert isinstance(part, CompareView)
    return part


def names(view: TableView) -> list[str]:
    return [row.line.dealership.name for row in view.table.portfolio.rows]


def a_certificate(decided_on: date) -> CertificateStanding:
    """A certificate without a condition, as it stands on the day of these tests."""
    certificate = Certificate(
        **dict.fromkeys(("id", "engagement_id", "audit_id", "decision_id", "edition"), "x"),  # type: ignore[arg-type]
        number="C-2027-0001", holder="A", address="B", scope=(), level="90", audited_from=decided_on, audited_to=decided_on,
        decided_on=decided_on, valid_from=decided_on, valid_until=valid_until(decided_on),
    )  # fmt: skip
    found = standing_of([certificate], date(2026, 11, 21), majors_days=lambda _edition: 90)
    assert found is not None
    return found


class TestTable:
    def test_each_dealership_says_where_it_stands(self, table: TableView) -> None:
        rows = {row.line.dealership.name: row for row in table.table.portfolio.rows}
        assert set(rows) == {HERE, AHORN, BIRKE, EICHE, LINDE, TANNE}
        here = rows[HERE]
        assert here.cells[Column.PHASE] == "Improve, wave 2"
        assert here.cells[Column.MONTH] == "9 of 18"
        assert here.cells[Column.SCORE] == "77%"
        assert here.cells[Column.TREND] == "+7.6"
        assert here.cells[Column.MAJORS] == "1"
        assert rows[TANNE].cells[Column.SCORE] == "–"
        assert rows[LINDE].cells[Column.VISIT] == "none planned"
        assert rows[AHORN].small[Column.NAME] == "Musterstadt · M. Muster"

    def test_digits_sort_and_again_turn_round_and_the_one_chosen_stays(
        self, qtbot: QtBot, table: TableView
    ) -> None:
        assert names(table) == sorted(names(table))
        chosen = table.table.current_id
        qtbot.keyClick(table.table, KEY.Key_4)
        assert names(table) == [TANNE, AHORN, BIRKE, HERE, EICHE, LINDE]
        qtbot.keyClick(table.table, KEY.Key_4)
        assert names(table)[0] == LINDE
        assert table.table.current_id == chosen == DEALERSHIP
        assert table.status() == "sorted by Score"
        qtbot.keyClick(table.table, KEY.Key_8)
        assert names(table)[0] == HERE

    @pytest.mark.parametrize("column", list(Column))
    def test_every_column_sorts(self, table: TableView, column: Column) -> None:
        table.table.sort_by(column)
        once = names(table)
        table.table.sort_by(column)
        assert names(table) == once[::-1]

    def test_enter_opens_the_journey_of_the_dealership(self, qtbot: QtBot, table: TableView) -> None:
        wanted = next(row for row in table.table.portfolio.rows if row.line.dealership.name == EICHE)
        table.table.select(wanted.id)
        with qtbot.waitSignal(table.going) as gone:
            qtbot.keyClick(table.table, KEY.Key_Return)
        assert (gone.args[0].page, gone.args[0].dealership_id) == ("journey", wanted.id)

    def test_the_filter_of_the_coach_holds_in_every_view(
        self, bench: Workbench, table: TableView, page: AllDealershipsPage
    ) -> None:
        coach = (
            next(id for id, name in table.portfolio.coaches if name == "M. Muster")
            if table.portfolio
            else None
        )
        table.narrowing.choose(str(coach))
        assert names(table) == [AHORN, BIRKE]
        page.show_view("map")
        shown = page.part("map")
        assert isinstance(shown, MapView)
        assert [line.dealership.name for line in shown.table.map.lines] == [AHORN, BIRKE]
        page.show_view("table")
        table.show_all()
        assert len(names(table)) == 6

    def test_words_narrow_and_nothing_found_has_a_way_back(self, qtbot: QtBot, table: TableView) -> None:
        table.focus_search()
        qtbot.keyClicks(table.narrowing.words, "eich")
        assert names(table) == [EICHE]
        qtbot.keyClicks(table.narrowing.words, "xx")
        assert table.nothing.isVisible()
        qtbot.keyClick(table.narrowing.words, KEY.Key_Escape)
        assert len(names(table)) == 6

    def test_an_archived_one_is_shown_when_asked_for_and_taken_back(
        self, bench: Workbench, table: TableView
    ) -> None:
        eiche = next(row for row in table.table.portfolio.rows if row.line.dealership.name == EICHE)
        bench.do(archive_dealership, eiche.id)
        assert EICHE not in names(table)
        table.narrowing.archived.click()
        table.table.select(eiche.id)
        back = next(one for one in table.commands() if one.title == f"Take {EICHE} back from the archive")
        back.run()
        table.narrowing.archived.click()
        assert EICHE in names(table)

    def test_why_a_gate_is_at_risk_is_said_whole(self, table: TableView) -> None:
        for row in table.table.portfolio.rows:
            table.table.select(row.id)
            assert table.why.isVisible() == row.line.gate_at_risk
            assert row.line.why_in_short in table.why.text()
            assert row.line.why_at_risk in table.why.toolTip() or not row.line.gate_at_risk
            assert row.line.why_at_risk in table.why.accessibleName() or not row.line.gate_at_risk

    def test_a_cell_names_the_first_areas_and_its_tip_all_of_them(self, table: TableView) -> None:
        model = table.table.portfolio
        row = replace(
            model.rows[0].line, gate_at_risk=True, why_at_risk="A, B, C, D, E", why_in_short="A, B and 3 more"
        )
        assert table.portfolio is not None
        model.show_rows([row_of(row, table.portfolio)])
        cell = model.index(0, Column.GATE)
        assert model.rows[0].small[Column.GATE] == "A, B and 3 more"
        for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            assert "A, B, C, D, E" in model.data(cell, role)

    def test_the_column_of_certificates_is_there_with_the_first_and_puts_what_is_overdue_on_top(
        self, qtbot: QtBot, table: TableView
    ) -> None:
        assert table.portfolio is not None
        wide = table.table
        wide.resize(theme.px(1300), theme.px(400))
        assert wide.isColumnHidden(Column.CERTIFICATE)
        known = [row.line for row in wide.portfolio.rows]
        lines = [
            replace(known[0], certificate=a_certificate(date(2026, 11, 1))),
            replace(known[1], certificate=a_certificate(date(2025, 6, 30))),
            *known[2:],
        ]
        wide.portfolio.show_rows([row_of(line, table.portfolio) for line in lines])
        assert not wide.isColumnHidden(Column.CERTIFICATE)
        qtbot.keyClick(wide, KEY.Key_0)
        first, second = wide.portfolio.rows[:2]
        assert [first.line, second.line] == [lines[1], lines[0]]
        shown = [(row.cells[Column.CERTIFICATE], row.small[Column.CERTIFICATE]) for row in (first, second)]
        assert shown == [
            ("to 29 Jun 2028", "surveillance 1, overdue"),
            ("to 31 Oct 2029", "surveillance 1 by 1 Nov 2027"),
        ]
        assert first.tones[Column.CERTIFICATE] == "bad"
        spoken = wide.portfolio.data(
            wide.portfolio.index(0, Column.CERTIFICATE), Qt.ItemDataRole.AccessibleTextRole
        )
        assert spoken.startswith(
            "C-2027-0001 · Valid to 29 Jun 2028. · Surveillance 1: overdue since 30 Jun 2026."
        )
        wide.portfolio.show_only("overdue")
        assert [row.line for row in wide.portfolio.rows] == [lines[1]]

    def test_the_calendar_of_all_is_saved(
        self,
        qtbot: QtBot,
        bench: Workbench,
        table: TableView,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        target = tmp_path / "all.ics"
        monkeypatch.setattr(
            "ui.portfolio.deeds.QFileDialog.getSaveFileName", lambda *_args: (str(target), "")
        )
        with qtbot.waitSignal(bench.file_saved, timeout=10_000):
            table.calendar_button.click()
        assert b"BEGIN:VCALENDAR" in target.read_bytes()


class TestMap:
    def test_it_is_a_table_with_heads_figures_and_words(self, heat: MapView) -> None:
        model = heat.table.map
        assert model.headerData(0, Qt.Orientation.Vertical) == AHORN
        assert model.headerData(0, Qt.Orientation.Horizontal) == "All"
        codes = [
            model.headerData(place, Qt.Orientation.Horizontal) for place in range(1, model.columnCount())
        ]
        assert codes[:3] == ["MGT", "NCS", "UCS"]
        assert model.data(model.index(0, 1)) == "40%"
        spoken = model.data(model.index(0, 1), Qt.ItemDataRole.AccessibleTextRole)
        assert spoken == "Autohaus Ahorn · Management: 40.0%"

    def test_enter_opens_what_a_figure_was_made_of(self, qtbot: QtBot, heat: MapView) -> None:
        heat.table.setCurrentIndex(heat.table.map.index(1, 4))
        with qtbot.waitSignal(heat.going) as gone:
            qtbot.keyClick(heat.table, KEY.Key_Return)
        assert (gone.args[0].page, gone.args[0].area_id) == ("checklists", heat.table.map.areas[3].id)
        heat.table.setCurrentIndex(heat.table.map.index(1, 0))
        with qtbot.waitSignal(heat.going) as gone:
            qtbot.keyClick(heat.table, KEY.Key_Return)
        assert gone.args[0].page == "journey"

    def test_s_puts_the_weakest_of_a_column_on_top_and_what_is_not_rated_below(
        self, qtbot: QtBot, heat: MapView
    ) -> None:
        heat.table.setCurrentIndex(heat.table.map.index(0, 2))
        qtbot.keyClick(heat.table, KEY.Key_S)
        shown = [line.dealership.name for line in heat.table.map.lines]
        assert (shown[0], shown[-1]) == (AHORN, TANNE)
        assert heat.status() == "sorted by NCS"
        qtbot.keyClick(heat.table, KEY.Key_S)
        shown = [line.dealership.name for line in heat.table.map.lines]
        assert (shown[0], shown[-1]) == (LINDE, TANNE)


class TestCompare:
    def test_five_are_compared_and_the_open_one_knows_its_place(self, compare: CompareView) -> None:
        assert compare.own.text() == "Autohaus Beispiel: 76.9%, place 3 of 5, above the middle"
        assert [row.cells[1] for row in compare.ranks.words.rows] == [LINDE, EICHE, HERE, BIRKE, AHORN]
        assert compare.ranks.current_key == DEALERSHIP
        assert compare.strip.isVisible()

    def test_fewer_than_five_are_hidden_and_it_says_why(self, bench: Workbench, compare: CompareView) -> None:
        linde = next(row.key for row in compare.ranks.words.rows if row.cells[1] == LINDE)
        bench.do(archive_dealership, linde)
        assert not compare.strip.isVisible()
        assert not compare.ranks.isVisible()
        assert compare.words.text().startswith("4 dealerships are rated; a comparison needs 5.")
        assert not compare.own.isVisible()

    def test_one_area_can_be_compared(self, compare: CompareView) -> None:
        assert compare.portfolio is not None
        area = compare.portfolio.view.areas[0]
        compare.choose_area(area.id)
        assert compare.area_button.accessibleName() == "MGT Management"
        assert compare.own.text().startswith("Autohaus Beispiel: ")

    def test_cover_names_coaches_and_who_waits_longest(self, compare: CompareView) -> None:
        cover = {row.cells[0]: row.cells[1:] for row in compare.cover.words.rows}
        assert cover["M. Muster"][0] == "2"
        assert cover["M. Muster"][1] == "0 visits"
        assert cover["M. Muster"][2].endswith("days · Autohaus Ahorn")
        assert cover["Without a coach"][0] == "4"


class TestHandingOver:
    def test_a_lapsed_coach_is_refused_in_words_and_a_valid_one_takes_over(
        self, qtbot: QtBot, bench: Workbench, table: TableView, answer: Answer
    ) -> None:
        def choose(dialog: QDialog) -> None:
            assert isinstance(dialog, HandOver)
            assert not dialog.accept_button.isEnabled()
            dialog.coach.setCurrentIndex(dialog.coach.findText("L. Lapsed", Qt.MatchFlag.MatchStartsWith))
            assert "lapsed on 31 Oct 2026" in dialog.certificate.text()
            assert not dialog.accept_button.isEnabled()
            dialog.coach.setCurrentIndex(dialog.coach.findText("M. Muster", Qt.MatchFlag.MatchStartsWith))
            assert dialog.accept_button.isEnabled()
            dialog.paper.setChecked(False)
            dialog.accept()

        answer(choose)
        table.table.select(DEALERSHIP)
        qtbot.keyClick(table.table, KEY.Key_H)
        row = table.table.current_row
        assert row is not None
        assert row.line.coach_name == "M. Muster"
        bench.undo()
        with bench.workspace.reading() as reader:
            assert reader.get(Engagement, ENGAGEMENT).coach_id is None

    def test_the_paper_is_written_before_the_coach_changes(
        self,
        qtbot: QtBot,
        bench: Workbench,
        table: TableView,
        monkeypatch: pytest.MonkeyPatch,
        tmp_path: Path,
    ) -> None:
        row = table.table.current_row
        assert row is not None
        coaches: list[object] = []

        def name(*_args: object, **_kwargs: object) -> str:
            return "history.pdf"

        def write(_workspace: object, kind: str, *, target: Path, **_kwargs: object) -> Path:
            with bench.workspace.reading() as reader:
                coaches.append((kind, reader.get(Engagement, row.line.engagement.id).coach_id))
            return target

        monkeypatch.setattr("qma_app.services.reports.report_name", name)
        monkeypatch.setattr("qma_app.services.reports.make_report", write)
        dialog = HandOver(table, bench, row.line)
        qtbot.addWidget(dialog)
        dialog.coach.setCurrentIndex(dialog.coach.findText("M. Muster", Qt.MatchFlag.MatchStartsWith))
        with qtbot.waitSignal(bench.changed, timeout=10_000):
            dialog.accept()
        assert coaches == [("handover", None)]
        assert dialog.is_done
        bench.failed.disconnect(dialog.show_problem)

    def test_without_the_paper_nobody_is_changed(
        self, qtbot: QtBot, bench: Workbench, table: TableView, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        row = table.table.current_row
        assert row is not None

        def name(*_args: object, **_kwargs: object) -> str:
            return "history.pdf"

        def fail(*_args: object, **_kwargs: object) -> Path:
            raise RuleBroken("The disk is full.", code="test.full", way_out="Make room.")

        monkeypatch.setattr("qma_app.services.reports.report_name", name)
        monkeypatch.setattr("qma_app.services.reports.make_report", fail)
        dialog = HandOver(table, bench, row.line)
        qtbot.addWidget(dialog)
        dialog.coach.setCurrentIndex(dialog.coach.findText("M. Muster", Qt.MatchFlag.MatchStartsWith))
        with qtbot.waitSignal(bench.jobs.ended, timeout=10_000):
            dialog.accept()
        qtbot.waitUntil(dialog.accept_button.isEnabled)
        with bench.workspace.reading() as reader:
            assert reader.get(Engagement, row.line.engagement.id).coach_id is None
        assert not dialog.is_done
        bench.failed.disconnect(dialog.show_problem)


class TestPage:
    def test_letters_turn_to_the_views(
        self, qtbot: QtBot, table: TableView, page: AllDealershipsPage
    ) -> None:
        for key, view in ((KEY.Key_M, "map"), (KEY.Key_B, "compare"), (KEY.Key_T, "table")):
            qtbot.keyClick(QApplication.focusWidget() or page, key)
            assert page.view == view

    def test_a_new_dealership_is_begun_from_here(
        self, qtbot: QtBot, bench: Workbench, page: AllDealershipsPage
    ) -> None:
        with qtbot.waitSignal(bench.wanted_new_dealership):
            page.new()
