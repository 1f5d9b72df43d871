"""The table of promises with its filter; what can be done with one is asked for by keys, buttons and a menu."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QStackedWidget, QWidget

from qma_app.domain.promise import Promise
from qma_app.i18n import _
from ui.journey.fitted_table import FittedTable
from ui.key_names import keys_text
from ui.promises.reading import Book
from ui.promises.words import (
    LATE,
    OPEN,
    SETTLED,
    filter_words,
    nothing_words,
    promise_columns,
    promise_row,
    shown_promises,
)
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import PlainLabel
from ui.widgets.segments import Segments

FILTERS = (OPEN, LATE, SETTLED)


_MOST = 8


class _OneShown(QStackedWidget):
    """As high as what it shows, not as the highest of what it could show: few promises leave no empty room below them."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self._turned)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        shown = self.currentWidget()
        if shown is None:
            return super().sizeHint()
        return shown.sizeHint().expandedTo(shown.minimumSize()).boundedTo(shown.maximumSize())

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def _turned(self, _place: int) -> None:
        self.updateGeometry()


class PromisesCard(Card):
    """`wanted` carries the name of an act (edit, keep, break, reopen, delete) for the promise the keyboard is on."""

    wanted = Signal(str)
    making = Signal()
    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.filter = Segments(
            _("Promises"),
            (
                (OPEN, _("Open"), _("Everything that waits (1)")),
                (LATE, _("Late"), _("Only what is late (2)")),
                (SETTLED, _("Settled"), _("Kept and broken ones (3)")),
            ),
        )
        super().__init__(_("Promise book"), self.filter, parent)
        self._book: Book | None = None
        self.chosen = OPEN
        self.table = FittedTable(_("Promises"), promise_columns(), lines=3, most=_MOST)
        self.nothing = PlainLabel("", tone="muted", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.empty = EmptyState(
            "thumbs-up",
            _("No promise yet: note what is promised, and each visit opens with it."),
            _("New promise"),
            keys="N",
        )
        self._stack = _OneShown()
        for widget in (self.table, self.nothing, self.empty):
            self._stack.addWidget(widget)
        self.keep_button = Button(_("Kept"), keys="K")
        self.break_button = Button(_("Broken"), keys="B")
        self.reopen_button = Button(_("Open again"), keys="Space")
        self.edit_button = Button(_("Edit"), keys="Return")
        below = QHBoxLayout()
        below.setSpacing(4)
        self._acts = {
            "keep": self.keep_button,
            "break": self.break_button,
            "reopen": self.reopen_button,
            "edit": self.edit_button,
        }
        for name, button in self._acts.items():
            button.setProperty("act", name)
            button.setProperty("small", True)
            button.clicked.connect(self._pressed)
            below.addWidget(button)
        below.addStretch(1)
        self.body.setSpacing(8)
        self.body.addLayout(below)
        self.body.addWidget(self._stack)
        self.filter.chosen.connect(self.turn)
        self.table.chosen.connect(self._show_acts)
        self.empty.wanted.connect(self.making)

    @property
    def promise(self) -> Promise | None:
        """The promise the keyboard is on."""
        if self._book is None or self._stack.currentWidget() is not self.table:
            return None
        key = self.table.current_key
        return self._book.promise(str(key)) if key is not None else None

    def show_book(self, book: Book) -> None:
        """Show its promises through the filter."""
        self._book = book
        for name, button in self.filter.buttons.items():
            button.say(filter_words(book, name))
            button.setAccessibleName(f"{_('Promises')}: {filter_words(book, name)}")
        shown = shown_promises(book, self.chosen)
        self.table.show_rows([promise_row(book, one) for one in shown])
        self.nothing.setText(nothing_words(self.chosen))
        self._stack.setCurrentWidget(self.empty if not book.all else self.table if shown else self.nothing)
        self.filter.setVisible(bool(book.all))
        self._show_acts()

    def turn(self, chosen: str) -> None:
        """Show the open, the late or the settled ones."""
        self.chosen = chosen
        self.filter.choose(chosen)
        if self._book is not None:
            self.show_book(self._book)
        self.turned.emit()

    def show_promise(self, id: str) -> None:
        """Turn to the filter that shows a promise, and go to it."""
        promise = self._book.promise(id) if self._book is not None else None
        if promise is None:
            return
        if self._book is not None and promise not in shown_promises(self._book, self.chosen):
            self.turn(SETTLED if promise.is_settled else OPEN)
        self.table.select(promise.id)

    def take_focus(self) -> None:
        """The keyboard goes to the table, else to what stands in its place."""
        if self._stack.currentWidget() is self.empty:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._stack.currentWidget() is self.nothing:
            self.filter.buttons[self.chosen].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = self.table.viewport().mapFromGlobal(event.globalPos())
        index = self.table.indexAt(at)
        if index.isValid():
            self.table.selectRow(index.row())
        self.offer(event.globalPos())

    def offer(self, at: QPoint) -> None:
        """Everything that can be done with the promise the keyboard is on."""
        promise = self.promise
        if promise is None:
            return
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        choices = [("keep", _("It was kept…"), "K"), ("break", _("It is broken…"), "B")]
        if promise.is_settled:
            choices.append(("reopen", _("Open it again"), "Space"))
        choices += [("edit", _("Edit…"), "Return"), ("delete", _("Delete"), "Del")]
        for name, words, keys in choices:
            menu.addAction(f"{words}\t{keys_text(keys)}").setData(name)
        menu.triggered.connect(self._chosen_there)
        menu.popup(at)

    def _show_acts(self, _key: object = None) -> None:
        promise = self.promise
        for button in self._acts.values():
            button.setVisible(promise is not None)
        self.reopen_button.setVisible(promise is not None and promise.is_settled)

    def _pressed(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.wanted.emit(str(button.property("act")))

    def _chosen_there(self, action: object) -> None:
        self.wanted.emit(str(action.data()))  # type: ignore[attr-defined]  # the signal of a menu carries a QAction
