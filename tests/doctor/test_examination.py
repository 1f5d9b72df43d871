"""The doctor on the real machine: probes in children, and no trace left behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from qma_app.doctor import State, child, examine


def test_a_whole_machine_is_examined_in_one_order_and_nothing_is_left_behind(tmp_path: Path) -> None:
    checks = examine(tmp_path / "work")
    assert [check.name for check in checks] == [
        *("Python", "Language and encoding", "Time zone"),
        *("Window toolkit", "Screen", "Fonts", "Database", "Full-text search", "Encryption"),
        *("Folder", "Place", "Free space"),
    ]
    # The screen of whoever runs the tests is not ours to judge.
    bad = [check for check in checks if check.state is State.BAD and check.name != "Screen"]
    assert bad == []
    assert list(tmp_path.iterdir()) == []


def test_the_examination_loads_no_window_toolkit_and_no_driver_into_this_process() -> None:
    """A broken library may end the process that loads it."""
    program = (
        "import sys; from pathlib import Path; from qma_app.doctor import examine; examine(Path('.'));"
        "print(sorted({'PySide6', 'sqlcipher3', 'cryptography'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("program", "trouble"),
    [
        ("import os; os.abort()", "it ended with code"),
        ("import sys; sys.exit('the plug-in is missing')", "it ended with code 1 (the plug-in is missing)"),
    ],
)
def test_a_probe_that_dies_is_a_finding_not_a_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, trouble: str
) -> None:
    (tmp_path / "probe_dying.py").write_text(program, encoding="utf-8")
    monkeypatch.setattr(child, "_FOLDER", tmp_path)
    assert child.ask("probe_dying")["trouble"].startswith(trouble)


def test_a_probe_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "probe_hanging.py").write_text("import threading; threading.Event().wait()", encoding="utf-8")
    monkeypatch.setattr(child, "_FOLDER", tmp_path)
    monkeypatch.setattr(child, "_SECONDS", 0.2)
    assert child.ask("probe_hanging")["trouble"] == "no answer within 0.2 seconds"


def test_a_python_that_cannot_be_started_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "no such python")
    assert "no such" in child.ask("probe_database")["trouble"].casefold()


def test_a_missing_library_is_named_by_each_probe(tmp_path: Path) -> None:
    """An empty package of the same name stands for a broken installation."""
    for package in ("PySide6", "sqlcipher3", "cryptography"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text("__version__ = '0'\n", encoding="utf-8")
    for probe in ("probe_qt", "probe_database", "probe_encryption"):
        assert "No module named" in child.ask(probe, settings={"PYTHONPATH": str(tmp_path)})["trouble"]


def test_a_setting_of_none_is_taken_from_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "probe_settings.py").write_text(
        "import json, os; print(json.dumps({'trouble': os.environ.get('QMA_TRIED', 'gone')}))",
        encoding="utf-8",
    )
    monkeypatch.setattr(child, "_FOLDER", tmp_path)
    monkeypatch.setenv("QMA_TRIED", "here")
    assert child.ask("probe_settings")["trouble"] == "here"
    assert child.ask("probe_settings", settings={"QMA_TRIED": None})["trouble"] == "gone"
