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

from measure import median, say
from pulse import Pulse
from PySide6.QtCore import QEventLoop, QTimer
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


def run(coach: Coach, work: Work, target: Path, *, cancel_after: int | None = None) -> tuple[float, float]:
    """Do the work beside the window; gives the longest stall and, when cancelled, the time until it was over, in milliseconds."""
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
    waited = (time.perf_counter() - cancelled_at) * 1000 if cancelled_at else 0.0
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
            stalls = [run(coach, work, folder / f"{turn}{ending}")[0] for turn in range(3)]
            held &= say(f"longest stall while the {name} is made", median(stalls), 50, unit="ms")
            target = folder / f"cancelled{ending}"
            _stall, waited = run(coach, work, target, cancel_after=15)
            held &= say(f"cancel of the {name} is over", waited, 250, unit="ms")
            left = [path.name for path in folder.glob(f"*cancelled{ending}*")]
            held &= say(f"files left by the cancelled {name}", len(left), 0, unit="", note=" ".join(left))
        try:
            coach.close()
        except QmaError as error:
            print(error, file=sys.stderr)
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
