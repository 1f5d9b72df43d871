"""Evidence is tied to visits and to the charter as to every other place: seen there, counted as used, never across programmes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from qma_app.domain.charter import Charter
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence
from qma_app.domain.evidence_use import (
    evidence_of_charter,
    evidence_of_visit,
    live_links,
    unlinked_evidence,
)
from qma_app.domain.ids import VisitId
from qma_app.domain.visit import Signature, Visit
from qma_app.errors import RuleBroken
from qma_app.services import evidence
from qma_app.services.charters import write_charter
from qma_app.services.dealerships import add_dealership
from qma_app.services.evidence_intake import NamedFile, add_evidence_files
from qma_app.services.evidence_ledger import UseKind, evidence_ledger
from qma_app.services.evidence_places import Place
from tests.builders import TODAY
from tests.services.conftest import Programme

AT = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
SIGNED = Signature(name="R. Muster", function="Principal", strokes=((0, 0, 10, 10),), signed_at=AT)


def a_visit(programme: Programme, **fields: Any) -> Visit:
    with programme.workspace.writing("visit.planned") as work:
        visit = Visit(
            id=VisitId(work.new_id()),
            engagement_id=programme.engagement.id,
            number=3,
            planned_on=date(2026, 11, 21),
        )
        return work.put(replace(visit, **fields))


def a_charter(programme: Programme, engagement_id: Any = None) -> Charter:
    return write_charter(
        programme.workspace, engagement_id or programme.engagement.id, aim="Price first"
    ).made(Charter)


def add(programme: Programme, **where: Any) -> Evidence:
    return evidence.add_evidence(
        programme.workspace, engagement_id=programme.engagement.id, data=b"a;b\n", name="a.csv", **where
    ).made(Evidence)


def test_it_is_found_where_it_is_tied_to(programme: Programme) -> None:
    visit, charter = a_visit(programme), a_charter(programme)
    item = add(programme, visit_id=visit.id)
    evidence.link_evidence(programme.workspace, item.id, charter_id=charter.id)
    evidence.link_evidence(programme.workspace, item.id, charter_id=charter.id)
    with programme.workspace.reading() as reader:
        assert [one.id for one in evidence_of_visit(reader, visit.id)] == [item.id]
        assert [one.id for one in evidence_of_charter(reader, charter.id)] == [item.id]
        assert len(live_links(reader, programme.engagement.id)) == 2
        (line,) = evidence_ledger(reader, programme.engagement.id, TODAY)
    assert [(use.kind, use.id, use.label) for use in line.uses] == [
        (UseKind.VISIT, visit.id, "visit 3"),
        (UseKind.CHARTER, charter.id, "charter"),
    ]
    assert not line.is_unlinked


def test_many_files_at_once_are_tied_to_a_visit(programme: Programme) -> None:
    visit = a_visit(programme)
    files = [NamedFile(name=f"{name}.csv", data=f"{name};1\n".encode()) for name in "abc"]
    add_evidence_files(
        programme.workspace,
        engagement_id=programme.engagement.id,
        files=files,
        place=Place(visit_id=visit.id),
    )
    with programme.workspace.reading() as reader:
        assert [one.name for one in evidence_of_visit(reader, visit.id)] == ["a.csv", "b.csv", "c.csv"]


def test_untied_or_with_its_place_in_the_bin_it_waits_again(programme: Programme) -> None:
    visit, charter = a_visit(programme), a_charter(programme)
    item = add(programme, visit_id=visit.id, charter_id=charter.id)
    with programme.workspace.writing("visit.deleted") as work:
        work.delete(work.get(Visit, visit.id))
    with programme.workspace.reading() as reader:
        assert unlinked_evidence(reader, programme.engagement.id) == ()
    with programme.workspace.writing("charter.deleted") as work:
        work.delete(work.get(Charter, charter.id))
    with programme.workspace.reading() as reader:
        assert [one.id for one in unlinked_evidence(reader, programme.engagement.id)] == [item.id]


def test_it_is_untied_at_exactly_its_place(programme: Programme) -> None:
    visit, charter = a_visit(programme), a_charter(programme)
    item = add(programme, visit_id=visit.id)
    evidence.link_evidence(programme.workspace, item.id, charter_id=charter.id)
    evidence.unlink_evidence(programme.workspace, item.id, visit_id=visit.id)
    with programme.workspace.reading() as reader:
        assert evidence_of_visit(reader, visit.id) == ()
        assert len(evidence_of_charter(reader, charter.id)) == 1


def test_a_place_of_another_programme_is_refused(programme: Programme) -> None:
    other = add_dealership(programme.workspace, name="Autohaus Nachbar", country="DE").made(Engagement)
    item = add(programme)
    for where in (
        {"charter_id": a_charter(programme, other.id).id},
        {"visit_id": a_visit(programme, engagement_id=other.id).id},
    ):
        with pytest.raises(RuleBroken, match="another programme"):
            evidence.link_evidence(programme.workspace, item.id, **where)


def test_signed_minutes_take_nothing_in_and_let_nothing_go(programme: Programme) -> None:
    visit = a_visit(programme)
    item = add(programme, visit_id=visit.id)
    with programme.workspace.writing("visit.closed") as work:
        closed = work.put(replace(work.get(Visit, visit.id), closed_at=AT, held_on=TODAY))
    evidence.unlink_evidence(programme.workspace, item.id, visit_id=visit.id)
    evidence.link_evidence(programme.workspace, item.id, visit_id=visit.id)
    with programme.workspace.writing("visit.signed") as work:
        work.put(replace(closed, signatures=(SIGNED,)))
    for act in (evidence.link_evidence, evidence.unlink_evidence):
        with pytest.raises(RuleBroken) as refused:
            act(programme.workspace, item.id, visit_id=visit.id)
        assert refused.value.code == "evidence.visit-signed"


def test_an_assessment_alone_is_no_place() -> None:
    assert not Place(assessment_id="a").is_somewhere  # type: ignore[arg-type]
    assert not Place().is_somewhere
    assert Place(visit_id=VisitId("v")).is_somewhere
