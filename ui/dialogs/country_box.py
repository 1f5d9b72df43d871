"""A field that knows the countries: type a part of the name or choose."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from ui.countries import countries, own_country


class CountryBox(QComboBox):
    """`code` is the ISO code of the country chosen, empty when what is typed names none."""

    def __init__(self, chosen: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(12)
        for code, name in countries():
            self.addItem(name, code)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self._offer = completer
        self.editTextChanged.connect(self._narrow)
        self.setCurrentIndex(max(0, self.findData(chosen or own_country())))

    def _narrow(self, typed: str) -> None:
        """Names that begin with it, before those that hold it: `Ger` is Germany, not Algeria."""
        begins = typed and self.findText(typed, Qt.MatchFlag.MatchStartsWith) >= 0
        self._offer.setFilterMode(Qt.MatchFlag.MatchStartsWith if begins else Qt.MatchFlag.MatchContains)

    @property
    def code(self) -> str:
        typed = self.currentText().strip()
        place = self.findText(typed, Qt.MatchFlag.MatchFixedString)
        if place < 0 and len(typed) == 2:
            place = self.findData(typed.upper())
        return str(self.itemData(place)) if place >= 0 else ""
