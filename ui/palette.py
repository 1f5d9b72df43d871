"""Gathers what the command palette and the choice of dealerships offer, and runs what is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from qma_app.domain.ids import DealershipId
from qma_app.i18n import _
from ui.dialogs.command_palette import CommandPalette
from ui.errands import Errands
from ui.places import Place
from ui.session import Session
from ui.shortcuts import Command
from ui.window import MainWindow
from ui.workspace_errands import WorkspaceErrands


class Palette(QObject):
    """Commands of this page first, then the pages, then the rest; hits follow as somebody types."""

    def __init__(
        self, window: MainWindow, session: Session, errands: Errands, workspaces: WorkspaceErrands
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._errands = errands
        self._workspaces = workspaces
        self._bench = window.workbench

    def switch(self) -> None:
        """Another dealership, the sample, or another workspace, by typing a part of its name."""
        chosen = CommandPalette.ask(
            self._window,
            [*self._dealership_commands(), *self._workspace_commands()],
            _find_nothing,
            hint=_("Switch dealership"),
            below=self._window.header.name,
        )
        if chosen is not None:
            chosen.run()

    def show(self) -> None:
        """Ctrl+K: every command, dealership and word."""
        chosen = CommandPalette.ask(self._window, self.commands(), self._hits)
        if chosen is not None:
            chosen.run()

    def commands(self) -> list[Command]:
        """Everything the palette offers before anything is typed: this page's, the pages, the rest."""
        page = self._window.current_page
        here = [] if page is None else list(page.commands())
        places = [
            Command(
                title=_("Go to {page}").format(page=entry.title),
                keys=entry.keys,
                icon=entry.icon,
                run=partial(self._window.go_to_page, entry.key),
            )
            for entry in self._window.entries
        ]
        elsewhere = [
            Command(
                title=c.title,
                keys=c.keys,
                icon=c.icon,
                detail=entry.title,
                run=partial(self._run_on, entry.key, c),
            )
            for entry in self._window.entries
            if self._bench.dealership_id is not None and (page is None or entry.key != page.key)
            for c in self._window.page(entry.key).commands()
        ]
        return [
            *here,
            *places,
            *self._anywhere(),
            *elsewhere,
            *self._dealership_commands(),
            *self._workspace_commands(),
        ]

    def _anywhere(self) -> list[Command]:
        errands = self._errands
        undo, redo = self._bench.undo_title(), self._bench.redo_title()
        entries = [
            _command(_("Quick capture"), "pencil", errands.quick_capture, "Ctrl+Shift+F"),
            _command(_("Preview report"), "printer", errands.preview_report, "Ctrl+P"),
            _command(_("Edit this dealership"), "building-2", errands.edit_dealership),
            *self._dealership_errands(),
            _command(_("Check a paper…"), "shield-check", errands.check_papers),
            _command(_("Change who is working"), "user", errands.who_is_working),
            _command(_("Focus mode"), "maximize", self._window.toggle_focus, "F11"),
            _command(_("Go back"), "arrow-left", self._window.back, "Alt+Left"),
            _command(_("Go forward"), "arrow-right", self._window.forward, "Alt+Right"),
            _command(_("Show keyboard shortcuts"), "keyboard", errands.show_shortcuts, "F1"),
            _command(_("Quit"), "x", self._window.close, "Ctrl+Q"),
        ]
        if undo:
            entries.append(_command(_("Undo: {what}").format(what=undo), "undo-2", errands.undo, "Ctrl+Z"))
        if redo:
            entries.append(
                _command(_("Redo: {what}").format(what=redo), "redo-2", errands.redo, "Ctrl+Shift+Z")
            )
        return entries

    def _dealership_errands(self) -> list[Command]:
        engagement = self._bench.engagement
        if engagement is None:
            return []
        title, act = _("Take in a self-assessment…"), self._errands.take_in_self_assessment
        taking_in = _command(title, "file-check", act)
        if engagement.is_running:
            return [taking_in]
        return [_command(_("Begin the next programme…"), "route", self._errands.next_programme), taking_in]

    def _dealership_commands(self) -> list[Command]:
        if not self._bench.has_workspace:
            return []
        from qma_app.services.dealerships import list_dealerships

        return [
            Command(
                title=row.title,
                detail=row.code
                if row.id != self._bench.dealership_id
                else _("{code} · shown now").format(code=row.code),
                icon="building-2",
                run=partial(self._window.go, Place(page="today", dealership_id=row.id)),
            )
            for row in self._bench.read(list_dealerships, with_archived=False)
        ]

    def _workspace_commands(self) -> list[Command]:
        is_sample = self._bench.has_workspace and self._bench.workspace.is_sample
        commands = [Command(title=_("New dealership…"), icon="plus", run=self._errands.new_dealership)]
        if is_sample and self._session.has_own:
            commands.append(
                Command(title=_("Open my own workspace"), icon="house", run=self._workspaces.open_own)
            )
        if not is_sample:
            commands.append(
                Command(title=_("Open sample dealership"), icon="sparkles", run=self._workspaces.open_sample)
            )
        commands.append(
            Command(title=_("Open workspace folder…"), icon="folder-open", run=self._workspaces.open_folder)
        )
        commands.append(
            Command(
                title=_("Restore from backup…"), icon="archive-restore", run=self._workspaces.restore_backup
            )
        )
        return commands

    def _hits(self, text: str) -> Sequence[Command]:
        if not self._bench.has_workspace:
            return ()
        from qma_app.services.searching import search
        from ui.search_hits import as_command

        here = self._bench.dealership_id
        hits = search(self._bench.workspace, text, dealership_id=DealershipId(here) if here else None)
        return [as_command(hit, self._window.go) for hit in hits]

    def _run_on(self, key: str, command: Command) -> None:
        self._window.go_to_page(key)
        command.run()


def _command(title: str, icon: str, run: Callable[[], object], keys: str = "") -> Command:
    return Command(title=title, icon=icon, run=run, keys=keys)


def _find_nothing(_text: str) -> Sequence[Command]:
    return ()
