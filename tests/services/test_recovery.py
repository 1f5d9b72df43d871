"""Words that could not be saved are kept exactly, and a file of them that went bad stops nobody."""

from __future__ import annotations

import errno
from pathlib import Path
from unittest import mock

import pytest

from qma_app.errors import StorageTrouble
from qma_app.services import recovery
from qma_app.services.workspace import Workspace
from tests.builders import NOW


def unsaved(text: str) -> recovery.UnsavedText:
    return recovery.UnsavedText(field="note", text=text, at=NOW, dealership="Autohaus Beispiel")


@pytest.mark.parametrize("text", ["half a car \ud83d", "a\0b", "服务 🚗 \u202eturned", "x" * 1_000_000])
def test_what_no_database_could_store_is_kept_all_the_same(workspace: Workspace, text: str) -> None:
    """The save may have failed for just that reason."""
    recovery.keep_unsaved(workspace, (unsaved(text),))
    assert recovery.unsaved_texts(workspace) == (unsaved(text),)


@pytest.mark.parametrize("content", [b"", b"short", b"0" * 64, b"0" * 500, "ü".encode() * 100])
def test_a_damaged_file_is_put_aside_and_not_offered_at_each_start(
    workspace: Workspace, content: bytes
) -> None:
    (workspace.folder / recovery.FILE).write_bytes(content)
    assert recovery.unsaved_texts(workspace) == ()
    assert not (workspace.folder / recovery.FILE).exists()
    assert (workspace.folder / "unsaved.damaged.bin").read_bytes() == content
    recovery.keep_unsaved(workspace, (unsaved("later"),))
    assert recovery.unsaved_texts(workspace) == (unsaved("later"),)


def test_a_flipped_byte_is_no_words_of_the_users(workspace: Workspace) -> None:
    recovery.keep_unsaved(workspace, (unsaved("words"),))
    path = workspace.folder / recovery.FILE
    content = bytearray(path.read_bytes())
    content[-3] ^= 1
    path.write_bytes(content)
    assert recovery.unsaved_texts(workspace) == ()


def test_a_file_that_cannot_be_removed_is_said_in_a_sentence(workspace: Workspace) -> None:
    recovery.keep_unsaved(workspace, (unsaved("words"),))
    with (
        mock.patch.object(Path, "unlink", side_effect=OSError(errno.EROFS, "Read-only file system")),
        pytest.raises(StorageTrouble) as caught,
    ):
        recovery.forget_unsaved(workspace)
    assert caught.value.way_out
