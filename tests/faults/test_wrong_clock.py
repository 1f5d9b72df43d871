"""A laptop whose clock is wrong, goes back or changes its zone loses nothing and turns nothing round."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence
from qma_app.domain.finding import Finding
from qma_app.domain.record import utc, utc_text
from qma_app.services import assessments, backups, evidence, findings, ratings
from qma_app.services.bin import list_bin, restore_from_bin
from qma_app.services.log import verify_path, verify_workspace
from qma_app.services.today import today
from qma_app.services.undoing import undo
from qma_app.services.workspace import open_workspace
from tests.builders import NOW, TODAY, an_engagement
from tests.faults.houses import a_house
from tests.services.conftest import PRICE, Programme

HOUR, YEAR = timedelta(hours=1), timedelta(days=365)


class SetClock:
    """A clock that somebody sets; it goes on by a second at each look."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def turn(self, by: timedelta) -> None:
        self.now += by


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def house(tmp_path: Path, clock: SetClock) -> Iterator[Programme]:
    house = a_house(tmp_path / "w", clock=clock)
    yield house
    house.workspace.close()


@contextmanager
def in_zone(name: str) -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = name
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


@pytest.mark.parametrize("by", [-HOUR, -YEAR, YEAR, timedelta(days=-20 * 365)])
def test_the_log_goes_by_its_numbers_whatever_the_clock_says(
    house: Programme, clock: SetClock, by: timedelta
) -> None:
    workspace = house.workspace
    first = ratings.rate_checkpoint(workspace, house.assessment.id, PRICE, points=4)
    clock.turn(by)
    second = ratings.rate_checkpoint(workspace, house.assessment.id, PRICE, points=8)
    assert second.seq == first.seq + 1
    with workspace.reading() as reader:
        last = list(reader.log_entries())[-2:]
        assert [entry.seq for entry in last] == [first.seq, second.seq]
        assert (last[0].at > last[1].at) == (by < timedelta(0))
        assert reader.log_head().seq == second.seq
        assert today(reader, house.dealership.id, on=clock.now.date()).month >= 0
    undo(workspace, second)
    undo(workspace, first)
    assert house.rating(PRICE) is None
    assert verify_workspace(workspace).is_genuine


@pytest.mark.parametrize("by", [-HOUR, -YEAR, YEAR])
def test_the_standing_goes_by_the_number_of_the_assessment(
    house: Programme, clock: SetClock, by: timedelta
) -> None:
    ratings.rate_checkpoint(house.workspace, house.assessment.id, PRICE, points=4)
    assessments.complete_assessment(house.workspace, house.assessment.id)
    clock.turn(by)
    second = house.start(AssessmentKind.PROGRESS)
    ratings.rate_checkpoint(house.workspace, second.id, PRICE, points=8)
    with house.workspace.reading() as reader:
        assert reader.standing(house.engagement.id)[PRICE].points == 8


def test_no_backup_goes_because_of_a_wrong_date(house: Programme, clock: SetClock) -> None:
    """Fourteen days under a clock a year behind do not push out what was saved before, nor are they pushed out."""
    workspace = house.workspace
    made: list[Path] = []

    def a_day_with_work(number: int) -> None:
        ratings.write_note(workspace, house.assessment.id, PRICE, text=f"day {number} {clock.now}")
        file = backups.back_up_daily(workspace)
        assert file is not None
        made.append(file)
        clock.turn(timedelta(days=1))

    for number in range(3):
        a_day_with_work(number)
    clock.turn(-YEAR)
    for number in range(3, 19):
        a_day_with_work(number)
    kept = set(made) & {row.path for row in backups.list_backups(workspace.folder)}
    assert set(made[-14:]) <= kept  # the last fourteen by the log
    assert set(made[:3]) <= kept  # the newest by the clock, for nobody knows which one is right
    assert verify_path(made[-1]).is_genuine


def test_the_bin_gives_back_what_was_deleted_under_another_clock(house: Programme, clock: SetClock) -> None:
    finding = findings.raise_from_checkpoint(house.workspace, house.assessment.id, PRICE).made(Finding)
    findings.delete_finding(house.workspace, finding.id)
    clock.turn(-YEAR)
    assert [row.id for row in list_bin(house.workspace)] == [finding.id]
    restore_from_bin(house.workspace, Finding, finding.id)
    assert list_bin(house.workspace) == ()


@pytest.mark.parametrize("by", [-YEAR, -HOUR, YEAR])
def test_a_start_under_a_wrong_clock_takes_no_evidence_out_of_the_bin(
    house: Programme, clock: SetClock, by: timedelta
) -> None:
    item = evidence.add_evidence(
        house.workspace, engagement_id=house.engagement.id, data=b"order;price\n", name="orders.csv"
    ).made(Evidence)
    evidence.remove_evidence(house.workspace, item.id)
    house.workspace.close()
    right = clock.now
    clock.turn(by)
    open_workspace(house.workspace.folder, clock=clock).close()
    clock.now = right
    with open_workspace(house.workspace.folder, clock=clock) as again:
        restore_from_bin(again, Evidence, item.id)
        assert again.store.evidence.get(item.digest) == b"order;price\n"


@pytest.mark.parametrize(
    ("started", "day", "month"),
    [
        (date(2024, 2, 29), date(2024, 2, 28), 0),
        (date(2024, 2, 29), date(2024, 2, 29), 1),
        (date(2024, 2, 29), date(2024, 3, 28), 1),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2024, 2, 29), date(2025, 3, 1), 13),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2026, 1, 12), date(2025, 1, 12), 0),
        (date(2026, 1, 12), date(1970, 1, 1), 0),
    ],
)
def test_months_are_counted_through_leap_years_and_never_below_nothing(
    started: date, day: date, month: int
) -> None:
    engagement: Engagement = an_engagement(started_on=started)
    assert engagement.month_on(day) == month


def test_no_figure_turns_negative_before_the_start(house: Programme) -> None:
    with house.workspace.reading() as reader:
        view = today(reader, house.dealership.id, on=TODAY - YEAR * 3)
    assert view.month == 0
    assert view.overdue == ()


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/St_Johns", "Europe/Berlin"])
def test_an_instant_is_the_same_in_each_zone(house: Programme, zone: str) -> None:
    """Also in the hour that summer time gives twice."""
    twice = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    with in_zone(zone):
        assert [utc(utc_text(at.astimezone())) for at in twice] == list(twice)
        assert utc_text(twice[0].astimezone()) < utc_text(twice[1].astimezone())
        rated = ratings.rate_checkpoint(house.workspace, house.assessment.id, PRICE, points=8)
    with in_zone("UTC"), house.workspace.reading() as reader:
        assert reader.ratings(house.assessment.id)[PRICE].rated_at == rated.at
        assert reader.verify_log() == ()
