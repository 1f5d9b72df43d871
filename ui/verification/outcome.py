"""What a check showed: the effect the figures speak for, the one decided, its reason, words and day."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from qma_app.domain.verification import Effect, VerificationKind
from qma_app.domain.wording import effect_title
from qma_app.i18n import _, day_text, ngettext
from ui import theme
from ui.verification.subject import Subject
from ui.verification.words import EFFECT_LOOK
from ui.widgets.buttons import Button
from ui.widgets.date_edit import DateEdit
from ui.widgets.icons import icon
from ui.widgets.labels import PlainLabel

_KEYS: Final = {Effect.EFFECTIVE: "Alt+E", Effect.NOT_SHOWN: "Alt+N", Effect.WORSE: "Alt+W"}


class Outcome(QWidget):
    """The suggested effect is chosen until somebody chooses another; then, and before the check day, the reason is asked."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._subject: Subject | None = None
        self._suggested: Effect | None = None
        self._chosen: Effect | None = None
        self.suggestion = PlainLabel("", wrap=True)
        self.buttons: dict[Effect, Button] = {}
        self.day = DateEdit(today)
        self.day.setMaximumDate(self.day.date())
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(theme.px(60))
        self.reason = QLineEdit()
        self.follows = PlainLabel("", role="small", tone="muted", wrap=True)
        self._lay_out()
        self.day.dateChanged.connect(self._edited)
        self.words.textChanged.connect(self.changed)
        self.reason.textChanged.connect(self.changed)

    def _lay_out(self) -> None:
        caption = PlainLabel(_("Checked on"), role="caption")
        caption.setBuddy(self.day)
        self.day.setAccessibleName(caption.text())
        when = QHBoxLayout()
        when.setSpacing(8)
        when.addWidget(caption)
        when.addWidget(self.day, 1)
        self.words_caption = PlainLabel(_("In words"), role="caption")
        self.reason.setAccessibleName(_("Reason"))
        self.reason.setPlaceholderText(_("Reason"))
        self.reason_caption = PlainLabel("", role="small", tone="warn", wrap=True)
        self.choice = QWidget()
        inside = QVBoxLayout(self.choice)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addWidget(self.suggestion)
        for effect in Effect:
            inside.addWidget(self._button(effect))
        inside.addWidget(self.follows)
        inside.addWidget(self.reason_caption)
        inside.addWidget(self.reason)
        inside.addLayout(when)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.choice)
        column.addWidget(self.words_caption)
        column.addWidget(self.words)
        column.addStretch(1)

    def _button(self, effect: Effect) -> Button:
        token, shape = EFFECT_LOOK[effect]
        button = Button(effect_title(effect), icon_name=shape, keys=_KEYS[effect], acts_on_keys=True)
        button.setIcon(icon(shape, token))
        button.setCheckable(True)
        button.setProperty("effect", effect.value)
        button.clicked.connect(self._pressed)
        self.buttons[effect] = button
        return button

    def show_plan_only(self, *, is_plan: bool) -> None:
        """A plan has no effect yet; its words say what will be looked at."""
        self.choice.setVisible(not is_plan)
        for button in self.buttons.values():
            button.setEnabled(not is_plan)

    @property
    def effect(self) -> Effect | None:
        """What is decided: as chosen, else as the figures speak."""
        return self._chosen or self._suggested

    @property
    def needs_reason(self) -> bool:
        """Whether the decision differs from the figures or comes before the agreed day."""
        return bool(self._why_reason())

    def show_subject(self, subject: Subject) -> None:
        """Begin anew."""
        self._subject = subject
        if subject.planned is not None:
            self.words.setPlainText(subject.planned.words)
        self._show()

    def show_suggestion(self, suggested: Effect | None, kind: VerificationKind) -> None:
        """The figures changed, or another way was chosen."""
        self._suggested = suggested
        caption = {
            VerificationKind.LOOK: _("What was seen"),
            VerificationKind.DOCUMENT: _("Which document, and what it says"),
        }.get(kind, _("In words"))
        self.words.setAccessibleName(caption)
        self.words_caption.setText(caption)
        self._show()

    def missing(self) -> str:
        """What must still be decided or written; "" when all is there."""
        if self.effect is None:
            return _("Decide: effective, not shown or worse.")
        if self.needs_reason and not self.reason.text().strip():
            return self._why_reason()
        return ""

    def _pressed(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            pressed = Effect(str(sender.property("effect")))
            self._chosen = None if pressed is self._suggested else pressed
        self._edited()
        if self.needs_reason:
            self.reason.setFocus()

    def _edited(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        for effect, button in self.buttons.items():
            button.setChecked(effect is self.effect)
        self.suggestion.setText(
            _("The figures speak for “{effect}”.").format(effect=effect_title(self._suggested))
            if self._suggested is not None
            else _("Did it work? You decide.")
        )
        why = self._why_reason()
        self.reason_caption.setText(why)
        self.reason_caption.setVisible(bool(why))
        self.reason.setVisible(bool(why))
        self.follows.setText(self._what_follows())
        self.follows.setVisible(bool(self.follows.text()))

    def _why_reason(self) -> str:
        subject, effect = self._subject, self.effect
        if effect is None or subject is None:
            return ""
        if self._suggested is not None and effect is not self._suggested:
            return _("You decide otherwise than the figures: write why.")
        due = subject.checked_from
        if effect is Effect.EFFECTIVE and due is not None and self.day.day < due:
            return _("It was to be checked from {day} on: write why it can be judged already.").format(
                day=day_text(due)
            )
        return ""

    def _what_follows(self) -> str:
        subject, effect = self._subject, self.effect
        if subject is None or effect is None:
            return ""
        action = subject.action
        if action is None:
            if effect is Effect.EFFECTIVE:
                return _("{label} can be closed.").format(label=subject.label)
            return _("{label} stays open, or is opened again.").format(label=subject.label)
        if effect is Effect.EFFECTIVE:
            return _("{label} moves on to Act.").format(label=action.label)
        count = action.reopened + 1
        return ngettext(
            "{label} goes back to Plan: {count} check without effect so far. What was closed on it opens again.",
            "{label} goes back to Plan: {count} checks without effect so far. What was closed on it opens again.",
            count,
        ).format(label=action.label, count=count)
