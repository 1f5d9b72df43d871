"""Checking by a KPI: the months before against the months after, in figures, in words and as a chart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from qma_app.design import Palette
from qma_app.domain.edition import KpiDefinition
from qma_app.domain.effect import Change, compare_readings, is_share
from qma_app.domain.month import Month
from qma_app.domain.reading import Reading
from qma_app.domain.verification import UsedReading
from qma_app.i18n import _
from ui.dialogs.dialog import field
from ui.verification.kpi_button import KpiButton
from ui.verification.month_edit import MonthEdit
from ui.verification.subject import Span, Subject
from ui.verification.way import Way
from ui.verification.words import change_lines, value_words
from ui.widgets.buttons import Button
from ui.widgets.drawing_painter import DrawingView
from ui.widgets.labels import PlainLabel

_SIDES: Final = "     "


class KpiWay(Way):
    """`kpi_picked` carries another KPI, `months_wanted` asks for its table; the dialog answers both with `show_readings`."""

    kpi_picked = Signal(str)
    months_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._subject: Subject | None = None
        self._today = date(2000, 1, 1)
        self._known: tuple[Reading, ...] = ()
        self.kpi = KpiButton()
        self.kpi.picked.connect(self.kpi_picked)
        self.months_button = Button(_("Months…"), icon_name="calendar-days")
        self.months_button.clicked.connect(self.months_wanted)
        self.before = (MonthEdit(), MonthEdit())
        self.after = (MonthEdit(), MonthEdit())
        self.figures = PlainLabel("", wrap=True)
        self.meaning = PlainLabel("", role="strong", wrap=True)
        self.chart = DrawingView(_("The KPI before and after"), height=140)
        self._lay_out()
        for edit in (*self.before, *self.after):
            edit.dateChanged.connect(self._edited)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.kpi, 1)
        head.addWidget(self.months_button, 0, Qt.AlignmentFlag.AlignTop)
        spans = QHBoxLayout()
        spans.setSpacing(8)
        titles = (_("Before, from"), _("Before, until"), _("After, from"), _("After, until"))
        for title, edit in zip(titles, (*self.before, *self.after), strict=True):
            spans.addWidget(field(title, edit), 1)
        self.column.addLayout(head)
        self.column.addLayout(spans)
        self.column.addWidget(self.figures)
        self.column.addWidget(self.meaning)
        self.column.addWidget(self.chart, 1)
        self.setFocusProxy(self.kpi)

    def show_subject(self, subject: Subject) -> None:
        self._subject = subject

    def show_readings(self, code: str, readings: Sequence[Reading], today: date, *, is_new: bool) -> None:
        """Show the readings of a KPI; `is_new` also chooses its months anew."""
        subject = self._subject
        if subject is None:
            return
        self._known, self._today = tuple(readings), today
        self.kpi.show_kpi(subject.edition, code, subject.codes)
        if is_new:
            for edits, span in zip(
                (self.before, self.after),
                subject.spans([one.month for one in readings], today),
                strict=True,
            ):
                for edit, month in zip(edits, span, strict=True):
                    edit.blockSignals(True)
                    edit.show_month(month)
                    edit.blockSignals(False)
        self._show_change()

    @property
    def spans(self) -> tuple[Span, Span]:
        """The months before and after, both ends included."""
        return _span(self.before), _span(self.after)

    def planned_fields(self) -> dict[str, Any]:
        before, after = self.spans
        return {
            "kpi": self.kpi.kpi.code if self.kpi.kpi is not None else "",
            "before_from": before[0],
            "before_until": before[1],
            "after_from": after[0],
            "after_until": after[1],
        }

    def readings(self) -> tuple[UsedReading, ...]:
        spans = self.spans
        return tuple(
            UsedReading(month=one.month, numerator=one.numerator, denominator=one.denominator)
            for one in self._known
            if any(first <= one.month <= last for first, last in spans)
        )

    def missing(self) -> str:
        if self.kpi.kpi is None:
            return _("Choose the KPI that should have moved.")
        (first, last), (again, until) = self.spans
        if not first <= last < again <= until:
            return _("The months before must lie before the months after.")
        months = [one.month for one in self._known]
        if not any(first <= month <= last for month in months):
            return _("There are no readings of the months before: type or paste them (Months).")
        if not any(again <= month <= until for month in months):
            return _("There are no readings of the months after: type or paste them (Months).")
        return ""

    def _edited(self) -> None:
        self._show_change()
        self.changed.emit()

    def _show_change(self) -> None:
        kpi = self.kpi.kpi
        self.months_button.setEnabled(kpi is not None)
        missing = self.missing()
        change = None if missing or kpi is None else self._change(kpi)
        if change is None or kpi is None:
            self.figures.setText("")
            self.meaning.setText(missing)
            self.meaning.set_tone("muted")
        else:
            *lines, meaning = change_lines(kpi, change, factor=self._factor(kpi))
            self.figures.setText("\n".join((_SIDES.join(lines[:2]), *filter(None, lines[2:]))))
            self.meaning.setText(_("By the figures: {words}").format(words=meaning))
            self.meaning.set_tone("text")
        self.chart.setVisible(bool(self._known))
        if self._known and kpi is not None:
            said = "; ".join(filter(None, (self.figures.text().replace("\n", "; "), self.meaning.text())))
            self.chart.show_chart(self._drawing, said)

    def _change(self, kpi: KpiDefinition) -> Change:
        before, after = self.spans
        return compare_readings(self.readings(), before, after, is_share=is_share(kpi))

    def _factor(self, kpi: KpiDefinition) -> int:
        return kpi.factor if any(one.denominator is not None for one in self._known) else 1

    def _drawing(self, width: float, height: float, palette: Palette) -> Any:
        # The chart library costs a tenth of a second, which only those pay who look at a chart.
        from qma_app.charts.effect import effect_chart, effect_picture

        kpi, action = self.kpi.kpi, self._subject.action if self._subject is not None else None
        assert kpi is not None
        before, after = self.spans
        goal = action.goal_figure if action is not None and action.kpi == kpi.code else None
        done = action.done_on if action is not None else None
        picture = effect_picture(
            kpi,
            self._known,
            before=before if before[0] <= before[1] else None,
            after=after if after[0] <= after[1] else None,
            goal=goal,
            goal_label=""
            if goal is None
            else _("goal {figure}").format(figure=value_words(kpi, Fraction(goal))),
            done=Month.of(done) if done is not None else None,
            done_label=_("action done"),
        )
        return effect_chart(picture, width=width, height=height, palette=palette)


def _span(edits: tuple[MonthEdit, MonthEdit]) -> Span:
    return edits[0].month, edits[1].month
