"""Opening a workspace: the one place where clock, chance and folders are wired to the core."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Self
from uuid import uuid4

from qma_app.domain.certification import IssuedFile
from qma_app.domain.days import within_calendar
from qma_app.domain.evidence import Evidence
from qma_app.domain.ids import PersonId, SettingId
from qma_app.domain.people import Role, Worker
from qma_app.domain.setting import Setting
from qma_app.errors import QmaError, StorageTrouble
from qma_app.i18n import _
from qma_app.services.audit_roles import check_role
from qma_app.storage.atomic_files import free_name, is_half_written, remove_if_possible
from qma_app.storage.evidence_files import EvidenceFiles
from qma_app.storage.journal_check import keep_if_damaged
from qma_app.storage.keys import KEY_COPY, KEY_FILE, Keys, create_key_file, read_key_file
from qma_app.storage.lock import WorkspaceLock
from qma_app.storage.restoring import finish_switch
from qma_app.storage.schema import create_database, ensure_current
from qma_app.storage.scopes import ReadingScope, WritingScope
from qma_app.storage.store import DATABASE, Store

Clock = Callable[[], datetime]
SAMPLE_SETTING = "workspace.is-sample"
WORKER_SETTING = "working.person"
BIN_KEPT = timedelta(days=30)
_DAMAGED = "damaged_"


@dataclass(kw_only=True, slots=True)
class Workspace:
    """One open folder: database, evidence files, keys; close it when done."""

    folder: Path
    store: Store
    keys: Keys
    clock: Clock
    is_sample: bool
    worker: Worker | None
    lock: WorkspaceLock | None
    notices: tuple[str, ...] = ()

    @property
    def is_read_only(self) -> bool:
        """Nothing can be written: another window holds the workspace, or its folder does not allow it."""
        return self.lock is None

    def today(self) -> date:
        """The agreed day on this laptop; a clock that stands at an end of the calendar gives a day from which one can still count."""
        now = self.clock()
        try:
            here = now.astimezone()
        except OverflowError:  # the calendar ends between this zone and the next
            here = now
        return within_calendar(here.date())

    def reading(self) -> AbstractContextManager[ReadingScope]:
        """A view that does not move."""
        return self.store.reading()

    def writing(self, what: str, **about: str) -> AbstractContextManager[WritingScope]:
        """One edit, logged under the code `what` in the name of who is working."""
        if self.lock is None:
            raise StorageTrouble(
                _("This workspace is open for reading only."),
                code="workspace.read-only",
                way_out=_(
                    "Close the window that holds it, or allow writing in its folder, and open it again."
                ),
            )
        if self.worker is None:
            return self.store.writing(what, **about)
        return self._writing_as(self.worker.role, what, about)

    @contextmanager
    def _writing_as(self, role: Role, what: str, about: dict[str, str]) -> Iterator[WritingScope]:
        with self.store.writing(what, **about) as work:
            yield work
            check_role(role, work, what, work.pending)

    def set_worker(self, worker: Worker | None) -> None:
        """Who is working from now on; entries of the change log name the person."""
        self.worker = worker
        self.store.who = worker.person_id if worker else None

    @property
    def protection(self) -> str:
        """How the keys are kept, as the sidebar says it."""
        return _("passphrase") if self.keys.is_protected else _("no passphrase")

    def close(self) -> None:
        """Give database and lock back."""
        try:
            self.store.close()
        finally:
            _give_back(self.lock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def system_clock() -> datetime:
    """Now, in UTC with milliseconds."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def random_id() -> str:
    """A fresh random id."""
    return str(uuid4())


def open_to_read(folder: Path) -> Workspace:
    """Open a workspace for reading only; one of an older version is brought up to date first, its file of before is kept.

    Refused in words where that cannot be done now: another window holds it, or its folder cannot be written to.
    """
    try:
        return open_workspace(folder, is_for_reading=True)
    except StorageTrouble as trouble:
        if trouble.code != "workspace.older":
            raise
    open_workspace(folder).close()
    return open_workspace(folder, is_for_reading=True)


def is_workspace(folder: Path) -> bool:
    """Whether a folder holds a workspace, as far as it may be looked into."""
    try:
        return (folder / DATABASE).is_file()
    except OSError:
        return False


def create_workspace(
    folder: Path,
    *,
    is_sample: bool = False,
    clock: Clock = system_clock,
    new_id: Callable[[], str] = random_id,
) -> Workspace:
    """Make a new workspace in a folder that is missing or empty, and open it for writing; where that fails nothing of it stays.

    Keys to which a crash left no database are used, not replaced.
    """
    try:
        found = {path.name for path in folder.iterdir()} if folder.exists() else None
        if found and not all(name in (KEY_FILE, KEY_COPY) or is_half_written(name) for name in found):
            raise StorageTrouble(
                _("The folder {folder} is not empty.").format(folder=folder),
                code="workspace.folder-not-empty",
                way_out=_("Choose a new folder for the workspace."),
            )
        _make_files(folder, found)
    except OSError as error:
        raise _folder_trouble(folder, error) from error
    workspace = open_workspace(folder, clock=clock, new_id=new_id)
    try:
        if is_sample:
            with workspace.writing("workspace.marked-sample") as work:
                work.put(Setting(id=_setting(SAMPLE_SETTING), value="yes"))
            workspace.is_sample = True
    except BaseException:
        workspace.close()
        raise
    return workspace


