"""Keeping a workspace safe: backups by hand and once a day, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from qma_app import __version__
from qma_app.domain.ids import SettingId
from qma_app.domain.setting import Setting
from qma_app.errors import QmaError
from qma_app.services.workspace import Clock, Workspace, is_workspace, open_workspace, system_clock
from qma_app.storage import backups, restoring
from qma_app.storage.atomic_files import free_name
from qma_app.storage.backup_file import SUFFIX, read_manifest
from qma_app.storage.backup_manifest import Manifest

Progress = Callable[[float], bool]
RESTORED_SETTING = "workspace.restored-from"


@dataclass(frozen=True, kw_only=True, slots=True)
class BackupRow:
    """A backup of this workspace as lists show it; `seq` is how far its change log goes."""

    path: Path
    made_at: datetime
    seq: int
    hash: str
    size: int


def back_up_now(
    workspace: Workspace, *, target: Path | None = None, progress: Progress | None = None
) -> Path:
    """Put the whole workspace into one file, read back before it counts; into its own backups folder if no target is given.

    `progress` hears the share done (0 to 1) and cancels by answering False; then no file is left.
    """
    now = workspace.clock()
    target = target or backups.new_backup_path(workspace.folder / backups.BACKUP_FOLDER, now)
    backups.make_backup(
        workspace.folder, workspace.keys, target, at=now, app_version=__version__, progress=progress
    )
    return target


def back_up_daily(workspace: Workspace, *, progress: Progress | None = None) -> Path | None:
    """Once a day when something was changed since the last backup; the last 14 are kept. None if none was needed."""
    return backups.back_up_daily(
        workspace.folder, workspace.keys, now=workspace.clock(), app_version=__version__, progress=progress
    )


def list_backups(folder: Path) -> tuple[BackupRow, ...]:
    """The readable backups in a workspace's own folder, newest first; works when the workspace itself does not open."""
    rows = []
    for path in (folder / backups.BACKUP_FOLDER).glob(f"*{SUFFIX}"):
        try:
            manifest = read_manifest(path)
        except QmaError:
            continue
        rows.append(
            BackupRow(
                path=path,
                made_at=manifest.made_at,
                seq=manifest.log_seq,
                hash=manifest.log_hash,
                size=path.stat().st_size,
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.made_at, row.seq), reverse=True))


def restore(file: Path, folder: Path, *, progress: Progress | None = None) -> Manifest:
    """Bring a backup back into a new folder, verified whole before it stands there; equal to its source in everything."""
    return restoring.restore_backup(file, folder, progress=progress)


def restore_over(
    file: Path, live: Path, *, clock: Clock = system_clock, progress: Progress | None = None
) -> Path | None:
    """Bring a backup back in the place of a workspace that is closed; gives where the old one was moved to, None if there was none.

    The old folder is kept whole. Where it can be read it is asked how far its change log went, but nothing in it is changed or
    copied, so a write-ahead log left in it cannot meet the restored database. What was restored, and how many later entries it
    leaves behind, is written into the restored log.
    """
    restored = free_name(live.parent, f"{live.name}-restored")
    lost_after = _newest_known(live)
    manifest = restoring.restore_backup(file, restored, progress=progress)
    aside = restoring.switch_restored(restored, live, at=clock())
    with open_workspace(live, clock=clock) as workspace:
        _note_restored(workspace, manifest, max(0, lost_after - manifest.log_seq))
    return aside


def _newest_known(live: Path) -> int:
    """The highest entry known of a workspace, by its backups and, if it opens, by itself."""
    known = max((row.seq for row in list_backups(live)), default=0)
    if not is_workspace(live):
        return known
    try:
        with open_workspace(live, is_for_reading=True) as workspace, workspace.reading() as reader:
            return max(known, reader.log_head().seq)
    except QmaError:
        return known


def _note_restored(workspace: Workspace, manifest: Manifest, lost: int) -> None:
    with workspace.writing("workspace.restored", entry=str(manifest.log_seq), lost=str(lost)) as work:
        noted = work.find(Setting, RESTORED_SETTING) or Setting(id=SettingId(RESTORED_SETTING), value="")
        work.put(replace(noted, value=f"{manifest.log_seq} {manifest.log_hash} {lost} {work.at.isoformat()}"))
