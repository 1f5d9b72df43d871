"""What tests of days that do not fit begin with: a visit under way, a promise, an end, and where the log stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from qma_app.domain.plan import PlannedArea
from qma_app.domain.promise import Promise
from qma_app.domain.record import Changes
from qma_app.domain.visit import Visit
from qma_app.services.engagements import change_engagement
from qma_app.services.promises import make_promise
from qma_app.services.setting_up import (
    end_engagement,
)
from qma_app.services.visits import (
    start_visit,
)
from tests.services.coaching_year.year import (
    PRINCIPAL,
    START,
    Year,
)

BEFORE = START - timedelta(days=1)
TOMORROW = START + timedelta(days=1)
ALL_SAINTS = date(2027, 11, 1)
"""A Monday, and a public holiday in Bavaria but not in every region."""
LEAP_DAY = date(2028, 2, 29)
ENDED = ("visit.after-end", "plan.ended", "engagement.ended")
Attempt = Callable[[Year], object]


def log_head(year: Year) -> int:
    with year.workspace.reading() as reader:
        return reader.log_head().seq


def a_promise(year: Year, **days: Any) -> Promise:
    return year.mine(make_promise, what="Comes", who=PRINCIPAL, **({"due_on": None} | days)).made(Promise)


def first_area(year: Year) -> PlannedArea:
    return min(year.all(PlannedArea), key=lambda one: one.place)


def running(year: Year) -> Visit:
    """The first visit of the plan, begun half past eight."""
    visit = year.next_visit()
    year.at(visit.planned_on, 8, 30)
    year.do(start_visit, visit.id)
    return year.get(Visit, visit.id)


def an_end(year: Year, on: date) -> Changes:
    return year.mine(end_engagement, on=on, reason="sold")


def a_start(year: Year, on: date) -> Changes:
    return year.mine(change_engagement, started_on=on)
