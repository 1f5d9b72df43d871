"""Every field of a visit, its agenda and notes, of promises, targets and the charter stands on one of their three papers."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from qma_app.domain.charter import Charter
from qma_app.domain.finding import FindingGrade
from qma_app.domain.ids import AreaId
from qma_app.domain.promise import Promise
from qma_app.domain.record import Record
from qma_app.domain.target import Gain, Target
from qma_app.domain.visit import AgendaItem, Participant, Signature, Stretch, Visit, VisitNote
from qma_app.domain.wording import gain_title
from qma_app.i18n import day_text
from qma_app.reports.year.words import here_text
from tests.builders import NOW, PRICE_AGREED, a_finding, a_person, an_action
from tests.reports.fake_reader import FakeReader
from tests.reports.reading_back import body_text, squeezed
from tests.reports.test_every_word_is_printed import filled, typed_fields, words_for
from tests.reports.year_house import (
    COACH,
    PRINCIPAL,
    a_charter,
    a_closed_visit,
    a_note,
    a_promise,
    a_signature,
    a_target,
    a_visit,
    a_year,
    agenda_pdf,
    an_item,
    charter_pdf,
    minutes_pdf,
)

_INTERNAL = frozenset({"id", "version", "deleted_at", "engagement_id"})
_FINDING = a_finding(4, FindingGrade.MINOR)
_WRITER = a_person("Wanda Writer")


def _day(day: date) -> str:
    return day_text(day)


def _clock(at: datetime) -> str:
    return f"{at.astimezone():%H:%M}"


_SHOWN: dict[type, dict[str, Any]] = {
    Visit: {
        "number": "Visit {}:".format,
        "planned_on": _day,
        "starts_at": lambda _at: "09:10 to 15:45",
        "ends_at": lambda _at: "09:10 to 15:45",
        "areas": lambda _ids: "SRV Service, PRT Parts",
        "coach_id": lambda _id: _WRITER.name,
        "clock": lambda clock: f"{_clock(clock[0].begun)}–{_clock(clock[0].ended)}",
        "participants": lambda people: people[0].name,
        "next_on": lambda day: f"Agreed: Thursday, {_day(day)}",
        "signatures": lambda signatures: signatures[0].name,
        "closed_at": lambda at: f"Closed {here_text(at)}",
        "held_on": lambda day: f"Saturday, {_day(day)}",
        "cancelled_on": lambda day: f"Called off {_day(day)}",
    },
    Participant: {
        "name": str,
        "function": str,
        "person_id": lambda _id: "dealer principal",
        "at_opening": lambda _was: "Opening",
        "at_closing": lambda _was: "Closing",
    },
    Stretch: {"begun": lambda at: f"{_clock(at)}–", "ended": lambda at: f"–{_clock(at)}"},
    Signature: {
        "name": str,
        "function": str,
        "signed_at": lambda at: f"signed on the screen {here_text(at)}",
        "strokes": lambda _strokes: "",  # drawn: see the tests of the minutes
        "height": lambda _height: "",
    },
    AgendaItem: {
        "visit_id": lambda _id: "What was looked at",
        "place": lambda _place: "",  # the order of the rows: see the tests of the agenda
        "minutes": "{}".format,
        "step": lambda _step: "A-001",
        "rule": lambda _rule: "An action that is done is checked for its effect.",
        "done_at": lambda at: f"done {_clock(at)}",
    },
    VisitNote: {
        "noted_at": _clock,
        "visit_id": lambda _id: "Notes",
        "checkpoint_id": lambda _id: "SRV-02.1 The price agreed is as agreed.",
        "finding_id": lambda _id: "became F-004",
        "noted_by": lambda _id: _WRITER.name,
    },
    Promise: {
        "number": "P-{:03d}".format,
        "person_id": lambda _id: f"({PRINCIPAL.name})",
        "made_on": lambda day: f"made: {_day(day)}",
        "due_on": _day,
        "is_coachs": lambda _is: ", coach",
        "charter_id": lambda _id: "in the charter",
        "visit_id": lambda _id: "made: 20 Nov 2026, Visit 3",
        "kept_on": lambda day: f"kept {_day(day)}:",
        "broken_on": lambda day: f"broken {_day(day)}:",
    },
    Charter: {"signed_on": lambda day: f"Signed on {_day(day)}"},
    Target: {
        "gain": gain_title,
        "kpi": "{} Ready when promised".format,
        "goal": lambda _goal: "97.25%",
        "start": lambda _start: "81.5%",
        "due_on": _day,
    },
}


@pytest.fixture(scope="module")
def house() -> FakeReader:
    """Every field of every record filled in one of its records."""
    held = filled(
        a_closed_visit(
            7, areas=(AreaId("service"), AreaId("parts")), coach_id=_WRITER.id, planned_on=date(2026, 11, 20),
            starts_at=time(9, 10), ends_at=time(15, 45), next_on=date(2026, 12, 17),
            participants=(
                Participant(name=words_for("participant"), function=words_for("function"), person_id=PRINCIPAL.id, at_opening=True, at_closing=True),
            ),
            signatures=(a_signature(words_for("signature"), function=words_for("signer")),)
        )
    )  # fmt: skip
    held = replace(held, cancelled_reason="")
    earlier = a_visit(3, planned_on=date(2026, 10, 1))
    off = filled(a_visit(5, planned_on=date(2026, 11, 1), cancelled_on=date(2026, 10, 30)))
    charter = filled(a_charter(signed_on=date(2026, 1, 20)))
    item = filled(
        an_item(1, visit_id=held.id, minutes=47, step=f"verify:{an_action().id}", rule="verify", done_at=NOW)
    )
    note = filled(
        a_note(
            1, visit_id=held.id, checkpoint_id=PRICE_AGREED, finding_id=_FINDING.id, noted_by=_WRITER.id,
            noted_at=datetime(2026, 11, 21, 14, 3, tzinfo=UTC),
        )
    )  # fmt: skip
    promises = (
        filled(a_promise(1, person_id=PRINCIPAL.id, charter_id=charter.id, kept_on=date(2026, 11, 12), is_coachs=True)),
        filled(a_promise(2, broken_on=date(2026, 11, 14), made_on=date(2026, 11, 20), visit_id=earlier.id)),
    )  # fmt: skip
    target = filled(a_target(Gain.STAFF, goal=Decimal("97.25"), start=Decimal("81.5")))
    reader = a_year(held, earlier, off, charter, item, note, *promises, target, _FINDING)
    reader.add(an_action(), _WRITER, COACH)
    return reader


@pytest.fixture(scope="module")
def printed(house: FakeReader) -> str:
    papers = (charter_pdf(house), minutes_pdf(house, "7"), minutes_pdf(house, "5"), agenda_pdf(house, "7"))
    return squeezed("".join(map(body_text, papers)))


def _records(house: FakeReader, kind: type) -> list[Any]:
    visits = house.all(Visit)
    inside: dict[type, list[Any]] = {
        Participant: [one for visit in visits for one in visit.participants],
        Stretch: [one for visit in visits for one in visit.clock],
        Signature: [one for visit in visits for one in visit.signatures],
    }
    return inside.get(kind) or list(house.all(kind))


@pytest.mark.parametrize("kind", _SHOWN)
def test_every_field_has_its_place_on_paper(house: FakeReader, printed: str, kind: type) -> None:
    """A new field fails here until somebody says what of it stands on which paper."""
    typed = set(typed_fields(kind)) if issubclass(kind, Record) else set()
    missing = []
    for name in (field.name for field in fields(kind)):
        if name in _INTERNAL:
            continue
        said = [one for one in _records(house, kind) if getattr(one, name) not in (None, "", (), False)]
        assert said, f"no {kind.__name__} has a {name}"
        words = [getattr(said[0], name) if name in typed else _SHOWN[kind][name](getattr(said[0], name))]
        missing += [(name, each) for each in words if squeezed(each) not in printed]
    assert missing == []


def test_nothing_is_said_of_fields_that_are_gone() -> None:
    for kind, shown in _SHOWN.items():
        typed = set(typed_fields(kind)) if issubclass(kind, Record) else set()
        names = {field.name for field in fields(kind)}
        assert names - _INTERNAL == shown.keys() | typed
