"""A terminal that knows few letters shows what it can; the command is done all the same."""

from __future__ import annotations

import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from qma_app.cli import DONE, REFUSED, main
from qma_app.services.workspace import is_workspace
from tests.services.conftest import Programme


def test_names_in_another_script(
    programme: Programme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme.workspace.close()
    out, err = BytesIO(), BytesIO()
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(out, encoding="ascii", write_through=True))
    monkeypatch.setattr(sys, "stderr", TextIOWrapper(err, encoding="ascii", write_through=True))
    file = tmp_path / "Öl 服务 🚗.qmabackup"
    assert main(["backup", "-w", str(programme.workspace.folder), "-o", str(file)]) == DONE
    assert b"\\u670d" in out.getvalue()
    assert main(["restore", str(file), str(tmp_path / "服务")]) == DONE
    assert is_workspace(tmp_path / "服务")
    assert main(["verify", str(tmp_path / "nichts 服务")]) == REFUSED
    assert b"neither a workspace nor a backup" in err.getvalue()
