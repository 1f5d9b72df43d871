"""How long the window stands still while papers, a workbook and a backup are made, and how soon a cancel is heard.

    python benchmarks/stall.py

A timer of the event loop beats every 5 ms; the longest gap between two beats is the stall a coach would feel.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from measure import say
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from qma_app.errors import QmaError
from qma_app.services.backups import back_up_now
from qma_app.services.reports import make_report
from qma_app.services.sample import make_sample
from qma_app.services.workbooks import make_workbook
from qma_app.services.workspace import Workspace
from ui.app import Coach
from ui.jobs import Progress
from ui.settings import Settings

Work = Callable[[Workspace, Path, Progress], object]

WORKS: dict[str, tuple[Work, str]] = {
    "audit report": (lambda w, target, p: make_report(w, "audit", target=target, progress=p), ".pdf"),
    "workbook": (lambda w, target, p: make_workbook(w, "assessment", target=target, progress=p), ".xlsx"),
    "backup": (lambda w, target, p: back_up_now(w, target=target, progress=p), ".qmabackup"),
}


class Pulse:
    """Beats in the window's thread and remembers the longest pause."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(5)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    def stop(self) -> float:
        self._timer.stop()
        return self.longest


def run(coach: Coach, work: Work, target: Path, *, cancel_after: int | None = None) -> tuple[float, float]:
    """Do the work beside the window; gives the longest stall and, when cancelled, the time until it was over."""
    loop = QEventLoop()
    workspace = coach.workbench.workspace
    pulse = Pulse()
    job = coach.workbench.jobs.run(
        "benchmark",
        lambda progress: work(workspace, target, progress),
        on_done=lambda _result: loop.quit(),
        on_failed=lambda _error: loop.quit(),
        on_cancelled=loop.quit,
    )
    cancelled_at = 0.0

    def cancel() -> None:
        nonlocal cancelled_at
        cancelled_at = time.perf_counter()
        job.cancel()

    if cancel_after is not None:
        QTimer.singleShot(cancel_after, cancel)
    loop.exec()
    waited = time.perf_counter() - cancelled_at if cancelled_at else 0.0
    return pulse.stop(), waited


def main() -> int:
    """Each kind of long work once in full, once cancelled; medians of three for the stall."""
    app = QApplication([])
    held = True
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        make_sample(folder / "sample").close()
        coach = Coach(app, Settings(folder / "settings"), folder / "sample")
        loop = QEventLoop()
        coach.opened.connect(loop.quit)
        coach.show()
        loop.exec()
        for name, (work, ending) in WORKS.items():
            run(coach, work, folder / f"warm{ending}")
            stalls = sorted(run(coach, work, folder / f"{turn}{ending}")[0] for turn in range(3))
            held &= say(f"longest stall while the {name} is made", stalls[1] * 1000, 50, unit="ms")
            target = folder / f"cancelled{ending}"
            _stall, waited = run(coach, work, target, cancel_after=15)
            held &= say(f"cancel of the {name} is over", waited * 1000, 250, unit="ms")
            left = [path.name for path in folder.glob(f"*cancelled{ending}*")]
            held &= say(f"files left by the cancelled {name}", len(left), 0, unit="", note=" ".join(left))
        try:
            coach.close()
        except QmaError as error:
            print(error, file=sys.stderr)
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
