"""Whoever changes what was recorded is found out, and what people typed can still be erased."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from sqlite3 import Connection

import pytest

from qma_app.domain.assessment import Assessment
from qma_app.domain.ids import SettingId
from qma_app.domain.ports import LogHead
from qma_app.domain.rating import Rating
from qma_app.domain.setting import Setting
from qma_app.storage import change_log, driver
from qma_app.storage.store import DATABASE, Store
from tests.builders import GREETING, a_rating
from tests.storage.conftest import KEY, open_store

Attack = Callable[[Connection], object]


@pytest.fixture
def worked_on(store: Store, assessment: Assessment) -> Store:
    """Ten edits of one rating, the note among them."""
    with store.writing("rating.rated") as work:
        rating = work.put(a_rating(0, assessment_id=assessment.id, rated_by=None, note="first words"))
    for number in range(9):
        with store.writing("rating.rated") as work:
            rating = work.put(replace(rating, points=(4, 6, 8)[number % 3], note=f"words {number}"))
    return store


def attacked(store: Store, folder: Path, attack: Attack) -> Store:
    store.close()
    with closing(driver.connect(folder / DATABASE, KEY)) as connection:
        attack(connection)
    return open_store(folder)


def rewritten(connection: Connection) -> None:
    """Change an entry and make the chain hold again behind it, as a clever forger would."""
    connection.execute("UPDATE change_log SET body = replace(body, '[4,6]', '[4,8]') WHERE seq = 4")
    previous = ""
    for seq, body in connection.execute("SELECT seq, body FROM change_log ORDER BY seq").fetchall():
        previous = change_log.entry_hash(previous, body)
        connection.execute("UPDATE change_log SET hash = ? WHERE seq = ?", (previous, seq))


def test_an_honest_log_verifies(worked_on: Store) -> None:
    with worked_on.reading() as reader:
        assert reader.log_head().seq == 11
        assert reader.verify_log(reader.log_head()) == ()


@pytest.mark.parametrize(
    ("attack", "first"),
    [
        pytest.param(
            lambda c: c.execute(
                "UPDATE change_log SET body = replace(body, '\"seq\":5', '\"seq\": 5') WHERE seq = 5"
            ),
            5,
            id="change",
        ),
        pytest.param(
            lambda c: c.execute("UPDATE change_log SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 5"),
            5,
            id="column",
        ),
        pytest.param(
            lambda c: c.execute("UPDATE change_log SET who = 'somebody' WHERE seq = 5"), 5, id="who"
        ),
        pytest.param(
            lambda c: c.execute("UPDATE change_log SET what = 'rating.cleared' WHERE seq = 5"), 5, id="what"
        ),
        pytest.param(lambda c: c.execute("DELETE FROM change_log WHERE seq = 6"), 7, id="delete"),
        pytest.param(
            lambda c: c.executescript(
                "UPDATE change_log SET seq = 99 WHERE seq = 3; UPDATE change_log SET seq = 3 WHERE seq = 4; UPDATE change_log SET seq = 4 WHERE seq = 99;"
            ),
            3,
            id="swap",
        ),
        pytest.param(
            lambda c: c.execute(
                "INSERT INTO change_log SELECT 12, at, who, what, body, hash FROM change_log WHERE seq = 11"
            ),
            12,
            id="append",
        ),
    ],
)
def test_the_chain_names_the_first_wrong_entry(
    worked_on: Store, tmp_path: Path, attack: Attack, first: int
) -> None:
    store = attacked(worked_on, tmp_path, attack)
    with store.reading() as reader:
        assert change_log.verify_chain(reader._cursor)[0].seq == first
    store.close()


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "null", '{"records":[{}]}', '{"records":[{"type":1,"id":[],"set":{}}]}']
)
def test_an_entry_in_no_form_of_ours_is_named_and_stops_nothing(
    worked_on: Store, tmp_path: Path, body: str
) -> None:
    store = attacked(
        worked_on, tmp_path, lambda c: c.execute("UPDATE change_log SET body = ? WHERE seq = 5", (body,))
    )
    with store.reading() as reader:
        assert reader.verify_log()[0].seq == 5
    store.close()


@pytest.mark.parametrize(
    "attack",
    [
        pytest.param(lambda c: c.execute("DELETE FROM change_log WHERE seq > 8"), id="cut"),
        pytest.param(rewritten, id="rewrite"),
    ],
)
def test_an_anchor_kept_outside_finds_a_cut_or_rewritten_tail(
    worked_on: Store, tmp_path: Path, attack: Attack
) -> None:
    """The chain alone cannot know: the head printed on a report or kept in a backup can."""
    with worked_on.reading() as reader:
        anchor = reader.log_head()
    store = attacked(worked_on, tmp_path, attack)
    with store.reading() as reader:
        assert change_log.verify_chain(reader._cursor) == ()
        assert [fault.seq for fault in change_log.verify_chain(reader._cursor, anchors=[anchor])] == [11]
    store.close()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ratings SET points = 10",
        "UPDATE ratings SET note = 'all is well'",
        "DELETE FROM ratings",
        "UPDATE log_values SET value = 'all is well'",
        "INSERT INTO settings (id, version, value) VALUES ('smuggled', 1, 'x')",
        "UPDATE editions SET content = replace(content, 'agreed', 'nice')",
    ],
)
def test_a_record_changed_past_the_log_is_found(worked_on: Store, tmp_path: Path, sql: str) -> None:
    store = attacked(
        worked_on, tmp_path, lambda connection: connection.executescript("PRAGMA foreign_keys = OFF;" + sql)
    )
    with store.reading() as reader:
        assert change_log.verify_chain(reader._cursor) == ()
        assert change_log.verify_records(reader._cursor)
    store.close()


def test_words_stand_in_the_log_only_as_a_digest(worked_on: Store) -> None:
    with worked_on.reading() as reader:
        entries = list(reader.log_entries())
    assert not any("words" in entry.body for entry in entries)
    assert entries[-1].records[0]["set"]["points"] == [6, 8] or entries[-1].records[0]["set"]["points"][
        1
    ] in (4, 6, 8)
    assert entries[-1].what == "rating.rated"


def test_the_digest_of_before_is_that_of_the_entry_before(worked_on: Store) -> None:
    """The same words keep the same digest, so a change can be followed through the log."""
    with worked_on.reading() as reader:
        notes = [
            entry.records[0]["set"]["note"] for entry in reader.log_entries() if entry.what == "rating.rated"
        ]
    for earlier, later in pairwise(notes):
        assert later[0] == earlier[1]


def test_erasing_words_leaves_the_chain_whole(
    worked_on: Store, tmp_path: Path, assessment: Assessment
) -> None:
    """Who erases takes the words from the record, which is an entry, and then what the log kept of them."""
    with worked_on.writing("rating.erased") as work:
        work.put(replace(work.ratings(assessment.id)[GREETING], note=""))
    store = attacked(worked_on, tmp_path, lambda c: c.execute("DELETE FROM log_values WHERE field = 'note'"))
    with store.reading() as reader:
        assert reader.verify_log() == ()
    store.close()


def test_words_changed_past_the_log_are_found_even_where_their_digests_were_taken_away(
    worked_on: Store, tmp_path: Path
) -> None:
    """Without salt and words a digest proves nothing, so it must not count as proof."""
    store = attacked(
        worked_on,
        tmp_path,
        lambda c: c.executescript("UPDATE ratings SET note = 'all is well'; DELETE FROM log_values"),
    )
    with store.reading() as reader:
        assert change_log.verify_chain(reader._cursor) == ()
        assert any("note of ratings" in fault.reason for fault in change_log.verify_records(reader._cursor))
    store.close()


def test_words_stand_composed_in_the_log_and_as_typed_in_the_record(
    store: Store, assessment: Assessment
) -> None:
    """The same words have the same digest however a keyboard sends them, and nobody's spelling is changed."""
    typed = "O\u0308l am Pru\u0308fstand"
    with store.writing("rating.rated") as work:
        work.put(a_rating(8, assessment_id=assessment.id, rated_by=None, note=typed))
    with store.reading() as reader:
        assert reader.ratings(assessment.id)[GREETING].note == typed
        (kept,) = reader._cursor.execute("SELECT value FROM log_values WHERE field = 'note'").fetchall()
        assert kept == ("Öl am Prüfstand",)
        assert reader.verify_log() == ()


