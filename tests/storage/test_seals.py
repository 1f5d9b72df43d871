"""A signed audit resists whoever holds the key to its database: no row it rests on is changed, taken away, replaced or added."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, time
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import Audit, AuditLook, AuditSample, AuditSlot, ListSource
from qma_app.domain.certification import (
    Certificate,
    CertificationDecision,
    DecisionOutcome,
    IssuedFile,
    IssuedKind,
    Seal,
    Signer,
)
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence, EvidenceLink
from qma_app.domain.finding import Finding, FindingGrade, Sighting
from qma_app.domain.ids import (
    AreaId,
    AuditId,
    AuditLookId,
    AuditSampleId,
    AuditSlotId,
    CertificateId,
    CertificationDecisionId,
    CheckpointId,
    IssuedFileId,
    SealId,
    SightingId,
    SignerId,
)
from qma_app.domain.people import Person
from qma_app.domain.rating import Rating
from qma_app.errors import RuleBroken
from qma_app.services.assessments import complete_assessment, start_assessment
from qma_app.services.dealerships import add_dealership
from qma_app.services.evidence import add_evidence
from qma_app.services.findings import raise_finding
from qma_app.services.log import verify_workspace
from qma_app.services.people import add_person
from qma_app.services.ratings import rate_checkpoint
from qma_app.services.workspace import Workspace, create_workspace, open_workspace
from qma_app.storage import driver, schema, seals
from qma_app.storage.rows import row_form
from tests.builders import NOW

PRICE = CheckpointId("service.repair-order.price-agreed")
TODAY = date(2026, 11, 21)
SEALED = (
    "audits",
    "audit_slots",
    "audit_samples",
    "audit_looks",
    "assessments",
    "ratings",
    "findings",
    "sightings",
    "evidence",
    "evidence_links",
    "editions",
    "seals",
    "certification_decisions",
    "certificates",
    "issued_files",
    "signers",
)
OF_ASSESSMENT = ("ratings", "findings", "sightings", "evidence_links")
OF_AUDIT = ("audit_slots", "audit_samples", "audit_looks")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace with a signed audit and another that is open; no test in here changes it."""
    names = count(1)
    with create_workspace(
        tmp_path_factory.mktemp("sealed") / "w", clock=lambda: NOW, new_id=lambda: f"id-{next(names)}"
    ) as workspace:
        workspace.store.hurry()
        engagement = add_dealership(workspace, name="Autohaus Beispiel", country="DE", staff=40).made(
            Engagement
        )
        for mark in ("one", "two"):
            _audit(workspace, engagement, mark)
        _seal(workspace, engagement)
        yield workspace


def _audit(workspace: Workspace, engagement: Engagement, mark: str) -> None:
    assessment = start_assessment(
        workspace,
        engagement_id=engagement.id,
        kind=AssessmentKind.CERTIFICATION_AUDIT,
        scope=(AreaId("service"),),
    ).made(Assessment)
    rate_checkpoint(workspace, assessment.id, PRICE, points=4)
    finding = raise_finding(
        workspace,
        engagement_id=engagement.id,
        assessment_id=assessment.id,
        checkpoint_id=PRICE,
        statement="No price on the order",
        grade=FindingGrade.MINOR,
    ).made(Finding)
    add_evidence(
        workspace,
        engagement_id=engagement.id,
        data=f"an invented list {mark}\n".encode(),
        name="list.csv",
        assessment_id=assessment.id,
        checkpoint_id=PRICE,
    )
    complete_assessment(workspace, assessment.id)
    audit = AuditId(f"audit-{mark}")
    with workspace.writing("test.audit") as work:
        work.put(
            replace(work.get(Assessment, assessment.id), edition=engagement.edition),
        )
        work.put(
            Sighting(
                id=SightingId(f"sighting-{mark}"),
                engagement_id=engagement.id,
                finding_id=finding.id,
                seen_on=TODAY,
                assessment_id=assessment.id,
            )
        )
        work.put(
            Audit(id=audit, engagement_id=engagement.id, assessment_id=assessment.id, number=f"R-{mark}")
        )
        work.put(
            AuditSlot(id=AuditSlotId(f"slot-{mark}"), audit_id=audit, on=TODAY, begins=time(9), ends=time(10))
        )
        work.put(
            AuditSample(
                id=AuditSampleId(f"sample-{mark}"),
                audit_id=audit,
                checkpoint_id=PRICE,
                source=ListSource.NUMBERS,
                list_name="orders",
                fingerprint="0" * 64,
                population=200,
                seed=7,
                drawn=(),
            )
        )
        work.put(AuditLook(id=AuditLookId(f"look-{mark}"), audit_id=audit, checkpoint_id=PRICE))


