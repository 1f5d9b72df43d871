"""Hands files over to the system: open, show in folder, copy the path."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent, QGuiApplication


def nearest_folder(folder: Path) -> Path:
    """Where a dialog that asks for a file opens: this folder, before it is made the nearest one above it that is there."""
    return next((one for one in (folder, *folder.parents) if one.is_dir()), Path.home())


def dropped_file(event: QDropEvent) -> Path | None:
    """The first local file of a drop."""
    return next(iter(_local_files(event)), None)


def dropped_files(event: QDropEvent, *suffixes: str) -> tuple[Path, ...]:
    """The local files of a drop whose names end in one of these."""
    return tuple(path for path in _local_files(event) if path.suffix.lower() in suffixes)


def dropped_papers(event: QDropEvent) -> tuple[Path, ...]:
    """The PDF files of a drop."""
    return dropped_files(event, ".pdf")


def open_file(path: Path) -> bool:
    """Open a file or folder with what the system has for it; False when it has nothing."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def show_in_folder(path: Path) -> bool:
    """Open the folder, with the file marked where the system can do that; False when there is nothing to open it with."""
    if sys.platform == "win32" and path.is_file():
        subprocess.Popen(["explorer", "/select,", str(path)])  # noqa: S607  the system's own file manager
        return True
    if sys.platform == "darwin" and path.is_file():
        subprocess.Popen(["open", "-R", str(path)])  # noqa: S607  the system's own file manager
        return True
    return open_file(path if path.is_dir() else path.parent)


def copy_path(path: Path) -> None:
    """Put the path on the clipboard."""
    QGuiApplication.clipboard().setText(str(path))


def _local_files(event: QDropEvent) -> tuple[Path, ...]:
    return tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
