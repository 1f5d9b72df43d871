"""Files are rewritten in their one form, each whole or not at all."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from qma_app.content.formatting import format_standard
from qma_app.content.loader import load_edition
from qma_app.errors import ContentProblems, StorageTrouble

UNTIDY = "{cx: 3, ex: 0, profit: 2}", "\n          profit: 2\n          cx: 3\n          ex: 0\n"


@pytest.fixture(autouse=True)
def _in_its_form(standard) -> None:
    """The sample standard says twice that something is empty, which the canonical form leaves out."""
    standard.write("standard.yaml", "  area_weights: {}\n", "")
    standard.write("srv.yaml", "        replaces: []\n", "")


def test_a_list_that_holds_nothing_is_left_out(standard) -> None:
    tidy = standard.path("srv.yaml").read_bytes()
    standard.write("srv.yaml", "{cx: 1, ex: 2, profit: 0}", "{cx: 1, ex: 2, profit: 0}\n        kpis: []")
    assert format_standard(standard.folder) == (standard.path("srv.yaml"),)
    assert standard.path("srv.yaml").read_bytes() == tidy


def test_a_standard_in_its_form_is_left_alone(standard) -> None:
    before = standard.path("srv.yaml").stat().st_mtime_ns
    assert format_standard(standard.folder) == ()
    assert standard.path("srv.yaml").stat().st_mtime_ns == before


def test_an_untidy_file_is_rewritten_and_says_the_same(standard) -> None:
    tidy = standard.path("srv.yaml").read_bytes()
    edition = load_edition(standard.folder)
    standard.write("srv.yaml", *UNTIDY)
    standard.path("srv.yaml").write_bytes(standard.path("srv.yaml").read_bytes().replace(b"\n", b"\r\n"))
    assert load_edition(standard.folder) == edition
    assert format_standard(standard.folder) == (standard.path("srv.yaml"),)
    assert standard.path("srv.yaml").read_bytes() == tidy
    assert format_standard(standard.folder) == ()


def test_what_breaks_a_rule_can_be_formatted(standard) -> None:
    standard.write("srv.yaml", "weight: 3", "wieght: 9")
    assert format_standard(standard.folder) == (standard.path("srv.yaml"),)
    assert "\n        critical: true\n" in standard.path("srv.yaml").read_text()
    assert "wieght: 9" in standard.path("srv.yaml").read_text()


def test_a_comment_would_be_lost_and_is_refused(standard) -> None:
    standard.write("standard.yaml", "status: draft", "status: draft # until spring")
    standard.write("srv.yaml", *UNTIDY)
    before = standard.path("srv.yaml").read_bytes()
    with pytest.raises(ContentProblems) as caught:
        format_standard(standard.folder)
    assert [str(problem) for problem in caught.value.problems] == [
        "standard.yaml line 3: a comment stands here, which formatting would lose; write remarks in a `remark` field"
    ]
    assert not caught.value.problems[0].is_warning
    assert standard.path("srv.yaml").read_bytes() == before


@pytest.mark.parametrize(
    "text", ["id: [", "id: 1\nid: 2\n", "id:\n", "id: *x\n", "- a\n", "", "a:\tb\n", "words"]
)
def test_a_file_that_cannot_be_read_is_left_as_it_is(standard, text: str) -> None:
    standard.path("srv.yaml").write_text(text)
    with pytest.raises(ContentProblems):
        format_standard(standard.folder)
    assert standard.path("srv.yaml").read_text() == text


def test_files_that_nobody_lists_are_formatted_too(standard) -> None:
    standard.path("zzz.yaml").write_text("b: 1\na:   2\n")
    assert format_standard(standard.folder) == (standard.path("zzz.yaml"),)
    assert standard.path("zzz.yaml").read_text() == "a: 2\nb: 1\n"


def test_a_missing_standard_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentProblems) as caught:
        format_standard(tmp_path)
    assert [problem.code for problem in caught.value.problems] == ["file.missing"]


def test_a_full_disk_leaves_the_old_file_and_nothing_beside_it(standard, monkeypatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    standard.write("srv.yaml", *UNTIDY)
    before = standard.path("srv.yaml").read_bytes()
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StorageTrouble, match=r"srv.yaml cannot be written \(No space left on device\)"):
        format_standard(standard.folder)
    assert standard.path("srv.yaml").read_bytes() == before
    assert [path.name for path in standard.path("srv.yaml").parent.iterdir()] == ["srv.yaml"]


def test_the_permissions_of_a_file_stay(standard) -> None:
    standard.write("srv.yaml", *UNTIDY)
    standard.path("srv.yaml").chmod(0o640)
    format_standard(standard.folder)
    assert standard.path("srv.yaml").stat().st_mode & 0o777 == 0o640
