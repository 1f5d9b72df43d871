"""How long the window stands still: a timer of its event loop beats, and the longest gap between two beats is the stall."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, QTimer

BEAT_MS = 5


class Pulse:
    """Beats in the window's thread from now on and remembers the longest pause."""

    def __init__(self) -> None:
        self._longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def _beat(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last)
        self._last = now

    def stop(self) -> float:
        """The longest pause in milliseconds."""
        self._timer.stop()
        return self._longest * 1000
