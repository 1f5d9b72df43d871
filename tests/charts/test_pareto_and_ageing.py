"""Pareto and ageing charts: every figure stands on them, on one scale, inside the sheet."""

from __future__ import annotations

from fractions import Fraction

import pytest
from reportlab.graphics.shapes import Line, PolyLine, Rect, String

from qma_app.charts.ageing import AgePart, AgeRow, ageing_bars
from qma_app.charts.pareto import MARK, ParetoBar, pareto_chart
from qma_app.design import LIGHT, NOT_RATED
from tests.charts.test_charts import KNOWN, shapes, shapes_of, words_in
from tests.charts.test_fishbone import LONG, outside, overlaps

GOLDEN = (
    ("Late", 34),
    ("Repeat repair", 22),
    ("No information", 15),
    ("Invoice", 9),
    ("Dirty", 6),
    ("Other", 4),
)


def bars_of(counts: tuple[tuple[str, int], ...] = GOLDEN) -> list[ParetoBar]:
    total, so_far, found = sum(count for _label, count in counts), 0, []
    for label, count in counts:
        so_far += count
        share = Fraction(so_far, total)
        found.append(
            ParetoBar(
                label=label, value=Fraction(count), figure=str(count), cumulative=share,
                percent=f"{float(share * 100):.1f}%", is_vital=share <= Fraction(8, 10), is_other=label == "Other",
            )
        )  # fmt: skip
    return found


def test_bars_stand_on_one_scale_with_the_line_of_their_sums() -> None:
    sheet = pareto_chart(bars_of(), width=240)
    boxes = shapes(sheet, Rect)
    assert [box.height / boxes[0].height for box in boxes] == pytest.approx(
        [count / 34 for _l, count in GOLDEN]
    )
    (line,) = shapes(sheet, PolyLine)
    heights = line.points[1::2]
    assert heights[0] == pytest.approx(boxes[0].y + boxes[0].height)
    assert (heights[-1] - boxes[0].y) / boxes[0].height == pytest.approx(90 / 34)


def test_the_mark_stands_at_eighty_percent() -> None:
    sheet = pareto_chart(bars_of(), width=240)
    (mark,) = (line for line in shapes(sheet, Line) if line.strokeDashArray)
    (line,) = shapes(sheet, PolyLine)
    bottom, top = shapes(sheet, Rect)[0].y, line.points[-1]
    assert (mark.y1 - bottom) / (top - bottom) == pytest.approx(float(MARK))


def test_the_vital_few_stand_out_and_other_is_grey() -> None:
    fills = [
        f"#{int(box.fillColor.hexval(), 16):06X}" for box in shapes(pareto_chart(bars_of(), width=240), Rect)
    ]
    assert fills == [LIGHT.accent] * 3 + [LIGHT.control_edge] * 2 + [NOT_RATED]


@pytest.mark.parametrize("width", [200.0, 483.0])
@pytest.mark.parametrize(
    "bars", [[], bars_of(), bars_of((("Other", 1),)), bars_of(((LONG, 9), (LONG, 8), ("B", 1)))]
)
def test_nothing_overlaps_or_leaves_the_sheet(bars: list[ParetoBar], width: float) -> None:
    sheet = pareto_chart(bars, width=width, mark_label="80% of all")
    assert outside(sheet) == []
    assert overlaps(sheet) == []
    assert [shape for shape in shapes_of(sheet) if type(shape) not in KNOWN] == []
    assert {bar.figure for bar in bars} <= set(words_in(sheet))


def an_age(label: str, major: int, minor: int) -> AgeRow:
    parts = (
        AgePart(name="major", count=major, colour=LIGHT.bad),
        AgePart(name="minor", count=minor, colour=LIGHT.warn),
    )
    return AgeRow(label=label, parts=parts)


def test_ages_stand_on_one_scale_parted_by_grade() -> None:
    sheet = ageing_bars(
        [an_age("0 to 30 days", 1, 3), an_age("31 to 60 days", 0, 0), an_age("older", 0, 2)], width=240
    )
    wide = [box.width for box in shapes(sheet, Rect)]
    assert wide == pytest.approx([wide[0], 3 * wide[0], 2 * wide[0]])
    assert {"4", "0", "2", "major", "minor"} <= set(words_in(sheet))
    assert outside(sheet) == []
    assert overlaps(sheet) == []


def test_no_open_finding_draws_empty_rows() -> None:
    assert shapes(ageing_bars([an_age(LONG, 0, 0)], width=120), Rect) == []
    assert shapes(ageing_bars([], width=120), String) == []
