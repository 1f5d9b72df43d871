"""The first two steps of a new client: name and country, then the area to begin with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from qma_app.i18n import _, ngettext
from ui import theme
from ui.dialogs.country_box import CountryBox
from ui.dialogs.dialog import Dialog, field, side_by_side
from ui.dialogs.feature_list import FeatureList
from ui.widgets.buttons import Button
from ui.widgets.number_edit import NumberEdit


@dataclass(frozen=True, kw_only=True, slots=True)
class NewDealership:
    """What was asked; `features` and `staff` stay None where the user did not look at them."""

    name: str
    country: str
    code: str = ""
    city: str = ""
    features: tuple[str, ...] | None = None
    staff: int | None = None
    is_in_full: bool = False
    """Whether to go on in the set-up with people, departments and agreement."""


class NewDealershipDialog(Dialog):
    """Name and country; the rest is folded and may wait, or is asked step by step in the set-up."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            _("New dealership"),
            _("Two words are enough to begin. Everything else can be added whenever you know it."),
            accept=_("Create dealership"),
        )
        self.name = QLineEdit()
        self.name.setPlaceholderText(_("Name of the dealership"))
        self.country = CountryBox()
        self.body.addWidget(field(_("Name"), self.name))
        self.body.addWidget(field(_("Country"), self.country))
        self.more_button = Button(
            _("More: code, city, what it offers, staff"), kind="link", icon_name="chevron-right"
        )
        self.more_button.clicked.connect(self._unfold)
        self.body.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._more = QWidget()
        self._more.setVisible(False)
        self.body.addWidget(self._more)
        self.code: QLineEdit | None = None
        self.city: QLineEdit | None = None
        self.staff: NumberEdit | None = None
        self.features: FeatureList | None = None
        self.full_button = Button(_("Set up in full…"), keys="Alt+F", acts_on_keys=True)
        self.full_button.setToolTip(_("With people, departments, coach and length, step by step"))
        self.full_button.clicked.connect(self._go_on_in_full)
        self.buttons.insertWidget(0, self.full_button)
        self._is_in_full = False
        self.name.textChanged.connect(self._check)
        self.country.currentTextChanged.connect(self._check)
        self._check()
        self.name.setFocus()

    def answer(self) -> NewDealership:
        """What stands in the fields now."""
        return NewDealership(
            name=self.name.text().strip(),
            country=self.country.code,
            code=self.code.text().strip() if self.code else "",
            city=self.city.text().strip() if self.city else "",
            features=self.features.chosen() if self.features else None,
            staff=(self.staff.value() or None) if self.staff else None,
            is_in_full=self._is_in_full,
        )

    def _go_on_in_full(self) -> None:
        self._is_in_full = True
        self.accept()

    def _unfold(self) -> None:
        if self.features is None:
            self._build_more()
        is_open = not self._more.isVisible()
        self._more.setVisible(is_open)
        self.more_button.set_icon("chevron-down" if is_open else "chevron-right")
        self.adjustSize()

    def _build_more(self) -> None:
        self.code, self.city, self.staff = QLineEdit(), QLineEdit(), NumberEdit()
        self.code.setPlaceholderText(_("made from country and name"))
        self.staff.setSpecialValueText(_("not yet known"))
        self.features = FeatureList()
        column = QVBoxLayout(self._more)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(side_by_side(field(_("City"), self.city), field(_("Code"), self.code)))
        column.addWidget(field(_("Staff"), self.staff))
        column.addWidget(
            field(
                _("What it offers"),
                self.features,
                _("Decides which checkpoints apply; a site can change it later."),
            )
        )

    def _check(self) -> None:
        self.accept_button.setEnabled(bool(self.name.text().strip() and self.country.code))

    @classmethod
    def ask(cls, parent: QWidget | None, before: NewDealership | None = None) -> NewDealership | None:
        """The new client's first facts; None when it was cancelled. `before` is what was typed when storing it failed."""
        dialog = cls(parent)
        if before is not None:
            dialog.name.setText(before.name)
            dialog.country.setCurrentIndex(dialog.country.findData(before.country))
        answer = dialog.answer() if dialog.exec() else None
        dialog.deleteLater()
        return answer


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaChoice:
    """An area one can begin with."""

    id: str
    code: str
    title: str
    checkpoints: int


class FirstAreaDialog(Dialog):
    """Where to begin; the first is chosen already, so that Enter is enough."""

    def __init__(self, parent: QWidget | None, choices: Sequence[AreaChoice]) -> None:
        super().__init__(
            parent,
            _("Where do you begin?"),
            _("The baseline covers all areas; you can turn to another one at any time."),
            accept=_("Begin baseline"),
        )
        self.areas = QListWidget()
        self.areas.setAccessibleName(_("Areas"))
        for choice in choices:
            count = ngettext("{n} checkpoint", "{n} checkpoints", choice.checkpoints).format(
                n=choice.checkpoints
            )
            item = QListWidgetItem(f"{choice.code}   {choice.title} · {count}")
            item.setData(Qt.ItemDataRole.UserRole, choice.id)
            self.areas.addItem(item)
        self.areas.setCurrentRow(0)
        self.areas.setFixedHeight(min(12, len(choices)) * theme.px(32) + 4)
        self.areas.itemDoubleClicked.connect(self.accept)
        self.body.addWidget(self.areas)
        self.areas.setFocus()

    def answer(self) -> str | None:
        chosen = self.areas.selectedItems()
        return str(chosen[0].data(Qt.ItemDataRole.UserRole)) if chosen else None

    @classmethod
    def ask(cls, parent: QWidget | None, choices: Sequence[AreaChoice]) -> str | None:
        """The id of the area chosen; None when it was cancelled."""
        dialog = cls(parent, choices)
        answer = dialog.answer() if dialog.exec() else None
        dialog.deleteLater()
        return answer
