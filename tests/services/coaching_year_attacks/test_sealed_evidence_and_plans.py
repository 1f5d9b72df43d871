"""Photos of signed minutes stay, and a plan made again loses nothing that hangs on the visits it drops."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from qma_app.domain.evidence import Evidence
from qma_app.domain.evidence_use import evidence_of_visit
from qma_app.domain.promise import Promise
from qma_app.domain.visit import AgendaItem, Signature, Visit, VisitNote
from qma_app.services import evidence, promises, visit_notes, visits
from qma_app.services.bin import restore_from_bin
from qma_app.services.engagements import change_engagement
from tests.services import planned
from tests.services.visiting import MONDAY, House, refused

pytest_plugins = ["tests.services.visiting_fixtures"]

SIGNED = Signature(
    name="Paul Principal",
    function="Principal",
    strokes=((0, 0, 10, 10),),
    signed_at=datetime(2026, 3, 2, 16, tzinfo=UTC),
)


def held(house: House) -> Visit:
    visit = house.plan(MONDAY)
    house.clock.put(MONDAY, 9)
    visits.start_visit(house.workspace, visit.id)
    return visit


def seal(house: House, visit: Visit) -> None:
    visits.close_visit(house.workspace, visit.id)
    visits.sign_visit(house.workspace, visit.id, SIGNED)


def shown(house: House, visit: Visit) -> list[str]:
    with house.workspace.reading() as reader:
        return [one.id for one in evidence_of_visit(reader, visit.id)]


def photo(house: House, visit: Visit, data: bytes = b"a;b\n") -> Evidence:
    return evidence.add_evidence(
        house.workspace, engagement_id=house.engagement.id, data=data, name="a.csv", visit_id=visit.id
    ).made(Evidence)


class TestEvidenceOfSignedMinutes:
    """What was taken in at a visit is part of its minutes."""

    def test_it_is_not_removed(self, house: House) -> None:
        visit = held(house)
        seen = photo(house, visit)
        seal(house, visit)
        with refused("evidence.visit-signed"):
            evidence.remove_evidence(house.workspace, seen.id)
        assert shown(house, visit) == [seen.id]

    def test_a_newer_version_does_not_take_its_place(self, house: House) -> None:
        visit = held(house)
        seen = photo(house, visit)
        seal(house, visit)
        evidence.revise_evidence(house.workspace, seen.id, data=b"c;d\n", name="b.csv")
        assert shown(house, visit) == [seen.id]

    def test_it_does_not_come_back_out_of_the_bin(self, house: House) -> None:
        visit = held(house)
        seen = photo(house, visit)
        evidence.remove_evidence(house.workspace, seen.id)
        seal(house, visit)
        with refused("evidence.visit-signed"):
            restore_from_bin(house.workspace, Evidence, seen.id)
        assert shown(house, visit) == []


def test_a_plan_made_shorter_frees_what_hangs_on_the_visits_it_drops(tmp_path: Path) -> None:
    with planned.a_house(tmp_path / "p", months=24) as house:
        house.plan()
        last = max(house.visits(), key=lambda one: one.planned_on)
        noted = visit_notes.note(house.workspace, house.engagement.id, "Ask for the audit", visit_id=last.id)
        promised = promises.make_promise(
            house.workspace, house.engagement.id, what="A room", who="Paul", due_on=None, visit_id=last.id
        ).made(Promise)
        visits.add_item(house.workspace, last.id, "Look at the room")
        change_engagement(house.workspace, house.engagement.id, months=12)
        house.plan()
        assert last.id not in [one.id for one in house.visits()]
        with house.workspace.reading() as reader:
            assert reader.all(AgendaItem, visit_id=last.id) == ()
            between = visit_notes.notes_of(reader, house.engagement.id)
        assert [one.id for one in between] == [noted.made(VisitNote).id]
        promises.change_promise(house.workspace, promised.id, due_on=date(2026, 12, 1))
