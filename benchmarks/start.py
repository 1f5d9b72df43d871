"""How much processor time a start costs: the first paint, and Today with data from a workspace of 5,000 ratings.

    python benchmarks/start.py [ROUNDS]

The floors are a bare QMainWindow, and a bare window that also imports SQLAlchemy and the driver and runs the same queries raw.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from measure import child_cpu, median, say

DEALERSHIPS, ASSESSMENTS = 9, 4
YEAR = (
    "visits",
    "agenda_items",
    "promises",
    "sponsor_checks",
    "management_reviews",
    "planned_phases",
    "planned_areas",
    "gate_statements",
    "charters",
    "targets",
    "readings",
    "process_owners",
    "step_marks",
)
"""What Today asks since it names the next steps: all of them empty here, as in a programme that has no plan yet."""
FORBIDDEN = ("sqlalchemy", "alembic", "reportlab", "openpyxl", "numpy", "PIL", "yaml")


def make_workspace(folder: Path) -> int:
    """Nine dealerships with four completed assessments each; gives the number of ratings."""
    from qma_app.domain.assessment import Assessment, AssessmentKind
    from qma_app.domain.engagement import Engagement
    from qma_app.domain.rating import Rating
    from qma_app.domain.standing import applicable_in
    from qma_app.services.assessments import complete_assessment, start_assessment
    from qma_app.services.dealerships import add_dealership
    from qma_app.services.workspace import create_workspace

    kinds = (AssessmentKind.BASELINE, *[AssessmentKind.PROGRESS] * (ASSESSMENTS - 1))
    count = 0
    with create_workspace(folder) as workspace:
        for number in range(DEALERSHIPS):
            added = add_dealership(workspace, name=f"Autohaus Beispiel {number}", country="DE")
            engagement = added.made(Engagement)
            for step, kind in enumerate(kinds):
                assessment = start_assessment(workspace, engagement_id=engagement.id, kind=kind).made(
                    Assessment
                )
                with workspace.writing("benchmark.filled") as work:
                    for place, checkpoint in enumerate(applicable_in(work, assessment)):
                        points = (4, 6, 8, 10)[(place + step) % 4]
                        rating = Rating(
                            id=work.new_id(), assessment_id=assessment.id, checkpoint_id=checkpoint
                        ).rated(points, at=work.at, by=None)
                        work.put(rating)
                        count += 1
                complete_assessment(workspace, assessment.id)
    return count


def bare() -> None:
    """An empty window, painted once."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        def paintEvent(self, event: object) -> None:
            QTimer.singleShot(0, app.quit)

    app = QApplication([])
    window = Window()
    window.resize(1440, 900)
    window.show()
    app.exec()


def bare_with_queries(folder: Path) -> None:
    """An empty window, the libraries, and what Today asks of the database, fetched raw."""
    bare()
    import sqlalchemy  # noqa: F401  the peer pays for it

    from qma_app.storage import driver
    from qma_app.storage.keys import read_key_file

    connection = driver.connect(folder / "workspace.db", read_key_file(folder).database)
    engagement, edition = connection.execute("SELECT id, edition FROM engagements LIMIT 1").fetchone()
    connection.execute("SELECT content FROM editions WHERE hash = ?", (edition,)).fetchone()
    for table in ("dealerships", "sites", "people", "qualifications", "settings"):
        connection.execute(f"SELECT * FROM {table}").fetchall()
    for table in (*YEAR, "assessments", "findings", "evidence", "actions"):
        connection.execute(f"SELECT * FROM {table} WHERE engagement_id = ?", (engagement,)).fetchall()
    connection.execute(
        "SELECT r.* FROM ratings r JOIN assessments a ON a.id = r.assessment_id WHERE a.engagement_id = ?",
        (engagement,),
    ).fetchall()
    connection.execute("SELECT seq, hash, at FROM change_log ORDER BY seq DESC LIMIT 1").fetchone()


def ours(folder: Path, settings: Path, *, until: str) -> None:
    """The real start, ended after the first paint or once Today stands with its data painted."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from ui.app import Coach
    from ui.settings import Settings

    app = QApplication([])
    coach = Coach(app, Settings(settings), wanted=folder)
    coach.window.resize(1440, 900)
    if until == "paint":
        coach.window.painted.disconnect(coach.open_door)
        coach.window.painted.connect(app.quit)
    else:
        coach.opened.connect(lambda: QTimer.singleShot(0, app.quit))
    coach.show()
    app.exec()
    if until == "paint":
        loaded = [name for name in FORBIDDEN if name in sys.modules]
        assert not loaded, f"loaded before the first paint: {loaded}"
    else:
        assert coach.workbench.workspace is not None
        coach.window.grab()
    coach.close()


def main(rounds: int) -> int:
    """Start each in turn and compare medians of processor time."""
    with tempfile.TemporaryDirectory() as scratch:
        folder, settings = Path(scratch) / "workspace", Path(scratch) / "settings.ini"
        print(f"{make_workspace(folder)} ratings in {DEALERSHIPS} dealerships")
        modes = ("bare", "queries", "paint", "today")
        times: dict[str, list[float]] = {mode: [] for mode in modes}
        for _round in range(rounds + 1):
            for mode in modes:
                arguments = [__file__, "--child", mode, str(folder), str(settings)]
                times[mode].append(child_cpu(arguments, environment={"QT_QPA_PLATFORM": "offscreen"}))
        cpu = {mode: median(values[1:]) for mode, values in times.items()}
    print("  ".join(f"{mode} {seconds:.3f} s" for mode, seconds in cpu.items()))
    held = say("first paint / bare window", cpu["paint"] / cpu["bare"], 1.6)
    held &= say("Today with data / bare window + libraries + raw queries", cpu["today"] / cpu["queries"], 1.5)
    return 0 if held else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        mode, folder, settings = sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])
        if mode == "bare":
            bare()
        elif mode == "queries":
            bare_with_queries(folder)
        else:
            ours(folder, settings, until=mode)
        sys.exit(0)
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 7))
