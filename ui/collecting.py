"""Collects garbage in the window's thread only: a Qt object must not be destroyed by a thread that happens to allocate."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EACH_SECONDS = 4.0
_WHOLE_EACH = 15


class Collector(QObject):
    """Takes the place of automatic collection from now on; what is alive at this moment is not looked through again."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._turn = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect)
        self._timer.start(int(_EACH_SECONDS * 1000))

    def stop(self) -> None:
        """The window is closed: collection is automatic again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def _collect(self) -> None:
        self._turn += 1
        gc.collect(2 if self._turn % _WHOLE_EACH == 0 else 1)
