"""The table of 2,000 findings with 3,000 actions and 5,000 photos: shown, filtered, sorted, against bare statements.

    python benchmarks/findings_screen.py [ROUNDS]

The floor of showing is the one statement of the table in bare sqlcipher3 with its rows fetched, and one paint of the finished screen:
what no program could leave out. The screen reads, makes its rows, counts tabs, menus and bars, fits the rows in view, reads the finding
chosen and shows it in the panel, and paints.

The floor of filtering and sorting is a statement that gives the columns the table shows, narrowed and ordered by SQLite in the
same way; the table narrows and orders what it has read, and fits the rows in view. Both leave the painting out.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from measure import interleaved, median, say
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from qma_app.domain.action import Action, ActionLink
from qma_app.domain.cause import Cause
from qma_app.domain.edition import Named
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence, EvidenceKind, EvidenceLink
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import ActionId, ActionLinkId, CauseId, EvidenceId, EvidenceLinkId, FindingId
from qma_app.services.workspace import Workspace, create_workspace
from qma_app.storage import driver
from qma_app.storage.findings_query import ALL_LINES
from qma_app.storage.store import DATABASE
from tests.builders import a_checkpoint, a_dealership, a_site, a_text, an_edition, an_engagement, areas_of
from ui.models.findings_rows import Column, RowFilter, Tab
from ui.pages.findings import FindingsPage
from ui.settings import Settings
from ui.theme import Appearance, ThemeKeeper
from ui.widgets.findings_table import FindingsTable
from ui.workbench import Workbench

FINDINGS, ACTIONS, PHOTOS = 2_000, 3_000, 5_000
HOLD_SHOW, HOLD_NARROW = 2.5, 1.5
CATEGORIES = ("people", "method", "machine", "material", "environment", "measurement", "management", "other")
OWNERS = tuple(f"{letter}. Muster" for letter in "ABCDEFGHIJKL")
GRADES = (FindingGrade.MINOR, FindingGrade.MINOR, FindingGrade.MAJOR, FindingGrade.IMPROVEMENT)
WHAT = (
    "The price of part {} is not on the order before the customer signs it at the desk.",
    "Key {} hangs open.",
    "Nobody called customer {} within the time that was promised on the signed order.",
)
SHOWN = (
    "f.id, f.number, f.grade, f.statement, f.checkpoint_id, f.owner, f.due_on, f.closed_on, f.reopened FROM findings f"
    " WHERE f.engagement_id = ? AND f.deleted_at IS NULL"
)
OPEN = " AND f.closed_on IS NULL AND f.grade <> 'good-practice'"


def fill(workspace: Workspace) -> Engagement:
    """A programme with as many findings as a group of large houses has after years."""
    points = [
        a_checkpoint(f"area-{number // 60}.process-{number // 8}.point-{number}") for number in range(600)
    ]
    named = tuple(Named(id=id, title=a_text(id.capitalize())) for id in CATEGORIES)
    edition = an_edition(areas=areas_of(points), cause_categories=named)
    today = workspace.today()
    with workspace.writing("benchmark.filled") as work:
        work.put_edition(edition)
        work.put(a_dealership())
        work.put(a_site())
        engagement = work.put(an_engagement(edition=edition.hash, coach_id=None))
        findings = []
        for number in range(1, FINDINGS + 1):
            finding = _finding(number, engagement, today, FindingId(work.new_id()))
            finding = replace(finding, checkpoint_id=points[number * 7 % 600].id)
            findings.append(work.put(finding).id)
            if number % 3:
                _whys(work, finding)
        for number in range(1, ACTIONS + 1):
            action = work.put(_action(number, engagement, today, ActionId(work.new_id())))
            for step in range(1 + number % 2):
                work.put(
                    ActionLink(
                        id=ActionLinkId(work.new_id()),
                        action_id=action.id,
                        finding_id=findings[(number * 2 + step * 11) % FINDINGS],
                    )
                )
        for number in range(PHOTOS):
            photo = Evidence(
                id=EvidenceId(work.new_id()),
                engagement_id=engagement.id,
                kind=EvidenceKind.PHOTO,
                name=f"photo {number}.jpg",
                media_type="image/jpeg",
                digest=f"{number:064x}",
                original_digest=f"{number:064x}",
                size=1,
                taken_in_at=work.at,
            )
            work.put(photo)
            link = EvidenceLinkId(work.new_id())
            work.put(EvidenceLink(id=link, evidence_id=photo.id, finding_id=findings[number * 3 % FINDINGS]))
    return engagement


def _finding(number: int, engagement: Engagement, today: date, id: FindingId) -> Finding:
    seen = today - timedelta(days=number % 500)
    return Finding(
        id=id,
        engagement_id=engagement.id,
        number=number,
        grade=GRADES[number % 4],
        statement=WHAT[number % 3].format(number),
        requirement="It stands on the signed order.",
        evidence="Twelve cases looked at: five in time, four late, three never.",
        owner=OWNERS[number % 12],
        seen_on=seen,
        due_on=today + timedelta(days=number % 90 - 20),
        closed_on=seen + timedelta(days=number % 60) if number % 2 else None,
        cost=Decimal(number * 10) if number % 5 == 0 else None,
    )


def _action(number: int, engagement: Engagement, today: date, id: ActionId) -> Action:
    day = today - timedelta(days=number % 200)
    return Action(
        id=id,
        engagement_id=engagement.id,
        number=number,
        what=f"Put the price of part {number} on the order form and show the desk how it is filled in.",
        owner=OWNERS[number % 12],
        due_on=today + timedelta(days=number % 90 - 20),
        started_on=day if number % 4 else None,
        done_on=day if number % 4 > 1 else None,
        effective_on=day if number % 4 > 2 else None,
        cx=number % 5 + 1,
        ex=3,
        profit=2,
        confidence=80,
        effort=number % 3 + 1,
    )


def _whys(work: Any, finding: Finding) -> None:
    above = None
    for depth in range(3):
        cause = work.put(
            Cause(
                id=CauseId(work.new_id()),
                engagement_id=finding.engagement_id,
                finding_id=finding.id,
                parent_id=above,
                words=f"The form of part {finding.number} has no field for it ({depth}).",
                category=CATEGORIES[finding.number % 8] if depth == 2 else "",
                is_changeable=depth == 2,
            )
        )
        above = cause.id


def paint_page(page: FindingsPage) -> None:
    """The whole screen into a picture of its size."""
    picture = QPixmap(page.size())
    page.render(picture)


def show_screen(page: FindingsPage) -> None:
    """What showing the page does, and the first paint after it."""
    page.refresh()
    paint_page(page)


def show_bare(cursor: Any, engagement: Engagement, page: FindingsPage) -> None:
    """The rows from the driver, and one paint of what stands on the screen already."""
    cursor.execute(ALL_LINES, {"programme": engagement.id}).fetchall()
    paint_page(page)


def narrowing(page: FindingsPage, bare: Any) -> list[tuple[Any, Any]]:
    """Tabs, menus and words, in the table and in SQL."""
    table, areas = page.table, page.filters._areas
    area = areas[3][0]
    filters = (
        RowFilter(tab=Tab.OPEN),
        RowFilter(tab=Tab.CLOSED, grade=FindingGrade.MAJOR),
        RowFilter(tab=Tab.ALL, area_id=area),
        RowFilter(tab=Tab.OPEN, owner=OWNERS[4]),
        RowFilter(tab=Tab.ALL, text="signed order"),
    )
    order = " ORDER BY f.number DESC"
    words = " AND ".join(
        "(f.statement LIKE ? OR f.requirement LIKE ? OR f.evidence LIKE ? OR f.owner LIKE ?)" for _n in "12"
    )
    statements = (
        (f"SELECT {SHOWN}{OPEN}{order}", ()),
        (f"SELECT {SHOWN} AND f.closed_on IS NOT NULL AND f.grade = 'major'{order}", ()),
        (f"SELECT {SHOWN} AND f.checkpoint_id LIKE ?{order}", (f"{area}.%",)),
        (f"SELECT {SHOWN}{OPEN} AND f.owner = ?{order}", (OWNERS[4],)),
        (f"SELECT {SHOWN} AND {words}{order}", ("%signed%",) * 4 + ("%order%",) * 4),
    )
    return [
        (partial(narrow_anew, table, one), partial(bare, statement, values))
        for one, (statement, values) in zip(filters, statements, strict=True)
    ]


def narrow_anew(table: FindingsTable, row_filter: RowFilter) -> None:
    """As if another filter had been there before: the model would not do the same twice."""
    table.findings._filter = RowFilter(text="-")
    table.show_only(row_filter)


def sorting(page: FindingsPage, bare: Any) -> list[tuple[Any, Any]]:
    """By number, day, grade, owner and words, in the table and in SQL."""
    grades = "CASE f.grade WHEN 'major' THEN 0 WHEN 'minor' THEN 1 WHEN 'improvement' THEN 2 ELSE 3 END"
    columns = (
        (Column.DUE, "f.closed_on IS NOT NULL, f.due_on, f.number"),
        (Column.GRADE, f"{grades}, f.number"),
        (Column.OWNER, "lower(f.owner), f.number"),
        (Column.STATEMENT, "lower(f.statement), f.number"),
        (Column.NUMBER, "f.number"),
    )
    return [
        (partial(sort_anew, page, column), partial(bare, f"SELECT {SHOWN} ORDER BY {order}", ()))
        for column, order in columns
    ]


def sort_anew(page: FindingsPage, column: Column) -> None:
    """As the first click on a head does: nothing of the order is known yet."""
    rows = page.table.findings.rows
    assert rows is not None
    rows._orders.clear()
    page.table.findings._is_descending = True
    page.table.sort_by(column)


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    app = QApplication([])
    ThemeKeeper(app).apply(Appearance.LIGHT, 100)
    with tempfile.TemporaryDirectory() as folder, create_workspace(Path(folder) / "w") as workspace:
        engagement = fill(workspace)
        bench = Workbench(Settings(Path(folder) / "settings"))
        bench.use(workspace)
        bench.open_dealership(engagement.dealership_id)
        page = FindingsPage(bench)
        page.resize(1240, 816)
        page.show()
        page.refresh()
        app.processEvents()
        with closing(driver.connect(workspace.folder / DATABASE, workspace.keys.database)) as connection:
            cursor = connection.cursor()

            def bare(statement: str, values: tuple[str, ...]) -> None:
                cursor.execute(statement, (engagement.id, *values)).fetchall()

            mine, floor = interleaved(
                partial(show_screen, page),
                partial(show_bare, cursor, engagement, page),
                rounds=rounds,
                clock=time.process_time,
            )
            is_held = _say("show 2,000 findings / their statement and one paint", mine, floor, HOLD_SHOW)
            page.table.show_only(RowFilter(text="x"))  # the words are read at the first letter
            is_held &= _slowest("filter / the same in SQL, slowest of 5", narrowing(page, bare), rounds)
            page.table.show_only(RowFilter())
            is_held &= _slowest("sort / the same in SQL, slowest of 5", sorting(page, bare), rounds)
        bench.jobs.cancel_all()
    return 0 if is_held else 1


def _slowest(name: str, pairs: list[tuple[Any, Any]], rounds: int) -> bool:
    """The pair that stands worst against its own floor."""
    timed = [interleaved(*pair, rounds=rounds, clock=time.process_time) for pair in pairs]
    worst = max(timed, key=_ratio)
    return _say(name, *worst, HOLD_NARROW)


def _ratio(pair: tuple[list[float], list[float]]) -> float:
    return median(pair[0]) / median(pair[1])


def _say(name: str, mine: list[float], floor: list[float], hold: float) -> bool:
    note = f"{median(mine) * 1e3:.2f} ms against {median(floor) * 1e3:.2f} ms cpu"
    return say(name, median(mine) / median(floor), hold, note=note)


if __name__ == "__main__":
    sys.exit(main())
