"""Whether the principal stands behind the programme is asked each quarter, and red where the same was missed twice in a row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from qma_app.domain.promise import SPONSOR_ANSWERS, Quarter, SponsorCheck
from qma_app.services.sponsoring import (
    SponsorView,
    answer_title,
    quarter_text,
    remove_sponsor_check,
    sponsorship,
    words_to_say,
    write_sponsor_check,
)
from tests.services.visiting import House, refused

pytest_plugins = ["tests.services.visiting_fixtures"]


def seen(house: House, on: date) -> SponsorView:
    with house.workspace.reading() as reader:
        return sponsorship(reader, house.engagement.id, on=on)


def write(house: House, quarter: str, **answers: Any) -> SponsorCheck:
    changes = write_sponsor_check(house.workspace, house.engagement.id, quarter, **answers)
    return changes.of(SponsorCheck)[0]


def test_a_quarter_is_written_once_and_completed_later(house: House) -> None:
    first = write(house, "2026-Q1", attends_opening=True, gives_time=False)
    house.clock.put(date(2026, 3, 30))
    again = write_sponsor_check(
        house.workspace,
        house.engagement.id,
        Quarter(2026, 1),
        words=" Only mornings ",
        gives_time=None,
        holds_reviews=True,
        on=date(2026, 3, 30),
    ).of(SponsorCheck)[0]
    assert again.id == first.id
    assert (again.attends_opening, again.gives_time, again.holds_reviews) == (True, None, True)
    assert (again.words, again.checked_on) == ("Only mornings", date(2026, 3, 30))
    remove_sponsor_check(house.workspace, first.id)
    assert seen(house, date(2026, 3, 31)).checks == ()


def test_wrong_quarters_and_answers_are_refused(house: House) -> None:
    with refused("sponsor.before-start"):
        write(house, "2025-Q4")
    with pytest.raises(ValueError, match="no quarter"):
        write(house, "2026-Q5")
    with pytest.raises(ValueError, match="smiles"):
        write(house, "2026-Q1", smiles=True)


def test_red_is_what_was_missed_in_the_last_two_quarters_it_was_looked_at(house: House) -> None:
    house.clock.put(date(2026, 9, 30))
    write(house, "2026-Q1", attends_closing=False, gives_money=False, calls_customers=False)
    write(house, "2026-Q2", attends_closing=False, gives_money=True)
    write(house, "2026-Q3", calls_customers=False, gives_money=False)
    view = seen(house, date(2026, 9, 30))
    assert view.red == ("attends_closing", "calls_customers")
    assert view.words == tuple(map(words_to_say, view.red))
    assert [one.quarter for one in view.checks] == ["2026-Q3", "2026-Q2", "2026-Q1"]
    assert seen(house, date(2026, 4, 1)).red == ("attends_closing",), (
        "a later quarter says nothing about an earlier day"
    )


def test_a_quarter_is_due_in_its_last_month_and_until_it_was_looked_at(house: House) -> None:
    assert not seen(house, date(2026, 1, 11)).is_due, "before the programme"
    assert seen(house, date(2026, 2, 28)).due is None
    assert seen(house, date(2026, 3, 1)).due == Quarter(2026, 1)
    assert seen(house, date(2026, 4, 1)).due == Quarter(2026, 1)
    write(house, "2026-Q1", gives_time=True)
    assert seen(house, date(2026, 4, 1)).due is None
    assert seen(house, date(2026, 6, 1)).due == Quarter(2026, 2)
    with house.workspace.writing("test.ended") as work:
        work.put(replace(house.engagement, ended_on=date(2026, 5, 31), ended_reason="sold"))
    assert not seen(house, date(2026, 6, 1)).is_due


def test_every_question_has_a_title_and_words_to_say() -> None:
    titles = {answer_title(name) for name in SPONSOR_ANSWERS}
    words = {words_to_say(name) for name in SPONSOR_ANSWERS}
    assert len(titles) == len(words) == len(SPONSOR_ANSWERS)
    assert quarter_text(Quarter(2026, 4)) == "Q4 2026"
