"""Makes the pictures in docs/images from the real program on the sample dealership: `python docs/screenshots.py`."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QEventLoop, QTimer  # noqa: E402  the platform and the path come first
from PySide6.QtWidgets import QApplication  # noqa: E402

from qma_app.domain.audit import Audit  # noqa: E402
from qma_app.domain.dealership import Dealership  # noqa: E402
from qma_app.domain.engagement import Engagement  # noqa: E402
from qma_app.services.sample import make_sample  # noqa: E402
from ui.app import Coach  # noqa: E402
from ui.pages import PAGES  # noqa: E402
from ui.places import Place  # noqa: E402
from ui.settings import Settings  # noqa: E402

IMAGES = ROOT / "docs" / "images"
VIEWS = {
    "findings": ("board", "causes", "evidence"),
    "journey": ("visits", "promises", "reviews", "readiness", "agreement", "trends"),
    "people": ("owners", "certificates"),
    "dealerships": ("map", "compare"),
    "audit": ("plan", "opening", "on-site", "closing", "sign"),
}
FIRST_VIEWS = {
    "findings": "table",
    "journey": "plan",
    "people": "people",
    "dealerships": "table",
    "audit": "report",
}
SLOW = ("reports", "audit")
"""Pages with a paper that is drawn beside the window."""
SIZES = {"": (1440, 900), "-small": (1024, 640)}


def wait(milliseconds: int) -> None:
    """Let the window work; reports are built beside it."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def opened(app: QApplication, settings: Settings, folder: Path | None) -> Coach:
    """The program with a workspace open, or at its first start."""
    coach = Coach(app, settings, folder)
    loop = QEventLoop()
    coach.opened.connect(loop.quit)
    coach.show()
    loop.exec()
    return coach


def picture(coach: Coach, name: str) -> None:
    """One picture of the window as it stands."""
    path = IMAGES / f"{name}.png"
    coach.window.grab().save(str(path))
    print(path.relative_to(ROOT))


def place_of(coach: Coach, page: str) -> Place:
    """Where a page has most to show: the audit stands in a house of its own."""
    with coach.workbench.workspace.reading() as reader:
        houses = sorted(reader.all(Dealership), key=lambda one: one.name)
        audit = next(iter(reader.all(Audit)), None)
        shown = next(one for one in houses if "Lindner" in one.name)
        if page != "audit" or audit is None:
            return Place(page=page, dealership_id=shown.id)
        engagement = reader.get(Engagement, audit.engagement_id)
    return Place(
        page=page,
        dealership_id=engagement.dealership_id,
        assessment_id=audit.assessment_id,
        view=FIRST_VIEWS[page],
    )


def main() -> None:
    """Welcome, then each page with its views, light and dark, at two sizes."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    with tempfile.TemporaryDirectory() as scratch:
        settings = Settings(Path(scratch) / "settings")
        for appearance in ("light", "dark"):
            settings.put("appearance", appearance)
            os.environ["XDG_DATA_HOME"] = str(Path(scratch) / "nothing")
            coach = opened(app, settings, None)
            coach.window.resize(*SIZES[""])
            wait(300)
            picture(coach, f"welcome-{appearance}")
            coach.window.close()
            coach.close()
        make_sample(Path(scratch) / "sample", portfolio=True).close()
        coach = opened(app, settings, Path(scratch) / "sample")
        for appearance in ("light", "dark"):
            settings.put("appearance", appearance)
            for ending, size in SIZES.items():
                coach.window.resize(*size)
                for entry in PAGES:
                    place = place_of(coach, entry.key)
                    coach.window.go(place)
                    wait(2500 if entry.key in SLOW else 500)
                    picture(coach, f"{entry.key}-{appearance}{ending}")
                    # Every page in four ways; its further views once, so that the pictures stay few.
                    for view in VIEWS.get(entry.key, ()) if ending == "" and appearance == "light" else ():
                        coach.window.go(replace(place, view=view))
                        wait(1200)
                        picture(coach, f"{entry.key}-{view}-{appearance}{ending}")
                    if entry.key in FIRST_VIEWS:
                        coach.window.go(replace(place, view=FIRST_VIEWS[entry.key]))
        coach.window.close()
        coach.close()


if __name__ == "__main__":
    main()
