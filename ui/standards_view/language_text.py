"""One text of a standard below its caption, in one language or in several side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

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
        self._labels: list[tuple[PlainLabel, _Lines]] = []
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
        is_alone = len(tongue.languages) == 1
        for (tag, lines), language in zip(self._labels, tongue.languages, strict=False):
            tag.setText(language.upper())
            tag.setVisible(not is_alone)
            said = [before + _words(text, language, tongue, is_alone=is_alone) for text in there]
            tones = [
                "warn" if text.is_missing_in(language) and not is_alone else self._tone for text in there
            ]
            lines.say(said, tones, language_name(language))

    def say_plain(self, words: str) -> None:
        """Say words that are the same in every language."""
        self.setVisible(bool(words))
        self._have(1)
        tag, lines = self._labels[0]
        tag.setVisible(False)
        lines.say([words], [self._tone])

    def words(self) -> str:
        """Everything said now."""
        return "\n".join(lines.words() for _tag, lines in self._labels if not lines.isHidden())

    def lay_side_by_side(self, *, is_wanted: bool) -> None:
        """The languages beside one another, or below."""
        direction = QBoxLayout.Direction.LeftToRight if is_wanted else QBoxLayout.Direction.TopToBottom
        if self._box.direction() is not direction:
            self._box.setDirection(direction)

    def _have(self, count: int) -> None:
        while len(self._labels) < count:
            tag = PlainLabel("", role="caption")
            tag.setFixedWidth(theme.px(20))
            lines = _Lines(self._role, self._tone)
            row = QHBoxLayout()
            row.setSpacing(4)
            row.addWidget(tag, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(lines, 1, Qt.AlignmentFlag.AlignTop)
            self._box.addLayout(row, 1)
            self._labels.append((tag, lines))
        for place, (tag, lines) in enumerate(self._labels):
            lines.setVisible(place < count)
            tag.setVisible(place < count)


class _Lines(QWidget):
    """One text, or several as a list whose words hang beside their bullets."""

    def __init__(self, role: str, tone: str) -> None:
        super().__init__()
        self._role, self._tone = role, tone
        self._rows: list[tuple[PlainLabel, PlainLabel]] = []
        self._count = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(6))
        self._grid.setVerticalSpacing(theme.px(3))
        self._grid.setColumnStretch(1, 1)

    def say(self, lines: Sequence[str], tones: Sequence[str], language: str = "") -> None:
        """Say these; `language` is told to those who listen."""
        self._count = len(lines)
        while len(self._rows) < len(lines):
            self._add_row()
        for place, (bullet, label) in enumerate(self._rows):
            is_there = place < len(lines)
            bullet.setVisible(is_there and len(lines) > 1)
            label.setVisible(is_there)
            if is_there:
                label.setText(lines[place])
                label.set_tone(tones[place])
                label.setAccessibleName(f"{language}: {lines[place]}" if language else lines[place])

    def words(self) -> str:
        """Everything said now."""
        return "\n".join(label.text() for _bullet, label in self._rows[: self._count])

    def _add_row(self) -> None:
        place = len(self._rows)
        bullet = PlainLabel("•", role=self._role, tone=self._tone)
        label = PlainLabel("", role=self._role, tone=self._tone, wrap=True, selectable=True)
        self._grid.addWidget(bullet, place, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(label, place, 1)
        self._rows.append((bullet, label))


def _words(text: Text, language: str, tongue: Tongue, *, is_alone: bool) -> str:
    if not text.is_missing_in(language):
        return text.texts[language]
    if is_alone:
        return f"{text.in_language(language, tongue.base)}\N{NO-BREAK SPACE}[{text.language_shown(language, tongue.base).upper()}]"
    return _("– missing –")
