"""What Today adds for a programme comes from its records, and what has no record is left out."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from qma_app.domain.action import Action, Stage
from qma_app.domain.effect import is_share
from qma_app.domain.ids import PersonId
from qma_app.domain.month import Month
from qma_app.domain.people import Person
from qma_app.domain.reading import MonthFigures
from qma_app.domain.target import Gain
from qma_app.domain.visit import Participant, Visit
from qma_app.domain.visit_people import expected_at
from qma_app.services.actions import move_action, plan_action
from qma_app.services.engagements import change_engagement
from qma_app.services.people import add_person
from qma_app.services.planning import make_plan, propose_plan
from qma_app.services.process_owners import name_owners
from qma_app.services.readings import write_readings
from qma_app.services.targets import add_target
from qma_app.services.today_programme import TodayProgramme, today_programme, visit_under_way
from qma_app.services.visits import (
    add_item,
    cancel_visit,
    close_visit,
    note_attendance,
    pause_visit,
    plan_visit,
    prepare_visit,
    start_visit,
    tick_item,
)
from tests.builders import TODAY
from tests.services.conftest import Programme


def seen(programme: Programme, on: date = TODAY) -> TodayProgramme:
    with programme.workspace.reading() as reader:
        return today_programme(reader, programme.engagement.id, on=on)


def a_visit(programme: Programme, days: int, **fields: object) -> Visit:
    planned = plan_visit(
        programme.workspace,
        programme.engagement.id,
        planned_on=TODAY + timedelta(days=days),
        despite=True,
        **fields,  # type: ignore[arg-type]  # fields of a visit
    )
    return planned.made(Visit)


def a_person(programme: Programme, name: str) -> PersonId:
    made = add_person(programme.workspace, name=name, function="Lead", dealership_id=programme.dealership.id)
    return made.made(Person).id


def test_a_programme_without_records_has_steps_alone(programme: Programme) -> None:
    found = seen(programme)
    assert found.steps
    assert (found.visit, found.next_visit, found.pre_audit_on, found.audit_on) == (None, None, None, None)
    assert (found.late, found.effects, found.areas, found.with_whom) == ((), (), (), ())


@pytest.mark.parametrize(("days", "is_named"), [(0, True), (7, True), (8, False)])
def test_a_visit_within_a_week_is_the_visit(programme: Programme, days: int, is_named: bool) -> None:
    visit = a_visit(programme, days)
    assert (seen(programme).visit is not None) is is_named
    assert seen(programme).is_todays(TODAY) is (days == 0)
    assert (seen(programme).next_visit is not None) is (days > 0)
    cancel_visit(programme.workspace, visit.id, reason="ill")
    assert seen(programme).visit is None


def test_what_is_under_way_comes_before_what_is_planned(programme: Programme) -> None:
    first, second = a_visit(programme, 0), a_visit(programme, 0)
    start_visit(programme.workspace, second.id)
    assert seen(programme).visit is not None
    assert seen(programme).visit.number == second.number  # type: ignore[union-attr]  # said in the line above
    pause_visit(programme.workspace, second.id)
    start_visit(programme.workspace, first.id)
    assert seen(programme).visit.id == first.id  # type: ignore[union-attr]  # there is one
    with programme.workspace.reading() as reader:
        assert visit_under_way(reader, programme.engagement.id).id == first.id  # type: ignore[union-attr]  # it runs
    close_visit(programme.workspace, first.id)
    close_visit(programme.workspace, second.id)
    with programme.workspace.reading() as reader:
        assert visit_under_way(reader, programme.engagement.id) is None


def test_a_visit_is_with_who_answers_for_its_areas_until_somebody_is_noted(programme: Programme) -> None:
    one, two, principal = (a_person(programme, name) for name in ("R. Eins", "A. Zwei", "M. Chef"))
    change_engagement(programme.workspace, programme.engagement.id, principal_id=principal)
    with programme.workspace.reading() as reader:
        edition = reader.edition(programme.engagement.edition)
    service = next(area for area in edition.areas if area.code == "SRV")
    parts = next(area for area in edition.areas if area.code == "PRT")
    owners = {process.id: one for process in service.processes}
    owners[service.processes[0].id] = two
    owners |= {process.id: two for process in parts.processes}
    name_owners(programme.workspace, programme.engagement.id, owners)
    visit = a_visit(programme, 0, areas=(parts.id, service.id))
    assert seen(programme).with_whom == ("R. Eins (Service)", f"A. Zwei ({parts.title})")
    with programme.workspace.reading() as reader:
        expected = expected_at(reader, visit)
    assert [(each.name, each.at_opening) for each in expected] == [
        ("M. Chef", False),
        ("R. Eins", False),
        ("A. Zwei", False),
    ]
    note_attendance(programme.workspace, visit.id, [Participant(name="Guest")])
    assert seen(programme).with_whom == ("Guest",)


def test_the_points_of_todays_agenda_stand_first_and_never_twice(programme: Programme) -> None:
    visit = a_visit(programme, 0)
    add_item(programme.workspace, visit.id, "Walk round")
    prepare_visit(programme.workspace, visit.id)
    found = seen(programme)
    points = [step for step in found.steps if step.item is not None]
    assert found.steps[: len(points)] == tuple(points)
    assert "Walk round" in [step.title for step in points]
    assert not any(step.key.startswith("agenda:") for step in found.steps)
    keys = [step.key for step in found.steps]
    assert len(keys) == len(set(keys))
    walk = next(step for step in points if step.title == "Walk round")
    assert walk.item is not None
    tick_item(programme.workspace, walk.item.id, outcome="Clean")
    again = next(step for step in seen(programme).steps if step.title == "Walk round")
    assert (again.is_done, again.is_settled, again.outcome) == (True, False, "Clean")


def test_the_agenda_of_another_day_does_not_order_today(programme: Programme) -> None:
    visit = a_visit(programme, 3)
    add_item(programme.workspace, visit.id, "Walk round")
    assert not any(step.item for step in seen(programme).steps)


def test_only_what_is_not_done_is_overdue_the_longest_first(programme: Programme) -> None:
    made = [
        plan_action(
            programme.workspace,
            engagement_id=programme.engagement.id,
            what=what,
            due_on=TODAY + timedelta(days=days),
            from_checkpoint=programme.first,
        ).made(Action)
        for what, days in (("late", -2), ("later", -9), ("today", 0), ("done", -20))
    ]
    for stage in (Stage.DO, Stage.CHECK):
        move_action(programme.workspace, made[3].id, stage=stage)
    assert [(one.action.what, one.days) for one in seen(programme).late] == [("later", 9), ("late", 2)]
    area = seen(programme).late[0].area
    assert area is not None
    assert area.id == programme.first.split(".")[0]


def test_how_sure_a_figure_is_is_said_where_cases_were_counted(programme: Programme) -> None:
    with programme.workspace.reading() as reader:
        edition = reader.edition(programme.engagement.edition)
    counted = next(kpi for kpi in edition.kpis.values() if is_share(kpi))
    other = next(kpi for kpi in edition.kpis.values() if not is_share(kpi))
    for gain, kpi in ((Gain.CUSTOMERS, counted), (Gain.PROFIT, other)):
        add_target(programme.workspace, programme.engagement.id, gain=gain, kpi=kpi.code, goal=Decimal(90))
    assert seen(programme).effects == ()
    month = Month(2026, 10)
    for kpi in (counted, other):
        write_readings(
            programme.workspace,
            programme.engagement.id,
            kpi.code,
            [MonthFigures(month=month, numerator=Decimal(30), denominator=Decimal(41))],
        )
    margins = {one.line.target.kpi: one.margin for one in seen(programme).effects}
    assert margins[other.code] is None
    # 30 of 41: from 58.1 to 84.3 percent.
    assert 13 < margins[counted.code] < 13.2  # type: ignore[operator]  # a share has one


def test_audit_days_are_those_of_the_plan(programme: Programme) -> None:
    with programme.workspace.reading() as reader:
        proposal = propose_plan(reader, programme.engagement.id, on=TODAY)
    make_plan(programme.workspace, programme.engagement.id, proposal)
    found = seen(programme)
    assert found.audit_on is not None
    assert found.pre_audit_on is not None
    assert found.pre_audit_on < found.audit_on
