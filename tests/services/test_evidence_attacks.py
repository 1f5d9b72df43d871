"""Evidence that is paired, marked, revised, removed and brought back in any order stays whole, and never shows more than it may."""

from __future__ import annotations

from pathlib import Path

import pytest

from qma_app.domain.evidence import Consent, Evidence, Mark, MarkKind, PhotoPair
from qma_app.domain.evidence_use import evidence_of_finding, pairs_of_finding, why_not_shown
from qma_app.domain.finding import Finding
from qma_app.services import evidence
from qma_app.services.backups import back_up_now, restore
from qma_app.services.bin import list_bin, restore_from_bin
from qma_app.services.evidence_ledger import FileState, evidence_ledger
from qma_app.services.evidence_marks import mark_photo
from qma_app.services.log import verify_path, verify_workspace
from qma_app.services.photo_pairs import pair_photos
from qma_app.services.reports import report_bytes
from qma_app.services.undoing import redo, undo
from tests.builders import TODAY
from tests.exchange.pictures import a_photo
from tests.services.conftest import Programme
from tests.services.test_evidence_ledger import BLUR, a_picture_in, add, raised

FULL = Mark(kind=MarkKind.BLUR, x=0, y=0, width=10_000, height=10_000)


@pytest.fixture
def finding(programme: Programme) -> Finding:
    return raised(programme)


def now(programme: Programme, item: Evidence) -> Evidence:
    with programme.workspace.reading() as reader:
        return reader.get(Evidence, item.id)


def is_whole(programme: Programme) -> bool:
    """Every file of the ledger is what was stored, the sheet of the finding can be drawn, and the log holds."""
    with programme.workspace.reading() as reader:
        lines = evidence_ledger(reader, programme.engagement.id, TODAY, look=True)
    report_bytes(programme.workspace, "finding", of="F-001")
    return {line.file for line in lines} <= {FileState.OK} and not verify_workspace(
        programme.workspace
    ).faults


def test_marks_on_each_version_are_their_own_and_survive_every_step_back(
    programme: Programme, finding: Finding
) -> None:
    workspace = programme.workspace
    first = a_picture_in(programme, 600, finding_id=finding.id)
    marked = mark_photo(workspace, first.id, [BLUR])
    revised = evidence.revise_evidence(workspace, first.id, data=a_photo(700, 400), name="new.jpg")
    second = revised.made(Evidence)
    assert second.marks == ()
    covered = mark_photo(workspace, second.id, [FULL])
    again = evidence.revise_evidence(workspace, second.id, data=a_photo(800, 400), name="third.jpg")
    assert (again.made(Evidence).revision, now(programme, first).marks) == (3, (BLUR,))
    for step in (again, covered, revised, marked):
        undo(workspace, step)
        assert is_whole(programme)
    for step in (marked, revised, covered, again):
        redo(workspace, step)
        assert is_whole(programme)
    assert now(programme, second).marks == (FULL,)


def test_a_pair_goes_with_its_photo_through_the_bin_and_a_backup(
    programme: Programme, finding: Finding, tmp_path: Path
) -> None:
    workspace = programme.workspace
    before, after = a_picture_in(programme, 600), a_picture_in(programme, 700)
    pair_photos(workspace, before.id, after.id, finding.id)
    for item in (before, after):
        evidence.remove_evidence(workspace, item.id)
        assert is_whole(programme)
    for row in list_bin(workspace):
        restore_from_bin(workspace, row.kind, row.id)
    with workspace.reading() as reader:
        assert [item.id for item in evidence_of_finding(reader, finding.id)]
        assert len(pairs_of_finding(reader, finding.id)) <= 1
        assert all(reader.find(Evidence, pair.before_id) for pair in reader.all(PhotoPair))
    assert is_whole(programme)
    file = back_up_now(workspace, target=tmp_path / "all.qmabackup")
    restore(file, tmp_path / "restored")
    for place in (file, tmp_path / "restored"):
        found = verify_path(place)
        assert (found.faults, found.head.hash) == ((), verify_workspace(workspace).head.hash)


def test_the_newest_version_in_the_bin_gives_way_and_comes_back(
    programme: Programme, finding: Finding
) -> None:
    workspace = programme.workspace
    first = a_picture_in(programme, 600, finding_id=finding.id)
    second = evidence.revise_evidence(workspace, first.id, data=a_photo(700, 400), name="b.jpg").made(
        Evidence
    )
    evidence.remove_evidence(workspace, second.id)
    evidence.revise_evidence(workspace, first.id, data=a_photo(800, 400), name="c.jpg")
    restore_from_bin(workspace, Evidence, second.id)
    assert is_whole(programme)


def test_consent_that_is_refused_given_and_refused_again_rules_each_paper(
    programme: Programme, finding: Finding
) -> None:
    workspace = programme.workspace
    item = a_picture_in(programme, 600, finding_id=finding.id)
    sizes = []
    for consent in (Consent.REFUSED, Consent.GIVEN, Consent.REFUSED):
        evidence.note_consent(workspace, item.id, consent)
        assert bool(why_not_shown(now(programme, item))) is (consent is Consent.REFUSED)
        sizes.append(len(report_bytes(workspace, "finding", of="F-001")))
        mark_photo(workspace, item.id, [BLUR] if consent is Consent.GIVEN else [])
    assert sizes[1] > max(sizes[0], sizes[2])


def test_what_a_file_is_cannot_be_written_by_hand(programme: Programme) -> None:
    item = add(programme)
    for name in ("digest", "consent", "marks", "engagement_id", "revision_of", "paper_digest"):
        with pytest.raises(ValueError, match="by hand"):
            evidence.describe_evidence(programme.workspace, item.id, **{name: None})
