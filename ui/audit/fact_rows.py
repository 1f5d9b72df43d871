"""Small rows of the cards after the signature: something that holds or does not, and facts under their names."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from qma_app.i18n import _
from ui import theme
from ui.widgets.labels import PlainLabel


class MarkedRow(QWidget):
    """A tick or a cross, what it is about, how it stands in smaller words, and a figure at the right end."""

    def __init__(
        self,
        title: str,
        words: str = "",
        right: str = "",
        *,
        holds: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.mark = PlainLabel("✓" if holds else "✗", role="strong", tone="ok" if holds else "bad")
        self.mark.setAccessibleName(_("met") if holds else _("not met"))
        self.mark.setFixedWidth(theme.px(16))
        self.title = PlainLabel(title, wrap=True)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self.title)
        if words:
            texts.addWidget(PlainLabel(words, role="small", tone="muted", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(8)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        if right:
            row.addWidget(PlainLabel(right, role="strong"), 0, Qt.AlignmentFlag.AlignTop)


class Facts(QWidget):
    """Names at the left, what is true of them at the right; a fact without words is left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._shown: tuple[tuple[str, str], ...] = ()

    @property
    def shown(self) -> tuple[tuple[str, str], ...]:
        """What is shown now."""
        return self._shown

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show these, in this order."""
        shown = tuple((name, words) for name, words in facts if words)
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row, (name, words) in enumerate(shown):
            caption = PlainLabel(name, tone="muted")
            value = PlainLabel(words, wrap=True, selectable=True)
            value.setAccessibleName(f"{name}: {words}")
            self._grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, row, 1)
