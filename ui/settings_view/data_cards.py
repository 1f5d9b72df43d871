"""What lies on disk, and the ways back: workspace folder, backups, sample, bin."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from qma_app.i18n import _, instant_text, ngettext
from qma_app.services.backups import BackupRow, back_up_now, list_backups
from qma_app.services.bin import BinRow, list_bin, restore_from_bin
from qma_app.services.log import Verification, rebuild_figures, verify_workspace
from ui.files import open_file, show_in_folder
from ui.jobs import Progress
from ui.settings_view.row_widget import SettingRow
from ui.widgets.buttons import Button
from ui.widgets.cards import Card, clear
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench

_SHOWN = 5


class FolderCard(Card):
    """Where the workspace lies, and whether all in it is genuine."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(_("Workspace"))
        self._bench = workbench
        self._show = Button(_("Show"))
        self._show.clicked.connect(self._show_folder)
        self._verify = Button(_("Check now"))
        self._verify.clicked.connect(self.check)
        self._folder = SettingRow(_("Data folder"), "", self._show)
        self.body.addWidget(self._folder)
        self.body.addWidget(
            SettingRow(
                _("Genuine and complete"),
                _("Checks every entry of the change log, every record and every photo."),
                self._verify,
            )
        )

    def refresh(self) -> None:
        self._folder.detail.setText(str(self._bench.workspace.folder))
        self._folder.detail.setVisible(True)

    def _show_folder(self) -> None:
        open_file(self._bench.workspace.folder)

    def check(self) -> None:
        """Verify everything beside the window and say what was found."""
        self._bench.jobs.run(_("Checking the workspace"), self._verified, self._tell)

    def _verified(self, _progress: Progress) -> Verification:
        found = verify_workspace(self._bench.workspace)
        if found.notes and not self._bench.workspace.is_read_only:
            rebuild_figures(self._bench.workspace)
        return found

    def _tell(self, found: Verification) -> None:
        if found.is_genuine and found.notes:
            text = _("All genuine; {first}.").format(first=found.notes[0])
            if not self._bench.workspace.is_read_only:
                text = f"{text} {_('It was worked out anew from the records.')}"
            self._bench.told.emit(text)
        elif found.is_genuine:
            text = _(
                "All genuine: {records} records, {evidence} files of evidence, {entries} entries of the log."
            )
            self._bench.told.emit(
                text.format(records=found.records, evidence=found.evidence, entries=found.head.seq)
            )
        else:
            count = len(found.faults)
            text = ngettext("{n} fault found: {first}", "{n} faults found, the first: {first}", count)
            self._bench.told.emit(text.format(n=count, first=found.faults[0]))


class BackupsCard(Card):
    """Back up now, and the last backups with the way back."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(_("Backups"))
        self._bench = workbench
        self._now = Button(_("Back up now"), kind="primary", icon_name="hard-drive")
        self._now.clicked.connect(self.back_up)
        other = Button(_("Restore from file…"))
        other.clicked.connect(self._restore_other)
        self.body.addWidget(
            SettingRow(
                _("A backup each day"),
                _(
                    "Made by itself when something was changed; the last 14 are kept. Copy one to another disk now and then."
                ),
                self._now,
            )
        )
        self._rows = QVBoxLayout()
        self.body.addLayout(self._rows)
        self.body.addWidget(
            SettingRow(_("A backup from elsewhere"), _("From a disk, or from another computer."), other)
        )

    def refresh(self) -> None:
        clear(self._rows)
        for row in list_backups(self._bench.workspace.folder)[:_SHOWN]:
            self._rows.addWidget(self._row(row))

    def _row(self, row: BackupRow) -> SettingRow:
        when = instant_text(row.made_at)
        show, restore = Button(_("Show"), kind="quiet"), Button(_("Restore…"))
        show.setAccessibleName(_("Show backup of {when}").format(when=when))
        restore.setAccessibleName(_("Restore backup of {when}").format(when=when))
        show.clicked.connect(partial(show_in_folder, row.path))
        restore.clicked.connect(partial(self._bench.wanted_restore.emit, row.path))
        size = max(1, round(row.size / 1_000_000))
        return SettingRow(when, _("{size} MB, read back and verified").format(size=size), show, restore)

    def back_up(self) -> None:
        """Make a backup beside the window."""
        self._now.setEnabled(False)
        self._bench.jobs.run(
            _("Backing up"), self._backed_up, self._made, on_failed=self._failed, on_cancelled=self._free
        )

    def _backed_up(self, progress: Progress) -> Path:
        return back_up_now(self._bench.workspace, progress=progress)

    def _made(self, file: Path) -> None:
        self._free()
        self.refresh()
        self._bench.backed_up.emit()
        self._bench.told.emit(_("Backup made and verified: {name}").format(name=file.name))

    def _failed(self, error: object) -> None:
        self._free()
        self._bench.failed.emit(error)

    def _free(self) -> None:
        self._now.setEnabled(True)

    def _restore_other(self) -> None:
        self._bench.wanted_restore.emit(None)


class SampleCard(Card):
    """The sample beside the coach's own workspace."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(_("Sample dealership"))
        self._bench = workbench
        reset, remove = Button(_("Reset sample")), Button(_("Remove sample"), kind="danger")
        reset.clicked.connect(workbench.wanted_sample_reset)
        remove.clicked.connect(workbench.wanted_sample_removal)
        self.body.addWidget(
            SettingRow(
                _("Sample dealership"),
                _("Invented, for trying things out. It lies in a workspace of its own."),
                reset,
                remove,
            )
        )


class BinCard(Card):
    """What was deleted in the last 30 days."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(_("Bin"))
        self._bench = workbench
        self._rows = QVBoxLayout()
        self.body.addLayout(self._rows)

    def refresh(self) -> None:
        clear(self._rows)
        rows = list_bin(self._bench.workspace)
        for row in rows:
            self._rows.addWidget(self._row(row))
        if not rows:
            self._rows.addWidget(
                PlainLabel(_("Empty. What you delete stays here for 30 days."), tone="muted")
            )

    def _row(self, row: BinRow) -> QWidget:
        restore = Button(_("Restore"))
        restore.setAccessibleName(_("Restore {title}").format(title=row.title))
        restore.clicked.connect(partial(self._restore, row))
        return SettingRow(row.title, _("Deleted {when}").format(when=instant_text(row.deleted_at)), restore)

    def _restore(self, row: BinRow, _is_checked: bool = False) -> None:
        if self._bench.do(restore_from_bin, row.kind, row.id) is not None:
            self.refresh()
