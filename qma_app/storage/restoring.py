"""Bringing a backup back: into a new folder first, and into the place of the live one in a way no power cut can halve."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import datetime
from pathlib import Path

from qma_app.errors import StorageTrouble
from qma_app.i18n import _
from qma_app.storage.atomic_files import (
    free_name,
    half_written_beside,
    make_folder,
    move_folder,
    remove_if_possible,
    sync,
    sync_folder,
    translated_disk_errors,
    write_file_atomically,
)
from qma_app.storage.backup_file import Meter, Progress, check_backup, open_backup
from qma_app.storage.backup_manifest import Manifest
from qma_app.storage.backups import BACKUP_FOLDER
from qma_app.storage.keys import KEY_COPY, KEY_FILE
from qma_app.storage.lock import WorkspaceLock


def restore_backup(file: Path, new_folder: Path, *, progress: Progress | None = None) -> Manifest:
    """Unpack a backup into a folder that is missing or empty: checked whole first, then in place in one step.

    No live workspace is opened or touched. On any failure nothing stands under the folder's name.
    """
    if new_folder.exists() and (not new_folder.is_dir() or any(new_folder.iterdir())):
        raise StorageTrouble(
            _("{folder} is not empty: a backup is restored into a new folder only.").format(
                folder=new_folder
            ),
            code="restore.folder-not-empty",
            way_out=_("Choose a folder that does not exist yet."),
            folder=str(new_folder),
        )
    make_folder(new_folder.parent)
    unpacked = half_written_beside(new_folder)
    try:
        with translated_disk_errors(new_folder, unpacked), closing(open_backup(file)) as backup:
            unpacked.mkdir(mode=0o700)
            meter = Meter(progress, 2 * file.stat().st_size)
            check_backup(backup, unpacked, keeps=_everything, meter=meter)
            (unpacked / KEY_COPY).write_bytes((unpacked / KEY_FILE).read_bytes())
            _sync_all(unpacked, meter)
            if new_folder.exists():
                new_folder.rmdir()
        move_folder(unpacked, new_folder)
    finally:
        remove_if_possible(unpacked)
    return backup.manifest


def switch_restored(restored: Path, live: Path, *, at: datetime) -> Path | None:
    """Put a restored workspace in the place of the live one, which is moved aside whole and kept; gives its new place.

    Both stand in the same folder, and this process has closed the live one. Nothing of the live one is opened, so it may be
    unreadable, and its write-ahead log never meets the restored database. Its backups go over to the restored workspace.
    """
    if restored.parent.resolve() != live.parent.resolve():
        raise ValueError(f"{restored} and {live} must stand in one folder to change places in one step")
    if not live.exists():
        move_folder(restored, live)
        return None
    _refuse_while_open(live)
    aside = free_name(live.parent, f"{live.name}-before-restore-{at.astimezone():%Y-%m-%d_%H%M}")
    note = json.dumps({"restored": restored.name, "aside": aside.name}).encode()
    write_file_atomically(_note_of(live), note)
    try:
        move_folder(live, aside)
        move_folder(restored, live)
    except StorageTrouble:
        if aside.exists() and not live.exists():
            move_folder(aside, live)
        remove_if_possible(_note_of(live))
        raise
    _finish(live, aside)
    return aside


def finish_switch(live: Path) -> bool:
    """After a power cut in the middle of `switch_restored`: complete it if it had begun; True if there was something to do.

    To be asked before a workspace is looked for at `live`.
    """
    try:
        note = json.loads(_note_of(live).read_bytes())
        restored, aside = live.with_name(note["restored"]), live.with_name(note["aside"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
    if not aside.exists():
        remove_if_possible(_note_of(live))
        return False
    if not live.exists():
        move_folder(restored if restored.exists() else aside, live)
    _finish(live, aside)
    return True


def _finish(live: Path, aside: Path) -> None:
    kept, wanted = aside / BACKUP_FOLDER, live / BACKUP_FOLDER
    if kept.is_dir() and not wanted.exists():
        move_folder(kept, wanted)
    remove_if_possible(_note_of(live))


def _refuse_while_open(live: Path) -> None:
    """Another process that has it open goes on writing wherever the folder is moved to; what cannot be locked is not open."""
    try:
        WorkspaceLock.take(live).release()
    except StorageTrouble as error:
        if error.code == "workspace.in-use":
            raise


def _note_of(live: Path) -> Path:
    return live.with_name(f".{live.name}.switch.json")


def _everything(_name: str) -> bool:
    return True


def _sync_all(folder: Path, meter: Meter) -> None:
    """After all is written: the first wait flushes most of it, the others are short."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            sync(path)
            meter.add(0)
    for path in (*folder.rglob("*"), folder):
        if path.is_dir():
            sync_folder(path)
