"""Who may audit and who may decide: each tie of the records and those noted by hand, to the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from qma_app.domain.action import Action
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import TeamMember, TeamPart
from qma_app.domain.ids import ActionId, AssessmentId
from qma_app.domain.independence import ConflictCode
from qma_app.domain.people import Person, Role
from qma_app.domain.tie import Tie, TieKind
from qma_app.services.audit_people import (
    change_tie,
    delete_tie,
    note_tie,
    possible_auditors,
    possible_decision_makers,
)
from qma_app.services.audits import set_team
from qma_app.services.people import certify_person
from qma_app.services.workspace import Workspace
from tests.services.auditing import BEFORE, FIRST, Audited, add_auditor, begin
from tests.services.visiting import House, refused

pytest_plugins = ["tests.services.visiting_fixtures"]


@pytest.fixture
def audited(house: House) -> Audited:
    return begin(house)


def against(audited: Audited, person: Person) -> tuple[ConflictCode, ...]:
    with audited.house.workspace.reading() as reader:
        choices = possible_auditors(reader, audited.audit, on=BEFORE)
    (choice,) = [one for one in choices if one.person.id == person.id]
    return tuple(one.code for one in choice.conflicts)


def deciders(audited: Audited, on: date = FIRST) -> dict[str, tuple[ConflictCode, ...]]:
    with audited.house.workspace.reading() as reader:
        choices = possible_decision_makers(reader, audited.audit_id, on=on)
    return {one.person.name: tuple(found.code for found in one.conflicts) for one in choices}


def make_decider(workspace: Workspace, person: Person, until: date | None = None) -> None:
    certify_person(workspace, person.id, role=Role.DECISION_MAKER, valid_until=until)


def test_whoever_knows_nobody_there_comes_first(audited: Audited) -> None:
    workspace = audited.house.workspace
    certify_person(workspace, audited.house.coach.id, role=Role.AUDITOR)
    with workspace.reading() as reader:
        choices = possible_auditors(reader, audited.audit, on=BEFORE)
    assert [(one.person.id, one.is_free) for one in choices] == [
        (audited.auditor.id, True),
        (audited.house.coach.id, False),
    ]
    reasons = [one.reason for one in choices[1].conflicts]
    assert all("Carla Coach" in reason for reason in reasons)


@pytest.mark.parametrize(
    ("until", "found"),
    [(date(2025, 6, 14), (ConflictCode.PAID,)), (date(2025, 6, 13), ())],
)
def test_a_tie_counts_for_24_months_to_the_day(
    audited: Audited, until: date, found: tuple[ConflictCode, ...]
) -> None:
    house = audited.house
    note_tie(
        house.workspace,
        audited.auditor.id,
        house.dealership.id,
        TieKind.PAID,
        from_on=date(2020, 1, 1),
        until_on=until,
        words="Sold software to them.",
    )
    assert against(audited, audited.auditor) == found


def test_a_tie_noted_by_mistake_is_corrected_or_goes(audited: Audited) -> None:
    house = audited.house
    tie = note_tie(
        house.workspace, audited.auditor.id, house.dealership.id, TieKind.EMPLOYED, words=" By error "
    ).made(Tie)
    assert tie.words == "By error"
    assert against(audited, audited.auditor) == (ConflictCode.EMPLOYED,)
    with refused("tie.days"):
        change_tie(house.workspace, tie.id, from_on=FIRST, until_on=FIRST - timedelta(days=1))
    with pytest.raises(ValueError, match="person_id"):
        change_tie(house.workspace, tie.id, person_id=house.coach.id)
    change_tie(house.workspace, tie.id, until_on=date(2020, 1, 1))
    assert against(audited, audited.auditor) == ()
    delete_tie(house.workspace, tie.id)
    assert not house.all(Tie)


def test_actions_and_assessments_of_theirs_are_named(audited: Audited) -> None:
    house, helper = audited.house, add_auditor(audited.house, "Hanna Helper")
    house.workspace.set_worker(None)
    with house.workspace.writing("test.helped") as work:
        work.put(
            Action(
                id=ActionId("a"), engagement_id=house.engagement.id, number=7, what="x", owner_id=helper.id
            )
        )
        work.put(
            Assessment(
                id=AssessmentId("b"),
                engagement_id=house.engagement.id,
                number=90,
                kind=AssessmentKind.PROGRESS,
                started_on=date(2026, 3, 1),
                scope=audited.assessment.scope,
                assessor_id=helper.id,
            )
        )
    assert against(audited, helper) == (ConflictCode.ASSESSED, ConflictCode.OWNED_ACTIONS)
    with refused("audit.not-independent") as caught:
        set_team(house.workspace, audited.audit_id, [TeamMember(person_id=helper.id, part=TeamPart.LEAD)])
    assert set(caught.value.params["records"]) == {"a", "b"}
    assert "A-007" in str(caught.value)


def test_whoever_audited_before_may_audit_again(audited: Audited) -> None:
    assert audited.assessment.assessor_id == audited.auditor.id
    assert against(audited, audited.auditor) == ()


def test_the_team_does_not_decide_nor_does_the_coach(audited: Audited) -> None:
    workspace = audited.house.workspace
    free = add_auditor(audited.house, "Fred Free")
    for person in (free, audited.auditor, audited.house.coach):
        make_decider(workspace, person)
    found = deciders(audited)
    assert next(iter(found)) == "Fred Free"
    assert found["Fred Free"] == ()
    assert found["Dora Auditor"] == (ConflictCode.DECIDED_AND_AUDITED,)
    assert ConflictCode.COACHED in found[audited.house.coach.name]


def test_observers_do_not_decide_either(audited: Audited) -> None:
    watcher = add_auditor(audited.house, "Willa Watcher")
    make_decider(audited.house.workspace, watcher)
    assert deciders(audited)["Willa Watcher"] == ()
    lead = TeamMember(person_id=audited.auditor.id, part=TeamPart.LEAD)
    watching = TeamMember(person_id=watcher.id, part=TeamPart.OBSERVER)
    set_team(audited.house.workspace, audited.audit_id, [lead, watching])
    assert deciders(audited)["Willa Watcher"] == (ConflictCode.DECIDED_AND_AUDITED,)


def test_a_certificate_to_decide_must_be_valid_on_the_day(audited: Audited) -> None:
    free = add_auditor(audited.house, "Fred Free")
    make_decider(audited.house.workspace, free, until=FIRST)
    assert deciders(audited)["Fred Free"] == ()
    assert deciders(audited, FIRST + timedelta(days=1))["Fred Free"] == (ConflictCode.CERTIFICATE_LAPSES,)
