"""The line at the foot of the window: whether all is saved, the last backup, who is working, what runs, where one is."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from qma_app.errors import QmaError
from qma_app.i18n import _
from ui import theme
from ui.jobs import Job
from ui.widgets.announcing import announce
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import PlainLabel

# Left and right of the line, and between its parts.
_MARGINS = 2 * 22 + 10 + 16


class StatusBar(QFrame):
    """Says when something was saved; a failure stays until the next success."""

    details_wanted = Signal()
    worker_wanted = Signal()
    backup_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self.save_state = PlainLabel("", role="small", tone="ok")
        self._details = Button(_("Details"), kind="link")
        self._details.setVisible(False)
        self._details.clicked.connect(self.details_wanted)
        self.backup = Button("", kind="quiet")
        self.backup.clicked.connect(self.backup_wanted)
        self.worker = Button("", kind="quiet")
        self.worker.clicked.connect(self.worker_wanted)
        self._progress = self._build_progress()
        self.page_text = PlainLabel("", role="small", tone="muted")
        row = QHBoxLayout(self)
        # Long words must not hold the window wide: what has no room is hidden.
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumWidth(1)
        row.setContentsMargins(22, 0, 22, 0)
        row.setSpacing(0)
        row.addWidget(self.save_state)
        row.addWidget(self._details)
        row.addSpacing(10)
        row.addWidget(self.backup)
        row.addWidget(self.worker)
        row.addStretch(1)
        row.addWidget(self._progress)
        row.addSpacing(16)
        row.addWidget(self.page_text)
        self.rescale()
        for button in (self._details, self.backup, self.worker):
            button.setProperty("place", "status")
        self.show_backup("")
        self.show_worker("")

    def rescale(self) -> None:
        """Take the height from the font size in force."""
        self.setFixedHeight(theme.px(34))

    def _build_progress(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._job_title = PlainLabel("", role="small", tone="muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(120)
        self._cancel = IconButton("x", _("Cancel"))
        self._cancel.clicked.connect(self._cancel_job)
        for widget in (self._job_title, self._bar, self._cancel):
            row.addWidget(widget)
        box.setVisible(False)
        return box

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where all has no room, the backup goes first, then who is working; both are found elsewhere too."""
        others = (self.save_state, self._details, self._progress, self.page_text)
        room = self.width() - _MARGINS - sum(w.sizeHint().width() for w in others if not w.isHidden())
        for button in (self.worker, self.backup):
            has_room = bool(button.text()) and button.sizeHint().width() <= room
            if has_room:
                room -= button.sizeHint().width()
            if button.isHidden() == has_room:
                button.setVisible(has_room)

    def show_saving(self) -> None:
        self.save_state.setText(_("Saving…"))
        self.save_state.set_tone("muted")
        self._details.setVisible(False)

    def show_saved(self, at: datetime | None) -> None:
        """`✓ Saved 14:02:07`; without a time nothing had to be written."""
        if at is None:
            self.save_state.setText(_("✓ Saved"))
        else:
            self.save_state.setText(_("✓ Saved {time}").format(time=f"{at.astimezone():%H:%M:%S}"))
        self.save_state.set_tone("ok")
        self._details.setVisible(False)

    def show_not_saved(self, error: QmaError) -> None:
        """`! Not saved – disk full`, with the whole story behind Details."""
        self.save_state.setText(_("! Not saved – {reason}").format(reason=_shortened(error.message)))
        self.save_state.set_tone("bad")
        self._details.setVisible(True)
        self._fit()

    def show_backup(self, text: str) -> None:
        self.backup.say(text)
        self._fit()
        self.backup.setToolTip(_("Backups and restoring"))

    def show_worker(self, text: str) -> None:
        """Who is working; empty hides it."""
        self.worker.say(text)
        self._fit()
        self.worker.setToolTip(_("Change who is working"))

    def show_page_text(self, text: str) -> None:
        self.page_text.setText(text)
        self._fit()

    def show_job(self, job: Job) -> None:
        """The newest long work, with a way to cancel it."""
        self._job = job
        self._job_title.setText(f"{job.title} · {job.text}" if job.text else job.title)
        self._bar.setAccessibleName(job.title)
        self._bar.setRange(0, 0 if job.share is None else 100)
        self._bar.setValue(round((job.share or 0) * 100))
        self._cancel.show_as("x", _("Cancel: {title}").format(title=job.title))
        if self._progress.isHidden():
            self._progress.setVisible(True)
            self._fit()
            announce(self, job.title)

    def end_job(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._progress.setVisible(False)
            self._fit()

    def _cancel_job(self) -> None:
        if self._job is not None:
            self._job.cancel()


def _shortened(message: str, longest: int = 60) -> str:
    first = message.split(". ", maxsplit=1)[0].rstrip(".")
    return first if len(first) <= longest else first[: longest - 1] + "…"
