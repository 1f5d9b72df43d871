"""The report of a signed audit stays what was signed, whatever is written afterwards."""

from __future__ import annotations

from qma_app.domain.people import Person
from qma_app.services.people import change_person
from qma_app.services.reports import report_bytes
from qma_app.services.signing import unsigned_report
from tests.reports.reading_back import page_texts
from tests.services.auditing import Audited
from tests.services.signed import a_key, sign

pytest_plugins = ["tests.services.signed_fixtures"]


def test_a_signed_report_is_read_as_it_was_signed_whatever_changed_since(ready: Audited) -> None:
    workspace = ready.house.workspace
    pdf = unsigned_report(
        workspace,
        ready.audit_id,
        at=ready.house.clock(),
        by=ready.auditor.id,
        language="en",
        is_trial=True,
        fingerprint=a_key().fingerprint,
    ).pdf
    sign(ready)
    workspace.set_worker(None)
    change_person(workspace, ready.auditor.id, name="Somebody Else")
    assert ready.house.get(Person, ready.auditor.id).name == "Somebody Else"
    assert report_bytes(workspace, "audit", language="en") == pdf
    assert a_key().fingerprint in "".join("".join(page_texts(pdf)).split())


def test_the_summary_of_a_signed_audit_is_no_draft_and_says_trial_like_its_report(ready: Audited) -> None:
    workspace = ready.house.workspace
    before = " ".join(page_texts(report_bytes(workspace, "audit-summary", language="en")))
    assert "DRAFT" in before
    assert "TRIAL" not in before
    sign(ready)
    pages = page_texts(report_bytes(workspace, "audit-summary", language="en"))
    assert "DRAFT" not in " ".join(pages)
    assert all("TRIAL" in page for page in pages)
