"""The sample made twice in a run of the tests: once through the use case, once by the command in a process of its own.

Each takes seconds, so the workers of a run share the two.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from qma_app.services.sample import make_sample

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Made:
    """A finished sample, and what its progress said on the way; tests that change it take a copy."""

    folder: Path
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Demo:
    """A sample made by the command, how that ended, and what it said."""

    folder: Path
    code: int
    out: str
    error: str


def made_sample(factory: pytest.TempPathFactory) -> Made:
    """Made through the use case."""
    folder, shares = _once(factory, "sample", _make)
    return Made(folder, tuple(shares))


def demo_by_command(factory: pytest.TempPathFactory) -> Demo:
    """Made by `qma demo` into an empty folder, on a laptop at the other end of the world."""
    folder, said = _once(factory, "demo", _run_demo)
    return Demo(folder, *said)


def _make(folder: Path) -> list[float]:
    shares: list[float] = []

    def hear(share: float) -> bool:
        shares.append(share)
        return True

    make_sample(folder, progress=hear).close()
    return shares


def _run_demo(folder: Path) -> tuple[int, str, str]:
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "qma_app.cli", "demo", str(folder)],
        cwd=ROOT,
        env={**os.environ, "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def _once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Any]) -> tuple[Path, Any]:
    """What `make` made in the folder of that name, and what it gave back; the first worker to ask makes it."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ and sys.platform != "win32":
        base = base.parent
    folder, note = base / name, base / f"{name}.json"
    with _alone(base / f"{name}.lock"):
        if not note.exists():
            note.write_text(json.dumps(make(folder)))
    return folder, json.loads(note.read_text())


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Only one worker at a time; on Windows, which has no such lock, each has its own."""
    with path.open("w") as file:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield
