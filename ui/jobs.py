"""Runs long work beside the window, with progress and a way to cancel, so that the rest stays usable."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextvars import copy_context
from functools import partial
from threading import Event, Thread
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from qma_app.errors import QmaError

T = TypeVar("T")
_PAUSE_BETWEEN_REPORTS = 0.04


class Cancelled(Exception):
    """The user stopped work that does not look at what `progress` answers; it cleans up on its way out."""


class Progress(Protocol):
    """How far the work is: `progress(3, 10)` or `progress(0.3)`, with a word on what is done.

    Answers False once the user wants it to stop; work that goes on all the same gets Cancelled the next time.
    """

    def __call__(self, done: float, total: float = 1, text: str = "") -> bool: ...


class Job(QObject):
    """One piece of long work; `share` is None until its length is known."""

    progressed = Signal(float, str)
    _succeeded = Signal(object)
    _broke = Signal(object)

    def __init__(self, title: str, parent: QObject) -> None:
        super().__init__(parent)
        self.title = title
        self.share: float | None = None
        self.text = ""
        self._stop = Event()
        self._was_told = False
        self._reported_at = 0.0

    @property
    def is_cancelled(self) -> bool:
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next report of progress."""
        self._stop.set()

    def report(self, done: float, total: float = 1, text: str = "") -> bool:
        """What the work calls from its own thread."""
        if self._stop.is_set():
            if self._was_told:
                raise Cancelled
            self._was_told = True
            return False
        now = time.monotonic()
        if now - self._reported_at >= _PAUSE_BETWEEN_REPORTS or done >= total:
            self._reported_at = now
            self.progressed.emit(min(1.0, done / total) if total else 1.0, text)
        return True


class Jobs(QObject):
    """The long work under way; the status bar shows the newest and offers to cancel it."""

    started = Signal(object)
    progressed = Signal(object)
    ended = Signal(object)
    failed = Signal(object)
    crashed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._under_way: list[_Run] = []

    @property
    def under_way(self) -> tuple[Job, ...]:
        return tuple(run.job for run in self._under_way)

    def run(
        self,
        title: str,
        function: Callable[[Progress], T],
        on_done: Callable[[T], object] | None = None,
        on_failed: Callable[[QmaError], object] | None = None,
        on_cancelled: Callable[[], object] | None = None,
    ) -> Job:
        """Start `function(progress)` in a thread of its own; the `on_...` are called back in the window's thread.

        Without `on_failed` an expected failure is announced by the signal `failed`; a bug always by `crashed`.
        """
        run = _Run(self, title, function, on_done, on_failed, on_cancelled)
        self._under_way.append(run)
        self.started.emit(run.job)
        run.start()
        return run.job

    def cancel_all(self, *, wait_seconds: float = 2.0) -> None:
        """Stop everything, as the window closes; gives each a moment to clean up."""
        for run in self._under_way:
            run.job.cancel()
        for run in self._under_way:
            run.worker.join(wait_seconds)

    def forget(self, run: _Run) -> None:
        """Called by a run that is over."""
        self._under_way.remove(run)
        self.ended.emit(run.job)


class _Run(QObject):
    """Carries one job through its thread and its end back into the window's thread."""

    def __init__(
        self,
        jobs: Jobs,
        title: str,
        function: Callable[[Progress], Any],
        on_done: Callable[[Any], object] | None,
        on_failed: Callable[[QmaError], object] | None,
        on_cancelled: Callable[[], object] | None,
    ) -> None:
        super().__init__(jobs)
        self._jobs = jobs
        self._function = function
        self._on_done, self._on_failed, self._on_cancelled = on_done, on_failed, on_cancelled
        self.job = Job(title, self)
        # The words of the work are spoken in the window's language, which is a value of the calling context.
        self._context = copy_context()
        self.worker = Thread(target=self._work, name=title, daemon=True)
        self.job.progressed.connect(self._progressed, Qt.ConnectionType.QueuedConnection)
        self.job._succeeded.connect(self._succeeded, Qt.ConnectionType.QueuedConnection)
        self.job._broke.connect(self._broke, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        self.worker.start()

    def _work(self) -> None:
        try:
            result = self._context.run(self._function, self.job.report)
        except Exception as error:  # noqa: BLE001  whatever ends the work must reach the window's thread, a bug too
            self.job._broke.emit(error)
        else:
            self.job._succeeded.emit(result)

    def _progressed(self, share: float, text: str) -> None:
        self.job.share, self.job.text = share, text
        self._jobs.progressed.emit(self.job)

    def _succeeded(self, result: object) -> None:
        self._jobs.forget(self)
        _call(self._on_done, result)
        self._let_go()

    def _broke(self, error: Exception) -> None:
        self._jobs.forget(self)
        if isinstance(error, Cancelled) or (self.job.is_cancelled and isinstance(error, QmaError)):
            _call(self._on_cancelled)
        elif not isinstance(error, QmaError):
            self._jobs.crashed.emit(error)
        elif self._on_failed is not None:
            _call(self._on_failed, error)
        else:
            self._jobs.failed.emit(error)
        self._let_go()

    def _let_go(self) -> None:
        """What is called back may own the list of jobs: it must not go while this is being deleted."""
        self._function = _nothing
        self._on_done = self._on_failed = self._on_cancelled = None
        self.deleteLater()


def _nothing(_progress: Progress) -> None:
    return None


def _call(callback: Callable[..., object] | None, *values: object) -> None:
    """Call back, unless whoever asked was closed meanwhile: a page of a workspace that is no longer open."""
    asked = callback
    while isinstance(asked, partial):
        asked = asked.func
    owner = getattr(asked, "__self__", None)
    if callback is not None and not (isinstance(owner, QObject) and not isValid(owner)):
        callback(*values)
