"""Knows which workspaces there are on this computer and opens them: the coach's own and the sample beside it."""

from __future__ import annotations

import hashlib
import shutil
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from qma_app import folders
from qma_app.errors import QmaError
from qma_app.i18n import _
from ui.jobs import Job, Progress
from ui.places import Place, place_from_text
from ui.workbench import Workbench

OWN, SAMPLE = "workspace", "sample"


class Session(QObject):
    """Nothing of the core is imported before the first use, so that the window is painted first."""

    opened = Signal(object)  # Place to show, or None where there is no dealership yet
    failed = Signal(object)

    def __init__(self, workbench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._settings = workbench.settings
        self._live: Path | None = None

    @property
    def own_folder(self) -> Path:
        return folders.workspaces_folder() / OWN

    @property
    def sample_folder(self) -> Path:
        return folders.workspaces_folder() / SAMPLE

    @property
    def has_sample(self) -> bool:
        return is_workspace(self.sample_folder)

    @property
    def has_own(self) -> bool:
        return is_workspace(self.own_folder)

    def start(self, wanted: Path | None) -> None:
        """Open what was asked for, else what was open last, else the coach's own; where there is nothing, say so."""
        known = (wanted, self._settings.workspace_folder, self.own_folder)
        folder = next(
            (one for one in known if one is not None and (one == wanted or is_workspace(one))), None
        )
        if folder is None or not self.open(folder):
            self.opened.emit(None)

    def open(self, folder: Path) -> bool:
        """Work in the workspace of a folder from now on; a failure is announced and the open one stays."""
        from qma_app.services.workspace import open_workspace

        if self._workbench.has_workspace and self._workbench.workspace.folder == folder:
            self._show_last_place(folder)
            return True
        try:
            workspace = open_workspace(folder, may_fall_back_to_reading=True)
        except QmaError as error:
            self.failed.emit(error)
            return False
        self._workbench.use(workspace)
        self._settings.put("workspace_folder", str(folder))
        self._show_last_place(folder)
        return True

    def ensure_own(self) -> bool:
        """Have the coach's own workspace open, making it when it is the first time; True when a fresh one may be written."""
        from qma_app.services.workspace import create_workspace

        if self._workbench.has_workspace and not self._workbench.workspace.is_sample:
            return True
        try:
            if self.has_own:
                return self.open(self.own_folder)
            workspace = create_workspace(self.own_folder)
        except QmaError as error:
            self.failed.emit(error)
            return False
        self._workbench.use(workspace)
        self._settings.put("workspace_folder", str(self.own_folder))
        return True

    def open_sample(self) -> Job | None:
        """Open the sample; where there is none yet it is made beside the window first."""
        if self.has_sample:
            self.open(self.sample_folder)
            return None
        return self._workbench.jobs.run(
            _("Making the sample dealership"),
            self._make_sample,
            self._sample_made,
            on_cancelled=self._sample_dropped,
        )

    def reset_sample(self) -> Job | None:
        """Put the sample back to how it came."""
        self.close_sample()
        shutil.rmtree(self.sample_folder, ignore_errors=True)
        return self.open_sample()

    def remove_sample(self) -> None:
        """Delete the sample and go back to the coach's own workspace."""
        self.close_sample()
        shutil.rmtree(self.sample_folder, ignore_errors=True)
        if not self._workbench.has_workspace:
            self.start(None)

    def close_sample(self) -> None:
        """Let go of the sample if it is open."""
        if self._workbench.has_workspace and self._workbench.workspace.folder == self.sample_folder:
            self._workbench.use(None)
            self._settings.forget("workspace_folder")

    def restore(self, file: Path, live: Path) -> Job:
        """Put a backup in the place of the workspace at `live`, beside the window; open it when it stands."""
        if self._workbench.has_workspace and self._workbench.workspace.folder == live:
            self._workbench.use(None)
        self._live = live
        return self._workbench.jobs.run(
            _("Restoring the backup"),
            partial(_restore_over, file, live),
            self._restored,
            on_failed=self._not_restored,
            on_cancelled=self._reopen_live,
        )

    def remember(self, place: Place) -> None:
        """Where to go on at the next start."""
        if self._workbench.has_workspace:
            self._settings.put(_place_key(self._workbench.workspace.folder), place.as_text())

    def last_place(self, folder: Path) -> Place | None:
        return place_from_text(self._settings.text(_place_key(folder), ""))

    def _restored(self, aside: Path | None) -> None:
        self._reopen_live()
        if aside is None:
            self._workbench.told.emit(_("The backup was restored."))
        else:
            self._workbench.told.emit(
                _("The backup was restored. The workspace as it was is kept in {folder}.").format(
                    folder=aside
                )
            )

    def _not_restored(self, error: QmaError) -> None:
        self._reopen_live()
        self.failed.emit(error)

    def _reopen_live(self) -> None:
        if self._live is None or not is_workspace(self._live) or not self.open(self._live):
            self.opened.emit(None)

    def _make_sample(self, progress: Progress) -> Path:
        from qma_app.services.sample import make_sample

        make_sample(self.sample_folder, progress=progress, portfolio=True).close()
        return self.sample_folder

    def _sample_made(self, folder: Path) -> None:
        self.open(folder)

    def _sample_dropped(self) -> None:
        self._workbench.told.emit(_("The sample was not made."))

    def _show_last_place(self, folder: Path) -> None:
        from qma_app.services.dealerships import list_dealerships

        rows = self._workbench.read(list_dealerships, with_archived=False)
        last = self.last_place(folder)
        if not rows:
            self._workbench.open_dealership(None)
            self.opened.emit(None)
            return
        if last is None or last.dealership_id not in {row.id for row in rows}:
            last = Place(page="today", dealership_id=rows[0].id)
        self.opened.emit(last)


def is_workspace(folder: Path) -> bool:
    """Whether a folder holds a workspace."""
    from qma_app.services.workspace import is_workspace

    return is_workspace(folder)


def _restore_over(file: Path, live: Path, progress: Progress) -> Path | None:
    from qma_app.services.backups import restore_over

    return restore_over(file, live, progress=progress)


def _place_key(folder: Path) -> str:
    return f"place_{hashlib.sha256(str(folder).encode()).hexdigest()[:16]}"
