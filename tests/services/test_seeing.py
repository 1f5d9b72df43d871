"""What screens ask for: today, the outline, the rows, search hits, findings and evidence at their place."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from io import BytesIO

import pytest
from PIL import Image

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence, EvidenceKind
from qma_app.domain.evidence_use import evidence_at, evidence_of_finding, unlinked_evidence
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AreaId, ProcessId
from qma_app.domain.standing import applicable_in
from qma_app.errors import ImportTrouble, RuleBroken
from qma_app.services import evidence, findings, ratings
from qma_app.services.assessments import complete_assessment, start_assessment
from qma_app.services.checklist import checklist_rows, outline
from qma_app.services.dealerships import add_dealership
from qma_app.services.searching import search
from qma_app.services.today import today
from qma_app.services.workspace import Workspace
from tests.services.conftest import PRICE, Programme
from tests.settling import settle

ON = date(2026, 11, 21)


def a_photo(width: int = 800, height: int = 600) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), "#4C9A83").save(out, "JPEG")
    return out.getvalue()


def test_today_of_a_fresh_programme_starts_at_the_first_checkpoint(programme: Programme) -> None:
    with programme.workspace.reading() as reader:
        view = today(reader, programme.dealership.id, on=ON)
    assert view.resume is not None
    assert view.resume.checkpoint == programme.checkpoints[0]
    assert (view.resume.decided, view.resume.total) == (0, 467)
    assert view.standing.overall is None
    assert (view.month, view.open_critical_count) == (1, 38)
    assert [column.label for column in view.columns] == ["Base"]


def test_today_goes_on_behind_the_last_rating(programme: Programme) -> None:
    ratings.rate_checkpoint(
        programme.workspace, programme.assessment.id, programme.checkpoints[5].id, points=8
    )
    with programme.workspace.reading() as reader:
        view = today(reader, programme.dealership.id, on=ON)
    assert view.resume is not None
    assert view.resume.checkpoint == programme.checkpoints[6]


def test_today_measures_the_way_since_the_baseline(programme: Programme) -> None:
    for checkpoint in programme.checkpoints:
        ratings.rate_checkpoint(programme.workspace, programme.assessment.id, checkpoint.id, points=4)
    complete_assessment(programme.workspace, programme.assessment.id)
    later = programme.start(AssessmentKind.PROGRESS)
    for checkpoint in programme.checkpoints:
        ratings.rate_checkpoint(programme.workspace, later.id, checkpoint.id, points=8)
    findings.raise_finding(
        programme.workspace,
        engagement_id=programme.engagement.id,
        statement="Late",
        grade=FindingGrade.MINOR,
        due_on=date(2026, 11, 1),
    )
    with programme.workspace.reading() as reader:
        view = today(reader, programme.dealership.id, on=ON)
    assert (view.since_baseline, view.since_last, view.last_label) == (Fraction(40), Fraction(40), "Base")
    assert [line.levels for line in view.areas] == [(Fraction(40), Fraction(80))] * 14
    assert view.resume is not None
    assert view.resume.checkpoint is None
    assert (view.open_findings, len(view.overdue)) == (1, 1)
    assert view.standing.verdict == "pass"


def test_a_house_without_some_department_still_has_an_overall_for_each_whole_assessment(
    workspace: Workspace,
) -> None:
    """Areas that fall away altogether are in no scope, and missing them does not make an assessment a part."""
    small = add_dealership(workspace, name="Kleines Haus", country="DE", features=("service",), staff=4)
    engagement = small.made(Engagement)
    started = start_assessment(workspace, engagement_id=engagement.id, kind=AssessmentKind.BASELINE)
    assessment = started.made(Assessment)
    with workspace.reading() as reader:
        mine = applicable_in(reader, assessment)
        assert len(assessment.scope) < len(reader.edition(engagement.edition).areas)
    for checkpoint in mine:
        ratings.rate_checkpoint(workspace, assessment.id, checkpoint, points=6)
    with workspace.reading() as reader:
        view = today(reader, small.made(Dealership).id, on=ON)
    assert [column.overall for column in view.columns] == [Fraction(60)]


def test_today_without_an_open_assessment_has_nothing_to_resume(programme: Programme) -> None:
    complete_assessment(programme.workspace, programme.assessment.id)
    with programme.workspace.reading() as reader:
        assert today(reader, programme.dealership.id, on=ON).resume is None


def test_today_names_the_processes_furthest_from_the_pass_mark(programme: Programme) -> None:
    workspace, id = programme.workspace, programme.assessment.id
    with workspace.reading() as reader:
        edition = reader.edition(programme.engagement.edition)
    processes = [p for p in edition.processes.values() if not any(c.is_critical for c in p.checkpoints)]
    low, lower, at_the_mark, above = processes[:4]
    critical = next(point for point in programme.checkpoints if point.is_critical)
    for process, points in ((low, 6), (lower, 4), (at_the_mark, 8), (above, 10)):
        for checkpoint in process.checkpoints[:2]:
            ratings.rate_checkpoint(workspace, id, checkpoint.id, points=points)
    for checkpoint in edition.processes[critical.process_id].checkpoints:
        ratings.rate_checkpoint(workspace, id, checkpoint.id, points=10)
    ratings.rate_checkpoint(workspace, id, critical.id, points=6)
    with workspace.reading() as reader:
        view = today(reader, programme.dealership.id, on=ON)
    assert [line.process for line in view.processes] == [edition.processes[critical.process_id], lower, low]
    assert [line.has_unmet_critical for line in view.processes] == [True, False, False]
    assert view.processes[0].level > 80
    second = view.processes[1]
    assert (second.level, second.rated, second.applicable) == (Fraction(40), 2, len(lower.checkpoints))


def test_today_names_eight_processes_at_most_and_none_without_a_rating(programme: Programme) -> None:
    with programme.workspace.reading() as reader:
        assert today(reader, programme.dealership.id, on=ON).processes == ()
    for checkpoint in programme.checkpoints:
        ratings.rate_checkpoint(programme.workspace, programme.assessment.id, checkpoint.id, points=4)
    with programme.workspace.reading() as reader:
        assert len(today(reader, programme.dealership.id, on=ON).processes) == 8


def test_today_shows_the_baseline_and_the_five_newest_assessments(programme: Programme) -> None:
    started = [programme.assessment]
    for _number in range(7):
        complete_assessment(programme.workspace, started[-1].id)
        started.append(programme.start(AssessmentKind.PROGRESS))
    with programme.workspace.reading() as reader:
        view = today(reader, programme.dealership.id, on=ON)
    assert [column.assessment.number for column in view.columns] == [1, 4, 5, 6, 7, 8]


def test_the_outline_counts_what_is_decided(programme: Programme) -> None:
    workspace, id = programme.workspace, programme.assessment.id
    ratings.rate_checkpoint(workspace, id, programme.first, points=8)
    ratings.mark_not_seen(workspace, id, programme.checkpoints[1].id, reason="archive locked")
    ratings.write_note(workspace, id, programme.checkpoints[2].id, text="only a note")
    with workspace.reading() as reader:
        tree = outline(reader, id)
    assert (tree.decided, tree.total) == (2, 467)
    first = tree.areas[0].processes[0]
    assert (first.decided, first.total, first.tally.level, first.is_done) == (2, 6, Fraction(80), False)
    assert [area.area.code for area in tree.areas] == [
        "MGT",
        "ORG",
        "ADM",
        "NCS",
        "UCS",
        "FNI",
        "SRV",
        "PRT",
        "MKT",
        "CXM",
        "HRM",
        "ACC",
        "ITD",
        "HSE",
    ]
    assert not any(
        row.process.number == "SRV-13" and row.total == 5 for area in tree.areas for row in area.processes
    )


def test_rows_carry_all_that_hangs_on_a_checkpoint(programme: Programme) -> None:
    workspace, id = programme.workspace, programme.assessment.id
    ratings.rate_checkpoint(workspace, id, PRICE, points=4)
    findings.raise_from_checkpoint(workspace, id, PRICE)
    evidence.add_evidence(
        workspace,
        engagement_id=programme.engagement.id,
        data=a_photo(),
        name="order.jpg",
        assessment_id=id,
        checkpoint_id=PRICE,
    )
    complete_assessment(workspace, id)
    later = programme.start(AssessmentKind.PROGRESS)
    with workspace.reading() as reader:
        row = next(
            row
            for row in checklist_rows(reader, id, process_id=ProcessId("service.repair-order"))
            if row.checkpoint.id == PRICE
        )
        again = next(
            row
            for row in checklist_rows(reader, later.id, area_id=AreaId("service"))
            if row.checkpoint.id == PRICE
        )
    assert row.is_decided
    assert (len(row.findings), row.evidence_count, row.last) == (1, 1, None)
    assert again.last is not None
    assert (again.last.points, again.rating, again.evidence_count) == (4, None, 0)


def test_a_finding_is_prefilled_from_its_checkpoint(programme: Programme) -> None:
    workspace, id = programme.workspace, programme.assessment.id
    ratings.rate_checkpoint(workspace, id, PRICE, points=0)
    ratings.write_note(workspace, id, PRICE, text="3 of 10 without a price")
    finding = findings.raise_from_checkpoint(workspace, id, PRICE).made(Finding)
    checkpoint = next(c for c in programme.checkpoints if c.id == PRICE)
    assert finding.label == "F-001"
    assert finding.statement == str(checkpoint.failure)
    assert finding.requirement.startswith(checkpoint.number)
    assert finding.evidence == "3 of 10 without a price"
    assert finding.grade is FindingGrade.MAJOR
    findings.delete_finding(workspace, finding.id)
    assert findings.raise_from_checkpoint(workspace, id, PRICE).made(Finding).number == 2


def test_findings_close_with_a_note_and_open_again(programme: Programme) -> None:
    workspace = programme.workspace
    finding = findings.raise_from_checkpoint(workspace, programme.assessment.id, PRICE).made(Finding)
    with pytest.raises(RuleBroken, match="needs a note"):
        findings.close_finding(workspace, finding.id, note=" ")
    assert not settle(workspace, finding.id, note="ten orders seen").of(Finding)[0].is_open
    assert findings.reopen_finding(workspace, finding.id).of(Finding)[0].is_open
    with pytest.raises(RuleBroken, match="needs a statement"):
        findings.change_finding(workspace, finding.id, statement="")
    findings.change_finding(workspace, finding.id, owner="A. Sample", due_on=ON)
    with workspace.reading() as reader:
        assert [f.owner for f in findings.list_findings(reader, programme.engagement.id)] == ["A. Sample"]


def test_a_photo_is_kept_in_three_sizes_and_tied_to_its_place(programme: Programme) -> None:
    workspace, id = programme.workspace, programme.assessment.id
    finding = findings.raise_from_checkpoint(workspace, id, PRICE).made(Finding)
    photo = evidence.add_evidence(
        workspace,
        engagement_id=programme.engagement.id,
        data=a_photo(3000, 2000),
        name="bay.jpg",
        assessment_id=id,
        checkpoint_id=PRICE,
    ).made(Evidence)
    assert (photo.kind, photo.width, photo.height) == (EvidenceKind.PHOTO, 1600, 1067)
    loose = evidence.add_evidence(
        workspace, engagement_id=programme.engagement.id, data=b"%PDF-1.4 x", name="list.pdf"
    ).made(Evidence)
    with workspace.reading() as reader:
        assert evidence_at(reader, id, PRICE) == (photo,)
        assert evidence_of_finding(reader, finding.id) == (photo,)
        assert unlinked_evidence(reader, programme.engagement.id) == (loose,)
        assert photo.thumbnail_digest is not None
        with Image.open(BytesIO(reader.evidence_bytes(photo.thumbnail_digest))) as thumbnail:
            assert max(thumbnail.size) == 320
    evidence.link_evidence(workspace, loose.id, finding_id=finding.id)
    assert not evidence.link_evidence(workspace, loose.id, finding_id=finding.id)
    evidence.describe_evidence(workspace, photo.id, caption="Third bay", valid_until=ON)
    evidence.remove_evidence(workspace, photo.id)
    with workspace.reading() as reader:
        assert evidence_of_finding(reader, finding.id) == (loose,)


def test_what_is_no_evidence_is_refused_and_nothing_is_kept(programme: Programme) -> None:
    with pytest.raises(ImportTrouble):
        evidence.add_evidence(
            programme.workspace, engagement_id=programme.engagement.id, data=b"MZ\x90\x00", name="run.exe"
        )
    with programme.workspace.reading() as reader:
        assert reader.all(Evidence) == ()
    assert tuple(programme.workspace.store.evidence.digests()) == ()


def test_hits_know_where_to_jump(programme: Programme) -> None:
    workspace, id = programme.workspace, programme.assessment.id
    ratings.write_note(workspace, id, PRICE, text="Kaffeemaschine defekt")
    finding = findings.raise_finding(
        workspace,
        engagement_id=programme.engagement.id,
        statement="Kaffeemaschine",
        grade=FindingGrade.IMPROVEMENT,
    ).made(Finding)
    evidence.add_evidence(
        workspace,
        engagement_id=programme.engagement.id,
        data=b"a,b\n",
        name="kaffeemaschine.csv",
        finding_id=finding.id,
    )
    hits = {hit.kind: hit for hit in search(workspace, "kaffee", dealership_id=programme.dealership.id)}
    assert set(hits) == {"rating", "finding", "evidence"}
    assert (hits["rating"].checkpoint_id, hits["rating"].assessment_id) == (PRICE, id)
    assert hits["finding"].finding_id == hits["evidence"].finding_id == finding.id
    assert {hit.kind for hit in search(workspace, "beispiel")} == {"dealership"}
    assert any(
        hit.kind == "checkpoint" for hit in search(workspace, "torque", dealership_id=programme.dealership.id)
    )
