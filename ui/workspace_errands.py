"""What can be done with whole workspaces: sample, own, another folder, restoring a backup."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from qma_app.errors import ImportTrouble
from qma_app.i18n import _
from ui.dialogs.confirm_restore import BACKUP_SUFFIX
from ui.session import Session
from ui.window import MainWindow


class WorkspaceErrands(QObject):
    """Asks what must be asked; opening and making is left to the session."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._bench = window.workbench

    def open_sample(self) -> None:
        """The sample dealership, made first where there is none."""
        self._session.open_sample()

    def reset_sample(self) -> None:
        """Put the sample back to how it came; what was tried in it goes, so it asks."""
        from ui.dialogs.confirm import ConfirmDialog

        if ConfirmDialog.ask(
            self._window,
            _("Reset the sample?"),
            _(
                "Everything tried in the sample is deleted and it is made again. Your own workspace is not touched."
            ),
            accept=_("Reset sample"),
        ):
            self._leave_sample()
            self._session.reset_sample()

    def remove_sample(self) -> None:
        """Delete the sample with everything tried in it, after asking."""
        from ui.dialogs.confirm import ConfirmDialog

        if ConfirmDialog.ask(
            self._window,
            _("Remove the sample?"),
            _("Everything tried in the sample is deleted. It can be made again at any time."),
            accept=_("Remove sample"),
        ):
            self._leave_sample()
            self._session.remove_sample()

    def _leave_sample(self) -> None:
        if self._bench.has_workspace and self._bench.workspace.folder == self._session.sample_folder:
            self._window.leave_pages()

    def open_own(self) -> None:
        """Back from the sample to the coach's own workspace."""
        self._session.open(self._session.own_folder)

    def open_folder(self) -> None:
        """A workspace that lies elsewhere."""
        name = QFileDialog.getExistingDirectory(self._window, _("Open workspace folder"))
        if name:
            self._session.open(Path(name))

    def open_path(self, path: Path | None) -> None:
        """What a second start handed over: a workspace folder or a backup; the window comes to front either way."""
        self._window.come_to_front()
        if path is None:
            return
        if path.is_dir():
            self._session.open(path)
        elif path.suffix == BACKUP_SUFFIX:
            self.restore_file(path)
        else:
            self._window.tell_error(
                ImportTrouble(
                    _("{name} is neither a workspace folder nor a backup.").format(name=path.name),
                    code="open.unknown",
                    way_out=_("Choose a folder with a workspace, or a file that ends in {suffix}.").format(
                        suffix=BACKUP_SUFFIX
                    ),
                    path=str(path),
                )
            )

    def restore_backup(self) -> None:
        """Choose a backup and put it in the place of what is there."""
        from ui.dialogs.confirm_restore import ask_for_backup

        folder = self._session.own_folder
        if self._bench.has_workspace:
            folder = self._bench.workspace.folder
        backups = folder / "backups"
        file = ask_for_backup(self._window, backups if backups.is_dir() else Path.home())
        if file is not None:
            self.restore_file(file)

    def restore_wanted(self, file: Path | None) -> None:
        """A page asked for a restore, of this backup or of one to be chosen."""
        if file is None:
            self.restore_backup()
        else:
            self.restore_file(file)

    def restore_file(self, file: Path) -> None:
        """Put a backup in the place of the workspace, after asking."""
        from qma_app.services.backups import list_backups
        from ui.dialogs.confirm_restore import ConfirmRestoreDialog
        from ui.session import is_workspace

        live = self._bench.workspace.folder if self._bench.has_workspace else self._session.own_folder
        made_at = next((row.made_at for row in list_backups(file.parent.parent) if row.path == file), None)
        if ConfirmRestoreDialog.ask(self._window, file, made_at, replaces=is_workspace(live)):
            self._window.leave_pages()
            self._session.restore(file, live)
