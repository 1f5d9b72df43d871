"""A key for trial: in a file of its owner alone, never over another one, and good for signing."""

from __future__ import annotations

import stat
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from qma_app.errors import ImportTrouble, QmaError
from qma_app.services.issuing import load_signing_key
from qma_app.services.trial_keys import make_trial_key
from tests.services.visiting import refused

AT = datetime(2027, 6, 1, 12, tzinfo=UTC)
PASSPHRASE = "eight or more"


def test_a_key_is_made_and_opens_with_its_passphrase(tmp_path: Path) -> None:
    path = make_trial_key(tmp_path / "keys" / "dora.p12", PASSPHRASE, name="Dora Auditor", at=AT)
    key = load_signing_key(path, PASSPHRASE, on=date(2027, 6, 2))
    assert (key.name, key.is_trial) == ("TRIAL Dora Auditor", True)
    assert key.valid_from <= AT.date()
    assert key.valid_until.year == 2029
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(ImportTrouble, check=lambda error: error.code == "key.passphrase"):
        load_signing_key(path, "eight or less", on=date(2027, 6, 2))
    with pytest.raises(ImportTrouble, check=lambda error: error.code == "key.expired"):
        load_signing_key(path, PASSPHRASE, on=date(2031, 6, 2))


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "k.p12"
    path.write_bytes(b"something precious")
    with refused("key.exists"):
        make_trial_key(path, PASSPHRASE, name="Dora", at=AT)
    assert path.read_bytes() == b"something precious"


@pytest.mark.parametrize(
    ("passphrase", "name", "code"),
    [("short", "Dora", "key.short-passphrase"), (PASSPHRASE, "  ", "key.no-name"), ("\0" * 9, "D", "key.no-passphrase")],
)  # fmt: skip
def test_a_weak_passphrase_or_no_name_makes_no_file(
    tmp_path: Path, passphrase: str, name: str, code: str
) -> None:
    with refused(code):
        make_trial_key(tmp_path / "k.p12", passphrase, name=name, at=AT)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(QmaError):
        make_trial_key(tmp_path / "file" / "k.p12", PASSPHRASE, name="Dora", at=AT)
