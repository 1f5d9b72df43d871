"""Journey of the sample's programme of 18 months: read, shown and painted, against its bare records and one paint.

    python benchmarks/journey_screen.py [ROUNDS]

The floor is every statement the reading sends, sent again through bare sqlcipher3 with all rows fetched (ratings with all their fields, as
in journey.py), and one paint of the finished screen. The screen reads, computes, makes its rows, lays out and paints.
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

from journey import programme_in, read, read_bare, statements_of, with_whole_ratings
from measure import interleaved, median, say
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from qma_app.services.sample import make_sample
from qma_app.services.workspace import open_workspace
from qma_app.storage import driver
from qma_app.storage.store import DATABASE
from ui.pages.journey import JourneyPage
from ui.settings import Settings
from ui.theme import Appearance, ThemeKeeper
from ui.workbench import Workbench

HOLD = 2.5


def paint_page(page: JourneyPage) -> None:
    """The whole screen into a picture of its size."""
    picture = QPixmap(page.size())
    page.render(picture)


def show_screen(page: JourneyPage) -> None:
    """What showing the page does, and the first paint after it."""
    page.refresh()
    paint_page(page)


def show_bare(cursor: Any, statements: list[str], page: JourneyPage) -> None:
    """The rows from the driver, and one paint of what stands on the screen already."""
    read_bare(cursor, statements)
    paint_page(page)


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    app = QApplication([])
    ThemeKeeper(app).apply(Appearance.LIGHT, 100)
    with tempfile.TemporaryDirectory() as folder:
        make_sample(Path(folder) / "w").close()
        with open_workspace(Path(folder) / "w") as workspace:
            engagement = programme_in(workspace)
            read(workspace, engagement)
            sent = with_whole_ratings(statements_of(workspace, engagement))
            bench = Workbench(Settings(Path(folder) / "settings"))
            bench.use(workspace)
            bench.open_dealership(engagement.dealership_id)
            page = JourneyPage(bench)
            page.resize(1240, 816)
            page.show()
            page.refresh()
            app.processEvents()
            with closing(driver.connect(workspace.folder / DATABASE, workspace.keys.database)) as connection:
                mine, floor = interleaved(
                    partial(show_screen, page),
                    partial(show_bare, connection.cursor(), sent, page),
                    rounds=rounds,
                    clock=time.process_time,
                )
            bench.jobs.cancel_all()
            note = f"{median(mine) * 1e3:.2f} ms against {median(floor) * 1e3:.2f} ms cpu"
            name = "show Journey / its records bare and one paint"
            is_held = say(name, median(mine) / median(floor), HOLD, note=note)
    return 0 if is_held else 1


if __name__ == "__main__":
    sys.exit(main())
