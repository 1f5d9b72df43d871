"""The promise book of a programme, how well promises are kept, and whether the principal stands behind it."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from qma_app.domain.promise import Promise, Quarter, SponsorCheck
from qma_app.domain.record import Changes
from qma_app.i18n import _, ngettext
from ui.journey.frame import JourneyPart
from ui.places import SPONSOR, Place
from ui.promises.promises_card import FILTERS, PromisesCard
from ui.promises.quarter_bars import TrendCard
from ui.promises.quarters_card import QuartersCard
from ui.promises.reading import Book, read_book
from ui.promises.sponsor_card import SponsorCard
from ui.promises.words import summary_words
from ui.shortcuts import Command, LetterKey, Shortcut
from ui.today.columns import in_columns
from ui.widgets.buttons import Button
from ui.workbench import Workbench


class PromisesView(JourneyPart):
    """What waits stands first; what is settled is a key away."""

    key: ClassVar[str] = "promises"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.book: Book | None = None
        self.is_table = False
        self.new_button = Button(_("New promise"), kind="primary", keys="N")
        self.promises = PromisesCard()
        self.trend = TrendCard()
        self.sponsor = SponsorCard(workbench)
        self.quarters = QuartersCard()
        self._wanted: PromisesCard | SponsorCard = self.promises
        self.area = in_columns(self, (self.promises, self.trend), (self.sponsor, self.quarters))
        self._connect()

    def _connect(self) -> None:
        self.new_button.clicked.connect(self.new)
        self.promises.making.connect(self.new)
        self.promises.wanted.connect(self.act)
        self.promises.table.opened.connect(self._opened)
        self.promises.turned.connect(self._turned)
        self.quarters.opened.connect(self._show_quarter)
        for keys, act in (
            ("N", self.new),
            ("K", partial(self.act, "keep")),
            ("B", partial(self.act, "break")),
            ("T", self.toggle_table),
        ):
            LetterKey(keys, self, act, is_on=self._has_letters)
        for place, name in enumerate(FILTERS, 1):
            LetterKey(str(place), self.promises, partial(self.promises.turn, name), is_on=self._has_letters)

    def show_engagement(self) -> None:
        self.sponsor.forget()
        super().show_engagement()

    def refresh(self) -> None:
        engagement = self.workbench.engagement
        if engagement is None:
            return
        book = self.workbench.read(read_book, engagement.id, on=self.workbench.workspace.today())
        self.book = book
        had_focus = _has_focus(self.promises)
        for card in (self.promises, self.trend, self.sponsor, self.quarters):
            card.show_book(book)
        # What was settled leaves the filter, and the button pressed for it may be gone: the keyboard stays in the card.
        if had_focus and not _has_focus(self.promises):
            self.promises.take_focus()
        self.head_changed.emit()

    def mark(self, changes: Changes) -> None:
        """Show the promise or the quarter that an undo or redo changed."""
        promises = [one for one in changes.of(Promise) if one.deleted_at is None]
        if promises:
            self.promises.show_promise(promises[0].id)
        for check in changes.of(SponsorCheck):
            self._show_quarter_of(check)

    def take_focus(self) -> None:
        """Into the card that was asked for; the promise book where none was."""
        card, self._wanted = self._wanted, self.promises
        if card is not self.promises:
            self.area.verticalScrollBar().setValue(card.y())
        card.take_focus()

    def go(self, place: Place) -> None:
        """A person's promise, or the sponsor check."""
        self._wanted = self.sponsor if place.view == SPONSOR else self.promises
        if self.book is None:
            return
        theirs = [one for one in self.book.promises.open if one.person_id == place.person_id]
        if place.person_id is not None and theirs:
            self.promises.show_promise(theirs[0].id)

    def new(self) -> None:
        """N: somebody promises something."""
        from ui.dialogs.promise import PromiseDialog

        if self.book is None:
            return
        known = {one.id for one in self.book.all}
        if PromiseDialog.ask(self.workbench, self.book, parent=self):
            fresh = [one for one in self.book.all if one.id not in known]
            if fresh:
                self.promises.show_promise(fresh[0].id)
        self.promises.take_focus()

    def act(self, name: str) -> None:
        """Do something with the promise the keyboard is on."""
        promise = self.promises.promise
        if promise is None or self.book is None:
            return
        match name:
            case "keep" | "break":
                self._settle(promise, is_kept=name == "keep")
            case "reopen":
                self._reopen(promise)
            case "edit":
                self._edit(promise)
            case "delete":
                self._delete(promise)

    def toggle_table(self) -> None:
        """T: the quarters as a table, or as bars again."""
        self.is_table = not self.is_table
        self.trend.show_twin(is_table=self.is_table)

    def title_words(self) -> str:
        return _("Promises")

    def detail_words(self) -> str:
        return summary_words(self.book.promises) if self.book is not None else ""

    def buttons(self) -> tuple[QWidget, ...]:
        return (self.new_button,)

    def status(self) -> str:
        if self.book is None:
            return ""
        count = len(self.book.promises.open)
        return ngettext("{count} promise open", "{count} promises open", count).format(count=count)

    def flush(self) -> None:
        self.sponsor.flush()

    def shortcuts(self) -> tuple[Shortcut, ...]:
        return (
            Shortcut(keys="N", title=_("New promise")),
            Shortcut(keys="K", title=_("The promise was kept, with the day and what came of it")),
            Shortcut(keys="Space", title=_("Kept today; on a settled one: open again")),
            Shortcut(keys="B", title=_("The promise is broken")),
            Shortcut(keys="Return", title=_("Edit the promise")),
            Shortcut(keys="Del", title=_("Delete the promise")),
            Shortcut(
                keys="1, 2, 3",
                title=_("Open, late, settled ones; in the sponsor check yes, no, not looked at"),
            ),
            Shortcut(keys="T", title=_("The quarters as a table")),
        )

    def commands(self) -> tuple[Command, ...]:
        return (
            Command(title=_("New promise"), run=self.new, keys="N", icon="thumbs-up"),
            Command(title=_("Sponsor check of the quarter"), run=self.sponsor.take_focus, icon="user-check"),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not (is_plain and self.promises.table.hasFocus()):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Space:
            self._toggle()
        elif event.key() == Qt.Key.Key_Delete:
            self.act("delete")
        elif event.key() == Qt.Key.Key_Menu:
            table = self.promises.table
            row = table.visualRect(table.currentIndex())
            self.promises.offer(table.viewport().mapToGlobal(row.bottomLeft()))
        else:
            super().keyPressEvent(event)

    def _toggle(self) -> None:
        from qma_app.services.promises import keep_promise

        promise = self.promises.promise
        if promise is not None and promise.is_settled:
            self._reopen(promise)
        elif promise is not None:
            self.workbench.do(keep_promise, promise.id)

    def _settle(self, promise: Promise, *, is_kept: bool) -> None:
        from ui.dialogs.settle_promise import SettlePromise

        SettlePromise.ask(self.workbench, promise, is_kept=is_kept, parent=self)
        self.promises.take_focus()

    def _reopen(self, promise: Promise) -> None:
        from qma_app.services.promises import reopen_promise

        if promise.is_settled:
            self.workbench.do(reopen_promise, promise.id)

    def _edit(self, promise: Promise) -> None:
        from ui.dialogs.promise import PromiseDialog

        if self.book is not None:
            PromiseDialog.ask(self.workbench, self.book, promise, parent=self)
            self.promises.take_focus()

    def _delete(self, promise: Promise) -> None:
        from qma_app.services.promises import delete_promise

        if self.workbench.do(delete_promise, promise.id) is not None:
            self.workbench.deleted.emit(_("Promise {number} was deleted.").format(number=promise.number))

    def _opened(self, _key: object) -> None:
        self.act("edit")

    def _turned(self) -> None:
        if not _has_focus(self.promises.filter):
            self.promises.take_focus()

    def _show_quarter(self, quarter: object) -> None:
        if isinstance(quarter, Quarter):
            self.sponsor.show_quarter(quarter)
            self.sponsor.take_focus()

    def _show_quarter_of(self, check: SponsorCheck) -> None:
        self.sponsor.show_quarter(Quarter.parse(check.quarter))

    def _has_letters(self) -> bool:
        return self.workbench.settings.single_letters


def _has_focus(widget: QWidget) -> bool:
    """Whether the keyboard is in a widget that is still shown."""
    focused = QApplication.focusWidget()
    return focused is not None and focused.isVisible() and widget.isAncestorOf(focused)
