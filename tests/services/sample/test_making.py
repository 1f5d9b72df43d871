"""The sample stands under its name whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from qma_app.errors import StorageTrouble
from qma_app.services.sample import make_sample
from tests.services.sample.made import ROOT

HALF_WAY = """
import sys
from pathlib import Path
from qma_app.services.sample import make_sample

def hear(share):
    if share > 0.01:
        print("on the way", flush=True)
        sys.stdin.read()
    return True

make_sample(Path(sys.argv[1]), progress=hear)
"""


def test_stopping_it_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(StorageTrouble) as trouble:
        make_sample(tmp_path / "sample", progress=lambda share: share < 0.01)
    assert trouble.value.code == "sample.cancelled"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a word of Unix")
def test_a_process_killed_half_way_leaves_nothing_under_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "sample"
    maker = subprocess.Popen(
        [sys.executable, "-c", HALF_WAY, str(folder)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with maker:
        assert maker.stdout is not None
        assert maker.stdout.readline() == b"on the way\n"
        os.kill(maker.pid, signal.SIGKILL)
    assert not folder.exists()


def test_a_folder_that_holds_something_is_refused_untouched(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(StorageTrouble, match="is not empty: a sample is made in a new folder only"):
        make_sample(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_in_its_place_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "sample"
    file.write_text("mine")
    with pytest.raises(StorageTrouble) as trouble:
        make_sample(file)
    assert trouble.value.code == "sample.folder-not-empty"
    assert file.read_text() == "mine"
