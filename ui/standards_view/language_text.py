"""One text of a standard below its caption, in one language or in several side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.edition import Text
from qma_app.i18n import _
from ui import theme
from ui.standards_view.tongue import Tongue, language_name
from ui.widgets.labels import PlainLabel


class LanguageText(QWidget):
    """A caption with words below it, in one language or in several, one below or beside the other; gone where there are none."""

    def __init__(
        self, caption: str, parent: QWidget | None = None, *, tone: str = "text", role: str = "body"
    ) -> None:
        super().__init__(parent)
        self._tone, self._role = tone, role
        self._labels: list[tuple[PlainLabel, PlainLabel]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if caption:
            column.addWidget(PlainLabel(caption, role="caption"))
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._box.setSpacing(6)
        column.addLayout(self._box)

    def say(self, texts: Sequence[Text], tongue: Tongue, *, before: str = "") -> None:
        """Say one text, or several as a list, in the languages of the tongue; what is missing in one is marked."""
        there = [text for text in texts if any(text.texts.values())]
        self.setVisible(bool(there))
        if not there:
            return
        self._have(len(tongue.languages))
        for (tag, label), language in zip(self._labels, tongue.languages, strict=False):
            tag.setText(language.upper())
            tag.setVisible(len(tongue.languages) > 1)
            lines = [_words(text, language, tongue, is_alone=len(tongue.languages) == 1) for text in there]
            is_missing = any(text.is_missing_in(language) for text in there)
            bullet = "• " if len(lines) > 1 else ""
            label.setText(before + "\n".join(f"{bullet}{line}" for line in lines))
            label.set_tone("warn" if is_missing and len(tongue.languages) > 1 else self._tone)
            label.setAccessibleName(f"{language_name(language)}: {label.text()}")

    def say_plain(self, words: str) -> None:
        """Say words that are the same in every language."""
        self.setVisible(bool(words))
        self._have(1)
        tag, label = self._labels[0]
        tag.setVisible(False)
        label.setText(words)

    def words(self) -> str:
        """Everything said now."""
        return "\n".join(label.text() for _tag, label in self._labels if not label.isHidden())

    def lay_side_by_side(self, *, is_wanted: bool) -> None:
        """The languages beside one another, or below."""
        direction = QBoxLayout.Direction.LeftToRight if is_wanted else QBoxLayout.Direction.TopToBottom
        if self._box.direction() is not direction:
            self._box.setDirection(direction)

    def _have(self, count: int) -> None:
        while len(self._labels) < count:
            tag = PlainLabel("", role="caption")
            tag.setFixedWidth(theme.px(20))
            label = PlainLabel("", role=self._role, tone=self._tone, wrap=True, selectable=True)
            row = QHBoxLayout()
            row.setSpacing(4)
            row.addWidget(tag, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label, 1, Qt.AlignmentFlag.AlignTop)
            self._box.addLayout(row, 1)
            self._labels.append((tag, label))
        for place, (tag, label) in enumerate(self._labels):
            label.setVisible(place < count)
            tag.setVisible(place < count)


def _words(text: Text, language: str, tongue: Tongue, *, is_alone: bool) -> str:
    if not text.is_missing_in(language):
        return text.texts[language]
    if is_alone:
        return f"{text.in_language(language, tongue.base)}\N{NO-BREAK SPACE}[{text.language_shown(language, tongue.base).upper()}]"
    return _("– missing –")
