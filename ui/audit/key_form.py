"""The fields somebody signs with: the key file, its passphrase, and whose key it turned out to be."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from qma_app.errors import QmaError
from qma_app.i18n import _, day_text
from ui.dialogs.dialog import field
from ui.files import nearest_folder
from ui.settings import Settings
from ui.widgets.announcing import announce
from ui.widgets.buttons import Button
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from qma_app.services.issuing import SigningKey

_FOLDER = "key_folder"


class KeyForm(QWidget):
    """`key_changed` carries the key once it is open, None as soon as a field differs. The passphrase is kept nowhere.

    The key is opened when the passphrase is left or Enter is pressed in it; `opened` opens it now, for a button that needs it.
    """

    key_changed = Signal(object)  # SigningKey or None

    def __init__(self, settings: Settings, *, on: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings, self._on = settings, on
        self._key: SigningKey | None = None
        self.file = QLineEdit()
        self.file.setPlaceholderText(_("Your key file, mostly .p12 or .pfx"))
        self.choose_button = Button(_("Choose…"))
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.words = PlainLabel("", wrap=True)
        self._build()
        self.choose_button.clicked.connect(self.choose)
        for edit in (self.file, self.passphrase):
            edit.textChanged.connect(self._forget)
        self.passphrase.editingFinished.connect(self._finished)
        self._say(_("The key stays in its file; the passphrase is not kept."), "muted")

    def _build(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(field(_("Key file"), self.file), 1)
        line.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(line)
        column.addWidget(field(_("Passphrase"), self.passphrase))
        column.addWidget(self.words)

    @property
    def key(self) -> SigningKey | None:
        """The key that is open; None until it is."""
        return self._key

    @property
    def is_filled(self) -> bool:
        """Whether a file is named; a passphrase may be empty."""
        return bool(self.file.text().strip())

    def opened(self) -> SigningKey | None:
        """The key, opened now where it was not yet; None with the reason in place where it cannot be."""
        if self._key is None:
            self._open()
        return self._key

    def choose(self) -> None:
        """Ask for the key file, looked for where the last one was."""
        start = nearest_folder(Path(self._settings.text(_FOLDER, "") or Path.home()))
        kinds = f"{_('Key files')} (*.p12 *.pfx);;{_('All files')} (*)"
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a key file"), str(start), kinds)
        if chosen:
            self.take_file(Path(chosen))

    def take_file(self, path: Path) -> None:
        """Use this key file; the passphrase is next."""
        self._settings.put(_FOLDER, str(path.parent))
        self.file.setText(str(path))
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Forget key and passphrase, as soon as they were used."""
        self.passphrase.clear()
        self._forget()

    def _finished(self) -> None:
        if self._key is None and self.is_filled and self.passphrase.text():
            self._open()

    def _open(self) -> None:
        from qma_app.services.issuing import load_signing_key

        name = self.file.text().strip()
        if not name:
            self._say(_("Choose the file with your key first."), "bad")
            self.file.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            key = load_signing_key(Path(name).expanduser(), self.passphrase.text(), on=self._on)
        except QmaError as error:
            self._say(str(error), "bad")
            return
        self._key = key
        self._say(key_words(key), "warn" if key.is_trial else "ok")
        self.key_changed.emit(key)

    def _forget(self) -> None:
        if self._key is not None:
            self._key = None
            self.key_changed.emit(None)
        self._say("", "muted")

    def _say(self, words: str, tone: str) -> None:
        self.words.set_tone(tone)
        self.words.setText(words)
        if words and tone != "muted":
            announce(self.words, words)


def key_words(key: SigningKey) -> str:
    """Whose key it is, how long it is valid, and whether its papers are for trial."""
    words = _("✓ {name}, valid to {day}").format(name=key.name, day=day_text(key.valid_until))
    if key.is_trial:
        return words + "\n" + _("! A key for trial: each page of what it signs says TRIAL.")
    return words
