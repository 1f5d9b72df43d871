"""Every kind of hostile file through the whole import: what became of it, how long it took, how much memory parent and child held.

python benchmarks/hostile.py [PART OF A NAME]
"""

from __future__ import annotations

import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import ROOT, peak_megabytes

HOLD_SECONDS, HOLD_MEGABYTES = 5.0, 300.0


def take(path: Path) -> str:
    """The code of the refusal, or `read` with the number of checkpoints."""
    from qma_app.errors import QmaError
    from qma_app.services.importing import import_standard

    try:
        found = import_standard(path, title="Hostile", standard_id="hostile", version="2026.1")
    except QmaError as refused:
        return refused.code
    return f"read, {len(found.edition.checkpoints)}"


def measure(path: Path) -> dict[str, object]:
    """In a process of its own, so that the peaks are those of this file alone."""
    answer: dict[str, object] = json.loads(ask("--take", str(path)))
    return answer


def ask(*arguments: str) -> str:
    """What a process of this script says. A process inherits the peak of the one that started it: that one stays small."""
    child = subprocess.run(
        [sys.executable, __file__, *arguments], check=True, capture_output=True, text=True, cwd=ROOT
    )
    return child.stdout


def fingerprints(folder: Path) -> dict[str, str]:
    return {
        str(file): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def main() -> int:
    from tests.exchange.importing.hostile_files import HOSTILE, READ

    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    missed = 0
    for name, hostile in HOSTILE.items():
        if wanted not in name:
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = Path(ask("--make", name, folder).strip())
            before = fingerprints(Path(folder))
            found = measure(path)
            is_unchanged = fingerprints(Path(folder)) == before
        seconds, megabytes = float(str(found["seconds"])), float(str(found["megabytes"]))
        became = str(found["became"])
        is_as_meant = became.startswith("read") if hostile.code == READ else became == hostile.code
        is_held = seconds <= HOLD_SECONDS and megabytes <= HOLD_MEGABYTES and is_as_meant and is_unchanged
        missed += not is_held
        verdict = "ok" if is_held else "MISSED"
        print(f"{name:<40} {became:<22} {seconds:6.2f} s {megabytes:6.0f} MB  {verdict}", flush=True)
    print(f"hold {HOLD_SECONDS:g} s and {HOLD_MEGABYTES:g} MB each: {missed} missed")
    return 1 if missed else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--make"]:
        from tests.exchange.importing.hostile_files import HOSTILE

        print(HOSTILE[sys.argv[2]].make(Path(sys.argv[3])))
        sys.exit()
    if sys.argv[1:2] == ["--take"]:
        from qma_app.services.standards import newest_shipped_edition

        newest_shipped_edition()  # loading it is not the file's time
        start = time.perf_counter()
        became = take(Path(sys.argv[2]))
        seconds = time.perf_counter() - start
        largest = max(peak_megabytes(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
        print(json.dumps({"became": became, "seconds": seconds, "megabytes": largest}))
        sys.exit()
    sys.exit(main())
