"""The main window: a shell painted at once, pages built when first shown, and the way between them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from qma_app import design
from qma_app.errors import QmaError
from ui import theme
from ui.files import dropped_papers
from ui.page_stack import PageStack
from ui.pages import PAGES, PageEntry
from ui.places import Place, Trail
from ui.widgets.header import Header
from ui.widgets.sidebar import Sidebar
from ui.widgets.status_bar import StatusBar
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.domain.record import Changes
    from ui.pages.page import Page
    from ui.widgets.message_bar import MessageBar

_REMEMBER_MS = 1_000


class MainWindow(QMainWindow):
    """Shows one page at a time; what can be done from anywhere is in `ui.errands`."""

    painted = Signal()  # once, after the first paint: only now may anything heavy be imported
    page_shown = Signal(object)  # Page
    left_pages = Signal()  # something else must be shown until a workspace is open again
    closing = Signal()
    papers_dropped = Signal(object)  # the PDF files dropped where nothing else takes them

    def __init__(self, workbench: Workbench, entries: tuple[PageEntry, ...] = PAGES) -> None:
        super().__init__()
        self.workbench = workbench
        self.entries = entries
        self.trail = Trail()
        self._has_painted = False
        self._is_focused = False
        self._is_narrow = False
        self._folded_by_user = workbench.settings.flag("sidebar_folded", default=False)
        self.sidebar = Sidebar()
        self.header = Header()
        self._messages: MessageBar | None = None
        self.stack = PageStack(workbench, entries)
        self.status = StatusBar()
        self._build()
        self._connect()
        self._remember = QTimer(self)
        self._remember.setSingleShot(True)
        self._remember.setInterval(_REMEMBER_MS)
        self._remember.timeout.connect(self.remember_place)
        self.remembered: Callable[[Place], None] | None = None

    def _build(self) -> None:
        self.setWindowTitle(design.APP_NAME)
        self.setMinimumSize(*design.MINIMUM_WINDOW)
        self.setAcceptDrops(True)
        group = 1
        for entry in self.entries:
            if entry.group != group:
                self.sidebar.begin_group()
                group = entry.group
            self.sidebar.add_page(entry.key, entry.title, entry.icon, entry.keys)
        right = self._right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.header)
        right.addWidget(self.stack, 1)
        right.addWidget(self.status)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(right, 1)
        self.setCentralWidget(middle)
        self.sidebar.fold(self._folded_by_user)
        self.show_frame(is_shown=True)

    def _connect(self) -> None:
        bench = self.workbench
        bench.where = self.place
        bench.saving.connect(self.status.show_saving)
        bench.saved.connect(self.status.show_saved)
        bench.not_saved.connect(self.status.show_not_saved)
        bench.failed.connect(self.tell_error)
        bench.deleted.connect(self._tell_deleted)
        bench.told.connect(self._tell)
        bench.jump_to.connect(self.go)
        bench.marked.connect(self.stack.mark)
        bench.changed.connect(self._apply)
        bench.dealership_changed.connect(self.stack.age)
        bench.workspace_changed.connect(self.stack.drop)
        self.stack.went.connect(self._went)
        self.stack.going.connect(self.go)
        self.stack.spoke.connect(self.status.show_page_text)
        bench.jobs.started.connect(self.status.show_job)
        bench.jobs.progressed.connect(self.status.show_job)
        bench.jobs.ended.connect(self.status.end_job)
        self.status.details_wanted.connect(self._show_details)
        self.sidebar.chosen.connect(self.go_to_page)
        self.sidebar.folded.connect(self._sidebar_folded)

    @property
    def messages(self) -> MessageBar:
        """Where the user is told what happened; made for the first message."""
        if self._messages is None:
            from ui.widgets.message_bar import MessageBar

            self._messages = MessageBar()
            self._messages.undo_wanted.connect(self.workbench.undo)
            self._right.insertWidget(1, self._messages)
        return self._messages

    def put_below_header(self, widget: QWidget) -> None:
        """Something that is said on every page, above it."""
        self._right.insertWidget(1, widget)

    def tell_error(self, error: QmaError) -> None:
        """Say what could not be done, and the way out."""
        self.messages.tell_error(error)

    def _tell(self, text: str) -> None:
        self.messages.tell(text)

    def _tell_deleted(self, text: str) -> None:
        self.messages.tell_deleted(text)

    def _show_details(self) -> None:
        self.messages.show_details()

    @property
    def current_page(self) -> Page | None:
        """The page shown; None on the welcome page and before the first."""
        return self.stack.current_page

    def page(self, key: str) -> Page:
        """The page of that key, built now if it was not shown before."""
        return self.stack.page(key)

    def place(self) -> Place | None:
        page = self.current_page
        return None if page is None else page.place()

    def go_to_page(self, key: str) -> None:
        """Show a page where it was left, keeping the assessment that is looked at."""
        here = self.place()
        if here is not None and here.page == key:
            self.page(key).take_focus()
            return
        self.go(
            Place(
                page=key,
                dealership_id=self.workbench.dealership_id,
                assessment_id=here.assessment_id if here else None,
                area_id=here.area_id if here else None,
            )
        )

    def go(self, place: Place, *, is_new: bool = True) -> None:
        """Show a place, in another dealership too; `is_new` makes it a step one can go back from."""
        if not self.stack.knows(place.page) or (place.dealership_id or self.workbench.dealership_id) is None:
            return  # pages are about a dealership: without one there is only the welcome
        self.flush()
        if place.dealership_id not in (None, self.workbench.dealership_id):
            opened = self._guarded(lambda: self.workbench.open_dealership(place.dealership_id))
            if not opened:
                return
        page = self.page(place.page)
        self.show_frame(is_shown=True)
        self.stack.setCurrentWidget(page)
        self.sidebar.show_page(place.page)
        if self._guarded(lambda: self.stack.bring(page, place)) and is_new:
            self._step(page)
        self.status.show_page_text(page.status())
        self.page_shown.emit(page)
        page.take_focus()

    def page_key_pressed(self) -> None:
        """Ctrl+1 … Ctrl+9: the screen the key belongs to, where a dealership is open."""
        if self.current_page is not None:
            self.go_to_page(str(self.sender().property("page")))

    def come_to_front(self) -> None:
        """A second start was asked for: show this window instead."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()

    def back(self) -> None:
        """Alt+Left: where the user was before."""
        place = self.trail.back()
        if place is not None:
            self.go(place, is_new=False)

    def forward(self) -> None:
        """Alt+Right: the place left by going back."""
        place = self.trail.forward()
        if place is not None:
            self.go(place, is_new=False)

    def leave_pages(self) -> None:
        """The workspace is about to be closed: no page may read it any more."""
        self.flush()
        self.remember_place()
        self.forget_places()
        self.stack.age()
        self.left_pages.emit()

    def show_alone(self, widget: QWidget) -> None:
        """Show something that is no page (the welcome), without the frame of pages."""
        if self.stack.indexOf(widget) < 0:
            self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)
        self.show_frame(is_shown=False)
        self.status.show_page_text("")

    def show_frame(self, *, is_shown: bool) -> None:
        """Sidebar, header and status bar, or the page alone."""
        self.sidebar.setVisible(is_shown and not self._is_focused)
        self.header.setVisible(is_shown and not self._is_focused)
        self.status.setVisible(is_shown)

    def toggle_focus(self) -> None:
        """F11: the page alone on the whole screen, and back."""
        self._is_focused = not self._is_focused
        self.show_frame(is_shown=self.current_page is not None)
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        page = self.current_page
        if page is not None:
            page.set_focus_mode(self._is_focused)

    def flush(self) -> None:
        """Store what is being typed."""
        page = self.current_page
        if page is not None:
            page.flush()

    def refresh_page(self) -> None:
        """Read the page shown again."""
        page = self.current_page
        if page is not None:
            self._guarded(page.refresh)
            self.status.show_page_text(page.status())

    def rescale(self) -> None:
        """The font size was changed: lengths that were taken when something was built are taken again."""
        self.flush()
        focused = QApplication.focusWidget()
        name = focused.accessibleName() if focused else ""
        place = self.place()
        self.stack.drop()
        self._fold_if_narrow()
        self.sidebar.fold(self.sidebar.is_folded)
        self.header.rescale()
        self.status.rescale()
        if place is not None:
            self.go(place, is_new=False)
        same = (
            w for w in self.findChildren(QWidget) if name and w.accessibleName() == name and w.isVisible()
        )
        for widget in same:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def remember_place(self) -> None:
        """Write down where to go on at the next start."""
        self._remember.stop()
        place = self.place()
        if place is not None and self.remembered is not None:
            self.remembered(place)

    def forget_places(self) -> None:
        """Nothing to go back to: another workspace is open."""
        self.trail.clear()

    def _apply(self, changes: Changes) -> None:
        self._guarded(lambda: self.stack.apply(changes))
        shown = self.current_page
        if shown is not None:
            self.status.show_page_text(shown.status())

    def _went(self, page: Page) -> None:
        self._step(page)
        self.status.show_page_text(page.status())

    def _step(self, page: Page) -> None:
        self.trail.step_to(page.place())
        self._remember.start()

    def _guarded(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except QmaError as error:
            self.tell_error(error)
            return False
        return True

    def _fold_if_narrow(self) -> None:
        is_narrow = self.width() < theme.px(design.FOLD_SIDEBAR_BELOW)
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self.sidebar.fold(is_narrow or self._folded_by_user)

    def _sidebar_folded(self, is_folded: bool) -> None:
        if self._is_narrow:
            return  # an exception for the moment, not a wish to remember
        self._folded_by_user = is_folded
        self.workbench.settings.put("sidebar_folded", is_folded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold_if_narrow()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._has_painted:
            self._has_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_papers(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        papers = dropped_papers(event)
        if papers:
            event.acceptProposedAction()
            # The program that drags waits for the drop to end: the check is asked for afterwards.
            QTimer.singleShot(0, partial(self.papers_dropped.emit, papers))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.BackButton:
            self.back()
        elif event.button() is Qt.MouseButton.ForwardButton:
            self.forward()
        else:
            super().mousePressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.flush()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.flush()
        self.remember_place()
        self.closing.emit()
        super().closeEvent(event)
