"""Records come back as they were put, edits are whole or nothing, and nobody overwrites anybody unseen."""

from __future__ import annotations

import threading
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path

import pytest

from qma_app.domain.action import ActionLink
from qma_app.domain.assessment import Assessment
from qma_app.domain.dealership import Dealership, Site
from qma_app.domain.evidence import Consent, Evidence, EvidenceKind, EvidenceLink, Mark, MarkKind, PhotoPair
from qma_app.domain.finding import Elsewhere, Finding, Reply, Sighting
from qma_app.domain.ids import (
    ActionLinkId,
    CauseId,
    EvidenceId,
    EvidenceLinkId,
    PhotoPairId,
    ReadingId,
    SettingId,
    SightingId,
)
from qma_app.domain.month import Month
from qma_app.domain.people import Person, Qualification
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.reading import Reading
from qma_app.domain.record import Record
from qma_app.domain.setting import Setting
from qma_app.domain.verification import UsedReading
from qma_app.errors import NotFound, StaleEdit, StorageTrouble
from qma_app.storage.rows import TABLES, row_form
from qma_app.storage.store import DATABASE, Store
from qma_app.storage.tables import METADATA
from tests.builders import (
    GREETING,
    NOW,
    PRICE_AGREED,
    TODAY,
    a_cause,
    a_dealership,
    a_finding,
    a_person,
    a_qualification,
    a_rating,
    a_sample,
    a_site,
    a_verification,
    an_action,
    an_assessment,
    an_engagement,
)


def full_records(assessment: Assessment) -> list[Record]:
    """One of each kind with every field filled."""
    evidence = Evidence(
        id=EvidenceId("photo"),
        engagement_id=assessment.engagement_id,
        kind=EvidenceKind.PHOTO,
        name="bay 3.jpg",
        media_type="image/jpeg",
        digest="d" * 64,
        original_digest="e" * 64,
        size=12_345,
        taken_in_at=NOW,
        width=1600,
        height=1200,
        paper_digest="f" * 64,
        thumbnail_digest="a" * 64,
        made_on=TODAY,
        valid_from=TODAY,
        valid_until=TODAY,
        caption="Torque wrench without sticker",
        consent=Consent.GIVEN,
        consent_words="T. Rehm, on paper",
        marks=(Mark(kind=MarkKind.ARROW, x=10, y=9_000, width=-5, height=-40, words="here"),),
        shared_digest="b" * 64,
        revision=2,
    )
    person = replace(a_person(), function="Service manager", email="a@example.org", phone="+49 30 1")
    return [
        replace(a_site(staff=24), address="Hauptstraße 1"),
        person,
        replace(a_qualification(person=person), number="C-7", valid_from=TODAY, valid_until=TODAY),
        replace(
            a_rating(
                8,
                assessment_id=assessment.id,
                sample=a_sample(8, 1, 1),
                note="Zwei „Aufträge“ fehlen 🚗",
                rated_by=None,
            ),
            is_as_last_time=True,
        ),
        replace(
            a_finding(),
            engagement_id=assessment.engagement_id,
            assessment_id=assessment.id,
            checkpoint_id=GREETING,
            raised_by=None,
            due_on=TODAY,
            closed_on=TODAY,
            closing_note="seen",
            reply=Reply.DISAGREED,
            reply_words="Only on Saturdays",
            cost=Decimal("4200.50"),
            elsewhere=Elsewhere.FOUND,
            reopened=2,
        ),
        evidence,
        EvidenceLink(
            id=EvidenceLinkId("link"),
            evidence_id=evidence.id,
            assessment_id=assessment.id,
            checkpoint_id=GREETING,
        ),
        Setting(id=SettingId("some.setting"), value="x"),
        *life_of_a_finding(assessment),
    ]


