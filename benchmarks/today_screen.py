"""Today of the sample's programme of 18 months: read, shown and painted, against its bare records and one paint.

    python benchmarks/today_screen.py [ROUNDS]

The floor is every different statement the reading sends, sent again through bare sqlcipher3 with all rows fetched (ratings with all their
fields, as in journey.py), and one paint of the finished screen. The screen reads, asks the rules for the next steps, computes levels after
each assessment and how an audit would end, makes its rows, lays out and paints; nothing of it is put off.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from journey import programme_in, read_bare, with_whole_ratings
from measure import interleaved, median, say
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from qma_app.services.sample import make_sample
from qma_app.services.workspace import Workspace, open_workspace
from qma_app.storage import driver
from qma_app.storage.store import DATABASE
from ui.pages.today import TodayPage
from ui.settings import Settings
from ui.theme import Appearance, ThemeKeeper
from ui.workbench import Workbench

HOLD = 2.5


def paint(page: TodayPage) -> None:
    """The whole screen into a picture of its size."""
    picture = QPixmap(page.size())
    page.render(picture)


def show(page: TodayPage) -> None:
    """What showing the page does, with what it reads after its first sight, and the paint after it."""
    page.refresh()
    page.show_readiness()
    paint(page)


def show_bare(cursor: Any, statements: list[str], page: TodayPage) -> None:
    """The rows from the driver, and one paint of what stands on the screen already."""
    read_bare(cursor, statements)
    paint(page)


def statements_of(workspace: Workspace, page: TodayPage) -> list[str]:
    """Every different statement the page sends, with its values."""
    sent: list[str] = []
    connection = workspace.store._take_reader()
    connection.set_trace_callback(sent.append)
    workspace.store._give_back(connection)
    page.refresh()
    page.show_readiness()
    connection.set_trace_callback(None)
    return list(dict.fromkeys(one for one in sent if one.startswith("SELECT")))


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    app = QApplication([])
    app.setStyle("Fusion")
    ThemeKeeper(app).apply(Appearance.LIGHT, 100)
    with tempfile.TemporaryDirectory() as folder:
        make_sample(Path(folder) / "w").close()
        workspace = open_workspace(Path(folder) / "w")
        engagement = programme_in(workspace)
        bench = Workbench(Settings(Path(folder) / "settings"))
        bench.use(workspace)
        bench.open_dealership(engagement.dealership_id)
        page = TodayPage(bench)
        page.resize(1240, 800)
        page.show()
        show(page)
        app.processEvents()
        statements = with_whole_ratings(statements_of(workspace, page))
        with closing(driver.connect(workspace.folder / DATABASE, workspace.keys.database)) as connection:
            mine, floor = interleaved(
                partial(show, page),
                partial(show_bare, connection.cursor(), statements, page),
                rounds=rounds,
                clock=time.process_time,
            )
        note = f"{median(mine) * 1e3:.1f} ms against {median(floor) * 1e3:.1f} ms cpu, {len(statements)} statements"
        is_held = say(
            "show Today / its records bare + painting", median(mine) / median(floor), HOLD, note=note
        )
        bench.use(None)
    return 0 if is_held else 1


if __name__ == "__main__":
    sys.exit(main())
