"""Which process is whose: what nobody answers for stands on top, and several are given to somebody in one step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.ids import EditionHash, EngagementId
from qma_app.domain.ports import Reader
from qma_app.domain.process_owner import ProcessOwner
from qma_app.domain.record import Changes
from qma_app.i18n import _, day_text, ngettext
from qma_app.services.process_owners import OwnerLine
from ui.findings.beside import Beside
from ui.models.standards_table import TableColumn, TableRow
from ui.pages.view_part import ViewPart
from ui.people.filter_line import FilterLine
from ui.people.main_side import MainSide
from ui.people.owner_panel import OwnerPanel
from ui.people.reading import PeopleDesk, read_people
from ui.places import Place
from ui.shortcuts import Command, Shortcut
from ui.standards_view.table import WordTable
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.segments import Segments
from ui.workbench import Workbench


class OwnersTable(WordTable):
    """Shift and Ctrl choose several rows; `several_chosen` says that other rows are."""

    several_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Processes and who answers for them"),
            (
                TableColumn(title=_("Area"), share=4, is_quiet=True, hidden_below=560),
                TableColumn(title=_("Process"), share=6, is_strong=True),
                TableColumn(title=_("Owner"), share=3),
                TableColumn(title=_("Deputy"), share=3, is_quiet=True, hidden_below=480),
                TableColumn(title=_("Description"), share=5),
            ),
            parent,
            lines=2,
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.selectionModel().selectionChanged.connect(self._several)

    @property
    def chosen_keys(self) -> tuple[str, ...]:
        """The rows chosen, from top to bottom."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return tuple(str(self.words.rows[row].key) for row in rows)

    def show_rows(self, rows: Sequence[TableRow]) -> None:
        before = set(self.chosen_keys)
        super().show_rows(rows)
        kept = [place for place, row in enumerate(rows) if row.key in before]
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for place in kept:
            self.selectionModel().select(self.words.index(place, 0), flags)

    def _several(self) -> None:
        self.several_chosen.emit()


