"""Charts say what their figures say, stay inside their sheet, and hold only shapes every painter knows."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Path, Polygon, PolyLine, Rect, String

from qma_app.charts.bars import Bar, Bound, bars
from qma_app.charts.dumbbells import Dumbbell, dumbbells
from qma_app.charts.heat_map import HeatField, heat_map
from qma_app.charts.history_strip import StripField, history_strip
from qma_app.charts.interval import interval_bar
from qma_app.charts.lettering import shortened, text_width
from qma_app.charts.processes import ProcessBar, process_bars
from qma_app.charts.radar import Spoke, radar
from qma_app.charts.ring import ring
from qma_app.charts.trend import TrendPoint, trend
from qma_app.design import DARK, LIGHT, RAMP, contrast
from qma_app.domain.intervals import exact_interval

LONG = "Customer relations, complaints and everything that has to do with feedback of any kind"
KNOWN = (Rect, Line, PolyLine, Polygon, Circle, Path, String, Group)


def a_bar(level: int | None = 72, label: str = "Service", remark: str = "") -> Bar:
    figure = "–" if level is None else f"{level}.0%"
    exact = None if level is None else Fraction(level)
    return Bar(label=label, level=exact, figure=figure, colour=RAMP[4], remark=remark)


def a_point(level: int | None, *, is_partial: bool = False) -> TrendPoint:
    exact = None if level is None else Fraction(level)
    return TrendPoint(label="M6", below="Jun 2026", level=exact, figure=f"{level}%", is_partial=is_partial)


EVERY_CHART = {
    "bars": bars(
        [a_bar(0), a_bar(100), a_bar(None, LONG, "12 of 48 rated so far"), a_bar(50, LONG, LONG)],
        width=480,
        bounds=(Bound(level=70, label="floor 70"), Bound(level=80, label="pass mark 80")),
    ),
    "bars without bounds": bars([a_bar()], width=200),
    "no bars": bars([], width=200),
    "dumbbells": dumbbells(
        [
            Dumbbell(label=LONG, hollow=Fraction(0), filled=Fraction(100), colour=RAMP[6], figure="−100.0", remark="n = 484"),
            Dumbbell(label="Short", hollow=Fraction(70), filled=Fraction(70), colour=RAMP[3], figure="0.0"),
        ],
        width=480,
        hollow_name="Self",
        filled_name="Coach",
    ),
    "no dumbbells": dumbbells([], width=200, hollow_name="Self", filled_name="Coach"),
    "ring": ring(Fraction(85), figure="85.0%", caption="80% needed", colour=RAMP[5], mark=80),
    "empty ring": ring(None, figure="–", caption="80% needed", colour=RAMP[5], mark=80),
    "full ring": ring(Fraction(100), figure="100.0%", caption="80% needed", colour=RAMP[6]),
    "trend": trend([a_point(0), a_point(None), a_point(79, is_partial=True), a_point(100)], width=240, mark=80, mark_label="pass mark"),
    "no trend": trend([], width=240),
    "processes": process_bars(
        [
            ProcessBar(number="SRV-04", title=LONG, level=Fraction(100), figure="100.0%", colour=RAMP[6], remark="6 of 6 rated"),
            ProcessBar(number="SRV-05", title="Short", level=None, figure="–", colour=RAMP[0], remark="0 of 6 rated"),
        ],
        width=480,
    ),
    "radar": radar([Spoke(label=LONG, now=Fraction(n), before=Fraction(50)) for n in (0, 100, 70, 80, 90)], width=480, height=300, floor=70),
    "radar of three": radar([Spoke(label="A", now=None) for _place in range(3)], width=300, height=200, floor=70),
    "interval": interval_bar(0.8, exact_interval(8, 10)),
    "interval of all": interval_bar(1.0, exact_interval(10, 10)),
    "strip": history_strip([StripField(figure="72", colour=RAMP[4], label=LONG)] * 4),
    "no strip": history_strip([]),
    "heat map": heat_map([LONG, "Parts"], [("Base", "Jan 2026")] * 7, [[HeatField(figure="100.0", colour=colour) for colour in RAMP]] * 2, width=480),
}  # fmt: skip


def shapes_of(part: Any) -> list[Any]:
    """All shapes of a drawing, groups opened."""
    found: list[Any] = []
    for shape in part.contents:
        found += [shape, *(shapes_of(shape) if isinstance(shape, Group) else [])]
    return found


def shapes(drawing: Drawing, kind: type) -> list[Any]:
    return [shape for shape in shapes_of(drawing) if isinstance(shape, kind)]


def words_in(drawing: Drawing) -> list[str]:
    return [shape.text for shape in shapes(drawing, String)]


@pytest.mark.parametrize("name", EVERY_CHART)
def test_a_chart_holds_only_shapes_a_small_painter_knows(name: str) -> None:
    assert [shape for shape in shapes_of(EVERY_CHART[name]) if type(shape) not in KNOWN] == []


@pytest.mark.parametrize("name", EVERY_CHART)
def test_nothing_of_a_chart_leaves_its_sheet(name: str) -> None:
    sheet = EVERY_CHART[name]
    outside = []
    for shape in shapes_of(sheet):
        left, bottom, right, top = _bounds_of(shape)
        if left < -1 or bottom < -1 or right > sheet.width + 1 or top > sheet.height + 1:
            outside.append((shape, left, bottom, right, top))
    assert outside == []


def _bounds_of(shape: Any) -> tuple[float, float, float, float]:
    if not isinstance(shape, String):
        found: tuple[float, float, float, float] = shape.getBounds()
        return found
    wide = text_width(shape.text, shape.fontSize, shape.fontName)
    left = shape.x - {"start": 0.0, "middle": wide / 2, "end": wide}[shape.textAnchor]
    return left, shape.y, left + wide, shape.y + shape.fontSize * 0.73


def test_a_bar_is_as_long_as_its_level() -> None:
    half, full = (max(box.width for box in shapes(bars([a_bar(level)], width=300), Rect) if box.fillColor.hexval() == f"0x{RAMP[4][1:].lower()}") for level in (50, 100))  # fmt: skip
    assert half == pytest.approx(full / 2)


def test_a_level_of_nought_has_no_bar_but_its_track() -> None:
    assert (
        len(shapes(bars([a_bar(0)], width=300), Rect))
        == len(shapes(bars([a_bar(None)], width=300), Rect))
        == 1
    )


def test_bounds_stand_at_their_levels_on_the_same_scale_as_the_bars() -> None:
    drawing = bars([a_bar(70)], width=300, bounds=(Bound(level=70, label="floor"),))
    bar = max(shapes(drawing, Rect), key=lambda box: float(box.width if box.fillColor.hexval() == f"0x{RAMP[4][1:].lower()}" else 0))  # fmt: skip
    (bound,) = (line for line in shapes(drawing, Line) if line.x1 == line.x2)
    assert bound.x1 == pytest.approx(bar.x + bar.width)


def test_a_trend_leaves_a_gap_where_an_assessment_was_not_rated() -> None:
    whole = trend([a_point(50), a_point(60), a_point(70), a_point(80)], width=240)
    broken = trend([a_point(50), a_point(60), a_point(None), a_point(80)], width=240)
    assert [len(line.points) // 2 for line in shapes(whole, PolyLine)] == [4]
    assert [len(line.points) // 2 for line in shapes(broken, PolyLine)] == [2]


def test_a_partial_point_is_hollow() -> None:
    whole, partial = (shapes(trend([a_point(50, is_partial=is_partial)], width=240), Circle)[0] for is_partial in (False, True))  # fmt: skip
    assert whole.fillColor != partial.fillColor
    assert partial.fillColor.hexval() == "0xffffff"


def test_a_figure_near_the_mark_steps_out_of_its_line() -> None:
    drawing = trend([a_point(77)], width=240, mark=80)
    mark = next(line for line in shapes(drawing, Line) if line.strokeDashArray)
    figure = next(word for word in shapes(drawing, String) if word.text == "77%")
    assert not figure.y - 1 < mark.y1 < figure.y + figure.fontSize * 0.73 + 1


def test_an_interval_reaches_from_its_low_to_its_high_end() -> None:
    drawing = interval_bar(0.8, exact_interval(8, 10), width=105)
    (band,) = shapes(drawing, Rect)
    assert band.x == pytest.approx(2.5 + 100 * 0.4439, abs=0.01)
    assert band.x + band.width == pytest.approx(2.5 + 100 * 0.9748, abs=0.01)


def test_every_figure_in_a_heat_map_can_be_read_on_its_field() -> None:
    drawing = EVERY_CHART["heat map"]
    figures = [word for word in shapes(drawing, String) if word.text == "100.0"]
    grounds = [box.fillColor.hexval() for box in shapes(drawing, Rect)]
    pairs = zip(figures, grounds, strict=True)
    assert min(contrast(f"#{int(word.fillColor.hexval(), 16):06x}", f"#{int(ground, 16):06x}") for word, ground in pairs) >= 4.2  # fmt: skip


def test_a_ring_is_filled_clockwise_by_its_level() -> None:
    quarter = ring(Fraction(25), figure="25%", caption="", colour=RAMP[0], diameter=100)
    arc = shapes(quarter, Path)[-1]
    assert min(arc.points[::2]) == pytest.approx(50)
    assert min(arc.points[1::2]) == pytest.approx(50)


def test_a_chart_takes_the_colours_of_the_appearance_it_is_drawn_for() -> None:
    bright, dark = (words_of(bars([a_bar()], width=300, palette=palette)) for palette in (LIGHT, DARK))
    assert bright != dark


def words_of(drawing: Drawing) -> set[str]:
    return {word.fillColor.hexval() for word in shapes(drawing, String)}


def test_a_label_is_shortened_only_where_it_would_not_fit() -> None:
    wide = text_width("Service", 10)
    assert shortened("Service", wide, 10) == "Service"
    short = shortened(LONG, 100, 10)
    assert short.endswith("…")
    assert text_width(short, 10) <= 100


def test_words_are_printed_as_given() -> None:
    assert {"Service", "72.0%", "floor"} <= set(words_in(bars([a_bar()], width=400, bounds=(Bound(level=70, label="floor"),))))  # fmt: skip
