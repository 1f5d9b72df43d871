"""How every benchmark here measures and speaks: interleaved medians, cpu of whole processes, one line a number."""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))


def say(name: str, value: float, hold: float, *, unit: str = "x", note: str = "") -> bool:
    """Print one number against what it must hold; gives whether it does."""
    is_held = value <= hold
    verdict = "ok" if is_held else "MISSED"
    tail = f"  ({note})" if note else ""
    print(f"{name:<58} {value:8.2f} {unit:<3} hold {hold:g} {unit:<3} {verdict}{tail}", flush=True)
    return is_held


def interleaved(
    first: Callable[[], object],
    second: Callable[[], object],
    *,
    rounds: int,
    clock: Callable[[], float] = time.perf_counter,
) -> tuple[list[float], list[float]]:
    """Seconds of two calls taken in turn, so that a machine that drifts drifts for both; garbage collection waits."""
    mine: list[float] = []
    theirs: list[float] = []
    gc.collect()
    gc.disable()
    try:
        for round_ in range(rounds):
            pair = ((first, mine), (second, theirs))
            for call, times in pair if round_ % 2 == 0 else reversed(pair):
                start = clock()
                call()
                times.append(clock() - start)
    finally:
        gc.enable()
    return mine, theirs


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share of the sorted values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def child_cpu(arguments: Sequence[str], *, environment: dict[str, str] | None = None) -> float:
    """Seconds of processor time a Python child took as a whole, from its first instruction to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**_usual_environment(), **(environment or {})},
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _usual_environment() -> dict[str, str]:
    """As an installed program starts: with its modules compiled once."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT)}


def peak_megabytes() -> float:
    """The most memory this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
