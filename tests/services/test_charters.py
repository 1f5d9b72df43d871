"""A charter is written until it is signed, signed once, and its signed page is kept as evidence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from qma_app.domain.charter import Charter
from qma_app.domain.evidence import Evidence
from qma_app.domain.evidence_use import evidence_of_charter, unlinked_evidence
from qma_app.errors import RuleBroken
from qma_app.services.charters import charter_of, sign_charter, write_charter
from qma_app.services.evidence import add_evidence
from qma_app.services.undoing import undo
from tests.builders import TODAY
from tests.exchange.pictures import a_photo
from tests.services.conftest import Programme


def refused(code: str) -> Any:
    return pytest.raises(RuleBroken, check=lambda error: error.code == code)


def written(programme: Programme) -> Charter:
    return write_charter(
        programme.workspace, programme.engagement.id, aim="Every customer knows the price first"
    ).made(Charter)


def test_there_is_one_and_each_writing_changes_only_what_is_given(programme: Programme) -> None:
    workspace, id = programme.workspace, programme.engagement.id
    with workspace.reading() as reader:
        assert charter_of(reader, id) is None
    first = written(programme)
    write_charter(workspace, id, coach_part="Four days a month")
    with workspace.reading() as reader:
        (now,) = reader.all(Charter)
    assert (now.id, now.aim, now.coach_part) == (
        first.id,
        "Every customer knows the price first",
        "Four days a month",
    )


def test_a_signed_one_changes_no_more_and_is_not_signed_twice(programme: Programme) -> None:
    workspace, id = programme.workspace, programme.engagement.id
    written(programme)
    changes = sign_charter(workspace, id, on=TODAY, by=" R. Muster ", place="Musterstadt")
    signed = changes.of(Charter)[0]
    assert (signed.signed_on, signed.signed_by, signed.place) == (TODAY, "R. Muster", "Musterstadt")
    with refused("charter.signed"):
        write_charter(workspace, id, aim="Something else")
    with refused("charter.signed"):
        sign_charter(workspace, id, on=TODAY, by="Somebody else", place="")
    undo(workspace, changes)
    assert write_charter(workspace, id, aim="Something else")


def test_an_empty_one_is_not_signed(programme: Programme) -> None:
    with refused("charter.aim-missing"):
        sign_charter(programme.workspace, programme.engagement.id, on=TODAY, by="R. Muster", place="")


@pytest.mark.parametrize(
    ("on", "by", "code"),
    [(TODAY, " ", "charter.signer-missing"), (date(2026, 11, 22), "R. Muster", "charter.day-ahead")],
)
def test_who_signed_and_when_must_hold(programme: Programme, on: date, by: str, code: str) -> None:
    written(programme)
    with refused(code):
        sign_charter(programme.workspace, programme.engagement.id, on=on, by=by, place="")


def test_its_signed_page_is_tied_to_it_after_the_signing(programme: Programme) -> None:
    workspace, id = programme.workspace, programme.engagement.id
    charter = written(programme)
    sign_charter(workspace, id, on=TODAY, by="R. Muster", place="")
    page = add_evidence(
        workspace, engagement_id=id, data=a_photo(), name="charter.jpg", charter_id=charter.id
    ).made(Evidence)
    with workspace.reading() as reader:
        assert [one.id for one in evidence_of_charter(reader, charter.id)] == [page.id]
        assert unlinked_evidence(reader, id) == ()
