"""In the smallest window words of the year stay whole: areas of a visit, states in tables, the sponsor check, figures of quarters."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from qma_app.domain.promise import Quarter
from qma_app.i18n import in_language
from qma_app.services.promises import QuarterOfPromises
from ui.dialogs.plan_visit import PlanVisit
from ui.models.standards_table import TableColumn, TableRow
from ui.promises.answer_picker import AnswerPicker
from ui.promises.quarter_bars import TrendCard
from ui.standards_view.table import WordTable
from ui.theme import ThemeKeeper
from ui.visit.agreeing import AgreementLine
from ui.widgets.chips import chip_size
from ui.workbench import Workbench


def test_every_area_of_a_visit_is_seen_whole_without_scrolling(qtbot: QtBot, workbench: Workbench) -> None:
    assert workbench.engagement is not None
    dialog = PlanVisit(None, workbench, workbench.engagement.id)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    assert len(dialog.boxes) == 14
    for box in dialog.boxes.values():
        assert box.width() >= box.sizeHint().width()
        assert box.visibleRegion().boundingRect().size() == box.size()
    workbench.failed.disconnect(dialog.show_problem)


@pytest.mark.parametrize(("code", "width"), [("en", 413), ("de", 341)])
def test_how_to_write_a_day_is_seen_whole_where_a_visit_is_closed(
    qtbot: QtBot, workbench: Workbench, light: ThemeKeeper, code: str, width: int
) -> None:
    with in_language(code):
        line = AgreementLine(workbench)
    qtbot.addWidget(line)
    line.resize(width, 120)  # as narrow as it gets in the dialog in a window of 1024 by 640
    line.show()
    qtbot.waitExposed(line)
    edit = line.due.field
    words = edit.fontMetrics().horizontalAdvance(edit.placeholderText())
    assert edit.width() >= words + 24


def test_a_state_is_never_cut(qtbot: QtBot, light: ThemeKeeper) -> None:
    table = WordTable(
        "Visits", (TableColumn(title="Day"), TableColumn(title="State", width=40, is_chip=True))
    )
    qtbot.addWidget(table)
    table.resize(400, 200)
    table.show_rows([TableRow(key="1", cells=("4 Dec", "waits for a signature"))])
    table.fit()
    assert table.columnWidth(1) > chip_size("waits for a signature").width()


def test_the_third_answer_takes_one_word_where_room_is_short(qtbot: QtBot, light: ThemeKeeper) -> None:
    picker = AnswerPicker("Holds management reviews")
    qtbot.addWidget(picker)
    before, spoken = picker.sizeHint().width(), picker.accessibleName()
    picker.show_short(is_short=True)
    assert picker.sizeHint().width() < before
    assert picker.accessibleName() == spoken
    picker.show_short(is_short=False)
    assert picker.sizeHint().width() == before


def test_words_go_below_the_quarters_where_they_take_their_room(qtbot: QtBot, light: ThemeKeeper) -> None:
    card = TrendCard()
    qtbot.addWidget(card)
    card.words.setText("Promises of the house only; late and broken ones count as not kept in time.")
    card.bars.show_trend([QuarterOfPromises(quarter=Quarter(2026, 1), kept=1, due=2)])
    card.resize(420, 260)
    card.show()
    qtbot.waitExposed(card)
    qtbot.waitUntil(lambda: card.bars.width() > 370)
    assert card.words.geometry().top() >= card.bars.mapTo(card, card.bars.rect().bottomLeft()).y()
    card.resize(900, 260)
    qtbot.waitUntil(lambda: card.words.geometry().left() > card.bars.width())
