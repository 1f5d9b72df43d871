"""A really signed audit, attacked by SQL, by every service that could write in it, by a migration and without its guards: nothing of it bends unseen."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

import pytest

from qma_app.domain.audit import AuditSample, AuditSlot, TeamMember, TeamPart
from qma_app.domain.finding import FindingGrade, Sighting
from qma_app.domain.people import Role
from qma_app.domain.result import Verdict
from qma_app.errors import QmaError
from qma_app.exchange.sample_numbers import read_numbers
from qma_app.services import assessments, audit_conduct, audits, evidence, findings, ratings
from qma_app.services.audit_discarding import discard_audit
from qma_app.services.audit_samples import discard_sample, draw_sample, replace_record
from qma_app.services.audit_timetable import delete_slot
from qma_app.services.log import verify_workspace
from qma_app.services.paper_verifying import verify_bytes
from qma_app.services.register import register_of
from qma_app.services.signing import issued_bytes, issued_report
from qma_app.services.workspace import open_workspace
from qma_app.storage import driver, schema, seals
from tests.faults.resisting import RESTED_ON, Signed, file_at, sign_with_everything
from tests.services.auditing import FIRST
from tests.services.signed import SIGNED_ON, sign

if TYPE_CHECKING:
    from tests.services.signed_fixtures import Kept

pytest_plugins = ["tests.services.signed_fixtures"]


@pytest.fixture(scope="module")
def signed(_kept_ready: Kept, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Signed]:
    """No test in here changes it."""
    from tests.services.signed_fixtures import opened  # a plugin: only after it was made known

    with opened(_kept_ready, tmp_path_factory.mktemp("resists") / "w") as audited:
        yield sign_with_everything(audited)


@pytest.fixture(scope="module")
def stranger(signed: Signed) -> Iterator[Connection]:
    """A connection of somebody who holds the key and set nothing up as the program does."""
    with closing(
        driver.connect(signed.workspace.folder / "workspace.db", signed.workspace.keys.database)
    ) as connection:
        connection.execute("PRAGMA recursive_triggers = OFF")
        connection.execute("PRAGMA foreign_keys = OFF")
        yield connection


@pytest.fixture
def copied(signed: Signed, tmp_path: Path) -> Path:
    """The database alone, to be changed."""
    driver.copy_database(
        signed.workspace.folder / "workspace.db", tmp_path / "copy.db", signed.workspace.keys.database
    )
    return tmp_path / "copy.db"


def refused(connection: Connection, statement: str, values: tuple[Any, ...] = ()) -> bool:
    """Whether the database says no because of the seal; nothing stays of what it lets through."""
    connection.execute("BEGIN")
    try:
        connection.execute(statement, values)
    except driver.DriverError as error:
        return seals.REFUSED in str(error)
    finally:
        connection.execute("ROLLBACK")
    return False


def filled(names: list[str], row: tuple[Any, ...]) -> tuple[str, str]:
    return ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(row))


@pytest.mark.parametrize("table", RESTED_ON)
class TestBySql:
    def test_no_column_is_changed(self, signed: Signed, stranger: Connection, table: str) -> None:
        names, rows = signed.rows(stranger, table)
        assert rows
        free = seals.free_columns(table) | (
            set(names) - set(seals.FINDING_WORDS) if table == "findings" else set()
        )
        for row in rows[:3]:
            for name in set(names) - free:
                other = "UPDATE OR REPLACE" if name == names[0] else "UPDATE"
                statement = (
                    f'{other} "{table}" SET "{name}" = ifnull("{name}", 0) || 1 WHERE "{names[0]}" = ?'
                )
                assert refused(stranger, statement, (row[0],)), (table, name)

    def test_no_row_is_taken_away(self, signed: Signed, stranger: Connection, table: str) -> None:
        names, rows = signed.rows(stranger, table)
        for row in rows:
            assert refused(stranger, f'DELETE FROM "{table}" WHERE "{names[0]}" = ?', (row[0],))
        assert refused(stranger, f'DELETE FROM "{table}"')

    def test_no_row_is_put_in_its_place(self, signed: Signed, stranger: Connection, table: str) -> None:
        """By its id, by its place in the table, and under another id that leads nowhere."""
        names, rows = signed.rows(stranger, table)
        for row in rows[:3]:
            columns, marks = filled(names, row)
            away = tuple(
                f"{value}-away" if name.endswith(("_id", "fingerprint")) and value else value
                for name, value in zip(names, row, strict=True)
            )
            place = stranger.execute(
                f'SELECT rowid FROM "{table}" WHERE "{names[0]}" = ?', (row[0],)
            ).fetchone()
            for into in ("INSERT OR REPLACE INTO", "REPLACE INTO", "INSERT OR IGNORE INTO"):
                assert refused(stranger, f'{into} "{table}" ({columns}) VALUES ({marks})', row), into
            assert refused(stranger, f'REPLACE INTO "{table}" ({columns}) VALUES ({marks})', away)
            assert refused(
                stranger,
                f'REPLACE INTO "{table}" (rowid, {columns}) VALUES (?, {marks})',
                (*place, f"{row[0]}-away", *away[1:]),
            )
            assert refused(
                stranger,
                f'INSERT INTO "{table}" ({columns}) VALUES ({marks}) ON CONFLICT DO UPDATE SET "{names[1]}" = 9',
                row,
            )

    def test_no_other_row_moves_onto_it(self, signed: Signed, stranger: Connection, table: str) -> None:
        """A row that is not sealed takes neither the id nor the place of one that is."""
        names, rows = signed.rows(stranger, table)
        sealed = rows[0][0]
        key = names[0]
        others = stranger.execute(f'SELECT "{key}" FROM "{table}" WHERE "{key}" <> ?', (sealed,)).fetchall()
        for (other,) in others[-1:]:
            where = f'WHERE "{key}" = ?'
            assert refused(stranger, f'UPDATE OR REPLACE "{table}" SET "{key}" = ? {where}', (sealed, other))
            at = stranger.execute(f'SELECT rowid FROM "{table}" {where}', (sealed,)).fetchone()
            assert refused(stranger, f'UPDATE OR REPLACE "{table}" SET rowid = ? {where}', (*at, other))


def test_a_row_of_the_coach_takes_no_sealed_place(signed: Signed, stranger: Connection) -> None:
    """The coach's ratings lie in the same table and are free to change, but not to become the auditor's."""
    (mine,) = stranger.execute(
        "SELECT id FROM ratings WHERE assessment_id = ? LIMIT 1", (signed.assessment_id,)
    ).fetchone()
    (theirs,) = stranger.execute(
        "SELECT id FROM ratings WHERE assessment_id <> ? LIMIT 1", (signed.assessment_id,)
    ).fetchone()
    assert not refused(stranger, "UPDATE ratings SET note = 'x' WHERE id = ?", (theirs,))
    assert refused(stranger, "UPDATE OR REPLACE ratings SET id = ? WHERE id = ?", (mine, theirs))
    (place,) = stranger.execute("SELECT rowid FROM ratings WHERE id = ?", (mine,)).fetchone()
    assert refused(stranger, "UPDATE OR REPLACE ratings SET rowid = ? WHERE id = ?", (place, theirs))


def test_what_was_revoked_stays_revoked(signed: Signed, stranger: Connection) -> None:
    for table in ("issued_files", "signers"):
        stranger.execute("BEGIN")
        stranger.execute(f"UPDATE {table} SET revoked_on = '2027-06-21', revoked_reason = 'lost'")
        with pytest.raises(driver.DriverError, match=seals.REFUSED):
            stranger.execute(f"UPDATE {table} SET revoked_on = NULL")
        with pytest.raises(driver.DriverError, match=seals.REFUSED):
            stranger.execute(f"UPDATE {table} SET revoked_reason = 'a slip'")
        stranger.execute("ROLLBACK")


def _attempts(signed: Signed) -> dict[str, Callable[[], object]]:
    """Everything in the services that would change what was signed."""
    desk, audit, mine = signed.workspace, signed.audited.audit_id, signed.assessment_id
    house, point = signed.house, signed.checkpoint
    (slot,), (sample,) = house.all(AuditSlot), house.all(AuditSample)
    (sighting,) = house.all(Sighting)
    lead = TeamMember(person_id=signed.audited.auditor.id, part=TeamPart.LEAD)
    area = signed.audited.assessment.scope[0]
    kind, numbers = signed.audited.assessment.kind, read_numbers("1-200")
    opening, ending = signed.audited.audit.opening, signed.audited.audit.closing
    assert opening is not None
    assert ending is not None
    return {
        "rate": lambda: ratings.rate_checkpoint(desk, mine, point, points=0),
        "not seen": lambda: ratings.mark_not_seen(desk, mine, point, reason="no time"),
        "note": lambda: ratings.write_note(desk, mine, point, text="other words"),
        "clear": lambda: ratings.clear_rating(desk, mine, point),
        "tick": lambda: ratings.tick_sample(desk, mine, signed.drawn_at, place=0, conforms=False),
        "look": lambda: audit_conduct.write_look(desk, audit, point, observed="nothing"),
        "opening": lambda: audit_conduct.hold_opening(desk, audit, opening),
        "closing": lambda: audit_conduct.hold_closing(desk, audit, ending),
        "wrap up": lambda: audit_conduct.write_wrap_up(desk, audit, on=FIRST, words="other"),
        "recommend": lambda: audit_conduct.recommend(desk, audit, Verdict.FAIL, "other"),
        "withdraw": lambda: audit_conduct.withdraw_finding(desk, audit, signed.own.id, "other"),
        "change": lambda: audits.change_audit(desk, audit, limits="none"),
        "team": lambda: audits.set_team(desk, audit, [lead]),
        "declare": lambda: audits.declare(desk, audit, lead.person_id),
        "leave out": lambda: audits.leave_area_out(desk, audit, area, "other"),
        "slot": lambda: delete_slot(desk, slot.id),
        "sent": lambda: audits.mark_plan_sent(desk, audit, FIRST),
        "draw": lambda: draw_sample(desk, audit, point, numbers, size=1, seed=1),
        "discard sample": lambda: discard_sample(desk, sample.id),
        "replace record": lambda: replace_record(desk, sample.id, sample.drawn[0].place, "away", numbers),
        "discard audit": lambda: discard_audit(desk, audit),
        "sign": lambda: sign(signed.audited),
        "discard assessment": lambda: assessments.discard_assessment(desk, mine),
        "reopen assessment": lambda: assessments.reopen_assessment(desk, mine, reason="other"),
        "correct assessment": lambda: assessments.correct_assessment(desk, mine, kind=kind),
        "summary": lambda: assessments.write_summary(desk, mine, text="other"),
        "remark": lambda: assessments.write_remark(desk, mine, area_id=area, text="other"),
        "raise": lambda: findings.raise_finding(
            desk, engagement_id=house.engagement.id, assessment_id=mine, checkpoint_id=point,
            statement="one more", grade=FindingGrade.MINOR,
        ),
        "grade": lambda: findings.change_finding(desk, signed.own.id, statement="other"),
        "delete finding": lambda: findings.delete_finding(desk, signed.own.id),
        "grade of the coach's": lambda: findings.change_finding(desk, signed.seen_again.id, statement="other"),
        "delete the coach's": lambda: findings.delete_finding(desk, signed.seen_again.id),
        "sighting": lambda: findings.remove_sighting(desk, sighting.id),
        "evidence": lambda: evidence.remove_evidence(desk, signed.proof.id),
        "evidence of the coach's": lambda: evidence.remove_evidence(desk, signed.proof_of_coach.id),
        "describe": lambda: evidence.describe_evidence(desk, signed.proof.id, caption="other"),
        "revise of the coach's": lambda: evidence.revise_evidence(
            desk, signed.proof_of_coach.id, data=b"other\n", name="o.csv"
        ),
        "unlink": lambda: evidence.unlink_evidence(
            desk, signed.proof.id, assessment_id=mine, checkpoint_id=point
        ),
        "more evidence": lambda: file_at(house, b"more\n", assessment_id=mine, checkpoint_id=point),
        "more evidence of a finding": lambda: file_at(house, b"more still\n", finding_id=signed.own.id),
    }  # fmt: skip


def _is_refused(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except QmaError as error:
        return bool(error.way_out)
    return False


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.COACH, None])
def test_no_service_writes_in_it_whoever_is_working(signed: Signed, role: Role | None) -> None:
    """Each says no in words with a way out, and nothing is stored."""
    signed.work_as(role)
    with signed.workspace.reading() as reader:
        before = reader.log_head()
    went_through = [name for name, attempt in _attempts(signed).items() if not _is_refused(attempt)]
    assert went_through == []
    with signed.workspace.reading() as reader:
        assert reader.log_head() == before
    assert verify_workspace(signed.workspace).is_genuine


def test_what_is_done_about_a_finding_goes_on(signed: Signed, stranger: Connection) -> None:
    for finding in (signed.own, signed.seen_again):
        assert not refused(
            stranger, "UPDATE findings SET version = version + 1, owner = 'x' WHERE id = ?", (finding.id,)
        )


def test_after_a_migration_that_rebuilds_every_table_it_resists_as_before(
    signed: Signed, copied: Path, tmp_path: Path
) -> None:
    key = signed.workspace.keys.database
    (tmp_path / "versions").mkdir()
    for step in [*schema.STEPS.glob("env.py"), *(schema.STEPS / "versions").glob("v*.py")]:
        target = tmp_path / step.relative_to(schema.STEPS)
        target.write_text(step.read_text(encoding="utf-8"), encoding="utf-8")
    rebuilt = [table for table in RESTED_ON if table != "editions"]
    (tmp_path / "versions" / "v9999_rebuild.py").write_text(
        "from alembic import op\n"
        "import sqlalchemy as sa\n"
        f"revision, down_revision = '9999', '{schema.HEAD_REVISION}'\n"
        "def upgrade():\n"
        f"    for table in {rebuilt}:\n"
        "        with op.batch_alter_table(table, recreate='always') as batch:\n"
        "            batch.add_column(sa.Column('later', sa.Text()))\n",
        encoding="utf-8",
    )
    schema.migrate(copied, key, steps=tmp_path)
    with closing(driver.connect(copied, key)) as connection:
        assert seals.missing_triggers(connection) == ()
        for table in RESTED_ON:
            names, rows = signed.rows(connection, table)
            assert rows
            columns, marks = filled(names, rows[0])
            assert refused(connection, f'DELETE FROM "{table}" WHERE "{names[0]}" = ?', (rows[0][0],))
            assert refused(connection, f'REPLACE INTO "{table}" ({columns}) VALUES ({marks})', rows[0])
            assert table == "editions" or "later" in names
            if table not in ("issued_files", "signers", "findings"):
                assert refused(
                    connection, f'UPDATE "{table}" SET "{names[1]}" = 7 WHERE "{names[0]}" = ?', (rows[0][0],)
                )


CHANGES = {
    "change": 'UPDATE "{table}" SET {column} = {column} || 1 WHERE "{key}" = ?',
    "loss": 'DELETE FROM "{table}" WHERE "{key}" = ?',
    "addition": 'INSERT INTO "{table}" SELECT {columns} FROM "{table}" WHERE "{key}" = ?',
}
WORDS = {
    "audits": "limits", "assessments": "summary", "findings": "statement", "editions": "content", "audit_slots": "words",
    "audit_samples": "seed", "audit_looks": "observed", "ratings": "points", "sightings": "words",
    "evidence": "name", "evidence_links": "checkpoint_id", "seals": "report_digest",
    "issued_files": "digest", "signers": "fingerprint",
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_what_is_done_without_guards_is_found_by_the_change_log(
    signed: Signed, tmp_path: Path, what: str
) -> None:
    """In each table by itself; the guards are put back afterwards, so that nothing but the log can tell."""
    folder = tmp_path / "w"
    with closing(
        driver.connect(signed.workspace.folder / "workspace.db", signed.workspace.keys.database)
    ) as source:
        source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(signed.workspace.folder, folder, ignore=shutil.ignore_patterns("lock"))
    unseen = []
    with open_workspace(folder, clock=signed.workspace.clock) as workspace:
        assert verify_workspace(workspace).is_genuine
        connection = workspace.store._writer
        connection.execute("PRAGMA foreign_keys = OFF")
        for table in RESTED_ON:
            names, rows = signed.rows(connection, table)
            row = rows[-1]
            for name in _guards(connection):
                connection.execute(f'DROP TRIGGER "{name}"')
            kept = connection.execute(
                f'SELECT rowid, * FROM "{table}" WHERE "{names[0]}" = ?', (row[0],)
            ).fetchone()
            columns = ", ".join([f"\"{names[0]}\" || '-more'", *_moved_away(table, names[1:])])
            statement = CHANGES[what].format(table=table, column=WORDS[table], key=names[0], columns=columns)
            connection.execute(statement, (row[0],))
            seals.make_triggers(connection)
            if verify_workspace(workspace).is_genuine:
                unseen.append(table)
            for name in _guards(connection):
                connection.execute(f'DROP TRIGGER "{name}"')
            connection.execute(
                f'DELETE FROM "{table}" WHERE "{names[0]}" IN (?, ?)', (row[0], f"{row[0]}-more")
            )
            given = ", ".join(["rowid", *(f'"{name}"' for name in names)])
            connection.execute(f'INSERT INTO "{table}" ({given}) VALUES ({", ".join("?" * len(kept))})', kept)
            seals.make_triggers(connection)
        assert verify_workspace(workspace).is_genuine
    assert unseen == []


def _guards(connection: Connection) -> list[str]:
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'sealed_%'"
    )
    return [name for (name,) in found.fetchall()]


def _moved_away(table: str, names: list[str]) -> list[str]:
    """The columns of a copied row; what only one row may have becomes another's."""
    alone = {
        "seals": ("audit_id", "assessment_id"),
        "signers": ("fingerprint",),
        "audits": ("assessment_id",),
    }
    alone |= {"ratings": ("checkpoint_id",), "audit_looks": ("checkpoint_id",)}
    return [f"\"{name}\" || '-more'" if name in alone.get(table, ()) else f'"{name}"' for name in names]


def test_the_paper_is_still_genuine_after_all_of_it(signed: Signed) -> None:
    with signed.workspace.reading() as reader:
        register = register_of(reader, on=SIGNED_ON)
        report = issued_report(reader, signed.audited.audit_id)
    assert report is not None
    assert verify_bytes(issued_bytes(signed.workspace, report.id), register=register).is_genuine
