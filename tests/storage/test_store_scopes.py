"""A scope is of one moment and ends cleanly, whoever else reads, writes, closes or swaps files meanwhile."""

from __future__ import annotations

import shutil
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from sqlite3 import Connection

import pytest
from sqlcipher3.dbapi2 import OperationalError

from qma_app.domain.assessment import Assessment
from qma_app.domain.finding import Finding
from qma_app.domain.ids import AreaId, SettingId
from qma_app.domain.rating import Rating
from qma_app.domain.setting import Setting
from qma_app.errors import NotFound, StorageTrouble
from qma_app.storage import driver
from qma_app.storage.store import DATABASE, Store
from tests.builders import GREETING, PRICE_AGREED, a_finding, a_rating
from tests.storage.conftest import KEY, open_store


def put_setting(store: Store, name: str) -> None:
    with store.writing("test.put") as work:
        work.put(Setting(id=SettingId(name), value="x"))


def test_a_reading_that_stopped_in_the_middle_does_not_hold_the_next_one(store: Store) -> None:
    """A cursor with rows left keeps its connection at that moment; the next reading must see what was saved since."""
    for name in ("one", "two", "three"):
        put_setting(store, name)
    with store.reading() as reader:
        assert reader._cursor.execute("SELECT id FROM settings ORDER BY rowid").fetchone() == ("one",)
    put_setting(store, "later")
    with store.reading() as again:
        assert len(again.all(Setting)) == 4


def test_a_scope_serves_nobody_after_its_end(store: Store) -> None:
    """A write through it would pass the change log."""
    with store.writing("test.put") as work:
        pass
    with pytest.raises(driver.DriverError, match="closed"):
        work.put(Setting(id=SettingId("late"), value="x"))
    with store.reading() as reader:
        assert reader.all(Setting) == ()


def test_a_reading_under_way_while_the_store_closes_ends_well(store: Store, assessment: Assessment) -> None:
    is_reading, may_end = threading.Event(), threading.Event()
    found: list[int] = []

    def read() -> None:
        with store.reading() as reader:
            found.append(len(reader.all(Assessment)))
            is_reading.set()
            may_end.wait(10)
            found.append(len(reader.all(Assessment)))

    thread = threading.Thread(target=read)
    thread.start()
    assert is_reading.wait(10)
    closer = threading.Thread(target=store.close)
    closer.start()
    may_end.set()
    thread.join()
    closer.join()
    assert found == [1, 1]
    assert store._idle == []


def test_a_closed_store_says_so(store: Store) -> None:
    """Work beside the window may come late; that is no bug."""
    store.close()
    with pytest.raises(StorageTrouble, match="closed meanwhile"), store.reading():
        pass
    with pytest.raises(StorageTrouble, match="closed meanwhile"), store.writing("test.put"):
        pass


class RefusesToFold:
    """A connection whose disk is full when the write-ahead log is to be folded."""

    def __init__(self, connection: Connection, error: Exception) -> None:
        self.connection, self.error = connection, error

    def execute(self, _statement: str) -> None:
        raise self.error

    def close(self) -> None:
        self.connection.close()


def test_closing_gives_all_back_even_if_the_log_cannot_be_folded(
    store: Store, assessment: Assessment, tmp_path: Path
) -> None:
    full = OperationalError("database or disk is full")
    connection, store._writer = store._writer, RefusesToFold(store._writer, full)  # type: ignore[assignment]
    store.close()
    with pytest.raises(driver.DriverError, match="closed"):
        connection.execute("SELECT 1")
    again = open_store(tmp_path)
    with again.reading() as reader:
        assert reader.get(Assessment, assessment.id) == assessment
    again.close()


def test_another_database_put_in_the_place_is_noticed_at_the_next_edit_and_reading(
    store: Store, assessment: Assessment, tmp_path: Path
) -> None:
    """Edits would go on into a file that has no name any more."""
    with store.reading():
        pass
    shutil.copyfile(tmp_path / DATABASE, tmp_path / "copy.db")
    (tmp_path / "copy.db").replace(tmp_path / DATABASE)
    with pytest.raises(StorageTrouble, match="another was put in its place") as caught:
        put_setting(store, "lost")
    assert caught.value.code == "workspace.gone"
    with store.reading(), pytest.raises(StorageTrouble, match="another was put"), store.reading():
        pass  # the first takes a connection opened before, the second would open the other file


def test_put_back_where_it_was_the_database_is_worked_on_again(store: Store, tmp_path: Path) -> None:
    (tmp_path / DATABASE).rename(tmp_path / "elsewhere.db")
    with pytest.raises(StorageTrouble):
        put_setting(store, "early")
    (tmp_path / "elsewhere.db").rename(tmp_path / DATABASE)
    put_setting(store, "later")


def test_the_bin_is_asked_by_fields_too(store: Store, assessment: Assessment) -> None:
    finding = replace(a_finding(), engagement_id=assessment.engagement_id, assessment_id=None, raised_by=None)
    with store.writing("test.put") as work:
        gone = work.delete(work.put(finding))
    with store.reading() as reader:
        assert reader.in_bin(Finding, engagement_id=assessment.engagement_id) == (gone,)
        assert reader.in_bin(Finding, engagement_id="another") == ()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ratings SET outcome = 'nonsense'",
        "UPDATE ratings SET rated_at = 'yesterday'",
        "UPDATE ratings SET sample = '{'",
        """UPDATE ratings SET sample = '{"records":[{"colour":"red"}]}'""",
    ],
)
def test_a_value_that_can_be_none_of_ours_is_told_as_damage(
    store: Store, assessment: Assessment, tmp_path: Path, sql: str
) -> None:
    """Not a bug of the program, and the other records can still be read."""
    with store.writing("test.put") as work:
        work.put(a_rating(8, assessment_id=assessment.id, rated_by=None))
    store.close()
    with closing(driver.connect(tmp_path / DATABASE, KEY)) as connection:
        connection.execute(sql)
    again = open_store(tmp_path)
    with again.reading() as reader:
        assert reader.get(Assessment, assessment.id) == assessment
        with pytest.raises(StorageTrouble, match="damaged") as caught:
            reader.all(Rating)
    assert caught.value.params["table"] == "ratings"
    again.close()


def test_a_rating_outside_the_areas_of_its_assessment_counts_only_once_they_are_back(
    store: Store, assessment: Assessment
) -> None:
    with store.writing("test.put") as work:
        for checkpoint in (GREETING, PRICE_AGREED):
            work.put(a_rating(8, checkpoint, assessment_id=assessment.id, rated_by=None))
        smaller = work.put(replace(assessment, scope=(AreaId("parts"),)))
    with store.reading() as reader:
        assert reader.standing(assessment.engagement_id) == {}
        assert len(reader.ratings(assessment.id)) == 2
    with store.writing("test.put") as work:
        work.put(replace(smaller, scope=(AreaId("parts"), AreaId("service"))))
    with store.reading() as reader:
        assert set(reader.standing(assessment.engagement_id)) == {GREETING, PRICE_AGREED}


def test_what_is_gone_is_called_by_the_word_on_the_screen(store: Store) -> None:
    from qma_app.domain.engagement import Engagement

    with (
        store.reading() as reader,
        pytest.raises(NotFound, match="This programme is no longer there") as caught,
    ):
        reader.get(Engagement, "nowhere")
    assert caught.value.way_out
