"""What a review says as a whole."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from qma_app.i18n import _
from ui.findings.growing_note import GrowingNote
from ui.reviews.holding import store_review
from ui.reviews.reading import Desk
from ui.visit.words_card import show_words
from ui.widgets.cards import Card
from ui.workbench import Workbench


class ConclusionCard(Card):
    """There once the review is held."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(_("Conclusion"), parent=parent)
        self._bench = workbench
        self._desk: Desk | None = None
        self.words = GrowingNote(
            _("Conclusion"),
            placeholder=_("Is the system suitable, adequate and effective? What follows?"),
            least=2,
            most=10,
        )
        self.words.settled.connect(self._write)
        self.words.left.connect(workbench.close_step)
        self.body.addWidget(self.words)

    def show_desk(self, desk: Desk) -> None:
        """Show the words of this review; those being typed are left alone."""
        is_same = self._desk is not None and self._desk.review.id == desk.review.id
        self._desk = desk
        show_words(self.words, desk.review.conclusion, is_same=is_same)
        self.setVisible(desk.is_held)

    def flush(self) -> None:
        """Store what is typed."""
        self.words.flush()

    def _write(self, words: str) -> None:
        if self._desk is None or not self._desk.is_held:
            return
        review = self._desk.review
        changed = replace(review, conclusion=words)
        if not store_review(self._bench, changed, merge_key=f"conclusion {review.id}"):
            self.words.keep_unsaved()
