"""Which program this is, what it is built from, and under which licences."""

from __future__ import annotations

import platform
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QPlainTextEdit, QWidget

import qma_app
from qma_app import assets, design
from qma_app.i18n import _
from ui import theme
from ui.dialogs.dialog import Dialog
from ui.settings_view.row_widget import SettingRow
from ui.widgets.buttons import Button
from ui.widgets.cards import Card

COMPONENTS = (
    ("Qt, PySide6", "LGPL-3.0"),
    ("SQLCipher, SQLite", "BSD-3-Clause, public domain"),
    ("SQLAlchemy, Alembic", "MIT"),
    ("ReportLab", "BSD-3-Clause"),
    ("openpyxl", "MIT"),
    ("Pillow", "MIT-CMU"),
    ("PyYAML", "MIT"),
    ("Babel", "BSD-3-Clause"),
    ("cryptography", "Apache-2.0 or BSD-3-Clause"),
    ("pypdfium2, PDFium", "Apache-2.0 or BSD-3-Clause"),
    ("python-bidi, arabic-reshaper", "LGPL-3.0, MIT"),
    ("defusedxml, platformdirs", "PSF-2.0, MIT"),
    ("Lucide icons", "ISC"),
    ("Inter, Noto Sans", "OFL-1.1"),
    ("DejaVu Sans", "Bitstream Vera, public domain"),
)


class AboutCard(Card):
    """Version and licences."""

    def __init__(self) -> None:
        super().__init__(_("About"))
        licences = Button(_("Show licences"))
        licences.clicked.connect(self._show_licences)
        versions = f"Python {platform.python_version()} · Qt {qVersion()} · {platform.system()}"
        self.body.addWidget(SettingRow(f"{design.APP_NAME} {qma_app.__version__}", versions))
        self.body.addWidget(
            SettingRow(_("Licences"), _("What this program is built from, with thanks."), licences)
        )

    def _show_licences(self) -> None:
        LicencesDialog.tell(self.window())


class LicencesDialog(Dialog):
    """One line a component, then the texts of the fonts and icons shipped."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent, _("Licences"), width=620)
        text = QPlainTextEdit(_licences())
        text.setReadOnly(True)
        text.setAccessibleName(_("Licences"))
        text.setMinimumHeight(theme.px(380))
        self.body.addWidget(text)

    @classmethod
    def tell(cls, parent: QWidget | None) -> None:
        """Show the licences until the user is done."""
        dialog = cls(parent)
        dialog.exec()
        dialog.deleteLater()


def _licences() -> str:
    lines = [f"{name}: {licence}" for name, licence in COMPONENTS]
    for path in sorted(_licence_files()):
        lines += ["", "", path.stem.removeprefix("LICENSE-"), "", path.read_text(encoding="utf-8").strip()]
    return "\n".join(lines)


def _licence_files() -> list[Path]:
    return list(assets.resources_folder().glob("*/LICENSE-*.txt"))
