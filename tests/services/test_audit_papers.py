"""The papers along the path of an audit: which one is meant, what they are called, and that they can be made."""

from __future__ import annotations

import pytest

from qma_app.errors import NotFound
from qma_app.services.audit_conduct import hold_opening
from qma_app.services.audits import propose_timetable
from qma_app.services.reports import report_bytes, report_choices, report_name
from tests.reports.reading_back import page_texts
from tests.services.auditing import FIRST, LAST, Audited, begin
from tests.services.visiting import House

pytest_plugins = ["tests.services.visiting_fixtures"]
KINDS = ("audit-plan", "wrap-up", "audit-summary")


@pytest.fixture
def audited(house: House) -> Audited:
    """An audit over one area whose opening meeting was held."""
    audited = begin(house)
    audited.look_at_one_area()
    propose_timetable(house.workspace, audited.audit_id)
    house.clock.put(FIRST, 8)
    hold_opening(house.workspace, audited.audit_id, audited.meeting())
    return audited


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page_texts(pdf)).split())


@pytest.mark.parametrize("kind", KINDS)
def test_each_paper_is_made_of_the_audit_under_way(audited: Audited, kind: str) -> None:
    words = words_of(report_bytes(audited.house.workspace, kind, language="en"))
    assert audited.audit.number in words
    assert "Dora Auditor" in words


def test_each_paper_is_offered_for_each_audit(audited: Audited) -> None:
    with audited.house.workspace.reading() as reader:
        choices = report_choices(reader, audited.house.dealership.id)
        name = report_name(reader, "wrap-up", of=FIRST.isoformat(), language="en")
    offered = {one.kind: (one.of, one.is_open) for one in choices if one.kind in KINDS}
    assert offered == dict.fromkeys(KINDS, (audited.audit.number, True))
    assert name.endswith(f"{audited.audit.number}_{FIRST.isoformat()}.pdf")


def test_a_wrap_up_is_made_of_one_day(audited: Audited) -> None:
    house = audited.house
    house.clock.put(LAST, 18)
    every = words_of(report_bytes(house.workspace, "wrap-up", language="en"))
    one = words_of(report_bytes(house.workspace, "wrap-up", of=FIRST.isoformat(), language="en"))
    assert "16 Jun 2027" in every
    assert len(one) < len(every)


@pytest.mark.parametrize("of", ["R-2027-9999", "2027-06-30", "tomorrow"])
def test_an_audit_nobody_knows_is_refused_with_those_there_are(audited: Audited, of: str) -> None:
    with pytest.raises(NotFound, match=r"There is no audit") as trouble:
        report_bytes(audited.house.workspace, "wrap-up", of=of)
    assert audited.audit.number in trouble.value.way_out


def test_without_an_audit_it_says_so(house: House) -> None:
    with pytest.raises(NotFound, match="No audit was begun yet"):
        report_bytes(house.workspace, "audit-plan")
