"""The first step of setting up: whose house it is, where, and what it can take over from another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from qma_app.domain.ids import EngagementId
from qma_app.i18n import LANGUAGES, _
from ui.dialogs.country_box import CountryBox
from ui.dialogs.dialog import field, side_by_side
from ui.widgets.number_edit import NumberEdit


@dataclass(frozen=True, kw_only=True, slots=True)
class CopyChoice:
    """A programme that can be copied from."""

    engagement_id: EngagementId
    title: str


class HouseStep(QWidget):
    """Name and country are needed; `copy_wanted` carries the programme to copy from, None for none."""

    changed = Signal()
    copy_wanted = Signal(object)

    def __init__(self, choices: Sequence[CopyChoice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.city = QLineEdit(), QLineEdit()
        self.country, self.region, self.language = CountryBox(), QComboBox(), QComboBox()
        self.staff = NumberEdit()
        self.staff.setSpecialValueText(_("not yet known"))
        self.code, self.site_name = QLineEdit(), QLineEdit()
        self.code.setPlaceholderText(_("made from country and name"))
        self.site_name.setPlaceholderText(_("as the city"))
        self.language.addItem(_("As set in the program"), "")
        for code, name in LANGUAGES:
            self.language.addItem(name, code)
        self.copy = QComboBox()
        self.copy.addItem(_("Nothing"), None)
        for choice in choices:
            self.copy.addItem(choice.title, choice.engagement_id)
        self._region_of = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(field(_("Name"), self.name))
        column.addLayout(
            side_by_side(
                field(_("Country"), self.country),
                field(_("Region"), self.region, _("Its public holidays are kept free of visits.")),
            )
        )
        column.addLayout(side_by_side(field(_("City"), self.city), field(_("Staff"), self.staff)))
        column.addLayout(
            side_by_side(
                field(_("Language of its papers"), self.language),
                field(_("Code"), self.code),
                field(_("Name of the site"), self.site_name),
            )
        )
        if choices:
            column.addWidget(
                field(
                    _("Copy from another dealership"),
                    self.copy,
                    _("Takes over what it offers, areas left out, length and coach; no people."),
                )
            )
        column.addStretch(1)
        self.name.textChanged.connect(self.changed)
        self.city.textChanged.connect(self.changed)
        self.staff.valueChanged.connect(self.changed)
        self.country.currentTextChanged.connect(self._country_changed)
        self.copy.activated.connect(self._copy_chosen)
        self._offer_regions()

    @property
    def is_enough(self) -> bool:
        """Whether there is a name and a country."""
        return bool(self.name.text().strip() and self.country.code)

    @property
    def summary(self) -> str:
        """The step in a few words."""
        return ", ".join(filter(None, (self.name.text().strip(), self.city.text().strip())))

    @property
    def staff_count(self) -> int | None:
        return self.staff.value() or None

    def show_country(self, code: str, region: str, language: str) -> None:
        """Choose where it lies and what its papers speak."""
        self.country.setCurrentIndex(self.country.findData(code))
        self._offer_regions()
        self.region.setCurrentIndex(max(0, self.region.findData(region)))
        self.language.setCurrentIndex(max(0, self.language.findData(language)))

    def take_focus(self) -> None:
        self.name.setFocus()

    def _country_changed(self) -> None:
        self._offer_regions()
        self.changed.emit()

    def _offer_regions(self) -> None:
        from qma_app.services.regions import regions_of

        code = self.country.code
        if code == self._region_of:
            return
        self._region_of = code
        self.region.clear()
        self.region.addItem(_("Whole country"), "")
        for region, name in regions_of(code) if code else ():
            self.region.addItem(f"{name} ({region})" if name != region else name, region)
        self.region.setEnabled(self.region.count() > 1)

    def _copy_chosen(self, place: int) -> None:
        self.copy_wanted.emit(self.copy.itemData(place))
