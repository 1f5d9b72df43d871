"""Makes a key for trial: its papers carry TRIAL, so that signing can be tried before a real key is there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from qma_app.errors import QmaError
from qma_app.i18n import _
from ui.dialogs.dialog import Dialog, field
from ui.files import nearest_folder
from ui.widgets.buttons import Button
from ui.workbench import Workbench

_NAME = "trial-key.p12"


class TrialKeyDialog(Dialog):
    """The passphrase is typed twice and kept nowhere; a file that is there already is never written over."""

    def __init__(self, parent: QWidget | None, workbench: Workbench, name: str) -> None:
        super().__init__(
            parent,
            _("Make a key for trial"),
            _("Every page it signs says TRIAL. A real key comes from whoever runs the programme."),
            accept=_("Make key"),
        )
        self._bench = workbench
        self.path: Path | None = None
        self.name = QLineEdit(name)
        self.file = QLineEdit(str(nearest_folder(workbench.settings.reports_folder) / _NAME))
        self.choose_button = Button(_("Choose…"))
        self.choose_button.clicked.connect(self._choose)
        self.passphrase, self.again = QLineEdit(), QLineEdit()
        for edit in (self.passphrase, self.again):
            edit.setEchoMode(QLineEdit.EchoMode.Password)
        where = QWidget()
        line = QHBoxLayout(where)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.file, 1)
        line.addWidget(self.choose_button)
        place = field(_("Key file"), where)
        self.file.setAccessibleName(_("Key file"))
        self.body.addWidget(field(_("Name of the holder"), self.name))
        self.body.addWidget(place)
        self.body.addWidget(field(_("Passphrase"), self.passphrase))
        self.body.addWidget(field(_("Passphrase once more"), self.again))
        (self.passphrase if name else self.name).setFocus()

    def accept(self) -> None:
        """Make it; what is refused is said here."""
        from qma_app.services.trial_keys import make_trial_key

        self.show_problem("")
        if self.passphrase.text() != self.again.text():
            self.show_problem(_("The two passphrases differ."))
            self.again.setFocus()
            return
        if not self.file.text().strip():
            self.show_problem(_("Say where the key is to be kept."))
            return
        try:
            self.path = make_trial_key(
                Path(self.file.text().strip()).expanduser(),
                self.passphrase.text(),
                name=self.name.text(),
                at=self._bench.workspace.clock(),
            )
        except QmaError as error:
            self.show_problem(error)
            return
        super().accept()

    def _choose(self) -> None:
        start = Path(self.file.text().strip() or _NAME)
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Where to keep the key"), str(start), f"{_('Key files')} (*.p12)"
        )
        if chosen:
            self.file.setText(chosen)

    @classmethod
    def ask(cls, workbench: Workbench, name: str, parent: QWidget | None = None) -> tuple[Path, str] | None:
        """The file and its passphrase, to be used right away; None when it was cancelled."""
        dialog = cls(parent, workbench, name)
        made = (dialog.path, dialog.passphrase.text()) if dialog.exec() and dialog.path is not None else None
        for edit in (dialog.passphrase, dialog.again):
            edit.clear()
        dialog.deleteLater()
        return made
