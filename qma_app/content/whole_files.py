"""Writes a file of a standard whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from qma_app.errors import StorageTrouble
from qma_app.i18n import _


def write_whole(path: Path, text: str) -> None:
    """A crash leaves the old file or the new one, never half of it."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                shutil.copymode(path, temporary)
            else:
                temporary.chmod(0o644)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise StorageTrouble(
            _("{file} cannot be written ({reason}).").format(
                file=path.name, reason=error.strerror or type(error).__name__
            ),
            code="content.not-writable",
            way_out=_("Check that the folder may be written to and the disk has room, then format again."),
            path=str(path),
        ) from error
