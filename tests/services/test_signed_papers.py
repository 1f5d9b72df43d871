"""A paper that was signed, or a review that was held, prints what was true then, whatever is changed afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from qma_app.domain.action import Action, Stage
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.promise import Promise
from qma_app.domain.review import Decision, ManagementReview, ReviewRemark
from qma_app.domain.target import Gain, Target
from qma_app.domain.visit import Signature, Visit, VisitNote
from qma_app.i18n import in_language
from qma_app.services.actions import change_action, delete_action, move_action, plan_action
from qma_app.services.charters import charter_of, sign_charter, write_charter
from qma_app.services.evidence_intake import add_evidence_files
from qma_app.services.evidence_places import Place
from qma_app.services.findings import change_finding, raise_finding
from qma_app.services.people import change_person
from qma_app.services.promises import keep_promise, make_promise
from qma_app.services.reports import report_bytes
from qma_app.services.reviews import decide, decision_to_action, hold_review, plan_review, review_view
from qma_app.services.targets import add_target, change_target
from qma_app.services.undoing import undo
from qma_app.services.visit_conduct import (
    close_visit,
    reopen_visit,
    sign_visit,
    start_visit,
    write_summary,
)
from qma_app.services.visit_notes import note, note_to_finding
from qma_app.services.visits import change_visit
from tests.services.test_living_papers import text_of
from tests.services.visiting import MONDAY, House

pytest_plugins = ["tests.services.visiting_fixtures"]

LATER = MONDAY + timedelta(days=30)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with in_language("en"):
        yield


def printed(house: House, kind: str, of: str | None = None, *, on: date = LATER) -> str:
    house.clock.put(on)
    return text_of(
        report_bytes(house.workspace, kind, dealership_id=house.dealership.id, of=of, language="en")
    )


class Held:
    """A visit that began with a finding, an action for it, and a promise made at it."""

    def __init__(self, house: House) -> None:
        self.house = house
        mine = house.engagement.id
        self.visit = house.plan(MONDAY)
        house.clock.put(MONDAY, 8, 30)
        start_visit(house.workspace, self.visit.id)
        self.finding = raise_finding(
            house.workspace,
            engagement_id=mine,
            statement="No price on the order",
            grade=FindingGrade.MINOR,
            owner="Sam Service",
            due_on=date(2026, 3, 20),
        ).made(Finding)
        self.action = plan_action(
            house.workspace,
            engagement_id=mine,
            what="Print the price field",
            owner="Sam Service",
            due_on=date(2026, 3, 25),
            findings=[self.finding.id],
        ).made(Action)
        self.promise = make_promise(
            house.workspace,
            mine,
            what="A second phone line",
            who="Paul Principal",
            due_on=date(2026, 4, 1),
            visit_id=self.visit.id,
        ).made(Promise)

    def close(self) -> None:
        self.house.clock.put(MONDAY, 16, 30)
        close_visit(self.house.workspace, self.visit.id)

    def sign(self, *, on_paper: bool = False) -> None:
        strokes = () if on_paper else ((10, 20, 30, 40),)
        signature = Signature(
            name="Paul Principal", function="", strokes=strokes, signed_at=self.house.clock()
        )
        sign_visit(self.house.workspace, self.visit.id, signature, on_paper=on_paper)

    def minutes(self, *, on: date = LATER) -> str:
        return printed(self.house, "minutes", "1", on=on)

    def change_all(self) -> None:
        """What may well happen in the weeks after a visit."""
        workspace = self.house.workspace
        change_finding(
            workspace,
            self.finding.id,
            statement="Another title",
            grade=FindingGrade.MAJOR,
            grade_reason="seen often",
            owner="Olga Other",
            due_on=date(2026, 5, 5),
        )
        change_action(
            workspace, self.action.id, what="Another step", owner="Olga Other", due_on=date(2026, 6, 6)
        )
        raise_finding(
            workspace,
            engagement_id=self.house.engagement.id,
            statement="Remembered later",
            grade=FindingGrade.MINOR,
            seen_on=MONDAY,
        )
        plan_action(workspace, engagement_id=self.house.engagement.id, what="Due that day", due_on=MONDAY)
        change_person(workspace, self.house.coach.id, name="Carla Married")


@pytest.fixture
def held(house: House) -> Held:
    return Held(house)


class TestMinutes:
    """Minutes are read as of the closing, or of what was last written to them before somebody signed."""

    @pytest.mark.parametrize("is_signed", [True, False], ids=["signed", "closed"])
    def test_closed_minutes_print_the_same_whatever_is_changed_later(
        self, held: Held, is_signed: bool
    ) -> None:
        held.close()
        if is_signed:
            held.sign()
        before = held.minutes(on=MONDAY)
        held.house.clock.put(LATER)
        held.change_all()
        keep_promise(held.house.workspace, held.promise.id, on=LATER)
        assert held.minutes() == before
        for words in (
            "No price on the order",
            "Print the price field",
            "Sam Service",
            "25 Mar 2026",
            "20 Mar",
        ):
            assert words in before

    def test_what_was_deleted_later_still_stands_in_them(self, held: Held) -> None:
        held.close()
        held.sign()
        before = held.minutes(on=MONDAY)
        delete_action(held.house.workspace, held.action.id)
        assert held.minutes() == before

    def test_minutes_of_a_visit_under_way_follow_the_records(self, held: Held) -> None:
        held.change_all()
        found = held.minutes(on=MONDAY)
        assert "Another title" in found
        assert "Print the price field" not in found

    def test_what_is_corrected_before_the_signature_is_what_was_signed(self, held: Held) -> None:
        held.close()
        change_action(held.house.workspace, held.action.id, due_on=date(2026, 3, 28))
        held.sign()
        change_action(held.house.workspace, held.action.id, due_on=date(2026, 6, 6))
        assert "28 Mar 2026" in held.minutes()

    def test_a_signature_on_paper_stands_under_what_was_printed_before(self, held: Held) -> None:
        held.close()
        change_action(held.house.workspace, held.action.id, due_on=date(2026, 6, 6))
        held.sign(on_paper=True)
        found = held.minutes()
        assert "25 Mar 2026" in found
        assert "6 Jun 2026" not in found

    def test_what_is_still_written_to_unsigned_minutes_stands_in_them(self, held: Held) -> None:
        held.close()
        mine = held.house.engagement.id
        write_summary(held.house.workspace, held.visit.id, "A good day")
        known = note(held.house.workspace, mine, "Keys lie open", visit_id=held.visit.id).made(VisitNote)
        note_to_finding(held.house.workspace, known.id, grade=FindingGrade.MINOR)
        found = held.minutes()
        assert "A good day" in found
        assert "became F-002" in found

    def test_a_second_signature_does_not_move_what_the_first_one_stands_under(self, held: Held) -> None:
        held.close()
        held.sign()
        change_action(held.house.workspace, held.action.id, due_on=date(2026, 6, 6))
        held.sign()
        assert "25 Mar 2026" in held.minutes()

    def test_a_visit_reopened_and_closed_again_tells_of_the_second_closing(self, held: Held) -> None:
        held.close()
        held.sign()
        change_action(held.house.workspace, held.action.id, due_on=date(2026, 6, 6))
        reopened = reopen_visit(held.house.workspace, held.visit.id, reason="a date was wrong")
        undo(held.house.workspace, reopened)
        assert "25 Mar 2026" in held.minutes()
        reopen_visit(held.house.workspace, held.visit.id, reason="a date was wrong")
        close_visit(held.house.workspace, held.visit.id)
        assert "6 Jun 2026" in held.minutes()

    def test_the_areas_and_the_next_visit_stay_those_of_the_day(self, held: Held) -> None:
        held.house.clock.put(MONDAY, 16, 30)
        close_visit(held.house.workspace, held.visit.id, next_on=date(2026, 3, 30))
        held.sign()
        before = held.minutes(on=MONDAY)
        following = next(one for one in held.house.all(Visit) if one.id != held.visit.id)
        change_visit(held.house.workspace, following.id, planned_on=date(2026, 4, 14))
        assert held.minutes() == before
        assert "30 Mar 2026" in before


class TestCharter:
    """A signed charter prints what was agreed when it was signed; its signed page is taken in later and named."""

    def test_a_signed_charter_prints_the_same_whatever_is_changed_later(self, house: House) -> None:
        mine = house.engagement.id
        house.clock.put(MONDAY)
        add_target(house.workspace, mine, gain=Gain.CUSTOMERS, kpi=a_kpi(house), goal=Decimal(12))
        write_charter(house.workspace, mine, aim="Every car is ready in time")
        sign_charter(house.workspace, mine, on=MONDAY, by="Paul Principal")
        before = printed(house, "charter", on=MONDAY)
        house.clock.put(LATER)
        (target,) = house.all(Target)
        change_target(house.workspace, target.id, goal=Decimal(77))
        change_person(house.workspace, house.coach.id, name="Carla Married")
        with house.workspace.writing("test.longer") as work:
            work.put(replace(work.get(Engagement, mine), months=33))
        assert printed(house, "charter") == before

    def test_an_unsigned_charter_follows_the_records(self, house: House) -> None:
        write_charter(house.workspace, house.engagement.id, aim="Every car is ready in time")
        change_person(house.workspace, house.coach.id, name="Carla Married")
        assert "Carla Married" in printed(house, "charter")

    def test_the_signed_page_is_named_once_it_is_there(self, house: House, tmp_path: Path) -> None:
        mine = house.engagement.id
        page = tmp_path / "page.txt"
        page.write_text("signed")
        write_charter(house.workspace, mine, aim="Every car is ready in time")
        sign_charter(house.workspace, mine, on=date(2026, 2, 2), by="Paul Principal")
        take_in_page(house, page)
        assert "Signed page: page.txt" in printed(house, "charter")


class TestReview:
    """A review that was held shows what it looked at, and its actions as they were decided."""

    def test_minutes_of_a_review_print_the_same_whatever_is_changed_later(self, held: Held) -> None:
        house = held.house
        review = plan_review(house.workspace, house.engagement.id, planned_on=MONDAY).made(ManagementReview)
        told = [ReviewRemark(input="nonconformities", words="Too many")]
        hold_review(house.workspace, review.id, on=MONDAY, led_by="Paul Principal", remarks=told)
        decision = decide(
            house.workspace, review.id, words="Hire a tester", owner="Sam Service", due_on=date(2026, 3, 27)
        ).made(Decision)
        action = decision_to_action(house.workspace, decision.id).made(Action)
        before = printed(house, "review", "1", on=MONDAY)
        with house.workspace.reading() as reader:
            seen = review_view(reader, review.id, on=MONDAY)
        house.clock.put(LATER)
        held.change_all()
        change_action(house.workspace, action.id, due_on=date(2026, 7, 7))
        move_action(house.workspace, action.id, Stage.DO)
        assert printed(house, "review", "1") == before
        with house.workspace.reading() as reader:
            assert review_view(reader, review.id, on=LATER).inputs == seen.inputs
        assert "27 Mar 2026" in before

    def test_what_is_decided_later_is_added_to_it(self, held: Held) -> None:
        house = held.house
        review = plan_review(house.workspace, house.engagement.id, planned_on=MONDAY).made(ManagementReview)
        hold_review(house.workspace, review.id, on=MONDAY, led_by="Paul Principal")
        held.change_all()
        decide(house.workspace, review.id, words="Hire a tester")
        found = printed(house, "review", "1")
        assert "Hire a tester" in found
        assert "Another title" not in found

    def test_its_inputs_are_told_in_the_language_in_force(self, house: House) -> None:
        """What was read once is remembered, in each language by itself."""
        review = plan_review(house.workspace, house.engagement.id, planned_on=MONDAY).made(ManagementReview)
        house.clock.put(MONDAY)
        hold_review(house.workspace, review.id, on=MONDAY, led_by="Paul Principal")
        titles = set()
        with house.workspace.reading() as reader:
            for code in ("en", "de", "en"):
                with in_language(code):
                    titles.add(review_view(reader, review.id, on=MONDAY).inputs[0].title)
        assert len(titles) == 2

    def test_a_review_ahead_follows_the_records(self, house: House) -> None:
        plan_review(house.workspace, house.engagement.id, planned_on=LATER)
        raise_finding(
            house.workspace,
            engagement_id=house.engagement.id,
            statement="No price on the order",
            grade=FindingGrade.MAJOR,
        )
        assert "No price on the order" in printed(house, "review", "1")


def a_kpi(house: House) -> str:
    with house.workspace.reading() as reader:
        return next(iter(reader.edition(house.engagement.edition).kpis))


def take_in_page(house: House, page: Path) -> Evidence:
    with house.workspace.reading() as reader:
        charter = charter_of(reader, house.engagement.id)
    assert charter is not None
    (evidence,) = add_evidence_files(
        house.workspace,
        engagement_id=house.engagement.id,
        files=[page],
        place=Place(charter_id=charter.id),
    ).taken
    return evidence
