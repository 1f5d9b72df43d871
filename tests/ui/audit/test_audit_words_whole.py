"""What the head of an audit says stands whole on the screen, in the longest language too."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from qma_app.domain.audit_path import PathStep, StepCode, StepState, step_title
from qma_app.i18n import in_language
from ui import theme
from ui.audit.stepper import Stepper
from ui.audit.words import days_words


def steps() -> tuple[PathStep, ...]:
    return tuple(
        PathStep(code=code, state=StepState.DONE, title=step_title(code), words="", done=447, count=447)
        for code in StepCode
    )


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("wide", [920, 1188])
def test_no_word_of_a_step_is_cut(qtbot: QtBot, language: str, wide: int) -> None:
    with in_language(language):
        stepper = Stepper()
        qtbot.addWidget(stepper)
        stepper.resize(wide, stepper.height())
        stepper.show_steps(steps(), "plan")
    cells = list(stepper.cells.values())
    assert all(cell.needed() <= cell.width() for cell in cells)
    line = [cell.geometry() for cell in cells if cell.y() == cells[0].y()]
    assert (line[0].left(), line[-1].right()) == (1, wide - 2)
    assert all(0 < right.left() - left.right() <= 2 for left, right in itertools.pairwise(line))


def test_steps_are_alike_wide_where_every_word_has_room(qtbot: QtBot) -> None:
    stepper = Stepper()
    qtbot.addWidget(stepper)
    stepper.resize(1600, stepper.height())
    stepper.show_steps(steps(), "plan")
    widths = {cell.width() for cell in stepper.cells.values()}
    assert max(widths) - min(widths) <= 2
    assert stepper.height() == theme.px(38)


@pytest.mark.parametrize(
    ("language", "first", "last", "said"),
    [
        ("en", date(2026, 11, 16), date(2026, 11, 18), "16–18 Nov 2026"),
        ("de", date(2026, 11, 16), date(2026, 11, 18), "16.–18. Nov. 2026"),
        ("de", date(2026, 11, 30), date(2026, 12, 2), "30. Nov. 2026 bis 2. Dez. 2026"),
        ("de", date(2026, 11, 16), date(2026, 11, 16), "16. Nov. 2026"),
    ],
)
def test_the_days_of_an_audit_are_said_as_the_language_says_them(
    language: str, first: date, last: date, said: str
) -> None:
    with in_language(language):
        assert days_words(first, last) == said
