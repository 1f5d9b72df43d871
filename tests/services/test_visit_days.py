"""What stands against a visit on a day, and the next day on which nothing does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from qma_app.domain.dealership import ClosingDay, Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import ClosingDayId, EngagementId, VisitId
from qma_app.domain.people import Person
from qma_app.domain.visit import Visit
from qma_app.errors import RuleBroken
from qma_app.services.dealerships import add_dealership
from qma_app.services.people import add_person
from qma_app.services.visit_days import ObstacleKind, calendar_of, day_obstacles, free_day
from tests.services.planned import House, a_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with a_house(tmp_path / "w") as house:
        yield house


def kinds(house: House, day: date, **options: VisitId) -> list[ObstacleKind]:
    with house.workspace.reading() as reader:
        return [one.kind for one in day_obstacles(reader, house.engagement.id, day, **options)]


def words(house: House, day: date) -> list[str]:
    with house.workspace.reading() as reader:
        return [one.words for one in day_obstacles(reader, house.engagement.id, day)]


def free(house: House, near: date) -> date:
    with house.workspace.reading() as reader:
        return free_day(reader, house.engagement.id, near)


def move_to(house: House, country: str, region: str = "") -> None:
    with house.workspace.reading() as reader:
        dealership = reader.get(Dealership, house.engagement.dealership_id)
    house.put(replace(dealership, country=country, region=region))


def close(house: House, first_on: date, last_on: date, why: str = "") -> None:
    house.put(
        ClosingDay(
            id=ClosingDayId(f"closing {first_on}"),
            dealership_id=house.engagement.dealership_id,
            first_on=first_on,
            last_on=last_on,
            words=why,
        )
    )


def visit(engagement_id: EngagementId, number: int, day: date, **fields: object) -> Visit:
    one = Visit(
        id=VisitId(f"visit {engagement_id} {number}"),
        engagement_id=engagement_id,
        number=number,
        planned_on=day,
    )
    return replace(one, **fields)  # type: ignore[arg-type]  # any field of Visit


class TestObstacles:
    """Each kind of obstacle in its words."""

    def test_an_ordinary_day_is_free(self, house: House) -> None:
        assert kinds(house, date(2026, 3, 9)) == []

    def test_weekends(self, house: House) -> None:
        assert words(house, date(2026, 3, 7)) == ["a Saturday"]
        assert words(house, date(2026, 3, 8)) == ["a Sunday"]

    def test_public_holidays_of_the_country(self, house: House) -> None:
        assert words(house, date(2026, 4, 3)) == ["a public holiday: Good Friday"]

    def test_holidays_of_the_region_count_where_it_is_known(self, house: House) -> None:
        corpus_christi = date(2026, 6, 4)
        assert kinds(house, corpus_christi) == []
        move_to(house, "DE", "BY")
        assert kinds(house, corpus_christi) == [ObstacleKind.HOLIDAY]

    def test_closing_times_with_their_words(self, house: House) -> None:
        close(house, date(2026, 8, 10), date(2026, 8, 21), "works holiday")
        close(house, date(2026, 9, 1), date(2026, 9, 1))
        assert words(house, date(2026, 8, 21)) == ["closed: works holiday"]
        assert words(house, date(2026, 9, 1)) == ["the dealership is closed"]
        assert kinds(house, date(2026, 8, 24)) == []

    def test_before_the_start_and_after_the_agreed_end(self, house: House) -> None:
        assert ObstacleKind.BEFORE_START in kinds(house, date(2026, 2, 27))
        assert kinds(house, date(2027, 9, 2)) == []
        assert kinds(house, date(2027, 9, 3)) == [ObstacleKind.AFTER_AUDIT]

    def test_once_the_audit_is_left_there_is_no_end(self, house: House) -> None:
        house.plan()
        assert kinds(house, date(2027, 9, 3)) == [ObstacleKind.AFTER_AUDIT]
        audit = house.phase("audit")
        house.put(replace(audit, passed_on=audit.ends_on))
        assert kinds(house, date(2027, 9, 3)) == []

    def test_another_visit_here_that_was_not_called_off(self, house: House) -> None:
        day = date(2026, 3, 9)
        one = visit(house.engagement.id, 1, day)
        house.put(one)
        assert words(house, day) == ["visit 1 is on this day"]
        assert kinds(house, day, but=one.id) == []
        house.put(replace(house.now(one), cancelled_on=day))
        assert kinds(house, day) == []

    def test_the_coach_is_at_another_dealership(self, house: House) -> None:
        coach = add_person(house.workspace, name="Ada Sample").made(Person)
        other = add_dealership(
            house.workspace, name="Autohaus Zwei", country="DE", started_on=date(2026, 1, 5)
        )
        elsewhere = other.made(Engagement)
        day, done = date(2026, 3, 9), date(2026, 3, 10)
        house.put(
            replace(house.now(house.engagement), coach_id=coach.id), replace(elsewhere, coach_id=coach.id)
        )
        house.put(
            visit(elsewhere.id, 1, day, coach_id=coach.id),
            visit(elsewhere.id, 2, done, coach_id=coach.id, closed_at=datetime(2026, 3, 10, tzinfo=UTC)),
        )
        assert words(house, day) == ["the coach is at Autohaus Zwei"]
        assert kinds(house, done) == []
        with house.workspace.writing("test.deleted") as work:
            work.delete(work.get(Dealership, elsewhere.dealership_id))
        assert kinds(house, day) == []

    @pytest.mark.parametrize(
        ("country", "region", "remark"),
        [
            ("DE", "BY", ""),
            ("XX", "", "Public holidays of XX are not known here: look at them yourself."),
            ("DE", "ZZ", "ZZ is not a known region of DE: only national holidays count."),
        ],
    )
    def test_an_unknown_country_or_region_is_said(
        self, house: House, country: str, region: str, remark: str
    ) -> None:
        move_to(house, country, region)
        with house.workspace.reading() as reader:
            found = calendar_of(reader, house.engagement.id)
        assert found.remark == remark
        assert bool(found.holiday(date(2026, 10, 3))) == (country == "DE")


class TestFreeDay:
    """The next day without an obstacle."""

    def test_the_next_working_day(self, house: House) -> None:
        assert free(house, date(2026, 4, 3)) == date(2026, 4, 7)  # Good Friday to the day after Easter Monday

    def test_february_29_is_a_day_like_any_other(self, tmp_path: Path) -> None:
        with a_house(tmp_path / "leap", started_on=date(2028, 1, 3)) as house:
            assert free(house, date(2028, 2, 29)) == date(2028, 2, 29)

    def test_before_the_start_the_first_free_day_of_the_programme(self, house: House) -> None:
        assert free(house, date(2025, 1, 1)) == date(2026, 3, 2)

    def test_where_nothing_is_free_until_the_end_the_last_day_before(self, house: House) -> None:
        close(house, date(2027, 8, 2), date(2027, 12, 31))
        assert free(house, date(2027, 8, 20)) == date(2027, 7, 30)
        assert free(house, date(2028, 8, 20)) == date(2027, 7, 30)

    def test_a_house_that_is_always_closed_is_told(self, house: House) -> None:
        close(house, date(2026, 1, 1), date(2028, 12, 31))
        with pytest.raises(RuleBroken, check=lambda error: error.code == "visit.no-free-day"):
            free(house, date(2026, 5, 5))
