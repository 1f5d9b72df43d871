"""What happens around the pages: opening after the first paint, welcome, header, badges, backup, crash reports, closing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from qma_app.i18n import _, in_language
from ui import keys
from ui.errands import Errands
from ui.files import copy_path, open_file, show_in_folder
from ui.palette import Palette
from ui.places import Place
from ui.session import Session
from ui.window import MainWindow
from ui.window_state import keep_window
from ui.workspace_errands import WorkspaceErrands

if TYPE_CHECKING:
    from datetime import date, datetime

    from qma_app.domain.engagement import Engagement
    from qma_app.domain.ports import Reader
    from qma_app.domain.record import Changes
    from ui.crash import CrashKeeper
    from ui.jobs import Job, Progress
    from ui.pages.page import Page
    from ui.pages.welcome import WelcomePage
    from ui.visit.bar import VisitBar

_BACKUP_AFTER_MS = 20_000


class FrontDoor(QObject):
    """Listens to window, workbench and session; knows no page by name but Today."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._bench = window.workbench
        self._welcome: WelcomePage | None = None
        self._crash: CrashKeeper | None = None
        self._visit_bar: VisitBar | None = None
        self.session = Session(self._bench, self)
        self.errands = Errands(window, self.session)
        self.workspaces = WorkspaceErrands(window, self.session)
        self.palette = Palette(window, self.session, self.errands, self.workspaces)
        keys.bind(window, self.errands, self.palette)
        self._backup_timer = QTimer(self)
        self._backup_timer.setSingleShot(True)
        self._backup_timer.setInterval(_BACKUP_AFTER_MS)
        self._backup_timer.timeout.connect(self._back_up)
        self._connect()

    def _connect(self) -> None:
        window, bench = self._window, self._bench
        window.remembered = self.session.remember
        window.left_pages.connect(self.show_welcome)
        window.closing.connect(self._closing)
        window.papers_dropped.connect(self.errands.check_papers)
        window.page_shown.connect(self._page_shown)
        window.stack.went.connect(self._page_shown)
        window.header.switch_wanted.connect(self.palette.switch)
        window.header.search_wanted.connect(self.palette.show)
        window.status.worker_wanted.connect(self.errands.who_is_working)
        window.status.backup_wanted.connect(self.errands.show_settings)
        self.session.opened.connect(self._opened)
        self.session.failed.connect(window.tell_error)
        bench.wanted_new_dealership.connect(self.errands.new_dealership)
        bench.wanted_dealership_edit.connect(self.errands.edit_dealership)
        bench.wanted_next_programme.connect(self.errands.next_programme)
        bench.wanted_worker_change.connect(self.errands.who_is_working)
        bench.wanted_self_assessment.connect(self.errands.take_in_self_assessment)
        bench.wanted_restore.connect(self.workspaces.restore_wanted)
        bench.wanted_sample_reset.connect(self.workspaces.reset_sample)
        bench.wanted_sample_removal.connect(self.workspaces.remove_sample)
        bench.workspace_changed.connect(self._workspace_changed)
        bench.dealership_changed.connect(self.show_dealership)
        bench.dealership_changed.connect(self.show_visit)
        bench.changed.connect(self._changed)
        bench.backed_up.connect(self.show_backup)
        bench.file_saved.connect(self._file_saved)
        bench.jobs.started.connect(self._busy)
        bench.jobs.ended.connect(self._busy)

    def guard(self, crash: CrashKeeper) -> None:
        """Show what goes wrong, and offer the report of a run that ended badly."""
        self._crash = crash
        crash.crashed.connect(self._crashed)
        crash.refused.connect(self._window.tell_error)
        self._bench.jobs.crashed.connect(crash.bug)
        left_over = crash.left_over
        if left_over is not None:
            self._window.messages.tell(
                _("The program stopped unexpectedly the last time. Everything that was saved is there."),
                (_("Show report"), partial(self._show_report, left_over)),
                (_("Do not show again"), self._reports_seen),
            )

    def start(self, wanted: Path | None) -> None:
        """Open the folder or backup asked for, else what was open last."""
        if wanted is not None and wanted.is_file():
            self.session.start(None)
            self.workspaces.open_path(wanted)
        else:
            self.session.start(wanted)

    def close(self) -> None:
        """Stop long work and give the workspace back."""
        self._backup_timer.stop()
        self._bench.jobs.cancel_all()
        self._bench.use(None)

    def show_welcome(self) -> None:
        """Where there is no dealership: three ways to begin."""
        if self._welcome is None:
            from ui.pages.welcome import WelcomePage

            self._welcome = WelcomePage()
            self._welcome.new_wanted.connect(self.errands.new_dealership)
            self._welcome.sample_wanted.connect(self.workspaces.open_sample)
            self._welcome.restore_wanted.connect(self.workspaces.restore_backup)
            self._welcome.own_wanted.connect(self.workspaces.open_own)
            self._welcome.language_chosen.connect(self._language_chosen)
        is_elsewhere = self._bench.has_workspace and self._bench.workspace.folder != self.session.own_folder
        self._welcome.show_own(has_own=is_elsewhere and self.session.has_own)
        self._window.show_alone(self._welcome)
        self._welcome.take_focus()

    def show_dealership(self) -> None:
        """Name, code, edition and month in the header; counts in the sidebar."""
        window, bench = self._window, self._bench
        engagement = bench.engagement
        if engagement is None:
            window.header.show_dealership("", "", is_sample=False)
            window.setWindowTitle("")
            return
        name, detail, is_sample = bench.read(_header_words, engagement, bench.workspace.today())
        window.header.show_dealership(name, detail, is_sample=is_sample)
        window.setWindowTitle(name)
        for entry in window.entries:
            if entry.badge is not None:
                window.sidebar.show_badge(entry.key, bench.read(entry.badge, engagement))

    def show_visit(self) -> None:
        """A visit under way is said on every page; until there is one, nothing is made for it."""
        from qma_app.services.today_programme import visit_under_way

        bench, bar = self._bench, self._visit_bar
        if bar is None:
            if bench.engagement is None or bench.read(visit_under_way, bench.engagement.id) is None:
                return
            from ui.visit.bar import VisitBar

            bar = self._visit_bar = VisitBar(bench)
            bar.note_wanted.connect(self.errands.quick_capture)
            bar.going.connect(self._window.go)
            self._window.put_below_header(bar)
        bar.refresh()
        if (page := self._window.current_page) is not None:
            self._page_shown(page)

    def _page_shown(self, page: Page) -> None:
        """Today says itself what is under way, and so does the desk of the visit."""
        bar = self._visit_bar
        if bar is not None:
            is_desk = bar.visit is not None and page.place().visit_id == bar.visit.id
            bar.stand_aside(is_aside=page.key == "today" or is_desk)

    def show_worker(self) -> None:
        """Who is working, in the status bar."""
        from qma_app.services.working import current_worker

        worker = current_worker(self._bench.workspace) if self._bench.has_workspace else None
        self._window.status.show_worker(worker.text if worker else _("Nobody is named: who is working?"))

    def show_backup(self) -> None:
        """When the last backup was made, in the status bar."""
        from qma_app.services.backups import list_backups
        from ui.when import when_text

        if not self._bench.has_workspace:
            return
        rows = list_backups(self._bench.workspace.folder)
        if rows:
            when = when_text(rows[0].made_at, self._bench.workspace.today())
            self._window.status.show_backup(_("Last backup {when}").format(when=when))
        else:
            self._window.status.show_backup(_("No backup yet"))

    def _opened(self, place: Place | None) -> None:
        self._window.forget_places()
        if place is None:
            self.show_welcome()
        else:
            self._bench.open_dealership(place.dealership_id)
            self._window.go(place)
        self._tell_notices()

    def _workspace_changed(self) -> None:
        self._backup_timer.stop()
        if not self._bench.has_workspace:
            self._window.sidebar.show_workspace("")
            return
        workspace = self._bench.workspace
        words = _("Sample · {protection}") if workspace.is_sample else _("Workspace · {protection}")
        state = _("read only") if workspace.is_read_only else workspace.protection
        self._window.sidebar.show_workspace(words.format(protection=state))
        last = self._bench.read(_last_change)
        is_today = last is not None and last.astimezone().date() == workspace.today()
        self._window.status.show_saved(last if is_today else None)
        self.show_worker()
        self.show_backup()
        if not workspace.is_sample and not workspace.is_read_only:
            self._backup_timer.start()

    def _changed(self, changes: Changes) -> None:
        from qma_app.domain.dealership import Dealership
        from qma_app.domain.people import Person, Qualification
        from qma_app.domain.setting import Setting
        from qma_app.domain.visit import Visit

        if changes.touches(Dealership) and self._is_dealership_gone():
            return
        if changes.touches(Person, Qualification, Setting):
            self.show_worker()
        if changes.touches(Visit):
            self.show_visit()
        self.show_dealership()

    def _is_dealership_gone(self) -> bool:
        from qma_app.services.dealerships import list_dealerships

        rows = self._bench.read(list_dealerships, with_archived=False)
        if self._bench.dealership_id in {row.id for row in rows}:
            return False
        if rows:
            self._window.go(Place(page="today", dealership_id=rows[0].id))
        else:
            self._bench.open_dealership(None)
            self.show_welcome()
        return True

    def _busy(self, _job: Job) -> None:
        is_busy = bool(self._bench.jobs.under_way)
        if self._welcome is not None and self._window.current_page is None:
            self._welcome.show_busy(is_busy=is_busy)
            self._window.status.setVisible(is_busy)

    def _back_up(self) -> None:
        self._bench.jobs.run(_("Daily backup"), self._daily_backup, self._backed_up)

    def _daily_backup(self, progress: Progress) -> Path | None:
        from qma_app.services.backups import back_up_daily

        return back_up_daily(self._bench.workspace, progress=progress)

    def _backed_up(self, _file: Path | None) -> None:
        self.show_backup()

    def _tell_notices(self) -> None:
        """What whoever opened this workspace must hear; the weightiest is said last and stays."""
        if not self._bench.has_workspace:
            return
        from qma_app.folders import synced_place
        from ui.dialogs.unsaved_words import offer

        workspace = self._bench.workspace
        offer(self._window, self._bench)
        synced = synced_place(workspace.folder)
        if synced is not None:
            self._window.messages.tell_lasting(
                _(
                    "This workspace lies in a place that is synced or shared ({place}), where databases get damaged."
                    " Make a backup and restore it into a folder of this computer."
                ).format(place=synced)
            )
        if workspace.is_read_only:
            self._window.messages.tell_lasting(
                _(
                    "Read only: the folder of this workspace does not allow writing. Everything can be looked at."
                )
            )
        if workspace.notices:
            self._window.messages.tell_lasting("\n".join(workspace.notices))

    def _file_saved(self, path: Path) -> None:
        self._bench.settings.remember_paper(path)
        self._window.messages.tell(
            _("Saved: {name} in {folder}").format(name=path.name, folder=path.parent),
            (_("Open it"), partial(self._open_with, open_file, path)),
            (_("Show in folder"), partial(self._open_with, show_in_folder, path)),
            (_("Copy path"), partial(copy_path, path)),
        )

    def _open_with(self, opening: Callable[[Path], bool], path: Path) -> None:
        if not opening(path):
            self._window.messages.tell(
                _("This computer has no program set for it. The file is {path}.").format(path=path),
                (_("Copy path"), partial(copy_path, path)),
            )

    def _language_chosen(self, code: str) -> None:
        self._bench.settings.put("window_language", code)
        with in_language(code):
            self._window.messages.tell(_("From the next start on the window speaks English."))

    def _crashed(self, report: Path | None) -> None:
        text = _("Something went wrong in the program. What was saved is safe, and you can go on working.")
        if report is None:
            self._window.messages.tell(text)
        else:
            self._window.messages.tell(text, (_("Show report"), partial(self._show_report, report)))

    def _show_report(self, report: Path) -> None:
        open_file(report)
        self._reports_seen()

    def _reports_seen(self) -> None:
        self._window.messages.dismiss()
        if self._crash is not None:
            self._crash.seen()

    def _closing(self) -> None:
        keep_window(self._window, self._bench.settings)


def _last_change(reader: Reader) -> datetime | None:
    return reader.log_head().at


def _header_words(reader: Reader, engagement: Engagement, today: date) -> tuple[str, str, bool]:
    from qma_app.domain.dealership import Dealership

    dealership = reader.get(Dealership, engagement.dealership_id)
    edition = reader.edition(engagement.edition)
    month = _("month {month} of {months}").format(month=engagement.month_on(today), months=engagement.months)
    name = f"{dealership.name}, {dealership.city}" if dealership.city else dealership.name
    return name, f"{dealership.code} · {edition.label} · {month}", dealership.is_sample
