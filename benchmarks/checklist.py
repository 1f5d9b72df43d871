"""Opening an assessment of 600 checkpoints and scrolling through it: the screen against bare statements and bare painting.

    python benchmarks/checklist.py [ROUNDS]

The floor of opening runs the statements the screen needs in bare sqlcipher3 and fetches their rows (this assessment, those before
it, findings, links of evidence), and paints the finished screen once: what no program could leave out. The screen reads, makes its
rows, knows the height of all 600 cards, counts outline and head, fills the inspector, and paints. All 600 stand in one list.

The floor of scrolling paints the cards that fit by plain painter calls at places known beforehand: the same words, frames, cells
and marks, no model, no delegate.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from measure import interleaved, median, say
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QApplication

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import FindingGrade
from qma_app.domain.ids import AssessmentId, RatingId
from qma_app.domain.rating import Rating
from qma_app.domain.standing import applicable_in
from qma_app.services.assessments import complete_assessment, start_assessment
from qma_app.services.findings import raise_finding
from qma_app.services.workspace import Workspace, create_workspace
from qma_app.storage import driver
from qma_app.storage.store import DATABASE
from tests.builders import a_checkpoint, a_dealership, a_site, a_text, an_edition, an_engagement, areas_of
from ui.checklists.filters import Reach
from ui.pages.checklists import ChecklistsPage
from ui.settings import Settings
from ui.theme import Appearance, ThemeKeeper
from ui.workbench import Workbench

CHECKPOINTS, ASSESSMENTS, FINDINGS = 600, 4, 60
HOLD, HOLD_MEGABYTES = 2.5, 20
STATEMENT = (
    "The customer is told the price of part {} before the order is signed, and what was agreed stands on it."
)
RATINGS = "SELECT * FROM ratings WHERE assessment_id = ? AND deleted_at IS NULL ORDER BY rowid"
OTHERS = (
    "SELECT * FROM assessments WHERE engagement_id = ? AND deleted_at IS NULL",
    "SELECT * FROM findings WHERE engagement_id = ? AND deleted_at IS NULL",
)
LINKS = "SELECT * FROM evidence_links WHERE assessment_id = ? AND deleted_at IS NULL"


def fill(workspace: Workspace) -> tuple[Engagement, list[AssessmentId]]:
    """A programme in its fourth assessment, every checkpoint rated in each, a note on every fifth."""
    points = [
        a_checkpoint(
            f"area-{number // 60}.process-{number // 8}.point-{number}",
            statement=a_text(STATEMENT.format(number)),
        )
        for number in range(CHECKPOINTS)
    ]
    edition = an_edition(areas=areas_of(points))
    with workspace.writing("benchmark.filled") as work:
        work.put_edition(edition)
        work.put(a_dealership())
        work.put(a_site())
        engagement = work.put(an_engagement(edition=edition.hash, coach_id=None))
    ids = []
    for turn in range(ASSESSMENTS):
        started = start_assessment(workspace, engagement_id=engagement.id, kind=AssessmentKind.PROGRESS)
        assessment = started.made(Assessment)
        ids.append(assessment.id)
        with workspace.writing("benchmark.filled") as work:
            for number, checkpoint in enumerate(applicable_in(work, assessment)):
                note = "Two of ten orders carry no price." if number % 5 == 0 else ""
                rating = Rating(
                    id=RatingId(work.new_id()),
                    assessment_id=assessment.id,
                    checkpoint_id=checkpoint,
                    note=note,
                )
                work.put(rating.rated((0, 4, 6, 8, 10)[number % 5], at=work.at, by=None))
        if turn < ASSESSMENTS - 1:
            complete_assessment(workspace, assessment.id)
    for number in range(FINDINGS):
        raise_finding(
            workspace,
            engagement_id=engagement.id,
            assessment_id=ids[-1],
            checkpoint_id=points[number * 10].id,
            grade=FindingGrade.MINOR,
            statement="No price on the order",
        )
    return engagement, ids


def read_bare(cursor: Any, engagement: Engagement, ids: list[AssessmentId]) -> int:
    """The rows behind the screen, as they come from the driver."""
    rows = 0
    for id in ids:
        rows += len(cursor.execute(RATINGS, (id,)).fetchall())
    for statement in OTHERS:
        rows += len(cursor.execute(statement, (engagement.id,)).fetchall())
    return rows + len(cursor.execute(LINKS, (ids[-1],)).fetchall())


class BareCards:
    """Paints as many cards as fit at places known beforehand."""

    def __init__(self, page: ChecklistsPage) -> None:
        view = page.columns.middle.list
        self.size = view.viewport().size()
        self._font = QFont(QApplication.font())
        self._font.setPixelSize(13)
        self._cards = []
        for place in range(view.rows.rowCount()):
            area = view.visualRect(view.rows.index(place))
            card = view.cards.card_at(place)
            if card is None or not view.viewport().rect().intersects(area):
                continue
            corner = QPointF(area.topLeft())
            lines = [
                (QPointF(card.text_left, card.text_top + 14 + 19 * number) + corner, line.text)
                for number, line in enumerate(card.block.statement)
            ]
            cells = [cell.adjusted(3, 4, -3, -4).translated(corner) for cell in card.cells]
            number = view.rows.row_at(place).checkpoint.number
            self._cards.append((card.frame.translated(corner), number, lines, cells))

    def paint(self) -> None:
        """Frames, numbers, words, cells with their digits."""
        picture = QPixmap(self.size)
        picture.fill(QColor("#F4F6F8"))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        edge, ink = QPen(QColor("#7B8794")), QPen(QColor("#1B2733"))
        ground, chosen = QColor("#FFFFFF"), QColor("#4C9A83")
        for frame, number, lines, cells in self._cards:
            painter.setPen(edge)
            painter.setBrush(ground)
            painter.drawRoundedRect(frame, 6, 6)
            painter.setPen(ink)
            painter.drawText(QPointF(frame.left() + 12, frame.center().y()), number)
            painter.drawText(QPointF(frame.left() + 28, frame.center().y() + 16), "mostly met")
            ring = QRectF(frame.left() + 12, frame.center().y() + 5, 11, 11)
            painter.drawEllipse(ring)
            painter.setBrush(edge.color())
            painter.drawPie(ring, 90 * 16, -270 * 16)
            painter.drawRoundedRect(QRectF(cells[3].center().x() - 7, cells[3].bottom() + 2, 14, 3), 1, 1)
            for at, text in lines:
                painter.drawText(at, text)
            for place, cell in enumerate(cells):
                painter.setPen(edge)
                painter.setBrush(chosen if place == 3 else ground)
                painter.drawRoundedRect(cell, 6, 6)
                painter.setPen(ink)
                painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, "8")
        painter.end()


def paint_page(page: ChecklistsPage) -> None:
    """The whole screen with outline, head, list and inspector, into a picture of the same size."""
    picture = QPixmap(page.size())
    page.render(picture)


def paint_screen(page: ChecklistsPage) -> None:
    """The list as the screen paints it, into a picture of the same size."""
    viewport = page.columns.middle.list.viewport()
    picture = QPixmap(viewport.size())
    picture.fill(QColor("#F4F6F8"))
    viewport.render(picture)


def open_screen(page: ChecklistsPage, id: AssessmentId) -> None:
    """What choosing an assessment does, and the first paint after it."""
    page.way.open_assessment(id)
    paint_page(page)


def open_bare(cursor: Any, engagement: Engagement, ids: list[AssessmentId], page: ChecklistsPage) -> None:
    """The rows from the driver, and one paint of what stands on the screen already."""
    read_bare(cursor, engagement, ids)
    paint_page(page)


def scroll_screen(page: ChecklistsPage) -> None:
    """One screen down, and from the end back to the beginning."""
    bar = page.columns.middle.list.verticalScrollBar()
    bar.setValue(0 if bar.value() >= bar.maximum() else bar.value() + bar.pageStep())
    paint_screen(page)


def resident_megabytes() -> float:
    """What this process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000


