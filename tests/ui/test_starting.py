"""The frame is on the screen before anything heavy is loaded, and one user has one window."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from qma_app.services.workspace import Workspace
from ui.app import Coach
from ui.single_instance import SingleInstance

HEAVY = (
    "sqlalchemy",
    "alembic",
    "reportlab",
    "openpyxl",
    "numpy",
    "scipy",
    "PIL",
    "yaml",
    "sqlcipher3",
    "babel",
)

_AT_FIRST_PAINT = """
import json, sys
from ui import app as starting

def told(self):
    window = self.window
    print(json.dumps({
        "modules": [name for name in sys.argv[1].split(",") if name in sys.modules],
        "pages": [name for name in sys.modules if name.startswith(("ui.pages.", "qma_app.services", "qma_app.storage"))],
        "is_visible": window.isVisible(),
        "size": [window.width(), window.height()],
    }))
    starting.QApplication.quit()

starting.Coach.open_door = told
sys.exit(starting.main(["qma-coach"]))
"""


def test_nothing_heavy_is_loaded_before_the_first_paint() -> None:
    """The coach sees the window before the database, the papers and the pages are imported."""
    done = subprocess.run(
        [sys.executable, "-c", _AT_FIRST_PAINT, ",".join(HEAVY)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": "."},
    )
    told = json.loads(done.stdout)
    assert told["is_visible"]
    assert told["size"][0] >= 800
    assert told["modules"] == []
    assert [name for name in told["pages"] if name != "ui.pages.page"] == []


def test_the_first_start_shows_the_welcome(coach: Coach) -> None:
    assert coach.window.current_page is None
    assert not coach.window.sidebar.isVisible()
    assert not coach.workbench.has_workspace


def test_a_folder_named_at_the_start_is_opened(
    open_coach: Callable[[Path | None], Coach], workspace: Workspace, dealership_id: str
) -> None:
    folder = workspace.folder
    workspace.close()
    coach = open_coach(folder)
    assert coach.workbench.dealership_id == dealership_id
    page = coach.window.current_page
    assert page is not None
    assert page.key == "today"
    assert "Autohaus Beispiel" in coach.window.header.name.text()


def test_a_folder_that_is_no_workspace_is_refused_with_a_way_out(
    open_coach: Callable[[Path | None], Coach], tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    coach = open_coach(empty)
    assert coach.window.messages.isVisible()
    assert str(empty) in coach.window.messages.text
    assert not coach.workbench.has_workspace


def test_the_next_start_goes_on_where_this_one_ended(
    open_coach: Callable[[Path | None], Coach], workspace: Workspace, dealership_id: str
) -> None:
    folder = workspace.folder
    workspace.close()
    first = open_coach(folder)
    first.window.go_to_page("settings")
    first.window.close()
    first.close()
    second = open_coach(None)
    page = second.window.current_page
    assert page is not None
    assert page.key == "settings"
    assert second.workbench.workspace.folder == folder


def test_a_second_start_hands_its_file_to_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    assert first.listen()
    asked: list[object] = []
    first.asked.connect(asked.append)
    code = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication;"
        "from ui.single_instance import SingleInstance; app = QCoreApplication([]);"
        "sys.exit(0 if SingleInstance(Path(sys.argv[1])).hand_over(Path(sys.argv[2])) else 1)"
    )
    second = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path), str(tmp_path / "a.qmabackup")],
        cwd=Path(__file__).parents[2],
    )
    qtbot.waitUntil(lambda: bool(asked), timeout=20_000)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    first.close()
    assert second.returncode == 0
    assert asked == [tmp_path / "a.qmabackup"]


def test_where_nobody_runs_the_start_is_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.is_first()
    assert not second.is_first()
    first.close()
    assert second.is_first()
    second.close()


def test_a_window_that_does_not_answer_is_not_waited_for(qtbot: QtBot, tmp_path: Path) -> None:
    assert not SingleInstance(tmp_path).hand_over(None, patience_ms=1)


def test_two_users_do_not_hear_one_another(qtbot: QtBot, tmp_path: Path) -> None:
    one = SingleInstance(tmp_path / "one")
    assert one.listen()
    assert not SingleInstance(tmp_path / "other").hand_over(None, patience_ms=1)
    one.close()


@pytest.mark.parametrize("rubbish", [b"{}\n", b"not json\n", b'{"open": 4}\n', b"[]\n"])
def test_rubbish_on_the_socket_opens_nothing(qtbot: QtBot, tmp_path: Path, rubbish: bytes) -> None:
    from PySide6.QtNetwork import QLocalSocket

    first = SingleInstance(tmp_path)
    assert first.listen()
    asked: list[object] = []
    first.asked.connect(asked.append)
    socket = QLocalSocket()
    socket.connectToServer(first.name)
    assert socket.waitForConnected(2_000)
    socket.write(rubbish)
    socket.flush()
    socket.disconnectFromServer()
    qtbot.wait(1)
    first.close()
    assert [path for path in asked if path is not None] == []
