"""What the store knows of a change of edition: stored and read back, logged, searched under the right edition."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.edition import Edition
from qma_app.domain.ids import CheckpointId, RatingId, UpgradeId
from qma_app.domain.rating import Rating
from qma_app.domain.upgrade import Carry, Upgrade
from qma_app.storage import driver, schema
from qma_app.storage.rows import row_form
from qma_app.storage.store import DATABASE, Store
from tests.builders import GREETING, PRICE_AGREED, TODAY, a_rating, a_text, an_assessment, an_edition
from tests.storage.conftest import KEY

WELCOME = CheckpointId("service.reception.welcome")
NEW: Edition = an_edition(version="2026.2", title=a_text("Quality"))


def an_upgrade(assessment: Assessment, *carried: Carry, **changes: object) -> Upgrade:
    upgrade = Upgrade(
        id=UpgradeId("u"),
        engagement_id=assessment.engagement_id,
        from_edition=an_edition().hash,
        to_edition=NEW.hash,
        decided_on=TODAY,
        carried=carried,
    )
    return replace(upgrade, **changes)  # type: ignore[arg-type]  # fields of an upgrade


@pytest.fixture
def rated(store: Store, assessment: Assessment) -> tuple[Rating, Rating]:
    with store.writing("test.rated") as work:
        return (
            work.put(a_rating(8, GREETING, assessment_id=assessment.id, rated_by=None, note="warm welcome")),
            work.put(a_rating(6, PRICE_AGREED, assessment_id=assessment.id, rated_by=None)),
        )


def go_over(store: Store, assessment: Assessment, *carried: Carry) -> Upgrade:
    from qma_app.domain.engagement import Engagement

    with store.writing("test.upgraded") as work:
        work.put_edition(NEW)
        upgrade = work.put(an_upgrade(assessment, *carried))
        work.put(replace(work.get(Engagement, assessment.engagement_id), edition=NEW.hash))
        return upgrade


def test_an_upgrade_is_stored_whole_and_read_back(store: Store, assessment: Assessment) -> None:
    put = go_over(
        store,
        assessment,
        Carry(checkpoint_id=WELCOME, source=GREETING, rating_id=RatingId("r")),
        Carry(checkpoint_id=PRICE_AGREED),
    )
    with store.reading() as reader:
        assert reader.get(Upgrade, put.id) == put
        assert reader.all(Upgrade, engagement_id=assessment.engagement_id) == (put,)
        assert reader.verify_log() == ()


def test_what_was_carried_stands_in_the_log_in_plain_words(store: Store, assessment: Assessment) -> None:
    """Ids are nobody's words: they need no salt and can be read for ever."""
    assert not row_form(Upgrade).column("carried").is_typed
    assert row_form(Assessment).column("remarks").is_typed
    assert row_form(Rating).column("sample").is_typed
    go_over(store, assessment, Carry(checkpoint_id=WELCOME, source=GREETING, rating_id=RatingId("r")))
    with store.reading() as reader:
        assert WELCOME in list(reader.log_entries())[-1].body


def test_a_change_outside_is_found(store: Store, assessment: Assessment, tmp_path: Path) -> None:
    go_over(store, assessment, Carry(checkpoint_id=WELCOME, source=GREETING, rating_id=RatingId("r")))
    with closing(driver.connect(tmp_path / DATABASE, KEY)) as connection:
        connection.execute("UPDATE upgrades SET carried = '[]'")
    with store.reading() as reader:
        assert ["carried of upgrades u" in fault.reason for fault in reader.verify_log()] == [True]


def test_carried_ratings_stand_under_their_new_ids_and_nothing_else(
    store: Store, assessment: Assessment, rated: tuple[Rating, Rating]
) -> None:
    greeting, _price = rated
    go_over(
        store,
        assessment,
        Carry(checkpoint_id=WELCOME, source=GREETING, rating_id=greeting.id),
        Carry(checkpoint_id=GREETING, source=GREETING, rating_id=greeting.id),
        Carry(checkpoint_id=PRICE_AGREED, source=PRICE_AGREED),
    )
    with store.reading() as reader:
        standing = reader.standing(assessment.engagement_id)
    assert standing == {WELCOME: replace(greeting, checkpoint_id=WELCOME), GREETING: greeting}


def test_an_upgrade_in_the_bin_counts_no_more(
    store: Store, assessment: Assessment, rated: tuple[Rating, Rating]
) -> None:
    from qma_app.domain.engagement import Engagement

    upgrade = go_over(store, assessment)
    with store.reading() as reader:
        assert reader.standing(assessment.engagement_id) == {}
    with store.writing("test.back") as work:
        work.delete(upgrade)
        work.put(replace(work.get(Engagement, assessment.engagement_id), edition=an_edition().hash))
    with store.reading() as reader:
        assert set(reader.standing(assessment.engagement_id)) == {GREETING, PRICE_AGREED}


def test_self_assessments_are_not_carried_and_a_discarded_assessment_carries_nothing(
    store: Store, assessment: Assessment, rated: tuple[Rating, Rating]
) -> None:
    go_over(store, assessment, Carry(checkpoint_id=GREETING, source=GREETING, rating_id=rated[0].id))
    with store.writing("test.kind") as work:
        kept = work.put(replace(work.get(Assessment, assessment.id), kind=AssessmentKind.SELF_ASSESSMENT))
    with store.reading() as reader:
        assert reader.standing(assessment.engagement_id) == {}
    with store.writing("test.bin") as work:
        work.delete(work.put(replace(kept, kind=AssessmentKind.BASELINE)))
    with store.reading() as reader:
        assert reader.standing(assessment.engagement_id) == {}


def test_a_note_is_found_with_the_edition_of_its_assessment(
    store: Store, assessment: Assessment, rated: tuple[Rating, Rating]
) -> None:
    go_over(store, assessment)
    with store.writing("test.later") as work:
        later = work.put(
            an_assessment(2, engagement_id=assessment.engagement_id, assessor_id=None, edition=NEW.hash)
        )
        work.put(a_rating(8, GREETING, assessment_id=later.id, rated_by=None, note="warm coffee"))
    with store.reading() as reader:
        hits = {hit.text: hit.edition for hit in reader.search("warm") if hit.kind == "rating"}
    assert hits == {"warm welcome": an_edition().hash, "warm coffee": NEW.hash}


def test_the_step_leaves_what_is_there_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "older.db"
    schema.migrate(path, KEY, to="0001")
    with closing(driver.connect(path, KEY)) as connection:
        connection.execute("INSERT INTO settings (id, version, value) VALUES ('kept', 1, 'x')")
        before = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    schema.migrate(path, KEY, to="0002")
    with closing(driver.connect(path, KEY)) as connection:
        after = dict(connection.execute("SELECT name, sql FROM sqlite_master"))
        assert connection.execute("SELECT * FROM settings").fetchall() == [("kept", 1, None, "x")]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    changed = [name for name, sql in before if after[name] != sql]
    assert changed == ["assessments"]
    assert set(after) - {name for name, _sql in before} == {
        "upgrades",
        "upgrades_of_engagement",
        "sqlite_autoindex_upgrades_1",
    }
