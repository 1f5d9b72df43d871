"""A released folder that somebody worked on by hand is never taken for what was released."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from qma_app.content.loader import check_edition, load_edition
from qma_app.content.releasing import EDITION_FILE, HASH_FILE, read_released, release_edition
from qma_app.errors import ContentProblems


@pytest.fixture
def released(standard) -> Path:
    release_edition(load_edition(standard.folder), standard.folder)
    return standard.folder


def guarded_anew(folder: Path, name: str, content: bytes) -> None:
    """The file with other content, and its line in the file of hashes to fit."""
    guard = folder / HASH_FILE
    before = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    (folder / name).write_bytes(content)
    guard.write_text(guard.read_text().replace(before, hashlib.sha256(content).hexdigest()))


def codes(folder: Path) -> list[tuple[str, str]]:
    return [(one.code, one.place) for one in check_edition(folder) if not one.is_warning]


def test_another_text_of_an_edition_with_a_hash_that_fits_is_found(released: Path) -> None:
    """Both are valid and guarded; the files say one thing, the text that is read says another."""
    said = json.loads((released / EDITION_FILE).read_text())
    said["rules"]["pass_mark"] = 10
    other = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    guarded_anew(released, EDITION_FILE, other.encode())
    assert codes(released) == [("release.changed", EDITION_FILE)]
    with pytest.raises(ContentProblems):
        load_edition(released)


def test_other_files_with_hashes_that_fit_are_found(released: Path) -> None:
    file = released / "areas" / "srv.yaml"
    guarded_anew(released, "areas/srv.yaml", file.read_bytes().replace(b"weight: 1", b"weight: 2"))
    assert codes(released) == [("release.changed", EDITION_FILE)]


@pytest.mark.parametrize("name", ["areas/srv.yaml", EDITION_FILE])
def test_a_file_whose_hash_was_taken_away_is_no_freer_than_before(released: Path, name: str) -> None:
    guard = released / HASH_FILE
    kept = [line for line in guard.read_text().splitlines() if not line.endswith(f"  {name}")]
    guard.write_text("\n".join(kept) + "\n")
    file = released / name
    file.write_bytes(file.read_bytes().replace(b"signed order", b"paper"))
    assert codes(released) == [("release.changed", EDITION_FILE)]


@pytest.mark.parametrize("text", ["", "[]", "null", '{"areas": 3}', "nonsense", "{}"])
def test_a_text_that_is_no_edition_is_not_read_though_its_hash_fits(released: Path, text: str) -> None:
    guarded_anew(released, EDITION_FILE, text.encode())
    assert read_released(released) is None
    assert codes(released) == [("release.changed", EDITION_FILE)]


def test_a_text_that_is_no_utf_8_is_not_read_though_its_hash_fits(released: Path) -> None:
    guarded_anew(released, EDITION_FILE, b"\xff\xfe{}")
    assert read_released(released) is None


def test_other_ends_of_lines_are_named_file_by_file_and_the_text_is_still_read(released: Path) -> None:
    """A checkout on another system may turn them; what programmes follow has no line to turn."""
    edition = load_edition(released)
    for file in released.rglob("*"):
        if file.is_file():
            file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert codes(released) == [("release.changed", "areas/srv.yaml"), ("release.changed", "standard.yaml")]
    assert read_released(released) == edition
