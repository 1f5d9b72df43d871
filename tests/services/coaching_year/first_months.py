"""The first four months of the story: charter, targets, figures, the baseline, and the plan the principal accepts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.charter import Charter
from qma_app.domain.finding import FindingGrade
from qma_app.domain.ids import CheckpointId, ReviewId
from qma_app.domain.month import Month
from qma_app.domain.people import Person
from qma_app.domain.promise import Promise, Quarter
from qma_app.domain.review import ManagementReview
from qma_app.domain.target import Gain
from qma_app.domain.visit import VisitNote
from qma_app.services.assessments import complete_assessment
from qma_app.services.charters import sign_charter, write_charter
from qma_app.services.findings import raise_finding
from qma_app.services.gates import pass_gate, state_for_gate
from qma_app.services.planning import accept_plan
from qma_app.services.process_owners import name_owner, name_owners, owners_view
from qma_app.services.promises import keep_promise, make_promise
from qma_app.services.readings import MonthFigures, write_readings
from qma_app.services.reviews import hold_review, plan_review
from qma_app.services.sponsoring import write_sponsor_check
from qma_app.services.targets import add_target, lock_targets
from qma_app.services.visit_notes import note, note_to_finding
from tests.services.coaching_year.year import OFFICER, PRINCIPAL, Year, put_plan, start_assessment_of

KPIS: Final = {
    "C03": (Gain.CUSTOMERS, 70, 85, Decimal(1)),
    "E05": (Gain.STAFF, 8, 5, Decimal("-0.2")),
    "P02": (Gain.PROFIT, 14, 17, Decimal("0.2")),
}
"""The KPI of each gain: where it stood at the start, its goal, and what it moves in a month; all shares in percent."""
PRICE: Final = CheckpointId("service.repair-order.price-agreed")


def month_1(year: Year) -> None:
    """A first plan, targets agreed and locked, the charter signed at the opening visit, a year of figures entered."""
    year.mine(put_plan)
    for kpi, (gain, start, goal, _move) in KPIS.items():
        year.mine(add_target, gain=gain, kpi=kpi, goal=Decimal(goal), start=Decimal(start))
    year.mine(
        write_charter, aim="Customers come back because we keep our word.", coach_part="Seventeen visits."
    )
    (charter,) = year.all(Charter)
    year.mine(
        make_promise, what="Opens and closes every visit", who=PRINCIPAL, due_on=None, charter_id=charter.id
    )
    year.at(date(2027, 3, 4))
    for kpi, (_gain, start, _goal, _move) in KPIS.items():
        figures = [
            MonthFigures(month=Month(2026, 3).plus(place), numerator=Decimal(start), denominator=Decimal(100))
            for place in range(12)
        ]
        year.mine(write_readings, kpi, figures)
    with year.visiting(outcome="agreed"):
        year.mine(lock_targets, on=year.today)
        year.mine(sign_charter, on=year.today, by=PRINCIPAL, place="Musterstadt")
        year.mine(make_promise, what="Frees two afternoons a week", who=OFFICER, due_on=date(2027, 3, 24))
    year.at(date(2027, 3, 22))
    keep_the_last(year)
    check_sponsor(year, "2027-Q1")
    year.at(date(2027, 3, 30))
    year.do(pass_gate, year.phase("commitment").id)


def month_2(year: Year) -> None:
    """The baseline begins: half the house is walked."""
    read_figures(year)
    with year.visiting():
        baseline = start_assessment_of(year, AssessmentKind.BASELINE)
        half = {area.id for area in year.edition.areas[:6]}
        year.rate(baseline.id, 6, only=lambda id: id.split(".")[0] in half)
        year.rate(baseline.id, 4, only=lambda id: id.startswith("new-cars."))


def month_3(year: Year) -> None:
    """The baseline is completed, with its findings; its gate is passed although the staff have not been asked."""
    read_figures(year)
    with year.visiting() as visit:
        (baseline,) = year.all(Assessment, kind=AssessmentKind.BASELINE)
        rest = {area.id for area in year.edition.areas[6:]}
        year.rate(baseline.id, 6, only=lambda id: id.split(".")[0] in rest and not id.endswith("s"))
        year.rate(baseline.id, 2, only=lambda id: id == PRICE)
        taken = year.mine(
            note, "Prices are told after the work is done.", visit_id=visit.id, checkpoint_id=PRICE
        ).made(VisitNote)
        year.do(note_to_finding, taken.id, grade=FindingGrade.MAJOR)
        for words, owner, due in (
            ("Offers are not followed up.", "", None),
            ("Three of ten parts orders have no date.", "S. Werkmann", date(2027, 9, 30)),
        ):
            year.do(
                raise_finding,
                engagement_id=year.engagement_id,
                statement=words,
                grade=FindingGrade.MINOR,
                owner=owner,
                due_on=due,
            )
        year.do(complete_assessment, baseline.id)
    year.at(date(2027, 5, 20))
    year.do(
        pass_gate, year.phase("baseline").id, reason="The works council asks for the survey to wait for June."
    )


def month_4(year: Year) -> None:
    """The plan is made again from the baseline and accepted; every process gets an owner; one promise will not be kept."""
    read_figures(year)
    year.at(date(2027, 6, 2))
    year.mine(put_plan)
    with year.visiting():
        year.mine(accept_plan, on=year.today, by=PRINCIPAL)
        year.mine(make_promise, what="Orders the second lift", who=PRINCIPAL, due_on=date(2027, 6, 21))
        name_all_owners(year, but=5)
    year.mine(state_for_gate, check="staff-survey-done", words="31 of 40 asked, shown at the assembly.")
    year.at(date(2027, 6, 23))
    check_sponsor(year, "2027-Q2")
    hold_a_review(year, "The plan fits the time of the house.")


def name_all_owners(year: Year, *, but: int = 0) -> None:
    """The service manager answers for every process and its description was seen, but for the last few."""
    owner = next(one for one in year.all(Person) if one.name == "S. Werkmann")
    with year.workspace.reading() as reader:
        lines = [one for one in owners_view(reader, year.engagement_id) if one.applies]
    year.mine(name_owners, {line.process.id: owner.id for line in lines})
    for line in lines[: len(lines) - but]:
        if line.described_on is None:
            year.mine(name_owner, line.process.id, described_on=year.today, described_in="Handbook")


def read_figures(year: Year, *, month: Month | None = None) -> None:
    """The figures of the month before, or of the one given, come in: a little better each month."""
    month = month or Month.of(year.today).plus(-1)
    passed = (month.year - 2027) * 12 + month.number - 2
    for kpi, (_gain, start, _goal, move) in KPIS.items():
        figures = MonthFigures(month=month, numerator=start + passed * move, denominator=Decimal(100))
        year.mine(write_readings, kpi, [figures])


def keep_the_last(year: Year, outcome: str = "Seen in the roster.") -> None:
    """The promise made last is kept today."""
    last = max(year.all(Promise), key=lambda one: one.number)
    year.do(keep_promise, last.id, outcome=outcome)


def check_sponsor(year: Year, quarter: str, **answers: bool) -> None:
    """All is well with the principal in a quarter, but for what is said otherwise."""
    well = {"attends_opening": True, "attends_closing": True, "holds_reviews": True, "gives_time": True}
    year.mine(write_sponsor_check, Quarter.parse(quarter), **(well | answers))


def hold_a_review(year: Year, conclusion: str) -> ReviewId:
    """A management review is planned for today and held; its id."""
    review = year.mine(plan_review, planned_on=year.today).made(ManagementReview)
    year.do(hold_review, review.id, on=year.today, led_by=PRINCIPAL, conclusion=conclusion)
    return review.id