def life_of_a_finding(assessment: Assessment) -> list[Record]:
    """Everything that hangs on a finding, with amounts, months and lists."""
    engagement, finding = assessment.engagement_id, a_finding().id
    cause, action = a_cause(engagement_id=engagement), an_action(engagement_id=engagement)
    verification = a_verification(
        engagement_id=engagement,
        action_id=action.id,
        population=200,
        size=10,
        allowed=1,
        failing=0,
        seed=7,
        drawn=(3, 17, 180),
        kpi="C15",
        before_from=Month(2026, 1),
        before_until=Month(2026, 6),
        after_from=Month(2026, 9),
        after_until=Month(2026, 12),
        readings=(
            UsedReading(month=Month(2026, 1), numerator=Decimal("18.50"), denominator=Decimal(240)),
            UsedReading(month=Month(2026, 12), numerator=Decimal(-3)),
        ),
    )
    return [
        Sighting(
            id=SightingId("again"),
            engagement_id=engagement,
            finding_id=finding,
            seen_on=TODAY,
            words="Once more at desk 2",
        ),
        cause,
        replace(cause, id=CauseId("below"), parent_id=cause.id, place=2, is_changeable=True),
        replace(action, money_likely=Decimal("12500.00"), problem_figure=Decimal("0.1"), confidence=80),
        ActionLink(
            id=ActionLinkId("tie"), action_id=action.id, finding_id=finding, cause_id=CauseId("below")
        ),
        verification,
        Reading(
            id=ReadingId("reading"),
            engagement_id=engagement,
            kpi="C15",
            month=Month(2026, 3),
            numerator=Decimal("1E+3"),
            denominator=Decimal("7.250"),
        ),
        PhotoPair(
            id=PhotoPairId("pair"),
            engagement_id=engagement,
            before_id=EvidenceId("photo"),
            after_id=EvidenceId("photo"),
            finding_id=finding,
            words="Ten days apart",
        ),
        EvidenceLink(
            id=EvidenceLinkId("proof"),
            evidence_id=EvidenceId("photo"),
            action_id=action.id,
            verification_id=verification.id,
        ),
    ]


def test_every_field_of_every_record_comes_back(store: Store, assessment: Assessment) -> None:
    """What was put is what is read, in a later scope, version aside."""
    records = full_records(assessment)
    with store.writing("test.put") as work:
        for record in records:
            work.put(record)
    with store.reading() as reader:
        for record in records:
            assert reader.get(type(record), record.id) == replace(record, version=1)


def test_each_record_has_a_column_for_each_field() -> None:
    """A field without a column, or a column without a field, would lose something."""
    for kind, name in TABLES.items():
        table = METADATA.tables[name]
        assert [
            column.name for column in table.columns if column.name not in ("id", "version", "deleted_at")
        ] == [field.name for field in fields(kind) if field.name not in ("id", "version", "deleted_at")], (
            kind.__name__
        )


def test_words_a_user_typed_are_known_as_such() -> None:
    """The log must keep digests of these and plain values of all others."""
    typed = {(kind.__name__, form.name) for kind in TABLES for form in row_form(kind).fields if form.is_typed}
    assert ("Rating", "note") in typed
    assert ("Rating", "sample") in typed
    assert ("Assessment", "reopenings") in typed
    assert ("Rating", "points") not in typed
    assert ("Site", "features") not in typed


@pytest.mark.parametrize(
    ("amount", "text"),
    [("1200", "1200"), ("1.50", "1.5"), ("1E+3", "1000"), ("-0.00", "0"), ("0.001", "0.001"), ("100", "100")],
)
def test_an_amount_has_one_text(amount: str, text: str) -> None:
    """The log compares texts: the same amount must not look changed."""
    assert row_form(Reading).column("numerator").packed(Decimal(amount)) == text


def test_an_edit_that_fails_leaves_nothing_behind(store: Store, assessment: Assessment) -> None:
    with store.reading() as reader:
        before = reader.log_head()

    def fail_halfway() -> None:
        with store.writing("test.put") as work:
            work.put(a_rating(assessment_id=assessment.id, rated_by=None))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    with store.reading() as reader:
        assert reader.ratings(assessment.id) == {}
        assert reader.log_head() == before


def test_changes_say_before_and_after_once_a_record(store: Store, assessment: Assessment) -> None:
    """Two puts of the same record in one edit are one change."""
    with store.writing("test.twice") as work:
        first = work.put(a_rating(4, assessment_id=assessment.id, rated_by=None))
        work.put(replace(first, points=8))
    (change,) = work.changes
    assert change.before is None
    assert isinstance(change.after, Rating)
    assert (change.after.points, change.after.version) == (8, 2)
    assert work.changes.what == "test.twice"


def test_putting_the_same_again_writes_nothing(store: Store, assessment: Assessment) -> None:
    with store.writing("test.same") as work:
        work.put(work.get(Assessment, assessment.id))
    assert not work.changes
    assert work.changes.seq == 0


def test_a_write_over_a_newer_version_is_refused(store: Store, assessment: Assessment) -> None:
    """Two windows with the same row: the second save is told, nothing is overwritten."""
    with store.writing("test.put") as work:
        seen = work.put(a_rating(4, assessment_id=assessment.id, rated_by=None))
    with store.writing("test.newer") as work:
        work.put(replace(seen, points=10))
    with pytest.raises(StaleEdit), store.writing("test.older") as work:
        work.put(replace(seen, points=0))
    with store.reading() as reader:
        assert reader.ratings(assessment.id)[GREETING].points == 10


