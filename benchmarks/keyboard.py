"""How long 40 checkpoints take by scripted keys in the real window, and whether each answer is in the database.

python benchmarks/keyboard.py
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from measure import say
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.engagement import Engagement
from qma_app.domain.rating import Outcome
from qma_app.services.assessments import start_assessment
from qma_app.services.dealerships import add_dealership
from qma_app.services.workspace import create_workspace
from ui.app import Coach
from ui.settings import Settings

CHECKPOINTS = 40


def main() -> int:
    """Rate 40 checkpoints with a digit and Space each, a note on every tenth; count them in the database."""
    app = QApplication([])
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with create_workspace(folder / "workspace") as workspace:
            engagement = add_dealership(workspace, name="Autohaus Beispiel", country="DE").made(Engagement)
            start_assessment(workspace, engagement_id=engagement.id, kind=AssessmentKind.BASELINE)
        coach = Coach(app, Settings(folder / "settings"), folder / "workspace")
        loop = QEventLoop()
        coach.opened.connect(loop.quit)
        coach.show()
        loop.exec()
        coach.window.go_to_page("checklists")
        app.processEvents()
        start = time.perf_counter()
        for number in range(CHECKPOINTS):
            _press(app, Qt.Key(Qt.Key.Key_1 + number % 5))
            if number % 10 == 9:
                _press(app, Qt.Key.Key_Return)
                QTest.keyClicks(app.focusWidget(), "seen at the second desk")
                _press(app, Qt.Key.Key_Escape)
            _press(app, Qt.Key.Key_Space)
        seconds = time.perf_counter() - start
        with coach.workbench.workspace.reading() as reader:
            (assessment,) = reader.all(Assessment)
            ratings = reader.ratings(assessment.id).values()
        rated = sum(rating.outcome is Outcome.RATED for rating in ratings)
        noted = sum(bool(rating.note) for rating in ratings)
        print(f"{rated} rated, {noted} with a note, {seconds * 1000 / CHECKPOINTS:.1f} ms a checkpoint")
        held = say("40 checkpoints rated by keys", seconds, 60, unit="s")
        held &= say("checkpoints missing in the database", CHECKPOINTS - rated, 0, unit="")
        coach.close()
    return 0 if held else 1


def _press(app: QApplication, key: Qt.Key) -> None:
    widget = app.focusWidget()
    assert widget is not None, "nothing has the focus"
    QTest.keyClick(widget, key)
    app.processEvents()


if __name__ == "__main__":
    sys.exit(main())
