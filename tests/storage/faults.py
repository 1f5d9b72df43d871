"""Faults made on purpose: full disks, disks that only read, flipped bytes, processes killed in the middle."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A real disk of that size; skipped where the system does not let us mount one."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if sys.platform != "linux" or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk of our own can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def only_readable(disk: Path) -> Iterator[None]:
    """The disk of `small_disk` refuses to be written, for root too."""
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    try:
        yield
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)


def fill(disk: Path, *, but: int = 0) -> Path:
    """Fill a disk to the last byte but so many; gives the file that does it."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096):
                pass
        except OSError:
            file.truncate(max(file.tell() - but, 0))
    return filler


def flips(content: bytes, count: int, *, seed: int = 7) -> Iterator[tuple[int, bytes]]:
    """The content with one byte changed, at so many places spread over all of it, the first and last among them."""
    chance = random.Random(seed)
    places = {0, len(content) - 1, *(chance.randrange(len(content)) for _ in range(count - 2))}
    for place in sorted(places):
        changed = content[place] ^ (1 << chance.randrange(8))
        yield place, content[:place] + bytes((changed,)) + content[place + 1 :]


def child(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Another process of ours that runs `code` with the arguments in `sys.argv[1:]` and talks line by line."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def killed_after(code: str, lines: int, *arguments: object) -> list[str]:
    """Run `code`, kill it the hard way once it said so many lines, and give all that it had said."""
    with child(code, *arguments) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(lines)]
        process.kill()
        said += process.stdout.readlines()
    return [line.rstrip("\n") for line in said if line.endswith("\n")]
