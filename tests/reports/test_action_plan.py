"""The action plan shows every action where it belongs, in the order that matters, and personal sheets hold nobody else's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from qma_app.domain.action import Action, ActionLink
from qma_app.domain.edition import Named
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import ActionLinkId, VerificationId
from qma_app.domain.verification import Effect
from qma_app.i18n import in_language
from qma_app.reports.actions.planning import Grouping
from qma_app.reports.actions.values import PlanSheet
from tests.builders import (
    GREETING,
    STOCK_COUNT,
    TODAY,
    a_finding,
    a_person,
    a_text,
    a_verification,
    an_action,
)
from tests.reports.fake_reader import FakeReader
from tests.reports.living import a_programme, plan_pdf, the_plan, three_whys
from tests.reports.reading_back import body_text, opened, page_texts, squeezed


def served(action: Action, *findings: Finding) -> list[Any]:
    """The action, and links to what it serves."""
    return [
        action,
        *(
            ActionLink(id=ActionLinkId(f"{action.id} {one.id}"), action_id=action.id, finding_id=one.id)
            for one in findings
        ),
    ]


def text_of(pdf: bytes) -> str:
    return squeezed(body_text(pdf))


def only_sheet(reader: FakeReader, **how: Any) -> PlanSheet:
    (sheet,) = the_plan(reader, **how).sheets
    return sheet


def labels(sheet: PlanSheet) -> list[list[str]]:
    return [[part.action.label for part in group.parts] for group in sheet.groups]


def test_majors_come_first_then_value_over_effort_then_what_is_settled() -> None:
    minor, major = a_finding(1), a_finding(2, FindingGrade.MAJOR)
    value = {"cx": 5, "ex": 5, "profit": 5, "confidence": 100}
    reader = a_programme(
        minor, major,
        *served(an_action(1, effort=5, **value), minor),
        *served(an_action(2, effort=1, **value), replace(minor, checkpoint_id=GREETING)),
        *served(an_action(3), major),
        *served(an_action(4, effective_on=TODAY), major),
    )  # fmt: skip
    reader.records[reader.records.index(minor)] = replace(minor, checkpoint_id=GREETING)
    assert labels(only_sheet(reader)) == [["A-003", "A-002", "A-001", "A-004"]]


def test_actions_stand_under_their_area_or_under_their_owner() -> None:
    service, parts = a_finding(1), a_finding(2, checkpoint_id=STOCK_COUNT)
    house = a_finding(3, checkpoint_id=None)
    reader = a_programme(
        service, parts, house,
        *served(an_action(1, owner="T. Maier"), service),
        *served(an_action(2, owner="r. huber"), parts),
        *served(an_action(3, owner="R.  Huber"), house),
        *served(an_action(4, owner=""), service),
    )  # fmt: skip
    by_area, by_owner = only_sheet(reader), only_sheet(reader, by=Grouping.OWNER)
    assert [(group.code, group.title) for group in by_area.groups] == [
        ("SRV", "Service"), ("PRT", "Parts"), ("", "Whole house"),
    ]  # fmt: skip
    assert labels(by_area) == [["A-001", "A-004"], ["A-002"], ["A-003"]]
    assert labels(by_owner) == [["A-002", "A-003"], ["A-001"], ["A-004"]]
    assert by_owner.groups[-1].title == "Without an owner"


def test_the_plan_of_an_area_holds_what_serves_it_and_its_findings_alone() -> None:
    service, parts = a_finding(1), a_finding(2, checkpoint_id=STOCK_COUNT, statement="Stock is wrong.")
    reader = a_programme(service, parts, *served(an_action(1), parts, service), *served(an_action(2), parts))
    sheet = only_sheet(reader, area="service")
    assert labels(sheet) == [["A-001"]]
    assert sheet.totals.findings_open == 1


def test_the_figures_above_count_what_is_open_late_and_to_be_verified() -> None:
    finding = a_finding(1, due_on=TODAY - timedelta(days=1))
    reader = a_programme(
        finding,
        a_finding(2, closed_on=TODAY, seen_on=TODAY - timedelta(days=34)),
        *served(an_action(1, due_on=TODAY - timedelta(days=1)), finding),
        *served(an_action(2, done_on=TODAY), finding),
        *served(an_action(3, effective_on=TODAY), finding),
        *served(an_action(4, dropped_on=TODAY, dropped_reason="No longer needed"), finding),
        *served(an_action(5, is_proposal=True, what="Paint the door"), finding),
    )
    totals = only_sheet(reader).totals
    assert (totals.open, totals.overdue, totals.to_verify, totals.settled) == (2, 1, 1, 1)
    assert (totals.findings_open, totals.findings_overdue, totals.median_days) == (1, 1, 34)
    text = text_of(plan_pdf(reader))
    assert "Proposalsthatwaitforananswer" in text
    assert "Nolongerneeded" in text


def test_money_is_summed_once_and_says_what_it_left_out_and_who_confirmed() -> None:
    finding = a_finding(1, checkpoint_id=STOCK_COUNT)
    other = a_finding(2)
    holder = an_action(1, money_low=Decimal(1000), money_likely=Decimal(2000), money_high=Decimal(4000), money_confirmed_by="M. Lindner")  # fmt: skip
    reader = a_programme(
        finding, other,
        *served(holder, finding),
        *served(an_action(2, money_likely=Decimal(500), counted_in=holder.id), other),
        *served(an_action(3, money_likely=Decimal(300)), other),
    )  # fmt: skip
    text = text_of(plan_pdf(reader))
    for words in (
        "1,300low",
        "2,300likely",
        "4,300high",
        "Leftoutascountedelsewhere:A-002.",
        "Notyetconfirmedbyanybody:A-003.",
    ):
        assert words in text
    area = only_sheet(reader, area="service").totals.money
    assert (area.likely, [one.label for one in area.left_out]) == (Decimal(300), ["A-002"])


def test_the_causes_of_open_findings_are_counted_and_weighed() -> None:
    findings = [a_finding(number, cost=Decimal(100)) for number in (1, 2)]
    closed = a_finding(3, closed_on=TODAY)
    reader = a_programme(
        *findings,
        a_finding(4),
        closed,
        *three_whys(findings[0]),
        *three_whys(findings[1]),
        *three_whys(closed),
    )
    causes = only_sheet(reader).causes
    assert causes is not None
    assert [(bar.label, int(bar.value)) for bar in causes.by_count.bars] == [("Method", 2)]
    assert [(bar.label, int(bar.value)) for bar in causes.by_cost.bars] == [("Method", 200)]
    assert (causes.findings, causes.without_cause) == (3, 1)
    assert "1hasnorootcausewithacategoryyetandisnotinthecharts." in text_of(plan_pdf(reader))


def test_too_much_under_other_is_warned_of() -> None:
    finding = a_finding(1)
    causes = [
        replace(cause, category="other" if cause.category == "method" else cause.category)
        for cause in three_whys(finding)
    ]
    categories = tuple(Named(id=id, title=a_text(id.capitalize())) for id in ("people", "method", "other"))
    reader = a_programme(finding, *causes, cause_categories=categories)
    assert "“Other”standsformorethan15percent" in text_of(plan_pdf(reader))


def test_a_card_says_the_way_the_check_and_the_findings_served() -> None:
    finding, cause = a_finding(1), three_whys()[2]
    action = an_action(1, started_on=date(2026, 10, 1), done_on=date(2026, 11, 2), proof="Nineteen of twenty")
    check = a_verification(Effect.NOT_SHOWN, action_id=action.id, words="Only a promise")
    link = ActionLink(id=ActionLinkId("l"), action_id=action.id, finding_id=finding.id, cause_id=cause.id)
    text = text_of(plan_pdf(a_programme(finding, *three_whys(), action, link, check)))
    for words in (
        "started1Oct2026", "done2Nov2026", "Nineteenoftwenty", "notshown", "Onlyapromise",
        "F-001·SRV-02.1Twooftenorderscarrynoprice.", "Removesthecause“Notasksayswhoorders”.",
    ):  # fmt: skip
        assert words in text


# A sheet of one's own


def a_busy_house() -> FakeReader:
    """Three owners with findings and actions that cross, each with words nobody else says."""
    names = ("R. Huber", "E. Kern", "T. Maier")
    records: list[Any] = []
    findings = {
        name: a_finding(
            place, owner=name, statement=f"Statement-of-{place}", requirement=f"Required-of-{place}", evidence=f"Seen-of-{place}",
        )
        for place, name in enumerate(names, 1)
    }  # fmt: skip
    for finding in findings.values():
        records += [
            finding,
            *(replace(each, words=f"{each.words}-of-{finding.number}") for each in three_whys(finding)),
        ]
    for place, name in enumerate(names, 1):
        action = an_action(place, owner=name, what=f"What-of-{place}", proof=f"Proof-of-{place}", note=f"Note-of-{place}", money_likely=Decimal(100))  # fmt: skip
        cause = next(
            one
            for one in records
            if getattr(one, "words", "").startswith("No task") and one.finding_id == findings[name].id
        )
        records += served(action, *findings.values())
        records.append(
            ActionLink(
                id=ActionLinkId(f"cause {place}"),
                action_id=action.id,
                finding_id=findings[name].id,
                cause_id=cause.id,
            )
        )
        records.append(
            replace(
                a_verification(None, action_id=action.id, words=f"Check-of-{place}"),
                id=VerificationId(f"check {place}"),
            )
        )
        records.append(an_action(place + 10, owner=name, what=f"Dropped-of-{place}", dropped_on=TODAY))
    records.append(a_finding(9, owner="E. Kern", statement="Loose-of-2"))
    return a_programme(*records)


def pages_by_owner(pdf: bytes) -> dict[str, str]:
    """The words of the pages of each sheet, by the name in the head or at the top."""
    found: dict[str, str] = {}
    name = ""
    for page in page_texts(pdf):
        if re.search(r"\b1 / \d+", page):
            name = next(
                each
                for each in ("R. Huber", "E. Kern", "T. Maier", "Without an owner")
                if f"\n{each}\n" in page
            )
        found[name] = found.get(name, "") + page
    return found


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_word_of_others_stands_on_a_sheet_of_ones_own(language: str) -> None:
    with in_language(language):
        sheets = pages_by_owner(plan_pdf(a_busy_house(), each_owner=True))
    owners = {1: "R. Huber", 2: "E. Kern", 3: "T. Maier"}
    assert set(sheets) == set(owners.values())
    for number, owner in owners.items():
        words = set(re.findall(r"\b[\w ]+-of-(\d)", sheets[owner]))
        assert words == {str(number)}
        assert [other for other in owners.values() if other != owner and other in sheets[owner]] == []
        for own in ("Statement", "What", "Proof", "Note", "Check", "Dropped"):
            assert f"{own}-of-{number}" in squeezed(sheets[owner])
    assert "Loose-of-2" in squeezed(sheets["E. Kern"])


def test_the_sheet_of_one_owner_is_the_same_as_among_all() -> None:
    reader = a_busy_house()
    alone = the_plan(reader, owner="e. kern").sheets
    assert alone == tuple(
        sheet for sheet in the_plan(reader, each_owner=True).sheets if sheet.title == "E. Kern"
    )


def test_every_sheet_counts_its_own_pages() -> None:
    reader = a_busy_house()
    for number in range(20, 60):
        reader.add(*served(an_action(number, owner="R. Huber", proof="Long " * 60), a_finding(1)))
    marks = [
        re.findall(r"\b(\d+) / (\d+)", page)[-1] for page in page_texts(plan_pdf(reader, each_owner=True))
    ]
    starts = [place for place, (number, _count) in enumerate(marks) if number == "1"]
    assert len(starts) == 3
    for start, end in zip(starts, [*starts[1:], len(marks)], strict=True):
        assert marks[start:end] == [(str(place), str(end - start)) for place in range(1, end - start + 1)]


def test_what_nobody_owns_has_a_sheet_too_and_the_person_behind_a_name_is_known() -> None:
    person = a_person("Rosa Huber")
    finding = a_finding(1, owner="")
    reader = a_programme(
        person, finding,
        *served(an_action(1, owner="R. H.", owner_id=person.id), finding),
        *served(an_action(2, owner=""), finding),
    )  # fmt: skip
    assert [sheet.title for sheet in the_plan(reader, each_owner=True).sheets] == [
        "Rosa Huber",
        "Without an owner",
    ]


# The pages


def a_full_house(findings: int = 80, actions: int = 60) -> FakeReader:
    chance = Random(4)
    made = [
        a_finding(number, chance.choice(list(FindingGrade)[:3]), seen_on=TODAY - timedelta(days=chance.randrange(300)), cost=Decimal(chance.randrange(9000)),
                  statement="Die Terminplanung berücksichtigt die Verfügbarkeit der Ersatzteile nicht. " * chance.randrange(1, 4), owner=chance.choice(("A", "B", "")))
        for number in range(1, findings + 1)
    ]  # fmt: skip
    reader = a_programme(*made, *(cause for one in made[::2] for cause in three_whys(one)))
    for number in range(1, actions + 1):
        action = an_action(
            number, what="Der Teiledienst bestätigt jede Bestellung bis 16 Uhr am Vortag. " * chance.randrange(1, 5),
            started_on=TODAY if number % 3 else None, done_on=TODAY if number % 5 == 0 else None, note="Notiz " * chance.randrange(90), owner=chance.choice(("A", "B", "C D", "")),
        )  # fmt: skip
        reader.add(*served(action, *chance.sample(made, chance.randrange(1, 4))))
        if action.done_on:
            reader.add(
                replace(
                    a_verification(action_id=action.id, words="Gesehen. " * 30),
                    id=VerificationId(f"check {number}"),
                )
            )
    return reader


@pytest.mark.parametrize("how", [{}, {"by": Grouping.OWNER}, {"each_owner": True}, {"area": "service"}])
def test_eighty_findings_and_sixty_actions_fill_pages_without_a_hole_or_an_orphan(
    how: dict[str, Any],
) -> None:
    pdf = plan_pdf(a_full_house(), **how)
    heights: list[list[float]] = []
    for page in opened(pdf).pages:
        places: list[tuple[float, float]] = []

        def keep(
            text: str, at: Sequence[float], by: Sequence[float], _font: Any, _size: Any, places: Any = places
        ) -> None:
            if text.strip():
                x = at[0] * by[4] + at[2] * by[5] + at[4]
                places.append((x, at[1] * by[4] + at[3] * by[5] + at[5]))

        page.extract_text(visitor_text=keep)
        assert all(50 < x < 545 and 30 < y < 830 for x, y in places)
        heights.append([y for _x, y in places if 58 < y < 790])
    assert all(len(page) > 4 for page in heights)
    for text in page_texts(pdf):
        lines = [line for line in text.splitlines() if line.strip()]
        assert not {"Actions", "Given up", "SRV Service", "Further open findings"} & set(lines[-4:])


def test_the_same_plan_is_made_byte_for_byte_and_the_day_decides_what_is_late() -> None:
    reader = a_busy_house()
    assert plan_pdf(reader) == plan_pdf(reader)
    late = plan_pdf(reader, on=date(2027, 6, 1))
    assert "wasdue1Dec2026" in text_of(late)
    assert "wasdue1Dec2026" not in text_of(plan_pdf(reader))


def test_an_empty_programme_says_so() -> None:
    assert "Noactionisplanned,andnofindingwaitsforone." in text_of(plan_pdf(a_programme()))
    assert len(the_plan(a_programme(), each_owner=True).sheets) == 1


def test_head_and_foot_name_dealership_programme_day_and_log_head() -> None:
    reader = a_full_house()
    first, second = page_texts(plan_pdf(reader))[:2]
    assert "Autohaus Beispiel, Musterstadt · AB1" in first
    assert "programme since 12 Jan 2026" in first
    assert "as of 21 Nov 2026" in second
    assert "log head" in second
    assert "Action plan · Whole programme" in second
