"""Months of a KPI are typed and pasted by keys, mended where they are named, and stored all at once or not at all."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qma_app.domain.month import Month
from qma_app.domain.reading import MonthFigures, Reading
from qma_app.i18n import in_language
from qma_app.services.readings import readings_of, write_readings
from tests.ui.answering import Answer
from tests.ui.looking import rich_labels, small_targets, unnamed_controls
from ui.dialogs.kpi_readings import KpiReadings
from ui.findings.choice_list import ChoiceList
from ui.models.readings_model import Part, ReadingsModel
from ui.verification.month_table import MonthTable
from ui.workbench import Workbench

KPI = "C02"
Opened = Callable[..., KpiReadings]


@pytest.fixture
def opened(qtbot: QtBot, workbench: Workbench) -> Opened:
    kept = []

    def show(kpi: str = KPI) -> KpiReadings:
        assert workbench.engagement is not None
        dialog = KpiReadings(None, workbench, workbench.engagement.id, kpi)
        qtbot.addWidget(dialog)
        dialog.show()
        kept.append(dialog)
        return dialog

    return show


def write(bench: Workbench, *months: tuple[int, int, int], kpi: str = KPI, year: int = 2026) -> None:
    assert bench.engagement is not None
    bench.do(
        write_readings,
        bench.engagement.id,
        kpi,
        [
            MonthFigures(month=Month(year, number), numerator=Decimal(hits), denominator=Decimal(count))
            for number, hits, count in months
        ],
    )


def stored(bench: Workbench, kpi: str = KPI) -> list[tuple[str, str, str]]:
    assert bench.engagement is not None
    found: tuple[Reading, ...] = bench.read(readings_of, bench.engagement.id, kpi)
    return [(str(one.month), str(one.numerator), str(one.denominator)) for one in found]


def cells(table: MonthTable) -> list[list[str]]:
    model = table.readings
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount() - 1)
    ]


def type_in(qtbot: QtBot, table: MonthTable, text: str, end: Qt.Key = Qt.Key.Key_Tab) -> None:
    """Type into the cell the cursor is in, and leave it by a key; Tab opens the next one at once."""
    field = _open_field(table)
    if field is None:
        qtbot.keyClick(table, Qt.Key.Key_F2)
        field = _open_field(table)
    assert field is not None
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, end)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()


def _open_field(table: MonthTable) -> QLineEdit | None:
    return next((field for field in table.findChildren(QLineEdit) if field.isVisible()), None)


def paste(qtbot: QtBot, table: MonthTable, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    qtbot.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_months_are_typed_by_keys_alone_and_stored_in_one_step(
    qtbot: QtBot, workbench: Workbench, opened: Opened
) -> None:
    dialog = opened()
    for words in ("3.2026", "18", "250"):
        type_in(qtbot, dialog.table, words)
    assert cells(dialog.table) == [["Mar 2026", "18", "250", "7.2%", ""]]
    assert stored(workbench) == []
    qtbot.keyClick(dialog.accept_button, Qt.Key.Key_Space)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert stored(workbench) == [("2026-03", "18", "250")]
    assert workbench.undo_title() == "KPI readings"
    workbench.undo()
    assert stored(workbench) == []


def test_tab_goes_from_cell_to_cell_over_the_computed_value(qtbot: QtBot, opened: Opened) -> None:
    table = opened().table
    walked = []
    for words in ("Mar 2026", "18", "250", "strike"):
        walked.append(table.readings.parts[table.currentIndex().column()])
        type_in(qtbot, table, words)
    assert walked == [Part.MONTH, Part.NUMERATOR, Part.DENOMINATOR, Part.NOTE]
    assert table.readings.rows[0].note == "strike"


def test_a_figure_in_the_empty_row_is_that_of_the_next_month(
    qtbot: QtBot, workbench: Workbench, opened: Opened
) -> None:
    write(workbench, (12, 18, 250), year=2025)
    table = opened().table
    table.setCurrentIndex(table.readings.index(1, 1))
    type_in(qtbot, table, "9")
    type_in(qtbot, table, "240")
    assert [row[:3] for row in cells(table)] == [["Dec 2025", "18", "250"], ["Jan 2026", "9", "240"]]


def test_a_pasted_table_corrects_what_is_there_and_adds_the_rest(
    qtbot: QtBot, workbench: Workbench, opened: Opened
) -> None:
    write(workbench, (3, 18, 250), (5, 7, 200))
    dialog = opened()
    paste(qtbot, dialog.table, "Monat\tspät\talle\nApr. 2026\t1.234,5\t2.000\nMär 2026\t17\t250\n")
    assert cells(dialog.table) == [
        ["Mar 2026", "17", "250", "6.8%", ""],
        ["Apr 2026", "1234.5", "2000", "61.7%", ""],
        ["May 2026", "7", "200", "3.5%", ""],
    ]
    dialog.accept()
    assert [row[1] for row in stored(workbench)] == ["17", "1234.5", "7"]


def test_bad_cells_are_listed_jumped_to_and_keep_all_out(
    qtbot: QtBot, workbench: Workbench, opened: Opened
) -> None:
    dialog = opened()
    paste(qtbot, dialog.table, "2026-03\t1,234\t2000\nsoon\t9\t240")
    assert [(fault.row, fault.part) for fault in dialog.table.readings.faults] == [
        (0, Part.NUMERATOR),
        (1, Part.MONTH),
    ]
    assert dialog.beside.isVisible()
    assert not dialog.accept_button.isEnabled()
    dialog.accept()
    assert stored(workbench) == []
    assert dialog.isVisible()
    said = [row.small[0] for row in dialog.wrong.words.rows]
    assert said[0] == "“1,234” may be 1234 or 1.234; write 1234, or 1.2340 with four decimals"
    dialog.wrong.selectRow(1)
    qtbot.keyClick(dialog.wrong, Qt.Key.Key_Return)
    assert (dialog.table.currentIndex().row(), dialog.table.currentIndex().column()) == (1, 0)
    type_in(qtbot, dialog.table, "Apr 2026")
    dialog.wrong.selectRow(0)
    qtbot.keyClick(dialog.wrong, Qt.Key.Key_Return)
    type_in(qtbot, dialog.table, "1234")
    assert not dialog.beside.isVisible()
    dialog.accept()
    assert stored(workbench) == [("2026-03", "1234", "2000"), ("2026-04", "9", "240")]


def test_a_table_of_another_shape_is_left_out_and_said_so(qtbot: QtBot, opened: Opened) -> None:
    dialog = opened()
    paste(qtbot, dialog.table, "2026-03,12,5,40\n2026-04,11,5,41")
    assert cells(dialog.table) == []
    assert dialog._problem.text().startswith("Nothing was pasted. line 1, column 4")


def test_a_single_figure_is_pasted_into_its_cell(qtbot: QtBot, opened: Opened) -> None:
    table = opened().table
    type_in(qtbot, table, "2026-03")
    paste(qtbot, table, "12,5")
    assert table.readings.rows[0].numerator == "12.5"


def test_a_month_twice_in_what_is_pasted_is_named_not_swallowed(
    qtbot: QtBot, workbench: Workbench, opened: Opened
) -> None:
    write(workbench, (3, 18, 250))
    table = opened().table
    paste(qtbot, table, "2026-03\t1\t10\n03/2026\t2\t10")
    assert [row[1] for row in cells(table)] == ["1", "2"]
    assert [fault.problem.code for fault in table.readings.faults] == ["readings.month-twice"]


def test_del_takes_months_out_and_the_table_goes_back_step_by_step(
    qtbot: QtBot, workbench: Workbench, opened: Opened
) -> None:
    write(workbench, (3, 18, 250), (4, 9, 240))
    dialog = opened()
    table = dialog.table
    table.setCurrentIndex(table.readings.index(0, 0))
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    paste(qtbot, table, "2026-05\t5\t100")
    assert [row[0] for row in cells(table)] == ["Apr 2026", "May 2026"]
    qtbot.keyClick(table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [row[0] for row in cells(table)] == ["Mar 2026", "Apr 2026"]
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(table, Qt.Key.Key_Z, modifiers)
    assert [row[0] for row in cells(table)] == ["Apr 2026"]
    dialog.accept()
    assert [row[0] for row in stored(workbench)] == ["2026-04"]
    workbench.undo()
    assert [row[0] for row in stored(workbench)] == ["2026-03", "2026-04"]


def test_esc_asks_once_before_it_gives_up_what_was_typed(
    qtbot: QtBot, workbench: Workbench, opened: Opened
) -> None:
    dialog = opened()
    paste(qtbot, dialog.table, "2026-03\t1\t10")
    dialog.reject()
    assert dialog.isVisible()
    assert "not stored yet" in dialog._problem.text()
    dialog.reject()
    assert not dialog.isVisible()
    assert stored(workbench) == []


def test_another_kpi_is_found_by_words_and_what_was_typed_before_is_kept(
    qtbot: QtBot, workbench: Workbench, opened: Opened
) -> None:
    write(workbench, (1, 50, 60), kpi="C03")
    dialog = opened()
    paste(qtbot, dialog.table, "2026-03\t18\t250")
    dialog.kpi.open()
    popup = dialog.findChild(ChoiceList)
    assert popup is not None
    assert popup.list.model().index(0, 0).data().startswith("C02") or "C03" in str(
        popup.list.model().index(0, 0).data()
    )
    qtbot.keyClicks(popup.search, "lead response")
    qtbot.keyClick(popup.search, Qt.Key.Key_Return)
    assert dialog.kpi.kpi is not None
    assert dialog.kpi.kpi.code == "O01"
    assert stored(workbench) == [("2026-03", "18", "250")]
    assert dialog.table.readings.parts == (Part.MONTH, Part.NUMERATOR, Part.VALUE, Part.NOTE)
    assert "lower is better" in dialog.kpi.formula.text()


def test_what_cannot_be_read_keeps_its_kpi(qtbot: QtBot, opened: Opened) -> None:
    dialog = opened()
    paste(qtbot, dialog.table, "2026-03\tmany\t250")
    dialog.kpi.picked.emit("O01")
    assert dialog.kpi.kpi is not None
    assert dialog.kpi.kpi.code == KPI
    assert len(cells(dialog.table)) == 1


def test_a_refused_write_keeps_what_was_typed(
    qtbot: QtBot, workbench: Workbench, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened()
    paste(qtbot, dialog.table, "2026-03\t18\t250")
    monkeypatch.setattr(workbench.workspace, "lock", None)
    dialog.accept()
    assert dialog.isVisible()
    assert "reading only" in dialog._problem.text()
    assert len(cells(dialog.table)) == 1


def test_figures_are_shown_and_read_in_german_too(workbench: Workbench, opened: Opened) -> None:
    write(workbench, (3, 18, 250))
    with in_language("de"):
        table = opened().table
        assert table.readings.write(0, Part.NUMERATOR, "17,5")
        assert cells(table)[0][:4] == ["März 2026", "17,5", "250", "7,0\u00a0%"]


def test_the_model_keeps_the_rules_of_a_model(
    qtbot: QtBot, qtmodeltester: ModelTester, workbench: Workbench
) -> None:
    assert workbench.engagement is not None
    write(workbench, (3, 18, 250), (4, 9, 240))
    model = ReadingsModel()
    kpis = workbench.read(_kpis, workbench.engagement.edition)
    model.show_readings(kpis[KPI], workbench.read(readings_of, workbench.engagement.id, KPI))
    qtmodeltester.check(model)
    assert not model.is_changed
    model.paste("2026-05\t5\t100\n2026-06\tbad\t100")
    model.remove([0])
    model.undo()
    qtmodeltester.check(model)
    assert model.is_changed


def test_it_can_be_used_without_sight_and_asks_as_a_dialog(
    qtbot: QtBot, workbench: Workbench, opened: Opened, answer: Answer
) -> None:
    dialog = opened()
    paste(qtbot, dialog.table, "2026-03\tmany\t250")
    assert unnamed_controls(dialog) == []
    assert small_targets(dialog) == []
    assert rich_labels(dialog) == []
    dialog.reject()
    dialog.reject()

    def type_a_month(shown: QDialog) -> None:
        assert isinstance(shown, KpiReadings)
        shown.table.readings.paste("2026-03\t18\t250")
        shown.accept()

    answer(type_a_month)
    assert workbench.engagement is not None
    parent = QWidget()
    qtbot.addWidget(parent)
    assert KpiReadings.ask(workbench, workbench.engagement.id, KPI, parent)
    assert len(stored(workbench)) == 1


def _kpis(reader: Any, edition: Any) -> Any:
    return reader.edition(edition).kpis
