"""The key of a workspace survives damage to either of its files, and is never mistaken for another."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qma_app.errors import StorageTrouble
from qma_app.storage import keys as keys_module
from qma_app.storage.keys import KEY_COPY, KEY_FILE, Keys, create_key_file, keys_from, read_key_file, sub_key
from tests.storage.faults import flips, only_readable, small_disk

DATA_KEY = bytes(range(32))
WORKSPACE = "2f6c0f5e-6e0c-4c5d-9d8e-0d9a4b1f2a11"


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return create_key_file(tmp_path, workspace_id=WORKSPACE, data_key=DATA_KEY)


def code_of(read: Callable[[], object]) -> str:
    with pytest.raises(StorageTrouble) as refused:
        read()
    assert refused.value.way_out
    return refused.value.code


def rewritten(path: Path, **changes: Any) -> None:
    """Change the document and give it a checksum that fits, as a newer program would."""
    document = {**json.loads(path.read_bytes()), **changes}
    path.write_text(json.dumps({**document, "checksum": keys_module._checksum(document)}))


def test_a_workspace_gets_one_key_in_two_files_of_its_owner(tmp_path: Path, keys: Keys) -> None:
    assert (tmp_path / KEY_FILE).read_bytes() == (tmp_path / KEY_COPY).read_bytes()
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o077 == 0
    assert read_key_file(tmp_path) == keys
    assert keys.workspace_id == WORKSPACE
    assert not keys.is_protected


def test_keys_and_ids_are_drawn_at_random(tmp_path: Path) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
    first, second = map(create_key_file, folders)
    assert first.workspace_id != second.workspace_id
    assert len({first.database, first.evidence, first.backup, second.database}) == 4


def test_the_file_says_plainly_that_it_is_not_protected(tmp_path: Path, keys: Keys) -> None:
    assert "NOT PROTECTED" in (tmp_path / KEY_FILE).read_text()


def test_no_key_is_shown_in_a_log(keys: Keys) -> None:
    assert "database" not in repr(keys)


def test_each_purpose_has_the_key_that_the_standard_derives(keys: Keys) -> None:
    """RFC 5869, as the large crypto library computes it."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    for purpose in ("database", "evidence", "backup"):
        derived = HKDF(SHA256(), 32, WORKSPACE.encode(), f"qma {purpose} 1".encode()).derive(DATA_KEY)
        assert getattr(keys, purpose) == derived
        assert sub_key(DATA_KEY, workspace_id=WORKSPACE, purpose=purpose) == derived


@pytest.mark.parametrize("name", [KEY_FILE, KEY_COPY])
def test_an_existing_key_is_never_overwritten(tmp_path: Path, keys: Keys, name: str) -> None:
    (tmp_path / (KEY_COPY if name == KEY_FILE else KEY_FILE)).unlink()
    before = (tmp_path / name).read_bytes()
    assert code_of(lambda: create_key_file(tmp_path)) == "keys.exist"
    assert (tmp_path / name).read_bytes() == before


@pytest.mark.parametrize("name", [KEY_FILE, KEY_COPY])
@pytest.mark.parametrize(
    "content", [None, b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"format": "another"}', b"[" * 50_000]
)
def test_a_lost_or_damaged_file_is_made_anew_from_the_other(
    tmp_path: Path, keys: Keys, name: str, content: bytes | None
) -> None:
    good = (tmp_path / name).read_bytes()
    if content is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes(content)
    assert read_key_file(tmp_path) == keys
    assert (tmp_path / name).read_bytes() == good


def test_each_flipped_byte_is_found_and_mended(tmp_path: Path, keys: Keys) -> None:
    good = (tmp_path / KEY_FILE).read_bytes()
    for place, changed in flips(good, 150):
        (tmp_path / KEY_FILE).write_bytes(changed)
        assert read_key_file(tmp_path) == keys, place
        assert (tmp_path / KEY_FILE).read_bytes() == good, place


def test_a_flipped_byte_in_both_files_is_said_so(tmp_path: Path, keys: Keys) -> None:
    good = (tmp_path / KEY_FILE).read_bytes()
    for _place, changed in flips(good, 40):
        if changed.split() != good.split():  # a blank for a blank changes nothing that is said
            for name in (KEY_FILE, KEY_COPY):
                (tmp_path / name).write_bytes(changed)
            assert code_of(lambda: read_key_file(tmp_path)) == "keys.damaged"


def test_no_key_at_all_is_said_so(tmp_path: Path) -> None:
    assert code_of(lambda: read_key_file(tmp_path)) == "keys.missing"


def test_a_file_that_cannot_be_read_counts_as_damaged(tmp_path: Path, keys: Keys) -> None:
    (tmp_path / KEY_FILE).unlink()
    (tmp_path / KEY_FILE).mkdir()
    assert read_key_file(tmp_path) == keys


def test_keys_are_read_from_a_disk_that_cannot_be_mended(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 1) as disk:
        keys = create_key_file(disk)
        (disk / KEY_FILE).unlink()
        with only_readable(disk):
            assert read_key_file(disk) == keys
        assert not (disk / KEY_FILE).exists()


@pytest.mark.parametrize("name", [KEY_FILE, KEY_COPY])
def test_a_newer_form_is_refused_and_not_overwritten_by_the_older_copy(
    tmp_path: Path, keys: Keys, name: str
) -> None:
    rewritten(tmp_path / name, version=2, slots=[{"kind": "unheard of"}])
    before = (tmp_path / name).read_bytes()
    assert code_of(lambda: read_key_file(tmp_path)) == "keys.newer"
    assert (tmp_path / name).read_bytes() == before


@pytest.mark.parametrize(
    "changes",
    [
        {"slots": []},
        {"slots": [{"kind": "open"}]},
        {"slots": [{"kind": "open", "key": "not base64!"}]},
        {"slots": [{"kind": "open", "key": "c2hvcnQ="}]},
        {"slots": 7},
        {"slots": [7]},
    ],
)
def test_a_file_that_says_nothing_usable_is_damaged(
    tmp_path: Path, keys: Keys, changes: dict[str, Any]
) -> None:
    rewritten(tmp_path / KEY_FILE, **changes)
    content = (tmp_path / KEY_FILE).read_bytes()
    assert code_of(lambda: keys_from(content, name=KEY_FILE)) == "keys.damaged"


def test_the_key_of_another_workspace_is_not_taken(tmp_path: Path, keys: Keys) -> None:
    assert read_key_file(tmp_path, workspace_id=WORKSPACE) == keys
    assert code_of(lambda: read_key_file(tmp_path, workspace_id="another")) == "keys.other-workspace"


def test_a_foreign_file_beside_the_right_one_is_noticed(tmp_path: Path, keys: Keys) -> None:
    other = tmp_path / "other"
    other.mkdir()
    create_key_file(other)
    (tmp_path / KEY_FILE).write_bytes((other / KEY_FILE).read_bytes())
    assert code_of(lambda: read_key_file(tmp_path)) == "keys.disagree"
    assert read_key_file(tmp_path, workspace_id=WORKSPACE) == keys
    assert (tmp_path / KEY_FILE).read_bytes() == (tmp_path / KEY_COPY).read_bytes()
