"""Days at the end of all calendars are refused in words, and a calendar takes back what it once said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest

from qma_app.domain.action import Action
from qma_app.domain.promise import Promise
from qma_app.services import visits
from qma_app.services.actions import change_action, plan_action
from qma_app.services.areas_left_out import leave_out_area
from qma_app.services.bin import restore_from_bin
from qma_app.services.calendars import calendar_bytes
from qma_app.services.dealerships import delete_dealership
from qma_app.services.plan_moving import move_area, move_phase
from qma_app.services.promises import change_promise, make_promise
from qma_app.services.undoing import undo
from tests.services import planned
from tests.services.visiting import MONDAY, House, make_house, refused

pytest_plugins = ["tests.services.visiting_fixtures"]

FAR = date(9890, 1, 1)
LAST = date.max


@pytest.fixture
def year(tmp_path: Path) -> Iterator[planned.House]:
    with planned.a_house(tmp_path / "p") as house:
        house.plan()
        yield house


class TestTheEndOfAllDays:
    """No calendar goes beyond the year 9999: what would is refused before anything is written."""

    def test_an_area_is_not_moved_there(self, year: planned.House) -> None:
        with refused("plan.days"):
            move_area(year.workspace, year.area("service").id, starts_on=LAST)

    def test_phases_are_not_pushed_there(self, year: planned.House) -> None:
        first, last = year.phases()[0], year.phases()[-1]
        move_phase(year.workspace, last.id, starts_on=FAR, ends_on=FAR + timedelta(days=30))
        with refused("plan.days"):
            move_phase(year.workspace, first.id, starts_on=first.starts_on, ends_on=FAR)

    @pytest.mark.parametrize("day", [LAST, date(9900, 1, 1)])
    def test_no_visit_is_planned_there(self, house: House, day: date) -> None:
        visit = house.plan(MONDAY)
        with refused("visit.too-late"):
            house.plan(day, despite=True)
        with refused("visit.too-late"):
            visits.change_visit(house.workspace, visit.id, planned_on=day, despite=True)


def test_the_last_area_of_a_programme_is_not_left_out(year: planned.House) -> None:
    *others, last = [area.id for area in year.edition.areas]
    for one in others:
        leave_out_area(year.workspace, year.engagement.id, one, "not here")
    with refused("setup.nothing-left"):
        leave_out_area(year.workspace, year.engagement.id, last, "not here")


def entries(house: House, *, everything: bool = True) -> dict[str, Any]:
    with house.workspace.reading() as reader:
        content = calendar_bytes(reader, None if everything else house.engagement.id, on=MONDAY)
    calendar = icalendar.Calendar.from_ical(content)
    return {str(one["UID"]): one for one in calendar.walk() if one.name in ("VEVENT", "VTODO")}


class TestWhatACalendarTakesBack:
    """Whoever imports it a second time is rid of what no longer holds."""

    def test_a_day_that_was_taken_away(self, house: House) -> None:
        action = plan_action(
            house.workspace, engagement_id=house.engagement.id, what="Forms", due_on=MONDAY, owner="Paul"
        ).made(Action)
        promise = make_promise(
            house.workspace, house.engagement.id, what="Pay", who="Paul", due_on=MONDAY
        ).made(Promise)
        before = entries(house)
        change_action(house.workspace, action.id, due_on=None)
        changed = change_promise(house.workspace, promise.id, due_on=None)
        after = entries(house)
        for uid in (f"action-{action.id}@qma-coach", f"promise-{promise.id}@qma-coach"):
            assert str(after[uid]["STATUS"]) == "CANCELLED"
            assert after[uid]["SEQUENCE"] > before[uid]["SEQUENCE"]
        undo(house.workspace, changed)
        uid = f"promise-{promise.id}@qma-coach"
        back = entries(house)[uid]
        assert str(back["STATUS"]) == "NEEDS-ACTION"
        assert back["SEQUENCE"] > after[uid]["SEQUENCE"]

    @pytest.mark.parametrize("everything", [True, False])
    def test_a_dealership_that_was_deleted(self, house: House, everything: bool) -> None:
        other = make_house(house.workspace, house.clock, "Autohaus Zwei")
        visit, theirs = house.plan(MONDAY), other.plan(date(2026, 3, 3))
        uid = f"visit-{visit.id}@qma-coach"
        before = entries(house)[uid]["SEQUENCE"]
        delete_dealership(house.workspace, house.dealership.id)
        gone = entries(house, everything=everything)
        assert str(gone[uid]["STATUS"]) == "CANCELLED"
        assert str(gone[f"audit-{house.engagement.id}@qma-coach"]["STATUS"]) == "CANCELLED"
        assert gone[uid]["SEQUENCE"] > before
        assert str(entries(house)[f"visit-{theirs.id}@qma-coach"]["STATUS"]) == "CONFIRMED"
        restore_from_bin(house.workspace, type(house.dealership), house.dealership.id)
        back = entries(house)[uid]
        assert str(back["STATUS"]) == "CONFIRMED"
        assert back["SEQUENCE"] > gone[uid]["SEQUENCE"]
