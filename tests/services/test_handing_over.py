"""A programme goes to another coach with the visits that are planned: one step, taken back as one, and no lapsed certificate in its way."""

from __future__ import annotations

from datetime import date, timedelta

from qma_app.domain.engagement import Engagement
from qma_app.domain.people import Person, Role
from qma_app.domain.visit import Visit
from qma_app.i18n import in_language
from qma_app.services import visits
from qma_app.services.engagements import end_engagement
from qma_app.services.handover import hand_over, handover
from qma_app.services.people import add_person, certify_person
from qma_app.services.reports import report_bytes
from qma_app.services.undoing import redo, undo
from tests.services.test_living_papers import text_of
from tests.services.visiting import MONDAY, STARTED_ON, House, refused

pytest_plugins = ["tests.services.visiting_fixtures"]

GOES_OVER = "planned visits go over to the next coach."


def another_coach(house: House, name: str = "Nora Next", *, valid_until: date | None = None) -> Person:
    person = add_person(house.workspace, name=name).made(Person)
    certify_person(
        house.workspace,
        person.id,
        role=Role.COACH,
        number="C-8",
        valid_from=STARTED_ON,
        valid_until=valid_until,
    )
    return person


def coaches(house: House) -> list[str | None]:
    with house.workspace.reading() as reader:
        found = sorted(reader.all(Visit), key=lambda one: one.number)
        return [reader.get(Engagement, house.engagement.id).coach_id, *(one.coach_id for one in found)]


def test_visits_planned_and_not_begun_take_the_new_coach_in_the_same_step(house: House) -> None:
    house.work_as_coach()
    old, new, guest = house.coach, another_coach(house), another_coach(house, "Gus Guest")
    begun, off, _ahead, _missed, stood_in = (
        house.plan(MONDAY + timedelta(days=7 * week)) for week in range(5)
    )
    visits.change_visit(house.workspace, stood_in.id, coach_id=guest.id)
    visits.cancel_visit(house.workspace, off.id, reason="flu")
    house.clock.put(MONDAY, 8, 30)
    visits.start_visit(house.workspace, begun.id)
    changes = hand_over(house.workspace, house.engagement.id, coach_id=new.id)
    after = [new.id, old.id, old.id, new.id, new.id, guest.id]
    assert coaches(house) == after
    undo(house.workspace, changes)
    assert coaches(house) == [old.id, old.id, old.id, old.id, old.id, guest.id]
    redo(house.workspace, changes)
    assert coaches(house) == after


def test_a_certificate_that_lapsed_does_not_keep_the_old_coach_from_handing_over(house: House) -> None:
    house.work_as_coach(valid_until=date(2026, 2, 20))
    new = another_coach(house)
    house.plan(MONDAY)
    house.clock.put(date(2026, 2, 25))
    changes = hand_over(house.workspace, house.engagement.id, coach_id=new.id)
    assert coaches(house) == [new.id, new.id]
    undo(house.workspace, changes)
    assert coaches(house) == [house.coach.id, house.coach.id]


def test_a_new_coach_without_a_valid_certificate_gets_neither_programme_nor_visits(house: House) -> None:
    lapsed = another_coach(house, "Lars Lapsed", valid_until=STARTED_ON)
    house.plan(MONDAY)
    for person, code in ((lapsed, "certificate.lapsed"), (add_nobody(house), "certificate.missing")):
        with refused(code):
            hand_over(house.workspace, house.engagement.id, coach_id=person.id)
    assert coaches(house) == [house.coach.id, house.coach.id]


def test_a_programme_that_ended_is_not_handed_over(house: House) -> None:
    new = another_coach(house)
    end_engagement(house.workspace, house.engagement.id, on=date(2026, 2, 2), reason="sold")
    with refused("engagement.ended"):
        hand_over(house.workspace, house.engagement.id, coach_id=new.id)


def test_history_and_paper_say_that_the_visits_go_over(house: House) -> None:
    guest = another_coach(house)
    house.plan(MONDAY, coach_id=guest.id)
    with house.workspace.reading() as reader:
        summary = handover(reader, house.engagement.id, on=STARTED_ON).summary
    assert not any("to the next coach" in one for one in summary)
    for week in (1, 2):
        house.plan(MONDAY + timedelta(days=7 * week))
    with house.workspace.reading() as reader:
        summary = handover(reader, house.engagement.id, on=STARTED_ON).summary
    assert f"2 {GOES_OVER}" in summary
    with in_language("en"):
        paper = text_of(report_bytes(house.workspace, "handover", dealership_id=house.dealership.id))
    assert f"2 {GOES_OVER}" in paper


def add_nobody(house: House) -> Person:
    return add_person(house.workspace, name="Nina Nobody").made(Person)
