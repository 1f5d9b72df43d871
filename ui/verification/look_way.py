"""Checking by looking again: the points the checkpoint would get now, or words only."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QButtonGroup, QWidget

from qma_app.domain.edition import Edition
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.wording import outcome_title
from qma_app.i18n import _, day_text
from ui.verification.subject import Subject
from ui.verification.way import Way
from ui.widgets.buttons import Button
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import PlainLabel

_WORDS_ONLY = 1_000  # Qt gives ids below zero itself


class LookWay(Way):
    """A step of the scale is chosen by its button; the last rating stands beside."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.where = PlainLabel("", wrap=True)
        self.last = PlainLabel("", role="small", tone="muted", wrap=True)
        self._row = QWidget()
        self._flow = FlowLayout(self._row)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._chosen)
        self._checkpoint_id: str | None = None
        self.column.addWidget(self.where)
        self.column.addWidget(self.last)
        self.column.addWidget(PlainLabel(_("What it would get now"), role="caption"))
        self.column.addWidget(self._row)
        self.column.addStretch(1)

    @property
    def buttons(self) -> dict[int | None, Button]:
        """The buttons by their points; None for words only."""
        found = {self._group.id(one): one for one in self._group.buttons()}
        return {
            None if points == _WORDS_ONLY else points: one
            for points, one in found.items()
            if isinstance(one, Button)
        }

    @property
    def points(self) -> int | None:
        chosen = self._group.checkedId()
        return None if chosen == _WORDS_ONLY else chosen

    def show_subject(self, subject: Subject) -> None:
        point = subject.checkpoint
        self._checkpoint_id = point.id if point is not None else None
        self.where.setText(
            f"{point.number}  {point.statement}"
            if point is not None
            else _("No checkpoint: look at the place itself.")
        )
        self.last.setText(_last_words(subject.rating, subject.edition))
        self.last.setVisible(bool(self.last.text()))
        for old in self._group.buttons():
            self._group.removeButton(old)
        self._flow.clear()
        for step in subject.edition.scale:
            self._add(f"{step.points}  {step.title}", step.points)
        last = self._add(_("In words only"), _WORDS_ONLY)
        last.setChecked(True)
        self.setFocusProxy(last)

    def planned_fields(self) -> dict[str, Any]:
        return {"checkpoint_id": self._checkpoint_id}

    def made_fields(self) -> dict[str, Any]:
        return {**self.planned_fields(), "points": self.points}

    def _add(self, words: str, points: int) -> Button:
        button = Button(words, self._row)
        button.setCheckable(True)
        self._group.addButton(button, points)
        self._flow.addWidget(button)
        return button

    def _chosen(self) -> None:
        self.changed.emit()


def _last_words(rating: Rating | None, edition: Edition) -> str:
    if rating is None:
        return ""
    day = day_text(rating.rated_at.astimezone().date()) if rating.rated_at is not None else ""
    said = outcome_title(rating.outcome)
    if rating.outcome is Outcome.RATED and rating.points is not None:
        said = f"{rating.points} – {edition.step_title(rating.points)}"
    words = _("Last rating: {rating}").format(rating=said)
    return f"{words} ({day})" if day else words
