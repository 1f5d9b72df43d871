"""A key for trial in a file of its own: whoever wants to see the whole path needs no key of an authority; its papers carry TRIAL."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from qma_app.errors import RuleBroken
from qma_app.exchange import signing_key
from qma_app.i18n import _
from qma_app.services.workspace import random_id
from qma_app.storage.atomic_files import make_folder, write_file_atomically

SHORTEST_PASSPHRASE: Final = 8


def make_trial_key(path: Path, passphrase: str, *, name: str, at: datetime) -> Path:
    """Write a new key for trial in somebody's name, readable by its owner alone, whole or not at all; valid for two years.

    RuleBroken for a file that is there already (it is never written over), a passphrase of fewer than eight characters, or no name.
    """
    if not name.strip():
        raise RuleBroken(
            _("A key needs the name of its holder."),
            code="key.no-name",
            way_out=_("Write who is going to sign with it."),
        )
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise RuleBroken(
            _("The passphrase has {found} characters; it needs {least} or more.").format(
                found=len(passphrase), least=SHORTEST_PASSPHRASE
            ),
            code="key.short-passphrase",
            way_out=_("Choose a longer one and keep it apart from the file."),
        )
    _check_free(path)
    content = signing_key.make_trial_key(passphrase, name=name, at=at, serial=_serial())
    make_folder(path.parent)
    _check_free(path)
    write_file_atomically(path, content, is_private=True)
    return path


def _serial() -> int:
    """A number nobody else has: by it two certificates in the same name are told apart."""
    return int(random_id().replace("-", ""), 16)


def _check_free(path: Path) -> None:
    if path.exists() or path.is_symlink():
        raise RuleBroken(
            _("{name} is there already; a key is never written over.").format(name=path.name),
            code="key.exists",
            way_out=_("Choose another name, or move that file away first."),
            path=str(path),
        )
