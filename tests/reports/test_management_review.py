"""The management review on paper: an agenda to write on before it is held, minutes of that day afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from qma_app.domain.finding import FindingGrade
from qma_app.domain.review import ReviewRemark
from qma_app.errors import NotFound
from qma_app.i18n import in_language
from qma_app.reports import management_review
from tests.builders import a_finding, an_action
from tests.reports.fake_reader import FakeReader
from tests.reports.living import a_programme
from tests.reports.principal_house import (
    a_decision,
    a_full_year,
    a_held_review,
    a_huge_year,
    a_review,
)
from tests.reports.reading_back import body_text, opened, page_texts, squeezed
from tests.reports.year_house import a_year, year_pdf


def the_pdf(reader: FakeReader, of: str | None = None, **how: Any) -> bytes:
    return year_pdf(management_review, reader, of, **how)


def words_of(reader: FakeReader, of: str | None = None, **how: Any) -> str:
    return " ".join(body_text(the_pdf(reader, of, **how)).split())


def test_minutes_have_people_inputs_remarks_decisions_and_the_conclusion() -> None:
    text = squeezed(words_of(a_full_year(), "1"))
    for said in (
        "MINUTES OF A MANAGEMENT REVIEW",
        "Management review 1: Monday, 3 Aug 2026",
        "Planned Saturday, 1 Aug 2026",
        "Led by Petra Principal",
        "The house is on its way",
        "Petra Principal Managing director",
        "2 Changes around the house",
        "The bonus changes in January.",
        "C15 Ready when promised: 87 % in July 2026",
        "The parts counter gets two hours a week Petra Principal 2 Nov 2026",
        "Buy a lamp Petra Principal 2 Jan 2027 A-001",
        "Change log: 42 entries",
    ):
        assert squeezed(said) in text, said


def test_a_remark_about_an_input_of_a_newer_version_is_not_lost() -> None:
    text = words_of(a_full_year(), "1")
    assert "Said about from-the-future" in text
    assert "A word on something new." in text


def test_all_twelve_inputs_and_three_outputs_are_asked_in_order() -> None:
    text = words_of(a_year(a_review()))
    places = [text.index(f"{number} {title}") for number, title in (
        (1, "Actions from previous reviews"), (4, "Targets"), (8, "Results of assessments and audits"), (12, "Opportunities"),
    )]  # fmt: skip
    assert places == sorted(places)
    assert "Opportunities for improvement, Changes to the system, Resources that are needed" in text


def test_before_it_is_held_there_is_room_to_write_and_no_minutes() -> None:
    reader = a_year(a_review(1, planned_on=None))
    text = words_of(reader)
    assert "AGENDA OF A MANAGEMENT REVIEW" in text
    assert "no day is set yet" in text
    assert "Dealer principal Petra Principal" in text
    assert "Nobody is noted" not in text
    assert "Nothing was decided" not in text
    rules = opened(the_pdf(reader)).pages[0].get_contents().get_data().count(b" l S")
    held = opened(the_pdf(a_year(a_held_review(participants=())))).pages[0].get_contents().get_data()
    assert rules > held.count(b" l S")


def test_left_out_it_is_the_next_review_and_a_number_wins() -> None:
    reader = a_full_year()
    assert "Management review 2" in words_of(reader)
    assert "Management review 1" in words_of(reader, "R1")
    with pytest.raises(NotFound):
        the_pdf(reader, "7")
    with pytest.raises(NotFound):
        the_pdf(a_programme())


def test_minutes_say_on_every_later_day_what_was_so_on_that_day() -> None:
    reader = a_year(
        a_held_review(), a_finding(1, FindingGrade.MAJOR, statement="Found later", seen_on=date(2026, 10, 1))
    )
    assert "Found later" not in words_of(reader)
    assert the_pdf(reader, on=date(2026, 12, 24)) == the_pdf(reader, on=date(2027, 3, 1))


def test_an_empty_review_that_was_held_says_what_is_missing() -> None:
    text = words_of(a_year(a_held_review(participants=(), remarks=(), conclusion="", led_by="")))
    assert "Nobody is noted." in text
    assert "Nothing was decided." in text
    assert "Nothing was noted about it." in text


def test_a_decision_tells_how_far_its_action_is() -> None:
    action = an_action(1, due_on=date(2026, 7, 1))
    text = words_of(a_year(a_held_review(), action, a_decision(action_id=action.id)))
    assert "A-001wasdue1Jul2026" in squeezed(text)


def test_a_decision_does_not_foretell_what_became_of_its_action() -> None:
    action = an_action(1, due_on=date(2026, 12, 1), done_on=date(2026, 10, 1), effective_on=date(2026, 11, 1))
    reader = a_year(a_held_review(), action, a_decision(action_id=action.id))
    text = words_of(reader)
    assert "A-001due1Dec2026" in squeezed(text)
    assert "1 Nov 2026" not in text


def test_two_remarks_on_one_input_both_stand() -> None:
    remarks = (ReviewRemark(input="risks", words="First"), ReviewRemark(input="risks", words="Second"))
    text = words_of(a_year(a_held_review(remarks=remarks)))
    assert text.index("First") < text.index("Second")


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_huge_review_loses_no_decision(language: str) -> None:
    with in_language(language):
        pages = page_texts(the_pdf(a_huge_year(), "1"))
    assert squeezed("".join(pages)).count("bestätigtjedeBestellung") >= 30


def test_same_input_same_bytes_and_samples_are_marked() -> None:
    assert the_pdf(a_full_year()) == the_pdf(a_full_year())
    reader = a_year(a_review(), sample=True)
    assert "SAMPLE" in page_texts(the_pdf(reader))[0]
