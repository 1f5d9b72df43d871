"""What the sample's database says stands on its papers, read back from the finished files."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from qma_app.domain.action import Action
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.edition import Edition
from qma_app.domain.ids import CheckpointId
from qma_app.domain.standing import current_engagement, edition_of, findings_behind
from qma_app.domain.verification import Verification
from qma_app.services.dealerships import list_dealerships
from qma_app.services.reports import make_report
from qma_app.services.workbooks import make_workbook
from qma_app.services.workspace import Workspace
from tests.reports.reading_back import quick_words


def squeezed(text: str) -> str:
    """Without the spaces and breaks a page puts between words."""
    return re.sub(r"\s+", "", text)


def _is_printed(printed: str, edition: Edition, id: CheckpointId, points: int) -> bool:
    """Points and step stand right behind the checkpoint's number and statement."""
    checkpoint = edition.checkpoint(id)
    step = squeezed(f"{points}{edition.step_title(points)}")
    mark = "critical" if checkpoint.is_critical else ""
    return squeezed(f"{checkpoint.number}{mark}{checkpoint.statement}") + step in printed


@pytest.mark.parametrize("name", ["baseline", "month 6", "self", "month 9", "month 12", "audit", "gains"])
def test_every_finding_and_every_rating_of_each_assessment_is_printed(
    sample: Workspace, assessments: dict[str, Assessment], tmp_path: Path, name: str
) -> None:
    assessment = assessments[name]
    with sample.reading() as reader:
        dealership = list_dealerships(reader)[0].id
        edition = edition_of(reader, assessment.engagement_id)
    kind = "audit" if assessment.kind is AssessmentKind.CERTIFICATION_AUDIT else "assessment"
    target = tmp_path / f"{assessment.number}.pdf"
    make_report(sample, kind, dealership_id=dealership, of=assessment.number, target=target)
    printed = squeezed(quick_words(target.read_bytes()))
    with sample.reading() as reader:
        findings = [
            finding
            for finding in findings_behind(reader, assessment)
            if finding.checkpoint_id is None or finding.checkpoint_id.split(".")[0] in assessment.scope
        ]
        ratings = reader.ratings(assessment.id)
    assert [f.label for f in findings if squeezed(f.statement) not in printed] == []
    assert [r.checkpoint_id for r in ratings.values() if squeezed(r.note) not in printed] == []
    missing = [
        edition.checkpoint(id).number
        for id, rating in ratings.items()
        if rating.points is not None and not _is_printed(printed, edition, id, rating.points)
    ]
    assert missing == []


def test_the_action_plan_prints_every_action_with_its_checks(sample: Workspace, tmp_path: Path) -> None:
    with sample.reading() as reader:
        dealership = list_dealerships(reader)[0].id
        engagement = current_engagement(reader, dealership)
        actions = reader.all(Action, engagement_id=engagement.id)
        checks = reader.all(Verification, engagement_id=engagement.id)
    target = tmp_path / "actions.pdf"
    make_report(sample, "actions", dealership_id=dealership, target=target, on=date(2026, 11, 21))
    printed = squeezed(quick_words(target.read_bytes()))
    assert [each.label for each in actions if squeezed(each.what) not in printed] == []
    agreed = {action.id for action in actions if not action.is_dropped}
    made = [check for check in checks if check.action_id in agreed and check.words]
    assert [check.words for check in made if squeezed(check.words) not in printed] == []


def test_the_workbook_of_the_audit_holds_every_rating(sample: Workspace, tmp_path: Path) -> None:
    with sample.reading() as reader:
        dealership = list_dealerships(reader)[0].id
        engagement = current_engagement(reader, dealership)
        audit = reader.all(Assessment, engagement_id=engagement.id, kind=AssessmentKind.CERTIFICATION_AUDIT)[
            0
        ]
        ratings = reader.ratings(audit.id)
        edition = edition_of(reader, engagement.id)
    target = tmp_path / "a.xlsx"
    make_workbook(sample, "assessment", dealership_id=dealership, of=audit.number, target=target)
    book = openpyxl.load_workbook(target)
    rows = list(book["Ratings"].iter_rows(values_only=True))
    place = {str(name): column for column, name in enumerate(rows[1]) if name}
    found = {row[place["No."]]: row for row in rows[2:]}
    for id, rating in ratings.items():
        row = found[edition.checkpoint(id).number]
        assert row[place["Points"]] == rating.points
        assert (row[place["Note"]] or "") == rating.note
        assert (row[place["Reason"]] or "") == rating.reason