class OwnersView(ViewPart):
    """Enter names the owner of what is chosen and goes on to the next process without one."""

    key: ClassVar[str] = "owners"
    page_key: ClassVar[str] = "people"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.desk: PeopleDesk | None = None
        self._roles: dict[str, str] = {}
        self._edition: EditionHash | None = None
        self.filter = FilterLine(_("Filter processes"))
        self.which = Segments(
            _("Processes"),
            [
                ("all", _("All"), _("Every process that counts here")),
                ("open", _("Open"), _("Processes without an owner or a description")),
            ],
        )
        self.table = OwnersTable()
        self.panel = OwnerPanel(workbench)
        self.nothing = EmptyState(
            "list-filter", _("No process matches."), _("Show all processes"), keys="Esc"
        )
        self.assign_button = Button(_("Name the owner"), kind="primary", keys="Return")
        self._build()
        self._connect()

    def _build(self) -> None:
        card = Card()
        card.body.setSpacing(8)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.which)
        line.addWidget(self.filter, 1)
        line.addStretch(1)
        card.body.addLayout(line)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.nothing, 1)
        self.beside = Beside()
        self.beside.hold(MainSide(card), self.panel)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.beside)

    def _connect(self) -> None:
        self.filter.narrowed.connect(self._show)
        self.filter.left_down.connect(self.take_focus)
        self.which.chosen.connect(self._show)
        self.table.several_chosen.connect(self._chosen)
        self.table.opened.connect(self.assign)
        self.assign_button.clicked.connect(self.assign)
        self.panel.close_wanted.connect(self.close_panel)
        self.panel.named.connect(self._next)
        self.nothing.wanted.connect(self.show_all)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.close_panel)

    def refresh(self) -> None:
        engagement = self.workbench.engagement
        if engagement is None:
            return
        self.desk = self.workbench.read(read_people, engagement.id)
        if self._edition != engagement.edition:
            self._edition = engagement.edition
            self._roles = self.workbench.read(_roles, engagement.id)
        self._show()
        self.head_changed.emit()

    def mark(self, changes: Changes) -> None:
        for owned in changes.of(ProcessOwner):
            self.table.select(owned.process_id)

    def place(self) -> Place:
        keys = self.table.chosen_keys
        return Place(
            page=self.page_key,
            dealership_id=self.workbench.dealership_id,
            view=self.key,
            process_id=keys[0] if keys else None,
        )

    def go(self, place: Place) -> None:
        if place.process_id is not None:
            if not any(row.key == place.process_id for row in self.table.words.rows):
                self.show_all()
            self.table.select(place.process_id)

    def take_focus(self) -> None:
        shown = self.table if self.table.isVisibleTo(self) else self.nothing.button
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        self.filter.take_focus()

    def flush(self) -> None:
        self.panel.flush()

    def assign(self, _key: object = None) -> None:
        """Enter: name who answers for what is chosen."""
        if self.table.chosen_keys:
            self.beside.unfold()
            self.panel.take_focus()

    def show_all(self) -> None:
        """Take the filters back."""
        self.which.choose("all")
        self.filter.clear()
        self._show()

    def close_panel(self) -> None:
        """Esc: the keyboard goes back to the table; where the panel lies over it, it goes."""
        self.flush()
        self.beside.fold()
        self.take_focus()

    def title_words(self) -> str:
        return _("Processes and owners")

    def detail_words(self) -> str:
        if self.desk is None:
            return ""
        lines = self.desk.applying
        owned = sum(one.owner is not None for one in lines)
        described = sum(one.described_on is not None for one in lines)
        return _("{owned} of {count} processes have an owner · {described} are described").format(
            owned=owned, described=described, count=len(lines)
        )

    def buttons(self) -> tuple[QWidget, ...]:
        return (self.assign_button,)

    def status(self) -> str:
        count = len(self.table.chosen_keys)
        if count < 2:
            return ""
        return ngettext("{count} process chosen", "{count} processes chosen", count).format(count=count)

    def shortcuts(self) -> tuple[Shortcut, ...]:
        return (
            Shortcut(keys="Return", title=_("Name the owner of what is chosen")),
            Shortcut(keys="Shift+Down", title=_("Choose one more process")),
            Shortcut(keys="Ctrl+A", title=_("Choose every process shown")),
            Shortcut(keys="Ctrl+F", title=_("Filter processes")),
        )

    def commands(self) -> tuple[Command, ...]:
        return (
            Command(
                title=_("Name the owner of a process"), run=self.assign, keys="Return", icon="user-check"
            ),
        )

    def _show(self, _words: str = "") -> None:
        desk = self.desk
        if desk is None:
            return
        lines = [one for one in desk.applying if self.filter.matches(*_words_of(one))]
        if self.which.current == "open":
            lines = [one for one in lines if not one.is_complete]
        ordered = [one for one in lines if one.owner is None] + [
            one for one in lines if one.owner is not None
        ]
        self.table.setVisible(bool(ordered))
        self.nothing.setVisible(not ordered)
        self.table.show_rows(_rows(ordered))
        self._chosen()

    def _chosen(self) -> None:
        desk = self.desk
        wanted = set(self.table.chosen_keys) if self.table.isVisibleTo(self) else set()
        lines = [one for one in desk.owners if one.process.id in wanted] if desk is not None else []
        self.assign_button.setEnabled(bool(lines))
        self.beside.want(is_wanted=bool(lines))
        if desk is not None and lines:
            roles = {self._roles.get(one.process.owner, "") for one in lines}
            self.panel.show_lines(desk, lines, next(iter(roles)) if len(roles) == 1 else "")
        self.head_changed.emit()

    def _next(self) -> None:
        """On to the next process that has no owner; without one the table has the keyboard."""
        rows = self.table.words.rows
        desk = self.desk
        without = (
            {one.process.id for one in desk.applying if one.owner is None} if desk is not None else set()
        )
        following = next((row.key for row in rows if row.key in without), None)
        if following is None:
            self.take_focus()
            return
        self.table.select(following)
        self.panel.take_focus()


def _rows(lines: Sequence[OwnerLine]) -> list[TableRow]:
    """The area is named where it changes."""
    rows: list[TableRow] = []
    before = ""
    for one in lines:
        group = f"{one.area.id} {one.owner is None}"
        area = f"{one.area.code} {one.area.title}" if group != before else ""
        before = group
        described = day_text(one.described_on) if one.described_on is not None else _("not seen yet")
        rows.append(
            TableRow(
                key=one.process.id,
                cells=(
                    area,
                    f"{one.process.number} {one.process.title}",
                    one.owner.name if one.owner is not None else _("nobody yet"),
                    one.deputy.name if one.deputy is not None else "–",
                    described,
                ),
                tones={
                    **({2: "bad"} if one.owner is None else {}),
                    **({4: "muted"} if one.described_on is None else {}),
                },
                small={4: one.described_in} if one.described_in else {},
            )
        )
    return rows


def _words_of(line: OwnerLine) -> tuple[str, ...]:
    named = (one.name for one in (line.owner, line.deputy) if one is not None)
    return (
        line.area.code,
        str(line.area.title),
        line.process.number,
        str(line.process.title),
        line.described_in,
        *named,
    )


def _roles(reader: Reader, engagement_id: EngagementId) -> dict[str, str]:
    """The roles of the edition by their ids."""
    from qma_app.domain.engagement import Engagement

    edition = reader.edition(reader.get(Engagement, engagement_id).edition)
    return {role.id: str(role.title) for role in edition.roles}
