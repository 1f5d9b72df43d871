"""What may be dropped or pasted as evidence, and how its bytes are got without holding up the window."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage

from qma_app.errors import ImportTrouble
from qma_app.i18n import _

LARGEST = 200_000_000
"""Bytes of a file that are read at all; what may be kept is decided when it is taken in."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing to be taken in: a file or folder on disk, or a picture from the clipboard."""

    name: str
    source: Path | QImage

    def read(self) -> bytes:
        """Its bytes; slow, so not called in the window's thread. ImportTrouble when the file cannot be read."""
        if isinstance(self.source, QImage):
            return _png(self.source)
        try:
            if self.source.stat().st_size > LARGEST:
                raise _too_large(self.name)
            return self.source.read_bytes()
        except OSError as error:
            raise ImportTrouble(
                _("{name} cannot be read: {reason}.").format(name=self.name, reason=error.strerror or error),
                code="evidence.unreadable",
                way_out=_("Copy the file to this computer and add it from there."),
                name=self.name,
            ) from error


def can_come_in(mime: QMimeData) -> bool:
    """Whether there is a file, a folder or a picture in what is dragged or copied."""
    return mime.hasImage() or any(url.isLocalFile() for url in mime.urls())


def incoming_of(mime: QMimeData, *, picture_name: str) -> tuple[Incoming, ...]:
    """The files and folders in what was dropped or pasted, or the picture if there are none; empty when there is nothing to take in."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    files = tuple(Incoming(path.name, path) for path in paths)
    if files:
        return files
    image = mime.imageData() if mime.hasImage() else None
    if isinstance(image, QImage) and not image.isNull():
        return (Incoming(picture_name, image),)
    return ()


def _too_large(name: str) -> ImportTrouble:
    return ImportTrouble(
        _("{name} is larger than {limit} MB.").format(name=name, limit=LARGEST // 1_000_000),
        code="evidence.too-large",
        way_out=_("Make it smaller, or add the part of it that shows what was seen."),
        name=name,
    )


def _png(image: QImage) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs know the format as bytes only
    buffer.close()
    return bytes(content.data())
