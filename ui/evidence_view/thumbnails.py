"""Small pictures for the grid, decrypted and decoded beside the window; the last ones asked for come first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock, Thread

from PySide6.QtCore import QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from qma_app.errors import QmaError

KEPT = 600
"""Pictures kept; at the size of a tile about 60 kB each."""

WAITING = 120
"""Wishes kept; what was scrolled past longer ago is asked for again when it comes back into view."""

ReadBytes = Callable[[str], bytes]


class Thumbnails(QObject):
    """`ready` tells the hash of a picture that can be painted now, or that cannot be read (`is_broken`)."""

    ready = Signal(str)

    def __init__(self, size: QSize, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self._kept: OrderedDict[str, QPixmap] = OrderedDict()
        self._broken: set[str] = set()
        self._asked: set[str] = set()
        self._round: _Round | None = None

    def use(self, read: ReadBytes | None) -> None:
        """Read from another workspace from now on; None from nowhere."""
        self.stop()
        self._kept.clear()
        self._broken.clear()
        if read is not None:
            self._round = _Round(read)
            self._round.bell.rang.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def resize(self, size: QSize) -> None:
        """Tiles have another size."""
        if size != self._size:
            self._size = size
            self._kept.clear()

    def picture(self, digest: str) -> QPixmap | None:
        """The picture if it is here; else it is fetched and `ready` follows."""
        found = self._kept.get(digest)
        if found is not None:
            self._kept.move_to_end(digest)
        elif digest not in self._broken and self._round is not None:
            self._asked.add(digest)
            self._asked.difference_update(self._round.want(digest, self._size))
        return found

    def is_broken(self, digest: str) -> bool:
        """Whether a picture could not be read."""
        return digest in self._broken

    def look_anew(self) -> None:
        """Try those again that could not be read: a file may have come back."""
        self._broken.clear()

    @property
    def is_busy(self) -> bool:
        """Whether pictures are on their way."""
        return bool(self._asked)

    def stop(self) -> None:
        """Fetch nothing any more."""
        if self._round is not None:
            self._round.stop()
            self._round.bell.rang.disconnect(self._take)
            self._round = None
        self._asked.clear()

    def _take(self, digest: str, image: QImage) -> None:
        self._asked.discard(digest)
        if image.isNull():
            self._broken.add(digest)
        elif image.size() == self._size:
            self._kept[digest] = QPixmap.fromImage(image)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self.ready.emit(digest)


class _Bell(QObject):
    """Belongs to the thread that rings it, so that it is there as long as that runs."""

    rang = Signal(str, QImage)


class _Round:
    """The wishes for the pictures of one workspace, and the thread that meets them; it ends when there is none left."""

    def __init__(self, read: ReadBytes) -> None:
        self.bell = _Bell()
        self._read = read
        self._wishes: OrderedDict[str, QSize] = OrderedDict()
        self._doing = ""
        self._is_over = False
        self._is_running = False
        self._lock = Lock()

    def want(self, digest: str, size: QSize) -> tuple[str, ...]:
        """Fetch this one next; gives those dropped for it, which nobody has looked at for long."""
        with self._lock:
            if digest == self._doing or self._is_over:
                return ()
            self._wishes[digest] = size
            self._wishes.move_to_end(digest)
            dropped = [self._wishes.popitem(last=False)[0] for _number in range(len(self._wishes) - WAITING)]
            if not self._is_running:
                self._is_running = True
                Thread(target=self._work, name="thumbnails", daemon=True).start()
            return tuple(dropped)

    def stop(self) -> None:
        """Drop all wishes; what is being read comes to nothing."""
        with self._lock:
            self._is_over = True
            self._wishes.clear()

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._wishes:
                    self._doing, self._is_running = "", False
                    return
                digest, size = self._wishes.popitem(last=True)
                self._doing = digest
            image = _tile(self._read, digest, size)
            if not self._is_over:
                self.bell.rang.emit(digest, image)


def _tile(read: ReadBytes, digest: str, size: QSize) -> QImage:
    """The middle of a picture that fills a tile; a null picture where it cannot be read."""
    try:
        image = QImage.fromData(read(digest))
    except QmaError:
        return QImage()
    if image.isNull():
        return image
    filling = image.scaled(
        size, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    middle = QRect(0, 0, size.width(), size.height())
    middle.moveCenter(filling.rect().center())
    return filling.copy(middle).convertToFormat(QImage.Format.Format_RGB32)