def _seal(workspace: Workspace, engagement: Engagement) -> None:
    person = add_person(workspace, name="D. Beispiel").made(Person)
    with workspace.writing("test.sealed") as work:
        audit = work.get(Audit, "audit-one")
        signer = work.put(Signer(id=SignerId("signer"), fingerprint="f" * 64, name="D. Beispiel"))
        decision = work.put(
            CertificationDecision(
                id=CertificationDecisionId("decision"),
                engagement_id=engagement.id,
                audit_id=audit.id,
                outcome=DecisionOutcome.GRANTED,
                decided_on=TODAY,
                decided_at=NOW,
                decided_by=person.id,
                report_digest="a" * 64,
            )
        )
        work.put(
            Certificate(
                id=CertificateId("certificate"),
                engagement_id=engagement.id,
                audit_id=audit.id,
                decision_id=decision.id,
                number="C-2026-0001",
                holder="Autohaus Beispiel",
                address="",
                scope=(AreaId("service"),),
                edition=engagement.edition,
                level="4/5",
                audited_from=TODAY,
                audited_to=TODAY,
                decided_on=TODAY,
                valid_from=TODAY,
                valid_until=date(2029, 11, 20),
            )
        )
        work.put(
            IssuedFile(
                id=IssuedFileId("file"),
                engagement_id=engagement.id,
                audit_id=audit.id,
                kind=IssuedKind.REPORT,
                number="R-one",
                revision=1,
                language="en",
                name="report.pdf",
                digest="a" * 64,
                content_digest="b" * 64,
                size=1,
                issued_at=NOW,
                signer_id=signer.id,
                log_seq=1,
                log_hash="c" * 64,
            )
        )
        work.put(
            Seal(
                id=SealId("seal"),
                audit_id=audit.id,
                assessment_id=audit.assessment_id,
                engagement_id=engagement.id,
                edition=engagement.edition,
                sealed_at=NOW,
                report_digest="a" * 64,
                content_digest="b" * 64,
                log_seq=1,
                log_hash="c" * 64,
            )
        )


