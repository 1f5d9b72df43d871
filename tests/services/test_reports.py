"""Reports are made from a real workspace, whole or not at all, beside whatever else goes on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence
from qma_app.domain.finding import FindingGrade
from qma_app.domain.ids import AreaId, AssessmentId
from qma_app.errors import NotFound, ReportTrouble, RuleBroken, StorageTrouble
from qma_app.services import assessments, evidence, ratings
from qma_app.services.dealerships import add_dealership
from qma_app.services.findings import raise_finding
from qma_app.services.reports import make_report, report_bytes, report_choices, report_name
from qma_app.services.workspace import Workspace
from tests.reports.reading_back import quick_words
from tests.services.conftest import PRICE, Programme


def text_of(content: bytes) -> str:
    return quick_words(content)


def a_jpeg() -> bytes:
    out = BytesIO()
    Image.new("RGB", (1200, 900), (120, 160, 150)).save(out, "JPEG")
    return out.getvalue()


def test_one_rating_makes_a_draft_report(programme: Programme, tmp_path: Path) -> None:
    ratings.rate_checkpoint(programme.workspace, programme.assessment.id, PRICE, points=6)
    target = make_report(programme.workspace, "assessment", target=tmp_path / "out.pdf")
    assert target == tmp_path / "out.pdf"
    assert "DRAFT · 1 of 467 rated" in text_of(target.read_bytes())


def test_the_preview_is_byte_for_byte_the_file(programme: Programme, tmp_path: Path) -> None:
    target = make_report(programme.workspace, "assessment", target=tmp_path / "out.pdf")
    assert report_bytes(programme.workspace, "assessment") == target.read_bytes()


def test_making_a_report_writes_nothing_to_the_log(programme: Programme, tmp_path: Path) -> None:
    with programme.workspace.reading() as reader:
        before = reader.log_head()
    make_report(programme.workspace, "assessment", target=tmp_path / "out.pdf")
    with programme.workspace.reading() as reader:
        assert reader.log_head() == before


def test_the_photo_of_a_checkpoint_is_in_its_report(programme: Programme) -> None:
    evidence.add_evidence(
        programme.workspace, engagement_id=programme.engagement.id, data=a_jpeg(), name="board.jpg",
        assessment_id=programme.assessment.id, checkpoint_id=PRICE, caption="Order board",
    )  # fmt: skip
    content = report_bytes(programme.workspace, "assessment")
    with programme.workspace.reading() as reader:
        (photo,) = reader.all(Evidence)
        assert photo.paper_digest
        assert reader.evidence_bytes(photo.paper_digest) in content
    assert "E-001 · Order board" in text_of(content)


def test_a_stopped_report_leaves_no_file_and_the_old_one_untouched(
    programme: Programme, tmp_path: Path
) -> None:
    old = tmp_path / "old.pdf"
    old.write_bytes(b"old")
    for target in (old, tmp_path / "new.pdf"):
        with pytest.raises(ReportTrouble) as stopped:
            make_report(programme.workspace, "assessment", target=target, progress=lambda share: share < 0.8)
        assert stopped.value.code == "report.cancelled"
    assert old.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["old.pdf"]


def test_a_folder_that_is_not_there_is_said_in_one_sentence(programme: Programme, tmp_path: Path) -> None:
    with pytest.raises(StorageTrouble):
        make_report(programme.workspace, "assessment", target=tmp_path / "gone" / "out.pdf")


def test_two_reports_at_once_are_the_same_as_one_after_the_other(programme: Programme) -> None:
    workspace = programme.workspace
    ratings.rate_checkpoint(workspace, programme.assessment.id, PRICE, points=6)
    alone = {language: report_bytes(workspace, "assessment", language=language) for language in ("en", "de")}
    with ThreadPoolExecutor(4) as pool:
        made = [
            (language, pool.submit(report_bytes, workspace, "assessment", language=language))
            for language in ("en", "de") * 3
        ]
    assert all(job.result() == alone[language] for language, job in made)
    assert alone["en"] != alone["de"]


def test_only_audits_offer_the_audit_report(programme: Programme) -> None:
    programme.start(AssessmentKind.PROGRESS)
    audit = replace(
        programme.assessment,
        id=AssessmentId("audit"),
        number=9,
        kind=AssessmentKind.CERTIFICATION_AUDIT,
        version=0,
    )
    with programme.workspace.writing("test") as work:
        work.put(audit)
    with programme.workspace.reading() as reader:
        choices = report_choices(reader, programme.dealership.id)
    of_assessments = ("assessment", "audit")
    assert [(choice.kind, choice.of) for choice in choices if choice.kind in of_assessments] == [
        ("assessment", 9),
        ("assessment", 2),
        ("assessment", 1),
        ("audit", 9),
    ]
    assert choices[0].label == "9 Certification audit, 21 Nov 2026"
    assert "Certification audit report" in text_of(report_bytes(programme.workspace, "audit"))


def test_the_newest_completed_assessment_is_taken_unless_one_is_named(programme: Programme) -> None:
    assessments.complete_assessment(programme.workspace, programme.assessment.id)
    programme.start(AssessmentKind.PROGRESS)
    for of, title in (
        (None, "Baseline report"),
        (2, "Progress assessment report"),
        ("A2", "Progress assessment report"),
    ):
        assert title in text_of(report_bytes(programme.workspace, "assessment", of=of))


@pytest.mark.parametrize("of", ["SRV", "service", "Service"])
def test_an_area_gets_a_sheet_of_its_own(programme: Programme, of: str) -> None:
    text = text_of(report_bytes(programme.workspace, "assessment", of=of))
    assert "only Service" in text
    assert "SRV-04.2" in text
    assert "MGT-01" not in text


def test_what_cannot_be_reported_is_refused_with_a_way_out(programme: Programme) -> None:
    workspace = programme.workspace
    with pytest.raises(NotFound, match="Choose one of: assessment, audit"):
        report_bytes(workspace, "novel")
    with pytest.raises(NotFound, match="Start one first"):
        report_bytes(workspace, "audit")
    with pytest.raises(NotFound, match="Choose one of: 1"):
        report_bytes(workspace, "assessment", of=7)
    with programme.workspace.writing("test") as work:
        work.put(
            replace(
                programme.assessment,
                id=AssessmentId("audit"),
                number=2,
                kind=AssessmentKind.SURVEILLANCE,
                version=0,
                scope=(AreaId("management"),),
            )
        )
    with pytest.raises(RuleBroken, match="whole assessment"):
        report_bytes(workspace, "audit", of="SRV")


def test_among_several_dealerships_one_must_be_named(programme: Programme) -> None:
    add_dealership(programme.workspace, name="Second House", country="AT", code="AT-2")
    with pytest.raises(RuleBroken, match="AT-2"):
        report_bytes(programme.workspace, "assessment")
    assert report_bytes(programme.workspace, "assessment", dealership_id=programme.dealership.id)


def test_a_workspace_of_samples_marks_its_reports(programme: Programme) -> None:
    programme.workspace.is_sample = True
    assert "SAMPLE" in text_of(report_bytes(programme.workspace, "assessment"))


@pytest.mark.parametrize(
    ("name", "of", "expected"),
    [
        ("Autohaus Beispiel", None, "Autohaus_Beispiel_Assessment_report_A1_2026-11-21.pdf"),
        ("Autohaus Beispiel", "SRV", "Autohaus_Beispiel_Service_A1_2026-11-21.pdf"),
        ("../..\\CON: a*b?", None, "CON_a_b_Assessment_report_A1_2026-11-21.pdf"),
        ("Größe\u202e & Söhne\x00", None, "Größe_Söhne_Assessment_report_A1_2026-11-21.pdf"),
        ("漢字", None, "漢字_Assessment_report_A1_2026-11-21.pdf"),
        ("...", None, "paper_Assessment_report_A1_2026-11-21.pdf"),
    ],
)
def test_the_file_name_tells_house_department_assessment_and_day(
    programme: Programme, name: str, of: str | None, expected: str
) -> None:
    with programme.workspace.writing("test") as work:
        work.put(replace(work.get(Dealership, programme.dealership.id), name=name))
    with programme.workspace.reading() as reader:
        assert report_name(reader, "assessment", of=of) == expected


def test_a_name_without_end_is_shortened(programme: Programme) -> None:
    with programme.workspace.writing("test") as work:
        work.put(replace(work.get(Dealership, programme.dealership.id), name="漢" * 300))
    with programme.workspace.reading() as reader:
        name = report_name(reader, "assessment")
    assert len(name.encode()) <= 240
    assert name.endswith(".pdf")


def test_what_is_overdue_is_judged_by_the_day_given(programme: Programme) -> None:
    raise_finding(
        programme.workspace,
        engagement_id=programme.engagement.id,
        assessment_id=programme.assessment.id,
        statement="No price.",
        grade=FindingGrade.MINOR,
        due_on=date(2026, 12, 1),
    )
    before, after = (
        text_of(report_bytes(programme.workspace, "assessment", on=day))
        for day in (date(2026, 12, 1), date(2026, 12, 2))
    )
    assert "open, due 1 Dec 2026" in before
    assert "open, was due 1 Dec 2026" in after


def test_a_workspace_without_a_dealership_and_an_area_nobody_assessed_are_named(workspace: Workspace) -> None:
    with pytest.raises(NotFound, match="no dealership yet"):
        report_bytes(workspace, "assessment")
    engagement = add_dealership(workspace, name="House", country="DE").made(Engagement)
    assessments.start_assessment(
        workspace, engagement_id=engagement.id, kind=AssessmentKind.BASELINE, scope=[AreaId("management")]
    )
    with pytest.raises(NotFound, match="No assessment of House covers Service"):
        report_bytes(workspace, "assessment", of="SRV")


@pytest.mark.parametrize(
    ("of", "shown", "hidden"),
    [
        ("SRV", "SRV Service", "MGT-01"),
        ("service", "SRV Service", "MGT-01"),
        ("SRV-04", "SRV-04 Repair order", "SRV-05"),
        ("service.repair-order", "SRV-04 Repair order", "SRV-05"),
    ],
)
def test_a_blank_checklist_is_about_an_area_or_a_process(
    programme: Programme, of: str, shown: str, hidden: str
) -> None:
    text = text_of(report_bytes(programme.workspace, "checklist", of=of))
    assert shown in text
    assert hidden not in text


def test_a_blank_checklist_needs_no_assessment(workspace: Workspace, tmp_path: Path) -> None:
    add_dealership(workspace, name="House", country="DE")
    target = make_report(workspace, "checklist", of="SRV-04", target=tmp_path / "out.pdf")
    assert report_bytes(workspace, "checklist", of="SRV-04") == target.read_bytes()


def test_a_blank_checklist_of_nothing_known_is_refused_with_what_is_there(programme: Programme) -> None:
    with pytest.raises(NotFound, match=r"not said which area this is about\. Choose one of: MGT"):
        report_bytes(programme.workspace, "checklist")
    with pytest.raises(NotFound, match=r"no area or process “SRV-99”\. Choose one of: MGT") as unknown:
        report_bytes(programme.workspace, "checklist", of="SRV-99")
    assert unknown.value.code == "area.unknown"


def test_blank_checklists_are_offered_for_each_area_and_process_in_which_something_applies(
    programme: Programme,
) -> None:
    with programme.workspace.reading() as reader:
        choices = [c for c in report_choices(reader, programme.dealership.id) if c.kind == "checklist"]
        name = report_name(reader, "checklist", of="SRV-04")
    labels = {choice.of: choice.label for choice in choices}
    assert labels["SRV"] == "SRV Service, the whole area"
    assert labels["SRV-04"].startswith("SRV-04 Repair order")
    assert name.startswith("Autohaus_Beispiel_Blank_checklist_SRV-04_Repair_order")
