"""Asks before a backup takes the place of what is there: says how old it is and that nothing is thrown away."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from qma_app.i18n import _, instant_text
from ui.dialogs.dialog import Dialog
from ui.files import nearest_folder
from ui.widgets.labels import PlainLabel

BACKUP_SUFFIX = ".qmabackup"


class ConfirmRestoreDialog(Dialog):
    """The workspace in place is moved aside, not deleted."""

    def __init__(
        self, parent: QWidget | None, file: Path, made_at: datetime | None, *, replaces: bool
    ) -> None:
        made = _("Made {when}.").format(when=instant_text(made_at)) if made_at else ""
        super().__init__(parent, _("Restore this backup?"), made, accept=_("Restore backup"), width=500)
        self.body.addWidget(PlainLabel(file.name, role="strong", elide=True))
        if replaces:
            text = _(
                "Your workspace goes back to this state. What was written after it is not in there; the workspace as it is "
                "now is kept beside it in a folder of its own, so nothing is thrown away. Undo begins anew."
            )
        else:
            text = _("The backup is checked as a whole and then becomes your workspace.")
        self.body.addWidget(PlainLabel(text, wrap=True))

    @classmethod
    def ask(cls, parent: QWidget | None, file: Path, made_at: datetime | None, *, replaces: bool) -> bool:
        """Whether the user wants it."""
        dialog = cls(parent, file, made_at, replaces=replaces)
        is_wanted = bool(dialog.exec())
        dialog.deleteLater()
        return is_wanted


def ask_for_backup(parent: QWidget | None, folder: Path) -> Path | None:
    """A backup file from anywhere; None when it was cancelled."""
    name, _filter = QFileDialog.getOpenFileName(
        parent,
        _("Choose a backup"),
        str(nearest_folder(folder)),
        _("Backups (*{suffix});;All files (*)").format(suffix=BACKUP_SUFFIX),
    )
    return Path(name) if name else None
