"""A row of buttons: one for each language of an edition, and one for all of them side by side."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from qma_app.i18n import _
from ui.standards_view.shelf import BOTH
from ui.standards_view.tongue import language_name
from ui.widgets.buttons import Button
from ui.widgets.labels import plain_tip


class LanguageSwitch(QWidget):
    """`chosen` carries the code of a language, or BOTH."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, Button] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self.setAccessibleName(_("Language of the texts"))

    def show_languages(self, languages: tuple[str, ...], chosen: str) -> None:
        """Offer these; gone where there is only one."""
        codes = (*languages, BOTH) if len(languages) > 1 else ()
        self.setVisible(bool(codes))
        if tuple(self.buttons) != codes:
            self._build(codes)
        for code, button in self.buttons.items():
            button.setChecked(code == chosen)

    def _build(self, codes: tuple[str, ...]) -> None:
        for button in self.buttons.values():
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {}
        for code in codes:
            name = _("Side by side") if code == BOTH else language_name(code)
            button = Button(_("Both") if code == BOTH else code.upper())
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setAccessibleName(name)
            button.setToolTip(plain_tip(f"{name} (L)"))
            button.clicked.connect(self._pressed)
            self._row.addWidget(button)
            self.buttons[code] = button

    def _pressed(self) -> None:
        pressed = self.sender()
        for code, button in self.buttons.items():
            if button is pressed:
                self.chosen.emit(code)
