"""The sample of a checkpoint in the inspector: its ticks, the names of the records, and what the share suggests."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.edition import Checkpoint, ResultRules
from qma_app.domain.intervals import exact_interval
from qma_app.domain.rating import Sample
from qma_app.domain.sampling import suggested_points
from qma_app.i18n import _, ngettext
from ui.checklists.words import Words
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import LineEdit
from ui.widgets.sample_ticks import SampleTicks

LARGEST = 100


class SamplePanel(QWidget):
    """Shown for checkpoints that ask for a sample, and where one was drawn anyway."""

    ticked = Signal(int, object)
    labelled = Signal(int, str)
    resized = Signal(int)
    suggestion_taken = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_read_only = False
        self._suggestion: int | None = None
        self._named_place = 0
        self.title = PlainLabel("", role="caption", elide=True)
        self.fewer = IconButton("minus", _("Drop the last record"))
        self.more = IconButton("plus", _("Draw one more record"))
        self.ticks = SampleTicks()
        self.name = LineEdit(_("Name of the record"), placeholder=_("Order number or name"))
        self.verdict = PlainLabel("", role="small", tone="muted", wrap=True)
        self.apply = Button(_("Apply"), kind="link", keys="A")
        self.interval = PlainLabel("", role="small", tone="muted", wrap=True)
        self._build()
        self.fewer.clicked.connect(self._drop)
        self.more.clicked.connect(self._draw)
        self.apply.clicked.connect(self.take_suggestion)
        self.ticks.ticked.connect(self.ticked)
        self.ticks.moved.connect(self._moved)
        self.ticks.naming_wanted.connect(self._begin_naming)
        self.ticks.left.connect(self.left)
        self.name.settled.connect(self._named)

    def _build(self) -> None:
        naming = QHBoxLayout()
        naming.setSpacing(0)
        naming.addWidget(self.name, 1)
        naming.addWidget(self.fewer)
        naming.addWidget(self.more)
        said = QHBoxLayout()
        said.setSpacing(4)
        said.addWidget(self.verdict, 1)
        said.addWidget(self.apply)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.ticks)
        column.addLayout(naming)
        column.addLayout(said)
        column.addWidget(self.interval)

    def show_sample(
        self,
        checkpoint: Checkpoint,
        sample: Sample | None,
        rules: ResultRules,
        words: Words,
        *,
        is_read_only: bool,
    ) -> None:
        """Show the records of a checkpoint, or hide where none are asked for."""
        is_asked_for = checkpoint.sample is not None and not is_read_only
        self.setVisible(is_asked_for or (sample is not None and sample.looked_at > 0))
        if self.isHidden():
            return
        self._is_read_only = is_read_only
        size = checkpoint.sample.size if checkpoint.sample is not None else 10
        shown = sample if sample is not None else Sample.of_size(size)
        records = words.of(checkpoint.sample.of) if checkpoint.sample is not None else _("records")
        title = _("Sample of {size} {records}").format(size=len(shown.records), records=records)
        self.title.setText(title)
        self.ticks.setAccessibleName(title)
        self.ticks.show_sample(shown, is_read_only=is_read_only)
        self.fewer.setEnabled(len(shown.records) > 1)
        self.more.setEnabled(len(shown.records) < LARGEST)
        self._show_name()
        self._judge(shown, suggested_points(shown, rules, checkpoint.is_critical), records)

    def take_keyboard(self) -> None:
        """The keyboard goes to the ticks."""
        self.ticks.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_suggestion(self) -> None:
        """Rate with the points the sample suggests, if it suggests any."""
        if self._suggestion is not None and not self.isHidden() and not self._is_read_only:
            self.suggestion_taken.emit(self._suggestion)

    def flush(self) -> None:
        """Give on a name that is being typed."""
        self.name.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.name.hasFocus():
            self.take_keyboard()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.name.hasFocus():
            self._name_next()
        else:
            super().keyPressEvent(event)

    def _judge(self, sample: Sample, points: int | None, records: str) -> None:
        self._suggestion = points
        self.apply.setVisible(points is not None and not self._is_read_only)
        self.interval.setVisible(points is not None)
        if points is None:
            self.verdict.setText(
                "" if self._is_read_only else _("Tick what conforms: X, then arrows and Space")
            )
            self.verdict.setVisible(not self._is_read_only)
            return
        self.verdict.setVisible(True)
        self.verdict.setText(
            ngettext(
                "{hits} of {count} conforms — suggests {points} points",
                "{hits} of {count} conform — suggests {points} points",
                sample.looked_at,
            ).format(hits=sample.conforming, count=sample.looked_at, points=points)
        )
        sure = exact_interval(sample.conforming, sample.looked_at)
        self.interval.setText(
            _("95 % interval: {low} to {high} % of all {records}").format(
                low=round(sure.low * 100), high=round(sure.high * 100), records=records
            )
        )

    def _moved(self, place: int) -> None:
        self.name.flush()
        self._named_place = place
        self._show_name()

    def _show_name(self) -> None:
        records = self.ticks.sample.records
        place = min(self.ticks.current, len(records) - 1)
        label = records[place].label if records else ""
        is_wanted = self._holds_keyboard() and not self._is_read_only
        for widget in (self.name, self.fewer, self.more):
            widget.setVisible(is_wanted)
        self.name.setPlaceholderText(
            _("Record {number}: order number or name (Enter)").format(number=place + 1)
        )
        if not self.name.is_pending:
            self.name.set_text(label)

    def _holds_keyboard(self) -> bool:
        return any(widget.hasFocus() for widget in (self.ticks, self.name, self.fewer, self.more))

    def _begin_naming(self, place: int) -> None:
        self._named_place = place
        self._show_name()
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name.selectAll()

    def _named(self, text: str) -> None:
        self.labelled.emit(self._named_place, text.strip())

    def _name_next(self) -> None:
        self.name.flush()
        self.ticks.go_to(min(self._named_place + 1, len(self.ticks.sample.records) - 1))
        self.take_keyboard()

    def _draw(self) -> None:
        self.resized.emit(len(self.ticks.sample.records) + 1)

    def _drop(self) -> None:
        self.resized.emit(len(self.ticks.sample.records) - 1)
