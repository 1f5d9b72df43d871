"""The small line on an action's card: months in their places, goal and day done, the same in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from qma_app.domain.edition import Direction, KpiDefinition
from qma_app.domain.ids import AreaId, EngagementId, ReadingId
from qma_app.domain.month import Month
from qma_app.domain.reading import Reading
from tests.builders import a_text
from ui import theme
from ui.theme import ThemeKeeper
from ui.widgets.effect_line import EffectLine

KPI = KpiDefinition(
    code="C02",
    title=a_text("Share of detractors"),
    purpose=a_text(""),
    numerator=a_text("answers 0 to 6"),
    denominator=a_text("all answers"),
    calculation="ratio",
    unit="percent",
    factor=100,
    direction=Direction.LOWER,
    rhythm="month",
    area=AreaId("service"),
)


def reading(number: int, hits: str) -> Reading:
    return Reading(
        id=ReadingId(f"r{number}"),
        engagement_id=EngagementId("e"),
        kpi="C02",
        month=Month(2026, number),
        numerator=Decimal(hits),
        denominator=Decimal(100),
    )


@pytest.fixture
def line(qtbot: QtBot, light: ThemeKeeper) -> EffectLine:
    widget = EffectLine()
    qtbot.addWidget(widget)
    widget.resize(300, 68)
    return widget


def painted(line: EffectLine, token: str) -> int:
    """How many pixels are of exactly that colour."""
    image: QImage = line.grab().toImage()
    wanted = QColor(theme.current().colour(token)).rgb()
    return sum(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def test_nothing_is_shown_without_readings(line: EffectLine) -> None:
    line.show_readings((), KPI)
    assert line.isHidden()
    assert line.values == ()


def test_a_month_left_out_is_a_gap(line: EffectLine) -> None:
    line.show_readings([reading(5, "4"), reading(1, "9"), reading(2, "8")], KPI)
    assert line.values == (Fraction(9), Fraction(8), None, None, Fraction(4))
    assert not line.isHidden()


def test_it_says_the_same_in_words(line: EffectLine) -> None:
    line.show_readings([reading(1, "9"), reading(5, "4")], KPI, goal=Decimal("3.5"))
    assert line.accessibleName() == "C02 Share of detractors over the months"
    assert line.accessibleDescription() == "Jan 2026: 9.0%; May 2026: 4.0%; goal 3.5%"


def test_line_goal_and_day_done_are_painted_each_in_its_colour(line: EffectLine) -> None:
    months = [reading(1, "9"), reading(2, "8"), reading(5, "4")]
    line.show_readings(months, KPI)
    assert painted(line, "accent") > 50
    assert painted(line, "ok") == painted(line, "control_edge") == 0
    line.show_readings(months, KPI, date(2026, 3, 10), Decimal(6))
    assert painted(line, "ok") > 20
    assert painted(line, "control_edge") > 10


@pytest.mark.parametrize("done", [date(2020, 1, 1), date(2030, 1, 1), date(2026, 1, 1), date(2026, 2, 28)])
def test_any_day_and_flat_or_single_months_can_be_painted(line: EffectLine, done: date) -> None:
    for months in ([reading(1, "5")], [reading(1, "5"), reading(2, "5")], [reading(1, "-5")]):
        line.show_readings(months, KPI, done, Decimal(5))
        assert painted(line, "accent") > 0
