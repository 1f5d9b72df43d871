"""The standard that comes with the program is clean, canonical and complete in what it holds so far."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from qma_app.assets import checklists_folder
from qma_app.content.formatting import format_standard
from qma_app.content.loader import check_edition, load_edition
from qma_app.domain.edition import Checkpoint, Edition, EditionStatus

FOLDER = checklists_folder() / "dealer-quality" / "2026.1"


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load_edition(FOLDER)


def test_it_has_no_problem_and_no_warning() -> None:
    assert check_edition(FOLDER) == ()


def test_it_stands_in_the_canonical_form(tmp_path: Path) -> None:
    """So that a change shows as that change alone."""
    shutil.copytree(FOLDER, tmp_path / "2026.1")
    assert format_standard(tmp_path / "2026.1") == ()


def test_it_is_a_draft_until_it_is_whole(edition: Edition) -> None:
    assert edition.status is EditionStatus.DRAFT
    assert edition.label == "Dealer Quality Standard 2026.1"


def test_every_row_is_there(edition: Edition) -> None:
    assert {
        area.code: (len(area.processes), sum(1 for _ in area.checkpoints())) for area in edition.areas
    } == {
        "MGT": (5, 28),
        "SRV": (15, 88),
        "CXM": (5, 29),
    }


def test_every_field_is_filled(edition: Edition) -> None:
    for checkpoint in edition.checkpoints.values():
        for name in ("statement", "guidance", "evidence", "failure"):
            assert not getattr(checkpoint, name).is_missing_in("en"), f"{checkpoint.number} {name}"
        assert checkpoint.actions
        assert checkpoint.clauses
        assert max(checkpoint.impact.cx, checkpoint.impact.ex, checkpoint.impact.profit) == 3


def test_criticals_are_law_safety_and_fraud(edition: Edition) -> None:
    assert [c.number for c in edition.checkpoints.values() if c.is_critical] == [
        "MGT-04.4",
        "SRV-04.1",
        "SRV-06.3",
        "SRV-11.2",
        "SRV-12.2",
        "SRV-13.2",
        "SRV-14.1",
        "CXM-01.2",
    ]


def test_no_text_names_a_manufacturer(edition: Edition) -> None:
    """Names and marks belong to others."""
    marks = re.compile(
        r"\b(bmw|mercedes|audi|volkswagen|vw|toyota|ford|opel|tüv|dekra|adac|vda)\b", re.IGNORECASE
    )

    def texts(checkpoint: Checkpoint) -> str:
        every = (
            checkpoint.statement,
            checkpoint.guidance,
            checkpoint.evidence,
            checkpoint.failure,
            *checkpoint.actions,
        )
        return " ".join(map(str, every))

    assert [c.number for c in edition.checkpoints.values() if marks.search(texts(c))] == []
