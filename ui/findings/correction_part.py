"""What was put right in the single case (the car), kept apart from the actions, and whether the same was looked for elsewhere."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from qma_app.domain.finding import Elsewhere, Finding
from qma_app.domain.wording import elsewhere_title
from qma_app.i18n import _, day_text
from ui import theme
from ui.findings.date_field import DateField
from ui.findings.growing_note import GrowingNote
from ui.findings.section import Section
from ui.settings import Settings
from ui.widgets.labels import PlainLabel
from ui.widgets.segments import Segments


class CorrectionPart(QWidget):
    """`looked` carries what came out elsewhere (or None)."""

    looked = Signal(object)  # Elsewhere | None

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.section = Section(
            "correction",
            _("Correction of the single case"),
            settings,
            nothing=_("none yet"),
            step=_("Note it"),
        )
        self.words = GrowingNote(
            _("Correction"),
            placeholder=_("What was put right here; the system is changed by actions"),
            least=1,
            is_quiet=True,
        )
        self.on = DateField(_("Corrected on"))
        self.elsewhere = Segments(
            _("Looked for elsewhere?"),
            [("", _("not yet"), _("Nobody has looked in other places yet"))]
            + [(one.value, _short(one), elsewhere_title(one)) for one in Elsewhere],
        )
        for one in Elsewhere:
            name = f"{self.elsewhere.accessibleName()}: {elsewhere_title(one)}"
            self.elsewhere.buttons[one.value].setAccessibleName(name)
        self.where = GrowingNote(
            _("Where it was looked for"), placeholder=_("Where it was looked for"), least=1, is_quiet=True
        )
        self._lay_out()
        self.elsewhere.chosen.connect(self._chosen)
        self.section.begun.connect(self.words.setFocus)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
        grid.setHorizontalSpacing(12)
        grid.addWidget(PlainLabel(_("Corrected on"), role="caption"), 0, 0)
        grid.addWidget(self.on, 0, 1)
        grid.setColumnStretch(1, 1)
        body = self.section.body
        body.addWidget(self.words)
        body.addLayout(grid)
        self.section.add(PlainLabel(_("Looked for elsewhere?"), role="caption"))
        self.section.add(self.elsewhere, is_wide=False)
        body.addWidget(self.where)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.section)

    def show_finding(self, finding: Finding, *, is_same: bool) -> None:
        """Show what was put right and where else it was looked for."""
        if not is_same:
            self.section.rest()
        self.elsewhere.choose(finding.elsewhere.value if finding.elsewhere else "")
        self.where.setVisible(bool(finding.elsewhere or finding.elsewhere_words))
        day = day_text(finding.corrected_on) if finding.corrected_on else ""
        other = elsewhere_title(finding.elsewhere) if finding.elsewhere else ""
        is_filled = any(
            (finding.correction, finding.corrected_on, finding.elsewhere, finding.elsewhere_words)
        )
        self.section.show_filled(is_filled=is_filled, summary=" · ".join(filter(None, (day, other))))

    def _chosen(self, key: str) -> None:
        self.looked.emit(Elsewhere(key) if key else None)


def _short(elsewhere: Elsewhere) -> str:
    """Below its question a word is enough; whole, the three would not stand in a narrow panel in every language."""
    return {Elsewhere.NOT_FOUND: _("not found"), Elsewhere.FOUND: _("found")}[elsewhere]
