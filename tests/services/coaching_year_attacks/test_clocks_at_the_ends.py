"""A computer whose clock stands at an end of the calendar shows its records all the same."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from qma_app.domain.review_inputs import review_inputs
from qma_app.services.journey import journey
from qma_app.services.next_steps import next_steps
from qma_app.services.portfolio import portfolio
from qma_app.services.readiness import readiness
from qma_app.services.targets import targets_view
from qma_app.services.today import today
from qma_app.services.today_programme import today_programme
from tests.services.coaching_year.year import a_year
from tests.services.visiting import House

pytest_plugins = ["tests.services.visiting_fixtures"]

ENDS = (date.min, date(1, 2, 3), date(9999, 1, 1), date.max)


@pytest.mark.parametrize("on", ENDS)
@pytest.mark.parametrize("is_planned", [False, True])
def test_every_view_opens(tmp_path: Path, on: date, is_planned: bool) -> None:
    with a_year(tmp_path / "w", is_planned=is_planned) as year, year.workspace.reading() as reader:
        id, house = year.engagement_id, portfolio(reader, on=on).lines[0].dealership.id
        today(reader, house, on=on)
        today_programme(reader, id, on=on)
        next_steps(reader, id, on=on)
        readiness(reader, id, on=on)
        review_inputs(reader, id, on=on)
        targets_view(reader, id, on=on)
        view = journey(reader, id, on=on)
        assert (view.last.year - view.first.year) <= 25
        assert len(view.course.assessed) <= 12 * 25


def test_a_day_of_today_is_shown_as_it_is_however_late_the_programme(tmp_path: Path) -> None:
    with a_year(tmp_path / "w", is_planned=True) as year, year.workspace.reading() as reader:
        shown = journey(reader, year.engagement_id, on=date(2035, 5, 6))
        assert shown.last >= date(2035, 7, 6)


@pytest.mark.parametrize("at", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_such_a_clock_gives_a_day_to_count_from(house: House, at: datetime) -> None:
    house.workspace.clock = lambda: at
    day = house.workspace.today()
    assert date(11, 1, 1) <= day <= date(9989, 12, 31)
    with house.workspace.reading() as reader:
        assert portfolio(reader, on=day).lines
