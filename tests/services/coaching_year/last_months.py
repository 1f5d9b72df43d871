"""Months fifteen to eighteen of the story: the last gate of the waves, the pre-audit, and the wait for the audit."""

from __future__ import annotations

from datetime import date

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.visit import VisitNote
from qma_app.services.assessments import complete_assessment
from qma_app.services.gates import pass_gate, state_for_gate
from qma_app.services.promises import make_promise
from qma_app.services.reviews import decide
from qma_app.services.setting_up import name_leaders
from qma_app.services.visit_notes import change_note, note
from tests.services.coaching_year.first_months import (
    check_sponsor,
    hold_a_review,
    keep_the_last,
    read_figures,
)
from tests.services.coaching_year.year import OFFICER, PRINCIPAL, Year, start_assessment_of


def month_15(year: Year) -> None:
    """The records of the last wave are seen; its gate is passed, and the pre-audit begins."""
    read_figures(year)
    with year.visiting():
        year.mine(state_for_gate, check="records-weeks", words="Fourteen weeks seen.", figure=14)
    year.at(date(2028, 5, 12))
    year.do(pass_gate, year.phase("improve", 3).id)


def month_16(year: Year) -> None:
    """The pre-audit walks half the house; the internal audits are stated."""
    read_figures(year)
    with year.visiting():
        audit = start_assessment_of(year, AssessmentKind.PRE_AUDIT)
        half = {area.id for area in year.edition.areas[:7]}
        year.rate(audit.id, 10, only=lambda id: id.split(".")[0] in half)
    year.at(date(2028, 6, 20))
    check_sponsor(year, "2028-Q2")
    hold_a_review(year, "Ready to be looked at.")


def month_17(year: Year) -> None:
    """The pre-audit is completed: every applicable checkpoint is rated."""
    read_figures(year)
    with year.visiting():
        (audit,) = year.all(Assessment, kind=AssessmentKind.PRE_AUDIT)
        rest = {area.id for area in year.edition.areas[7:]}
        year.rate(audit.id, 8, only=lambda id: id.split(".")[0] in rest)
        year.do(complete_assessment, audit.id)
    year.at(date(2028, 7, 25))
    year.mine(state_for_gate, check="internal-audits-done", words="All fourteen areas, by the officer.")


def month_18(year: Year) -> None:
    """The last visit, the last gate before the audit, and ten quiet edits that could be taken back."""
    read_figures(year)
    with year.visiting() as visit:
        year.mine(make_promise, what="Books the hall", who=OFFICER, due_on=date(2028, 8, 18))
        year.mine(note, "The house is calm.", visit_id=visit.id)
    year.at(date(2028, 8, 14))
    year.do(pass_gate, year.phase("pre-audit").id)
    keep_the_last(year, "Booked.")
    check_sponsor(year, "2028-Q3")
    review = hold_a_review(year, "Nothing stands in the way.")
    year.do(decide, review, words="The house stays as it is until the audit", owner=PRINCIPAL)
    year.at(date(2028, 8, 24))
    taken = year.mine(note, "The auditor asked for the way from the station.").made(VisitNote)
    year.do(change_note, taken.id, words="The auditor comes by train.")
    year.mine(make_promise, what="Fetches the auditor", who=OFFICER, due_on=date(2028, 9, 18))
    leaders = year.engagement
    year.mine(
        name_leaders,
        principal_id=leaders.principal_id,
        officer_id=leaders.officer_id,
        officer_percent=50,
    )
