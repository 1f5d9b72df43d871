"""What coach and house agreed: charter, targets, leaders, length, closing times, and what of the standard applies."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from qma_app.domain.charter import Charter
from qma_app.domain.record import Changes
from qma_app.domain.target import Target
from qma_app.i18n import _
from ui.agreement.areas_card import AreasCard
from ui.agreement.charter_card import CharterCard
from ui.agreement.closing_card import ClosingCard
from ui.agreement.leaders_card import LeadersCard
from ui.agreement.programme_card import ProgrammeCard
from ui.agreement.reading import Agreed, read_agreed
from ui.agreement.targets_card import TargetsCard
from ui.agreement.words import applies_words, detail_words
from ui.journey.frame import JourneyPart
from ui.places import TARGETS, Place
from ui.shortcuts import Command, LetterKey, Shortcut
from ui.today.columns import in_columns
from ui.widgets.announcing import announce
from ui.widgets.buttons import Button
from ui.workbench import Workbench


class AgreementView(JourneyPart):
    """Everything is stored as it is typed or chosen; signing and locking ask first."""

    key: ClassVar[str] = "agreement"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.agreed: Agreed | None = None
        self.paper_button = Button(_("Charter on paper"), keys="M")
        self.charter = CharterCard(workbench)
        self.targets = TargetsCard(workbench)
        self.areas = AreasCard(workbench)
        self.programme = ProgrammeCard(workbench)
        self.leaders = LeadersCard(workbench)
        self.closing = ClosingCard(workbench)
        self._wanted: CharterCard | TargetsCard = self.charter
        self._cards = (
            self.charter,
            self.targets,
            self.areas,
            self.programme,
            self.leaders,
            self.closing,
        )
        self.area = in_columns(
            self, (self.charter, self.targets, self.areas), (self.programme, self.leaders, self.closing)
        )
        self._connect()

    def _connect(self) -> None:
        self.paper_button.clicked.connect(self.show_paper)
        self.charter.going.connect(self.going)
        self.charter.signing.connect(self.sign)
        for keys, act in (
            ("M", self.show_paper),
            ("S", self.sign),
            ("N", self.targets.new),
            ("L", self.targets.lock),
        ):
            LetterKey(keys, self, act, is_on=self._has_letters)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self._paste)

    def show_engagement(self) -> None:
        self.area.verticalScrollBar().setValue(0)
        super().show_engagement()

    def refresh(self) -> None:
        engagement = self.workbench.engagement
        if engagement is None:
            return
        agreed = self.workbench.read(read_agreed, engagement.id, on=self.workbench.workspace.today())
        self.agreed = agreed
        for card in self._cards:
            card.show_agreed(agreed)
        self.head_changed.emit()

    def mark(self, changes: Changes) -> None:
        """Bring what an undo or redo changed into view."""
        if changes.touches(Charter):
            self.area.ensureWidgetVisible(self.charter)
        elif changes.touches(Target):
            self.area.ensureWidgetVisible(self.targets)

    def go(self, place: Place) -> None:
        self._wanted = self.targets if place.view == TARGETS else self.charter

    def take_focus(self) -> None:
        """Into the card that was asked for; the charter where none was."""
        card, self._wanted = self._wanted, self.charter
        if card is not self.charter:
            self.area.verticalScrollBar().setValue(card.y())
        card.take_focus()

    def flush(self) -> None:
        self.charter.flush()
        self.leaders.flush()

    def new(self) -> None:
        """Ctrl+N: one more target."""
        self.targets.new()

    def sign(self) -> None:
        """S: the charter was signed."""
        from ui.dialogs.sign_charter import SignCharter

        self.flush()
        agreed = self.agreed
        if agreed is not None and not agreed.is_signed:
            SignCharter.ask(self.workbench, agreed, self)

    def show_paper(self) -> None:
        """M: the charter as pages."""
        self.flush()
        self.going.emit(
            Place(page="reports", dealership_id=self.workbench.dealership_id, view="charter", paper_of="")
        )

    def title_words(self) -> str:
        return _("Agreement")

    def detail_words(self) -> str:
        return detail_words(self.agreed) if self.agreed is not None else ""

    def buttons(self) -> tuple[QWidget, ...]:
        return (self.paper_button,)

    def status(self) -> str:
        return applies_words(self.agreed) if self.agreed is not None else ""

    def shortcuts(self) -> tuple[Shortcut, ...]:
        return (
            Shortcut(keys="M", title=_("The charter on paper")),
            Shortcut(keys="S", title=_("Sign the charter")),
            Shortcut(keys="N", title=_("Add a target")),
            Shortcut(keys="L", title=_("Lock the targets")),
            Shortcut(
                keys="Return", title=_("Edit a target or closing time; leave an area out or take it in")
            ),
            Shortcut(keys="Del", title=_("Take a target or closing time out")),
            Shortcut(keys="Ctrl+V", title=_("Paste the signed page")),
        )

    def commands(self) -> tuple[Command, ...]:
        return (
            Command(title=_("Charter on paper"), run=self.show_paper, keys="M", icon="file-text"),
            Command(title=_("Sign the charter"), run=self.sign, keys="S", icon="signature"),
            Command(title=_("Add a target"), run=self.targets.new, keys="N", icon="target"),
            Command(title=_("Lock the targets"), run=self.targets.lock, keys="L", icon="lock"),
            Command(title=_("Make the programme longer"), run=self.programme.extend, icon="calendar-days"),
            Command(title=_("End the programme"), run=self.programme.end, icon="flag"),
            Command(title=_("Add a closing time"), run=self.closing.new, icon="calendar"),
        )

    def _paste(self) -> None:
        if not self.charter.page.paste():
            announce(self, _("There is no picture and no file on the clipboard."))

    def _has_letters(self) -> bool:
        return self.workbench.settings.single_letters
