"""A whole session opens no network socket: not the core, not the window, not a library of theirs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

SESSION = """
import socket, sys, time
opened = []

def hook(event, arguments):
    if event == "socket.__new__" and arguments[1] in (socket.AF_INET, socket.AF_INET6):
        opened.append(f"{event} {arguments[1:]}")
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo") and not isinstance(arguments[-1], (str, bytes)):
        opened.append(f"{event} {arguments[1:]}")

sys.addaudithook(hook)
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.engagement import Engagement
from qma_app.services.assessments import start_assessment
from qma_app.services.backups import back_up_now, restore
from qma_app.services.calendars import write_calendar
from qma_app.services.dealerships import add_dealership
from qma_app.services.people_lists import read_people_list, read_vcards, take_in_people, write_vcards
from qma_app.services.ratings import rate_checkpoint
from qma_app.services.reports import make_report
from qma_app.services.visit_days import free_day
from qma_app.services.visits import plan_visit
from qma_app.services.workbooks import make_workbook
from qma_app.services.workspace import create_workspace, open_workspace
from ui.app import Coach
from ui.pages import PAGES
from ui.settings import Settings

folder = Path(sys.argv[1])
with create_workspace(folder / "w") as workspace:
    engagement = add_dealership(workspace, name="Autohaus Beispiel", country="DE").made(Engagement)
    assessment = start_assessment(workspace, engagement_id=engagement.id, kind=AssessmentKind.BASELINE).made(Assessment)
    with workspace.reading() as reader:
        first = next(iter(reader.edition(engagement.edition).checkpoints))
    rate_checkpoint(workspace, assessment.id, first, points=8)
    make_report(workspace, "assessment", target=folder / "r.pdf")
    make_workbook(workspace, "assessment", target=folder / "r.xlsx")
    make_workbook(workspace, "programme", target=folder / "p.xlsx")
    with workspace.reading() as reader:
        day = free_day(reader, engagement.id, workspace.today())
    plan_visit(workspace, engagement.id, planned_on=day)
    write_calendar(workspace, folder / "c.ics")
    people = folder / "people.csv"
    people.write_text("Name;E-mail\\nAda Sample;ada@example.org\\n", encoding="utf-8")
    take_in_people(workspace, engagement.dealership_id, read_people_list(people))
    with workspace.reading() as reader:
        read_vcards(write_vcards(reader, engagement.dealership_id, folder / "people.vcf"))
    assert {"holidays", "icalendar"} <= sys.modules.keys()
    restore(back_up_now(workspace, target=folder / "b.qmabackup"), folder / "restored")
app = QApplication([])
coach = Coach(app, Settings(folder / "settings"), folder / "w")
loop = QEventLoop()
coach.opened.connect(loop.quit)
coach.show()
loop.exec()
for entry in PAGES:
    coach.window.go_to_page(entry.key)
    QTimer.singleShot(200, loop.quit)
    loop.exec()

def inodes(name):
    path = Path("/proc/self/net") / name
    return {line.split()[9] for line in path.read_text().splitlines()[1:]} if path.exists() else set()

def mine():
    found = set()
    for entry in Path("/proc/self/fd").iterdir():
        try:
            target = str(entry.readlink())
        except OSError:
            continue
        if target.startswith("socket:["):
            found.add(target[8:-1])
    return found

if Path("/proc/self/net").is_dir():
    network = set().union(*(inodes(name) for name in ("tcp", "tcp6", "udp", "udp6")))
    opened += [f"inode {inode}" for inode in mine() & network]
coach.window.close()
coach.close()
print("OPENED", opened)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="what a process holds open is looked up in /proc")
def test_a_session_opens_no_network_socket(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SESSION, str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "OPENED []", done.stdout
