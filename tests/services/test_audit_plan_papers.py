"""What the dealership is sent before an audit lies in one folder under names that stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from qma_app.domain.audit import AuditSlot
from qma_app.errors import ReportTrouble
from qma_app.services.audit_plan_papers import save_audit_calendar, save_audit_plan
from qma_app.services.audits import change_audit, propose_timetable
from tests.services.auditing import begin
from tests.services.visiting import House

pytest_plugins = ["tests.services.visiting_fixtures"]


def test_plan_and_calendar_are_written_into_a_new_folder(house: House, tmp_path: Path) -> None:
    audited = begin(house)
    propose_timetable(house.workspace, audited.audit_id)
    change_audit(house.workspace, audited.audit_id, language="de")
    folder = tmp_path / "papers" / "of the audit"
    plan = save_audit_plan(house.workspace, audited.audit_id, folder)
    calendar = save_audit_calendar(house.workspace, audited.audit_id, folder)
    assert sorted(folder.iterdir()) == sorted((plan, calendar))
    assert plan.name == "Autohaus_Beispiel_Auditplan_R-2027-0001.pdf"
    assert plan.read_bytes().startswith(b"%PDF")
    assert calendar.name == "Autohaus_Beispiel_audit_timetable_R-2027-0001.ics"
    assert calendar.read_bytes().count(b"BEGIN:VEVENT") == len(house.all(AuditSlot))


def test_a_newer_calendar_takes_the_place_of_the_older(house: House, tmp_path: Path) -> None:
    audited = begin(house)
    first = save_audit_calendar(house.workspace, audited.audit_id, tmp_path / "papers")
    assert b"BEGIN:VEVENT" not in first.read_bytes()
    propose_timetable(house.workspace, audited.audit_id)
    second = save_audit_calendar(house.workspace, audited.audit_id, tmp_path / "papers")
    assert second == first
    assert b"BEGIN:VEVENT" in second.read_bytes()


def test_a_plan_given_up_half_way_leaves_no_file(house: House, tmp_path: Path) -> None:
    audited = begin(house)
    with pytest.raises(ReportTrouble):
        save_audit_plan(house.workspace, audited.audit_id, tmp_path / "papers", progress=_stop)
    assert list((tmp_path / "papers").iterdir()) == []


def _stop(_share: float) -> bool:
    return False
