"""Quick wins tell what was done in the first ninety days, and claim an effect only where one was shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from qma_app.domain.finding import FindingGrade
from qma_app.domain.verification import Effect, VerificationKind
from qma_app.i18n import in_language
from qma_app.reports import quick_wins
from tests.builders import a_finding, a_verification, an_action
from tests.reports.fake_reader import FakeReader
from tests.reports.living import a_programme
from tests.reports.principal_house import a_full_year, a_huge_year, a_reading, early, with_pair
from tests.reports.reading_back import body_text, opened, squeezed
from tests.reports.year_house import a_target, a_year, year_pdf


def the_pdf(reader: FakeReader, **how: Any) -> bytes:
    return year_pdf(quick_wins, reader, **how)


def words_of(reader: FakeReader, **how: Any) -> str:
    return " ".join(body_text(the_pdf(reader, **how)).split())


def test_actions_findings_figures_practice_and_photos_of_the_first_ninety_days() -> None:
    text = squeezed(words_of(a_full_year()))
    for said in (
        "What was improved in the first 90 days, 12 Jan 2026 to 11 Apr 2026.",
        "A-050 Prices before work",
        "A-051 A board in the workshop",
        "not checked yet: nothing is claimed",
        "F-061 No price list",
        "It hangs",
        "C15 Ready when promised 70.0% (210 / 300) Oct 2025 to Dec 2025 83.0% (249 / 300) Feb 2026 to Apr 2026 clearly better",
        "F-060 A key board with colours",
        "The counter then and now",
    ):
        assert squeezed(said) in text, said
    assert "A-052" not in text


def test_the_ninetieth_day_counts_and_the_ninety_first_does_not() -> None:
    reader = a_year(
        an_action(1, what="Just in time", done_on=early(89)),
        an_action(2, what="A day late", done_on=early(90)),
    )
    text = words_of(reader)
    assert "Just in time" in text
    assert "A day late" not in text


def test_what_was_given_up_or_only_proposed_is_no_win() -> None:
    reader = a_year(
        an_action(1, what="Given up", done_on=early(5), dropped_on=early(9)),
        an_action(2, what="Proposed", done_on=early(5), is_proposal=True),
    )
    assert "No action was done in this time." in words_of(reader)


@pytest.mark.parametrize(
    ("effect", "shown", "word"),
    [(Effect.EFFECTIVE, 1, "effective"), (Effect.NOT_SHOWN, 0, "not shown"), (Effect.WORSE, 0, "worse")],
)
def test_only_a_check_that_showed_the_effect_counts(effect: Effect, shown: int, word: str) -> None:
    action = an_action(1, done_on=early(5))
    text = words_of(a_year(action, a_verification(effect, action_id=action.id, verified_on=early(70))))
    assert f"1actionsdone{shown}ofthemshowntowork" in squeezed(text)
    assert word in text


def test_a_sample_says_what_it_cannot_rule_out() -> None:
    action = an_action(1, done_on=early(5))
    check = a_verification(
        action_id=action.id,
        kind=VerificationKind.SAMPLE,
        size=10,
        allowed=1,
        failing=0,
        verified_on=early(70),
    )
    assert "0 of 10 failed; up to" in words_of(a_year(action, check))


def test_a_figure_read_only_before_or_only_after_is_named_and_not_compared() -> None:
    text = words_of(a_year(a_target(), a_reading("2026-02", 90)))
    assert "No figure was read both before and after: nothing is claimed." in text
    assert "Read only before or only after: C15." in text


def test_without_figures_from_before_the_month_of_the_start_is_before() -> None:
    text = words_of(a_year(a_target(), a_reading("2026-01", 70), a_reading("2026-03", 71)))
    assert "70.0%(70/100)Jan2026" in squeezed(text)
    assert "no clear change" in text


def test_what_came_after_the_ninety_days_is_no_after() -> None:
    text = words_of(a_year(a_target(), a_reading("2025-12", 70), a_reading("2026-06", 99)))
    assert "nothing is claimed" in text
    assert "99 / 100" not in text


def test_while_the_days_run_the_paper_says_so() -> None:
    assert "Today is day 11 of 90." in words_of(a_year(), on=early(10))
    assert "The programme has not begun." in words_of(a_year(), on=early(-3))
    action = an_action(1, what="Done tomorrow", done_on=early(11))
    assert "Done tomorrow" not in words_of(a_year(action), on=early(10))


def test_a_later_pair_of_photos_is_no_quick_win() -> None:
    assert "The counter" in words_of(with_pair(a_year(), early(89)))
    assert "The counter" not in words_of(with_pair(a_year(), early(90)))


def test_good_practice_is_not_mixed_with_findings() -> None:
    reader = a_year(a_finding(1, FindingGrade.MINOR, statement="A minor", seen_on=early(5)))
    assert "A minor" not in words_of(reader)


def test_an_empty_programme_claims_nothing() -> None:
    pdf = the_pdf(a_programme())
    assert len(opened(pdf).pages) == 1
    assert "No action was done in this time." in body_text(pdf)


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_action_of_a_huge_programme_is_there(language: str) -> None:
    reader = a_huge_year()
    with in_language(language):
        text = words_of(reader)
    assert all(f"A-{300 + at}" in text for at in range(60))


def test_same_input_same_bytes_and_samples_are_marked() -> None:
    assert the_pdf(a_full_year()) == the_pdf(a_full_year())
    assert "SAMPLE" in opened(the_pdf(a_year(sample=True))).pages[0].extract_text()


def test_an_effect_noted_without_a_check_says_so() -> None:
    action = replace(an_action(1), done_on=early(5), effective_on=date(2026, 5, 1))
    assert "noted without a check" in words_of(a_year(action))
