"""The sample made twice in a run of the tests: once in this process, once by the command in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from qma_app.services.sample import make_sample

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Made:
    """A finished sample, and what its progress said on the way."""

    folder: Path
    shares: tuple[float, ...]


def made_sample(factory: pytest.TempPathFactory) -> Made:
    """Made in this process; tests that change it take a copy."""
    return _made(factory.getbasetemp())


def demo_by_command(factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """Made by `qma demo` into an empty folder, on a laptop at the other end of the world."""
    return _by_command(factory.getbasetemp())


@cache
def _made(base: Path) -> Made:
    shares: list[float] = []

    def hear(share: float) -> bool:
        shares.append(share)
        return True

    folder = base / "sample"
    make_sample(folder, progress=hear).close()
    return Made(folder, tuple(shares))


@cache
def _by_command(base: Path) -> tuple[Path, subprocess.CompletedProcess[str]]:
    folder = base / "demo"
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "qma_app.cli", "demo", str(folder)],
        cwd=ROOT,
        env={**os.environ, "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=False,
    )
    return folder, done
