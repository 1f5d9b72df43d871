"""The second step of setting up: what the house offers, and what of the standard falls away by it, each area with its reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from qma_app.domain.edition import Area, Edition
from qma_app.domain.ids import AreaId
from qma_app.i18n import _, ngettext
from qma_app.services.setting_up import AreaEffect, FeaturesEffect, features_effect
from ui import theme
from ui.dialogs.feature_list import FeatureList
from ui.pages.page import scrolling
from ui.widgets.buttons import IconButton, MenuButton
from ui.widgets.cards import clear
from ui.widgets.labels import PlainLabel


class DepartmentsStep(QWidget):
    """A reason is written beforehand from what the house does not offer, and stays as soon as somebody changed it."""

    changed = Signal()

    def __init__(self, edition: Edition, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edition = edition
        self._staff: int | None = None
        self._sites = 1
        self._typed: dict[AreaId, str] = {}
        self._by_choice: list[AreaId] = []
        self._lines: dict[AreaId, QLineEdit] = {}
        self.features = FeatureList()
        self.of_sites = PlainLabel(
            _("What each site offers is changed with the dealership."), role="small", tone="muted", wrap=True
        )
        self.of_sites.hide()
        self.figure = PlainLabel("", role="strong", wrap=True)
        self.some = PlainLabel("", role="small", tone="muted", wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.leave_out = MenuButton(_("Leave out another area"), kind="quiet")
        self.leave_out.choices.aboutToShow.connect(self._offer_areas)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self.features)
        self._column.addWidget(self.of_sites)
        self._column.addWidget(self.figure)
        self._column.addWidget(self.some)
        self._column.addLayout(self._rows)
        self._column.addWidget(self.leave_out, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        inside.setObjectName("page")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(inside))
        self.features.changed.connect(self._show)
        self._show()

    @property
    def effect(self) -> FeaturesEffect:
        """What the ticks do to the standard."""
        return features_effect(self._edition, self.features.chosen(), self._staff, self._sites)

    @property
    def left_out(self) -> dict[AreaId, str]:
        """Each area that is not looked at, with its reason."""
        return {area_id: line.text().strip() for area_id, line in self._lines.items()}

    @property
    def summary(self) -> str:
        """The step in a few words."""
        effect = self.effect
        return _("{count} of {total} checkpoints").format(count=effect.applicable, total=effect.total)

    def show_staff(self, staff: int | None) -> None:
        """The head count decides some checkpoints."""
        if staff != self._staff:
            self._staff = staff
            self._show()

    def show_sites(self, count: int) -> None:
        """Of several sites together the features are only looked at."""
        self._sites = count
        self.features.setEnabled(count == 1)
        self.of_sites.setVisible(count > 1)
        self._show()

    def show_setup(self, features: Collection[str] | None, left_out: Mapping[AreaId, str]) -> None:
        """Tick these features and leave these areas out; without features the usual ones."""
        old = self.features
        self.features = FeatureList(features)
        self.features.setEnabled(self._sites == 1)
        self.features.changed.connect(self._show)
        self._column.replaceWidget(old, self.features)
        old.hide()
        old.deleteLater()
        self._typed = dict(left_out)
        fallen = {one.area.id for one in self.effect.fallen}
        self._by_choice = [area_id for area_id in left_out if area_id not in fallen]
        self._show()

    def show_edition(self, edition: Edition) -> None:
        """Another edition of the standard is followed."""
        if edition.hash != self._edition.hash:
            self._edition = edition
            known = edition.areas_by_id
            self._by_choice = [area_id for area_id in self._by_choice if area_id in known]
            self._show()

    def take_focus(self) -> None:
        first = self.features.findChild(QWidget) if self.features.isEnabled() else self.leave_out
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def take_focus_of_missing(self) -> None:
        """The keyboard goes to the first reason that is not written."""
        empty = next((line for line in self._lines.values() if not line.text().strip()), None)
        (empty or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        effect = self.effect
        self.figure.setText(effect_text(effect))
        self.some.setText(_partly_text(effect))
        self.some.setVisible(bool(self.some.text()))
        shown = [one for one in effect.areas if one.falls_away or one.area.id in self._by_choice]
        if [one.area.id for one in shown] != list(self._lines):
            self._build(shown)
        for one in shown:
            line = self._lines[one.area.id]
            if one.area.id not in self._typed:
                line.setText(one.reason if one.falls_away else "")
        self.changed.emit()

    def _build(self, shown: Collection[AreaEffect]) -> None:
        clear(self._rows)
        self._lines = {}
        for one in shown:
            line = QLineEdit(self._typed.get(one.area.id, one.reason if one.falls_away else ""))
            line.setPlaceholderText(_("Why it is not looked at"))
            title = f"{one.area.code} {one.area.title}"
            line.setAccessibleName(_("Why {area} is not looked at").format(area=title))
            line.textEdited.connect(partial(self._reason_typed, one.area.id))
            label = PlainLabel(title, role="strong", elide=True)
            label.setMinimumWidth(theme.px(190))
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(label, 2)
            row.addWidget(line, 5)
            if not one.falls_away:
                back = IconButton("x", _("Take in {area} after all").format(area=title))
                back.clicked.connect(partial(self._take_in, one.area.id))
                row.addWidget(back)
            self._rows.addLayout(row)
            self._lines[one.area.id] = line

    def _reason_typed(self, area_id: AreaId, text: str) -> None:
        self._typed[area_id] = text
        self.changed.emit()

    def _offer_areas(self) -> None:
        self.leave_out.choices.clear()
        for area in self._edition.areas:
            if area.id not in self._lines:
                action = self.leave_out.choices.addAction(f"{area.code} {area.title}".replace("&", "&&"))
                action.triggered.connect(partial(self._leave_out, area))

    def _leave_out(self, area: Area) -> None:
        self._by_choice.append(area.id)
        self._typed.pop(area.id, None)
        self._show()
        self._lines[area.id].setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_in(self, area_id: AreaId) -> None:
        self._by_choice.remove(area_id)
        self._typed.pop(area_id, None)
        self._show()


def effect_text(effect: FeaturesEffect) -> str:
    """`412 of 484 checkpoints apply; Body and paint shop falls away`."""
    words = _("{count} of {total} checkpoints apply").format(count=effect.applicable, total=effect.total)
    fallen = [str(one.area.title) for one in effect.fallen]
    if not fallen:
        return words
    gone = ngettext("{areas} falls away", "{areas} fall away", len(fallen)).format(areas=", ".join(fallen))
    return f"{words}; {gone}"


def _partly_text(effect: FeaturesEffect) -> str:
    """`Fewer apply in: SRV 38 of 41 (no body and paint shop)`."""
    parts = [
        _("{area} {count} of {total} ({reason})").format(
            area=one.area.code, count=one.applicable, total=one.total, reason=one.because[0]
        )
        for one in effect.areas
        if not one.falls_away and one.applicable < one.total and one.because
    ]
    return _("Fewer apply in: {areas}").format(areas=", ".join(parts)) if parts else ""
