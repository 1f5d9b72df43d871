"""The standards: editions to browse and search, to check and compare, to bring in and hand out."""

from __future__ import annotations

from typing import ClassVar, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from qma_app.domain.ids import AreaId, CheckpointId, ProcessId
from qma_app.domain.record import Changes
from qma_app.i18n import _
from qma_app.services.checkpoint_card import Relative
from ui.pages.page import Page
from ui.places import Place
from ui.shortcuts import Command, LetterKey, Shortcut
from ui.standards_view.deeds import StandardDeeds
from ui.standards_view.differences_view import DifferencesView
from ui.standards_view.head import StandardsHead
from ui.standards_view.kpis_view import KpisView
from ui.standards_view.languages_view import LanguagesView
from ui.standards_view.phases_view import PhasesView
from ui.standards_view.problems_view import ProblemsView
from ui.standards_view.read_view import ReadView
from ui.standards_view.shelf import BOTH, Shelf
from ui.workbench import Workbench

READ, LANGUAGES, PROBLEMS, DIFFERENCES, KPIS, PHASES = range(6)


class _View(Protocol):
    def show_edition(self) -> None: ...
    def take_focus(self) -> None: ...
    def status(self) -> str: ...


class StandardsPage(Page):
    """One edition at a time in six views; a view reads an edition when it is first shown with it."""

    key: ClassVar[str] = "standards"
    title: ClassVar[str] = _("Standards")
    icon: ClassVar[str] = "book-open"
    position: ClassVar[int] = 11

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.shelf = Shelf(workbench, self)
        self.head = StandardsHead()
        self.tabs = QTabBar()
        self.read_view = ReadView(self.shelf, workbench.settings)
        self.languages_view = LanguagesView(self.shelf)
        self.problems_view = ProblemsView(workbench, self.shelf)
        self.differences_view = DifferencesView(self.shelf)
        self.kpis_view = KpisView(self.shelf)
        self.phases_view = PhasesView(self.shelf)
        self.stack = QStackedWidget()
        self.deeds = StandardDeeds(workbench, self.shelf, self)
        self._views: tuple[QWidget, ...] = (
            self.read_view,
            self.languages_view,
            self.problems_view,
            self.differences_view,
            self.kpis_view,
            self.phases_view,
        )
        self._shown: set[int] = set()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.tabs.setAccessibleName(_("Views of the edition"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        for title in (
            _("Read"),
            _("Languages"),
            _("Problems"),
            _("Differences"),
            _("KPIs"),
            _("Phases and gates"),
        ):
            self.tabs.addTab(title)
        for view in self._views:
            self.stack.addWidget(view)
        top = QVBoxLayout()
        top.setContentsMargins(18, 10, 18, 0)
        top.setSpacing(2)
        top.addWidget(self.head)
        top.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._show_view)
        self.shelf.rows_changed.connect(self._show_head)
        self.shelf.edition_changed.connect(self._edition_changed)
        self.shelf.language_changed.connect(self._language_changed)
        self.head.edition_chosen.connect(self.shelf.choose)
        self.head.import_wanted.connect(self.deeds.import_file)
        self.head.workbook_wanted.connect(self.deeds.export_workbook)
        self.head.folder_wanted.connect(self.deeds.export_folder)
        self.head.new_wanted.connect(self.deeds.new_edition)
        self.head.upgrade_wanted.connect(self.deeds.upgrade)
        self.head.forget_wanted.connect(self.deeds.forget)
        self.deeds.done.connect(self._kept)
        self.read_view.went.connect(self._went)
        self.read_view.status_changed.connect(self._tell_status)
        self.read_view.place_wanted.connect(self.going)
        self.read_view.relative_wanted.connect(self._read_relative)
        self.problems_view.counted.connect(self._tell_status)
        for view in (self.languages_view, self.problems_view, self.differences_view):
            view.checkpoint_wanted.connect(self._read_checkpoint)
        self.kpis_view.area_wanted.connect(self._read_area)
        settings = self.workbench.settings
        settings.changed.connect(self._setting_changed)
        LetterKey("I", self, self.toggle_reader, is_on=lambda: settings.single_letters)
        LetterKey("L", self, self.next_language, is_on=lambda: settings.single_letters)
        for keys, act in (
            ("Esc", self._escaped),
            ("Ctrl+PgDown", self.next_view),
            ("Ctrl+PgUp", self.previous_view),
            ("Ctrl+O", self.deeds.import_file),
            ("Ctrl+E", self.deeds.export_workbook),
            ("Ctrl+U", self.deeds.upgrade),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def refresh(self) -> None:
        """Read again which editions there are, and what is known of the one looked at."""
        before = self.shelf.edition
        self.shelf.refresh()
        if before is not None and before is self.shelf.edition:
            self._shown = {READ}
            self.read_view.show_again()
            self._show_view()
        self.shelf.read_shipped()

    def apply_changes(self, changes: Changes) -> None:
        self.shelf.refresh()
        if self.tabs.currentIndex() == READ:
            self.read_view.show_again()

    def place(self) -> Place:
        return Place(
            page=self.key,
            dealership_id=self.workbench.dealership_id,
            area_id=self.read_view.area_id,
            process_id=self.read_view.process_id,
            checkpoint_id=self.read_view.list.current_id,
        )

    def go(self, place: Place) -> None:
        if place.checkpoint_id is not None and self.read_view.go_to(CheckpointId(place.checkpoint_id)):
            self.show_view(READ)
        elif place.area_id is not None:
            process_id = ProcessId(place.process_id) if place.process_id is not None else None
            self.read_view.go_to_branch(AreaId(place.area_id), process_id)

    def show_view(self, number: int) -> None:
        """Show one of the six views."""
        self.tabs.setCurrentIndex(number)

    def next_view(self) -> None:
        """Ctrl+Page down: the view behind, round at the end."""
        self.show_view((self.tabs.currentIndex() + 1) % len(self._views))
        self.take_focus()

    def previous_view(self) -> None:
        """Ctrl+Page up: the view before."""
        self.show_view((self.tabs.currentIndex() - 1) % len(self._views))
        self.take_focus()

    def next_area(self) -> None:
        self.show_view(READ)
        self.read_view.next_area()

    def new(self) -> None:
        """Ctrl+N: another edition."""
        self.deeds.new_edition()

    def focus_search(self) -> None:
        if self.tabs.currentIndex() == KPIS:
            self.kpis_view.focus_search()
        else:
            self.show_view(READ)
            self.read_view.focus_search()

    def toggle_reader(self) -> None:
        """I: the reader on or off."""
        self.show_view(READ)
        self.read_view.toggle_reader()

    def next_language(self) -> None:
        """L: the next language of the edition, then all of them side by side."""
        edition = self.shelf.edition
        if edition is None or len(edition.languages) < 2:
            return
        codes = (*edition.languages, BOTH)
        self.shelf.choose_language(codes[(codes.index(self.shelf.language) + 1) % len(codes)])

    def take_focus(self) -> None:
        self._view(self.tabs.currentIndex()).take_focus()

    def status(self) -> str:
        return self._view(self.tabs.currentIndex()).status()

    def shortcuts(self) -> tuple[Shortcut, ...]:
        return (
            Shortcut(keys="Ctrl+F", title=_("Search this edition: words, numbers, any language")),
            Shortcut(keys="Down", title=_("Next checkpoint (J, K)")),
            Shortcut(keys="Return", title=_("Read the checkpoint chosen")),
            Shortcut(keys="I", title=_("Show or hide the reader")),
            Shortcut(keys="L", title=_("Next language, or all side by side")),
            Shortcut(keys="Ctrl+PgDown", title=_("Next view; Ctrl+PgUp the one before")),
            Shortcut(keys="Ctrl+O", title=_("Import a standard or a checklist")),
            Shortcut(keys="Ctrl+E", title=_("Export as Excel workbook")),
            Shortcut(keys="Ctrl+N", title=_("New edition from this one")),
            Shortcut(keys="Ctrl+U", title=_("Upgrade a programme")),
            Shortcut(keys="Esc", title=_("Out of the reader or the search")),
        )

    def commands(self) -> tuple[Command, ...]:
        deeds = self.deeds
        return (
            Command(
                title=_("Import a standard or checklist…"),
                run=deeds.import_file,
                keys="Ctrl+O",
                icon="download",
            ),
            Command(
                title=_("Export this edition as Excel workbook…"),
                run=deeds.export_workbook,
                keys="Ctrl+E",
                icon="file-spreadsheet",
            ),
            Command(title=_("Export this edition as YAML folder…"), run=deeds.export_folder, icon="folder"),
            Command(title=_("New edition from this one…"), run=deeds.new_edition, keys="Ctrl+N", icon="plus"),
            Command(title=_("Upgrade a programme…"), run=deeds.upgrade, keys="Ctrl+U", icon="milestone"),
            Command(title=_("Search this edition"), run=self.focus_search, keys="Ctrl+F", icon="search"),
            Command(title=_("Read the edition"), run=self.show_reading, icon="book-open"),
            Command(title=_("Show coverage of languages"), run=self.show_languages, icon="languages"),
            Command(title=_("Show problems of the edition"), run=self.show_problems, icon="triangle-alert"),
            Command(title=_("Compare editions"), run=self.show_differences, icon="git-branch"),
            Command(title=_("Show KPI definitions"), run=self.show_kpis, icon="gauge"),
            Command(title=_("Show phases and gates"), run=self.show_phases, icon="milestone"),
        )

    def show_reading(self) -> None:
        self.show_view(READ)

    def show_languages(self) -> None:
        self.show_view(LANGUAGES)

    def show_problems(self) -> None:
        self.show_view(PROBLEMS)

    def show_differences(self) -> None:
        self.show_view(DIFFERENCES)

    def show_kpis(self) -> None:
        self.show_view(KPIS)

    def show_phases(self) -> None:
        self.show_view(PHASES)

    def _view(self, number: int) -> _View:
        view: _View = self._views[number]  # type: ignore[assignment]  # each of them is one
        return view

    def _show_view(self, _number: int = 0) -> None:
        number = self.tabs.currentIndex()
        if number not in self._shown:
            self._shown.add(number)
            self._view(number).show_edition()
        self.stack.setCurrentIndex(number)
        self._tell_status()

    def _show_head(self) -> None:
        self.head.show_editions(self.shelf.rows, self.shelf.row)
        self._shown.discard(DIFFERENCES)
        if self.tabs.currentIndex() == DIFFERENCES:
            self._show_view()

    def _edition_changed(self) -> None:
        self.head.show_editions(self.shelf.rows, self.shelf.row)
        self._shown.clear()
        self._show_view()

    def _language_changed(self) -> None:
        self._shown = {READ}
        self.read_view.show_language()
        if self.tabs.currentIndex() != READ:
            self._show_view()

    def _setting_changed(self, name: str) -> None:
        if name in ("content_language", "single_letters") and self.shelf.edition is not None:
            self.read_view.list.letters_are_on = self.workbench.settings.single_letters
            self._language_changed()

    def _kept(self, hash: str) -> None:
        """An edition came or went."""
        self.shelf.refresh()
        if hash:
            self.shelf.choose(hash)  # type: ignore[arg-type]  # the hash of an edition

    def _read_checkpoint(self, id: CheckpointId) -> None:
        self.show_view(READ)
        self.read_view.go_to(id)
        self.take_focus()
        self._went()

    def _read_relative(self, relative: Relative) -> None:
        """On to the checkpoint in the other edition."""
        if relative.edition is not None:
            self.shelf.choose(relative.edition)
            self._read_checkpoint(relative.id)

    def _read_area(self, id: AreaId) -> None:
        self.show_view(READ)
        self.read_view.go_to_branch(id)
        self.take_focus()
        self._went()

    def _escaped(self) -> None:
        if self.tabs.currentIndex() == READ:
            self.read_view.escape()
        elif self.tabs.currentIndex() == KPIS and self.kpis_view.search.text():
            self.kpis_view.search.clear()
            self.take_focus()
        else:
            self.show_view(READ)
            self.take_focus()

    def _went(self) -> None:
        self.went.emit()
        self._tell_status()

    def _tell_status(self) -> None:
        self.status_changed.emit(self.status())
