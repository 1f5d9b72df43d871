"""A programme full of findings, causes, actions, checks and readings goes over to an edition that lacks what they name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from qma_app.domain.action import Action
from qma_app.domain.cause import Cause
from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding
from qma_app.domain.finding_reading import edition_of_finding, obstacles_of, suggested_grade_of
from qma_app.domain.reading import Reading
from qma_app.domain.standing import list_assessments
from qma_app.domain.verification import VerificationKind
from qma_app.errors import RuleBroken
from qma_app.services import actions, verifying
from qma_app.services.action_workbook import compare_action_plans
from qma_app.services.assessments import complete_assessment
from qma_app.services.dealerships import list_dealerships
from qma_app.services.evidence_ledger import evidence_ledger
from qma_app.services.finding_history import finding_history
from qma_app.services.findings_listing import read_actions, read_listing
from qma_app.services.log import verify_workspace
from qma_app.services.readings import readings_of
from qma_app.services.reports import make_report
from qma_app.services.undoing import undo
from qma_app.services.workbooks import make_workbook
from qma_app.services.workspace import Workspace
from tests.services.edited_standard import edited, go_over
from tests.services.upgraded_sample.conftest import ON
from tests.services.upgrades import hashed


@pytest.fixture
def first(workspace: Workspace) -> Engagement:
    """The programme with the findings, its open assessments completed."""
    with workspace.reading() as reader:
        dealership = list_dealerships(reader)[0].id
        (engagement,) = reader.all(Engagement, dealership_id=dealership)
        still_open = [one.id for one in list_assessments(reader, engagement.id) if one.is_open]
    for id in still_open:
        complete_assessment(workspace, id, on=ON)
    return engagement


@pytest.fixture
def poorer(workspace: Workspace, first: Engagement) -> Edition:
    """The edited standard without any KPI that was read, and without any category a cause has."""
    with workspace.reading() as reader:
        old = reader.edition(first.edition)
        read = {one.kpi for one in reader.all(Reading, engagement_id=first.id)}
        used = {one.category for one in reader.all(Cause, engagement_id=first.id)}
    assert read
    assert used
    new = edited(old)
    return hashed(
        replace(
            new,
            kpi_groups=tuple(
                replace(group, kpis=tuple(kpi for kpi in group.kpis if kpi.code not in read))
                for group in new.kpi_groups
            ),
            cause_categories=tuple(one for one in new.cause_categories if one.id not in used)
            or new.cause_categories[:1],
        )
    )


def everything(workspace: Workspace, engagement: Engagement, folder: Path) -> None:
    """Each list, each reading function, papers of each kind in both languages, and the workbook there and back."""
    read_listing(workspace, engagement.id)
    read_actions(workspace, engagement.id)
    with workspace.reading() as reader:
        edition = reader.edition(engagement.edition)
        known = reader.all(Finding, engagement_id=engagement.id)
        evidence_ledger(reader, engagement.id, ON)
        for finding in known:
            finding_history(reader, finding.id)
            obstacles_of(reader, finding)
            suggested_grade_of(reader, finding)
            edition_of_finding(reader, finding)
            actions.offered_actions(reader, finding.id)
        for kpi in {one.kpi for one in reader.all(Reading, engagement_id=engagement.id)}:
            readings_of(reader, engagement.id, kpi)
    common: dict[str, Any] = {"dealership_id": engagement.dealership_id}
    for language in ("en", "de"):
        common["language"] = language
        for by in ("area", "owner"):
            make_report(workspace, "actions", target=folder / "a.pdf", by=by, on=ON, **common)
        for finding in known[:: 10 if language == "en" else 40]:
            make_report(workspace, "finding", target=folder / "f.pdf", of=finding.label, on=ON, **common)
        for area in edition.areas[:: 1 if language == "en" else 5]:
            make_report(workspace, "department", target=folder / "d.pdf", of=area.code, on=ON, **common)
        book = make_workbook(workspace, "actions", target=folder / f"{language}.xlsx", **common)
        difference = compare_action_plans(workspace, [book], engagement_id=engagement.id)
        assert (difference.cells, difference.proposals, difference.problems) == ((), (), ())


def test_everything_is_read_and_printed_as_before(
    workspace: Workspace, first: Engagement, poorer: Edition, tmp_path: Path
) -> None:
    went_over = go_over(workspace, first, poorer)
    with workspace.reading() as reader:
        now = reader.get(Engagement, first.id)
    assert now.edition == poorer.hash
    everything(workspace, now, tmp_path)
    undo(workspace, went_over)
    assert verify_workspace(workspace).faults == ()


def test_a_kpi_that_is_gone_is_no_longer_compared(
    workspace: Workspace, first: Engagement, poorer: Edition
) -> None:
    with workspace.reading() as reader:
        planned = [
            one for one in reader.all(Action, engagement_id=first.id) if one.done_on and not one.effective_on
        ]
        reading = reader.all(Reading, engagement_id=first.id)[0]
    go_over(workspace, first, poorer)
    action = next(one for one in planned if not one.is_dropped and not one.is_proposal)
    with pytest.raises(RuleBroken):
        verifying.verify_by_kpi(
            workspace,
            verifying.Target(action_id=action.id),
            kpi=reading.kpi,
            before=(reading.month, reading.month),
            after=(reading.month.plus(1), reading.month.plus(4)),
        )
    verifying.plan_verification(
        workspace, verifying.Target(action_id=action.id), kind=VerificationKind.KPI, kpi=reading.kpi
    )
