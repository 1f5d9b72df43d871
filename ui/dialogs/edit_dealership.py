"""Everything known about a dealership in one place: names, programme, sites with what they offer; saved as it is typed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.dealership import Dealership, Site
from qma_app.domain.engagement import Engagement
from qma_app.domain.ports import Reader
from qma_app.domain.standing import current_engagement
from qma_app.errors import QmaError
from qma_app.i18n import _, day_text
from qma_app.services.dealerships import (
    add_site,
    archive_dealership,
    change_dealership,
    change_site,
    delete_dealership,
    remove_site,
)
from qma_app.services.engagements import change_engagement
from ui import theme
from ui.dialogs.country_box import CountryBox
from ui.dialogs.dialog import Dialog, field, side_by_side
from ui.dialogs.feature_list import FeatureList
from ui.pages.page import scrolling
from ui.widgets.buttons import Button
from ui.widgets.cards import Card, clear
from ui.widgets.date_edit import DateEdit
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import LineEdit, NoteEdit
from ui.widgets.number_edit import NumberEdit
from ui.workbench import Workbench


class EditDealershipDialog(Dialog):
    """There is nothing to confirm: each field stores itself and Ctrl+Z takes it back later."""

    def __init__(self, parent: QWidget | None, workbench: Workbench) -> None:
        super().__init__(parent, _("Dealership"), width=680)
        self._bench = workbench
        dealership, engagement, sites = workbench.read(_everything, workbench.dealership_id or "")
        self._dealership, self._engagement = dealership, engagement
        self._wants_next = False
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(16)
        column.addWidget(self._names())
        column.addWidget(self._programme())
        self._sites = QVBoxLayout()
        self._sites.setSpacing(16)
        column.addLayout(self._sites)
        add = Button(_("Add site"), icon_name="plus")
        add.clicked.connect(self._add_site)
        column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        area = scrolling(content)
        area.setMinimumHeight(theme.px(420))
        self.body.addWidget(area, 1)
        self._show_sites(sites)
        self._add_ways_out()
        workbench.failed.connect(self._failed)
        self.name.setFocus()

    def _names(self) -> Card:
        card = Card(_("Name and place"))
        card.body.setSpacing(10)
        self.name, self.code, self.city = LineEdit(_("Name")), LineEdit(_("Code")), LineEdit(_("City"))
        self.note = NoteEdit(_("Notes"), placeholder=_("What is good to know about this dealership"))
        self.country = CountryBox(self._dealership.country)
        self.name.set_text(self._dealership.name)
        self.code.set_text(self._dealership.code)
        self.city.set_text(self._dealership.city)
        self.note.set_text(self._dealership.note)
        card.body.addWidget(field(_("Name"), self.name))
        card.body.addLayout(
            side_by_side(
                field(_("Code"), self.code), field(_("City"), self.city), field(_("Country"), self.country)
            )
        )
        card.body.addWidget(field(_("Notes"), self.note))
        self.name.settled.connect(self._name_settled)
        self.code.settled.connect(self._code_settled)
        self.city.settled.connect(self._city_settled)
        self.note.settled.connect(self._note_settled)
        self.country.currentIndexChanged.connect(self._country_chosen)
        return card

    def _programme(self) -> Card:
        card = Card(_("Programme"))
        card.body.setSpacing(10)
        self.started = DateEdit(self._engagement.started_on)
        self.months = NumberEdit(least=1, most=60)
        self.months.setSuffix(" " + _("months"))
        self.months.setValue(self._engagement.months)
        card.body.addLayout(side_by_side(field(_("Begun on"), self.started), field(_("Length"), self.months)))
        self.started.dateChanged.connect(self._start_chosen)
        self.months.valueChanged.connect(self._length_chosen)
        self.next_button = Button(_("Begin the next programme…"))
        self.next_button.clicked.connect(self._begin_next)
        ended = self._engagement.ended_on
        if ended is not None:
            words = _("Ended on {day}: {reason}").format(
                day=day_text(ended), reason=self._engagement.ended_reason
            )
            card.body.addWidget(PlainLabel(words, tone="muted", wrap=True))
            card.body.addWidget(self.next_button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _add_ways_out(self) -> None:
        archive = Button(_("Archive"), kind="quiet", icon_name="archive")
        archive.clicked.connect(self._archive)
        delete = Button(_("Delete dealership"), kind="danger", icon_name="trash-2")
        delete.clicked.connect(self._delete)
        self.buttons.insertWidget(0, delete)
        self.buttons.insertWidget(1, archive)

    def _show_sites(self, sites: tuple[Site, ...]) -> None:
        clear(self._sites)
        for site in sites:
            self._sites.addWidget(SiteCard(site, self._bench, may_go=len(sites) > 1))

    def _change(self, **fields: object) -> bool:
        self.show_problem("")
        key = f"dealership {self._dealership.id} {' '.join(fields)}"
        return self._bench.do(change_dealership, self._dealership.id, merge_key=key, **fields) is not None

    def _name_settled(self, text: str) -> None:
        if not self._change(name=text):
            self.name.keep_unsaved()

    def _code_settled(self, text: str) -> None:
        if not self._change(code=text.strip()):
            self.code.keep_unsaved()

    def _city_settled(self, text: str) -> None:
        if not self._change(city=text.strip()):
            self.city.keep_unsaved()

    def _note_settled(self, text: str) -> None:
        if not self._change(note=text):
            self.note.keep_unsaved()

    def _country_chosen(self) -> None:
        if self.country.code:
            self._change(country=self.country.code)

    def _start_chosen(self) -> None:
        self._bench.do(change_engagement, self._engagement.id, started_on=self.started.day, merge_key="start")

    def _length_chosen(self, months: int) -> None:
        self._bench.do(change_engagement, self._engagement.id, months=months, merge_key="months")

    def _begin_next(self) -> None:
        self._wants_next = True
        self.accept()

    def _add_site(self) -> None:
        number = self._sites.count() + 1
        if (
            self._bench.do(add_site, self._dealership.id, name=_("Site {number}").format(number=number))
            is not None
        ):
            self._read_sites()

    def _read_sites(self) -> None:
        self._show_sites(self._bench.read(_sites_of, self._dealership.id))

    def _archive(self) -> None:
        if self._bench.do(archive_dealership, self._dealership.id) is not None:
            self._bench.deleted.emit(_("{name} is archived.").format(name=self._dealership.name))
            self.accept()

    def _delete(self) -> None:
        if self._bench.do(delete_dealership, self._dealership.id) is not None:
            self._bench.deleted.emit(_("{name} was moved to the bin.").format(name=self._dealership.name))
            self.accept()

    def _failed(self, error: QmaError) -> None:
        self.show_problem(error)

    def done(self, result: int) -> None:
        for line in self.findChildren(LineEdit):
            line.flush()
        self.note.flush()
        self._bench.failed.disconnect(self._failed)
        super().done(result)

    @classmethod
    def edit(cls, parent: QWidget | None, workbench: Workbench) -> None:
        """Show the dealership that is open until the user is done."""
        dialog = cls(parent, workbench)
        dialog.exec()
        if dialog._wants_next:
            workbench.wanted_next_programme.emit(dialog._dealership.id)
        dialog.deleteLater()


class SiteCard(Card):
    """One place of the dealership with what it offers."""

    def __init__(self, site: Site, workbench: Workbench, *, may_go: bool) -> None:
        super().__init__(_("Site"))
        self._site_id, self._bench = site.id, workbench
        self.body.setSpacing(10)
        self.name, self.address = LineEdit(_("Name of the site")), LineEdit(_("Address"))
        self.name.set_text(site.name)
        self.address.set_text(site.address)
        self.staff = NumberEdit()
        self.staff.setSpecialValueText(_("not yet known"))
        self.staff.setValue(site.staff or 0)
        self.features = FeatureList(site.features)
        self.body.addLayout(
            side_by_side(
                field(_("Name of the site"), self.name),
                field(_("Address"), self.address),
                field(_("Staff"), self.staff),
            )
        )
        self.body.addWidget(PlainLabel(_("What it offers"), role="caption"))
        self.body.addWidget(self.features)
        if may_go:
            row = QHBoxLayout()
            remove = Button(_("Remove site"), kind="quiet", icon_name="trash-2")
            remove.clicked.connect(self._remove)
            row.addWidget(remove)
            row.addStretch(1)
            self.body.addLayout(row)
        self.name.settled.connect(self._name_settled)
        self.address.settled.connect(self._address_settled)
        self.staff.valueChanged.connect(self._staff_changed)
        self.features.changed.connect(self._features_changed)

    def _change(self, **fields: object) -> bool:
        key = f"site {self._site_id} {' '.join(fields)}"
        return self._bench.do(change_site, self._site_id, merge_key=key, **fields) is not None

    def _name_settled(self, text: str) -> None:
        if not self._change(name=text):
            self.name.keep_unsaved()

    def _address_settled(self, text: str) -> None:
        if not self._change(address=text):
            self.address.keep_unsaved()

    def _staff_changed(self, count: int) -> None:
        self._change(staff=count or None)

    def _features_changed(self) -> None:
        self._change(features=self.features.chosen())

    def _remove(self) -> None:
        if self._bench.do(remove_site, self._site_id) is not None:
            self.hide()
            self.deleteLater()


def _everything(reader: Reader, dealership_id: str) -> tuple[Dealership, Engagement, tuple[Site, ...]]:
    dealership = reader.get(Dealership, dealership_id)
    return dealership, current_engagement(reader, dealership.id), _sites_of(reader, dealership_id)


def _sites_of(reader: Reader, dealership_id: str) -> tuple[Site, ...]:
    return reader.all(Site, dealership_id=dealership_id)
