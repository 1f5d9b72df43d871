"""A dealership with an open baseline, in a folder and under a clock of the test's choice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from shutil import copytree

from qma_app.services.workspace import open_workspace
from tests.builders import NOW
from tests.services.conftest import Programme, begin_house, kept, programme_in


def ticking(start: datetime = NOW) -> Callable[[], datetime]:
    """A clock that is a second later at each look."""
    seconds = count()
    return lambda: start + timedelta(seconds=next(seconds))


def a_house(folder: Path, *, clock: Callable[[], datetime] | None = None) -> Programme:
    """A workspace with one dealership and an open baseline, copied from one made once; whoever asks closes it."""
    copytree(kept(begin_house).folder, folder)
    return programme_in(open_workspace(folder, clock=clock or ticking(NOW + timedelta(minutes=1))))


def files_in(folder: Path) -> dict[str, int]:
    """Every file below a folder with its size, the database's own journals left out."""
    return {
        str(path.relative_to(folder)): path.stat().st_size
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }
