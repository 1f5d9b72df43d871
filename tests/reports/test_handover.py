"""The handover tells the next coach who is who, where it stands, what was tried, what is open, in a length that is read."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from qma_app.domain.edition import GateCondition, Phase, Text
from qma_app.domain.finding import FindingGrade
from qma_app.domain.plan import OpenCondition
from qma_app.domain.process_owner import processes_text
from qma_app.domain.visit import Stretch
from qma_app.i18n import in_language
from qma_app.reports import handover
from tests.builders import NOW, TODAY, a_finding, an_action
from tests.reports.fake_reader import FakeReader
from tests.reports.living import a_programme
from tests.reports.principal_house import a_check, a_full_year, a_huge_year, early
from tests.reports.reading_back import body_text, opened, page_texts, squeezed
from tests.reports.year_house import a_closed_visit, a_phase, a_promise, a_visit, a_year, year_pdf


def the_pdf(reader: FakeReader, **how: Any) -> bytes:
    return year_pdf(handover, reader, **how)


def words_of(reader: FakeReader, **how: Any) -> str:
    return " ".join(body_text(the_pdf(reader, **how)).split())


def test_it_tells_people_standing_gates_trials_open_things_steps_and_visits() -> None:
    text = squeezed(words_of(a_full_year()))
    for said in (
        "Month 11 of 18, begun on 12 Jan 2026.",
        "Petra Principal Managing director Dealer principal",
        "Otto Officer Quality officer, 20% of the time",
        "Rita Huber Service manager owner of SRV-02",
        "Missed in two quarters running: Attends the opening of visits.",
        "Level 80.0%, pass mark 80%; 2 of 2 areas are rated.",
        "passed 20 Mar 2026 although not everything held: The staff survey comes in April open then: Staff was asked (no statement)",
        "The next gate: Implement",
        "A-050 Prices before work effective",
        "A-052 A talk each morning not shown: Nobody comes on Mondays",
        "A-051 A board in the workshop done, effect not yet checked",
        "P-001 A second phone line for the workshop",
        "Major findings that are open No. Finding Owner Seen Due F-001",
        "Next steps What Why Due 1",
        "Visit 7 · 21 Nov 2026 · Repair orders and what became of the parts counter A good day",
        "Visit 8 · 17 Dec 2026",
        "3 Aug 2026 Management review 1 is held.",
    ):
        assert squeezed(said) in text, said


def test_what_worked_comes_before_what_did_not_and_what_nobody_checked() -> None:
    text = words_of(a_full_year())
    assert (
        text.index("It worked") < text.index("It did not work") < text.index("Done, effect not checked yet")
    )


def test_a_visit_is_told_once() -> None:
    text = words_of(a_year(a_closed_visit(3, summary="Told only once")))
    assert text.count("Told only once") == 1


def test_a_visit_called_off_stands_in_the_story() -> None:
    off = a_visit(3, cancelled_on=date(2026, 11, 2), cancelled_reason="Snow")
    assert "Visit 3 is called off: Snow" in words_of(a_year(off))


def test_settled_promises_and_closed_majors_do_not_go_over() -> None:
    reader = a_year(
        a_promise(1, what="Long kept", kept_on=date(2026, 10, 20)),
        a_finding(1, FindingGrade.MAJOR, statement="Long closed", closed_on=early(50), seen_on=early(2)),
    )
    text = words_of(reader)
    assert "No promise is open." in text
    assert "Long kept" not in text
    assert "MajorfindingsthatareopenNone." in squeezed(text)


def test_one_missed_quarter_is_told_but_not_red() -> None:
    text = words_of(a_year(a_check("2026-Q3", words="Was ill")))
    assert "Nothing was missed in two quarters running." in text
    assert "Q3 2026: missed Attends the opening of visits. Was ill" in text


def test_a_quarter_in_which_nothing_was_missed_says_so() -> None:
    text = words_of(a_year(a_check("2026-Q3", words="Was there", attends_opening=True)))
    assert "Q3 2026: nothing was missed. Was there" in text


def test_processes_that_follow_one_another_are_said_as_one_stretch() -> None:
    assert processes_text(["SRV-01", "SRV-02", "SRV-03", "SRV-05", "SRV-06", "HSE-07", "ODD"]) == (
        "SRV-01 to SRV-03, SRV-05, SRV-06, HSE-07, ODD"
    )
    assert processes_text([]) == ""


def test_a_visit_that_was_begun_is_no_planned_one() -> None:
    begun = a_visit(3, clock=(Stretch(begun=NOW, ended=None),))
    text = words_of(a_year(begun, a_promise(1), a_promise(2, due_on=date(2027, 6, 1))))
    assert "Visit 3, begun on 21 Nov 2026, is not closed yet." in text
    assert "No further visit is planned." in text
    assert "Visit 3 · 21 Nov 2026 · begun, not closed yet" in text
    assert "No major finding is open." in text
    assert "2 promises are open, 1 of them late." in text
    assert "1 promise is open and late." in words_of(a_year(a_promise(1)))
    assert "No area is rated yet; pass mark" in text


def test_what_was_open_at_a_gate_is_told_in_the_language_of_the_paper() -> None:
    title = Text(texts={"en": "Staff was asked.", "de": "Die Mitarbeiter sind befragt."})
    gate = (GateCondition(id="asked", check="staff-survey-done", title=title),)
    said = tuple(
        OpenCondition(condition="asked", words=words, figures="")
        for words in ("Staff was asked.", "Other words of then.")
    )
    passed = a_phase("baseline", 1, passed_on=TODAY, passed_reason="Season.", passed_open=said)
    reader = a_year(passed)
    (edition,) = reader.editions.values()
    phases = (Phase(id="baseline", title=Text(texts={"en": "Baseline"}), gate=gate),)
    reader.editions = {edition.hash: replace(edition, phases=phases)}
    with in_language("de"):
        text = words_of(reader)
    assert "damals offen: Die Mitarbeiter sind befragt." in text
    assert "damals offen: Other words of then." in text
    assert "(Season)" in text
    assert "Die Mitarbeiter sind befragt; Other words of then" in text


def test_an_empty_programme_says_so() -> None:
    text = words_of(a_programme())
    for said in (
        "There is no plan yet.",
        "No action is done yet.",
        "No promise is open.",
        "No visit was held yet.",
        "Nobody has looked at it yet.",
    ):
        assert said in text


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_huge_programme_stays_short_and_counts_what_it_leaves_out(language: str) -> None:
    with in_language(language):
        pdf = the_pdf(a_huge_year())
    assert len(opened(pdf).pages) <= 10
    left_out = re.findall(r"… and (\d+) more", " ".join(page_texts(pdf))) or ["translated"]
    assert len(left_out) >= 1


def test_the_newest_trials_are_the_ones_shown() -> None:
    reader = a_year(*(an_action(at, what=f"Trial {at}.", done_on=early(at)) for at in range(1, 31)))
    text = words_of(reader)
    assert "Trial 30." in text
    assert "Trial 1." not in text
    assert "… and 18 more in the app" in text


def test_same_input_same_bytes_and_samples_are_marked() -> None:
    assert the_pdf(a_full_year()) == the_pdf(a_full_year())
    assert "SAMPLE" in page_texts(the_pdf(a_year(sample=True)))[0]


def test_a_long_story_leaves_out_findings_first() -> None:
    majors = (
        a_finding(at, FindingGrade.MAJOR, statement="Seen", seen_on=early(at), closed_on=early(at + 1))
        for at in range(1, 41)
    )
    text = words_of(a_year(*majors))
    assert "The programme begins." in text
    assert "Major F-040 is closed." not in text
    assert "… and 80 more in the app" in text
