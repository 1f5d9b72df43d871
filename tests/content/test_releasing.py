"""A released edition is guarded by its hashes, and work goes on in a copy."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from qma_app.content.formatting import format_standard
from qma_app.content.loader import check_edition, load_edition
from qma_app.content.releasing import (
    EDITION_FILE,
    HASH_FILE,
    next_edition,
    read_released,
    release_edition,
    write_edition,
)
from qma_app.domain.edition import EditionStatus
from qma_app.errors import ContentProblems, RuleBroken


@pytest.fixture
def released(standard) -> Path:
    release_edition(load_edition(standard.folder), standard.folder)
    return standard.folder


def test_a_released_edition_loads_and_says_so(released: Path) -> None:
    assert load_edition(released).status is EditionStatus.RELEASED
    assert check_edition(released) == ()
    assert "  areas/srv.yaml\n" in (released / HASH_FILE).read_text()


def test_a_changed_file_is_named_and_the_edition_does_not_load(released: Path, standard) -> None:
    standard.write("srv.yaml", "weight: 3", "weight: 2")
    with pytest.raises(ContentProblems):
        load_edition(released)
    (problem,) = [one for one in check_edition(released) if not one.is_warning and "release" in one.code]
    assert str(problem) == (
        "areas/srv.yaml: the file is not what was released; "
        "put the released file back; change a copy made with `qma standard new`"
    )


def test_one_byte_more_is_found(released: Path) -> None:
    file = released / "standard.yaml"
    file.write_bytes(file.read_bytes() + b"\n")
    assert [problem.code for problem in check_edition(released)] == ["release.changed"]


def test_a_file_taken_away_is_found(released: Path) -> None:
    (released / "areas" / "srv.yaml").unlink()
    assert "release.changed" in [problem.code for problem in check_edition(released)]


def test_without_its_hashes_nothing_counts_as_released(released: Path) -> None:
    (released / HASH_FILE).unlink()
    assert [problem.code for problem in check_edition(released)] == ["release.unguarded"]


def test_calling_it_a_draft_again_is_found(released: Path, standard) -> None:
    standard.write("standard.yaml", "status: released", "status: draft")
    assert "release.draft" in [problem.code for problem in check_edition(released)]


@pytest.mark.parametrize("line", ["nonsense", f"{'0' * 64}  ../outside.yaml", f"{'0' * 64}  /etc/passwd"])
def test_a_line_that_names_no_file_of_the_edition_is_refused(released: Path, line: str) -> None:
    (released / HASH_FILE).write_text(f"{line}\n")
    assert [(p.code, p.place) for p in check_edition(released)] == [
        ("release.hash-file", f"{HASH_FILE} line 1")
    ]


def test_its_text_says_what_its_files_say(released: Path) -> None:
    """And is named by the hash of the edition itself."""
    edition = read_released(released)
    assert edition == load_edition(released)
    assert edition.hash == hashlib.sha256((released / EDITION_FILE).read_bytes()).hexdigest()


@pytest.mark.parametrize("name", [EDITION_FILE, HASH_FILE])
def test_a_text_that_is_not_the_released_one_is_not_read(released: Path, name: str) -> None:
    file = released / name
    file.write_text(file.read_text().translate(str.maketrans("0123456789", "1234567890")))
    assert read_released(released) is None
    assert any("release." in problem.code for problem in check_edition(released))


def test_a_released_edition_written_elsewhere_is_as_released(released: Path, tmp_path: Path) -> None:
    """Somebody saves the shipped edition into a folder of their own."""
    edition = load_edition(released)
    write_edition(edition, tmp_path / "copy")
    assert load_edition(tmp_path / "copy") == read_released(tmp_path / "copy") == edition


def test_a_draft_has_no_such_text(standard) -> None:
    assert read_released(standard.folder) is None


def test_it_is_released_once(released: Path) -> None:
    with pytest.raises(RuleBroken, match="released already"):
        release_edition(load_edition(released), released)


def test_nothing_is_written_or_formatted_into_it(released: Path, standard) -> None:
    before = {path: path.read_bytes() for path in released.rglob("*") if path.is_file()}
    with pytest.raises(RuleBroken, match="never changes"):
        write_edition(next_edition(load_edition(released), "2026.2"), released)
    standard.write("srv.yaml", "{cx: 3, ex: 0, profit: 2}", "{profit: 2, cx: 3, ex: 0}")
    with pytest.raises(RuleBroken, match="never changes"):
        format_standard(released)
    standard.write("srv.yaml", "{profit: 2, cx: 3, ex: 0}", "{cx: 3, ex: 0, profit: 2}")
    assert {path: path.read_bytes() for path in released.rglob("*") if path.is_file()} == before


def test_the_next_edition_is_a_draft_that_says_the_same(released: Path, tmp_path: Path) -> None:
    before = load_edition(released)
    write_edition(next_edition(before, "2026.2"), tmp_path / "next")
    after = load_edition(tmp_path / "next")
    assert (after.version, after.status) == ("2026.2", EditionStatus.DRAFT)
    assert list(after.checkpoints) == list(before.checkpoints)
    assert after.hash != before.hash


@pytest.mark.parametrize("version", ["2026.1", "2025.9", "2026", "next", "2026.1.1", ""])
def test_its_version_comes_after(released: Path, version: str) -> None:
    with pytest.raises(RuleBroken, match=r"such as 2026\.2"):
        next_edition(load_edition(released), version)
