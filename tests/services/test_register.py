"""Saving the register: by its suffix, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from qma_app.errors import ReportTrouble
from qma_app.services.register import read_register, save_register
from tests.services.conftest import Programme


def test_a_register_without_certificates_is_written_both_ways(programme: Programme, tmp_path: Path) -> None:
    path = save_register(programme.workspace, tmp_path / "r.json")
    register = read_register(path)
    assert (register.certificates, register.files, register.signers) == ((), (), ())
    assert register.as_of == programme.workspace.today()
    assert len(register.log_hash) == 64
    book = load_workbook(save_register(programme.workspace, tmp_path / "r.XLSX", language="de"))
    assert len(book.sheetnames) == 4


def test_another_kind_of_file_is_refused_and_nothing_written(programme: Programme, tmp_path: Path) -> None:
    with pytest.raises(ReportTrouble) as refused:
        save_register(programme.workspace, tmp_path / "r.csv")
    assert refused.value.code == "register.suffix"
    assert not list(tmp_path.glob("r*"))
