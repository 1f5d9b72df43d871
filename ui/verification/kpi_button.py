"""Shows the KPI that is chosen, with its formula below, and opens the list of those of the edition."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qma_app.domain.edition import Edition, KpiDefinition
from qma_app.i18n import _
from ui.findings.choice_list import Choice, ask_below
from ui.verification.words import formula_words
from ui.widgets.buttons import Button
from ui.widgets.labels import PlainLabel


class KpiButton(QWidget):
    """`picked` carries the code somebody chose; those with readings stand first."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edition: Edition | None = None
        self._first: Collection[str] = ()
        self._code = ""
        self.button = Button(_("Choose a KPI"), icon_name="gauge")
        self.button.clicked.connect(self.open)
        self.formula = PlainLabel("", role="small", tone="muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.button)
        column.addWidget(self.formula)
        self.setFocusProxy(self.button)

    @property
    def kpi(self) -> KpiDefinition | None:
        return None if self._edition is None else self._edition.kpis.get(self._code)

    def show_kpi(self, edition: Edition, code: str, first: Collection[str] = ()) -> None:
        """Show one of the edition's KPIs, or none; `first` are the codes that have readings already."""
        self._edition, self._code, self._first = edition, code, first
        kpi = self.kpi
        name = _("Choose a KPI") if kpi is None else f"{kpi.code}  {kpi.title}"
        self.button.say(name)
        self.button.setAccessibleName(_("KPI: {name}").format(name=name))
        self.formula.setText("" if kpi is None else formula_words(kpi))
        self.formula.setVisible(kpi is not None)

    def open(self) -> None:
        """Choose by code or words."""
        if self._edition is None:
            return
        kpis = sorted(self._edition.kpis.values(), key=lambda kpi: kpi.code not in self._first)
        choices = [_choice(kpi, has_readings=kpi.code in self._first) for kpi in kpis]
        popup = ask_below(self.button, choices, find=_("Find a KPI"), name=_("KPIs"))
        popup.picked.connect(self._picked)

    def _picked(self, code: object) -> None:
        if isinstance(code, str) and code != self._code:
            self.picked.emit(code)


def _choice(kpi: KpiDefinition, *, has_readings: bool) -> Choice:
    shown = f"{kpi.title}  · {_('has readings')}" if has_readings else str(kpi.title)
    searched = f"{kpi.code} {kpi.title} {kpi.purpose} {kpi.numerator} {kpi.denominator}"
    return Choice(id=kpi.code, number=kpi.code, statement=shown, words=searched.casefold())
