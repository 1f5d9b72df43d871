"""Writes each field that is typed while a programme is set up: tried with hostile words beside the others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Final

from qma_app.domain.charter import Charter
from qma_app.domain.dealership import ClosingDay
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AreaId, ProcessId
from qma_app.domain.people import Person, Qualification, Role
from qma_app.domain.plan import PlannedArea
from qma_app.domain.process_owner import ProcessOwner
from qma_app.domain.record import Changes, Record
from qma_app.domain.target import Gain, Target
from qma_app.services import (
    areas_left_out,
    charters,
    closing_times,
    engagements,
    people,
    process_owners,
    targets,
)
from tests.services.conftest import Programme

Write = Callable[[Programme, str], Changes]
ON: Final = date(2026, 11, 21)


def _training(p: Programme, text: str) -> Changes:
    with p.workspace.reading() as reader:
        known = reader.all(Person)
    person = known[0] if known else people.add_person(p.workspace, name="R. Sample").made(Person)
    return people.certify_person(p.workspace, person.id, role=Role.COACH, training=text)


def _closing(p: Programme, text: str) -> Changes:
    return closing_times.add_closing_time(p.workspace, p.dealership.id, first_on=ON, last_on=ON, words=text)


def _ended(p: Programme, text: str) -> Changes:
    engagements.take_up_engagement(p.workspace, p.engagement.id)
    return engagements.end_engagement(p.workspace, p.engagement.id, on=ON, reason=text)


def _target(p: Programme, text: str) -> Changes:
    with p.workspace.reading() as reader:
        known = reader.all(Target)
    if known:
        targets.remove_target(p.workspace, known[0].id)
    return targets.add_target(
        p.workspace, p.engagement.id, gain=Gain.CUSTOMERS, kpi="C15", goal=Decimal(80), words=text
    )


def _aim(p: Programme, text: str) -> Changes:
    _unsigned(p)
    return charters.write_charter(p.workspace, p.engagement.id, aim=text)


def _coach_part(p: Programme, text: str) -> Changes:
    _unsigned(p)
    return charters.write_charter(p.workspace, p.engagement.id, coach_part=text)


def _signed_by(p: Programme, text: str) -> Changes:
    _unsigned(p)
    return charters.sign_charter(p.workspace, p.engagement.id, on=ON, by=text, place="")


def _signed_in(p: Programme, text: str) -> Changes:
    _unsigned(p)
    return charters.sign_charter(p.workspace, p.engagement.id, on=ON, by="R. Sample", place=text)


def _unsigned(p: Programme) -> None:
    """A charter that says something and is not signed, whatever there was before."""
    with p.workspace.writing("charter.deleted") as work:
        for charter in work.all(Charter):
            work.delete(charter)
    charters.write_charter(p.workspace, p.engagement.id, aim="Price first")


def _described(p: Programme, text: str) -> Changes:
    process = ProcessId("service.repair-order")
    return process_owners.name_owner(p.workspace, p.engagement.id, process, described_in=text)


def _left_out(p: Programme, text: str) -> Changes:
    return areas_left_out.leave_out_area(p.workspace, p.engagement.id, AreaId("it-data"), text)


SETTING_UP_WORDS: Final[tuple[tuple[type[Record], str, Write, bool], ...]] = (
    (Qualification, "training", _training, False),
    (ClosingDay, "words", _closing, True),
    (Engagement, "ended_reason", _ended, True),
    (Target, "words", _target, True),
    (Charter, "aim", _aim, False),
    (Charter, "coach_part", _coach_part, False),
    (Charter, "signed_by", _signed_by, True),
    (Charter, "place", _signed_in, True),
    (ProcessOwner, "described_in", _described, False),
    (PlannedArea, "left_out", _left_out, True),
)
"""Kind, field, how a use case writes it, and whether it strips spaces around it."""
