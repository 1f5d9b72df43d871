"""The fishbone shows every cause once, keeps its words apart whatever there is to say, and grows instead of overlapping."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.graphics.shapes import Circle, Drawing, Rect, String

from qma_app.charts.fishbone import fishbone
from qma_app.charts.lettering import text_width, wrapped
from qma_app.design import DARK, LIGHT
from qma_app.domain.cause import Cause
from qma_app.domain.cause_rules import CauseTree
from qma_app.domain.ids import CauseId
from tests.builders import a_finding, an_engagement
from tests.charts.test_charts import KNOWN, _bounds_of, shapes, shapes_of

TITLES = {"people": "People", "method": "Method", "machine": "Machine or system", "": "No category yet"}
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung"
STATEMENT = "Two of ten orders carry no price."


def a_cause(id: str, words: str, parent: str | None = None, **changes: Any) -> Cause:
    return Cause(
        id=CauseId(id), engagement_id=an_engagement().id, finding_id=a_finding().id, words=words,
        parent_id=CauseId(parent) if parent else None, **changes,
    )  # fmt: skip


def three_whys() -> list[Cause]:
    return [
        a_cause("1", "The form has no field for it", category="method"),
        a_cause("2", "It was drawn before prices were asked", "1"),
        a_cause("3", "Nobody owns the form", "2", category="machine", is_changeable=True),
        a_cause("4", "Noon is too busy", category="people", place=1),
    ]


def drawn(causes: list[Cause], *, statement: str = STATEMENT, width: float = 483, **how: Any) -> Drawing:
    return fishbone(causes, statement, TITLES, width=width, **how)


def text_of(sheet: Drawing) -> str:
    return " ".join(shape.text for shape in shapes(sheet, String))


def without_spaces(text: str) -> str:
    return "".join(text.split())


def overlaps(sheet: Drawing) -> list[tuple[str, str]]:
    boxes = [(shape.text, _bounds_of(shape)) for shape in shapes(sheet, String)]
    return [
        (one, other)
        for (one, a), (other, b) in itertools.combinations(boxes, 2)
        if a[0] < b[2] - 0.2 and b[0] < a[2] - 0.2 and a[1] < b[3] - 0.2 and b[1] < a[3] - 0.2
    ]


def outside(sheet: Drawing) -> list[Any]:
    found = []
    for shape in shapes_of(sheet):
        left, bottom, right, top = _bounds_of(shape)
        if left < -1 or bottom < -1 or right > sheet.width + 1 or top > sheet.height + 1:
            found.append(shape)
    return found


def test_every_cause_the_statement_and_each_category_stand_on_it() -> None:
    text = without_spaces(text_of(drawn(three_whys())))
    for words in (
        *(cause.words for cause in three_whys()),
        STATEMENT,
        "Method",
        "People",
        "Machine or system",
    ):
        assert without_spaces(words) in text
    assert "No category" not in text_of(drawn(three_whys()))


def test_root_causes_are_bold_behind_a_dot_and_others_are_not() -> None:
    sheet = drawn(three_whys())
    bold = {shape.text for shape in shapes(sheet, String) if "SemiBold" in shape.fontName}
    assert any("Nobody owns the form" in text for text in bold)
    assert not any("no field" in text for text in bold)
    assert len(shapes(sheet, Circle)) == 1


def test_a_ticked_cause_that_was_asked_on_is_no_root() -> None:
    causes = [a_cause("1", "First", is_changeable=True), a_cause("2", "Second", "1")]
    assert shapes(drawn(causes), Circle) == []


def test_causes_without_a_category_hang_on_a_bone_of_their_own() -> None:
    assert "No category yet" in text_of(drawn([a_cause("1", "Unsorted")]))


def test_a_category_the_edition_does_not_know_is_named_by_its_id() -> None:
    assert "weather" in text_of(drawn([a_cause("1", "Rain", category="weather")]))


def test_a_finding_without_causes_has_a_head_and_a_spine() -> None:
    sheet = drawn([])
    assert without_spaces(text_of(sheet)) == without_spaces(STATEMENT)


def test_it_grows_where_the_causes_need_it_and_keeps_the_height_asked_for_otherwise() -> None:
    few, many = three_whys(), [a_cause(str(n), f"Cause {n} {LONG}", category="method") for n in range(40)]
    assert drawn(few, height=300).height == pytest.approx(300)
    assert drawn(many, height=300).height > 300
    assert drawn(few).height < 200


def test_a_cause_that_is_its_own_reason_does_not_stop_it() -> None:
    ring = [a_cause("1", "One", "2"), a_cause("2", "Two", "1")]
    assert {"One", "Two"} <= {shape.text for shape in shapes(drawn(ring), String)}


def test_it_takes_a_tree_or_its_causes_and_the_colours_of_the_appearance() -> None:
    tree = fishbone(CauseTree(three_whys()), STATEMENT, TITLES, width=483)
    assert text_of(tree) == text_of(drawn(three_whys()))
    fills = [
        {shape.fillColor.hexval() for shape in shapes(drawn(three_whys(), palette=palette), Rect)}
        for palette in (LIGHT, DARK)
    ]
    assert fills[0] != fills[1]


@st.composite
def forests(draw: st.DrawFn) -> list[Cause]:
    count = draw(st.integers(1, 40))
    words = st.sampled_from(
        ("Short", "Nobody looks whether the call was made", LONG, f"{LONG} and {LONG}", "")
    )
    return [
        a_cause(
            str(n),
            draw(words),
            draw(st.sampled_from([None, *map(str, range(n))])),
            category=draw(st.sampled_from(["", *TITLES, "weather", LONG])),
            is_changeable=draw(st.booleans()),
        )
        for n in range(count)
    ]


@settings(max_examples=25, deadline=None)
@given(forests(), st.sampled_from((190.0, 245.0, 483.0, 900.0)), st.sampled_from((0.0, 400.0)))
def test_words_never_run_into_each_other_nor_leave_the_sheet(
    causes: list[Cause], width: float, height: float
) -> None:
    sheet = drawn(causes, statement=f"{STATEMENT} {LONG}", width=width, height=height)
    assert overlaps(sheet) == []
    assert outside(sheet) == []
    assert [shape for shape in shapes_of(sheet) if type(shape) not in KNOWN] == []
    assert len(shapes(sheet, Circle)) == len(CauseTree(causes).roots)


@pytest.mark.parametrize("text", ["", "one", LONG * 2, f"a {LONG} b", "one two three four five six seven"])
def test_wrapped_lines_fit_and_lose_no_letter(text: str) -> None:
    lines = wrapped(text, 60, 7)
    assert without_spaces("".join(lines)) == without_spaces(text)
    assert all(text_width(line, 7) <= 60 for line in lines)


def test_of_too_many_lines_the_last_says_that_more_was_meant() -> None:
    lines = wrapped("one two three four five six seven", 40, 7, most=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
