"""Two runs of the same audit: before it is signed its report is the same file, byte for byte, and so are the data in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qma_app.services.signing import unsigned_report

if TYPE_CHECKING:
    from tests.services.signed_fixtures import Kept

pytest_plugins = ["tests.services.signed_fixtures"]


def drawn(kept: Kept, folder: Path, language: str) -> tuple[bytes, bytes]:
    from tests.services.signed_fixtures import opened

    with opened(kept, folder) as audited:
        at = audited.house.clock()
        report = unsigned_report(
            audited.house.workspace,
            audited.audit_id,
            at=at,
            by=audited.auditor.id,
            language=language,
            is_trial=True,
        )
        return report.pdf, report.content


@pytest.fixture
def kept(_kept_ready: Kept) -> Kept:
    """An audit with everything done but the signature, to be copied."""
    return _kept_ready


@pytest.mark.parametrize("language", ["en", "de"])
def test_two_runs_of_the_same_audit_give_the_same_bytes(kept: Kept, tmp_path: Path, language: str) -> None:
    one, other = (drawn(kept, tmp_path / name, language) for name in ("one", "other"))
    assert one == other
