"""The people of the dealership as a table, one of them beside it; lists go in and out from here."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.ids import PersonId
from qma_app.domain.people import Person
from qma_app.domain.record import Changes
from qma_app.i18n import _, ngettext
from qma_app.services.people import remove_person
from ui.findings.beside import Beside
from ui.models.standards_table import TableColumn, TableRow
from ui.pages.view_part import ViewPart
from ui.people import lists
from ui.people.filter_line import FilterLine
from ui.people.main_side import MainSide
from ui.people.person_panel import PersonPanel
from ui.people.reading import PeopleDesk, PersonLine, numbers_text, read_people
from ui.places import Place
from ui.shortcuts import Command, LetterKey, Shortcut
from ui.standards_view.table import WordTable
from ui.widgets.buttons import Button, MenuButton
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState
from ui.workbench import Workbench


class PeopleView(ViewPart):
    """Enter writes in the panel, N adds somebody, Delete removes, and Ctrl+V takes in rows of a spreadsheet."""

    key: ClassVar[str] = "people"
    page_key: ClassVar[str] = "people"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.desk: PeopleDesk | None = None
        self.filter = FilterLine(_("Filter people"))
        self.table = WordTable(
            _("People of the dealership"),
            (
                TableColumn(title=_("Name"), share=4, is_strong=True),
                TableColumn(title=_("Function"), share=4),
                TableColumn(title=_("E-mail"), share=6, is_quiet=True, is_one_line=True, hidden_below=700),
                TableColumn(title=_("Phone"), share=4, is_quiet=True, is_one_line=True, hidden_below=820),
                TableColumn(title=_("Answers for"), share=4),
                TableColumn(title=_("Stands in for"), share=3, is_quiet=True, hidden_below=560),
            ),
        )
        self.panel = PersonPanel(workbench)
        self.empty = EmptyState(
            "users",
            _(
                "Nobody of this dealership is known yet. Add people one by one, or take in a list from Excel or vCard."
            ),
            _("Add a person"),
            keys="N",
        )
        self.nothing = EmptyState("list-filter", _("Nobody matches the filter."), _("Show all"), keys="Esc")
        self.new_button = Button(_("Add a person"), kind="primary", keys="N")
        self.lists = MenuButton(_("Lists"))
        self.lists.setAccessibleName(_("Lists of people: in and out"))
        self._build()
        self._connect()

    def _build(self) -> None:
        card = Card()
        card.body.setSpacing(8)
        line = QHBoxLayout()
        line.addWidget(self.filter, 1)
        line.addStretch(1)
        self._filter_line = QWidget()
        self._filter_line.setLayout(line)
        line.setContentsMargins(0, 0, 0, 0)
        for widget in (self._filter_line, self.table, self.empty, self.nothing):
            card.body.addWidget(widget, 0 if widget is self._filter_line else 1)
        self.beside = Beside()
        self.beside.hold(MainSide(card), self.panel)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.beside)

    def _connect(self) -> None:
        self.filter.narrowed.connect(self._show)
        self.filter.left_down.connect(self.take_focus)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._opened)
        self.panel.close_wanted.connect(self.close_panel)
        self.panel.remove_wanted.connect(self.remove)
        self.panel.process_wanted.connect(self._to_process)
        self.empty.wanted.connect(self.new)
        self.nothing.wanted.connect(self.filter.clear)
        self.new_button.clicked.connect(self.new)
        self.lists.choices.aboutToShow.connect(self._offer_lists)
        LetterKey("N", self, self.new, is_on=self.has_letters)
        for keys, act in (
            ("Delete", self._remove_current),
            ("Esc", self.close_panel),
            ("Ctrl+V", self._paste),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def refresh(self) -> None:
        engagement = self.workbench.engagement
        if engagement is None:
            return
        self.desk = self.workbench.read(read_people, engagement.id)
        self._show()
        self.head_changed.emit()

    def mark(self, changes: Changes) -> None:
        for person in changes.of(Person):
            self.select(person.id)

    def select(self, person_id: str) -> None:
        """Choose somebody in the table."""
        self.table.select(person_id)

    def place(self) -> Place:
        current = self.table.current_key
        return Place(
            page=self.page_key,
            dealership_id=self.workbench.dealership_id,
            view=self.key,
            person_id=str(current) if current is not None else None,
        )

    def go(self, place: Place) -> None:
        if place.person_id is not None:
            self.select(place.person_id)

    def take_focus(self) -> None:
        shown = next(
            (one for one in (self.table, self.empty.button, self.nothing.button) if one.isVisibleTo(self)),
            self.table,
        )
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        self.filter.take_focus()

    def flush(self) -> None:
        self.panel.flush()

    def new(self) -> None:
        """N: a dialog for somebody new."""
        from ui.dialogs.edit_person import EditPerson

        if self.workbench.dealership_id is None:
            return
        made = EditPerson.ask(self.workbench, self.window())
        if made is not None:
            self.filter.clear()
            self.select(made)
            self.take_focus()

    def remove(self, person_id: str) -> None:
        """Move somebody to the bin; the window offers Undo, and history goes on naming the person."""
        line = self.desk.line(person_id) if self.desk is not None else None
        if line is None:
            return
        self.flush()
        if self.workbench.do(remove_person, PersonId(person_id)) is not None:
            words = _("{name} was removed.").format(name=line.person.name)
            if line.owns:
                words += " " + ngettext(
                    "{count} process has no owner now.",
                    "{count} processes have no owner now.",
                    len(line.owns),
                ).format(count=len(line.owns))
            self.workbench.deleted.emit(words)
            self.take_focus()

    def close_panel(self) -> None:
        """Esc: the keyboard goes back to the table; where the panel lies over it, it goes."""
        self.flush()
        self.beside.fold()
        self.take_focus()

    def title_words(self) -> str:
        return _("People")

    def detail_words(self) -> str:
        if self.desk is None or not self.desk.people:
            return ""
        count = len(self.desk.people)
        words = [ngettext("{count} person", "{count} people", count).format(count=count)]
        without = sum(one.owner is None for one in self.desk.applying)
        if without:
            words.append(
                ngettext(
                    "{count} process has no owner yet", "{count} processes have no owner yet", without
                ).format(count=without)
            )
        return " · ".join(words)

    def buttons(self) -> tuple[QWidget, ...]:
        return (self.lists, self.new_button)

    def shortcuts(self) -> tuple[Shortcut, ...]:
        return (
            Shortcut(keys="N", title=_("Add a person")),
            Shortcut(keys="Return", title=_("Write about the person chosen")),
            Shortcut(keys="Delete", title=_("Remove the person")),
            Shortcut(keys="Ctrl+V", title=_("Take in rows copied from a spreadsheet")),
            Shortcut(keys="Ctrl+F", title=_("Filter people")),
        )

    def commands(self) -> tuple[Command, ...]:
        return (
            Command(title=_("Add a person"), run=self.new, keys="N", icon="users"),
            *(
                Command(title=title, run=run, icon="users")
                for title, run in lists.offers(self.workbench, self, self.workbench.dealership_id)
            ),
        )

    def _offer_lists(self) -> None:
        self.lists.choices.clear()
        for title, run in lists.offers(self.workbench, self, self.workbench.dealership_id):
            self.lists.choices.addAction(title).triggered.connect(run)

    def _show(self) -> None:
        desk = self.desk
        if desk is None:
            return
        shown = [one for one in desk.people if self.filter.matches(*_words(one))]
        self.table.show_rows([_row(one) for one in shown])
        self._filter_line.setVisible(bool(desk.people))
        self.empty.setVisible(not desk.people)
        self.nothing.setVisible(bool(desk.people) and not shown)
        self.table.setVisible(bool(shown))
        self.new_button.setVisible(bool(desk.people))
        if not shown:
            self.beside.want(is_wanted=False)
        else:
            self._chosen(self.table.current_key)

    def _chosen(self, key: object) -> None:
        line = self.desk.line(str(key)) if self.desk is not None and key is not None else None
        self.beside.want(is_wanted=line is not None)
        if self.desk is not None and line is not None:
            self.panel.show_person(self.desk, line)

    def _opened(self, _key: object) -> None:
        self.beside.unfold()
        self.panel.take_focus()

    def _to_process(self, process_id: str) -> None:
        self.going.emit(
            Place(
                page=self.page_key,
                dealership_id=self.workbench.dealership_id,
                view="owners",
                process_id=process_id,
            )
        )

    def _remove_current(self) -> None:
        if self.table.hasFocus() and self.table.current_key is not None:
            self.remove(str(self.table.current_key))

    def _paste(self) -> None:
        lists.take_in_pasted(self.workbench, self)

    def take_in(self, path: Path | None = None) -> None:
        """Look at a list from outside and take it in."""
        lists.take_in(self.workbench, self, path)


def _words(line: PersonLine) -> tuple[str, ...]:
    one = line.person
    owned = (text for own in line.owns for text in (own.process.number, str(own.process.title)))
    return (one.name, one.function, one.email, one.phone, *line.parts, *owned)


def _row(line: PersonLine) -> TableRow:
    one = line.person
    parts = " · ".join(line.parts)
    return TableRow(
        key=one.id,
        cells=(
            one.name,
            one.function or "–",
            one.email or "–",
            one.phone or "–",
            numbers_text(line.owns) or "–",
            numbers_text(line.stands_in) or "–",
        ),
        small={0: parts} if parts else {},
        tip=" · ".join(filter(None, (one.email, one.phone))),
    )
