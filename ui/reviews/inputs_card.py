"""The inputs of a management review: what the data say about each, and what was said about it at the table."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.i18n import _
from qma_app.services.review_inputs import ReviewInput
from ui import theme
from ui.findings.growing_note import GrowingNote
from ui.reviews.holding import remark_on, store_review, with_remark
from ui.reviews.reading import Desk
from ui.reviews.words import figures_words
from ui.visit.words_card import show_words
from ui.widgets.cards import Card, clear, rule
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class InputBlock(QWidget):
    """One input: its question, the lines made of the data, its figures, and a remark once the review is held."""

    def __init__(self, workbench: Workbench, number: int, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench, self.code, self._number = workbench, code, number
        self._desk: Desk | None = None
        self._shown: ReviewInput | None = None
        self.title = PlainLabel("", role="strong")
        self.ask = PlainLabel("", role="small", tone="muted", wrap=True)
        self.figures = PlainLabel("", role="small", tone="accent", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self.remark = GrowingNote(_("What was said"), placeholder=_("What was said about it"), least=1)
        self.remark.settled.connect(self._write)
        self.remark.left.connect(workbench.close_step)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(9), 0, theme.px(10))
        column.setSpacing(3)
        column.addWidget(self.title)
        column.addWidget(self.ask)
        column.addLayout(self._lines)
        column.addWidget(self.figures)
        column.addSpacing(2)
        column.addWidget(self.remark)

    def show_input(self, desk: Desk, one: ReviewInput) -> None:
        """Show what is known; a remark being typed is left alone."""
        is_same = self._desk is not None and self._desk.review.id == desk.review.id
        self._desk = desk
        if one != self._shown:
            self._shown = one
            self.title.setText(f"{self._number}  {one.title}")
            self.ask.setText(one.ask)
            self.figures.setText(figures_words(one))
            self.figures.setVisible(bool(one.figures))
            self.remark.setAccessibleName(_("What was said about: {title}").format(title=one.title))
            self._show_lines(one.lines)
        show_words(self.remark, remark_on(desk.review, self.code), is_same=is_same)
        self.remark.setVisible(desk.is_held)

    def flush(self) -> None:
        """Store what is typed."""
        self.remark.flush()

    def _show_lines(self, lines: tuple[str, ...]) -> None:
        clear(self._lines)
        for line in lines:
            row = QHBoxLayout()
            row.setSpacing(6)
            row.addWidget(PlainLabel("•", tone="muted"), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(PlainLabel(line, wrap=True, selectable=True), 1)
            self._lines.addLayout(row)

    def _write(self, words: str) -> None:
        if self._desk is None or not self._desk.is_held:
            return
        review = self._desk.review
        changed = with_remark(review, self.code, words)
        if not store_review(self._bench, changed, merge_key=f"remark {review.id} {self.code}"):
            self.remark.keep_unsaved()


class InputsCard(Card):
    """All inputs in the order of the standard."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        self.hint = PlainLabel("", role="small", tone="muted")
        super().__init__(_("Inputs"), self.hint, parent)
        self._bench = workbench
        self.blocks: list[InputBlock] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        self.body.addStretch(1)

    def show_desk(self, desk: Desk) -> None:
        """Show the inputs of this review."""
        self.hint.setText(
            _("as on the day it was held") if desk.is_held else _("as of today, filled from the data")
        )
        inputs = desk.view.inputs
        if [block.code for block in self.blocks] != [one.code for one in inputs]:
            self._build(inputs)
        for block, one in zip(self.blocks, inputs, strict=True):
            block.show_input(desk, one)

    def flush(self) -> None:
        """Store what is typed."""
        for block in self.blocks:
            block.flush()

    def take_focus(self) -> bool:
        """The keyboard goes to the first remark nobody has written; False where none can be."""
        open_ones = [one for one in self.blocks if one.remark.isVisibleTo(self)]
        blank = [one for one in open_ones if not one.remark.toPlainText().strip()]
        if not open_ones:
            return False
        (blank or open_ones)[0].remark.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _build(self, inputs: tuple[ReviewInput, ...]) -> None:
        clear(self._rows)
        self.blocks = []
        for number, one in enumerate(inputs, 1):
            if number > 1:
                self._rows.addWidget(rule())
            block = InputBlock(self._bench, number, one.code)
            self.blocks.append(block)
            self._rows.addWidget(block)
