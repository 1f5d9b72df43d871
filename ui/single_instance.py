"""Keeps the program to one window for each user: a second start brings the first to front and passes on its file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QLockFile, QObject, QThread, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_PATIENCE_MS = 4_000
_PAUSE_MS = 50
_LOCK = "window.lock"


class SingleInstance(QObject):
    """The first start holds a lock in the settings folder and listens; later ones find the lock taken and speak to it.

    The lock alone is looked at before the first paint: what speaks over sockets is only loaded when needed.
    """

    asked = Signal(object)  # Path handed over by a second start, or None

    def __init__(self, settings_folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = settings_folder
        self._lock = QLockFile(str(settings_folder / _LOCK))
        # A lock is stale only when its process is gone, however long it is held.
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    @property
    def name(self) -> str:
        """What the two call each other by; the settings folder in it keeps users apart."""
        from hashlib import sha256

        return f"qma-coach-{sha256(str(self._folder).encode()).hexdigest()[:20]}"

    def is_first(self) -> bool:
        """Whether no other window of this user runs; a folder that cannot be written counts as first."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return self._lock.tryLock(0) or self._lock.error() is not QLockFile.LockError.LockFailedError

    def hand_over(self, path: Path | None, *, patience_ms: int = _PATIENCE_MS) -> bool:
        """Tell the running window to come to front and open `path`; False when it does not answer."""
        from PySide6.QtNetwork import QLocalSocket

        message = json.dumps({"open": None if path is None else str(path.absolute())}).encode() + b"\n"
        end = QDeadlineTimer(patience_ms)
        while True:
            socket = QLocalSocket()
            socket.connectToServer(self.name)
            if socket.waitForConnected(patience_ms):
                socket.write(message)
                # The answer says that a living window heard it, not the socket of one that hangs or died.
                return socket.waitForBytesWritten(patience_ms) and socket.waitForReadyRead(patience_ms)
            if end.hasExpired():
                return False
            QThread.msleep(_PAUSE_MS)  # the other one holds the lock but still paints its first frame

    def listen(self) -> bool:
        """Hear later starts; what a killed window left behind is cleared away."""
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._visited)
        if self._server.listen(self.name):
            return True
        QLocalServer.removeServer(self.name)
        return self._server.listen(self.name)

    def close(self) -> None:
        """Listen no longer and let another window be the first."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _visited(self) -> None:
        while self._server is not None and (socket := self._server.nextPendingConnection()) is not None:
            socket.setParent(self)
            socket.readyRead.connect(self._heard)
            socket.disconnected.connect(socket.deleteLater)
            self._read(socket)

    def _heard(self) -> None:
        self._read(self.sender())

    def _read(self, socket: QObject) -> None:
        from PySide6.QtNetwork import QLocalSocket

        if not isinstance(socket, QLocalSocket) or not socket.canReadLine():
            return
        try:
            message = json.loads(bytes(socket.readLine(65_536).data()))
        except ValueError:
            return
        socket.write(b"heard\n")
        socket.flush()
        path = message.get("open") if isinstance(message, dict) else None
        self.asked.emit(Path(path) if isinstance(path, str) else None)