def test_codes_stand_composed_in_the_entry(store: Store) -> None:
    """A break before a mark must not become another letter."""
    value = "first\n\u0301second A\u030a"
    with store.writing("test.put", about="A\u030a") as work:
        work.put(Setting(id=SettingId("some.setting"), value=value))
    with store.reading() as reader:
        (entry,) = reader.log_entries()
        assert json.loads(entry.body)["what"]["about"] == "Å"
        assert entry.records[0]["set"]["value"] == [None, "first\n\u0301second Å"]
        assert reader.verify_log() == ()


def test_entries_can_be_looked_up_while_they_are_gone_through(
    worked_on: Store, assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change_log, "_ENTRIES_AT_ONCE", 3)
    seen = []
    with worked_on.reading() as reader:
        for entry in reader.log_entries(after=1):
            seen.append(entry.seq)
            assert reader.get(Assessment, assessment.id).number == 1
    assert seen == list(range(2, 12))


def test_an_entry_is_canonical_json_chained_by_hash(worked_on: Store) -> None:
    """Anybody can recompute it: sorted keys, no spaces, SHA-256 over label, previous hash and body."""
    with worked_on.reading() as reader:
        previous = ""
        for entry in reader.log_entries():
            assert (
                json.dumps(json.loads(entry.body), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
                == entry.body
            )
            assert entry.hash == change_log.entry_hash(previous, entry.body)
            previous = entry.hash
        assert reader.log_head() == LogHead(seq=11, hash=previous, at=entry.at)


def test_the_rating_itself_is_readable_beside_the_log(worked_on: Store, assessment: Assessment) -> None:
    with worked_on.reading() as reader:
        rating = reader.ratings(assessment.id)[GREETING]
    assert isinstance(rating, Rating)
    assert rating.version == 10
