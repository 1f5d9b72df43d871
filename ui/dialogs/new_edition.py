"""Asks under which version work on a standard goes on."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QLineEdit, QWidget

from qma_app.domain.edition import Edition
from qma_app.i18n import _
from ui.dialogs.dialog import Dialog, field

_VERSION = re.compile(r"(\d{4})\.(\d{1,3})")


class NewEditionDialog(Dialog):
    """The next version stands there already, so that Enter is enough."""

    def __init__(self, parent: QWidget | None, edition: Edition) -> None:
        super().__init__(
            parent,
            _("New edition"),
            _("A draft that says the same as {edition}. Running programmes stay where they are.").format(
                edition=edition.label
            ),
            accept=_("Create draft"),
        )
        self._before = _parts(edition.version)
        self.version = QLineEdit(_next(edition.version))
        self.body.addWidget(
            field(_("Version"), self.version, _("Year, dot, number, later than the one before."))
        )
        self.version.textChanged.connect(self._check)
        self._check()
        self.version.selectAll()
        self.version.setFocus()

    def _check(self) -> None:
        parts = _parts(self.version.text().strip())
        self.accept_button.setEnabled(parts is not None and (self._before is None or parts > self._before))

    @classmethod
    def ask(cls, parent: QWidget | None, edition: Edition) -> str | None:
        """The version; None when it was cancelled."""
        dialog = cls(parent, edition)
        answer = dialog.version.text().strip() if dialog.exec() else None
        dialog.deleteLater()
        return answer


def _parts(version: str) -> tuple[int, int] | None:
    match = _VERSION.fullmatch(version)
    return (int(match[1]), int(match[2])) if match else None


def _next(version: str) -> str:
    parts = _parts(version)
    return f"{parts[0]}.{parts[1] + 1}" if parts is not None else version
