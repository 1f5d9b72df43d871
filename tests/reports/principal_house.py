"""A programme with reviews, figures, sponsor checks and early actions, for papers of the principal and the next coach; all invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.evidence import PhotoPair
from qma_app.domain.finding import FindingGrade
from qma_app.domain.ids import (
    AssessmentId,
    DecisionId,
    PhotoPairId,
    RatingId,
    ReadingId,
    ReviewId,
    SponsorCheckId,
    VerificationId,
)
from qma_app.domain.month import Month
from qma_app.domain.plan import OpenCondition
from qma_app.domain.promise import SponsorCheck
from qma_app.domain.reading import Reading
from qma_app.domain.review import Decision, ManagementReview, ReviewRemark
from qma_app.domain.target import Gain
from qma_app.domain.verification import Effect
from qma_app.domain.visit import Participant
from tests.builders import (
    a_finding,
    a_person,
    a_rating,
    a_verification,
    an_action,
    an_assessment,
    an_engagement,
    an_id,
)
from tests.reports.fake_reader import FakeReader
from tests.reports.houses import a_photo, a_photo_evidence
from tests.reports.year_house import a_closed_visit, a_full_visit, a_phase, a_promise, a_target, a_visit

LONG = "Die Terminplanung wird um die Verfügbarkeit der Ersatzteile ergänzt; der Teiledienst bestätigt jede Bestellung bis 16 Uhr am Vortag. "
BEGAN = an_engagement().started_on


def a_review(number: int = 1, **changes: Any) -> ManagementReview:
    review = ManagementReview(
        id=ReviewId(an_id(f"review {number}")),
        engagement_id=an_engagement().id,
        number=number,
        planned_on=date(2026, 12, 3),
    )
    return replace(review, **changes)


def a_held_review(number: int = 1, **changes: Any) -> ManagementReview:
    held: dict[str, Any] = {
        "planned_on": date(2026, 8, 1),
        "held_on": date(2026, 8, 3),
        "led_by": "Petra Principal",
        "conclusion": "The house is on its way, but the parts counter has no time.",
        "participants": (Participant(name="Petra Principal", function="Managing director", at_opening=True),),
        "remarks": (
            ReviewRemark(input="context", words="The bonus changes in January."),
            ReviewRemark(input="from-the-future", words="A word on something new."),
        ),
    }
    return a_review(number, **held | changes)


def a_decision(place: int = 1, review: int = 1, **changes: Any) -> Decision:
    decision = Decision(
        id=DecisionId(an_id(f"decision {review} {place}")),
        engagement_id=an_engagement().id,
        review_id=a_review(review).id,
        place=place,
        words="The parts counter gets two hours a week",
        owner="Petra Principal",
        due_on=date(2026, 11, 2),
    )
    return replace(decision, **changes)


def a_reading(month: str, hits: int, cases: int | None = 100, **changes: Any) -> Reading:
    """A month of C15."""
    reading = Reading(
        id=ReadingId(an_id(f"reading {month}")),
        engagement_id=an_engagement().id,
        kpi="C15",
        month=Month.parse(month),
        numerator=Decimal(hits),
        denominator=None if cases is None else Decimal(cases),
    )
    return replace(reading, **changes)


def a_check(quarter: str, **changes: Any) -> SponsorCheck:
    """The principal missed the openings and gave no time."""
    check = SponsorCheck(
        id=SponsorCheckId(an_id(f"check {quarter}")),
        engagement_id=an_engagement().id,
        quarter=quarter,
        checked_on=date(2026, 10, 1),
        attends_opening=False,
        attends_closing=True,
    )
    return replace(check, **changes)


def assessed(reader: FakeReader, *levels: tuple[date, int, int]) -> FakeReader:
    """The same with these completed assessments: the day, and the points of every checkpoint of Service and of Parts."""
    (edition,) = reader.editions.values()
    reader.records = [one for one in reader.records if not isinstance(one, Assessment)]
    for number, (day, service, parts) in enumerate(levels, 1):
        kind = AssessmentKind.BASELINE if number == 1 else AssessmentKind.PRE_AUDIT
        id = AssessmentId(an_id(f"assessed {number}"))
        reader.add(
            an_assessment(number, id=id, edition=edition.hash, kind=kind, started_on=day, completed_on=day)
        )
        at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        for point in edition.checkpoints:
            points = service if point.startswith("service") else parts
            rating = RatingId(an_id(f"rated {number} {point}"))
            reader.add(a_rating(points, point, id=rating, assessment_id=id, rated_at=at))
    return reader


def early(days: int) -> date:
    """So many days after the programme began."""
    return BEGAN + timedelta(days=days)


def a_full_year() -> FakeReader:
    """Something of everything."""
    reader = assessed(
        a_full_visit(),
        (date(2026, 2, 10), 4, 10),
        (date(2026, 6, 12), 6, 8),
        (date(2026, 10, 20), 10, 6),
    )
    reader.add(
        *(a_target(gain) for gain in Gain),
        *(a_reading(f"2026-{month:02d}", 80 + month) for month in range(1, 12)),
        *(a_reading(f"2025-{month:02d}", 70) for month in (10, 11, 12)),
        a_held_review(),
        a_review(2),
        a_decision(1),
        a_decision(2, due_on=date(2027, 1, 2), action_id=an_action(1).id, words="Buy a lamp"),
        a_check("2026-Q2"),
        a_check("2026-Q3"),
        an_action(50, what="Prices before work", done_on=early(20), effective_on=early(80)),
        a_verification(action_id=an_action(50).id, verified_on=early(80)),
        an_action(51, what="A board in the workshop", done_on=early(40)),
        an_action(52, what="A talk each morning", done_on=date(2026, 10, 10)),
        a_verification(
            Effect.NOT_SHOWN,
            action_id=an_action(52).id,
            verified_on=date(2026, 11, 1),
            words="Nobody comes on Mondays",
            id=VerificationId("v52"),
        ),
        an_action(53, what="Late one", due_on=date(2026, 11, 1)),
        a_finding(60, FindingGrade.GOOD_PRACTICE, statement="A key board with colours", seen_on=early(9)),
        a_finding(
            61, statement="No price list", seen_on=early(9), closed_on=early(50), closing_note="It hangs"
        ),
        a_phase(
            "baseline",
            1,
            passed_on=date(2026, 3, 20),
            passed_reason="The staff survey comes in April",
            passed_open=(OpenCondition(condition="x", words="Staff was asked", figures="no statement"),),
        ),
        a_phase("implement", 2),
        a_phase("audit", 3, starts_on=date(2027, 5, 1), ends_on=date(2027, 6, 1)),
    )
    return with_pair(reader, early(33))


def with_pair(reader: FakeReader, day: date) -> FakeReader:
    """The same with two photos side by side, the second one of that day."""
    before = a_photo_evidence(reader, "before.jpg", a_photo(400, 300, 70), made_on=BEGAN)
    after = a_photo_evidence(reader, "after.jpg", a_photo(400, 300, 71), made_on=day)
    pair = PhotoPair(
        id=PhotoPairId(an_id("pair")),
        engagement_id=an_engagement().id,
        before_id=before.id,
        after_id=after.id,
        words="The counter then and now",
    )
    reader.add(before, after, pair)
    return reader


def a_huge_year() -> FakeReader:
    """Far more of everything than anybody reads, in long words."""
    reader = a_full_year()
    reader.add(
        *(
            an_action(100 + at, what=LONG * 2, due_on=date(2026, 11, 1) + timedelta(days=at % 80))
            for at in range(60)
        ),
        *(an_action(300 + at, what=LONG, done_on=early(at)) for at in range(60)),
        *(a_finding(200 + at, FindingGrade.MAJOR, statement=LONG) for at in range(40)),
        *(a_decision(10 + at, words=LONG, owner=LONG) for at in range(30)),
        *(a_promise(50 + at, what=LONG, who="Maximiliane Oberhuber-Niedermaier") for at in range(100)),
        *(a_closed_visit(20 + at, held_on=early(at), summary=LONG * 5) for at in range(30)),
        *(a_target(gain, at, words=LONG) for gain in Gain for at in range(2, 7)),
        *(a_person(f"Person {at} {LONG}", dealership_id=an_engagement().dealership_id) for at in range(40)),
        *(a_visit(60 + at, planned_on=date(2026, 12, 1) + timedelta(days=7 * at)) for at in range(9)),
    )
    return reader
