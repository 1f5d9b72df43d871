"""A running programme goes over to a newer edition; what was assessed before stays as it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.history import checkpoint_history, earlier_ratings
from qma_app.domain.ids import CheckpointId, EditionHash
from qma_app.domain.people import Role
from qma_app.domain.rating import Rating
from qma_app.domain.standing import (
    assessment_result,
    edition_of_assessment,
    place_of_finding,
    standing_result,
)
from qma_app.domain.upgrade import Upgrade
from qma_app.domain.upgrade_proposals import Decision
from qma_app.errors import NotFound, RuleBroken, StaleEdit
from qma_app.exchange import assessment_workbook
from qma_app.reports.collecting import collect_assessment
from qma_app.services.assessments import discard_assessment, reopen_assessment, start_assessment
from qma_app.services.checklist import checklist_rows, outline
from qma_app.services.findings import raise_finding, raise_from_checkpoint
from qma_app.services.log import verify_workspace
from qma_app.services.ratings import clear_rating, rate_as_last_time, rate_checkpoint, write_note
from qma_app.services.reports import make_report
from qma_app.services.searching import search
from qma_app.services.today import today
from qma_app.services.undoing import redo, undo
from qma_app.services.upgrading import diff_text, preview, propose_upgrade, upgrade_choices
from qma_app.services.workbooks import make_workbook
from qma_app.services.working import start_working
from qma_app.services.workspace import Workspace
from tests.builders import (
    GREETING,
    NOW,
    PRICE_AGREED,
    STOCK_COUNT,
    TODAY,
    a_checkpoint,
    a_dealership,
    an_engagement,
)
from tests.exchange.shelf import HEAD
from tests.services.upgrades import (
    CLEAN_SHELF,
    COFFEE,
    OLD_STOCK,
    OWN_TIME,
    SEATED,
    WALK_ROUND,
    WHOLE_STOCK,
    House,
    a_house,
    hashed,
    with_points,
)


@pytest.fixture
def house(workspace: Workspace) -> House:
    return a_house(workspace)


def test_only_other_editions_of_the_same_standard_that_were_not_left_are_offered(house: House) -> None:
    foreign = hashed(replace(house.new, standard="other", hash=EditionHash("")))
    newest = hashed(replace(house.new, version="2026.10", hash=EditionHash("")))
    shipped = (house.old, house.new, newest, foreign)
    with house.workspace.reading() as reader:
        assert [one.version for one in upgrade_choices(reader, house.engagement_id, shipped)] == [
            "2026.10",
            "2026.2",
        ]
    house.upgrade()
    with house.workspace.reading() as reader:
        assert upgrade_choices(reader, house.engagement_id, shipped) == (newest,)
        with pytest.raises(NotFound, match="cannot go over"):
            propose_upgrade(reader, house.engagement_id, house.old.hash, shipped)


def test_proposals_follow_what_was_changed(house: House) -> None:
    with house.workspace.reading() as reader:
        proposal = propose_upgrade(reader, house.engagement_id, house.new.hash, (house.new,))
    said = {one.checkpoint_id: (one.decision, one.rating and one.rating.points) for one in proposal.proposals}
    assert said == {
        GREETING: (Decision.CARRY, 8),
        WALK_ROUND: (Decision.ASK, 6),
        SEATED: (Decision.ASK, 4),
        COFFEE: (Decision.ASK, 4),
        PRICE_AGREED: (Decision.CARRY, 10),
        WHOLE_STOCK: (Decision.CARRY, 6),
        CLEAN_SHELF: (Decision.ASK, None),
    }
    assert all(one.reason for one in proposal.proposals)


def test_the_standing_goes_over_as_decided_and_as_the_preview_said(house: House) -> None:
    with house.workspace.reading() as reader:
        proposal = propose_upgrade(reader, house.engagement_id, house.new.hash, (house.new,))
        before = standing_result(reader, house.engagement_id)
    chosen = {COFFEE: Decision.CARRY, GREETING: Decision.ASK}
    told = preview(proposal, chosen)
    house.upgrade(decisions=chosen)
    assert house.edition == house.new.hash
    assert house.standing() == {COFFEE: 4, PRICE_AGREED: 10, WHOLE_STOCK: 6}
    with house.workspace.reading() as reader:
        assert standing_result(reader, house.engagement_id) == told.after
    assert told.before == before
    assert (told.carried, told.asked) == (3, 4)


def test_an_upgrade_is_one_step_back_and_one_forth(house: House) -> None:
    before = house.standing()
    changes = house.upgrade()
    after = house.standing()
    back = undo(house.workspace, changes)
    assert (house.edition, house.standing()) == (house.old.hash, before)
    with house.workspace.reading() as reader:
        assert reader.all(Upgrade) == ()
    redo(house.workspace, changes)
    assert (house.edition, house.standing()) == (house.new.hash, after)
    assert {type(change.after).__name__ for change in back} == {"Upgrade", "Engagement"}
    assert verify_workspace(house.workspace).faults == ()


def test_what_was_assessed_before_keeps_its_edition_its_result_and_its_papers(
    house: House, tmp_path: Path
) -> None:
    def shown() -> tuple[object, ...]:
        with house.workspace.reading() as reader:
            paper = collect_assessment(reader, house.baseline.id, on=TODAY)
            book = assessment_workbook.collect(reader, house.baseline.id)
            return (
                assessment_result(reader, house.baseline),
                replace(paper, log_head=HEAD, shown_at=NOW, engagement=an_engagement()),
                replace(book, head=HEAD, engagement=an_engagement()),
                checklist_rows(reader, house.baseline.id),
                outline(reader, house.baseline.id),
            )

    before = shown()
    house.upgrade()
    assert shown() == before
    with house.workspace.reading() as reader:
        assert edition_of_assessment(reader, reader.get(Assessment, house.baseline.id)) == house.old
    _make_papers(house.workspace, tmp_path / "papers")


def _make_papers(workspace: Workspace, folder: Path, of: int = 1) -> None:
    folder.mkdir()
    make_report(workspace, "assessment", target=folder / "a.pdf", of=of, on=TODAY)
    make_workbook(workspace, "assessment", target=folder / "a.xlsx", of=of)
    assert all(path.stat().st_size > 1000 for path in folder.iterdir())


def test_assessments_of_before_the_editions_were_named_belong_to_the_first(house: House) -> None:
    """A workspace made by the version before names no edition in its assessments."""
    with house.workspace.writing("test.older") as work:
        work.put(replace(work.get(Assessment, house.baseline.id), edition=None))
    house.upgrade()
    with house.workspace.reading() as reader:
        assert edition_of_assessment(reader, reader.get(Assessment, house.baseline.id)) == house.old
    assert house.standing() == {GREETING: 8, PRICE_AGREED: 10, WHOLE_STOCK: 6}


def test_new_work_is_made_in_the_new_edition_and_counts_over_what_was_carried(house: House) -> None:
    house.upgrade()
    progress = house.assess({GREETING: 10, CLEAN_SHELF: 8})
    assert progress.edition == house.new.hash
    with house.workspace.reading() as reader:
        assert edition_of_assessment(reader, progress) == house.new
        assert outline(reader, progress.id).edition == house.new
    assert house.standing() == {GREETING: 10, PRICE_AGREED: 10, WHOLE_STOCK: 6, CLEAN_SHELF: 8}


def test_a_carried_rating_that_is_taken_back_in_its_old_assessment_no_longer_stands(house: House) -> None:
    house.upgrade()
    reopen_assessment(house.workspace, house.baseline.id, reason="Rated the wrong shelf")
    clear_rating(house.workspace, house.baseline.id, OLD_STOCK)
    assert WHOLE_STOCK not in house.standing()
    rate_checkpoint(house.workspace, house.baseline.id, OWN_TIME, points=10)
    assert OWN_TIME not in house.standing()


def test_last_time_and_history_follow_a_checkpoint_through_the_editions(house: House) -> None:
    house.upgrade()
    progress = house.assess({}, is_completed=False)
    with house.workspace.reading() as reader:
        last = {id: rating.points for id, rating in earlier_ratings(reader, progress).items()}
        assert last == {
            GREETING: 8,
            WALK_ROUND: 6,
            SEATED: 4,
            COFFEE: 4,
            PRICE_AGREED: 10,
            WHOLE_STOCK: 6,
        }
        assert earlier_ratings(reader, progress, (COFFEE,))[COFFEE].checkpoint_id == COFFEE
    rate_as_last_time(house.workspace, progress.id, COFFEE)
    with house.workspace.reading() as reader:
        now = checkpoint_history(reader, house.engagement_id, COFFEE)
        assert [point.rating and point.rating.points for point in now] == [4, 4]
        then = checkpoint_history(reader, house.engagement_id, OWN_TIME, seen_from=house.baseline)
        assert [point.rating and point.rating.points for point in then] == [4, 4]
        fresh = checkpoint_history(reader, house.engagement_id, CLEAN_SHELF)
        assert [point.assessment.number for point in fresh] == [2]


def test_a_second_upgrade_carries_what_still_stands_from_the_first_edition(house: House) -> None:
    house.upgrade()
    third = hashed(
        replace(
            with_points(
                house.new,
                [
                    a_checkpoint("service.reception.welcome", replaces=(GREETING,))
                    if point.id == GREETING
                    else point
                    for point in house.new.checkpoints.values()
                ],
            ),
            version="2026.3",
        )
    )
    welcome = CheckpointId("service.reception.welcome")
    house.upgrade(third, decisions={welcome: Decision.CARRY})
    assert house.standing() == {welcome: 8, PRICE_AGREED: 10, WHOLE_STOCK: 6}
    progress = house.assess({}, is_completed=False)
    with house.workspace.reading() as reader:
        assert earlier_ratings(reader, progress, (welcome,))[welcome].points == 8


def test_points_the_new_scale_lacks_are_asked_again(house: House) -> None:
    steps = tuple(step for step in house.new.scale if step.points != 10)
    new = hashed(replace(house.new, scale=steps, hash=EditionHash("")))
    house.upgrade(new)
    assert PRICE_AGREED not in house.standing()


def test_an_open_assessment_stands_in_the_way(house: House) -> None:
    start_assessment(house.workspace, engagement_id=house.engagement_id, kind=AssessmentKind.PROGRESS)
    with pytest.raises(RuleBroken, match="Assessment 2 is still open"):
        house.upgrade()
    assert house.edition == house.old.hash
    with house.workspace.reading() as reader:
        assert house.new.hash not in reader.editions()


def test_only_a_coach_takes_a_programme_further(house: House) -> None:
    start_working(house.workspace, role=Role.AUDITOR, name="Ida Invented")
    with pytest.raises(RuleBroken, match="Only a coach"):
        house.upgrade()
    start_working(house.workspace, role=Role.COACH, name="Ida Invented")
    changes = house.upgrade()
    start_working(house.workspace, role=Role.AUDITOR, name="Ida Invented")
    with pytest.raises(RuleBroken, match="Only a coach"):
        undo(house.workspace, changes)


@pytest.mark.parametrize(
    ("id", "decision"),
    [(CLEAN_SHELF, Decision.CARRY), (PRICE_AGREED, Decision.ASK), (STOCK_COUNT, Decision.ASK)],
)
def test_decisions_that_cannot_be_taken_are_refused_whole(
    house: House, id: CheckpointId, decision: Decision
) -> None:
    with pytest.raises(RuleBroken):
        house.upgrade(decisions={id: decision})
    assert house.edition == house.old.hash


def test_it_is_not_taken_back_over_work_in_the_new_edition(house: House) -> None:
    changes = house.upgrade()
    progress = house.assess({}, is_completed=False)
    with pytest.raises(RuleBroken, match="in the new edition"):
        undo(house.workspace, changes)
    discard_assessment(house.workspace, progress.id)
    undo(house.workspace, changes)
    assert house.edition == house.old.hash
    start_assessment(house.workspace, engagement_id=house.engagement_id, kind=AssessmentKind.PROGRESS)
    with pytest.raises(RuleBroken, match="still open"):
        redo(house.workspace, changes)


def test_it_is_not_taken_back_from_under_a_later_one(house: House) -> None:
    changes = house.upgrade()
    house.upgrade(hashed(replace(house.new, version="2026.3", hash=EditionHash(""))))
    with pytest.raises(StaleEdit):
        undo(house.workspace, changes)


@pytest.fixture
def with_findings(house: House) -> tuple[House, Finding, Finding, Finding]:
    """At a checkpoint that goes, at one that is split (without an assessment), and at one that stays."""
    reopen_assessment(house.workspace, house.baseline.id, reason="Findings were missing")
    gone = raise_from_checkpoint(house.workspace, house.baseline.id, OLD_STOCK).made(Finding)
    split = raise_finding(
        house.workspace,
        engagement_id=house.engagement_id,
        statement="Nobody offers coffee",
        grade=FindingGrade.MAJOR,
        checkpoint_id=OWN_TIME,
        requirement="Guests are looked after.",
    ).made(Finding)
    kept = raise_from_checkpoint(house.workspace, house.baseline.id, GREETING).made(Finding)
    write_note(house.workspace, house.baseline.id, OWN_TIME, text="cold coffee in the lounge")
    from qma_app.services.assessments import complete_assessment

    complete_assessment(house.workspace, house.baseline.id)
    return house, gone, split, kept


def test_findings_keep_number_and_requirement_of_the_edition_they_were_raised_in(
    with_findings: tuple[House, Finding, Finding, Finding],
) -> None:
    house, gone, split, kept = with_findings
    house.upgrade()
    with house.workspace.reading() as reader:
        for finding, id in ((gone, OLD_STOCK), (split, OWN_TIME), (kept, GREETING)):
            place = place_of_finding(reader, finding)
            assert place == (house.old, house.old.checkpoints[id])
        assert place_of_finding(reader, replace(gone, checkpoint_id=None)) is None
        assert place_of_finding(reader, replace(gone, checkpoint_id=CheckpointId("a.b.c"))) is None


def test_findings_at_checkpoints_that_are_gone_break_no_screen_paper_search_or_workbook(
    with_findings: tuple[House, Finding, Finding, Finding], tmp_path: Path
) -> None:
    house, gone, _split, _kept = with_findings
    house.upgrade()
    house.assess({GREETING: 10, CLEAN_SHELF: 4})
    with house.workspace.reading() as reader:
        view = today(reader, a_dealership().id, on=TODAY)
        assert view.open_majors == 1
        assert [column.overall is not None for column in view.columns] == [True, False]
        assert checklist_rows(reader, house.baseline.id)
    for of in (1, 2):
        _make_papers(house.workspace, tmp_path / str(of), of=of)
    hits = search(house.workspace, "coffee", dealership_id=a_dealership().id)
    assert {(hit.kind, hit.title.split(" ")[0]) for hit in hits} >= {
        ("rating", house.old.checkpoints[OWN_TIME].number),
        ("finding", "F-002"),
    }
    assert [hit.title for hit in search(house.workspace, gone.label)]


def test_a_hit_in_the_new_standard_leads_into_no_assessment_of_the_old_one(house: House) -> None:
    house.upgrade()
    (hit,) = [
        hit
        for hit in search(house.workspace, "clean shelf", dealership_id=a_dealership().id)
        if hit.kind == "checkpoint"
    ][:1]
    assert hit.assessment_id is None
    progress = house.assess({}, is_completed=False)
    hits = search(house.workspace, "clean shelf", dealership_id=a_dealership().id)
    assert {hit.assessment_id for hit in hits if hit.kind == "checkpoint"} == {progress.id}


def test_a_reopened_assessment_goes_on_in_its_own_edition(house: House) -> None:
    house.upgrade()
    reopen_assessment(house.workspace, house.baseline.id, reason="One was left out")
    rate_checkpoint(house.workspace, house.baseline.id, OWN_TIME, points=6)
    with pytest.raises(NotFound):
        rate_checkpoint(house.workspace, house.baseline.id, COFFEE, points=6)
    with house.workspace.reading() as reader:
        view = today(reader, a_dealership().id, on=TODAY)
        assert view.resume is not None
        assert view.resume.edition == house.old
        assert reader.all(Rating, assessment_id=house.baseline.id, checkpoint_id=OWN_TIME)[0].points == 6


def test_the_log_names_the_upgrade_and_the_edition(house: House) -> None:
    house.upgrade()
    with house.workspace.reading() as reader:
        entry = list(reader.log_entries())[-1]
    assert entry.what == "engagement.upgraded"
    assert {record["type"] for record in entry.records} == {"upgrades", "engagements", "editions"}
    assert house.new.hash in entry.body


def test_the_difference_prints_line_by_line(house: House) -> None:
    lines = list(diff_text(house.old, house.new))
    assert lines[0] == "Dealer Quality Standard 2026.1 → Dealer Quality Standard 2026.2"
    assert lines[1] == "1 unchanged · 2 reworded · 1 split · 1 merged · 1 gone · 1 new"
    assert "reworded: SRV-01.2 (statement)" in lines
    assert "  + Every car is walked round with its driver." in lines
