"""The line above the preview: pages, zoom, and words to find."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from qma_app.i18n import _, percent_text
from ui import theme
from ui.widgets.buttons import IconButton
from ui.widgets.labels import PlainLabel
from ui.widgets.pdf_preview import Fit, PdfPreview


class PreviewBar(QWidget):
    """Works on one preview."""

    def __init__(self, preview: PdfPreview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview = preview
        self._fit = Fit.PAGE
        self.page = PlainLabel("", role="small", tone="muted")
        self.zoom = PlainLabel("", role="small", tone="muted")
        self.hits = PlainLabel("", role="small", tone="muted")
        self.words = FindField()
        self.back = IconButton("chevron-up", _("Previous page"), keys="PgUp")
        self.forward = IconButton("chevron-down", _("Next page"), keys="PgDown")
        self.smaller = IconButton("zoom-out", _("Smaller"), keys="Ctrl+-")
        self.larger = IconButton("zoom-in", _("Larger"), keys="Ctrl++")
        self.fit = IconButton("expand", _("Fit to width"), keys="Ctrl+0")
        self.hit_back = IconButton("arrow-up", _("Previous place"), keys="Shift+F3")
        self.hit_on = IconButton("arrow-down", _("Next place"), keys="F3")
        for button, act in (
            (self.back, preview.previous_page),
            (self.forward, preview.next_page),
            (self.smaller, preview.zoom_out),
            (self.larger, preview.zoom_in),
            (self.fit, self.toggle_fit),
            (self.hit_back, preview.previous_hit),
            (self.hit_on, preview.next_hit),
        ):
            button.clicked.connect(act)
        self.words.textChanged.connect(preview.find_words)
        self.words.next_wanted.connect(preview.next_hit)
        self.words.previous_wanted.connect(preview.previous_hit)
        self.words.left.connect(self._leave)
        preview.page_changed.connect(self._page_changed)
        preview.zoomed.connect(self._zoomed)
        preview.found.connect(self._found)
        self._lay_out()
        self._page_changed(0, 0)
        self._found(0, 0)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.back)
        row.addWidget(self.forward)
        row.addSpacing(4)
        row.addWidget(self.page)
        row.addStretch(1)
        row.addWidget(self.words)
        row.addSpacing(4)
        row.addWidget(self.hits)
        row.addWidget(self.hit_back)
        row.addWidget(self.hit_on)
        row.addSpacing(10)
        row.addWidget(self.smaller)
        row.addWidget(self.zoom)
        row.addWidget(self.larger)
        row.addWidget(self.fit)
        self.zoom.setMinimumWidth(theme.px(40))
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def toggle_fit(self) -> None:
        """The width of a page, then the whole page again."""
        self._fit = Fit.WIDTH if self._fit is Fit.PAGE else Fit.PAGE
        is_page = self._fit is Fit.PAGE
        self.fit.show_as(
            "expand" if is_page else "minimize", _("Fit to width") if is_page else _("Fit whole page")
        )
        self._preview.fit(self._fit)

    def focus_words(self) -> None:
        """Ctrl+F: type what to find."""
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def _leave(self) -> None:
        self._preview.setFocus(Qt.FocusReason.OtherFocusReason)

    def _page_changed(self, page: int, count: int) -> None:
        self.page.setText(_("page {page} of {count}").format(page=page, count=count) if count else "")
        for button in (self.back, self.forward, self.smaller, self.larger, self.fit):
            button.setEnabled(count > 0)
        self.words.setEnabled(count > 0)

    def _zoomed(self, percent: int) -> None:
        self.zoom.setText(percent_text(str(percent)))

    def _found(self, place: int, count: int) -> None:
        text = self.words.text().strip()
        shown = (
            _("{place} of {count}").format(place=place, count=count)
            if count
            else _("not found")
            if text
            else ""
        )
        self.hits.setText(shown)
        for button in (self.hit_back, self.hit_on):
            button.setVisible(count > 0)


class FindField(QLineEdit):
    """Enter goes to the next place, Shift+Enter to the one before, Esc empties it and goes back to the pages."""

    next_wanted = Signal()
    previous_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Find in the paper"))
        self.setPlaceholderText(_("Find (Ctrl+F)"))
        self.setMinimumWidth(theme.px(90))
        self.setMaximumWidth(theme.px(190))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.previous_wanted.emit()
            else:
                self.next_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)
