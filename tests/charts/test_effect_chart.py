"""The chart of an effect: months in their places, means with honest bounds, goal and day done within the sheet."""

from __future__ import annotations

import itertools
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from reportlab.graphics.shapes import Drawing, Line, PolyLine, String

from qma_app.charts.effect import EffectPicture, effect_chart, effect_picture
from qma_app.charts.lettering import text_width
from qma_app.design import DARK, LIGHT
from qma_app.domain.edition import Direction, KpiDefinition
from qma_app.domain.ids import AreaId
from qma_app.domain.month import Month
from qma_app.domain.verification import UsedReading
from qma_app.i18n import in_language
from tests.builders import a_text

BEFORE, AFTER = (Month(2026, 1), Month(2026, 3)), (Month(2026, 5), Month(2026, 7))


def a_kpi(**changes: Any) -> KpiDefinition:
    fields: dict[str, Any] = {
        "code": "C02",
        "title": a_text("Late orders"),
        "purpose": a_text(""),
        "numerator": a_text("late orders"),
        "denominator": a_text("all orders"),
        "calculation": "ratio",
        "unit": "percent",
        "factor": 100,
        "direction": Direction.LOWER,
        "rhythm": "month",
        "area": AreaId("service"),
    }
    return KpiDefinition(**fields | changes)


def used(number: int, hits: str, count: str | None = "100") -> UsedReading:
    return UsedReading(
        month=Month(2026, number), numerator=Decimal(hits), denominator=Decimal(count) if count else None
    )


MONTHS = [used(1, "18"), used(2, "20"), used(3, "22"), used(5, "9"), used(6, "8"), used(7, "7")]


def a_picture(**changes: Any) -> EffectPicture:
    fields: dict[str, Any] = {
        "before": BEFORE,
        "after": AFTER,
        "goal": Decimal(5),
        "goal_label": "goal 5%",
        "done": Month(2026, 4),
        "done_label": "action done",
    }
    return effect_picture(a_kpi(), MONTHS, **fields | changes)


def texts(sheet: Drawing) -> list[str]:
    return [shape.text for shape in sheet.contents if isinstance(shape, String)]


def test_months_without_a_reading_stay_gaps() -> None:
    picture = a_picture()
    assert [point.value for point in picture.points] == [18, 20, 22, None, 9, 8, 7]
    lines = [shape for shape in effect_chart(picture, width=300).contents if isinstance(shape, PolyLine)]
    assert [len(line.points) // 2 for line in lines] == [3, 3]


def test_shares_are_summed_and_bounded_means_of_values_are_not() -> None:
    before, after = a_picture().bands
    assert (before.first, before.last, before.mean) == (0, 2, Fraction(20))
    assert (after.first, after.last, after.mean) == (4, 6, Fraction(8))
    assert before.low is not None
    assert before.high is not None
    assert (round(float(before.low), 1), round(float(before.high), 1)) == (15.9, 24.9)
    minutes = a_kpi(calculation="median", unit="minutes", factor=1, denominator=a_text(""))
    picture = effect_picture(minutes, [used(1, "30.5", None), used(2, "31", None)], before=BEFORE)
    (band,) = picture.bands
    assert (band.mean, band.low, band.high) == (Fraction(123, 4), None, None)


def test_goal_and_day_done_stand_at_their_places_with_words() -> None:
    sheet = effect_chart(a_picture(), width=300, height=120)
    assert {"goal 5%", "action done", "20.0", "8.0", "Jan 26", "Jul 26"} <= set(texts(sheet))
    dashed = [shape for shape in sheet.contents if isinstance(shape, Line) and shape.strokeDashArray]
    assert len(dashed) == 2
    assert {line.x1 == line.x2 for line in dashed} == {True, False}


def test_figures_and_months_follow_the_language() -> None:
    with in_language("de"):
        said = texts(effect_chart(a_picture(), width=300))
    assert "20,0" in said
    assert any(word.startswith("Jan") and word.endswith("26") for word in said)


@pytest.mark.parametrize("width", [90, 160, 300, 520])
@pytest.mark.parametrize("count", [1, 2, 13, 36])
def test_everything_stays_on_the_sheet_and_names_do_not_touch(width: float, count: int) -> None:
    readings = [
        UsedReading(month=Month(2024, 1).plus(at), numerator=Decimal(at * 37 % 90), denominator=Decimal(100))
        for at in range(count)
    ]
    picture = effect_picture(
        a_kpi(),
        readings,
        before=(Month(2024, 1), Month(2024, 6)),
        goal=Decimal(95),
        goal_label="goal 95%",
        done=Month(2024, 7),
        done_label="action done",
    )
    for palette in (LIGHT, DARK):
        sheet = effect_chart(picture, width=width, height=100, palette=palette)
        spans = [_span(shape) for shape in sheet.contents if isinstance(shape, String)]
        assert all(-1 <= left < right <= width + 8 for left, right in spans)
        assert all(0 <= shape.y <= 96 for shape in sheet.contents if isinstance(shape, String))
        names = sorted(
            _span(shape)
            for shape in sheet.contents
            if isinstance(shape, String) and shape.y == 5 and shape.fontSize == 5.8
        )
        assert names
        assert all(one[1] < other[0] for one, other in itertools.pairwise(names))


def _span(shape: String) -> tuple[float, float]:
    width = text_width(shape.text, shape.fontSize, shape.fontName)
    left = shape.x - {"start": 0.0, "middle": width / 2, "end": width}[shape.textAnchor]
    return left, left + width


@pytest.mark.parametrize(
    "months",
    [
        [],
        [used(1, "5")],
        [used(1, "0"), used(2, "0")],
        [used(1, "-12", None), used(2, "40", None)],
        [used(1, "0.0001", None), used(2, "0.0002", None)],
        [used(1, "98000000", None), used(2, "120000000", None)],
        [used(1, "5", "0")],
    ],
)
def test_any_readings_can_be_drawn(months: list[UsedReading]) -> None:
    picture = effect_picture(a_kpi(), months, before=BEFORE, after=AFTER, done=Month(2030, 1), done_label="x")
    assert isinstance(effect_chart(picture, width=200), Drawing)
    assert "x" not in texts(effect_chart(picture, width=200))


def test_the_same_picture_is_drawn_the_same_each_time() -> None:
    first, second = (effect_chart(a_picture(), width=300).contents for _turn in range(2))
    assert [vars(shape) | {"at": type(shape)} for shape in first] == [
        vars(shape) | {"at": type(shape)} for shape in second
    ]