def test_a_deleted_record_is_left_out_until_asked_for(store: Store, assessment: Assessment) -> None:
    with store.writing("test.put") as work:
        rating = work.put(a_rating(assessment_id=assessment.id, rated_by=None))
    with store.writing("test.deleted") as work:
        gone = work.delete(rating)
        assert work.delete(gone) == gone
    with store.reading() as reader:
        assert reader.find(Rating, rating.id) is None
        assert reader.find(Rating, rating.id, in_bin=True) == gone
        assert reader.in_bin(Rating) == (gone,)
        with pytest.raises(NotFound):
            reader.get(Rating, rating.id)


def test_a_reading_scope_does_not_move(store: Store, assessment: Assessment) -> None:
    """A report that is being collected never sees half of a later edit."""
    with store.reading() as reader:
        before = reader.ratings(assessment.id)
        with store.writing("test.put") as work:
            work.put(a_rating(assessment_id=assessment.id, rated_by=None))
        assert reader.ratings(assessment.id) == before
    with store.reading() as reader:
        assert len(reader.ratings(assessment.id)) == 1


def test_the_standing_is_the_latest_decided_rating(store: Store, assessment: Assessment) -> None:
    """Not seen and untouched never take back what an earlier assessment saw; self-assessments do not count."""
    second = an_assessment(2, engagement_id=assessment.engagement_id, assessor_id=None)
    selfie = an_assessment(3, engagement_id=assessment.engagement_id, assessor_id=None)
    selfie = replace(selfie, kind=type(selfie.kind)("self-assessment"))
    with store.writing("test.put") as work:
        work.put(second)
        work.put(selfie)
        work.put(a_rating(4, GREETING, assessment_id=assessment.id, rated_by=None))
        work.put(a_rating(6, PRICE_AGREED, assessment_id=assessment.id, rated_by=None))
        work.put(a_rating(8, GREETING, assessment_id=second.id, rated_by=None))
        work.put(
            replace(
                a_rating(None, PRICE_AGREED, assessment_id=second.id, reason="no time"),
                outcome=Outcome.NOT_SEEN,
            )
        )
        work.put(a_rating(10, GREETING, assessment_id=selfie.id, rated_by=None))
    with store.reading() as reader:
        standing = reader.standing(assessment.engagement_id)
    assert {id: rating.points for id, rating in standing.items()} == {GREETING: 8, PRICE_AGREED: 6}


def test_find_by_fields_understands_every_kind_of_value(store: Store, assessment: Assessment) -> None:
    with store.writing("test.put") as work:
        work.put(a_site())
    with store.reading() as reader:
        assert reader.all(Assessment, kind=assessment.kind, started_on=TODAY, completed_at=None) == (
            assessment,
        )
        assert reader.all(Site, features=a_site().features)
        assert reader.all(Dealership, is_sample=True) == ()


def test_two_threads_write_one_after_the_other(store: Store, assessment: Assessment) -> None:
    def save(number: int) -> None:
        with store.writing("test.threads") as work:
            work.put(Setting(id=SettingId(f"setting-{number}"), value="x"))

    threads = [threading.Thread(target=save, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.reading() as reader:
        assert len(reader.all(Setting)) == 8
        assert reader.verify_log() == ()


def test_a_database_taken_away_is_noticed_at_the_next_save(store: Store, tmp_path: Path) -> None:
    """On Linux a renamed file still takes inserts; the coach must hear of it."""
    (tmp_path / DATABASE).rename(tmp_path / "elsewhere.db")
    with pytest.raises(StorageTrouble, match="moved or removed"), store.writing("test.put") as work:
        work.put(Setting(id=SettingId("late"), value="x"))
    (tmp_path / "elsewhere.db").rename(tmp_path / DATABASE)


def test_closing_folds_the_log_into_the_database(
    store: Store, assessment: Assessment, tmp_path: Path
) -> None:
    """Only then may anybody copy the file."""
    store.close()
    assert not (tmp_path / f"{DATABASE}-wal").exists()
    assert b"Autohaus" not in (tmp_path / DATABASE).read_bytes()


def test_records_that_hang_on_nothing_are_refused(store: Store) -> None:
    """Foreign keys are on: a bug cannot leave an orphan."""
    with pytest.raises(Exception, match="FOREIGN KEY"), store.writing("test.orphan") as work:
        work.put(an_engagement(coach_id=None))


def test_people_and_their_qualifications_are_found_by_parent(store: Store, assessment: Assessment) -> None:
    person = a_person()
    with store.writing("test.put") as work:
        work.put(person)
        work.put(a_qualification(person=person))
    with store.reading() as reader:
        assert len(reader.all(Qualification, person_id=person.id)) == 1
        assert reader.all(Person, dealership_id=None)
        assert reader.all(Finding) == ()
        assert a_dealership().id == reader.all(Dealership)[0].id
