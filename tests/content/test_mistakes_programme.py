"""Mistakes in KPI definitions, gates and reported areas: what was written, and what its author is told."""

from __future__ import annotations

import pytest

CUSTOMERS = """\
perspective: customers
title:
  en: Customers
kpis:
  - code: C15
    title:
      en: Ready when promised
    purpose:
      en: Tells how often a car is ready at the time that was promised.
    numerator:
      en: orders ready in time
    denominator:
      en: orders
    calculation: ratio
    factor: 100
    unit: percent
    direction: higher
    range:
      from: "80"
      to: "95"
      source:
        en: Planning value
    rhythm: month
    area: service
"""
GATE = """\
  - id: baseline
    title:
      en: Baseline
    spans:
      - length: 12
        first: 1
        last: 2
    gate:
      - id: level
        check: wave-level
        title:
          en: Every area stands at 75.
        at_least: 75
      - id: charter
        check: charter-signed
        title:
          en: The charter is signed.
"""
REPORTED = """\
reported_under:
  - id: workshop
    title:
      en: Workshop
    areas:
      - service
kpi_files:
  - customers
areas:
"""


@pytest.fixture
def programme(standard):
    """The small standard with one KPI, one gate and one reported area."""
    (standard.folder / "kpis").mkdir()
    (standard.folder / "kpis" / "customers.yaml").write_text(CUSTOMERS)
    standard.write("standard.yaml", "  - id: baseline\n    title:\n      en: Baseline\n", GATE)
    standard.write("standard.yaml", "areas:\n", REPORTED)
    return standard


def told(programme, file: str, right: str, written: str) -> list[str]:
    path = programme.folder / file
    text = path.read_text()
    assert right in text
    path.write_text(text.replace(right, written, 1))
    return programme.problems()


def test_the_programme_the_mistakes_are_written_into_has_none(programme) -> None:
    assert programme.problems() == []


KPI_MISTAKES = {
    "another perspective": (
        "perspective: customers",
        "perspective: staff",
        [
            (
                "customers.yaml line 1: the perspective “staff” stands in customers.yaml; "
                "call the file staff.yaml, or correct the perspective"
            ),
            (
                "customers.yaml line 5: the code “C15” does not begin with E; "
                "give it a code of this perspective, or move it to the file of its own"
            ),
        ],
    ),
    "another code": (
        "code: C15",
        "code: C16",
        ["srv.yaml line 36: the standard has no KPI “C15”; did you mean `C16`?"],
    ),
    "an unknown area": (
        "area: service",
        "area: servise",
        ["customers.yaml line 24: the standard has no area “servise”; did you mean `service`?"],
    ),
    "a ratio of nothing": (
        "    denominator:\n      en: orders\n",
        "",
        [
            (
                "customers.yaml line 12: a ratio has no denominator; "
                "say what the numerator is divided by, or call it count or median"
            )
        ],
    ),
    "a range that falls": (
        'from: "80"',
        'from: "98.5"',
        ["customers.yaml line 18: the range runs from 98.5 to 95; write the lower bound under `from`"],
    ),
    "a range without ends": (
        '      from: "80"\n      to: "95"\n',
        "",
        [
            (
                "customers.yaml line 18: the range has neither end; "
                "write `from`, `to` or both, or say in `note` what to compare with"
            )
        ],
    ),
    "a comma in a number": (
        '"80"',
        '"80,5"',
        [
            (
                "customers.yaml line 19: “80,5” is not a valid `from`; "
                "expected: a number with a dot, in double quotes, such as 97.5"
            )
        ],
    ),
    "an unknown unit": (
        "unit: percent",
        "unit: furlongs",
        [
            (
                "customers.yaml line 16: “furlongs” is not a valid `unit`; expected: one of percent, points, index, stars, "
                "ratio, count, cars, minutes, hours, days, years, hours-per-order, money, money-per-hour, per-year, "
                "per-hundred, per-thousand, per-million, such as percent"
            )
        ],
    ),
}


@pytest.mark.parametrize("name", KPI_MISTAKES)
def test_a_mistake_in_a_kpi_is_told(programme, name: str) -> None:
    right, written, expected = KPI_MISTAKES[name]
    assert told(programme, "kpis/customers.yaml", right, written) == expected


def test_a_code_used_twice_is_told(programme) -> None:
    again = CUSTOMERS.split("kpis:\n")[1]
    found = told(programme, "kpis/customers.yaml", "    area: service\n", f"    area: service\n{again}")
    assert found == [
        (
            "customers.yaml line 25: “C15” is used here a second time, the first is at customers.yaml line 5; "
            "give this one another code"
        )
    ]


def test_a_missing_kpi_file_is_told(programme) -> None:
    (programme.folder / "kpis" / "customers.yaml").unlink()
    (problem,) = programme.problems()
    assert problem.endswith("there is no file kpis/customers.yaml; put the file there, or delete this line")


HEADER_MISTAKES = {
    "a phase that ends before it begins": (
        "last: 2",
        "last: 0",
        (
            "the phase runs from month 1 to 0, the one before it began in 0; "
            "let it begin no earlier than the phase before it, and end no earlier than it begins"
        ),
    ),
    "a bound where there is nothing to compare": (
        "check: charter-signed",
        "check: charter-signed\n        at_most: 3",
        "the condition “charter” does not have the bounds its check needs; delete `at_least` and `at_most`: it holds or not",
    ),
    "no bound where there is something to compare": (
        "        at_least: 75\n",
        "",
        "the condition “level” does not have the bounds its check needs; write either `at_least` or `at_most`",
    ),
    "an area reported twice": (
        "      - service\nkpi_files",
        "      - service\n      - service\nkpi_files",
        "the area “service” is reported a second time here; leave it in one place: it would count twice",
    ),
    "an unknown reported area": (
        "      - service\nkpi_files",
        "      - service\n      - workshop\nkpi_files",
        "the standard has no area “workshop”; known here: service",
    ),
}


@pytest.mark.parametrize("name", HEADER_MISTAKES)
def test_a_mistake_in_the_programme_is_told(programme, name: str) -> None:
    right, written, expected = HEADER_MISTAKES[name]
    (problem,) = told(programme, "standard.yaml", right, written)
    assert problem.split(": ", 1)[1] == expected


def test_an_area_reported_nowhere_is_told(programme, standard) -> None:
    found = told(programme, "standard.yaml", "      - service\nkpi_files", "      - parts\nkpi_files")
    assert [problem.split(": ", 1)[1] for problem in found] == [
        "the area “service” is reported nowhere; add it under one of the entries, or delete `reported_under`",
        "the standard has no area “parts”; known here: service",
    ]


def test_two_conditions_of_one_name_are_told_once_each(programme) -> None:
    found = told(programme, "standard.yaml", "- id: charter", "- id: level")
    assert len(found) == 2
    assert all("the gate has two conditions called “level”" in problem for problem in found)


def test_a_vague_german_word_is_told(standard) -> None:
    standard.write("standard.yaml", "languages:\n  - en\n", "languages:\n  - en\n  - de\n")
    standard.write(
        "srv.yaml", "statement:\n", "statement:\n          de: Der Preis wird zeitnah vereinbart.\n"
    )
    found = [problem for problem in standard.problems() if "zeitnah" in problem]
    assert len(found) == 1
    assert "the statement says “zeitnah”, which cannot be judged on the spot" in found[0]
