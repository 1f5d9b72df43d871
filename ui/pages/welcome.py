"""The first screen where there is no dealership yet: begin, look at the sample, or bring a backup back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from qma_app import design
from qma_app.i18n import LANGUAGES, _, language
from ui import theme
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.empty_state import Picture
from ui.widgets.icons import icon
from ui.widgets.labels import PlainLabel


class WelcomePage(QWidget):
    """Three ways in, one language, one promise; nothing else."""

    new_wanted = Signal()
    sample_wanted = Signal()
    restore_wanted = Signal()
    own_wanted = Signal()
    language_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        middle = Card()
        middle.setFixedWidth(theme.px(460))
        column = middle.body
        column.setContentsMargins(28, 28, 28, 14)
        column.setSpacing(10)
        column.addWidget(Picture("clipboard-check", size=64), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(12)
        name = PlainLabel(design.APP_NAME, role="figure")
        name.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(name)
        line = PlainLabel(
            _("Leads a dealership through its quality standard, from the first visit to the certificate."),
            tone="muted",
            wrap=True,
        )
        line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(line)
        column.addSpacing(20)
        self.new_button = Button(_("New dealership…"), kind="primary", icon_name="plus", keys="Ctrl+N")
        self.sample_button = Button(_("Open sample dealership"), icon_name="sparkles")
        self.restore_button = Button(_("Restore from backup…"), icon_name="archive-restore")
        self.own_button = Button(_("Back to my own workspace"), icon_name="house")
        self.own_button.setVisible(False)
        for button in self._ways():
            button.setProperty("scale", "large")
            column.addWidget(button)
        column.addSpacing(20)
        column.addLayout(self._foot())
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(middle)
        row.addStretch(1)
        outer.addLayout(row)
        outer.addStretch(3)
        self.new_button.clicked.connect(self.new_wanted)
        self.sample_button.clicked.connect(self.sample_wanted)
        self.restore_button.clicked.connect(self.restore_wanted)
        self.own_button.clicked.connect(self.own_wanted)

    def show_busy(self, *, is_busy: bool) -> None:
        """While the sample is made or a backup restored, nothing else may begin."""
        for button in self._ways():
            button.setEnabled(not is_busy)

    def show_own(self, *, has_own: bool) -> None:
        """A way back where the coach has a workspace but this one is empty."""
        self.own_button.setVisible(has_own)

    def take_focus(self) -> None:
        self.new_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ways(self) -> tuple[Button, ...]:
        return (self.new_button, self.sample_button, self.restore_button, self.own_button)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.language = QComboBox()
        self.language.setAccessibleName(_("Language"))
        for code, title in LANGUAGES:
            self.language.addItem(icon("languages", "muted"), title, code)
        self.language.setCurrentIndex(max(0, self.language.findData(language())))
        self.language.activated.connect(self._chosen)
        promise = PlainLabel(_("Your data stays on this computer."), role="small", tone="muted")
        row.addWidget(self.language)
        row.addStretch(1)
        row.addWidget(promise)
        return row

    def _chosen(self) -> None:
        self.language_chosen.emit(str(self.language.currentData()))
