"""The report of a full audit with 300 photos: the whole of making it against a bare reportlab canvas drawing the same.

    python benchmarks/report.py [ROUNDS]

The floor replays on a plain canvas every line of text, box, line and photo our report drew, at the places our report worked
out: it neither reads a workspace nor breaks a line. Growth is measured on houses of three sizes whose audit is not guided. Peers set the same words and photos in their usual way; fpdf2, typst and
WeasyPrint only where they are installed (benchmarks/requirements.txt).
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from audited_house import make_audited_house
from measure import ROOT, interleaved, median, peak_megabytes, say
from report_peers import installed
from report_replay import keep_photos, record, replay

from qma_app.domain.edition import Edition
from qma_app.services.reports import make_report
from qma_app.services.workspace import Workspace, create_workspace, open_workspace
from tests.reports.houses import a_large_edition, a_large_house

PHOTOS = 300
HOLD_TIME, HOLD_MEMORY, HOLD_LINEAR = 1.5, 200.0, 1.25
SIZES = {35: (1, 5, 75), 70: (3, 5, 150), 140: (6, 5, 300)}
"""For so many pages: processes an area, checkpoints a process, photos."""


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        houses = {pages: _house(folder / str(pages), pages) for pages in SIZES}
        audited = make_audited_house(folder / "audited", PHOTOS).house.workspace
        is_held = _against_floor(folder, audited, rounds)
        is_held &= _memory(audited)
        is_held &= _linear(folder, houses, rounds)
        is_held &= _against_peers(folder, houses[35])
        for workspace in (audited, *houses.values()):
            workspace.close()
    return 0 if is_held else 1


def _against_floor(folder: Path, workspace: Workspace, rounds: int) -> bool:
    target, bare = folder / "ours.pdf", folder / "bare.pdf"
    pages, _texts = record(partial(make_report, workspace, "audit", target=target))
    keep_photos(pages, workspace.store.evidence.get, folder / "photos")
    mine, floor = interleaved(
        partial(make_report, workspace, "audit", target=target),
        partial(replay, pages, bare),
        rounds=rounds,
        clock=time.process_time,
    )
    made = target.read_bytes()
    size = f"{len(pages)} pages, {made.count(b'/DCTDecode')} photos, {len(made) / 1e6:.0f} MB"
    note = f"{size}; {median(mine):.2f} s against {median(floor):.2f} s of cpu"
    return say("audit report / bare reportlab canvas", median(mine) / median(floor), HOLD_TIME, note=note)


def _memory(workspace: Workspace) -> bool:
    child = subprocess.run(
        [sys.executable, __file__, "--peak", str(workspace.folder)],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    before, peak = map(float, child.stdout.split())
    return say(
        "peak memory of the audit report",
        peak,
        HOLD_MEMORY,
        unit="MB",
        note=f"{before:.0f} MB before it begins",
    )


def _linear(folder: Path, houses: dict[int, Workspace], rounds: int) -> bool:
    """Seconds a page must not grow with the pages."""
    spent: dict[int, float] = {}
    said = []
    for size, workspace in houses.items():
        target = folder / f"{size}.pdf"
        times = []
        for _round in range(rounds):
            start = time.process_time()
            make_report(workspace, "audit", target=target)
            times.append(time.process_time() - start)
        pages = target.read_bytes().count(b"/Type /Page\n") or size
        spent[size] = median(times) / pages
        said.append(f"{pages} pages {spent[size] * 1000:.2f} ms each")
    return say("cpu a page, 140 pages / 35 pages", spent[140] / spent[35], HOLD_LINEAR, note=", ".join(said))


def _against_peers(folder: Path, workspace: Workspace) -> bool:
    """The same words and photos set by others in plain tables, on the smallest size: on the largest some take minutes."""
    make = partial(make_report, workspace, "audit", target=folder / "peer.pdf")
    pages, texts = record(make)
    keep_photos(pages, workspace.store.evidence.get, folder / "photos")
    photos = [Path(how[0]) for page in pages for what, how in page if what == "photo"]
    ours = _seconds(make)
    is_held = True
    for name, draw in installed():
        draw(
            texts[:60], photos[:1], folder / "warm.pdf"
        )  # imports, and nothing that could be remembered of the real work
        theirs = _seconds(partial(draw, texts, photos, folder / f"{name}.pdf"))
        note = f"{ours:.2f} s against {theirs:.2f} s of cpu: {theirs / ours:.1f} times as long"
        is_held &= say(f"audit report / {name}", ours / theirs, 1.0, note=note)
    return is_held


def _seconds(work: Callable[[], object]) -> float:
    """Processor time of one run, that of its threads and children with it."""

    def spent() -> float:
        usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return sum(usage.ru_utime + usage.ru_stime for usage in usages)

    before = spent()
    work()
    return spent() - before


def _house(folder: Path, pages: int) -> Workspace:
    """A workspace with an invented audit of about so many pages, its photos encrypted beside the database."""
    processes, checkpoints, photos = SIZES[pages]
    edition: Edition = a_large_edition(processes, checkpoints)
    made = a_large_house(edition=edition, photos=photos, findings=photos // 6)
    workspace = create_workspace(folder)
    for content in made.files.values():
        workspace.store.evidence.put(content)
    with workspace.writing("benchmark.made") as work:
        work.put_edition(edition)
        for record in made.records:
            work.put(replace(record, version=0))
    return workspace


def _peak(folder: Path) -> None:
    """In a process of its own: megabytes before and at most while the report was made."""
    with tempfile.TemporaryDirectory() as scratch, open_workspace(folder, is_for_reading=True) as workspace:
        before = _most_held()
        make_report(workspace, "audit", target=Path(scratch) / "peak.pdf")
        print(before, _most_held())


def _most_held() -> float:
    """Megabytes this program held at most; what the system says of a child counts its parent's as well."""
    status = Path("/proc/self/status")
    if not status.exists():
        return peak_megabytes()
    (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peak"]:
        _peak(Path(sys.argv[2]))
        sys.exit()
    sys.exit(main())
