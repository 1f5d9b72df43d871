"""What was promised is noted once, kept, late or broken by its days, and stands as it was signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from qma_app.domain.charter import Charter
from qma_app.domain.ids import CharterId
from qma_app.domain.people import Person
from qma_app.domain.promise import Promise, PromiseState, Quarter
from qma_app.domain.visit import Signature
from qma_app.services import visits
from qma_app.services.people import add_person
from qma_app.services.promises import (
    PromiseBook,
    break_promise,
    change_promise,
    delete_promise,
    keep_promise,
    make_promise,
    promise_book,
    reopen_promise,
)
from tests.services.visiting import MONDAY, House, make_house, refused

pytest_plugins = ["tests.services.visiting_fixtures"]

DUE = date(2026, 3, 31)


def promised(house: House, what: str = "A second tester", **fields: Any) -> Promise:
    given = {"who": "Paul Principal", "due_on": DUE, **fields}
    return make_promise(house.workspace, house.engagement.id, what=what, **given).made(Promise)


def now(house: House, promise: Promise) -> Promise:
    return house.get(Promise, promise.id)


def book(house: House, on: date) -> PromiseBook:
    with house.workspace.reading() as reader:
        return promise_book(reader, house.engagement.id, on=on)


def test_a_promise_has_a_number_words_a_giver_and_days_in_order(house: House) -> None:
    first, second = promised(house), promised(house)
    delete_promise(house.workspace, second.id)
    assert [one.number for one in (first, promised(house))] == [1, 3]
    assert first.made_on == date(2026, 2, 2)
    for wrong in ({"what": " "}, {"who": ""}):
        with refused("promise.words-missing"):
            promised(house, **wrong)
    with refused("promise.days"):
        promised(house, made_on=date(2026, 4, 1))
    with refused("promise.days"):
        change_promise(house.workspace, first.id, due_on=date(2026, 2, 1))
    with pytest.raises(ValueError, match="kept_on"):
        change_promise(house.workspace, first.id, kept_on=DUE)
    change_promise(house.workspace, first.id, what="Two testers", due_on=None)
    assert (now(house, first).what, now(house, first).due_on) == ("Two testers", None)


def test_the_giver_is_known_by_name_among_the_people_of_the_house(house: House) -> None:
    paul = add_person(house.workspace, name="Paul Principal", dealership_id=house.dealership.id).made(Person)
    assert promised(house, who=" paul principal").person_id == paul.id
    assert promised(house, who="Somebody else").person_id is None
    assert promised(house, who=house.coach.name).person_id is None
    assert promised(house, who=house.coach.name, is_coachs=True).person_id == house.coach.id


def test_a_promise_belongs_to_visits_of_its_own_programme(house: House) -> None:
    visit = make_house(house.workspace, house.clock, "Autohaus Muster").plan(MONDAY)
    with refused("promise.other-programme"):
        promised(house, visit_id=visit.id)


def test_kept_late_and_broken_go_by_the_days(house: House) -> None:
    promise = promised(house)
    house.clock.put(date(2026, 6, 1))
    with refused("promise.days"):
        keep_promise(house.workspace, promise.id, on=date(2026, 2, 1))
    keep_promise(house.workspace, promise.id, on=DUE, outcome="He started")
    assert now(house, promise).state_on(DUE) is PromiseState.KEPT
    keep_promise(house.workspace, promise.id, on=date(2026, 4, 1))
    assert now(house, promise).state_on(date(2026, 4, 1)) is PromiseState.KEPT_LATE
    assert now(house, promise).outcome == "He started"
    break_promise(house.workspace, promise.id, on=date(2026, 4, 2))
    assert (now(house, promise).kept_on, now(house, promise).broken_on) == (None, date(2026, 4, 2))
    reopen_promise(house.workspace, promise.id)
    assert now(house, promise).state_on(date(2026, 4, 3)) is PromiseState.LATE


def test_the_book_counts_what_the_dealership_promised_and_lists_both_sides(house: House) -> None:
    kept, late_kept, broken, late, waiting, ours = (
        promised(house, "kept"),
        promised(house, "kept late"),
        promised(house, "broken", due_on=date(2026, 7, 31)),
        promised(house, "late"),
        promised(house, "waiting", due_on=None),
        promised(house, "ours", is_coachs=True, due_on=date(2026, 3, 1)),
    )
    house.clock.put(date(2026, 6, 1))
    keep_promise(house.workspace, kept.id, on=date(2026, 3, 20))
    keep_promise(house.workspace, late_kept.id, on=date(2026, 4, 20))
    break_promise(house.workspace, broken.id, on=date(2026, 5, 5))
    seen = book(house, date(2026, 5, 31))
    assert [one.id for one in seen.open] == [ours.id, late.id, waiting.id]
    assert [one.id for one in seen.settled] == [broken.id, late_kept.id, kept.id]
    assert (seen.kept, seen.kept_late, seen.late, seen.broken) == (1, 1, 1, 1)
    assert seen.kept_share == Fraction(25)
    assert [(str(one.quarter), one.due, one.kept) for one in seen.trend] == [
        ("2026-Q1", 3, 1),
        ("2026-Q2", 1, 0),
    ]
    assert seen.trend[0].share == Fraction(100, 3)


def test_the_book_of_an_earlier_day_knows_nothing_of_what_came_later(house: House) -> None:
    promise = promised(house)
    house.clock.put(date(2026, 6, 1))
    keep_promise(house.workspace, promise.id, on=date(2026, 3, 20))
    seen = book(house, date(2026, 3, 19))
    assert ([one.id for one in seen.open], seen.settled, seen.kept_share, seen.trend) == (
        [promise.id],
        (),
        None,
        (),
    )


def test_what_stands_on_signed_minutes_is_settled_but_not_changed(house: House) -> None:
    visit = house.plan(MONDAY)
    house.clock.put(MONDAY)
    visits.start_visit(house.workspace, visit.id)
    promise = promised(house, visit_id=visit.id)
    visits.close_visit(house.workspace, visit.id)
    pen = Signature(name="Paul", function="", strokes=((1, 1, 9, 9),), signed_at=house.clock())
    visits.sign_visit(house.workspace, visit.id, pen)
    for attempt in (
        lambda: change_promise(house.workspace, promise.id, due_on=date(2026, 12, 31)),
        lambda: change_promise(house.workspace, promise.id, visit_id=None),
        lambda: delete_promise(house.workspace, promise.id),
        lambda: promised(house, visit_id=visit.id),
        lambda: change_promise(house.workspace, promised(house).id, visit_id=visit.id),
    ):
        with refused("visit.signed"):
            attempt()
    house.clock.put(DUE)
    keep_promise(house.workspace, promise.id, on=DUE)
    assert now(house, promise).kept_on == DUE


def test_what_stands_on_the_signed_charter_is_not_changed(house: House) -> None:
    charter = Charter(id=CharterId("charter"), engagement_id=house.engagement.id)
    with house.workspace.writing("test.charter") as work:
        charter = work.put(charter)
    promise = promised(house, charter_id=charter.id)
    change_promise(house.workspace, promise.id, what="Still open")
    with house.workspace.writing("test.signed") as work:
        work.put(replace(charter, signed_on=MONDAY, signed_by="Paul"))
    with refused("promise.signed"):
        change_promise(house.workspace, promise.id, what="Less")
    house.clock.put(DUE)
    break_promise(house.workspace, promise.id, on=DUE)


@pytest.mark.parametrize(
    ("day", "quarter"),
    [(date(2026, 1, 1), "2026-Q1"), (date(2026, 12, 31), "2026-Q4"), (date(2028, 2, 29), "2028-Q1")],
)
def test_a_day_lies_in_its_quarter(day: date, quarter: str) -> None:
    assert Quarter.of(day) == Quarter.parse(quarter)