def _make_files(folder: Path, found: Collection[str] | None) -> None:
    has_keys = bool(found) and any(name in (KEY_FILE, KEY_COPY) for name in found or ())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        keys = read_key_file(folder) if has_keys else create_key_file(folder)
        create_database(folder / DATABASE, keys.database)
    except BaseException:
        if not has_keys:
            for name in (KEY_FILE, KEY_COPY):
                remove_if_possible(folder / name)
        if found is None:
            with suppress(OSError):
                folder.rmdir()
        raise


def open_workspace(
    folder: Path,
    *,
    clock: Clock = system_clock,
    new_id: Callable[[], str] = random_id,
    is_for_reading: bool = False,
    may_fall_back_to_reading: bool = False,
) -> Workspace:
    """Open the workspace of a folder; `is_for_reading` needs no lock and works beside an open window.

    An older workspace is backed up and brought to today's form first; a newer one is refused untouched. With
    `may_fall_back_to_reading` a folder that does not allow writing opens for reading. `Workspace.notices` says what the
    one who opened it must hear.
    """
    try:
        finish_switch(folder)
        is_there = (folder / DATABASE).is_file()
    except OSError as error:
        raise _folder_trouble(folder, error) from error
    if not is_there:
        raise StorageTrouble(
            _("{folder} holds no workspace.").format(folder=folder),
            code="workspace.missing",
            way_out=_("Choose another folder, make a sample with `qma demo`, or restore a backup."),
        )
    lock = None if is_for_reading else _lock_of(folder, may_fall_back_to_reading)
    try:
        return _opened(folder, lock, clock, new_id)
    except OSError as error:
        _give_back(lock)
        raise _folder_trouble(folder, error) from error
    except BaseException:
        _give_back(lock)
        raise


def _opened(folder: Path, lock: WorkspaceLock | None, clock: Clock, new_id: Callable[[], str]) -> Workspace:
    keys = read_key_file(folder)
    evidence = EvidenceFiles(folder / "evidence", keys.evidence)
    notices = () if lock is None else _keep_damaged_journal(folder, keys, clock)
    ensure_current(folder, keys, clock=clock, may_migrate=lock is not None)
    store = Store(
        folder / DATABASE, keys.database, evidence, clock=clock, new_id=new_id, is_read_only=lock is None
    )
    try:
        workspace = Workspace(
            folder=folder,
            store=store,
            keys=keys,
            clock=clock,
            is_sample=False,
            worker=None,
            lock=lock,
            notices=notices,
        )
        _recall(workspace)
        if lock is not None:
            if store.put_back_guards():
                workspace.notices += (_guards_sentence(folder),)
            _tidy_up(workspace)
            store.fill_rollups()
    except BaseException:
        store.close()
        raise
    return workspace


def _guards_sentence(folder: Path) -> str:
    return _(
        'The guards of signed audits were missing in this workspace and have been put back; look whether something was changed meanwhile: qma verify "{folder}"'
    ).format(folder=folder)


def _lock_of(folder: Path, may_fall_back_to_reading: bool) -> WorkspaceLock | None:
    try:
        return WorkspaceLock.take(folder)
    except StorageTrouble as trouble:
        if may_fall_back_to_reading and trouble.code == "disk.read-only":
            return None
        raise


def _give_back(lock: WorkspaceLock | None) -> None:
    if lock is not None:
        lock.release()


def _keep_damaged_journal(folder: Path, keys: Keys, clock: Clock) -> tuple[str, ...]:
    """A damaged journal is kept and named before opening drops what cannot be read of it."""
    kept = free_name(folder, f"{_DAMAGED}{clock():%Y-%m-%d_%H%M}")
    if not keep_if_damaged(folder / DATABASE, keys.database, kept):
        return ()
    sentence = _("Some of the last edits could not be read from a damaged file. It was kept in {folder}.")
    return (sentence.format(folder=kept),)


def _tidy_up(workspace: Workspace) -> None:
    """Evidence whose record never came, or left the bin, goes; what the disk does not let go of stays until the next start.

    Thirty days must have passed by the clock and by the last entry of the log, so that a wrong clock alone takes nothing. While
    a damaged journal is kept all evidence is, since edits that name it may be in there.
    """
    if any(workspace.folder.glob(f"{_DAMAGED}*")):
        return
    with workspace.reading() as reader:
        now = workspace.clock()
        since = min(now, reader.log_head().at or now) - BIN_KEPT
        kept_records = reader.all(Evidence) + tuple(
            gone
            for gone in reader.in_bin(Evidence)
            if gone.deleted_at is not None and gone.deleted_at >= since
        )
        # Signed papers lie among the evidence files, and no record of evidence names them.
        issued = {file.digest for file in reader.all(IssuedFile)}
    with suppress(QmaError):
        workspace.store.evidence.remove_unlinked(
            {digest for item in kept_records for digest in item.digests()} | issued
        )


def _recall(workspace: Workspace) -> None:
    with workspace.reading() as reader:
        sample = reader.find(Setting, SAMPLE_SETTING)
        working = reader.find(Setting, WORKER_SETTING)
    workspace.is_sample = sample is not None
    if working is not None and working.value:
        person, _separator, role = working.value.partition(" ")
        if role in tuple(Role):
            workspace.set_worker(Worker(person_id=PersonId(person), role=Role(role)))


def _setting(name: str) -> SettingId:
    return SettingId(name)


def _folder_trouble(folder: Path, error: OSError) -> StorageTrouble:
    return StorageTrouble(
        _("The folder {folder} cannot be used: {reason}.").format(
            folder=folder, reason=os.strerror(error.errno or 0)
        ),
        code="workspace.folder",
        way_out=_("Choose a folder on this computer that you may write to, with free space."),
    )
