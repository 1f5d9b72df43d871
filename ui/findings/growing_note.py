"""A note that is as high as its words, between a smallest and a largest number of lines."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.checklists.incoming import can_come_in
from ui.widgets.note_edit import NoteEdit


class GrowingNote(NoteEdit):
    """Scrolls only where the words need more than `most` lines; pictures and files dropped or pasted are `offered`."""

    offered = Signal(object)  # QMimeData

    def __init__(
        self,
        name: str,
        parent: QWidget | None = None,
        *,
        placeholder: str = "",
        least: int = 2,
        most: int = 9,
    ) -> None:
        super().__init__(name, parent, placeholder=placeholder, lines=least)
        self._least, self._most = least, most
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)

    def set_text(self, text: str) -> None:
        super().set_text(text)
        self._grow()

    def sizeHint(self) -> QSize:
        # A plain text document counts its height in lines.
        lines = round(self.document().size().height())
        shown = max(self._least, min(self._most, lines))
        return QSize(
            theme.px(200),
            self.fontMetrics().lineSpacing() * shown
            + theme.px(14)
            + 2 * round(self.document().documentMargin())
            + 2,
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(80), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._grow()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return super().canInsertFromMimeData(source) or can_come_in(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if can_come_in(source) and not (source.hasText() and not source.hasUrls()):
            self.offered.emit(source)
        else:
            super().insertFromMimeData(source)

    def _grow(self) -> None:
        self.updateGeometry()
