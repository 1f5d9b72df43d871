"""Keeps the preview true: builds the paper asked for last, and lets go of the one before."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from qma_app.errors import QmaError
from qma_app.i18n import _
from ui.jobs import Job
from ui.reports_view.papers import Built, Request, build_paper
from ui.workbench import Workbench

_PAUSE_MS = 250


class PaperBuilder(QObject):
    """One paper at a time, in a job of its own; what was built already is not built again."""

    built = Signal(object)  # Built
    failed = Signal(object)  # QmaError
    began = Signal()
    stopped = Signal()  # the user cancelled it

    def __init__(self, workbench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._wanted: Request | None = None
        self._last: Request | None = None
        self._job: Job | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._start)

    @property
    def is_busy(self) -> bool:
        return self._job is not None or self._pause.isActive()

    def want(self, request: Request | None, *, at_once: bool = False) -> None:
        """Build this: after a short pause where only the data changed, since more may be typed; None lets go of everything."""
        if request is not None and request == self._last and not self.is_busy:
            return
        self._wanted = request
        if request is None:
            self._pause.stop()
            self._cancel()
        elif at_once or not self._is_retelling(request):
            self._start()
        else:
            self._pause.start()

    def forget(self) -> None:
        """What was built counts no more: it is built again when asked for."""
        self._last = None

    def _is_retelling(self, request: Request) -> bool:
        """Whether the same paper is wanted of newer data."""
        return self._last is not None and replace(request, head=self._last.head) == self._last

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _start(self) -> None:
        self._pause.stop()
        request = self._wanted
        if request is None or not self._workbench.has_workspace:
            return  # a pause may end after the workspace was closed
        if self._job is not None:
            # The new one starts as soon as the one before has let go.
            self._cancel()
            return
        self.began.emit()
        self._job = self._workbench.jobs.run(
            _("Building preview"),
            partial(build_paper, self._workbench.workspace, request),
            self._done,
            partial(self._broke, request),
            partial(self._cancelled, request),
        )

    def _done(self, built: Built) -> None:
        self._job = None
        if built.request == self._wanted:
            self._last = built.request
            self.built.emit(built)
        else:
            self._start()

    def _broke(self, request: Request, error: QmaError) -> None:
        self._job = None
        if request == self._wanted:
            self.failed.emit(error)
        else:
            self._start()

    def _cancelled(self, request: Request) -> None:
        self._job = None
        if self._wanted is not None and request != self._wanted:
            self._start()
        elif self._wanted is not None:
            self.stopped.emit()
