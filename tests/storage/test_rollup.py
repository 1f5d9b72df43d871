"""The rollup of a programme: moved by single edits, dropped and filled again, read where it is missing, outside the log."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from fractions import Fraction

from qma_app.domain.action import Action
from qma_app.domain.assessment import Assessment
from qma_app.domain.dealership import Premises
from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import FindingGrade
from qma_app.domain.ids import AreaId, CheckpointId, VisitId
from qma_app.domain.plan import PlannedArea
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.visit import Visit
from qma_app.storage.rollup import Rollup
from qma_app.storage.rollup_levels import AreaSums
from qma_app.storage.store import Store
from tests.builders import (
    GREETING,
    NOW,
    PRICE_AGREED,
    TODAY,
    a_finding,
    a_rating,
    a_rating_not_applicable,
    a_site,
    an_action,
    an_assessment,
    an_edition,
)

SERVICE = AreaId("service")


def rollup_of(store: Store, assessment: Assessment) -> Rollup:
    with store.reading() as reader:
        assert reader.rollups_differing() == ()
        return reader.rollups()[assessment.engagement_id]


def put(store: Store, *records: object) -> None:
    with store.writing("test.put") as work:
        for record in records:
            work.put(record)  # type: ignore[type-var]


def rating(assessment: Assessment, points: int | None, checkpoint: str = GREETING) -> Rating:
    return a_rating(points, checkpoint, assessment_id=assessment.id, rated_by=None)


def statements_of(store: Store, *records: object) -> list[str]:
    """What an edit asks of the rollup's and the ratings' tables."""
    said: list[str] = []
    store._writer.set_trace_callback(said.append)
    put(store, *records)
    store._writer.set_trace_callback(None)
    return [one for one in said if "rollup" in one or "FROM ratings" in one]


def test_a_rating_moves_the_sums_of_its_area(store: Store, assessment: Assessment) -> None:
    put(store, a_site(features=("service", "body-shop"), dealership_id=an_engagement_id(store).dealership_id))
    put(store, rating(assessment, 4, PRICE_AGREED))
    assert rollup_of(store, assessment).areas[SERVICE] == AreaSums(12, 3, 1, 0, 5, 1)
    put(store, a_rating_not_applicable(assessment_id=assessment.id, rated_by=None))
    assert rollup_of(store, assessment).areas[SERVICE] == AreaSums(12, 3, 1, 1, 4, 1)


def an_engagement_id(store: Store) -> Engagement:
    with store.reading() as reader:
        return reader.all(Engagement)[0]


def test_a_lone_rating_is_not_recounted(store: Store, assessment: Assessment) -> None:
    put(store, rating(assessment, 4, PRICE_AGREED))
    first = rating(assessment, 4)
    said = statements_of(store, first)
    assert [one.split(" SET")[0] for one in said if "ratings" not in one] == ["UPDATE rollup_areas"]
    assert len(said) <= 2
    assert statements_of(store, replace(first, version=1, note="seen")) == []


def test_what_is_decided_again_is_not_looked_up(store: Store, assessment: Assessment) -> None:
    one = rating(assessment, 4)
    put(store, one)
    said = statements_of(store, replace(one, version=1, points=8))
    assert len([each for each in said if each.startswith("SELECT outcome")]) == 0


def test_a_newer_word_hides_an_older_one(store: Store, assessment: Assessment) -> None:
    newer = an_assessment(2, engagement_id=assessment.engagement_id, assessor_id=None)
    put(store, newer, rating(newer, 10))
    put(store, rating(assessment, 0))
    assert rollup_of(store, assessment).areas[SERVICE].weighted_points == 20
    with store.writing("test.deleted") as work:
        work.delete(work.get(Rating, rating(newer, 10).id))
    assert rollup_of(store, assessment).areas[SERVICE].weighted_points == 0
    assert rollup_of(store, assessment).areas[SERVICE].rated == 1


def test_set_aside_without_a_reason_is_open(store: Store, assessment: Assessment) -> None:
    put(store, replace(rating(assessment, None), outcome=Outcome.NOT_APPLICABLE))
    assert rollup_of(store, assessment).areas[SERVICE].not_applicable == 0


def test_a_completed_assessment_leaves_its_level(store: Store, assessment: Assessment) -> None:
    with store.reading() as reader:
        edition: Edition = reader.edition(reader.all(Engagement)[0].edition)
    put(store, *(rating(assessment, 8, id) for id in edition.checkpoints))
    assert [one.overall for one in rollup_of(store, assessment).history] == [None]
    premises = Premises(features=frozenset({"service"}), staff=None)
    put(store, replace(assessment.completed(at=NOW, on=TODAY, premises=premises), version=1))
    (past,) = rollup_of(store, assessment).history
    assert (past.number, past.on, past.overall) == (1, TODAY, Fraction(80))
    put(store, rating_again(store, assessment, GREETING, 10))
    assert rollup_of(store, assessment).history[0].overall == Fraction(165, 2)


def rating_again(store: Store, assessment: Assessment, checkpoint: str, points: int) -> Rating:
    with store.reading() as reader:
        known = reader.ratings(assessment.id)[CheckpointId(checkpoint)]
    return replace(known, points=points)


def test_days_of_what_is_open_are_kept(store: Store, assessment: Assessment) -> None:
    mine = {"engagement_id": assessment.engagement_id}
    late = an_action(1, **mine)
    planned = Visit(
        id=VisitId("v1"), engagement_id=assessment.engagement_id, number=1, planned_on=date(2026, 11, 2)
    )
    put(
        store,
        late,
        an_action(2, due_on=None, **mine),
        an_action(3, done_on=TODAY, **mine),
        a_finding(1, FindingGrade.MAJOR, checkpoint_id=None, assessment_id=None, **mine),
        a_finding(2, FindingGrade.MINOR, checkpoint_id=None, assessment_id=None, **mine),
        replace(planned, closed_at=NOW, held_on=date(2026, 11, 3)),
        replace(planned, id=VisitId("v2"), number=2, planned_on=date(2026, 12, 2)),
    )
    counts = rollup_of(store, assessment).counts
    assert counts.actions_due == (date(2026, 12, 1),)
    assert counts.majors_seen == (TODAY,)
    assert (counts.last_visit, counts.visits_ahead) == (date(2026, 11, 3), (date(2026, 12, 2),))
    with store.writing("test.done") as work:
        work.put(replace(work.get(Action, late.id), done_on=TODAY))
    assert rollup_of(store, assessment).counts.actions_due == ()


def test_an_area_left_out_is_kept_as_such(store: Store, assessment: Assessment) -> None:
    planned = PlannedArea(id="x1", engagement_id=assessment.engagement_id, area_id=SERVICE, wave=0)  # type: ignore[arg-type]
    put(store, planned)
    assert rollup_of(store, assessment).counts.waves == {SERVICE: 0}
    put(store, replace(planned, version=1, left_out="No workshop"))
    assert rollup_of(store, assessment).counts.left_out == {SERVICE}


def test_one_checkpoint_in_two_assessments_at_once(store: Store, assessment: Assessment) -> None:
    newer = an_assessment(2, engagement_id=assessment.engagement_id, assessor_id=None)
    put(store, newer)
    put(store, rating(assessment, 4), rating(newer, 10))
    assert rollup_of(store, assessment).areas[SERVICE].weighted_points == 20
    with store.writing("test.both") as work:
        work.put(replace(work.get(Rating, rating(assessment, 4).id), points=6))
        work.put(work.get(Rating, rating(newer, 10).id).cleared())
    assert rollup_of(store, assessment).areas[SERVICE].weighted_points == 12


def test_words_alone_read_no_counts(store: Store, assessment: Assessment) -> None:
    finding = a_finding(1, checkpoint_id=None, assessment_id=None, engagement_id=assessment.engagement_id)
    put(store, finding)
    assert statements_of(store, replace(finding, version=1, statement="Said better")) == []


def test_an_edit_that_fails_leaves_nothing_remembered(store: Store, assessment: Assessment) -> None:
    """The scope grew only in an edit that was not kept: the next rating is counted by the scope that stands."""
    put(store, rating(assessment, 8))
    with suppress(InterruptedError):
        given_up_at_the_end(store, assessment)
    put(store, rating(assessment, 8, PRICE_AGREED))
    assert rollup_of(store, assessment).areas[SERVICE].rated == 2


def given_up_at_the_end(store: Store, assessment: Assessment) -> None:
    with store.writing("test.failed") as work:
        work.put(replace(work.get(Assessment, assessment.id), scope=(AreaId("parts"),)))
        work.put(rating(assessment, 8, PRICE_AGREED))
        work.finish({})
        raise InterruptedError


def test_what_is_missing_is_computed_when_read_and_filled_when_opened(
    store: Store, assessment: Assessment
) -> None:
    put(store, rating(assessment, 8))
    before = rollup_of(store, assessment)
    for table in ("rollup_areas", "rollups"):
        store._writer.execute(f"DELETE FROM {table}")
    with store.reading() as reader:
        assert reader.rollups() == {assessment.engagement_id: before}
        assert reader.rollups([assessment.engagement_id]) == {assessment.engagement_id: before}
        head = reader.log_head()
    store.fill_rollups()
    with store.reading() as reader:
        assert reader.counts()["rollups"] == 1
        assert reader.rollups() == {assessment.engagement_id: before}
        assert reader.log_head() == head


def test_the_next_edit_fills_it_as_well(store: Store, assessment: Assessment) -> None:
    store._writer.execute("DELETE FROM rollup_areas")
    store._writer.execute("DELETE FROM rollups")
    put(store, rating(assessment, 8))
    assert rollup_of(store, assessment).areas[SERVICE].rated == 1
    with store.reading() as reader:
        assert reader.counts()["rollups"] == 1


def test_a_difference_is_noticed(store: Store, assessment: Assessment) -> None:
    store._writer.execute("UPDATE rollup_areas SET rated = 7 WHERE area_id = 'service'")
    with store.reading() as reader:
        assert reader.rollups_differing() == (assessment.engagement_id,)
        assert reader.verify_log() == ()


def test_a_programme_in_the_bin_has_none(store: Store, assessment: Assessment) -> None:
    with store.writing("test.deleted") as work:
        engagement = work.delete(work.get(Engagement, assessment.engagement_id))
    put(store, rating(assessment, 8))
    with store.reading() as reader:
        assert reader.rollups() == {}
        assert reader.rollups([engagement.id]) == {}
    put(store, replace(engagement, deleted_at=None))
    assert rollup_of(store, assessment).areas[SERVICE].rated == 1


def test_a_damaged_row_stops_no_edit(store: Store, assessment: Assessment) -> None:
    """What cannot be read cannot be counted: the rollup goes, the edit stays."""
    put(store, rating(assessment, 8))
    store._writer.execute("UPDATE ratings SET points = 8, outcome = 'rated', rated_at = 'never'")
    newer = an_assessment(2, engagement_id=assessment.engagement_id, assessor_id=None)
    put(store, newer)
    with store.writing("test.rescoped") as work:
        work.put(replace(work.get(Assessment, newer.id), scope=(SERVICE,)))
    with store.reading() as reader:
        assert reader.get(Assessment, newer.id).scope == (SERVICE,)
        assert reader.counts()["rollups"] == 0
    store.fill_rollups()


def test_an_edition_of_another_programme_changes_nothing(store: Store, assessment: Assessment) -> None:
    put(store, rating(assessment, 8))
    before = rollup_of(store, assessment)
    with store.writing("edition.kept") as work:
        work.put_edition(an_edition(version="2027.1"))
    assert rollup_of(store, assessment) == before