def memory_taken(open_list: Callable[[], None]) -> float:
    """Megabytes the process holds more after opening."""
    gc.collect()
    before = resident_megabytes()
    open_list()
    gc.collect()
    return resident_megabytes() - before


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    app = QApplication([])
    ThemeKeeper(app).apply(Appearance.LIGHT, 100)
    with tempfile.TemporaryDirectory() as folder, create_workspace(Path(folder) / "w") as workspace:
        engagement, ids = fill(workspace)
        bench = Workbench(Settings(Path(folder) / "settings"))
        bench.use(workspace)
        bench.open_dealership(engagement.dealership_id)
        page = ChecklistsPage(bench)
        page.resize(1232, 816)
        page.show()
        taken = memory_taken(partial(_show_all, page, app))
        cards = BareCards(page)
        with closing(driver.connect(workspace.folder / DATABASE, workspace.keys.database)) as connection:
            cursor = connection.cursor()
            mine, floor = interleaved(
                partial(open_screen, page, ids[-1]),
                partial(open_bare, cursor, engagement, ids, page),
                rounds=rounds,
                clock=time.process_time,
            )
        note = f"{median(mine) * 1e3:.1f} ms against {median(floor) * 1e3:.1f} ms cpu"
        is_held = say(
            "open 600 checkpoints / bare rows and one paint", median(mine) / median(floor), HOLD, note=note
        )
        mine, floor = interleaved(
            partial(scroll_screen, page), cards.paint, rounds=4 * rounds, clock=time.process_time
        )
        note = f"{median(mine) * 1e3:.2f} ms against {median(floor) * 1e3:.2f} ms cpu"
        is_held &= say(
            "scroll one screen / bare painting of one", median(mine) / median(floor), HOLD, note=note
        )
        is_held &= say("memory for the open list", taken, HOLD_MEGABYTES, unit="MB")
        bench.jobs.cancel_all()
    return 0 if is_held else 1


def _show_all(page: ChecklistsPage, app: QApplication) -> None:
    page.refresh()
    page.way.choose_reach(Reach.EVERYTHING)
    paint_screen(page)
    app.processEvents()


if __name__ == "__main__":
    sys.exit(main())
