"""Scrolling through 5,000 photos in the Evidence view: how long the window stands still, and how much is kept.

    python benchmarks/thumbnails.py

A timer of the event loop beats every 5 ms; the longest gap between two beats is the stall a coach would feel. Every photo has a
small picture of its own, encrypted in its own file, so that each screen must be decrypted and decoded while it passes. Scrolled is
by the wheel through the whole length, by whole pages and jumps, and walked by the arrow key with the panel following.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from measure import median, say
from PIL import Image, ImageDraw
from pulse import Pulse
from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence, EvidenceKind, EvidenceLink
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import EvidenceId, EvidenceLinkId
from qma_app.services.findings import raise_finding
from qma_app.services.workspace import Workspace, create_workspace
from tests.builders import a_checkpoint, a_dealership, a_site, an_edition, an_engagement, areas_of
from ui.evidence_view.thumbnails import KEPT
from ui.evidence_view.view import EvidenceView
from ui.settings import Settings
from ui.theme import Appearance, ThemeKeeper
from ui.workbench import Workbench

PHOTOS = 5000
HOLD_MS = 50


def small_picture(ground: Image.Image, number: int) -> bytes:
    """A picture of 320 px unlike all others, about as large as a real one."""
    picture = ground.copy()
    ImageDraw.Draw(picture).text((20, 20), str(number), fill=(200, 40, 40))
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=80)
    return content.getvalue()


def fill(workspace: Workspace) -> Engagement:
    """Photos of which every other one is tied to one of 50 findings."""
    edition = an_edition(areas=areas_of([a_checkpoint("service.reception.greeting")]))
    with workspace.writing("benchmark.filled") as work:
        work.put_edition(edition)
        work.put(a_dealership())
        work.put(a_site())
        engagement = work.put(an_engagement(edition=edition.hash, coach_id=None))
    for number in range(50):
        raise_finding(
            workspace,
            engagement_id=engagement.id,
            grade=FindingGrade.MINOR,
            statement=f"No price on order {number}",
        )
    ground = Image.effect_noise((320, 240), 30).convert("RGB")
    files = workspace.store.evidence
    digests = [files.put(small_picture(ground, number)) for number in range(PHOTOS)]
    with workspace.writing("benchmark.filled") as work:
        findings = [finding.id for finding in work.all(Finding)]
        for number, digest in enumerate(digests):
            item = work.put(
                Evidence(
                    id=EvidenceId(work.new_id()),
                    engagement_id=engagement.id,
                    kind=EvidenceKind.PHOTO,
                    name=f"IMG_{number:05}.jpg",
                    caption=f"Order {number} at the desk",
                    media_type="image/jpeg",
                    digest=digest,
                    paper_digest=digest,
                    thumbnail_digest=digest,
                    original_digest=digest,
                    size=20_000,
                    width=320,
                    height=240,
                    taken_in_at=work.at,
                )
            )
            if number % 2:
                work.put(
                    EvidenceLink(
                        id=EvidenceLinkId(work.new_id()),
                        evidence_id=item.id,
                        finding_id=findings[number % 50],
                    )
                )
    return engagement


def drive(step: Callable[[int], object], count: int, pause_ms: int = 16) -> float:
    """`step(number)` so many times, as quickly as a wheel or a held key sends them; gives the longest stall."""
    loop, pulse, timer = QEventLoop(), Pulse(), QTimer()
    done = 0

    def tick() -> None:
        nonlocal done
        if done >= count:
            loop.quit()
            return
        step(done)
        done += 1

    timer.timeout.connect(tick)
    timer.start(pause_ms)
    loop.exec()
    timer.stop()
    return pulse.stop()


def rest(milliseconds: int) -> None:
    """Let the window work."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def main() -> int:
    """Medians of three runs of each kind of scrolling."""
    app = QApplication([])
    ThemeKeeper(app).apply(Appearance.LIGHT, 100)
    with tempfile.TemporaryDirectory() as folder, create_workspace(Path(folder) / "w") as workspace:
        engagement = fill(workspace)
        bench = Workbench(Settings(Path(folder) / "settings"))
        bench.use(workspace)
        bench.open_dealership(engagement.dealership_id)
        view = EvidenceView(bench)
        view.resize(1188, 720)
        view.show()
        started = time.perf_counter()
        view.refresh()
        shown = time.perf_counter() - started
        bench.jobs.cancel_all()
        rest(1500)
        bar = view.grid.verticalScrollBar()
        height = view.grid.gridSize().height()

        def wheel(number: int) -> None:
            bar.setValue(number * height // 2 % max(bar.maximum(), 1))

        def page(number: int) -> None:
            bar.setValue(number * bar.pageStep() % max(bar.maximum(), 1))

        def jump(number: int) -> None:
            bar.setValue(number * 7919 * height % max(bar.maximum(), 1))

        def walk(_number: int) -> None:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                app.postEvent(view.grid, QKeyEvent(kind, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier))

        view.grid.choose_place(0)
        held = True
        for name, step, count in (
            ("by the wheel", wheel, 240),
            ("page by page", page, 120),
            ("by jumps", jump, 60),
            ("by the arrow key", walk, 90),
        ):
            stalls = [drive(step, count, 30 if step in (jump, walk) else 16) for _turn in range(3)]
            held &= say(f"longest stall, scrolled {name}", median(stalls), HOLD_MS, unit="ms")
        rest(800)
        kept = len(view.thumbnails._kept)
        held &= say("small pictures kept", kept, KEPT, unit="", note=f"of {PHOTOS}")
        print(f"the view is read and laid out in {shown * 1000:.0f} ms")
        view.close()
        bench.jobs.cancel_all()
        view.thumbnails.stop()
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
