"""The sponsor check of a quarter: six questions about the principal, what was missed twice, and what to say about it."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.promise import SPONSOR_ANSWERS, Quarter
from qma_app.i18n import _, day_text
from qma_app.services.sponsoring import answer_title, quarter_text, words_to_say
from ui import theme
from ui.promises.answer_picker import AnswerPicker
from ui.promises.reading import Book
from ui.widgets.buttons import IconButton
from ui.widgets.cards import Card, clear
from ui.widgets.chips import Chip
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import LineEdit
from ui.workbench import Workbench

_SHORT_BELOW: Final = 480
_QUESTION: Final = 205
"""As wide as keeps the longest question in two lines."""


class SponsorCard(Card):
    """Shows the quarter that wants to be looked at, until another one is chosen."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        self.state = Chip("")
        self.before = IconButton("chevron-left", _("Quarter before"))
        self.after = IconButton("chevron-right", _("Next quarter"))
        right = QWidget()
        row = QHBoxLayout(right)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self.state, self.before, self.after):
            row.addWidget(widget)
        super().__init__(_("Sponsor check"), right, parent)
        self._bench = workbench
        self._book: Book | None = None
        self._chosen: Quarter | None = None
        self.quarter = Quarter(2000, 1)
        self.pickers: dict[str, AnswerPicker] = {}
        self._questions: dict[str, PlainLabel] = {}
        self.words = LineEdit(_("Words on this quarter"), placeholder=_("What was said about it"))
        self.words.settled.connect(self._write_words)
        self.words.left.connect(workbench.close_step)
        self.before.clicked.connect(partial(self._turn, -1))
        self.after.clicked.connect(partial(self._turn, 1))
        self._build()

    def _build(self) -> None:
        for name in SPONSOR_ANSWERS:
            row = QHBoxLayout()
            row.setContentsMargins(0, 2, 0, 2)
            row.setSpacing(10)
            question = PlainLabel(answer_title(name), wrap=True)
            question.setMinimumWidth(theme.px(_QUESTION))
            picker = AnswerPicker(answer_title(name))
            picker.picked.connect(partial(self._write, name))
            row.addWidget(question, 1)
            row.addWidget(picker)
            self.body.addLayout(row)
            self._questions[name], self.pickers[name] = question, picker
        self.body.addSpacing(6)
        self.body.addWidget(self.words)
        self.say = QFrame()
        self.say.setObjectName("block")
        self._said = QVBoxLayout(self.say)
        self._said.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(10))
        self._said.setSpacing(4)
        self.body.addSpacing(8)
        self.body.addWidget(self.say)

    def forget(self) -> None:
        """Another programme: show the quarter that is due there."""
        self._chosen = None

    def show_book(self, book: Book) -> None:
        """Show the quarter chosen, else the one that is due, else the newest."""
        self._book = book
        first, now = Quarter.of(book.engagement.started_on), Quarter.of(book.on)
        wanted = self._chosen or book.sponsor.due or now
        is_same = wanted == self.quarter
        self.quarter = max(first, min(wanted, max(now, first)))
        check = book.check(self.quarter)
        self.title_label.setText(_("Sponsor check {quarter}").format(quarter=quarter_text(self.quarter)))
        self.before.setEnabled(self.quarter > first)
        self.after.setEnabled(self.quarter < now)
        answers = check.answers() if check is not None else {}
        for name, picker in self.pickers.items():
            is_red = name in book.sponsor.red
            picker.show_answer(answers.get(name), is_red=is_red)
            self._questions[name].set_tone("bad" if is_red else "text")
        if not (is_same and self.words.is_pending):
            self.words.set_text(check.words if check is not None else "")
        if check is not None:
            self.state.say(_("looked at {day}").format(day=day_text(check.checked_on)), "ok")
        elif book.sponsor.due == self.quarter:
            self.state.say(_("due"), "warn")
        else:
            self.state.say(_("not looked at"), "neutral")
        self._show_words(book)

    def show_quarter(self, quarter: Quarter) -> None:
        """Look at another quarter."""
        self.words.flush()
        self._chosen = quarter
        if self._book is not None:
            self.show_book(self._book)

    def take_focus(self) -> None:
        """The keyboard goes to the first question nobody answered, else to the first."""
        waiting = [one for one in self.pickers.values() if one.answer is None]
        (waiting or list(self.pickers.values()))[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Store what is typed."""
        self.words.flush()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for picker in self.pickers.values():
            picker.show_short(is_short=self.width() < theme.px(_SHORT_BELOW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pickers = list(self.pickers.values())
        here = next((place for place, one in enumerate(pickers) if one.hasFocus()), None)
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if here is None or step is None or not 0 <= here + step < len(pickers):
            super().keyPressEvent(event)
        else:
            pickers[here + step].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_words(self, book: Book) -> None:
        clear(self._said)
        red = book.sponsor.red
        self.say.setVisible(bool(red))
        if not red:
            return
        self._said.addWidget(PlainLabel(_("To say to the principal"), role="caption"))
        for name in red:
            self._said.addWidget(
                PlainLabel(
                    _("Missed twice: {what}").format(what=answer_title(name)),
                    role="small",
                    tone="bad",
                    wrap=True,
                )
            )
            self._said.addWidget(PlainLabel(words_to_say(name), wrap=True, selectable=True))

    def _turn(self, by: int, *_checked: object) -> None:
        self.show_quarter(self.quarter.plus(by))

    def _write(self, name: str, answer: object) -> None:
        from qma_app.services.sponsoring import write_sponsor_check

        if self._book is not None:
            quarter = self.quarter
            self._chosen = quarter
            self._bench.do(
                write_sponsor_check,
                self._book.engagement.id,
                quarter,
                merge_key=f"sponsor {quarter} {name}",
                **{name: answer},
            )

    def _write_words(self, words: str) -> None:
        from qma_app.services.sponsoring import write_sponsor_check

        if self._book is None:
            return
        self._chosen = self.quarter
        done = self._bench.do(
            write_sponsor_check,
            self._book.engagement.id,
            self.quarter,
            merge_key=f"sponsor words {self.quarter}",
            words=words,
        )
        if done is None:
            self.words.keep_unsaved()
