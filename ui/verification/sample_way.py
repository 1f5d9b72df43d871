"""Checking by a sample: how many of which list are looked at, who drew them, and how many were not in order."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from qma_app.domain.drawing_lots import LARGEST
from qma_app.i18n import _, number_text
from ui.dialogs.dialog import field, side_by_side
from ui.verification.lot_ticks import LotTicks
from ui.verification.subject import Subject
from ui.verification.way import Way
from ui.verification.words import sample_words
from ui.widgets.buttons import Button
from ui.widgets.labels import PlainLabel
from ui.widgets.number_edit import NumberEdit

_SIZE: Final = 10
_MOST: Final = 9_999


class SampleWay(Way):
    """`drawing_wanted` when the records are to be drawn by lot: the dialog keeps the seed before the numbers are shown."""

    drawing_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drawn_of, self.drawn_by = QLineEdit(), QLineEdit()
        self.drawn_of.setPlaceholderText(_("repair orders of October"))
        self.population = NumberEdit(most=LARGEST)
        self.population.setSpecialValueText(_("not counted"))
        self.count = NumberEdit(least=1, most=_MOST)
        self.allowed = NumberEdit(most=_MOST)
        self.failing = NumberEdit(least=-1, most=_MOST)
        self.failing.setSpecialValueText(_("not yet"))
        self.seed = NumberEdit(most=999_999)
        self.seed.setSpecialValueText(_("new"))
        self.draw_button = Button(_("Draw by lot"), icon_name="sparkles")
        self.draw_button.clicked.connect(self.drawing_wanted)
        self.drawn_words = PlainLabel("", role="small", tone="muted", wrap=True)
        self.ticks = LotTicks()
        self.power = PlainLabel("", tone="muted", wrap=True)
        self._numbers: tuple[int, ...] = ()
        self._lay_out()
        for number in (self.population, self.count, self.allowed, self.failing):
            number.valueChanged.connect(self._edited)
        for words in (self.drawn_of, self.drawn_by):
            words.textChanged.connect(self.changed)
        self.ticks.ticked.connect(self._ticked)

    def _lay_out(self) -> None:
        whence = QHBoxLayout()
        whence.setSpacing(12)
        whence.addWidget(field(_("Drawn from (what)"), self.drawn_of), 3)
        whence.addWidget(field(_("Drawn by"), self.drawn_by), 2)
        self.column.addLayout(whence)
        self.column.addLayout(
            side_by_side(
                field(_("Records on the list"), self.population),
                field(_("To look at"), self.count),
                field(_("Allowed to fail"), self.allowed),
                field(_("Found failing"), self.failing),
            )
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.draw_button)
        row.addWidget(PlainLabel(_("Seed"), role="small", tone="muted"))
        self.seed.setAccessibleName(_("Seed"))
        row.addWidget(self.seed)
        row.addWidget(self.drawn_words, 1)
        self.column.addLayout(row)
        self.column.addWidget(self.ticks)
        self.column.addWidget(self.power)
        self.column.addStretch(1)
        self.setFocusProxy(self.population)

    def show_subject(self, subject: Subject) -> None:
        plan = subject.planned
        spec = subject.checkpoint.sample if subject.checkpoint is not None else None
        size = plan.size if plan is not None and plan.size else (spec.size if spec is not None else _SIZE)
        self.count.setValue(size)
        self.allowed.setValue(plan.allowed or 0 if plan is not None else 0)
        self.population.setValue(plan.population or 0 if plan is not None else 0)
        self.drawn_of.setText(
            plan.drawn_of if plan is not None and plan.drawn_of else str(spec.of) if spec is not None else ""
        )
        self.drawn_of.setCursorPosition(0)
        self.drawn_by.setText(plan.drawn_by if plan is not None and plan.drawn_by else subject.who)
        self.failing.setValue(-1)
        self.show_drawn(plan.drawn if plan is not None else (), plan.seed if plan is not None else None)

    def show_drawn(self, numbers: tuple[int, ...], seed: int | None) -> None:
        """Show which records the lot fell on, and the seed that gives them again."""
        self._numbers = numbers
        self.ticks.show_numbers(numbers)
        if seed is not None:
            self.seed.setValue(seed)
        self.draw_button.say(_("Draw again") if numbers else _("Draw by lot"))
        self._show_words()

    def planned_fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "size": self.count.value(),
            "allowed": self.allowed.value(),
            "population": self.population.value() or None,
            "drawn_of": self.drawn_of.text().strip(),
            "drawn_by": self.drawn_by.text().strip(),
        }
        return fields

    def made_fields(self) -> dict[str, Any]:
        found = self.failing.value()
        return self.planned_fields() | ({} if found < 0 else {"failing": found})

    def missing(self) -> str:
        if self.failing.value() < 0:
            return _("Tick the records that fail, or type how many do (0 for none).")
        return ""

    def _ticked(self) -> None:
        self.failing.setValue(len(self.ticks.failing))

    def _edited(self) -> None:
        self._show_words()
        self.changed.emit()

    def _show_words(self) -> None:
        population, size = self.population.value(), self.count.value()
        if self._numbers:
            self.drawn_words.setText(
                _("The lot fell on these of {population}; with this seed it falls on them again.").format(
                    population=number_text(population)
                )
            )
        else:
            self.drawn_words.setText(
                _("Number the records of the list; the lot says which to look at.")
                if population
                else _("To draw by lot, count the records on the list first.")
            )
        self.draw_button.setEnabled(population > 0)
        failing, allowed = self.failing.value(), self.allowed.value()
        is_sound = allowed < size and failing <= size and (not population or size <= population)
        self.power.setText(
            sample_words(population or None, size, allowed, None if failing < 0 else failing)
            if is_sound
            else ""
        )
