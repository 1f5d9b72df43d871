"""What the next coach reads: who is who, what was tried, what is open, and the story in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from qma_app.domain.action import Stage
from qma_app.domain.charter import Charter
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import ProcessId
from qma_app.domain.people import Person
from qma_app.domain.plan import OpenCondition, PlannedPhase
from qma_app.domain.process_owner import ProcessOwner
from qma_app.domain.promise import Promise, PromiseState
from qma_app.domain.record import Record
from qma_app.domain.verification import Effect, Verification, VerificationKind
from qma_app.domain.visit import Visit
from qma_app.services.assessments import complete_assessment
from qma_app.services.findings import raise_finding
from qma_app.services.handover import HandoverView, handover
from qma_app.services.people import add_person
from qma_app.services.ratings import rate_checkpoint
from tests.builders import NOW
from tests.services.conftest import PRICE, Programme
from tests.services.test_actions import move, planned, shown

ON = date(2027, 2, 1)


def seen(programme: Programme, on: date = ON) -> HandoverView:
    with programme.workspace.reading() as reader:
        return handover(reader, programme.engagement.id, on=on)


def put(programme: Programme, *records: Record) -> None:
    with programme.workspace.writing("test.put") as work:
        for record in records:
            work.put(record)


def person(programme: Programme, name: str) -> Person:
    return add_person(programme.workspace, name=name, dealership_id=programme.dealership.id).made(Person)


def test_an_empty_programme_says_where_it_stands(programme: Programme) -> None:
    view = seen(programme, programme.engagement.started_on)
    assert [one.words for one in view.story] == ["The programme begins."]
    assert view.summary[0].startswith("Month 1 of 18, begun on ")
    assert view.summary[-1] == "No visit is planned."
    assert (view.people, view.tried, view.open_promises, view.open_majors, view.visits) == (
        (),
        (),
        (),
        (),
        (),
    )


def test_people_are_named_with_their_parts(programme: Programme) -> None:
    principal, officer, other = (person(programme, name) for name in ("P. Beispiel", "O. Beispiel", "X. Y."))
    put(
        programme,
        replace(programme.engagement, principal_id=principal.id, officer_id=officer.id, officer_percent=40),
        ProcessOwner(
            id="o1",  # type: ignore[arg-type]
            engagement_id=programme.engagement.id,
            process_id=ProcessId("service.repair-order"),
            owner_id=officer.id,
            deputy_id=principal.id,
        ),
    )
    with programme.workspace.writing("test.left") as work:
        work.delete(work.get(Person, officer.id))
    assert [(one.person.name, one.parts) for one in seen(programme).people] == [
        ("P. Beispiel", ("Dealer principal", "deputy for SRV-04")),
        ("O. Beispiel", ("Quality officer, 40% of the time", "owner of SRV-04")),
        ("X. Y.", ()),
    ]
    assert other.id


def test_what_worked_stands_before_what_did_not(programme: Programme) -> None:
    worked, failed, unchecked = planned(programme, "Worked"), planned(programme, "Failed"), planned(programme)
    planned(programme, "Only planned")
    for one in (failed, unchecked):
        move(programme, one, Stage.CHECK)
    shown(programme, worked)
    put(
        programme,
        Verification(
            id="v1",  # type: ignore[arg-type]
            engagement_id=programme.engagement.id,
            kind=VerificationKind.LOOK,
            action_id=failed.id,
            effect=Effect.NOT_SHOWN,
            verified_on=date(2026, 12, 1),
            words="Three of ten still without a price",
        ),
    )
    lines = seen(programme).tried
    assert [(one.action.what, one.worked) for one in lines] == [
        ("Worked", True),
        ("Failed", False),
        ("Price before the key", None),
    ]
    assert lines[1].words == "not shown: Three of ten still without a price"
    assert lines[2].words == "done, effect not yet checked"
    assert lines[0].spot.action_id == worked.id


def test_what_an_action_served_is_named(programme: Programme) -> None:
    finding = raise_finding(
        programme.workspace,
        engagement_id=programme.engagement.id,
        grade=FindingGrade.MAJOR,
        statement="No price",
    ).made(Finding)
    action = planned(programme, "Price", findings=(finding.id,))
    move(programme, action, Stage.CHECK)
    view = seen(programme)
    assert view.tried[0].findings == ("F-001",)
    assert [one.label for one in view.open_majors] == ["F-001"]
    assert "1 major finding is open." in view.summary


def test_open_promises_go_over_the_late_first(programme: Programme) -> None:
    mine: dict[str, Any] = {"engagement_id": programme.engagement.id, "who": "P. Beispiel"}
    put(
        programme,
        Promise(id="p1", number=1, what="Some day", **mine),  # type: ignore[arg-type]
        Promise(id="p2", number=2, what="Soon", due_on=date(2027, 3, 1), **mine),  # type: ignore[arg-type]
        Promise(id="p3", number=3, what="Late", due_on=date(2027, 1, 1), **mine),  # type: ignore[arg-type]
        Promise(id="p4", number=4, what="Kept", kept_on=date(2027, 1, 1), **mine),  # type: ignore[arg-type]
        Promise(id="p5", number=5, what="Come", broken_on=date(2027, 1, 5), **mine),  # type: ignore[arg-type]
    )
    view = seen(programme)
    assert [(one.promise.what, one.state) for one in view.open_promises] == [
        ("Late", PromiseState.LATE),
        ("Soon", PromiseState.OPEN),
        ("Some day", PromiseState.OPEN),
    ]
    assert view.story[-1].words == "P. Beispiel breaks a promise: Come"
    assert "3 promises are open, 1 of them late." in view.summary


def test_the_story_stands_in_time_and_ends_on_the_day(programme: Programme) -> None:
    start = programme.engagement.started_on
    mine: dict[str, Any] = {"engagement_id": programme.engagement.id}
    rate_checkpoint(programme.workspace, programme.assessment.id, PRICE, points=4)
    complete_assessment(programme.workspace, programme.assessment.id)
    put(
        programme,
        Visit(
            id="v1",  # type: ignore[arg-type]
            number=1,
            planned_on=date(2026, 12, 3),
            closed_at=NOW,
            summary="Prices",
            **mine,
        ),
        Visit(id="v2", number=2, planned_on=date(2027, 3, 1), **mine),  # type: ignore[arg-type]
        Charter(id="c1", signed_on=date(2026, 12, 1), signed_by="P. Beispiel", **mine),  # type: ignore[arg-type]
        PlannedPhase(
            id="s1",  # type: ignore[arg-type]
            phase="commitment",
            place=0,
            starts_on=start,
            ends_on=start,
            passed_on=date(2026, 12, 2),
            passed_reason="Season",
            passed_open=(OpenCondition(condition="kpi-history", words="Figures", figures="4 of 12"),),
            **mine,
        ),
    )
    view = seen(programme)
    assert [one.words for one in view.story] == [
        "The programme begins.",
        "Baseline 1 is completed.",
        "The charter is signed by P. Beispiel.",
        "The gate of Commitment is passed all the same (Season); open then: Figures",
        "Visit 1: Prices",
    ]
    assert [one.on for one in view.story] == sorted(one.on for one in view.story)
    assert view.phases[0].open[0].figures == "4 of 12"
    assert [one.number for one in view.visits] == [1, 2]
    assert "1 visit was held, the last one on 3 Dec 2026." in view.summary
    assert len(seen(programme, date(2026, 12, 1)).story) == 3


def test_the_next_steps_are_those_of_the_list(programme: Programme) -> None:
    assert 0 < len(seen(programme).next_steps) <= 10
