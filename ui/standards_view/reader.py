"""Reads one checkpoint with everything known about it: its texts, its KPIs, the dealerships' results, its findings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from qma_app.domain.edition import KpiDefinition
from qma_app.domain.wording import unit_title
from qma_app.i18n import _
from qma_app.services.checkpoint_card import CheckpointCard, Relative
from ui import theme
from ui.standards_view.across import AcrossPanel, FindingRows
from ui.standards_view.language_text import LanguageText
from ui.standards_view.tongue import (
    Tongue,
    direction_words,
    impact_words,
    rhythm_words,
)
from ui.widgets.buttons import IconButton
from ui.widgets.cards import CardRow, clear
from ui.widgets.chips import Chip
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import PlainLabel

_SIDE_BY_SIDE_FROM = 500


class CheckpointReader(QScrollArea):
    """Shows one checkpoint at a time; `left` when the keyboard is to go back to the list."""

    left = Signal()
    place_wanted = Signal(object)  # Place of a result or finding
    close_wanted = Signal()
    relative_wanted = Signal(object)  # Relative, in another edition

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card: CheckpointCard | None = None
        self.number = PlainLabel("", role="strong")
        self.close_button = IconButton("x", _("Close reader"), keys="Esc")
        self.close_button.clicked.connect(self.close_wanted)
        self._chips = QWidget()
        self._chip_flow = FlowLayout(self._chips, spacing=6)
        self._chip_list: list[QWidget] = []
        self.statement = LanguageText("", tone="text", role="strong")
        self.texts = {
            "guidance": LanguageText(_("What to look at")),
            "evidence": LanguageText(_("Evidence expected")),
            "failure": LanguageText(_("Typical failure")),
            "actions": LanguageText(_("Actions that help")),
            "sample": LanguageText(_("Sample")),
        }
        self.impact = LanguageText(_("Impact"))
        self.conditions = LanguageText(_("Asked only where"))
        self.kpis = KpiRows()
        self.across = AcrossPanel()
        self.findings = FindingRows()
        self.lineage = _Lineage()
        self.remark = LanguageText(_("Remark of the keeper"))
        self._content = QWidget()
        self._build()
        self.across.place_wanted.connect(self.place_wanted)
        self.findings.place_wanted.connect(self.place_wanted)
        self.lineage.relative_wanted.connect(self.relative_wanted)

    def _build(self) -> None:
        self._content.setObjectName("surface")
        column = QVBoxLayout(self._content)
        column.setContentsMargins(16, 12, 16, 18)
        column.setSpacing(14)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.number)
        head.addStretch(1)
        head.addWidget(self.close_button)
        top = QVBoxLayout()
        top.setSpacing(6)
        top.addLayout(head)
        top.addWidget(self._chips)
        column.addLayout(top)
        for widget in (
            self.statement,
            *self.texts.values(),
            self.impact,
            self.conditions,
            self.across,
            self.findings,
            self.kpis,
            self.lineage,
            self.remark,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        self.setWidget(self._content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setObjectName("surface")
        self.setAccessibleName(_("Checkpoint"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._content.setVisible(False)

    def show_card(self, card: CheckpointCard | None, tongue: Tongue | None) -> None:
        """Show a checkpoint in these languages, or nothing."""
        is_other = (card and card.checkpoint.id) != (self.card and self.card.checkpoint.id)
        self.card = card
        self._content.setVisible(card is not None)
        shown = Qt.ScrollBarPolicy.ScrollBarAsNeeded if card else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(shown)
        if card is None or tongue is None:
            return
        self.setUpdatesEnabled(False)
        point = card.checkpoint
        self.number.setText(point.number)
        self.number.setToolTip(str(point.id))
        self._show_chips(card, tongue)
        self.statement.say((point.statement,), tongue)
        self.texts["guidance"].say((point.guidance,), tongue)
        self.texts["evidence"].say((point.evidence,), tongue)
        self.texts["failure"].say((point.failure,), tongue)
        self.texts["actions"].say(point.actions, tongue)
        sample = () if point.sample is None else (point.sample.of,)
        self.texts["sample"].say(
            sample, tongue, before=f"{point.sample.size} " if point.sample is not None else ""
        )
        self.impact.say_plain(impact_words(point))
        self.conditions.say_plain(" · ".join(tongue.conditions(point)))
        self.kpis.show_kpis(card.kpis, tongue)
        self.across.show_results(card, tongue.edition)
        self.findings.show_findings(card.findings)
        self.lineage.show_relatives(card.came_from, card.became)
        self.remark.say_plain(point.remark)
        self._lay_side_by_side()
        if is_other:
            self.verticalScrollBar().setValue(0)
        self.setUpdatesEnabled(True)
        QTimer.singleShot(0, self, self._settle)

    def show_close_button(self, is_shown: bool) -> None:
        """Where the reader stands in the place of something else it can be closed."""
        self.close_button.setVisible(is_shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_side_by_side()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _settle(self) -> None:
        """Rows that were just made are shown only now; without being asked the area keeps the height it had before."""
        layout = self._content.layout()
        if layout is not None:
            layout.activate()
        QCoreApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))

    def _lay_side_by_side(self) -> None:
        is_wide = self.viewport().width() >= theme.px(_SIDE_BY_SIDE_FROM)
        for text in (self.statement, *self.texts.values()):
            text.lay_side_by_side(is_wanted=is_wide)

    def _show_chips(self, card: CheckpointCard, tongue: Tongue) -> None:
        point = card.checkpoint
        for chip in self._chip_list:
            self._chip_flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        chips = [Chip(_("weight {weight}").format(weight=point.weight))]
        if point.is_critical:
            chips.insert(0, Chip(_("critical"), tone="bad", is_outlined=True))
        chips += [Chip(clause, tone="accent") for clause in point.clauses]
        chips += [Chip(_("KPI {code}").format(code=code), tone="warn") for code in card.unknown_kpis]
        for chip in chips:
            self._chip_flow.addWidget(chip)
            chip.setVisible(True)
        self._chip_list = list(chips)
        process = tongue.edition.processes[point.process_id]
        self._chips.setToolTip(f"{process.number} {tongue.of(process.title)}")


class KpiRows(QWidget):
    """The KPIs a checkpoint moves, each with its definition."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(PlainLabel(_("KPIs it moves"), role="caption"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        column.addLayout(self._rows)

    def show_kpis(self, kpis: Sequence[KpiDefinition], tongue: Tongue) -> None:
        """Show these definitions; gone where there are none."""
        clear(self._rows)
        self.setVisible(bool(kpis))
        for kpi in kpis:
            one = QVBoxLayout()
            one.setSpacing(1)
            self._rows.addLayout(one)
            one.addWidget(
                PlainLabel(f"{kpi.code}  {tongue.of(kpi.title)}", role="body", wrap=True, selectable=True)
            )
            facts = [unit_title(kpi.unit), direction_words(kpi.direction), rhythm_words(kpi.rhythm)]
            if span := tongue.span(kpi):
                facts.append(_("range {span}").format(span=span))
            words = f"{tongue.formula(kpi)}\n{' · '.join(facts)}"
            label = PlainLabel(words, role="small", tone="muted", wrap=True, selectable=True)
            label.setToolTip(tongue.of(kpi.purpose))
            one.addWidget(label)


class _Lineage(QWidget):
    """What the checkpoint was in earlier editions, and what became of it; each opens where its edition is at hand."""

    relative_wanted = Signal(object)  # Relative

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(PlainLabel(_("Lineage"), role="caption"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        column.addLayout(self._rows)

    def show_relatives(self, came_from: Sequence[Relative], became: Sequence[Relative]) -> None:
        clear(self._rows)
        self.setVisible(bool(came_from or became))
        for relative, words in (
            *((one, _("came from")) for one in came_from),
            *((one, _("became")) for one in became),
        ):
            title = (
                f"{words} {relative.number} · {relative.version}"
                if relative.number
                else f"{words} {relative.id}"
            )
            row = _RelativeRow(title, relative)
            row.wanted.connect(self.relative_wanted)
            self._rows.addWidget(row)


class _RelativeRow(CardRow):
    wanted = Signal(object)

    def __init__(self, title: str, relative: Relative) -> None:
        super().__init__(title, relative.statement, is_link=relative.edition is not None)
        self.setToolTip(str(relative.id))
        self._relative = relative
        self.opened.connect(self._open)

    def _open(self) -> None:
        if self._relative.edition is not None:
            self.wanted.emit(self._relative)
