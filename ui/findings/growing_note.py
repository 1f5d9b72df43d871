"""A note that is as high as its words, between a smallest and a largest number of lines."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QSize, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

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
        is_quiet: bool = False,
    ) -> None:
        super().__init__(name, parent, placeholder=placeholder, lines=least)
        self._least, self._most = least, most
        self._is_quiet = is_quiet
        if is_quiet:
            self.setProperty("quiet", False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)

        self._show_quiet()

    def set_text(self, text: str) -> None:
        super().set_text(text)
        self._show_quiet()
        self._grow()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_quiet()

    def sizeHint(self) -> QSize:
        # A plain text document counts its height in lines.
        lines = round(self.document().size().height())
        shown = max(self._least, min(self._most, lines))
        return QSize(
            theme.px(200),
            self.fontMetrics().lineSpacing() * shown
            + theme.px(6 if self.property("dense") or self.property("quiet") else 14)
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

    def _show_quiet(self) -> None:
        """Words already written read as text until they are pointed at; an empty field looks like one."""
        if not self._is_quiet:
            return
        is_quiet = bool(self.toPlainText())
        if bool(self.property("quiet")) != is_quiet:
            self.setProperty("quiet", is_quiet)
            self.style().unpolish(self)
            self.style().polish(self)
            # Without it Qt keeps the margins the field was first polished with.
            QApplication.sendEvent(self, QEvent(QEvent.Type.StyleChange))

    def _grow(self) -> None:
        self.updateGeometry()