def rows_of(workspace: Workspace, table: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The columns of a table and its rows that the signed audit rests on."""
    cursor = workspace.store._writer.execute(f'SELECT * FROM "{table}"')
    names = [one[0] for one in cursor.description]
    rows = cursor.fetchall()
    sealed = _assessment(workspace, "one")
    if table in OF_ASSESSMENT:
        rows = [row for row in rows if row[names.index("assessment_id")] == sealed]
    elif table in OF_AUDIT:
        rows = [row for row in rows if row[names.index("audit_id")] == "audit-one"]
    elif table == "audits":
        rows = [row for row in rows if row[0] == "audit-one"]
    elif table == "assessments":
        rows = [row for row in rows if row[0] == sealed]
    elif table == "evidence":
        with workspace.reading() as reader:
            shown = {link.evidence_id for link in reader.all(EvidenceLink, assessment_id=sealed)}
        rows = [row for row in rows if row[0] in shown]
    return names, rows


def _assessment(workspace: Workspace, mark: str) -> str:
    with workspace.reading() as reader:
        return reader.get(Audit, f"audit-{mark}").assessment_id


def refused(workspace: Workspace, statement: str, values: tuple[Any, ...] = ()) -> bool:
    """Whether the database says no; nothing stays of what it lets through."""
    connection = workspace.store._writer
    connection.execute("BEGIN")
    try:
        connection.execute(statement, values)
    except driver.DriverError as error:
        return seals.REFUSED in str(error)
    finally:
        connection.execute("ROLLBACK")
    return False


@pytest.mark.parametrize("table", SEALED)
class TestBySql:
    def test_no_column_of_a_row_is_changed(self, workspace: Workspace, table: str) -> None:
        names, rows = rows_of(workspace, table)
        assert rows
        free = seals.free_columns(table)
        for row in rows:
            for name in names:
                if name in free or (table == "findings" and name not in seals.FINDING_WORDS):
                    continue
                changed = f'UPDATE "{table}" SET "{name}" = "{name}" || \'x\' WHERE {names[0]} = ?'
                filled = f'UPDATE "{table}" SET "{name}" = \'x\' WHERE {names[0]} = ? '
                assert refused(workspace, changed, (row[0],)) or refused(workspace, filled, (row[0],)), name

    def test_no_row_is_taken_away(self, workspace: Workspace, table: str) -> None:
        names, rows = rows_of(workspace, table)
        for row in rows:
            assert refused(workspace, f'DELETE FROM "{table}" WHERE {names[0]} = ?', (row[0],))

    def test_no_row_is_replaced(self, workspace: Workspace, table: str) -> None:
        names, rows = rows_of(workspace, table)
        marks = ", ".join("?" * len(names))
        for row in rows:
            assert refused(workspace, f'INSERT OR REPLACE INTO "{table}" VALUES ({marks})', row)


@pytest.mark.parametrize("table", [*OF_ASSESSMENT, *OF_AUDIT, "audits", "seals"])
def test_no_row_is_added(workspace: Workspace, table: str) -> None:
    names, rows = rows_of(workspace, table)
    marks = ", ".join("?" * len(names))
    fresh = ["another", *rows[0][1:]]
    if table in ("audits", "seals"):
        assert refused(workspace, f'INSERT INTO "{table}" VALUES ({marks})', tuple(fresh))
        return
    if "checkpoint_id" in names and table in ("ratings", "audit_looks"):
        fresh[names.index("checkpoint_id")] = "service.repair-order.another"
    assert refused(workspace, f'INSERT INTO "{table}" VALUES ({marks})', tuple(fresh))


@pytest.mark.parametrize("table", [*OF_ASSESSMENT, *OF_AUDIT])
def test_no_row_is_moved_into_it(workspace: Workspace, table: str) -> None:
    parent = "assessment_id" if table in OF_ASSESSMENT else "audit_id"
    here, there = (
        (_assessment(workspace, "one"), _assessment(workspace, "two"))
        if table in OF_ASSESSMENT
        else ("audit-one", "audit-two")
    )
    statement = f'UPDATE "{table}" SET {parent} = ? WHERE {parent} = ?'
    assert workspace.store._writer.execute(
        f'SELECT count(*) FROM "{table}" WHERE {parent} = ?', (there,)
    ).fetchone()[0]
    assert refused(workspace, statement, (here, there))


def test_what_is_not_sealed_goes_on(workspace: Workspace) -> None:
    """The open audit, the settling of a sealed finding and the life of a certificate."""
    open_one = _assessment(workspace, "two")
    assert not refused(workspace, "UPDATE ratings SET note = 'x' WHERE assessment_id = ?", (open_one,))
    assert not refused(workspace, "DELETE FROM audit_looks WHERE audit_id = 'audit-two'")
    sealed = _assessment(workspace, "one")
    assert not refused(
        workspace,
        "UPDATE findings SET version = version + 1, owner = 'x', due_on = '2027-01-01', closed_on = '2027-01-02'"
        " WHERE assessment_id = ?",
        (sealed,),
    )
    assert not refused(workspace, "UPDATE certificates SET version = 2, events = '[1]'")
    assert not refused(workspace, "UPDATE issued_files SET revoked_on = '2027-01-01', revoked_reason = 'x'")


def test_a_migration_that_rebuilds_a_table_leaves_no_guard_behind(
    workspace: Workspace, tmp_path: Path
) -> None:
    """A batch rebuild drops the triggers of its table; the next step puts all of them back."""
    folder, key = workspace.folder, workspace.keys.database
    with closing(driver.connect(folder / "workspace.db", key)) as source:
        source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    driver.copy_database(folder / "workspace.db", tmp_path / "copy.db", key)
    (tmp_path / "versions").mkdir()
    for name in ("env.py", "versions"):
        source_path = schema.STEPS / name
        if source_path.is_file():
            (tmp_path / name).write_text(source_path.read_text(encoding="utf-8"), encoding="utf-8")
    for step in (schema.STEPS / "versions").glob("v*.py"):
        (tmp_path / "versions" / step.name).write_text(step.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "versions" / "v9999_rebuild.py").write_text(
        "from alembic import op\n"
        "import sqlalchemy as sa\n"
        f"revision, down_revision = '9999', '{schema.HEAD_REVISION}'\n"
        "def upgrade():\n"
        "    with op.batch_alter_table('ratings', recreate='always') as batch:\n"
        "        batch.add_column(sa.Column('later', sa.Text()))\n",
        encoding="utf-8",
    )
    schema.migrate(tmp_path / "copy.db", key, steps=tmp_path)
    with closing(driver.connect(tmp_path / "copy.db", key)) as connection:
        assert connection.execute("SELECT count(later), count(*) FROM ratings").fetchone() == (0, 2)
        assert seals.missing_triggers(connection) == ()
        with pytest.raises(driver.DriverError, match=seals.REFUSED):
            connection.execute("DELETE FROM ratings")


def test_every_kind_of_record_is_either_guarded_or_left_free_on_purpose() -> None:
    """A new table the audit rests on must be thought of here."""
    guarded = {row_form(kind).name for kind in (Audit, AuditSlot, AuditSample, AuditLook, Rating, Evidence)}
    assert guarded <= set(SEALED)


def test_a_guard_that_was_dropped_is_named(workspace: Workspace) -> None:
    connection = workspace.store._writer
    connection.execute("BEGIN")
    try:
        connection.execute("DROP TRIGGER sealed_ratings_update")
        assert seals.missing_triggers(connection) == ("sealed_ratings_update",)
        seals.make_triggers(connection)
        assert seals.missing_triggers(connection) == ()
    finally:
        connection.execute("ROLLBACK")


class TestThroughTheProgram:
    """On a copy each, as these would change it."""

    @pytest.fixture
    def copied(self, workspace: Workspace, tmp_path: Path) -> Iterator[Workspace]:
        with closing(driver.connect(workspace.folder / "workspace.db", workspace.keys.database)) as source:
            source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copytree(workspace.folder, tmp_path / "w", ignore=shutil.ignore_patterns("lock"))
        with open_workspace(tmp_path / "w", clock=lambda: NOW) as copied:
            yield copied

    def test_an_edit_is_refused_in_words_and_leaves_nothing(self, copied: Workspace) -> None:
        with copied.reading() as reader:
            (look,) = reader.all(AuditLook, audit_id="audit-one")
            entries = reader.log_head().seq
        with pytest.raises(RuleBroken, match="signed audit") as broken, copied.writing("test.look") as work:
            work.put(replace(look, observed="something else"))
        assert broken.value.code == "audit.sealed"
        assert "new revision" in str(broken.value)
        with copied.reading() as reader:
            assert reader.get(AuditLook, look.id) == look
            assert reader.log_head().seq == entries

    def test_guards_that_were_dropped_are_put_back_with_a_word(self, copied: Workspace) -> None:
        folder = copied.folder
        copied.store._writer.execute("DROP TRIGGER sealed_ratings_update")
        assert verify_workspace(copied).faults == (
            "the guard sealed_ratings_update of signed audits is missing",
        )
        copied.close()
        with open_workspace(folder, clock=lambda: NOW) as again:
            assert "qma verify" in again.notices[-1]
            assert verify_workspace(again).is_genuine
        with open_workspace(folder, clock=lambda: NOW) as quiet:
            assert quiet.notices == ()

    def test_what_is_changed_without_guards_is_found_by_the_change_log(self, copied: Workspace) -> None:
        connection = copied.store._writer
        for name in ("update", "insert", "delete"):
            connection.execute(f"DROP TRIGGER sealed_ratings_{name}")
        sealed = _assessment(copied, "one")
        connection.execute("UPDATE ratings SET points = 10 WHERE assessment_id = ?", (sealed,))
        seals.make_triggers(connection)
        found = verify_workspace(copied)
        assert not found.is_genuine
        assert any("ratings" in fault or "rating" in fault for fault in found.faults)
