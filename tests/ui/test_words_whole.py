"""Words stay whole: a table begins at a row's edge, heads and addresses are not cut, a dialog is as large as what it says."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ui import theme
from ui.dialogs.dialog import Dialog, field
from ui.models.standards_table import TableColumn, TableRow
from ui.portfolio import table as portfolio_table
from ui.portfolio.rows import trend_text
from ui.standards_view.table import WordTable
from ui.widgets.buttons import Button
from ui.widgets.labels import PlainLabel
from ui.widgets.word_choice import WordChoice

ADDRESS = "somebody.with.a.long.name@a-house-of-long-names.example"
pytestmark = pytest.mark.usefixtures("light")


def shown(qtbot: QtBot, table: WordTable, width: int, height: int) -> WordTable:
    qtbot.addWidget(table)
    table.resize(width, height)
    table.show()
    table.fit()
    return table


def test_the_row_chosen_stands_below_a_whole_row(qtbot: QtBot) -> None:
    table = WordTable("Rows", (TableColumn(title="One"),))
    table.show_rows([TableRow(key=at, cells=("words " * (1 + at % 3 * 20),)) for at in range(40)])
    shown(qtbot, table, 300, 300)
    for wanted in range(10, 30):
        table.select(wanted)
        assert table.rowViewportPosition(table.rowAt(0)) == 0
        assert table.visualRect(table.currentIndex()).bottom() <= table.viewport().height()


def test_an_address_takes_one_line_and_other_words_go_on_below(qtbot: QtBot) -> None:
    def height(*, is_one_line: bool) -> int:
        table = WordTable(
            "Rows", (TableColumn(title="Mail", is_one_line=is_one_line), TableColumn(title="B"))
        )
        table.show_rows([TableRow(key=1, cells=(ADDRESS, ""))])
        return shown(qtbot, table, 320, 200).rowHeight(0)

    assert height(is_one_line=True) < height(is_one_line=False)


def test_no_column_is_narrower_than_its_head(qtbot: QtBot) -> None:
    table = WordTable(
        "Rows",
        (
            TableColumn(title="Words", share=9),
            TableColumn(title="Jahresprüfung", share=1),
            TableColumn(title="Erfüllungsgrad", width=20),
        ),
    )
    table.show_rows([TableRow(key=1, cells=("a", "b", "c"))])
    shown(qtbot, table, 480, 200)
    metrics = table.horizontalHeader().fontMetrics()
    for place, column in enumerate(table.words.columns):
        assert table.columnWidth(place) >= metrics.horizontalAdvance(column.title) + theme.px(16)
    assert sum(table.columnWidth(place) for place in range(3)) <= table.viewport().width()


def test_a_dialog_has_room_for_its_hints_and_its_buttons(qtbot: QtBot) -> None:
    dialog = Dialog(None, "Title", accept="Take it over as it stands", width=200)
    qtbot.addWidget(dialog)
    hints = [
        PlainLabel("A sentence that takes more than one line of it. " * 3, wrap=True) for _at in range(4)
    ]
    for hint in hints:
        dialog.body.addWidget(hint)
    dialog.body.addWidget(field("Reason", QLineEdit(), "What stands here is seen for ever. " * 4))
    dialog.buttons.addWidget(Button("Take it over and begin with the next one", keys="Ctrl+Return"))
    dialog.resize(200, 100)
    dialog.show()
    qtbot.waitExposed(dialog)
    for hint in hints:
        assert hint.height() >= hint.heightForWidth(hint.width())
    for button in dialog.findChildren(Button):
        assert not button.isVisible() or button.width() >= button.minimumSizeHint().width()


def test_a_choice_without_room_tells_the_whole_in_its_tooltip(qtbot: QtBot) -> None:
    choice = WordChoice()
    qtbot.addWidget(choice)
    choice.addItem("P. Beispiel, quality officer of the whole house")
    choice.resize(120, 34)
    choice.show()
    choice.grab()
    assert choice.toolTip() == choice.currentText()
    choice.resize(500, 34)
    choice.grab()
    assert choice.toolTip() == ""


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("Umsetzung, Welle 3", ["Umsetzung,", "Welle 3"]),
        ("Hold the gains", ["Hold the", "gains"]),
        ("Erreichtes halten", ["Erreichtes", "halten"]),
    ],
)
def test_a_phase_without_room_goes_on_in_a_second_line(
    words: str, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def draw(_painter: object, _area: object, text: str, _side: object) -> None:
        drawn.append(text)

    monkeypatch.setattr(portfolio_table, "_draw", draw)
    sheet = QImage(200, 60, QImage.Format.Format_RGB32)
    painter = QPainter(sheet)
    painter.setFont(theme.current().font(13))
    width = painter.fontMetrics().horizontalAdvance(words) - 6
    portfolio_table._draw_in_two(painter, QRectF(0, 0, width, 40), words)
    painter.end()
    assert drawn == lines


@pytest.mark.parametrize(
    ("trend", "text"),
    [
        (Fraction(-1, 50), "0.0"),
        (Fraction(1, 50), "0.0"),
        (Fraction(31, 10), "+3.1"),
        (Fraction(-43, 10), "−4.3"),
        (None, "–"),
    ],
)
def test_a_trend_has_a_true_sign_unless_it_rounds_to_nothing(trend: Fraction | None, text: str) -> None:
    assert trend_text(trend) == text
