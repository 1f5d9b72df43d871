"""Editions on disk: the next one as a copy, and releasing what is whole."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from qma_app.domain.edition import EditionStatus
from qma_app.domain.ids import AreaId
from qma_app.errors import ContentProblems, RuleBroken
from qma_app.services.standards import (
    newest_shipped_folder,
    read_standard,
    release_standard,
    start_next_edition,
    write_standard,
)


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """One process of the shipped standard as a standard of its own, in both languages."""
    shipped = read_standard(newest_shipped_folder())
    area = shipped.areas_by_id[AreaId("customer-relations")]
    edition = replace(
        shipped,
        status=EditionStatus.DRAFT,
        areas=(replace(area, processes=area.processes[-1:]),),
        reported_under=(),
        kpi_groups=(),
    )
    write_standard(edition, tmp_path / "2026.1")
    return tmp_path / "2026.1"


def test_the_next_edition_of_the_shipped_one_is_a_whole_draft(tmp_path: Path) -> None:
    edition = start_next_edition(newest_shipped_folder(), "2099.1", tmp_path / "next")
    before = read_standard(newest_shipped_folder())
    assert (edition.version, edition.status) == ("2099.1", EditionStatus.DRAFT)
    assert list(edition.checkpoints) == list(before.checkpoints)
    assert edition.kpis == before.kpis


def test_a_folder_that_holds_an_edition_is_not_written_over(draft: Path) -> None:
    before = {path: path.read_bytes() for path in draft.rglob("*.yaml")}
    with pytest.raises(RuleBroken, match="already"):
        start_next_edition(newest_shipped_folder(), "2099.1", draft)
    assert {path: path.read_bytes() for path in draft.rglob("*.yaml")} == before


def test_a_whole_draft_is_released(draft: Path) -> None:
    assert release_standard(draft).status is EditionStatus.RELEASED


def test_a_text_missing_in_a_language_bars_the_release(draft: Path) -> None:
    file = draft / "areas" / "cxm.yaml"
    before, german, after = re.split(r"(\n +de: [^\n]*)", file.read_text(), maxsplit=1)[:3]
    assert german
    file.write_text(before + after)
    with pytest.raises(RuleBroken, match="not whole in de"):
        release_standard(draft)
    assert read_standard(draft).status is EditionStatus.DRAFT


def test_two_equal_statements_bar_the_release(draft: Path) -> None:
    file = draft / "areas" / "cxm.yaml"
    first, second, *_rest = read_standard(draft).checkpoints.values()
    file.write_text(file.read_text().replace(str(second.statement), str(first.statement)))
    with pytest.raises(ContentProblems, match="the same as at") as refused:
        release_standard(draft)
    assert [problem.code for problem in refused.value.problems] == ["statement.twice"]
    assert not (draft / "released.sha256").exists()
