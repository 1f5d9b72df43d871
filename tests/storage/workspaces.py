"""Small workspaces on the disk, as backups see them: a database with a change log, keys, evidence."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from qma_app.storage.driver import connect
from qma_app.storage.evidence_files import EvidenceFiles
from qma_app.storage.keys import Keys, create_key_file

AT = datetime(2026, 11, 21, 14, 2, 7, 120000, tzinfo=UTC)
WORKSPACE = "2f6c0f5e-6e0c-4c5d-9d8e-0d9a4b1f2a11"
DATA_KEY = bytes(range(32))
CANARY = "the lift in bay three leaks"

TABLES = """
CREATE TABLE change_log(seq INTEGER PRIMARY KEY, at TEXT, who TEXT, what TEXT, body TEXT, hash TEXT);
CREATE TABLE ratings(id TEXT PRIMARY KEY, note TEXT);
CREATE TABLE "odd ""name"(id TEXT);
CREATE VIRTUAL TABLE search_text USING fts5(note);
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class SmallWorkspace:
    """A folder with everything a backup holds."""

    folder: Path
    keys: Keys
    evidence: EvidenceFiles

    @property
    def database(self) -> Path:
        return self.folder / "workspace.db"

    def rate(self, times: int = 1) -> None:
        """Add ratings, each with its entry in the change log."""
        with closing(connect(self.database, self.keys.database)) as connection:
            for _ in range(times):
                connection.execute("BEGIN IMMEDIATE")
                (seq,) = connection.execute("SELECT coalesce(max(seq), 0) + 1 FROM change_log").fetchone()
                connection.execute("INSERT INTO ratings VALUES (?, ?)", (f"r{seq}", f"{CANARY} {seq} " * 20))
                connection.execute("INSERT INTO search_text VALUES (?)", (CANARY,))
                connection.execute(
                    "INSERT INTO change_log VALUES (?, '', '', 'rating.rated', '{}', ?)",
                    (seq, f"hash of {seq}"),
                )
                connection.execute("COMMIT")


def a_workspace(folder: Path, *, ratings: int = 3, photos: int = 2) -> SmallWorkspace:
    folder.mkdir()
    keys = create_key_file(folder, workspace_id=WORKSPACE, data_key=DATA_KEY)
    evidence = EvidenceFiles(folder / "evidence", keys.evidence)
    for number in range(photos):
        evidence.put(f"photo {number} of {CANARY} ".encode() * 100)
    with closing(connect(folder / "workspace.db", keys.database)) as connection:
        connection.executescript(TABLES)
    workspace = SmallWorkspace(folder=folder, keys=keys, evidence=evidence)
    workspace.rate(ratings)
    return workspace


def ratings_in(folder: Path, keys: Keys) -> int:
    with closing(connect(folder / "workspace.db", keys.database, must_exist=True)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM ratings").fetchone()
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return int(count)


@dataclass(kw_only=True)
class Listener:
    """Hears progress, and says stop after so many answers."""

    patience: int = 1_000_000
    shares: list[float] = field(default_factory=list)

    def __call__(self, share: float) -> bool:
        self.shares.append(share)
        return len(self.shares) <= self.patience


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
