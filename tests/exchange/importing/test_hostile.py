"""Files made to hurt: each is refused for its reason or read in full, and nothing is written anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from qma_app.errors import QmaError
from qma_app.exchange.importing.ledger import Fate
from tests.exchange.importing.hostile_files import HOSTILE, READ
from tests.exchange.importing.workbooks import imported

QUICK = [name for name, hostile in HOSTILE.items() if not hostile.is_heavy]


def test_there_are_as_many_kinds_as_were_promised() -> None:
    assert len(HOSTILE) >= 35
    assert len(QUICK) >= 35


@pytest.mark.parametrize("name", QUICK)
def test_a_hostile_file_is_refused_for_its_reason_or_read(tmp_path: Path, name: str) -> None:
    hostile = HOSTILE[name]
    path = hostile.make(tmp_path)
    before = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*")}
    if hostile.code == READ:
        found = imported(path)
        assert found.edition.checkpoints
        assert sum(map(found.ledger.count, Fate)) == found.ledger.met
    else:
        with pytest.raises(QmaError) as refused:
            imported(path)
        assert refused.value.code == hostile.code
        assert path.name in str(refused.value)
    assert {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*")} == before


def test_a_cell_in_the_last_corner_is_named_and_left_out(tmp_path: Path) -> None:
    found = imported(HOSTILE["a cell in the last corner"].make(tmp_path))
    (entry,) = found.ledger.entries(Fate.LEFT_OUT)
    assert str(entry) == ("Sheet Data, XFD1048576: “1” left out: it stands beyond the columns that are read")
